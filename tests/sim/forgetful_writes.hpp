// A planted defect: the server's writes as they would be without de-duplication of edits. What is asked by them about
// earlier edits is answered as if nobody had made any; everything else is the product's.
#pragma once

#include <algorithm>

#include "server-stub/repo/repository.hpp"

namespace portal::sim {

// By what a repeat is not known: by its intent alone, or in no way at all.
enum class Forgets : std::uint8_t { nothing, intents, intents_and_numbers };

class ForgetfulView final : public server::ReadSnapshot {
  public:
    using Visit = std::function<void(Row)>;

    ForgetfulView(server::ReadSnapshot& inner, Forgets forgets, std::int64_t first_number)
        : m_inner(inner), m_forgets(forgets), m_first_number(first_number) {}

    // The number that comes next is the one that this push begins with, whatever came before.
    std::optional<server::ClientRecord> client(const Id& client) override {
        auto record = m_inner.client(client);
        if (record && m_forgets == Forgets::intents_and_numbers && m_first_number > 0)
            record->last_mid = m_first_number - 1;
        return record;
    }
    std::optional<Id> intent_of(const Id& client, std::int64_t mid) override {
        auto intent = m_inner.intent_of(client, mid);
        m_known_by_number = intent.value_or(Id());
        return intent;
    }
    std::optional<server::MutationRecord> mutation(const Id& intent) override {
        const bool is_known_by_number =
            m_forgets == Forgets::nothing || std::exchange(m_known_by_number, Id()) == intent;
        return is_known_by_number ? m_inner.mutation(intent) : std::nullopt;
    }

    // ---- As it is ----
    server::SyncHead head() override { return m_inner.head(); }
    server::TenantKind tenant_kind() override { return m_inner.tenant_kind(); }
    std::optional<Row> row(Entity entity, const Id& id) override { return m_inner.row(entity, id); }
    std::optional<Row> row_by_external_key(Entity entity, std::string_view key) override {
        return m_inner.row_by_external_key(entity, key);
    }
    void each_row(Entity entity, const Visit& visit) override { m_inner.each_row(entity, visit); }
    void each_row_where(Entity entity, std::string_view column, const Value& value, const Visit& visit) override {
        m_inner.each_row_where(entity, column, value, visit);
    }
    std::int64_t row_count(Entity entity) override { return m_inner.row_count(entity); }
    server::StreamState stream(const StreamId& stream) override { return m_inner.stream(stream); }
    std::vector<StreamId> all_streams() override { return m_inner.all_streams(); }
    void each_entry(const StreamId& stream, std::int64_t after, std::int64_t until,
                    const std::function<bool(const server::StreamEntry&)>& visit) override {
        m_inner.each_entry(stream, after, until, visit);
    }
    std::optional<std::vector<StreamId>> permission_set(const Id& user, const std::string& set) override {
        return m_inner.permission_set(user, set);
    }
    std::optional<Caller> caller(const Id& user) override { return m_inner.caller(user); }
    std::shared_ptr<const Directory> directory(const Id& user) override { return m_inner.directory(user); }
    std::optional<FinancingFact> fact(std::string_view key) override { return m_inner.fact(key); }
    std::int64_t fact_count() override { return m_inner.fact_count(); }
    void each_fact(const Id& location, MonthIndex month,
                   const std::function<void(const FinancingFact&)>& visit) override {
        m_inner.each_fact(location, month, visit);
    }
    server::AccountReads& accounts() override { return m_inner.accounts(); }
    server::ShareReads& shares() override { return m_inner.shares(); }

  private:
    server::ReadSnapshot& m_inner;
    const Forgets m_forgets;
    const std::int64_t m_first_number;
    Id m_known_by_number;
};

class ForgetfulWrites : public server::WriteTransaction {
  public:
    ForgetfulWrites(server::WriteTransaction& inner, Forgets forgets, std::int64_t first_number)
        : m_inner(inner), m_view(inner.view(), forgets, first_number) {}

    server::ReadSnapshot& view() override { return m_view; }
    void put_client(const server::ClientRecord& client) override {
        server::ClientRecord kept = client;
        if (const auto known = m_inner.view().client(client.client))
            kept.last_mid = std::max(kept.last_mid, known->last_mid);
        m_inner.put_client(kept);
    }
    // A repeat is an edit of its own, under a number that nobody has.
    void put_mutation(const Id& client, std::int64_t mid, const server::MutationRecord& record) override {
        while (m_inner.view().intent_of(client, mid))
            mid += repeats_apart;
        m_inner.put_mutation(client, mid, record);
    }

    // ---- As it is ----
    std::optional<Row> get(Entity entity, const Id& id) override { return m_inner.get(entity, id); }
    void put(const Row& row) override { m_inner.put(row); }
    void act_as(const Id& user, InstantMs now_ms) override { m_inner.act_as(user, now_ms); }
    bool remove(Entity entity, const Id& id) override { return m_inner.remove(entity, id); }
    bool attempt(const std::function<bool()>& work) override { return m_inner.attempt(work); }
    server::AccountWrites& accounts() override { return m_inner.accounts(); }
    server::ShareWrites& shares() override { return m_inner.shares(); }
    server::ImportWrites& imports() override { return m_inner.imports(); }
    std::int64_t next_ticket_number() override { return m_inner.next_ticket_number(); }
    void put_permission_set(const Id& user, const std::string& set, const std::vector<StreamId>& streams,
                            InstantMs now_ms) override {
        m_inner.put_permission_set(user, set, streams, now_ms);
    }
    void put_figures_given(const Id& user, FiguresForm form) override { m_inner.put_figures_given(user, form); }
    void set_tenant_kind(server::TenantKind kind) override { m_inner.set_tenant_kind(kind); }
    void renew_epoch(const std::string& epoch) override { m_inner.renew_epoch(epoch); }
    void collect_garbage(InstantMs now_ms) override { m_inner.collect_garbage(now_ms); }

  private:
    static constexpr std::int64_t repeats_apart = 1'000'000;

    server::WriteTransaction& m_inner;
    ForgetfulView m_view;
};

}  // namespace portal::sim
