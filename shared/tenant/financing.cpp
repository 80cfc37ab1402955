// The financing facts of one location, their deposits, and the targets of a practice.
#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "shared/rules/deposits.hpp"
#include "shared/tenant/blueprint_parts.hpp"
#include "shared/tenant/parts.hpp"

namespace portal::tenant {
namespace {

constexpr Day deposit_days = 45;

// Quantiles of a first purchase's amount in cents, straight lines between them.
struct Quantile {
    double share, cents;
};
constexpr std::array<Quantile, 6> amounts = {
    {{0.0, 22'000}, {0.25, 61'000}, {0.5, 114'000}, {0.75, 206'000}, {0.95, 454'000}, {1.0, 1'210'000}}};
constexpr double existing_amount_share = 0.53;

std::int64_t draw_amount(SeededRandom& random, double factor) {
    const double share = random.unit();
    std::size_t upper = 1;
    while (amounts[upper].share < share)
        ++upper;
    const Quantile &low = amounts[upper - 1], &high = amounts[upper];
    const double cents = low.cents + (high.cents - low.cents) * (share - low.share) / (high.share - low.share);
    // Bills end in round fives more often than not.
    const auto exact = static_cast<std::int64_t>(cents * factor);
    return random.chance(0.6) ? exact / 500 * 500 + 500 : exact + 1;
}

// Whole events of an expected number: spread around it by up to `width` each way, right on average.
std::int64_t draw_count(SeededRandom& random, double expected, double width) {
    const double spread = expected * (1.0 - width + 2.0 * width * random.unit());
    const auto whole = static_cast<std::int64_t>(spread);
    return whole + (random.chance(spread - static_cast<double>(whole)) ? 1 : 0);
}

// Days from approval to purchase.
Day draw_use_lag(SeededRandom& random) {
    const double share = random.unit();
    if (share < 0.58) return 0;
    if (share < 0.82) return static_cast<Day>(random.between(1, 7));
    if (share < 0.95) return static_cast<Day>(random.between(8, 30));
    return static_cast<Day>(random.between(31, 56));
}

class FinancingOfLocation {
  public:
    FinancingOfLocation(const Blueprint& blueprint, const TrafficScale& scale, std::size_t index)
        : m_blueprint(blueprint),
          m_scale(scale),
          m_location(blueprint.locations[index]),
          m_practice(blueprint.practices[m_location.practice]),
          m_random(random_for(blueprint.options, "facts", m_location.practice * 16 + index_in_practice(index))),
          m_integrated_from(integrated_from()) {}

    std::vector<FinancingFact> tell() {
        // Where a story is told by volume, days are steady, so that the story is what shows.
        const double width = m_practice.plot <= Plot::low_march ? 0.05 : 0.4;
        for (Day day = m_blueprint.first_day; day <= m_blueprint.last_day; ++day) {
            const double expected = m_location.weight * traffic(m_blueprint, m_location, day);
            if (expected <= 0) continue;
            for (std::int64_t left = draw_count(m_random, expected * m_scale.applications, width); left > 0; --left)
                apply(day);
            for (std::int64_t left = draw_count(m_random, expected * m_scale.existing_sales, width); left > 0; --left) {
                // One draw per statement, here and below: compilers order the arguments of a call as they like.
                const std::string reference = new_reference();
                sell(day, reference, draw_amount(m_random, amount_factor(day) * existing_amount_share), true);
            }
        }
        finish();
        return std::move(m_facts);
    }

  private:
    std::size_t index_in_practice(std::size_t index) const { return index - m_practice.locations.front(); }

    Day integrated_from() const {
        return m_practice.integrations.empty() ? m_blueprint.options.today
                                               : m_blueprint.integrations[m_practice.integrations.front()].live_since;
    }

    MonthIndex months_ago(Day day) const { return m_blueprint.this_month - month_of_day(day); }

    double amount_factor(Day day) const {
        const bool shifted = m_practice.plot == Plot::mix_shift && months_ago(day) <= mix_shift_months_ago;
        return m_practice.amount_factor * (shifted ? 1.22 : 1.0);
    }

    double use_share(Day day) const {
        if (m_practice.plot != Plot::low_pull_through) return m_practice.use_share;
        return months_ago(day) > training_months_ago ? 0.37 : 0.75;
    }

    // Ten letters that say nothing.
    std::string new_reference() {
        constexpr std::string_view letters = "ABCDEFGHJKMNPQRSTVWXYZ0123456789";
        std::string reference(10, 'A');
        std::uint64_t bits = m_random.next();
        for (char& letter : reference) {
            letter = letters[bits & 31];
            bits >>= 5;
        }
        return reference;
    }

    FinancingFact base(FactKind kind, Day day, const std::string& reference) {
        FinancingFact fact;
        fact.kind = kind;
        fact.application_ref = reference;
        fact.practice = m_practice.row.id;
        fact.location = m_location.row.id;
        fact.event_day = day;
        fact.posted_day = day;
        constexpr std::array<std::int32_t, 12> bands = {8, 9, 9, 10, 10, 11, 11, 13, 14, 15, 16, 17};
        fact.hour_band = bands[m_random.below(bands.size())];
        const double share = m_random.unit();
        const bool broken = m_practice.plot == Plot::ledger_breaks && day >= ledger_break_day(m_blueprint);
        if (day >= m_integrated_from && !broken && share < 0.52)
            fact.channel = FactChannel::integrated;
        else
            fact.channel = share < 0.80   ? FactChannel::in_office
                           : share < 0.95 ? FactChannel::online
                                          : FactChannel::phone;
        return fact;
    }

    // The plan that fits an amount, by the practice's habits.
    Plan draw_plan(std::int64_t cents, Day day) {
        double toward_24 = 0;
        if (m_practice.plot == Plot::mix_shift)
            toward_24 = std::clamp(static_cast<double>(mix_shift_months_ago + 1 - months_ago(day)) / 5.0, 0.0, 1.0);
        const double share = m_random.unit();
        if (m_practice.plot == Plot::mix_shift && cents >= 20'000) {
            if (share < 0.62 - 0.46 * toward_24) return Plan::deferred_6;
            if (share < 0.72 + 0.0 * toward_24) return Plan::deferred_24;
            return share < 0.86 ? Plan::deferred_12 : Plan::standard;
        }
        if (cents < 20'000 || share < 0.17) return Plan::standard;
        if (cents >= 250'000 && share > 0.91) return Plan::apr_60;
        if (cents >= 100'000 && share > 0.80)
            return share > 0.94 ? Plan::apr_48 : share > 0.87 ? Plan::apr_36 : Plan::apr_24;
        if (share < 0.47) return Plan::deferred_6;
        if (share < 0.70) return Plan::deferred_12;
        return share < 0.80 ? Plan::deferred_18 : Plan::deferred_24;
    }

    const PromoPlan& terms(Plan plan) const { return m_blueprint.plans[static_cast<std::size_t>(plan)]; }

    void apply(Day day) {
        FinancingFact fact = base(FactKind::application, day, new_reference());
        fact.requested_cents = draw_amount(m_random, amount_factor(day) * 1.08);
        const double fate = m_random.unit();
        if (fact.channel == FactChannel::online && fate < 0.16)
            fact.status = FactStatus::prequalification;
        else if (fate < 0.03)
            fact.status = day > m_blueprint.last_day - 4 ? FactStatus::pending : FactStatus::withdrawn;
        else
            decide(fact);
        const bool told_twice = m_random.chance(0.004);
        m_facts.push_back(fact);
        if (told_twice) {
            fact.duplicate = true;
            m_facts.push_back(fact);
        }
        if (fact.status == FactStatus::approved || fact.status == FactStatus::counter_offer) use(fact);
    }

    void decide(FinancingFact& fact) {
        if (!m_random.chance(m_practice.approval_share)) {
            fact.status = FactStatus::declined;
            return;
        }
        const bool counter = m_random.chance(0.08);
        fact.status = counter ? FactStatus::counter_offer : FactStatus::approved;
        fact.approved_cents = counter ? fact.requested_cents * 6 / 10 : fact.requested_cents;
    }

    void use(const FinancingFact& application) {
        if (!m_random.chance(use_share(application.event_day))) return;
        const Day day = open_day_from(m_location.hours, application.event_day + draw_use_lag(m_random));
        if (day > m_blueprint.last_day) return;
        const std::int64_t cents = m_random.chance(0.7) ? application.approved_cents
                                                        : application.approved_cents * m_random.between(55, 95) / 100;
        sell(day, application.application_ref, std::max<std::int64_t>(cents, 5'000), false);
    }

    void sell(Day day, const std::string& reference, std::int64_t cents, bool existing) {
        const bool split = cents > 150'000 && m_random.chance(0.03);
        const std::int64_t first = split ? cents * 6 / 10 : cents;
        const FinancingFact sale = sell_row(day, reference, first, existing);
        if (split) sell_row(day, reference, cents - first, existing);
        if (sale.status == FactStatus::settled) undo_sometimes(sale);
    }

    FinancingFact sell_row(Day day, const std::string& reference, std::int64_t cents, bool existing) {
        FinancingFact fact = base(FactKind::sale, day, reference);
        const Plan plan = draw_plan(cents, day);
        fact.plan = terms(plan).id;
        fact.existing_cardholder = existing;
        fact.requested_cents = cents;
        fact.posted_day = day + static_cast<Day>(m_random.between(1, 2));
        if (fact.posted_day > m_blueprint.last_day) {
            fact.status = FactStatus::authorized;
            fact.posted_day = day;
        } else {
            fact.status = FactStatus::settled;
            fact.settled_cents = cents;
            fact.fee_cents = fee(terms(plan), cents);
        }
        m_facts.push_back(fact);
        return fact;
    }

    static std::int64_t fee(const PromoPlan& plan, std::int64_t cents) {
        return (cents * plan.merchant_fee_basis_points + 5'000) / 10'000;
    }

    void undo_sometimes(const FinancingFact& sale) {
        const bool flawless = m_practice.plot == Plot::flawless;
        const double fate = m_random.unit();
        if (flawless) return;
        if (fate < 0.006)
            give_back(sale, FactKind::void_, sale.posted_day - sale.event_day, sale.settled_cents);
        else if (fate < 0.034)
            refund(sale, fate < 0.022 ? 100 : m_random.between(15, 70));
        else if (fate < 0.0364)
            charge_back(sale);
    }

    void refund(const FinancingFact& sale, std::int64_t per_cent) {
        const Day after = static_cast<Day>(m_random.between(4, 75));
        give_back(sale, FactKind::refund, after, sale.settled_cents * per_cent / 100);
    }

    void charge_back(const FinancingFact& sale) {
        const Day after = static_cast<Day>(m_random.between(20, 80));
        give_back(sale, FactKind::chargeback, after, sale.settled_cents);
        if (m_random.chance(0.4))
            give_back(sale, FactKind::reversal, after + static_cast<Day>(m_random.between(10, 30)), sale.settled_cents);
    }

    void give_back(const FinancingFact& sale, FactKind kind, Day after, std::int64_t cents) {
        const Day day = sale.event_day + after;
        if (day > m_blueprint.last_day) return;
        FinancingFact fact = base(kind, day, sale.application_ref);
        // A void is told with its sale's day, before the money moved.
        if (kind == FactKind::void_) fact.event_day = sale.event_day;
        fact.posted_day = kind == FactKind::void_ ? sale.posted_day : day;
        fact.plan = sale.plan;
        fact.channel = sale.channel;
        fact.existing_cardholder = sale.existing_cardholder;
        fact.settled_cents = cents;
        fact.fee_cents = sale.settled_cents == 0 ? 0 : sale.fee_cents * cents / sale.settled_cents;
        m_facts.push_back(std::move(fact));
    }

    // Orders the facts by day and gives them their keys and source lines.
    void finish() {
        std::stable_sort(m_facts.begin(), m_facts.end(),
                         [](const auto& a, const auto& b) { return a.event_day < b.event_day; });
        const std::string prefix = "F-" + m_location.row.external_key.substr(2);
        std::int64_t row = 1;  // The header.
        for (auto& fact : m_facts) {
            fact.row_number = ++row;
            fact.external_key = numbered_key(prefix, static_cast<std::uint64_t>(row - 1), 6);
        }
    }

    const Blueprint& m_blueprint;
    const TrafficScale& m_scale;
    const LocationPlan& m_location;
    const PracticePlan& m_practice;
    SeededRandom m_random;
    Day m_integrated_from;
    std::vector<FinancingFact> m_facts;
};

// What reaches the location's account for the facts of one posted day, fees taken.
std::int64_t deposit_cents(const FinancingFact& fact) {
    switch (fact.kind) {
        case FactKind::sale:
            return fact.settled_cents - fact.fee_cents;
        case FactKind::reversal:
            return fact.settled_cents - fact.fee_cents;
        case FactKind::refund:
        case FactKind::chargeback:
        case FactKind::void_:
            return fact.fee_cents - fact.settled_cents;
        case FactKind::application:
            return 0;
    }
    return 0;
}

struct DueDay {
    Day day = 0;
    std::int64_t cents = 0;
};

// Those of the last weeks. A day that gives back more than it takes is carried to the next, also into the first of
// them.
std::vector<DueDay> due_days(const Blueprint& blueprint, const std::vector<FinancingFact>& facts) {
    std::map<Day, std::int64_t> cents_by_day;
    for (const auto& fact : facts)
        if (fact.kind != FactKind::application) cents_by_day[fact.posted_day] += deposit_cents(fact);
    std::vector<DueDay> due;
    std::int64_t carried = 0;
    for (const auto& [day, cents] : cents_by_day) {
        carried += cents;
        if (carried <= 0) continue;
        const std::int64_t due_cents = std::exchange(carried, 0);
        if (day > blueprint.last_day - deposit_days) due.push_back({day, due_cents});
    }
    return due;
}

// The first day on or after `from` that something was due.
Day first_due(const std::vector<DueDay>& due, Day from) {
    for (const DueDay& one : due)
        if (one.day >= from) return one.day;
    return 0;
}

// What the bank paid of what was due: story 1's practice misses one deposit since the break and lacks a part of
// another; where the story is over, half of one came another way.
std::int64_t paid_cents(const Blueprint& blueprint, const LocationPlan& location, const std::vector<DueDay>& due,
                        const DueDay& one) {
    const PracticePlan& practice = blueprint.practices[location.practice];
    if (&blueprint.locations[practice.locations.front()] != &location) return one.cents;
    const Day broke = ledger_break_day(blueprint);
    if (practice.plot == Plot::ledger_breaks) {
        if (one.day == first_due(due, broke + 1)) return 0;
        if (one.day == first_due(due, open_day_before(OfficeHours::weekdays, blueprint.options.today, 3)))
            return one.cents - one.cents / 8;
    }
    const bool was_spoiled = practice.plot == Plot::ledger_recovered;
    return was_spoiled && one.day == first_due(due, recovered_break(blueprint).last) ? one.cents / 2 : one.cents;
}

// A difference that the account manager has looked at.
void tell_review(const Blueprint& blueprint, const LocationPlan& location, const Deposit& deposit,
                 std::int64_t due_cents, TenantSink& sink) {
    DepositReview review;
    review.id = deposit_review_id(location.row.id, deposit.day);
    review.location = location.row.id;
    review.day = deposit.day;
    review.expected_cents = due_cents;
    review.deposited_cents = deposit.cents;
    review.reviewed = true;
    review.note = "The bank paid the other half by check.";
    review.reviewed_by = blueprint.users[blueprint.managers.front()].id;
    review.reviewed_ms = local_instant(location.zone, deposit.day + 3, 10 * 60 + 20);
    sink.on_row(to_row(review));
}

void tell_deposits(const Blueprint& blueprint, const LocationPlan& location, const std::vector<FinancingFact>& facts,
                   TenantSink& sink) {
    const std::vector<DueDay> due = due_days(blueprint, facts);
    for (const DueDay& one : due) {
        Deposit deposit;
        deposit.external_key = "D-" + location.row.external_key.substr(2) + "-" + std::to_string(one.day);
        // The day is part of what it is: it stays the same deposit however late the tenant is made.
        deposit.id = id_for(blueprint.options, "deposit:" + location.row.id, static_cast<std::uint64_t>(one.day));
        deposit.practice = location.row.practice;
        deposit.location = location.row.id;
        deposit.day = one.day;
        deposit.cents = paid_cents(blueprint, location, due, one);
        deposit.reference =
            "ACH " + std::to_string(400'000 + one.day % 10'000 * 37 % 90'000) + location.row.external_key.substr(2);
        if (deposit.cents == 0) continue;
        sink.on_row(to_row(deposit));
        const bool was_seen = blueprint.practices[location.practice].plot == Plot::ledger_recovered;
        if (was_seen && deposit.cents != one.cents) tell_review(blueprint, location, deposit, one.cents, sink);
    }
}

}  // namespace

void tell_financing(const Blueprint& blueprint, const TrafficScale& scale, std::size_t index, TenantSink& sink) {
    const LocationPlan& location = blueprint.locations[index];
    const std::vector<FinancingFact> facts = FinancingOfLocation(blueprint, scale, index).tell();
    for (std::size_t begin = 0; begin < facts.size();) {
        const MonthIndex month = month_of_day(facts[begin].event_day);
        std::size_t end = begin;
        while (end < facts.size() && month_of_day(facts[end].event_day) == month)
            ++end;
        sink.on_facts(location.row.practice, location.row.id, month, blueprint.last_day,
                      std::span(facts).subspan(begin, end - begin));
        begin = end;
    }
    tell_deposits(blueprint, location, facts, sink);
}

void tell_targets(const Blueprint& blueprint, const TrafficScale& scale, TenantSink& sink) {
    // Net dollars that one expected application and its share of other sales bring, before the practice's own factor.
    constexpr double cents_per_application = 0.59 * 0.70 * 155'000 + 115.0 / 150 * 82'000;
    constexpr std::int64_t rounding_cents = 50'000;
    for (std::size_t index = 0; index < blueprint.practices.size(); ++index) {
        const PracticePlan& practice = blueprint.practices[index];
        for (MonthIndex month = blueprint.this_month - 24; month <= blueprint.this_month + 1; ++month) {
            if (practice.plot == Plot::missing_target && month >= blueprint.this_month - 1) continue;
            if (first_day_of_month(month + 1) <= practice.row.enrolled_on) continue;
            // A target knows weight and calendar, and nothing of what will happen.
            double expected = 0;
            for (const std::size_t location : practice.locations)
                if (!blueprint.locations[location].silent)
                    expected += blueprint.locations[location].weight *
                                static_cast<double>(open_days_in_month(practice.hours, month));
            const double cents = expected * scale.applications * cents_per_application * practice.amount_factor * 1.02;
            Target target;
            target.id = id_for(blueprint.options, "target:" + practice.row.id, static_cast<std::uint64_t>(month));
            target.practice = practice.row.id;
            target.month = month;
            target.cents = (static_cast<std::int64_t>(cents) / rounding_cents + 1) * rounding_cents;
            sink.on_row(to_row(target));
        }
    }
}

}  // namespace portal::tenant
