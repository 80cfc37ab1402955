#include "shared/wire/base64.hpp"

#include <catch2/catch_test_macros.hpp>

#include "shared/base/random.hpp"

namespace portal::wire {
namespace {

TEST_CASE("base 64 has the vectors of RFC 4648") {
    const struct {
        std::string_view bytes, text;
    } cases[] = {{"", ""},
                 {"f", "Zg=="},
                 {"fo", "Zm8="},
                 {"foo", "Zm9v"},
                 {"foob", "Zm9vYg=="},
                 {"fooba", "Zm9vYmE="},
                 {"foobar", "Zm9vYmFy"},
                 {"\xff\xef\xbe", "/+++"}};
    for (const auto& [bytes, text] : cases) {
        CHECK(encode_base64(bytes) == text);
        CHECK(decode_base64(text).value() == bytes);
    }
}

TEST_CASE("any bytes round-trip") {
    SeededRandom random(3);
    for (std::size_t length = 0; length < 300; ++length) {
        std::string bytes(length, '\0');
        for (char& byte : bytes)
            byte = static_cast<char>(random.below(256));
        CHECK(decode_base64(encode_base64(bytes)).value() == bytes);
    }
}

TEST_CASE("only the one right form is taken") {
    for (const std::string_view text : {"Z", "Zg", "Zg=", "Zg===", "====", "=",
                                        "Z===", "Zm8=Zm8=", "Zh==", "Zm9=", " Zm9", "Zm9v\n", "Zm-_", "Zm9\xff"}) {
        INFO(text);
        CHECK_FALSE(decode_base64(text));
    }
}

}  // namespace
}  // namespace portal::wire
