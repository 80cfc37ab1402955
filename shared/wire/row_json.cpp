#include "shared/wire/row_json.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <numeric>

#include "shared/base/check.hpp"
#include "shared/base/limits.hpp"
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
bool is_plain(char letter) {
    return letter >= ' ' && letter <= '~' && letter != '"' && letter != '\\';
}

void append_quoted(std::string& line, std::string_view plain) {
    line.append(1, '"').append(plain).append(1, '"');
}

void append_text(std::string& line, std::string_view text) {
    if (std::all_of(text.begin(), text.end(), is_plain)) return append_quoted(line, text);
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

// Walks a line from member to member; what is not there ends it for good.
class LineReader {
  public:
    explicit LineReader(std::string_view line) : m_rest(line) {}

    bool is_sound() const { return m_is_sound; }
    bool is_at_end() const { return m_rest.empty(); }

    bool take(std::string_view literal) {
        if (!m_rest.starts_with(literal)) return false;
        m_rest.remove_prefix(literal.size());
        return true;
    }
    void expect(std::string_view literal) { m_is_sound = take(literal) && m_is_sound; }

    std::int64_t integer() {
        std::int64_t number = 0;
        const auto [end, error] = std::from_chars(m_rest.data(), m_rest.data() + m_rest.size(), number);
        const std::string_view digits = m_rest.substr(0, static_cast<std::size_t>(end - m_rest.data()));
        m_is_sound &= error == std::errc() && (digits == "0" || digits.substr(digits.starts_with('-'))[0] != '0');
        m_rest.remove_prefix(digits.size());
        return number;
    }
    std::int64_t count() {
        const std::int64_t number = integer();
        m_is_sound &= number >= 0;
        return number;
    }

    std::string text() {
        expect("\"");
        if (!m_is_sound) return spoil();
        const std::size_t end = end_of_plain(m_rest);
        if (end == m_rest.size()) return spoil();
        if (m_rest[end] != '"') return other_text(end);
        std::string text(m_rest.substr(0, end));
        m_rest.remove_prefix(end + 1);
        return text;
    }
    std::string name() {
        std::string text = this->text();
        m_is_sound &= text.size() <= limits::wire_name_bytes_max;
        return text;
    }
    std::string bytes() {
        expect("\"");
        const std::size_t end = m_rest.find('"');
        if (!m_is_sound || end == std::string_view::npos) return spoil();
        auto bytes = decode_base64(m_rest.substr(0, end));
        m_rest.remove_prefix(end + 1);
        return bytes ? std::move(*bytes) : spoil();
    }

  private:
    std::string spoil() {
        m_is_sound = false;
        m_rest = {};
        return {};
    }

    static std::size_t end_of_plain(std::string_view text) {
        const auto* end = std::find_if_not(text.begin(), text.end(), is_plain);
        return static_cast<std::size_t>(end - text.begin());
    }

    // With escapes or beyond ASCII: the library knows what is right.
    std::string other_text(std::size_t plain) {
        std::size_t end = plain;
        while (end < m_rest.size() && m_rest[end] != '"')
            end += m_rest[end] == '\\' ? 2 : 1;
        if (end >= m_rest.size()) return spoil();
        // The quote before the text, which expect() has taken, is there still.
        const nlohmann::json parsed =
            nlohmann::json::parse(m_rest.data() - 1, m_rest.data() + end + 1, nullptr, /*allow_exceptions=*/false);
        const auto* text = parsed.get_ptr<const std::string*>();
        if (!text || text->find('\0') != std::string::npos) return spoil();
        m_rest.remove_prefix(end + 1);
        return *text;
    }

    std::string_view m_rest;
    bool m_is_sound = true;
};

bool take_name(LineReader& line, std::string_view separator, std::string_view name) {
    LineReader ahead = line;
    if (!ahead.take(separator) || !ahead.take("\"") || !ahead.take(name) || !ahead.take("\":")) return false;
    line = ahead;
    return true;
}

// False when a value is missing that the row must have.
bool read_values(LineReader& line, Row& row, const EntityDescriptor& descriptor) {
    row.values.resize(descriptor.columns.size());
    std::string_view separator;
    for (const std::size_t index : columns_by_name(row.entity)) {
        const Column& column = descriptor.columns[index];
        if (!take_name(line, separator, column.name)) {
            if (column.presence == Presence::required) return false;
            continue;
        }
        separator = ",";
        if (column.type == ColumnType::integer)
            row.values[index] = line.integer();
        else
            row.values[index] = column.type == ColumnType::text ? line.text() : line.bytes();
        if (!line.is_sound()) return false;
    }
    return true;
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

std::optional<PullUpsert> decode_upsert(std::string_view text) {
    if (text.size() > limits::pull_line_bytes_max) return std::nullopt;
    LineReader line(text);
    PullUpsert upsert;
    line.expect(R"({"by":)");
    upsert.row.updated_by = line.name();
    line.expect(R"(,"e":)");
    const EntityDescriptor* descriptor = find_entity(line.name());
    line.expect(R"(,"id":)");
    upsert.row.id = line.name();
    line.expect(R"(,"k":"up","rev":)");
    upsert.row.rev = line.count();
    line.expect(R"(,"s":[)");
    if (!line.is_sound() || !descriptor) return std::nullopt;
    upsert.row.entity = descriptor->entity;
    do
        upsert.streams.push_back(line.name());
    while (line.take(","));
    line.expect(R"(],"t":)");
    upsert.row.updated_ms = line.count();
    line.expect(R"(,"v":{)");
    if (!line.is_sound() || !read_values(line, upsert.row, *descriptor)) return std::nullopt;
    line.expect("}}\n");
    if (!line.is_sound() || !line.is_at_end()) return std::nullopt;
    return upsert;
}

}  // namespace portal::wire
