// External keys to rows, through the reading request's snapshot, with a bounded memory of former
// answers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>

#include "server-stub/repo/repository.hpp"

namespace portal::import {

// What other rows need to know of the row they name.
struct Referenced {
    Id id;
    Id practice;                // Of a location, an integration, a ticket, a user; of a practice itself.
    Id location;                // Of a ticket.
    std::string name;           // Of a user.
    std::string practice_name;  // Of a location.
    Id book;                    // Of a practice.
    Id vendor;                  // Of a user.
};

class References {
  public:
    // Null when no row has the key. Answers are kept for the whole import: rows it refers to are
    // not its own.
    const Referenced* find(server::ReadSnapshot& view, Entity entity, const std::string& external_key);

  private:
    std::unordered_map<std::string, std::optional<Referenced>> m_known;
};

}  // namespace portal::import
