#include "server-stub/auth/passwords.hpp"

#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <future>

#include "shared/base/limits.hpp"

using namespace portal;
using namespace portal::server;

TEST_CASE("Argon2id hashes differ each time, name their parameters and verify", "[server][auth]") {
    const auto hasher = make_argon2id_hasher();
    const std::string first = hasher->hash("correct horse battery").value();
    const std::string second = hasher->hash("correct horse battery").value();
    CHECK(first != second);
    CHECK(first.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    CHECK(hasher->verify(first, "correct horse battery"));
    CHECK_FALSE(hasher->verify(first, "correct horse batterz"));
    CHECK_FALSE(hasher->verify("", ""));
}

TEST_CASE("new passwords are long enough and not the address", "[server][auth]") {
    struct Case {
        std::string password;
        bool good;
    };
    const std::string email = "frida@example.test";
    for (const auto& [password, good] :
         {Case{"correct horse", true}, Case{"short", false}, Case{std::string(12, 'a'), false},
          Case{"FRIDA@example.test", false}, Case{"contraseña con eñe", true},
          Case{std::string("nul\0nul nul nul", 15), false},
          Case{"x" + std::string(limits::password_bytes_max, 'y'), false}}) {
        CAPTURE(password);
        CHECK(check_new_password(password, email).has_value() == good);
    }
}

TEST_CASE("the pool runs what it takes and refuses what it cannot hold", "[server][auth][threads]") {
    std::atomic<int> done = 0;
    std::promise<void> gate;
    const auto opened = gate.get_future().share();
    {
        const auto pool = make_worker_pool(2, 3);
        int taken = 0;
        for (int count = 0; count < 20; ++count)
            taken += pool->submit([&, opened] {
                opened.wait();
                ++done;
            });
        // Two are being worked on at most, three wait.
        CHECK(taken >= 3);
        CHECK(taken <= 5);
        gate.set_value();
        while (done < taken)
            std::this_thread::yield();
        CHECK(pool->submit([&] { ++done; }));
        done -= taken;
    }
    CHECK(done == 1);
}
