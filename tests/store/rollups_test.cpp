// The screens of somebody whose figures are daily rollups, against those of somebody with the facts themselves: byte
// for byte the same figures, and single facts by asking the server.
#include <catch2/catch_test_macros.hpp>

#include "app/vm/archive.hpp"
#include "tests/store/demo_replica.hpp"

namespace portal::store::test {
namespace {

constexpr std::int64_t hardly_any_facts = 0;

template <class T>
std::string bytes_of(const T& value) {
    vm::ArchiveWriter writer;
    writer.put(value);
    return writer.take();
}

// What is the same whichever form the figures have.
std::string figures_of(vm::FinancingPart part) {
    CHECK(part.may_see_rows);
    part.has_daily_sums_alone = false;
    // Facts alone tell these.
    part.hours = {};
    std::erase_if(part.funnel, [](const Figure& step) { return step.id == FigureId::funnel_used; });
    return bytes_of(part);
}
std::string figures_of(vm::OverviewPart part) {
    part.deposits.clear();  // Not daily sums of facts, and not in these streams.
    return bytes_of(part);
}

struct BothForms {
    DemoStore facts{replica_of("auditor")};
    DemoStore rollups{replica_of("auditor", hardly_any_facts)};
};

const vm::FactRows& rows_of(const vm::Snapshot& snapshot) {
    REQUIRE(snapshot.financing);
    REQUIRE(snapshot.financing->fact_rows);
    return *snapshot.financing->fact_rows;
}

// As the server answers it.
wire::FactPage page_of_tenant(const wire::FactPageQuery& query) {
    FactTable table;
    for (const Row& row : DemoTenant::instance().rows)
        if (row.entity == Entity::fact_segment && text_value(row, "practice") == query.practice)
            REQUIRE(table.put_segment(from_row<FactSegment>(row)).has_value());
    FactFilter filter;
    filter.days = {query.first_day, query.last_day};
    if (!query.location.empty()) filter.locations = {query.location};
    if (!query.plan.empty()) filter.plans = {query.plan};
    auto page = table.page(filter, FactOrder::newest_first, static_cast<std::size_t>(query.offset),
                           static_cast<std::size_t>(query.count));
    return {page.total, DemoTenant::today * 86'400'000LL, std::move(page.facts)};
}

vm::FinancingQuery a_year() {
    vm::FinancingQuery query;
    query.until = DemoTenant::instance().closed_until;
    query.from = query.until - 365;
    return query;
}

}  // namespace

TEST_CASE("Financing is the same from rollups as from facts, whatever is chosen", "[store]") {
    BothForms both;
    const auto choices = both.facts.after(vm::ShowScreen{vm::FinancingQuery{}}).financing;
    REQUIRE(choices);
    REQUIRE(choices->practice_choices.size() > 1);
    REQUIRE(choices->plan_choices.size() > 1);
    std::vector<vm::FinancingQuery> queries = {vm::FinancingQuery{}, a_year()};
    for (const vm::Grain grain : {vm::Grain::day, vm::Grain::week, vm::Grain::month, vm::Grain::quarter}) {
        vm::FinancingQuery query = a_year();
        query.grain = grain;
        query.until -= 20;
        queries.push_back(query);
        query.practice = choices->practice_choices[1].id;
        queries.push_back(query);
        query.plan = choices->plan_choices[2].id;
        queries.push_back(query);
        query.practice.clear();
        queries.push_back(query);
        query.location = choices->location_choices.front().id;
        queries.push_back(query);
    }
    std::int64_t facts = 0;
    for (const vm::FinancingQuery& query : queries) {
        INFO(query.from << " to " << query.until << " at " << query.practice << query.location << query.plan);
        const auto from_facts = both.facts.after(vm::ShowScreen{query}).financing;
        const auto from_rollups = both.rollups.after(vm::ShowScreen{query}).financing;
        CHECK_FALSE(from_facts->has_daily_sums_alone);
        CHECK(from_rollups->has_daily_sums_alone);
        CHECK(figures_of(*from_facts) == figures_of(*from_rollups));
        CHECK(from_rollups->funnel.size() == (from_facts->funnel.empty() ? 0 : from_facts->funnel.size() - 1));
        facts += from_rollups->fact_count;
    }
    CHECK(facts > 1'000);
}

TEST_CASE("Overview and book are the same from rollups as from facts, in every scope", "[store]") {
    BothForms both;
    const auto session = both.facts.store.snapshot()->session;
    REQUIRE(session);
    vm::Scope one_practice, one_location;
    one_practice.practices = {session->practices.front().id};
    one_location.locations = {session->locations.front().id};
    for (const vm::Scope& scope : {vm::Scope{}, one_practice, one_location}) {
        both.facts.after(vm::ChooseScope{scope});
        both.rollups.after(vm::ChooseScope{scope});
        const auto from_facts = both.facts.after(vm::ShowScreen{vm::OverviewQuery{}}).overview;
        const auto from_rollups = both.rollups.after(vm::ShowScreen{vm::OverviewQuery{}}).overview;
        CHECK(figures_of(*from_facts) == figures_of(*from_rollups));
        CHECK(from_rollups->net->numerator > 0);
        CHECK_FALSE(from_rollups->book.empty());
    }
}

TEST_CASE("An export of figures is the same from rollups as from facts", "[store]") {
    BothForms both;
    const auto file_of = [](DemoStore& demo) {
        const auto file = demo.after(vm::ExportData{vm::Export::financing, a_year()}).ready_export;
        REQUIRE(file);
        return file->bytes;
    };
    CHECK(file_of(both.facts) == file_of(both.rollups));
}

TEST_CASE("Rows are told from the device where it has them, and asked of the server where it has not", "[store]") {
    BothForms both;
    vm::FinancingQuery query = a_year();
    query.rows = vm::RowsQuery{};
    CHECK(rows_of(both.facts.after(vm::ShowScreen{query})).state == vm::FactRows::State::here);
    CHECK_FALSE(both.facts.store.next_fact_question().has_value());
    // Of several practices there is no page to ask for.
    CHECK(rows_of(both.rollups.after(vm::ShowScreen{query})).state == vm::FactRows::State::choose_practice);
    CHECK_FALSE(both.rollups.store.next_fact_question().has_value());
    query.practice = both.facts.store.snapshot()->session->practices.front().id;
    const vm::FactRows here = rows_of(both.facts.after(vm::ShowScreen{query}));
    REQUIRE(here.lines.size() == std::min<std::size_t>(limits::fact_window_rows, here.total));
    REQUIRE(here.total > static_cast<std::int64_t>(limits::fact_page_rows_max));
    CHECK(rows_of(both.rollups.after(vm::ShowScreen{query})).state == vm::FactRows::State::asking);
    const auto question = both.rollups.store.next_fact_question();
    REQUIRE(question.has_value());
    CHECK(question->practice == query.practice);
    CHECK(question->offset == 0);
    // Asked once.
    CHECK_FALSE(both.rollups.store.next_fact_question().has_value());
    SECTION("an answer shows the same rows") {
        both.rollups.store.take_facts(*question, page_of_tenant(*question));
        both.rollups.settle();
        CHECK_FALSE(rows_of(*both.rollups.store.snapshot()).lines.back().is_known);
        for (auto next = both.rollups.store.next_fact_question(); next;
             next = both.rollups.store.next_fact_question()) {
            both.rollups.store.take_facts(*next, page_of_tenant(*next));
            both.rollups.settle();
        }
        vm::FactRows told = rows_of(*both.rollups.store.snapshot());
        CHECK(told.state == vm::FactRows::State::from_server);
        REQUIRE(told.lines.size() >= here.lines.size());
        // Whole pages of the server may reach beyond the window.
        told.lines.resize(here.lines.size());
        CHECK(told.total == here.total);
        CHECK(told.offset == here.offset);
        CHECK(bytes_of(told.lines) == bytes_of(here.lines));
        // And stays while the figures do.
        both.rollups.after(vm::ShowScreen{vm::FinancingQuery{}});
        CHECK(rows_of(both.rollups.after(vm::ShowScreen{query})).state == vm::FactRows::State::from_server);
    }
    SECTION("a refusal and a server out of reach are told apart, and asked again when the link is back") {
        both.rollups.store.take_facts(*question, fail(ErrorCode::permission_denied, ""));
        both.rollups.settle();
        CHECK(rows_of(*both.rollups.store.snapshot()).state == vm::FactRows::State::refused);
        both.rollups.store.take_facts(*question, fail(ErrorCode::unavailable, ""));
        both.rollups.settle();
        CHECK(rows_of(*both.rollups.store.snapshot()).state == vm::FactRows::State::unreachable);
        CHECK_FALSE(both.rollups.store.next_fact_question().has_value());
        both.rollups.store.forget_server_answers();
        both.rollups.settle();
        CHECK(rows_of(*both.rollups.store.snapshot()).state == vm::FactRows::State::asking);
        CHECK(both.rollups.store.next_fact_question() == question);
    }
    SECTION("an answer that nobody waits for is dropped") {
        both.rollups.store.forget_server_answers();
        both.rollups.store.take_facts(*question, page_of_tenant(*question));
        both.rollups.settle();
        CHECK(rows_of(*both.rollups.store.snapshot()).state == vm::FactRows::State::asking);
    }
}

TEST_CASE("A front desk is offered no rows, not even by an address", "[store]") {
    DemoStore desk("front_desk");
    vm::FinancingQuery query = a_year();
    query.rows = vm::RowsQuery{};
    const auto part = desk.after(vm::ShowScreen{query}).financing;
    REQUIRE(part);
    CHECK_FALSE(part->may_see_rows);
    CHECK_FALSE(part->fact_rows.has_value());
}

TEST_CASE("As many pages of the server's are kept as their cap says, the newest", "[store]") {
    ServerFacts facts;
    wire::FactPageQuery query;
    for (query.offset = 0; query.offset < static_cast<std::int64_t>(limits::server_answers_kept_max); ++query.offset) {
        CHECK(facts.look_up(query).state == ServerFacts::State::wanted);
        CHECK(facts.next_question() == query);
        facts.take(query, wire::FactPage{query.offset, 1, {}});
        CHECK(facts.look_up(query).told.total == query.offset);
    }
    facts.look_up(query);
    wire::FactPageQuery first = query, second = query;
    first.offset = 0;
    second.offset = 1;
    CHECK(facts.look_up(second).state == ServerFacts::State::answered);
    CHECK(facts.look_up(first).state == ServerFacts::State::wanted);
}

}  // namespace portal::store::test
