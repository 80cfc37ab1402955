#include <map>

#include "app/platform/desk.hpp"

namespace portal::platform {
namespace {

// A program of its own is a file of this machine, and its texts last as long as it runs.
class NativeDesk final : public Desk {
  public:
    void look_for_copy() override {}
    OfflineCopy copy() const override {
        return {.state = OfflineCopy::State::from_file, .since_ms = 0, .bytes = 0, .keeps_texts = true};
    }
    void show_notes(std::string_view, std::string_view) override { m_notes = NotesWindow::blocked; }
    void close_notes() override { m_notes = NotesWindow::closed; }
    NotesWindow notes() const override { return m_notes; }
    std::string take_key() override { return {}; }
    void choose_file(std::string_view, std::size_t) override {}
    std::optional<DeskFile> take_file() override { return std::nullopt; }
    void keep_text(std::string_view name, std::string_view text) override { m_texts[std::string(name)] = text; }
    std::string kept_text(std::string_view name) const override {
        const auto found = m_texts.find(std::string(name));
        return found == m_texts.end() ? std::string() : found->second;
    }
    std::size_t wipe_texts() override {
        m_texts.clear();
        return 0;
    }
    void search_traces(const std::vector<std::string>&) override { m_has_searched = true; }
    TraceSearch traces() const override {
        return {.state = m_has_searched ? TraceSearch::State::done : TraceSearch::State::idle};
    }
    void wake_after(std::int64_t) override {}

  private:
    bool m_has_searched = false;
    NotesWindow m_notes = NotesWindow::closed;
    std::map<std::string, std::string> m_texts;
};

}  // namespace

std::unique_ptr<Desk> make_desk(std::function<void()>) {
    return std::make_unique<NativeDesk>();
}

}  // namespace portal::platform
