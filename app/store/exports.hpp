// What is exported, as books (app/export/book.hpp) made of the same parts that the screens show; and their files.
#pragma once

#include <string>
#include <vector>

#include "app/export/book.hpp"
#include "app/store/build_context.hpp"
#include "app/vm/format.hpp"
#include "app/vm/snapshot.hpp"

namespace portal::store {

exports::Book financing_book(const BuildContext& context, const vm::FinancingPart& part);
// Single facts of the part's query, in the list's order, at most limits::export_rows_max of them; the book says of how
// many. Only where the facts are here.
exports::Book fact_rows_book(const BuildContext& context, const vm::FinancingPart& part);
exports::Book tickets_book(const BuildContext& context, const vm::TicketsPart& part);
exports::Book integrations_book(const BuildContext& context, const vm::IntegrationsPart& part);
// The whole list under the query's filters, every done item included.
exports::Book actions_book(const BuildContext& context, const vm::ActionsQuery& query);
// Every lead of the books that the user has.
exports::Book prospects_book(const BuildContext& context);
class SqlRunner;
// What the console's question came to, as it is shown.
exports::Book sql_book(const BuildContext& context, const SqlRunner& runner);
// Every day under the query's filters.
exports::Book deposits_book(const BuildContext& context, const vm::DepositsQuery& query);
// Edits that wait for the server, for room on the device or for an answer, as the server would get them: what a full
// disk offers as a file.
std::string outbox_json(const std::vector<OutboxEntry>& entries, const std::vector<Mutation>& unstored,
                        const std::vector<TrayItem>& tray);

// `stem` without an ending. A workbook's bytes are the book's archive: the window has it made.
vm::ReadyExport file_of(const exports::Book& book, std::string_view stem, vm::ExportForm form,
                        const vm::Format& format);

// ---- Pieces of books ----

// In the user's language, with the instants of the first place's zone, as of the last pull.
vm::Format format_of(const BuildContext& context);
exports::Book begin_book(const BuildContext& context, const vm::Format& format, vm::Word title);

}  // namespace portal::store
