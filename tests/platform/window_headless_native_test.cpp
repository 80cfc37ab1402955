#include "app/platform/window_headless.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "generated/fonts.hpp"

namespace portal::platform {

using mirror::Annotation;
using mirror::MirrorFrame;

namespace {

// A small screen: a field, a button, a box, a long list that scrolls, a popup.
class Screen final : public WindowListener {
  public:
    void draw_frame() override {
        ImGui::SetNextWindowPos({0, 0});
        ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
        ImGui::Begin("screen", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove);
        ImGui::InputText("##subject", subject, sizeof subject);
        portal::mirror::current().annotate_last_item({.name = "Subject", .value = subject});
        if (ImGui::Button("File ticket")) ++filed;
        ImGui::Checkbox("Urgent", &urgent);
        ImGui::BeginDisabled();
        ImGui::Button("Delete");
        ImGui::EndDisabled();
        if (ImGui::Button("Copy")) ImGui::SetClipboardText("TCK-1");
        if (ImGui::Button("More")) ImGui::OpenPopup("more");
        if (ImGui::BeginPopup("more")) {
            if (ImGui::Button("Close ticket")) ++closed;
            ImGui::EndPopup();
        }
        ImGui::BeginChild("list", {300, 100});
        for (int i = 0; i < 50; ++i) {
            ImGui::PushID(i);
            if (ImGui::Button("Row")) last_row = i;
            const std::string name = "Row " + std::to_string(i);
            portal::mirror::current().annotate_last_item({.role = mirror::Role::button, .name = name});
            ImGui::PopID();
        }
        ImGui::EndChild();
        ImGui::End();
    }
    void environment_changed(const Environment& told) override { environment = told; }
    void route_changed(std::string_view told) override { route = told; }
    void visibility_changed(bool told) override { visible = told; }
    void file_opened(std::string_view name, std::span<const std::uint8_t> bytes) override {
        file = std::string(name) + ":" + std::to_string(bytes.size());
    }

    char subject[64] = "";
    int filed = 0, closed = 0, last_row = -1;
    bool urgent = false, visible = true;
    Environment environment;
    std::string route, file;
};

struct Stage {
    Screen screen;
    MirrorFrame mirror;
    HeadlessWindow window;

    Stage() {
        window.start(screen, mirror);
        ImFontConfig config;
        config.FontDataOwnedByAtlas = false;
        const auto font = portal::assets::font_regular;
        ImGui::GetIO().Fonts->AddFontFromMemoryTTF(const_cast<std::uint8_t*>(font.data()),
                                                   static_cast<int>(font.size()), 16, &config);
        window.draw_until_idle();
    }
};

}  // namespace

TEST_CASE("buttons and boxes are clicked by their names", "[platform]") {
    Stage stage;
    REQUIRE(stage.window.click(mirror::Role::button, "File ticket"));
    CHECK(stage.screen.filed == 1);
    REQUIRE(stage.window.click(mirror::Role::checkbox, "Urgent"));
    CHECK(stage.screen.urgent);
    CHECK((stage.window.find(mirror::Role::checkbox, "Urgent")->state & portal::mirror::state_checked) != 0);
    CHECK((stage.window.find(mirror::Role::button, "Delete")->state & portal::mirror::state_disabled) != 0);
    CHECK_FALSE(stage.window.click(mirror::Role::button, "No such button"));
}

TEST_CASE("a field is filled, typed into and emptied", "[platform]") {
    Stage stage;
    const std::string text = GENERATE("Ledger match broke", "Ñandú é", "日本");
    REQUIRE(stage.window.fill("Subject", text));
    CHECK(std::string(stage.screen.subject) == text);
    CHECK(stage.window.find(mirror::Role::textbox, "Subject")->value == text);
    REQUIRE(stage.window.fill("Subject", "again"));
    stage.window.type("!");
    CHECK(std::string(stage.screen.subject) == "again!");
    REQUIRE(stage.window.fill("Subject", ""));
    CHECK(std::string(stage.screen.subject).empty());
    stage.window.paste("from outside");
    CHECK(std::string(stage.screen.subject) == "from outside");
}

TEST_CASE("the keyboard reaches what the pointer reaches", "[platform]") {
    Stage stage;
    stage.window.press(ImGuiKey_Tab);
    for (int i = 0; i < 10 && stage.screen.filed == 0; ++i) {
        stage.window.press(ImGuiKey_Tab);
        stage.window.press(ImGuiKey_Enter);
    }
    CHECK(stage.screen.filed == 1);
}

TEST_CASE("nothing is drawn when nothing was asked for", "[platform]") {
    Stage stage;
    CHECK(stage.window.is_idle());
    const auto drawn = stage.window.drawn_frame_count();
    CHECK(stage.window.draw_until_idle() == 0);
    stage.window.wake_from_any_thread();
    CHECK(stage.window.draw_until_idle() == 1);
    CHECK(stage.window.drawn_frame_count() == drawn + 1);
    const auto revision = stage.mirror.revision();
    stage.window.draw_frames(5);
    CHECK(stage.mirror.revision() == revision);
}

TEST_CASE("items out of sight are told, and come into sight by scrolling", "[platform]") {
    Stage stage;
    const auto* row = stage.window.find(mirror::Role::button, "Row 40");
    REQUIRE(row);
    CHECK((row->state & portal::mirror::state_clipped) != 0);
    CHECK_FALSE(stage.window.click(mirror::Role::button, "Row 40"));
    const auto* visible = stage.window.find(mirror::Role::button, "Row 1");
    const float x = visible->rect.x + 5, y = visible->rect.y + 5;
    for (int i = 0; i < 40 && !stage.window.click(mirror::Role::button, "Row 40"); ++i)
        stage.window.scroll(x, y, -1);
    CHECK(stage.screen.last_row == 40);
}

TEST_CASE("a popup is not inside what opened it", "[platform]") {
    Stage stage;
    REQUIRE(stage.window.click(mirror::Role::button, "More"));
    const auto* button = stage.window.find(mirror::Role::button, "Close ticket");
    REQUIRE(button);
    CHECK(button->parent == 0);
    CHECK((button->state & portal::mirror::state_top_layer) != 0);
    REQUIRE(stage.window.click(mirror::Role::button, "Close ticket"));
    CHECK(stage.screen.closed == 1);
}

TEST_CASE("the window records what the program asks for", "[platform]") {
    Stage stage;
    CHECK(stage.screen.route == "/");
    stage.window.push_route("/tickets");
    stage.window.push_route("/tickets/1");
    REQUIRE(stage.window.go_back());
    CHECK(stage.screen.route == "/tickets");
    REQUIRE(stage.window.go_forward());
    CHECK(stage.screen.route == "/tickets/1");
    CHECK_FALSE(stage.window.go_forward());
    stage.window.go_back();
    stage.window.push_route("/profile");
    CHECK(stage.window.history().size() == 3);
    REQUIRE(stage.window.click(mirror::Role::button, "Copy"));
    CHECK(stage.window.clipboard() == "TCK-1");
    const std::uint8_t bytes[] = {1, 2, 3};
    stage.window.save_file("a.csv", "text/csv", bytes);
    CHECK(stage.window.saved_files().at(0).bytes.size() == 3);
    stage.window.store_preference("theme", "dark");
    CHECK(stage.window.load_preference("theme") == "dark");
    CHECK(stage.window.load_preference("none").empty());
    CHECK(stage.window.troubles().empty());
    stage.window.log_trouble("pull page", "cut short");
    stage.window.log_trouble("storage", "full");
    CHECK(stage.window.troubles() == "pull page cut short\nstorage full");
    stage.window.open_file("facts.csv", bytes);
    CHECK(stage.screen.file == "facts.csv:3");
    stage.window.set_visible(false);
    CHECK_FALSE(stage.screen.visible);
    Environment environment = stage.window.environment();
    environment.width = 390;
    environment.color_scheme = ColorScheme::dark;
    stage.window.set_environment(environment);
    CHECK(stage.screen.environment.width == 390);
    CHECK_FALSE(stage.window.is_idle());
}

}  // namespace portal::platform
