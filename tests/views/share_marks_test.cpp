// What a presenter is told of places that guests see otherwise: of one practice by what is hidden, of several by whose.
#include "app/views/share_marks_view.hpp"

#include <catch2/catch_test_macros.hpp>

#include "app/views/wording.hpp"

namespace portal::views {
namespace {

const Id marked_willow = "01JW1110W00000000000000000", marked_cedar = "01JCEDAR000000000000000000",
         marked_aspen = "01JASPEN000000000000000000";

struct NoIntents final : vm::IntentSink {
    void emit(vm::Intent) override {}
    Id new_id() override { return {}; }
};

struct MarkedScreen {
    vm::Snapshot snapshot;
    vm::Format format{vm::Language::english, 0};
    NoIntents intents;
    Preferences preferences;
    PageRequests page;
    std::optional<LostCopy> lost_copy;
    ViewContext context{snapshot, format, intents, preferences, page, lost_copy};

    MarkedScreen() {
        vm::SessionPart session;
        for (const auto& [id, name] :
             {std::pair{marked_willow, "Willow"}, {marked_cedar, "Cedar"}, {marked_aspen, "Aspen"}}) {
            vm::PlaceChoice& place = session.practices.emplace_back();
            place.id = id;
            place.name = name;
        }
        snapshot.session = std::make_shared<const vm::SessionPart>(std::move(session));
    }
    // "place: words" of each that is shared at all.
    std::vector<std::string> marks(const std::vector<RedactionLine>& lines) {
        std::vector<std::string> told;
        for (const ui::LandmarkMark& mark : share_marks(context, lines))
            if (mark.words != context.say(vm::Word::share_mark_never)) told.push_back(mark.name + ": " + mark.words);
        return told;
    }
};

RedactionLine marked_line(const Id& practice, RedactionKind kind, ShareExposure exposure, MonthIndex month = 0) {
    RedactionLine line;
    line.view = ShareView::financing;
    line.practice = practice;
    line.kind = kind;
    line.month = month;
    line.exposure = exposure;
    return line;
}

}  // namespace

TEST_CASE("of one practice the marks tell what is hidden and what is rounded", "[share]") {
    using enum RedactionKind;
    using enum ShareExposure;
    MarkedScreen screen;
    CHECK(screen.marks({}).empty());
    CHECK(screen.marks({marked_line(marked_willow, figure, visible)}).empty());
    CHECK(
        screen.marks({marked_line(marked_willow, figure, hidden), marked_line(marked_willow, month, hidden, 24'312),
                      marked_line(marked_willow, month, rounded, 24'313), marked_line(marked_willow, plan, hidden)}) ==
        std::vector<std::string>{"figure.net_financed_volume: Guests do not see this figure: too few cases",
                                 "months: Guests do not see Jan: too few cases",
                                 "plans: Guests do not see 1 plan: too few cases"});
    CHECK(screen.marks({marked_line(marked_willow, figure, rounded)}) ==
          std::vector<std::string>{"figure.net_financed_volume: Guests see this figure rounded: few cases"});
}

TEST_CASE("of several practices the marks tell whose is hidden, each place once", "[share]") {
    using enum RedactionKind;
    using enum ShareExposure;
    MarkedScreen screen;
    CHECK(screen.marks({marked_line(marked_willow, figure, visible), marked_line(marked_cedar, figure, visible)})
              .empty());
    CHECK(screen.marks({marked_line(marked_willow, figure, rounded), marked_line(marked_willow, month, hidden, 24'312),
                        marked_line(marked_willow, month, hidden, 24'313), marked_line(marked_cedar, figure, hidden),
                        marked_line(marked_cedar, month, hidden, 24'312), marked_line(marked_cedar, plan, rounded),
                        marked_line(marked_aspen, month, hidden, 24'312)}) ==
          std::vector<std::string>{
              "figure.net_financed_volume: Guests see one practice at a time, and not this figure of Cedar: too few "
              "cases",
              "months: Guests see one practice at a time, and not all of it of Willow and 2 more: too few cases"});
    CHECK(screen.marks({marked_line(marked_willow, figure, rounded), marked_line(marked_cedar, figure, rounded)}) ==
          std::vector<std::string>{"figure.net_financed_volume: Guests see one practice at a time, and this figure of "
                                   "Willow and 1 more rounded: few cases"});
}

TEST_CASE("months that follow each other are said as one", "[share]") {
    MarkedScreen screen;
    constexpr MonthIndex march = 2026 * 12 + 2;
    const auto names = [&](std::vector<MonthIndex> months) { return names_of_months(screen.context, months); };
    CHECK(names({}).empty());
    CHECK(names({march}) == "March 2026");
    CHECK(names({march, march + 1}) == "March 2026, April 2026");
    CHECK(names({march - 12, march, march + 1, march + 2, march + 4}) ==
          "March 2025, March 2026 to May 2026, July 2026");
}

TEST_CASE("a figure that no guest is ever given is marked so, once it is known what they are given", "[share]") {
    MarkedScreen screen;
    CHECK(share_marks(screen.context, {}).empty());
    const std::vector<RedactionLine> lines = {
        marked_line(marked_willow, RedactionKind::figure, ShareExposure::visible)};
    std::size_t never = 0;
    for (const ui::LandmarkMark& mark : share_marks(screen.context, lines)) {
        CHECK(mark.name != "figure.net_financed_volume");
        CHECK(mark.words == "Guests do not see this: it is never shared");
        ++never;
    }
    CHECK(never == figure_texts.size() - 1);
}

}  // namespace portal::views
