#include "app/shell/ui_words.hpp"

namespace portal::shell {

ui::Words widget_words(vm::Language language) {
    using vm::Word;
    const auto word = [language](Word id) { return std::string(vm::say(language, id)); };
    return {.close = word(Word::close),
            .cancel = word(Word::cancel),
            .show_password = word(Word::widget_show_password),
            .hide_password = word(Word::widget_hide_password),
            .clear = word(Word::widget_clear),
            .remove = word(Word::widget_remove),
            .required = word(Word::widget_required),
            .busy = word(Word::widget_busy),
            .more = word(Word::widget_more),
            .dismiss = word(Word::widget_dismiss),
            .undo = word(Word::undo),
            .columns = word(Word::widget_columns),
            .filter_by = word(Word::widget_filter_by),
            .show_as_table = word(Word::widget_show_as_table),
            .show_as_chart = word(Word::widget_show_as_chart),
            .no_options = word(Word::commands_none),
            .sorted_ascending = word(Word::widget_sorted_ascending),
            .sorted_descending = word(Word::widget_sorted_descending),
            .expand_navigation = word(Word::rail_expand),
            .collapse_navigation = word(Word::rail_collapse),
            .previous_month = word(Word::widget_previous_month),
            .next_month = word(Word::widget_next_month),
            .immature = word(Word::widget_immature),
            .other = word(Word::widget_other),
            .loading = word(Word::loading)};
}

}  // namespace portal::shell
