#include <catch2/catch_test_macros.hpp>

#include "tests/rules/places.hpp"

namespace portal {
namespace {

using test::id_of;
using test::sample_directory;
using Ids = std::vector<Id>;

TEST_CASE("places are found from either end") {
    const Directory directory = sample_directory();
    CHECK(directory.practices().size() == 3);
    CHECK(directory.practices_of_book(id_of("book1")) == Ids{id_of("willow")});
    CHECK(directory.practices_of_team(id_of("team1")) == Ids{id_of("willow"), id_of("cedar")});
    CHECK(directory.practices_of_book({}).empty());
    CHECK(directory.practices_of_team({}).empty());
    CHECK(directory.books() == Ids{id_of("book1"), id_of("book2"), id_of("book9")});
    CHECK(directory.books_of_team(id_of("team1")) == Ids{id_of("book1"), id_of("book2")});
    CHECK(directory.books_of_team({}).empty());
    CHECK(directory.has_book(id_of("book9")));
    CHECK_FALSE(directory.has_book(id_of("book3")));
    CHECK_FALSE(directory.has_book({}));
    CHECK(directory.locations_of(id_of("willow")) == Ids{id_of("willownorth"), id_of("willowsouth")});
    CHECK(directory.integrations_of_vendor(id_of("canino")) == Ids{id_of("willowpms"), id_of("cedarpms")});
    CHECK(directory.integrations_of_engineer(id_of("engineer")) == Ids{id_of("willowpms")});
    CHECK(directory.practice_of_location(id_of("cedarmain")) == id_of("cedar"));
    CHECK(directory.practice_of_location(id_of("nowhere")).empty());
    CHECK(directory.practice_of_integration(id_of("cedarpms")) == id_of("cedar"));
    CHECK(directory.vendors() == Ids{id_of("canino"), id_of("felino")});
}

TEST_CASE("what moves is found only where it is now") {
    Directory directory = sample_directory();
    directory.put_practice(id_of("willow"), id_of("book2"), id_of("team9"));
    CHECK(directory.practices().size() == 3);
    CHECK(directory.practices_of_book(id_of("book1")).empty());
    CHECK_FALSE(directory.has_book(id_of("book1")));
    CHECK(directory.locations_of(id_of("willow")).size() == 2);
    // A book with a practice of each team is neither team's.
    CHECK(directory.books_of_team(id_of("team1")).empty());
    CHECK(directory.books_of_team(id_of("team9")) == Ids{id_of("book9")});

    directory.put_location(id_of("willowsouth"), id_of("cedar"));
    CHECK(directory.locations_of(id_of("willow")) == Ids{id_of("willownorth")});
    CHECK(directory.locations_of(id_of("cedar")) == Ids{id_of("cedarmain"), id_of("willowsouth")});

    directory.put_integration(id_of("strangerpms"), id_of("cedar"), id_of("canino"), {});
    CHECK(directory.integrations_of_practice(id_of("stranger")).empty());
    CHECK(directory.vendors() == Ids{id_of("canino")});
    CHECK(directory.integrations_of_engineer(id_of("other")) == Ids{id_of("cedarpms")});
    CHECK(directory.integrations_of_engineer({}).empty());
}

TEST_CASE("a location may come before its practice") {
    Directory directory;
    directory.put_location(id_of("north"), id_of("late"));
    CHECK_FALSE(directory.has_practice(id_of("late")));
    CHECK(directory.practices().empty());
    directory.put_practice(id_of("late"), {}, {});
    CHECK(directory.has_practice(id_of("late")));
    CHECK(directory.locations_of(id_of("late")) == Ids{id_of("north")});
}

TEST_CASE("an assignment moves and ends") {
    Directory directory;
    directory.put_assignment(id_of("t1"), id_of("anna"));
    directory.put_assignment(id_of("t2"), id_of("anna"));
    directory.put_assignment(id_of("t1"), id_of("anna"));
    CHECK(directory.tickets_of_assignee(id_of("anna")) == Ids{id_of("t1"), id_of("t2")});
    directory.put_assignment(id_of("t1"), id_of("bert"));
    CHECK(directory.tickets_of_assignee(id_of("anna")) == Ids{id_of("t2")});
    CHECK(directory.tickets_of_assignee(id_of("bert")) == Ids{id_of("t1")});
    directory.put_assignment(id_of("t2"), {});
    directory.put_assignment(id_of("t2"), {});
    CHECK(directory.tickets_of_assignee(id_of("anna")).empty());
}

}  // namespace
}  // namespace portal
