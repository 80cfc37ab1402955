#include "server-stub/import/mapping.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "shared/base/limits.hpp"

namespace portal::import {
namespace {

using nlohmann::json;

tl::unexpected<Error> mapping_error(const std::string& what) {
    return fail(ErrorCode::invalid_argument, "mapping file: " + what);
}

Status read_texts(const json& document, const char* member, std::map<std::string, std::string>& texts) {
    if (!document.contains(member)) return {};
    if (!document[member].is_object()) return mapping_error(std::string("\"") + member + "\" must be an object");
    for (const auto& [name, value] : document[member].items()) {
        if (!value.is_string()) return mapping_error(std::string("\"") + member + "\": \"" + name + "\" must be text");
        texts.emplace(name, value.get<std::string>());
    }
    return {};
}

Status read_list(const json& document, const char* member, std::set<std::string>& words) {
    if (!document.contains(member)) return {};
    if (!document[member].is_array()) return mapping_error(std::string("\"") + member + "\" must be a list");
    for (const json& value : document[member]) {
        if (!value.is_string()) return mapping_error(std::string("\"") + member + "\" must hold texts");
        words.insert(value.get<std::string>());
    }
    return {};
}

std::string trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(" \t") - first + 1));
}

}  // namespace

Status Mapping::check_column(std::string_view member, const std::string& column) const {
    if (m_kind->column_index(column) >= 0) return {};
    return mapping_error("\"" + std::string(member) + "\" names '" + column + "', which " + std::string(m_kind->name) +
                         " do not have; columns: " + column_names(*m_kind));
}

Result<Mapping> Mapping::parse(const ImportKind& kind, std::string_view text) {
    if (text.size() > limits::import_mapping_bytes_max) return mapping_error("too large");
    const json document = json::parse(text, nullptr, false);
    if (!document.is_object()) return mapping_error("not a JSON object");
    for (const auto& [name, value] : document.items()) {
        static constexpr std::array known{"columns", "ignore", "constants", "dollars", "dates"};
        if (std::find(known.begin(), known.end(), name) == known.end())
            return mapping_error("unknown member \"" + name + "\"; known: columns, ignore, constants, dollars, dates");
    }
    Mapping mapping(kind);
    PORTAL_TRY(read_texts(document, "columns", mapping.m_columns));
    PORTAL_TRY(read_texts(document, "constants", mapping.m_constants));
    PORTAL_TRY(read_list(document, "ignore", mapping.m_ignored));
    PORTAL_TRY(read_list(document, "dollars", mapping.m_dollars));
    for (const auto& [header, column] : mapping.m_columns)
        PORTAL_TRY(mapping.check_column("columns", column));
    for (const auto& [column, value] : mapping.m_constants)
        PORTAL_TRY(mapping.check_column("constants", column));
    for (const std::string& column : mapping.m_dollars) {
        PORTAL_TRY(mapping.check_column("dollars", column));
        if (kind.columns[static_cast<std::size_t>(kind.column_index(column))].type != CellType::cents)
            return mapping_error("\"dollars\" names '" + column + "', which is not an amount");
    }
    if (document.contains("dates")) {
        const std::string order = document["dates"].is_string() ? document["dates"].get<std::string>() : "";
        if (order == "month/day/year")
            mapping.m_date_order = DateOrder::month_day_year;
        else if (order == "day/month/year")
            mapping.m_date_order = DateOrder::day_month_year;
        else if (order != "iso")
            return mapping_error("\"dates\" must be \"iso\", \"month/day/year\" or \"day/month/year\"");
    }
    return mapping;
}

Result<int> Mapping::target_of(std::string_view header) const {
    const std::string name = trimmed(header);
    if (m_ignored.contains(name)) return -1;
    const auto mapped = m_columns.find(name);
    const int target = m_kind->column_index(mapped == m_columns.end() ? name : mapped->second);
    if (target < 0)
        return fail(ErrorCode::invalid_argument, "unknown column '" + name + "'; " + std::string(m_kind->name) +
                                                     " have: " + column_names(*m_kind) +
                                                     ". A mapping file can rename or ignore it");
    return target;
}

Status Mapping::check_complete(const std::vector<int>& targets) const {
    for (std::size_t index = 0; index < m_kind->columns.size(); ++index) {
        const ImportColumn& column = m_kind->columns[index];
        const bool given = std::find(targets.begin(), targets.end(), static_cast<int>(index)) != targets.end() ||
                           constant_of(column.name) != nullptr;
        if (column.need == Need::required && !given)
            return fail(ErrorCode::invalid_argument, "line 1: the column '" + std::string(column.name) +
                                                         "' is missing; " + std::string(m_kind->name) +
                                                         " have: " + column_names(*m_kind));
    }
    return {};
}

const std::string* Mapping::constant_of(std::string_view column) const {
    const auto found = m_constants.find(std::string(column));
    return found == m_constants.end() ? nullptr : &found->second;
}

}  // namespace portal::import
