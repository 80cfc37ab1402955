// The screen on the table as a file: what it says, what it keeps to itself, and that it is whole.
#include "app/pitch/view_book.hpp"

#include <catch2/catch_test_macros.hpp>

#include "app/export/report.hpp"
#include "shared/rules/disclosure_check.hpp"
#include "tests/export/html_page.hpp"

namespace portal::pitch {
namespace {

constexpr InstantMs view_now_ms = 1'780'000'000'000;
const Id viewed = "01J00000000000000000000001";

vm::Snapshot snapshot_with_session() {
    vm::Snapshot snapshot;
    auto session = std::make_shared<vm::SessionPart>();
    session->time_zone = "America/Chicago";
    snapshot.session = std::move(session);
    return snapshot;
}

vm::Snapshot financing_on_table() {
    vm::Snapshot snapshot = snapshot_with_session();
    auto part = std::make_shared<vm::FinancingPart>();
    part->query = {.from = 20'500, .until = 20'560, .practice = viewed};
    part->as_of_ms = view_now_ms;
    part->practice_choices = {{.id = viewed, .name = "Peña & <Sons> Dental", .detail = {}, .practice = {}}};
    part->peers.state = vm::PeersPart::State::too_few;
    Figure net;
    net.id = FigureId::net_financed_volume;
    net.unit = FigureUnit::cents;
    net.value = 12'345'67;
    net.numerator = 12'345'67;
    net.denominator = 1;
    part->figures = {net};
    part->rows = {{.from = 20'500, .until = 20'530, .net_cents = 10'000'00, .sales = 4},
                  {.from = 20'531, .until = 20'560, .net_cents = 2'345'67, .sales = 2}};
    part->plans = {{.id = viewed, .name = "Deferred interest, 12 months", .gross_cents = 12'345'67, .sales = 6}};
    snapshot.financing = std::move(part);
    return snapshot;
}

vm::Snapshot integration_on_table(bool has_history) {
    vm::Snapshot snapshot = snapshot_with_session();
    auto part = std::make_shared<vm::IntegrationsPart>();
    part->query.selected = viewed;
    part->as_of_ms = view_now_ms;
    vm::IntegrationDetail& detail = part->detail.emplace();
    detail.brief.name = "Canino PMS at Willow Creek";
    detail.brief.practice_name = "Willow Creek";
    detail.brief.health.figure.id = FigureId::integration_health;
    detail.brief.health.figure.unit = FigureUnit::score;
    if (has_history) {
        detail.brief.health.figure.value = 92;
        detail.brief.health.parts[1] = {vm::HealthPart::Kind::ledger_match, 2'500, 40, 712, 1'000};
        CheckRollup day;
        day.day = 20'559;
        day.calls = 100;
        day.calls_succeeded = 99;
        day.ledger_rows = 60;
        day.ledger_matched = 45;
        day.note = "Ledger ids changed format";
        detail.history = {day};
    }
    detail.stages = {{IntegrationStage::kickoff, 20'400}, {IntegrationStage::sandbox, std::nullopt}};
    snapshot.integrations = std::move(part);
    return snapshot;
}

vm::Snapshot ticket_on_table() {
    vm::Snapshot snapshot = snapshot_with_session();
    auto part = std::make_shared<vm::TicketsPart>();
    part->query.selected = viewed;
    vm::TicketDetail& detail = part->detail.emplace();
    detail.brief.subject = "The terminal prints twice";
    detail.description = "Since this morning.";
    vm::MessageLine told, internal;
    told.author_name = "Ada Núñez";
    told.body = "Restarted it.";
    internal.author_name = "Dana Whitlock";
    internal.author_kind = MessageAuthorKind::staff;
    internal.visibility = MessageVisibility::internal;
    internal.body = "They ask every week.";
    detail.messages = {told, internal};
    snapshot.tickets = std::move(part);
    return snapshot;
}

std::string page_of(const vm::Snapshot& snapshot, const vm::Query& shown, vm::Language language) {
    const vm::Format format(language, view_now_ms);
    const auto book = view_book(snapshot, shown, format);
    REQUIRE(book);
    CHECK(book->about.back().value.size() == 64);
    const std::string page = exports::report_of(std::vector{*book, *book}, format);
    CHECK(exports::test::complaints_about(page) == std::vector<std::string>());
    CHECK(exports::test::complaints_about(exports::report_of(*book, format)) == std::vector<std::string>());
    CHECK(check_disclosure(page).findings.empty());
    CHECK(page.find(format.say(vm::Word::demo_ribbon)) != std::string::npos);
    CHECK(page.find(book->about.back().value) != std::string::npos);
    CHECK(page.find("America/Chicago") != std::string::npos);
    return page;
}

bool says(const std::string& page, std::string_view words) {
    return page.find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("Each step's screen is left behind as it is seen, whole and without a reference to anything", "[pitch]") {
    for (const vm::Language language : {vm::Language::english, vm::Language::spanish}) {
        const vm::Format format(language, view_now_ms);
        const std::string financing = page_of(
            financing_on_table(), vm::FinancingQuery{.from = 20'500, .until = 20'560, .practice = viewed}, language);
        CHECK(says(financing, "Peña &amp; &lt;Sons&gt; Dental"));
        CHECK(says(financing, format.money_exact(12'345'67)));
        CHECK(says(financing, "<svg"));
        CHECK(says(financing, format.say(vm::Word::formula_net_financed_volume)));

        const std::string integration =
            page_of(integration_on_table(true), vm::IntegrationsQuery{.selected = viewed}, language);
        CHECK(says(integration, "Canino PMS at Willow Creek"));
        CHECK(says(integration, "<strong>92</strong>"));
        CHECK(says(integration, format.percent(7'500)));
        CHECK(says(integration, "Ledger ids changed format"));
        CHECK(says(integration, "<svg"));
        const std::string new_one =
            page_of(integration_on_table(false), vm::IntegrationsQuery{.selected = viewed}, language);
        CHECK_FALSE(says(new_one, "<svg"));
        CHECK(says(new_one, format.say(vm::Word::integration_health_none)));

        const std::string ticket = page_of(ticket_on_table(), vm::TicketsQuery{.selected = viewed}, language);
        CHECK(says(ticket, "Restarted it."));
        CHECK_FALSE(says(ticket, "They ask every week."));
        CHECK_FALSE(says(ticket, "Núñez"));
    }
}

TEST_CASE("Rows that are not there are not left behind, nor a screen that no step shows", "[pitch]") {
    const vm::Format format(vm::Language::english, view_now_ms);
    CHECK_FALSE(view_book({}, vm::IntegrationsQuery{.selected = viewed}, format));
    CHECK_FALSE(view_book(snapshot_with_session(), vm::FinancingQuery{}, format));
    CHECK_FALSE(
        view_book(integration_on_table(true), vm::IntegrationsQuery{.selected = "01J0000000000000000000000A"}, format));
    CHECK_FALSE(view_book(snapshot_with_session(), vm::ProfileQuery{}, format));
    vm::Snapshot list = snapshot_with_session();
    list.integrations = std::make_shared<vm::IntegrationsPart>();
    CHECK_FALSE(view_book(list, vm::IntegrationsQuery{}, format));
}

TEST_CASE("A page that asks for something, runs something or is torn is complained about", "[export]") {
    using exports::test::complaints_about;
    const std::string head = "<!doctype html>\n<html><head><style>p {}</style></head><body>";
    const std::string tail = "</body></html>";
    CHECK(complaints_about(head + "<p>Well</p>" + tail).empty());
    for (const char* wrong : {"<script>1</script>", "<img src=\"a\">", "<p onclick=\"a()\">x</p>", "<p>", "</p>",
                              "<a href=\"https://x.example\">x</a>", "<p"}) {
        INFO(wrong);
        CHECK_FALSE(complaints_about(head + wrong + tail).empty());
    }
}

}  // namespace portal::pitch
