#include "tests/sim/planted_answers.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "shared/wire/json_codec.hpp"

namespace portal::sim {
namespace {

using nlohmann::json;

std::vector<json> lines_of(const std::string& body) {
    std::vector<json> lines;
    std::istringstream text(body);
    for (std::string line; std::getline(text, line);)
        lines.push_back(json::parse(line));
    return lines;
}

// As a server puts a pull's page together: the last line tells of the others.
std::string body_of(std::vector<json> lines) {
    std::string body;
    std::int64_t rows = 0;
    for (std::size_t index = 0; index + 1 < lines.size(); ++index) {
        body += lines[index].dump() + "\n";
        const auto kind = lines[index]["k"].get<std::string>();
        rows += kind == "up" || kind == "del" || kind == "drop" ? 1 : 0;
    }
    lines.back()["rows"] = rows;
    lines.back()["crc"] = wire::crc32(body);
    return body + lines.back().dump() + "\n";
}

// What a client with an older cursor is told while a commit is late: nothing of it, and no sums, which count it
// already. The cursor is the highest number that is committed: it stays before those of the late one until there are
// later ones.
void leave_out(const LateCommit& late, std::vector<json>& lines) {
    if (lines.front()["reset"] == true) return;
    std::erase_if(lines, [&](const json& line) {
        if (line["k"] == "sum") return true;
        const bool is_row = line["k"] == "up" || line["k"] == "del";
        return is_row && late.rows.contains({line["e"].get<std::string>(), line["id"].get<std::string>()});
    });
    json& cursor = lines.back()["seq"];
    if (late.later_ones == 0) cursor = std::min(cursor.get<std::int64_t>(), late.first - 1);
}

void change_pull(std::string& body, Plant plant, const LateCommit* late) {
    std::vector<json> lines = lines_of(body);
    if (plant == Plant::cursor_by_allocation && late) leave_out(*late, lines);
    if (plant == Plant::published_by_page && lines.back()["more"] == true) {
        lines.back()["more"] = false;
        lines.back()["page"] = "";
    }
    body = body_of(std::move(lines));
}

}  // namespace

std::string with_pages_of(std::int64_t bytes, const std::string& pull) {
    auto request = wire::decode_pull_request(pull);
    REQUIRE(request.has_value());
    request->max_bytes = bytes;
    return wire::encode(*request);
}

void plant_in(server::Response& response, const platform::TransportRequest& request, Plant plant,
              const SimulatedServer& server) {
    const bool is_pull = request.path == pull_path && response.status == 200;
    const bool changes_pull = plant == Plant::cursor_by_allocation || plant == Plant::published_by_page;
    if (is_pull && changes_pull) change_pull(response.body, plant, server.late_commit());
}

}  // namespace portal::sim
