// What changed in the mirror since it was last told, as bytes that a page can read without parsing text.
//
// A page keeps elements by node id. It is told changed nodes in full, or only their rectangle when only that moved
// (scrolling), and the order of all nodes only when nodes came, went or changed their parent.
//
// Layout, little endian, all fields 32 bits: `changed_count` records of record_words words, then the text they point
// to. Rectangles are relative to the parent, so that scrolling a table moves one element, not its cells.
//
// Thread: the UI thread only.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "app/mirror/mirror.hpp"

namespace portal::mirror {

// Bits of DeltaRecord::changed.
enum Change : std::uint32_t { change_rect = 1u << 0, change_content = 1u << 1 };

// One changed node. The page reads the same words (web/bridge/window_mirror.js): change both together.
struct DeltaRecord {
    std::uint32_t id = 0;
    std::uint32_t changed = 0;
    std::uint32_t role = 0;
    std::uint32_t state = 0;
    float x = 0, y = 0, width = 0, height = 0;
    std::int32_t level = 0, row_index = 0, column_index = 0, row_count = 0, column_count = 0;
    // Byte offset into the text and byte length of name, value, description, href; set when change_content is.
    std::uint32_t text_offset[4] = {};
    std::uint32_t text_length[4] = {};
};
inline constexpr std::size_t record_words = sizeof(DeltaRecord) / sizeof(std::uint32_t);
static_assert(record_words == 21);

struct Place {
    std::uint32_t id = 0, parent = 0;
};

struct Delta {
    std::span<const DeltaRecord> changed;
    // Every node in drawing order, parents first; empty when the order is as last told.
    std::span<const Place> order;
    bool order_changed = false;
    const char* text = nullptr;
};

class DeltaEncoder {
  public:
    // Compares with what was encoded last and remembers the new state. Valid until the next call.
    Delta encode(std::span<const MirrorNode> nodes);
    // The page lost its elements: the next delta tells everything.
    void forget();

  private:
    std::vector<MirrorNode> m_told;
    std::size_t m_told_count = 0;
    // Places of the nodes as they were told; the other map's memory is for the next order.
    std::unordered_map<std::uint32_t, std::uint32_t> m_told_index_by_id, m_index_by_id;
    std::vector<Rect> m_relative, m_told_relative;
    std::vector<DeltaRecord> m_records;
    std::vector<Place> m_order;
    std::string m_text;
};

}  // namespace portal::mirror
