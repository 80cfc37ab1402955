#include "app/console/analyst.hpp"
#include "app/console/console_host.hpp"

namespace portal::console {
namespace {

class NativeConsoleHost final : public ConsoleHost {
  public:
    explicit NativeConsoleHost(std::function<void()> wake) : m_wake(std::move(wake)) {}

    void begin_copy(std::size_t bytes) override {
        m_image.clear();
        m_image.reserve(bytes);
        m_analyst.reset();
    }
    void add_piece(std::string_view piece) override { m_image += piece; }

    void ask(const std::string& sql, DurationMs ms_max) override {
        m_question = Question{sql, ms_max};
        m_wake();
    }
    void stop() override {
        m_question.reset();
        m_analyst.reset();
    }

    std::optional<vm::SqlAnswer> take_answer() override {
        if (!m_question) return std::nullopt;
        const Question question = *std::exchange(m_question, std::nullopt);
        if (!m_analyst) {
            auto opened = Analyst::open(std::move(m_image));
            if (!opened) {
                vm::SqlAnswer lost;
                lost.outcome = vm::SqlAnswer::Outcome::lost;
                return lost;
            }
            m_analyst = std::move(*opened);
        }
        return m_analyst->run_within(question.sql, question.ms_max, system_clock());
    }

  private:
    struct Question {
        std::string sql;
        DurationMs ms_max = 0;
    };
    const std::function<void()> m_wake;
    std::string m_image;
    std::unique_ptr<Analyst> m_analyst;
    std::optional<Question> m_question;
};

}  // namespace

std::unique_ptr<ConsoleHost> make_console_host(std::function<void()> wake) {
    return std::make_unique<NativeConsoleHost>(std::move(wake));
}

}  // namespace portal::console
