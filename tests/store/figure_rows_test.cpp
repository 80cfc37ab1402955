// The rows behind each figure: what they add up to is the figure.
#include <catch2/catch_test_macros.hpp>

#include "app/export/book.hpp"
#include "app/vm/archive.hpp"
#include "app/vm/financing_passport.hpp"
#include "app/vm/financing_words.hpp"
#include "shared/rules/figures/financing.hpp"
#include "tests/store/demo_replica.hpp"

namespace portal::store::test {
namespace {

constexpr std::size_t kind_column = 2, status_column = 3, duplicate_column = 9, requested_column = 11;

FactEvent event_of_row(const std::vector<exports::Cell>& row) {
    FactEvent event;
    event.kind = parse_text<FactKind>(row[kind_column].text).value();
    event.status = parse_text<FactStatus>(row[status_column].text).value();
    event.duplicate = row[duplicate_column].text == "yes";
    event.requested_cents = row[requested_column].number;
    event.approved_cents = row[requested_column + 1].number;
    event.settled_cents = row[requested_column + 2].number;
    event.fee_cents = row[requested_column + 3].number;
    return event;
}

// By the definitions, of what only the rows' amounts and counts can tell.
std::pair<std::int64_t, std::int64_t> told_by_rows(FigureId figure, const FactSums& sums) {
    switch (figure) {
        case FigureId::average_sale:
        case FigureId::plan_mix:
            return {sums.gross_cents, 0};
        case FigureId::approval_rate:
            return {sums.approved, sums.decided()};
        case FigureId::approved_amount_share:
            return {sums.approved_cents, sums.requested_cents};
        case FigureId::pull_through:
            return {0, sums.approved};
        case FigureId::effective_fee_rate:
            return {sums.fee_cents - sums.fee_refund_cents, sums.gross_cents};
        case FigureId::applications:
            return {sums.applications, 0};
        case FigureId::gross_settled:
            return {sums.gross_cents, 0};
        case FigureId::returned:
            return {sums.returned_cents(), 0};
        case FigureId::approved:
            return {sums.approved, 0};
        case FigureId::sales:
            return {0, 1};  // Rows do not tell which of them are one sale.
        default:
            return {sums.net_cents(), 0};
    }
}

TEST_CASE("Every figure opens the rows that it is made of, and none opens others", "[store]") {
    DemoStore demo("account_manager");
    vm::FinancingQuery query;
    query.until = DemoTenant::instance().closed_until;
    query.from = query.until - 200;
    query.channel = FactChannel::in_office;
    const auto part = demo.after(vm::ShowScreen{query}).financing;
    std::vector<Figure> told = part->figures;
    told.insert(told.end(), part->totals.begin(), part->totals.end());
    std::size_t opened = 0;
    for (std::size_t index = 0; index < figure_texts.size(); ++index) {
        const auto id = static_cast<FigureId>(index);
        INFO(figure_texts[index]);
        const auto rows = vm::rows_behind(*part, id);
        const auto measures = figures::measures_behind(id);
        REQUIRE(rows.has_value() == measures.has_value());
        if (!rows) continue;
        const auto file =
            demo.after(vm::ExportData{vm::Export::fact_rows, *rows, vm::ExportForm::workbook}).ready_export;
        REQUIRE(file);
        const auto book = vm::from_archive<exports::Book>(file->bytes);
        REQUIRE(book.has_value());
        FactSums all;
        for (const auto& row : book->tables.front().rows) {
            FactSums one;
            add_fact(one, event_of_row(row));
            all += one;
            std::int64_t added = 0;
            for (std::size_t member = 0; member < fact_sum_members.size(); ++member)
                if ((*measures >> member & 1) != 0) added += std::abs(one.*fact_sum_members[member]);
            REQUIRE(added > 0);
        }
        const auto figure = std::ranges::find(told, id, &Figure::id);
        if (figure == told.end()) continue;
        const auto [numerator, denominator] = told_by_rows(id, all);
        if (numerator != 0) CHECK(numerator == figure->numerator);
        if (denominator != 0) CHECK(denominator == figure->denominator);
        CHECK(numerator + denominator != 0);
        ++opened;
    }
    // All but the target, which no facts are behind.
    CHECK(opened == told.size() - 1);
}

TEST_CASE("What a passport of a period, a plan or a part of the change tells is what its rows alone come to",
          "[store]") {
    DemoStore demo("account_manager");
    vm::FinancingQuery query;
    query.until = DemoTenant::instance().closed_until;
    query.from = query.until - 200;
    const vm::Format format(vm::Language::english, 0);
    std::size_t told = 0;
    for (const vm::Explain explain : {vm::Explain::places, vm::Explain::plans, vm::Explain::channels}) {
        query.explain = explain;
        vm::FinancingPart part = *demo.after(vm::ShowScreen{query}).financing;
        std::vector<std::string> names;
        for (std::size_t index = 0; index < part.change.size() && index < 2; ++index)
            names.push_back(vm::passport_of_change(part.change[index]));
        if (explain == vm::Explain::plans) {
            for (const FigureId id : {FigureId::gross_settled, FigureId::sales})
                names.push_back(vm::passport_of_plan(id, part.plans.back().id));
            for (const FigureId id : {FigureId::net_financed_volume, FigureId::gross_settled, FigureId::returned,
                                      FigureId::sales, FigureId::applications, FigureId::approved})
                names.push_back(vm::passport_of_row(id, part.rows[2]));
        }
        for (const std::string& name : names) {
            INFO(name);
            part.query.passport = name;
            const auto passport = vm::open_passport(format, part);
            REQUIRE(passport);
            REQUIRE(passport->rows);
            vm::FinancingQuery alone = *passport->rows;
            alone.rows.reset();
            const auto shown = demo.after(vm::ShowScreen{alone}).financing;
            const FigureId id =
                passport->figure.id == FigureId::net_change ? FigureId::net_financed_volume : passport->figure.id;
            const auto& figures =
                id == FigureId::net_financed_volume || id == FigureId::applications ? shown->figures : shown->totals;
            CHECK(std::ranges::find(figures, id, &Figure::id)->numerator == passport->figure.numerator);
            CHECK(passport->figure.numerator != 0);
            ++told;
        }
    }
    CHECK(told == 14);
}

const Figure& figure_of(const vm::FinancingPart& part, FigureId id) {
    return *std::ranges::find(part.figures, id, &Figure::id);
}

TEST_CASE("A figure is told under a filter of kind or status only as far as its definition holds", "[store]") {
    DemoStore demo("account_manager");
    vm::FinancingQuery query;
    query.until = DemoTenant::instance().closed_until;
    query.from = query.until - 200;
    const auto told = [&](std::optional<FactKind> kind, std::optional<FactStatus> status) {
        query.kind = kind;
        query.status = status;
        return demo.after(vm::ShowScreen{query}).financing;
    };
    const auto all = told({}, {});
    const auto sales = told(FactKind::sale, {}), refunds = told(FactKind::refund, {});
    const auto chargebacks = told(FactKind::chargeback, {}), reversals = told(FactKind::reversal, {});
    const auto voids = told(FactKind::void_, {});
    const auto net = [](const auto& part) { return figure_of(*part, FigureId::net_financed_volume).value.value(); };
    // The parts of the net add up to it.
    CHECK(net(sales) > net(all));
    CHECK(net(refunds) < 0);
    CHECK(net(sales) + net(refunds) + net(chargebacks) + net(reversals) + net(voids) == net(all));
    for (const FigureId id : {FigureId::average_sale, FigureId::plan_mix, FigureId::effective_fee_rate,
                              FigureId::attainment, FigureId::approval_rate, FigureId::applications}) {
        CHECK_FALSE(figure_of(*sales, id).value);
        CHECK(figure_of(*sales, id).reason == FigureReason::filtered_out);
    }
    CHECK(sales->funnel.empty());
    CHECK(sales->funnel_reason == FigureReason::filtered_out);
    CHECK(all->funnel_reason == FigureReason::none);

    const auto applications = told(FactKind::application, {});
    for (const FigureId id : {FigureId::approval_rate, FigureId::applications, FigureId::pull_through}) {
        CHECK(figure_of(*applications, id).value);
        CHECK(figure_of(*applications, id) == figure_of(*all, id));
    }
    CHECK_FALSE(figure_of(*applications, FigureId::net_financed_volume).value);
    REQUIRE(applications->funnel.size() == all->funnel.size());
    CHECK(applications->funnel.front().numerator == all->funnel.front().numerator);

    // Of the approved alone all would be approved; how many of those were used is a rate.
    const auto approved = told({}, FactStatus::approved);
    CHECK(figure_of(*approved, FigureId::approval_rate).reason == FigureReason::filtered_out);
    CHECK(figure_of(*approved, FigureId::pull_through).value);
    CHECK(figure_of(*approved, FigureId::applications).value < figure_of(*all, FigureId::applications).value);
    CHECK(approved->funnel.empty());
    const auto declined = told({}, FactStatus::declined);
    CHECK(figure_of(*declined, FigureId::pull_through).reason == FigureReason::filtered_out);

    // A period that is too young has no funnel for another reason.
    query.from = query.until;
    const auto young = told({}, {});
    CHECK(young->funnel.empty());
    CHECK(young->funnel_reason == FigureReason::not_matured);
    CHECK(told(FactKind::sale, {})->funnel_reason == FigureReason::filtered_out);
}

TEST_CASE("A figure that has no rows to list offers none", "[store]") {
    vm::FinancingPart part;
    CHECK_FALSE(vm::rows_behind(part, FigureId::pull_through));
    part.forecast.month = 600;
    part.forecast.counted_until = first_day_of_month(600) - 1;
    CHECK_FALSE(vm::rows_behind(part, FigureId::month_forecast));
    for (const FigureId id : {FigureId::open_tickets, FigureId::deposits, FigureId::integration_health})
        CHECK_FALSE(vm::rows_behind(part, id));
}

}  // namespace
}  // namespace portal::store::test
