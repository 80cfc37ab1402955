#include "shared/wire/json_reader.hpp"

#include <algorithm>

#include "shared/wire/base64.hpp"

namespace portal::wire {
namespace {

using nlohmann::json;

const json& empty_object() {
    static const json value = json::object();
    return value;
}
const json& empty_array() {
    static const json value = json::array();
    return value;
}

// Where the text goes on after a string that begins before `at`; its end when the string has none. Looked for and not
// walked: a pull's strings are up to megabytes long.
std::size_t after_string(std::string_view text, std::size_t at) {
    for (std::size_t quote = text.find('"', at); quote != std::string_view::npos; quote = text.find('"', quote + 1)) {
        std::size_t escapes = 0;
        while (quote - escapes > at && text[quote - escapes - 1] == '\\')
            ++escapes;
        if (escapes % 2 == 0) return quote + 1;
    }
    return text.size();
}

// Depth is counted before parsing, because what is built is also destroyed and written again level by level.
std::size_t depth_of(std::string_view text) {
    std::size_t depth = 0, deepest = 0;
    for (std::size_t index = 0; index < text.size();) {
        const char character = text[index++];
        if (character == '"') {
            index = after_string(text, index);
        } else if (character == '{' || character == '[') {
            deepest = std::max(deepest, ++depth);
        } else if ((character == '}' || character == ']') && depth > 0) {
            --depth;
        }
    }
    return deepest;
}

// Integers beyond 64 bits have become doubles in the parser, so they fail here as well.
std::optional<std::int64_t> integer_of(const json& value) {
    if (value.is_number_unsigned()) {
        const auto number = value.get<std::uint64_t>();
        if (number > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) return std::nullopt;
        return static_cast<std::int64_t>(number);
    }
    if (value.is_number_integer()) return value.get<std::int64_t>();
    return std::nullopt;
}

constexpr std::string_view no_integer = "must be an integer of 64 bits";

}  // namespace

Result<json> parse_object(std::string_view text, std::string_view what, std::size_t bytes_max) {
    const std::string name(what);
    if (text.size() > bytes_max)
        return fail(ErrorCode::resource_exhausted, name + " has " + std::to_string(text.size()) + " bytes; at most " +
                                                       std::to_string(bytes_max) + " are taken");
    if (depth_of(text) > limits::json_depth_max)
        return fail(ErrorCode::invalid_argument,
                    name + " is nested deeper than " + std::to_string(limits::json_depth_max) + " levels");
    json value = json::parse(text.begin(), text.end(), nullptr, /*allow_exceptions=*/false);
    if (value.is_discarded())
        return fail(ErrorCode::invalid_argument, name + " is not valid JSON in UTF-8, or it is cut short");
    if (!value.is_object()) return fail(ErrorCode::invalid_argument, name + " must be a JSON object");
    return value;
}

void Reader::complain(std::string_view member, std::string_view cause) {
    if (m_error) return;
    // The name may be an enemy's and a megabyte long.
    const std::string name(member.substr(0, limits::wire_name_bytes_max));
    m_error =
        Error{ErrorCode::invalid_argument, std::string(m_what) + ": member \"" + name + "\" " + std::string(cause)};
}

Status Reader::status() const {
    if (m_error) return fail(*m_error);
    return {};
}

const json* Reader::find(const char* member) {
    const auto found = m_object.find(member);
    return found == m_object.end() ? nullptr : &*found;
}

std::string Reader::optional_text(const char* member, std::size_t bytes_max) {
    const json* value = find(member);
    if (!value) return {};
    const auto* text = value->get_ptr<const std::string*>();
    if (!text) {
        complain(member, "must be a text");
    } else if (text->size() > bytes_max) {
        complain(member, "is longer than " + std::to_string(bytes_max) + " bytes");
    } else if (text->find('\0') != std::string::npos) {
        complain(member, "holds a NUL character");
    } else {
        return *text;
    }
    return {};
}

std::string Reader::text(const char* member, std::size_t bytes_max) {
    if (!find(member)) complain(member, "is missing");
    return optional_text(member, bytes_max);
}

std::int64_t Reader::integer(const char* member, std::int64_t low, std::int64_t high) {
    const json* value = find(member);
    if (!value) {
        complain(member, "is missing");
        return low;
    }
    const auto number = integer_of(*value);
    if (!number) {
        complain(member, no_integer);
    } else if (*number < low || *number > high) {
        complain(member, "must lie between " + std::to_string(low) + " and " + std::to_string(high));
    } else {
        return *number;
    }
    return low;
}

bool Reader::optional_boolean(const char* member) {
    const json* value = find(member);
    if (!value) return false;
    if (!value->is_boolean()) {
        complain(member, "must be true or false");
        return false;
    }
    return value->get<bool>();
}

bool Reader::boolean(const char* member) {
    if (!find(member)) complain(member, "is missing");
    return optional_boolean(member);
}

const json& Reader::array(const char* member, std::size_t items_max) {
    const json* value = find(member);
    if (!value) {
        complain(member, "is missing");
    } else if (!value->is_array()) {
        complain(member, "must be an array");
    } else if (value->size() > items_max) {
        complain(member, "has more than " + std::to_string(items_max) + " items");
    } else {
        return *value;
    }
    return empty_array();
}

std::vector<std::string> Reader::texts(const char* member) {
    std::vector<std::string> texts;
    for (const json& item : array(member, std::numeric_limits<std::size_t>::max())) {
        const Value read = value(item, member, ColumnType::text);
        const auto* text = std::get_if<std::string>(&read);
        if (!text || text->size() > limits::wire_name_bytes_max) {
            complain(member, "must hold short texts only");
            return {};
        }
        texts.push_back(*text);
    }
    return texts;
}

const json& Reader::optional_object(const char* member) {
    const json* value = find(member);
    if (!value) return empty_object();
    if (value->is_object()) return *value;
    complain(member, "must be an object");
    return empty_object();
}

const json& Reader::object(const char* member) {
    if (!find(member)) complain(member, "is missing");
    return optional_object(member);
}

Value Reader::value(const json& json_value, std::string_view name, std::optional<ColumnType> type) {
    if (json_value.is_null()) return {};
    if (!type) type = json_value.is_string() ? ColumnType::text : ColumnType::integer;
    if (*type == ColumnType::integer) {
        const auto number = integer_of(json_value);
        if (!number) complain(name, no_integer);
        return number.value_or(0);
    }
    const auto* text = json_value.get_ptr<const std::string*>();
    if (!text) {
        complain(name, "must be a text");
        return {};
    }
    if (*type == ColumnType::text) {
        if (text->find('\0') != std::string::npos) complain(name, "holds a NUL character");
        return *text;
    }
    Result<std::string> bytes = decode_base64(*text);
    if (!bytes) complain(name, bytes.error().message);
    return bytes.value_or(std::string());
}

FieldValues Reader::fields(const json& object) {
    FieldValues fields;
    if (object.size() > limits::mutation_fields_max) {
        complain("set", "has more than " + std::to_string(limits::mutation_fields_max) + " fields");
        return fields;
    }
    for (const auto& [name, json_value] : object.items())
        fields.emplace_back(name, value(json_value, name, std::nullopt));
    return fields;
}

void Reader::allow_only(std::initializer_list<std::string_view> members) {
    for (const auto& [name, value] : m_object.items())
        if (std::find(members.begin(), members.end(), name) == members.end()) complain(name, "is not known here");
}

}  // namespace portal::wire
