#include "server-stub/net/content_coding.hpp"

#include <brotli/encode.h>
#include <zlib.h>

#include <algorithm>
#include <array>

#include "shared/base/check.hpp"

namespace portal::server {
namespace {

// A pull is compressed once per client, so its time counts like its bytes: facts take brotli's quality 4 two and a half
// times as long as 2, for 3% less.
constexpr int gzip_level = 5;
constexpr int brotli_quality = 2;
constexpr int brotli_window_bits = 20;

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

bool is_refused(std::string_view parameters) {
    const auto q = parameters.find("q=");
    if (q == std::string_view::npos) return false;
    // Zero in any of its spellings: 0, 0., 0.000.
    return trimmed(parameters.substr(q + 2)).find_first_not_of("0.") == std::string_view::npos;
}

class GzipCompressor final : public Compressor {
  public:
    GzipCompressor() {
        // 16 more window bits ask for gzip's own header instead of zlib's.
        check(deflateInit2(&m_stream, gzip_level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK,
              "gzip has no memory");
    }
    ~GzipCompressor() override { deflateEnd(&m_stream); }

    std::string add(std::string_view bytes, Piece piece) override {
        std::string output;
        m_stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
        m_stream.avail_in = static_cast<uInt>(bytes.size());
        do {
            m_stream.next_out = reinterpret_cast<Bytef*>(m_buffer.data());
            m_stream.avail_out = static_cast<uInt>(m_buffer.size());
            deflate(&m_stream, piece == Piece::last ? Z_FINISH : Z_NO_FLUSH);
            output.append(m_buffer.data(), m_buffer.size() - m_stream.avail_out);
        } while (m_stream.avail_out == 0);
        return output;
    }

  private:
    z_stream m_stream{};
    std::array<char, 16 << 10> m_buffer;
};

class BrotliCompressor final : public Compressor {
  public:
    BrotliCompressor() : m_state(BrotliEncoderCreateInstance(nullptr, nullptr, nullptr)) {
        check(m_state != nullptr, "brotli has no memory");
        BrotliEncoderSetParameter(m_state, BROTLI_PARAM_QUALITY, brotli_quality);
        BrotliEncoderSetParameter(m_state, BROTLI_PARAM_LGWIN, brotli_window_bits);
    }
    ~BrotliCompressor() override { BrotliEncoderDestroyInstance(m_state); }

    std::string add(std::string_view bytes, Piece piece) override {
        std::string output;
        auto input = reinterpret_cast<const std::uint8_t*>(bytes.data());
        std::size_t left = bytes.size();
        const auto operation = piece == Piece::last ? BROTLI_OPERATION_FINISH : BROTLI_OPERATION_PROCESS;
        do {
            std::size_t no_room = 0;
            const bool done =
                BrotliEncoderCompressStream(m_state, operation, &left, &input, &no_room, nullptr, nullptr);
            check(done, "brotli refused its input");
            std::size_t size = 0;
            const std::uint8_t* ready = BrotliEncoderTakeOutput(m_state, &size);
            output.append(reinterpret_cast<const char*>(ready), size);
            // The last bytes may all be taken while a block of theirs is still to be made.
        } while (left > 0 || BrotliEncoderHasMoreOutput(m_state) ||
                 (piece == Piece::last && !BrotliEncoderIsFinished(m_state)));
        return output;
    }

  private:
    BrotliEncoderState* m_state;
};

}  // namespace

AcceptedCodings parse_accept_encoding(std::string_view header) {
    AcceptedCodings accepted;
    while (!header.empty()) {
        const auto comma = header.find(',');
        const std::string_view item = trimmed(header.substr(0, comma));
        header.remove_prefix(comma == std::string_view::npos ? header.size() : comma + 1);
        const auto semicolon = item.find(';');
        std::string name(trimmed(item.substr(0, semicolon)));
        std::transform(name.begin(), name.end(), name.begin(), [](unsigned char byte) {
            return static_cast<char>(byte >= 'A' && byte <= 'Z' ? byte + 32 : byte);
        });
        const bool wanted = semicolon == std::string_view::npos || !is_refused(item.substr(semicolon + 1));
        if (name == "br") accepted.brotli = wanted;
        if (name == "gzip" || name == "x-gzip") accepted.gzip = wanted;
    }
    return accepted;
}

Coding best_coding(AcceptedCodings accepted) {
    if (accepted.brotli) return Coding::brotli;
    return accepted.gzip ? Coding::gzip : Coding::identity;
}

std::string_view text_of_coding(Coding coding) {
    switch (coding) {
        case Coding::identity:
            return "";
        case Coding::gzip:
            return "gzip";
        case Coding::brotli:
            return "br";
    }
    return "";
}

bool is_compressible(std::string_view content_type) {
    return content_type.starts_with("text/") || content_type.starts_with("application/json") ||
           content_type.starts_with("application/x-ndjson") || content_type.starts_with("application/ndjson") ||
           content_type.starts_with("application/javascript") || content_type.starts_with("application/wasm");
}

std::unique_ptr<Compressor> make_compressor(Coding coding) {
    check(coding != Coding::identity, "identity needs no compressor");
    if (coding == Coding::brotli) return std::make_unique<BrotliCompressor>();
    return std::make_unique<GzipCompressor>();
}

}  // namespace portal::server
