#include "app/store/exports.hpp"

#include "app/store/builders.hpp"
#include "app/vm/words.hpp"
#include "shared/base/durations.hpp"
#include "shared/wire/json_codec.hpp"

namespace portal::store {
namespace {

constexpr std::string_view line_end = "\r\n";

std::string two_digits(std::int64_t number) {
    std::string text = std::to_string(number);
    return text.size() < 2 ? "0" + text : text;
}

// "2026-03-04T12:30:00Z"; empty for no instant.
std::string iso_instant(InstantMs instant_ms) {
    if (instant_ms <= 0) return {};
    const std::int64_t seconds = instant_ms % day_ms / second_ms;
    return iso_day(static_cast<Day>(instant_ms / day_ms)) + "T" + two_digits(seconds / 3600) + ":" +
           two_digits(seconds / 60 % 60) + ":" + two_digits(seconds % 60) + "Z";
}

class Csv {
  public:
    Csv& add(std::string_view field) {
        if (!m_first_of_line) m_text += ',';
        m_first_of_line = false;
        m_text += field;
        return *this;
    }
    Csv& add(std::int64_t number) { return add(std::to_string(number)); }
    Csv& text(std::string_view value) { return add(csv_text(value)); }
    void end_line() {
        m_text += line_end;
        m_first_of_line = true;
    }
    std::string take() { return std::move(m_text); }

  private:
    std::string m_text;
    bool m_first_of_line = true;
};

void add_preamble(const BuildContext& context, Csv& csv, InstantMs as_of_ms) {
    const vm::Language language = vm::language_of_tag(context.caller.language);
    csv.text(vm::say(language, vm::Word::as_of, {iso_instant(as_of_ms)}));
    if (context.demo == Demo::yes) csv.text(vm::say(language, vm::Word::demo_ribbon));
    csv.end_line();
}

void add_header(Csv& csv, std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names)
        csv.add(name);
    csv.end_line();
}

}  // namespace

std::string csv_text(std::string_view text) {
    std::string field;
    if (!text.empty() && (std::string_view("=+-@").find(text.front()) != std::string_view::npos ||
                          static_cast<unsigned char>(text.front()) < 0x20))
        field += '\'';
    field += text;
    if (field.find_first_of(",\"\r\n") == std::string::npos) return field;
    std::string quoted = "\"";
    for (const char letter : field) {
        if (letter == '"') quoted += '"';
        quoted += letter;
    }
    return quoted + '"';
}

std::string csv_money(std::int64_t cents) {
    const bool is_negative = cents < 0;
    const auto size = is_negative ? 0 - static_cast<std::uint64_t>(cents) : static_cast<std::uint64_t>(cents);
    return (is_negative ? "-" : "") + std::to_string(size / 100) + "." +
           two_digits(static_cast<std::int64_t>(size % 100));
}

std::string financing_csv(const BuildContext& context, const vm::FinancingPart& part) {
    Csv csv;
    add_preamble(context, csv, part.as_of_ms);
    add_header(csv, {"from", "until", "net", "gross", "refunds", "sales", "applications", "approved", "declined",
                     "target", "partial"});
    for (const vm::FinancingRow& row : part.rows) {
        csv.add(iso_day(row.from)).add(iso_day(row.until));
        csv.add(csv_money(row.net_cents)).add(csv_money(row.gross_cents)).add(csv_money(row.refund_cents));
        csv.add(row.sales).add(row.applications).add(row.approved).add(row.declined);
        csv.add(row.target_cents == 0 ? std::string() : csv_money(row.target_cents));
        csv.add(row.partial ? "yes" : "no");
        csv.end_line();
    }
    return csv.take();
}

std::string tickets_csv(const BuildContext& context, const vm::TicketsPart& part) {
    Csv csv;
    add_preamble(context, csv, part.as_of_ms);
    add_header(csv, {"number", "subject", "state", "priority", "practice", "location", "requester", "assignee",
                     "created", "due", "updated"});
    for (const vm::TicketBrief& ticket : part.rows) {
        csv.add(ticket.number).text(ticket.subject).add(text_of(ticket.state)).add(text_of(ticket.priority));
        csv.text(ticket.practice_name).text(ticket.location_name);
        csv.text(ticket.requester_name).text(ticket.assignee_name);
        csv.add(iso_instant(ticket.created_ms)).add(iso_instant(ticket.due_ms.value_or(0)));
        csv.add(iso_instant(ticket.updated_ms));
        csv.end_line();
    }
    return csv.take();
}

std::string integrations_csv(const BuildContext& context, const vm::IntegrationsPart& part) {
    Csv csv;
    add_preamble(context, csv, part.as_of_ms);
    add_header(csv, {"integration", "practice", "vendor", "stage", "since", "blocked", "health", "last_check"});
    for (const vm::IntegrationBrief& row : part.rows) {
        csv.text(row.name).text(row.practice_name).text(row.vendor_name);
        csv.add(text_of(row.stage)).add(iso_day(row.stage_since)).add(row.blocked ? "yes" : "no");
        csv.add(row.health.figure.value ? std::to_string(*row.health.figure.value) : "-");
        csv.add(row.health.last_check_day ? iso_day(*row.health.last_check_day) : std::string());
        csv.end_line();
    }
    return csv.take();
}

std::string actions_csv(const BuildContext& context, const vm::ActionsQuery& query) {
    Csv csv;
    add_preamble(context, csv, context.as_of_ms);
    add_header(csv, {"title", "practice", "owner", "due", "state", "done", "note"});
    constexpr std::string_view states[] = {"overdue", "due this week", "later", "done"};
    for (const vm::ActionBrief& row : actions_in(context, query)) {
        const auto item = context.records.action_items().find(row.id);
        csv.text(row.title).text(row.practice_name).text(row.owner_name).add(iso_day(row.due_on));
        csv.add(states[static_cast<std::size_t>(row.group)]).add(iso_instant(row.done_ms.value_or(0)));
        csv.text(item->second.note);
        csv.end_line();
    }
    return csv.take();
}

std::string outbox_json(const std::vector<OutboxEntry>& entries) {
    std::string json = "[";
    for (const OutboxEntry& entry : entries) {
        if (json.size() > 1) json += ",\n";
        json += wire::encode(entry.mutation);
    }
    return json + "]\n";
}

}  // namespace portal::store
