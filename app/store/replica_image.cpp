#include "app/store/replica_image.hpp"

#include <SQLiteCpp/Backup.h>
#include <sqlite3.h>

namespace portal::store {
namespace {

// A quarter of a megabyte: some tenths of a millisecond.
constexpr int pages_per_look = 32;

// In memory, but as a file would be, so that its bytes are one piece.
db::Connection make_copy() {
    auto copy = std::make_unique<SQLite::Database>("file:image?vfs=memdb",
                                                   SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | SQLite::OPEN_URI);
    copy->exec("PRAGMA journal_mode = OFF");
    copy->exec("PRAGMA synchronous = OFF");
    return copy;
}

}  // namespace

ReplicaImage::ReplicaImage(SQLite::Database& source)
    : m_copy(make_copy()), m_backup(std::make_unique<SQLite::Backup>(*m_copy, source)) {}

ReplicaImage::~ReplicaImage() = default;

bool ReplicaImage::step(const std::function<bool()>& is_over) {
    do {
        if (m_backup->executeStep(pages_per_look) != SQLITE_DONE) continue;
        m_backup.reset();
        return true;
    } while (!is_over());
    return false;
}

std::string_view ReplicaImage::bytes() const {
    sqlite3_int64 size = 0;
    const auto* const bytes = sqlite3_serialize(m_copy->getHandle(), "main", &size, SQLITE_SERIALIZE_NOCOPY);
    return {reinterpret_cast<const char*>(bytes), bytes ? static_cast<std::size_t>(size) : 0};
}

}  // namespace portal::store
