// What the SQL console says of questions that have no answer.
#include <catch2/catch_test_macros.hpp>

#include <memory>
#include <optional>
#include <string>

#include "app/views/sql_view.hpp"
#include "tests/ui/screen.hpp"

namespace portal::views {
namespace {

class SqlIntents final : public vm::IntentSink {
  public:
    void emit(vm::Intent) override {}
    Id new_id() override { return "01JABCDEFGHJKMNPQRSTVWXYZ0"; }
};

// Every text of the console after an answer.
std::string console_after(vm::SqlAnswer::Outcome outcome, vm::Language language) {
    vm::Snapshot snapshot;
    auto session = std::make_shared<vm::SessionPart>();
    session->sees_sql = true;
    snapshot.session = session;
    auto part = std::make_shared<vm::SqlPart>();
    part->state = vm::SqlPart::State::answered;
    auto answer = std::make_shared<vm::SqlAnswer>();
    answer->outcome = outcome;
    part->answer = answer;
    snapshot.sql = part;
    const vm::Format format(language, 1'772'627'400'000);
    SqlIntents sink;
    Preferences preferences;
    PageRequests page;
    const std::optional<LostCopy> lost_copy;
    SqlState state;
    ui::test::Screen screen;
    screen.draw([&] {
        const ViewContext context{snapshot, format, sink, preferences, page, lost_copy};
        sql_view(context, state);
    });
    screen.frame(4);
    std::string said;
    for (const mirror::MirrorNode& node : mirror::current().nodes())
        said += node.name + "\n";
    return said;
}

TEST_CASE("a question that took longer than its ten seconds says so, and what to do", "[views]") {
    using Outcome = vm::SqlAnswer::Outcome;
    const std::string english = console_after(Outcome::too_long, vm::Language::english);
    CHECK(english.find("Stopped without an answer. A question may take 10 seconds") != std::string::npos);
    const std::string spanish = console_after(Outcome::too_long, vm::Language::spanish);
    CHECK(spanish.find("Una pregunta puede durar 10 segundos") != std::string::npos);
    CHECK(console_after(Outcome::refused, vm::Language::english).find("Stopped without") == std::string::npos);
}

}  // namespace
}  // namespace portal::views
