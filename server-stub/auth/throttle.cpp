#include "server-stub/auth/throttle.hpp"

#include <algorithm>
#include <cctype>

#include "server-stub/auth/sessions.hpp"
#include "shared/base/limits.hpp"

namespace portal::server {

std::string throttle_key(ThrottleKind kind, std::string_view text) {
    if (kind == ThrottleKind::address) return "address:" + std::string(text);
    std::string folded(text);
    std::transform(folded.begin(), folded.end(), folded.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return "account:" + hash_token(folded);
}

DurationMs throttle_wait_ms(ReadSnapshot& view, const std::string& key, InstantMs now_ms) {
    const auto record = view.accounts().throttle(key);
    return record ? std::max<DurationMs>(0, record->open_ms - now_ms) : 0;
}

void count_attempt(WriteTransaction& writes, const std::string& key, ThrottleKind kind, InstantMs now_ms) {
    ThrottleRecord record = writes.view().accounts().throttle(key).value_or(ThrottleRecord{});
    // A quiet stretch as long as the longest wait is forgiven.
    if (now_ms - record.open_ms > limits::throttle_wait_ms_max) record.failures = 0;
    ++record.failures;
    const std::int64_t free_attempts =
        kind == ThrottleKind::account ? limits::throttle_free_attempts : limits::throttle_free_attempts_of_address;
    // The shift is bounded well below 63 so that it cannot overflow.
    const std::int64_t doublings = std::clamp<std::int64_t>(record.failures - free_attempts, 0, 20);
    const DurationMs wait_ms =
        doublings == 0 ? 0 : std::min(limits::throttle_wait_ms_base << (doublings - 1), limits::throttle_wait_ms_max);
    record.open_ms = now_ms + wait_ms;
    writes.accounts().put_throttle(key, record);
}

void take_back_attempt(WriteTransaction& writes, const std::string& key) {
    auto record = writes.view().accounts().throttle(key);
    if (!record || record->failures == 0) return;
    --record->failures;
    writes.accounts().put_throttle(key, *record);
}

void forgive(WriteTransaction& writes, const std::string& key) {
    writes.accounts().remove_throttle(key);
}

}  // namespace portal::server
