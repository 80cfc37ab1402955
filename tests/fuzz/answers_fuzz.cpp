// Hostile bytes into the decoders beside sync: pages of facts, peers, and shared views with what their guests are
// given. What decodes must encode to bytes that decode to the same again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "shared/wire/fact_page_json.hpp"
#include "shared/wire/peers_json.hpp"
#include "shared/wire/share_dataset_json.hpp"
#include "shared/wire/share_json.hpp"

namespace {

template <typename Decode>
void round_trip(Decode decode, std::string_view bytes) {
    const auto first = decode(bytes);
    if (!first) return;
    const auto text = portal::wire::encode(*first);
    const auto second = decode(text);
    if (!second || portal::wire::encode(*second) != text) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace portal::wire;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    round_trip(decode_fact_page_query, bytes);
    round_trip([](std::string_view text) { return decode_fact_page(text, "01JW1110W00000000000000000"); }, bytes);
    round_trip(decode_peer_query, bytes);
    round_trip(decode_peer_summary, bytes);
    round_trip(decode_share_request, bytes);
    round_trip(decode_share_scope, bytes);
    round_trip(decode_share_dataset, bytes);
    round_trip(decode_share_guest_session, bytes);
    if (const auto show = decode_share_show(bytes)) {
        const auto text = show->state ? encode(*show->state) : encode(*show->pointer);
        if (!decode_share_show(text)) std::abort();
    }
    return 0;
}
