#include "shared/wire/share_dataset_json.hpp"

#include <algorithm>

#include "shared/base/check.hpp"
#include "shared/model/id.hpp"
#include "shared/wire/json_reader.hpp"

namespace portal::wire {
namespace {

using nlohmann::json;

// Money and rates may be negative.
constexpr std::int64_t lowest = std::numeric_limits<std::int64_t>::min();

constexpr std::array<std::string_view, 6> unit_texts = {"cents", "basis_points", "count", "score", "minutes", "days"};
constexpr std::array<std::string_view, 3> basis_texts = {"posted", "cohort", "now"};
constexpr std::array<std::string_view, 14> reason_texts = {"none",
                                                           "no_cases",
                                                           "no_target",
                                                           "no_recent_calls",
                                                           "too_few_cases",
                                                           "not_matured",
                                                           "too_early",
                                                           "credentials_fail",
                                                           "ledger_mismatch",
                                                           "no_success_for_a_day",
                                                           "too_short_history",
                                                           "nothing_net_yet",
                                                           "short_history",
                                                           "cohort_alone"};
constexpr std::array<std::string_view, 3> exposure_texts = {"visible", "rounded", "hidden"};

template <std::size_t Count, class Enum>
std::string_view word_at(const std::array<std::string_view, Count>& words, Enum value) {
    const auto index = static_cast<std::size_t>(value);
    check(index < Count, "a value outside its vocabulary");
    return words[index];
}

json json_of(const std::optional<std::int64_t>& number) {
    return number ? json(*number) : json(nullptr);
}

json json_of(const Figure& figure) {
    return {{"id", word_at(figure_texts, figure.id)},
            {"version", figure.version},
            {"unit", word_at(unit_texts, figure.unit)},
            {"basis", word_at(basis_texts, figure.basis)},
            {"value", json_of(figure.value)},
            {"reason", word_at(reason_texts, figure.reason)},
            {"as_of_ms", figure.as_of_ms},
            {"closed_until", iso_day(figure.closed_until)}};
}

json json_of(const SharedFigure& shared) {
    json object = json_of(shared.figure);
    const bool is_exact = shared.exposure == ShareExposure::visible;
    object["exposure"] = word_at(exposure_texts, shared.exposure);
    object["numerator"] = is_exact ? json(shared.figure.numerator) : json(nullptr);
    object["denominator"] = is_exact ? json(shared.figure.denominator) : json(nullptr);
    object["immature"] = is_exact ? json(shared.figure.immature) : json(nullptr);
    return object;
}

std::string guest_text(const json& value) {
    return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

json json_of(const ShareDataset& dataset) {
    json object = {{"view", text_of(dataset.view)},
                   {"practice", {{"id", dataset.practice}, {"name", dataset.practice_name}}},
                   {"from", iso_day(dataset.first_day)},
                   {"to", iso_day(dataset.last_day)},
                   {"as_of_ms", dataset.as_of_ms},
                   {"closed_until", iso_day(dataset.closed_until)},
                   {"figures", json::array()},
                   {"months", json::array()},
                   {"plans", json::array()},
                   {"integrations", json::array()}};
    for (const SharedFigure& figure : dataset.figures)
        object["figures"].push_back(json_of(figure));
    for (const SharedMonth& month : dataset.months)
        object["months"].push_back({{"month", iso_month(month.month)},
                                    {"exposure", word_at(exposure_texts, month.exposure)},
                                    {"net_cents", json_of(month.net_cents)},
                                    {"sales", json_of(month.sales)}});
    for (const SharedPlan& plan : dataset.plans)
        object["plans"].push_back({{"id", plan.plan},
                                   {"name", plan.name},
                                   {"exposure", word_at(exposure_texts, plan.exposure)},
                                   {"share_basis_points", json_of(plan.share_basis_points)}});
    for (const SharedIntegration& integration : dataset.integrations)
        object["integrations"].push_back({{"id", integration.integration},
                                          {"name", integration.name},
                                          {"stage", text_of(integration.stage)},
                                          {"health", json_of(integration.health)}});
    return object;
}

// Where the word stands in its list; complains otherwise.
template <class Enum, std::size_t count>
Enum shared_word(Reader& reader, const char* member, const std::array<std::string_view, count>& words) {
    const auto found = std::ranges::find(words, reader.text(member));
    if (found == words.end()) reader.complain(member, "is outside its vocabulary");
    return static_cast<Enum>(found == words.end() ? 0 : found - words.begin());
}

template <class Parsed>
Parsed shared_date(Reader& reader, const char* member, Result<Parsed> (*parse)(std::string_view)) {
    const auto date = parse(reader.text(member));
    if (!date) reader.complain(member, "is no date");
    return date.value_or(0);
}

// A null stays empty.
std::optional<std::int64_t> shared_number(Reader& reader, const json& object, const char* member) {
    const auto found = object.find(member);
    if (found != object.end() && found->is_null()) return std::nullopt;
    return reader.integer(member, lowest);
}

Id shared_id(Reader& reader, const char* member) {
    Id id = reader.text(member);
    if (!is_id(id)) reader.complain(member, "is no id");
    return id;
}

void read_figure(Reader& reader, const json& object, Figure& figure) {
    figure.id = shared_word<FigureId>(reader, "id", figure_texts);
    figure.version = static_cast<std::int32_t>(reader.integer("version", 0, 1'000'000));
    figure.unit = shared_word<FigureUnit>(reader, "unit", unit_texts);
    figure.basis = shared_word<FigureBasis>(reader, "basis", basis_texts);
    figure.value = shared_number(reader, object, "value");
    figure.reason = shared_word<FigureReason>(reader, "reason", reason_texts);
    figure.as_of_ms = reader.integer("as_of_ms");
    figure.closed_until = shared_date<Day>(reader, "closed_until", parse_iso_day);
}

// A hidden member with a value would be shown by whoever forgot to look.
void check_exposure(Reader& reader, ShareExposure exposure, bool has_value) {
    if (has_value != (exposure != ShareExposure::hidden))
        reader.complain("exposure", "says otherwise than what is told");
}

Result<SharedFigure> read_shared_figure(const json& object) {
    Reader reader(object, "shared figure");
    reader.allow_only({"id", "version", "unit", "basis", "value", "reason", "as_of_ms", "closed_until", "exposure",
                       "numerator", "denominator", "immature"});
    SharedFigure shared;
    read_figure(reader, object, shared.figure);
    shared.exposure = shared_word<ShareExposure>(reader, "exposure", exposure_texts);
    check_exposure(reader, shared.exposure, shared.figure.value.has_value());
    const auto count = [&](const char* member) {
        const auto number = shared_number(reader, object, member);
        if (number.has_value() != (shared.exposure == ShareExposure::visible))
            reader.complain(member, "is told of what is visible, and only of that");
        return number.value_or(0);
    };
    shared.figure.numerator = count("numerator");
    shared.figure.denominator = count("denominator");
    shared.figure.immature = count("immature");
    PORTAL_TRY(reader.status());
    return shared;
}

Result<SharedMonth> read_shared_month(const json& object) {
    Reader reader(object, "shared month");
    reader.allow_only({"month", "exposure", "net_cents", "sales"});
    SharedMonth month;
    month.month = shared_date<MonthIndex>(reader, "month", parse_iso_month);
    month.exposure = shared_word<ShareExposure>(reader, "exposure", exposure_texts);
    month.net_cents = shared_number(reader, object, "net_cents");
    month.sales = shared_number(reader, object, "sales");
    check_exposure(reader, month.exposure, month.net_cents.has_value());
    if (month.sales.has_value() != (month.exposure == ShareExposure::visible))
        reader.complain("sales", "are told of what is visible, and only of that");
    PORTAL_TRY(reader.status());
    return month;
}

Result<SharedPlan> read_shared_plan(const json& object) {
    Reader reader(object, "shared plan");
    reader.allow_only({"id", "name", "exposure", "share_basis_points"});
    SharedPlan plan;
    plan.plan = reader.text("id");
    if (!plan.plan.empty() && !is_id(plan.plan)) reader.complain("id", "is no id");
    plan.name = reader.text("name", limits::short_text_bytes_max);
    plan.exposure = shared_word<ShareExposure>(reader, "exposure", exposure_texts);
    plan.share_basis_points = shared_number(reader, object, "share_basis_points");
    check_exposure(reader, plan.exposure, plan.share_basis_points.has_value());
    PORTAL_TRY(reader.status());
    return plan;
}

Result<SharedIntegration> read_shared_integration(const json& object) {
    Reader reader(object, "shared integration");
    reader.allow_only({"id", "name", "stage", "health"});
    SharedIntegration integration;
    integration.integration = shared_id(reader, "id");
    integration.name = reader.text("name", limits::short_text_bytes_max);
    const auto stage = parse_text<IntegrationStage>(reader.text("stage"));
    if (!stage) reader.complain("stage", "is outside its vocabulary");
    integration.stage = stage.value_or(IntegrationStage::discovery);
    const json& health = reader.object("health");
    Reader health_reader(health, "shared health");
    health_reader.allow_only({"id", "version", "unit", "basis", "value", "reason", "as_of_ms", "closed_until"});
    read_figure(health_reader, health, integration.health);
    PORTAL_TRY(health_reader.status());
    PORTAL_TRY(reader.status());
    return integration;
}

template <class Item>
Status read_list(Reader& reader, const char* member, std::size_t items_max, Result<Item> (*read)(const json&),
                 std::vector<Item>& items) {
    for (const json& one : reader.array(member, items_max)) {
        if (!one.is_object()) return fail(ErrorCode::invalid_argument, std::string(member) + ": holds no object");
        PORTAL_TRY_ASSIGN(item, read(one));
        items.push_back(std::move(item));
    }
    return {};
}

Result<SharedPractice> read_shared_practice(const json& object) {
    Reader reader(object, "shared practice");
    reader.allow_only({"id", "name"});
    SharedPractice practice{shared_id(reader, "id"), reader.text("name", limits::short_text_bytes_max)};
    PORTAL_TRY(reader.status());
    return practice;
}

ShareView read_shared_view(Reader& reader, const std::string& word, const char* member) {
    const auto view = parse_text<ShareView>(word);
    if (!view) reader.complain(member, "names no view that can be shared");
    return view.value_or(ShareView::overview);
}

Result<ShareDataset> read_shared_dataset(const json& object) {
    Reader reader(object, "dataset");
    reader.allow_only(
        {"view", "practice", "from", "to", "as_of_ms", "closed_until", "figures", "months", "plans", "integrations"});
    ShareDataset dataset;
    dataset.view = read_shared_view(reader, reader.text("view"), "view");
    PORTAL_TRY_ASSIGN(practice, read_shared_practice(reader.object("practice")));
    dataset.practice = practice.id;
    dataset.practice_name = practice.name;
    dataset.first_day = shared_date<Day>(reader, "from", parse_iso_day);
    dataset.last_day = shared_date<Day>(reader, "to", parse_iso_day);
    dataset.as_of_ms = reader.integer("as_of_ms");
    dataset.closed_until = shared_date<Day>(reader, "closed_until", parse_iso_day);
    PORTAL_TRY(read_list(reader, "figures", figure_texts.size(), read_shared_figure, dataset.figures));
    PORTAL_TRY(read_list(reader, "months", limits::share_months_max, read_shared_month, dataset.months));
    PORTAL_TRY(read_list(reader, "plans", limits::fact_plans_max, read_shared_plan, dataset.plans));
    PORTAL_TRY(read_list(reader, "integrations", limits::share_integrations_max, read_shared_integration,
                         dataset.integrations));
    PORTAL_TRY(reader.status());
    return dataset;
}

}  // namespace

std::string encode(const ShareDataset& dataset) {
    return guest_text(json_of(dataset));
}

Result<ShareDataset> decode_share_dataset(std::string_view text) {
    PORTAL_TRY_ASSIGN(object, parse_object(text, "dataset", limits::share_dataset_bytes_max));
    return read_shared_dataset(object);
}

std::string encode_share_preview(std::span<const ShareDataset> datasets) {
    json list = json::array();
    for (const ShareDataset& dataset : datasets)
        list.push_back(json_of(dataset));
    return guest_text({{"datasets", std::move(list)}});
}

Result<std::vector<ShareDataset>> decode_share_preview(std::string_view text) {
    PORTAL_TRY_ASSIGN(object, parse_object(text, "preview", limits::share_preview_bytes_max));
    Reader reader(object, "preview");
    reader.allow_only({"datasets"});
    std::vector<ShareDataset> datasets;
    PORTAL_TRY(read_list(reader, "datasets", limits::share_practices_max * all_share_views.size(), read_shared_dataset,
                         datasets));
    PORTAL_TRY(reader.status());
    return datasets;
}

std::string encode(const ShareGuestSession& session) {
    json practices = json::array(), views = json::array();
    for (const SharedPractice& practice : session.practices)
        practices.push_back({{"id", practice.id}, {"name", practice.name}});
    for (const ShareView view : session.views)
        views.push_back(text_of(view));
    json object = {{"presenter", session.presenter},
                   {"practices", practices},
                   {"views", views},
                   {"from", iso_day(session.first_day)},
                   {"to", iso_day(session.last_day)},
                   {"rows", session.rows == ShareRows::drill_down},
                   {"paused", session.paused},
                   {"expires_ms", session.expires_ms}};
    if (!session.share.empty()) object["share"] = session.share;
    if (session.presents) object["presents"] = true;
    return guest_text(object);
}

Result<ShareGuestSession> decode_share_guest_session(std::string_view text) {
    PORTAL_TRY_ASSIGN(object, parse_object(text, "shared view", limits::share_session_bytes_max));
    Reader reader(object, "shared view");
    reader.allow_only(
        {"presenter", "practices", "views", "from", "to", "rows", "paused", "expires_ms", "share", "presents"});
    ShareGuestSession session;
    session.presenter = reader.text("presenter", limits::short_text_bytes_max);
    PORTAL_TRY(read_list(reader, "practices", limits::share_practices_max, read_shared_practice, session.practices));
    const std::vector<std::string> views = reader.texts("views");
    if (views.size() > all_share_views.size()) reader.complain("views", "names too many");
    for (const std::string& word : views)
        session.views.push_back(read_shared_view(reader, word, "views"));
    session.first_day = shared_date<Day>(reader, "from", parse_iso_day);
    session.last_day = shared_date<Day>(reader, "to", parse_iso_day);
    session.rows = reader.boolean("rows") ? ShareRows::drill_down : ShareRows::aggregates;
    session.paused = reader.boolean("paused");
    session.expires_ms = reader.integer("expires_ms");
    session.share = reader.optional_text("share");
    if (!session.share.empty() && !is_id(session.share)) reader.complain("share", "is no id");
    session.presents = reader.optional_boolean("presents");
    if (session.practices.empty() || session.views.empty()) reader.complain("practices", "leave nothing to see");
    PORTAL_TRY(reader.status());
    return session;
}

}  // namespace portal::wire
