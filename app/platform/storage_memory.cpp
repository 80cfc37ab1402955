#include "app/platform/storage.hpp"

namespace portal::platform {
namespace {

class MemoryStorage final : public Storage {
  public:
    bool is_durable_supported() const override { return false; }
    void find_last_user(std::function<void(Result<std::string>)> done) override { done(std::string()); }
    void open(const std::string&, std::function<void(Result<Place>)> done) override {
        done(fail(ErrorCode::unavailable, "nothing can be kept on this device"));
    }
    // Nobody else is here.
    void wait(const std::string&, std::function<void(Status)> done) override { done({}); }
    void close() override {}
    void erase(const std::string&, std::function<void(Status)> done) override { done({}); }
    void set_aside(const std::string&, std::function<void(Status)> done) override { done({}); }
    void ask_to_persist(std::function<void(bool)> done) override { done(false); }
};

}  // namespace

std::unique_ptr<Storage> make_memory_storage() {
    return std::make_unique<MemoryStorage>();
}

}  // namespace portal::platform
