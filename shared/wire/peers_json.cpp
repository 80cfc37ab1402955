#include "shared/wire/peers_json.hpp"

#include <algorithm>

#include "shared/base/limits.hpp"
#include "shared/model/id.hpp"
#include "shared/wire/fact_page_json.hpp"
#include "shared/wire/json_reader.hpp"

namespace portal::wire {
namespace {

// Where the word stands in its list; complains otherwise.
template <std::size_t count>
std::size_t index_of_word(Reader& reader, const char* member, const std::array<std::string_view, count>& words) {
    const auto found = std::ranges::find(words, reader.text(member));
    if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
    reader.complain(member, "is outside its vocabulary");
    return 0;
}

Day peer_day(Reader& reader, const char* member) {
    const auto day = parse_iso_day(reader.text(member));
    if (!day) reader.complain(member, "is no day like 2026-03-04");
    return day.value_or(0);
}

Result<PeerFigure> read_peer_figure(const nlohmann::json& object) {
    if (!object.is_object()) return fail(ErrorCode::invalid_argument, "peer summary: a figure is no object");
    Reader reader(object, "peer figure");
    reader.allow_only({"id", "value", "reason"});
    PeerFigure figure;
    figure.id = static_cast<FigureId>(index_of_word(reader, "id", figure_texts));
    figure.reason = static_cast<PeerReason>(index_of_word(reader, "reason", peer_reason_texts));
    if (object.contains("value")) figure.value = reader.integer("value", std::numeric_limits<std::int64_t>::min());
    if (figure.value.has_value() != (figure.reason == PeerReason::none))
        reader.complain("value", "stands without a reason, and only so");
    PORTAL_TRY(reader.status());
    return figure;
}

}  // namespace

std::string encode(const PeerQuery& query) {
    return "practice=" + query.practice;
}

Result<PeerQuery> decode_peer_query(std::string_view query) {
    PeerQuery asked{Id(query_value(query, "practice"))};
    if (!is_id(asked.practice)) return fail(ErrorCode::invalid_argument, "'practice' is required, and is an id");
    return asked;
}

std::string encode(const PeerSummary& summary) {
    nlohmann::json figures = nlohmann::json::array();
    for (const PeerFigure& figure : summary.figures) {
        nlohmann::json object = {{"id", figure_texts[static_cast<std::size_t>(figure.id)]},
                                 {"reason", peer_reason_texts[static_cast<std::size_t>(figure.reason)]}};
        if (figure.value) object["value"] = *figure.value;
        figures.push_back(std::move(object));
    }
    const nlohmann::json object = {{"as_of_ms", summary.as_of_ms},
                                   {"specialty", text_of(summary.specialty)},
                                   {"size", summary.size},
                                   {"practices", summary.practices},
                                   {"from", iso_day(summary.first_day)},
                                   {"until", iso_day(summary.last_day)},
                                   {"figures", std::move(figures)}};
    return object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Result<PeerSummary> decode_peer_summary(std::string_view text) {
    PORTAL_TRY_ASSIGN(object, parse_object(text, "peer summary", limits::peer_summary_bytes_max));
    Reader reader(object, "peer summary");
    reader.allow_only({"as_of_ms", "specialty", "size", "practices", "from", "until", "figures"});
    PeerSummary summary;
    summary.as_of_ms = reader.integer("as_of_ms");
    const auto specialty = parse_text<Specialty>(reader.text("specialty"));
    if (!specialty) reader.complain("specialty", "is outside its vocabulary");
    summary.specialty = specialty.value_or(Specialty::dental);
    summary.size = reader.text("size");
    summary.practices = reader.integer("practices");
    summary.first_day = peer_day(reader, "from");
    summary.last_day = peer_day(reader, "until");
    for (const nlohmann::json& one : reader.array("figures", figure_texts.size())) {
        PORTAL_TRY_ASSIGN(figure, read_peer_figure(one));
        summary.figures.push_back(figure);
    }
    PORTAL_TRY(reader.status());
    return summary;
}

}  // namespace portal::wire
