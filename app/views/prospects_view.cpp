#include "app/views/prospects_view.hpp"

#include "app/ui/list.hpp"
#include "app/ui/text.hpp"
#include "app/views/export_menu.hpp"
#include "generated/icons.hpp"

namespace portal::views {

using vm::Word;

void waiting_leads_note(const ViewContext& context, WaitingLeadsState& state) {
    if (state.leads.empty() || state.is_put_off) return;
    const std::string title =
        context.say(Word::leads_wait, {context.format.number(static_cast<std::int64_t>(state.leads.size()))});
    {
        const ui::Card card("waiting_leads", {.title = title});
        ui::text_wrapped(ui::TextStyle::body, context.say(Word::leads_wait_sentence), ui::Color::text_muted);
        ui::space_below(ui::space::medium);
        if (ui::button("send", context.say(Word::leads_send), {.kind = ui::ButtonKind::primary}))
            for (const vm::Lead& lead : state.leads)
                context.intents.emit(vm::SendLead{lead});
        ui::beside();
        if (ui::button("look", context.say(Word::leads_look))) state.is_open = !state.is_open;
        ui::beside();
        if (ui::button("later", context.say(Word::leads_not_now), {.kind = ui::ButtonKind::quiet}))
            state.is_put_off = true;
        if (state.is_open) {
            ui::begin_list("leads", title);
            for (const vm::Lead& lead : state.leads)
                ui::list_row(lead.id.c_str(), {.title = lead.practice, .detail = lead.email, .note = lead.note});
            ui::end_list();
        }
    }
    ui::space_below(ui::space::large);
}

void prospects_card(const ViewContext& context, ui::Grid& grid, const vm::OverviewPart& part) {
    if (part.prospects.empty()) return;
    grid.begin_card("prospects", {.phone = 12}, {.title = context.say(Word::leads_title)});
    ui::begin_list("prospects", context.say(Word::leads_title));
    ui::visible_rows(part.prospects.size(), [&](std::size_t index) {
        // The newest first.
        const vm::ProspectLine& line = part.prospects[part.prospects.size() - 1 - index];
        const std::string when =
            line.pending ? std::string(context.say(Word::message_pending)) : context.format.relative(line.sent_ms);
        ui::list_row(line.id.c_str(),
                     {.title = line.name, .detail = line.contact, .trailing = when, .note = line.note});
    });
    ui::end_list();
    ui::space_below(ui::space::medium);
    export_menu(context, vm::Export::prospects, vm::OverviewQuery{}, {.size = ui::ButtonSize::small});
    grid.end_cell();
}

}  // namespace portal::views
