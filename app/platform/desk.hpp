// What a presenter needs of the machine beyond the window: whether this page would open without a network, a second
// window for speaker notes, files of the presenter's own, and a place for the few texts that a pitch leaves on it.
// Nothing here asks the network for anything.
//
// Thread: the UI thread.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/clock.hpp"

namespace portal::platform {

// The copy of the site that opens without a network.
struct OfflineCopy {
    enum class State : std::uint8_t {
        looking,     // Not known yet.
        complete,    // Every file is kept.
        incomplete,  // Some are missing.
        from_file,   // The page is a file of this machine.
        none,        // This browser keeps nothing, or not for this address.
    };
    State state = State::looking;
    InstantMs since_ms = 0;  // By this machine's clock; 0 where it is not told.
    std::int64_t bytes = 0;
    bool keeps_texts = false;  // What a pitch leaves can be kept.
};

struct DeskFile {
    std::string name;
    std::string bytes;
    bool is_cut = false;  // It is larger than the bytes that were asked for.
};

// A search of everything that the browser keeps for this page's address, for words that must not be there any more.
struct TraceSearch {
    enum class State : std::uint8_t { idle, looking, done };
    State state = State::idle;
    std::int64_t entries = 0;  // Texts, rows and files that were read.
    std::int64_t bytes = 0;
    std::int64_t found = 0;   // Those that hold one of the words.
    std::int64_t unread = 0;  // What could not be read.
    // Files of the portal's signed-in accounts that hold one: not among those that were found.
    std::int64_t in_accounts = 0;
};

enum class NotesWindow : std::uint8_t { closed, open, blocked };

class Desk {
  public:
    virtual ~Desk() = default;

    // Looks anew; copy() changes and `wake` is called when it is known.
    virtual void look_for_copy() = 0;
    virtual OfflineCopy copy() const = 0;

    // Opens the second window, or fills the one that is open; needs a recent press of the user.
    virtual void show_notes(std::string_view title, std::string_view text) = 0;
    virtual void close_notes() = 0;
    virtual NotesWindow notes() const = 0;
    // A key that was pressed in the notes' window ("ArrowRight"), once.
    virtual std::string take_key() = 0;

    // Asks the user for a file; take_file() has it later, once, and at most so many bytes of it.
    virtual void choose_file(std::string_view accepted, std::size_t bytes_max) = 0;
    virtual std::optional<DeskFile> take_file() = 0;

    // Texts under names that begin with the pitch's own prefix.
    virtual void keep_text(std::string_view name, std::string_view text) = 0;
    virtual std::string kept_text(std::string_view name) const = 0;
    // Removes every text, and says how many are left: none, unless the browser refused.
    virtual std::size_t wipe_texts() = 0;

    // Reads local and session storage, databases, caches, private files and the address; `wake` is called when it is
    // done. What is one of the site's own files, told by its hash, cannot be a trace of anybody.
    virtual void search_traces(const std::vector<std::string>& words) = 0;
    virtual TraceSearch traces() const = 0;

    virtual void wake_after(std::int64_t wait_ms) = 0;
};

std::unique_ptr<Desk> make_desk(std::function<void()> wake);

}  // namespace portal::platform
