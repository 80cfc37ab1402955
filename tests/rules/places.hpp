// A small world for the tests of rules: two practices of one book and team, a third one elsewhere.
#pragma once

#include <string>

#include "shared/rules/access.hpp"

namespace portal::test {

// A readable id: "practice-a" padded to the shape of a ULID is not needed by access rules, so short names serve there;
// mutations need real ids, which id_of() makes from a name.
inline Id id_of(std::string_view name) {
    Id id = "01J";
    for (const char letter : name) {
        const bool plain = (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z' && letter != 'i' &&
                                                                letter != 'l' && letter != 'o' && letter != 'u');
        // The four letters that the alphabet lacks become digits that resemble them.
        const std::string_view lacking = "ilou", stand_in = "110V";
        if (plain)
            id += letter >= 'a' ? static_cast<char>(letter - 'a' + 'A') : letter;
        else if (const auto index = lacking.find(letter); index != std::string_view::npos)
            id += stand_in[index];
    }
    id.resize(26, '0');
    return id;
}

inline Directory sample_directory() {
    Directory directory;
    directory.put_practice(id_of("willow"), id_of("book1"), id_of("team1"));
    directory.put_practice(id_of("cedar"), id_of("book2"), id_of("team1"));
    directory.put_practice(id_of("stranger"), id_of("book9"), id_of("team9"));
    directory.put_location(id_of("willownorth"), id_of("willow"));
    directory.put_location(id_of("willowsouth"), id_of("willow"));
    directory.put_location(id_of("cedarmain"), id_of("cedar"));
    directory.put_location(id_of("strangermain"), id_of("stranger"));
    directory.put_integration(id_of("willowpms"), id_of("willow"), id_of("canino"), id_of("engineer"));
    directory.put_integration(id_of("cedarpms"), id_of("cedar"), id_of("canino"), id_of("other"));
    directory.put_integration(id_of("strangerpms"), id_of("stranger"), id_of("felino"), id_of("other"));
    return directory;
}

inline Caller caller_with(Role role, ScopeKind kind, const Id& scope, std::string_view user = "me") {
    Caller caller;
    caller.user = id_of(user);
    caller.name = std::string(user);
    Grant grant;
    grant.user = caller.user;
    grant.role = role;
    grant.scope_kind = kind;
    grant.scope = scope;
    caller.grants.push_back(grant);
    return caller;
}

}  // namespace portal::test
