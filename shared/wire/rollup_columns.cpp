#include "shared/wire/rollup_columns.hpp"

#include <bit>

#include "shared/wire/column_bytes.hpp"
#include "shared/wire/json_codec.hpp"

namespace portal::wire {
namespace {

constexpr std::string_view rollup_magic = "PFR";
constexpr std::size_t rollup_header_bytes = 8;  // Magic, version, CRC-32.
// Every cell takes at least a byte for its day, plan, channel and measures.
constexpr std::size_t cell_bytes_min = 4;
constexpr std::uint8_t channels = static_cast<std::uint8_t>(FactChannel::integrated) + 1;

// Where each cell's values begin.
std::vector<std::size_t> value_offsets(const RollupColumns& columns, std::size_t& total) {
    std::vector<std::size_t> offsets;
    offsets.reserve(columns.size());
    total = 0;
    for (const std::uint32_t measures : columns.measures) {
        offsets.push_back(total);
        total += static_cast<std::size_t>(std::popcount(measures));
    }
    return offsets;
}

// The place of a measure's value among those of its cell.
std::size_t place_in_cell(std::uint32_t measures, unsigned measure) {
    return static_cast<std::size_t>(std::popcount(measures & ((std::uint32_t{1} << measure) - 1)));
}

void read_plan_names(ColumnReader& reader, RollupColumns& columns) {
    reader.column("plan");
    const std::uint64_t count = reader.varint();
    if (count > limits::segment_plans_max) return reader.breach("more plans than can be");
    TextColumn names;
    for (std::uint64_t index = 0; index < count && reader.ok(); ++index)
        reader.text(names);
    for (std::size_t index = 0; index < names.size(); ++index)
        columns.plans.emplace_back(names.at(index));
}

void read_keys(ColumnReader& reader, std::size_t count, RollupColumns& columns) {
    reader.column("day");
    Day day = 0;
    for (std::size_t index = 0; index < count && reader.ok(); ++index) {
        const std::int64_t difference = reader.signed_varint();
        if (index > 0 && difference < 0) return reader.breach("a day before the one before it");
        columns.day.push_back(day = add_days(reader, day, difference));
    }
    reader.column("plan of the cell");
    for (std::size_t index = 0; index < count && reader.ok(); ++index) {
        const std::uint64_t plan = reader.varint();
        if (plan > columns.plans.size()) return reader.breach("a plan that the dictionary lacks");
        columns.plan.push_back(static_cast<std::uint16_t>(plan));
    }
    reader.column("channel");
    for (const char byte : reader.take(count)) {
        if (static_cast<std::uint8_t>(byte) >= channels) return reader.breach("a value outside its vocabulary");
        columns.channel.push_back(static_cast<std::uint8_t>(byte));
    }
    reader.column("measures");
    for (std::size_t index = 0; index < count && reader.ok(); ++index) {
        const std::uint64_t measures = reader.varint();
        if (measures > 0xFFFFFFFFu) return reader.breach("more measures than can be");
        columns.measures.push_back(static_cast<std::uint32_t>(measures));
    }
}

void read_values(ColumnReader& reader, RollupColumns& columns) {
    reader.column("value");
    std::size_t total = 0;
    const auto offsets = value_offsets(columns, total);
    if (total > reader.left()) return reader.breach("the bytes end early");
    columns.value.resize(total);
    for (unsigned measure = 0; measure < rollup_measures_max; ++measure)
        for (std::size_t cell = 0; cell < columns.size() && reader.ok(); ++cell)
            if ((columns.measures[cell] >> measure & 1) != 0)
                columns.value[offsets[cell] + place_in_cell(columns.measures[cell], measure)] = reader.signed_varint();
}

}  // namespace

std::string encode_rollup(const RollupColumns& columns) {
    check(columns.size() <= limits::rollup_cells_max, "more cells in a rollup than its cap");
    check(columns.plans.size() <= limits::segment_plans_max, "more plans in a rollup than its cap");
    std::string body;
    put_varint(body, columns.size());
    put_varint(body, columns.plans.size());
    std::string_view former;
    for (const Id& plan : columns.plans) {
        put_text(body, plan, former);
        former = plan;
    }
    Day former_day = 0;
    for (const Day day : columns.day) {
        put_signed(body, static_cast<std::int64_t>(day) - former_day);
        former_day = day;
    }
    for (const std::uint16_t plan : columns.plan)
        put_varint(body, plan);
    body.append(columns.channel.begin(), columns.channel.end());
    for (const std::uint32_t measures : columns.measures)
        put_varint(body, measures);
    std::size_t total = 0;
    const auto offsets = value_offsets(columns, total);
    check(columns.value.size() == total, "a rollup holds the values that its cells announce");
    for (unsigned measure = 0; measure < rollup_measures_max; ++measure)
        for (std::size_t cell = 0; cell < columns.size(); ++cell)
            if ((columns.measures[cell] >> measure & 1) != 0)
                put_signed(body, columns.value[offsets[cell] + place_in_cell(columns.measures[cell], measure)]);
    std::string out(rollup_magic);
    out.push_back(static_cast<char>(rollup_version));
    put_u32(out, crc32(body));
    return out += body;
}

Result<RollupColumns> decode_rollup(std::string_view bytes) {
    if (bytes.size() < rollup_header_bytes || bytes.substr(0, rollup_magic.size()) != rollup_magic)
        return fail(ErrorCode::corrupted, "rollup: the header is missing");
    if (static_cast<std::uint8_t>(bytes[rollup_magic.size()]) != rollup_version)
        return fail(ErrorCode::unsupported_version, "rollup: written by another version; reload the portal");
    if (u32_at(bytes.substr(rollup_magic.size() + 1, 4)) != crc32(bytes.substr(rollup_header_bytes)))
        return fail(ErrorCode::corrupted, "rollup: the checksum does not match");
    ColumnReader reader("rollup", bytes.substr(rollup_header_bytes));
    const std::uint64_t announced = reader.varint();
    if (announced > limits::rollup_cells_max || announced > reader.left() / cell_bytes_min)
        reader.breach("more cells than the bytes can hold");
    RollupColumns columns;
    read_plan_names(reader, columns);
    if (reader.ok()) read_keys(reader, static_cast<std::size_t>(announced), columns);
    if (reader.ok()) read_values(reader, columns);
    if (reader.ok() && reader.left() != 0) reader.breach("bytes after the last column");
    if (!reader.ok()) return fail(reader.error());
    return columns;
}

}  // namespace portal::wire
