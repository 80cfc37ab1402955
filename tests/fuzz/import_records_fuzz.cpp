// Hostile bytes as import files, CSV by both common delimiters and NDJSON. The first byte picks the reader
// and how many bytes a read gives, because records straddle reads.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

#include "server-stub/import/ndjson_reader.hpp"
#include "shared/import/record_reader.hpp"

namespace {

// Three columns, by the first letter of the header; everything else is ignored.
class ThreeColumns : public portal::import::HeaderMap {
  public:
    portal::Result<int> target_of(std::string_view header) const override {
        if (header.empty() || header[0] < 'a' || header[0] > 'c') return -1;
        return header[0] - 'a';
    }
    portal::Status check_complete(const std::vector<int>&) const override { return {}; }
    std::size_t column_count() const override { return 3; }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace portal::import;
    if (size == 0) return 0;
    const std::uint8_t choice = data[0];
    std::string_view left(reinterpret_cast<const char*>(data) + 1, size - 1);
    const std::size_t step = 1 + choice / 4;
    ReadBytes read = [&left, step](char* buffer, std::size_t room) -> portal::Result<std::size_t> {
        const std::size_t count = std::min({room, step, left.size()});
        std::memcpy(buffer, left.data(), count);
        left.remove_prefix(count);
        return count;
    };
    SourceText source(std::move(read), choice % 2 == 0 ? LastLine::must_end : LastLine::may_lack_end);
    const ThreeColumns headers;
    std::unique_ptr<RecordReader> reader;
    if (choice % 4 < 2) {
        reader = make_csv_reader(std::move(source), headers, choice % 8 < 4 ? ',' : ';');
    } else {
        reader = make_ndjson_reader(std::move(source), headers);
    }
    Record record;
    for (;;) {
        const auto more = reader->next(record);
        if (!more || !*more) return 0;
        if (record.fault.empty() && record.cells.size() != headers.column_count()) std::abort();
    }
}
