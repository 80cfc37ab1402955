// What a wish of the user's would change, as the mutation that the outbox keeps of it. Thread: the store's.
#pragma once

#include <optional>
#include <string>

#include "app/store/records_in_memory.hpp"
#include "app/vm/intent.hpp"
#include "shared/model/mutation.hpp"

namespace portal::store {

struct WishedEdit {
    Mutation mutation;
    std::string about;  // What people call the row.
};

// Nothing for wishes that edit no row or would leave it as it is, and for answers to the tray, whose edits are there.
std::optional<WishedEdit> edit_wished(const vm::Intent& intent, const RecordsInMemory& records);

}  // namespace portal::store
