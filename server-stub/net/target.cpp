#include "server-stub/net/target.hpp"

namespace portal::server {
namespace {

int hex_value(char digit) {
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
    return -1;
}

tl::unexpected<Error> bad_target(const char* what) {
    return fail(ErrorCode::invalid_argument, std::string("The request's target ") + what + ".");
}

}  // namespace

Result<Target> parse_target(std::string_view text) {
    if (!text.starts_with('/')) return bad_target("does not start with a slash");
    Target target;
    const auto mark = text.find('?');
    const std::string_view path = text.substr(0, mark);
    if (mark != std::string_view::npos) target.query = text.substr(mark + 1);
    target.path.reserve(path.size());
    for (std::size_t at = 0; at < path.size(); ++at) {
        char byte = path[at];
        if (byte == '#') return bad_target("has a fragment");
        if (byte == '%') {
            const int high = at + 1 < path.size() ? hex_value(path[at + 1]) : -1;
            const int low = at + 2 < path.size() ? hex_value(path[at + 2]) : -1;
            if (high < 0 || low < 0) return bad_target("has a broken percent sign");
            byte = static_cast<char>(high * 16 + low);
            // An encoded slash would let one segment pose as two.
            if (byte == '/') return bad_target("has an encoded slash");
            at += 2;
        }
        const auto code = static_cast<unsigned char>(byte);
        if (code < 0x20 || code == 0x7F || byte == '\\') return bad_target("has a character that no path has");
        target.path.push_back(byte);
    }
    for (const std::string_view dots : {"/../", "/./"})
        if ((target.path + "/").find(dots) != std::string::npos) return bad_target("climbs");
    return target;
}

std::string network_of_address(std::string_view address) {
    if (address.find(':') == std::string_view::npos) return std::string(address);
    // Text forms differ only within the first four groups' zeros, which Asio prints in one
    // canonical way.
    std::size_t groups = 0;
    for (std::size_t at = 0; at < address.size(); ++at)
        if (address[at] == ':' && ++groups == 4) return std::string(address.substr(0, at));
    return std::string(address);
}

}  // namespace portal::server
