// Hostile bytes as what a presenter's page asks and is answered before anything is shared: the first line is the
// question, the rest the answer. What decodes encodes to bytes that decode to the same; each part of the answer that is
// asked about gives one line of what becomes visible, and no line says that something is hidden that has a value.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "shared/rules/share_redaction.hpp"
#include "tests/fuzz/round_trip.hpp"

namespace {

using namespace portal;

void require_true_lines(const ShareScope& scope, const std::vector<ShareDataset>& datasets) {
    std::size_t parts = 0;
    std::ptrdiff_t hidden = 0;
    const auto count_hidden = [&](const auto& items, const auto& value_of) {
        parts += items.size();
        hidden += std::count_if(items.begin(), items.end(), [&](const auto& item) { return !value_of(item); });
    };
    for (const ShareDataset& dataset : datasets) {
        if (!scope.has_view(dataset.view) || !scope.has_practice(dataset.practice)) continue;
        count_hidden(dataset.figures, [](const SharedFigure& shared) { return shared.figure.value; });
        count_hidden(dataset.months, [](const SharedMonth& shared) { return shared.net_cents; });
        count_hidden(dataset.plans, [](const SharedPlan& shared) { return shared.share_basis_points; });
        parts += dataset.integrations.size();
    }
    const auto lines = what_becomes_visible(scope, datasets);
    const auto is_part = [](const RedactionLine& line) { return line.kind != RedactionKind::view; };
    const auto is_hidden_part = [&](const RedactionLine& line) {
        return is_part(line) && line.exposure == ShareExposure::hidden;
    };
    if (static_cast<std::size_t>(std::count_if(lines.begin(), lines.end(), is_part)) != parts) std::abort();
    if (std::count_if(lines.begin(), lines.end(), is_hidden_part) != hidden) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    const std::string_view question = bytes.substr(0, end), answer = bytes.substr(std::min(end + 1, bytes.size()));
    test::round_trip(wire::decode_share_request, question);
    const auto datasets = wire::decode_share_preview(answer);
    if (!datasets) return 0;
    const auto text = wire::encode_share_preview(*datasets);
    const auto again = wire::decode_share_preview(text);
    if (!again || *again != *datasets) std::abort();
    if (const auto request = wire::decode_share_request(question)) require_true_lines(request->scope, *datasets);
    return 0;
}
