// The demo's server, inside the page: it answers the same requests in the same protocol over the synthetic tenant in
// memory, so that everything above it, from sync to the screens, is the real program. Nothing leaves the page, nothing
// is stored, and what is edited is there until the page is left.
//
// Where an integration is to go live, its rows are as far as the pitch wants them at each pull (go_live_rows.hpp).
//
//   send() -> answer is made -> poll() delivers it, as a network would: never inside send()
//
// The case of story 8 is settled by support while somebody changes it without a connection, so that the two edits meet.
//
// It answers session, pull, push and peers, the last of the practices that the account sees: there are no others here.
// Sums for self-repair are left out, there is nothing that could differ. Whatever else is asked gets `not found`.
//
// Thread: the store's.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>

#include "app/pitch/demo_rows.hpp"
#include "app/pitch/go_live_rows.hpp"
#include "app/platform/transport.hpp"
#include "shared/base/latest_value.hpp"
#include "shared/model/what_if.hpp"
#include "shared/tenant/demo_accounts.hpp"
#include "shared/wire/sync_messages.hpp"

namespace portal::pitch {

struct DemoServerOptions {
    std::string account;  // Key or role of a demo account; any other word is nobody, who is not signed in.
    tenant::Scale scale = tenant::Scale::full;
    std::size_t practices_max = std::numeric_limits<std::size_t>::max();  // Of the tenant's, the stories' first.
    std::shared_ptr<LatestValue<std::vector<CohortRates>>> cohorts = {};  // Null: nobody wants them.
    std::shared_ptr<LatestValue<GoLivePosition>> go_live = {};            // Null: no integration goes live.
    const Clock* clock = nullptr;  // Outlives it. Its day is the first that the tenant does not tell of.
};

class DemoServer final : public platform::Transport {
  public:
    explicit DemoServer(DemoServerOptions options);

    // Transport
    platform::RequestId send(platform::TransportRequest request, platform::TransportHandlers handlers) override;
    void cancel(platform::RequestId request) override;
    platform::RequestId subscribe(const std::string& path,
                                  std::function<void(std::string_view, std::string_view)> event,
                                  std::function<void(Status)> ended) override;
    void unsubscribe(platform::RequestId subscription) override;
    bool has_arrived() const override { return !m_waiting.empty(); }
    void poll() override;

  private:
    struct Reply {
        int status = 200;
        std::string body;
    };
    struct Waiting {
        platform::RequestId id = 0;
        platform::TransportRequest request;
        platform::TransportHandlers handlers;
    };

    Reply answer(const platform::TransportRequest& request);
    Reply session();
    Reply pull(const std::string& body);
    Reply push(const std::string& body);
    Reply peers(std::string_view query);
    MutationOutcome decide(const Mutation& mutation);
    void let_edits_meet(const Mutation& mutation);
    DemoRows& rows();
    void tell_cohorts();

    DemoServerOptions m_options;
    const tenant::DemoAccount* m_account = nullptr;  // Null: nobody.
    std::unique_ptr<DemoRows> m_rows;                // Made when first asked for.
    std::optional<GoLiveRows> m_go_live;
    std::map<Id, std::int64_t> m_last_mids;    // By client.
    std::map<Id, MutationOutcome> m_outcomes;  // By intent.
    Id m_meeting_place;                        // The ticket of story 8; empty when its edits have met.
    std::deque<Waiting> m_waiting;
    platform::RequestId m_last_request = 0;
};

}  // namespace portal::pitch
