#include "server-stub/api/json_body.hpp"

#include <nlohmann/json.hpp>

#include "shared/base/limits.hpp"

namespace portal::server {

using Json = nlohmann::json;

struct JsonBody::State {
    Json value;
};

JsonBody::JsonBody(std::unique_ptr<State> state) : m_state(std::move(state)) {}
JsonBody::~JsonBody() = default;
JsonBody::JsonBody(JsonBody&&) noexcept = default;

Result<JsonBody> JsonBody::parse(std::string_view text) {
    bool too_deep = false;
    const auto guard = [&](int depth, Json::parse_event_t, Json&) {
        too_deep = too_deep || depth > static_cast<int>(limits::json_depth_max);
        return !too_deep;
    };
    Json value = Json::parse(text, guard, false);
    if (too_deep || value.is_discarded() || !value.is_object())
        return fail(ErrorCode::invalid_argument, "the request body is not a JSON object");
    auto state = std::make_unique<State>();
    state->value = std::move(value);
    return JsonBody(std::move(state));
}

Result<std::string> JsonBody::text(std::string_view name, std::size_t bytes_max) const {
    const auto found = m_state->value.find(name);
    if (found == m_state->value.end() || !found->is_string())
        return fail(ErrorCode::invalid_argument, "'" + std::string(name) + "' is missing or not a text");
    auto value = found->get<std::string>();
    if (value.size() > bytes_max)
        return fail(ErrorCode::invalid_argument,
                    "'" + std::string(name) + "' is longer than " + std::to_string(bytes_max) + " bytes");
    return value;
}

Result<std::string> JsonBody::text_or_empty(std::string_view name, std::size_t bytes_max) const {
    if (!m_state->value.contains(name)) return std::string();
    return text(name, bytes_max);
}

Result<bool> JsonBody::flag(std::string_view name) const {
    const auto found = m_state->value.find(name);
    if (found == m_state->value.end() || !found->is_boolean())
        return fail(ErrorCode::invalid_argument, "'" + std::string(name) + "' is missing or neither true nor false");
    return found->get<bool>();
}

Result<std::vector<JsonBody>> JsonBody::objects(std::string_view name, std::size_t count_max) const {
    const auto found = m_state->value.find(name);
    if (found == m_state->value.end() || !found->is_array() || found->size() > count_max)
        return fail(ErrorCode::invalid_argument,
                    "'" + std::string(name) + "' is not a list of at most " + std::to_string(count_max) + " objects");
    std::vector<JsonBody> bodies;
    for (const Json& element : *found) {
        if (!element.is_object())
            return fail(ErrorCode::invalid_argument, "'" + std::string(name) + "' holds something else than objects");
        auto state = std::make_unique<State>();
        state->value = element;
        bodies.push_back(JsonBody(std::move(state)));
    }
    return bodies;
}

std::string json_object(const std::vector<std::pair<std::string, std::string>>& members) {
    Json value = Json::object();
    for (const auto& [name, text] : members)
        value[name] = text;
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace portal::server
