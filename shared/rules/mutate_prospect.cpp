#include "shared/rules/contact.hpp"
#include "shared/rules/mutation_run.hpp"

namespace portal {
namespace {

// The first book that a grant of the caller's lets write to. A browser does not know a team's; the server says.
Id book_for_prospects(const MutationRun& run) {
    const Directory* directory = run.context.directory;
    for (const Grant& grant : run.caller().grants) {
        if (!role_may_write(grant.role, Entity::prospect)) continue;
        if (grant.scope_kind == ScopeKind::book && (!directory || directory->has_book(grant.scope))) return grant.scope;
        if (grant.scope_kind != ScopeKind::team || !directory) continue;
        if (const auto books = directory->books_of_team(grant.scope); !books.empty()) return books.front();
    }
    return {};
}

}  // namespace

MutationOutcome create_prospect(const MutationRun& run) {
    const auto read = read_creation<Prospect>(run);
    if (!read) return read.error();
    Prospect prospect = *read;
    prospect.book = book_for_prospects(run);
    if (Refusal refusal = refuse_write(run, to_row(prospect))) return *refusal;
    if (const auto present = run.rows.get(Entity::prospect, prospect.id)) return repeated_creation(run, *present);
    if (const ContactProblem problem = problem_of_contact(prospect); problem != ContactProblem::none)
        return rejected(RejectionCode::invalid, problem == ContactProblem::no_practice ? "name is required"
                                                : problem == ContactProblem::wrong_email
                                                    ? "email is none"
                                                    : "a number may be a person's");
    prospect.created_by = run.caller().user;
    prospect.created_ms = run.context.now_ms;
    if (Refusal refusal = refuse_invalid(to_row(prospect))) return *refusal;
    store_row(run, to_row(prospect));
    return {};
}

}  // namespace portal
