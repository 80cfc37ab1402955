// Case tables of the ticket figures: censored waits, reopened cases, what is not yet due.
#include "shared/rules/figures/tickets.hpp"
#include "shared/base/durations.hpp"

#include <catch2/catch_test_macros.hpp>
#include <vector>

using namespace portal;

namespace {

constexpr InstantMs from_ms = 1'000 * hour_ms, as_of_ms = 2'000 * hour_ms;

Ticket ticket(InstantMs created_ms, TicketState state = TicketState::in_progress) {
    Ticket made;
    made.created_ms = created_ms;
    made.state = state;
    return made;
}

// Answered after so many hours; negative: still waiting.
Ticket answered(std::int64_t hours) {
    Ticket made = ticket(from_ms);
    if (hours >= 0) made.first_response_ms = from_ms + hours * hour_ms;
    return made;
}

Ticket due(InstantMs due_ms, std::optional<InstantMs> resolved_ms, TicketState state) {
    Ticket made = ticket(from_ms, state);
    made.due_ms = due_ms;
    made.resolved_ms = resolved_ms;
    return made;
}

std::vector<const Ticket*> places_of(const std::vector<Ticket>& tickets) {
    std::vector<const Ticket*> places;
    for (const Ticket& ticket : tickets)
        places.push_back(&ticket);
    return places;
}

}  // namespace

TEST_CASE("open tickets are those neither resolved nor closed", "[figures]") {
    std::vector<Ticket> tickets;
    for (const auto state :
         {TicketState::new_, TicketState::triaged, TicketState::in_progress, TicketState::waiting_practice,
          TicketState::waiting_vendor, TicketState::resolved, TicketState::closed})
        tickets.push_back(ticket(from_ms, state));
    CHECK(figures::open_tickets(places_of(tickets), as_of_ms).value == 5);
    CHECK(figures::open_tickets({}, as_of_ms).value == 0);
}

TEST_CASE("first response is a median that knows who still waits", "[figures]") {
    const auto median = [](const std::vector<Ticket>& tickets) {
        return figures::first_response(places_of(tickets), from_ms, as_of_ms, as_of_ms);
    };
    CHECK(median({answered(1), answered(2), answered(9)}).value == 120);
    CHECK(median({answered(1), answered(2), answered(3), answered(9)}).value == 120);
    // Two wait longer than any answer: the median lies later than among the answered alone.
    const Figure censored = median({answered(1), answered(2), answered(3), answered(-1), answered(-1)});
    CHECK(censored.value == 180);
    CHECK(censored.immature == 2);
    CHECK(censored.numerator == 3);
    CHECK(censored.denominator == 5);
    // More than half wait: nobody can know the median yet.
    const Figure unknown = median({answered(1), answered(-1), answered(-1)});
    CHECK_FALSE(unknown.value.has_value());
    CHECK(unknown.reason == FigureReason::not_matured);
    CHECK(median({}).reason == FigureReason::no_cases);
    // An answer after the as-of time has not been given yet; tickets of other periods are out.
    CHECK(median({answered(1), answered(5'000)}).immature == 1);
    CHECK(median({ticket(from_ms - 1)}).denominator == 0);
    // Closed without any reply: nobody waits.
    CHECK(median({answered(1), ticket(from_ms, TicketState::closed)}).denominator == 1);
}

TEST_CASE("first response takes the measure it is given", "[figures]") {
    const auto half = [](const Ticket&, InstantMs from, InstantMs to) { return (to - from) / 120'000; };
    const std::vector<Ticket> one{answered(2)};
    CHECK(figures::first_response(places_of(one), from_ms, as_of_ms, as_of_ms, half).value == 60);
}

TEST_CASE("SLA attainment counts overdue open tickets as breached", "[figures]") {
    const InstantMs past = as_of_ms - hour_ms, ahead = as_of_ms + hour_ms;
    std::vector<Ticket> tickets(8, due(past, past - 1, TicketState::resolved));
    tickets.push_back(due(past, past + 1, TicketState::closed));                // Late.
    tickets.push_back(due(past, std::nullopt, TicketState::in_progress));       // Overdue.
    tickets.push_back(due(ahead, std::nullopt, TicketState::in_progress));      // Not yet due.
    tickets.push_back(due(past - 5'000 * hour_ms, past, TicketState::closed));  // Due in another period.
    tickets.push_back(ticket(from_ms));                                         // Promised nothing.
    const Figure figure = figures::sla_attainment(places_of(tickets), from_ms, ahead + 1, as_of_ms);
    CHECK(figure.numerator == 8);
    CHECK(figure.denominator == 10);
    CHECK(figure.value == 8'000);
    CHECK(figure.immature == 1);

    // Resolved before it was due counts at once; reopened it is open again, one case.
    tickets.assign(10, due(ahead, past, TicketState::resolved));
    CHECK(figures::sla_attainment(places_of(tickets), from_ms, ahead + 1, as_of_ms).value == 10'000);
    tickets[0] = due(past, past - 1, TicketState::in_progress);
    CHECK(figures::sla_attainment(places_of(tickets), from_ms, ahead + 1, as_of_ms).value == 9'000);

    CHECK(figures::sla_attainment({}, from_ms, as_of_ms, as_of_ms).reason == FigureReason::no_cases);
    tickets.assign(3, due(ahead, std::nullopt, TicketState::new_));
    CHECK(figures::sla_attainment(places_of(tickets), from_ms, ahead + 1, as_of_ms).reason ==
          FigureReason::not_matured);
    tickets.assign(3, due(past, past, TicketState::closed));
    CHECK(figures::sla_attainment(places_of(tickets), from_ms, ahead + 1, as_of_ms).reason ==
          FigureReason::too_few_cases);
}
