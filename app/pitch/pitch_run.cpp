#include "app/pitch/pitch_run.hpp"

#include <algorithm>
#include <charconv>

#include "app/vm/route.hpp"

namespace portal::pitch {
namespace {

constexpr std::string_view pitch_path = "/pitch", what_if_path = "/pitch/what-if";

}  // namespace

std::vector<PitchStep> steps_of(const std::vector<tenant::Story>& stories, Specialty persona, const Id& goes_live) {
    std::vector<PitchStep> steps;
    for (const bool of_their_kind : {true, false})
        for (const tenant::Story& story : stories)
            if ((story.specialty == persona) == of_their_kind && vm::parse_route(story.route))
                steps.push_back({story.number, story.route});
    if (!goes_live.empty()) steps.push_back({0, vm::route_of(vm::IntegrationsQuery{.selected = goes_live})});
    return steps;
}

bool shows_step(const vm::Snapshot& snapshot, const vm::Query& wanted) {
    if (const auto* integrations = std::get_if<vm::IntegrationsQuery>(&wanted)) {
        const auto& part = snapshot.integrations;
        return part && part->query.selected == integrations->selected &&
               (integrations->selected.empty() || part->detail);
    }
    if (const auto* financing = std::get_if<vm::FinancingQuery>(&wanted)) {
        const auto& part = snapshot.financing;
        const bool is_here =
            part && (financing->rows ? part->fact_rows.has_value()
                                     : !part->figures.empty() && part->peers.state != vm::PeersPart::State::asking);
        return is_here && part->query.practice == financing->practice &&
               (financing->from == 0 || part->query.from == financing->from) &&
               (financing->until == 0 || part->query.until == financing->until);
    }
    if (std::holds_alternative<vm::OverviewQuery>(wanted)) return snapshot.overview != nullptr;
    if (std::holds_alternative<vm::ActionsQuery>(wanted)) return snapshot.actions != nullptr;
    if (std::holds_alternative<vm::DepositsQuery>(wanted)) return snapshot.deposits != nullptr;
    if (const auto* tickets = std::get_if<vm::TicketsQuery>(&wanted)) {
        const auto& part = snapshot.tickets;
        return part && part->query.selected == tickets->selected && (tickets->selected.empty() || part->detail);
    }
    return true;
}

PitchRun::PitchRun(std::vector<tenant::Story> stories, Id goes_live)
    : m_stories(std::move(stories)),
      m_goes_live(std::move(goes_live)),
      m_steps(steps_of(m_stories, m_persona, m_goes_live)) {}

bool PitchRun::goes_live() const {
    return m_room == vm::PitchRoom::steps && !m_steps.empty() && m_steps[static_cast<std::size_t>(m_step)].story == 0;
}

bool PitchRun::enter(std::string_view route, DurationMs now_ms) {
    if (!route.starts_with(pitch_path)) return false;
    std::string_view rest = route.substr(pitch_path.size());
    if (rest.empty() || rest == "/") {
        m_is_on = true;
        m_room = vm::PitchRoom::preflight;
        m_has_begun = false;
        return true;
    }
    if (route == what_if_path) {
        m_is_on = true;
        m_has_spotlight = false;
        m_room = vm::PitchRoom::what_if;
        return true;
    }
    const std::size_t slash = rest.find('/', 1);
    if (rest.front() != '/' || slash == std::string_view::npos) return false;
    const auto persona = parse_text<Specialty>(rest.substr(1, slash - 1));
    const std::string_view number = rest.substr(slash + 1);
    int step = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), step);
    if (!persona || error != std::errc() || end != number.data() + number.size()) return false;
    m_is_on = true;
    m_persona = *persona;
    m_steps = steps_of(m_stories, m_persona, m_goes_live);
    if (!m_has_begun) begin(now_ms);
    m_room = vm::PitchRoom::steps;
    m_step = std::clamp(step - 1, 0, static_cast<int>(m_steps.size()) - 1);
    return true;
}

std::string PitchRun::route() const {
    if (m_room == vm::PitchRoom::preflight) return std::string(pitch_path);
    if (m_room == vm::PitchRoom::what_if) return std::string(what_if_path);
    return std::string(pitch_path) + "/" + std::string(text_of(m_persona)) + "/" + std::to_string(m_step + 1);
}

void PitchRun::begin(DurationMs now_ms) {
    m_room = vm::PitchRoom::steps;
    m_has_begun = true;
    m_step = 0;
    m_began_ms = now_ms;
    m_has_spotlight = false;
}

bool PitchRun::move_to(int step) {
    const int moved = std::clamp(step, 0, static_cast<int>(m_steps.size()) - 1);
    m_has_spotlight = m_has_spotlight && moved == m_step;
    return std::exchange(m_step, moved) != moved;
}

bool PitchRun::ask(const vm::PitchAsked& asked, DurationMs now_ms) {
    const bool has_steps = m_room == vm::PitchRoom::steps;
    switch (asked.wish) {
        case vm::PitchWish::begin:
            begin(now_ms);
            return true;
        case vm::PitchWish::choose_persona:
            m_persona = static_cast<Specialty>(asked.value);
            m_steps = steps_of(m_stories, m_persona, m_goes_live);
            return true;
        case vm::PitchWish::next:
            return has_steps && move_to(m_step + 1);
        case vm::PitchWish::previous:
            return has_steps && move_to(m_step - 1);
        case vm::PitchWish::show_step:
            // The present one, too: its own screen after a link of it.
            move_to(has_steps ? asked.value : m_step);
            return has_steps;
        case vm::PitchWish::reset:
            if (m_has_begun) begin(now_ms);
            return m_has_begun;
        case vm::PitchWish::spotlight:
            m_has_spotlight = has_steps && !m_has_spotlight;
            return has_steps;
        case vm::PitchWish::leave:
            leave();
            return true;
        case vm::PitchWish::show_what_if:
            m_room = vm::PitchRoom::what_if;
            m_has_spotlight = false;
            return true;
        default:
            break;
    }
    return false;
}

// From what was shown last to where it was shown from, and from the preflight out.
void PitchRun::leave() {
    m_has_spotlight = false;
    m_is_on = m_room != vm::PitchRoom::preflight;
    const bool goes_on = m_room == vm::PitchRoom::what_if && m_has_begun;
    m_room = goes_on ? vm::PitchRoom::steps : vm::PitchRoom::preflight;
    m_has_begun = goes_on;
}

DurationMs PitchRun::elapsed_ms(DurationMs now_ms) const {
    return m_has_begun ? now_ms - m_began_ms : 0;
}

std::optional<vm::Query> PitchRun::wanted_screen() const {
    return m_room == vm::PitchRoom::steps ? screen_on_table() : std::nullopt;
}

std::optional<vm::Query> PitchRun::screen_on_table() const {
    if (!m_has_begun || m_steps.empty()) return std::nullopt;
    return vm::parse_route(m_steps[static_cast<std::size_t>(m_step)].route);
}

}  // namespace portal::pitch
