#include "app/views/sync_view.hpp"

#include <charconv>

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
    if (operation == "action_item.create") return Word::op_action_create;
    if (operation == "action_item.update") return Word::op_action_update;
    if (operation == "deposit_review.create" || operation == "deposit_review.update") return Word::op_deposit_review;
    if (operation == "prospect.create") return Word::op_prospect;
    return Word::op_other;
}

// A field by its word; one that people never set is told by its own name.
std::string field_words(const ViewContext& context, std::string_view field) {
    constexpr std::pair<std::string_view, Word> words[] = {{"title", Word::field_title},
                                                           {"contact", Word::leads_contact},
                                                           {"email", Word::profile_email},
                                                           {"note", Word::field_note},
                                                           {"owner", Word::field_owner},
                                                           {"due_on", Word::field_due},
                                                           {"done", Word::field_done},
                                                           {"reviewed", Word::field_reviewed},
                                                           {"expected_cents", Word::field_seen_amounts},
                                                           {"deposited_cents", Word::field_seen_amounts},
                                                           {"subject", Word::field_subject},
                                                           {"state", Word::field_state},
                                                           {"description", Word::field_description},
                                                           {"stage", Word::field_stage},
                                                           {"blocked", Word::field_blocked},
                                                           {"blocked_reason", Word::field_blocked_reason},
                                                           {"blocked_owner", Word::field_owner},
                                                           {"vendor_consent", Word::field_vendor_consent}};
    for (const auto& [name, word] : words)
        if (name == field) return std::string(context.say(word));
    return std::string(field);
}

template <class Enum>
std::string word_or_text(const ViewContext& context, const std::string& text) {
    const auto value = parse_text<Enum>(text);
    return value ? std::string(context.say(vm::word_of(*value))) : text;
}

// One side of a clash as the screens would show it.
std::string value_words(const ViewContext& context, std::string_view field, const std::string& text) {
    if (field == "due_on") {
        const auto day = parse_iso_day(text);
        return day ? context.format.day(*day) : text;
    }
    if (field == "done") return std::string(context.say(text == "1" ? Word::value_done : Word::value_open));
    if (field == "state") return word_or_text<TicketState>(context, text);
    if (field == "blocked") return std::string(context.say(text == "1" ? Word::value_blocked : Word::value_free));
    if (field == "vendor_consent")
        return std::string(context.say(text == "1" ? Word::value_shared : Word::value_not_shared));
    if (field == "reviewed")
        return std::string(context.say(text == "1" ? Word::deposit_state_reviewed : Word::value_not_reviewed));
    if (field == "stage") return word_or_text<IntegrationStage>(context, text);
    if (field.ends_with("_cents")) {
        std::int64_t cents = 0;
        const auto read = std::from_chars(text.data(), text.data() + text.size(), cents);
        return read.ec == std::errc{} ? context.format.money_exact(cents) : text;
    }
    return text;
}

std::string fields_words(const ViewContext& context, const vm::TrayEntry& entry) {
    std::string words;
    for (const vm::TrayField& field : entry.fields)
        words += (words.empty() ? "" : ", ") + field_words(context, field.name);
    return words;
}

std::string reason_of(const ViewContext& context, const vm::TrayEntry& entry) {
    if (entry.code == "clash") return context.say(Word::tray_clash, {fields_words(context, entry)});
    if (entry.code == "not_allowed_move") return std::string(context.say(Word::tray_not_allowed_move));
    if (entry.code == "access_denied" || entry.code == "access_revoked")
        return std::string(context.say(Word::tray_access));
    if (entry.code == "missing_row") return std::string(context.say(Word::tray_missing));
    if (entry.code == "duplicate_row") return std::string(context.say(Word::tray_duplicate));
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

// The fields' words begin with an article.
std::string sentence_case(std::string words) {
    if (!words.empty() && words[0] >= 'a' && words[0] <= 'z') words[0] = static_cast<char>(words[0] - 'a' + 'A');
    return words;
}

// With one field its name is in the sentence above.
void tray_fields(const ViewContext& context, const vm::TrayEntry& entry) {
    for (const vm::TrayField& field : entry.fields) {
        if (entry.fields.size() > 1)
            ui::text(ui::TextStyle::body_medium, sentence_case(field_words(context, field.name)));
        ui::key_value(context.say(Word::tray_yours), value_words(context, field.name, field.yours), key_width);
        if (entry.code == "clash")
            ui::key_value(context.say(Word::tray_theirs), value_words(context, field.name, field.theirs), key_width);
        ui::space_below(ui::space::small);
    }
}

std::string own_words(const ViewContext& context, const vm::TrayEntry& entry) {
    std::string words;
    for (const vm::TrayField& field : entry.fields)
        words += (words.empty() ? "" : "\n") + value_words(context, field.name, field.yours);
    return words;
}

void tray_entry(const ViewContext& context, const vm::TrayEntry& entry) {
    // What an edit of lost rows was about is not known here any more.
    const std::string_view title = entry.about.empty() ? context.say(word_of_operation(entry.op)) : entry.about;
    const ui::Card card(entry.intent.c_str(), {.title = title, .tone = ui::Tone::warn, .heading_level = 3});
    ui::text_wrapped(ui::TextStyle::body, reason_of(context, entry));
    ui::space_below(ui::space::medium);
    tray_fields(context, entry);
    if (entry.attached > 0)
        ui::text_wrapped(ui::TextStyle::caption,
                         context.say(Word::tray_attached, {context.format.number(entry.attached)}),
                         ui::Color::text_muted);
    ui::space_below(ui::space::medium);
    if (entry.code == "clash") {
        if (ui::button("theirs", context.say(Word::tray_keep_theirs)))
            answer(context, entry, vm::TrayAnswer::keep_theirs);
        ui::beside();
    }
    if (entry.code != "access_revoked") {
        if (ui::button("reapply", context.say(Word::tray_reapply), {.icon = icons::undo_2}))
            answer(context, entry, vm::TrayAnswer::reapply_mine);
        ui::flow(ui::button_width(context.say(Word::tray_copy)));
    }
    if (ui::button("copy", context.say(Word::tray_copy), {.kind = ui::ButtonKind::quiet, .icon = icons::copy})) {
        context.page.copy_text = own_words(context, entry);
        context.page.copied_sentence = context.say(Word::copied);
    }
    ui::flow(ui::button_width(context.say(Word::tray_discard)));
    if (ui::button("discard", context.say(Word::tray_discard), {.kind = ui::ButtonKind::danger}))
        answer(context, entry, vm::TrayAnswer::discard);
}

void tray(const ViewContext& context, const vm::SyncPart& sync) {
    if (sync.tray_count == 0) return;
    ui::section_heading(context.say(Word::tray_title), context.say(Word::tray_sentence));
    for (const vm::TrayEntry& entry : sync.tray) {
        ImGui::PushID(entry.intent.c_str());
        tray_entry(context, entry);
        ImGui::PopID();
        ui::space_below(ui::space::medium);
    }
    if (const std::int64_t further = sync.tray_count - static_cast<std::int64_t>(sync.tray.size()); further > 0)
        ui::text_wrapped(ui::TextStyle::caption, context.say(Word::tray_further, {context.format.number(further)}),
                         ui::Color::text_muted);
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
    if (durable && sync.promise != vm::StoragePromise::unknown)
        ui::text_wrapped(ui::TextStyle::caption,
                         context.say(sync.promise == vm::StoragePromise::given ? Word::sync_promise_given
                                                                               : Word::sync_promise_not_given),
                         ui::Color::text_muted);
    ui::space_below(ui::space::medium);
    ui::key_value(
        context.say(Word::sync_facts),
        context.say(Word::sync_facts_memory, {format.number(sync.facts_count), megabytes(context, sync.facts_bytes)}),
        key_width);
    ui::key_value(context.say(Word::sync_size), megabytes(context, sync.database_bytes), key_width);
    ui::key_value(context.say(Word::sync_cursor), format.number(sync.cursor), key_width);
    grid.end_cell();
}

void download_button(const ViewContext& context, const char* id) {
    if (ui::button(id, context.say(Word::download_edits), {.icon = icons::download}))
        context.intents.emit(vm::ExportData{vm::Export::outbox, vm::SyncQuery{}});
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
        const Word state = edit.may_conflict ? Word::sync_state_may_conflict
                           : edit.sent       ? Word::sync_state_sent
                                             : Word::sync_state_waiting;
        const std::string when = context.format.relative(edit.made_ms);
        ui::list_row(edit.intent.c_str(), {.title = edit.about,
                                           .detail = context.say(word_of_operation(edit.op)),
                                           .trailing = context.say(state),
                                           .note = when,
                                           .icon = icons::clock});
    }
    ui::end_list();
    ui::space_below(ui::space::medium);
    download_button(context, "download");
    grid.end_cell();
}

void lost_copy(const ViewContext& context, const LostCopy& copy, vm::StoragePromise promise) {
    ui::note(ui::Tone::warn,
             std::string(context.say(Word::lost_copy_title)) + " " + sentence_of(context, copy) + " " +
                 std::string(context.say(promise == vm::StoragePromise::given ? Word::lost_copy_promised
                                                                              : Word::lost_copy_advice)));
}

}  // namespace

std::string sentence_of(const ViewContext& context, const LostCopy& copy) {
    if (copy.pending_count == 0) return std::string(context.say(Word::lost_copy_no_edits));
    return context.say(Word::lost_copy_edits,
                       {context.format.number(copy.pending_count), context.format.day_and_time(copy.last_exchange_ms)});
}

void local_problem(const ViewContext& context, const vm::SyncPart& sync) {
    if (sync.problem == vm::LocalProblem::none) return;
    ui::note(ui::Tone::warn, context.say(vm::word_of(sync.problem)));
    const bool is_in_danger =
        sync.problem == vm::LocalProblem::storage_full || sync.problem == vm::LocalProblem::corrupted;
    if (is_in_danger && vm::unsent_count(sync) > 0) {
        ui::space_below(ui::space::small);
        download_button(context, "download_first");
    }
    ui::space_below(ui::space::large);
}

void sync_view(const ViewContext& context) {
    if (!context.snapshot.sync) return;
    const vm::SyncPart& sync = *context.snapshot.sync;
    ui::heading(1, ui::TextStyle::title, context.say(Word::sync_title));
    ui::space_below(ui::space::large);
    local_problem(context, sync);
    if (context.lost_copy) {
        lost_copy(context, *context.lost_copy, sync.promise);
        ui::space_below(ui::space::large);
    }
    tray(context, sync);
    ui::Grid grid("sync", ui::size::reading_width_max);
    state_card(context, grid, sync);
    device_card(context, grid, sync);
    pending_card(context, grid, sync);
}

}  // namespace portal::views
