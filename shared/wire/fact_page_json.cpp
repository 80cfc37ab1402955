#include "shared/wire/fact_page_json.hpp"

#include <charconv>

#include "shared/model/id.hpp"
#include "shared/wire/json_reader.hpp"

namespace portal::wire {
namespace {

constexpr std::int64_t page_offset_max = static_cast<std::int64_t>(limits::import_rows_max);

nlohmann::json json_of_fact(const FinancingFact& fact) {
    return {{"key", fact.external_key},
            {"ref", fact.application_ref},
            {"row", fact.row_number},
            {"kind", text_of(fact.kind)},
            {"status", text_of(fact.status)},
            {"location", fact.location},
            {"plan", fact.plan},
            {"channel", text_of(fact.channel)},
            {"existing", fact.existing_cardholder},
            {"duplicate", fact.duplicate},
            {"event_day", iso_day(fact.event_day)},
            {"posted_day", iso_day(fact.posted_day)},
            {"hour", fact.hour_band},
            {"requested_cents", fact.requested_cents},
            {"approved_cents", fact.approved_cents},
            {"settled_cents", fact.settled_cents},
            {"fee_cents", fact.fee_cents}};
}

template <class Enum>
Enum word_of_fact(Reader& reader, const char* member) {
    const auto value = parse_text<Enum>(reader.text(member));
    if (!value) reader.complain(member, "is outside its vocabulary");
    return value.value_or(Enum{});
}

Day day_of_fact(Reader& reader, const char* member) {
    const auto day = parse_iso_day(reader.text(member));
    if (!day) reader.complain(member, "is no day like 2026-03-04");
    return day.value_or(0);
}

Result<FinancingFact> read_fact_json(const nlohmann::json& object, const Id& practice) {
    constexpr std::int64_t cents_min = std::numeric_limits<std::int64_t>::min(), hour_max = 23;
    if (!object.is_object()) return fail(ErrorCode::invalid_argument, "fact page: a fact is no object");
    Reader reader(object, "fact");
    FinancingFact fact;
    fact.external_key = reader.text("key");
    fact.application_ref = reader.text("ref");
    fact.row_number = reader.integer("row", cents_min);
    fact.kind = word_of_fact<FactKind>(reader, "kind");
    fact.status = word_of_fact<FactStatus>(reader, "status");
    fact.practice = practice;
    fact.location = reader.text("location");
    fact.plan = reader.text("plan");
    fact.channel = word_of_fact<FactChannel>(reader, "channel");
    fact.existing_cardholder = reader.boolean("existing");
    fact.duplicate = reader.boolean("duplicate");
    fact.event_day = day_of_fact(reader, "event_day");
    fact.posted_day = day_of_fact(reader, "posted_day");
    fact.hour_band = static_cast<std::int32_t>(reader.integer("hour", 0, hour_max));
    fact.requested_cents = reader.integer("requested_cents", cents_min);
    fact.approved_cents = reader.integer("approved_cents", cents_min);
    fact.settled_cents = reader.integer("settled_cents", cents_min);
    fact.fee_cents = reader.integer("fee_cents", cents_min);
    PORTAL_TRY(reader.status());
    return fact;
}

tl::unexpected<Error> refuse_parameter(std::string_view name, std::string_view cause) {
    return fail(ErrorCode::invalid_argument, "'" + std::string(name) + "' " + std::string(cause));
}

Result<Id> id_parameter(std::string_view query, std::string_view name) {
    Id id(query_value(query, name));
    if (!id.empty() && !is_id(id)) return refuse_parameter(name, "is no id");
    return id;
}

Result<std::int64_t> number_parameter(std::string_view query, std::string_view name, std::int64_t otherwise,
                                      std::int64_t low, std::int64_t high) {
    const std::string_view text = query_value(query, name);
    if (text.empty()) return otherwise;
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number < low || number > high)
        return refuse_parameter(name, "is no number from " + std::to_string(low) + " to " + std::to_string(high));
    return number;
}

}  // namespace

std::string_view query_value(std::string_view query, std::string_view name) {
    while (!query.empty()) {
        const std::string_view pair = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(query.size(), pair.size() + 1));
        if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=')
            return pair.substr(name.size() + 1);
    }
    return {};
}

std::string encode(const FactPageQuery& query) {
    std::string text = "practice=" + query.practice;
    if (!query.location.empty()) text += "&location=" + query.location;
    if (!query.plan.empty()) text += "&plan=" + query.plan;
    if (query.channel) text += "&channel=" + std::string(text_of(*query.channel));
    text += "&from=" + iso_day(query.first_day) + "&until=" + iso_day(query.last_day);
    return text + "&offset=" + std::to_string(query.offset) + "&count=" + std::to_string(query.count);
}

Result<FactPageQuery> decode_fact_page_query(std::string_view query) {
    FactPageQuery page;
    PORTAL_TRY_ASSIGN(practice, id_parameter(query, "practice"));
    PORTAL_TRY_ASSIGN(location, id_parameter(query, "location"));
    PORTAL_TRY_ASSIGN(plan, id_parameter(query, "plan"));
    if (practice.empty()) return refuse_parameter("practice", "is required");
    const std::string_view channel = query_value(query, "channel");
    page.channel = parse_text<FactChannel>(channel);
    if (!channel.empty() && !page.channel) return refuse_parameter("channel", "is outside its vocabulary");
    const auto first_day = parse_iso_day(query_value(query, "from"));
    const auto last_day = parse_iso_day(query_value(query, "until"));
    if (!first_day) return refuse_parameter("from", "is no day like 2026-03-04");
    if (!last_day) return refuse_parameter("until", "is no day like 2026-03-04");
    PORTAL_TRY_ASSIGN(offset, number_parameter(query, "offset", 0, 0, page_offset_max));
    PORTAL_TRY_ASSIGN(count, number_parameter(query, "count", limits::fact_page_rows_default, 1,
                                              static_cast<std::int64_t>(limits::fact_page_rows_max)));
    page.practice = practice;
    page.location = location;
    page.plan = plan;
    page.first_day = *first_day;
    page.last_day = *last_day;
    page.offset = offset;
    page.count = count;
    return page;
}

std::string encode(const FactPage& page) {
    nlohmann::json facts = nlohmann::json::array();
    for (const FinancingFact& fact : page.facts)
        facts.push_back(json_of_fact(fact));
    const nlohmann::json object = {{"total", page.total}, {"as_of_ms", page.as_of_ms}, {"facts", facts}};
    return object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Result<FactPage> decode_fact_page(std::string_view text, const Id& practice) {
    PORTAL_TRY_ASSIGN(object, parse_object(text, "fact page", limits::fact_page_bytes_max));
    Reader reader(object, "fact page");
    FactPage page;
    page.total = reader.integer("total");
    page.as_of_ms = reader.integer("as_of_ms");
    for (const nlohmann::json& one : reader.array("facts", limits::fact_page_rows_max)) {
        PORTAL_TRY_ASSIGN(fact, read_fact_json(one, practice));
        page.facts.push_back(std::move(fact));
    }
    PORTAL_TRY(reader.status());
    return page;
}

}  // namespace portal::wire
