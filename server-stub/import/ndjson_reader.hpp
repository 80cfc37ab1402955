// NDJSON as records: one JSON object a line; numbers must be whole. Thread: one owner.
#pragma once

#include "shared/import/record_reader.hpp"

namespace portal::import {

std::unique_ptr<RecordReader> make_ndjson_reader(SourceText source, const HeaderMap& headers);

}  // namespace portal::import
