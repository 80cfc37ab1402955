// Tickets, their messages and the notices about them: each ticket is played forward from its creation to now.
#include <algorithm>
#include <vector>

#include "shared/base/check.hpp"
#include "shared/base/durations.hpp"
#include "shared/rules/sla.hpp"
#include "shared/tenant/blueprint_parts.hpp"
#include "shared/tenant/parts.hpp"
#include "shared/tenant/threads.hpp"

namespace portal::tenant {
namespace {

constexpr std::size_t full_tickets = 6'000, small_tickets = 300;
constexpr Day ticket_days = 365;
constexpr DurationMs closing_delay_ms = 6 * day_ms;
constexpr std::int64_t first_number = 1'001;

enum class Ending : std::uint8_t { resolves, stays_open };

struct Spec {
    InstantMs created_ms = 0;
    std::size_t practice = 0, location = 0;
    std::size_t requester = 1;  // Of the practice's users: 0 the owner, 1 the front desk.
    const Thread* thread = nullptr;
    Id id;
    Ending ending = Ending::resolves;
    double effort = 0.5;       // Open time to the last line of the desk, as a share of the promise.
    InstantMs ends_ms = 0;     // When not 0: that line's instant.
    std::size_t agent = 0;     // Index into Blueprint::agents.
    std::uint64_t serial = 0;  // Names its random stream.
};

struct Said {
    const Line* line = nullptr;
    InstantMs at_ms = 0;
};

std::string fill_in(std::string_view text, const std::vector<std::pair<std::string_view, std::string_view>>& names) {
    std::string filled(text);
    for (const auto& [mark, name] : names)
        for (std::size_t at = filled.find(mark); at != std::string::npos; at = filled.find(mark, at + name.size()))
            filled.replace(at, mark.size(), name);
    return filled;
}

bool is_reply(const Line& line) {
    return line.voice == Voice::agent || line.voice == Voice::vendor;
}

class TicketTeller {
  public:
    TicketTeller(const Blueprint& blueprint, TenantSink& sink)
        : m_blueprint(blueprint), m_sink(sink), m_now_ms(blueprint.options.today * day_ms) {
        for (const auto& location : blueprint.locations)
            m_hours.push_back(
                working_hours_of(location.row, blueprint.calendars[static_cast<std::size_t>(location.hours)]));
    }

    void tell(const Spec& spec, std::int64_t number) {
        const PracticePlan& practice = m_blueprint.practices[spec.practice];
        const User& requester = m_blueprint.users[practice.users[spec.requester]];
        const User& agent = m_blueprint.users[m_blueprint.agents[spec.agent]];
        const std::string_view product = m_blueprint.vendors[practice.vendor].product;
        const auto first_name = [](const User& user) {
            return std::string_view(user.name).substr(0, user.name.find(' '));
        };
        const std::vector<std::pair<std::string_view, std::string_view>> names = {
            {"{product}", product},
            {"{practice}", practice.row.name},
            {"{agent}", first_name(agent)},
            {"{requester}", first_name(requester)}};

        Ticket ticket = head(spec, number, practice, requester, names);
        const std::vector<Said> said = play(spec, ticket);
        settle(ticket, spec, said, agent);
        m_sink.on_row(to_row(ticket));
        for (std::size_t index = 0; index < said.size(); ++index)
            tell_message(ticket, said[index], index, spec, names);
    }

  private:
    Ticket head(const Spec& spec, std::int64_t number, const PracticePlan& practice, const User& requester,
                const std::vector<std::pair<std::string_view, std::string_view>>& names) const {
        Ticket ticket;
        ticket.id = spec.id;
        ticket.external_key = numbered_key("T", static_cast<std::uint64_t>(number), 6);
        ticket.number = number;
        ticket.practice = practice.row.id;
        ticket.practice_name = practice.row.name;
        ticket.location = m_blueprint.locations[spec.location].row.id;
        if (spec.thread->about_integration && !practice.integrations.empty())
            ticket.integration = m_blueprint.integrations[practice.integrations.front()].row.id;
        ticket.subject = fill_in(spec.thread->subject, names);
        ticket.description = fill_in(spec.thread->description, names);
        ticket.priority = spec.thread->priority;
        ticket.category = spec.thread->category;
        ticket.labels = spec.thread->labels;
        ticket.requester = requester.id;
        ticket.requester_name = requester.name;
        ticket.created_ms = spec.created_ms;
        ticket.due_ms = due_of(ticket.priority, ticket.created_ms, m_hours[spec.location]);
        return ticket;
    }

    // The lines that have been said by now. The first is at once; the desk's last one takes the ticket's effort.
    std::vector<Said> play(const Spec& spec, const Ticket& ticket) const {
        const auto& lines = spec.thread->lines;
        std::size_t count = 0, last_reply = 0;
        for (; count < lines.size() && !lines[count].text.empty(); ++count)
            if (is_reply(lines[count])) last_reply = count;
        const auto target_ms = static_cast<double>(resolution_target_ms(ticket.priority));
        std::vector<Said> said;
        for (std::size_t index = 0; index < count; ++index) {
            InstantMs at_ms = spec.created_ms + minute_ms;
            if (index > 0 && spec.ends_ms != 0) {
                const DurationMs step_ms = (spec.ends_ms - spec.created_ms) / static_cast<DurationMs>(last_reply);
                at_ms = spec.created_ms + step_ms * static_cast<DurationMs>(index);
            } else if (index > 0) {
                const double share = spec.effort * static_cast<double>(index) / static_cast<double>(last_reply);
                at_ms = after_open_time(m_hours[spec.location], spec.created_ms,
                                        static_cast<DurationMs>(target_ms * share) + minute_ms);
            }
            if (at_ms > m_now_ms) break;
            said.push_back({&lines[index], at_ms});
        }
        return said;
    }

    // Where the ticket stands after what was said.
    void settle(Ticket& ticket, const Spec& spec, const std::vector<Said>& said, const User& agent) const {
        const auto& lines = spec.thread->lines;
        ticket.state_since_ms = said.empty() ? ticket.created_ms : said.back().at_ms;
        std::size_t last_reply = 0;
        for (std::size_t index = 0; index < lines.size() && !lines[index].text.empty(); ++index)
            if (is_reply(lines[index])) last_reply = index;
        for (const auto& [line, at_ms] : said)
            if (is_reply(*line) && !ticket.first_response_ms) ticket.first_response_ms = at_ms;

        if (spec.ending == Ending::resolves && said.size() > last_reply) {
            ticket.resolved_ms = said[last_reply].at_ms;
            const bool closed = *ticket.resolved_ms + closing_delay_ms <= m_now_ms;
            ticket.state = closed ? TicketState::closed : TicketState::resolved;
            ticket.state_since_ms = *ticket.resolved_ms + (closed ? closing_delay_ms : 0);
        } else {
            ticket.state = open_state(lines, said);
            if (ticket.state == TicketState::new_ && spec.serial % 3 == 0) ticket.state = TicketState::triaged;
        }
        if (ticket.state == TicketState::new_ && spec.serial % 2 == 0) return;
        ticket.assignee = agent.id;
        ticket.assignee_name = agent.name;
    }

    static TicketState open_state(const std::array<Line, 6>& lines, const std::vector<Said>& said) {
        if (said.empty()) return TicketState::new_;
        const Voice spoke = said.back().line->voice;
        if (spoke == Voice::automatic) return TicketState::new_;
        const bool more = said.size() < lines.size() && !lines[said.size()].text.empty();
        if (more && lines[said.size()].voice == Voice::vendor) return TicketState::waiting_vendor;
        if (spoke == Voice::agent && (!more || lines[said.size()].voice == Voice::practice))
            return TicketState::waiting_practice;
        return TicketState::in_progress;
    }

    void tell_message(const Ticket& ticket, const Said& said, std::size_t index, const Spec& spec,
                      const std::vector<std::pair<std::string_view, std::string_view>>& names) {
        const PracticePlan& practice = m_blueprint.practices[spec.practice];
        Message message;
        message.id = id_for(m_blueprint.options, "message:" + ticket.id, index);
        message.external_key = ticket.external_key + "-" + std::to_string(index + 1);
        message.ticket = ticket.id;
        message.practice = ticket.practice;
        message.location = ticket.location;
        message.created_ms = said.at_ms;
        message.body = fill_in(said.line->text, names);
        switch (said.line->voice) {
            case Voice::practice:
                message.author_kind = MessageAuthorKind::practice;
                message.author = ticket.requester;
                message.author_name = ticket.requester_name;
                break;
            case Voice::agent_internal:
                message.visibility = MessageVisibility::internal;
                [[fallthrough]];
            case Voice::agent:
                message.author_kind = MessageAuthorKind::staff;
                message.author = m_blueprint.users[m_blueprint.agents[spec.agent]].id;
                message.author_name = m_blueprint.users[m_blueprint.agents[spec.agent]].name;
                break;
            case Voice::vendor:
                sign_as_vendor(message, practice.vendor);
                break;
            case Voice::automatic:
                message.author_kind = MessageAuthorKind::automatic;
                message.author_name = practice.spanish ? "Mesa de ayuda" : "Partner desk";
                break;
        }
        m_sink.on_row(to_row(message));
    }

    void sign_as_vendor(Message& message, std::size_t vendor) const {
        message.author_kind = MessageAuthorKind::vendor;
        for (const auto& user : m_blueprint.users) {
            if (user.vendor != m_blueprint.vendors[vendor].id) continue;
            message.author = user.id;
            message.author_name = user.name;
            return;
        }
    }

    const Blueprint& m_blueprint;
    TenantSink& m_sink;
    InstantMs m_now_ms;
    std::vector<std::optional<WorkingHours>> m_hours;  // By location.
};

// A share of the promise: most are kept with room, some just missed, a few drag on.
double draw_effort(SeededRandom& random) {
    const double share = random.unit();
    if (share < 0.80) return 0.10 + 0.65 * random.unit();
    if (share < 0.90) return 0.75 + 0.22 * random.unit();
    if (share < 0.985) return 1.05 + 0.9 * random.unit();
    return 4.0 + 8.0 * random.unit();
}

Spec ordinary_spec(const Blueprint& blueprint, std::size_t index, std::size_t count) {
    SeededRandom random = random_for(blueprint.options, "ticket", index);
    Spec spec;
    spec.serial = index;
    spec.id = id_for(blueprint.options, "ticket", index);
    // By locations, so that groups file more than single offices.
    do {
        spec.location = random.below(blueprint.locations.size());
        spec.practice = blueprint.locations[spec.location].practice;
        // The stories' own practices show their own tickets; the flawless one has nothing to file.
    } while (blueprint.practices[spec.practice].plot == Plot::flawless || blueprint.locations[spec.location].silent);
    const PracticePlan& practice = blueprint.practices[spec.practice];
    const auto threads = practice.spanish ? spanish_threads() : english_threads();
    do {
        spec.thread = &threads[random.below(threads.size())];
    } while (spec.thread->about_integration && practice.integrations.empty());
    const Day from = std::max(blueprint.options.today - ticket_days, practice.row.enrolled_on + 7);
    Day day = from + static_cast<Day>(static_cast<std::int64_t>(index) * (blueprint.options.today - from) /
                                      static_cast<std::int64_t>(count));
    if (!is_open(practice.hours, day)) day = open_day_before(practice.hours, day, 1);
    spec.created_ms =
        local_instant(blueprint.locations[spec.location].zone, day, 8 * 60 + 10 + static_cast<int>(random.below(500)));
    spec.effort = draw_effort(random);
    spec.agent = random.below(blueprint.agents.size());
    return spec;
}

Spec plotted_spec(const Blueprint& blueprint, Plot plot, const Thread& thread, Day day, int minute,
                  std::uint64_t serial) {
    const PracticePlan& practice = blueprint.practice_of(plot);
    Spec spec;
    spec.serial = serial;
    spec.id = id_for(blueprint.options, "plotted ticket", serial);
    spec.practice = static_cast<std::size_t>(&practice - blueprint.practices.data());
    spec.location = practice.locations.front();
    spec.thread = &thread;
    spec.created_ms = local_instant(blueprint.locations[spec.location].zone, day, minute);
    return spec;
}

constexpr std::uint64_t clash_serial = 1, recovered_serial = 3, owner_serial = 5, spanish_serial = 7;

std::vector<Spec> plotted_specs(const Blueprint& blueprint) {
    const Day today = blueprint.options.today;
    const DayRange broken = recovered_break(blueprint);
    std::vector<Spec> specs;
    specs.push_back(plotted_spec(blueprint, Plot::ledger_recovered, recovered_thread(), broken.first, 10 * 60 + 20,
                                 recovered_serial));
    specs.back().ends_ms = local_instant(blueprint.locations[specs.back().location].zone, broken.last, 16 * 60 + 40);
    specs.push_back(plotted_spec(blueprint, Plot::ledger_breaks, clash_thread(),
                                 open_day_before(OfficeHours::weekdays, today, 2), 9 * 60 + 5, clash_serial));
    specs.back().ending = Ending::stays_open;
    specs.back().effort = 0.12;
    specs.push_back(plotted_spec(blueprint, Plot::low_march, owner_thread(),
                                 open_day_before(OfficeHours::weekdays, today, 2), 11 * 60 + 40, owner_serial));
    specs.back().requester = 0;
    specs.back().ending = Ending::stays_open;
    specs.back().effort = 0.15;
    specs.push_back(plotted_spec(blueprint, Plot::spanish, spanish_threads()[0],
                                 open_day_before(OfficeHours::weekdays, today, 3), 15 * 60 + 25, spanish_serial));
    specs.back().effort = 0.9;
    return specs;
}

void tell_notice(const Blueprint& blueprint, TenantSink& sink, const Spec& spec, std::string_view text,
                 InstantMs at_ms) {
    Notice notice;
    notice.id = id_for(blueprint.options, "notice", spec.serial);
    notice.user = blueprint.users[blueprint.practices[spec.practice].users[spec.requester]].id;
    notice.kind = "reply";
    notice.subject = spec.id;
    notice.text = text;
    notice.created_ms = at_ms;
    sink.on_row(to_row(notice));
}

}  // namespace

Id clash_ticket(const DemoOptions& options) {
    return id_for(options, "plotted ticket", clash_serial);
}

Id owner_ticket(const DemoOptions& options) {
    return id_for(options, "plotted ticket", owner_serial);
}

void tell_tickets(const Blueprint& blueprint, TenantSink& sink) {
    const std::vector<Spec> plotted = plotted_specs(blueprint);
    const std::size_t count = (blueprint.options.scale == Scale::full ? full_tickets : small_tickets) - plotted.size();
    std::vector<Spec> specs = plotted;
    for (std::size_t index = 0; index < count; ++index)
        specs.push_back(ordinary_spec(blueprint, index, count));
    std::sort(specs.begin(), specs.end(), [](const Spec& a, const Spec& b) {
        return a.created_ms != b.created_ms ? a.created_ms < b.created_ms : a.id < b.id;
    });
    TicketTeller teller(blueprint, sink);
    std::int64_t number = first_number;
    for (const auto& spec : specs) {
        if (!sink.wants_more()) return;
        teller.tell(spec, number++);
    }
    for (const auto& spec : plotted)
        if (spec.ending == Ending::stays_open)
            tell_notice(blueprint, sink, spec, spec.thread->subject, spec.created_ms + 90 * minute_ms);
}

}  // namespace portal::tenant
