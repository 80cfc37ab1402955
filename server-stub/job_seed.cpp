// {"job":"seed","seed":1,"today":"2026-03-04","scale":"full"}: the demo tenant, through the same
// staging and the same single switch as an import, so that a half-made demo never shows.
#include <nlohmann/json.hpp>

#include "server-stub/job.hpp"
#include "shared/base/durations.hpp"
#include "shared/base/limits.hpp"
#include "shared/tenant/demo_accounts.hpp"
#include "shared/tenant/generator.hpp"

namespace portal::server {

using nlohmann::json;

namespace {

class StagingSink final : public tenant::TenantSink {
  public:
    StagingSink(JobContext& context, BatchId batch) : m_context(context), m_batch(batch) {}

    void on_row(const Row& row) override {
        m_rows.push_back(row);
        ++m_row_count;
        if (m_rows.size() == limits::import_transaction_rows_max) flush_rows();
    }

    void on_facts(const Id&, const Id&, MonthIndex, Day, std::span<const FinancingFact> facts) override {
        for (const FinancingFact& fact : facts) {
            m_facts.push_back(fact);
            ++m_fact_count;
            if (m_facts.size() == limits::import_transaction_rows_max) flush_facts();
        }
    }

    bool wants_more() override { return m_status.has_value(); }

    Status finish() {
        flush_rows();
        flush_facts();
        return m_status;
    }
    std::int64_t row_count() const { return m_row_count; }
    std::int64_t fact_count() const { return m_fact_count; }

  private:
    void flush_rows() {
        if (m_status && !m_rows.empty())
            m_status =
                m_context.write([&](WriteTransaction& writes) { return writes.imports().stage_rows(m_batch, m_rows); });
        m_rows.clear();
    }

    void flush_facts() {
        if (m_status && !m_facts.empty())
            m_status = m_context.write([&](WriteTransaction& writes) -> Status {
                PORTAL_TRY_ASSIGN(verdicts, writes.imports().stage_facts(m_batch, m_facts));
                return {};
            });
        m_facts.clear();
        if (m_fact_count - m_told >= 50'000) {
            m_told = m_fact_count;
            m_context.tell(JobOutput::progress, std::to_string(m_fact_count) + " facts staged");
        }
    }

    JobContext& m_context;
    const BatchId m_batch;
    Status m_status;
    std::vector<Row> m_rows;
    std::vector<FinancingFact> m_facts;
    std::int64_t m_row_count = 0;
    std::int64_t m_fact_count = 0;
    std::int64_t m_told = 0;
};

void put_demo_accounts(WriteTransaction& writes) {
    std::int64_t position = 0;
    for (const tenant::DemoAccount& account : tenant::demo_accounts()) {
        DemoAccount stored;
        stored.user = std::string(account.id);
        stored.email = std::string(account.email);
        stored.name = std::string(account.name);
        stored.role = std::string(text_of(account.role));
        stored.sees = std::string(account.sees);
        stored.position = position++;
        writes.accounts().put_demo_account(stored);
    }
    writes.set_tenant_kind(TenantKind::demo);
}

Status publish_seed(JobContext& context, BatchId batch) {
    for (std::int64_t left = 1; left > 0;)
        PORTAL_TRY(context.write([&](WriteTransaction& writes) -> Status {
            PORTAL_TRY_ASSIGN(remaining, writes.imports().prepare(batch, 256));
            left = remaining;
            return {};
        }));
    context.tell(JobOutput::progress, "publish");
    const Status published = context.write([&](WriteTransaction& writes) -> Status {
        PORTAL_TRY(writes.imports().publish(batch, context.clock.now_ms()));
        put_demo_accounts(writes);
        return {};
    });
    return published;
}

Status seed(const tenant::DemoOptions& options, JobContext& context, std::string& summary) {
    if (context.repository.read()->row_count(Entity::practice) > 0)
        return fail(ErrorCode::conflict, "the database already holds a tenant; the demo needs an empty data folder");
    BatchId batch = 0;
    PORTAL_TRY(context.write([&](WriteTransaction& writes) -> Status {
        PORTAL_TRY_ASSIGN(begun, writes.imports().begin(options.today - 1, context.clock.now_ms()));
        batch = begun;
        return {};
    }));
    StagingSink sink(context, batch);
    tenant::generate(options, sink);
    Status status = sink.finish();
    if (status) status = publish_seed(context, batch);
    if (status) {
        summary = "Demo data of " + iso_day(options.today) + ": " + std::to_string(sink.row_count()) + " rows, " +
                  std::to_string(sink.fact_count()) + " financing facts.";
        return {};
    }
    for (bool done = false; !done;)
        PORTAL_TRY(context.write([&](WriteTransaction& writes) -> Status {
            PORTAL_TRY_ASSIGN(closed, writes.imports().abandon(batch, limits::import_transaction_rows_max));
            done = closed;
            return {};
        }));
    return status;
}

}  // namespace

int run_seed_job(const json& request, JobContext& context) {
    tenant::DemoOptions options;
    options.seed = request.value("seed", std::uint64_t{1});
    options.scale = request.value("scale", "full") == "small" ? tenant::Scale::small : tenant::Scale::full;
    const std::string today = request.value("today", "");
    const auto day =
        today.empty() ? Result<Day>(static_cast<Day>(context.clock.now_ms() / day_ms)) : parse_iso_day(today);
    if (!day) {
        context.tell(JobOutput::progress, "error: --today: " + day.error().message);
        return 2;
    }
    options.today = *day;
    std::string summary;
    if (const Status status = seed(options, context, summary); !status) {
        context.tell(JobOutput::progress, "error: " + status.error().message);
        return 1;
    }
    context.tell(JobOutput::result, summary);
    return 0;
}

}  // namespace portal::server
