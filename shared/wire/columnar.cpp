#include "shared/wire/columnar.hpp"

#include <algorithm>
#include <array>

#include "shared/base/check.hpp"
#include "shared/base/limits.hpp"
#include "shared/wire/column_bytes.hpp"
#include "shared/wire/json_codec.hpp"

namespace portal::wire {
namespace {

constexpr std::string_view magic = "PFC";
constexpr std::size_t header_bytes = 8;  // Magic, version, CRC-32.
// Every fact takes at least: two packed bytes, one plan, two for each text, one for each of the seven numbers.
constexpr std::size_t fact_bytes_min = 2 + 1 + 2 * 2 + 7;

// Two bytes hold a fact's small members: kind 3 bits, status 4, channel 2, flags 2, hour band 5.
constexpr unsigned status_shift = 3, channel_shift = 7, flags_shift = 9, hour_shift = 11;
constexpr unsigned kinds = static_cast<unsigned>(FactKind::void_) + 1;
constexpr unsigned statuses = static_cast<unsigned>(FactStatus::authorized) + 1;
constexpr unsigned hours = 24;

std::uint16_t packed_members(const FinancingFact& fact) {
    check(fact.hour_band >= 0 && fact.hour_band < static_cast<std::int32_t>(hours), "an hour band is 0-23");
    const unsigned flags = (fact.existing_cardholder ? FactColumns::existing_cardholder_bit : 0u) |
                           (fact.duplicate ? FactColumns::duplicate_bit : 0u);
    return static_cast<std::uint16_t>(static_cast<unsigned>(fact.kind) |
                                      static_cast<unsigned>(fact.status) << status_shift |
                                      static_cast<unsigned>(fact.channel) << channel_shift | flags << flags_shift |
                                      static_cast<unsigned>(fact.hour_band) << hour_shift);
}

std::string_view read_texts(ColumnReader& reader, std::string_view name, std::size_t count, SegmentTexts texts,
                            TextColumn& column) {
    reader.column(name);
    const std::size_t begin = reader.position();
    if (texts == SegmentTexts::decoded) {
        reader.begin_texts(column);
        for (std::size_t index = 0; index < count && reader.ok(); ++index)
            reader.text(column);
    } else {
        std::size_t size = 0;
        for (std::size_t index = 0; index < count && reader.ok(); ++index)
            reader.text(size);
    }
    return reader.since(begin);
}

void read_plans(ColumnReader& reader, std::size_t count, FactColumns& columns) {
    reader.column("plan");
    const std::uint64_t plans = reader.varint();
    if (plans > limits::segment_plans_max || plans > count) return reader.breach("more plans than can be");
    columns.plans.clear();
    reader.begin_texts(columns.plans);
    for (std::uint64_t index = 0; index < plans && reader.ok(); ++index)
        reader.text(columns.plans);
    columns.plan.resize(count);
    for (std::size_t index = 0; index < count && reader.ok(); ++index) {
        const std::uint64_t plan_index = reader.varint();
        if (plan_index >= plans) return reader.breach("a plan that the dictionary lacks");
        columns.plan[index] = static_cast<std::uint16_t>(plan_index);
    }
}

void read_members(ColumnReader& reader, std::size_t count, FactColumns& columns) {
    reader.column("kind and status");
    const std::string_view bytes = reader.take(count * 2);
    if (!reader.ok()) return;
    columns.kind.resize(count);
    columns.status.resize(count);
    columns.channel.resize(count);
    columns.flags.resize(count);
    columns.hour_band.resize(count);
    for (std::size_t index = 0; index < count; ++index) {
        const auto packed = static_cast<unsigned>(static_cast<std::uint8_t>(bytes[index * 2]) |
                                                  static_cast<std::uint8_t>(bytes[index * 2 + 1]) << 8);
        const unsigned kind = packed & 7, status = packed >> status_shift & 15, hour = packed >> hour_shift;
        if (kind >= kinds || status >= statuses || hour >= hours)
            return reader.breach("a value outside its vocabulary");
        columns.kind[index] = static_cast<FactKind>(kind);
        columns.status[index] = static_cast<FactStatus>(status);
        columns.channel[index] = static_cast<FactChannel>(packed >> channel_shift & 3);
        columns.flags[index] = static_cast<std::uint8_t>(packed >> flags_shift & 3);
        columns.hour_band[index] = static_cast<std::uint8_t>(hour);
    }
}

void read_numbers(ColumnReader& reader, std::string_view name, std::size_t count, std::vector<std::int64_t>& column) {
    reader.column(name);
    column.resize(count);
    for (std::int64_t& number : column)
        number = reader.signed_varint();
}

void sum_differences(std::vector<std::int64_t>& numbers) {
    std::uint64_t sum = 0;  // Wraps as the encoder's difference does.
    for (auto& number : numbers)
        number = static_cast<std::int64_t>(sum += static_cast<std::uint64_t>(number));
}

void read_days(ColumnReader& reader, std::size_t count, FactColumns& columns) {
    reader.column("event_day");
    columns.event_day.resize(count);
    columns.posted_day.resize(count);
    Day former = 0;
    for (std::size_t index = 0; index < count && reader.ok(); ++index) {
        former = add_days(reader, former, reader.signed_varint());
        columns.event_day[index] = former;
    }
    reader.column("posted_day");
    for (std::size_t index = 0; index < count && reader.ok(); ++index)
        columns.posted_day[index] = add_days(reader, columns.event_day[index], reader.signed_varint());
}

void put_columns(std::string& out, std::span<const FinancingFact> facts) {
    const auto each_number = [&](auto member) {
        for (const auto& fact : facts)
            put_signed(out, fact.*member);
    };
    std::int64_t former_row = 0;
    for (const auto& fact : facts) {
        // The difference wraps like the sum that undoes it.
        put_signed(out, static_cast<std::int64_t>(static_cast<std::uint64_t>(fact.row_number) -
                                                  static_cast<std::uint64_t>(former_row)));
        former_row = fact.row_number;
    }
    Day former_day = 0;
    for (const auto& fact : facts) {
        put_signed(out, static_cast<std::int64_t>(fact.event_day) - former_day);
        former_day = fact.event_day;
    }
    for (const auto& fact : facts)
        put_signed(out, static_cast<std::int64_t>(fact.posted_day) - fact.event_day);
    each_number(&FinancingFact::requested_cents);
    each_number(&FinancingFact::approved_cents);
    each_number(&FinancingFact::settled_cents);
    each_number(&FinancingFact::fee_cents);
}

void put_plans(std::string& out, std::span<const FinancingFact> facts) {
    std::vector<Id> plans;
    std::vector<std::size_t> indexes;
    for (const auto& fact : facts) {
        const auto found = std::find(plans.begin(), plans.end(), fact.plan);
        indexes.push_back(static_cast<std::size_t>(found - plans.begin()));
        if (found == plans.end()) plans.push_back(fact.plan);
    }
    check(plans.size() <= limits::segment_plans_max, "more plans in a segment than its cap");
    put_varint(out, plans.size());
    std::string_view former;
    for (const auto& plan : plans) {
        put_text(out, plan, former);
        former = plan;
    }
    for (const std::size_t index : indexes)
        put_varint(out, index);
}

}  // namespace

FinancingFact FactColumns::fact(std::size_t index, const Id& practice, const Id& location) const {
    FinancingFact fact;
    fact.external_key = external_key.at(index);
    fact.application_ref = application_ref.at(index);
    fact.row_number = row_number[index];
    fact.kind = kind[index];
    fact.status = status[index];
    fact.practice = practice;
    fact.location = location;
    fact.plan = plans.at(plan[index]);
    fact.channel = channel[index];
    fact.existing_cardholder = (flags[index] & existing_cardholder_bit) != 0;
    fact.duplicate = (flags[index] & duplicate_bit) != 0;
    fact.event_day = event_day[index];
    fact.posted_day = posted_day[index];
    fact.hour_band = hour_band[index];
    fact.requested_cents = requested_cents[index];
    fact.approved_cents = approved_cents[index];
    fact.settled_cents = settled_cents[index];
    fact.fee_cents = fee_cents[index];
    return fact;
}

std::string encode_segment(std::span<const FinancingFact> facts) {
    check(facts.size() <= limits::segment_facts_max, "more facts in a segment than its cap");
    std::string body;
    body.reserve(facts.size() * 40 + 64);
    put_varint(body, facts.size());
    put_plans(body, facts);
    for (const auto member : {&FinancingFact::external_key, &FinancingFact::application_ref}) {
        std::string_view former;
        for (const auto& fact : facts) {
            put_text(body, fact.*member, former);
            former = fact.*member;
        }
    }
    for (const auto& fact : facts) {
        check(fact.practice == facts[0].practice && fact.location == facts[0].location, "a segment has one location");
        const std::uint16_t packed = packed_members(fact);
        body.push_back(static_cast<char>(packed));
        body.push_back(static_cast<char>(packed >> 8));
    }
    put_columns(body, facts);

    std::string out(magic);
    out.push_back(static_cast<char>(columnar_version));
    put_u32(out, crc32(body));
    return out += body;
}

Result<FactColumns> decode_columns(std::string_view bytes, SegmentTexts texts) {
    FactColumns columns;
    PORTAL_TRY(decode_columns(bytes, texts, columns));
    return columns;
}

Status decode_columns(std::string_view bytes, SegmentTexts texts, FactColumns& columns) {
    if (bytes.size() < header_bytes || bytes.substr(0, magic.size()) != magic)
        return fail(ErrorCode::corrupted, "fact segment: the header is missing");
    if (static_cast<std::uint8_t>(bytes[magic.size()]) != columnar_version)
        return fail(ErrorCode::unsupported_version, "fact segment: written by another version; reload the portal");
    if (u32_at(bytes.substr(magic.size() + 1, 4)) != crc32(bytes.substr(header_bytes)))
        return fail(ErrorCode::corrupted, "fact segment: the checksum does not match");

    ColumnReader reader("fact segment", bytes.substr(header_bytes));
    const std::uint64_t announced = reader.varint();
    if (announced > limits::segment_facts_max || announced > reader.left() / fact_bytes_min)
        reader.breach("more facts than the bytes can hold");
    const auto count = reader.ok() ? static_cast<std::size_t>(announced) : 0;

    columns.external_key.clear();
    columns.application_ref.clear();
    read_plans(reader, count, columns);
    columns.external_key_bytes = read_texts(reader, "external_key", count, texts, columns.external_key);
    columns.application_ref_bytes = read_texts(reader, "application_ref", count, texts, columns.application_ref);
    read_members(reader, count, columns);
    const std::size_t numbers_begin = reader.position();
    read_numbers(reader, "row_number", count, columns.row_number);
    columns.row_number_bytes = reader.since(numbers_begin);
    sum_differences(columns.row_number);
    read_days(reader, count, columns);
    read_numbers(reader, "requested_cents", count, columns.requested_cents);
    read_numbers(reader, "approved_cents", count, columns.approved_cents);
    read_numbers(reader, "settled_cents", count, columns.settled_cents);
    read_numbers(reader, "fee_cents", count, columns.fee_cents);
    if (reader.ok() && reader.left() != 0) reader.breach("bytes after the last column");
    if (!reader.ok()) return fail(reader.error());
    return {};
}

TextColumn texts_of(std::string_view bytes, std::size_t count) {
    TextColumn texts;
    add_texts(bytes, count, texts);
    return texts;
}

void add_texts(std::string_view bytes, std::size_t count, TextColumn& texts) {
    ColumnReader reader("fact segment", bytes);
    read_texts(reader, "texts", count, SegmentTexts::decoded, texts);
    check(reader.ok() && reader.left() == 0, "texts that were looked through decode");
}

std::vector<std::int64_t> numbers_of(std::string_view bytes, std::size_t count) {
    ColumnReader reader("fact segment", bytes);
    std::vector<std::int64_t> numbers;
    read_numbers(reader, "numbers", count, numbers);
    check(reader.ok() && reader.left() == 0, "numbers that were decoded once decode again");
    sum_differences(numbers);
    return numbers;
}

Result<std::vector<FinancingFact>> decode_segment(std::string_view bytes, const Id& practice, const Id& location) {
    PORTAL_TRY_ASSIGN(columns, decode_columns(bytes));
    std::vector<FinancingFact> facts;
    facts.reserve(columns.size());
    for (std::size_t index = 0; index < columns.size(); ++index)
        facts.push_back(columns.fact(index, practice, location));
    return facts;
}

}  // namespace portal::wire
