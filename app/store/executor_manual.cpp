#include "app/store/executor.hpp"

namespace portal::store {
namespace {

class ManualExecutor final : public Executor {
  public:
    void start(std::function<StepResult()> step) override { m_step = std::move(step); }
    void wake() override {}
    void stop() override { m_step = nullptr; }
    bool step_once() override { return m_step && m_step().more; }

  private:
    std::function<StepResult()> m_step;
};

}  // namespace

std::unique_ptr<Executor> make_manual_executor() {
    return std::make_unique<ManualExecutor>();
}

}  // namespace portal::store
