#include "app/shell/sharing.hpp"

namespace portal::shell {

using vm::Word;

Sharing::Sharing(platform::Window& window, std::unique_ptr<platform::Transport> transport, const Clock& clock)
    : m_window(window), m_transport(std::move(transport)) {
    if (!m_transport) return;
    m_executor = store::make_executor(store::ExecutorKind::interleaved);
    m_presenter = std::make_unique<follow::Presenter>(*m_transport, clock, [this] {
        m_executor->wake();
        m_window.wake(2);
    });
    m_executor->start([this] { return store::StepResult{false, m_presenter->step()}; });
}

Sharing::~Sharing() {
    if (m_executor) m_executor->stop();
}

bool Sharing::may_share(const views::ViewContext& context) const {
    return m_presenter && context.snapshot.session && context.snapshot.session->may_share;
}

void Sharing::open(const views::ViewContext& context, const vm::Query& query) {
    views::open_share_sheet(context, query, m_sheet);
}

std::string Sharing::whole_link() const {
    return m_window.origin() + m_presenter->part().made_link;
}

void Sharing::draw_bar(const views::ViewContext& context) {
    obey(context, views::live_bar_view(context, m_sheet, m_presenter->part(), *m_presenter->part().live()));
}

void Sharing::draw(const views::ViewContext& context) {
    if (!may_share(context)) return;
    // Once the server is there: what was shared before is still shared.
    const bool is_up = context.snapshot.sync && context.snapshot.sync->phase == vm::SyncPhase::current;
    if (is_up && !m_has_listed) {
        m_has_listed = true;
        m_presenter->list();
    }
    obey(context, views::share_sheet_view(context, m_sheet, m_presenter->part(), whole_link()));
}

void Sharing::obey(const views::ViewContext& context, const views::ShareSheetWishes& wishes) {
    if (wishes.preview) m_presenter->preview(*wishes.preview);
    if (wishes.make) m_presenter->make_link(*wishes.make);
    if (wishes.list) m_presenter->list();
    if (wishes.pause) m_presenter->pause(wishes.pause->first, wishes.pause->second);
    if (wishes.end) m_presenter->end(*wishes.end);
    if (wishes.copy) {
        context.page.copy_text = whole_link();
        context.page.copied_sentence = context.say(Word::share_copied);
    }
}

}  // namespace portal::shell
