#include "shared/wire/columnar.hpp"

#include <algorithm>
#include <array>

#include "shared/base/check.hpp"
#include "shared/base/limits.hpp"
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

void put_varint(std::string& out, std::uint64_t value) {
    for (; value >= 0x80; value >>= 7)
        out.push_back(static_cast<char>(value | 0x80));
    out.push_back(static_cast<char>(value));
}

// Small numbers of either sign become small numbers without one. Shifts are on unsigned values: all of int64 fits.
std::uint64_t zigzag(std::int64_t value) {
    return (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
}
std::int64_t unzigzag(std::uint64_t value) {
    return static_cast<std::int64_t>((value >> 1) ^ (~(value & 1) + 1));
}

void put_signed(std::string& out, std::int64_t value) {
    put_varint(out, zigzag(value));
}

void put_text(std::string& out, std::string_view text, std::string_view former) {
    check(text.size() <= limits::fact_text_bytes_max, "a fact's text is longer than its cap");
    const auto mismatch = std::mismatch(text.begin(), text.end(), former.begin(), former.end());
    const auto shared = static_cast<std::size_t>(mismatch.first - text.begin());
    put_varint(out, shared);
    put_varint(out, text.size() - shared);
    out.append(text.substr(shared));
}

void put_u32(std::string& out, std::uint32_t value) {
    for (int shift = 0; shift < 32; shift += 8)
        out.push_back(static_cast<char>(value >> shift));
}

std::uint32_t u32_at(std::string_view bytes) {
    std::uint32_t value = 0;
    for (std::size_t index = 4; index-- > 0;)
        value = value << 8 | static_cast<std::uint8_t>(bytes[index]);
    return value;
}

std::uint16_t packed_members(const FinancingFact& fact) {
    check(fact.hour_band >= 0 && fact.hour_band < static_cast<std::int32_t>(hours), "an hour band is 0-23");
    const unsigned flags = (fact.existing_cardholder ? FactColumns::existing_cardholder_bit : 0u) |
                           (fact.duplicate ? FactColumns::duplicate_bit : 0u);
    return static_cast<std::uint16_t>(static_cast<unsigned>(fact.kind) |
                                      static_cast<unsigned>(fact.status) << status_shift |
                                      static_cast<unsigned>(fact.channel) << channel_shift | flags << flags_shift |
                                      static_cast<unsigned>(fact.hour_band) << hour_shift);
}

// A cursor over hostile bytes. The first breach is remembered with its column; later reads give zeros.
class SegmentReader {
  public:
    explicit SegmentReader(std::string_view bytes) : m_bytes(bytes) {}

    void column(std::string_view name) { m_column = name; }
    bool ok() const { return m_breach.empty(); }
    std::size_t left() const { return m_bytes.size() - m_position; }

    void breach(std::string_view what) {
        if (ok()) m_breach = "fact segment, column " + std::string(m_column) + ": " + std::string(what);
        m_position = m_bytes.size();
    }

    std::uint64_t varint() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            if (m_position == m_bytes.size()) {
                breach("the bytes end early");
                return 0;
            }
            const auto byte = static_cast<std::uint8_t>(m_bytes[m_position++]);
            if (shift == 63 && byte > 1) break;
            value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
            if (byte < 0x80) return value;
        }
        breach("a number has more than 64 bits");
        return 0;
    }

    std::int64_t signed_varint() { return unzigzag(varint()); }

    std::string_view take(std::uint64_t size) {
        if (size > left()) {
            breach("the bytes end early");
            return {};
        }
        const auto taken = m_bytes.substr(m_position, static_cast<std::size_t>(size));
        m_position += static_cast<std::size_t>(size);
        return taken;
    }

    // Replaces `text` by the next front-coded one.
    void text(std::string& text) {
        const std::uint64_t shared = varint();
        const std::uint64_t rest = varint();
        if (shared > text.size() || rest > limits::fact_text_bytes_max || shared + rest > limits::fact_text_bytes_max) {
            breach("a text's length is out of range");
            return;
        }
        text.resize(static_cast<std::size_t>(shared));
        text.append(take(rest));
    }

    Error error() const { return {ErrorCode::corrupted, m_breach}; }

  private:
    std::string_view m_bytes;
    std::string_view m_column = "header";
    std::size_t m_position = 0;
    std::string m_breach;
};

void read_texts(SegmentReader& reader, std::string_view name, std::size_t count, TextColumn& column) {
    reader.column(name);
    column.reserve(count, count * 12);
    std::string text;
    for (std::size_t index = 0; index < count && reader.ok(); ++index) {
        reader.text(text);
        column.add(text);
    }
}

void read_plans(SegmentReader& reader, std::size_t count, FactColumns& columns) {
    reader.column("plan");
    const std::uint64_t plans = reader.varint();
    if (plans > limits::segment_plans_max || plans > count) return reader.breach("more plans than can be");
    std::string plan;
    for (std::uint64_t index = 0; index < plans && reader.ok(); ++index) {
        reader.text(plan);
        columns.plans.push_back(plan);
    }
    columns.plan.reserve(count);
    for (std::size_t index = 0; index < count && reader.ok(); ++index) {
        const std::uint64_t plan_index = reader.varint();
        if (plan_index >= plans) return reader.breach("a plan that the dictionary lacks");
        columns.plan.push_back(static_cast<std::uint16_t>(plan_index));
    }
}

void read_members(SegmentReader& reader, std::size_t count, FactColumns& columns) {
    reader.column("kind and status");
    const std::string_view bytes = reader.take(count * 2);
    if (!reader.ok()) return;
    columns.kind.reserve(count);
    columns.status.reserve(count);
    columns.channel.reserve(count);
    columns.flags.reserve(count);
    columns.hour_band.reserve(count);
    for (std::size_t index = 0; index < count; ++index) {
        const auto packed = static_cast<unsigned>(static_cast<std::uint8_t>(bytes[index * 2]) |
                                                  static_cast<std::uint8_t>(bytes[index * 2 + 1]) << 8);
        const unsigned kind = packed & 7, status = packed >> status_shift & 15, hour = packed >> hour_shift;
        if (kind >= kinds || status >= statuses || hour >= hours)
            return reader.breach("a value outside its vocabulary");
        columns.kind.push_back(static_cast<FactKind>(kind));
        columns.status.push_back(static_cast<FactStatus>(status));
        columns.channel.push_back(static_cast<FactChannel>(packed >> channel_shift & 3));
        columns.flags.push_back(static_cast<std::uint8_t>(packed >> flags_shift & 3));
        columns.hour_band.push_back(static_cast<std::uint8_t>(hour));
    }
}

void read_numbers(SegmentReader& reader, std::string_view name, std::size_t count, std::vector<std::int64_t>& column) {
    reader.column(name);
    column.reserve(count);
    for (std::size_t index = 0; index < count && reader.ok(); ++index)
        column.push_back(reader.signed_varint());
}

Day add_days(SegmentReader& reader, Day day, std::int64_t difference) {
    // Days of any calendar that a source can mean, so that later sums of days stay inside 32 bits.
    constexpr std::int64_t day_min = -100'000, day_max = 1'000'000;
    if (difference < -2'000'000 || difference > 2'000'000 || day + difference < day_min || day + difference > day_max) {
        reader.breach("a day out of range");
        return 0;
    }
    return static_cast<Day>(day + difference);
}

void read_days(SegmentReader& reader, std::size_t count, FactColumns& columns) {
    reader.column("event_day");
    columns.event_day.reserve(count);
    columns.posted_day.reserve(count);
    Day former = 0;
    for (std::size_t index = 0; index < count && reader.ok(); ++index) {
        former = add_days(reader, former, reader.signed_varint());
        columns.event_day.push_back(former);
    }
    reader.column("posted_day");
    for (std::size_t index = 0; index < count && reader.ok(); ++index)
        columns.posted_day.push_back(add_days(reader, columns.event_day[index], reader.signed_varint()));
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
    fact.plan = plans[plan[index]];
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

Result<FactColumns> decode_columns(std::string_view bytes) {
    if (bytes.size() < header_bytes || bytes.substr(0, magic.size()) != magic)
        return fail(ErrorCode::corrupted, "fact segment: the header is missing");
    if (static_cast<std::uint8_t>(bytes[magic.size()]) != columnar_version)
        return fail(ErrorCode::unsupported_version, "fact segment: written by another version; reload the portal");
    if (u32_at(bytes.substr(magic.size() + 1, 4)) != crc32(bytes.substr(header_bytes)))
        return fail(ErrorCode::corrupted, "fact segment: the checksum does not match");

    SegmentReader reader(bytes.substr(header_bytes));
    const std::uint64_t announced = reader.varint();
    if (announced > limits::segment_facts_max || announced > reader.left() / fact_bytes_min)
        reader.breach("more facts than the bytes can hold");
    const auto count = reader.ok() ? static_cast<std::size_t>(announced) : 0;

    FactColumns columns;
    read_plans(reader, count, columns);
    read_texts(reader, "external_key", count, columns.external_key);
    read_texts(reader, "application_ref", count, columns.application_ref);
    read_members(reader, count, columns);
    read_numbers(reader, "row_number", count, columns.row_number);
    std::uint64_t row = 0;  // Wraps as the encoder's difference does.
    for (auto& number : columns.row_number)
        number = static_cast<std::int64_t>(row += static_cast<std::uint64_t>(number));
    read_days(reader, count, columns);
    read_numbers(reader, "requested_cents", count, columns.requested_cents);
    read_numbers(reader, "approved_cents", count, columns.approved_cents);
    read_numbers(reader, "settled_cents", count, columns.settled_cents);
    read_numbers(reader, "fee_cents", count, columns.fee_cents);
    if (reader.ok() && reader.left() != 0) reader.breach("bytes after the last column");
    if (!reader.ok()) return fail(reader.error());
    return columns;
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
