// An exported page taken apart, so that a test can say what it must not hold. It knows as much of HTML as our own
// pages need, and anything else is a complaint.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace portal::exports::test {

// What a reader of the page, or a mail filter, would mind; nothing when it is whole and asks nobody for anything.
inline std::vector<std::string> complaints_about(std::string_view page) {
    constexpr auto void_tags = std::to_array<std::string_view>({"meta", "line", "rect", "polyline"});
    constexpr auto plain_tags = std::to_array<std::string_view>(
        {"html", "head", "title", "style", "body",  "header", "main",  "section", "span",
         "h1",   "h2",   "p",     "ul",    "li",    "strong", "small", "figure",  "figcaption",
         "svg",  "text", "div",   "table", "thead", "tbody",  "tr",    "th",      "td"});
    const auto is_among = [](const auto& tags, std::string_view tag) {
        for (const std::string_view one : tags)
            if (one == tag) return true;
        return false;
    };
    std::vector<std::string> complaints;
    std::vector<std::string_view> open;
    if (!page.starts_with("<!doctype html>\n")) complaints.emplace_back("no doctype");
    for (std::size_t at = page.find('<', 1); at != std::string_view::npos; at = page.find('<', at + 1)) {
        const std::size_t end = page.find('>', at);
        if (end == std::string_view::npos) return {"a tag without an end"};
        std::string_view tag = page.substr(at + 1, end - at - 1);
        const bool closes = tag.starts_with('/'), is_alone = tag.ends_with('/');
        const std::string_view name = tag.substr(closes, tag.find_first_of(" /\n", closes) - closes);
        if (closes) {
            if (open.empty() || open.back() != name) return {"closed without being open: " + std::string(name)};
            open.pop_back();
            continue;
        }
        if (!is_among(plain_tags, name) && !is_among(void_tags, name)) complaints.push_back("tag " + std::string(name));
        for (const std::string_view never : {" on", "src=", "href=", "action=", "srcdoc=", "style="})
            if (tag.find(never) != std::string_view::npos) complaints.push_back("attribute in " + std::string(tag));
        if (!is_alone && !is_among(void_tags, name)) open.push_back(name);
    }
    if (!open.empty()) complaints.push_back("left open: " + std::string(open.back()));
    const std::size_t style = page.find("<style>"), style_end = page.find("</style>");
    for (const std::string_view never : {"url(", "@import", "expression("})
        if (page.substr(style, style_end - style).find(never) != std::string_view::npos)
            complaints.push_back("style asks for something: " + std::string(never));
    return complaints;
}

}  // namespace portal::exports::test
