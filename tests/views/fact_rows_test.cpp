// The rows behind the figures, as the mirror has them.
#include "tests/views/drawn_financing.hpp"

namespace portal::views::test {
namespace {

vm::FinancingPart part_with_rows(std::int64_t total, std::size_t told) {
    vm::FinancingPart part = told_part();
    part.may_see_rows = true;
    part.query.rows = vm::RowsQuery{};
    vm::FactRows& rows = part.fact_rows.emplace();
    rows.total = total;
    rows.lines.resize(told);
    for (std::size_t row = 0; row < told; ++row) {
        vm::FactLine& line = rows.lines[row];
        line.day = first_shown + static_cast<Day>(row);
        // Some have no plan.
        line.plan_name = row % 2 == 0 ? "" : "12 months";
        line.location_name = "Practice " + std::to_string(row);
        line.cents = 10'000 * static_cast<std::int64_t>(row + 1);
    }
    return part;
}

TEST_CASE("rows that have not come have the cells of those that have, in the same places", "[views]") {
    DrawnFinancing drawn(part_with_rows(40, 8), ImVec2(1280, 900));
    std::vector<std::vector<mirror::Rect>> rows;
    const auto& nodes = mirror::current().nodes();
    for (const mirror::MirrorNode& row : nodes) {
        if (row.role != Role::row || row.row_index < 2) continue;
        auto& cells = rows.emplace_back();
        for (const mirror::MirrorNode& cell : nodes)
            if (cell.role == Role::cell && cell.parent == row.id)
                cells.push_back({cell.rect.x, cell.rect.y - row.rect.y, cell.rect.width, cell.rect.height});
    }
    // The last one is seen in part.
    rows.pop_back();
    REQUIRE(rows.size() > 12);
    REQUIRE(rows.front().size() == 8);
    for (const auto& cells : rows) {
        REQUIRE(cells.size() == rows.front().size());
        // Amounts end at one line and begin where their digits do.
        for (std::size_t index = 0; index + 1 < cells.size(); ++index) {
            CHECK(cells[index].x == rows.front()[index].x);
            CHECK(cells[index].width == rows.front()[index].width);
            CHECK(cells[index].y == rows.front()[index].y);
            CHECK(cells[index].height == rows.front()[index].height);
        }
    }
}

}  // namespace
}  // namespace portal::views::test
