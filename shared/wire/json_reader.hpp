// Reading JSON that an enemy may have written. Private to shared/wire: public headers stay free of nlohmann/json.
//
// A Reader walks one object, remembers the first thing that was wrong, and goes on returning harmless defaults, so that
// a decoder is a list of its members and one check at the end.
#pragma once

#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/limits.hpp"
#include "shared/base/result.hpp"
#include "shared/model/mutation.hpp"

namespace portal::wire {

// One object of at most `bytes_max` bytes and limits::json_depth_max levels; strict JSON in valid UTF-8.
Result<nlohmann::json> parse_object(std::string_view text, std::string_view what, std::size_t bytes_max);

class Reader {
  public:
    // `what` names the object in messages ("pull request"); both must outlive the reader.
    Reader(const nlohmann::json& object, std::string_view what) : m_object(object), m_what(what) {}

    // Required members. Text may not hold a NUL character.
    std::string text(const char* member, std::size_t bytes_max = limits::wire_name_bytes_max);
    std::int64_t integer(const char* member, std::int64_t low = 0,
                         std::int64_t high = std::numeric_limits<std::int64_t>::max());
    bool boolean(const char* member);
    std::vector<std::string> texts(const char* member);
    const nlohmann::json& array(const char* member, std::size_t items_max);
    const nlohmann::json& object(const char* member);

    // Absent members give an empty text, an empty object or false.
    std::string optional_text(const char* member, std::size_t bytes_max = limits::wire_name_bytes_max);
    const nlohmann::json& optional_object(const char* member);
    bool optional_boolean(const char* member);

    // A scalar of a row or mutation; `type` decides, or the JSON type when the column is unknown.
    Value value(const nlohmann::json& json, std::string_view name, std::optional<ColumnType> type);
    FieldValues fields(const nlohmann::json& object);

    // An unknown member is an error: within one protocol version nothing is added silently.
    void allow_only(std::initializer_list<std::string_view> members);

    void complain(std::string_view member, std::string_view cause);
    Status status() const;

  private:
    const nlohmann::json* find(const char* member);

    const nlohmann::json& m_object;
    std::string_view m_what;
    std::optional<Error> m_error;
};

}  // namespace portal::wire
