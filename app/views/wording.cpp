#include "app/views/wording.hpp"

#include "app/ui/notice.hpp"
#include "app/vm/vocabulary.hpp"
#include "shared/model/identifiers.hpp"

namespace portal::views {

using vm::Word;

namespace {

// The word for a vocabulary's stored text; the text itself when it is not one of ours.
template <class Enum>
std::string vocabulary_text(const ViewContext& context, const std::string& stored) {
    const auto value = parse_text<Enum>(stored);
    return value ? std::string(context.say(vm::word_of(*value))) : stored;
}

}  // namespace

ui::Tone tone_of(vm::Tone tone) {
    switch (tone) {
        case vm::Tone::neutral:
            return ui::Tone::neutral;
        case vm::Tone::good:
            return ui::Tone::good;
        case vm::Tone::warn:
            return ui::Tone::warn;
        case vm::Tone::bad:
            return ui::Tone::bad;
        case vm::Tone::info:
            return ui::Tone::info;
    }
    return ui::Tone::neutral;
}

ui::Tone tone_of(vm::DayStatus status) {
    switch (status) {
        case vm::DayStatus::good:
            return ui::Tone::good;
        case vm::DayStatus::warn:
            return ui::Tone::warn;
        case vm::DayStatus::bad:
            return ui::Tone::bad;
        case vm::DayStatus::closed:
        case vm::DayStatus::no_data:
            break;
    }
    return ui::Tone::neutral;
}

ui::Tone tone_of(TicketState state) {
    switch (state) {
        case TicketState::new_:
        case TicketState::triaged:
            return ui::Tone::info;
        case TicketState::in_progress:
            return ui::Tone::accent;
        case TicketState::waiting_practice:
        case TicketState::waiting_vendor:
            return ui::Tone::warn;
        case TicketState::resolved:
            return ui::Tone::good;
        case TicketState::closed:
            break;
    }
    return ui::Tone::neutral;
}

std::string ticket_number(const ViewContext& context, std::int64_t number) {
    if (number == 0) return std::string(context.say(Word::ticket_number_pending));
    return context.say(Word::ticket_number, {std::to_string(number)});
}

Word health_word(const vm::Health& health) {
    if (!health.figure.value) return Word::health_none;
    switch (health.tone) {
        case vm::Tone::good:
            return Word::health_good;
        case vm::Tone::bad:
            return Word::health_bad;
        default:
            return Word::health_warn;
    }
}

std::string below_usual(const vm::Format& format, std::int64_t actual, std::int64_t usual) {
    return usual > 0 ? format.signed_percent((actual - usual) * 10'000 / usual) : std::string("-");
}

AttentionWords words_of(const ViewContext& context, const vm::Attention& attention) {
    using Kind = vm::AttentionKind;
    const vm::Format& format = context.format;
    const std::string place = attention.practice_name.empty() ? attention.name : attention.practice_name;
    const std::string since = attention.since ? format.day_short(attention.since) : std::string();
    const std::string ratio = format.of_total(attention.numerator, attention.denominator);
    const Word file_or_open = attention.open_ticket.empty() ? Word::action_file_ticket : Word::action_open_ticket;
    switch (attention.kind) {
        case Kind::ledger_mismatch:
            return {format.say(Word::attention_ledger_mismatch, {place}),
                    format.say(Word::attention_ledger_mismatch_evidence, {ratio, since}), file_or_open};
        case Kind::credentials_fail:
            return {format.say(Word::attention_credentials, {place}),
                    format.say(Word::attention_credentials_evidence, {since}), file_or_open};
        case Kind::calls_failing:
            return {format.say(Word::attention_calls, {place}),
                    format.say(Word::attention_calls_evidence, {ratio, since}), file_or_open};
        case Kind::no_success:
            return {format.say(Word::attention_no_success, {place}),
                    std::string(format.say(Word::attention_no_success_evidence)), file_or_open};
        case Kind::ticket_waits_for_you:
            return {format.say(Word::attention_ticket_waits, {attention.name}),
                    format.say(Word::attention_ticket_waits_evidence, {since}), Word::action_answer};
        case Kind::ticket_overdue:
            return {format.say(Word::attention_ticket_overdue, {attention.name}),
                    format.say(Word::attention_ticket_overdue_evidence, {since}), Word::action_open_ticket};
        case Kind::integration_blocked:
            return {format.say(Word::attention_blocked, {attention.name}),
                    format.say(Word::attention_blocked_evidence, {since}), Word::action_see_why};
        case Kind::volume_drop:
            return {format.say(Word::attention_volume_drop, {place}),
                    format.say(Word::attention_volume_drop_evidence,
                               {format.number(attention.numerator), since, format.number(attention.denominator),
                                format.number(attention.business_days),
                                below_usual(format, attention.numerator, attention.denominator)}),
                    Word::action_see_why};
        case Kind::edit_rejected:
            return {format.say(Word::attention_edit_rejected, {attention.name}),
                    std::string(format.say(Word::attention_edit_rejected_evidence)), Word::action_decide};
    }
    return {attention.name, {}, Word::action_see_why};
}

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t\n");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t\n") - begin + 1);
}

void identifier_warning(const ViewContext& context, std::string_view text) {
    const std::vector<IdentifierMatch> matches = find_identifier_like(text);
    if (matches.empty()) return;
    const std::string_view first = text.substr(matches.front().offset, matches.front().size);
    ui::note(ui::Tone::warn, context.say(Word::composer_identifier_warning, {first}));
}

std::string words_of(const ViewContext& context, const vm::ActivityItem& item) {
    using Kind = vm::ActivityItem::Kind;
    switch (item.kind) {
        case Kind::message:
            return context.say(Word::activity_message, {item.who, item.what});
        case Kind::ticket_filed:
            return context.say(Word::activity_ticket_filed, {item.who, item.what});
        case Kind::ticket_moved:
            return context.say(Word::activity_ticket_moved,
                               {item.what, vocabulary_text<TicketState>(context, item.detail)});
        case Kind::stage_entered:
            return context.say(Word::activity_stage_entered,
                               {item.what, vocabulary_text<IntegrationStage>(context, item.detail)});
        case Kind::incident_started:
            return context.say(Word::activity_incident_started, {item.what, item.detail});
        case Kind::incident_ended:
            return context.say(Word::activity_incident_ended, {item.what, item.detail});
        case Kind::deposit:
            return context.say(Word::activity_deposit, {item.detail, item.what});
    }
    return item.what;
}

std::string names_of_months(const ViewContext& context, std::span<const MonthIndex> months) {
    const vm::Format& format = context.format;
    std::string names;
    for (std::size_t first = 0; first < months.size();) {
        std::size_t last = first;
        while (last + 1 < months.size() && months[last + 1] == months[last] + 1)
            ++last;
        // Two that follow each other are no span yet.
        if (last == first + 1) last = first;
        if (!names.empty()) names += ", ";
        names += last == first
                     ? format.month(months[first])
                     : context.say(Word::shared_period, {format.month(months[first]), format.month(months[last])});
        first = last + 1;
    }
    return names;
}

DueWords due_words(const ViewContext& context, const vm::TicketBrief& ticket) {
    const bool is_over = ticket.state == TicketState::resolved || ticket.state == TicketState::closed;
    if (is_over) return {std::string(context.say(vm::word_of(ticket.state))), ui::Tone::good};
    if (ticket.state == TicketState::waiting_practice)
        return {std::string(context.say(vm::word_of(ticket.state))), ui::Tone::warn};
    if (!ticket.due_ms) return {};
    return {context.format.promise(*ticket.due_ms), ticket.overdue ? ui::Tone::bad : ui::Tone::neutral};
}

}  // namespace portal::views
