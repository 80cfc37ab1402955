// Whoever signs in where somebody else's rows lie never gets at them.
#include "app/platform/transport_answer.hpp"
#include "app/sync/identity.hpp"
#include "tests/sync/tabs_of_a_browser.hpp"

namespace portal::sync {

using test::Browser;
using test::Tab;

namespace {

const Id newcomer = "01J0000000000000000000NEW1";

// The server knows somebody else than the device does, and what they say in return is noted.
class NewcomersTransport final : public test::AnsweringTransport {
  public:
    explicit NewcomersTransport(std::vector<std::string>& pushed) : m_pushed(pushed) {}

  private:
    void answer(const platform::TransportRequest& request, const platform::TransportHandlers& handlers) override {
        if (request.path == session_path) {
            handlers.head({platform::http_ok, 0});
            handlers.chunk("{\"user\":{\"id\":\"" + newcomer + "\"}}");
            handlers.done({});
        } else {
            if (request.path.ends_with("/push")) m_pushed.push_back(request.body);
            handlers.done(fail(ErrorCode::unavailable, "no answer"));
        }
    }

    std::vector<std::string>& m_pushed;
};

}  // namespace

TEST_CASE("A place that opens after somebody else was found to ask is not taken for theirs", "[tabs]") {
    Browser browser;
    const Id former = browser.device.last_user;
    const Id unsent = browser.open().file_ticket("Before the other came");
    browser.settle();
    REQUIRE(browser.edits().size() == 1);

    std::vector<std::string> pushed;
    browser.device.opens_late = true;
    Tab& tab = browser.open(std::make_unique<NewcomersTransport>(pushed));
    // The former user's place, asked for before the server had answered, and the newcomer's.
    REQUIRE(browser.device.openings.size() == 2);
    browser.device.end_opening();
    browser.settle();
    CHECK_FALSE(tab.snapshot()->session);
    browser.device.end_opening();
    browser.pass(60'000);
    CHECK_FALSE(tab.snapshot()->session);
    CHECK_FALSE(tab.shows(unsent));
    CHECK(pushed.empty());
    browser.tabs.clear();

    db::OpenOptions options;
    options.path = browser.device.path_of(newcomer);
    const auto replica = store::Replica::open(options);
    REQUIRE(replica.has_value());
    CHECK((*replica)->state().user != former);
    CHECK(store::Outbox(**replica).pending(100).empty());
    CHECK(browser.device.edits().size() == 1);  // Of the former user, where they were.
}

}  // namespace portal::sync
