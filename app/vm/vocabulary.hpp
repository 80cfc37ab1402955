// The word for each value of the closed vocabularies.
#pragma once

#include "app/vm/snapshot.hpp"
#include "app/vm/words.hpp"

namespace portal::vm {

Word word_of(Role role);
Word word_of(IntegrationStage stage);
Word word_of(TicketState state);
Word word_of(TicketPriority priority);
Word word_of(TicketCategory category);
Word word_of(FactChannel channel);
Word word_of(Specialty specialty);
Word word_of(HealthPart::Kind check);
Word word_of(DayStatus status);
Word word_of(FactKind kind);
Word word_of(FactStatus status);
Word word_of(FigureId figure);
// Not for FigureReason::none.
Word word_of(FigureReason reason);
// Not for LocalProblem::none.
Word word_of(LocalProblem problem);

}  // namespace portal::vm
