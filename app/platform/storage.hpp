// Where the replica lies: files of the browser's private file system (OPFS) or of a folder, or memory.
//
// A place belongs to one (origin, user): its database, write-ahead log and journal, a second set for a migration's copy
// and one for a database that would not open. SQLite reaches them through a VFS by the names given in Place.
//
// Thread: the store's; callbacks come on the same thread, possibly before the call returns. Every call ends in exactly
// one callback, whatever fails. A call waits for the ones before it, wait() apart; close() ends an open() that has not
// ended with `conflict`.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "shared/base/result.hpp"

namespace portal::platform {

struct Place {
    std::string path;  // For sqlite3_open_v2; ":memory:" for memory.
    std::string vfs;   // Empty: SQLite's default.
    bool durable = false;
    std::int64_t generation = 0;  // Of its files: a copy that was made by replace() has a later one.
    bool has_former = false;      // Those who were replaced have left files for open_former().
};

class Storage {
  public:
    virtual ~Storage() = default;

    // True where durable places exist at all.
    virtual bool is_durable_supported() const = 0;

    // The user whose place was opened last and not erased, or empty: who may be shown while offline.
    virtual void find_last_user(std::function<void(Result<std::string>)> done) = 0;

    // Opens the user's place and remembers the user. Errors: `conflict`: another tab has it; `unavailable`: the place
    // cannot be had (private mode, blocked storage); `storage_full`.
    virtual void open(const std::string& user, std::function<void(Result<Place>)> done) = 0;

    // Waits, however long, until nobody else has the user's place: open() then has it. close() and open() end the
    // waiting with `conflict`.
    virtual void wait(const std::string& user, std::function<void(Status)> done) = 0;

    // Takes the user's place from a tab that answers nobody. That one's files stay as they are, because it may go on
    // with them: open() then has a copy, which is what the end of that tab would have left. `conflict`: it is at work,
    // or another is replacing it; `unavailable`: its files cannot be read here.
    virtual void replace(const std::string&, std::function<void(Status)> done) {
        done(fail(ErrorCode::unavailable, "nobody is replaced here"));
    }
    // Told when another tab has replaced this one, which may be late.
    virtual void when_replaced(std::function<void()>) {}
    // Whether the open place is still ours: `conflict` where another tab has replaced this one.
    virtual void confirm(std::function<void(Status)> done) { done({}); }
    // Waits until one of those that were replaced has let go of its files, which then lie beside the open place until
    // drop_former() deletes them or close(). `unavailable`: there are none.
    virtual void open_former(std::function<void(Result<Place>)> done) {
        done(fail(ErrorCode::unavailable, "nobody was replaced"));
    }
    virtual void drop_former() {}

    // Lets go of the open place; the database must be closed. Others may open it at once.
    virtual void close() = 0;

    // Truncates, then deletes everything of the user, forgets them and lets go of the place, which nobody else has
    // meanwhile. The database must be closed.
    virtual void erase(const std::string& user, std::function<void(Status)> done) = 0;

    // Puts a database that will not open out of the way, so that open() gives an empty place. The last one is kept for
    // diagnosis until erase(). The database must be closed.
    virtual void set_aside(const std::string& user, std::function<void(Status)> done) = 0;

    // Asks the browser not to evict; `done` says whether it has promised so, once a user whom it asks has answered.
    virtual void ask_to_persist(std::function<void(bool is_promised)> done) = 0;
};

// OPFS in the browser; natively a fresh folder below the system's temporary one, removed at the end.
std::unique_ptr<Storage> make_storage();
// Nothing durable: every open() fails with `unavailable`.
std::unique_ptr<Storage> make_memory_storage();

}  // namespace portal::platform
