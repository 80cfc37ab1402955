// The portal's program, with threads. It holds no demo, so that a first load need not fetch one.
#include "app/shell/page_web.hpp"

int main() {
    portal::shell::run_page(portal::store::ExecutorKind::threaded, nullptr, nullptr);
    return 0;
}
