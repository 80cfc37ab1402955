#include "app/vm/leads_text.hpp"

#include <algorithm>
#include <array>

#include "shared/base/limits.hpp"

namespace portal::vm {
namespace {

constexpr std::array kept_fields = {&Lead::practice, &Lead::name, &Lead::email, &Lead::note, &Lead::id};

}  // namespace

std::string on_one_line(std::string_view text) {
    std::string line(text);
    std::ranges::replace_if(line, [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
    return line;
}

std::string text_of_leads(const std::vector<Lead>& leads) {
    std::string text;
    for (const Lead& lead : leads)
        for (const auto field : kept_fields)
            text += on_one_line(lead.*field) + (field == kept_fields.back() ? '\n' : '\t');
    return text;
}

std::vector<Lead> leads_of_text(std::string_view text) {
    std::vector<Lead> leads;
    while (!text.empty() && leads.size() < limits::leads_max) {
        std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        const auto cells = static_cast<std::size_t>(std::ranges::count(line, '\t')) + 1;
        if (cells != kept_fields.size() && cells + 1 != kept_fields.size()) continue;
        Lead& lead = leads.emplace_back();
        for (const auto field : kept_fields) {
            const std::string_view cell = line.substr(0, line.find('\t'));
            lead.*field = cell.substr(0, limits::lead_field_bytes_max);
            line.remove_prefix(std::min(line.size(), cell.size() + 1));
        }
        if (!is_id(lead.id)) lead.id.clear();
    }
    return leads;
}

}  // namespace portal::vm
