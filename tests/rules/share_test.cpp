// What may be shared, and what a presenter may show of it.
#include "shared/rules/share.hpp"

#include <catch2/catch_test_macros.hpp>

#include "shared/base/limits.hpp"
#include "shared/model/id.hpp"
#include "shared/rules/share_redaction.hpp"
#include "shared/rules/share_suppression.hpp"

namespace portal {
namespace {

constexpr Day first = 20'500, last = 20'589;
const Id willow = "01JW1110W00000000000000000", cedar = "01JCEDAR000000000000000000",
         aspen = "01JASPEN000000000000000000", north = "01JN0RTH000000000000000000",
         grove = "01JGR0VE000000000000000000", pms = "01JPMS00000000000000000000",
         foreign_pms = "01JF0RE1GN0000000000000000", plan = "01JP1AN0000000000000000000";

// Willow and aspen are in book west, cedar in book east, all of one team.
Directory places() {
    Directory directory;
    directory.put_practice(willow, "west", "team");
    directory.put_practice(aspen, "west", "team");
    directory.put_practice(cedar, "east", "team");
    directory.put_location(north, willow);
    directory.put_location(grove, cedar);
    directory.put_integration(pms, willow, "vendor", "");
    directory.put_integration(foreign_pms, cedar, "vendor", "");
    return directory;
}

Caller caller_with(std::initializer_list<Grant> grants) {
    Caller caller;
    caller.user = "mona";
    for (Grant grant : grants) {
        grant.user = caller.user;
        caller.grants.push_back(grant);
    }
    return caller;
}

Grant grant_of(Role role, ScopeKind kind, const Id& scope) {
    Grant grant;
    grant.role = role;
    grant.scope_kind = kind;
    grant.scope = scope;
    return grant;
}

ShareScope scope_of(std::vector<Id> practices) {
    return {"mona", std::move(practices), {ShareView::financing, ShareView::overview}, first,
            last,   ShareRows::aggregates};
}

}  // namespace

TEST_CASE("a scope is followed as far as any grant reads it, and presented only as a whole", "[share]") {
    const Directory directory = places();
    const ShareScope both = scope_of({aspen, willow});
    const Caller desk = caller_with({grant_of(Role::practice_user, ScopeKind::practice, willow)});
    const Caller owner = caller_with({grant_of(Role::practice_admin, ScopeKind::practice, willow)});
    const Caller manager = caller_with({grant_of(Role::account_manager, ScopeKind::book, "west")});
    const Caller auditor = caller_with({grant_of(Role::auditor, ScopeKind::tenant, "")});
    CHECK(followed_scope(both, desk, directory).practices == std::vector<Id>{willow});
    CHECK(followed_scope(both, auditor, directory).practices == both.practices);
    CHECK(followed_scope(scope_of({cedar}), manager, directory).practices.empty());
    CHECK(followed_scope(both, Caller(), directory).practices.empty());
    CHECK(may_present(both, manager, directory));
    CHECK(may_present(scope_of({willow}), owner, directory));
    CHECK_FALSE(may_present(both, owner, directory));
    for (const Caller& reader : {desk, auditor})
        CHECK_FALSE(may_present(scope_of({willow}), reader, directory));
    CHECK_FALSE(may_present(scope_of({}), manager, directory));
    CHECK(check_view_state(away_state(ShareView::overview, 7), both, directory).has_value());
    CHECK(away_state(ShareView::overview, 7).filters.empty());
}

TEST_CASE("practices are shared by those whose own grants reach them in a sharing role", "[share]") {
    struct Case {
        const char* name;
        Grant grant;
        std::vector<Id> practices;
    };
    const Directory directory = places();
    for (const Case& item :
         {Case{"an account manager", grant_of(Role::account_manager, ScopeKind::book, "west"), {aspen, willow}},
          Case{"a lead", grant_of(Role::lead, ScopeKind::team, "team"), {aspen, cedar, willow}},
          Case{"a practice's administrator", grant_of(Role::practice_admin, ScopeKind::practice, willow), {willow}},
          Case{"an administrator of a book", grant_of(Role::practice_admin, ScopeKind::book, "west"), {}},
          Case{"the front desk", grant_of(Role::practice_user, ScopeKind::practice, willow), {}},
          Case{"an auditor", grant_of(Role::auditor, ScopeKind::tenant, ""), {}},
          Case{"operations", grant_of(Role::operations, ScopeKind::tenant, ""), {}},
          Case{"a vendor", grant_of(Role::vendor_user, ScopeKind::vendor, "vendor"), {}},
          Case{"an administrator", grant_of(Role::admin, ScopeKind::tenant, ""), {}},
          Case{"a book that nobody has", grant_of(Role::account_manager, ScopeKind::book, "south"), {}}}) {
        INFO(item.name);
        CHECK(shareable_practices(caller_with({item.grant}), directory) == item.practices);
    }
    // Seeing a practice by another grant is not enough.
    const Caller both = caller_with({grant_of(Role::practice_admin, ScopeKind::practice, willow),
                                     grant_of(Role::practice_user, ScopeKind::practice, cedar),
                                     grant_of(Role::auditor, ScopeKind::tenant, "")});
    CHECK(shareable_practices(both, directory) == std::vector<Id>{willow});
}

TEST_CASE("a scope is checked against its presenter's reach and refused whole", "[share]") {
    const Directory directory = places();
    const Caller mona = caller_with({grant_of(Role::account_manager, ScopeKind::book, "west")});
    const auto made = checked_scope(scope_of({willow, aspen, willow}), mona, directory);
    REQUIRE(made.has_value());
    CHECK(made->practices == std::vector<Id>{aspen, willow});
    CHECK(made->views == std::vector<ShareView>{ShareView::overview, ShareView::financing});

    const auto code_of = [&](const ShareScope& scope) {
        const auto checked = checked_scope(scope, mona, directory);
        return checked ? std::optional<ErrorCode>() : checked.error().code;
    };
    CHECK(code_of(scope_of({willow, cedar})) == ErrorCode::permission_denied);
    CHECK(code_of(scope_of({"01JN0WHERE0000000000000000"})) == ErrorCode::permission_denied);
    CHECK(code_of(scope_of({})) == ErrorCode::invalid_argument);
    ShareScope other = scope_of({willow});
    other.presenter = "olga";
    CHECK(code_of(other) == ErrorCode::permission_denied);
    ShareScope no_view = scope_of({willow});
    no_view.views.clear();
    CHECK(code_of(no_view) == ErrorCode::invalid_argument);
    ShareScope backwards = scope_of({willow});
    std::swap(backwards.first_day, backwards.last_day);
    CHECK(code_of(backwards) == ErrorCode::invalid_argument);
    ShareScope too_long = scope_of({willow});
    too_long.last_day = too_long.first_day + limits::share_days_max;
    CHECK(code_of(too_long) == ErrorCode::invalid_argument);
    --too_long.last_day;
    CHECK_FALSE(code_of(too_long));
}

TEST_CASE("a scope narrows to what its presenter still reaches, and is nobody else's", "[share]") {
    Directory directory = places();
    const Caller mona = caller_with({grant_of(Role::account_manager, ScopeKind::book, "west")});
    const ShareScope scope = *checked_scope(scope_of({willow, aspen}), mona, directory);
    CHECK(narrowed_scope(scope, mona, directory) == scope);
    directory.put_practice(aspen, "east", "team");
    CHECK(narrowed_scope(scope, mona, directory).practices == std::vector<Id>{willow});
    CHECK(narrowed_scope(scope, caller_with({}), directory).practices.empty());
    Caller olga = mona;
    olga.user = "olga";
    CHECK(narrowed_scope(scope, olga, directory).practices.empty());
    CHECK(narrowed_scope(scope, Caller(), directory).practices.empty());
}

TEST_CASE("a state that names anything outside the scope is refused and not repeated", "[share]") {
    const Directory directory = places();
    ShareScope scope = scope_of({willow});
    struct Case {
        const char* filter;
        std::string value;
        bool fits;
    };
    for (const Case& item : {Case{"practice", willow, true},
                             Case{"practice", cedar, false},
                             Case{"practice", aspen, false},
                             Case{"location", north, true},
                             Case{"location", grove, false},
                             Case{"location", "01JN0WHERE0000000000000000", false},
                             Case{"integration", pms, true},
                             Case{"integration", foreign_pms, false},
                             Case{"plan", plan, true},
                             Case{"plan", "cedar dental", false},
                             Case{"channel", "online", true},
                             Case{"channel", "cedar", false},
                             Case{"cardholder", "existing", true},
                             Case{"cardholder", "ana", false},
                             Case{"cents_from", "20000", true},
                             Case{"cents_until", "-1", false},
                             Case{"cents_until", "99999999999999999999", false},
                             Case{"weekday", "6", true},
                             Case{"weekday", "7", false},
                             Case{"hour", "0", true},
                             Case{"hour", "09", false},
                             Case{"kind", "sale", true},
                             Case{"kind", "cedar", false},
                             Case{"status", "settled", true},
                             Case{"status", "4711", false},
                             Case{"from", iso_day(first), true},
                             Case{"from", iso_day(first - 1), false},
                             Case{"to", iso_day(last), true},
                             Case{"to", iso_day(last + 1), false},
                             Case{"grain", "month", true},
                             Case{"grain", "day", false},
                             Case{"ticket", "01JT1CKET00000000000000000", false},
                             Case{"q", "cedar", false}}) {
        CAPTURE(item.filter, item.value);
        ShareViewState state;
        state.route = ShareView::financing;
        state.filters = {{"channel", {"online"}}, {item.filter, {item.value}}};
        const Status status = check_view_state(state, scope, directory);
        CHECK(status.has_value() == item.fits);
        if (!status) CHECK(status.error().message.find(item.value) == std::string::npos);
    }
}

TEST_CASE("a state that selects anything outside the scope is refused", "[share]") {
    const Directory directory = places();
    ShareScope scope = scope_of({willow});
    for (const auto& [selection, fits] :
         std::initializer_list<std::pair<std::string, bool>>{{"", true},
                                                             {"integration:" + pms, true},
                                                             {"integration:" + foreign_pms, false},
                                                             {"practice:" + cedar, false},
                                                             {"location:" + grove, false},
                                                             {"month:" + iso_month(month_of_day(first)), true},
                                                             {"month:" + iso_month(month_of_day(first) - 1), false},
                                                             {"day:" + iso_day(first), false},
                                                             {"fact:anything", false},
                                                             {"cedar", false}}) {
        CAPTURE(selection);
        ShareViewState state;
        state.sel = selection;
        CHECK(check_view_state(state, scope, directory).has_value() == fits);
    }
    ShareViewState state;
    state.sel = "day:" + iso_day(first);
    scope.rows = ShareRows::drill_down;
    CHECK(check_view_state(state, scope, directory).has_value());
    state.route = ShareView::integrations;  // Not among its views.
    CHECK_FALSE(check_view_state(state, scope, directory).has_value());
    scope.practices.clear();
    CHECK_FALSE(check_view_state(ShareViewState(), scope, directory).has_value());
}

TEST_CASE("who narrows a screen looks at a part of what its guests are given", "[share]") {
    const auto looks = [](const char* name, const std::string& value) {
        ShareViewState state;
        state.filters = {{name, {value}}};
        return looks_at_part(state, first, last);
    };
    CHECK_FALSE(looks_at_part(ShareViewState(), first, last));
    CHECK_FALSE(looks("practice", willow));
    CHECK_FALSE(looks("from", iso_day(first)));
    CHECK_FALSE(looks("to", iso_day(last)));
    CHECK(looks("from", iso_day(first + 1)));
    CHECK(looks("to", iso_day(last - 1)));
    CHECK(looks("channel", "online"));
    CHECK(looks("location", north));
    CHECK(looks("hour", "9"));
}

TEST_CASE("a pointer stands on a widget and names no row", "[share]") {
    CHECK(check_pointer({"widget:financing.chart_1", 0, 10'000}).has_value());
    for (const SharePointer& wrong :
         {SharePointer{"", 0, 0}, SharePointer{"widget:", 0, 0}, SharePointer{"chart", 0, 0},
          SharePointer{"widget:" + cedar, 0, 0}, SharePointer{"widget:a b", 0, 0}, SharePointer{"widget:a", -1, 0},
          SharePointer{"widget:a", 0, 10'001}, SharePointer{"widget:" + std::string(80, 'a'), 0, 0}}) {
        CAPTURE(wrong.at);
        CHECK_FALSE(check_pointer(wrong).has_value());
    }
}

TEST_CASE("small cells are hidden with as many others as keep them unknown", "[share]") {
    constexpr auto V = ShareExposure::visible, R = ShareExposure::rounded, H = ShareExposure::hidden;
    struct Case {
        std::vector<std::int64_t> cases;
        std::vector<ShareExposure> exposures;
    };
    for (const Case& item :
         {Case{{}, {}}, Case{{100, 60, 50}, {V, V, V}}, Case{{100, 49, 10}, {V, R, R}},
          // One alone would be the total less the others.
          Case{{100, 9, 60}, {V, H, H}},
          // Two small ones together are still a small cell.
          Case{{100, 3, 4, 70}, {V, H, H, H}}, Case{{100, 6, 7, 70}, {V, H, H, V}},
          // A month without any tells as much as one with few.
          Case{{100, 0, 60}, {V, H, H}}, Case{{0, 0, 3}, {H, H, H}}, Case{{4}, {H}}, Case{{60}, {V}}}) {
        CAPTURE(item.cases);
        CHECK(exposures_of_cells(item.cases) == item.exposures);
    }
    CHECK(exposure_of_rate(100, 200) == V);
    CHECK(exposure_of_rate(9, 200) == H);
    CHECK(exposure_of_rate(191, 200) == H);
    CHECK(exposure_of_rate(20, 40) == R);
    CHECK(exposure_of_rate(0, 0) == H);
}

TEST_CASE("what the suppression leaves of 1,000 random tables never pins a small cell", "[share]") {
    SeededRandom random(7);
    for (int table = 0; table < 1'000; ++table) {
        std::vector<std::int64_t> cases(1 + random.below(12));
        std::int64_t total = 0;
        for (std::int64_t& cell : cases)
            total += cell = random.chance(0.3) ? random.between(0, 12) : random.between(10, 200);
        const auto exposures = exposures_of_cells(cases);
        std::int64_t hidden = 0, hidden_cases = 0;
        for (std::size_t index = 0; index < cases.size(); ++index) {
            if (cases[index] < share_cases_min) CHECK(exposures[index] == ShareExposure::hidden);
            if (exposures[index] != ShareExposure::hidden) continue;
            ++hidden;
            hidden_cases += cases[index];
        }
        const bool tells_total = total >= share_cases_min;
        if (hidden > 0 && tells_total) {
            CHECK(hidden >= 2);
            CHECK(hidden_cases >= share_cases_min);
        }
    }
}

TEST_CASE("a figure is told as its exposure allows", "[share]") {
    Figure figure;
    figure.value = 1'234'567;
    figure.numerator = 1'234'567;
    figure.denominator = 1;
    figure.immature = 3;
    const SharedFigure exact = exposed(figure, ShareExposure::visible);
    CHECK(exact.figure.value == 1'234'567);
    CHECK(exact.figure.immature == 0);
    const SharedFigure few = exposed(figure, ShareExposure::rounded);
    CHECK(few.figure.value == 1'230'000);
    CHECK(few.figure.numerator == 0);
    const SharedFigure hidden = exposed(figure, ShareExposure::hidden);
    CHECK_FALSE(hidden.figure.value);
    CHECK(hidden.figure.numerator == 0);
    CHECK(hidden.figure.reason == FigureReason::too_few_cases);
    figure.value.reset();
    figure.reason = FigureReason::no_cases;
    CHECK(exposed(figure, ShareExposure::visible).exposure == ShareExposure::hidden);
    CHECK(rounded(-1'234'567, share_cents_step) == -1'230'000);
    CHECK(rounded(6'149, share_basis_points_step) == 6'100);
    CHECK(rounded(6'150, share_basis_points_step) == 6'200);
}

TEST_CASE("what becomes visible is said line by line, and what does not", "[share]") {
    ShareScope scope = scope_of({willow});
    ShareDataset dataset;
    dataset.view = ShareView::financing;
    dataset.practice = willow;
    Figure net;
    net.value = 5;
    dataset.figures = {{net, ShareExposure::rounded}};
    dataset.months = {{24'000, ShareExposure::hidden, {}, {}}};
    dataset.plans = {{plan, "Plan", ShareExposure::visible, 10'000}};
    dataset.integrations = {{pms, "PMS", IntegrationStage::live, {}}};
    ShareDataset outside = dataset;
    outside.practice = cedar;
    ShareDataset unshared = dataset;
    unshared.view = ShareView::integrations;
    const std::vector<ShareDataset> datasets = {dataset, outside, unshared};
    const auto lines = what_becomes_visible(scope, datasets);
    REQUIRE(lines.size() == 5);
    CHECK(lines[0] == RedactionLine{ShareView::financing, willow, RedactionKind::figure, FigureId::net_financed_volume,
                                    0, "", ShareExposure::rounded});
    CHECK(lines[1].kind == RedactionKind::month);
    CHECK(lines[1].month == 24'000);
    CHECK(lines[1].exposure == ShareExposure::hidden);
    CHECK(lines[2].row == plan);
    CHECK(lines[2].exposure == ShareExposure::visible);
    CHECK(lines[3].row == pms);
    CHECK(lines[4].kind == RedactionKind::view);
    CHECK(lines[4].view == ShareView::integrations);
    CHECK(lines[4].exposure == ShareExposure::hidden);
}

}  // namespace portal
