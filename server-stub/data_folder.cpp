#include "server-stub/data_folder.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <filesystem>
#include <utility>

namespace portal::server {

Result<DataFolder> DataFolder::open(const std::string& path, Create create) {
    std::error_code error;
    if (create == Create::yes) {
        std::filesystem::create_directories(path, error);
        // Rows of many practices live here: nobody else on the machine needs to look inside.
        if (!error) std::filesystem::permissions(path, std::filesystem::perms::owner_all, error);
    }
    if (!std::filesystem::is_directory(path, error))
        return fail(ErrorCode::not_found, "there is no data folder " + path);
    const int descriptor = ::open((path + "/lock").c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    if (descriptor < 0) return fail(ErrorCode::permission_denied, "cannot write to the data folder " + path);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        ::close(descriptor);
        return fail(ErrorCode::unavailable, "another process uses the data folder " + path);
    }
    return DataFolder(path, descriptor);
}

bool DataFolder::is_served(const std::string& path) {
    std::error_code error;
    if (!std::filesystem::is_socket(control_path(path), error)) return false;
    const int descriptor = ::open((path + "/lock").c_str(), O_RDWR | O_CLOEXEC);
    if (descriptor < 0) return false;
    const bool held = ::flock(descriptor, LOCK_EX | LOCK_NB) != 0;
    ::close(descriptor);
    return held;
}

DataFolder::DataFolder(DataFolder&& other) noexcept
    : m_path(std::move(other.m_path)), m_descriptor(std::exchange(other.m_descriptor, -1)) {}

DataFolder::~DataFolder() {
    if (m_descriptor >= 0) ::close(m_descriptor);
}

bool DataFolder::has_database() const {
    std::error_code error;
    return std::filesystem::exists(database_path(), error);
}

}  // namespace portal::server
