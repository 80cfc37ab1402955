#include "app/shell/kept_copy.hpp"

#include <sstream>
#include <utility>

namespace portal::shell {
namespace {

struct Note {
    Id client;
    views::LostCopy copy;
};

// "<client> <edits that wait> <last exchange>".
std::string text_of(const vm::SyncPart& sync) {
    return sync.client + " " + std::to_string(sync.pending_count) + " " + std::to_string(sync.last_exchange_ms);
}

// Nothing where nothing was remembered, or not in that form.
std::optional<Note> note_of(const std::string& text) {
    std::istringstream words(text);
    Note note;
    if (!(words >> note.client >> note.copy.pending_count >> note.copy.last_exchange_ms)) return std::nullopt;
    return note;
}

}  // namespace

std::string KeptCopy::key() const {
    return "kept_copy:" + m_user;
}

void KeptCopy::remember(std::string text) {
    if (text == m_remembered) return;
    m_remembered = std::move(text);
    m_window.store_preference(key(), m_remembered);
}

void KeptCopy::forget() {
    if (!m_user.empty()) remember({});
}

bool KeptCopy::look(const vm::Snapshot& snapshot) {
    if (!snapshot.session || !snapshot.sync) return false;
    const vm::SyncPart& sync = *snapshot.sync;
    const bool is_new = std::exchange(m_user, snapshot.session->user) != snapshot.session->user;
    if (is_new) {
        m_remembered = m_window.load_preference(key());
        m_is_compared = false;
        m_lost.reset();
    }
    if (!sync.keeps_data) {
        forget();
        return false;
    }
    // Memory and a copy that is not whole yet are no copy.
    if (sync.storage != vm::StorageKind::durable || sync.client.empty() || sync.epoch.empty()) return false;
    const auto former = note_of(m_remembered);
    // A copy that has got another client id by a restore of the server was not empty.
    const bool is_lost =
        !std::exchange(m_is_compared, true) && sync.began_empty && former && former->client != sync.client;
    if (is_lost) m_lost = former->copy;
    remember(text_of(sync));
    return is_lost;
}

}  // namespace portal::shell
