// The demo tenant held whole, for tests that look at it from several sides.
#pragma once

#include <vector>

#include "shared/model/records.hpp"
#include "shared/rules/figures/fact_sums.hpp"
#include "shared/tenant/generator.hpp"

namespace portal {

struct RecordedSegment {
    Id practice, location;
    MonthIndex month = 0;
    Day closed_until = 0;
    std::vector<FinancingFact> facts;
};

class RecordedTenant final : public tenant::TenantSink {
  public:
    tenant::DemoOptions options;
    std::vector<Row> rows;
    std::vector<RecordedSegment> segments;

    void on_row(const Row& row) override { rows.push_back(row); }
    void on_facts(const Id& practice, const Id& location, MonthIndex month, Day closed_until,
                  std::span<const FinancingFact> facts) override {
        segments.push_back({practice, location, month, closed_until, {facts.begin(), facts.end()}});
    }

    template <class Record>
    std::vector<Record> all() const {
        std::vector<Record> records;
        for (const auto& row : rows)
            if (row.entity == Record::entity) records.push_back(from_row<Record>(row));
        return records;
    }

    std::size_t fact_count() const {
        std::size_t count = 0;
        for (const auto& segment : segments)
            count += segment.facts.size();
        return count;
    }
};

inline RecordedTenant record_tenant(const tenant::DemoOptions& options) {
    RecordedTenant recorded;
    recorded.options = options;
    tenant::generate(options, recorded);
    return recorded;
}

// What figures count of a fact that is no application.
inline FactEvent money_event(const FinancingFact& fact) {
    FactEvent event;
    event.kind = fact.kind;
    event.status = fact.status;
    event.existing_cardholder = fact.existing_cardholder;
    event.duplicate = fact.duplicate;
    event.settled_cents = fact.settled_cents;
    event.fee_cents = fact.fee_cents;
    return event;
}

// Made once: several tests only read it.
inline const RecordedTenant& small_tenant() {
    static const RecordedTenant recorded = record_tenant({1, day_from_civil({2026, 11, 21}), tenant::Scale::small});
    return recorded;
}

}  // namespace portal
