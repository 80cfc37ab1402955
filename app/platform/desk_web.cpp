#include <emscripten.h>

#include <cstdlib>

#include "app/platform/desk.hpp"

extern "C" {
void portal_desk_look();
int portal_desk_state();
double portal_desk_since_ms();
double portal_desk_bytes();
int portal_desk_keeps_texts();
void portal_desk_show_notes(const char* title, int title_length, const char* text, int text_length);
void portal_desk_close_notes();
int portal_desk_notes();
char* portal_desk_take_key();
void portal_desk_choose_file(const char* accepted, int length, double bytes_max);
void portal_desk_keep(const char* name, int name_length, const char* text, int text_length);
char* portal_desk_kept(const char* name, int length);
int portal_desk_wipe();
void portal_desk_search(const char* lines, int length);
double portal_desk_searched(int what);
void portal_desk_wake_after(double wait_ms);
}

namespace portal::platform {
namespace {

int size_of(std::string_view text) {
    return static_cast<int>(text.size());
}

// Takes over a text that JavaScript has allocated; nothing for a null one.
std::string text_from_page(char* text) {
    if (!text) return {};
    std::string copy(text);
    std::free(text);
    return copy;
}

std::optional<DeskFile>& desk_file() {
    static std::optional<DeskFile> waiting;
    return waiting;
}

class WebDesk final : public Desk {
  public:
    void look_for_copy() override { portal_desk_look(); }
    OfflineCopy copy() const override {
        return {.state = static_cast<OfflineCopy::State>(portal_desk_state()),
                .since_ms = static_cast<InstantMs>(portal_desk_since_ms()),
                .bytes = static_cast<std::int64_t>(portal_desk_bytes()),
                .keeps_texts = portal_desk_keeps_texts() != 0};
    }
    void show_notes(std::string_view title, std::string_view text) override {
        portal_desk_show_notes(title.data(), size_of(title), text.data(), size_of(text));
    }
    void close_notes() override { portal_desk_close_notes(); }
    NotesWindow notes() const override { return static_cast<NotesWindow>(portal_desk_notes()); }
    std::string take_key() override { return text_from_page(portal_desk_take_key()); }
    void choose_file(std::string_view accepted, std::size_t bytes_max) override {
        portal_desk_choose_file(accepted.data(), size_of(accepted), static_cast<double>(bytes_max));
    }
    std::optional<DeskFile> take_file() override { return std::exchange(desk_file(), std::nullopt); }
    void keep_text(std::string_view name, std::string_view text) override {
        portal_desk_keep(name.data(), size_of(name), text.data(), size_of(text));
    }
    std::string kept_text(std::string_view name) const override {
        return text_from_page(portal_desk_kept(name.data(), size_of(name)));
    }
    std::size_t wipe_texts() override { return static_cast<std::size_t>(portal_desk_wipe()); }
    void search_traces(const std::vector<std::string>& words) override {
        std::string lines;
        for (const std::string& word : words)
            lines += word + '\n';
        portal_desk_search(lines.data(), size_of(lines));
    }
    TraceSearch traces() const override {
        const auto told = [](int what) { return static_cast<std::int64_t>(portal_desk_searched(what)); };
        return {.state = static_cast<TraceSearch::State>(told(0)),
                .entries = told(1),
                .bytes = told(2),
                .found = told(3),
                .unread = told(4),
                .in_accounts = told(5)};
    }
    void wake_after(std::int64_t wait_ms) override { portal_desk_wake_after(static_cast<double>(wait_ms)); }
};

}  // namespace

// The page's scripts wake it themselves.
std::unique_ptr<Desk> make_desk(std::function<void()>) {
    return std::make_unique<WebDesk>();
}

}  // namespace portal::platform

extern "C" {

EMSCRIPTEN_KEEPALIVE void portal_desk_file(const char* name, const char* bytes, int byte_count, int is_cut) {
    portal::platform::desk_file() = {name, std::string(bytes, static_cast<std::size_t>(byte_count)), is_cut != 0};
}
}
