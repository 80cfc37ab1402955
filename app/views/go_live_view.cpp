#include "app/views/go_live_view.hpp"

#include <array>

#include "app/ui/button.hpp"
#include "app/ui/layout.hpp"
#include "app/ui/presenting.hpp"
#include "app/vm/pitch_words.hpp"
#include "generated/icons.hpp"

namespace portal::views {

using vm::PitchAsked;
using vm::PitchWish;
using vm::PitchWord;

namespace {

constexpr float wide_strip = 60, phone_strip = 84;
constexpr int strip_controls = 3;

// In the order of the moments.
constexpr auto moment_words = std::to_array<PitchWord>(
    {PitchWord::go_live_kickoff, PitchWord::go_live_sandbox, PitchWord::go_live_build, PitchWord::go_live_blocked,
     PitchWord::go_live_unblocked, PitchWord::go_live_certification, PitchWord::go_live_run_failed,
     PitchWord::go_live_run_passed, PitchWord::go_live_pilot, PitchWord::go_live_pilot_day, PitchWord::go_live_gate_met,
     PitchWord::go_live_live});

std::string moment_sentence(const ViewContext& context, const vm::GoLivePart& part) {
    const vm::Format& format = context.format;
    if (part.state == vm::GoLivePart::State::waiting)
        return std::string(vm::say(format.language(), PitchWord::go_live_waiting));
    return vm::say(format.language(), moment_words[static_cast<std::size_t>(part.moment)],
                   {format.number(part.part), format.number(part.whole), format.number(part.number)});
}

bool strip_button(const ViewContext& context, const char* id, const char* icon, PitchWord word,
                  const ui::ButtonOptions& options) {
    ui::beside(ui::space::tiny);
    return ui::icon_button(id, icon, vm::say(context.format.language(), word), options);
}

PitchAsked go_live_controls(const ViewContext& context, const vm::GoLivePart& part) {
    using State = vm::GoLivePart::State;
    PitchAsked asked;
    const bool is_running = part.state == State::running;
    const std::string_view over = vm::say(context.format.language(), PitchWord::go_live_over);
    if (strip_button(context, "play", is_running ? icons::pause : icons::play,
                     is_running ? PitchWord::go_live_pause : PitchWord::go_live_play,
                     {.kind = is_running ? ui::ButtonKind::secondary : ui::ButtonKind::primary,
                      .size = ui::ButtonSize::small,
                      .disabled_reason = part.state == State::over ? over : std::string_view(),
                      .shortcut = "P"}))
        asked.wish = PitchWish::go_live_play;
    if (strip_button(context, "faster", icons::zap,
                     part.is_faster ? PitchWord::go_live_slower : PitchWord::go_live_faster,
                     {.kind = part.is_faster ? ui::ButtonKind::primary : ui::ButtonKind::secondary,
                      .size = ui::ButtonSize::small,
                      .shortcut = "F"}))
        asked.wish = PitchWish::go_live_faster;
    if (strip_button(context, "again", icons::rotate_ccw, PitchWord::go_live_again, {.size = ui::ButtonSize::small}))
        asked.wish = PitchWish::go_live_again;
    return asked;
}

}  // namespace

float go_live_strip_height() {
    return ui::current_breakpoint() == ui::Breakpoint::phone ? phone_strip : wide_strip;
}

PitchAsked go_live_strip_view(const ViewContext& context, const vm::GoLivePart& part) {
    const float controls =
        static_cast<float>(strip_controls) * (ui::icon_button_width(ui::ButtonSize::small) + ui::space::tiny);
    PitchAsked asked;
    ui::Columns columns({-1, controls}, ui::space::medium);
    columns.next();
    const std::string sentence = moment_sentence(context, part);
    const std::string seconds =
        vm::say(context.format.language(), PitchWord::go_live_seconds,
                {context.format.number(part.at_ms / 1000), context.format.number(part.length_ms / 1000)});
    ui::live_progress("go_live", {.name = vm::say(context.format.language(), PitchWord::go_live_title),
                                  .words = sentence,
                                  .share = static_cast<float>(part.at_ms) / static_cast<float>(part.length_ms),
                                  .words_for_share = seconds});
    columns.next();
    asked = go_live_controls(context, part);
    return asked;
}

}  // namespace portal::views
