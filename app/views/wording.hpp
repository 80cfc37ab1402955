// Sentences and looks that more than one screen draws from snapshot parts.
#pragma once

#include <span>
#include <string>

#include "app/ui/tokens.hpp"
#include "app/views/view.hpp"

namespace portal::views {

ui::Tone tone_of(vm::Tone tone);
ui::Tone tone_of(vm::DayStatus status);
ui::Tone tone_of(TicketState state);
// "#1042" or "Numbered when sent".
std::string ticket_number(const ViewContext& context, std::int64_t number);
vm::Word health_word(const vm::Health& health);

// The attention strip's two lines and its verb.
struct AttentionWords {
    std::string cause;
    std::string evidence;
    vm::Word action;
};
// "-38.0%" of 43 where 69 are usual.
std::string below_usual(const vm::Format& format, std::int64_t actual, std::int64_t usual);
AttentionWords words_of(const ViewContext& context, const vm::Attention& attention);

// "March 2026, May 2026 to August 2026": months in their order, those that follow each other as one.
std::string names_of_months(const ViewContext& context, std::span<const MonthIndex> months);

// Without blanks around.
std::string_view trimmed(std::string_view text);

// Warns the writer when the text holds what looks like a patient's number; draws nothing otherwise.
void identifier_warning(const ViewContext& context, std::string_view text);

// One line of the activity list.
std::string words_of(const ViewContext& context, const vm::ActivityItem& item);

// "by 2:30 PM", "Resolved Mar 4", in the tone it deserves.
struct DueWords {
    std::string words;
    ui::Tone tone = ui::Tone::neutral;
};
DueWords due_words(const ViewContext& context, const vm::TicketBrief& ticket);

}  // namespace portal::views
