#include "shared/tenant/generator.hpp"

#include "shared/tenant/parts.hpp"

namespace portal::tenant {
namespace {

std::string parameters(std::initializer_list<std::pair<std::string_view, std::string>> pairs) {
    std::string text;
    for (const auto& [name, value] : pairs)
        text.append(text.empty() ? "?" : "&").append(name).append("=").append(value);
    return text;
}

Story financing_story(const Blueprint& blueprint, int number, Plot plot, Day from) {
    Story story;
    story.number = number;
    story.account = "account_manager";
    story.practice = blueprint.practice_of(plot).row.id;
    story.day = blueprint.last_day;
    story.route = "/financing" + parameters({{"from", iso_day(from)},
                                             {"until", iso_day(blueprint.last_day)},
                                             {"grain", "month"},
                                             {"practice", story.practice}});
    return story;
}

Story integration_story(const Blueprint& blueprint, int number, std::string_view account, Plot plot, Day day) {
    const PracticePlan& practice = blueprint.practice_of(plot);
    Story story;
    story.number = number;
    story.account = account;
    story.practice = practice.row.id;
    story.subject = blueprint.integrations[practice.integrations.front()].row.id;
    story.day = day;
    story.route = "/integrations/" + story.subject;
    return story;
}

Story clash_story(const Blueprint& blueprint) {
    Story story;
    story.number = 8;
    story.account = "front_desk";
    story.practice = blueprint.practice_of(Plot::ledger_breaks).row.id;
    story.subject = clash_ticket(blueprint.options);
    story.day = blueprint.last_day;
    story.route = "/tickets/" + story.subject;
    return story;
}

template <class Rows>
void tell_rows(const Rows& rows, TenantSink& sink) {
    for (const auto& row : rows) {
        if constexpr (requires { row.row; })
            sink.on_row(to_row(row.row));
        else
            sink.on_row(to_row(row));
    }
}

}  // namespace

void generate(const DemoOptions& options, TenantSink& sink) {
    const Blueprint blueprint = make_blueprint(options);
    tell_rows(blueprint.vendors, sink);
    tell_rows(blueprint.plans, sink);
    tell_rows(blueprint.calendars, sink);
    tell_rows(blueprint.practices, sink);
    tell_rows(blueprint.locations, sink);
    tell_rows(blueprint.users, sink);
    tell_rows(blueprint.grants, sink);
    tell_rows(blueprint.integrations, sink);
    tell_checks(blueprint, sink);
    if (!sink.wants_more()) return;
    tell_incidents(blueprint, sink);
    const TrafficScale scale = traffic_scale(blueprint);
    tell_targets(blueprint, scale, sink);
    for (std::size_t index = 0; index < blueprint.locations.size(); ++index) {
        if (!sink.wants_more()) return;
        if (!sink.wants_facts_of(blueprint.practices[blueprint.locations[index].practice].row.id)) continue;
        tell_financing(blueprint, scale, index, sink);
    }
    tell_tickets(blueprint, sink);
    tell_actions(blueprint, sink);
}

std::vector<Story> stories(const DemoOptions& options) {
    const Blueprint blueprint = make_blueprint(options);
    const MonthIndex month = blueprint.this_month;
    std::vector<Story> all;
    all.push_back(integration_story(blueprint, 1, "front_desk", Plot::ledger_breaks, ledger_break_day(blueprint)));
    all.push_back(integration_story(
        blueprint, 2, "account_manager", Plot::early_go_live,
        blueprint.integrations[blueprint.practice_of(Plot::early_go_live).integrations.front()].row.stage_since));
    all.push_back(financing_story(blueprint, 3, Plot::low_pull_through, first_day_of_month(month - 12)));
    all.push_back(financing_story(blueprint, 4, Plot::mix_shift, first_day_of_month(month - 12)));
    all.push_back(clash_story(blueprint));
    all.push_back(financing_story(blueprint, 9, Plot::seasonal_dip, first_day_of_month(month - 23)));
    for (auto& story : all) {
        story.title_key = "story_" + std::to_string(story.number);
        for (const PracticePlan& practice : blueprint.practices)
            if (practice.row.id == story.practice) story.specialty = practice.row.specialty;
    }
    return all;
}

}  // namespace portal::tenant
