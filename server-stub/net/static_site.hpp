// The deployable site in memory: files with their precompressed forms, and which path means which
// file.
//
// The folder holds site.json,
// {"files":[{"name","size","hash","encodings":["br","gzip"],"immutable":true}]}, and only files it
// lists are served, by exact name: a path cannot climb out of a table. A new site.json replaces the
// site at once; files of the old one with hashed names stay while they are still in the folder, so
// that open pages keep working.
//
// Thread: any; a StaticSite never changes once loaded.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "server-stub/net/content_coding.hpp"
#include "shared/base/latest_value.hpp"
#include "shared/base/result.hpp"

namespace portal::server {

struct SiteFile {
    std::string name;
    std::string content_type;
    std::string hash;
    bool immutable = false;
    std::string plain;
    std::string gzip;  // Empty when there is none.
    std::string brotli;
};

struct SiteRequest {
    std::string_view path;  // Decoded.
    std::string_view accept_encoding;
    std::string_view if_none_match;
};

struct SiteAnswer {
    int status = 404;  // 200, 304 or 404.
    std::shared_ptr<const SiteFile> file;
    std::string_view bytes;  // Of the chosen form; lives as long as `file`.
    Coding coding = Coding::identity;
    std::string etag;
    std::string_view cache_control;
    bool varies = false;
};

class StaticSite {
  public:
    // Errors: not_found (no folder or no site.json), invalid_argument (site.json is damaged or a
    // file is missing), resource_exhausted (limits::site_files_max, limits::site_bytes_max).
    // `former` may be null.
    static Result<std::shared_ptr<const StaticSite>> load(const std::string& folder, const StaticSite* former);

    SiteAnswer answer(const SiteRequest& request) const;
    // Changes when site.json does.
    const std::string& version() const { return m_version; }
    std::size_t file_count() const { return m_files.size(); }

  private:
    const std::shared_ptr<const SiteFile>* find(std::string_view path) const;

    std::string m_version;
    std::map<std::string, std::shared_ptr<const SiteFile>, std::less<>> m_files;
};

// The site on disk as it is now. refresh() is called every few seconds on a worker thread.
class SiteFolder {
  public:
    explicit SiteFolder(std::string folder) : m_folder(std::move(folder)) {}
    // Loads when site.json is new; keeps the former site when loading fails and says why.
    Status refresh();
    // Null before the first successful refresh().
    std::shared_ptr<const StaticSite> current() const { return m_site.take(); }

  private:
    std::string m_folder;
    std::string m_failed_version;
    LatestValue<StaticSite> m_site;
};

std::string content_type_of_name(std::string_view name);
// Whether an If-None-Match header names the tag.
bool matches_etag(std::string_view if_none_match, std::string_view etag);

}  // namespace portal::server
