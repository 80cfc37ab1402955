#include "app/views/overview_view.hpp"

#include "app/ui/button.hpp"
#include "app/ui/layout.hpp"
#include "app/ui/notice.hpp"
#include "app/views/book_view.hpp"
#include "app/views/overview_cards.hpp"
#include "app/views/stories_view.hpp"
#include "app/views/wording.hpp"

namespace portal::views {

using vm::Word;

namespace {

// More strips than this would bury the figures; the rest is one line.
constexpr std::size_t strips_max = 3;

void verdict(const ViewContext& context, const vm::OverviewPart& part) {
    const std::int64_t count = static_cast<std::int64_t>(part.attention.size());
    const std::string words = count == 0   ? std::string(context.say(Word::verdict_all_well))
                              : count == 1 ? std::string(context.say(Word::verdict_one_thing))
                                           : context.say(Word::verdict_needs_you, {context.format.number(count)});
    ui::heading(1, ui::TextStyle::title, words);
    ui::space_below(ui::space::medium);
}

void strips(const ViewContext& context, const vm::OverviewPart& part) {
    if (part.attention.empty()) {
        // An agent's queue says it all; the sentence speaks of checks and deposits.
        if (context.snapshot.session->home == vm::Home::agent) return;
        ui::all_well(context.say(Word::all_well_line));
        ui::space_below(ui::space::large);
        return;
    }
    for (std::size_t index = 0; index < part.attention.size() && index < strips_max; ++index) {
        const vm::Attention& attention = part.attention[index];
        const AttentionWords words = words_of(context, attention);
        const std::string id = "attention" + std::to_string(index);
        if (ui::banner(id.c_str(), {.tone = tone_of(attention.tone),
                                    .cause = words.cause,
                                    .evidence = words.evidence,
                                    .action_label = context.say(words.action)}) == ui::BannerEvent::acted)
            context.show(attention.action);
        ui::space_below(ui::space::medium);
    }
    if (part.attention.size() > strips_max) {
        const std::string more =
            context.say(Word::attention_more,
                        {context.format.number(static_cast<std::int64_t>(part.attention.size() - strips_max))});
        if (ui::link("more_attention", more, "/integrations?filter=attention"))
            context.show(vm::IntegrationsQuery{.filter = vm::IntegrationFilter::needs_attention});
        ui::space_below(ui::space::medium);
    }
}

void practice_home(const ViewContext& context, OverviewState& state, const vm::OverviewPart& part) {
    ui::Grid grid("home");
    const bool has_net = part.net.has_value();
    const ui::Span third{.phone = 12, .tablet = 6, .desktop = has_net ? 4 : 6};
    health_card(context, grid, part, third);
    if (has_net) net_card(context, grid, part, third);
    tickets_card(context, grid, part, third);
    if (has_net) monthly_card(context, grid, state, part);
    whos_on_it_card(context, grid, part, has_net);
    activity_card(context, grid, part);
    if (!part.deposits.empty()) deposits_card(context, grid, state, part);
    stories_card(context, grid, part);
}

void manager_home(const ViewContext& context, OverviewState& state, const vm::OverviewPart& part) {
    ui::Grid grid("home");
    book_card(context, grid, state, part);
    if (part.net) monthly_card(context, grid, state, part);
    whos_on_it_card(context, grid, part, part.net.has_value());
    activity_card(context, grid, part);
    prospects_card(context, grid, part);
    stories_card(context, grid, part);
}

void agent_home(const ViewContext& context, const vm::OverviewPart& part) {
    ui::Grid grid("home");
    queue_card(context, grid, part);
    activity_card(context, grid, part);
    stories_card(context, grid, part);
}

void engineer_home(const ViewContext& context, const vm::OverviewPart& part) {
    ui::Grid grid("home");
    const ui::Span half{.phone = 12, .desktop = 6};
    health_card(context, grid, part, half);
    tickets_card(context, grid, part, half);
    whos_on_it_card(context, grid, part, false);
    activity_card(context, grid, part);
    stories_card(context, grid, part);
}

void admin_home(const ViewContext& context, const vm::OverviewPart& part) {
    ui::Grid grid("home");
    grid.begin_card("admin", {.phone = 12}, {.title = context.say(Word::admin_home_title)});
    ui::text_wrapped(ui::TextStyle::body, context.say(Word::admin_home_body));
    grid.end_cell();
    stories_card(context, grid, part);
}

}  // namespace

void overview_view(const ViewContext& context, OverviewState& state, const vm::OverviewQuery& query) {
    const auto& part = context.snapshot.overview;
    if (!part) {
        ui::heading(1, ui::TextStyle::title, context.say(Word::verdict_loading));
        ui::space_below(ui::space::large);
        ui::skeleton_box("strip_wait", ImGui::GetContentRegionAvail().x, ui::size::banner_height);
        ui::space_below(ui::space::large);
        ui::skeleton_lines("cards_wait", 6);
        return;
    }
    const vm::Home home = context.snapshot.session->home;
    if (home != vm::Home::admin) {
        verdict(context, *part);
        strips(context, *part);
        waiting_leads_note(context, state.waiting_leads);
    }
    switch (home) {
        case vm::Home::practice:
            practice_home(context, state, *part);
            break;
        case vm::Home::account_manager:
        case vm::Home::auditor:
            manager_home(context, state, *part);
            break;
        case vm::Home::agent:
            agent_home(context, *part);
            break;
        case vm::Home::vendor:
        case vm::Home::engineer:
            engineer_home(context, *part);
            break;
        case vm::Home::admin:
            admin_home(context, *part);
            break;
    }
    overview_passport(context, *part, query);
}

}  // namespace portal::views
