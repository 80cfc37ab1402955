#include "tests/sim/planted_answers.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

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

void hide_a_change(std::vector<json>& lines, RandomSource& random) {
    for (std::size_t index = 1; index < lines.size(); ++index)
        if (lines[index]["k"] == "up" && random.chance(0.2)) {
            lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(index));
            return;
        }
}

void change_pull(std::string& body, Plant plant, RandomSource& random) {
    std::vector<json> lines = lines_of(body);
    if (plant == Plant::cursor_by_allocation) hide_a_change(lines, random);
    if (plant == Plant::published_by_page && lines.back()["more"] == true) {
        lines.back()["more"] = false;
        lines.back()["page"] = "";
    }
    body = body_of(std::move(lines));
}

void forget_results(SimulatedServer& server) {
    SQLite::Database database(server.database.path, SQLite::OPEN_READWRITE, 0, server.database.vfs);
    database.exec("DELETE FROM mutation; DELETE FROM client_mutation; DELETE FROM client");
}

}  // namespace

std::string with_pages_of(std::int64_t bytes, const std::string& pull) {
    auto request = wire::decode_pull_request(pull);
    REQUIRE(request.has_value());
    request->max_bytes = bytes;
    return wire::encode(*request);
}

void plant_in(server::Response& response, const platform::TransportRequest& request, Plant plant,
              SimulatedServer& server, RandomSource& random) {
    const bool is_pull = request.path == pull_path && response.status == 200;
    const bool changes_pull = plant == Plant::cursor_by_allocation || plant == Plant::published_by_page;
    if (is_pull && changes_pull) change_pull(response.body, plant, random);
    if (request.path == push_path && plant == Plant::no_deduplication) forget_results(server);
}

}  // namespace portal::sim
