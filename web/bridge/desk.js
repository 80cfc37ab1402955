// The page's half of platform/desk: the offline copy, the notes' window, files of the presenter's own, kept texts.
// It asks the network for nothing: what it knows of the copy it asks of the service worker.
addToLibrary({
  $portal_desk__deps: ['$portal_window', '$portal_storage', '$stringToUTF8OnStack', '$stackSave', '$stackRestore', 'malloc', 'free'],
  $portal_desk: {
    states: ['looking', 'complete', 'incomplete', 'from_file', 'none'],
    // Within those of the window's preferences: the portal reads the leads among them (app/shell/waiting_leads).
    prefix: 'portal:pitch-',
    answer_ms_max: 4000,
    ready_ms_max: 15_000,
    looks_left: 30,
    copy: { state: 'looking', since_ms: 0, bytes: 0 },
    // State, entries, bytes, found, unread, in accounts: as platform/desk has them.
    searched: [0, 0, 0, 0, 0, 0],
    piece_bytes_max: 16_000_000,
    notes: null,
    notes_are_blocked: false,
    key: '',

    look: async function () {
      const self = portal_desk;
      self.copy = { state: 'looking', since_ms: 0, bytes: 0 };
      self.copy = await self.ask_worker().catch(() => ({ state: 'none', since_ms: 0, bytes: 0 }));
      portal_window.request_frames(2);
      // Files are still coming: it is told when they are here.
      if (self.copy.state === 'incomplete' && self.looks_left-- > 0) setTimeout(self.look, self.answer_ms_max);
    },

    ask_worker: async function () {
      if (globalThis.portal_inlined) return { state: 'from_file', since_ms: 0, bytes: document.documentElement.textContent.length };
      if (!navigator.serviceWorker) return { state: 'none', since_ms: 0, bytes: 0 };
      // A first visit's worker is still being made.
      const late = new Promise((resolve) => setTimeout(resolve, portal_desk.ready_ms_max));
      const worker = (await Promise.race([navigator.serviceWorker.ready, late]))?.active;
      if (!worker) return { state: 'none', since_ms: 0, bytes: 0 };
      return new Promise((resolve) => {
        const channel = new MessageChannel();
        const timer = setTimeout(() => resolve({ state: 'none', since_ms: 0, bytes: 0 }), portal_desk.answer_ms_max);
        channel.port1.onmessage = ({ data }) => {
          clearTimeout(timer);
          resolve(data);
        };
        worker.postMessage({ type: 'which-copy' }, [channel.port2]);
      });
    },

    keeps_texts() {
      try {
        localStorage.setItem(portal_desk.prefix + 'trial', '1');
        localStorage.removeItem(portal_desk.prefix + 'trial');
        return true;
      } catch {
        return false;
      }
    },

    // A window of this page's own making: its text is set, never parsed.
    show_notes(title, text) {
      const self = portal_desk;
      if (!self.notes || self.notes.closed) {
        self.notes = window.open('', 'portal-notes', 'popup,width=520,height=640');
        self.notes_are_blocked = !self.notes;
        if (!self.notes) return;
        self.notes.addEventListener('keydown', ({ key }) => {
          self.key = key;
          portal_window.request_frames(2);
        });
      }
      const page = self.notes.document;
      page.title = title;
      const heading = page.createElement('h1');
      heading.textContent = title;
      const body = page.createElement('p');
      body.textContent = text;
      body.style.whiteSpace = 'pre-wrap';
      page.body.style.font = '20px/1.5 system-ui, sans-serif';
      page.body.style.margin = '24px';
      page.body.replaceChildren(heading, body);
    },

    notes_state() {
      const self = portal_desk;
      if (self.notes && !self.notes.closed) return 1;
      return self.notes_are_blocked ? 2 : 0;
    },

    choose_file(accepted, bytes_max) {
      const field = document.createElement('input');
      field.type = 'file';
      field.accept = accepted;
      field.addEventListener('change', () => {
        if (field.files[0]) portal_desk.take(field.files[0], bytes_max);
      });
      field.click();
    },

    take: async function (file, bytes_max) {
      const bytes = new Uint8Array(await file.slice(0, bytes_max).arrayBuffer());
      const pointer = _malloc(Math.max(1, bytes.length));
      HEAPU8.set(bytes, pointer);
      const stack = stackSave();
      _portal_desk_file(stringToUTF8OnStack(file.name), pointer, bytes.length, file.size > bytes_max);
      stackRestore(stack);
      _free(pointer);
      portal_window.request_frames(2);
    },

    kept_names() {
      try {
        return Object.keys(localStorage).filter((name) => name.startsWith(portal_desk.prefix));
      } catch {
        return [];
      }
    },

    keep(name, text) {
      try {
        if (text) localStorage.setItem(portal_desk.prefix + name, text);
        else localStorage.removeItem(portal_desk.prefix + name);
      } catch {
        // The preflight has told that nothing can be kept here.
      }
    },

    kept(name) {
      try {
        return localStorage.getItem(portal_desk.prefix + name);
      } catch {
        return null;
      }
    },

    wipe() {
      for (const name of portal_desk.kept_names()) portal_desk.keep(name.slice(portal_desk.prefix.length), '');
      return portal_desk.kept_names().length;
    },

    // A byte is a letter here: then one comparison serves texts and whatever else files hold.
    search: async function (lines) {
      const self = portal_desk;
      const letters = (bytes) => new TextDecoder('latin1').decode(bytes);
      // As UTF-8, and as a page's own texts are kept.
      const words = lines.split('\n').filter(Boolean).flatMap((word) => [
        letters(new TextEncoder().encode(word)),
        letters(new Uint8Array(Uint16Array.from(word, (letter) => letter.charCodeAt(0)).buffer)),
      ]);
      self.searched = [1, 0, 0, 0, 0, 0];
      const visit = async (bytes, overlap = 0) => {
        self.searched[2] += bytes.length - overlap;
        const text = letters(bytes);
        return words.some((word) => text.includes(word));
      };
      const look = async (read, found_in = 3) => {
        try {
          const found = await read();
          if (found === null) return;
          self.searched[1]++;
          if (found) self.searched[found_in]++;
        } catch {
          self.searched[4]++;
        }
      };
      await self.search_texts((text) => look(() => visit(new TextEncoder().encode(text))));
      await self.search_databases((value) => look(() => visit(new TextEncoder().encode(value))), look);
      await self.search_caches(look, visit);
      await self.search_files(look, (file) => self.search_pieces(file, visit, Math.max(0, ...words.map((word) => word.length))));
      self.searched[0] = 2;
      portal_window.request_frames(2);
    },

    search_texts: async function (look) {
      const texts = [document.cookie, location.href, JSON.stringify(history.state), document.title];
      for (const kind of ['localStorage', 'sessionStorage']) {
        try {
          for (const [name, text] of Object.entries(globalThis[kind])) texts.push(`${name} ${text}`);
        } catch {
          // A page from a disk may have none.
        }
      }
      for (const text of texts) await look(text);
    },

    search_databases: async function (visit, look) {
      const known = await indexedDB.databases?.().catch(() => []) ?? [];
      for (const { name } of known) {
        await look(async () => {
          const opened = indexedDB.open(name);
          const database = await new Promise((resolve, reject) => {
            opened.onsuccess = () => resolve(opened.result);
            opened.onerror = opened.onblocked = () => reject(opened.error);
          });
          try {
            for (const store of database.objectStoreNames) await visit(await portal_desk.text_of_store(database, store));
          } finally {
            database.close();
          }
          // Its stores have been counted.
          return null;
        });
      }
    },

    // Keys and values, bytes among them as the letters that they stand for.
    text_of_store: async function (database, store) {
      const rows = database.transaction(store).objectStore(store);
      const all = (request) => new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      const [keys, values] = [await all(rows.getAllKeys()), await all(rows.getAll())];
      const blobs = [];
      const text = JSON.stringify([keys, values], (_, value) => {
        if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return new TextDecoder().decode(value);
        if (value instanceof Blob) blobs.push(value.text());
        return value instanceof Map || value instanceof Set ? [...value] : value;
      });
      // A quote and a tab stand for themselves in what is searched.
      return [text.replaceAll('\\"', '"').replaceAll('\\t', '\t'), ...await Promise.all(blobs)].join('\n');
    },

    search_caches: async function (look, visit) {
      if (!globalThis.caches) return;
      for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) await look(async () => {
          const response = await cache.match(request);
          const bytes = new Uint8Array(await response.arrayBuffer());
          const told = request.url.match(/-([0-9a-f]{12})\.\w+$/)?.[1];
          const found = await visit(bytes);
          return found && !(told && await portal_desk.has_hash(bytes, told));
        });
      }
    },

    has_hash: async function (bytes, told) {
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
      return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('').startsWith(told);
    },

    search_files: async function (look, search) {
      const walk = async (folder, found_in) => {
        for await (const entry of folder.values()) {
          const is_of_accounts = found_in === 5 || entry.name === portal_storage.folder_name;
          if (entry.kind === 'directory') await walk(entry, is_of_accounts ? 5 : 3);
          else await look(async () => search(await entry.getFile()), found_in);
        }
      };
      try {
        await walk(await navigator.storage.getDirectory(), 3);
      } catch {
        // Not for this address: then there are none.
      }
    },

    // A word may lie across the end of a piece.
    search_pieces: async function (file, visit, overlap) {
      let found = false;
      for (let from = 0; from < Math.max(1, file.size); from += portal_desk.piece_bytes_max) {
        const first = Math.max(0, from - overlap);
        const bytes = new Uint8Array(await file.slice(first, from + portal_desk.piece_bytes_max).arrayBuffer());
        found = await visit(bytes, from - first) || found;
      }
      return found;
    },
  },

  portal_desk_look__deps: ['$portal_desk'],
  portal_desk_look: () => { portal_desk.look(); },
  portal_desk_state__deps: ['$portal_desk'],
  portal_desk_state: () => portal_desk.states.indexOf(portal_desk.copy.state),
  portal_desk_since_ms__deps: ['$portal_desk'],
  portal_desk_since_ms: () => portal_desk.copy.since_ms,
  portal_desk_bytes__deps: ['$portal_desk'],
  portal_desk_bytes: () => portal_desk.copy.bytes,
  portal_desk_keeps_texts__deps: ['$portal_desk'],
  portal_desk_keeps_texts: () => portal_desk.keeps_texts(),
  portal_desk_show_notes__deps: ['$portal_desk', '$UTF8ToString'],
  portal_desk_show_notes: (title, title_length, text, text_length) =>
    portal_desk.show_notes(UTF8ToString(title, title_length), UTF8ToString(text, text_length)),
  portal_desk_close_notes__deps: ['$portal_desk'],
  portal_desk_close_notes: () => portal_desk.notes?.close(),
  portal_desk_notes__deps: ['$portal_desk'],
  portal_desk_notes: () => portal_desk.notes_state(),
  portal_desk_take_key__deps: ['$portal_desk', '$stringToNewUTF8'],
  portal_desk_take_key: () => {
    const key = portal_desk.key;
    portal_desk.key = '';
    return key ? stringToNewUTF8(key) : 0;
  },
  portal_desk_choose_file__deps: ['$portal_desk', '$UTF8ToString'],
  portal_desk_choose_file: (accepted, length, bytes_max) => portal_desk.choose_file(UTF8ToString(accepted, length), bytes_max),
  portal_desk_keep__deps: ['$portal_desk', '$UTF8ToString'],
  portal_desk_keep: (name, name_length, text, text_length) =>
    portal_desk.keep(UTF8ToString(name, name_length), UTF8ToString(text, text_length)),
  portal_desk_kept__deps: ['$portal_desk', '$UTF8ToString', '$stringToNewUTF8'],
  portal_desk_kept: (name, length) => {
    const text = portal_desk.kept(UTF8ToString(name, length));
    return text === null ? 0 : stringToNewUTF8(text);
  },
  portal_desk_wipe__deps: ['$portal_desk'],
  portal_desk_wipe: () => portal_desk.wipe(),
  portal_desk_search__deps: ['$portal_desk', '$UTF8ToString'],
  portal_desk_search: (lines, length) => { portal_desk.search(UTF8ToString(lines, length)); },
  portal_desk_searched__deps: ['$portal_desk'],
  portal_desk_searched: (what) => portal_desk.searched[what],
  portal_desk_wake_after__deps: ['$portal_window'],
  portal_desk_wake_after: (wait_ms) => { setTimeout(() => portal_window.request_frames(1), wait_ms); },
});
