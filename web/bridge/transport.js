// The page's half of platform/transport: fetch() with a streamed reply, and server-sent events.
//
// Runs where the store runs (its worker, or the page in the build without threads). Calls come back by
// _portal_transport_head, _chunk, _done and _event, on the same thread; none after a cancel.
// The C++ half is app/platform/transport_web.cpp.
addToLibrary({
  // Requests and subscriptions by number. A text: the library's objects are written out as plain data.
  $portal_transport_running: 'new Map()',
  $portal_transport__deps: ['$portal_transport_running', '$UTF8ToString', '$stringToNewUTF8', '$callUserCallback', 'malloc', 'free',
    'portal_transport_head', 'portal_transport_chunk', 'portal_transport_done', 'portal_transport_event'],
  $portal_transport: {
    event_names: ['open', 'hint', 'resync', 'state', 'message', 'changed', 'ptr',
      'recorded', 'unrecorded', 'paused', 'end'],

    retry_after_ms(response) {
      const header = response.headers.get('Retry-After');
      if (header === null) return 0;
      const seconds = Number(header);
      if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
      const instant = Date.parse(header);
      return Number.isNaN(instant) ? 0 : Math.max(0, instant - Date.now());
    },

    with_text(text, use) {
      const pointer = stringToNewUTF8(text);
      try {
        use(pointer);
      } finally {
        _free(pointer);
      }
    },

    deliver(request, bytes) {
      if (bytes.length === 0) return;
      const pointer = _malloc(bytes.length);
      HEAPU8.set(bytes, pointer);
      try {
        _portal_transport_chunk(request, pointer, bytes.length);
      } finally {
        _free(pointer);
      }
    },

    fetch: async function (request, method, path, body, timeout_ms) {
      const control = new AbortController();
      portal_transport_running.set(request, { stop: () => control.abort() });
      // Without any byte for this long the link is as good as down. One timer for all the bytes: they are many.
      let heard_ms = performance.now();
      let timer = 0;
      const watch = () => {
        const left_ms = heard_ms + timeout_ms - performance.now();
        if (left_ms <= 0) control.abort();
        else timer = setTimeout(watch, left_ms);
      };
      const is_running = () => portal_transport_running.has(request);
      let failure = '';
      try {
        watch();
        const response = await fetch(path, {
          method,
          body: body === '' ? undefined : body,
          headers: { 'X-Portal-Request': '1', ...(body === '' ? {} : { 'Content-Type': 'application/json' }) },
          credentials: 'same-origin',
          cache: 'no-store',
          redirect: 'error',
          signal: control.signal,
        });
        if (is_running())
          callUserCallback(() => _portal_transport_head(request, response.status, portal_transport.retry_after_ms(response)));
        const reader = response.body?.getReader();
        while (reader && is_running()) {
          const { done, value } = await reader.read();
          heard_ms = performance.now();
          if (done) break;
          if (is_running()) callUserCallback(() => portal_transport.deliver(request, value));
        }
      } catch (error) {
        failure = `${error?.name}: ${error?.message}`;
      }
      clearTimeout(timer);
      if (!is_running()) return;
      portal_transport_running.delete(request);
      callUserCallback(() => portal_transport.with_text(failure, (text) => _portal_transport_done(request, text)));
    },

    subscribe(request, path) {
      const source = new EventSource(path, { withCredentials: true });
      portal_transport_running.set(request, { stop: () => source.close() });
      for (const name of portal_transport.event_names) {
        source.addEventListener(name, (event) => {
          if (!portal_transport_running.has(request)) return;
          callUserCallback(() => portal_transport.with_text(name, (name_text) =>
            portal_transport.with_text(String(event.data ?? ''), (data_text) =>
              _portal_transport_event(request, name_text, data_text))));
        });
      }
      // The browser would reconnect at once and all clients together; when to come back is the caller's to decide.
      source.onerror = () => {
        source.close();
        if (!portal_transport_running.delete(request)) return;
        callUserCallback(() => portal_transport.with_text('the stream of hints ended',
          (text) => _portal_transport_done(request, text)));
      };
    },
  },

  portal_transport_send__deps: ['$portal_transport'],
  portal_transport_send(request, method, path, body, timeout_ms) {
    // Sent at once, though the store's turn may be long; what comes back waits for a later turn.
    portal_transport.fetch(request, UTF8ToString(method), UTF8ToString(path), UTF8ToString(body), timeout_ms);
  },

  portal_transport_cancel__deps: ['$portal_transport'],
  portal_transport_cancel(request) {
    const running = portal_transport_running.get(request);
    portal_transport_running.delete(request);
    running?.stop();
  },

  portal_transport_subscribe__deps: ['$portal_transport'],
  portal_transport_subscribe(request, path) {
    const path_text = UTF8ToString(path);
    Promise.resolve().then(() => portal_transport.subscribe(request, path_text));
  },
});
