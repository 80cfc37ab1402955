// Rows are shown for as long as the server lets a device do without its word, and no longer.
#include <catch2/generators/catch_generators.hpp>

#include "app/platform/transport_answer.hpp"
#include "app/sync/identity.hpp"
#include "shared/base/durations.hpp"
#include "tests/sync/tabs_of_a_browser.hpp"

namespace portal::sync {

using test::Browser;
using test::Tab;

namespace {

// Knows the user and gives them that lease; nothing else is answered.
class LeasingTransport final : public test::AnsweringTransport {
  public:
    LeasingTransport(Id user, int lease_days) : m_user(std::move(user)), m_lease_days(lease_days) {}

  private:
    void answer(const platform::TransportRequest& request, const platform::TransportHandlers& handlers) override {
        if (request.path != session_path) return handlers.done(fail(ErrorCode::unavailable, "no answer"));
        handlers.head({platform::http_ok, 0});
        handlers.chunk(R"({"user":{"id":")" + m_user + R"("},"lease_days":)" + std::to_string(m_lease_days) + "}");
        handlers.done({});
    }

    const Id m_user;
    const int m_lease_days;
};

void check_hidden(const Tab& tab) {
    CHECK(tab.snapshot()->sync->phase == vm::SyncPhase::failed);
    CHECK(tab.problem() == vm::LocalProblem::lease_ended);
    CHECK_FALSE(tab.snapshot()->session);
    CHECK_FALSE(tab.snapshot()->tickets);
}

}  // namespace

TEST_CASE("A device that has not heard the server for its lease hides the rows and keeps the edits", "[tabs]") {
    Browser browser;
    Tab& owner = browser.open();
    Tab& follower = browser.open();
    owner.file_ticket("Written on the last day");
    browser.settle();
    browser.pass(limits::offline_lease_days * day_ms);
    CHECK(owner.problem() == vm::LocalProblem::none);
    REQUIRE(owner.snapshot()->session);
    browser.pass(limits::tab_word_period_ms);
    check_hidden(owner);
    check_hidden(follower);
    CHECK(owner.snapshot()->sync->pending_count == 1);
    browser.tabs.clear();
    check_hidden(browser.open());
    CHECK(browser.edits().size() == 1);
}

TEST_CASE("The server says how long the lease is, and the device remembers it", "[tabs]") {
    const int lease_days = GENERATE(1, 30);
    Browser browser;
    browser.open(std::make_unique<LeasingTransport>(browser.device.last_user, lease_days));
    browser.tabs.clear();
    Tab& tab = browser.open();
    browser.pass(lease_days * day_ms);
    CHECK(tab.snapshot()->session);
    browser.pass(1'000);
    check_hidden(tab);
}

TEST_CASE("A lease that the server does not tell, or that cannot be, is one that can", "[tabs]") {
    const auto lease_of = [](const std::string& member) {
        const auto identity = decode_identity(R"({"user":{"id":"01J0000000000000000000NEW1"})" + member + "}");
        REQUIRE(identity.has_value());
        return identity->lease_days;
    };
    CHECK(lease_of("") == limits::offline_lease_days);
    CHECK(lease_of(R"(,"lease_days":"30")") == limits::offline_lease_days);
    CHECK(lease_of(R"(,"lease_days":30)") == 30);
    CHECK(lease_of(R"(,"lease_days":0)") == 1);
    CHECK(lease_of(R"(,"lease_days":100000)") == limits::offline_lease_days_max);
}

}  // namespace portal::sync
