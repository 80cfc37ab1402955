#include "shared/base/durations.hpp"
#include "shared/rules/mutation_run.hpp"
#include "shared/rules/transitions.hpp"

namespace portal {
namespace {

// A project's stages are counted in days of UTC: an integration has several locations, or none yet.
Day project_day(InstantMs instant_ms) {
    return static_cast<Day>((instant_ms - (instant_ms % day_ms + day_ms) % day_ms) / day_ms);
}

Refusal change_stage(const MutationRun& run, const Integration& before, Integration& integration) {
    if (integration.stage == before.stage) return std::nullopt;
    const Status move = check_integration_move(before.stage, integration.stage);
    if (!move) return rejected(RejectionCode::not_allowed_move, move.error().message);
    integration.stage_since = project_day(run.context.now_ms);
    integration.stage_history.append(integration.stage_history.empty() ? "" : ",")
        .append(text_of(integration.stage))
        .append(":")
        .append(std::to_string(integration.stage_since));
    return std::nullopt;
}

Refusal complete_blocker(const MutationRun& run, Integration& integration) {
    if (!integration.blocked) {
        integration.blocked_reason.clear();
        integration.blocked_owner.clear();
        return std::nullopt;
    }
    if (integration.blocked_reason.find_first_not_of(" \t\n") == std::string::npos || integration.blocked_owner.empty())
        return rejected(RejectionCode::invalid, "blocked needs a reason and an owner");
    if (run.knows_all_rows() && !find_record<User>(run, integration.blocked_owner))
        return rejected(RejectionCode::invalid, "blocked_owner is not known");
    return std::nullopt;
}

}  // namespace

MutationOutcome update_integration(const MutationRun& run) {
    std::optional<Row> row = run.rows.get(Entity::integration, run.mutation.row);
    if (!row) return rejected(RejectionCode::missing_row, "there is no such integration");
    if (Refusal refusal = refuse_write(run, *row)) return *refusal;
    const Integration before = from_row<Integration>(*row);
    MutationOutcome outcome = merge_fields(run, *row);
    if (outcome.kind == OutcomeKind::rejected || outcome.kind == OutcomeKind::nothing_to_do) return outcome;
    if (Refusal refusal = refuse_invalid(*row)) return *refusal;
    Integration integration = from_row<Integration>(*row);
    if (Refusal refusal = change_stage(run, before, integration)) return *refusal;
    if (Refusal refusal = complete_blocker(run, integration)) return *refusal;
    row = to_row(integration);
    if (Refusal refusal = refuse_invalid(*row)) return *refusal;
    store_row(run, std::move(*row));
    return outcome;
}

}  // namespace portal
