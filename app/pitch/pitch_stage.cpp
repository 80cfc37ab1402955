#include "app/pitch/pitch_stage.hpp"

#include <algorithm>
#include <iterator>

#include "app/export/report.hpp"
#include "app/pitch/leads.hpp"
#include "app/pitch/leave_behind.hpp"
#include "app/pitch/view_book.hpp"
#include "app/views/go_live_view.hpp"
#include "app/views/pitch_view.hpp"
#include "app/vm/leads_text.hpp"
#include "app/vm/pitch_words.hpp"
#include "app/vm/route.hpp"
#include "shared/base/durations.hpp"
#include "shared/base/limits.hpp"
#include "shared/tenant/generator.hpp"

namespace portal::pitch {
namespace {

constexpr std::int64_t timer_period_ms = 1'000;
constexpr std::string_view leads_name = "leads";
constexpr std::string_view attestation_name = "attested";
constexpr std::string_view accepted_files = ".csv,.txt,.tsv,text/csv,text/plain";

tenant::DemoOptions tenant_of_today(const Clock& clock) {
    tenant::DemoOptions options;
    options.today = static_cast<Day>(clock.now_ms() / day_ms);
    return options;
}

vm::PitchAsked asked_by(ui::PresenterKey key) {
    switch (key) {
        case ui::PresenterKey::next:
            return {vm::PitchWish::next};
        case ui::PresenterKey::previous:
            return {vm::PitchWish::previous};
        case ui::PresenterKey::reset:
            return {vm::PitchWish::reset};
        case ui::PresenterKey::spotlight:
            return {vm::PitchWish::spotlight};
        case ui::PresenterKey::notes:
            return {vm::PitchWish::notes};
        case ui::PresenterKey::leave:
            return {vm::PitchWish::leave};
        case ui::PresenterKey::what_if:
            return {vm::PitchWish::show_what_if};
        case ui::PresenterKey::leave_behind:
            return {vm::PitchWish::save_leave_behind};
        case ui::PresenterKey::play:
            return {vm::PitchWish::go_live_play};
        case ui::PresenterKey::faster:
            return {vm::PitchWish::go_live_faster};
        case ui::PresenterKey::none:
            break;
    }
    return {};
}

}  // namespace

PitchStage::PitchStage(std::unique_ptr<platform::Desk> desk, const Clock& clock, bool is_pitch_account,
                       PitchLinks links)
    : m_desk(std::move(desk)),
      m_clock(clock),
      m_is_pitch_account(is_pitch_account),
      m_go_live(tenant::go_live(tenant_of_today(clock)), std::move(links.go_live)),
      m_run(tenant::stories(tenant_of_today(clock)), m_go_live.integration()),
      m_numbers(std::move(links.cohorts), static_cast<Day>(clock.now_ms() / day_ms)) {}

bool PitchStage::enter(std::string_view route) {
    const bool was_on = m_run.is_on();
    const bool is_own = m_is_pitch_account && m_run.enter(route, m_clock.monotonic_ms());
    if (is_own && !was_on) {
        m_desk->look_for_copy();
        m_leads.leads = vm::leads_of_text(m_desk->kept_text(leads_name));
        m_attestation = vm::attestation_of_text(m_desk->kept_text(attestation_name));
    }
    return is_own;
}

bool PitchStage::has_arrived(const vm::Snapshot& snapshot, const vm::Query& wanted) const {
    return snapshot.session && shows_step(snapshot, wanted);
}

vm::PitchPart PitchStage::part_of(const vm::Snapshot& snapshot) const {
    const platform::OfflineCopy copy = m_desk->copy();
    vm::PitchPart part;
    part.room = m_run.room();
    part.persona = m_run.persona();
    part.copy = static_cast<vm::CopyState>(copy.state);
    part.copy_since_ms = copy.since_ms;
    part.copy_bytes = copy.bytes;
    part.now_ms = m_clock.now_ms();
    part.keeps_texts = copy.keeps_texts;
    part.is_loaded = snapshot.session && snapshot.sync && snapshot.sync->phase == vm::SyncPhase::current;
    if (snapshot.sync) {
        part.rows_loaded = snapshot.sync->rows_loaded;
        part.rows_expected = snapshot.sync->rows_expected;
    }
    part.attested = vm::attested(m_attestation);
    if (m_attestation) part.attested_ms = m_attestation->at_ms;
    part.step_count = static_cast<int>(m_run.steps().size());
    part.step = m_run.step();
    part.story = m_run.steps().empty() ? 0 : m_run.steps()[static_cast<std::size_t>(m_run.step())].story;
    part.elapsed_ms = m_run.elapsed_ms(m_clock.monotonic_ms());
    part.notes = static_cast<vm::NotesState>(m_desk->notes());
    part.spotlight = m_run.has_spotlight();
    part.goes_live = m_run.goes_live();
    return part;
}

void PitchStage::attest() {
    m_attestation = {vm::talking_points_version(), m_clock.now_ms()};
    m_desk->keep_text(attestation_name, vm::text_of_attestation(*m_attestation));
}

void PitchStage::tell_notes(const views::ViewContext& context) {
    if (m_run.steps().empty()) return;
    const vm::Language language = context.format.language();
    const auto at = static_cast<std::size_t>(m_run.step());
    const int story = m_run.steps()[at].story;
    if (vm::attested(m_attestation) != vm::Attested::yes) {
        m_desk->show_notes(vm::say(language, vm::PitchWord::attest_title),
                           vm::say(language, vm::PitchWord::attest_first));
        return;
    }
    std::string text(vm::say(language, vm::notes_of_story(story)));
    if (at + 1 < m_run.steps().size())
        text += "\n\n" + vm::say(language, vm::PitchWord::pitch_notes_next,
                                 {views::caption_of_story(context, m_run.steps()[at + 1].story)});
    m_desk->show_notes(views::caption_of_story(context, story), text);
}

void PitchStage::ask(const views::ViewContext& context, const vm::PitchAsked& asked) {
    if (asked.wish == vm::PitchWish::none) return;
    if (asked.wish == vm::PitchWish::look_again) m_desk->look_for_copy();
    if (asked.wish == vm::PitchWish::attest) attest();
    if (asked.wish == vm::PitchWish::play_recording) context.page.leave_to = "/replay";
    if (asked.wish == vm::PitchWish::notes) tell_notes(context);
    if (asked.wish == vm::PitchWish::choose_file) m_desk->choose_file(accepted_files, limits::prospect_file_bytes_max);
    m_numbers.ask(asked);
    if (m_run.goes_live()) m_go_live.ask(asked.wish, m_clock.monotonic_ms());
    if (asked.wish == vm::PitchWish::reset) m_go_live.ask(vm::PitchWish::go_live_again, m_clock.monotonic_ms());
    ask_of_leads(context, asked);
    if (asked.wish == vm::PitchWish::save_leave_behind) save_leave_behind(context);
    if (!m_run.ask(asked, m_clock.monotonic_ms())) return;
    if (asked.wish == vm::PitchWish::leave) m_desk->close_notes();
    if (m_desk->notes() == platform::NotesWindow::open) tell_notes(context);
    if (asked.wish != vm::PitchWish::choose_persona && asked.wish != vm::PitchWish::spotlight)
        context.page.show_route = m_run.is_on() ? m_run.route() : "/";
}

// The screen on the table, and their own numbers where there are any.
void PitchStage::save_leave_behind(const views::ViewContext& context) {
    std::vector<exports::Book> books;
    if (const auto shown = m_run.screen_on_table())
        if (auto book = view_book(context.snapshot, *shown, context.format)) books.push_back(std::move(*book));
    if (m_numbers.part().result) books.push_back(leave_behind_book(m_numbers.part(), context.format));
    if (!books.empty())
        context.page.file = {"leave-behind.html", "text/html", exports::report_of(books, context.format)};
}

// It goes on only while it is seen.
void PitchStage::follow_go_live(const views::ViewContext& context) {
    const DurationMs now_ms = m_clock.monotonic_ms();
    if (!m_run.goes_live()) m_go_live.pause(now_ms);
    // The pull brings the rows, as after a hint of a server elsewhere.
    if (m_go_live.follow(now_ms)) context.intents.emit(vm::SyncNow{});
    if (const auto wait_ms = m_go_live.wait_ms(now_ms)) m_desk->wake_after(*wait_ms);
}

void PitchStage::ask_of_leads(const views::ViewContext& context, const vm::PitchAsked& asked) {
    if (asked.wish == vm::PitchWish::keep_lead) keep_lead(context.intents.new_id());
    if (asked.wish == vm::PitchWish::wipe) wipe();
    if (asked.wish == vm::PitchWish::take_leads)
        context.page.file = {"leads.csv", "text/csv", csv_of_leads(m_leads.leads, context.format)};
}

void PitchStage::keep_lead(Id id) {
    m_leads.proof = {};
    m_leads.problem = problem_of_lead(m_typed_lead.typed, m_leads.leads.size());
    if (m_leads.problem != vm::LeadProblem::none) return;
    std::vector<vm::Lead> leads = m_leads.leads;
    leads.push_back(m_typed_lead.typed);
    leads.back().id = std::move(id);
    m_desk->keep_text(leads_name, vm::text_of_leads(leads));
    // Only what can be read again is kept.
    leads = vm::leads_of_text(m_desk->kept_text(leads_name));
    if (leads.size() != m_leads.leads.size() + 1) {
        m_leads.problem = vm::LeadProblem::not_kept;
        return;
    }
    m_leads.leads = std::move(leads);
    m_typed_lead = {};
}

// What was there is looked for afterwards wherever the browser could have kept it.
void PitchStage::wipe() {
    std::vector<vm::Lead> known = m_leads.leads;
    known.push_back(m_typed_lead.typed);
    std::vector<std::string> traces = traces_of_leads(known);
    std::ranges::move(m_numbers.traces(), std::back_inserter(traces));
    const vm::WipeProof removed{.wiped = vm::Wiped::looking,
                                .leads = static_cast<std::int64_t>(m_leads.leads.size()),
                                .files = m_numbers.part().file ? 1 : 0};
    m_desk->wipe_texts();
    m_desk->close_notes();
    m_numbers.forget();
    m_what_if = {};
    m_typed_lead = {};
    m_attestation.reset();
    m_leads = {.leads = vm::leads_of_text(m_desk->kept_text(leads_name)), .proof = removed};
    m_desk->search_traces(traces);
}

void PitchStage::follow_wipe() {
    const platform::TraceSearch search = m_desk->traces();
    if (m_leads.proof.wiped != vm::Wiped::looking || search.state != platform::TraceSearch::State::done) return;
    const bool is_clean = search.found == 0 && search.unread == 0 && m_leads.leads.empty();
    m_leads.proof.wiped = !is_clean                 ? vm::Wiped::something_left
                          : search.in_accounts == 0 ? vm::Wiped::clean
                                                    : vm::Wiped::sent_ones_left;
    m_leads.proof.entries = search.entries;
    m_leads.proof.bytes = search.bytes;
}

vm::LeadsPart PitchStage::leads_part() const {
    vm::LeadsPart part = m_leads;
    part.has_anything = !part.leads.empty() || m_typed_lead.typed != vm::Lead{} || m_numbers.part().file.has_value() ||
                        m_attestation.has_value();
    return part;
}

void PitchStage::draw_bar(const views::ViewContext& context) {
    const vm::PitchPart part = part_of(context.snapshot);
    ask(context, views::pitch_bar_view(context, part));
    if (auto file = m_desk->take_file())
        m_numbers.take_file(std::move(file->name), std::move(file->bytes), file->is_cut);
    m_numbers.look_at(m_run.persona());
    if (part.room == vm::PitchRoom::steps) m_desk->wake_after(timer_period_ms - part.elapsed_ms % timer_period_ms);
    const ui::PresenterKey key =
        ui::presenter_key(part.room == vm::PitchRoom::steps ? ui::ArrowKeys::presenter : ui::ArrowKeys::widgets);
    ask(context, asked_by(key));
    ask(context, asked_by(ui::presenter_key_named(m_desk->take_key())));
    follow_go_live(context);
    follow_wipe();
}

float PitchStage::strip_height() const {
    return m_run.goes_live() ? views::go_live_strip_height() : 0;
}

void PitchStage::draw_strip(const views::ViewContext& context) {
    ask(context, views::go_live_strip_view(context, m_go_live.part(m_clock.monotonic_ms())));
}

void PitchStage::draw_page(const views::ViewContext& context) {
    if (m_run.room() == vm::PitchRoom::steps)
        views::pitch_slide_view(context, part_of(context.snapshot));
    else if (m_run.room() == vm::PitchRoom::what_if)
        ask(context, views::pitch_what_if_view(context, m_what_if, m_numbers.part()));
    else
        ask(context, views::pitch_preflight_view(context, part_of(context.snapshot), m_typed_lead, leads_part()));
}

void PitchStage::draw_above(const views::ViewContext&) {
    m_spotlight.is_on = m_run.has_spotlight();
    ui::spotlight(m_spotlight);
}

void PitchStage::draw_entry(const views::ViewContext& context) {
    if (!views::pitch_entry_view(context)) return;
    if (m_is_pitch_account)
        context.page.show_route = "/pitch";
    else
        context.page.leave_to = vm::sign_in_route(pitch_account, "/pitch");
}

void PitchStage::file_opened(std::string_view name, std::string_view bytes) {
    if (m_run.room() != vm::PitchRoom::what_if || !m_run.is_on()) return;
    m_numbers.take_file(std::string(name), std::string(bytes), false);
}

}  // namespace portal::pitch
