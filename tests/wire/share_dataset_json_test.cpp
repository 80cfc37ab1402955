#include "shared/wire/share_dataset_json.hpp"

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include "shared/base/limits.hpp"
#include "shared/wire/json_codec.hpp"

namespace portal::wire {
namespace {

const Id willow_id = "01JW1110W00000000000000000", plan_id = "01JS1X00000000000000000000",
         pms_id = "01JPMS00000000000000000000";

Figure figure_of(FigureId id, FigureUnit unit, std::optional<std::int64_t> value) {
    Figure figure;
    figure.id = id;
    figure.version = 2;
    figure.unit = unit;
    figure.basis = FigureBasis::cohort;
    figure.value = value;
    figure.reason = value ? FigureReason::none : FigureReason::too_few_cases;
    figure.as_of_ms = 1'795'000'000'000;
    figure.closed_until = 20'500;
    return figure;
}

ShareDataset sample_dataset() {
    ShareDataset dataset;
    dataset.view = ShareView::financing;
    dataset.practice = willow_id;
    dataset.practice_name = "Willow \"Creek\" - niño";
    dataset.first_day = 20'454;
    dataset.last_day = 20'543;
    dataset.as_of_ms = 1'795'000'000'000;
    dataset.closed_until = 20'500;
    Figure net = figure_of(FigureId::net_financed_volume, FigureUnit::cents, -123'456);
    net.numerator = -123'456;
    net.denominator = 1;
    net.immature = 12;
    dataset.figures = {
        {net, ShareExposure::visible},
        {figure_of(FigureId::approval_rate, FigureUnit::basis_points, 6'200), ShareExposure::rounded},
        {figure_of(FigureId::pull_through, FigureUnit::basis_points, std::nullopt), ShareExposure::hidden}};
    dataset.months = {{24'312, ShareExposure::visible, 5'000'00, 60},
                      {24'313, ShareExposure::rounded, 300'00, std::nullopt},
                      {24'314, ShareExposure::hidden, std::nullopt, std::nullopt}};
    dataset.plans = {{plan_id, "Six months", ShareExposure::rounded, 4'200},
                     {{}, {}, ShareExposure::hidden, std::nullopt}};
    dataset.integrations = {
        {pms_id, "Canino", IntegrationStage::live, figure_of(FigureId::integration_health, FigureUnit::score, 92)}};
    return dataset;
}

ShareGuestSession sample_session() {
    return {"Mona Reyes",
            {{willow_id, "Willow Creek"}},
            {ShareView::overview, ShareView::financing},
            20'454,
            20'543,
            ShareRows::aggregates,
            true,
            1'795'000'000'000};
}

// The sample with one member of its first item (or of itself) set to something else.
std::string dataset_with(const char* list, const char* member, const nlohmann::json& value) {
    auto object = nlohmann::json::parse(encode(sample_dataset()));
    (list ? object[list][0] : object)[member] = value;
    return object.dump();
}

}  // namespace

TEST_CASE("datasets and what is shared come back as they went", "[share]") {
    const auto dataset = decode_share_dataset(encode(sample_dataset()));
    REQUIRE(dataset.has_value());
    CHECK(*dataset == sample_dataset());
    ShareDataset bare;
    bare.practice = willow_id;
    const auto empty = decode_share_dataset(encode(bare));
    REQUIRE(empty.has_value());
    CHECK(*empty == bare);
    ShareGuestSession followed = sample_session();
    followed.share = followed.practices.front().id;
    followed.presents = true;
    CHECK(decode_share_guest_session(encode(followed)) == followed);
    const auto session = decode_share_guest_session(encode(sample_session()));
    REQUIRE(session.has_value());
    CHECK(*session == sample_session());
}

TEST_CASE("what guests are sent is frozen", "[share]") {
    const std::string bytes = encode(sample_dataset()) + encode(sample_session());
    INFO(bytes);
    CHECK(crc32(bytes) == 0xdef5aff4u);
}

TEST_CASE("a dataset that cannot be right is refused", "[share]") {
    CHECK(decode_share_dataset(dataset_with("figures", "version", 3)).has_value());
    for (const std::string& wrong :
         {std::string(),
          std::string("{}"),
          std::string("[]"),
          dataset_with(nullptr, "facts", {}),
          dataset_with(nullptr, "view", "tickets"),
          dataset_with(nullptr, "practice", "willow"),
          dataset_with(nullptr, "from", "2026-02-30"),
          dataset_with(nullptr, "figures", {7}),
          dataset_with("figures", "value", nullptr),
          dataset_with("figures", "value", "1"),
          dataset_with("figures", "value", 1.5),
          dataset_with("figures", "numerator", nullptr),
          dataset_with("figures", "exposure", "hidden"),
          dataset_with("figures", "exposure", "rounded"),
          dataset_with("figures", "id", "salary"),
          dataset_with("months", "month", "2026-13"),
          dataset_with("months", "sales", nullptr),
          dataset_with("plans", "id", "six"),
          dataset_with("plans", "share_basis_points", nullptr),
          dataset_with("integrations", "stage", "asleep"),
          dataset_with("integrations", "health", {}),
          dataset_with("integrations", "id", ""),
          dataset_with(nullptr, "months", std::vector<nlohmann::json>(limits::share_months_max + 1)),
          std::string(limits::share_dataset_bytes_max + 1, ' ')}) {
        CAPTURE(wrong.substr(0, 400));
        CHECK_FALSE(decode_share_dataset(wrong).has_value());
    }
    const auto session_with = [](const char* member, const nlohmann::json& value) {
        auto object = nlohmann::json::parse(encode(sample_session()));
        object[member] = value;
        return object.dump();
    };
    CHECK(decode_share_guest_session(session_with("paused", false)).has_value());
    for (const std::string& wrong :
         {std::string("{}"), session_with("token", "x"), session_with("paused", 1), session_with("views", {"tickets"}),
          session_with("views", nlohmann::json::array()), session_with("practices", nlohmann::json::array()),
          session_with("practices", {{{"id", "willow"}, {"name", ""}}}), session_with("expires_ms", -1)}) {
        CAPTURE(wrong);
        CHECK_FALSE(decode_share_guest_session(wrong).has_value());
    }
}

}  // namespace portal::wire
