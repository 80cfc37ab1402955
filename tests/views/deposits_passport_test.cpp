// The totals of the deposits as the mirror has them: each opens a passport that says what it is made of, and leads to
// its days.
#include <catch2/catch_test_macros.hpp>

#include <memory>
#include <string>

#include "app/views/deposits_view.hpp"
#include "tests/views/view_stage.hpp"

namespace portal::views {
namespace {

using mirror::Role;

struct DrawnDeposits : test::ViewStage {
    explicit DrawnDeposits(vm::Language language) : ViewStage(ImVec2(1280, 800), language) {
        part.as_of_ms = 1'772'627'400'000;
        part.closed_until = 20'512;
        part.totals = {{{2, 500'000, 480'000}, {40, 9'000'000, 9'000'000}, {1, 70'000, 75'000}}};
        part.rows.resize(1);
        part.listed = 1;
        snapshot.session = std::make_shared<vm::SessionPart>();
        screen.draw([this] { deposits_view(context(), state, snapshot.deposits->query); });
        show({});
    }
    void show(const vm::DepositsQuery& query) {
        part.query = query;
        snapshot.deposits = std::make_shared<vm::DepositsPart>(part);
        // The drawer comes to rest.
        screen.frame(40);
    }
    vm::DepositsQuery wanted() const {
        REQUIRE_FALSE(sink.intents.empty());
        return std::get<vm::DepositsQuery>(std::get<vm::ShowScreen>(sink.intents.back()).query);
    }
    bool says(std::string_view words) const {
        for (const Role role : {Role::text, Role::paragraph})
            for (const mirror::MirrorNode* node : screen.all(role))
                if (node->name.find(words) != std::string::npos) return true;
        return false;
    }

    vm::DepositsPart part;
    DepositsState state;
};

TEST_CASE("each total of the deposits has a passport with definition, source, as-of and the way to its days",
          "[views]") {
    struct Case {
        DepositState state;
        std::string_view title, formula, difference;
    };
    const Case cases[] = {{DepositState::unmatched, "Unmatched: how it is computed", "nobody has reviewed", "-$200.00"},
                          {DepositState::matched, "Matched: how it is computed", "to the cent", "$0.00"},
                          {DepositState::reviewed, "Reviewed: how it is computed", "a person has said why", "+$50.00"}};
    DrawnDeposits drawn(vm::Language::english);
    for (const Case& one : cases) {
        INFO(one.title);
        vm::DepositsQuery query;
        query.from = 20'400;
        query.passport = one.state;
        drawn.show(query);
        CHECK(drawn.screen.find(Role::dialog, one.title));
        CHECK(drawn.says(one.formula));
        CHECK(drawn.says(one.difference));
        CHECK(drawn.says("the source's deposit file"));
        CHECK(drawn.says("Feb 28, 2026"));
        drawn.press(Role::button, "Show these days");
        CHECK(drawn.wanted().state == one.state);
        CHECK_FALSE(drawn.wanted().passport);
        CHECK(drawn.wanted().from == 20'400);
    }
    drawn.show({});
    for (const mirror::MirrorNode* node : drawn.screen.all(Role::button))
        if (node->name.starts_with("Unmatched")) {
            const mirror::MirrorNode tile = *node;
            drawn.screen.press(tile);
            break;
        }
    CHECK(drawn.wanted().passport == DepositState::unmatched);
    CHECK_FALSE(drawn.wanted().state);
}

TEST_CASE("a passport of deposits closes by Esc, and speaks Spanish", "[views]") {
    DrawnDeposits drawn(vm::Language::spanish);
    vm::DepositsQuery query;
    query.passport = DepositState::matched;
    drawn.show(query);
    CHECK(drawn.says("al céntimo"));
    drawn.screen.key(ImGuiKey_Escape);
    drawn.screen.frame(2);
    CHECK_FALSE(drawn.wanted().passport);
}

}  // namespace
}  // namespace portal::views
