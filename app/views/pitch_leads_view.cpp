#include "app/views/pitch_leads_view.hpp"

#include "app/ui/button.hpp"
#include "app/ui/notice.hpp"
#include "app/ui/text_field.hpp"
#include "app/vm/pitch_words.hpp"
#include "generated/icons.hpp"

namespace portal::views {

using vm::PitchAsked;
using vm::PitchWish;
using vm::PitchWord;

namespace {

constexpr std::size_t lead_typed_bytes_max = 200;

std::string_view lead_say(const ViewContext& context, PitchWord word) {
    return vm::say(context.format.language(), word);
}

std::string_view problem_words(const ViewContext& context, vm::LeadProblem problem) {
    switch (problem) {
        case vm::LeadProblem::no_practice:
            return lead_say(context, PitchWord::lead_no_practice);
        case vm::LeadProblem::wrong_email:
            return lead_say(context, PitchWord::lead_wrong_email);
        case vm::LeadProblem::identifier:
            return lead_say(context, PitchWord::lead_identifier);
        case vm::LeadProblem::too_many:
            return lead_say(context, PitchWord::lead_too_many);
        case vm::LeadProblem::not_kept:
            return lead_say(context, PitchWord::pitch_texts_not_kept);
        case vm::LeadProblem::none:
            break;
    }
    return {};
}

void lead_field(const ViewContext& context, const char* id, PitchWord label, std::string& value) {
    ui::text_field(id, value, {.label = lead_say(context, label), .bytes_max = lead_typed_bytes_max});
    ui::space_below(ui::space::small);
}

}  // namespace

PitchAsked pitch_leads_card(const ViewContext& context, LeadsState& state, const vm::LeadsPart& part, ui::Grid& grid) {
    PitchAsked asked;
    const std::string count = context.format.number(static_cast<std::int64_t>(part.leads.size()));
    grid.begin_card("leads", {.phone = 12}, {.title = lead_say(context, PitchWord::lead_title)});
    ui::text_wrapped(ui::TextStyle::body, lead_say(context, PitchWord::lead_sentence), ui::Color::text_muted);
    ui::space_below(ui::space::medium);
    lead_field(context, "practice", PitchWord::lead_practice, state.typed.practice);
    lead_field(context, "name", PitchWord::lead_name, state.typed.name);
    lead_field(context, "email", PitchWord::lead_email, state.typed.email);
    lead_field(context, "note", PitchWord::lead_note, state.typed.note);
    if (part.problem != vm::LeadProblem::none) {
        ui::note(ui::Tone::warn, problem_words(context, part.problem));
        ui::space_below(ui::space::medium);
    }
    if (part.wiped != vm::Wiped::no) {
        const bool clean = part.wiped == vm::Wiped::clean;
        ui::note(clean ? ui::Tone::good : ui::Tone::bad,
                 lead_say(context, clean ? PitchWord::lead_wiped : PitchWord::lead_not_wiped));
        ui::space_below(ui::space::medium);
    }
    if (ui::button("keep", lead_say(context, PitchWord::lead_keep), {.icon = icons::plus}))
        asked.wish = PitchWish::keep_lead;
    ui::flow(ui::button_width(lead_say(context, PitchWord::lead_take)));
    if (ui::button(
            "take", lead_say(context, PitchWord::lead_take),
            {.icon = icons::download,
             .disabled_reason = part.leads.empty() ? lead_say(context, PitchWord::lead_none) : std::string_view()}))
        asked.wish = PitchWish::take_leads;
    ui::flow(ui::button_width(lead_say(context, PitchWord::lead_wipe)));
    if (ui::button("wipe", lead_say(context, PitchWord::lead_wipe),
                   {.kind = ui::ButtonKind::danger, .icon = icons::trash_2}))
        asked.wish = PitchWish::wipe;
    ui::space_below(ui::space::small);
    ui::text(ui::TextStyle::body, vm::say(context.format.language(), PitchWord::lead_count, {count}));
    grid.end_cell();
    return asked;
}

}  // namespace portal::views
