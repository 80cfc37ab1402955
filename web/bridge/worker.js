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

  // Of this thread's event loop; one at a time.
  $portal_turn_channel: 'null',
  portal_worker_next_turn__deps: ['$portal_turn_channel', '$callUserCallback'],
  portal_worker_next_turn(run, self) {
    portal_turn_channel ??= new MessageChannel();
    portal_turn_channel.port1.onmessage = () => callUserCallback(() => {{{ makeDynCall('vp', 'run') }}}(self));
    portal_turn_channel.port2.postMessage(0);
  },
});
