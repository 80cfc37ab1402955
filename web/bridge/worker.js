// The store's worker, which boot.js starts beside the page: Emscripten takes it for the next thread that it creates.
// The C++ half is app/store/executor_web.cpp.
addToLibrary({
#if PTHREADS
  portal_worker_take_over__deps: ['$PThread'],
#endif
  portal_worker_take_over() {
#if PTHREADS
    const worker = Module['store_worker'];
    if (!worker) return;
    PThread.unusedWorkers.push(worker);
    PThread.loadWasmModuleToWorker(worker);
#endif
  },
});
