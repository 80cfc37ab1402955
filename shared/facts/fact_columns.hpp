// The rows of FactTable, in columns as narrow as limits.hpp lets them be, and what is known of them. Internal to
// shared/facts.
//
// A row is 22 bytes in columns. What only a fact that is shown needs (external key, reference, source line, the amounts
// that its kind does not move) stays encoded beside its segment. Rows of a segment are side by side; dead rows have
// dead_code until the sweep. What depends on other facts of a practice (links, details) is settled when it is next
// asked after a change, practice by practice.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "shared/facts/dictionary.hpp"
#include "shared/facts/fact_cubes.hpp"
#include "shared/facts/fact_order.hpp"
#include "shared/facts/fact_table.hpp"
#include "shared/facts/fact_traits.hpp"

namespace portal {

// One byte: channel in 2 bits, existing cardholder, hour band in 5.
struct Occasion {
    static constexpr std::uint8_t channel_mask = 3, existing_bit = 4;
    static constexpr unsigned hour_shift = 3;
};

struct Columns {
    std::vector<std::uint16_t> traits;  // A TraitCode, and 256 more for existing cardholders: a key of MeasureSlots.
    std::vector<std::uint8_t> occasion, plan;
    std::vector<std::uint16_t> location;
    std::vector<std::uint16_t> own_day;       // basis_day().
    std::vector<std::uint16_t> posting_days;  // From event to posting; a fact's other day follows from both.
    std::vector<std::uint32_t> first_cents, second_cents;  // FactMoney; the first one is amount_cents().
    std::vector<std::uint32_t> link;                       // Of a reference within its practice; 0 is none.

    std::size_t size() const { return traits.size(); }
    void reserve_more(std::size_t rows);
    void resize(std::size_t rows);
    void move_rows(std::size_t from, std::size_t to, std::size_t count);
    std::size_t memory_bytes() const;

    TraitCode code(std::size_t row) const { return static_cast<TraitCode>(traits[row]); }
    void set_code(std::size_t row, TraitCode code) {
        traits[row] = static_cast<std::uint16_t>((traits[row] & existing_key) | code);
    }
    bool is_application(std::size_t row) const { return traits_of(code(row)).kind == FactKind::application; }
    Day event_day(std::size_t row) const {
        return is_application(row) ? own_day[row] : static_cast<Day>(own_day[row]) - posting_days[row];
    }
    Day posted_day(std::size_t row) const {
        return is_application(row) ? static_cast<Day>(own_day[row]) + posting_days[row] : own_day[row];
    }
    bool existing(std::size_t row) const { return (occasion[row] & Occasion::existing_bit) != 0; }
};

// Rows [begin, end) of the columns, all of one location and month of event day.
struct SegmentRows {
    std::uint32_t id = 0;  // In segment_ids.
    std::uint32_t begin = 0, end = 0;
    std::uint16_t practice = 0, location = 0;
    std::uint16_t day_min = 0xFFFF, day_max = 0;  // Of event and posted days together.
    MonthIndex month = 0;
    Day closed_until = 0;
    // Encoded, one after another: external keys, references from the first offset on, source lines from the second, and
    // the amounts that a fact's kind does not move from the third.
    std::string texts;
    std::uint32_t references_at = 0, lines_at = 0, amounts_at = 0;

    std::uint32_t size() const { return end - begin; }
    bool is_gone() const { return begin == end; }
    wire::TextColumn external_keys() const;
    std::string_view references() const {
        return std::string_view(texts).substr(references_at, lines_at - references_at);
    }
    std::string_view lines() const { return std::string_view(texts).substr(lines_at, amounts_at - lines_at); }
};

// A dictionary's entries in the order of their texts.
struct NameRanks {
    std::vector<std::uint32_t> rank_of, number_at;
    void refresh(const Dictionary& names);
};

// A segment's texts and lines, decoded.
struct DecodedTexts {
    wire::TextColumn external_keys, references;
    std::vector<std::int64_t> lines;
    explicit DecodedTexts(const SegmentRows& segment);
};

struct PracticeRows {
    std::vector<std::uint32_t> segments;  // Indexes; those that are gone are skipped.
    std::uint32_t links = 0;              // Different references.
    bool is_stale = false;
};

struct FactTable::State {
    Dictionary practices, locations, plans, segment_ids;
    NameRanks practice_ranks, location_ranks, plan_ranks;
    std::vector<std::uint16_t> practice_of_location;
    Columns columns;
    std::vector<SegmentRows> segments;           // In row order.
    std::vector<std::uint32_t> segment_by_id;    // Index into segments, or Dictionary::unknown.
    std::vector<PracticeRows> practice_rows;     // By practice.
    std::vector<std::uint16_t> stale_practices;  // Each once.
    std::size_t dead_rows = 0, live_segments = 0, cube_rows_min = 0;
    DayRange days;  // Of all rows by any basis; may be wider after removals.
    FactCubes cubes;
    FactOrders orders;
    wire::FactColumns facts;  // The segment that is being put; its room is used again until the next question.

    // `facts` is the segment decoded. An Error leaves everything as it was.
    Status check_fits(const FactSegment& segment) const;
    void append(const FactSegment& segment);
    std::optional<std::uint32_t> segment_of(const Id& id) const;
    void kill(std::uint32_t segment_index);
    void sweep_if_due();

    // Settles what depends on other facts: links, splits, uses, refunds of earlier months. Before anything is asked.
    void refresh();

    const SegmentRows& segment_at(std::size_t row) const;
    std::vector<FinancingFact> facts_at(const std::vector<std::uint32_t>& rows) const;
    std::size_t memory_bytes() const;

  private:
    FinancingFact fact(std::size_t row, const SegmentRows& segment, const DecodedTexts& texts) const;
    void append_rows(SegmentRows& segment);
    void append_texts(SegmentRows& segment);
    void changed(std::uint16_t practice);
};

// Settles the rows of the stale practices; fact_links.cpp says how.
void link_practices(FactTable::State& state);

}  // namespace portal
