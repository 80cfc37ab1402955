// Hostile bytes as what the network tells the browser's client while it is open: frames of the live channel, answers in
// pieces, and the ends of both. (The stream is split into frames by the browser's own EventSource.) Each line is one
// thing that happens; its first character says which:
//
//   e NAME DATA   a frame        x   the live stream ends       t MS   time passes
//   s STATUS      an answer begins      c BYTES   a piece of it      d   it is whole      b   it breaks off
//
// Whatever is said, the client comes to rest, and has at most one exchange and one stream open.
#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "app/store/replica.hpp"
#include "app/sync/client.hpp"
#include "tests/server-stub/repo/temp_folder.hpp"

namespace {

using namespace portal;

constexpr int steps_max = 10'000;
constexpr std::string_view session_reply = R"({"user":{"id":"01J00000000000000000000007"},"demo":false})";

class ToldTransport final : public platform::Transport {
  public:
    platform::RequestId send(platform::TransportRequest, platform::TransportHandlers handlers) override {
        m_requests.emplace(++m_last, std::move(handlers));
        if (m_requests.size() > 1) std::abort();
        return m_last;
    }
    void cancel(platform::RequestId request) override { m_requests.erase(request); }
    platform::RequestId subscribe(const std::string&, std::function<void(std::string_view, std::string_view)> event,
                                  std::function<void(Status)> ended) override {
        if (m_live != 0) std::abort();
        m_event = std::move(event);
        m_ended = std::move(ended);
        return m_live = ++m_last;
    }
    void unsubscribe(platform::RequestId) override { m_live = 0; }

    void begin(int status) {
        if (const auto waiting = first(); waiting.head) waiting.head({status, 0});
    }
    void piece(std::string_view bytes) {
        if (const auto waiting = first(); waiting.chunk) waiting.chunk(bytes);
    }
    void end(Status status) {
        const auto waiting = first();
        if (!waiting.done) return;
        m_requests.erase(m_requests.begin());
        waiting.done(std::move(status));
    }
    void frame(std::string_view name, std::string_view text) {
        const auto event = m_event;
        if (m_live != 0) event(name, text);
    }
    void end_live() {
        if (m_live == 0) return;
        m_live = 0;
        m_ended(fail(ErrorCode::unavailable, "ended"));
    }

  private:
    platform::TransportHandlers first() const {
        return m_requests.empty() ? platform::TransportHandlers{} : m_requests.begin()->second;
    }

    platform::RequestId m_last = 0, m_live = 0;
    std::map<platform::RequestId, platform::TransportHandlers> m_requests;
    std::function<void(std::string_view, std::string_view)> m_event;
    std::function<void(Status)> m_ended;
};

// A device whose disk is the same empty replica for every input: making one costs more than most inputs do.
class CopiedStorage final : public platform::Storage {
  public:
    bool is_durable_supported() const override { return true; }
    void find_last_user(std::function<void(Result<std::string>)> done) override { done(std::string()); }
    void open(const std::string&, std::function<void(Result<platform::Place>)> done) override {
        remove_files();
        std::filesystem::copy_file(original(), path());
        done(platform::Place{path(), {}, true});
    }
    void wait(const std::string&, std::function<void(Status)> done) override { done({}); }
    void close() override {}
    void erase(const std::string&, std::function<void(Status)> done) override {
        remove_files();
        done({});
    }
    void set_aside(const std::string& user, std::function<void(Status)> done) override { erase(user, std::move(done)); }
    void ask_to_persist(std::function<void(bool)> done) override { done(false); }

  private:
    static server::test::TempFolder& folder() {
        static server::test::TempFolder made;
        return made;
    }
    static std::string path() { return folder().file("replica"); }
    static const std::string& original() {
        static const std::string made = [] {
            db::OpenOptions options;
            options.path = folder().file("original");
            options.sharing = db::Sharing::exclusive;
            if (!store::Replica::open(options)) std::abort();
            return options.path;
        }();
        return made;
    }
    static void remove_files() {
        for (const char* suffix : {"", "-wal", "-shm", "-journal"})
            std::filesystem::remove(path() + suffix);
    }
};

int number_in(std::string_view text, int most) {
    int number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return std::clamp(number, 0, most);
}

void happen(ToldTransport& transport, ManualClock& clock, std::string_view line) {
    const std::string_view rest = line.size() > 2 ? line.substr(2) : std::string_view();
    const std::size_t blank = std::min(rest.find(' '), rest.size());
    switch (line.empty() ? ' ' : line.front()) {
        case 'e':
            return transport.frame(rest.substr(0, blank), rest.substr(std::min(blank + 1, rest.size())));
        case 'x':
            return transport.end_live();
        case 't':
            return clock.advance(number_in(rest, 3'600'000));
        case 's':
            return transport.begin(number_in(rest, 999));
        case 'c':
            return transport.piece(std::string(rest) + '\n');
        case 'd':
            return transport.end({});
        case 'b':
            return transport.end(fail(ErrorCode::unavailable, "broke off"));
        default:
            return;
    }
}

void rest(store::StoreHost& client) {
    for (int steps = 0; client.step(); ++steps)
        if (steps > steps_max) std::abort();
}

}  // namespace

// Nothing here is about a lost disk, and waiting for it would take most of the time.
extern "C" int fsync(int) {
    return 0;
}
extern "C" int fdatasync(int) {
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view left(reinterpret_cast<const char*>(data), size);
    ManualClock clock(1'790'000'000'000);
    auto owned = std::make_unique<ToldTransport>();
    ToldTransport& transport = *owned;
    sync::ClientOptions options;
    options.clock = &clock;
    options.random = std::make_unique<SeededRandom>(3);
    options.storage = std::make_unique<CopiedStorage>();
    options.transport = std::move(owned);
    options.executor = store::ExecutorKind::manual;
    const auto client = sync::make_client(std::move(options));
    client->start();
    rest(*client);
    // The client opens a replica once it knows whose.
    transport.begin(200);
    transport.piece(session_reply);
    transport.end({});
    rest(*client);
    while (!left.empty()) {
        const std::size_t end = std::min(left.find('\n'), left.size());
        happen(transport, clock, left.substr(0, end));
        left.remove_prefix(std::min(end + 1, left.size()));
        rest(*client);
    }
    return 0;
}
