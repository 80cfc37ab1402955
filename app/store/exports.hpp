// Files computed from the same parts that the screens show: CSV by RFC 4180, with texts that a spreadsheet cannot take
// for formulas, an as-of line, and a demo line in the demo tenant.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/store/build_context.hpp"
#include "app/vm/snapshot.hpp"

namespace portal::store {

// One field, quoted when it must be. A text beginning with = + - @ or a control character gets a leading apostrophe.
std::string csv_text(std::string_view text);
// -1234 -> "-12.34"
std::string csv_money(std::int64_t cents);

std::string financing_csv(const BuildContext& context, const vm::FinancingPart& part);
std::string tickets_csv(const BuildContext& context, const vm::TicketsPart& part);
std::string integrations_csv(const BuildContext& context, const vm::IntegrationsPart& part);
// The whole list under the query's filters, every done item included.
std::string actions_csv(const BuildContext& context, const vm::ActionsQuery& query);
// Pending edits as the server would get them: what a full disk offers as a file.
std::string outbox_json(const std::vector<OutboxEntry>& entries);

}  // namespace portal::store
