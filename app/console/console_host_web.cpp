#include <emscripten.h>

#include "app/console/console_host.hpp"
#include "app/vm/archive.hpp"
#include "shared/base/check.hpp"

extern "C" {
void portal_console_begin_copy(int bytes);
void portal_console_add_piece(const char* bytes, int size);
void portal_console_ask(const char* sql, int size, double ms_max);
void portal_console_stop();
void portal_console_told(const char* archive, int size);
}

namespace portal::console {
namespace {

class WebConsoleHost;

// What JavaScript tells the answer to: the store's, of which there is one.
WebConsoleHost*& host() {
    static WebConsoleHost* only = nullptr;
    return only;
}

class WebConsoleHost final : public ConsoleHost {
  public:
    explicit WebConsoleHost(std::function<void()> wake) : m_wake(std::move(wake)) {
        check(!host(), "one console for a store");
        host() = this;
    }
    ~WebConsoleHost() override {
        portal_console_stop();
        host() = nullptr;
    }

    void begin_copy(std::size_t bytes) override { portal_console_begin_copy(static_cast<int>(bytes)); }
    void add_piece(std::string_view piece) override {
        portal_console_add_piece(piece.data(), static_cast<int>(piece.size()));
    }
    void ask(const std::string& sql, DurationMs ms_max) override {
        portal_console_ask(sql.data(), static_cast<int>(sql.size()), static_cast<double>(ms_max));
    }
    void stop() override {
        m_answer.reset();
        portal_console_stop();
    }
    std::optional<vm::SqlAnswer> take_answer() override { return std::exchange(m_answer, std::nullopt); }

    void told(std::string_view archive) {
        m_answer = vm::from_archive<vm::SqlAnswer>(archive);
        if (!m_answer) m_answer.emplace().outcome = vm::SqlAnswer::Outcome::lost;
        m_wake();
    }

  private:
    const std::function<void()> m_wake;
    std::optional<vm::SqlAnswer> m_answer;
};

}  // namespace

std::unique_ptr<ConsoleHost> make_console_host(std::function<void()> wake) {
    return std::make_unique<WebConsoleHost>(std::move(wake));
}

}  // namespace portal::console

// No bytes: whoever was asked has gone.
extern "C" EMSCRIPTEN_KEEPALIVE void portal_console_told(const char* archive, int size) {
    if (auto* host = portal::console::host()) host->told({archive, static_cast<std::size_t>(size)});
}
