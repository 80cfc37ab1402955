#include "app/shell/sharing.hpp"

#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "app/ui/landmark.hpp"
#include "app/views/share_marks_view.hpp"
#include "app/vm/shown_state.hpp"
#include "shared/base/durations.hpp"
#include "shared/base/limits.hpp"

namespace portal::shell {

using vm::Word;

namespace {

std::optional<DurationMs> earlier_of(std::optional<DurationMs> left, std::optional<DurationMs> right) {
    return left && right ? std::min(*left, *right) : left ? left : right;
}

}  // namespace

Sharing::Sharing(platform::Window& window, std::unique_ptr<platform::Transport> transport, const Clock& clock,
                 RandomSource& random)
    : m_window(window), m_transport(std::move(transport)) {
    if (!m_transport) return;
    m_executor = store::make_executor(store::ExecutorKind::interleaved);
    const auto changed = [this] {
        m_executor->wake();
        m_window.wake(2);
    };
    m_presenter = std::make_unique<follow::Presenter>(*m_transport, clock, changed);
    m_recorder = std::make_unique<follow::Recorder>(*m_transport, clock, changed);
    m_teller = std::make_unique<follow::ShowTeller>(*m_transport, clock);
    m_following = std::make_unique<Following>(window, *m_transport, clock, random, changed);
    m_executor->start([this] {
        const auto list_ms = m_presenter->step(), tell_ms = m_teller->step(), follow_ms = m_following->step();
        const auto share_ms = earlier_of(earlier_of(list_ms, list_ms ? tell_ms : std::nullopt), follow_ms);
        const auto record_ms = m_recorder->step();
        tick();
        return store::StepResult{false, earlier_of(share_ms, record_ms)};
    });
}

Sharing::~Sharing() {
    if (m_executor) m_executor->stop();
}

bool Sharing::may_share(const views::ViewContext& context) const {
    return m_presenter && context.snapshot.session && context.snapshot.session->may_share;
}

void Sharing::open(const views::ViewContext& context, const vm::Query& query) {
    views::open_share_sheet(context, query, m_sheet);
}

void Sharing::draw_following_bar(const views::ViewContext& context) {
    const ShareListing* handed = m_presenter->part().handed();
    const Id share = m_following->share();
    const bool is_ours = handed && handed->id == share;
    if (m_following->draw_bar(context, is_ours)) m_presenter->hand_over(share, context.snapshot.session->user);
    if (is_ours && !m_following->is_on()) m_left = share;
}

std::string Sharing::whole_link() const {
    return m_window.origin() + m_presenter->part().made_link;
}

bool Sharing::presents(const views::ViewContext& context) const {
    return may_share(context) && m_presenter->part().live() != nullptr;
}

std::optional<vm::Query> Sharing::wanted(const views::ViewContext& context, const std::optional<vm::Query>& now) {
    if (!m_following) return std::nullopt;
    if (!std::exchange(m_has_looked, true))
        if (const Id share = m_window.follow_share(); !share.empty()) m_following->begin(share);
    // Who presents something leads.
    return presents(context) ? std::nullopt : m_following->wanted(context, now);
}

std::optional<vm::Scope> Sharing::wanted_scope() {
    return m_following ? m_following->wanted_scope() : std::nullopt;
}

void Sharing::go_own_way() {
    if (m_following) m_following->go_own_way();
}

void Sharing::draw_place() {
    if (m_following) m_following->draw_place();
}

void Sharing::draw_bar(const views::ViewContext& context) {
    if (!presents(context)) return draw_following_bar(context);
    obey(context,
         views::live_bar_view(context, m_sheet, m_presenter->part(), m_recorder->part(), *m_presenter->part().live()));
}

namespace {

// Of the figures, whose days are known even where the address leaves them to the screen.
bool is_part_of(const views::ViewContext& context, const ShareViewState& shown, const ShareViewState& state,
                const ShareScope& scope) {
    if (shown.away || shown.route != ShareView::financing) return false;
    if (looks_at_part(state, scope.first_day, scope.last_day)) return true;
    const vm::FinancingPart* part = context.snapshot.financing.get();
    return part && (part->query.from != scope.first_day || part->query.until != scope.last_day);
}

constexpr std::int64_t whole_place = 10'000;
// As finely as a scrolling presenter is followed.
constexpr std::int64_t scroll_steps = 20;

}  // namespace

void Sharing::show(const views::ViewContext& context, const vm::Query* query, float content_top) {
    if (!presents(context)) return ui::mark_landmarks({});
    const vm::SessionPart& session = *context.snapshot.session;
    vm::Scope scope = session.scope;
    // Who has one practice need not choose it; those who follow may have more.
    if (session.practices.size() == 1) scope.practices = {session.practices.front().id};
    ShareViewState state = vm::shown_state(query, scope);
    if (const auto first = ui::landmark_in_sight(content_top); first && !state.away) {
        state.top = "widget:" + first->name;
        state.scroll = std::lround(first->part.y * scroll_steps) * (whole_place / scroll_steps);
    }
    mark(context, state);
    m_teller->look(m_presenter->part().shares, std::move(state));
    m_executor->wake();
    if (m_sheet.pointer != views::ShareSheetState::Pointer::hidden) point();
}

// Of the practice that is looked at, or of all that are shared where the screen adds up several of them.
void Sharing::mark(const views::ViewContext& context, const ShareViewState& state) {
    const vm::SharingPart& part = m_presenter->part();
    const ShareViewState shown = follow::fitted_state(state, part.live()->scope);
    using Seen = views::ShareSheetState::Seen;
    ShareScope scope = part.live()->scope;
    for (const ShareFilter& filter : shown.filters)
        if (filter.name == "practice") scope.practices = filter.values;
    m_sheet.seen = shown.away ? Seen::no : scope.practices.size() == 1 ? Seen::yes : Seen::one_at_a_time;
    m_sheet.is_part = is_part_of(context, shown, state, scope);
    if (shown.away) return ui::mark_landmarks({});
    scope.views = {shown.route};
    // Of more the server would read longer than a mark is worth.
    if (scope.practices.size() <= limits::share_marked_practices_max) m_presenter->mark(scope);
    const bool is_known = part.marked.practices == scope.practices && part.marked.views == scope.views;
    ui::mark_landmarks(is_known ? views::share_marks(context, part.marks) : std::vector<ui::LandmarkMark>(),
                       std::string(context.say(Word::share_mark_never)));
}

// A laser that leaves every place goes out where it was.
void Sharing::point() {
    const ImGuiIO& io = ImGui::GetIO();
    if (!ImGui::IsMousePosValid(&io.MousePos)) return;
    const bool is_held = ImGui::IsKeyDown(ImGuiKey_L) && !io.WantTextInput && !io.KeyCtrl && !io.KeySuper;
    const bool is_laser = is_held || m_sheet.pointer == views::ShareSheetState::Pointer::laser;
    if (is_laser) ui::paint_pointer(io.MousePos, {}, ui::PointerKind::laser);
    if (const auto at = ui::landmark_at(io.MousePos))
        m_pointed = {"widget:" + at->name, static_cast<std::int32_t>(at->part.x * whole_place),
                     static_cast<std::int32_t>(at->part.y * whole_place), is_laser};
    else
        m_pointed.is_laser = false;
    if (m_pointed.at.empty()) return;
    m_teller->point(m_pointed);
    m_executor->wake();
}

void Sharing::draw(const views::ViewContext& context) {
    // Also for somebody who has been signed out meanwhile.
    if (m_recorder) draw_recording(context);
    if (!may_share(context)) return;
    // Once the server is there: what was shared before is still shared.
    const bool is_up = context.snapshot.sync && context.snapshot.sync->phase == vm::SyncPhase::current;
    if (is_up && !m_has_listed) {
        m_has_listed = true;
        m_presenter->list();
    }
    watch_handing(context);
    views::ShareSheetWishes wishes =
        views::share_sheet_view(context, m_sheet, m_presenter->part(), m_recorder->part(), whole_link());
    views::handing_view(context, m_sheet, m_presenter->part(), wishes);
    obey(context, wishes);
}

// The server's word is what counts: it is asked anew whenever what is followed becomes one's own to present, or is no
// longer.
void Sharing::watch_handing(const views::ViewContext& context) {
    const bool is_presenting = m_following->presents();
    if (std::exchange(m_was_presenting, is_presenting) != is_presenting) {
        m_presenter->list();
        if (is_presenting) context.page.said = context.say(Word::follow_you_present);
    }
    const ShareListing* handed = m_presenter->part().handed();
    if (handed && !m_following->is_on() && m_left != handed->id) m_following->begin(handed->id);
}

// One frame a second, for the time that is shown.
void Sharing::tick() {
    const DurationMs now_s = m_recorder->part().length_ms / second_ms;
    if (std::exchange(m_drawn_s, now_s) != now_s) m_window.wake(2);
}

void Sharing::draw_recording(const views::ViewContext& context) {
    const vm::RecordingPart& recording = m_recorder->part();
    // It may have ended while this page heard nothing.
    for (const ShareListing& share : m_presenter->part().shares)
        if (recording.runs(share.id) && share.state == ShareState::ended) m_recorder->finish(RecordingEnd::ended);
    views::ShareSheetWishes wishes;
    views::recording_dialog(context, m_recording, recording, m_window.origin() + "/replay", wishes);
    obey(context, wishes);
    const bool is_unsaved = recording.phase != vm::RecordingPhase::none;
    if (std::exchange(m_is_guarded, is_unsaved) != is_unsaved) m_window.guard_leaving(is_unsaved);
}

void Sharing::save_recording(const views::ViewContext& context) {
    const std::string name = std::string(context.say(Word::share_recording_file)) + "-" +
                             context.format.file_stamp(m_recorder->part().started_ms) + ".ndjson";
    const std::string& text = m_recorder->text();
    m_window.save_file(name, "application/x-ndjson", {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
    m_recorder->clear();
}

void Sharing::obey(const views::ViewContext& context, const views::ShareSheetWishes& wishes) {
    if (wishes.preview) m_presenter->preview(*wishes.preview);
    if (wishes.make) m_presenter->make_link(*wishes.make);
    if (wishes.list) m_presenter->list();
    if (wishes.pause) m_presenter->pause(wishes.pause->first, wishes.pause->second);
    if (wishes.end) m_presenter->end(*wishes.end);
    if (wishes.hand_over) {
        m_left.clear();
        m_presenter->hand_over(wishes.hand_over->first, wishes.hand_over->second);
    }
    if (wishes.forget_handing) m_presenter->forget_handing();
    using Recording = views::ShareSheetWishes::Recording;
    if (wishes.record)
        for (const ShareListing& share : m_presenter->part().shares)
            if (share.id == *wishes.record) m_recorder->start(share, context.format.now_ms());
    if (wishes.recording == Recording::stop) m_recorder->finish(RecordingEnd::stopped);
    if (wishes.recording == Recording::save) save_recording(context);
    if (wishes.recording == Recording::discard) m_recorder->clear();
    if (wishes.copy) {
        context.page.copy_text = whole_link();
        context.page.copied_sentence = context.say(Word::share_copied);
    }
}

}  // namespace portal::shell
