// Values as bytes for another tab that runs the same build, and back. Aggregates go field by field as they are declared
// (Boost.PFR), so nothing is listed twice; it is no format for disks or servers, where both sides may differ.
//
// Integers are of fixed width, texts and lists carry their count. A reader that runs out of bytes, or finds a count
// that cannot be, stays failed and gives nothing more; what it has given until then is to be thrown away.
#pragma once

#include <array>
#include <boost/pfr/core.hpp>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "shared/model/field.hpp"

namespace portal::vm {

namespace detail {

template <class T, template <class...> class Template>
inline constexpr bool is_a = false;
template <template <class...> class Template, class... Arguments>
inline constexpr bool is_a<Template<Arguments...>, Template> = true;

template <class T>
inline constexpr bool is_array = false;
template <class T, std::size_t count>
inline constexpr bool is_array<std::array<T, count>> = true;

template <class T>
inline constexpr bool is_plain = std::is_arithmetic_v<T> || std::is_enum_v<T>;

// Records have a head to inherit, which reflection does not see, and a list of their own fields.
template <class Record, class Visit>
void each_field_of_record(Record& record, const Visit& visit) {
    visit(record.id);
    visit(record.rev);
    visit(record.updated_ms);
    visit(record.updated_by);
    std::apply([&](const auto&... fields) { (visit(record.*fields.member), ...); }, Record::fields());
}

template <class T, class Visit>
void each_field(T& value, const Visit& visit) {
    if constexpr (requires { T::fields(); })
        each_field_of_record(value, visit);
    else if constexpr (!std::is_empty_v<T>)
        boost::pfr::for_each_field(value, visit);
}

}  // namespace detail

class ArchiveWriter {
  public:
    template <class T>
    void put(const T& value) {
        if constexpr (detail::is_plain<T>) {
            m_bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
        } else if constexpr (std::is_same_v<T, std::string>) {
            put_count(value.size());
            m_bytes += value;
        } else if constexpr (detail::is_a<T, std::vector>) {
            put_count(value.size());
            for (const auto& element : value)
                put(element);
        } else if constexpr (detail::is_array<T>) {
            for (const auto& element : value)
                put(element);
        } else if constexpr (detail::is_a<T, std::optional> || detail::is_a<T, std::shared_ptr>) {
            put(static_cast<bool>(value));
            if (value) put(*value);
        } else if constexpr (detail::is_a<T, std::variant>) {
            put(static_cast<std::uint8_t>(value.index()));
            std::visit([this](const auto& held) { this->put(held); }, value);
        } else {
            detail::each_field(value, [this](const auto& field) { this->put(field); });
        }
    }

    std::string take() { return std::move(m_bytes); }

  private:
    void put_count(std::size_t count) { put(static_cast<std::uint32_t>(count)); }

    std::string m_bytes;
};

class ArchiveReader {
  public:
    explicit ArchiveReader(std::string_view bytes) : m_rest(bytes) {}

    // All of it was well formed and nothing is left.
    bool is_whole() const { return !m_is_failed && m_rest.empty(); }

    template <class T>
    void get(T& value) {
        if constexpr (detail::is_plain<T>) {
            get_plain(value);
        } else if constexpr (std::is_same_v<T, std::string>) {
            value = take(get_count());
        } else if constexpr (detail::is_a<T, std::vector>) {
            // Every element has at least a byte, so a count cannot ask for more memory than was sent.
            const std::size_t count = get_count();
            value.clear();
            for (std::size_t index = 0; index < count && !m_is_failed; ++index)
                get(value.emplace_back());
        } else if constexpr (detail::is_array<T>) {
            for (auto& element : value)
                get(element);
        } else if constexpr (detail::is_a<T, std::optional>) {
            if (get_flag()) get(value.emplace());
        } else if constexpr (detail::is_a<T, std::shared_ptr>) {
            get_shared(value);
        } else if constexpr (detail::is_a<T, std::variant>) {
            get_variant(value, std::make_index_sequence<std::variant_size_v<T>>());
        } else {
            detail::each_field(value, [this](auto& field) { this->get(field); });
        }
    }

  private:
    std::string_view take(std::size_t count) {
        if (count > m_rest.size()) m_is_failed = true;
        if (m_is_failed) return {};
        const std::string_view taken = m_rest.substr(0, count);
        m_rest.remove_prefix(count);
        return taken;
    }

    template <class T>
    void get_plain(T& value) {
        const std::string_view bytes = take(sizeof value);
        if (m_is_failed) return;
        if constexpr (std::is_same_v<T, bool>)
            value = bytes.front() != 0;
        else
            std::memcpy(&value, bytes.data(), sizeof value);
    }

    bool get_flag() {
        bool flag = false;
        get(flag);
        return flag && !m_is_failed;
    }

    std::size_t get_count() {
        std::uint32_t count = 0;
        get(count);
        if (count > m_rest.size()) m_is_failed = true;
        return m_is_failed ? 0 : count;
    }

    template <class T>
    void get_shared(std::shared_ptr<const T>& value) {
        value.reset();
        if (!get_flag()) return;
        auto read = std::make_shared<T>();
        get(*read);
        value = std::move(read);
    }

    template <class Variant, std::size_t... indices>
    void get_variant(Variant& value, std::index_sequence<indices...>) {
        std::uint8_t index = 0;
        get(index);
        if (index >= sizeof...(indices)) m_is_failed = true;
        if (m_is_failed) return;
        ((index == indices ? get(value.template emplace<indices>()) : void()), ...);
    }

    std::string_view m_rest;
    bool m_is_failed = false;
};

template <class T>
std::string to_archive(const T& value) {
    ArchiveWriter writer;
    writer.put(value);
    return writer.take();
}

// Nothing unless the bytes are one whole value.
template <class T>
std::optional<T> from_archive(std::string_view bytes) {
    T value;
    ArchiveReader reader(bytes);
    reader.get(value);
    if (!reader.is_whole()) return std::nullopt;
    return value;
}

}  // namespace portal::vm
