// The field list of a record: name, member and merge rule, written once beside the record.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include "shared/base/check.hpp"
#include "shared/model/row.hpp"
#include "shared/model/states.hpp"

namespace portal {

// Opaque bytes, told apart from text by type.
struct Bytes {
    std::string data;
    friend bool operator==(const Bytes&, const Bytes&) = default;
};

template <class Record, class T>
struct Field {
    std::string_view name;
    T Record::* member;
    Merge merge;
};

template <class Record, class T>
constexpr Field<Record, T> field(std::string_view name, T Record::* member, Merge merge = Merge::server_only) {
    return {name, member, merge};
}

namespace detail {

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};

template <class T>
constexpr ColumnType column_type() {
    if constexpr (IsOptional<T>::value)
        return column_type<typename T::value_type>();
    else if constexpr (std::is_same_v<T, Bytes>)
        return ColumnType::bytes;
    else if constexpr (std::is_same_v<T, std::string> || std::is_enum_v<T>)
        return ColumnType::text;
    else {
        static_assert(std::is_integral_v<T>, "a field is an integer, a bool, text, bytes, a vocabulary or optional");
        return ColumnType::integer;
    }
}

template <class T>
Value to_value(const T& member) {
    if constexpr (IsOptional<T>::value)
        return member ? to_value(*member) : Value{};
    else if constexpr (std::is_same_v<T, Bytes>)
        return Value{member.data};
    else if constexpr (std::is_same_v<T, std::string>)
        return Value{member};
    else if constexpr (std::is_enum_v<T>)
        return Value{std::string(text_of(member))};
    else
        return Value{static_cast<std::int64_t>(member)};
}

// An unknown word of a vocabulary, a null or a value of another type leaves the default: such rows come from a newer
// server only, and validation refuses them before they are written.
template <class T>
void from_value(Value&& value, T& member) {
    if constexpr (IsOptional<T>::value) {
        if (std::holds_alternative<std::monostate>(value)) {
            member.reset();
        } else {
            typename T::value_type inner{};
            from_value(std::move(value), inner);
            member = std::move(inner);
        }
    } else if constexpr (std::is_same_v<T, Bytes>) {
        if (auto* text = std::get_if<std::string>(&value)) member.data = std::move(*text);
    } else if constexpr (std::is_same_v<T, std::string>) {
        if (auto* text = std::get_if<std::string>(&value)) member = std::move(*text);
    } else if constexpr (std::is_enum_v<T>) {
        if (const auto* text = std::get_if<std::string>(&value))
            if (const auto parsed = parse_text<T>(*text)) member = *parsed;
    } else {
        if (const auto* number = std::get_if<std::int64_t>(&value)) member = static_cast<T>(*number);
    }
}

}  // namespace detail

template <class Record>
std::vector<Column> columns_of() {
    std::vector<Column> columns;
    std::apply(
        [&](const auto&... fields) {
            (columns.push_back(
                 {fields.name,
                  detail::column_type<std::remove_cvref_t<decltype(std::declval<Record>().*fields.member)>>(),
                  detail::IsOptional<std::remove_cvref_t<decltype(std::declval<Record>().*fields.member)>>::value
                      ? Presence::optional
                      : Presence::required,
                  fields.merge}),
             ...);
        },
        Record::fields());
    return columns;
}

template <class Record>
Row to_row(const Record& record) {
    Row row;
    row.entity = Record::entity;
    row.id = record.id;
    row.rev = record.rev;
    row.updated_ms = record.updated_ms;
    row.updated_by = record.updated_by;
    std::apply([&](const auto&... fields) { (row.values.push_back(detail::to_value(record.*fields.member)), ...); },
               Record::fields());
    return row;
}

// Takes the row's texts over.
template <class Record>
Record from_row(Row&& row) {
    check(row.entity == Record::entity, "a row of another entity");
    Record record;
    record.id = std::move(row.id);
    record.rev = row.rev;
    record.updated_ms = row.updated_ms;
    record.updated_by = std::move(row.updated_by);
    std::size_t index = 0;
    std::apply(
        [&](const auto&... fields) {
            (detail::from_value(std::move(row.values.at(index++)), record.*fields.member), ...);
        },
        Record::fields());
    return record;
}

template <class Record>
Record from_row(const Row& row) {
    return from_row<Record>(Row(row));
}

}  // namespace portal
