// Sharing as the shell has it: the presenter's questions to the server, the sheet, and the bar while something is
// shared or followed.
//
//   presents --hands over--> follows --takes back, or is handed it--> presents
//
// Who hands presenting over follows from then on; what is presented by oneself is not gone along with.
//
// Thread: the UI thread.
#pragma once

#include <memory>

#include "app/follow/presenter.hpp"
#include "app/follow/recorder.hpp"
#include "app/follow/show_teller.hpp"
#include "app/platform/window.hpp"
#include "app/shell/following.hpp"
#include "app/store/executor.hpp"
#include "app/views/share_recording_view.hpp"

namespace portal::shell {

class Sharing {
  public:
    // Without a transport there is no server to share from: may_share() is false.
    Sharing(platform::Window& window, std::unique_ptr<platform::Transport> transport, const Clock& clock,
            RandomSource& random);
    ~Sharing();

    bool may_share(const views::ViewContext& context) const;
    void open(const views::ViewContext& context, const vm::Query& query);
    bool presents(const views::ViewContext& context) const;
    // Something is presented, live or paused, or followed.
    bool has_bar(const views::ViewContext& context) const { return presents(context) || follows(); }
    void draw_bar(const views::ViewContext& context);

    // The screen to go along to with whoever is followed; nothing where there is nothing new.
    std::optional<vm::Query> wanted(const views::ViewContext& context, const std::optional<vm::Query>& now);
    std::optional<vm::Scope> wanted_scope();
    // The user chooses a screen or a place for themselves.
    void go_own_way();
    // Where the presenter has scrolled and points to: in the content.
    void draw_place();
    // What the presenter looks at, to their guests; nothing: a place that has no address.
    // `content_top` is the height below which the screen scrolls.
    void show(const views::ViewContext& context, const vm::Query* query, float content_top);
    // The sheet. Asks for the links there are once it is known that they may be asked for.
    void draw(const views::ViewContext& context);

  private:
    bool follows() const { return m_following && m_following->is_on() && !m_following->presents(); }
    void draw_following_bar(const views::ViewContext& context);
    void watch_handing(const views::ViewContext& context);
    void obey(const views::ViewContext& context, const views::ShareSheetWishes& wishes);
    void draw_recording(const views::ViewContext& context);
    void save_recording(const views::ViewContext& context);
    void tick();
    void point();
    void mark(const views::ViewContext& context, const ShareViewState& state);
    std::string whole_link() const;

    platform::Window& m_window;
    std::unique_ptr<platform::Transport> m_transport;
    std::unique_ptr<store::Executor> m_executor;
    std::unique_ptr<follow::Presenter> m_presenter;
    std::unique_ptr<follow::ShowTeller> m_teller;
    std::unique_ptr<Following> m_following;
    std::unique_ptr<follow::Recorder> m_recorder;
    views::ShareSheetState m_sheet;
    views::RecordingDialogState m_recording;
    DurationMs m_drawn_s = 0;  // Of the recording's time.
    bool m_is_guarded = false;
    SharePointer m_pointed;  // As told last.
    bool m_has_listed = false;
    bool m_has_looked = false;  // Whether the page was opened to follow something.
    bool m_was_presenting = false;
    Id m_left;  // A share that was handed over, and is not followed because the user has left it.
};

}  // namespace portal::shell
