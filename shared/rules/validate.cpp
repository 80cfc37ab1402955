#include "shared/rules/validate.hpp"

#include <array>
#include <optional>

#include "shared/base/limits.hpp"
#include "shared/model/records.hpp"
#include "shared/model/references.hpp"

namespace portal {
namespace {

enum class Emptiness : std::uint8_t { allowed, refused };

struct TextRule {
    Entity entity;
    std::string_view column;
    std::size_t bytes_max;
    TextShape shape;
    Emptiness emptiness;
};

constexpr std::size_t short_max = limits::short_text_bytes_max;
constexpr std::size_t body_max = limits::message_body_bytes_max;
constexpr std::size_t list_max = limits::list_text_bytes_max;

// Columns that differ from the general rule: one line of at most short_text_bytes_max, which may be empty.
constexpr auto text_rules = std::to_array<TextRule>({
    {Entity::vendor, "name", short_max, TextShape::single_line, Emptiness::refused},
    {Entity::promo_plan, "name", short_max, TextShape::single_line, Emptiness::refused},
    {Entity::calendar, "hours", list_max, TextShape::single_line, Emptiness::refused},
    {Entity::calendar, "holidays", list_max, TextShape::single_line, Emptiness::allowed},
    {Entity::practice, "name", short_max, TextShape::single_line, Emptiness::refused},
    {Entity::location, "name", short_max, TextShape::single_line, Emptiness::refused},
    {Entity::location, "time_zone", short_max, TextShape::single_line, Emptiness::refused},
    {Entity::user, "email", short_max, TextShape::single_line, Emptiness::refused},
    {Entity::user, "name", short_max, TextShape::single_line, Emptiness::refused},
    {Entity::integration, "name", short_max, TextShape::single_line, Emptiness::refused},
    {Entity::integration, "stage_history", list_max, TextShape::single_line, Emptiness::allowed},
    {Entity::integration, "blocked_reason", short_max, TextShape::multi_line, Emptiness::allowed},
    {Entity::check_rollup, "note", short_max, TextShape::multi_line, Emptiness::allowed},
    {Entity::incident, "title", short_max, TextShape::single_line, Emptiness::refused},
    {Entity::ticket, "subject", limits::ticket_subject_bytes_max, TextShape::single_line, Emptiness::refused},
    {Entity::ticket, "description", body_max, TextShape::multi_line, Emptiness::allowed},
    {Entity::message, "body", body_max, TextShape::multi_line, Emptiness::refused},
    {Entity::action_item, "title", limits::action_title_bytes_max, TextShape::single_line, Emptiness::refused},
    {Entity::action_item, "note", limits::action_note_bytes_max, TextShape::multi_line, Emptiness::allowed},
    {Entity::deposit_review, "note", limits::review_note_bytes_max, TextShape::multi_line, Emptiness::allowed},
    {Entity::prospect, "name", short_max, TextShape::single_line, Emptiness::refused},
    {Entity::notice, "text", short_max, TextShape::multi_line, Emptiness::allowed},
});

TextRule text_rule_of(Entity entity, std::string_view column) {
    for (const TextRule& rule : text_rules)
        if (rule.entity == entity && rule.column == column) return rule;
    return {entity, column, short_max, TextShape::single_line, Emptiness::allowed};
}

// A financing fact may be taken back by a reversal, and an optional day may lie anywhere; these may not be negative.
constexpr std::array<std::string_view, 13> counted_columns = {
    "months",         "minimum_cents",   "apr_basis_points",    "merchant_fee_basis_points",
    "calls",          "calls_succeeded", "ledger_rows",         "ledger_matched",
    "latency_p95_ms", "errors",          "errors_acknowledged", "fact_count",
    "number"};

tl::unexpected<Error> refuse(std::string_view column, std::string_view cause) {
    return fail(ErrorCode::invalid_argument, std::string(column) + " " + std::string(cause));
}

// Length of the UTF-8 sequence at `index`, or 0 when it is none (RFC 3629: no overlong forms, no surrogates).
std::size_t sequence_length(std::string_view text, std::size_t index) {
    const auto byte = [&](std::size_t offset) -> unsigned {
        return index + offset < text.size() ? static_cast<unsigned char>(text[index + offset]) : 0u;
    };
    const auto follows = [&](std::size_t offset) { return (byte(offset) & 0xC0) == 0x80; };
    const unsigned lead = byte(0), second = byte(1);
    if (lead < 0x80) return 1;
    if (lead >= 0xC2 && lead <= 0xDF) return follows(1) ? 2 : 0;
    if (lead >= 0xE0 && lead <= 0xEF) {
        const bool overlong = lead == 0xE0 && second < 0xA0, surrogate = lead == 0xED && second > 0x9F;
        return follows(1) && follows(2) && !overlong && !surrogate ? 3 : 0;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        const bool overlong = lead == 0xF0 && second < 0x90, beyond = lead == 0xF4 && second > 0x8F;
        return follows(1) && follows(2) && follows(3) && !overlong && !beyond ? 4 : 0;
    }
    return 0;
}

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\n") == std::string_view::npos;
}

// A value that the typed record does not keep is an unknown word or a number outside its member's range.
template <class Record>
std::optional<std::size_t> first_lost_value(const Row& row) {
    const Row kept = to_row(from_row<Record>(row));
    for (std::size_t index = 0; index < row.values.size(); ++index)
        if (kept.values[index] != row.values[index]) return index;
    return std::nullopt;
}

std::optional<std::size_t> first_lost_value(const Row& row) {
    switch (row.entity) {
        case Entity::vendor:
            return first_lost_value<Vendor>(row);
        case Entity::promo_plan:
            return first_lost_value<PromoPlan>(row);
        case Entity::calendar:
            return first_lost_value<Calendar>(row);
        case Entity::practice:
            return first_lost_value<Practice>(row);
        case Entity::location:
            return first_lost_value<Location>(row);
        case Entity::user:
            return first_lost_value<User>(row);
        case Entity::grant:
            return first_lost_value<Grant>(row);
        case Entity::integration:
            return first_lost_value<Integration>(row);
        case Entity::check_rollup:
            return first_lost_value<CheckRollup>(row);
        case Entity::incident:
            return first_lost_value<Incident>(row);
        case Entity::fact_segment:
            return first_lost_value<FactSegment>(row);
        case Entity::fact_rollup:
            return first_lost_value<FactRollup>(row);
        case Entity::target:
            return first_lost_value<Target>(row);
        case Entity::deposit:
            return first_lost_value<Deposit>(row);
        case Entity::deposit_review:
            return first_lost_value<DepositReview>(row);
        case Entity::vendor_count:
            return first_lost_value<VendorCount>(row);
        case Entity::ticket:
            return first_lost_value<Ticket>(row);
        case Entity::message:
            return first_lost_value<Message>(row);
        case Entity::action_item:
            return first_lost_value<ActionItem>(row);
        case Entity::prospect:
            return first_lost_value<Prospect>(row);
        case Entity::notice:
            return first_lost_value<Notice>(row);
    }
    return std::nullopt;
}

Status validate_value(Entity entity, const Column& column, const Value& value) {
    if (std::holds_alternative<std::monostate>(value)) {
        if (column.presence == Presence::optional) return {};
        return refuse(column.name, "is required");
    }
    if (column.type == ColumnType::integer) {
        const auto* number = std::get_if<std::int64_t>(&value);
        if (!number) return refuse(column.name, "must be a number");
        for (const std::string_view counted : counted_columns)
            if (counted == column.name && *number < 0) return refuse(column.name, "must not be negative");
        if (column.name == "due_on" && (*number < limits::promised_day_min || *number > limits::promised_day_max))
            return refuse(column.name, *number == 0 ? "is required" : "must be a day of this century");
        return {};
    }
    const auto* text = std::get_if<std::string>(&value);
    if (!text) return refuse(column.name, "must be a text");
    if (column.type == ColumnType::bytes) {
        if (text->size() > limits::segment_bytes_max) return refuse(column.name, "is too large");
        return {};
    }
    if (const Reference* reference = find_reference(entity, column.name)) {
        if (text->empty() && reference->requirement == Requirement::may_be_empty) return {};
        if (!is_id(*text)) return refuse(column.name, text->empty() ? "is required" : "must be an id");
        return {};
    }
    const TextRule rule = text_rule_of(entity, column.name);
    if (rule.emptiness == Emptiness::refused && is_blank(*text)) return refuse(column.name, "is required");
    return validate_text(*text, column.name, rule.shape, rule.bytes_max);
}

}  // namespace

Status validate_text(std::string_view text, std::string_view column, TextShape shape, std::size_t bytes_max) {
    if (text.size() > bytes_max) return refuse(column, "is longer than " + std::to_string(bytes_max) + " bytes");
    for (std::size_t index = 0; index < text.size();) {
        const std::size_t length = sequence_length(text, index);
        if (length == 0) return refuse(column, "is not UTF-8");
        const auto byte = static_cast<unsigned char>(text[index]);
        const bool breaks = shape == TextShape::multi_line && (byte == '\n' || byte == '\t');
        // U+0080 to U+009F are control characters as well.
        const bool upper_control = byte == 0xC2 && static_cast<unsigned char>(text[index + 1]) < 0xA0;
        if (byte == 0) return refuse(column, "holds a NUL character");
        if ((byte < 0x20 && !breaks) || byte == 0x7F || upper_control)
            return refuse(column, "holds a control character");
        index += length;
    }
    return {};
}

Status validate_row(const Row& row) {
    const EntityDescriptor& descriptor = descriptor_of(row.entity);
    if (!is_id(row.id)) return refuse("id", "must be an id");
    if (row.values.size() != descriptor.columns.size()) return refuse(descriptor.name, "has missing columns");
    for (std::size_t index = 0; index < row.values.size(); ++index)
        PORTAL_TRY(validate_value(row.entity, descriptor.columns[index], row.values[index]));
    if (const auto lost = first_lost_value(row))
        return refuse(descriptor.columns[*lost].name, "has a value that is not in its vocabulary or range");
    return {};
}

}  // namespace portal
