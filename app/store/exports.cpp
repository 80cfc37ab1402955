#include "app/store/exports.hpp"

#include <algorithm>
#include <set>

#include "app/export/book_words.hpp"
#include "app/export/csv.hpp"
#include "app/export/report.hpp"
#include "app/store/builders.hpp"
#include "app/vm/archive.hpp"
#include "app/vm/words.hpp"
#include "shared/base/durations.hpp"
#include "shared/rules/business_time.hpp"
#include "shared/rules/deposits.hpp"
#include "shared/wire/json_codec.hpp"

namespace portal::store {

using exports::Book;
using exports::Cell;
using exports::CellKind;
using exports::Column;
using exports::text_cell;
using vm::Word;

namespace {

constexpr std::size_t zones_told_max = 6;
// Of a scope that is everything.
constexpr std::size_t practices_told_max = 3;

std::string names_in_scope(const BuildContext& context, const vm::Format& format) {
    std::string names;
    const auto add = [&](const std::string& name) { names += (names.empty() ? "" : ", ") + name; };
    for (const Id& practice : context.scope.practices)
        add(context.records.practice_name(practice));
    for (const Id& location : context.scope.locations)
        add(context.records.location_name(location));
    if (names.empty() && context.records.practices().size() <= practices_told_max)
        for (const auto& [id, practice] : context.records.practices())
            add(practice.name);
    return names.empty() ? std::string(format.say(Word::export_scope_all)) : names;
}

std::string zones_in_scope(const BuildContext& context) {
    std::set<std::string> zones;
    for (const auto& [id, location] : context.records.locations())
        if (context.places.has_location(id)) zones.insert(context.time_zone_of(id));
    std::string names;
    std::size_t told = 0;
    for (const std::string& zone : zones)
        if (told++ < zones_told_max) names += (names.empty() ? "" : ", ") + zone;
    return zones.empty() ? "UTC" : names + (zones.size() > zones_told_max ? ", ..." : "");
}

Column text_column(const vm::Format& format, const char* name, Word title) {
    return {name, std::string(format.say(title)), CellKind::text};
}

Cell instant_cell(std::optional<InstantMs> instant_ms) {
    return text_cell(exports::iso_instant(instant_ms.value_or(0)));
}

void say_search(const vm::Format& format, const std::string& search, Book& book) {
    book.about.push_back({std::string(format.say(Word::export_filters)),
                          search.empty() ? std::string(format.say(Word::export_filters_none)) : search});
}

}  // namespace

vm::Format format_of(const BuildContext& context) {
    const auto zone = TimeZone::find(context.time_zone_of(context.first_location()));
    const std::string& language = context.language.empty() ? context.caller.language : context.language;
    return vm::Format(vm::language_of_tag(language), context.as_of_ms,
                      [zone](InstantMs instant_ms) { return zone ? zone->local(instant_ms).offset_minutes : 0; });
}

Book begin_book(const BuildContext& context, const vm::Format& format, Word title) {
    Book book;
    book.title = format.say(title);
    exports::say_parts(format, book);
    if (context.demo == Demo::yes) book.ribbon = format.say(Word::demo_ribbon);
    book.as_of_ms = context.as_of_ms;
    book.about.push_back({std::string(format.say(Word::export_scope)), names_in_scope(context, format)});
    book.about.push_back({std::string(format.say(Word::export_time_zone)), zones_in_scope(context)});
    book.about.push_back({std::string(format.say(Word::passport_as_of)), exports::iso_instant(context.as_of_ms)});
    return book;
}

vm::ReadyExport file_of(const Book& book, std::string_view stem, vm::ExportForm form, const vm::Format& format) {
    vm::ReadyExport file;
    switch (form) {
        case vm::ExportForm::csv:
            file.name = std::string(stem) + ".csv";
            file.mime_type = "text/csv; charset=utf-8";
            file.bytes = exports::csv_of(book);
            break;
        case vm::ExportForm::workbook:
            file.name = std::string(stem) + ".xlsx";
            file.mime_type = vm::workbook_mime_type;
            file.bytes = vm::to_archive(book);
            break;
        case vm::ExportForm::report:
            file.name = std::string(stem) + ".html";
            file.mime_type = "text/html; charset=utf-8";
            file.bytes = exports::report_of(book, format);
            break;
    }
    return file;
}

Book tickets_book(const BuildContext& context, const vm::TicketsPart& part) {
    const vm::Format format = format_of(context);
    Book book = begin_book(context, format, Word::column_tickets);
    say_search(format, part.query.search, book);
    exports::Table& table = book.tables.emplace_back();
    table.title = book.title;
    table.columns = {{"number", "#", CellKind::number},
                     text_column(format, "subject", Word::new_ticket_subject),
                     text_column(format, "state", Word::column_state),
                     text_column(format, "priority", Word::new_ticket_priority),
                     text_column(format, "practice", Word::column_practice),
                     text_column(format, "location", Word::column_location),
                     text_column(format, "requester", Word::column_requester),
                     text_column(format, "assignee", Word::column_assignee),
                     text_column(format, "created", Word::column_created),
                     text_column(format, "due", Word::column_due),
                     text_column(format, "updated", Word::column_updated)};
    for (const vm::TicketBrief& ticket : part.rows)
        table.rows.push_back({exports::number_cell(ticket.number), text_cell(ticket.subject),
                              text_cell(std::string(text_of(ticket.state))),
                              text_cell(std::string(text_of(ticket.priority))), text_cell(ticket.practice_name),
                              text_cell(ticket.location_name), text_cell(ticket.requester_name),
                              text_cell(ticket.assignee_name), instant_cell(ticket.created_ms),
                              instant_cell(ticket.due_ms), instant_cell(ticket.updated_ms)});
    exports::end_book(format, book);
    return book;
}

Book integrations_book(const BuildContext& context, const vm::IntegrationsPart& part) {
    const vm::Format format = format_of(context);
    Book book = begin_book(context, format, Word::integrations_title);
    say_search(format, part.query.search, book);
    exports::Table& table = book.tables.emplace_back();
    table.title = book.title;
    table.columns = {text_column(format, "integration", Word::column_integration),
                     text_column(format, "practice", Word::column_practice),
                     text_column(format, "vendor", Word::column_vendor),
                     text_column(format, "stage", Word::integration_stage_title),
                     {"since", std::string(format.say(Word::column_since)), CellKind::day},
                     text_column(format, "blocked", Word::filter_blocked),
                     {"health", std::string(format.say(Word::column_health)), CellKind::number},
                     {"last_check", std::string(format.say(Word::column_last_check)), CellKind::day}};
    for (const vm::IntegrationBrief& row : part.rows)
        table.rows.push_back({text_cell(row.name), text_cell(row.practice_name), text_cell(row.vendor_name),
                              text_cell(std::string(text_of(row.stage))), exports::day_cell(row.stage_since),
                              text_cell(row.blocked ? "yes" : "no"),
                              row.health.figure.value ? exports::number_cell(*row.health.figure.value) : Cell{},
                              row.health.last_check_day ? exports::day_cell(*row.health.last_check_day) : Cell{}});
    exports::end_book(format, book);
    return book;
}

Book actions_book(const BuildContext& context, const vm::ActionsQuery& query) {
    const vm::Format format = format_of(context);
    Book book = begin_book(context, format, Word::actions_title);
    say_search(format, query.search, book);
    exports::Table& table = book.tables.emplace_back();
    table.title = book.title;
    table.columns = {text_column(format, "title", Word::action_title),
                     text_column(format, "practice", Word::column_practice),
                     text_column(format, "owner", Word::action_owner),
                     {"due", std::string(format.say(Word::action_due)), CellKind::day},
                     text_column(format, "state", Word::column_state),
                     text_column(format, "done", Word::column_done),
                     text_column(format, "note", Word::action_note)};
    constexpr std::string_view states[] = {"overdue", "due this week", "later", "done"};
    for (const vm::ActionBrief& row : actions_in(context, query)) {
        const auto item = context.records.action_items().find(row.id);
        table.rows.push_back({text_cell(row.title), text_cell(row.practice_name), text_cell(row.owner_name),
                              exports::day_cell(row.due_on),
                              text_cell(std::string(states[static_cast<std::size_t>(row.group)])),
                              instant_cell(row.done_ms), text_cell(item->second.note)});
    }
    exports::end_book(format, book);
    return book;
}

Book prospects_book(const BuildContext& context) {
    const vm::Format format = format_of(context);
    Book book = begin_book(context, format, Word::leads_title);
    exports::Table& table = book.tables.emplace_back();
    table.title = book.title;
    constexpr std::pair<const char*, Word> columns[] = {{"name", Word::column_practice},
                                                        {"contact", Word::leads_contact},
                                                        {"email", Word::profile_email},
                                                        {"note", Word::action_note},
                                                        {"created_ms", Word::column_day}};
    for (const auto& [name, word] : columns)
        table.columns.push_back(text_column(format, name, word));
    context.replica.each(Entity::prospect, [&](const Row& row) {
        auto& cells = table.rows.emplace_back();
        for (const auto& [name, word] : columns)
            cells.push_back(word == Word::column_day ? instant_cell(integer_value(row, name))
                                                     : text_cell(std::string(text_value(row, name))));
    });
    exports::end_book(format, book);
    return book;
}

std::string review_note(const BuildContext& context, const vm::DepositLine& line) {
    if (line.state != DepositState::reviewed) return {};
    return context.records.deposit_reviews().at(deposit_review_id(line.location, line.day)).note;
}

Book deposits_book(const BuildContext& context, const vm::DepositsQuery& query) {
    const vm::Format format = format_of(context);
    Book book = begin_book(context, format, Word::nav_deposits);
    exports::Table& table = book.tables.emplace_back();
    table.title = book.title;
    const auto money_column = [&](const char* name, Word title) {
        return Column{name, std::string(format.say(title)), CellKind::money};
    };
    table.columns = {{"day", std::string(format.say(Word::grain_day)), CellKind::day},
                     text_column(format, "practice", Word::column_practice),
                     text_column(format, "location", Word::column_location),
                     money_column("expected", Word::column_expected),
                     money_column("deposited", Word::column_deposited),
                     money_column("difference", Word::column_difference),
                     text_column(format, "state", Word::deposits_state),
                     text_column(format, "reference", Word::column_reference),
                     text_column(format, "note", Word::action_note)};
    constexpr std::string_view states[] = {"unmatched", "matched", "reviewed"};
    for (const vm::DepositLine& line : deposit_lines(context, query)) {
        table.rows.push_back({exports::day_cell(line.day), text_cell(line.practice_name), text_cell(line.location_name),
                              exports::money_cell(line.expected_cents), exports::money_cell(line.deposited_cents),
                              exports::money_cell(line.deposited_cents - line.expected_cents),
                              text_cell(std::string(states[static_cast<std::size_t>(line.state)])),
                              text_cell(line.reference), text_cell(review_note(context, line))});
    }
    exports::end_book(format, book);
    return book;
}

std::string outbox_json(const std::vector<OutboxEntry>& entries, const std::vector<Mutation>& unstored,
                        const std::vector<TrayItem>& tray) {
    std::string json = "[";
    const auto add = [&](const Mutation& mutation) {
        if (json.size() > 1) json += ",\n";
        json += wire::encode(mutation);
    };
    for (const OutboxEntry& entry : entries)
        add(entry.mutation);
    std::ranges::for_each(unstored, add);
    for (const TrayItem& item : tray)
        add(item.mutation);
    return json + "]\n";
}

}  // namespace portal::store
