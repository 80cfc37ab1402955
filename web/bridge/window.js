// The page's half of platform/window: frames, pixels, environment, address bar, files, announcements.
//
// Dear ImGui draws on demand: request_frames(n) asks for n animation frames and nothing runs when none is asked for.
// The C++ half is app/platform/window_web.cpp; its exports are the _portal_window_* functions.
addToLibrary({
  $portal_window__deps: [
    '$portal_window_pointer', '$portal_window_keyboard', '$portal_window_mirror',
    '$UTF8ToString', '$stringToNewUTF8', 'malloc', 'free',
    'portal_window_draw', 'portal_window_settle', 'portal_window_resize', 'portal_window_environment',
    'portal_window_locale', 'portal_window_route', 'portal_window_visibility', 'portal_window_file',
    'portal_window_graphics_lost', 'portal_window_drawn_frame_count', 'portal_window_shown_frame_count',
    'portal_window_heap_bytes',
  ],
  $portal_window: {
    // A dropped file beyond this is refused: it has to fit into memory twice.
    dropped_file_bytes_max: 256 * 1024 * 1024,

    root: null,
    canvas: null,
    frame_request: 0,
    frames_left: 0,
    graphics_are_lost: false,
    first_frame_is_drawn: false,
    live_regions: null,
    workbook_maker: null,

    // Calls `use` with a C string that lives only during the call.
    with_text(text, use) {
      const pointer = stringToNewUTF8(text);
      try {
        return use(pointer);
      } finally {
        _free(pointer);
      }
    },

    start(role_names) {
      const self = portal_window;
      self.root = document.getElementById('app');
      self.canvas = document.getElementById('canvas');
      self.make_live_regions();
      portal_window_mirror.start(self.root, role_names);
      portal_window_pointer.start(self.root);
      portal_window_keyboard.start(self.root);
      self.watch_graphics();
      self.watch_environment();
      self.watch_size();
      self.watch_page();
      self.publish_diagnostics();
      self.tell_route();
    },

    publish_diagnostics() {
      const diagnostics = globalThis.portal_diagnostics ??= {};
      Object.defineProperties(diagnostics, {
        drawn_frame_count: { get: () => _portal_window_drawn_frame_count(), configurable: true },
        shown_frame_count: { get: () => _portal_window_shown_frame_count(), configurable: true },
        heap_bytes: { get: () => _portal_window_heap_bytes(), configurable: true },
        frame_is_due: { get: () => portal_window.frame_request !== 0, configurable: true },
        mirror: { get: () => ({ ...portal_window_mirror.statistics }), configurable: true },
        graphics_are_lost: { get: () => portal_window.graphics_are_lost, configurable: true },
      });
    },

    report(kind) {
      globalThis.dispatchEvent(new CustomEvent('portal-window', { detail: kind }));
    },

    // Frames.

    request_frames(count) {
      const self = portal_window;
      if (count > self.frames_left) self.frames_left = count;
      if (!self.frame_request && !self.graphics_are_lost && self.canvas)
        self.frame_request = requestAnimationFrame(self.tick);
    },

    tick(now_ms) {
      const self = portal_window;
      self.frame_request = 0;
      self.frames_left--;
      const is_moving = portal_window_pointer.advance(now_ms);
      const wanted = _portal_window_draw(now_ms);
      if (wanted > self.frames_left) self.frames_left = wanted;
      if (is_moving && self.frames_left < 1) self.frames_left = 1;
      if (!self.first_frame_is_drawn) {
        self.first_frame_is_drawn = true;
        self.report('first-frame');
      }
      if (self.frames_left > 0) self.request_frames(0);
    },

    // Pixels: the canvas has exactly the device's pixels, so that text is crisp at any ratio.

    watch_size() {
      const self = portal_window;
      const measure = (entry) => {
        const ratio = globalThis.devicePixelRatio || 1;
        const { width, height } = entry.contentRect;
        let pixel_width = Math.round(width * ratio);
        let pixel_height = Math.round(height * ratio);
        const box = entry.devicePixelContentBoxSize?.[0];
        // Exact where the browser knows it; emulated ratios report the real screen's pixels, which are no use.
        if (box && Math.abs(box.inlineSize - pixel_width) <= 1 && Math.abs(box.blockSize - pixel_height) <= 1) {
          pixel_width = box.inlineSize;
          pixel_height = box.blockSize;
        }
        if (self.canvas.width !== pixel_width) self.canvas.width = pixel_width;
        if (self.canvas.height !== pixel_height) self.canvas.height = pixel_height;
        _portal_window_resize(width, height, pixel_width, pixel_height, ratio);
      };
      const box = self.canvas.getBoundingClientRect();
      measure({ contentRect: { width: box.width, height: box.height } });
      const observer = new ResizeObserver((entries) => {
        measure(entries[entries.length - 1]);
        // At once: setting the size has emptied the canvas, and the page is painted right after this.
        if (self.first_frame_is_drawn && !self.graphics_are_lost) _portal_window_draw(performance.now());
        self.request_frames(2);
      });
      try {
        observer.observe(self.canvas, { box: 'device-pixel-content-box' });
      } catch {
        observer.observe(self.canvas);
        // Without that box a change of zoom alone may go unreported.
        self.watch_pixel_ratio(() => measure({ contentRect: self.canvas.getBoundingClientRect() }));
      }
    },

    watch_pixel_ratio(changed) {
      matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener('change', () => {
        changed();
        portal_window.request_frames(2);
        portal_window.watch_pixel_ratio(changed);
      }, { once: true });
    },

    watch_graphics() {
      const self = portal_window;
      self.canvas.addEventListener('webglcontextlost', (event) => {
        event.preventDefault();
        self.graphics_are_lost = true;
        if (self.frame_request) cancelAnimationFrame(self.frame_request);
        self.frame_request = 0;
        _portal_window_graphics_lost(1);
        self.report('graphics-lost');
      });
      self.canvas.addEventListener('webglcontextrestored', () => {
        self.graphics_are_lost = false;
        _portal_window_graphics_lost(0);
        self.report('graphics-restored');
      });
    },

    // What the place is like.

    watch_environment() {
      const queries = ['(prefers-color-scheme: dark)', '(prefers-reduced-motion: reduce)', '(forced-colors: active)',
        '(pointer: coarse)'].map((query) => matchMedia(query));
      const apple = /Mac|iPhone|iPad/.test(navigator.userAgentData?.platform ?? navigator.platform ?? '');
      const tell = () => {
        let flags = 0;
        queries.forEach((query, bit) => { if (query.matches) flags |= 1 << bit; });
        if (navigator.onLine) flags |= 16;
        if (apple) flags |= 32;
        portal_window_pointer.reduced_motion = queries[1].matches;
        _portal_window_environment(flags);
      };
      const time_zone = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
      portal_window.with_text(navigator.language || 'en', (language) =>
        portal_window.with_text(time_zone, (zone) => _portal_window_locale(language, zone)));
      tell();
      for (const query of queries) query.addEventListener('change', tell);
      addEventListener('online', tell);
      addEventListener('offline', tell);
    },

    watch_page() {
      const self = portal_window;
      document.addEventListener('visibilitychange', () => {
        _portal_window_visibility(document.visibilityState === 'visible' ? 1 : 0);
        self.request_frames(2);
      });
      addEventListener('pagehide', () => _portal_window_visibility(0));
      addEventListener('popstate', () => self.tell_route());
      self.root.addEventListener('dragover', (event) => event.preventDefault());
      self.root.addEventListener('drop', (event) => {
        event.preventDefault();
        for (const file of event.dataTransfer?.files ?? []) self.open_file(file);
      });
    },

    // Not a shorthand method: the library's serialiser loses `async` there.
    open_file: async (file) => {
      const self = portal_window;
      if (file.size > self.dropped_file_bytes_max) {
        self.report('file-too-large');
        return;
      }
      const bytes = new Uint8Array(await file.arrayBuffer());
      const pointer = _malloc(Math.max(bytes.length, 1));
      HEAPU8.set(bytes, pointer);
      self.with_text(file.name, (name) => _portal_window_file(name, pointer, bytes.length));
      _free(pointer);
      self.request_frames(2);
    },

    // The browser asks in its own words.
    ask_to_stay: (event) => event.preventDefault(),

    // Address bar.

    // The demo is one page, also one that is opened from a disk: its routes stand in the fragment.
    is_demo: () => Module['demo_account'] !== undefined,

    route_now() {
      if (!portal_window.is_demo()) return location.pathname + location.search;
      try {
        return decodeURI(location.hash.slice(1)) || '/';
      } catch {
        // A broken escape names no screen, and that is said.
        return location.hash.slice(1);
      }
    },
    address_of: (route) => portal_window.is_demo() ? '#' + encodeURI(route) : route,

    tell_route() {
      portal_window.with_text(portal_window.route_now(), (route) => _portal_window_route(route));
      portal_window.request_frames(2);
    },

    go(route, replace) {
      if (route === portal_window.route_now()) return;
      const url = new URL(portal_window.address_of(route), location.href);
      if (!portal_window.is_demo() && url.origin !== location.origin) return;
      if (replace) history.replaceState(null, '', url);
      else history.pushState(null, '', url);
    },

    // The demo has no other page but that of recordings, which is the same page anew where it is one file: signing in is
    // choosing a role there.
    leave(path) {
      if (!portal_window.is_demo() || path === '/replay') {
        location.assign(globalThis.portal_inlined ? '?replay' : path);
        return;
      }
      const wanted = new URLSearchParams(path.split('?')[1] ?? '');
      const account = wanted.get('account');
      const search = account ? '?as=' + encodeURIComponent(account) : '';
      const address = location.pathname + search + '#' + encodeURI(wanted.get('next') ?? '/');
      if (search !== location.search) {
        location.assign(address);
        return;
      }
      // A fragment alone would not start anew.
      history.replaceState(null, '', address);
      location.reload();
    },

    // Announcements.

    make_live_regions() {
      const make = (politeness) => {
        const region = document.createElement('div');
        region.className = 'live-region';
        region.setAttribute('aria-live', politeness);
        portal_window.root.append(region);
        return region;
      };
      portal_window.live_regions = [make('polite'), make('assertive')];
    },

    announce(sentence, urgent) {
      const region = portal_window.live_regions?.[urgent];
      if (!region) return;
      // The same sentence twice is only read twice when the text changes.
      region.textContent = region.textContent === sentence ? sentence + '\u00a0' : sentence;
    },

    save(name, mime_type, bytes) {
      const url = URL.createObjectURL(new Blob([bytes], { type: mime_type }));
      const link = document.createElement('a');
      link.href = url;
      link.download = name;
      link.click();
      // The download has its own reference once it has begun.
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
    },

    // The worker stays for the next one.
    save_workbook(name, archive) {
      const self = portal_window;
      const failed = () => {
        self.workbook_maker?.terminate();
        self.workbook_maker = null;
        self.report('workbook-failed');
      };
      if (!self.workbook_maker) {
        self.workbook_maker = new Worker(globalThis.portal_files.workbook, { type: 'module', name: 'workbook' });
        self.workbook_maker.onerror = failed;
        self.workbook_maker.onmessage = ({ data }) => (data.problem ? failed() :
          self.save(data.name, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', data.bytes));
      }
      self.workbook_maker.postMessage({ name, archive }, [archive.buffer]);
    },
  },

  portal_window_js_start__deps: ['$portal_window'],
  portal_window_js_start: (role_names) => portal_window.start(UTF8ToString(role_names).split(',')),

  portal_window_js_request_frames__deps: ['$portal_window'],
  portal_window_js_request_frames: (count) => portal_window.request_frames(count),

  portal_window_js_wake_from_thread__deps: ['$portal_window'],
  portal_window_js_wake_from_thread__proxy: 'async',
  portal_window_js_wake_from_thread: () => portal_window.request_frames(2),

  portal_window_js_mirror__deps: ['$portal_window'],
  portal_window_js_mirror: (records, record_count, order, order_count, order_changed, text) =>
    portal_window_mirror.apply(records, record_count, order, order_count, order_changed, text),

  portal_window_js_focus__deps: ['$portal_window'],
  portal_window_js_focus: (wants_text, x, y, line_height, active_id, navigation_id, selection_start, selection_end) =>
    portal_window_keyboard.apply_focus({ wants_text, x, y, line_height, active_id: active_id >>> 0,
      navigation_id: navigation_id >>> 0, selection_start, selection_end }),

  portal_window_js_cursor__deps: ['$portal_window'],
  portal_window_js_cursor: (cursor) => portal_window_pointer.set_cursor(cursor),

  portal_window_js_title__deps: ['$UTF8ToString'],
  portal_window_js_title: (text, length) => { document.title = UTF8ToString(text, length); },

  portal_window_js_language__deps: ['$UTF8ToString'],
  portal_window_js_language: (text, length) => { document.documentElement.lang = UTF8ToString(text, length); },

  portal_window_js_route__deps: ['$portal_window'],
  portal_window_js_route: (text, length, replace) => portal_window.go(UTF8ToString(text, length), replace),

  portal_window_js_copy__deps: ['$portal_window'],
  portal_window_js_copy: (text, length) => {
    // Refused without a recent gesture; the text is then still on ImGui's own clipboard.
    navigator.clipboard?.writeText(UTF8ToString(text, length)).catch(() => portal_window.report('copy-refused'));
  },

  portal_window_js_save__deps: ['$portal_window'],
  portal_window_js_save: (name, name_length, mime_type, mime_type_length, bytes, byte_count) =>
    // A copy, because a Blob refuses memory that threads share.
    portal_window.save(UTF8ToString(name, name_length), UTF8ToString(mime_type, mime_type_length),
      HEAPU8.slice(bytes, bytes + byte_count)),

  portal_window_js_save_workbook__deps: ['$portal_window'],
  portal_window_js_save_workbook: (name, name_length, archive, byte_count) =>
    portal_window.save_workbook(UTF8ToString(name, name_length), HEAPU8.slice(archive, archive + byte_count)),

  portal_window_js_store_preference__deps: ['$UTF8ToString'],
  portal_window_js_store_preference: (key_pointer, key_length, value_pointer, value_length) => {
    const key = UTF8ToString(key_pointer, key_length), value = UTF8ToString(value_pointer, value_length);
    try {
      if (value) localStorage.setItem('portal:' + key, value);
      else localStorage.removeItem('portal:' + key);
    } catch {
      // Storage may be forbidden; a preference that is forgotten harms nobody.
    }
    // The page around the canvas follows theme and language.
    globalThis.dispatchEvent(new CustomEvent('portal-preference', { detail: { key, value } }));
  },

  portal_window_js_load_preference__deps: ['$UTF8ToString', '$stringToNewUTF8'],
  portal_window_js_load_preference: (key, key_length) => {
    try {
      const value = localStorage.getItem('portal:' + UTF8ToString(key, key_length));
      return value === null ? 0 : stringToNewUTF8(value);
    } catch {
      return 0;
    }
  },

  portal_window_js_announce__deps: ['$portal_window'],
  portal_window_js_announce: (text, length, urgent) => portal_window.announce(UTF8ToString(text, length), urgent),

  // From any thread: the texts are ours to free.
  portal_window_js_log__deps: ['$UTF8ToString', 'free'],
  portal_window_js_log__proxy: 'async',
  portal_window_js_log: (kind, detail) => {
    globalThis.portal_client_log?.add(UTF8ToString(kind), UTF8ToString(detail));
    _free(kind);
    _free(detail);
  },

  portal_window_js_troubles__deps: ['$stringToNewUTF8'],
  portal_window_js_troubles: () => stringToNewUTF8(globalThis.portal_client_log?.lines().join('\n') ?? ''),

  // A text of one's own, or 0 where the page is not the demo.
  portal_window_js_demo_account__deps: ['$portal_window', '$stringToNewUTF8'],
  portal_window_js_demo_account: () => portal_window.is_demo() ? stringToNewUTF8(Module['demo_account']) : 0,

  portal_window_js_origin__deps: ['$stringToNewUTF8'],
  portal_window_js_origin: () => stringToNewUTF8(location.origin),

  portal_window_js_guest_token__deps: ['$stringToNewUTF8'],
  portal_window_js_guest_token: () => {
    const token = Module['guest_token'];
    delete Module['guest_token'];
    return token === undefined ? 0 : stringToNewUTF8(token);
  },

  portal_window_js_guard_leaving__deps: ['$portal_window'],
  portal_window_js_guard_leaving: (guards) => {
    if (guards) addEventListener('beforeunload', portal_window.ask_to_stay);
    else removeEventListener('beforeunload', portal_window.ask_to_stay);
  },

  portal_window_js_choose_file__deps: ['$portal_window', '$UTF8ToString'],
  portal_window_js_choose_file: (accepted, length) => {
    const field = document.createElement('input');
    field.type = 'file';
    field.accept = UTF8ToString(accepted, length);
    field.addEventListener('change', () => { for (const file of field.files) portal_window.open_file(file); });
    field.click();
  },

  // In the tab's own settings, which a reload leaves and no other tab reads. An id is no secret: it opens nothing.
  portal_window_js_follow_share__deps: ['$stringToNewUTF8'],
  portal_window_js_follow_share: () => stringToNewUTF8(sessionStorage.getItem('portal.follow') ?? ''),
  portal_window_js_keep_follow_share__deps: ['$UTF8ToString'],
  portal_window_js_keep_follow_share: (share, length) => {
    if (length > 0) sessionStorage.setItem('portal.follow', UTF8ToString(share, length));
    else sessionStorage.removeItem('portal.follow');
  },

  portal_window_js_leave__deps: ['$UTF8ToString'],
  portal_window_js_leave: (path, length) => portal_window.leave(UTF8ToString(path, length)),

  portal_window_js_report__deps: ['$portal_window'],
  portal_window_js_report: (kind) => portal_window.report(UTF8ToString(kind)),
});
