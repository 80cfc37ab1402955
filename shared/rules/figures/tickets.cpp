#include "shared/rules/figures/tickets.hpp"

#include <algorithm>

#include "shared/base/durations.hpp"
#include "shared/rules/figures/make_figure.hpp"

namespace portal::figures {
namespace {

bool is_open(const Ticket& ticket) {
    return ticket.state != TicketState::resolved && ticket.state != TicketState::closed;
}

struct Wait {
    std::int64_t minutes = 0;
    bool answered = false;
    // Answers come before censored waits of the same length, as the estimator has it.
    friend bool operator<(const Wait& a, const Wait& b) {
        return a.minutes != b.minutes ? a.minutes < b.minutes : a.answered > b.answered;
    }
};

// The first time by which, after Kaplan and Meier, at most half would still be waiting. `waits` is sorted.
std::optional<std::int64_t> censored_median(const std::vector<Wait>& waits) {
    double waiting_share = 1.0;
    std::size_t index = 0;
    while (index < waits.size()) {
        const std::size_t at_risk = waits.size() - index;
        const std::int64_t minutes = waits[index].minutes;
        std::size_t answers = 0;
        for (; index < waits.size() && waits[index].minutes == minutes; ++index)
            answers += waits[index].answered ? 1 : 0;
        waiting_share *= static_cast<double>(at_risk - answers) / static_cast<double>(at_risk);
        if (answers > 0 && waiting_share <= 0.5 + 1e-9) return minutes;
    }
    return std::nullopt;
}

}  // namespace

Figure open_tickets(Tickets tickets, InstantMs as_of_ms) {
    const auto open =
        std::count_if(tickets.begin(), tickets.end(), [](const Ticket* ticket) { return is_open(*ticket); });
    return plain_sum(FigureId::open_tickets, FigureUnit::count, FigureBasis::now, open, {.as_of_ms = as_of_ms});
}

std::int64_t elapsed_minutes(const Ticket&, InstantMs from_ms, InstantMs to_ms) {
    return std::max<std::int64_t>(0, to_ms - from_ms) / minute_ms;
}

Figure first_response(Tickets tickets, InstantMs from_ms, InstantMs until_ms, InstantMs as_of_ms,
                      const BusinessMinutes& minutes) {
    Figure figure =
        make_figure(FigureId::first_response, FigureUnit::minutes, FigureBasis::cohort, {.as_of_ms = as_of_ms});
    std::vector<Wait> waits;
    for (const Ticket* held : tickets) {
        const Ticket& ticket = *held;
        if (ticket.created_ms < from_ms || ticket.created_ms >= until_ms || ticket.created_ms > as_of_ms) continue;
        const bool answered = ticket.first_response_ms && *ticket.first_response_ms <= as_of_ms;
        // Closed without a reply: nobody waits, and there was no response to time.
        if (!answered && !is_open(ticket)) continue;
        waits.push_back(
            {minutes(ticket, ticket.created_ms, answered ? *ticket.first_response_ms : as_of_ms), answered});
    }
    std::sort(waits.begin(), waits.end());
    figure.denominator = static_cast<std::int64_t>(waits.size());
    figure.numerator = std::count_if(waits.begin(), waits.end(), [](const Wait& wait) { return wait.answered; });
    figure.immature = figure.denominator - figure.numerator;
    figure.value = censored_median(waits);
    if (!figure.value) figure.reason = waits.empty() ? FigureReason::no_cases : FigureReason::not_matured;
    return figure;
}

Figure sla_attainment(Tickets tickets, InstantMs from_ms, InstantMs until_ms, InstantMs as_of_ms) {
    Figure figure =
        make_figure(FigureId::sla_attainment, FigureUnit::basis_points, FigureBasis::cohort, {.as_of_ms = as_of_ms});
    for (const Ticket* held : tickets) {
        const Ticket& ticket = *held;
        if (!ticket.due_ms || *ticket.due_ms < from_ms || *ticket.due_ms >= until_ms) continue;
        const bool resolved = !is_open(ticket) && ticket.resolved_ms;
        if (!resolved && *ticket.due_ms > as_of_ms) {
            figure.immature += 1;
            continue;
        }
        figure.denominator += 1;
        if (resolved && *ticket.resolved_ms <= *ticket.due_ms) figure.numerator += 1;
    }
    if (figure.denominator == 0)
        figure.reason = figure.immature > 0 ? FigureReason::not_matured : FigureReason::no_cases;
    else if (figure.denominator < rate_cases_min)
        figure.reason = FigureReason::too_few_cases;
    else
        figure.value = ratio_basis_points(figure.numerator, figure.denominator);
    return figure;
}

}  // namespace portal::figures
