#include "app/shell/waiting_leads.hpp"

#include <algorithm>

#include "app/vm/leads_text.hpp"

namespace portal::shell {
namespace {

// The desk's name for it, behind the window's prefix (web/bridge/desk.js).
constexpr std::string_view leads_key = "pitch-leads";

}  // namespace

std::vector<vm::Lead> leads_to_send(platform::Window& window, const vm::Snapshot& snapshot, vm::IntentSink& ids) {
    if (!snapshot.session || !snapshot.session->takes_leads || !snapshot.overview || !snapshot.sync) return {};
    const std::string text = window.load_preference(leads_key);
    std::vector<vm::Lead> leads = vm::leads_of_text(text);
    const auto& sent = snapshot.overview->prospects;
    const auto line_of = [&](const vm::Lead& lead) { return std::ranges::find(sent, lead.id, &vm::ProspectLine::id); };
    std::erase_if(leads, [&](const vm::Lead& lead) {
        const auto line = line_of(lead);
        return line != sent.end() && !line->pending;
    });
    for (vm::Lead& lead : leads)
        if (lead.id.empty()) lead.id = ids.new_id();
    if (const std::string left = vm::text_of_leads(leads); left != text) window.store_preference(leads_key, left);
    std::erase_if(leads, [&](const vm::Lead& lead) {
        const auto& tray = snapshot.sync->tray;
        return line_of(lead) != sent.end() || std::ranges::find(tray, lead.id, &vm::TrayEntry::row) != tray.end();
    });
    return leads;
}

}  // namespace portal::shell
