#include "app/views/choose_role_view.hpp"

#include "app/ui/layout.hpp"
#include "app/ui/list.hpp"
#include "app/vm/route.hpp"
#include "app/vm/vocabulary.hpp"
#include "generated/icons.hpp"

namespace portal::views {

using vm::Word;

std::optional<std::string> choose_role_view(const ViewContext& context, std::span<const RoleChoice> choices) {
    std::optional<std::string> chosen;
    ui::heading(1, ui::TextStyle::title, context.say(Word::demo_choose_title));
    ui::text_wrapped(ui::TextStyle::body, context.say(Word::demo_choose_body), ui::Color::text_muted);
    ui::space_below(ui::space::large);
    ui::Grid grid("roles");
    grid.begin_card("roles", {.phone = 12, .tablet = 12, .desktop = 8});
    ui::begin_list("roles", context.say(Word::demo_choose_title));
    for (const RoleChoice& choice : choices) {
        const std::string id(choice.account);
        if (ui::list_row(id.c_str(), {.title = context.say(vm::word_of(choice.role)),
                                      .detail = choice.sees,
                                      .trailing = choice.name,
                                      .icon = icons::user}))
            chosen = id;
    }
    ui::end_list();
    grid.end_cell();
    return chosen;
}

}  // namespace portal::views
