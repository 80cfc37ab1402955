// The charts of a report as SVG. Positions are whole tenths of a unit, so that every machine writes the same text.
#pragma once

#include <string>

#include "app/export/book.hpp"
#include "app/vm/format.hpp"

namespace portal::exports {

std::string chart_svg(const Chart& chart, const vm::Format& format);

}  // namespace portal::exports
