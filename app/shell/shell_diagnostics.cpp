// What "Copy diagnostics" copies: the place we run in, the state of sync, and the log of troubles; no row values.
#include "app/shell/shell.hpp"
#include "app/vm/vocabulary.hpp"

namespace portal::shell {

std::string Shell::diagnostics() const {
    const platform::Environment& environment = m_window.environment();
    std::string text = "Partner portal diagnostics\n";
    const auto line = [&text](std::string_view name, const std::string& value) {
        text += std::string(name) + ": " + value + "\n";
    };
    line("language", environment.language);
    line("time zone", environment.time_zone);
    line("window", std::to_string(static_cast<int>(environment.width)) + " x " +
                       std::to_string(static_cast<int>(environment.height)) + " at " +
                       std::to_string(environment.pixel_ratio));
    line("online hint", environment.online ? "yes" : "no");
    if (m_snapshot && m_snapshot->sync) {
        const vm::SyncPart& sync = *m_snapshot->sync;
        line("sync phase", std::to_string(static_cast<int>(sync.phase)));
        line("storage", sync.storage == vm::StorageKind::durable ? "durable" : "memory");
        line("epoch", sync.epoch);
        line("cursor", std::to_string(sync.cursor));
        line("pending edits", std::to_string(sync.pending_count));
        line("edits to decide", std::to_string(sync.tray_count));
        line("financing facts", std::to_string(sync.facts_count));
        line("database bytes", std::to_string(sync.database_bytes));
        line("last exchange", std::to_string(sync.last_exchange_ms));
        line("problem", std::string(vm::name_of(sync.problem)));
    }
    const std::string troubles = m_window.troubles();
    text += "log:" + (troubles.empty() ? std::string(" empty\n") : "\n" + troubles + "\n");
    return text;
}

}  // namespace portal::shell
