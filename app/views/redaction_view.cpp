#include "app/views/redaction_view.hpp"

#include <array>

#include "app/ui/badge.hpp"
#include "app/ui/layout.hpp"
#include "app/ui/text.hpp"
#include "app/views/shared_view.hpp"
#include "app/vm/vocabulary.hpp"
#include "generated/icons.hpp"

namespace portal::views {

using vm::Word;

namespace {

constexpr float exposure_width = 120;
constexpr std::size_t exposures = 3;  // In the order of ShareExposure.

struct ExposureLook {
    Word word;
    ui::Tone tone;
    const char* icon;
};
constexpr std::array<ExposureLook, exposures> exposure_looks = {
    {{Word::share_visible, ui::Tone::good, icons::eye},
     {Word::share_rounded, ui::Tone::warn, icons::info},
     {Word::share_hidden, ui::Tone::neutral, icons::eye_off}}};

// Of one view of one practice: what is told in each of the three ways.
struct ExposedParts {
    std::array<std::string, exposures> figures, months;
    std::array<std::int64_t, exposures> plans{}, integrations{};
};

void append_name(std::string& names, std::string_view name) {
    if (!names.empty()) names += ", ";
    names += name;
}

void add_line(const ViewContext& context, ExposedParts& parts, const RedactionLine& line) {
    const auto at = static_cast<std::size_t>(line.exposure);
    switch (line.kind) {
        case RedactionKind::figure:
            return append_name(parts.figures[at], context.say(vm::word_of(line.figure)));
        case RedactionKind::month:
            return append_name(parts.months[at], context.format.month_short(line.month));
        case RedactionKind::plan:
            ++parts.plans[at];
            return;
        case RedactionKind::integration:
            ++parts.integrations[at];
            return;
        case RedactionKind::view:
            return;
    }
}

std::string words_of_exposed(const ViewContext& context, const ExposedParts& parts, std::size_t at) {
    std::string words = parts.figures[at];
    if (!parts.months[at].empty()) append_name(words, context.say(Word::share_months, {parts.months[at]}));
    if (parts.plans[at] > 0)
        append_name(words, context.say(Word::share_plans, {context.format.number(parts.plans[at])}));
    if (parts.integrations[at] > 0)
        append_name(words, context.say(Word::share_integrations, {context.format.number(parts.integrations[at])}));
    return words;
}

// The word at the left, what it is said of at the right.
void draw_told(const ViewContext& context, const ExposureLook& look, std::string_view words) {
    ui::Columns columns({exposure_width, -1}, ui::space::small);
    columns.next();
    ui::badge(context.say(look.word), look.tone, look.icon);
    columns.next();
    ui::text_wrapped(ui::TextStyle::body, words);
}

void draw_exposed(const ViewContext& context, std::string_view practice, ShareView view, const ExposedParts& parts) {
    ui::heading(3, ui::TextStyle::body_strong,
                std::string(practice) + ": " + std::string(context.say(word_of_share_view(view))));
    for (std::size_t at = 0; at < exposures; ++at) {
        const std::string words = words_of_exposed(context, parts, at);
        if (words.empty()) continue;
        const ExposureLook& look = exposure_looks[at];
        draw_told(context, look, words);
    }
    ui::space_below(ui::space::medium);
}

std::string_view practice_name(const ViewContext& context, const Id& practice) {
    for (const vm::PlaceChoice& known : context.snapshot.session->practices)
        if (known.id == practice) return known.name;
    return practice;
}

}  // namespace

void redaction_view(const ViewContext& context, std::span<const RedactionLine> lines) {
    std::string unshared;
    for (std::size_t first = 0; first < lines.size();) {
        const RedactionLine& head = lines[first];
        if (head.kind == RedactionKind::view) {
            append_name(unshared, context.say(word_of_share_view(head.view)));
            ++first;
            continue;
        }
        ExposedParts parts;
        std::size_t end = first;
        for (; end < lines.size() && lines[end].practice == head.practice && lines[end].view == head.view; ++end)
            add_line(context, parts, lines[end]);
        draw_exposed(context, practice_name(context, head.practice), head.view, parts);
        first = end;
    }
    const std::string never =
        unshared.empty() ? std::string(context.say(Word::share_never)) : context.say(Word::share_never_and, {unshared});
    draw_told(context, exposure_looks.back(), never);
}

}  // namespace portal::views
