#include "shared/facts/share_dataset.hpp"

#include <algorithm>

#include "shared/rules/figures/financing.hpp"
#include "shared/rules/health.hpp"
#include "shared/rules/share_suppression.hpp"

namespace portal {
namespace {

class DatasetMaker {
  public:
    DatasetMaker(const ShareSource& source, const ShareScope& scope, ShareView view) : m_source(source) {
        m_filter.days = {scope.first_day, scope.last_day};
        m_filter.practices = {source.practice.id};
        m_freshness = {source.as_of_ms, source.facts.closed_until(m_filter).value_or(0)};
        m_dataset.view = view;
        m_dataset.practice = source.practice.id;
        m_dataset.practice_name = source.practice.name;
        m_dataset.first_day = scope.first_day;
        m_dataset.last_day = scope.last_day;
        m_dataset.as_of_ms = source.as_of_ms;
        m_dataset.closed_until = m_freshness.closed_until;
    }

    ShareDataset make() {
        const ShareView view = m_dataset.view;
        if (view != ShareView::integrations) {
            m_sums = m_source.facts.sums(m_filter);
            add_amounts();
            add_months();
        }
        if (view == ShareView::financing) {
            add_rates();
            add_plans();
        }
        if (view != ShareView::financing) add_integrations();
        return std::move(m_dataset);
    }

  private:
    void add(const Figure& figure, ShareExposure exposure) { m_dataset.figures.push_back(exposed(figure, exposure)); }

    void add_amounts() {
        const ShareExposure of_sales = exposure_of(m_sums.sales);
        add(figures::net_financed_volume(m_sums, m_freshness), of_sales);
        add(figures::average_sale(m_sums, m_freshness), may_tell_gross(m_sums) ? of_sales : ShareExposure::hidden);
    }

    void add_rates() {
        const ShareExposure of_decided = exposure_of_rate(m_sums.approved, m_sums.decided());
        add(figures::approval_rate(m_sums, m_freshness), of_decided);
        add(figures::approved_amount_share(m_sums, m_freshness), of_decided);
        const PullThroughSums used = m_source.facts.pull_through(m_filter, m_freshness.closed_until);
        add(figures::pull_through(used, m_freshness), exposure_of_rate(used.used, used.approved));
        ShareExposure of_fees = exposure_of(m_sums.sales);
        // Its denominator is the gross.
        if (of_fees == ShareExposure::visible && !may_tell_gross(m_sums)) of_fees = ShareExposure::rounded;
        add(figures::effective_fee_rate(m_sums, m_freshness), of_fees);
    }

    // A month without facts is a cell too: leaving it out would tell what hiding it does not.
    void add_months() {
        const MonthIndex first = month_of_day(m_filter.days.first), last = month_of_day(m_filter.days.last);
        std::vector<FactSums> sums(static_cast<std::size_t>(last - first) + 1);
        for (const FactGroup& group : m_source.facts.group(m_filter, FactKey::month))
            if (group.number >= first && group.number <= last)
                sums[static_cast<std::size_t>(group.number - first)] = group.sums;
        const std::vector<ShareExposure> exposures = exposures_of_sales(sums);
        for (std::size_t index = 0; index < sums.size(); ++index) {
            SharedMonth month;
            month.month = first + static_cast<MonthIndex>(index);
            month.exposure = exposures[index];
            if (month.exposure == ShareExposure::rounded)
                month.net_cents = rounded(sums[index].net_cents(), share_cents_step);
            if (month.exposure == ShareExposure::visible) {
                month.net_cents = sums[index].net_cents();
                month.sales = sums[index].sales;
            }
            m_dataset.months.push_back(month);
        }
    }

    void add_plans() {
        std::vector<FactGroup> groups = m_source.facts.group(m_filter, FactKey::plan);
        std::erase_if(groups, [](const FactGroup& group) { return group.sums.sale_rows == 0; });
        std::vector<FactSums> sums;
        for (const FactGroup& group : groups)
            sums.push_back(group.sums);
        const std::vector<ShareExposure> exposures = exposures_of_sales(sums);
        for (std::size_t index = 0; index < groups.size(); ++index) {
            // A share of the gross, of few sales or many.
            const bool is_hidden = exposures[index] == ShareExposure::hidden;
            const bool is_few = exposures[index] == ShareExposure::rounded || !may_tell_gross(m_sums);
            SharedPlan plan;
            plan.plan = groups[index].id;
            plan.name = name_of_plan(plan.plan);
            const SharedFigure share =
                exposed(figures::plan_mix(sums[index], m_sums, m_freshness), is_hidden ? ShareExposure::hidden
                                                                             : is_few  ? ShareExposure::rounded
                                                                                       : ShareExposure::visible);
            plan.exposure = share.exposure;
            plan.share_basis_points = share.figure.value;
            m_dataset.plans.push_back(std::move(plan));
        }
    }

    static std::vector<ShareExposure> exposures_of_sales(const std::vector<FactSums>& sums) {
        std::vector<std::int64_t> cases;
        for (const FactSums& cell : sums)
            cases.push_back(std::max<std::int64_t>(0, cell.sales));
        return exposures_of_cells(cases);
    }

    std::string name_of_plan(const Id& plan) const {
        for (const PromoPlan& known : m_source.plans)
            if (known.id == plan) return known.name;
        return {};
    }

    void add_integrations() {
        for (const Integration& integration : m_source.integrations) {
            if (integration.practice != m_source.practice.id) continue;
            std::vector<CheckRollup> rollups;
            for (const CheckRollup& rollup : m_source.rollups)
                if (rollup.integration == integration.id) rollups.push_back(rollup);
            const Figure health = integration_health(rollups, m_source.today, m_source.as_of_ms).figure;
            m_dataset.integrations.push_back({integration.id, integration.name, integration.stage, health});
        }
        std::sort(m_dataset.integrations.begin(), m_dataset.integrations.end(),
                  [](const auto& left, const auto& right) { return left.integration < right.integration; });
    }

    const ShareSource& m_source;
    FactFilter m_filter;
    figures::Freshness m_freshness;
    FactSums m_sums;
    ShareDataset m_dataset;
};

}  // namespace

Result<ShareDataset> share_dataset(const ShareSource& source, const ShareScope& scope, ShareView view) {
    if (!scope.has_view(view)) return fail(ErrorCode::permission_denied, "this view is not shared");
    if (!scope.has_practice(source.practice.id))
        return fail(ErrorCode::permission_denied, "this practice is not shared");
    return DatasetMaker(source, scope, view).make();
}

}  // namespace portal
