#include "server-stub/import/kinds.hpp"

#include <algorithm>
#include <array>

#include "shared/base/limits.hpp"
#include "shared/model/states.hpp"

namespace portal::import {
namespace {

constexpr std::size_t name_bytes_max = 200;

template <class Enum, Enum last>
constexpr Vocabulary vocabulary() {
    return {[](std::string_view word) { return parse_text<Enum>(word).has_value(); },
            [] {
                std::string words;
                for (int index = 0; index <= static_cast<int>(last); ++index)
                    words += (index == 0 ? "" : ", ") + std::string(text_of(static_cast<Enum>(index)));
                return words;
            }};
}

constexpr ImportColumn key() {
    return {"external_key", "external_key", CellType::key, Need::required, name_bytes_max, {}, {}};
}
constexpr ImportColumn text(std::string_view name, Need need = Need::optional, std::size_t bytes_max = name_bytes_max) {
    return {name, name, CellType::text, need, bytes_max, {}, {}};
}
constexpr ImportColumn typed(std::string_view name, CellType type, Need need = Need::optional) {
    return {name, name, type, need, name_bytes_max, {}, {}};
}
constexpr ImportColumn instant(std::string_view name, std::string_view target, Need need = Need::optional) {
    return {name, target, CellType::instant, need, 0, {}, {}};
}
constexpr ImportColumn reference(std::string_view name, Entity entity, Need need = Need::optional) {
    return {name, name, CellType::reference, need, name_bytes_max, entity, {}};
}
template <class Enum, Enum last>
constexpr ImportColumn word(std::string_view name, Need need = Need::optional) {
    return {name, name, CellType::word, need, 0, {}, vocabulary<Enum, last>()};
}

constexpr std::array vendors{key(), text("name", Need::new_rows),
                             word<VendorKind, VendorKind::revenue_cycle>("kind", Need::new_rows), text("product")};

constexpr std::array promo_plans{key(),
                                 text("name", Need::new_rows),
                                 word<PlanKind, PlanKind::reduced_apr>("kind", Need::new_rows),
                                 typed("months", CellType::count),
                                 typed("minimum_cents", CellType::cents),
                                 typed("apr_basis_points", CellType::count),
                                 typed("merchant_fee_basis_points", CellType::count),
                                 typed("effective_from", CellType::day, Need::new_rows),
                                 typed("effective_until", CellType::day)};

constexpr std::array calendars{key(), text("name", Need::new_rows),
                               text("hours", Need::new_rows, limits::short_text_bytes_max),
                               text("holidays", Need::optional, 4 * limits::short_text_bytes_max)};

constexpr std::array practices{key(),
                               text("name", Need::new_rows),
                               word<Specialty, Specialty::cosmetic>("specialty", Need::new_rows),
                               text("size"),
                               text("region"),
                               text("book"),
                               text("team"),
                               typed("enrolled_on", CellType::day, Need::new_rows),
                               typed("vendor_consent", CellType::boolean)};

constexpr std::array locations{key(),
                               reference("practice", Entity::practice, Need::new_rows),
                               text("name", Need::new_rows),
                               text("city"),
                               text("state"),
                               typed("time_zone", CellType::time_zone, Need::new_rows),
                               reference("calendar", Entity::calendar)};

constexpr std::array users{key(),
                           typed("email", CellType::email, Need::new_rows),
                           text("name", Need::new_rows),
                           text("title"),
                           reference("practice", Entity::practice),
                           reference("vendor", Entity::vendor),
                           text("language"),
                           typed("disabled", CellType::boolean)};

constexpr std::array integrations{key(),
                                  reference("practice", Entity::practice, Need::new_rows),
                                  reference("vendor", Entity::vendor, Need::new_rows),
                                  text("name", Need::new_rows),
                                  word<IntegrationStage, IntegrationStage::cancelled>("stage", Need::new_rows),
                                  typed("stage_since", CellType::day, Need::new_rows),
                                  text("stage_history", Need::optional, limits::short_text_bytes_max),
                                  typed("blocked", CellType::boolean),
                                  text("blocked_reason", Need::optional, limits::short_text_bytes_max),
                                  reference("blocked_owner", Entity::user),
                                  typed("go_live_p50", CellType::day),
                                  typed("go_live_p80", CellType::day),
                                  reference("engineer", Entity::user)};

constexpr std::array check_runs{key(),
                                reference("integration", Entity::integration, Need::new_rows),
                                typed("day", CellType::day, Need::new_rows),
                                typed("calls", CellType::count, Need::new_rows),
                                typed("calls_succeeded", CellType::count, Need::new_rows),
                                typed("ledger_rows", CellType::count),
                                typed("ledger_matched", CellType::count),
                                typed("latency_p95_ms", CellType::count),
                                typed("errors", CellType::count),
                                typed("errors_acknowledged", CellType::count),
                                instant("last_success_at", "last_success_ms"),
                                typed("credentials_valid", CellType::boolean),
                                typed("closed", CellType::boolean),
                                text("note", Need::optional, limits::short_text_bytes_max)};

constexpr std::array targets{reference("practice", Entity::practice, Need::required),
                             typed("month", CellType::month, Need::required),
                             typed("cents", CellType::cents, Need::required)};

constexpr std::array deposits{key(), reference("location", Entity::location, Need::new_rows),
                              typed("day", CellType::day, Need::new_rows),
                              typed("cents", CellType::cents, Need::new_rows), text("reference")};

constexpr std::array tickets{key(),
                             reference("location", Entity::location, Need::new_rows),
                             reference("integration", Entity::integration),
                             text("subject", Need::new_rows, limits::ticket_subject_bytes_max),
                             text("description", Need::optional, limits::message_body_bytes_max),
                             word<TicketState, TicketState::closed>("state"),
                             word<TicketPriority, TicketPriority::urgent>("priority"),
                             word<TicketCategory, TicketCategory::other>("category"),
                             text("labels", Need::optional, limits::short_text_bytes_max),
                             reference("requester", Entity::user),
                             reference("assignee", Entity::user),
                             instant("created_at", "created_ms", Need::new_rows),
                             instant("first_response_at", "first_response_ms"),
                             instant("due_at", "due_ms"),
                             instant("resolved_at", "resolved_ms"),
                             instant("state_since_at", "state_since_ms")};

constexpr std::array messages{key(),
                              reference("ticket", Entity::ticket, Need::new_rows),
                              word<MessageVisibility, MessageVisibility::internal>("visibility", Need::new_rows),
                              word<MessageAuthorKind, MessageAuthorKind::automatic>("author_kind", Need::new_rows),
                              reference("author", Entity::user),
                              text("author_name"),
                              text("body", Need::new_rows, limits::message_body_bytes_max),
                              instant("created_at", "created_ms", Need::new_rows)};

// Whether an item is done is told by when it was.
constexpr std::array action_items{key(),
                                  reference("practice", Entity::practice, Need::new_rows),
                                  text("title", Need::new_rows, limits::action_title_bytes_max),
                                  text("note", Need::optional, limits::action_note_bytes_max),
                                  reference("owner", Entity::user, Need::new_rows),
                                  typed("due_on", CellType::day, Need::new_rows),
                                  instant("done_at", "done_ms"),
                                  reference("done_by", Entity::user),
                                  reference("integration", Entity::integration),
                                  reference("ticket", Entity::ticket),
                                  reference("created_by", Entity::user),
                                  instant("created_at", "created_ms", Need::new_rows)};

constexpr std::array financing_facts{key(),
                                     text("application_ref"),
                                     word<FactKind, FactKind::void_>("kind", Need::required),
                                     word<FactStatus, FactStatus::authorized>("status"),
                                     reference("practice", Entity::practice),
                                     reference("location", Entity::location, Need::required),
                                     reference("plan", Entity::promo_plan),
                                     word<FactChannel, FactChannel::integrated>("channel"),
                                     typed("existing_cardholder", CellType::boolean),
                                     typed("duplicate", CellType::boolean),
                                     typed("event_day", CellType::day, Need::required),
                                     typed("posted_day", CellType::day, Need::required),
                                     typed("hour_band", CellType::hour),
                                     typed("requested_cents", CellType::cents),
                                     typed("approved_cents", CellType::cents),
                                     typed("settled_cents", CellType::cents),
                                     typed("fee_cents", CellType::cents)};

constexpr std::array<ImportKind, kind_count> kinds{{
    {Kind::vendors, "vendors", Entity::vendor, vendors},
    {Kind::promo_plans, "promo_plans", Entity::promo_plan, promo_plans},
    {Kind::calendars, "calendars", Entity::calendar, calendars},
    {Kind::practices, "practices", Entity::practice, practices},
    {Kind::locations, "locations", Entity::location, locations},
    {Kind::users, "users", Entity::user, users},
    {Kind::integrations, "integrations", Entity::integration, integrations},
    {Kind::check_runs, "check_runs", Entity::check_rollup, check_runs},
    {Kind::targets, "targets", Entity::target, targets},
    {Kind::deposits, "deposits", Entity::deposit, deposits},
    {Kind::tickets, "tickets", Entity::ticket, tickets},
    {Kind::messages, "messages", Entity::message, messages},
    {Kind::action_items, "action_items", Entity::action_item, action_items},
    {Kind::financing_facts, "financing_facts", Entity::fact_segment, financing_facts},
}};

}  // namespace

int ImportKind::column_index(std::string_view column) const {
    for (std::size_t index = 0; index < columns.size(); ++index)
        if (columns[index].name == column) return static_cast<int>(index);
    return -1;
}

const ImportKind& kind_of(Kind kind) {
    return kinds[static_cast<std::size_t>(kind)];
}

const ImportKind* find_kind(std::string_view name) {
    std::string wanted(name);
    std::replace(wanted.begin(), wanted.end(), '-', '_');
    for (const ImportKind& kind : kinds)
        if (kind.name == wanted) return &kind;
    return nullptr;
}

std::string kind_names() {
    std::string names;
    for (const ImportKind& kind : kinds)
        names += (names.empty() ? "" : ", ") + std::string(kind.name);
    return names;
}

std::string column_names(const ImportKind& kind) {
    std::string names;
    for (const ImportColumn& column : kind.columns)
        names += (names.empty() ? "" : ", ") + std::string(column.name);
    return names;
}

}  // namespace portal::import
