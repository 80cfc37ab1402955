// Every widget of app/ui on a few pages, for looking at. Not shipped.
#pragma once

#include "app/ui/chart.hpp"
#include "app/ui/choice.hpp"
#include "app/ui/frame.hpp"
#include "app/ui/notice.hpp"
#include "app/ui/overlay.hpp"
#include "app/ui/palette.hpp"
#include "app/ui/table.hpp"

#include <string>

namespace portal::ui::gallery {

struct State {
    int page = 0;
    RailState rail = RailState::expanded;
    int period = 1;
    int tab = 0;
    int practice = 2;
    int contact = 0;
    bool checked = true;
    bool unchecked = false;
    bool on = true;
    bool off = false;
    bool vets = true;
    bool dentists = false;
    std::string name = "Brookside Veterinary Group";
    std::string email;
    std::string password = "secret";
    std::string body;
    std::string search;
    Shown dialog = Shown::no;
    Shown drawer = Shown::no;
    ToastStack toasts;
    TableState book;
    TableState endless;
    ChartState net;
    ChartState rates;
    ChartState mix;
    Crosshair crosshair;
    PaletteState palette;
    ShortcutListener shortcuts;
    Shown sheet = Shown::no;
    bool words_are_set = false;
};

inline constexpr int page_count = 5;
void draw_gallery(State& state);
void page_data(State& state);
void page_overview(State& state);
void page_tables(State& state);

}  // namespace portal::ui::gallery
