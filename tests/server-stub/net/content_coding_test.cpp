#include "server-stub/net/content_coding.hpp"

#include <brotli/decode.h>
#include <zlib.h>

#include <catch2/catch_test_macros.hpp>
#include <vector>

#include "shared/base/random.hpp"

using namespace portal;
using namespace portal::server;

namespace {

std::string gunzip(const std::string& bytes) {
    z_stream stream{};
    REQUIRE(inflateInit2(&stream, 15 + 16) == Z_OK);
    std::string output(4 << 20, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(output.data());
    stream.avail_out = static_cast<uInt>(output.size());
    CHECK(inflate(&stream, Z_FINISH) == Z_STREAM_END);
    output.resize(stream.total_out);
    inflateEnd(&stream);
    return output;
}

std::string unbrotli(const std::string& bytes) {
    std::string output(4 << 20, '\0');
    std::size_t size = output.size();
    CHECK(BrotliDecoderDecompress(bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()), &size,
                                  reinterpret_cast<std::uint8_t*>(output.data())) == BROTLI_DECODER_RESULT_SUCCESS);
    output.resize(size);
    return output;
}

std::string pack(Coding coding, std::string_view body) {
    constexpr std::size_t piece = 64 << 10;
    const auto compressor = make_compressor(coding);
    std::string packed;
    for (std::size_t at = 0; at == 0 || at < body.size(); at += piece)
        packed += compressor->add(body.substr(at, piece), at + piece >= body.size() ? Compressor::Piece::last
                                                                                    : Compressor::Piece::more_to_come);
    return packed;
}

}  // namespace

TEST_CASE("Accept-Encoding is read with its q values", "[net]") {
    struct Case {
        const char* header;
        Coding best;
    };
    for (const Case& item :
         {Case{"", Coding::identity}, Case{"gzip, deflate, br", Coding::brotli}, Case{"gzip", Coding::gzip},
          Case{"GZIP;q=0.5", Coding::gzip}, Case{"br;q=0, gzip", Coding::gzip},
          Case{"br;q=0.000,gzip; q=0", Coding::identity}, Case{"brotli", Coding::identity},
          Case{"identity", Coding::identity}, Case{" , ,br", Coding::brotli}}) {
        INFO(item.header);
        CHECK(best_coding(parse_accept_encoding(item.header)) == item.best);
    }
}

TEST_CASE("pieces come back whole through either coding", "[net]") {
    SeededRandom random(5);
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{70'000}, std::size_t{2'000'000}}) {
        std::string body;
        while (body.size() < size)
            body += "{\"k\":\"up\",\"n\":" + std::to_string(random.below(1000)) + "}\n";
        body.resize(size);
        for (const Coding coding : {Coding::gzip, Coding::brotli}) {
            const std::string packed = pack(coding, body);
            CHECK((coding == Coding::gzip ? gunzip(packed) : unbrotli(packed)) == body);
            if (size > 10'000) CHECK(packed.size() < size / 4);
        }
    }
}

// Brotli may take the last bytes while it still has a block to give, and would then be left without its end, which
// browsers do not notice.
TEST_CASE("every length comes to its end through either coding", "[net]") {
    constexpr std::string_view letters = "0123456789abcdef";
    SeededRandom random(6);
    std::string body(400'000, ' ');
    for (char& letter : body)
        letter = letters[random.below(letters.size())];
    for (std::size_t size = 60'003; size < body.size(); size += 9'973) {
        INFO(size);
        const std::string_view part = std::string_view(body).substr(0, size);
        CHECK(unbrotli(pack(Coding::brotli, part)) == part);
        CHECK(gunzip(pack(Coding::gzip, part)) == part);
    }
}
