// The counts that a vendor is told: each opens its passport; one that is kept back has no counts there either.
#include "app/views/vendor_volumes_view.hpp"

#include <catch2/catch_test_macros.hpp>

#include "app/ui/layout.hpp"
#include "tests/views/view_stage.hpp"

namespace portal::views::test {
namespace {

constexpr MonthIndex some_month = 24'300;

Figure count_of(FigureId id, std::optional<std::int64_t> count) {
    Figure figure;
    figure.id = id;
    figure.unit = FigureUnit::count;
    figure.value = count;
    figure.numerator = count.value_or(0);
    figure.denominator = count ? 1 : 0;
    figure.as_of_ms = 1'772'627'400'000;
    return figure;
}

struct DrawnVolumes : ViewStage {
    DrawnVolumes() {
        detail.volumes = vm::VendorVolumes{.is_agreed = true,
                                           .months = {{.month = some_month,
                                                       .applications = count_of(FigureId::applications, 41),
                                                       .approved = count_of(FigureId::approved, std::nullopt),
                                                       .sales = count_of(FigureId::sales, 23)}}};
        snapshot.integrations = std::make_shared<vm::IntegrationsPart>();
        screen.draw([this] {
            ui::Grid grid("integration");
            vendor_volumes_card(context(), grid, table, detail, query);
        });
        screen.frame(4);
    }
    std::string asked_by(std::string_view name) {
        sink.intents.clear();
        press(Role::button, name);
        REQUIRE_FALSE(sink.intents.empty());
        return std::get<vm::IntegrationsQuery>(std::get<vm::ShowScreen>(sink.intents.back()).query).passport;
    }
    std::string words() {
        std::string said;
        for (const Role role : {Role::text, Role::paragraph, Role::dialog})
            for (const mirror::MirrorNode* node : screen.all(role))
                said += node->name + "\n";
        return said;
    }
    vm::IntegrationDetail detail;
    ui::TableState table;
    vm::IntegrationsQuery query;
};

}  // namespace

TEST_CASE("each count of a vendor's month opens its passport", "[views]") {
    DrawnVolumes drawn;
    const std::string of_month = "." + iso_day(first_day_of_month(some_month));
    CHECK(drawn.asked_by("Applications, 41") == "applications" + of_month);
    CHECK(drawn.asked_by("Approved, not shown") == "approved" + of_month);
    CHECK(drawn.asked_by("Sales, 23") == "sales" + of_month);
}

TEST_CASE("the passport of a count tells it and its month, and of one that is kept back no cases", "[views]") {
    DrawnVolumes drawn;
    drawn.query.passport = "sales." + iso_day(first_day_of_month(some_month));
    drawn.screen.frame(4);
    CHECK(drawn.words().find(drawn.format.month(some_month)) != std::string::npos);
    const std::string counted = drawn.words();
    drawn.query.passport = "approved." + iso_day(first_day_of_month(some_month));
    drawn.screen.frame(4);
    const std::string counts_line(drawn.format.say(vm::Word::passport_numerator));
    CHECK(counted.find(counts_line) != std::string::npos);
    CHECK(drawn.words().find(counts_line) == std::string::npos);
    CHECK(drawn.words().find("Counts under 10 are not shown") != std::string::npos);
}

}  // namespace portal::views::test
