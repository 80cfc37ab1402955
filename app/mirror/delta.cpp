#include "app/mirror/delta.hpp"

#include <utility>

namespace portal::mirror {

namespace {

bool same_content(const MirrorNode& a, const MirrorNode& b) {
    return a.role == b.role && a.state == b.state && a.level == b.level && a.row_index == b.row_index &&
           a.column_index == b.column_index && a.row_count == b.row_count && a.column_count == b.column_count &&
           a.name == b.name && a.value == b.value && a.description == b.description && a.href == b.href;
}

bool same_rect(const Rect& a, const Rect& b) {
    return a.x == b.x && a.y == b.y && a.width == b.width && a.height == b.height;
}

void tell_texts(const MirrorNode& node, DeltaRecord& record, std::string& text) {
    const std::string* texts[4] = {&node.name, &node.value, &node.description, &node.href};
    for (int t = 0; t < 4; ++t) {
        record.text_offset[t] = static_cast<std::uint32_t>(text.size());
        record.text_length[t] = static_cast<std::uint32_t>(texts[t]->size());
        text.append(*texts[t]);
    }
}

struct Known {
    std::uint32_t id = 0, index = 0;
};

}  // namespace

Delta DeltaEncoder::encode(std::span<const MirrorNode> nodes) {
    m_records.clear();
    m_order.clear();
    m_text.clear();
    bool order_changed = nodes.size() != m_told_count;
    for (std::size_t i = 0; !order_changed && i < nodes.size(); ++i)
        order_changed = nodes[i].id != m_told[i].id || nodes[i].parent != m_told[i].parent;
    if (order_changed) {
        m_index_by_id.clear();
        for (std::size_t i = 0; i < nodes.size(); ++i)
            m_index_by_id.emplace(nodes[i].id, static_cast<std::uint32_t>(i));
    }
    const auto& index_by_id = order_changed ? m_index_by_id : m_told_index_by_id;
    Known parent_seen;  // Most nodes have the parent of the one before them.
    m_relative.resize(nodes.size());
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const MirrorNode& node = nodes[i];
        Rect rect = node.rect;
        if (node.parent != 0 && node.parent != parent_seen.id)
            if (const auto parent = index_by_id.find(node.parent); parent != index_by_id.end())
                parent_seen = {node.parent, parent->second};
        if (node.parent != 0 && node.parent == parent_seen.id) {
            rect.x -= nodes[parent_seen.index].rect.x;
            rect.y -= nodes[parent_seen.index].rect.y;
        }
        m_relative[i] = rect;
        std::uint32_t changed = change_rect | change_content;
        if (!order_changed) {
            changed = (same_rect(rect, m_told_relative[i]) ? 0u : std::uint32_t{change_rect}) |
                      (same_content(node, m_told[i]) ? 0u : std::uint32_t{change_content});
        } else if (const auto found = m_told_index_by_id.find(node.id); found != m_told_index_by_id.end()) {
            changed = (same_rect(rect, m_told_relative[found->second]) ? 0u : std::uint32_t{change_rect}) |
                      (same_content(node, m_told[found->second]) ? 0u : std::uint32_t{change_content});
        }
        if (changed == 0) continue;
        DeltaRecord record{node.id,
                           changed,
                           static_cast<std::uint32_t>(node.role),
                           node.state,
                           rect.x,
                           rect.y,
                           rect.width,
                           rect.height,
                           node.level,
                           node.row_index,
                           node.column_index,
                           node.row_count,
                           node.column_count,
                           {},
                           {}};
        if (changed & change_content) tell_texts(node, record, m_text);
        m_records.push_back(record);
    }
    if (order_changed)
        for (const MirrorNode& node : nodes)
            m_order.push_back({node.id, node.parent});

    if (m_told.size() < nodes.size()) m_told.resize(nodes.size());
    for (std::size_t i = 0; i < nodes.size(); ++i)
        m_told[i] = nodes[i];
    m_told_count = nodes.size();
    std::swap(m_relative, m_told_relative);
    if (order_changed) std::swap(m_told_index_by_id, m_index_by_id);
    return {m_records, m_order, order_changed, m_text.data()};
}

void DeltaEncoder::forget() {
    m_told_count = 0;
    m_told.clear();
    m_told_relative.clear();
    m_told_index_by_id.clear();
    m_index_by_id.clear();
}

}  // namespace portal::mirror
