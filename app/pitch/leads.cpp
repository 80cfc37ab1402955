#include "app/pitch/leads.hpp"

#include <algorithm>
#include <array>

#include "app/export/csv.hpp"
#include "app/vm/pitch_words.hpp"
#include "shared/base/limits.hpp"
#include "shared/model/identifiers.hpp"

namespace portal::pitch {
namespace {

constexpr std::array lead_fields = {&vm::Lead::practice, &vm::Lead::name, &vm::Lead::email, &vm::Lead::note};
constexpr std::array lead_columns = {vm::PitchWord::lead_practice, vm::PitchWord::lead_name, vm::PitchWord::lead_email,
                                     vm::PitchWord::lead_note};
constexpr std::array<const char*, 4> lead_column_names = {"practice", "name", "email", "note"};

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t") == std::string_view::npos;
}

// Somebody at somewhere: more is found out by writing to it.
bool may_be_email(std::string_view text) {
    const std::size_t at = text.find('@');
    return at != std::string_view::npos && at > 0 && text.find('@', at + 1) == std::string_view::npos &&
           text.find('.', at) != std::string_view::npos && !text.ends_with('.') &&
           text.find(' ') == std::string_view::npos;
}

std::string on_one_line(std::string_view text) {
    std::string line(text);
    std::ranges::replace_if(line, [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
    return line;
}

}  // namespace

vm::LeadProblem problem_of_lead(const vm::Lead& lead, std::size_t kept) {
    if (kept >= limits::leads_max) return vm::LeadProblem::too_many;
    if (is_blank(lead.practice)) return vm::LeadProblem::no_practice;
    if (!may_be_email(lead.email)) return vm::LeadProblem::wrong_email;
    // A telephone number is what a business contact may well have.
    const auto is_personal = [](const IdentifierMatch& match) { return match.kind != IdentifierKind::phone; };
    for (const auto field : lead_fields)
        if (std::ranges::any_of(find_identifier_like(lead.*field), is_personal)) return vm::LeadProblem::identifier;
    return vm::LeadProblem::none;
}

std::string text_of_leads(const std::vector<vm::Lead>& leads) {
    std::string text;
    for (const vm::Lead& lead : leads)
        for (const auto field : lead_fields)
            text += on_one_line(lead.*field) + (field == lead_fields.back() ? '\n' : '\t');
    return text;
}

std::vector<vm::Lead> leads_of_text(std::string_view text) {
    std::vector<vm::Lead> leads;
    while (!text.empty() && leads.size() < limits::leads_max) {
        std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        if (std::ranges::count(line, '\t') != static_cast<std::ptrdiff_t>(lead_fields.size()) - 1) continue;
        vm::Lead& lead = leads.emplace_back();
        for (const auto field : lead_fields) {
            lead.*field = line.substr(0, std::min(line.find('\t'), limits::lead_field_bytes_max));
            line.remove_prefix(std::min(line.size(), line.find('\t') + 1));
        }
    }
    return leads;
}

std::vector<std::string> traces_of_leads(const std::vector<vm::Lead>& leads) {
    std::vector<std::string> traces;
    for (const vm::Lead& lead : leads)
        for (const auto field : lead_fields)
            if ((lead.*field).size() >= limits::trace_bytes_min) traces.push_back(on_one_line(lead.*field));
    return traces;
}

std::string csv_of_leads(const std::vector<vm::Lead>& leads, const vm::Format& format) {
    exports::Table table;
    for (std::size_t index = 0; index < lead_fields.size(); ++index)
        table.columns.push_back({lead_column_names[index], std::string(vm::say(format.language(), lead_columns[index])),
                                 exports::CellKind::text});
    for (const vm::Lead& lead : leads) {
        auto& row = table.rows.emplace_back();
        for (const auto field : lead_fields)
            row.push_back(exports::text_cell(lead.*field));
    }
    exports::Book book;
    book.as_of_ms = format.now_ms();
    book.tables.push_back(std::move(table));
    return exports::csv_of(book);
}

}  // namespace portal::pitch
