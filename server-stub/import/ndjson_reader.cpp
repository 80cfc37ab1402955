#include <nlohmann/json.hpp>
#include <unordered_map>
#include <utility>

#include "server-stub/import/ndjson_reader.hpp"
#include "shared/base/limits.hpp"

namespace portal::import {
namespace {

class NdjsonReader final : public RecordReader {
  public:
    NdjsonReader(SourceText source, const HeaderMap& headers) : m_source(std::move(source)), m_headers(headers) {}

    const SourceText& source() const override { return m_source; }

    Result<bool> next(Record& record) override {
        std::string_view line;
        do {
            PORTAL_TRY_ASSIGN(more, m_source.next(line));
            if (!more) return false;
        } while (line.find_first_not_of(" \t") == std::string_view::npos);
        record.line = m_source.line_number();
        record.fault.clear();
        record.fault_column = 1;
        record.cells.resize(m_headers.column_count());
        for (Cell& cell : record.cells)
            cell.presence = Cell::Presence::absent;
        nlohmann::json value;
        try {
            value = nlohmann::json::parse(line);
        } catch (const nlohmann::json::parse_error& error) {
            return fail(ErrorCode::invalid_argument, place_text(record.line, static_cast<std::int64_t>(error.byte)) +
                                                         "not a JSON object on one line: the file is damaged, cut off "
                                                         "or not NDJSON");
        } catch (const nlohmann::json::out_of_range&) {
            return fail(ErrorCode::invalid_argument,
                        place_text(record.line, 1) + "a number is beyond what any column can hold");
        }
        if (!value.is_object())
            return fail(ErrorCode::invalid_argument, place_text(record.line, 1) + "each line must be a JSON object");
        if (value.size() > limits::import_columns_max) {
            record.fault = "more than " + std::to_string(limits::import_columns_max) + " members";
            return true;
        }
        for (const auto& [name, member] : value.items())
            PORTAL_TRY(place_member(record, name, member));
        return true;
    }

  private:
    Status place_member(Record& record, const std::string& name, const nlohmann::json& member) {
        auto known = m_targets.find(name);
        if (known == m_targets.end()) {
            const auto target = m_headers.target_of(name);
            if (!target) return fail(target.error().code, place_text(record.line, 1) + target.error().message);
            known = m_targets.emplace(name, *target).first;
        }
        if (known->second < 0 || member.is_null()) return {};
        Cell& cell = record.cells[static_cast<std::size_t>(known->second)];
        cell.line = record.line;
        cell.column = 1;
        if (member.is_string()) {
            cell.text = member.get_ref<const std::string&>();
        } else if (member.is_boolean()) {
            cell.text = member.get<bool>() ? "true" : "false";
        } else if (member.is_number_integer()) {
            cell.text = member.dump();
        } else {
            record.fault = "member '" + name + "' is " +
                           (member.is_number() ? "a number with a fraction; give a whole number, or text"
                                               : "neither text, number, boolean nor null");
            return {};
        }
        if (cell.text.find('\0') != std::string::npos) {
            record.fault = "member '" + name + "' holds a NUL character";
            return {};
        }
        cell.presence = Cell::Presence::given;
        return {};
    }

    SourceText m_source;
    const HeaderMap& m_headers;
    std::unordered_map<std::string, int> m_targets;
};

}  // namespace

std::unique_ptr<RecordReader> make_ndjson_reader(SourceText source, const HeaderMap& headers) {
    return std::make_unique<NdjsonReader>(std::move(source), headers);
}

}  // namespace portal::import
