#include "app/pitch/view_book.hpp"

#include "app/export/book_words.hpp"
#include "app/export/csv.hpp"
#include "app/export/financing_sheets.hpp"
#include "app/pitch/pitch_run.hpp"
#include "app/views/wording.hpp"
#include "app/vm/vocabulary.hpp"

namespace portal::pitch {
namespace {

using exports::Book;
using exports::Cell;
using exports::CellKind;
using exports::column_of;
using exports::day_cell;
using exports::number_cell;
using exports::text_cell;
using vm::Word;

Book begin_view(const vm::Snapshot& snapshot, const vm::Format& format, std::string title, InstantMs as_of_ms,
                std::string places) {
    Book book;
    book.title = std::move(title);
    book.ribbon = format.say(Word::demo_ribbon);
    book.as_of_ms = as_of_ms;
    exports::say_parts(format, book);
    book.about = {{std::string(format.say(Word::export_scope)), std::move(places)},
                  {std::string(format.say(Word::export_time_zone)), snapshot.session->time_zone},
                  {std::string(format.say(Word::passport_as_of)), exports::iso_instant(as_of_ms)}};
    return book;
}

exports::Table table_of(const vm::Format& format, Word title, std::vector<exports::Column> columns) {
    return {.title = std::string(format.say(title)), .columns = std::move(columns)};
}

std::string practice_in(const vm::FinancingPart& part, const vm::Format& format) {
    for (const vm::PlaceChoice& choice : part.practice_choices)
        if (choice.id == part.query.practice) return choice.name;
    return std::string(format.say(Word::export_scope_all));
}

Book financing_view_book(const vm::Snapshot& snapshot, const vm::Format& format) {
    const vm::FinancingPart& part = *snapshot.financing;
    Book book = begin_view(snapshot, format, std::string(format.say(Word::financing_title)), part.as_of_ms,
                           practice_in(part, format));
    book.about.push_back(
        {std::string(format.say(Word::financing_period)),
         format.say(Word::financing_period_custom, {format.day(part.query.from), format.day(part.query.until)})});
    if (part.closed_until > 0)
        book.about.push_back({std::string(format.say(Word::passport_closed_until)), format.day(part.closed_until)});
    exports::add_financing(format, part, book);
    return book;
}

exports::Table history_of(const vm::Format& format, const vm::IntegrationDetail& detail) {
    exports::Table table = table_of(format, Word::integration_history_title,
                                    {column_of(format, "day", Word::column_day, CellKind::day),
                                     column_of(format, "calls", Word::column_calls, CellKind::number),
                                     column_of(format, "succeeded", Word::column_succeeded, CellKind::number),
                                     column_of(format, "ledger", Word::column_ledger, CellKind::rate),
                                     column_of(format, "latency_ms", Word::column_latency, CellKind::number),
                                     column_of(format, "note", Word::column_note, CellKind::text)});
    for (const CheckRollup& day : detail.history)
        table.rows.push_back(
            {day_cell(day.day), number_cell(day.calls), number_cell(day.calls_succeeded),
             day.ledger_rows > 0 ? exports::rate_cell(day.ledger_matched * 10'000 / day.ledger_rows) : Cell{},
             day.calls > 0 ? number_cell(day.latency_p95_ms) : Cell{},
             text_cell(day.closed ? std::string(format.say(Word::day_status_closed)) : day.note)});
    return table;
}

exports::Table stages_of(const vm::Format& format, const vm::IntegrationDetail& detail) {
    exports::Table table = table_of(format, Word::integration_stage_title,
                                    {column_of(format, "stage", Word::integration_stage_title, CellKind::text),
                                     column_of(format, "since", Word::column_since, CellKind::day)});
    for (const vm::StageVisit& visit : detail.stages)
        table.rows.push_back({text_cell(std::string(format.say(vm::word_of(visit.stage)))),
                              visit.entered ? day_cell(*visit.entered) : Cell{}});
    return table;
}

exports::Chart health_chart(const vm::Format& format, const vm::Health& health) {
    exports::Chart chart{.title = std::string(format.say(Word::integration_health_title))};
    exports::ChartSeries& scores = chart.series.emplace_back();
    scores.name = format.say(Word::column_health);
    for (const vm::HealthPart& part : health.parts) {
        if (!part.score) continue;
        chart.labels.emplace_back(format.say(vm::word_of(part.kind)));
        chart.words.push_back(format.number(*part.score));
        scores.cents.push_back(*part.score);
    }
    return chart;
}

Book integration_view_book(const vm::Snapshot& snapshot, const vm::Format& format) {
    const vm::IntegrationDetail& detail = *snapshot.integrations->detail;
    const vm::Health& health = detail.brief.health;
    Book book =
        begin_view(snapshot, format, detail.brief.name, snapshot.integrations->as_of_ms, detail.brief.practice_name);
    book.sentence = health.figure.value
                        ? format.say(Word::integration_health_value,
                                     {format.number(*health.figure.value), format.say(views::health_word(health))})
                        : std::string(format.say(Word::integration_health_none));
    book.figures = {exports::figure_line(format, health.figure)};
    book.charts = {health_chart(format, health)};
    book.tables = {history_of(format, detail), stages_of(format, detail)};
    if (detail.history.empty()) book.tables.erase(book.tables.begin());
    return book;
}

Word author_word(MessageAuthorKind kind) {
    switch (kind) {
        case MessageAuthorKind::practice:
            return Word::message_from_practice;
        case MessageAuthorKind::staff:
            return Word::message_from_staff;
        case MessageAuthorKind::vendor:
            return Word::message_from_vendor;
        case MessageAuthorKind::automatic:
            break;
    }
    return Word::message_automatic;
}

// Who answered is told by their side alone, and internal notes stay inside.
Book ticket_view_book(const vm::Snapshot& snapshot, const vm::Format& format) {
    const vm::TicketDetail& detail = *snapshot.tickets->detail;
    Book book =
        begin_view(snapshot, format, detail.brief.subject, snapshot.tickets->as_of_ms, detail.brief.practice_name);
    book.sentence = detail.description;
    book.about.push_back(
        {std::string(format.say(Word::column_state)), std::string(format.say(vm::word_of(detail.brief.state)))});
    exports::Table table = table_of(format, Word::column_tickets,
                                    {column_of(format, "when", Word::column_created, CellKind::text),
                                     column_of(format, "from", Word::column_from, CellKind::text),
                                     column_of(format, "what", Word::column_what, CellKind::text)});
    for (const vm::MessageLine& message : detail.messages)
        if (message.visibility == MessageVisibility::public_)
            table.rows.push_back({text_cell(exports::iso_instant(message.created_ms)),
                                  text_cell(std::string(format.say(author_word(message.author_kind)))),
                                  text_cell(message.body)});
    book.tables = {std::move(table)};
    return book;
}

}  // namespace

std::optional<Book> view_book(const vm::Snapshot& snapshot, const vm::Query& shown, const vm::Format& format) {
    if (!snapshot.session || !shows_step(snapshot, shown)) return std::nullopt;
    std::optional<Book> book;
    if (std::holds_alternative<vm::FinancingQuery>(shown)) book = financing_view_book(snapshot, format);
    if (std::holds_alternative<vm::IntegrationsQuery>(shown) && snapshot.integrations->detail)
        book = integration_view_book(snapshot, format);
    if (std::holds_alternative<vm::TicketsQuery>(shown) && snapshot.tickets->detail)
        book = ticket_view_book(snapshot, format);
    if (book) exports::end_book(format, *book);
    return book;
}

}  // namespace portal::pitch
