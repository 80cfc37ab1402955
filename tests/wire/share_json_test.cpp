#include "shared/wire/share_json.hpp"

#include <catch2/catch_test_macros.hpp>

#include "shared/base/durations.hpp"
#include "shared/base/limits.hpp"

namespace portal::wire {
namespace {

const Id practice = "01JW1110W00000000000000000";

ShareScope sample_scope() {
    return {"mona", {practice}, {ShareView::overview, ShareView::integrations}, 20'454, 20'543, ShareRows::drill_down};
}

std::string request_with(const std::string& member, const std::string& value) {
    std::string text = R"({"practices":["01JW1110W00000000000000000"],"views":["overview"],"from":"2026-01-01")";
    for (const auto& [name, good] : {std::pair<std::string, std::string>{"to", "\"2026-03-31\""}, {"hours", "24"}})
        text += ",\"" + name + "\":" + (name == member ? value : good);
    if (member != "to" && member != "hours") text += ",\"" + member + "\":" + value;
    return text + "}";
}

}  // namespace

TEST_CASE("scopes, states and pointers come back as they went", "[share]") {
    const auto scope = decode_share_scope(encode(sample_scope()));
    REQUIRE(scope.has_value());
    CHECK(*scope == sample_scope());

    const auto request = decode_share_request(encode(ShareRequest{sample_scope(), 3 * hour_ms}));
    REQUIRE(request.has_value());
    CHECK(request->scope.presenter.empty());
    CHECK(request->scope.practices == sample_scope().practices);
    CHECK(request->duration_ms == 3 * hour_ms);

    const ShareViewState state{7,
                               ShareView::financing,
                               {{"from", {"2026-01-01"}}, {"practice", {practice}}},
                               "month:2026-02",
                               "widget:months",
                               2'345};
    const auto show = decode_share_show(encode(state));
    REQUIRE(show.has_value());
    CHECK(show->state == state);
    CHECK_FALSE(show->pointer);

    ShareViewState away;
    away.away = true;
    CHECK(decode_share_show(encode(away))->state == away);

    const SharePointer pointer{"widget:chart", 1, 9'999, true};
    const auto pointed = decode_share_show(encode(pointer));
    REQUIRE(pointed.has_value());
    CHECK(pointed->pointer == pointer);
    CHECK_FALSE(pointed->state);
}

TEST_CASE("a share without an end of its own lasts a day, and none lasts longer than thirty", "[share]") {
    const auto ended = [](const std::string& hours) { return decode_share_request(request_with("hours", hours)); };
    CHECK(decode_share_request(R"({"practices":[],"views":[],"from":"2026-01-01","to":"2026-03-31"})")->duration_ms ==
          limits::share_ms_default);
    CHECK(ended("720")->duration_ms == limits::share_ms_max);
    for (const char* wrong : {"721", "0", "-1", "1.5", "\"24\"", "null"}) {
        CAPTURE(wrong);
        CHECK_FALSE(ended(wrong).has_value());
    }
}

TEST_CASE("what an enemy writes is refused", "[share]") {
    for (const char* member : {"surprise", "presenter"})
        CHECK_FALSE(decode_share_request(request_with(member, "\"mona\"")).has_value());
    for (const char* wrong : {"\"2026-02-30\"", "\"yesterday\"", "7"})
        CHECK_FALSE(decode_share_request(request_with("to", wrong)).has_value());
    const std::string filler(limits::share_state_bytes_max, 'x');
    std::string many = "{";
    for (std::size_t index = 0; index <= limits::share_filters_max; ++index)
        many.append(index == 0 ? "" : ",").append("\"f").append(std::to_string(index)).append("\":[]");
    many += "}";
    const auto state = [](const std::string& filters, const std::string& rest = "") {
        return R"({"k":"state","q":1,"route":"overview","filters":)" + filters + R"(,"sel":"","scroll":0)" + rest + "}";
    };
    CHECK(decode_share_show(state("{}")).has_value());
    for (const std::string& wrong :
         {std::string(), std::string("[]"), std::string("{}"), std::string(R"({"k":"rows"})"), state("[]"), state(many),
          state(R"({"practice":"one"})"), state(R"({"practice":[1]})"), state("{}", R"(,"rows":[])"),
          state(R"({"practice":[")" + filler + R"("]})"),
          std::string(R"({"k":"state","q":-1,"route":"overview","filters":{},"sel":"","scroll":0})"),
          std::string(R"({"k":"state","q":1,"route":"tickets","filters":{},"sel":"","scroll":0})"),
          state("{}", R"(,"top":")" + filler + "\""), state("{}", R"(,"top":7)"),
          std::string(R"({"k":"state","q":1,"route":"overview","filters":{},"sel":"","scroll":10001})"),
          std::string(R"({"k":"ptr","at":"widget:a","x":10001,"y":0})"),
          std::string(R"({"k":"ptr","at":"widget:a","x":1,"y":0,"z":0})")}) {
        CAPTURE(wrong.substr(0, 80));
        CHECK_FALSE(decode_share_show(wrong).has_value());
    }
}

TEST_CASE("who is here and what was pressed survives the wire, and more than there may be does not", "[share]") {
    ShareListing listing;
    listing.id = practice;
    listing.state = ShareState::live;
    listing.scope = sample_scope();
    listing.scope.presenter.clear();
    listing.people = {{1, ""}, {3, "Ana \"Peña\""}};
    listing.reactions = {{ShareReaction::slower, 2, 1'500}};
    const auto read = decode_share_listing(encode(listing));
    REQUIRE(read.has_value());
    CHECK(*read == listing);
    listing.people[1] = {3, std::string(limits::share_name_bytes_max + 1, 'a'), practice, true};
    listing.presenter = "Otto Alder";
    listing.is_lent = true;
    const auto lent = decode_share_listing(encode(listing));
    REQUIRE(lent.has_value());
    CHECK(*lent == listing);
    listing.people[1].user = "somebody";
    CHECK_FALSE(decode_share_listing(encode(listing)).has_value());
    listing.people.assign(limits::share_people_max + 1, {1, ""});
    CHECK_FALSE(decode_share_listing(encode(listing)).has_value());
    listing.people = {{1, std::string(limits::share_name_bytes_max + 1, 'a')}};
    CHECK_FALSE(decode_share_listing(encode(listing)).has_value());
    CHECK(encode_follower_name("a\"b") == R"({"name":"a\"b"})");
}

TEST_CASE("who is to present is named, and the newest state's number is read", "[share]") {
    CHECK(encode_share_presenter("01J") == R"({"user":"01J"})");
    CHECK(decode_share_told(R"({"q":7,"followers":2})") == 7);
    for (const char* wrong : {"", "[]", "{}", R"({"q":-1})", R"({"q":"7"})"})
        CHECK_FALSE(decode_share_told(wrong).has_value());
}

TEST_CASE("a largest state fits beside a pointer into what may wait for a guest", "[share]") {
    CHECK(limits::share_state_bytes_max + limits::share_pointer_bytes_max + 256 <= limits::share_connection_bytes_max);
    const SharePointer pointer{std::string(limits::share_widget_bytes_max, 'w'), 10'000, 10'000};
    CHECK(encode(pointer).size() <= limits::share_pointer_bytes_max);
}

}  // namespace portal::wire
