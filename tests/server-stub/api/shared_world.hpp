// The small world with two practices that mona may share, sales in them, and somebody who shares.
#pragma once

#include <nlohmann/json.hpp>

#include "server-stub/live/share_hub.hpp"
#include "shared/facts/segment.hpp"
#include "tests/server-stub/api/server_fixture.hpp"

namespace portal::server::test {

// Of each practice's every sale: whoever's amounts were mixed would not be a multiple of one of them.
inline constexpr std::int64_t willow_sale_cents = 1'000'000, aspen_sale_cents = 7'770'000, cedar_sale_cents = 3'130'000;
inline constexpr int sales_a_month = 60;

inline void put_sales(WriteTransaction& writes, std::string_view practice, std::string_view location, MonthIndex month,
                      std::int64_t cents, int count = sales_a_month) {
    std::vector<FinancingFact> facts;
    const Day first = first_day_of_month(month);
    for (int index = 0; index < count; ++index)
        facts.push_back(fact_of(std::string(practice) + std::to_string(month) + "-" + std::to_string(index), practice,
                                location, first + index % 28, cents));
    writes.put(to_row(make_segment(id_of(practice), id_of(location), month, first + 27, facts)));
}

inline MonthIndex month_of_start() {
    return month_of_day(static_cast<Day>(start_ms / 86'400'000));
}

// Aspen joins willow in book west; all have two months of sales.
inline void put_shared_world(WriteTransaction& writes) {
    put_place(writes, "aspen", "hill", "west");
    for (const MonthIndex month : {month_of_start() - 2, month_of_start() - 1}) {
        put_sales(writes, "willow", "north", month, willow_sale_cents);
        put_sales(writes, "aspen", "hill", month, aspen_sale_cents);
        put_sales(writes, "cedar", "main", month, cedar_sale_cents);
    }
}

struct SharedWorld : Server {
    SharedWorld() { write(put_shared_world); }

    static std::string body_of(std::vector<Id> practices, const nlohmann::json& changes = nlohmann::json::object()) {
        nlohmann::json body = {{"practices", practices},
                               {"views", {"overview", "integrations", "financing"}},
                               {"from", iso_day(first_day_of_month(month_of_start() - 2))},
                               {"to", iso_day(first_day_of_month(month_of_start()) - 1)}};
        body.update(changes);
        return body.dump();
    }

    struct Made {
        Id id;
        std::string token;
    };
    Made share(const std::string& presenter, std::vector<Id> practices,
               const nlohmann::json& changes = nlohmann::json::object()) {
        const Response made = send(Method::post, "/api/v1/shares", body_of(std::move(practices), changes), presenter);
        CAPTURE(made.body);
        REQUIRE(made.status == 201);
        const auto body = nlohmann::json::parse(made.body);
        const auto link = body["link"].get<std::string>();
        return {body["id"].get<Id>(), link.substr(link.find('#') + 1)};
    }

    Response try_redeem(const std::string& token) {
        return send(Method::post, "/share/redeem", R"({"token":")" + token + R"("})");
    }
    // The guest's cookie.
    std::string redeem(const std::string& token) {
        const Response response = try_redeem(token);
        REQUIRE(response.status == 204);
        for (const auto& [name, value] : response.headers)
            if (name == "Set-Cookie")
                return token_in_cookies(value.substr(0, value.find(';')), CookieKind::host_prefixed,
                                        CookieHolder::guest);
        return {};
    }

    Request guest_request(Method method, const std::string& path, const std::string& guest,
                          const std::string& query = {}, const std::string& body = {}) {
        Request made = request(method, path, body);
        made.query = query;
        if (!guest.empty()) made.cookie = "__Host-portal_share=" + guest;
        return made;
    }
    Response dataset(const std::string& guest, std::string_view practice, const std::string& view = "financing") {
        return send(
            guest_request(Method::get, "/share/dataset", guest, "view=" + view + "&practice=" + id_of(practice)));
    }

    Response show(const std::string& presenter, const Id& share, const std::string& body) {
        return send(Method::put, "/api/v1/shares/" + share + "/show", body, presenter);
    }

    // A live connection of a guest, and what it is woken for.
    struct Follower {
        ShareHub& hub;
        LiveConnectionId id;
        std::shared_ptr<int> wakes = std::make_shared<int>(0);
        std::string take() { return hub.take(id).bytes; }
    };
    Result<LiveConnectionId> open_live(const std::string& guest, std::function<void()> wake) {
        const Admission admission = api->admit(guest_request(Method::get, "/share/live", guest));
        if (!admission.route) return fail(ErrorCode::unauthenticated, "refused");
        return api->follow(admission, std::move(wake));
    }
    Response join(const std::string& user, const std::string& token) {
        return send(Method::post, "/api/v1/shares/join", R"({"token":")" + token + R"("})", user);
    }
    Result<LiveConnectionId> open_user_live(const std::string& user, const Id& share, std::function<void()> wake) {
        const Admission admission = api->admit(request(Method::get, "/api/v1/shares/" + share + "/follow", {}, user));
        if (!admission.route) return fail(ErrorCode::unauthenticated, "refused");
        return api->follow(admission, std::move(wake));
    }
    // Of a signed-in user who has joined.
    Follower follow_as(const std::string& user, const Id& share) {
        auto wakes = std::make_shared<int>(0);
        const auto opened = open_user_live(user, share, [wakes] { ++*wakes; });
        REQUIRE(opened.has_value());
        return {api->followers(), *opened, wakes};
    }
    // nora may share what mona may; her sign-in.
    std::string hire_nora() {
        write([](WriteTransaction& writes) {
            writes.put(to_row(user_of("nora")));
            writes.put(to_row(grant_of("grantnora", "nora", Role::account_manager, ScopeKind::book, id_of("west"))));
            writes.accounts().set_password_hash(id_of("nora"), "plain:" + password);
        });
        return sign_in("nora");
    }

    Follower follow(const std::string& guest) {
        auto wakes = std::make_shared<int>(0);
        const auto opened = open_live(guest, [wakes] { ++*wakes; });
        REQUIRE(opened.has_value());
        return {api->followers(), *opened, wakes};
    }
    // What the presenter's page asks for a recording.
    std::string recorded_path(const Id& share, const std::string& what) {
        return "/api/v1/shares/" + share + "/" + what;
    }
    Result<LiveConnectionId> try_record(
        const std::string& presenter, const Id& share, const std::function<void()>& wake = [] {}) {
        const Admission admission = api->admit(request(Method::get, recorded_path(share, "recording"), {}, presenter));
        if (!admission.route) return fail(ErrorCode::unauthenticated, "refused");
        return api->follow(admission, wake);
    }
    Follower record(const std::string& presenter, const Id& share) {
        auto wakes = std::make_shared<int>(0);
        const auto opened = try_record(presenter, share, [wakes] { ++*wakes; });
        REQUIRE(opened.has_value());
        return {api->followers(), *opened, wakes};
    }
};

inline std::string state_body(std::int64_t q, const std::string& filters = "{}",
                              const std::string& route = "overview") {
    return R"({"k":"state","q":)" + std::to_string(q) + R"(,"route":")" + route + R"(","filters":)" + filters +
           R"(,"sel":"","scroll":0})";
}

}  // namespace portal::server::test
