#include "app/pitch/pitch_run.hpp"

#include <catch2/catch_test_macros.hpp>

#include "app/vm/pitch_words.hpp"
#include "app/vm/route.hpp"
#include "shared/tenant/generator.hpp"

namespace portal::pitch {
namespace {

using vm::PitchRoom;
using vm::PitchWish;

std::vector<tenant::Story> pitched_stories() {
    tenant::DemoOptions options;
    options.today = 20'700;
    options.scale = tenant::Scale::small;
    return tenant::stories(options);
}

std::vector<int> story_numbers(const PitchRun& run) {
    std::vector<int> numbers;
    for (const PitchStep& step : run.steps())
        numbers.push_back(step.story);
    return numbers;
}

}  // namespace

TEST_CASE("Every story that has a screen is a step, those of the listeners' kind first", "[pitch]") {
    const std::vector<tenant::Story> stories = pitched_stories();
    for (const Specialty persona : {Specialty::dental, Specialty::veterinary, Specialty::medical}) {
        const std::vector<PitchStep> steps = steps_of(stories, persona);
        CHECK(steps.size() == stories.size());
        bool others_began = false;
        for (const PitchStep& step : steps) {
            CHECK(vm::parse_route(step.route).has_value());
            for (const tenant::Story& story : stories) {
                if (story.number != step.story) continue;
                CHECK_FALSE((others_began && story.specialty == persona));
                others_began = others_began || story.specialty != persona;
            }
        }
    }
    CHECK(steps_of(stories, Specialty::veterinary).front().story == 1);
    CHECK(steps_of(stories, Specialty::dental).front().story == 2);
    const Id goes_live = "01J00000000000000000000003";
    CHECK(steps_of(stories, Specialty::dental, goes_live).back().story == 0);
    CHECK(steps_of(stories, Specialty::dental, goes_live).back().route == "/integrations/" + goes_live);
    std::vector<tenant::Story> odd = stories;
    odd.front().route = "/no-such-screen";
    CHECK(steps_of(odd, Specialty::dental).size() == stories.size() - 1);
}

TEST_CASE("A pitch goes by its keys, and one of them resets it", "[pitch]") {
    PitchRun run(pitched_stories());
    CHECK_FALSE(run.is_on());
    CHECK_FALSE(run.enter("/tickets", 0));
    REQUIRE(run.enter("/pitch", 0));
    CHECK(run.room() == PitchRoom::preflight);
    CHECK_FALSE(run.wanted_screen());
    CHECK_FALSE(run.ask({PitchWish::next}, 5));
    CHECK(run.ask({PitchWish::choose_persona, static_cast<int>(Specialty::dental)}, 5));
    CHECK(run.ask({PitchWish::begin}, 1'000));
    CHECK(run.route() == "/pitch/dental/1");
    CHECK(run.elapsed_ms(61'000) == 60'000);
    CHECK(run.wanted_screen() == vm::parse_route(run.steps().front().route));
    CHECK_FALSE(run.ask({PitchWish::previous}, 0));
    CHECK(run.ask({PitchWish::spotlight}, 0));
    CHECK(run.has_spotlight());
    CHECK(run.ask({PitchWish::next}, 0));
    CHECK_FALSE(run.has_spotlight());
    const int last = static_cast<int>(run.steps().size()) - 1;
    CHECK(run.ask({PitchWish::show_step, 99}, 0));
    CHECK(run.step() == last);
    CHECK_FALSE(run.ask({PitchWish::next}, 0));
    // The same step again: its own screen, after a link of it was followed.
    CHECK(run.ask({PitchWish::show_step, last}, 0));
    CHECK(run.ask({PitchWish::spotlight}, 0));
    CHECK(run.ask({PitchWish::reset}, 9'000));
    CHECK(run.step() == 0);
    CHECK(run.elapsed_ms(9'000) == 0);
    CHECK_FALSE(run.has_spotlight());
    CHECK(run.ask({PitchWish::leave}, 0));
    CHECK(run.is_on());
    CHECK(run.room() == PitchRoom::preflight);
    CHECK(run.ask({PitchWish::leave}, 0));
    CHECK_FALSE(run.is_on());
}

TEST_CASE("Their own numbers are left to where they were shown from, and the timer goes on", "[pitch]") {
    PitchRun run(pitched_stories());
    REQUIRE(run.enter("/pitch", 0));
    CHECK(run.ask({PitchWish::show_what_if}, 0));
    CHECK(run.route() == "/pitch/what-if");
    CHECK_FALSE(run.wanted_screen());
    CHECK(run.ask({PitchWish::leave}, 0));
    CHECK(run.room() == PitchRoom::preflight);
    CHECK(run.ask({PitchWish::begin}, 1'000));
    CHECK(run.ask({PitchWish::next}, 1'000));
    CHECK(run.ask({PitchWish::show_what_if}, 2'000));
    CHECK_FALSE(run.ask({PitchWish::next}, 2'000));
    CHECK(run.elapsed_ms(5'000) == 4'000);
    CHECK(run.ask({PitchWish::leave}, 6'000));
    CHECK(run.room() == PitchRoom::steps);
    CHECK(run.step() == 1);
    CHECK(run.enter("/pitch/what-if", 7'000));
    CHECK(run.enter("/pitch/dental/3", 8'000));
    CHECK(run.elapsed_ms(9'000) == 8'000);
    // The one key works among their numbers, too.
    CHECK(run.ask({PitchWish::show_what_if}, 9'000));
    CHECK(run.ask({PitchWish::reset}, 10'000));
    CHECK(run.route() == "/pitch/dental/1");
    CHECK(run.elapsed_ms(10'000) == 0);
}

TEST_CASE("Before a pitch has begun there is nothing to reset", "[pitch]") {
    PitchRun run(pitched_stories());
    REQUIRE(run.enter("/pitch", 0));
    CHECK_FALSE(run.ask({PitchWish::reset}, 0));
    CHECK(run.ask({PitchWish::show_what_if}, 0));
    CHECK_FALSE(run.ask({PitchWish::reset}, 0));
    CHECK(run.room() == PitchRoom::what_if);
}

TEST_CASE("An address names a step, and a wrong one none", "[pitch]") {
    PitchRun run(pitched_stories());
    for (const char* wrong : {"/pitch/", "/pitch/veterinary/2"}) {
        INFO(wrong);
        CHECK(run.enter(wrong, 0));
    }
    CHECK(run.step() == 1);
    CHECK(run.persona() == Specialty::veterinary);
    const std::string before = run.route();
    for (const char* wrong :
         {"/pitches", "/pitch/veterinary", "/pitch/moon/2", "/pitch/dental/x", "/pitch/dental/2x"}) {
        INFO(wrong);
        CHECK_FALSE(run.enter(wrong, 0));
        CHECK(run.route() == before);
    }
    CHECK(run.enter("/pitch/dental/999", 0));
    CHECK(run.step() == static_cast<int>(run.steps().size()) - 1);
    CHECK(run.enter("/pitch/medical/-3", 0));
    CHECK(run.step() == 0);
    CHECK(story_numbers(run) != std::vector<int>());
}

TEST_CASE("The last step is the one where an integration goes live", "[pitch]") {
    PitchRun run(pitched_stories(), "01J00000000000000000000003");
    REQUIRE(run.enter("/pitch/veterinary/1", 0));
    CHECK_FALSE(run.goes_live());
    REQUIRE(run.enter("/pitch/veterinary/99", 0));
    CHECK(run.goes_live());
    CHECK(run.ask({PitchWish::show_what_if}, 0));
    CHECK_FALSE(run.goes_live());
}

TEST_CASE("A step holds no figure of its own: what its words say is no sum, no rate and no date", "[pitch]") {
    constexpr std::string_view step_words[] = {
#define WORD(name, english, spanish) #name, english, spanish,
#include "app/vm/words/overview.def"
#include "app/vm/words/pitch.def"
#undef WORD
    };
    int captions = 0, notes = 0;
    for (std::size_t at = 0; at < std::size(step_words); at += 3) {
        const std::string_view name = step_words[at];
        const bool is_caption = name.starts_with("story_") && name.size() == 7,
                   is_note = name.starts_with("pitch_notes_") && name != "pitch_notes_next";
        if (!is_caption && !is_note) continue;
        ++(is_caption ? captions : notes);
        for (const std::string_view said : {step_words[at + 1], step_words[at + 2]}) {
            INFO(name << ": " << said);
            // A plan is called by its months.
            CHECK(said.find_first_of(name == "story_4" ? "$%" : "$%0123456789") == std::string_view::npos);
        }
    }
    CHECK(captions == 9);
    CHECK(notes >= 7);
}

TEST_CASE("A step waits for its own rows", "[pitch]") {
    vm::Snapshot snapshot;
    const vm::Query wanted = vm::IntegrationsQuery{.selected = Id("01J00000000000000000000001")};
    CHECK_FALSE(shows_step(snapshot, wanted));
    auto part = std::make_shared<vm::IntegrationsPart>();
    part->query.selected = Id("01J00000000000000000000002");
    part->detail.emplace();
    snapshot.integrations = part;
    CHECK_FALSE(shows_step(snapshot, wanted));
    auto right = std::make_shared<vm::IntegrationsPart>(*part);
    right->query.selected = Id("01J00000000000000000000001");
    snapshot.integrations = right;
    CHECK(shows_step(snapshot, wanted));
}

}  // namespace portal::pitch
