// The pitch in the place of the frame: runs it, asks the desk, and draws its views.
//
// Thread: the UI thread.
#pragma once

#include <memory>
#include <optional>

#include "app/pitch/go_live_run.hpp"
#include "app/pitch/pitch_run.hpp"
#include "app/pitch/prospect_numbers.hpp"
#include "app/platform/desk.hpp"
#include "app/ui/presenting.hpp"
#include "app/views/pitch_leads_view.hpp"
#include "app/views/pitch_what_if_view.hpp"
#include "app/views/stage.hpp"
#include "shared/base/clock.hpp"

namespace portal::pitch {

// The account that sees every story.
inline constexpr std::string_view pitch_account = "auditor";
// It gets the practices of the stories and as many others as peers and cohorts need: a presenter does not wait for the
// rest, which no step shows.
inline constexpr std::size_t pitch_practices_max = 72;

// Between the pitch and the demo's server on the store's thread.
struct PitchLinks {
    std::shared_ptr<LatestValue<Cohorts>> cohorts = {};
    std::shared_ptr<LatestValue<GoLivePosition>> go_live = {};
};

class PitchStage final : public views::Stage {
  public:
    // The clock outlives it. The links lead to the demo's server of the same account.
    PitchStage(std::unique_ptr<platform::Desk> desk, const Clock& clock, bool is_pitch_account, PitchLinks links);

    // views::Stage
    bool enter(std::string_view route) override;
    bool is_on() const override { return m_run.is_on(); }
    std::optional<vm::Query> wanted_screen() const override { return m_run.wanted_screen(); }
    bool has_arrived(const vm::Snapshot& snapshot, const vm::Query& wanted) const override;
    float strip_height() const override;
    void draw_bar(const views::ViewContext& context) override;
    void draw_strip(const views::ViewContext& context) override;
    void draw_page(const views::ViewContext& context) override;
    void draw_above(const views::ViewContext& context) override;
    void draw_entry(const views::ViewContext& context) override;
    void file_opened(std::string_view name, std::string_view bytes) override;

  private:
    vm::PitchPart part_of(const vm::Snapshot& snapshot) const;
    void ask(const views::ViewContext& context, const vm::PitchAsked& asked);
    void attest();
    void tell_notes(const views::ViewContext& context);
    void follow_go_live(const views::ViewContext& context);
    void save_leave_behind(const views::ViewContext& context);
    void ask_of_leads(const views::ViewContext& context, const vm::PitchAsked& asked);
    void keep_lead(Id id);
    void wipe();
    void follow_wipe();
    vm::LeadsPart leads_part() const;

    std::unique_ptr<platform::Desk> m_desk;
    const Clock& m_clock;
    const bool m_is_pitch_account;
    GoLiveRun m_go_live;
    PitchRun m_run;
    std::optional<vm::Attestation> m_attestation;
    ProspectNumbers m_numbers;
    views::WhatIfState m_what_if;
    views::LeadsState m_typed_lead;
    vm::LeadsPart m_leads;
    ui::SpotlightState m_spotlight;
};

}  // namespace portal::pitch
