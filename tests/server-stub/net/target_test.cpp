#include "server-stub/net/target.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace portal::server;

TEST_CASE("targets are taken apart or refused, never repaired", "[net]") {
    struct Case {
        const char* text;
        const char* path;
        const char* query;
    };
    for (const Case& item :
         {Case{"/", "/", ""}, Case{"/a/b?x=1&y=%2F", "/a/b", "x=1&y=%2F"}, Case{"/a%20b", "/a b", ""},
          Case{"/%C3%A9", "/\xC3\xA9", ""}, Case{"/?", "/", ""}, Case{"/a..b", "/a..b", ""}}) {
        INFO(item.text);
        const auto target = parse_target(item.text);
        REQUIRE(target);
        CHECK(target->path == item.path);
        CHECK(target->query == item.query);
    }
    for (const char* wrong : {"", "a", "http://host/", "*", "/..", "/../etc/passwd", "/a/../b", "/%2e%2e/etc", "/a%2fb",
                              "/a%00b", "/a%", "/a%4", "/a%zz", "/a\\b", "/a%5Cb", "/./a", "/a#b", "/a%0d%0ab"}) {
        INFO(wrong);
        CHECK(!parse_target(wrong));
    }
}

TEST_CASE("a client's network is its IPv4 address or its IPv6 prefix", "[net]") {
    CHECK(network_of_address("192.0.2.7") == "192.0.2.7");
    CHECK(network_of_address("2001:db8:1:2:3:4:5:6") == "2001:db8:1:2");
    CHECK(network_of_address("2001:db8:1:2:9:9:9:9") == network_of_address("2001:db8:1:2:3:4:5:6"));
    CHECK(network_of_address("::1") == "::1");
}
