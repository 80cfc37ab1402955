#include "app/pitch/leads.hpp"

#include <array>

#include "app/export/csv.hpp"
#include "app/vm/leads_text.hpp"
#include "app/vm/pitch_words.hpp"
#include "shared/base/limits.hpp"
#include "shared/rules/contact.hpp"

namespace portal::pitch {
namespace {

constexpr std::array lead_fields = {&vm::Lead::practice, &vm::Lead::name, &vm::Lead::email, &vm::Lead::note};
constexpr std::array lead_columns = {vm::PitchWord::lead_practice, vm::PitchWord::lead_name, vm::PitchWord::lead_email,
                                     vm::PitchWord::lead_note};
constexpr std::array<const char*, 4> lead_column_names = {"practice", "name", "email", "note"};

Prospect prospect_of(const vm::Lead& lead) {
    Prospect prospect;
    prospect.name = lead.practice;
    prospect.contact = lead.name;
    prospect.email = lead.email;
    prospect.note = lead.note;
    return prospect;
}

}  // namespace

vm::LeadProblem problem_of_lead(const vm::Lead& lead, std::size_t kept) {
    if (kept >= limits::leads_max) return vm::LeadProblem::too_many;
    switch (problem_of_contact(prospect_of(lead))) {
        case ContactProblem::no_practice:
            return vm::LeadProblem::no_practice;
        case ContactProblem::wrong_email:
            return vm::LeadProblem::wrong_email;
        case ContactProblem::identifier:
            return vm::LeadProblem::identifier;
        case ContactProblem::none:
            break;
    }
    return vm::LeadProblem::none;
}

std::vector<std::string> traces_of_leads(const std::vector<vm::Lead>& leads) {
    std::vector<std::string> traces;
    for (const vm::Lead& lead : leads)
        for (const auto field : lead_fields)
            if ((lead.*field).size() >= limits::trace_bytes_min) traces.push_back(vm::on_one_line(lead.*field));
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
