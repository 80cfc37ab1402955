#include "app/views/redaction_view.hpp"

#include <array>
#include <vector>

#include "app/ui/badge.hpp"
#include "app/ui/layout.hpp"
#include "app/ui/text.hpp"
#include "app/views/shared_view.hpp"
#include "app/views/wording.hpp"
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
    std::array<std::string, exposures> figures, plans, integrations;
    std::array<std::vector<MonthIndex>, exposures> months;
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
            return parts.months[at].push_back(line.month);
        case RedactionKind::plan:
            return append_name(parts.plans[at], line.name.empty() ? context.say(Word::plan_standard_terms)
                                                                  : std::string_view(line.name));
        case RedactionKind::integration:
            return append_name(parts.integrations[at], line.name);
        case RedactionKind::view:
            return;
    }
}

// A line for each kind of what is told in one of the ways.
std::vector<std::string> lines_of_exposed(const ViewContext& context, const ExposedParts& parts, std::size_t at) {
    std::vector<std::string> lines;
    if (!parts.figures[at].empty()) lines.push_back(parts.figures[at]);
    const auto append_list = [&](Word word, const std::string& names) {
        if (!names.empty()) lines.push_back(context.say(word, {names}));
    };
    append_list(Word::share_months, names_of_months(context, parts.months[at]));
    append_list(Word::share_plans_named, parts.plans[at]);
    append_list(Word::share_integrations_named, parts.integrations[at]);
    return lines;
}

// The word at the left, what it is said of at the right.
void draw_told(const ViewContext& context, const ExposureLook& look, const std::vector<std::string>& lines) {
    ui::Columns columns({exposure_width, -1}, ui::space::small);
    columns.next();
    ui::badge(context.say(look.word), look.tone, look.icon);
    columns.next();
    for (const std::string& line : lines)
        ui::text_wrapped(ui::TextStyle::body, line);
}

void draw_exposed(const ViewContext& context, std::string_view practice, ShareView view, const ExposedParts& parts) {
    ui::heading(3, ui::TextStyle::body_strong,
                std::string(practice) + ": " + std::string(context.say(word_of_share_view(view))));
    for (std::size_t at = 0; at < exposures; ++at) {
        const std::vector<std::string> lines = lines_of_exposed(context, parts, at);
        if (!lines.empty()) draw_told(context, exposure_looks[at], lines);
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
    draw_told(context, exposure_looks.back(), {never});
}

}  // namespace portal::views
