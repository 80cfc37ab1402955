#include "app/vm/financing_passport.hpp"

#include <algorithm>

#include "app/vm/financing_words.hpp"

namespace portal::vm {
namespace {

constexpr std::string_view standard_terms = "standard", beside_peers = "peers";

std::string joined(FigureId figure, std::string_view of) {
    return std::string(figure_texts[static_cast<std::size_t>(figure)]) + "." + std::string(of);
}

struct PassportName {
    std::optional<FigureId> figure;
    std::string_view of = {};
};

PassportName name_of_passport(std::string_view text) {
    const std::size_t dot = text.find('.');
    const auto found = std::ranges::find(figure_texts, text.substr(0, dot));
    PassportName name;
    if (found != figure_texts.end()) name.figure = static_cast<FigureId>(found - figure_texts.begin());
    if (dot != std::string_view::npos) name.of = text.substr(dot + 1);
    return name;
}

std::optional<Passport> of_selection(const FinancingPart& part, FigureId figure) {
    if (figure == FigureId::net_change && !part.change.empty())
        return Passport{.figure = part.net_change, .rows = rows_behind(part, figure)};
    for (const auto* figures : {&part.figures, &part.funnel})
        if (const auto found = std::ranges::find(*figures, figure, &Figure::id); found != figures->end())
            return Passport{.figure = *found, .rows = rows_behind(part, figure)};
    return std::nullopt;
}

std::optional<Passport> of_plan(const Format& format, const FinancingPart& part, std::string_view of) {
    const Id id(of == standard_terms ? std::string_view() : of);
    const auto plan = std::ranges::find(part.plans, id, &PlanShare::id);
    if (plan == part.plans.end()) return std::nullopt;
    Passport passport{.figure = plan->mix, .of = plan_name(format, *plan), .rows = rows_behind(part, plan->mix.id)};
    // Standard terms have no plan to filter by.
    if (passport.rows) passport.rows->plan = id.empty() ? part.query.plan : id;
    return passport;
}

std::optional<Passport> of_place(const FinancingPart& part, std::string_view of) {
    const auto place = std::ranges::find(part.ranking, of, &RankedPlace::id);
    std::optional<Passport> passport = of_selection(part, FigureId::net_financed_volume);
    if (place == part.ranking.end() || !passport) return std::nullopt;
    Figure& figure = passport->figure;
    // The selection's figure, of one of its places.
    figure.numerator = place->net_cents;
    if (figure.value) figure.value = place->net_cents;
    passport->of = place->name;
    passport->compared = place->compared_cents;
    if (passport->rows) (part.ranks_locations ? passport->rows->location : passport->rows->practice) = place->id;
    return passport;
}

std::optional<Passport> of_peers(const FinancingPart& part, FigureId figure) {
    const auto& lines = part.peers.lines;
    const auto line = std::ranges::find_if(lines, [figure](const PeerLine& one) { return one.own.id == figure; });
    if (line == lines.end()) return std::nullopt;
    Passport passport{.figure = line->own, .peers = &*line};
    passport.figure.as_of_ms = part.as_of_ms;
    passport.figure.closed_until = part.closed_until;
    return passport;
}

}  // namespace

std::string passport_of_plan(const Id& plan) {
    return joined(FigureId::plan_mix, plan.empty() ? standard_terms : std::string_view(plan));
}

std::string passport_of_place(const Id& place) {
    return joined(FigureId::net_financed_volume, place);
}

std::string passport_of_peers(FigureId figure) {
    return joined(figure, beside_peers);
}

bool is_passport(std::string_view text) {
    const PassportName name = name_of_passport(text);
    if (!name.figure || text.ends_with('.')) return false;
    if (name.of.empty() || name.of == beside_peers) return true;
    if (*name.figure == FigureId::plan_mix) return name.of == standard_terms || is_id(name.of);
    return *name.figure == FigureId::net_financed_volume && is_id(name.of);
}

std::optional<Passport> open_passport(const Format& format, const FinancingPart& part) {
    const PassportName name = name_of_passport(part.query.passport);
    if (!name.figure) return std::nullopt;
    if (name.of.empty()) return of_selection(part, *name.figure);
    if (name.of == beside_peers) return of_peers(part, *name.figure);
    if (*name.figure == FigureId::plan_mix) return of_plan(format, part, name.of);
    return of_place(part, name.of);
}

}  // namespace portal::vm
