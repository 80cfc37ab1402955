// Recording a shared view: the button that starts and stops it, the sign that it runs, and what becomes of it.
#pragma once

#include "app/views/share_sheet_view.hpp"

namespace portal::views {

enum class RecordButton : std::uint8_t { icon, words };
void share_record_button(const ViewContext& context, const ShareListing& share, const vm::RecordingPart& recording,
                         RecordButton look, ShareSheetWishes& wishes);
// Of the one with words.
float share_record_width(const ViewContext& context, const ShareListing& share, const vm::RecordingPart& recording);
// "Recording 1:07".
std::string recording_words(const ViewContext& context, const vm::RecordingPart& recording);

// Once it is over, until it is saved or discarded. `address` is where it opens.
struct RecordingDialogState {
    ui::Shown shown = ui::Shown::no;
    enum class Discard : std::uint8_t { no, asked } discard = Discard::no;
};
void recording_dialog(const ViewContext& context, RecordingDialogState& state, const vm::RecordingPart& recording,
                      const std::string& address, ShareSheetWishes& wishes);

}  // namespace portal::views
