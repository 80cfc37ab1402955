// Brotli and gzip: what the client takes, and compression of dynamic answers piece by piece.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace portal::server {

enum class Coding : std::uint8_t { identity, gzip, brotli };

// Accept-Encoding with its q values (RFC 9110, 12.5.3).
struct AcceptedCodings {
    bool brotli = false;
    bool gzip = false;
};
AcceptedCodings parse_accept_encoding(std::string_view header);
// Brotli before gzip before nothing.
Coding best_coding(AcceptedCodings accepted);
// "br", "gzip"; empty for identity.
std::string_view text_of_coding(Coding coding);

bool is_compressible(std::string_view content_type);

// Thread: one owner.
class Compressor {
  public:
    virtual ~Compressor() = default;
    enum class Piece : std::uint8_t { more_to_come, last };
    // Compressed bytes that are ready; may be empty unless the piece is the last.
    virtual std::string add(std::string_view bytes, Piece piece) = 0;
};

// check()s that the coding is not identity.
std::unique_ptr<Compressor> make_compressor(Coding coding);

}  // namespace portal::server
