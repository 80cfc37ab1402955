#include "server-stub/auth/passwords.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "shared/base/check.hpp"
#include "shared/base/limits.hpp"

namespace portal::server {
namespace {

// OWASP's second recommendation for Argon2id; 20 ms on the machine this was measured on.
constexpr unsigned long long passes = 2;
constexpr std::size_t memory_bytes = 19 << 20;

class Argon2idHasher final : public PasswordHasher {
  public:
    Result<std::string> hash(std::string_view password) override {
        std::array<char, crypto_pwhash_STRBYTES> text{};
        if (crypto_pwhash_str_alg(text.data(), password.data(), password.size(), passes, memory_bytes,
                                  crypto_pwhash_ALG_ARGON2ID13) != 0)
            return fail(ErrorCode::resource_exhausted, "there is no memory to hash a password; try again");
        return std::string(text.data());
    }
    bool verify(const std::string& hash, std::string_view password) override {
        return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
    }
};

std::string folded(std::string_view text) {
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return lower;
}

}  // namespace

std::unique_ptr<PasswordHasher> make_argon2id_hasher() {
    check(sodium_init() >= 0, "libsodium starts");
    return std::make_unique<Argon2idHasher>();
}

Status check_new_password(std::string_view password, std::string_view email) {
    if (password.size() < limits::password_bytes_min)
        return fail(ErrorCode::invalid_argument,
                    "a password has at least " + std::to_string(limits::password_bytes_min) + " characters");
    if (password.size() > limits::password_bytes_max)
        return fail(ErrorCode::invalid_argument,
                    "a password has at most " + std::to_string(limits::password_bytes_max) + " bytes");
    if (password.find('\0') != std::string_view::npos)
        return fail(ErrorCode::invalid_argument, "a password has no NUL character");
    if (folded(password) == folded(email))
        return fail(ErrorCode::invalid_argument, "a password is not the e-mail address");
    const bool one_character = std::all_of(password.begin(), password.end(), [&](char c) { return c == password[0]; });
    if (one_character) return fail(ErrorCode::invalid_argument, "a password is more than one character repeated");
    return {};
}

}  // namespace portal::server
