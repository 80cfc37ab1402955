// Hostile bytes as the body of a request, read as the server's handlers read theirs. A text that is read is within its
// bound, and written into a body again it reads the same; of a list no more is read than may be.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server-stub/api/json_body.hpp"

namespace {

using namespace portal::server;

// Short, so that inputs reach the bounds.
constexpr std::size_t text_bytes_max = 24, objects_max = 4;
constexpr std::string_view member_names[] = {"email", "password", "token",   "name",
                                             "kind",  "detail",   "entries", "paused"};

// Of what was said a body is made that holds all of it; text that is no UTF-8 is refused where a body is parsed.
void require_same(const std::vector<std::pair<std::string, std::string>>& texts) {
    const auto again = JsonBody::parse(json_object(texts));
    if (!again) std::abort();
    for (const auto& [name, text] : texts)
        if (const auto read = again->text(name, text_bytes_max); !read || *read != text) std::abort();
}

void read_members(const JsonBody& body, bool is_inner) {
    std::vector<std::pair<std::string, std::string>> texts;
    for (const std::string_view name : member_names) {
        if (const auto text = body.text(name, text_bytes_max)) {
            if (text->size() > text_bytes_max) std::abort();
            const auto same = body.text_or_empty(name, text_bytes_max);
            if (!same || *same != *text || body.flag(name)) std::abort();
            texts.emplace_back(name, *text);
        }
        const auto objects = body.objects(name, objects_max);
        if (!objects) continue;
        if (objects->size() > objects_max || body.flag(name) || body.text_or_empty(name, text_bytes_max)) std::abort();
        if (!is_inner)
            for (const JsonBody& one : *objects)
                read_members(one, true);
    }
    require_same(texts);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto body = JsonBody::parse(std::string_view(reinterpret_cast<const char*>(data), size));
    if (body) read_members(*body, false);
    return 0;
}
