// The screens' parts on the small demo tenant, against SQL over the same facts and against the rows themselves.
#include "app/store/builders.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <set>

#include "app/export/csv.hpp"
#include "app/store/exports.hpp"
#include "shared/facts/fact_sql.hpp"
#include "shared/rules/business_time.hpp"
#include "shared/rules/transitions.hpp"
#include "tests/store/demo_replica.hpp"
#include "tests/store/facts_in_sql.hpp"

namespace portal::store::test {
namespace {

// Of the practice's first location, as its calendar's row has it.
BusinessCalendar calendar_of(const Id& practice) {
    const auto& rows = DemoTenant::instance().rows;
    Id calendar;
    for (const Row& row : rows)
        if (row.entity == Entity::location && text_value(row, "practice") == practice && calendar.empty())
            calendar = from_row<Location>(row).calendar;
    const auto found = std::ranges::find_if(
        rows, [&](const Row& row) { return row.entity == Entity::calendar && from_row<Calendar>(row).id == calendar; });
    REQUIRE(found != rows.end());
    auto parsed = BusinessCalendar::parse(from_row<Calendar>(*found).hours, from_row<Calendar>(*found).holidays);
    REQUIRE(parsed.has_value());
    return *parsed;
}

vm::FileTicket filing(DemoStore& demo, std::string subject) {
    vm::FileTicket file;
    file.intent = make_id(1, demo.random);
    file.ticket = make_id(2, demo.random);
    file.location = demo.store.snapshot()->session->locations.front().id;
    file.subject = std::move(subject);
    return file;
}

}  // namespace

TEST_CASE("Financing rows equal SQL to the cent, whatever the grain", "[store]") {
    DemoStore demo("account_manager");
    const auto session = demo.store.snapshot()->session;
    REQUIRE(session);
    REQUIRE(session->practices.size() > 1);
    FactsInSql sql(session->practices);
    for (const vm::Grain grain : {vm::Grain::day, vm::Grain::week, vm::Grain::month, vm::Grain::quarter}) {
        vm::FinancingQuery query;
        query.grain = grain;
        query.until = DemoTenant::instance().closed_until;
        query.from = query.until - 100;
        const auto part = demo.after(vm::ShowScreen{query}).financing;
        REQUIRE(part);
        std::int64_t net = 0;
        Day next = query.from;
        for (const vm::FinancingRow& row : part->rows) {
            CHECK(row.from == next);
            next = row.until + 1;
            CHECK(row.net_cents == sql.ask(fact_sql::net_cents, row.from, row.until));
            CHECK(row.gross_cents == sql.ask(fact_sql::gross_cents, row.from, row.until));
            CHECK(row.sales == sql.ask(fact_sql::sales, row.from, row.until));
            net += row.net_cents;
        }
        CHECK(next == query.until + 1);
        REQUIRE(part->figures.front().value.has_value());
        CHECK(*part->figures.front().value == net);
        CHECK(net != 0);
        std::int64_t change = 0, former = 0;
        for (const vm::ChangePart& piece : part->change)
            change += piece.cents;
        for (const vm::FinancingRow& row : part->compared)
            former += row.net_cents;
        CHECK(change == net - former);
    }
}

TEST_CASE("Whatever financing is taken apart by, the parts add up to the whole", "[store]") {
    DemoStore demo("account_manager");
    vm::FinancingQuery query;
    query.until = DemoTenant::instance().closed_until;
    query.from = query.until - 200;
    for (const auto& channel : {std::optional<FactChannel>(), std::optional(FactChannel::online)})
        for (const vm::Grain grain : {vm::Grain::day, vm::Grain::week, vm::Grain::month, vm::Grain::quarter})
            for (const vm::Comparison comparison : {vm::Comparison::year_before, vm::Comparison::period_before})
                for (const vm::Explain explain :
                     {vm::Explain::places, vm::Explain::plans, vm::Explain::channels, vm::Explain::effects}) {
                    query.channel = channel;
                    query.grain = grain;
                    query.comparison = comparison;
                    query.explain = explain;
                    query.split = explain == vm::Explain::channels ? vm::Split::channel : vm::Split::plan;
                    const auto part = demo.after(vm::ShowScreen{query}).financing;
                    REQUIRE(part);
                    const auto total = [](const auto& items, auto value) {
                        std::int64_t sum = 0;
                        for (const auto& item : items)
                            sum += value(item);
                        return sum;
                    };
                    const auto net_of = [](const auto& item) { return item.net_cents; };
                    const std::int64_t net = total(part->rows, net_of);
                    CHECK(net != 0);
                    CHECK(total(part->ranking, net_of) == net);
                    CHECK(total(part->change, [](const vm::ChangePart& piece) { return piece.cents; }) ==
                          net - total(part->compared, net_of));
                    if (explain != vm::Explain::effects)
                        CHECK(total(part->change, [](const vm::ChangePart& piece) { return piece.former_cents; }) ==
                              total(part->compared, net_of));
                    REQUIRE(!part->stacks.empty());
                    for (std::size_t row = 0; row < part->rows.size(); ++row)
                        CHECK(total(part->stacks, [row](const vm::FinancingStack& stack) {
                                  return stack.net_cents[row];
                              }) == part->rows[row].net_cents);
                    std::int64_t applications = 0;
                    for (const auto& day : part->hours)
                        applications += total(day, [](std::int64_t count) { return count; });
                    CHECK(applications == total(part->rows, [](const auto& row) { return row.applications; }));
                    REQUIRE(part->funnel.size() == 5);
                    CHECK(part->funnel[3].numerator > 0);
                    for (std::size_t step = 1; step < part->funnel.size(); ++step)
                        CHECK(part->funnel[step].numerator <= part->funnel[step - 1].numerator);
                }
}

TEST_CASE("A month so far is compared with equal elapsed business days of its practice", "[store]") {
    DemoStore demo("practice_owner");
    const auto session = demo.store.snapshot()->session;
    FactsInSql sql(session->practices);
    const BusinessCalendar calendar = calendar_of(session->practices.front().id);
    vm::FinancingQuery query;
    query.comparison = vm::Comparison::period_before;
    query.grain = vm::Grain::month;
    // December 2025 begins on a Monday, November on a Saturday and has holidays.
    const Day first = parse_iso_day("2025-12-01").value(), first_before = parse_iso_day("2025-11-01").value();
    int other_than_by_date = 0;
    for (Day until = first; until < first + 24; ++until) {
        if (!calendar.is_business_day(until)) continue;
        query.from = first;
        query.until = until;
        const int elapsed = calendar.business_days(first, until + 1);
        Day last = first_before;
        while (calendar.business_days(first_before, last + 1) < elapsed && last < first - 1)
            ++last;
        const auto part = demo.after(vm::ShowScreen{query}).financing;
        std::int64_t compared = 0;
        for (const vm::FinancingRow& row : part->compared)
            compared += row.net_cents;
        CHECK(compared == sql.ask(fact_sql::net_cents, first_before, last));
        other_than_by_date += last - first_before == until - first ? 0 : 1;
    }
    CHECK(other_than_by_date > 10);
}

TEST_CASE("Quarters are compared month by month, whatever month the period begins with", "[store]") {
    DemoStore demo("account_manager");
    vm::FinancingQuery query;
    query.comparison = vm::Comparison::period_before;
    const MonthIndex last = month_of_day(DemoTenant::instance().closed_until) - 1;
    query.until = first_day_of_month(last + 1) - 1;
    for (const MonthIndex months : {4, 5, 6, 7}) {
        query.from = first_day_of_month(last - months + 1);
        query.grain = vm::Grain::month;
        const auto by_month = demo.after(vm::ShowScreen{query}).financing;
        query.grain = vm::Grain::quarter;
        const auto by_quarter = demo.after(vm::ShowScreen{query}).financing;
        REQUIRE(by_month->compared.size() == by_month->rows.size());
        REQUIRE(by_quarter->compared.size() == by_quarter->rows.size());
        std::size_t month = 0;
        for (std::size_t quarter = 0; quarter < by_quarter->rows.size(); ++quarter) {
            const vm::FinancingRow& row = by_quarter->rows[quarter];
            CHECK(month_of_day(row.from) / 3 == month_of_day(row.until) / 3);
            std::int64_t net = 0, former = 0, target = 0;
            for (; month < by_month->rows.size() && by_month->rows[month].from <= row.until; ++month) {
                net += by_month->rows[month].net_cents;
                former += by_month->compared[month].net_cents;
                target += by_month->rows[month].target_cents;
            }
            CHECK(row.net_cents == net);
            CHECK(by_quarter->compared[quarter].net_cents == former);
            CHECK((row.target_cents == target || row.target_cents == 0));
        }
        CHECK(month == by_month->rows.size());
    }
}

TEST_CASE("The passport of the average tells how sales are spread, that of applications how many differ", "[store]") {
    DemoStore demo("practice_owner");
    vm::FinancingQuery query;
    query.until = DemoTenant::instance().closed_until;
    query.from = query.until - 100;
    const auto plain = demo.after(vm::ShowScreen{query}).financing;
    CHECK(plain->sale_quantiles.empty());
    CHECK_FALSE(plain->distinct_applications);
    std::vector<std::int64_t> sizes;
    std::set<std::string> references;
    for (const FinancingFact& fact : DemoTenant::instance().facts) {
        if (fact.practice != plain->practice_choices.front().id || fact.duplicate) continue;
        if (fact.kind == FactKind::sale && fact.status == FactStatus::settled && fact.posted_day >= query.from &&
            fact.posted_day <= query.until)
            sizes.push_back(fact.settled_cents);
        if (fact.kind == FactKind::application && fact.event_day >= query.from && fact.event_day <= query.until)
            references.insert(fact.application_ref);
    }
    std::sort(sizes.begin(), sizes.end());
    REQUIRE(sizes.size() > 10);
    query.passport = "average_sale";
    const auto spread = demo.after(vm::ShowScreen{query}).financing->sale_quantiles;
    REQUIRE(spread.size() == 2);
    CHECK(spread[0] == sizes[(sizes.size() * 5 + 9) / 10 - 1]);
    CHECK(spread[1] == sizes[(sizes.size() * 9 + 9) / 10 - 1]);
    query.passport = "applications";
    CHECK(demo.after(vm::ShowScreen{query}).financing->distinct_applications ==
          static_cast<std::int64_t>(references.size()));
}

TEST_CASE("A filter of financing takes its part of the whole", "[store]") {
    DemoStore demo("account_manager");
    vm::FinancingQuery query;
    query.until = DemoTenant::instance().closed_until;
    query.from = query.until - 200;
    const auto applications = [&](const auto& narrow) {
        vm::FinancingQuery asked = query;
        narrow(asked);
        const auto part = demo.after(vm::ShowScreen{asked}).financing;
        REQUIRE(part);
        std::int64_t sum = 0;
        for (const vm::FinancingRow& row : part->rows)
            sum += row.applications;
        CHECK(part->figures[1].value == sum);
        return sum;
    };
    const std::int64_t all = applications([](auto&) {});
    CHECK(all > 0);
    std::int64_t by_channel = 0, by_cardholder = 0;
    for (const FactChannel channel :
         {FactChannel::in_office, FactChannel::online, FactChannel::phone, FactChannel::integrated})
        by_channel += applications([&](vm::FinancingQuery& asked) { asked.channel = channel; });
    for (const bool existing : {false, true})
        by_cardholder += applications([&](vm::FinancingQuery& asked) { asked.existing_cardholder = existing; });
    const std::int64_t small = applications([](vm::FinancingQuery& asked) { asked.cents_until = 99'999; });
    const std::int64_t large = applications([](vm::FinancingQuery& asked) { asked.cents_from = 100'000; });
    CHECK(by_channel == all);
    CHECK(by_cardholder == all);
    const vm::HourGrid hours = demo.after(vm::ShowScreen{query}).financing->hours;
    std::int64_t by_weekday = 0;
    for (int weekday = 0; weekday < 7; ++weekday)
        by_weekday += applications([&](vm::FinancingQuery& asked) { asked.weekday = weekday; });
    CHECK(by_weekday == all);
    const std::int64_t of_tuesday_ten = applications([](vm::FinancingQuery& asked) {
        asked.weekday = 1;
        asked.hour = 10;
    });
    CHECK(of_tuesday_ten > 0);
    CHECK(of_tuesday_ten == hours[1][10]);
    // The picture goes on showing the hours that are not chosen.
    CHECK(demo.store.snapshot()->financing->hours == hours);
    CHECK(small > 0);
    CHECK(large > 0);
    CHECK(small + large == all);
}

TEST_CASE("The overview's figures equal the financing screen's", "[store]") {
    DemoStore demo("practice_owner");
    const auto overview = demo.store.snapshot()->overview;
    REQUIRE(overview);
    REQUIRE(overview->net.has_value());
    FactsInSql sql(demo.store.snapshot()->session->practices);
    const Day until = overview->closed_until;
    const Day first = first_day_of_month(month_of_day(until));
    CHECK(overview->net->numerator == sql.ask(fact_sql::net_cents, first, until));
    REQUIRE(overview->daily_net.size() == 30);
    CHECK(overview->daily_net.back().value == sql.ask(fact_sql::net_cents, until, until));
    REQUIRE(overview->monthly_net.size() == 13);
    for (std::size_t month = 0; month + 1 < overview->monthly_net.size(); ++month) {
        const Day from = overview->monthly_net[month].day;
        CHECK(overview->monthly_net[month].value ==
              sql.ask(fact_sql::net_cents, from, overview->monthly_net[month + 1].day - 1));
    }
}

TEST_CASE("Each home shows its own", "[store]") {
    struct Case {
        std::string_view account;
        vm::Home home;
        bool financing, book;
    };
    for (const Case& row :
         {Case{"front_desk", vm::Home::practice, true, false},
          Case{"account_manager", vm::Home::account_manager, true, true},
          Case{"support_agent", vm::Home::agent, false, false}, Case{"vendor_engineer", vm::Home::vendor, false, false},
          Case{"admin", vm::Home::admin, false, false}}) {
        INFO(row.account);
        DemoStore demo(row.account);
        const auto snapshot = demo.store.snapshot();
        REQUIRE(snapshot->session);
        CHECK(snapshot->session->home == row.home);
        CHECK(snapshot->session->sees_financing == row.financing);
        CHECK(snapshot->overview->net.has_value() == row.financing);
        CHECK(snapshot->overview->book.empty() != row.book);
        CHECK(snapshot->overview->stories.size() >= 6);
        CHECK_FALSE(snapshot->session->name.empty());
    }
}

TEST_CASE("An agent's next cases are those that nobody else has and that wait for nobody", "[store]") {
    DemoStore demo("support_agent");
    const auto overview = demo.store.snapshot()->overview;
    REQUIRE_FALSE(overview->whos_on_it.empty());
    for (const vm::TicketBrief& brief : overview->queue)
        CHECK((brief.state != TicketState::waiting_practice && brief.state != TicketState::waiting_vendor));
    const auto waiting =
        std::ranges::find(overview->whos_on_it, TicketState::waiting_practice, &vm::TicketBrief::state);
    REQUIRE(waiting != overview->whos_on_it.end());
    const auto count = overview->queue.size();
    const vm::Snapshot& answered = demo.after(vm::MoveTicket{"01J8Z3K4M5N6P7Q8R9S0T1V2W7", waiting->id,
                                                             TicketState::waiting_practice, TicketState::in_progress});
    REQUIRE(answered.overview->queue.size() == count + 1);
    CHECK(std::ranges::count(answered.overview->queue, waiting->id, &vm::TicketBrief::id) == 1);
}

TEST_CASE("The front desk's broken ledger match leads to a ticket with its context", "[store]") {
    DemoStore demo("front_desk");
    const auto overview = demo.store.snapshot()->overview;
    REQUIRE_FALSE(overview->attention.empty());
    const vm::Attention& first = overview->attention.front();
    CHECK(first.kind == vm::AttentionKind::ledger_mismatch);
    CHECK(first.numerator < first.denominator);
    REQUIRE(overview->health.has_value());
    CHECK(overview->health->figure.reason == FigureReason::ledger_mismatch);
    CHECK(overview->health->figure.value.value_or(100) <= 40);
    vm::TicketsQuery query;
    query.composing = true;
    query.about_integration = first.subject;
    const auto tickets = demo.after(vm::ShowScreen{query}).tickets;
    REQUIRE(tickets->compose.has_value());
    CHECK(tickets->compose->integration == first.subject);
    CHECK(tickets->compose->check.has_value());
    CHECK_FALSE(tickets->compose->location.empty());
}

TEST_CASE("A filed ticket, its reply and a move show at once, marked pending", "[store]") {
    DemoStore demo("front_desk");
    vm::FileTicket file = filing(demo, "Ledger does not match");
    file.description = "Since the upgrade";
    demo.after(file);
    vm::ReplyToTicket reply;
    reply.intent = make_id(3, demo.random);
    reply.message = make_id(4, demo.random);
    reply.ticket = file.ticket;
    reply.body = "It got worse";
    demo.after(reply);
    demo.after(reply);  // The same wish twice is one.
    vm::TicketsQuery query;
    query.selected = file.ticket;
    const vm::Snapshot& snapshot = demo.after(vm::ShowScreen{query});
    REQUIRE(snapshot.tickets->detail.has_value());
    CHECK(snapshot.tickets->detail->brief.subject == file.subject);
    CHECK(snapshot.tickets->detail->brief.pending);
    CHECK(snapshot.tickets->detail->brief.number == 0);
    REQUIRE(snapshot.tickets->detail->messages.size() == 1);
    CHECK(snapshot.tickets->detail->messages.front().pending);
    CHECK(snapshot.tickets->detail->messages.front().own);
    CHECK(snapshot.tickets->detail->may_reply);
    CHECK(snapshot.sync->pending_count == 2);
    const auto pending = demo.store.outbox().pending(10);
    REQUIRE(pending.size() == 2);
    CHECK(pending[1].mutation.depends_on == file.intent);
}

TEST_CASE("Pending edits show again after a reload, wherever the steps of loading end", "[store]") {
    DemoStore demo("front_desk");
    const vm::FileTicket file = filing(demo, "Filed before the reload");
    demo.after(file);
    demo.store.attach(demo.store.detach());
    while (demo.store.step([] { return true; })) {
    }
    vm::TicketsQuery query;
    query.selected = file.ticket;
    const vm::Snapshot& snapshot = demo.after(vm::ShowScreen{query});
    REQUIRE(snapshot.tickets->detail.has_value());
    CHECK(snapshot.tickets->detail->brief.subject == file.subject);
    CHECK(snapshot.tickets->detail->brief.pending);
}

TEST_CASE("An edit refused while everything is being loaded leaves the screens", "[store]") {
    // Whether the loader has passed the row already or not.
    for (const int steps : {0, 1, 1'000}) {
        CAPTURE(steps);
        DemoStore demo("front_desk");
        const vm::FileTicket file = filing(demo, "Refused meanwhile");
        demo.after(file);
        vm::TicketsQuery query;
        query.selected = file.ticket;
        REQUIRE(demo.after(vm::ShowScreen{query}).tickets->detail.has_value());
        const std::int64_t mid = demo.store.outbox().pending(1).front().mutation.mid;
        demo.store.attach(demo.store.detach());
        for (int step = 0; step < steps && !demo.store.is_ready(); ++step)
            demo.store.step([] { return true; });
        const wire::PushResult refused{
            mid, file.intent, {OutcomeKind::rejected, RejectionCode::access_denied, "not yours", {}}};
        REQUIRE(demo.store.take_push_results({"demo", {refused}, false}).has_value());
        demo.settle();
        const vm::Snapshot& snapshot = demo.after(vm::ShowScreen{query});
        CHECK_FALSE(snapshot.tickets->detail.has_value());
        CHECK(snapshot.sync->tray.size() == 1);
        CHECK(snapshot.sync->pending_count == 0);
    }
}

TEST_CASE("A ticket offers the moves of one's role and no others", "[store]") {
    struct Case {
        const char* account;
        Role role;
    };
    for (const auto& [account, role] :
         {Case{"front_desk", Role::practice_user}, Case{"practice_owner", Role::practice_admin},
          Case{"account_manager", Role::account_manager}, Case{"support_agent", Role::support_agent}}) {
        DemoStore demo(account);
        vm::TicketsQuery query;
        query.tab = vm::TicketTab::all;
        const auto rows = demo.after(vm::ShowScreen{query}).tickets->rows;
        REQUIRE_FALSE(rows.empty());
        int offered = 0;
        for (std::size_t index = 0; index < rows.size() && index < 40; ++index) {
            query.selected = rows[index].id;
            const auto detail = demo.after(vm::ShowScreen{query}).tickets->detail;
            REQUIRE(detail.has_value());
            INFO(account << ": " << text_of(detail->brief.state));
            const Role roles[] = {role};
            CHECK(detail->allowed_moves == allowed_ticket_moves(roles, detail->brief.state,
                                                                detail->resolved_ms.value_or(0), demo.clock.now_ms()));
            offered += detail->allowed_moves.empty() ? 0 : 1;
        }
        // A practice may have nothing to answer, to accept or to reopen; the desk always has work.
        if (role == Role::support_agent) CHECK(offered > 0);
    }
}

TEST_CASE("An edit that no rule allows goes to the tray and can be discarded", "[store]") {
    DemoStore demo("front_desk");
    const vm::FileTicket file = filing(demo, std::string(500, 'x'));
    const vm::Snapshot& refused = demo.after(file);
    REQUIRE(refused.sync->tray.size() == 1);
    CHECK(refused.sync->tray.front().intent == file.intent);
    CHECK(refused.sync->pending_count == 0);
    CHECK(refused.announcement->kind == vm::Announcement::Kind::edit_rejected);
    const vm::Snapshot& answered =
        demo.after(vm::AnswerTray{file.intent, make_id(9, demo.random), vm::TrayAnswer::discard});
    CHECK(answered.sync->tray.empty());
}

TEST_CASE("The scope narrows every part", "[store]") {
    DemoStore demo("account_manager");
    const auto whole = demo.store.snapshot();
    const Id practice = whole->session->practices.front().id;
    const vm::Snapshot& narrowed = demo.after(vm::ChooseScope{{{practice}, {}}});
    CHECK(narrowed.overview->book.size() == 1);
    CHECK(narrowed.overview->book.front().practice == practice);
    CHECK(narrowed.integrations->total < whole->integrations->total);
    CHECK(narrowed.financing->fact_count < whole->financing->fact_count);
    CHECK(narrowed.session->practices.size() == whole->session->practices.size());
}

TEST_CASE("An export says what the screen says", "[store]") {
    DemoStore demo("practice_owner");
    const vm::Snapshot& snapshot = demo.after(vm::ExportData{vm::Export::financing, vm::FinancingQuery{}});
    REQUIRE(snapshot.ready_export);
    const std::string& bytes = snapshot.ready_export->bytes;
    CHECK(bytes.find("Demo data\r\n") != std::string::npos);
    const vm::FinancingRow& last = snapshot.financing->rows.back();
    CHECK(bytes.find(iso_day(last.from) + "," + iso_day(last.until) + "," + exports::csv_money(last.net_cents)) !=
          std::string::npos);
}

}  // namespace portal::store::test
