#include "shared/rules/validate.hpp"

#include <catch2/catch_test_macros.hpp>

#include "shared/base/limits.hpp"
#include "shared/model/records.hpp"
#include "shared/model/references.hpp"
#include "tests/rules/places.hpp"

namespace portal {
namespace {

using test::id_of;

Ticket good_ticket() {
    Ticket ticket;
    ticket.id = id_of("ticket");
    ticket.practice = id_of("willow");
    ticket.location = id_of("willownorth");
    ticket.subject = "Ledger match broke";
    ticket.description = "Since the upgrade\n\tnothing matches.";
    return ticket;
}

TEST_CASE("texts: encodings and control characters") {
    const struct {
        std::string text;
        TextShape shape;
        std::string_view complaint;  // Empty: taken.
    } cases[] = {
        {"", TextShape::single_line, ""},
        {"Año \xe2\x82\xac \xf0\x9f\xa6\xb7", TextShape::single_line, ""},
        {"a\nb\tc", TextShape::multi_line, ""},
        {"a\nb", TextShape::single_line, "control"},
        {"a\tb", TextShape::single_line, "control"},
        {"a\rb", TextShape::multi_line, "control"},
        {"a\x1b[31m", TextShape::multi_line, "control"},
        {"a\x7f", TextShape::multi_line, "control"},
        {"a\xc2\x85", TextShape::multi_line, "control"},
        {"a\xc2\xa0", TextShape::multi_line, ""},
        {std::string("a\0b", 3), TextShape::multi_line, "NUL"},
        {"\xff", TextShape::multi_line, "UTF-8"},
        {"\xc3", TextShape::multi_line, "UTF-8"},
        {"\x80", TextShape::multi_line, "UTF-8"},
        {"\xc0\xaf", TextShape::multi_line, "UTF-8"},
        {"\xe0\x80\xaf", TextShape::multi_line, "UTF-8"},
        {"\xed\xa0\x80", TextShape::multi_line, "UTF-8"},
        {"\xf0\x80\x80\xaf", TextShape::multi_line, "UTF-8"},
        {"\xf4\x90\x80\x80", TextShape::multi_line, "UTF-8"},
        {"\xf5\x80\x80\x80", TextShape::multi_line, "UTF-8"},
        {"\xe2\x82", TextShape::multi_line, "UTF-8"},
        {std::string(11, 'x'), TextShape::single_line, "longer than 10"},
    };
    for (const auto& [text, shape, complaint] : cases) {
        INFO(text);
        const Status status = validate_text(text, "subject", shape, 10 + (text.size() > 11 ? text.size() : 0));
        CHECK(status.has_value() == complaint.empty());
        if (!status) CHECK(status.error().message.find(complaint) != std::string::npos);
        if (!status) CHECK(status.error().message.starts_with("subject "));
    }
}

TEST_CASE("a good ticket is taken and each broken column is named") {
    REQUIRE(validate_row(to_row(good_ticket())));
    const struct {
        std::string_view column;
        Value value;
        std::string_view complaint;
    } cases[] = {
        {"subject", std::string(), "required"},
        {"subject", std::string(" \t "), "required"},
        {"subject", std::string(limits::ticket_subject_bytes_max + 1, 'x'), "longer"},
        {"subject", std::string("two\nlines"), "control"},
        {"subject", std::int64_t{7}, "must be a text"},
        {"subject", Value{}, "required"},
        {"description", std::string(limits::message_body_bytes_max + 1, 'x'), "longer"},
        {"practice", std::string(), "required"},
        {"practice", std::string("willow"), "must be an id"},
        {"location", std::string("' OR 1=1 --"), "must be an id"},
        {"assignee", std::string("me"), "must be an id"},
        {"state", std::string("reopened"), "vocabulary"},
        {"priority", std::string(), "vocabulary"},
        {"number", std::int64_t{-1}, "negative"},
        {"due_ms", std::string("tomorrow"), "must be a number"},
    };
    for (const auto& [column, value, complaint] : cases) {
        Row row = to_row(good_ticket());
        set_value(row, column, value);
        const Status status = validate_row(row);
        INFO(column << " " << complaint);
        REQUIRE_FALSE(status);
        INFO(status.error().message);
        CHECK(status.error().code == ErrorCode::invalid_argument);
        CHECK(status.error().message.starts_with(std::string(column) + " "));
        CHECK(status.error().message.find(complaint) != std::string::npos);
    }
}

TEST_CASE("a good action item is taken and each broken column is named") {
    ActionItem item;
    item.id = id_of("action");
    item.practice = id_of("willow");
    item.book = id_of("book1");
    item.title = "Ask Canino for the fix date";
    item.note = "Second time this year.\nEscalate.";
    item.owner = id_of("manager");
    item.due_on = limits::promised_day_max;
    REQUIRE(validate_row(to_row(item)));
    const struct {
        std::string_view column;
        Value value;
        std::string_view complaint;
    } cases[] = {
        {"title", std::string(" "), "required"},
        {"title", std::string("two\nlines"), "control"},
        {"title", std::string(limits::action_title_bytes_max + 1, 'x'), "longer"},
        {"note", std::string(limits::action_note_bytes_max + 1, 'x'), "longer"},
        {"note", std::string("\x1b"), "control"},
        {"practice", std::string(), "required"},
        {"owner", std::string(), "required"},
        {"owner", std::string("me"), "must be an id"},
        {"ticket", std::string("1042"), "must be an id"},
        {"due_on", std::int64_t{0}, "required"},
        {"due_on", std::int64_t{limits::promised_day_min - 1}, "century"},
        {"due_on", std::int64_t{limits::promised_day_max + 1}, "century"},
        {"due_on", Value{}, "required"},
        {"done", std::int64_t{2}, "vocabulary or range"},
    };
    for (const auto& [column, value, complaint] : cases) {
        Row row = to_row(item);
        set_value(row, column, value);
        const Status status = validate_row(row);
        INFO(column << " " << complaint);
        REQUIRE_FALSE(status);
        INFO(status.error().message);
        CHECK(status.error().message.starts_with(std::string(column) + " "));
        CHECK(status.error().message.find(complaint) != std::string::npos);
    }
}

TEST_CASE("a row's own shape is checked as well") {
    Row row = to_row(good_ticket());
    row.id = "short";
    CHECK_FALSE(validate_row(row));
    row = to_row(good_ticket());
    row.values.pop_back();
    CHECK_FALSE(validate_row(row));
}

TEST_CASE("numbers outside their member's range and booleans beyond one are refused") {
    Integration integration;
    integration.id = id_of("integration");
    integration.practice = id_of("willow");
    integration.vendor = id_of("canino");
    integration.name = "Canino PMS at Willow Creek";
    REQUIRE(validate_row(to_row(integration)));
    Row row = to_row(integration);
    set_value(row, "blocked", std::int64_t{2});
    CHECK_FALSE(validate_row(row));
    row = to_row(integration);
    set_value(row, "stage_since", std::int64_t{1} << 40);
    CHECK_FALSE(validate_row(row));
    row = to_row(integration);
    set_value(row, "stage", std::string("production"));
    CHECK_FALSE(validate_row(row));
}

TEST_CASE("every reference names a text column, and every column named after an entity is a reference") {
    for (const Reference& reference : all_references()) {
        const EntityDescriptor& descriptor = descriptor_of(reference.entity);
        const int index = descriptor.column_index(reference.column);
        INFO(descriptor.name << "." << reference.column);
        REQUIRE(index >= 0);
        CHECK(descriptor.columns[static_cast<std::size_t>(index)].type == ColumnType::text);
    }
    for (const EntityDescriptor& descriptor : all_entities())
        for (const Column& column : descriptor.columns) {
            const bool named_after_entity = find_entity(column.name) != nullptr;
            INFO(descriptor.name << "." << column.name);
            if (named_after_entity) CHECK(find_reference(descriptor.entity, column.name));
        }
}

}  // namespace
}  // namespace portal
