// Writes to one file, gathered while each continues the last or repeats a part of it: a log's frames and a checkpoint's
// pages come in order, and a call into the browser costs more than the page that it writes.
//
// What is held counts as written to whoever reads or measures the file, and as lost in a crash, like the operating
// system's own cache: it has to be written out before the file is synchronised. Thread: the file's.
#pragma once

#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

#include "shared/base/limits.hpp"

namespace portal::platform {

class WriteBuffer {
  public:
    // False: write out what is held, then offer it again. More than the buffer's size is never taken.
    bool take(std::int64_t offset, std::span<const char> bytes) {
        if (m_bytes.empty()) m_offset = offset;
        const std::int64_t start = offset - m_offset;
        const auto held = static_cast<std::int64_t>(m_bytes.size());
        const std::int64_t end = start + static_cast<std::int64_t>(bytes.size());
        if (start < 0 || start > held || end > static_cast<std::int64_t>(limits::write_buffer_bytes_max)) return false;
        if (end > held) m_bytes.resize(static_cast<std::size_t>(end));
        if (!bytes.empty()) std::memcpy(m_bytes.data() + start, bytes.data(), bytes.size());
        return true;
    }

    bool overlaps(std::int64_t offset, std::int64_t size) const {
        return !m_bytes.empty() && offset < end() && m_offset < offset + size;
    }
    bool empty() const { return m_bytes.empty(); }
    std::int64_t offset() const { return m_offset; }
    std::int64_t end() const { return m_offset + static_cast<std::int64_t>(m_bytes.size()); }
    std::span<const char> bytes() const { return m_bytes; }
    void clear() { m_bytes.clear(); }

  private:
    std::int64_t m_offset = 0;
    std::vector<char> m_bytes;
};

}  // namespace portal::platform
