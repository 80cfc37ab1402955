// The store's steps on a browser's event loop: of a worker of its own, or of the page between frames.
//
// The worker never blocks: it returns to its event loop after each step, because fetch, files and locks answer there.
// One of the few files that may name threads.
#include <emscripten.h>
#include <emscripten/eventloop.h>
#include <emscripten/html5.h>
#include <emscripten/proxying.h>
#include <pthread.h>

#include <atomic>
#include <utility>

#include "app/store/executor.hpp"
#include "shared/base/check.hpp"

// Implemented in web/bridge/worker.js.
extern "C" {
void portal_worker_take_over();
void portal_worker_next_turn(void (*run)(void*), void* self);
}

namespace portal::store {
namespace {

// A worker takes several steps a turn; answers of fetch and files wait no longer than this, and the bytes of the next
// page are read while this one is stored. On the page every turn is one step and a timer, because frames come between.
constexpr double worker_turn_ms_max = 10;
constexpr double page_turn_ms_max = 0;

// Steps of one event loop: at most one turn is scheduled at a time.
class LoopSteps {
  public:
    LoopSteps(std::function<StepResult()> step, double turn_ms_max)
        : m_step(std::move(step)), m_turn_ms_max(turn_ms_max) {}

    // Thread: the loop's.
    void run() {
        if (m_stopped) return;
        if (m_timer != 0) emscripten_clear_timeout(m_timer);
        m_timer = 0;
        const double turn_end_ms = emscripten_get_now() + m_turn_ms_max;
        StepResult result = m_step();
        while (result.more && !m_stopped && emscripten_get_now() < turn_end_ms)
            result = m_step();
        if (m_stopped) return;
        if (result.more && m_turn_ms_max > 0)
            take_next_turn();
        else if (result.more)
            schedule(0);
        else if (result.again_in)
            schedule(static_cast<double>(*result.again_in));
    }

    void stop() { m_stopped = true; }

  private:
    // Browsers make a chain of timers wait four milliseconds each.
    void take_next_turn() {
        if (std::exchange(m_has_next_turn, true)) return;
        portal_worker_next_turn(
            [](void* self) {
                auto* steps = static_cast<LoopSteps*>(self);
                steps->m_has_next_turn = false;
                steps->run();
            },
            this);
    }
    void schedule(double delay_ms) {
        if (m_timer != 0) emscripten_clear_timeout(m_timer);
        m_timer = emscripten_set_timeout([](void* self) { static_cast<LoopSteps*>(self)->on_timer(); }, delay_ms, this);
    }
    void on_timer() {
        m_timer = 0;
        run();
    }

    const std::function<StepResult()> m_step;
    const double m_turn_ms_max;
    int m_timer = 0;
    bool m_has_next_turn = false;
    std::atomic<bool> m_stopped = false;
};

// The page's own loop.
class InterleavedExecutor final : public Executor {
  public:
    ~InterleavedExecutor() override { InterleavedExecutor::stop(); }
    void start(std::function<StepResult()> step) override {
        m_steps = std::make_unique<LoopSteps>(std::move(step), page_turn_ms_max);
    }
    void wake() override {
        if (!m_steps || m_is_woken) return;
        m_is_woken = true;
        m_wake_timer = emscripten_set_timeout(
            [](void* self) {
                auto* executor = static_cast<InterleavedExecutor*>(self);
                executor->m_is_woken = false;
                if (executor->m_steps) executor->m_steps->run();
            },
            0, this);
    }
    void stop() override {
        if (m_is_woken) emscripten_clear_timeout(m_wake_timer);
        m_is_woken = false;
        // The steps' timer finds them stopped; they stay until the page goes, because it holds their address.
        if (m_steps) m_steps.release()->stop();
    }

  private:
    std::unique_ptr<LoopSteps> m_steps;
    bool m_is_woken = false;
    int m_wake_timer = 0;
};

// In the program with threads only.
class WorkerExecutor final : public Executor {
  public:
    void start(std::function<StepResult()> step) override {
        m_steps = new LoopSteps(std::move(step), worker_turn_ms_max);
        m_queue = em_proxying_queue_create();
        portal_worker_take_over();
        pthread_attr_t attributes;
        pthread_attr_init(&attributes);
        pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
        const int failed = pthread_create(&m_thread, &attributes, &WorkerExecutor::run_worker, m_steps);
        pthread_attr_destroy(&attributes);
        check(failed == 0, "the store's worker starts");
        m_is_started = true;
    }

    void wake() override {
        if (!m_is_started || m_is_woken.exchange(true)) return;
        emscripten_proxy_async(m_queue, m_thread, &WorkerExecutor::run_woken, this);
    }

    // The page never waits: the worker's loop ends its steps by itself, and goes with the page.
    void stop() override {
        if (m_steps) m_steps->stop();
    }

  private:
    static void* run_worker(void* steps) {
        emscripten_runtime_keepalive_push();
        static_cast<LoopSteps*>(steps)->run();
        return nullptr;
    }
    static void run_woken(void* self) {
        auto* executor = static_cast<WorkerExecutor*>(self);
        executor->m_is_woken = false;
        executor->m_steps->run();
    }

    // Never freed: the worker may be in the middle of a step when the page goes.
    LoopSteps* m_steps = nullptr;
    em_proxying_queue* m_queue = nullptr;
    pthread_t m_thread = {};
    bool m_is_started = false;
    std::atomic<bool> m_is_woken = false;
};

}  // namespace

std::unique_ptr<Executor> make_executor(ExecutorKind kind) {
    if (kind == ExecutorKind::threaded) return std::make_unique<WorkerExecutor>();
    if (kind == ExecutorKind::manual) return make_manual_executor();
    return std::make_unique<InterleavedExecutor>();
}

}  // namespace portal::store
