// Members of a small JSON request body, checked. Hostile input safe: size is capped by the route, depth here.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.hpp"

namespace portal::server {

class JsonBody {
  public:
    static Result<JsonBody> parse(std::string_view text);
    ~JsonBody();
    JsonBody(JsonBody&&) noexcept;
    JsonBody(const JsonBody&) = delete;

    // Errors: invalid_argument names the member and what is wrong with it.
    Result<std::string> text(std::string_view name, std::size_t bytes_max) const;
    // Empty when the member is absent.
    Result<std::string> text_or_empty(std::string_view name, std::size_t bytes_max) const;
    Result<bool> flag(std::string_view name) const;
    // The members of an array of objects, each as a body of its own.
    Result<std::vector<JsonBody>> objects(std::string_view name, std::size_t count_max) const;

  private:
    struct State;
    explicit JsonBody(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

// {"a":"x","b":"y"} from pairs, escaped.
std::string json_object(const std::vector<std::pair<std::string, std::string>>& members);

}  // namespace portal::server
