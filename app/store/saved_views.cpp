#include "app/store/saved_views.hpp"

#include <algorithm>

#include "app/vm/route.hpp"
#include "shared/base/limits.hpp"

namespace portal::store {
namespace {

// One line, without blanks around, at most as long as the cap and no half of a letter.
std::string plain_name(std::string name) {
    for (char& letter : name)
        if (static_cast<unsigned char>(letter) < 0x20) letter = ' ';
    name.erase(0, std::min(name.find_first_not_of(' '), name.size()));
    if (name.size() > limits::saved_view_name_bytes_max) {
        std::size_t end = limits::saved_view_name_bytes_max;
        while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xc0) == 0x80)
            --end;
        name.resize(end);
    }
    while (!name.empty() && name.back() == ' ')
        name.pop_back();
    return name;
}

}  // namespace

std::string text_of_views(const std::vector<vm::SavedView>& views) {
    std::string text;
    std::size_t count = 0;
    for (const vm::SavedView& view : views) {
        const std::string name = plain_name(view.name);
        const auto query = vm::parse_route(view.route);
        if (name.empty() || !query || count == limits::saved_views_max) continue;
        ++count;
        text += vm::route_of(*query) + "\t" + name + "\n";
    }
    return text;
}

std::vector<vm::SavedView> read_views(std::string_view text) {
    std::vector<vm::SavedView> views;
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        const std::size_t tab = line.find('\t');
        if (tab == std::string_view::npos) continue;
        views.push_back({std::string(line.substr(tab + 1)), std::string(line.substr(0, tab))});
    }
    return views;
}

}  // namespace portal::store
