// Whose practices or locations the address says are looked at. A link that says so chooses them for whoever has all of
// them and is refused as a whole to everybody else, in the same words whether they exist or not; a link that does not
// leaves the person's own choice as it is.
//
// Thread: the UI thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/vm/snapshot.hpp"

namespace portal::shell {

class ScopeInAddress {
  public:
    // The address has changed: a link, Back, a reload.
    void read(std::string_view route);
    // The person has chosen: from now on addresses say it.
    void choose(vm::Scope scope);
    // Somebody who is followed chooses: addresses say nothing of it.
    void leave() { *this = {}; }
    // An address of the screen together with the choice.
    std::string told(std::string route) const;
    // What was read is to be chosen; once, and never what the session does not have.
    std::optional<vm::Scope> wanted(const vm::SessionPart& session);
    // Once after a link was refused.
    bool take_refused();

  private:
    std::optional<vm::Scope> m_read;
    std::optional<vm::Scope> m_told;
    bool m_is_refused = false;
};

}  // namespace portal::shell
