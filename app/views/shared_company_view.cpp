#include "app/views/shared_company_view.hpp"

#include "app/ui/frame.hpp"
#include "app/ui/menu.hpp"
#include "app/ui/text.hpp"
#include "app/ui/text_field.hpp"
#include "generated/icons.hpp"
#include "shared/base/durations.hpp"
#include "shared/base/limits.hpp"

namespace portal::views {

using vm::Word;

namespace {

constexpr float name_popover_width = 300;
// As often as the server takes one of the same guest.
constexpr DurationMs pressed_shown_ms = 3 * second_ms;

void name_button(const ViewContext& context, SharedCompanyState& state, const vm::GuestPart& part,
                 SharedViewWishes& wishes) {
    if (ui::icon_button("name", icons::circle_user, context.say(Word::shared_name), {.kind = ui::ButtonKind::quiet}))
        ui::open_popover("name_popover");
    if (!ui::begin_popover("name_popover", context.say(Word::shared_name), name_popover_width)) return;
    const std::string hint =
        context.say(Word::shared_name_hint, {part.session ? part.session->presenter : std::string()});
    const ui::TextFieldResult typed = ui::text_field("guest_name", state.name,
                                                     {.label = context.say(Word::shared_name),
                                                      .hint = hint,
                                                      .bytes_max = limits::share_name_bytes_max,
                                                      .focus = ui::TakeFocus::no});
    if (ui::button("say_name", context.say(Word::shared_name_say), {.kind = ui::ButtonKind::primary}) ||
        typed.submitted) {
        wishes.name = state.name;
        ui::close_popover();
    }
    ui::end_popover();
}

bool reaction_button(const ViewContext& context, SharedCompanyState& state, ShareReaction reaction,
                     ui::ButtonSize size) {
    const bool is_resting = state.pressed && context.format.now_ms() - state.pressed_ms < pressed_shown_ms;
    const bool is_it = is_resting && state.pressed == reaction;
    const std::string_view words = context.say(is_it ? Word::shared_reaction_told : word_of(reaction));
    const std::string id(text_of(reaction));
    if (!ui::icon_button(
            id.c_str(), is_it ? icons::circle_check : icon_of(reaction), words,
            {.kind = ui::ButtonKind::quiet,
             .size = size,
             .disabled_reason = is_resting && !is_it ? context.say(Word::shared_reaction_told) : std::string_view()}) ||
        is_resting)
        return false;
    state.pressed = reaction;
    state.pressed_ms = context.format.now_ms();
    return true;
}

}  // namespace

std::optional<ShareReaction> reaction_buttons(const ViewContext& context, SharedCompanyState& state,
                                              ui::ButtonSize size) {
    std::optional<ShareReaction> pressed;
    for (const ShareReaction reaction : all_share_reactions) {
        if (reaction_button(context, state, reaction, size)) pressed = reaction;
        ui::beside(ui::space::tiny);
    }
    return pressed;
}

float reaction_buttons_width(ui::ButtonSize size) {
    return static_cast<float>(all_share_reactions.size()) * (ui::icon_button_width(size) + ui::space::tiny);
}

const char* icon_of(ShareReaction reaction) {
    switch (reaction) {
        case ShareReaction::agree:
            return icons::thumbs_up;
        case ShareReaction::question:
            return icons::circle_help;
        case ShareReaction::slower:
            break;
    }
    return icons::hourglass;
}

vm::Word word_of(ShareReaction reaction) {
    switch (reaction) {
        case ShareReaction::agree:
            return Word::shared_reaction_agree;
        case ShareReaction::question:
            return Word::shared_reaction_question;
        case ShareReaction::slower:
            break;
    }
    return Word::shared_reaction_slower;
}

void shared_company_bar(const ViewContext& context, SharedCompanyState& state, const vm::GuestPart& part,
                        SharedViewWishes& wishes) {
    const ui::ButtonSize size = ui::ButtonSize::normal;
    ui::top_bar_right(reaction_buttons_width(size) + ui::icon_button_width(size));
    wishes.reaction = reaction_buttons(context, state, size);
    name_button(context, state, part, wishes);
}

}  // namespace portal::views
