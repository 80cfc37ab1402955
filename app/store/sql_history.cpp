#include "app/store/sql_history.hpp"

#include <algorithm>

#include "shared/base/limits.hpp"

namespace portal::store {
namespace {

// "Record separator": no keyboard has it.
constexpr char between_questions = '\x1e';

}  // namespace

std::vector<std::string> read_history(std::string_view text) {
    std::vector<std::string> questions;
    while (!text.empty() && questions.size() < limits::sql_history_max) {
        const std::size_t end = text.find(between_questions);
        questions.emplace_back(text.substr(0, end));
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    }
    return questions;
}

std::string history_with(std::string_view text, std::string_view sql) {
    std::string question(sql);
    std::erase(question, between_questions);
    if (question.empty()) return std::string(text);
    std::string kept = question;
    std::size_t count = 1;
    for (const std::string& former : read_history(text))
        if (former != question && count++ < limits::sql_history_max) kept += between_questions + former;
    return kept;
}

}  // namespace portal::store
