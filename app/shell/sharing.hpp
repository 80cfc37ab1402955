// Sharing as the shell has it: the presenter's questions to the server, the sheet, and the bar while something is
// shared.
//
// Thread: the UI thread.
#pragma once

#include <memory>

#include "app/follow/presenter.hpp"
#include "app/follow/show_teller.hpp"
#include "app/platform/window.hpp"
#include "app/store/executor.hpp"
#include "app/views/share_sheet_view.hpp"

namespace portal::shell {

class Sharing {
  public:
    // Without a transport there is no server to share from: may_share() is false.
    Sharing(platform::Window& window, std::unique_ptr<platform::Transport> transport, const Clock& clock);
    ~Sharing();

    bool may_share(const views::ViewContext& context) const;
    void open(const views::ViewContext& context, const vm::Query& query);
    // Something of ours is live or paused.
    bool has_bar() const { return m_presenter && m_presenter->part().live() != nullptr; }
    void draw_bar(const views::ViewContext& context);
    // What the presenter looks at, to their guests; nothing: a place that has no address.
    // `content_top` is the height below which the screen scrolls.
    void show(const views::ViewContext& context, const vm::Query* query, float content_top);
    // The sheet. Asks for the links there are once it is known that they may be asked for.
    void draw(const views::ViewContext& context);

  private:
    void obey(const views::ViewContext& context, const views::ShareSheetWishes& wishes);
    void point();
    void mark(const views::ViewContext& context, const ShareViewState& state);
    std::string whole_link() const;

    platform::Window& m_window;
    std::unique_ptr<platform::Transport> m_transport;
    std::unique_ptr<store::Executor> m_executor;
    std::unique_ptr<follow::Presenter> m_presenter;
    std::unique_ptr<follow::ShowTeller> m_teller;
    views::ShareSheetState m_sheet;
    SharePointer m_pointed;  // As told last.
    bool m_has_listed = false;
};

}  // namespace portal::shell
