// Hostile bytes into the decoders beside sync: pages of facts, peers, and shared views with what their guests are
// given. What decodes must encode to bytes that decode to the same again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "tests/fuzz/round_trip.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace portal::wire;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    portal::test::round_trip(decode_fact_page_query, bytes);
    portal::test::round_trip([](std::string_view text) { return decode_fact_page(text, "01JW1110W00000000000000000"); },
                             bytes);
    portal::test::round_trip(decode_peer_query, bytes);
    portal::test::round_trip(decode_peer_summary, bytes);
    portal::test::round_trip(decode_share_request, bytes);
    portal::test::round_trip(decode_share_scope, bytes);
    portal::test::round_trip(decode_share_listing, bytes);
    if (const auto list = decode_share_list(bytes)) {
        const auto text = encode_share_list(*list);
        const auto again = decode_share_list(text);
        if (!again || encode_share_list(*again) != text) std::abort();
    }
    (void)decode_share_told(bytes);
    portal::test::round_trip(decode_share_dataset, bytes);
    portal::test::round_trip(decode_share_guest_session, bytes);
    if (const auto show = decode_share_show(bytes)) {
        const auto text = show->state ? encode(*show->state) : encode(*show->pointer);
        if (!decode_share_show(text)) std::abort();
    }
    return 0;
}
