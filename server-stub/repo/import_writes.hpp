// How an import reaches the tables: staged in small transactions, then published by one.
//
// A batch's facts are written beside the published ones and stay invisible until publish(), which only flips the batch,
// stores the segments that prepare() has encoded and puts the staged rows. A batch that a crash left behind is swept
// when the repository opens. One batch is open at a time. Every call runs inside a write job (see commit_queue.hpp).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "shared/base/result.hpp"
#include "shared/model/records.hpp"

namespace portal::server {

using BatchId = std::int64_t;

enum class FactVerdict : std::uint8_t { inserted, changed, unchanged };

class ImportWrites {
  public:
    virtual ~ImportWrites() = default;
    // `closed_until`: the source has reported every day up to this one. Error conflict: another batch is open.
    virtual Result<BatchId> begin(Day closed_until, InstantMs now_ms) = 0;
    // At most limits::import_transaction_rows_max a call. A key told before takes the new content; the latest wins.
    virtual Result<std::vector<FactVerdict>> stage_facts(BatchId batch, std::span<const FinancingFact> facts) = 0;
    // Whole rows with their ids: put() when the batch is published, parents before children. Of two, the later stands.
    virtual Status stage_rows(BatchId batch, std::span<const Row> rows) = 0;
    // Encodes up to `segments_max` of the segments that the staged facts touch, then makes the rollups of their
    // practices, as many as have about so many segments; returns how many segments and practices are left.
    virtual Result<std::int64_t> prepare(BatchId batch, std::int64_t segments_max) = 0;
    // The one switch. Error precondition_failed while prepare() has segments left.
    virtual Status publish(BatchId batch, InstantMs now_ms) = 0;
    // Deletes up to `rows_max` staged rows or facts; true when nothing is left and the batch is closed.
    virtual Result<bool> abandon(BatchId batch, std::int64_t rows_max) = 0;
    // Abandons the batch that a crash left open, if any; the repository does it when it opens.
    virtual Status abandon_leftovers() = 0;
    // Makes the rollups of facts that are older than rollups; the repository does it when it opens.
    virtual Status make_due_rollups() = 0;
    // After publish(): deletes up to `rows_max` versions that newer ones replaced; true when none is left.
    virtual Result<bool> sweep(std::int64_t rows_max) = 0;
};

}  // namespace portal::server
