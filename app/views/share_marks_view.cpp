#include "app/views/share_marks_view.hpp"

#include <algorithm>
#include <map>

#include "app/views/share_list_view.hpp"

namespace portal::views {

using vm::Word;

namespace {

std::string place_of_figure(FigureId figure) {
    return "figure." + std::string(figure_texts[static_cast<std::size_t>(figure)]);
}

std::vector<ui::LandmarkMark> marks_of_one(const ViewContext& context, std::span<const RedactionLine> lines) {
    std::vector<ui::LandmarkMark> marks;
    std::string months;
    std::int64_t plans = 0;
    for (const RedactionLine& line : lines) {
        const bool is_hidden = line.exposure == ShareExposure::hidden;
        if (line.exposure == ShareExposure::visible) continue;
        if (line.kind == RedactionKind::figure)
            marks.push_back({place_of_figure(line.figure),
                             std::string(context.say(is_hidden ? Word::share_mark_hidden : Word::share_mark_rounded))});
        if (line.kind == RedactionKind::month && is_hidden)
            months += (months.empty() ? "" : ", ") + context.format.month_short(line.month);
        if (line.kind == RedactionKind::plan && is_hidden) ++plans;
    }
    if (!months.empty()) marks.push_back({"months", context.say(Word::share_mark_some, {months})});
    if (plans > 0)
        marks.push_back({"plans", context.say(Word::share_mark_some,
                                              {context.say(Word::share_plans, {context.format.number(plans)})})});
    return marks;
}

// Of whom a place is seen otherwise; a hidden one outweighs rounded ones.
struct MarkedPractices {
    std::vector<Id> hidden, rounded;
};

// The screen adds up what guests see one by one.
std::vector<ui::LandmarkMark> marks_of_several(const ViewContext& context, std::span<const RedactionLine> lines) {
    std::map<std::string, MarkedPractices> places;
    for (const RedactionLine& line : lines) {
        const bool is_hidden = line.exposure == ShareExposure::hidden, is_figure = line.kind == RedactionKind::figure;
        if (line.exposure == ShareExposure::visible || line.kind == RedactionKind::view) continue;
        if (!is_figure && !is_hidden) continue;
        const bool is_month = line.kind == RedactionKind::month;
        MarkedPractices& marked = places[is_figure ? place_of_figure(line.figure) : is_month ? "months" : "plans"];
        std::vector<Id>& practices = is_hidden ? marked.hidden : marked.rounded;
        if (practices.empty() || practices.back() != line.practice) practices.push_back(line.practice);
    }
    std::vector<ui::LandmarkMark> marks;
    for (const auto& [place, marked] : places) {
        const Word word = !place.starts_with("figure.") ? Word::share_mark_some_of
                          : marked.hidden.empty()       ? Word::share_mark_rounded_of
                                                        : Word::share_mark_hidden_of;
        const std::vector<Id>& practices = marked.hidden.empty() ? marked.rounded : marked.hidden;
        marks.push_back({place, context.say(word, {names_of_practices(context, practices)})});
    }
    return marks;
}

}  // namespace

std::vector<ui::LandmarkMark> share_marks(const ViewContext& context, std::span<const RedactionLine> lines) {
    const auto is_told = [&](std::size_t figure) {
        return std::ranges::any_of(lines, [&](const RedactionLine& line) {
            return line.kind == RedactionKind::figure && static_cast<std::size_t>(line.figure) == figure;
        });
    };
    const bool is_of_one = std::ranges::all_of(lines, [&](const RedactionLine& line) {
        return line.practice.empty() || line.practice == lines.front().practice;
    });
    auto marks = is_of_one ? marks_of_one(context, lines) : marks_of_several(context, lines);
    // Figures that are in nobody's dataset, once any is known.
    for (std::size_t figure = 0; figure < figure_texts.size() && !lines.empty(); ++figure)
        if (!is_told(figure))
            marks.push_back(
                {place_of_figure(static_cast<FigureId>(figure)), std::string(context.say(Word::share_mark_never))});
    return marks;
}

}  // namespace portal::views
