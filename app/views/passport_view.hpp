// A figure's passport: the formula in words, numerator and denominator, as-of, and the way to the rows behind it.
#pragma once

#include <span>
#include <string>

#include "app/views/view.hpp"
#include "app/vm/financing_passport.hpp"

namespace portal::views {

// "Nov: from $78.1K to $91.4K"; of a month that is over its name alone.
std::string forecast_range(const ViewContext& context, const vm::ForecastFooting& footing, const Figure& figure);
// The figure's stable name in routes: "net_financed_volume".
std::string figure_name(FigureId id);
// What a passport tells of one figure. Where counts are kept back there are none to tell.
enum class PassportCounts : std::uint8_t { told, kept };
void passport_body(const ViewContext& context, const vm::ForecastFooting& footing, const Figure& figure,
                   PassportCounts counts);
// What else there is to say of a figure: what it is of, say.
struct PassportLine {
    std::string_view key;
    std::string value;
};
// The drawer of one figure: the body, and a button to what it is made of unless `action` is empty.
enum class PassportEvent : std::uint8_t { none, closed, acted };
PassportEvent passport_drawer(const ViewContext& context, const Figure& figure, std::string_view action,
                              std::span<const PassportLine> lines = {}, const vm::FinancingPart* part = nullptr,
                              const vm::Passport* passport = nullptr);
// A press on a figure of the screen: asks for its passport by name.
void show_passport(const ViewContext& context, const vm::FinancingPart& part, std::string passport);
// A drawer while the query names one that the part can tell; closing it clears the name.
void passport_view(const ViewContext& context, const vm::FinancingPart& part);

}  // namespace portal::views
