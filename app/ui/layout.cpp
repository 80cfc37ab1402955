#include "app/ui/layout.hpp"

#include "app/ui/button.hpp"
#include "app/ui/landmark.hpp"
#include "app/ui/motion.hpp"
#include "app/ui/press.hpp"

#include <imgui_internal.h>

#include <algorithm>
#include <cmath>

namespace portal::ui {
namespace {

constexpr int grid_columns = 12;
constexpr float first_height_guess = 160;

float remembered(ImGuiID key, float fallback) {
    return ImGui::GetCurrentWindow()->StateStorage.GetFloat(key, fallback);
}

// Keeps a measured height for the next frame, and asks for that frame when it differs from what was
// drawn.
void remember(ImGuiID key, float value) {
    float* kept = ImGui::GetCurrentWindow()->StateStorage.GetFloatRef(key, -1.0f);
    if (std::fabs(*kept - value) > 0.5f) {
        *kept = value;
        request_frames(1);
    }
}

void paint_card(Box box, Tone tone) {
    if (!is_visible(box)) {
        return;
    }
    paint_box(box, color(tone == Tone::neutral ? Color::card : tone_ground(tone)), radius::card);
    paint_border(box, tone == Tone::neutral ? color(Color::line) : color_with_alpha(tone_color(tone), 0.35f),
                 radius::card, hairline());
}

// Title left, action right. Returns whether the action was pressed.
bool draw_card_head(const CardOptions& options) {
    if (options.title.empty()) {
        return false;
    }
    const float width = ImGui::GetContentRegionAvail().x;
    const float action_width =
        options.action_label.empty() ? 0 : measure(TextStyle::body_medium, options.action_label).x + space::medium;
    const ImVec2 origin = ImGui::GetCursorScreenPos();
    bool pressed = false;
    {
        const Area words_area(origin, width - action_width);
        heading(options.heading_level, TextStyle::subtitle, options.title);
        if (!options.subtitle.empty()) {
            space_below(2);
            text_wrapped(TextStyle::body, options.subtitle, Color::text_muted);
        }
    }
    const ImVec2 below = ImGui::GetCursorScreenPos();
    if (!options.action_label.empty()) {
        // A link is higher on touch; it stays centred on the title's line.
        const float link_height =
            theme().density == Density::touch ? size::touch_target : line_height(TextStyle::body_medium);
        const float offset = (line_height(TextStyle::subtitle) - link_height) * 0.5f;
        ImGui::SetCursorScreenPos(ImVec2(origin.x + width - action_width + space::medium, origin.y + offset));
        pressed = link("card_action", options.action_label, options.action_href);
        ImGui::SetCursorScreenPos(below);
    }
    space_below(space::medium);
    return pressed;
}

// Where the card is narrow the as-of takes more lines than one.
float as_of_height(std::string_view as_of, float width) {
    return measure(TextStyle::caption, as_of, width).y;
}

float footer_height(const CardOptions& options, float card_width) {
    return options.as_of.empty() ? 0 : as_of_height(options.as_of, card_width - 2 * options.padding) + space::medium;
}

void draw_card_foot(Box box, float padding, std::string_view as_of) {
    if (as_of.empty()) {
        return;
    }
    const float width = box.width() - 2 * padding;
    ImGui::SetCursorScreenPos(ImVec2(box.min.x + padding, box.max.y - padding - as_of_height(as_of, width) + 4));
    text_wrapped(TextStyle::caption, as_of, Color::text_muted, width);
}

mirror::Container card_container(const CardOptions& options) {
    mirror::Container container;
    container.role = options.title.empty() ? mirror::Role::group : mirror::Role::region;
    container.name = options.title;
    return container;
}

}  // namespace

Area::Area(ImVec2 origin, float width) : m_origin(origin), m_width(std::max(1.0f, width)), m_is_open(true) {
    ImGuiWindow* window = ImGui::GetCurrentWindow();
    ImGui::SetCursorScreenPos(origin);
    ImGui::BeginGroup();
    m_work_max_x = window->WorkRect.Max.x;
    m_content_max_x = window->ContentRegionRect.Max.x;
    window->WorkRect.Max.x = origin.x + m_width;
    window->ContentRegionRect.Max.x = origin.x + m_width;
}

Area::Area(float width) : Area(ImGui::GetCursorScreenPos(), width) {}

float Area::height_so_far() const {
    return std::max(0.0f, ImGui::GetCurrentWindow()->DC.CursorMaxPos.y - m_origin.y);
}

float Area::close() {
    if (!m_is_open) {
        return m_height;
    }
    m_is_open = false;
    ImGuiWindow* window = ImGui::GetCurrentWindow();
    m_height = height_so_far();
    window->WorkRect.Max.x = m_work_max_x;
    window->ContentRegionRect.Max.x = m_content_max_x;
    ImGui::EndGroup();
    return m_height;
}

int columns_of(const Span& span, Breakpoint where) {
    int result = span.phone;
    if (where >= Breakpoint::tablet && span.tablet > 0) {
        result = span.tablet;
    }
    if (where >= Breakpoint::desktop && span.desktop > 0) {
        result = span.desktop;
    }
    if (where >= Breakpoint::wide && span.wide > 0) {
        result = span.wide;
    }
    return std::clamp(result, 1, grid_columns);
}

Grid::Grid(const char* id, float width_max)
    : m_id(id_of(id)),
      m_origin(ImGui::GetCursorScreenPos()),
      m_width(std::min(ImGui::GetContentRegionAvail().x, width_max)),
      m_gutter(metrics().gutter),
      m_row_top(m_origin.y) {}

void Grid::finish() {
    if (m_is_finished) {
        return;
    }
    m_is_finished = true;
    finish_row();
    const float height = std::max(0.0f, m_row_top - m_gutter - m_origin.y);
    ImGui::SetCursorScreenPos(m_origin);
    ImGui::ItemSize(ImVec2(m_width, height), 0);
}

ImGuiID Grid::row_key() const {
    return ImHashData(&m_row, sizeof(m_row), m_id + static_cast<ImGuiID>(current_breakpoint()));
}

float Grid::column_width(int columns) const {
    const float one = (m_width - m_gutter * (grid_columns - 1)) / grid_columns;
    return one * static_cast<float>(columns) + m_gutter * static_cast<float>(columns - 1);
}

void Grid::finish_row() {
    if (m_column == 0) {
        return;
    }
    remember(row_key(), m_row_tallest);
    m_row_top += m_row_height + m_gutter;
    ++m_row;
    m_column = 0;
    m_row_tallest = 0;
}

Box Grid::place(Span span, float height_min) {
    const int columns = columns_of(span, current_breakpoint());
    if (m_column + columns > grid_columns) {
        finish_row();
    }
    if (m_column == 0) {
        m_row_height = remembered(row_key(), std::max(height_min, first_height_guess));
    }
    // Whole pixels keep hairlines and text sharp.
    const float left = std::round(m_origin.x + (column_width(1) + m_gutter) * static_cast<float>(m_column));
    const float right =
        std::round(m_origin.x + (column_width(1) + m_gutter) * static_cast<float>(m_column) + column_width(columns));
    m_column += columns;
    return {ImVec2(left, std::round(m_row_top)), ImVec2(right, std::round(m_row_top + m_row_height))};
}

Cell Grid::begin_cell(Span span, float height_min) {
    const Box box = place(span, height_min);
    m_open = {box, 0, 0, {}, false};
    m_row_tallest = std::max(m_row_tallest, height_min);
    m_area.emplace(box.min, box.width());
    return {box, false};
}

Cell Grid::begin_card(const char* id, Span span, const CardOptions& options) {
    const Box box = place(span, options.height_min);
    m_open = {box, options.padding, footer_height(options, box.width()), options.as_of, true, noted_landmarks()};
    m_row_tallest = std::max(m_row_tallest, options.height_min);
    paint_card(box, options.tone);
    mirror::current().push_container(id_of(id, m_id), card_container(options), mirror_rect(box));
    ImGui::PushID(id);
    m_area.emplace(ImVec2(box.min.x + options.padding, box.min.y + options.padding), box.width() - 2 * options.padding);
    return {box, draw_card_head(options)};
}

void Grid::end_cell() {
    const float content = m_area->close();
    m_area.reset();
    m_row_tallest = std::max(m_row_tallest, std::ceil(content + 2 * m_open.padding + m_open.footer));
    if (m_open.is_card) {
        draw_card_foot(m_open.box, m_open.padding, m_open.as_of);
        if (noted_landmarks() == m_open.landmarks) mark_unnamed(m_open.box);
        ImGui::PopID();
        mirror::current().pop_container();
    }
}

Card::Card(const char* id, const CardOptions& options, float width) : m_id(id_of(id)), m_options(options) {
    const float room = width > 0 ? width : ImGui::GetContentRegionAvail().x;
    const float height = remembered(m_id, std::max(options.height_min, first_height_guess));
    m_box = box_at(ImGui::GetCursorScreenPos(), ImVec2(room, height));
    paint_card(m_box, options.tone);
    mirror::current().push_container(m_id, card_container(options), mirror_rect(m_box));
    ImGui::PushID(id);
    m_area.emplace(ImVec2(m_box.min.x + options.padding, m_box.min.y + options.padding), room - 2 * options.padding);
    m_action_pressed = draw_card_head(options);
}

Card::~Card() {
    const float content = m_area->close();
    m_area.reset();
    const float natural = std::ceil(content + 2 * m_options.padding + footer_height(m_options, m_box.width()));
    remember(m_id, std::max(natural, m_options.height_min));
    draw_card_foot(m_box, m_options.padding, m_options.as_of);
    ImGui::PopID();
    mirror::current().pop_container();
    ImGui::SetCursorScreenPos(m_box.min);
    ImGui::ItemSize(m_box.size(), 0);
}

void section_heading(std::string_view title, std::string_view sentence, int level) {
    heading(level, TextStyle::title, title);
    if (!sentence.empty()) {
        space_below(2);
        text_wrapped(TextStyle::body, sentence, Color::text_muted);
    }
    space_below(space::medium);
}

void rule(float space_around) {
    space_below(space_around);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    paint_rule(at, width, ImGuiDir_Right, color(Color::line));
    ImGui::ItemSize(ImVec2(width, 1), 0);
    space_below(space_around);
}

Columns::Columns(std::initializer_list<float> widths, float gap)
    : m_origin(ImGui::GetCursorScreenPos()), m_x(m_origin.x), m_gap(gap) {
    float fixed = 0;
    float shares = 0;
    for (const float width : widths) {
        if (m_count == columns_max) {
            break;
        }
        m_widths[m_count++] = width;
        (width > 0 ? fixed : shares) += width > 0 ? width : std::max(1.0f, -width);
    }
    const float left = ImGui::GetContentRegionAvail().x - fixed - gap * static_cast<float>(m_count - 1);
    for (int index = 0; index < m_count; ++index) {
        if (m_widths[index] <= 0) {
            m_widths[index] = std::max(1.0f, left * std::max(1.0f, -m_widths[index]) / shares);
        }
    }
}

void Columns::next() {
    if (m_area) {
        m_tallest = std::max(m_tallest, m_area->close());
        m_area.reset();
        m_x += m_widths[m_index] + m_gap;
    }
    m_index = std::min(m_index + 1, m_count - 1);
    m_area.emplace(ImVec2(std::round(m_x), m_origin.y), m_widths[m_index]);
}

Columns::~Columns() {
    if (m_area) {
        m_tallest = std::max(m_tallest, m_area->close());
        m_area.reset();
    }
    ImGui::SetCursorScreenPos(m_origin);
    ImGui::ItemSize(ImVec2(1, m_tallest), 0);
}

void align_right(float width) {
    ImGui::SameLine();
    const float left = ImGui::GetContentRegionAvail().x - width;
    ImGui::SetCursorPosX(ImGui::GetCursorPosX() + std::max(0.0f, left));
}

void flow(float next_width, float gap) {
    ImGuiWindow* window = ImGui::GetCurrentWindow();
    // Nothing stands beside the room between two lines.
    if (window->DC.CursorPosPrevLine.x <= window->DC.CursorPos.x) {
        return;
    }
    const float right = ImGui::GetItemRectMax().x;
    if (right + gap + next_width <= window->WorkRect.Max.x) {
        ImGui::SameLine(0, gap);
    }
}

}  // namespace portal::ui
