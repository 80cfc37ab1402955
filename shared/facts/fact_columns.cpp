#include "shared/facts/fact_columns.hpp"

#include <algorithm>
#include <bit>
#include <map>
#include <numeric>

#include "shared/base/check.hpp"
#include "shared/base/limits.hpp"

namespace portal {
namespace {

// More dead rows than this share of the live ones are swept out.
constexpr std::size_t dead_share = 4, dead_rows_min = 1'024;
// Columns grow by an eighth: doubling would leave half of a large table's memory empty.
constexpr std::size_t growth_share = 8;

template <class Columns, class Visit>
void each_column(Columns& columns, const Visit& visit) {
    visit(columns.traits);
    visit(columns.occasion);
    visit(columns.plan);
    visit(columns.location);
    visit(columns.own_day);
    visit(columns.posting_days);
    visit(columns.first_cents);
    visit(columns.second_cents);
    visit(columns.link);
}

// A fact's amounts that its kind does not move, as one tag byte (nothing at all where a segment has none): none, the
// first one equals what the kind moves first, or two numbers of eight bytes follow.
enum class OtherAmounts : char { none, same_as_first, written };

void put_other_amounts(std::string& out, std::int64_t moved, FactMoney others) {
    if (others.first == 0 && others.second == 0) return out.push_back(static_cast<char>(OtherAmounts::none));
    if (others.first == moved && others.second == 0)
        return out.push_back(static_cast<char>(OtherAmounts::same_as_first));
    out.push_back(static_cast<char>(OtherAmounts::written));
    for (const std::int64_t cents : {others.first, others.second})
        for (unsigned shift = 0; shift < 64; shift += 8)
            out.push_back(static_cast<char>(static_cast<std::uint64_t>(cents) >> shift));
}

std::int64_t cents_at(std::string_view bytes) {
    std::uint64_t cents = 0;
    for (std::size_t index = 8; index-- > 0;)
        cents = cents << 8 | static_cast<std::uint8_t>(bytes[index]);
    return static_cast<std::int64_t>(cents);
}

// Those of the row with this place in its segment.
FactMoney other_amounts(std::string_view bytes, std::size_t place, std::int64_t moved) {
    if (bytes.empty()) return {};
    std::size_t at = 0;
    for (; place > 0; --place)
        at += static_cast<OtherAmounts>(bytes[at]) == OtherAmounts::written ? 17 : 1;
    switch (static_cast<OtherAmounts>(bytes[at])) {
        case OtherAmounts::none:
            return {};
        case OtherAmounts::same_as_first:
            return {moved, 0};
        case OtherAmounts::written:
            return {cents_at(bytes.substr(at + 1)), cents_at(bytes.substr(at + 9))};
    }
    return {};
}

bool is_within(std::int64_t value, std::int64_t last) {
    return value >= 0 && value <= last;
}

// The traits before other facts are looked at.
FactTraits traits_alone(const wire::FactColumns& facts, std::size_t index) {
    FactTraits traits{facts.kind[index], facts.status[index],
                      (facts.flags[index] & wire::FactColumns::duplicate_bit) != 0, 0};
    if (traits.kind == FactKind::void_ && !traits.duplicate && facts.settled_cents[index] > 0)
        traits.detail = void_of_settled;
    return traits;
}

}  // namespace

void Columns::reserve_more(std::size_t rows) {
    const std::size_t wanted = size() + rows;
    each_column(*this, [&](auto& column) {
        if (column.capacity() < wanted)
            column.reserve(std::max(wanted, column.capacity() * (growth_share + 1) / growth_share));
    });
}

void Columns::resize(std::size_t rows) {
    each_column(*this, [&](auto& column) { column.resize(rows); });
}

void Columns::move_rows(std::size_t from, std::size_t to, std::size_t count) {
    each_column(*this, [&](auto& column) {
        const auto begin = column.begin() + static_cast<std::ptrdiff_t>(from);
        std::copy(begin, begin + static_cast<std::ptrdiff_t>(count), column.begin() + static_cast<std::ptrdiff_t>(to));
    });
}

void NameRanks::refresh(const Dictionary& names) {
    if (rank_of.size() == names.size()) return;
    rank_of.resize(names.size());
    number_at.resize(names.size());
    std::iota(number_at.begin(), number_at.end(), 0u);
    std::sort(number_at.begin(), number_at.end(),
              [&](std::uint32_t a, std::uint32_t b) { return names.at(a) < names.at(b); });
    for (std::size_t rank = 0; rank < number_at.size(); ++rank)
        rank_of[number_at[rank]] = static_cast<std::uint32_t>(rank);
}

std::size_t Columns::memory_bytes() const {
    std::size_t bytes = 0;
    each_column(*this, [&](const auto& column) { bytes += column.capacity() * sizeof(column[0]); });
    return bytes;
}

wire::TextColumn SegmentRows::external_keys() const {
    return wire::texts_of(std::string_view(texts).substr(0, references_at), size());
}
Status FactTable::State::check_fits(const FactSegment& segment) const {
    const auto refused = [](const char* what) {
        return fail(ErrorCode::corrupted, std::string("fact segment: ") + what + " beyond what the portal can hold");
    };
    // Bounds are powers of two less one, so the bits of all values together tell whether one is beyond, or negative.
    static_assert(std::has_single_bit(static_cast<std::uint64_t>(limits::fact_cents_max) + 1) &&
                  std::has_single_bit(static_cast<std::uint32_t>(limits::fact_day_max) + 1) &&
                  std::has_single_bit(static_cast<std::uint32_t>(limits::fact_posting_days_max) + 1));
    std::int64_t cents = 0;
    Day days_seen = 0, postings = 0;
    for (std::size_t index = 0; index < facts.size(); ++index) {
        const bool application = facts.kind[index] == FactKind::application;
        cents |= application ? facts.requested_cents[index] | facts.approved_cents[index]
                             : facts.settled_cents[index] | facts.fee_cents[index];
        days_seen |= facts.event_day[index] | facts.posted_day[index];
        postings |= facts.posted_day[index] - facts.event_day[index];
    }
    if (!is_within(days_seen, limits::fact_day_max) || !is_within(postings, limits::fact_posting_days_max))
        return refused("a day");
    if (!is_within(cents, limits::fact_cents_max)) return refused("an amount");
    std::size_t plans_new = 0;
    for (std::size_t index = 0;
         index < facts.plans.size() && plans.size() + facts.plans.size() > limits::fact_plans_max; ++index)
        plans_new += plans.find(facts.plans.at(index)) == Dictionary::unknown ? 1 : 0;
    if (plans.size() + plans_new > limits::fact_plans_max) return refused("more plans, which is");
    const std::uint32_t location = locations.find(segment.location);
    const bool is_new = location == Dictionary::unknown;
    if (std::max(practices.size(), locations.size()) >= limits::fact_places_max && is_new)
        return refused("more places, which is");
    if (!is_new && practices.at(practice_of_location[location]) != segment.practice)
        return fail(ErrorCode::corrupted, "fact segment: its location is known to belong to another practice");
    return {};
}

// Column by column: the loops that only narrow numbers take many at once.
void FactTable::State::append_rows(SegmentRows& segment) {
    const std::size_t count = facts.size();
    const FactKind* kind = facts.kind.data();
    const Day *event = facts.event_day.data(), *posted = facts.posted_day.data();
    const auto column = [&](auto& values) { return values.data() + segment.begin; };
    std::uint16_t *traits = column(columns.traits), *own_day = column(columns.own_day);
    std::uint16_t* posting = column(columns.posting_days);
    std::uint8_t* occasion = column(columns.occasion);
    std::uint32_t *first = column(columns.first_cents), *second = column(columns.second_cents);
    const auto choose = [&](std::uint32_t* out, const std::int64_t* asked, const std::int64_t* moved) {
        for (std::size_t index = 0; index < count; ++index)
            out[index] = static_cast<std::uint32_t>(kind[index] == FactKind::application ? asked[index] : moved[index]);
    };
    choose(first, facts.requested_cents.data(), facts.settled_cents.data());
    choose(second, facts.approved_cents.data(), facts.fee_cents.data());
    Day day_min = limits::fact_day_max, day_max = 0;
    for (std::size_t index = 0; index < count; ++index) {
        own_day[index] =
            static_cast<std::uint16_t>(kind[index] == FactKind::application ? event[index] : posted[index]);
        posting[index] = static_cast<std::uint16_t>(posted[index] - event[index]);
        day_min = std::min(day_min, event[index]);
        day_max = std::max(day_max, posted[index]);
    }
    segment.day_min = static_cast<std::uint16_t>(day_min);
    segment.day_max = static_cast<std::uint16_t>(day_max);
    const std::uint8_t *flags = facts.flags.data(), *hours = facts.hour_band.data();
    const FactChannel* channels = facts.channel.data();
    for (std::size_t index = 0; index < count; ++index) {
        const bool existing = (flags[index] & wire::FactColumns::existing_cardholder_bit) != 0;
        traits[index] =
            static_cast<std::uint16_t>(code_of(traits_alone(facts, index)) | (existing ? existing_key : 0u));
        occasion[index] = static_cast<std::uint8_t>(static_cast<unsigned>(channels[index]) |
                                                    (existing ? Occasion::existing_bit : 0u) |
                                                    static_cast<unsigned>(hours[index]) << Occasion::hour_shift);
    }
    std::fill_n(column(columns.location), count, segment.location);
}

void FactTable::State::append_texts(SegmentRows& segment) {
    std::string others;
    bool has_others = false;
    for (std::size_t index = 0; index < facts.size(); ++index) {
        const bool application = facts.kind[index] == FactKind::application;
        has_others |= application ? (facts.settled_cents[index] | facts.fee_cents[index]) != 0
                                  : (facts.requested_cents[index] | facts.approved_cents[index]) != 0;
    }
    for (std::size_t index = 0; has_others && index < facts.size(); ++index) {
        const FactMoney asked{facts.requested_cents[index], facts.approved_cents[index]};
        const FactMoney moved{facts.settled_cents[index], facts.fee_cents[index]};
        const bool application = facts.kind[index] == FactKind::application;
        put_other_amounts(others, application ? asked.first : moved.first, application ? moved : asked);
    }
    std::string& texts = segment.texts;
    texts.reserve(facts.external_key_bytes.size() + facts.application_ref_bytes.size() + facts.row_number_bytes.size() +
                  others.size());
    texts += facts.external_key_bytes;
    segment.references_at = static_cast<std::uint32_t>(texts.size());
    texts += facts.application_ref_bytes;
    segment.lines_at = static_cast<std::uint32_t>(texts.size());
    texts += facts.row_number_bytes;
    segment.amounts_at = static_cast<std::uint32_t>(texts.size());
    texts += others;
}

void FactTable::State::append(const FactSegment& segment) {
    SegmentRows rows;
    rows.id = segment_ids.add(segment.id);
    rows.begin = static_cast<std::uint32_t>(columns.size());
    rows.end = rows.begin + static_cast<std::uint32_t>(facts.size());
    rows.practice = static_cast<std::uint16_t>(practices.add(segment.practice));
    rows.location = static_cast<std::uint16_t>(locations.add(segment.location));
    rows.month = segment.month;
    rows.closed_until = segment.closed_until;
    practice_of_location.resize(locations.size(), rows.practice);
    practice_rows.resize(practices.size());

    append_texts(rows);

    std::vector<std::uint8_t> plan_numbers;
    for (std::size_t index = 0; index < facts.plans.size(); ++index)
        plan_numbers.push_back(static_cast<std::uint8_t>(plans.add(facts.plans.at(index))));
    columns.reserve_more(facts.size());
    columns.resize(rows.end);
    for (std::size_t index = 0; index < facts.size(); ++index)
        columns.plan[rows.begin + index] = plan_numbers[facts.plan[index]];
    append_rows(rows);
    if (!rows.is_gone()) {
        if (days.first > days.last) days = {rows.day_min, rows.day_max};
        days = {std::min<Day>(days.first, rows.day_min), std::max<Day>(days.last, rows.day_max)};
    }
    segment_by_id.resize(segment_ids.size(), Dictionary::unknown);
    segment_by_id[rows.id] = static_cast<std::uint32_t>(segments.size());
    practice_rows[rows.practice].segments.push_back(static_cast<std::uint32_t>(segments.size()));
    changed(rows.practice);
    segments.push_back(std::move(rows));
    ++live_segments;
}

void FactTable::State::changed(std::uint16_t practice) {
    if (practice_rows[practice].is_stale) return;
    practice_rows[practice].is_stale = true;
    stale_practices.push_back(practice);
}

std::optional<std::uint32_t> FactTable::State::segment_of(const Id& id) const {
    const std::uint32_t number = segment_ids.find(id);
    if (number == Dictionary::unknown || segment_by_id[number] == Dictionary::unknown) return std::nullopt;
    return segment_by_id[number];
}

void FactTable::State::kill(std::uint32_t segment_index) {
    SegmentRows& rows = segments[segment_index];
    std::fill(columns.traits.begin() + rows.begin, columns.traits.begin() + rows.end, dead_code);
    dead_rows += rows.size();
    segment_by_id[rows.id] = Dictionary::unknown;
    // An empty range stays behind until the sweep, so that the other indexes hold.
    rows.end = rows.begin;
    rows.texts = std::string();
    --live_segments;
    changed(rows.practice);
}

void FactTable::State::sweep_if_due() {
    const std::size_t live = columns.size() - dead_rows;
    const bool rows_due = dead_rows >= dead_rows_min && dead_rows * dead_share >= live;
    const bool ranges_due = segments.size() >= dead_rows_min && segments.size() > live_segments * 2;
    if (!rows_due && !ranges_due) return;
    std::vector<SegmentRows> kept;
    for (PracticeRows& practice : practice_rows)
        practice.segments.clear();
    std::uint32_t end = 0;
    for (SegmentRows& rows : segments) {
        if (segment_by_id[rows.id] == Dictionary::unknown || &segments[segment_by_id[rows.id]] != &rows) continue;
        columns.move_rows(rows.begin, end, rows.size());
        rows.end = end + rows.size();
        rows.begin = end;
        end = rows.end;
        practice_rows[rows.practice].segments.push_back(static_cast<std::uint32_t>(kept.size()));
        kept.push_back(std::move(rows));
    }
    for (std::size_t index = 0; index < kept.size(); ++index)
        segment_by_id[kept[index].id] = static_cast<std::uint32_t>(index);
    segments = std::move(kept);
    columns.resize(end);
    dead_rows = 0;
    orders.clear();
}

void FactTable::State::refresh() {
    if (stale_practices.empty()) return;
    facts = wire::FactColumns();
    for (const std::uint16_t number : stale_practices) {
        PracticeRows& practice = practice_rows[number];
        std::erase_if(practice.segments, [&](std::uint32_t segment) { return segments[segment].is_gone(); });
        practice.is_stale = false;
        cubes.practice_changed(number);
    }
    link_practices(*this);
    stale_practices.clear();
    orders.clear();
    practice_ranks.refresh(practices);
    location_ranks.refresh(locations);
    plan_ranks.refresh(plans);
}

const SegmentRows& FactTable::State::segment_at(std::size_t row) const {
    const auto after = std::partition_point(segments.begin(), segments.end(),
                                            [&](const SegmentRows& rows) { return rows.end <= row; });
    check(after != segments.end() && after->begin <= row, "a row has a segment");
    return *after;
}

DecodedTexts::DecodedTexts(const SegmentRows& segment)
    : external_keys(segment.external_keys()),
      references(wire::texts_of(segment.references(), segment.size())),
      lines(wire::numbers_of(segment.lines(), segment.size())) {}

std::vector<FinancingFact> FactTable::State::facts_at(const std::vector<std::uint32_t>& rows) const {
    std::map<const SegmentRows*, DecodedTexts> texts;  // Each segment's once, however many of its rows are wanted.
    std::vector<FinancingFact> facts_of_rows;
    for (const std::uint32_t row : rows) {
        const SegmentRows& segment = segment_at(row);
        facts_of_rows.push_back(fact(row, segment, texts.try_emplace(&segment, segment).first->second));
    }
    return facts_of_rows;
}

FinancingFact FactTable::State::fact(std::size_t row, const SegmentRows& segment, const DecodedTexts& texts) const {
    const std::size_t place = row - segment.begin;
    const FactTraits& traits = traits_of(columns.code(row));
    FinancingFact fact;
    fact.external_key = texts.external_keys.at(place);
    fact.application_ref = texts.references.at(place);
    fact.row_number = texts.lines[place];
    fact.kind = traits.kind;
    fact.status = traits.status;
    fact.practice = practices.at(segment.practice);
    fact.location = locations.at(segment.location);
    fact.plan = plans.at(columns.plan[row]);
    fact.channel = static_cast<FactChannel>(columns.occasion[row] & Occasion::channel_mask);
    fact.existing_cardholder = columns.existing(row);
    fact.duplicate = traits.duplicate;
    fact.event_day = columns.event_day(row);
    fact.posted_day = columns.posted_day(row);
    fact.hour_band = columns.occasion[row] >> Occasion::hour_shift;
    const FactMoney own{columns.first_cents[row], columns.second_cents[row]};
    const FactMoney others =
        other_amounts(std::string_view(segment.texts).substr(segment.amounts_at), place, own.first);
    const bool application = traits.kind == FactKind::application;
    const FactMoney& asked = application ? own : others;
    const FactMoney& moved = application ? others : own;
    fact.requested_cents = asked.first;
    fact.approved_cents = asked.second;
    fact.settled_cents = moved.first;
    fact.fee_cents = moved.second;
    return fact;
}

std::size_t FactTable::State::memory_bytes() const {
    std::size_t bytes = columns.memory_bytes() + practices.memory_bytes() + locations.memory_bytes() +
                        plans.memory_bytes() + segment_ids.memory_bytes() + cubes.memory_bytes() +
                        orders.memory_bytes();
    bytes += segments.capacity() * sizeof(SegmentRows) + segment_by_id.capacity() * sizeof(std::uint32_t) +
             practice_rows.capacity() * sizeof(PracticeRows) + practice_of_location.capacity() * sizeof(std::uint16_t);
    for (const SegmentRows& rows : segments)
        bytes += rows.texts.capacity();
    for (const PracticeRows& practice : practice_rows)
        bytes += practice.segments.capacity() * sizeof(std::uint32_t);
    return bytes;
}

}  // namespace portal
