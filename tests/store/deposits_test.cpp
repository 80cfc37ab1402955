// Deposits in the store: what stands how in the demo tenant, who reviews, edits that wait, the way to a ticket, export.
#include <algorithm>

#include "app/store/builders.hpp"
#include "shared/rules/deposits.hpp"
#include "tests/store/demo_replica.hpp"

namespace portal::store::test {
namespace {

std::shared_ptr<const vm::DepositsPart> deposits_shown(DemoStore& demo, const vm::DepositsQuery& query = {}) {
    const auto part = demo.after(vm::ShowScreen{query}).deposits;
    REQUIRE(part);
    return part;
}

// The newest day that no deposit matches.
vm::DepositsQuery open_unmatched(DemoStore& demo) {
    const auto part = deposits_shown(demo, {.state = DepositState::unmatched});
    REQUIRE_FALSE(part->rows.empty());
    return {.selected = part->rows.front().location, .day = part->rows.front().day};
}

vm::ReviewDeposit review_of_detail(DemoStore& demo, const vm::DepositDetail& detail, std::string note) {
    vm::ReviewDeposit review;
    review.intent = make_id(3, demo.random);
    review.location = detail.line.location;
    review.day = detail.line.day;
    review.seen = detail.review;
    review.wanted = {detail.line.expected_cents, detail.line.deposited_cents, true, std::move(note)};
    return review;
}

}  // namespace

TEST_CASE("In the demo tenant every deposit matches but those that a story keeps back", "[store]") {
    DemoStore demo("account_manager");
    REQUIRE(demo.store.snapshot()->session->sees_deposits);
    const auto all = deposits_shown(demo);
    CHECK(all->totals[static_cast<std::size_t>(DepositState::matched)].days > 50);
    CHECK(all->listed == static_cast<std::int64_t>(all->rows.size()));
    std::array<vm::DepositTotals, 3> totals{};
    for (std::size_t index = 0; index < all->rows.size(); ++index) {
        const vm::DepositLine& line = all->rows[index];
        vm::DepositTotals& sum = totals[static_cast<std::size_t>(line.state)];
        ++sum.days;
        sum.expected_cents += line.expected_cents;
        sum.deposited_cents += line.deposited_cents;
        CHECK((line.state == DepositState::matched) == (line.expected_cents == line.deposited_cents));
        CHECK_FALSE(line.practice_name.empty());
        if (index > 0) CHECK(all->rows[index - 1].day >= line.day);
        if (line.state == DepositState::unmatched) CHECK(line.practice_name == "Willow Creek Animal Hospital");
        if (line.state == DepositState::reviewed) CHECK(line.practice_name == "Juniper Ridge Veterinary Partners");
    }
    for (std::size_t state = 0; state < totals.size(); ++state) {
        CHECK(totals[state].days == all->totals[state].days);
        CHECK(totals[state].expected_cents == all->totals[state].expected_cents);
        CHECK(totals[state].deposited_cents == all->totals[state].deposited_cents);
        const auto one = deposits_shown(demo, {.state = static_cast<DepositState>(state)});
        CHECK(one->listed == totals[state].days);
        CHECK(one->totals[0].days == totals[0].days);
    }
    CHECK(totals[static_cast<std::size_t>(DepositState::unmatched)].days == 2);
    CHECK(totals[static_cast<std::size_t>(DepositState::reviewed)].days == 1);
    // Every deposit that is known stands in some line, to the cent.
    std::int64_t told = 0, listed = 0;
    for (const Row& row : DemoTenant::instance().rows)
        if (row.entity == Entity::deposit) told += integer_value(row, "cents");
    for (const vm::DepositTotals& sum : totals)
        listed += sum.deposited_cents;
    CHECK(listed == told);
}

TEST_CASE("Deposits narrow by location and first day, and one day tells what it is made of", "[store]") {
    DemoStore demo("front_desk");
    const vm::DepositsQuery open = open_unmatched(demo);
    const auto part = deposits_shown(
        demo, {.location = open.selected, .from = *open.day, .selected = open.selected, .day = open.day});
    for (const vm::DepositLine& line : part->rows)
        CHECK((line.location == open.selected && line.day >= *open.day));
    REQUIRE(part->detail);
    const vm::DepositDetail& detail = *part->detail;
    CHECK(detail.line.expected_cents ==
          detail.gross_cents - detail.returned_cents - detail.fee_cents + detail.line.carried_cents);
    CHECK_FALSE(detail.may_review);
    CHECK_FALSE(detail.may_see_rows);
    CHECK_FALSE(detail.review.has_value());
    CHECK_FALSE(deposits_shown(demo, {.selected = open.selected, .day = *open.day - 400})->detail.has_value());
}

TEST_CASE("A day is reviewed, waits to be sent, and is taken back", "[store]") {
    for (const std::string_view account : {"practice_owner", "account_manager"}) {
        INFO(account);
        if (!tenant::find_demo_account(account)) continue;
        DemoStore demo(account);
        const auto unmatched = deposits_shown(demo, {.state = DepositState::unmatched});
        if (unmatched->rows.empty()) continue;
        const vm::DepositsQuery open = open_unmatched(demo);
        const vm::DepositDetail before = *deposits_shown(demo, open)->detail;
        REQUIRE(before.may_review);
        vm::DepositDetail now = *demo.after(review_of_detail(demo, before, "Paid by check.")).deposits->detail;
        CHECK(now.line.state == DepositState::reviewed);
        CHECK(now.line.pending);
        REQUIRE(now.review);
        CHECK(now.review->note == "Paid by check.");
        CHECK(now.reviewed_by_name == demo.store.snapshot()->session->name);
        CHECK(now.reviewed_ms.has_value());
        CHECK(demo.store.snapshot()->sync->pending.front().op == "deposit_review.create");
        CHECK(now.may_review);
        vm::ReviewDeposit back = review_of_detail(demo, now, "Paid by check.");
        back.wanted.reviewed = false;
        now = *demo.after(back).deposits->detail;
        CHECK(now.line.state == DepositState::unmatched);
        REQUIRE(now.review);
        CHECK_FALSE(now.review->reviewed);
        // And again, with other words.
        now = *demo.after(review_of_detail(demo, now, "It came a day late.")).deposits->detail;
        CHECK(now.line.state == DepositState::reviewed);
        CHECK(now.review->note == "It came a day late.");
        CHECK(demo.store.snapshot()->sync->tray.empty());
    }
}

TEST_CASE("A review without words is refused and told in the tray", "[store]") {
    DemoStore demo("account_manager");
    const vm::DepositDetail detail = *deposits_shown(demo, open_unmatched(demo))->detail;
    const vm::Snapshot& after = demo.after(review_of_detail(demo, detail, " "));
    CHECK(after.deposits->detail->line.state == DepositState::unmatched);
    REQUIRE(after.sync->tray.size() == 1);
    CHECK(after.sync->tray.front().op == "deposit_review.create");
}

TEST_CASE("Who reviews a day that somebody else has reviewed meanwhile can say it all the same", "[store]") {
    DemoStore demo("account_manager");
    const vm::DepositDetail detail = *deposits_shown(demo, open_unmatched(demo))->detail;
    DepositReview theirs;
    theirs.id = deposit_review_id(detail.line.location, detail.line.day);
    theirs.rev = 1;
    theirs.location = detail.line.location;
    theirs.day = detail.line.day;
    theirs.expected_cents = detail.line.expected_cents;
    theirs.deposited_cents = detail.line.deposited_cents;
    theirs.reviewed = true;
    theirs.note = "Theirs.";
    demo.store.replica().begin();
    demo.store.replica().put_base(to_row(theirs), {"l:" + theirs.location + ":fin"});
    demo.store.replica().commit();
    const vm::Snapshot& clashed = demo.after(review_of_detail(demo, detail, "Mine."));
    REQUIRE(clashed.sync->tray.size() == 1);
    CHECK(clashed.sync->tray.front().code == "duplicate_row");
    const vm::Snapshot& again = demo.after(
        vm::AnswerTray{clashed.sync->tray.front().intent, make_id(4, demo.random), vm::TrayAnswer::reapply_mine});
    CHECK(again.sync->tray.empty());
    REQUIRE(again.sync->pending.size() == 1);
    CHECK(again.sync->pending.front().op == "deposit_review.update");
    const auto now = deposits_shown(demo, {.selected = theirs.location, .day = theirs.day});
    REQUIRE(now->detail->review);
    CHECK(now->detail->review->note == "Mine.");
    CHECK(now->detail->line.state == DepositState::reviewed);
}

TEST_CASE("A ticket about a day begins with its place and amounts", "[store]") {
    DemoStore demo("front_desk");
    const vm::DepositsQuery open = open_unmatched(demo);
    const vm::DepositLine line = deposits_shown(demo, open)->detail->line;
    const auto part = demo.after(vm::ShowScreen{vm::TicketsQuery{
                                     .composing = true, .about_day = open.day, .about_deposit = open.selected}})
                          .tickets;
    REQUIRE(part);
    REQUIRE(part->compose);
    CHECK(part->compose->location == open.selected);
    CHECK(part->compose->category == TicketCategory::financing);
    REQUIRE(part->compose->deposit);
    CHECK(part->compose->deposit->day == line.day);
    CHECK(part->compose->deposit->expected_cents == line.expected_cents);
    CHECK(part->compose->deposit->deposited_cents == line.deposited_cents);
}

TEST_CASE("Who has daily sums is told where deposits are, and support sees none", "[store]") {
    DemoStore rollups(replica_of("auditor", 0));
    const auto part = deposits_shown(rollups);
    CHECK(part->rows.empty());
    CHECK(part->has_daily_sums_alone);
    DemoStore agent("support_agent");
    CHECK_FALSE(agent.store.snapshot()->session->sees_deposits);
    CHECK(deposits_shown(agent)->rows.empty());
}

TEST_CASE("The export of deposits has a line for every day, with what was found", "[store]") {
    DemoStore demo("account_manager");
    const auto part = deposits_shown(demo);
    const auto file = demo.after(vm::ExportData{vm::Export::deposits, vm::DepositsQuery{}}).ready_export;
    REQUIRE(file);
    CHECK(file->name == "deposits.csv");
    // Below the block and the line of names.
    const std::string rows = file->bytes.substr(file->bytes.find("\r\n\r\n") + 4);
    CHECK(std::count(rows.begin(), rows.end(), '\n') == part->listed + 1);
    CHECK(file->bytes.find("The bank paid the other half by check.") != std::string::npos);
    CHECK(file->bytes.find("unmatched") != std::string::npos);
}

}  // namespace portal::store::test
