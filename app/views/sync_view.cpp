#include "app/views/sync_view.hpp"

#include "app/ui/badge.hpp"
#include "app/ui/button.hpp"
#include "app/ui/figure.hpp"
#include "app/ui/layout.hpp"
#include "app/ui/list.hpp"
#include "app/ui/notice.hpp"
#include "app/vm/vocabulary.hpp"
#include "generated/icons.hpp"

namespace portal::views {

using vm::Word;

namespace {

Word sentence_of(const vm::SyncPart& sync) {
    if (sync.forced_offline) return Word::sync_forced_offline_sentence;
    if (sync.problem == vm::LocalProblem::storage_full) return Word::sync_full_sentence;
    switch (sync.phase) {
        case vm::SyncPhase::current:
            return Word::sync_current_sentence;
        case vm::SyncPhase::offline:
            return Word::sync_offline_sentence;
        default:
            return Word::sync_working_sentence;
    }
}

Word word_of_operation(std::string_view operation) {
    if (operation == "ticket.create") return Word::op_ticket_create;
    if (operation == "ticket.update") return Word::op_ticket_update;
    if (operation == "message.create") return Word::op_message_create;
    if (operation == "integration.update") return Word::op_integration_update;
    return Word::op_other;
}

std::string reason_of(const ViewContext& context, const vm::TrayEntry& entry) {
    if (entry.code == "clash") return context.say(Word::tray_clash, {entry.field});
    if (entry.code == "not_allowed_move") return std::string(context.say(Word::tray_not_allowed_move));
    if (entry.code == "access_denied" || entry.code == "access_revoked")
        return std::string(context.say(Word::tray_access));
    if (entry.code == "missing_row") return std::string(context.say(Word::tray_missing));
    if (entry.code == "depends_on_rejected") return std::string(context.say(Word::tray_parent));
    if (entry.code == "defect") return std::string(context.say(Word::tray_defect));
    return std::string(context.say(Word::tray_invalid));
}

std::string megabytes(const ViewContext& context, std::int64_t bytes) {
    const std::int64_t tenths = (bytes * 10 + 524'288) / 1'048'576;
    return context.format.number(tenths / 10) + (context.format.language() == vm::Language::spanish ? "," : ".") +
           std::to_string(tenths % 10) + " MB";
}

void answer(const ViewContext& context, const vm::TrayEntry& entry, vm::TrayAnswer choice) {
    context.intents.emit(vm::AnswerTray{entry.intent, context.intents.new_id(), choice});
}

void tray_entry(const ViewContext& context, const vm::TrayEntry& entry) {
    const ui::Card card(entry.intent.c_str(), {.title = entry.about, .tone = ui::Tone::warn, .heading_level = 3});
    ui::text_wrapped(ui::TextStyle::body, reason_of(context, entry));
    ui::space_below(ui::space::medium);
    ui::key_value(context.say(Word::tray_yours), entry.yours, key_width);
    if (!entry.theirs.empty()) ui::key_value(context.say(Word::tray_theirs), entry.theirs, key_width);
    ui::space_below(ui::space::medium);
    if (!entry.theirs.empty()) {
        if (ui::button("theirs", context.say(Word::tray_keep_theirs)))
            answer(context, entry, vm::TrayAnswer::keep_theirs);
        ui::beside();
    }
    if (ui::button("reapply", context.say(Word::tray_reapply), {.icon = icons::undo_2}))
        answer(context, entry, vm::TrayAnswer::reapply_mine);
    ui::flow(ui::button_width(context.say(Word::tray_copy)));
    if (ui::button("copy", context.say(Word::tray_copy), {.kind = ui::ButtonKind::quiet, .icon = icons::copy})) {
        context.page.copy_text = entry.yours;
        context.page.copied_sentence = context.say(Word::copied);
    }
    ui::flow(ui::button_width(context.say(Word::tray_discard)));
    if (ui::button("discard", context.say(Word::tray_discard), {.kind = ui::ButtonKind::danger}))
        answer(context, entry, vm::TrayAnswer::discard);
}

void tray(const ViewContext& context, const vm::SyncPart& sync) {
    if (sync.tray.empty()) return;
    ui::section_heading(context.say(Word::tray_title), context.say(Word::tray_sentence));
    for (const vm::TrayEntry& entry : sync.tray) {
        ImGui::PushID(entry.intent.c_str());
        tray_entry(context, entry);
        ImGui::PopID();
        ui::space_below(ui::space::medium);
    }
    ui::space_below(ui::space::large);
}

void state_card(const ViewContext& context, ui::Grid& grid, const vm::SyncPart& sync) {
    const vm::Format& format = context.format;
    grid.begin_card("state", {.phone = 12, .desktop = 6}, {.title = context.say(Word::sync_state)});
    ui::text_wrapped(ui::TextStyle::body, context.say(sentence_of(sync)));
    ui::space_below(ui::space::medium);
    ui::key_value(
        context.say(Word::sync_last_exchange),
        sync.last_exchange_ms ? format.relative(sync.last_exchange_ms) : std::string(context.say(Word::pill_never)),
        key_width);
    ui::key_value(context.say(Word::sync_pending), format.number(sync.pending_count), key_width);
    if (sync.pending_count > 0)
        ui::key_value(context.say(Word::sync_oldest), format.relative(sync.oldest_pending_ms), key_width);
    ui::space_below(ui::space::medium);
    if (ui::button("sync_now", context.say(Word::sync_now), {.icon = icons::refresh_cw}))
        context.intents.emit(vm::SyncNow{});
    ui::beside();
    const bool offline = sync.forced_offline;
    if (ui::button("offline", context.say(offline ? Word::go_online : Word::go_offline),
                   {.kind = ui::ButtonKind::quiet, .icon = offline ? icons::wifi : icons::wifi_off}))
        context.intents.emit(vm::SetOffline{!offline});
    grid.end_cell();
}

void device_card(const ViewContext& context, ui::Grid& grid, const vm::SyncPart& sync) {
    const vm::Format& format = context.format;
    grid.begin_card("device", {.phone = 12, .desktop = 6}, {.title = context.say(Word::profile_device)});
    const bool durable = sync.storage == vm::StorageKind::durable;
    ui::status(context.say(durable ? Word::sync_storage_durable : Word::sync_storage_memory),
               durable ? ui::Tone::good : ui::Tone::warn);
    if (!durable)
        ui::text_wrapped(ui::TextStyle::caption, context.say(Word::not_saved_on_device_hint), ui::Color::text_muted);
    ui::space_below(ui::space::medium);
    ui::key_value(context.say(Word::sync_facts), format.number(sync.facts_count), key_width);
    ui::key_value(context.say(Word::sync_size), megabytes(context, sync.database_bytes), key_width);
    ui::key_value(context.say(Word::sync_cursor), format.number(sync.cursor), key_width);
    grid.end_cell();
}

void pending_card(const ViewContext& context, ui::Grid& grid, const vm::SyncPart& sync) {
    grid.begin_card("pending", {.phone = 12}, {.title = context.say(Word::sync_pending)});
    if (sync.pending.empty()) {
        ui::text_wrapped(ui::TextStyle::body, context.say(Word::sync_pending_empty), ui::Color::text_muted);
        grid.end_cell();
        return;
    }
    ui::begin_list("edits", context.say(Word::sync_pending));
    for (const vm::PendingEdit& edit : sync.pending) {
        const std::string when = context.format.relative(edit.made_ms);
        ui::list_row(edit.intent.c_str(),
                     {.title = edit.about,
                      .detail = context.say(word_of_operation(edit.op)),
                      .trailing = context.say(edit.sent ? Word::sync_state_sent : Word::sync_state_waiting),
                      .note = when,
                      .icon = icons::clock});
    }
    ui::end_list();
    ui::space_below(ui::space::medium);
    if (ui::button("download", context.say(Word::download_edits), {.icon = icons::download}))
        context.intents.emit(vm::ExportData{vm::Export::outbox_json, vm::SyncQuery{}});
    grid.end_cell();
}

}  // namespace

void sync_view(const ViewContext& context) {
    if (!context.snapshot.sync) return;
    const vm::SyncPart& sync = *context.snapshot.sync;
    ui::heading(1, ui::TextStyle::title, context.say(Word::sync_title));
    ui::space_below(ui::space::large);
    if (sync.problem != vm::LocalProblem::none) {
        ui::note(ui::Tone::warn, context.say(vm::word_of(sync.problem)));
        ui::space_below(ui::space::large);
    }
    tray(context, sync);
    ui::Grid grid("sync", ui::size::reading_width_max);
    state_card(context, grid, sync);
    device_card(context, grid, sync);
    pending_card(context, grid, sync);
}

}  // namespace portal::views
