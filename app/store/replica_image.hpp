// A copy of the replica's database as the bytes of its file, made in steps beside everything else that the store does:
// what is written meanwhile is in it, too.
//
// Thread: the store's, between transactions.
#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "shared/db/database.hpp"

namespace SQLite {
class Backup;
}

namespace portal::store {

class ReplicaImage {
  public:
    // Throws SQLite::Exception, as step() does.
    explicit ReplicaImage(SQLite::Database& source);
    ~ReplicaImage();

    // Copies until `is_over()`; true when it is whole.
    bool step(const std::function<bool()>& is_over);
    // Of a whole one, as long as it lives.
    std::string_view bytes() const;

  private:
    db::Connection m_copy;
    std::unique_ptr<SQLite::Backup> m_backup;
};

}  // namespace portal::store
