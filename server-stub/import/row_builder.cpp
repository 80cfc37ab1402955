#include "server-stub/import/row_builder.hpp"

#include <array>

#include "shared/base/check.hpp"
#include "shared/base/durations.hpp"
#include "shared/base/limits.hpp"

namespace portal::import {
namespace {

// Columns that only their first import may set: rows elsewhere have copied them.
bool is_fixed(const ImportKind& kind, std::string_view column) {
    switch (kind.kind) {
        case Kind::locations:
            return column == "practice";
        case Kind::integrations:
            return column == "practice" || column == "vendor";
        case Kind::tickets:
            return column == "location" || column == "integration";
        case Kind::messages:
            return column == "ticket" || column == "visibility";
        case Kind::action_items:
            return column == "practice" || column == "integration" || column == "ticket";
        default:
            return false;
    }
}

// A tomorrow is allowed: the source may stand in a zone ahead of ours.
bool is_future(Day day, InstantMs now_ms) {
    return day > static_cast<Day>(now_ms / day_ms) + 1;
}

std::string unknown_reference(const ImportColumn& column, const std::string& key) {
    return "unknown " + std::string(descriptor_of(column.reference).name) + " '" + key + "'; import " +
           std::string(descriptor_of(column.reference).name) + "s first, or correct the key";
}

std::optional<Row> existing_row(const RecordValues& values, BuildContext& context, const Id& practice) {
    if (values.kind->kind != Kind::targets)
        return context.view.row_by_external_key(values.kind->entity, values.text("external_key"));
    std::optional<Row> found;
    context.view.each_row_where(Entity::target, "practice", Value{practice}, [&](Row row) {
        if (integer_value(row, "month") == values.integer("month")) found = std::move(row);
    });
    return found;
}

Row empty_row(Entity entity) {
    Row row;
    row.entity = entity;
    for (const Column& column : descriptor_of(entity).columns) {
        if (column.presence == Presence::optional)
            row.values.emplace_back(std::monostate{});
        else if (column.type == ColumnType::integer)
            row.values.emplace_back(std::int64_t{0});
        else
            row.values.emplace_back(std::string{});
    }
    return row;
}

// A new row starts from its record's own defaults, so that a vocabulary column never holds an empty
// word.
Row default_row(Entity entity) {
    switch (entity) {
        case Entity::vendor:
            return to_row(Vendor{});
        case Entity::promo_plan:
            return to_row(PromoPlan{});
        case Entity::calendar:
            return to_row(Calendar{});
        case Entity::practice:
            return to_row(Practice{});
        case Entity::location:
            return to_row(Location{});
        case Entity::user:
            return to_row(User{});
        case Entity::integration:
            return to_row(Integration{});
        case Entity::check_rollup:
            return to_row(CheckRollup{});
        case Entity::target:
            return to_row(Target{});
        case Entity::deposit:
            return to_row(Deposit{});
        case Entity::ticket:
            return to_row(Ticket{});
        case Entity::message:
            return to_row(Message{});
        case Entity::action_item:
            return to_row(ActionItem{});
        default:
            return empty_row(entity);
    }
}

// Text for null where the record has no null.
Value fitting(const Column& column, Value value) {
    if (!std::holds_alternative<std::monostate>(value) || column.presence == Presence::optional) return value;
    if (column.type == ColumnType::integer) return Value{std::int64_t{0}};
    return Value{std::string{}};
}

void set_if_empty(Row& row, std::string_view column, const std::string& text) {
    if (text_value(row, column).empty()) set_value(row, column, Value{text});
}

// Members that follow from a referenced row.
void follow(const RecordValues& values, std::string_view column, const Referenced& referenced, Row& row) {
    switch (values.kind->kind) {
        case Kind::deposits:
            if (column == "location") set_value(row, "practice", Value{referenced.practice});
            break;
        case Kind::tickets:
            if (column == "location") {
                set_value(row, "practice", Value{referenced.practice});
                set_value(row, "practice_name", Value{referenced.practice_name});
            }
            if (column == "requester") set_value(row, "requester_name", Value{referenced.name});
            if (column == "assignee") set_value(row, "assignee_name", Value{referenced.name});
            break;
        case Kind::messages:
            if (column == "ticket") {
                set_value(row, "practice", Value{referenced.practice});
                set_value(row, "location", Value{referenced.location});
            }
            if (column == "author") set_if_empty(row, "author_name", referenced.name);
            break;
        case Kind::action_items:
            if (column == "practice") set_value(row, "book", Value{referenced.book});
            break;
        default:
            break;
    }
}

bool set_columns(const RecordValues& values, BuildContext& context, bool is_new, Row& row, Problem& problem) {
    const EntityDescriptor& descriptor = descriptor_of(row.entity);
    for (std::size_t index = 0; index < values.kind->columns.size(); ++index) {
        const ImportColumn& column = values.kind->columns[index];
        if (!values.given[index]) {
            if (is_new && column.need == Need::new_rows) {
                problem = values.problem(column.name, "a new row needs '" + std::string(column.name) + "'");
                return false;
            }
            continue;
        }
        Value value = values.values[index];
        const Referenced* referenced = nullptr;
        if (column.type == CellType::reference && values.has(column.name)) {
            const std::string& key = std::get<std::string>(value);
            referenced = context.references.find(context.view, column.reference, key);
            if (referenced == nullptr) {
                problem = values.problem(column.name, unknown_reference(column, key));
                return false;
            }
            value = Value{referenced->id};
        }
        const int place = descriptor.column_index(column.target);
        check(place >= 0, "an import column sets no column of its record");
        value = fitting(descriptor.columns[static_cast<std::size_t>(place)], std::move(value));
        if (!is_new && is_fixed(*values.kind, column.name) && row.values[static_cast<std::size_t>(place)] != value) {
            problem =
                values.problem(column.name, "'" + std::string(column.name) + "' of an existing row cannot change");
            return false;
        }
        row.values[static_cast<std::size_t>(place)] = std::move(value);
        if (referenced != nullptr) follow(values, column.name, *referenced, row);
    }
    return true;
}

// The operator's own work, at one practice.
bool check_action_item(const RecordValues& values, BuildContext& context, Row& row, Problem& problem) {
    for (const auto& [column, entity] : {std::pair{"integration", Entity::integration}, {"ticket", Entity::ticket}}) {
        if (!values.has(column)) continue;
        const Referenced* source = context.references.find(context.view, entity, values.text(column));
        if (source != nullptr && source->practice != text_value(row, "practice")) {
            problem = values.problem(column, "the " + std::string(column) + " is of another practice");
            return false;
        }
    }
    if (values.has("owner")) {
        const Referenced* owner = context.references.find(context.view, Entity::user, values.text("owner"));
        if (owner != nullptr && (!owner->practice.empty() || !owner->vendor.empty())) {
            problem = values.problem("owner", "the owner is not one of the staff");
            return false;
        }
    }
    const bool is_done = !std::holds_alternative<std::monostate>(value_of(row, "done_ms"));
    set_value(row, "done", Value{std::int64_t{is_done ? 1 : 0}});
    if (!is_done) set_value(row, "done_by", Value{std::string()});
    return true;
}

// Rules across the columns of one row.
bool check_row(const RecordValues& values, BuildContext& context, Row& row, bool is_new, Problem& problem) {
    switch (values.kind->kind) {
        case Kind::check_runs: {
            const std::array<std::array<std::string_view, 2>, 3> parts{
                {{"calls_succeeded", "calls"}, {"ledger_matched", "ledger_rows"}, {"errors_acknowledged", "errors"}}};
            for (const auto& [part, whole] : parts)
                if (integer_value(row, part) > integer_value(row, whole)) {
                    problem =
                        values.problem(part, "'" + std::string(part) + "' is more than '" + std::string(whole) + "'");
                    return false;
                }
            break;
        }
        case Kind::tickets:
            if (is_new && !values.has("state_since_at")) set_value(row, "state_since_ms", value_of(row, "created_ms"));
            if (values.has("integration")) {
                const Referenced* integration =
                    context.references.find(context.view, Entity::integration, values.text("integration"));
                if (integration != nullptr && integration->practice != text_value(row, "practice")) {
                    problem = values.problem("integration", "the integration is of another practice than the location");
                    return false;
                }
            }
            break;
        case Kind::action_items:
            if (!check_action_item(values, context, row, problem)) return false;
            break;
        case Kind::promo_plans:
            if (values.has("effective_until") &&
                values.integer("effective_until") <= integer_value(row, "effective_from")) {
                problem = values.problem("effective_until", "'effective_until' is not after 'effective_from'");
                return false;
            }
            break;
        default:
            break;
    }
    for (const std::string_view column : {"day"})
        if (values.kind->column_index(column) >= 0 && values.has(column) &&
            is_future(static_cast<Day>(values.integer(column)), context.now_ms)) {
            problem = values.problem(column, "the day lies in the future");
            return false;
        }
    return true;
}

template <class Enum>
Enum word_of(const RecordValues& values, std::string_view column, Enum fallback) {
    return values.has(column) ? parse_text<Enum>(values.text(column)).value_or(fallback) : fallback;
}

bool check_fact(const RecordValues& values, const FinancingFact& fact, InstantMs now_ms, Problem& problem) {
    const bool application = fact.kind == FactKind::application;
    const bool money_status = fact.status == FactStatus::settled || fact.status == FactStatus::authorized;
    if (application && (fact.status == FactStatus::none || money_status)) {
        problem = values.problem("status",
                                 "an application's status is approved, counter_offer, declined, pending, "
                                 "withdrawn or prequalification");
        return false;
    }
    if (!application && fact.status != FactStatus::none && !money_status) {
        problem = values.problem("status", "only an application has this status; money is settled or authorized");
        return false;
    }
    for (const auto& [column, cents] : {std::pair{"requested_cents", fact.requested_cents},
                                        {"approved_cents", fact.approved_cents},
                                        {"settled_cents", fact.settled_cents},
                                        {"fee_cents", fact.fee_cents}})
        if (cents > limits::fact_cents_max) {
            problem = values.problem(column, "no financing is as large as this");
            return false;
        }
    if (fact.event_day < 0) {
        problem = values.problem("event_day", "the day is before 1970");
        return false;
    }
    if (fact.posted_day < fact.event_day) {
        problem = values.problem("posted_day", "it was posted before it happened");
        return false;
    }
    if (is_future(fact.event_day, now_ms) || is_future(fact.posted_day, now_ms)) {
        problem = values.problem(is_future(fact.event_day, now_ms) ? "event_day" : "posted_day",
                                 "the day lies in the future");
        return false;
    }
    return true;
}

}  // namespace

std::string identity_of(const RecordValues& values) {
    if (values.kind->kind != Kind::targets) return values.text("external_key");
    return values.text("practice") + "\n" + std::to_string(values.integer("month"));
}

std::optional<BuiltRow> build_row(const RecordValues& values, BuildContext& context, Problem& problem) {
    Id practice;
    if (values.kind->kind == Kind::targets) {
        const Referenced* found = context.references.find(context.view, Entity::practice, values.text("practice"));
        if (found != nullptr) practice = found->id;
    }
    const std::optional<Row> former = existing_row(values, context, practice);
    BuiltRow built;
    built.row = former ? *former : default_row(values.kind->entity);
    if (!set_columns(values, context, !former, built.row, problem)) return std::nullopt;
    if (!check_row(values, context, built.row, !former, problem)) return std::nullopt;
    if (!former) {
        built.row.id = context.ids.next(context.now_ms);
        built.verdict = Verdict::inserted;
    } else {
        built.verdict = built.row.values == former->values ? Verdict::unchanged : Verdict::changed;
    }
    return built;
}

std::optional<FinancingFact> build_fact(const RecordValues& values, BuildContext& context, Problem& problem) {
    const Referenced* location = context.references.find(context.view, Entity::location, values.text("location"));
    if (location == nullptr) {
        problem = values.problem(
            "location",
            unknown_reference(values.kind->columns[static_cast<std::size_t>(values.kind->column_index("location"))],
                              values.text("location")));
        return std::nullopt;
    }
    FinancingFact fact;
    fact.location = location->id;
    fact.practice = location->practice;
    for (const auto& [column, entity] : {std::pair{"practice", Entity::practice}, {"plan", Entity::promo_plan}}) {
        if (!values.has(column)) continue;
        const Referenced* found = context.references.find(context.view, entity, values.text(column));
        const bool other_practice = found != nullptr && entity == Entity::practice && found->id != fact.practice;
        if (found == nullptr || other_practice) {
            const auto place = static_cast<std::size_t>(values.kind->column_index(column));
            problem = values.problem(column, found == nullptr
                                                 ? unknown_reference(values.kind->columns[place], values.text(column))
                                                 : "the location belongs to another practice");
            return std::nullopt;
        }
        if (entity == Entity::promo_plan) fact.plan = found->id;
    }
    fact.external_key = values.text("external_key");
    fact.application_ref = values.text("application_ref");
    fact.row_number = values.line;
    fact.kind = word_of(values, "kind", FactKind::application);
    fact.status = word_of(values, "status", fact.kind == FactKind::sale ? FactStatus::settled : FactStatus::none);
    fact.channel = word_of(values, "channel", FactChannel::in_office);
    fact.existing_cardholder = values.integer("existing_cardholder") != 0;
    fact.duplicate = values.integer("duplicate") != 0;
    fact.event_day = static_cast<Day>(values.integer("event_day"));
    fact.posted_day = static_cast<Day>(values.integer("posted_day"));
    fact.hour_band = static_cast<std::int32_t>(values.integer("hour_band"));
    fact.requested_cents = values.integer("requested_cents");
    fact.approved_cents = values.integer("approved_cents");
    fact.settled_cents = values.integer("settled_cents");
    fact.fee_cents = values.integer("fee_cents");
    if (!check_fact(values, fact, context.now_ms, problem)) return std::nullopt;
    return fact;
}

}  // namespace portal::import
