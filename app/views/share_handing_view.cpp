// Handing presenting over: what it changes is said before it is done.
#include "app/ui/button.hpp"
#include "app/ui/layout.hpp"
#include "app/ui/notice.hpp"
#include "app/ui/text.hpp"
#include "app/views/share_sheet_view.hpp"

namespace portal::views {

using vm::Asking;
using vm::Word;

void handing_view(const ViewContext& context, ShareSheetState& state, const vm::SharingPart& part,
                  ShareSheetWishes& wishes) {
    ShareSheetState::Handing& handing = state.handing;
    if (handing.shown == ui::Shown::yes && part.handing == Asking::known) {
        handing.shown = ui::Shown::no;
        wishes.forget_handing = true;
    }
    const std::string title = context.say(Word::hand_over_to, {handing.name});
    if (!ui::begin_dialog("hand_over", handing.shown, {.title = title})) return;
    ui::text_wrapped(ui::TextStyle::body, context.say(Word::hand_over_body, {handing.name}));
    if (part.handing == Asking::refused || part.handing == Asking::failed) {
        ui::space_below(ui::space::medium);
        ui::note(ui::Tone::warn, part.handing == Asking::refused ? context.say(Word::share_refused, {part.refusal})
                                                                 : std::string(context.say(Word::hand_over_failed)));
    }
    ui::dialog_footer();
    const ui::ButtonOptions look{.kind = ui::ButtonKind::primary,
                                 .busy = part.handing == Asking::asking ? ui::Busy::yes : ui::Busy::no};
    if (ui::button("hand_over_now", context.say(Word::hand_over), look))
        wishes.hand_over = std::pair{handing.share, handing.user};
    ui::beside();
    if (ui::button("cancel", context.say(Word::cancel))) {
        handing.shown = ui::Shown::no;
        wishes.forget_handing = true;
    }
    ui::end_dialog();
}

}  // namespace portal::views
