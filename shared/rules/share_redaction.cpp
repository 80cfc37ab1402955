#include "shared/rules/share_redaction.hpp"

namespace portal {
namespace {

void add_lines(std::vector<RedactionLine>& lines, const ShareDataset& dataset) {
    RedactionLine line;
    line.view = dataset.view;
    line.practice = dataset.practice;
    line.kind = RedactionKind::figure;
    for (const SharedFigure& shared : dataset.figures) {
        line.figure = shared.figure.id;
        line.exposure = shared.exposure;
        lines.push_back(line);
    }
    line.figure = FigureId::net_financed_volume;
    line.kind = RedactionKind::month;
    for (const SharedMonth& shared : dataset.months) {
        line.month = shared.month;
        line.exposure = shared.exposure;
        lines.push_back(line);
    }
    line.month = 0;
    line.kind = RedactionKind::plan;
    line.figure = FigureId::plan_mix;
    for (const SharedPlan& shared : dataset.plans) {
        line.row = shared.plan;
        line.name = shared.name;
        line.exposure = shared.exposure;
        lines.push_back(line);
    }
    line.kind = RedactionKind::integration;
    line.figure = FigureId::integration_health;
    for (const SharedIntegration& shared : dataset.integrations) {
        line.row = shared.integration;
        line.name = shared.name;
        line.exposure = ShareExposure::visible;
        lines.push_back(line);
    }
}

}  // namespace

std::vector<RedactionLine> what_becomes_visible(const ShareScope& scope, std::span<const ShareDataset> datasets) {
    std::vector<RedactionLine> lines;
    for (const ShareDataset& dataset : datasets)
        if (scope.has_view(dataset.view) && scope.has_practice(dataset.practice)) add_lines(lines, dataset);
    for (const ShareView view : all_share_views) {
        if (scope.has_view(view)) continue;
        RedactionLine line;
        line.view = view;
        lines.push_back(line);
    }
    return lines;
}

}  // namespace portal
