#include "app/vm/vocabulary.hpp"

#include <array>
#include <cstddef>

#include "shared/base/check.hpp"

namespace portal::vm {
namespace {

// The words of a vocabulary stand in words/vocabulary.def in the order of its values.
template <class Enum>
Word offset_word(Word first, Enum value, Word last) {
    const auto word = static_cast<Word>(static_cast<int>(first) + static_cast<int>(value));
    check(word <= last, "a vocabulary value without a word");
    return word;
}

}  // namespace

Word word_of(Role role) {
    return offset_word(Word::role_practice_user, role, Word::role_demo);
}
Word word_of(IntegrationStage stage) {
    return offset_word(Word::stage_discovery, stage, Word::stage_cancelled);
}
Word word_of(TicketState state) {
    return offset_word(Word::ticket_state_new, state, Word::ticket_state_closed);
}
Word word_of(TicketPriority priority) {
    return offset_word(Word::priority_low, priority, Word::priority_urgent);
}
Word word_of(TicketCategory category) {
    return offset_word(Word::category_integration, category, Word::category_other);
}
Word word_of(FactChannel channel) {
    return offset_word(Word::channel_in_office, channel, Word::channel_integrated);
}
Word word_of(Specialty specialty) {
    return offset_word(Word::specialty_dental, specialty, Word::specialty_cosmetic);
}
Word word_of(HealthPart::Kind check) {
    return offset_word(Word::check_call_success, check, Word::check_errors_acknowledged);
}
Word word_of(DayStatus status) {
    return offset_word(Word::day_status_good, status, Word::day_status_no_data);
}
Word word_of(FactKind kind) {
    return offset_word(Word::fact_application, kind, Word::fact_void);
}
Word word_of(FactStatus status) {
    return offset_word(Word::fact_status_none, status, Word::fact_status_authorized);
}
Word word_of(FigureId figure) {
    return offset_word(Word::figure_net_financed_volume, figure, Word::figure_dollars_at_risk);
}
Word word_of(FigureReason reason) {
    check(reason != FigureReason::none, "a figure with a value has no reason to word");
    return static_cast<Word>(static_cast<int>(Word::reason_no_cases) + static_cast<int>(reason) - 1);
}

Word word_of(LocalProblem problem) {
    check(problem != LocalProblem::none, "no problem has no sentence");
    // In the order of the values, after none.
    constexpr std::array words = {Word::problem_other_tab,   Word::problem_newer_version,
                                  Word::problem_lease_ended, Word::problem_storage_full,
                                  Word::problem_corrupted,   Word::problem_storage_unavailable};
    static_assert(words.size() == static_cast<std::size_t>(LocalProblem::storage_unavailable));
    return words[static_cast<std::size_t>(problem) - 1];
}

}  // namespace portal::vm
