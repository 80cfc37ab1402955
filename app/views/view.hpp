// What every view is given. A view is a function of a snapshot, its own local state and a sink for intents: no SQL, no
// clock, no network and no static state inside.
//
// Thread: the UI thread, inside a frame.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/ui/frame.hpp"
#include "app/vm/format.hpp"
#include "app/vm/intent.hpp"
#include "app/vm/snapshot.hpp"

namespace portal::views {

// From so many choices on a list offers a search field.
inline constexpr std::size_t searchable_from = 9;
// Room of the keys in lists of key and value.
inline constexpr float key_width = 200;

enum class ThemeChoice : std::uint8_t { system, light, dark };

// What the user chose on this device. The shell keeps it; views change it in place.
struct Preferences {
    vm::Language language = vm::Language::english;
    ThemeChoice theme = ThemeChoice::system;
    ui::Density density = ui::Density::normal;
    ui::RailState rail = ui::RailState::expanded;
    bool stories_dismissed = false;
    bool sends_reports = false;
    friend bool operator==(const Preferences&, const Preferences&) = default;
};

enum class SignOutRequest : std::uint8_t { none, here, everywhere };

// What a view may ask of the page around it; done by the shell after the frame.
struct PageRequests {
    std::string copy_text;
    std::string copied_sentence;  // Announced when the text has been copied.
    std::string said;             // To be announced and shown for a moment.
    std::string leave_to;         // "/sign-in"
    std::string show_route;       // An address of this page, of a screen or of the stage.
    // A file that was made here, to be saved.
    struct File {
        std::string name, mime_type, bytes;
    };
    File file;
    bool open_commands = false;
    bool open_shortcuts = false;
    bool open_share = false;
    bool copy_diagnostics = false;
    SignOutRequest sign_out = SignOutRequest::none;  // Asks first when edits are pending.
};

// A copy of the rows that the browser has removed from this device, as it was when it was last looked at.
struct LostCopy {
    std::int64_t pending_count = 0;  // Edits that waited in it.
    InstantMs last_exchange_ms = 0;  // Server time.
    friend bool operator==(const LostCopy&, const LostCopy&) = default;
};

struct ViewContext {
    const vm::Snapshot& snapshot;
    const vm::Format& format;
    vm::IntentSink& intents;
    Preferences& preferences;
    PageRequests& page;
    const std::optional<LostCopy>& lost_copy;  // In this visit.
    bool is_demo_page = false;                 // Nothing is kept, and nobody expects it to be.
    bool may_share = false;                    // The role may, and there is a server to share from.
    bool has_live_bar = false;                 // Something is shared now, or followed.
    bool is_following = false;

    std::string_view say(vm::Word word) const { return format.say(word); }
    std::string say(vm::Word word, std::initializer_list<std::string_view> arguments) const {
        return format.say(word, arguments);
    }
    void show(vm::Query query) const { intents.emit(vm::ShowScreen{std::move(query)}); }
};

}  // namespace portal::views
