#include "app/views/stories_view.hpp"

#include <optional>

#include "app/ui/button.hpp"
#include "app/ui/list.hpp"
#include "app/vm/route.hpp"
#include "app/vm/vocabulary.hpp"
#include "generated/icons.hpp"

namespace portal::views {

using vm::Word;

namespace {

// Whose account shows a story, by the demo account's key.
std::optional<Role> role_of_account(std::string_view account) {
    struct Account {
        std::string_view key;
        Role role;
    };
    constexpr Account accounts[] = {{"front_desk", Role::practice_user},
                                    {"practice_owner", Role::practice_admin},
                                    {"account_manager", Role::account_manager},
                                    {"support_agent", Role::support_agent},
                                    {"vendor_engineer", Role::vendor_user},
                                    {"admin", Role::admin},
                                    {"auditor", Role::auditor},
                                    {"quality_analyst", Role::quality_analyst}};
    for (const Account& one : accounts)
        if (one.key == account) return one.role;
    return std::nullopt;
}

}  // namespace

void stories_card(const ViewContext& context, ui::Grid& grid, const vm::OverviewPart& part) {
    if (part.stories.empty() || context.preferences.stories_dismissed) return;
    grid.begin_card("stories", {.phone = 12},
                    {.title = context.say(Word::stories_title), .subtitle = context.say(Word::stories_sentence)});
    ui::begin_list("stories", context.say(Word::stories_title));
    for (const vm::StoryItem& story : part.stories) {
        const auto word = static_cast<Word>(static_cast<int>(Word::story_1) + story.number - 1);
        const std::string id = "story" + std::to_string(story.number);
        const std::string number = context.format.number(story.number);
        const std::optional<Role> role = role_of_account(story.role_account);
        const std::string_view account = role ? context.say(vm::word_of(*role)) : std::string_view(story.role_account);
        const std::string who =
            story.here ? std::string() : context.say(Word::stories_other_account, {std::string(account)});
        if (ui::list_row(id.c_str(),
                         {.title = context.say(word), .trailing = who, .icon = icons::play, .href = story.route})) {
            // Another account's story begins at the sign-in page, which offers that account and comes back here.
            if (const auto query = vm::parse_route(story.route); story.here && query)
                context.show(*query);
            else
                context.page.leave_to = vm::sign_in_route(role ? text_of(*role) : "", story.route);
        }
    }
    ui::end_list();
    ui::space_below(ui::space::small);
    if (ui::button("dismiss", context.say(Word::stories_dismiss), {.kind = ui::ButtonKind::quiet}))
        context.preferences.stories_dismissed = true;
    grid.end_cell();
}

}  // namespace portal::views
