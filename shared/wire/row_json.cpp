#include "shared/wire/row_json.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <numeric>

#include "shared/base/check.hpp"
#include "shared/wire/base64.hpp"

namespace portal::wire {
namespace {

using ColumnOrder = std::vector<std::size_t>;

ColumnOrder order_of(const EntityDescriptor& descriptor) {
    ColumnOrder order(descriptor.columns.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
        return descriptor.columns[left].name < descriptor.columns[right].name;
    });
    return order;
}

// The columns of an entity by their names.
const ColumnOrder& columns_by_name(Entity entity) {
    static const auto orders = [] {
        std::array<ColumnOrder, entity_count> made;
        for (const EntityDescriptor& descriptor : all_entities())
            made[static_cast<std::size_t>(descriptor.entity)] = order_of(descriptor);
        return made;
    }();
    return orders[static_cast<std::size_t>(entity)];
}

// Printable ASCII without quote and backslash stands in JSON as it is.
bool is_plain(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char letter) { return letter >= ' ' && letter <= '~' && letter != '"' && letter != '\\'; });
}

void append_quoted(std::string& line, std::string_view plain) {
    line.append(1, '"').append(plain).append(1, '"');
}

void append_text(std::string& line, std::string_view text) {
    if (is_plain(text)) return append_quoted(line, text);
    // Our own rows may hold what an import let through; a replacement character beats no reply.
    line += nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

void append_value(std::string& line, const Value& value, ColumnType type) {
    if (const auto* number = std::get_if<std::int64_t>(&value))
        line += std::to_string(*number);
    else if (const auto& text = std::get<std::string>(value); type == ColumnType::bytes)
        append_quoted(line, encode_base64(text));
    else
        append_text(line, text);
}

void append_values(std::string& line, const Row& row, const EntityDescriptor& descriptor) {
    const char* separator = "";
    for (const std::size_t index : columns_by_name(row.entity)) {
        if (std::holds_alternative<std::monostate>(row.values[index])) continue;
        line.append(separator);
        append_quoted(line, descriptor.columns[index].name);
        line += ':';
        append_value(line, row.values[index], descriptor.columns[index].type);
        separator = ",";
    }
}

}  // namespace

std::string encode_upsert(const PullUpsert& upsert) {
    const Row& row = upsert.row;
    const EntityDescriptor& descriptor = descriptor_of(row.entity);
    check(row.values.size() == descriptor.columns.size(), "a row has one value per column");
    std::string line = R"({"by":)";
    append_text(line, row.updated_by);
    line.append(R"(,"e":")").append(descriptor.name).append(R"(","id":)");
    append_text(line, row.id);
    line.append(R"(,"k":"up","rev":)").append(std::to_string(row.rev)).append(R"(,"s":[)");
    const char* separator = "";
    for (const StreamId& stream : upsert.streams) {
        line.append(separator);
        append_text(line, stream);
        separator = ",";
    }
    line.append(R"(],"t":)").append(std::to_string(row.updated_ms)).append(R"(,"v":{)");
    append_values(line, row, descriptor);
    return line.append("}}\n");
}

}  // namespace portal::wire
