#include <random>

#include "shared/base/random.hpp"

namespace portal {
namespace {

// libstdc++ and Emscripten's libc++ both read the operating system for each call.
class SystemRandom final : public RandomSource {
  public:
    std::uint64_t next() override { return (static_cast<std::uint64_t>(m_device()) << 32) | m_device(); }

  private:
    std::random_device m_device;
};

}  // namespace

std::unique_ptr<RandomSource> make_system_random() {
    return std::make_unique<SystemRandom>();
}

}  // namespace portal
