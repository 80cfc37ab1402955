#include "server-stub/net/static_site.hpp"

#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

using namespace portal;
using namespace portal::server;

namespace {

class Folder {
  public:
    Folder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "portal-site-XXXXXX").string();
        REQUIRE(::mkdtemp(pattern.data()) != nullptr);
        path = pattern;
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
    void write(const std::string& name, const std::string& bytes) const {
        std::ofstream(path + "/" + name, std::ios::binary) << bytes;
    }
    std::string path;
};

void write_first_site(const Folder& folder) {
    folder.write("index.html", "<p>app</p>");
    folder.write("sign-in.html", "<p>sign in</p>");
    folder.write("portal-abc.wasm", "plain wasm");
    folder.write("portal-abc.wasm.br", "brotli wasm");
    folder.write("portal-abc.wasm.gz", "gzip wasm");
    folder.write("secret.txt", "not listed");
    folder.write("site.json", R"({"files":[
        {"name":"index.html","size":10,"hash":"h1","encodings":{},"immutable":false},
        {"name":"sign-in.html","size":14,"hash":"h2","encodings":{},"immutable":false},
        {"name":"portal-abc.wasm","size":10,"hash":"h3","encodings":{"br":2,"gzip":2},"immutable":true}]})");
}

}  // namespace

TEST_CASE("paths mean files, screens or nothing", "[net]") {
    Folder folder;
    write_first_site(folder);
    const auto site = StaticSite::load(folder.path, nullptr);
    REQUIRE(site);
    struct Case {
        const char* path;
        const char* name;  // Null: 404.
    };
    for (const Case& item :
         {Case{"/", "index.html"}, Case{"/index.html", "index.html"}, Case{"/sign-in", "sign-in.html"},
          Case{"/tickets/01J", "index.html"}, Case{"/financing", "index.html"},
          Case{"/portal-abc.wasm", "portal-abc.wasm"}, Case{"/apiary", "index.html"}, Case{"/api", nullptr},
          Case{"/api/v1/none", nullptr}, Case{"/share/x", nullptr}, Case{"/share", "index.html"}, Case{"/healthz", nullptr},
          Case{"/metrics", nullptr}, Case{"/secret.txt", nullptr}, Case{"/site.json", "site.json"},
          Case{"/missing.js", nullptr}, Case{"/../site.json", nullptr}, Case{"/portal-abc.wasm.br", nullptr}}) {
        INFO(item.path);
        const auto answer = (*site)->answer({item.path, "", ""});
        CHECK(answer.status == (item.name != nullptr ? 200 : 404));
        if (item.name != nullptr) CHECK(answer.file->name == item.name);
    }
}

TEST_CASE("a file comes in the best form the client takes, each with its own tag", "[net]") {
    Folder folder;
    write_first_site(folder);
    const auto site = *StaticSite::load(folder.path, nullptr);
    const auto brotli = site->answer({"/portal-abc.wasm", "gzip, br", ""});
    CHECK(brotli.bytes == "brotli wasm");
    CHECK(brotli.etag == "\"h3-br\"");
    CHECK(brotli.varies);
    CHECK(brotli.cache_control == "public, max-age=31536000, immutable");
    CHECK(brotli.file->content_type == "application/wasm");
    CHECK(site->answer({"/portal-abc.wasm", "gzip", ""}).bytes == "gzip wasm");
    const auto plain = site->answer({"/portal-abc.wasm", "br;q=0", ""});
    CHECK(plain.bytes == "plain wasm");
    CHECK(plain.etag == "\"h3\"");
    CHECK(site->answer({"/", "br", ""}).cache_control == "no-cache");

    CHECK(site->answer({"/portal-abc.wasm", "br", "\"h3-br\""}).status == 304);
    CHECK(site->answer({"/portal-abc.wasm", "br", "\"x\", W/\"h3-br\""}).status == 304);
    CHECK(site->answer({"/portal-abc.wasm", "br", "\"h3\""}).status == 200);
    CHECK(site->answer({"/portal-abc.wasm", "br", "*"}).status == 304);
}

TEST_CASE("a new site replaces the old one, whose hashed files stay while they are there", "[net]") {
    Folder folder;
    write_first_site(folder);
    SiteFolder current(folder.path);
    REQUIRE(current.refresh());
    const auto first = current.current();
    REQUIRE(current.refresh());
    CHECK(current.current() == first);

    folder.write("portal-def.wasm", "newer wasm!");
    folder.write("index.html", "<p>newer app</p>");
    folder.write("site.json", R"({"files":[{"name":"index.html","hash":"h9","encodings":{}},
        {"name":"portal-def.wasm","hash":"h4","encodings":{},"immutable":true}]})");
    REQUIRE(current.refresh());
    const auto second = current.current();
    CHECK(second->answer({"/", "", ""}).bytes == "<p>newer app</p>");
    CHECK(second->answer({"/portal-def.wasm", "", ""}).status == 200);
    CHECK(second->answer({"/portal-abc.wasm", "br", ""}).bytes == "brotli wasm");
    CHECK(second->answer({"/sign-in.html", "", ""}).status == 404);

    std::filesystem::remove(folder.path + "/portal-abc.wasm");
    folder.write("site.json", R"({"files":[{"name":"index.html","hash":"h9","encodings":{} }]})");
    REQUIRE(current.refresh());
    CHECK(current.current()->answer({"/portal-abc.wasm", "", ""}).status == 404);
    // Still listed nowhere, but a page may have it open.
    CHECK(current.current()->answer({"/portal-def.wasm", "", ""}).status == 200);
}

TEST_CASE("a damaged site is refused and the former one goes on", "[net]") {
    Folder folder;
    SiteFolder current(folder.path);
    CHECK(current.refresh().error().code == ErrorCode::not_found);
    write_first_site(folder);
    REQUIRE(current.refresh());
    for (const char* wrong : {"{", "{}", R"({"files":[{"name":"../etc/passwd","hash":"x"}]})",
                              R"({"files":[{"name":"gone.js","hash":"x"}]})", R"({"files":[{"name":"index.html"}]})",
                              R"({"files":[{"name":"index.html","hash":"a\"b"}]})"}) {
        INFO(wrong);
        folder.write("site.json", wrong);
        CHECK(!current.refresh());
        CHECK(current.current()->answer({"/", "", ""}).status == 200);
    }
}
