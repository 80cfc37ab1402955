// An integration goes live within a minute: by the rules' own moves, through the demo's server, and back again.
#include <catch2/catch_test_macros.hpp>
#include <map>

#include "app/pitch/demo_server.hpp"
#include "app/pitch/go_live_run.hpp"
#include "shared/base/durations.hpp"
#include "shared/rules/health.hpp"
#include "shared/rules/transitions.hpp"
#include "shared/wire/json_codec.hpp"

namespace portal::pitch {
namespace {

using State = vm::GoLivePart::State;

tenant::DemoOptions options_on(Day today, tenant::Scale scale = tenant::Scale::small) {
    tenant::DemoOptions options;
    options.today = today;
    options.scale = scale;
    return options;
}

// What a device of the presenter's has: rows by id, after each pull.
class PitchDevice {
  public:
    explicit PitchDevice(Day today)
        : clock(today * day_ms + 9 * hour_ms),
          position(std::make_shared<LatestValue<GoLivePosition>>()),
          run(tenant::go_live(options_on(today)), position),
          m_server({.account = "auditor", .scale = tenant::Scale::small, .go_live = position, .clock = &clock}) {
        m_request.client = "01J8Z3K4M5N6P7Q8R9S0T1V2W6";
        pull();
    }

    void pull() {
        do {
            std::string body;
            platform::TransportHandlers handlers;
            handlers.head = [](const platform::TransportHead& head) { REQUIRE(head.status == 200); };
            handlers.chunk = [&](std::string_view bytes) { body += bytes; };
            handlers.done = [](const Status& status) { REQUIRE(status.has_value()); };
            m_server.send({.path = "/api/v1/sync/pull", .body = wire::encode(m_request)}, std::move(handlers));
            m_server.poll();
            take(body);
        } while (!m_request.page.empty());
    }

    // As long as the minute takes, frame by frame.
    void play(DurationMs length_ms, DurationMs frame_ms = 100) {
        for (DurationMs passed = 0; passed < length_ms; passed += frame_ms) {
            clock.advance(frame_ms);
            if (run.follow(clock.monotonic_ms())) pull();
        }
    }

    void ask(vm::PitchWish wish) {
        run.ask(wish, clock.monotonic_ms());
        if (run.follow(clock.monotonic_ms())) pull();
    }

    Integration integration() const { return from_row<Integration>(rows.at({Entity::integration, run.integration()})); }
    vm::GoLivePart part() const { return run.part(clock.monotonic_ms()); }
    std::vector<CheckRollup> rollups() const {
        std::vector<CheckRollup> found;
        for (const auto& [key, row] : rows)
            if (key.first == Entity::check_rollup && text_value(row, "integration") == run.integration())
                found.push_back(from_row<CheckRollup>(row));
        return found;
    }

    ManualClock clock;
    std::shared_ptr<LatestValue<GoLivePosition>> position;
    GoLiveRun run;
    std::map<std::pair<Entity, Id>, Row> rows;

  private:
    void take(std::string_view body) {
        while (!body.empty()) {
            const std::size_t end = body.find('\n');
            const auto line = wire::decode_pull_line(body.substr(0, end)).value();
            body.remove_prefix(end + 1);
            if (const auto* begin = std::get_if<wire::PullBegin>(&line)) {
                m_request.epoch = begin->epoch;
                m_request.set = begin->set;
            } else if (const auto* up = std::get_if<wire::PullUpsert>(&line)) {
                CHECK_FALSE(up->streams.empty());
                rows[{up->row.entity, up->row.id}] = up->row;
            } else if (const auto* gone = std::get_if<wire::PullDelete>(&line)) {
                rows.erase({gone->entity, gone->id});
            } else if (const auto* last = std::get_if<wire::PullEnd>(&line)) {
                m_request.page = last->page;
                m_request.seq = last->next_seq;
            }
        }
    }

    DemoServer m_server;
    wire::PullRequest m_request;
};

constexpr Day go_live_today = 20'780;

}  // namespace

TEST_CASE("The script's moves are the state machine's, on days that are over, in a minute", "[pitch]") {
    // A week of days: weekends and holidays are gone around.
    for (Day today = go_live_today; today < go_live_today + 7; ++today) {
        for (const tenant::Scale scale : {tenant::Scale::small, tenant::Scale::full}) {
            INFO(today);
            const tenant::GoLive script = tenant::go_live(options_on(today, scale));
            CHECK(script.kickoff.stage == IntegrationStage::kickoff);
            CHECK(script.length_ms == 60'000);
            CHECK(script.events.back().at_ms == script.length_ms);
            REQUIRE_FALSE(script.engineer_grants.empty());
            IntegrationStage stage = script.kickoff.stage;
            DurationMs at_ms = -1;
            InstantMs when_ms = 0;
            bool is_blocked = false;
            for (const tenant::GoLiveEvent& event : script.events) {
                CHECK(event.at_ms > at_ms);
                CHECK(event.when_ms >= when_ms);
                CHECK(event.when_ms < today * day_ms);
                for (const Row& row : event.told)
                    if (row.entity == Entity::check_rollup) CHECK(integer_value(row, "day") < today);
                at_ms = event.at_ms;
                when_ms = event.when_ms;
                if (event.blocked) CHECK(std::exchange(is_blocked, *event.blocked) != *event.blocked);
                if (!event.stage) continue;
                CHECK(check_integration_move(stage, *event.stage).has_value());
                CHECK_FALSE(is_blocked);
                stage = *event.stage;
            }
            CHECK(stage == IntegrationStage::live);
            CHECK_FALSE(is_blocked);
        }
    }
}

TEST_CASE("An integration goes live before the audience, and its rows tell it", "[pitch]") {
    PitchDevice device(go_live_today);
    const std::size_t rows_before = device.rows.size();
    CHECK(device.integration().stage == IntegrationStage::kickoff);
    CHECK(device.part().state == State::waiting);
    device.play(5'000);
    CHECK(device.integration().stage == IntegrationStage::kickoff);

    device.ask(vm::PitchWish::go_live_play);
    device.play(15'000);
    CHECK(device.integration().stage == IntegrationStage::build);
    CHECK(device.integration().blocked);
    CHECK(device.integration().blocked_owner == device.integration().engineer);
    CHECK(device.integration().updated_by == device.integration().engineer);
    device.play(17'000);
    CHECK_FALSE(device.integration().blocked);
    CHECK(device.integration().stage == IntegrationStage::certification);
    CHECK(device.part().moment == GoLiveMoment::run_failed);
    CHECK(device.part().part < device.part().whole);
    device.play(28'000);
    CHECK(device.part().state == State::over);
    const Integration live = device.integration();
    CHECK(live.stage == IntegrationStage::live);
    CHECK(live.stage_since < *live.go_live_p80);
    CHECK(live.stage_history.find("kickoff") < live.stage_history.find("sandbox"));
    CHECK(live.stage_history.find("pilot") < live.stage_history.find("live"));
    CHECK_FALSE(device.run.wait_ms(device.clock.monotonic_ms()));
    const HealthReport health =
        integration_health(device.rollups(), go_live_today - 1, go_live_today * day_ms + 9 * hour_ms);
    CHECK(health.tone == HealthTone::good);
    CHECK(device.rows.size() > rows_before + 8);

    device.ask(vm::PitchWish::go_live_again);
    CHECK(device.part().state == State::waiting);
    CHECK(device.rows.size() == rows_before);
    CHECK(device.integration().stage == IntegrationStage::kickoff);
    CHECK(device.integration().stage_history.find("live") == std::string::npos);
    device.ask(vm::PitchWish::go_live_play);
    device.play(60'000, 777);
    device.play(1'000);
    CHECK(device.integration().stage == IntegrationStage::live);
    CHECK(device.integration().stage_history == live.stage_history);
}

TEST_CASE("It pauses, goes on where it was, and is faster when wished", "[pitch]") {
    PitchDevice device(go_live_today);
    device.ask(vm::PitchWish::go_live_play);
    CHECK(device.run.wait_ms(device.clock.monotonic_ms()) == 4'000);
    device.play(10'000);
    device.ask(vm::PitchWish::go_live_play);
    CHECK(device.part().state == State::paused);
    const DurationMs at_ms = device.part().at_ms;
    CHECK(at_ms == 10'000);
    device.play(30'000);
    CHECK(device.part().at_ms == at_ms);
    CHECK(device.integration().stage == IntegrationStage::build);
    device.ask(vm::PitchWish::go_live_faster);
    CHECK(device.part().at_ms == at_ms);
    device.ask(vm::PitchWish::go_live_play);
    CHECK(device.run.wait_ms(device.clock.monotonic_ms()) == 1'000);
    device.play(12'500);
    CHECK(device.part().state == State::over);
    CHECK(device.integration().stage == IntegrationStage::live);
    device.ask(vm::PitchWish::go_live_play);
    CHECK(device.part().state == State::over);
    // A step that is left stops it.
    device.ask(vm::PitchWish::go_live_again);
    CHECK_FALSE(device.part().is_faster);
    device.ask(vm::PitchWish::go_live_play);
    device.play(2'000);
    device.run.pause(device.clock.monotonic_ms());
    CHECK(device.part().state == State::paused);
}

}  // namespace portal::pitch
