#include "server-stub/import/cell_value.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace portal;
using namespace portal::import;

namespace {

const ImportColumn& column_of(Kind kind, std::string_view name) {
    const ImportKind& described = kind_of(kind);
    return described.columns[static_cast<std::size_t>(described.column_index(name))];
}

}  // namespace

TEST_CASE("dollar amounts become whole cents", "[import]") {
    struct Case {
        const char* text;
        std::int64_t cents;
    };
    for (const Case& item : {Case{"12", 1200}, Case{"12.5", 1250}, Case{"12.05", 1205}, Case{"$1,234.50", 123450},
                             Case{"1,234,567", 123456700}, Case{"0.01", 1}, Case{"-3.00", -300}}) {
        INFO(item.text);
        CHECK(parse_dollars(item.text).value() == item.cents);
    }
    for (const char* wrong :
         {"", "1.234", "1,23", "12,34.00", ",5", "1.", "abc", "1e3", "99999999999999", "1 000", "--1"}) {
        INFO(wrong);
        CHECK(!parse_dollars(wrong));
    }
}

TEST_CASE("instants are UTC and exact", "[import]") {
    CHECK(parse_iso_instant("1970-01-01T00:00:00Z").value() == 0);
    CHECK(parse_iso_instant("2026-03-04T15:30:00.250Z").value() == 1772638200250);
    for (const char* wrong :
         {"2026-03-04", "2026-03-04T15:30:00", "2026-03-04T15:30:00+01:00", "2026-02-30T00:00:00Z",
          "2026-03-04T24:00:00Z", "2026-03-04T15:60:00Z", "2026-03-04 15:30:00Z", "2026-03-04T15:30:00.5Z"}) {
        INFO(wrong);
        CHECK(!parse_iso_instant(wrong));
    }
}

TEST_CASE("cells by their type", "[import]") {
    struct Case {
        Kind kind;
        const char* column;
        const char* text;
        std::optional<Value> value;  // Empty: refused.
        DateOrder date_order = DateOrder::iso;
    };
    const Case cases[] = {
        {Kind::financing_facts, "settled_cents", "1250", Value{std::int64_t{1250}}},
        {Kind::financing_facts, "settled_cents", "-1", std::nullopt},
        {Kind::financing_facts, "settled_cents", "12.50", std::nullopt},
        {Kind::financing_facts, "settled_cents", "99999999999999999999", std::nullopt},
        {Kind::financing_facts, "settled_cents", "", Value{}},
        {Kind::financing_facts, "kind", "sale", Value{std::string("sale")}},
        {Kind::financing_facts, "kind", "Sale", std::nullopt},
        {Kind::financing_facts, "kind", "", std::nullopt},
        {Kind::financing_facts, "hour_band", "24", std::nullopt},
        {Kind::financing_facts, "event_day", "2026-02-29", std::nullopt},
        {Kind::financing_facts, "event_day", "2024-02-29", Value{std::int64_t{19782}}},
        {Kind::financing_facts, "event_day", "2/29/2024", Value{std::int64_t{19782}}, DateOrder::month_day_year},
        {Kind::financing_facts, "event_day", "29/2/2024", Value{std::int64_t{19782}}, DateOrder::day_month_year},
        {Kind::financing_facts, "event_day", "29/2/2024", std::nullopt, DateOrder::month_day_year},
        {Kind::financing_facts, "event_day", "1066-10-14", std::nullopt},
        {Kind::financing_facts, "duplicate", "yes", Value{std::int64_t{1}}},
        {Kind::financing_facts, "duplicate", "maybe", std::nullopt},
        {Kind::financing_facts, "external_key", " F-1", std::nullopt},
        {Kind::financing_facts, "external_key", "", std::nullopt},
        {Kind::targets, "month", "2026-03", Value{std::int64_t{2026 * 12 + 2}}},
        {Kind::targets, "month", "2026-3", std::nullopt},
        {Kind::users, "email", "ana@example.org", Value{std::string("ana@example.org")}},
        {Kind::users, "email", "ana", std::nullopt},
        {Kind::users, "email", "a@b@c", std::nullopt},
        {Kind::locations, "time_zone", "America/Chicago", Value{std::string("America/Chicago")}},
        {Kind::locations, "time_zone", "Central", std::nullopt},
        {Kind::vendors, "name", "=cmd|' /C calc'!A0", Value{std::string("=cmd|' /C calc'!A0")}},
        {Kind::vendors, "name", "bell\x07", std::nullopt},
        {Kind::messages, "body", "two\nlines", Value{std::string("two\nlines")}},
    };
    for (const Case& item : cases) {
        INFO(item.column << " = '" << item.text << "'");
        const auto value = parse_cell(column_of(item.kind, item.column), item.text, {item.date_order, false});
        REQUIRE(value.has_value() == item.value.has_value());
        if (value) CHECK(*value == *item.value);
    }
    CHECK(!parse_cell(column_of(Kind::vendors, "name"), std::string(201, 'x'), {}));
}

TEST_CASE("every import column sets a column of its record", "[import]") {
    for (std::size_t index = 0; index < kind_count; ++index) {
        const ImportKind& kind = kind_of(static_cast<Kind>(index));
        CHECK(find_kind(kind.name) == &kind);
        if (kind.kind == Kind::financing_facts) continue;
        for (const ImportColumn& column : kind.columns) {
            INFO(kind.name << "." << column.name);
            CHECK(descriptor_of(kind.entity).column_index(column.target) >= 0);
        }
    }
    CHECK(find_kind("check-runs") == &kind_of(Kind::check_runs));
    CHECK(find_kind("patients") == nullptr);
}
