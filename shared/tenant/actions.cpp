// What the account managers have promised to do: one story each for the practices that play one, and routine work for
// the rest, told from its creation to now.
#include <algorithm>
#include <array>

#include "shared/base/durations.hpp"
#include "shared/tenant/blueprint_parts.hpp"
#include "shared/tenant/parts.hpp"

namespace portal::tenant {
namespace {

// What an item came from.
enum class Source : std::uint8_t { none, integration, owner_ticket };

struct PlottedAction {
    Plot plot;
    std::string_view title;
    std::string_view note;
    Day created_before;  // Open days before today.
    Day due_after;       // Days from today; negative is overdue.
    Source source = Source::none;
    Day done_before = 0;  // Open days before today; 0: still open.
};

constexpr auto plotted_actions = std::to_array<PlottedAction>({
    {Plot::ledger_breaks, "Ask the PMS vendor for the fix date of the ledger match",
     "It broke with the upgrade, as it did at Juniper Ridge. Ask for a date in writing, then tell the front desk.", 4,
     0, Source::integration},
    {Plot::ledger_breaks, "Tell the practice how to post by hand until the ledger match is back", "", 4, -1,
     Source::integration},
    {Plot::ledger_recovered, "Confirm that the ledger match stayed whole for a month", "", 20, -3, Source::integration,
     2},
    {Plot::early_go_live, "Ask the group for a reference: nine days early", "They offered it at the go-live call.", 8,
     3, Source::integration},
    {Plot::low_pull_through, "Show the owner what the front desk's training changed",
     "Approvals were never the problem. Bring the funnel of the twelve months.", 6, 2},
    {Plot::mix_shift, "Walk the owner through the cost of the longer plans",
     "Volume is up and so is the fee rate: both belong in one conversation.", 9, -2},
    {Plot::seasonal_dip, "Put the usual summer dip into next year's target", "", 12, 18},
    {Plot::low_march, "Answer the owner's question about March", "Fewer business days, and one plan had ended.", 2, 1,
     Source::owner_ticket},
    {Plot::young, "Agree on the first full-year target", "", 10, 6},
    {Plot::missing_target, "Agree on a target: the practice has none", "Asked twice by mail; call instead.", 15, -5},
    {Plot::silent_location, "Ask why the second location has no applications", "", 11, -4},
    {Plot::open_forecast, "Tell the practice the go-live window", "", 5, 4, Source::integration},
    {Plot::blocked, "Escalate the test submitter with the clearinghouse",
     "Blocked for weeks; the engineer has the case.", 7, 1, Source::integration},
    {Plot::credentials_fail, "Get the renewed credentials from the practice", "", 3, -1, Source::integration},
});

struct Routine {
    std::string_view title;
    std::string_view note;
};

constexpr auto routines = std::to_array<Routine>({
    {"Book the quarterly review", ""},
    {"Send the plan overview to the front desk", "They asked for the printed one."},
    {"Ask who replaces the office manager", ""},
    {"Confirm the holiday hours", "The calendar decides what counts as late."},
    {"Walk the new team through prequalification", ""},
    {"Agree on the target of the next quarter", ""},
    {"Send the fee schedule that was agreed", ""},
    {"Ask why online applications fell", "Check the link on their site first."},
    {"Plan a lunch session on how to word deferred interest", "Bring the approved talking points."},
    {"Follow up on the last review's decision", ""},
    {"Ask for feedback on the last ticket", ""},
    {"Offer the second location the same set-up", ""},
});

class ActionTeller {
  public:
    ActionTeller(const Blueprint& blueprint, TenantSink& sink) : m_blueprint(blueprint), m_sink(sink) {}

    void tell_plotted(const PlottedAction& action) {
        const PracticePlan& practice = m_blueprint.practice_of(action.plot);
        ActionItem item = head(practice, action.title, action.note, action.created_before, 9 * 60 + 40);
        item.due_on = m_blueprint.options.today + action.due_after;
        if (action.source == Source::integration && !practice.integrations.empty())
            item.integration = m_blueprint.integrations[practice.integrations.front()].row.id;
        if (action.source == Source::owner_ticket) item.ticket = owner_ticket(m_blueprint.options);
        if (action.done_before > 0) finish(item, practice, action.done_before, 15 * 60 + 5);
        m_sink.on_row(to_row(item));
    }

    // About every second practice has one open; twice as many have been done in the last weeks.
    void tell_routine(std::size_t index) {
        const PracticePlan& practice = m_blueprint.practices[index];
        SeededRandom random = random_for(m_blueprint.options, "action", index);
        const std::size_t count = random.below(4);
        for (std::size_t turn = 0; turn < count; ++turn) {
            const Routine& routine = routines[(index * 5 + turn * 7 + random.below(3)) % routines.size()];
            const auto created_before = static_cast<Day>(random.between(4, 40));
            ActionItem item = head(practice, routine.title, routine.note, created_before,
                                   8 * 60 + 30 + static_cast<int>(random.below(480)));
            const bool done = random.chance(0.66);
            if (done) {
                finish(item, practice, static_cast<Day>(random.between(2, created_before - 1)),
                       9 * 60 + static_cast<int>(random.below(460)));
                item.due_on = static_cast<Day>(*item.done_ms / day_ms) + static_cast<Day>(random.between(-2, 6));
            } else {
                // One in twelve has slipped.
                item.due_on = m_blueprint.options.today +
                              static_cast<Day>(random.chance(0.08) ? -random.between(1, 6) : random.between(0, 34));
            }
            m_sink.on_row(to_row(item));
        }
    }

  private:
    ActionItem head(const PracticePlan& practice, std::string_view title, std::string_view note, Day created_before,
                    int minute) {
        ActionItem item;
        item.id = id_for(m_blueprint.options, "action", m_serial);
        item.external_key = numbered_key("A", m_serial + 1, 4);
        ++m_serial;
        item.practice = practice.row.id;
        item.book = practice.row.book;
        item.title = title;
        item.note = note;
        item.owner = manager_of(practice);
        item.created_by = item.owner;
        item.created_ms = local_instant(practice.zone, day_before(created_before), minute);
        return item;
    }

    void finish(ActionItem& item, const PracticePlan& practice, Day done_before, int minute) const {
        item.done = true;
        item.done_ms = local_instant(practice.zone, day_before(done_before), minute);
        item.done_by = item.owner;
    }

    Day day_before(Day open_days) const {
        return open_day_before(OfficeHours::weekdays, m_blueprint.options.today, open_days);
    }

    // The first book's manager, or the second's.
    const Id& manager_of(const PracticePlan& practice) const {
        const bool first = practice.row.book == id_for(m_blueprint.options, "book", 0);
        return m_blueprint.users[m_blueprint.managers[first ? 0 : 1]].id;
    }

    const Blueprint& m_blueprint;
    TenantSink& m_sink;
    std::uint64_t m_serial = 0;
};

}  // namespace

void tell_actions(const Blueprint& blueprint, TenantSink& sink) {
    ActionTeller teller(blueprint, sink);
    for (const PlottedAction& action : plotted_actions)
        teller.tell_plotted(action);
    for (std::size_t index = 0; index < blueprint.practices.size(); ++index)
        if (blueprint.practices[index].plot == Plot::ordinary) teller.tell_routine(index);
}

}  // namespace portal::tenant
