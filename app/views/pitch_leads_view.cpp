#include "app/views/pitch_leads_view.hpp"

#include <algorithm>

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
constexpr float lead_field_width = 480;

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
    ui::text_field(id, value,
                   {.label = lead_say(context, label),
                    .bytes_max = lead_typed_bytes_max,
                    .width = std::min(lead_field_width, ImGui::GetContentRegionAvail().x)});
    ui::space_below(ui::space::small);
}

// What was removed, and what was looked through for anything of it.
void wipe_note(const ViewContext& context, const vm::WipeProof& proof) {
    if (proof.wiped == vm::Wiped::no) return;
    const vm::Format& format = context.format;
    const auto said = [&](PitchWord word, std::initializer_list<std::string_view> arguments) {
        return vm::say(format.language(), word, arguments);
    };
    if (proof.wiped == vm::Wiped::looking) {
        ui::note(ui::Tone::info, lead_say(context, PitchWord::lead_looking));
    } else {
        const bool is_clean = proof.wiped == vm::Wiped::clean;
        const bool has_sent = proof.wiped == vm::Wiped::sent_ones_left;
        std::string words(lead_say(context, is_clean   ? PitchWord::lead_wiped
                                            : has_sent ? PitchWord::lead_sent_ones_left
                                                       : PitchWord::lead_not_wiped));
        words += " " + said(PitchWord::lead_removed, {format.number(proof.leads), format.number(proof.files)});
        words += " " + said(PitchWord::lead_looked_at,
                            {format.number(proof.entries), format.number((proof.bytes + 500'000) / 1'000'000)});
        ui::note(is_clean ? ui::Tone::good : has_sent ? ui::Tone::info : ui::Tone::bad, words);
    }
    ui::space_below(ui::space::medium);
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
    wipe_note(context, part.proof);
    ui::text(ui::TextStyle::body, vm::say(context.format.language(), PitchWord::lead_count, {count}));
    ui::space_below(ui::space::small);
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
                   {.kind = ui::ButtonKind::danger,
                    .icon = icons::trash_2,
                    .disabled_reason =
                        part.has_anything ? std::string_view() : lead_say(context, PitchWord::lead_nothing_to_wipe)}))
        asked.wish = PitchWish::wipe;
    grid.end_cell();
    return asked;
}

}  // namespace portal::views
