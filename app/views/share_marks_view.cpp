#include "app/views/share_marks_view.hpp"

namespace portal::views {

using vm::Word;

std::vector<ui::LandmarkMark> share_marks(const ViewContext& context, std::span<const RedactionLine> lines) {
    std::vector<ui::LandmarkMark> marks;
    std::string months;
    std::int64_t plans = 0;
    for (const RedactionLine& line : lines) {
        const bool is_hidden = line.exposure == ShareExposure::hidden;
        if (line.exposure == ShareExposure::visible) continue;
        if (line.kind == RedactionKind::figure)
            marks.push_back({"figure." + std::string(figure_texts[static_cast<std::size_t>(line.figure)]),
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

}  // namespace portal::views
