#include "shared/rules/contact.hpp"

#include <algorithm>

#include "shared/model/identifiers.hpp"

namespace portal {
namespace {

// Somebody at somewhere: more is found out by writing to it.
bool may_be_email(std::string_view text) {
    const std::size_t at = text.find('@');
    return at != std::string_view::npos && at > 0 && text.find('@', at + 1) == std::string_view::npos &&
           text.find('.', at) != std::string_view::npos && !text.ends_with('.') &&
           text.find(' ') == std::string_view::npos;
}

// A telephone number is what a business contact may well have.
bool is_personal(const IdentifierMatch& match) {
    return match.kind != IdentifierKind::phone;
}

}  // namespace

ContactProblem problem_of_contact(const Prospect& prospect) {
    if (prospect.name.find_first_not_of(" \t") == std::string::npos) return ContactProblem::no_practice;
    if (!may_be_email(prospect.email)) return ContactProblem::wrong_email;
    for (const std::string* text : {&prospect.name, &prospect.contact, &prospect.email, &prospect.note})
        if (std::ranges::any_of(find_identifier_like(*text), is_personal)) return ContactProblem::identifier;
    return ContactProblem::none;
}

}  // namespace portal
