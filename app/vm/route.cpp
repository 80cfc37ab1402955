#include "app/vm/route.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>
#include <vector>

#include "app/vm/financing_passport.hpp"
#include "shared/base/limits.hpp"

namespace portal::vm {
namespace {

constexpr std::array<std::string_view, 4> ticket_tabs = {"open", "waiting", "resolved", "all"};
constexpr std::array<std::string_view, 5> integration_filters = {"all", "attention", "blocked", "going-live", "quiet"};
constexpr std::array<std::string_view, 4> grains = {"day", "week", "month", "quarter"};
constexpr std::array<std::string_view, 2> comparisons = {"year", "period"};
constexpr std::array<std::string_view, 3> splits = {"none", "plan", "channel"};
constexpr std::array<std::string_view, 4> explanations = {"places", "plans", "channels", "effects"};
constexpr std::array<std::string_view, 8> row_sorts = {"day",  "posted",   "kind",    "status",
                                                       "plan", "location", "channel", "amount"};
constexpr std::array<std::string_view, 7> weekdays = {"monday", "tuesday",  "wednesday", "thursday",
                                                      "friday", "saturday", "sunday"};
constexpr std::array<std::string_view, 24> hours = {"0",  "1",  "2",  "3",  "4",  "5",  "6",  "7",
                                                    "8",  "9",  "10", "11", "12", "13", "14", "15",
                                                    "16", "17", "18", "19", "20", "21", "22", "23"};
constexpr std::array<std::string_view, 4> pictures = {"net", "change", "funnel", "hours"};
constexpr std::array<std::string_view, 1> row_orders = {"up"};
constexpr std::array<std::string_view, 2> cardholders = {"new", "existing"};

// One loop for all vocabularies: a first load pays for each copy of it. -1 for none of the words.
int place_of(std::span<const std::string_view> words, std::string_view word) {
    const auto found = std::ranges::find(words, word);
    return found == words.end() ? -1 : static_cast<int>(found - words.begin());
}

template <class Enum>
std::optional<Enum> parse_word(std::span<const std::string_view> words, std::string_view word) {
    const int place = place_of(words, word);
    return place < 0 ? std::nullopt : std::optional(static_cast<Enum>(place));
}

template <class Enum, std::size_t Count>
std::string_view word_at(const std::array<std::string_view, Count>& words, Enum value) {
    return words[static_cast<std::size_t>(value)];
}

template <class Enum, std::size_t Count>
std::string_view word_unless(const std::array<std::string_view, Count>& words, Enum value, Enum usual) {
    return value == usual ? std::string_view() : word_at(words, value);
}

std::string text_of_number(std::int64_t number) {
    return number == 0 ? std::string() : std::to_string(number);
}

bool is_unreserved(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
           c == '_' || c == '~';
}

// RFC 3986 percent-encoding of a query value.
std::string encoded(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string result;
    for (const char c : text) {
        if (is_unreserved(c)) {
            result += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            result += {'%', digits[byte >> 4], digits[byte & 15]};
        }
    }
    return result;
}

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

std::string decoded(std::string_view text) {
    std::string result;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool escape =
            text[at] == '%' && at + 2 < text.size() && hex_digit(text[at + 1]) >= 0 && hex_digit(text[at + 2]) >= 0;
        if (escape) {
            result += static_cast<char>(hex_digit(text[at + 1]) * 16 + hex_digit(text[at + 2]));
            at += 2;
        } else {
            result += text[at] == '+' ? ' ' : text[at];
        }
    }
    return result;
}

class Parameters {
  public:
    explicit Parameters(std::string_view query) {
        while (!query.empty()) {
            const std::size_t end = query.find('&');
            const std::string_view pair = query.substr(0, end);
            const std::size_t equals = pair.find('=');
            if (equals != std::string_view::npos)
                m_pairs.emplace_back(pair.substr(0, equals), decoded(pair.substr(equals + 1)));
            query = end == std::string_view::npos ? std::string_view() : query.substr(end + 1);
        }
    }

    std::string text(std::string_view name) const {
        for (const auto& [key, value] : m_pairs)
            if (key == name) return value;
        return {};
    }
    Id id(std::string_view name) const {
        Id value = text(name);
        return told(value, is_id(value)) ? value : Id();
    }
    std::optional<Day> day(std::string_view name) const {
        const std::string word = text(name);
        const auto value = parse_iso_day(word);
        return told(word, value.has_value()) ? std::optional<Day>(*value) : std::nullopt;
    }

    // 0 for what is no number, or a negative one.
    std::int64_t number(std::string_view name) const {
        const std::string value = text(name);
        std::int64_t number = 0;
        const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
        return told(value, error == std::errc() && end == value.data() + value.size() && number >= 0) ? number : 0;
    }

    std::string passport(std::string_view name) const {
        std::string value = text(name);
        return told(value, is_passport(value)) ? value : std::string();
    }

    // -1 for none of the words.
    int place(std::string_view name, std::span<const std::string_view> words) const {
        const std::string value = text(name);
        const int place = place_of(words, value);
        told(value, place >= 0);
        return place;
    }
    template <class Enum>
    std::optional<Enum> word(std::string_view name, std::span<const std::string_view> words) const {
        const int found = place(name, words);
        return found < 0 ? std::nullopt : std::optional(static_cast<Enum>(found));
    }
    template <class Enum>
    Enum word_or(std::string_view name, std::span<const std::string_view> words, Enum usual) const {
        const int found = place(name, words);
        return found < 0 ? usual : static_cast<Enum>(found);
    }
    // Of a vocabulary of the model.
    template <class Enum>
    std::optional<Enum> value(std::string_view name) const {
        const std::string word = text(name);
        const auto parsed = parse_text<Enum>(word);
        told(word, parsed.has_value());
        return parsed;
    }
    // A bit for each of the words, which stand between dots.
    std::uint32_t words(std::string_view name, std::span<const std::string_view> known) const {
        const std::string value = text(name);
        std::uint32_t bits = 0;
        for (std::string_view rest = value; !rest.empty();) {
            const std::size_t end = rest.find('.');
            const int place = place_of(known, rest.substr(0, end));
            if (told(rest, place >= 0)) bits |= 1u << place;
            rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
        }
        return bits;
    }
    // Was there a word, so far, that means nothing?
    bool has_misread() const { return m_has_misread; }

  private:
    bool told(std::string_view word, bool is_known) const {
        if (!word.empty() && !is_known) m_has_misread = true;
        return is_known;
    }

    mutable bool m_has_misread = false;
    std::vector<std::pair<std::string_view, std::string>> m_pairs;
};

class RouteText {
  public:
    explicit RouteText(std::string path) : m_text(std::move(path)) {}
    RouteText& add(std::string_view name, std::string_view value) {
        if (value.empty()) return *this;
        m_text += m_has_parameters ? "&" : "?";
        m_text += std::string(name) + "=" + encoded(value);
        m_has_parameters = true;
        return *this;
    }
    std::string take() { return std::move(m_text); }

  private:
    std::string m_text;
    bool m_has_parameters = false;
};

std::string with_id(std::string_view path, const Id& id) {
    return std::string(path) + (id.empty() ? "" : "/" + id);
}

std::string text_of_query(const OverviewQuery& query) {
    return RouteText("/").add("passport", query.passport).take();
}
std::string text_of_query(const SqlQuery&) {
    return "/sql";
}
std::string text_of_query(const SyncQuery&) {
    return "/sync";
}
std::string text_of_query(const ProfileQuery&) {
    return "/profile";
}

std::string text_of_query(const IntegrationsQuery& query) {
    const bool filtered = query.filter != IntegrationFilter::all;
    return RouteText(with_id("/integrations", query.selected))
        .add("filter", filtered ? word_at(integration_filters, query.filter) : "")
        .add("search", query.search)
        .add("day", query.day ? iso_day(*query.day) : "")
        .add("passport", query.passport)
        .take();
}

std::string text_of_pictures(std::uint32_t bits) {
    std::string text;
    for (std::size_t index = 0; index < pictures.size(); ++index)
        if ((bits >> index & 1) != 0) text += (text.empty() ? "" : ".") + std::string(pictures[index]);
    return text;
}

std::string text_of_query(const FinancingQuery& query) {
    const RowsQuery rows = query.rows.value_or(RowsQuery{});
    return RouteText(query.rows ? "/financing/rows" : "/financing")
        .add("from", query.from ? iso_day(query.from) : "")
        .add("until", query.until ? iso_day(query.until) : "")
        .add("grain", query.grain == Grain::month ? "" : word_at(grains, query.grain))
        .add("practice", query.practice)
        .add("location", query.location)
        .add("plan", query.plan)
        .add("channel", query.channel ? text_of(*query.channel) : "")
        .add("cardholder", query.existing_cardholder ? cardholders[*query.existing_cardholder ? 1 : 0] : "")
        .add("cents_from", text_of_number(query.cents_from))
        .add("cents_until", text_of_number(query.cents_until))
        .add("weekday", query.weekday ? weekdays[static_cast<std::size_t>(*query.weekday)] : "")
        .add("hour", query.hour ? hours[static_cast<std::size_t>(*query.hour)] : "")
        .add("kind", query.kind ? text_of(*query.kind) : "")
        .add("status", query.status ? text_of(*query.status) : "")
        .add("compare", word_unless(comparisons, query.comparison, Comparison::year_before))
        .add("split", word_unless(splits, query.split, Split::none))
        .add("explain", word_unless(explanations, query.explain, Explain::places))
        .add("tables", text_of_pictures(query.tables))
        .add("passport", query.passport)
        .add("figure", rows.figure ? word_at(figure_texts, *rows.figure) : "")
        .add("reference", rows.reference)
        .add("sort", word_unless(row_sorts, rows.sort, RowsSort::day))
        .add("order", rows.ascending ? "up" : "")
        .take();
}

std::string text_of_query(const TicketsQuery& query) {
    const std::string path = query.composing ? "/tickets/new" : with_id("/tickets", query.selected);
    return RouteText(path)
        .add("tab", query.tab == TicketTab::open ? "" : word_at(ticket_tabs, query.tab))
        .add("search", query.search)
        .add("integration", query.about_integration)
        .add("day", query.about_day ? iso_day(*query.about_day) : "")
        .add("deposit", query.about_deposit)
        .add("volume", query.about_volume)
        .take();
}

std::string text_of_query(const DepositsQuery& query) {
    return RouteText("/deposits")
        .add("state", query.state ? word_at(deposit_state_texts, *query.state) : "")
        .add("location", query.location)
        .add("from", query.from ? iso_day(query.from) : "")
        .add("at", query.selected)
        .add("day", query.day ? iso_day(*query.day) : "")
        .add("passport", query.passport ? word_at(deposit_state_texts, *query.passport) : "")
        .take();
}

std::string text_of_query(const ActionsQuery& query) {
    return RouteText(query.composing ? "/actions/new" : with_id("/actions", query.selected))
        .add("practice", query.practice)
        .add("owner", query.owner)
        .add("search", query.search)
        .add("integration", query.about_integration)
        .add("ticket", query.about_ticket)
        .take();
}

std::optional<Query> integrations_query(std::string_view rest, const Parameters& parameters) {
    if (!rest.empty() && !is_id(rest)) return std::nullopt;
    IntegrationsQuery query;
    query.selected = std::string(rest);
    query.filter =
        parse_word<IntegrationFilter>(integration_filters, parameters.text("filter")).value_or(IntegrationFilter::all);
    query.search = parameters.text("search");
    query.day = parameters.day("day");
    query.passport = parameters.passport("passport");
    return query;
}

RowsQuery rows_query(const Parameters& parameters) {
    RowsQuery rows;
    rows.figure = parameters.word<FigureId>("figure", figure_texts);
    rows.reference = parameters.text("reference").substr(0, limits::fact_text_bytes_max);
    rows.sort = parameters.word_or("sort", row_sorts, RowsSort::day);
    rows.ascending = parameters.word<int>("order", row_orders).has_value();
    return rows;
}

std::optional<Query> financing_query(std::string_view rest, const Parameters& parameters) {
    if (!rest.empty() && rest != "rows") return std::nullopt;
    FinancingQuery query;
    if (rest == "rows") query.rows = rows_query(parameters);
    query.from = parameters.day("from").value_or(0);
    query.until = parameters.day("until").value_or(0);
    query.grain = parameters.word_or("grain", grains, Grain::month);
    query.practice = parameters.id("practice");
    query.location = parameters.id("location");
    query.plan = parameters.id("plan");
    query.channel = parameters.value<FactChannel>("channel");
    if (const auto word = parameters.word<int>("cardholder", cardholders)) query.existing_cardholder = *word == 1;
    query.cents_from = parameters.number("cents_from");
    query.cents_until = parameters.number("cents_until");
    query.weekday = parameters.word<int>("weekday", weekdays);
    query.hour = parameters.word<int>("hour", hours);
    query.kind = parameters.value<FactKind>("kind");
    query.status = parameters.value<FactStatus>("status");
    query.comparison = parameters.word_or("compare", comparisons, Comparison::year_before);
    query.split = parameters.word_or("split", splits, Split::none);
    query.explain = parameters.word_or("explain", explanations, Explain::places);
    query.tables = parameters.words("tables", pictures);
    query.passport = parameters.passport("passport");
    query.misread = parameters.has_misread();
    return query;
}

std::optional<Query> tickets_query(std::string_view rest, const Parameters& parameters) {
    if (!rest.empty() && rest != "new" && !is_id(rest)) return std::nullopt;
    TicketsQuery query;
    query.composing = rest == "new";
    if (!query.composing) query.selected = std::string(rest);
    query.tab = parse_word<TicketTab>(ticket_tabs, parameters.text("tab")).value_or(TicketTab::open);
    query.search = parameters.text("search");
    query.about_integration = parameters.id("integration");
    query.about_day = parameters.day("day");
    query.about_deposit = parameters.id("deposit");
    query.about_volume = parameters.id("volume");
    return query;
}

Query deposits_query(const Parameters& parameters) {
    DepositsQuery query;
    query.state = parameters.word<DepositState>("state", deposit_state_texts);
    query.location = parameters.id("location");
    query.from = parameters.day("from").value_or(0);
    query.selected = parameters.id("at");
    query.day = parameters.day("day");
    query.passport = parameters.word<DepositState>("passport", deposit_state_texts);
    return query;
}

std::optional<Query> actions_query(std::string_view rest, const Parameters& parameters) {
    if (!rest.empty() && rest != "new" && !is_id(rest)) return std::nullopt;
    ActionsQuery query;
    query.composing = rest == "new";
    if (!query.composing) query.selected = std::string(rest);
    query.practice = parameters.id("practice");
    query.owner = parameters.id("owner");
    query.search = parameters.text("search");
    query.about_integration = parameters.id("integration");
    query.about_ticket = parameters.id("ticket");
    return query;
}

}  // namespace

std::string with_scope(std::string route, const Scope& scope) {
    const bool by_location = !scope.locations.empty();
    const std::vector<Id>& places = by_location ? scope.locations : scope.practices;
    if (places.size() > limits::scope_places_in_route_max) return route;
    route += route.find('?') == std::string::npos ? "?scope=" : "&scope=";
    route += places.empty() ? "all" : by_location ? "location" : "practice";
    for (const Id& place : places)
        route += "." + place;
    return route;
}

RouteScope scope_of_route(std::string_view route) {
    const std::size_t mark = route.find('?');
    const std::string words =
        Parameters(mark == std::string_view::npos ? std::string_view() : route.substr(mark + 1)).text("scope");
    if (words.empty()) return {};
    if (words == "all") return {.scope = Scope{}};
    Scope scope;
    std::string_view rest = words;
    const bool by_location = rest.starts_with("location.");
    std::vector<Id>& places = by_location ? scope.locations : scope.practices;
    constexpr std::size_t head = std::string_view("practice.").size();
    static_assert(head == std::string_view("location.").size());
    if (!by_location && !rest.starts_with("practice.")) return {.misread = true};
    for (rest.remove_prefix(head);;) {
        const std::size_t end = rest.find('.');
        const std::string_view place = rest.substr(0, end);
        if (!is_id(place) || places.size() == limits::scope_places_in_route_max) return {.misread = true};
        places.emplace_back(place);
        if (end == std::string_view::npos) return {.scope = std::move(scope)};
        rest.remove_prefix(end + 1);
    }
}

std::string sign_in_route(std::string_view role, std::string_view next) {
    return RouteText("/sign-in").add("account", role).add("next", next).take();
}

std::string route_of(const Query& query) {
    return std::visit([](const auto& one) { return text_of_query(one); }, query);
}

std::optional<Query> parse_route(std::string_view route) {
    const std::size_t mark = route.find('?');
    std::string_view path = route.substr(0, mark);
    const Parameters parameters(mark == std::string_view::npos ? std::string_view() : route.substr(mark + 1));
    if (path.size() > 1 && path.back() == '/') path.remove_suffix(1);
    if (path.empty() || path == "/" || path == "/overview") return OverviewQuery{parameters.text("passport")};

    const std::size_t slash = path.find('/', 1);
    const std::string_view screen = path.substr(1, slash == std::string_view::npos ? slash : slash - 1);
    const std::string_view rest = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
    if (screen == "integrations") return integrations_query(rest, parameters);
    if (screen == "financing") return financing_query(rest, parameters);
    if (screen == "tickets") return tickets_query(rest, parameters);
    if (screen == "actions") return actions_query(rest, parameters);
    if (screen == "deposits" && rest.empty()) return deposits_query(parameters);
    if (screen == "sql" && rest.empty()) return SqlQuery{};
    if (screen == "sync" && rest.empty()) return SyncQuery{};
    if (screen == "profile" && rest.empty()) return ProfileQuery{};
    return std::nullopt;
}

}  // namespace portal::vm
