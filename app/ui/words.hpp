// The few words that widgets say by themselves. The shell fills them from the text catalogue when
// the language is set; widgets never hold text of their own.
//
// Thread: the UI thread only.
#pragma once

#include <string>

namespace portal::ui {

struct Words {
    std::string close;
    std::string cancel;
    std::string show_password;
    std::string hide_password;
    std::string clear;
    std::string remove;
    std::string required;
    std::string busy;
    std::string more;
    std::string dismiss;
    std::string undo;
    std::string columns;
    std::string filter_by;  // Before a column's title.
    std::string show_as_table;
    std::string show_as_chart;
    std::string no_options;
    std::string sorted_ascending;
    std::string sorted_descending;
    std::string expand_navigation;
    std::string collapse_navigation;
    std::string previous_month;
    std::string next_month;
    std::string immature;  // What the hatched part of a chart means: "Not complete yet".
    std::string other;     // The ninth series and after.
    std::string loading;
};

void set_words(Words words);
const Words& words();

}  // namespace portal::ui
