// The page's half of the SQL console: the worker that answers questions (web/console.js).
//
// Runs where the store runs. Answers come back by _portal_console_told on the same thread; none after a stop.
// The C++ half is app/console/console_host_web.cpp.
addToLibrary({
  $portal_console__deps: ['$callUserCallback', 'malloc', 'free', 'portal_console_told'],
  $portal_console: {
    worker: null,

    // Without bytes: it has gone.
    tell(bytes) {
      const size = bytes?.length ?? 0;
      const pointer = _malloc(size || 1);
      if (size) HEAPU8.set(bytes, pointer);
      callUserCallback(() => _portal_console_told(pointer, size));
      _free(pointer);
    },

    lose() {
      portal_console.stop();
      portal_console.tell(null);
    },

    post(message, bytes) {
      const self = portal_console;
      if (!self.worker) {
        try {
          self.worker = new Worker('/{{asset:console.js}}', { type: 'module', name: 'console' });
        } catch {
          // A page from a disk may not begin one. Not from inside of the question.
          setTimeout(self.lose);
          return;
        }
        self.worker.onerror = self.lose;
        self.worker.onmessage = ({ data }) => (data ? self.tell(data) : self.lose());
      }
      self.worker.postMessage(message, bytes ? [bytes.buffer] : []);
    },

    stop() {
      portal_console.worker?.terminate();
      portal_console.worker = null;
    },
  },

  portal_console_begin_copy__deps: ['$portal_console'],
  portal_console_begin_copy: (image_bytes) => portal_console.post({ image_bytes }),

  portal_console_add_piece__deps: ['$portal_console'],
  portal_console_add_piece: (bytes, size) => {
    const piece = HEAPU8.slice(bytes, bytes + size);
    portal_console.post({ piece }, piece);
  },

  portal_console_ask__deps: ['$portal_console', '$UTF8ToString'],
  portal_console_ask: (sql, size, ms_max) => portal_console.post({ sql: UTF8ToString(sql, size), ms_max }),

  portal_console_stop__deps: ['$portal_console'],
  portal_console_stop: () => portal_console.stop(),
});
