#include "app/sync/tab_messages.hpp"

#include "app/vm/archive.hpp"

namespace portal::sync {

std::string encode(const TabMessage& message) {
    return vm::to_archive(message);
}

std::optional<TabMessage> decode_tab_message(std::string_view bytes) {
    return vm::from_archive<TabMessage>(bytes);
}

}  // namespace portal::sync
