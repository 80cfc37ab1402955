#include "app/views/replay_view.hpp"

#include <algorithm>
#include <array>

#include "app/ui/badge.hpp"
#include "app/ui/button.hpp"
#include "app/ui/frame.hpp"
#include "app/ui/layout.hpp"
#include "app/ui/notice.hpp"
#include "app/ui/text.hpp"
#include "app/ui/timeline.hpp"
#include "app/views/shared_follow_view.hpp"
#include "generated/icons.hpp"
#include "shared/base/durations.hpp"

namespace portal::views {

using vm::ReplayPhase;
using vm::Word;

namespace {

constexpr float replay_bar_height = 48;
constexpr DurationMs replay_step_ms = 5 * second_ms;

float part_of(const vm::ReplayPart& replay, DurationMs at_ms) {
    return replay.length_ms > 0 ? static_cast<float>(at_ms) / static_cast<float>(replay.length_ms) : 0;
}

void replay_timeline(const ViewContext& context, const vm::ReplayPart& replay, float width, ReplayWishes& wishes) {
    std::vector<float> marks;
    for (const DurationMs mark : replay.marks)
        marks.push_back(part_of(replay, mark));
    const vm::Format& format = context.format;
    const std::string value = context.say(
        Word::replay_place, {format.number(replay.at_ms / second_ms), format.number(replay.length_ms / second_ms)});
    const auto moved = ui::timeline("timeline", {.name = context.say(Word::replay_timeline),
                                                 .value = value,
                                                 .place = part_of(replay, replay.at_ms),
                                                 .step = part_of(replay, replay_step_ms),
                                                 .marks = marks,
                                                 .width = width});
    if (moved) wishes.seek = static_cast<DurationMs>(*moved * static_cast<float>(replay.length_ms));
}

void replay_bar(const ViewContext& context, const vm::ReplayPart& replay, ReplayWishes& wishes) {
    const ui::ButtonOptions look{.kind = ui::ButtonKind::quiet, .size = ui::ButtonSize::small};
    const Word words = replay.is_playing ? Word::replay_stand : Word::replay_play;
    ui::ButtonOptions play = look;
    play.shortcut = context.say(Word::replay_space);
    if (ui::icon_button("play", replay.is_playing ? icons::pause : icons::play, context.say(words), play) ||
        (ui::is_keyboard_free() && ImGui::IsKeyPressed(ImGuiKey_Space, false)))
        wishes.play_or_stand = true;
    ui::beside();
    const vm::Format& format = context.format;
    const std::string time = format.stopwatch(replay.at_ms) + " / " + format.stopwatch(replay.length_ms);
    const std::string widest = format.stopwatch(replay.length_ms) + " / " + format.stopwatch(replay.length_ms);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float height = ui::icon_button_width(ui::ButtonSize::small);
    const float width = ui::measure(ui::TextStyle::body, widest).x;
    ui::text_at({at.x, at.y + (height - ui::line_height(ui::TextStyle::body)) * 0.5f}, ui::TextStyle::body, time);
    ImGui::Dummy({width, height});
    ui::beside();
    const std::string speed = context.say(Word::replay_speed, {format.number(replay.speed)});
    const float speed_width = ui::button_width(speed, look);
    replay_timeline(context, replay,
                    std::max(40.0f, ImGui::GetContentRegionAvail().x - speed_width - ui::space::medium), wishes);
    ui::beside();
    if (ui::button("speed", speed, look)) wishes.change_speed = true;
}

// What is wrong with it, and what to do.
Word title_of_fault(ErrorCode code) {
    if (code == ErrorCode::unsupported_version) return Word::replay_newer_title;
    return code == ErrorCode::resource_exhausted ? Word::replay_large_title : Word::replay_broken_title;
}

void replay_notes(const ViewContext& context, const vm::ReplayPart& replay) {
    const auto note = [](ui::Tone tone, std::string_view words) {
        ui::note(tone, words);
        ui::space_below(ui::space::medium);
    };
    if (replay.end == RecordingEnd::cut)
        note(ui::Tone::warn, context.say(Word::replay_cut, {context.format.stopwatch(replay.length_ms)}));
    if (replay.is_altered) note(ui::Tone::warn, context.say(Word::replay_altered));
}

void replay_top_bar(const ViewContext& context, const vm::ReplayPart& replay, ReplayWishes& wishes) {
    const std::string_view name = context.say(Word::product_name), badge = context.say(Word::replay_badge);
    const float height = ui::metrics().control_height;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ui::text_at({at.x, at.y + (height - ui::line_height(ui::TextStyle::body_strong)) * 0.5f},
                ui::TextStyle::body_strong, name);
    ImGui::Dummy({ui::measure(ui::TextStyle::body_strong, name).x, height});
    ui::beside();
    const ImVec2 beside = ImGui::GetCursorScreenPos();
    const ImVec2 extent = ui::badge_size(badge, icons::video);
    ui::badge_at({beside.x, beside.y + (height - extent.y) * 0.5f}, badge, ui::Tone::neutral, icons::video);
    ImGui::Dummy({extent.x, height});
    if (replay.phase != ReplayPhase::ready) return;
    ui::top_bar_right(ui::icon_button_width(ui::ButtonSize::normal));
    wishes.choose =
        ui::icon_button("other", icons::upload, context.say(Word::replay_other), {.kind = ui::ButtonKind::quiet});
}

}  // namespace

ReplayWishes replay_view(const ViewContext& context, SharedViewState& state, const vm::ReplayPart& replay,
                         const vm::GuestPart& guest) {
    ReplayWishes wishes;
    const bool is_ready = replay.phase == ReplayPhase::ready;
    ui::Frame frame({.product_name = context.say(Word::product_name),
                     .items_at_end = {},
                     .strip_height = is_ready ? replay_bar_height : 0,
                     .strip_name = context.say(Word::replay_title)});
    frame.begin_top_bar();
    replay_top_bar(context, replay, wishes);
    frame.end_top_bar();
    if (is_ready) {
        frame.begin_strip();
        replay_bar(context, replay, wishes);
        frame.end_strip();
    }
    frame.begin_content("replay", ui::ContentWidth::reading);
    if (is_ready) {
        replay_notes(context, replay);
        // Whoever comes here from elsewhere in time has not gone along with what stood here before.
        if (guest.shown && guest.shown->away && replay.seen) follow_presenter(*replay.seen, state);
        shared_content(context, state, guest);
    } else if (replay.phase == ReplayPhase::refused) {
        wishes.choose = ui::error_state("refused", context.say(title_of_fault(replay.fault.code)),
                                        context.say(Word::replay_refused, {replay.fault.message}),
                                        context.say(Word::replay_choose));
    } else {
        ui::heading(1, ui::TextStyle::title, context.say(Word::replay_title));
        wishes.choose = ui::empty_state("choose", icons::video, context.say(Word::replay_choose_sentence),
                                        context.say(Word::replay_choose));
    }
    frame.end_content();
    return wishes;
}

}  // namespace portal::views
