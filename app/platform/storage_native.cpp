// Natively a replica is a file below a fresh temporary folder, for tests; it goes with the object.
#include <cstdlib>
#include <filesystem>

#include "app/platform/storage.hpp"
#include "shared/base/check.hpp"

namespace portal::platform {
namespace {

namespace files = std::filesystem;

files::path fresh_folder() {
    std::string name = (files::temp_directory_path() / "portal-replica-XXXXXX").string();
    check(mkdtemp(name.data()) != nullptr, "the temporary folder can be written");
    return name;
}

class FolderStorage final : public Storage {
  public:
    FolderStorage() : m_folder(fresh_folder()) {}
    ~FolderStorage() override {
        std::error_code ignored;
        files::remove_all(m_folder, ignored);
    }

    bool is_durable_supported() const override { return true; }
    void find_last_user(std::function<void(Result<std::string>)> done) override { done(m_last_user); }

    void open(const std::string& user, std::function<void(Result<Place>)> done) override {
        m_last_user = user;
        done(Place{path_of(user).string(), {}, true});
    }

    // Nobody else is here.
    void wait(const std::string&, std::function<void(Status)> done) override { done({}); }
    void close() override {}

    void erase(const std::string& user, std::function<void(Status)> done) override {
        remove(user);
        if (m_last_user == user) m_last_user.clear();
        done({});
    }

    void set_aside(const std::string& user, std::function<void(Status)> done) override {
        std::error_code ignored;
        files::rename(path_of(user), m_folder / (user + ".aside"), ignored);
        remove(user);
        done({});
    }

    void ask_to_persist(std::function<void(bool)> done) override { done(false); }

  private:
    files::path path_of(const std::string& user) const { return m_folder / (user + ".db"); }
    void remove(const std::string& user) {
        std::error_code ignored;
        for (const std::string_view suffix : {"", "-wal", "-shm", "-journal"})
            files::remove(path_of(user).string() + std::string(suffix), ignored);
    }

    const files::path m_folder;
    std::string m_last_user;
};

}  // namespace

std::unique_ptr<Storage> make_storage() {
    return std::make_unique<FolderStorage>();
}

}  // namespace portal::platform
