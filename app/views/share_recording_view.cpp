#include "app/views/share_recording_view.hpp"

#include "app/ui/button.hpp"
#include "app/ui/layout.hpp"
#include "app/ui/text.hpp"
#include "generated/icons.hpp"

namespace portal::views {

using vm::RecordingPhase;
using vm::Word;
using Recording = ShareSheetWishes::Recording;

namespace {

constexpr std::int64_t bytes_of_kb = 1'000;

}  // namespace

float share_record_width(const ViewContext& context, const ShareListing& share, const vm::RecordingPart& recording) {
    const std::string_view words = context.say(recording.runs(share.id) ? Word::share_record_stop : Word::share_record);
    return ui::button_width(words, {.size = ui::ButtonSize::small, .icon = icons::video});
}

void share_record_button(const ViewContext& context, const ShareListing& share, const vm::RecordingPart& recording,
                         RecordButton look, ShareSheetWishes& wishes) {
    const bool is_running = recording.runs(share.id);
    // One at a time, and what is over is first saved or discarded.
    if (!is_running && recording.phase != RecordingPhase::none) return;
    const std::string_view words = context.say(is_running ? Word::share_record_stop : Word::share_record);
    const char* icon = is_running ? icons::video_off : icons::video;
    const ui::ButtonSize small = ui::ButtonSize::small;
    const bool is_pressed = look == RecordButton::icon
                                ? ui::icon_button("record", icon, words, {.kind = ui::ButtonKind::quiet, .size = small})
                                : ui::button("record", words, {.size = small, .icon = icon});
    if (!is_pressed) return;
    if (is_running)
        wishes.recording = Recording::stop;
    else
        wishes.record = share.id;
}

std::string recording_words(const ViewContext& context, const vm::RecordingPart& recording) {
    const bool is_phone = ui::current_breakpoint() == ui::Breakpoint::phone;
    return context.say(is_phone ? Word::share_recording_short : Word::share_recording,
                       {context.format.stopwatch(recording.length_ms)});
}

// Closing it by Esc asks again: nothing is lost by a key.
void recording_dialog(const ViewContext& context, RecordingDialogState& state, const vm::RecordingPart& recording,
                      const std::string& address, ShareSheetWishes& wishes) {
    using Discard = RecordingDialogState::Discard;
    if (recording.phase != RecordingPhase::over) {
        state = {};
        return;
    }
    state.shown = ui::Shown::yes;
    if (!ui::begin_dialog("recording", state.shown, {.title = context.say(Word::share_recording_title)})) return;
    if (recording.end == RecordingEnd::ended)
        ui::text_wrapped(ui::TextStyle::body, context.say(Word::share_recording_ended));
    if (recording.end == RecordingEnd::full)
        ui::text_wrapped(ui::TextStyle::body, context.say(Word::share_recording_full));
    const std::string kilobytes = context.format.number((recording.bytes + bytes_of_kb - 1) / bytes_of_kb);
    ui::text_wrapped(ui::TextStyle::body, context.say(Word::share_recording_stopped,
                                                      {context.format.stopwatch(recording.length_ms), kilobytes}));
    ui::space_below(ui::space::small);
    ui::text_wrapped(ui::TextStyle::body, context.say(Word::share_recording_open, {address}), ui::Color::text_muted);
    ui::dialog_footer();
    if (ui::button("save_recording", context.say(Word::share_recording_save),
                   {.kind = ui::ButtonKind::primary, .icon = icons::download}))
        wishes.recording = Recording::save;
    ui::beside();
    if (state.discard == Discard::no) {
        if (ui::button("discard", context.say(Word::share_recording_discard))) state.discard = Discard::asked;
    } else if (ui::button("discard_now", context.say(Word::share_recording_discard_now),
                          {.kind = ui::ButtonKind::danger})) {
        wishes.recording = Recording::discard;
    }
    ui::end_dialog();
}

}  // namespace portal::views
