// The folder that holds one tenant's database: who may open it, and where its files are.
//
//   portal.db (and its -wal, -shm)   lock   control.sock (while a server runs)
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "shared/base/result.hpp"

namespace portal::server {

class DataFolder {
  public:
    enum class Create : std::uint8_t { no, yes };
    // Takes the folder's lock. Errors: not_found, unavailable (another process holds it; see
    // is_served()).
    static Result<DataFolder> open(const std::string& path, Create create);
    // Whether a server seems to run on the folder, so that a command should hand its job over.
    static bool is_served(const std::string& path);
    static std::string control_path(const std::string& path) { return path + "/control.sock"; }

    DataFolder(DataFolder&& other) noexcept;
    DataFolder& operator=(DataFolder&&) = delete;
    DataFolder(const DataFolder&) = delete;
    ~DataFolder();

    std::string database_path() const { return m_path + "/portal.db"; }
    std::string control_path() const { return control_path(m_path); }
    bool has_database() const;

  private:
    DataFolder(std::string path, int descriptor) : m_path(std::move(path)), m_descriptor(descriptor) {}
    std::string m_path;
    int m_descriptor = -1;
};

}  // namespace portal::server
