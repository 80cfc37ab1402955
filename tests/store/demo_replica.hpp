// The small demo tenant as one user's replica, and the same facts as an SQL table to check figures against.
#pragma once

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>

#include "app/store/replica_store.hpp"
#include "shared/facts/rollup.hpp"
#include "shared/facts/segment.hpp"
#include "shared/rules/access.hpp"
#include "shared/tenant/demo_accounts.hpp"
#include "shared/tenant/generator.hpp"

namespace portal::store::test {

// Everything the tenant generates, once per program run.
class DemoTenant final : public tenant::TenantSink {
  public:
    static constexpr Day today = 20'520;

    static DemoTenant& instance() {
        static DemoTenant tenant;
        return tenant;
    }

    std::vector<Row> rows;
    std::vector<FinancingFact> facts;
    Day closed_until = 0;
    Directory directory;

    void on_row(const Row& row) override {
        rows.push_back(row);
        rows.back().rev = 1;
        remember_place(row);
    }
    void on_facts(const Id& practice, const Id& location, MonthIndex month, Day closed,
                  std::span<const FinancingFact> month_facts) override {
        closed_until = closed;
        facts.insert(facts.end(), month_facts.begin(), month_facts.end());
        FactSegment segment = make_segment(practice, location, month, closed, month_facts);
        segment.rev = 1;
        rows.push_back(to_row(segment));
    }

  private:
    DemoTenant() {
        tenant::DemoOptions options;
        options.today = today;
        options.scale = tenant::Scale::small;
        tenant::generate(options, *this);
        add_rollups();
    }

    // As the server keeps them.
    void add_rollups() {
        std::map<Id, std::vector<FactSegment>> segments;
        for (const Row& row : rows)
            if (row.entity == Entity::fact_segment)
                segments[Id(text_value(row, "practice"))].push_back(from_row<FactSegment>(row));
        for (const auto& [practice, of_practice] : segments) {
            auto made = make_rollups(of_practice);
            REQUIRE(made.has_value());
            for (FactRollup& rollup : *made) {
                rollup.rev = 1;
                rows.push_back(to_row(rollup));
            }
        }
    }

    void remember_place(const Row& row) {
        if (row.entity == Entity::practice) {
            const auto practice = from_row<Practice>(row);
            directory.put_practice(practice.id, practice.book, practice.team);
        } else if (row.entity == Entity::location) {
            const auto location = from_row<Location>(row);
            directory.put_location(location.id, location.practice);
        } else if (row.entity == Entity::integration) {
            const auto integration = from_row<Integration>(row);
            directory.put_integration(integration.id, integration.practice, integration.vendor, integration.engineer);
        } else if (row.entity == Entity::ticket) {
            const auto ticket = from_row<Ticket>(row);
            directory.put_assignment(ticket.id, ticket.assignee);
        }
    }
};

// What one demo account may see, in memory; of leads and auditors with more facts than `facts_max` the rollups.
inline std::unique_ptr<Replica> replica_of(std::string_view account_key,
                                           std::int64_t facts_max = limits::replica_facts_max) {
    const tenant::DemoAccount* account = tenant::find_demo_account(account_key);
    REQUIRE(account != nullptr);
    DemoTenant& tenant = DemoTenant::instance();
    Caller caller;
    caller.user = Id(account->id);
    for (const Row& row : tenant.rows)
        if (row.entity == Entity::grant && text_value(row, "user") == caller.user)
            caller.grants.push_back(from_row<Grant>(row));
    Directory directory = tenant.directory;
    directory.set_replica_facts_max(facts_max);
    for (const Id& practice : directory.practices())
        directory.put_fact_count(practice, 1);
    const auto streams = streams_of_caller(caller, directory);
    auto replica = Replica::open({});
    REQUIRE(replica.has_value());
    (*replica)->begin();
    for (const Row& row : tenant.rows) {
        std::vector<StreamId> visible;
        for (const StreamId& stream : streams_of_row(row))
            if (std::binary_search(streams.begin(), streams.end(), stream)) visible.push_back(stream);
        if (!visible.empty()) (*replica)->put_base(row, visible);
    }
    ReplicaState state = (*replica)->state();
    state.user = caller.user;
    state.client = caller.user;
    state.epoch = "demo";
    state.demo = true;
    state.last_exchange_ms = DemoTenant::today * 86'400'000LL;
    (*replica)->set_state(state);
    (*replica)->commit();
    return std::move(*replica);
}

// A store over it, loaded and built.
struct DemoStore {
    explicit DemoStore(std::string_view account_key) : DemoStore(replica_of(account_key)) {}
    explicit DemoStore(std::unique_ptr<Replica> replica)
        : clock(DemoTenant::today * 86'400'000LL), store(clock, random) {
        store.attach(std::move(replica));
        settle();
    }
    void settle() {
        while (store.step([] { return false; })) {
        }
    }
    const vm::Snapshot& after(const vm::Intent& intent) {
        const auto taken = store.take(intent);
        REQUIRE(taken.has_value());
        settle();
        return *store.snapshot();
    }

    ManualClock clock;
    SeededRandom random{5};
    ReplicaStore store;
};

}  // namespace portal::store::test
