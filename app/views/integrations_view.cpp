#include "app/views/integrations_view.hpp"

#include <array>

#include "app/ui/button.hpp"
#include "app/ui/choice.hpp"
#include "app/ui/layout.hpp"
#include "app/ui/list.hpp"
#include "app/ui/notice.hpp"
#include "app/ui/split.hpp"
#include "app/views/integration_view.hpp"
#include "app/views/wording.hpp"
#include "app/vm/route.hpp"
#include "app/vm/vocabulary.hpp"
#include "generated/icons.hpp"

namespace portal::views {

using vm::Word;

namespace {

constexpr float list_width = 360;
// One integration and no filter: there is nothing to choose from.
constexpr std::int64_t filterable_from = 4;

constexpr std::array<Word, 5> filter_words = {Word::filter_all, Word::filter_attention, Word::filter_blocked,
                                              Word::filter_going_live, Word::filter_quiet};

// Us-or-them in one sentence.
std::string verdict(const ViewContext& context, const vm::IntegrationsPart& part) {
    const std::int64_t attention =
        part.count_by_filter[static_cast<std::size_t>(vm::IntegrationFilter::needs_attention)];
    if (attention > 0) return context.say(Word::integrations_yours, {context.format.number(attention)});
    if (part.total == 1) return std::string(context.say(Word::integrations_one_well));
    return context.say(Word::integrations_all_well, {context.format.number(part.total)});
}

void list_head(const ViewContext& context, IntegrationsState& state, const vm::IntegrationsPart& part,
               const vm::IntegrationsQuery& query) {
    ui::heading(1, ui::TextStyle::title, context.say(Word::integrations_title));
    ui::text_wrapped(ui::TextStyle::body, verdict(context, part), ui::Color::text_muted);
    ui::space_below(ui::space::medium);
    if (part.total < filterable_from) return;
    vm::IntegrationsQuery next = query;
    if (search_field(context, state.search, Word::integrations_search, next.search)) context.show(next);
    ui::space_below(ui::space::small);
    for (std::size_t index = 0; index < filter_words.size(); ++index) {
        const std::int64_t count = part.count_by_filter[index];
        if (count == 0 && index > 1) continue;
        const std::string label = std::string(context.say(filter_words[index])) + " " + context.format.number(count);
        bool on = query.filter == static_cast<vm::IntegrationFilter>(index);
        const std::string id = "filter" + std::to_string(index);
        if (ui::filter_chip(id.c_str(), label, on)) {
            next.filter = on ? static_cast<vm::IntegrationFilter>(index) : vm::IntegrationFilter::all;
            context.show(next);
        }
        if (index + 1 < filter_words.size())
            ui::flow(ui::button_width(context.say(filter_words[index + 1]), {.size = ui::ButtonSize::small}));
    }
    ui::space_below(ui::space::medium);
}

std::string last_check(const ViewContext& context, const vm::Health& health) {
    if (!health.last_check_day) return std::string(context.say(Word::integration_never_checked));
    return context.say(Word::integration_last_check, {context.format.day_short(*health.last_check_day)});
}

void integration_row(const ViewContext& context, const vm::IntegrationBrief& row, const vm::IntegrationsQuery& query) {
    const std::string stage(context.say(vm::word_of(row.stage)));
    const std::string score = row.health.figure.value ? context.format.number(*row.health.figure.value) : "-";
    const std::string checked = last_check(context, row.health);
    const std::string detail = row.blocked ? context.say(Word::integration_blocked_since, {row.blocked_reason})
                                           : row.practice_name + ", " + stage;
    const ui::Tone tone = tone_of(row.health.tone);
    vm::IntegrationsQuery target = query;
    target.selected = row.id;
    target.day.reset();
    const std::string href = vm::route_of(target);
    const ui::ListRow look{
        .title = row.name,
        .detail = detail,
        .trailing = score,
        .trailing_tone = tone,
        .note = checked,
        .icon = row.blocked ? icons::circle_pause : ui::tone_icon(tone),
        .icon_tone = row.blocked ? ui::Tone::warn : tone,
        .icon_words = context.say(health_word(row.health)),
        .href = href,
        .selected = row.id == query.selected ? ui::ListRow::Selected::yes : ui::ListRow::Selected::no};
    if (ui::list_row(row.id.c_str(), look)) context.show(std::move(target));
}

void integration_list(const ViewContext& context, IntegrationsState& state, const vm::IntegrationsPart& part,
                      const vm::IntegrationsQuery& query) {
    list_head(context, state, part, query);
    if (part.rows.empty()) {
        const Word word = part.total == 0 ? Word::integrations_none : Word::integrations_empty;
        const std::string_view verb = part.total == 0 ? std::string_view() : context.say(Word::show_all);
        if (ui::empty_state("none", icons::plug, context.say(word), verb)) {
            context.show(vm::IntegrationsQuery{});
        }
        return;
    }
    ui::begin_list("rows", context.say(Word::integrations_title));
    ui::visible_rows(part.rows.size(), [&](std::size_t index) { integration_row(context, part.rows[index], query); });
    ui::end_list();
}

}  // namespace

void integrations_view(const ViewContext& context, IntegrationsState& state, const vm::IntegrationsQuery& query,
                       ui::Frame& frame) {
    ui::Split split("integrations", frame, query.selected.empty() ? ui::SplitNarrow::list : ui::SplitNarrow::detail,
                    list_width);
    const auto& part = context.snapshot.integrations;
    if (split.begin_list()) {
        if (part)
            integration_list(context, state, *part, query);
        else
            ui::skeleton_lines("integrations_wait", 8);
        split.end_list();
    }
    if (!split.begin_detail(query.selected.empty() ? "none" : query.selected.c_str())) return;
    if (split.is_narrow() &&
        ui::button("back", context.say(Word::back), {.kind = ui::ButtonKind::quiet, .icon = icons::arrow_left})) {
        vm::IntegrationsQuery list = query;
        list.selected.clear();
        context.show(std::move(list));
    }
    if (!part || part->query.selected != query.selected)
        ui::skeleton_lines("integration_wait", 6);
    else if (part->detail)
        integration_view(context, state, *part->detail, query);
    else
        ui::empty_state("choose", icons::plug, context.say(Word::integration_choose));
    split.end_detail();
}

}  // namespace portal::views
