// The prospect's numbers while they are looked at: the file, the assumptions, what comes of them. In memory alone.
//
// Thread: the UI thread.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "app/pitch/prospect_file.hpp"
#include "app/vm/pitch_part.hpp"
#include "shared/base/latest_value.hpp"

namespace portal::pitch {

// Of every specialty, from the rows of the demo; the store's thread publishes them once.
using Cohorts = std::vector<CohortRates>;

class ProspectNumbers {
  public:
    // `today` is the day whose plans are offered.
    ProspectNumbers(std::shared_ptr<LatestValue<Cohorts>> cohorts, Day today);

    const vm::WhatIfPart& part() const { return m_part; }
    // Takes what has been published, and that kind's cohort.
    void look_at(Specialty specialty);
    void take_file(std::string name, std::string bytes, bool is_cut);
    // Those wishes that are about the numbers; the others change nothing.
    void ask(const vm::PitchAsked& asked);
    void forget();
    std::vector<std::string> traces() const { return m_file ? m_file->traces() : std::vector<std::string>(); }

  private:
    void update();
    void mark_barred_plans();
    void update_offers();

    std::shared_ptr<LatestValue<Cohorts>> m_cohorts;
    Day m_today;
    std::optional<ProspectFile> m_file;
    vm::WhatIfPart m_part;
};

}  // namespace portal::pitch
