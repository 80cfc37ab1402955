// A figure's passport: the formula in words, numerator and denominator, as-of, and the way to the rows behind it.
#pragma once

#include <string>

#include "app/views/view.hpp"

namespace portal::views {

// The figure's stable name in routes: "net_financed_volume".
// "Nov: from $78.1K to $91.4K"; of a month that is over its name alone.
std::string forecast_range(const ViewContext& context, const vm::ForecastFooting& footing, const Figure& figure);
std::string figure_name(FigureId id);
// What a passport tells of one figure. Where counts are kept back there are none to tell.
enum class PassportCounts : std::uint8_t { told, kept };
void passport_body(const ViewContext& context, const vm::ForecastFooting& footing, const Figure& figure,
                   PassportCounts counts);
// A drawer while the query names one of the part's figures; closing it clears the name.
void passport_view(const ViewContext& context, const vm::FinancingPart& part);

}  // namespace portal::views
