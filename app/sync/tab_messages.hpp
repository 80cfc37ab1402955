// What the tabs of one user tell each other: one of them owns the store, the others show what it builds for them.
//
//   a tab that follows                      the tab that owns
//     Look    at the start, every few  ->     makes a viewer for it; answers Here and what is new
//             seconds and on a change
//     Wish    numbered, kept until     ->     takes it, once it is stored: Stored
//             it is known to be stored,
//             told again after each Look
//                                      <-   Shown: the changed parts of its snapshot
//                                      <-   Here: to everybody when it begins; SignedOut, KeepsNothing at its end
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "app/vm/intent.hpp"
#include "app/vm/snapshot_change.hpp"

namespace portal::sync {

struct Look {
    bool is_visible = true;
    vm::Scope scope = {};
    vm::Query query = {};
};
struct Wish {
    std::int64_t number = 0;  // From 1, in the order in which they were made in their tab.
    vm::Intent intent = {};
};
// With what the owner's screens are of: words of a former one may come after its successor's.
struct Here {
    Id client = {};
    std::string epoch = {};
    std::int64_t cursor = 0;
    std::int64_t generation = 0;  // Of the owner's files: one that was replaced has an earlier one.
};
struct Stored {
    std::int64_t number = 0;  // This wish and all before it.
};
struct Shown {
    vm::SnapshotChange change;
};
struct SignedOut {};
// The device is to keep nothing from now on.
struct KeepsNothing {};

struct TabMessage {
    Id from;  // The tab's name.
    std::variant<Look, Wish, Here, Stored, Shown, SignedOut, KeepsNothing> what;
};

std::string encode(const TabMessage& message);
std::optional<TabMessage> decode_tab_message(std::string_view bytes);

}  // namespace portal::sync
