#include "server-stub/net/static_site.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <utility>

#include "shared/base/limits.hpp"

namespace portal::server {
namespace {

using nlohmann::json;

constexpr std::string_view forever = "public, max-age=31536000, immutable";
constexpr std::string_view ask_again = "no-cache";

Result<std::string> read_whole_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return fail(ErrorCode::not_found, "cannot read " + path);
    std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    if (file.bad()) return fail(ErrorCode::unavailable, "reading failed: " + path);
    return bytes;
}

bool is_plain_name(std::string_view name) {
    return !name.empty() && !name.starts_with('/') &&
           ("/" + std::string(name) + "/").find("/../") == std::string::npos &&
           name.find('\\') == std::string_view::npos;
}

// "encodings": {"br": bytes, "gzip": bytes} names the compressed forms that stand beside the file.
Status load_encodings(const std::string& folder, const json& entry, SiteFile& file) {
    const auto found = entry.find("encodings");
    if (found == entry.end()) return {};
    if (!found->is_object())
        return fail(ErrorCode::invalid_argument, "site.json: the encodings of '" + file.name + "' are not an object");
    if (found->contains("br")) {
        PORTAL_TRY_ASSIGN(packed, read_whole_file(folder + "/" + file.name + ".br"));
        file.brotli = std::move(packed);
    }
    if (found->contains("gzip")) {
        PORTAL_TRY_ASSIGN(packed, read_whole_file(folder + "/" + file.name + ".gz"));
        file.gzip = std::move(packed);
    }
    return {};
}

Result<SiteFile> load_file(const std::string& folder, const json& entry) {
    if (!entry.is_object() || !entry.contains("name") || !entry["name"].is_string() || !entry.contains("hash") ||
        !entry["hash"].is_string())
        return fail(ErrorCode::invalid_argument, "site.json: a file without name or hash");
    SiteFile file;
    file.name = entry["name"].get<std::string>();
    file.hash = entry["hash"].get<std::string>();
    file.immutable = entry.contains("immutable") && entry["immutable"].is_boolean() && entry["immutable"].get<bool>();
    if (!is_plain_name(file.name) || file.hash.find_first_of("\"\\\r\n") != std::string::npos)
        return fail(ErrorCode::invalid_argument, "site.json: the file name '" + file.name + "' is not a plain one");
    file.content_type = content_type_of_name(file.name);
    PORTAL_TRY_ASSIGN(plain, read_whole_file(folder + "/" + file.name));
    file.plain = std::move(plain);
    PORTAL_TRY(load_encodings(folder, entry, file));
    return file;
}

std::string version_of(const std::string& folder) {
    std::error_code error;
    const auto time = std::filesystem::last_write_time(folder + "/site.json", error);
    if (error) return {};
    const auto size = std::filesystem::file_size(folder + "/site.json", error);
    return std::to_string(time.time_since_epoch().count()) + ":" + std::to_string(error ? 0 : size);
}

bool is_reserved(std::string_view path) {
    const auto is_under = [&](std::string_view root) {
        return path == root || (path.starts_with(root) && path[root.size()] == '/');
    };
    // "/share" itself is the page of guests.
    return is_under("/api") || path.starts_with("/share/") || is_under("/healthz") || is_under("/metrics");
}

}  // namespace

std::string content_type_of_name(std::string_view name) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 16> types{{
        {".html", "text/html; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".mjs", "text/javascript; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},
        {".wasm", "application/wasm"},
        {".json", "application/json"},
        {".webmanifest", "application/manifest+json"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".ico", "image/x-icon"},
        {".webp", "image/webp"},
        {".woff2", "font/woff2"},
        {".ttf", "font/ttf"},
        {".txt", "text/plain; charset=utf-8"},
        {".map", "application/json"},
        {".data", "application/octet-stream"},
    }};
    for (const auto& [suffix, type] : types)
        if (name.ends_with(suffix)) return std::string(type);
    return "application/octet-stream";
}

bool matches_etag(std::string_view header, std::string_view etag) {
    while (!header.empty()) {
        const auto comma = header.find(',');
        std::string_view tag = header.substr(0, comma);
        header.remove_prefix(comma == std::string_view::npos ? header.size() : comma + 1);
        while (tag.starts_with(' '))
            tag.remove_prefix(1);
        while (tag.ends_with(' '))
            tag.remove_suffix(1);
        // GET compares weakly (RFC 9110, 13.1.2).
        if (tag.starts_with("W/")) tag.remove_prefix(2);
        if (tag == "*" || tag == etag) return true;
    }
    return false;
}

Result<std::shared_ptr<const StaticSite>> StaticSite::load(const std::string& folder, const StaticSite* former) {
    auto site = std::make_shared<StaticSite>();
    site->m_version = version_of(folder);
    if (site->m_version.empty()) return fail(ErrorCode::not_found, "there is no site.json in " + folder);
    PORTAL_TRY_ASSIGN(text, read_whole_file(folder + "/site.json"));
    const json document = json::parse(text, nullptr, false);
    const json* files = nullptr;
    if (document.is_object() && document.contains("files") && document["files"].is_array()) files = &document["files"];
    if (files == nullptr) return fail(ErrorCode::invalid_argument, "site.json has no list of files");
    if (files->size() > limits::site_files_max)
        return fail(ErrorCode::resource_exhausted, "site.json lists too many files");
    // The pages read the list too: the offline cache and the sign-in page's progress bar.
    SiteFile list;
    list.name = "site.json";
    list.hash = document.value("release", std::string("site"));
    list.content_type = content_type_of_name(list.name);
    list.plain = text;
    site->m_files["site.json"] = std::make_shared<const SiteFile>(std::move(list));
    std::size_t bytes = 0;
    for (const json& entry : *files) {
        PORTAL_TRY_ASSIGN(file, load_file(folder, entry));
        bytes += file.plain.size() + file.gzip.size() + file.brotli.size();
        if (bytes > limits::site_bytes_max) return fail(ErrorCode::resource_exhausted, "the site is too large");
        const std::string name = file.name;
        site->m_files[name] = std::make_shared<const SiteFile>(std::move(file));
    }
    if (former != nullptr) {
        for (const auto& [name, file] : former->m_files) {
            std::error_code error;
            if (file->immutable && site->m_files.size() < limits::site_files_max && !site->m_files.contains(name) &&
                std::filesystem::exists(folder + "/" + name, error))
                site->m_files.emplace(name, file);
        }
    }
    return std::shared_ptr<const StaticSite>(std::move(site));
}

const std::shared_ptr<const SiteFile>* StaticSite::find(std::string_view path) const {
    if (!path.starts_with('/') || is_reserved(path)) return nullptr;
    std::string name(path.substr(1));
    if (name.empty()) name = "index.html";
    if (name == "sign-in") name = "sign-in.html";
    auto found = m_files.find(name);
    // A deep link is a screen of the page, not a file.
    if (found == m_files.end() && name.substr(name.rfind('/') + 1).find('.') == std::string::npos)
        found = m_files.find(std::string_view("index.html"));
    return found == m_files.end() ? nullptr : &found->second;
}

SiteAnswer StaticSite::answer(const SiteRequest& request) const {
    SiteAnswer answer;
    const auto* found = find(request.path);
    if (found == nullptr) return answer;
    answer.file = *found;
    const SiteFile& file = **found;
    const AcceptedCodings accepted = parse_accept_encoding(request.accept_encoding);
    answer.bytes = file.plain;
    if (accepted.brotli && !file.brotli.empty()) {
        answer.coding = Coding::brotli;
        answer.bytes = file.brotli;
    } else if (accepted.gzip && !file.gzip.empty()) {
        answer.coding = Coding::gzip;
        answer.bytes = file.gzip;
    }
    answer.varies = !file.brotli.empty() || !file.gzip.empty();
    // Each form is its own representation, so it has its own tag.
    answer.etag = "\"" + file.hash;
    if (answer.coding != Coding::identity) answer.etag += "-" + std::string(text_of_coding(answer.coding));
    answer.etag += "\"";
    answer.cache_control = file.immutable ? forever : ask_again;
    answer.status = matches_etag(request.if_none_match, answer.etag) ? 304 : 200;
    return answer;
}

Status SiteFolder::refresh() {
    const auto former = current();
    const std::string version = version_of(m_folder);
    if (former && former->version() == version) return {};
    if (!version.empty() && version == m_failed_version) return {};
    auto site = StaticSite::load(m_folder, former.get());
    if (!site) {
        m_failed_version = version;
        return fail(site.error());
    }
    m_site.publish(*site);
    return {};
}

}  // namespace portal::server
