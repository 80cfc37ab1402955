// The page's half of platform/storage: files of the origin's private file system (OPFS) behind sync access handles.
//
// Runs in the store's own worker (or on the page in the build without threads, where sync access handles do not exist and
// everything ends as "unavailable"). Layout below the origin's root:
//   partner-portal/last-user          whose place was opened last
//   partner-portal/<user>/manifest    {"version":1,"live":1,"aside":0,"former":[]}: which set of files is which
//   partner-portal/<user>/replica-<n>[-journal|-wal]
// A Web Lock per user tells which tab owns the place; its name carries the layout's version. A second one, with the set's
// number and the build, is held as long as those files are open: a tab that does not answer loses the first lock, and its
// place, to another that goes on with a copy, but it keeps the second one, and its files, until it closes them. Every function that works
// later ends in exactly one call of _portal_storage_done(request, status, text), whatever fails.
// The C++ half is app/platform/storage_web.cpp.
addToLibrary({
  $portal_storage__deps: ['$UTF8ToString', '$stringToNewUTF8', '$callUserCallback', 'free', 'portal_storage_done', 'portal_storage_replaced'],
  $portal_storage: {
    layout_version: 1,
    folder_name: 'partner-portal',
    file_suffixes: ['', '-journal', '-wal'],

    // The same numbers as StorageStatus in storage_web.cpp.
    ok: 0,
    held_by_other_tab: 1,
    unavailable: 2,
    full: 3,

    // The handles of a page that has gone may outlive its lock by a moment.
    handle_wait_ms_max: 1500,
    handle_wait_ms: 50,
    promise_channel: 'partner-portal-storage-promise',

    handles: [],  // Of the place, and after them those of a former one.
    folder: null,  // Of the open place.
    live: 0,  // The number of its files.
    release_lock: null,
    release_files: null,
    locked_user: '',  // Whose lock we have.
    end_waiting: null,
    last_user: '',  // As it was read or written here.
    last_call: null,  // Ends when all calls before have ended.
    close_count: 0,

    status_of(error) {
      if (error?.name === 'NoModificationAllowedError') return portal_storage.held_by_other_tab;
      if (error?.name === 'QuotaExceededError') return portal_storage.full;
      return portal_storage.unavailable;
    },

    // Runs `work` and reports its text, or its failure. Nothing escapes.
    answer(request, work) {
      const report = (status, text) => callUserCallback(() => {
        const pointer = stringToNewUTF8(text);
        try {
          _portal_storage_done(request, status, pointer);
        } finally {
          _free(pointer);
        }
      });
      // A microtask later, so that no caller ever sees its answer before its own return.
      Promise.resolve().then(work).then(
        (text) => report(portal_storage.ok, text ?? ''),
        (error) => report(portal_storage.status_of(error), `${error?.name}: ${error?.message}`),
      );
    },

    // As answer(), when all that was begun before has ended: two at once would take each other's handles for their own.
    answer_in_turn(request, work) {
      portal_storage.answer(request, () => {
        const turn = (portal_storage.last_call ?? Promise.resolve()).then(work);
        portal_storage.last_call = turn.catch(() => {});
        return turn;
      });
    },

    root: async function (create) {
      const origin = await navigator.storage.getDirectory();
      return origin.getDirectoryHandle(portal_storage.folder_name, { create });
    },

    read_text: async function (folder, name) {
      try {
        const handle = await folder.getFileHandle(name);
        return await (await handle.getFile()).text();
      } catch (error) {
        if (error?.name === 'NotFoundError') return '';
        throw error;
      }
    },

    write_text: async function (folder, name, text) {
      const file = await folder.getFileHandle(name, { create: true });
      const handle = await file.createSyncAccessHandle();
      const bytes = new TextEncoder().encode(text);
      try {
        // In this order there is no moment at which it is empty.
        handle.write(bytes, { at: 0 });
        handle.truncate(bytes.length);
        handle.flush();
      } finally {
        handle.close();
      }
    },

    // Null when there is none that this layout understands.
    read_manifest: async function (folder) {
      try {
        const manifest = JSON.parse(await portal_storage.read_text(folder, 'manifest') || 'null');
        return manifest?.version === portal_storage.layout_version ? manifest : null;
      } catch (error) {
        if (error instanceof SyntaxError) return null;
        throw error;
      }
    },

    // Beyond the files of a tab that has been replaced and signed out of, and still has them open.
    fresh_manifest: async function (folder) {
      let live = 1;
      for await (const name of folder.keys()) live = Math.max(live, 1 + (parseInt(name.split('-')[1]) || 0));
      return { version: portal_storage.layout_version, live, aside: 0 };
    },

    held() {
      return new DOMException('another tab has the replica', 'NoModificationAllowedError');
    },

    lock_name: (user) => `${portal_storage.folder_name}/v${portal_storage.layout_version}/${user}`,
    files_lock_name: (user, number) => `${portal_storage.lock_name(user)}/${number}${globalThis.location?.pathname}`,

    // Takes the user's lock, or fails as NoModificationAllowedError where another tab has it and `options` do not wait.
    take_lock(user, options) {
      if (!navigator.locks || portal_storage.locked_user === user) return Promise.resolve();
      return new Promise((taken, refused) => {
        let is_ours = false;
        navigator.locks.request(portal_storage.lock_name(user), options, (lock) => {
          if (!lock) throw portal_storage.held();
          is_ours = true;
          portal_storage.locked_user = user;
          taken();
          return new Promise((release) => { portal_storage.release_lock = release; });
        }).catch((error) => {
          if (is_ours) portal_storage.lose_lock();
          else refused(error?.name === 'AbortError' ? portal_storage.held() : error);
        });
      });
    },

    lose_lock() {
      portal_storage.locked_user = '';
      portal_storage.release_lock = null;
      callUserCallback(_portal_storage_replaced);
    },

    // As long as the files are open, whoever has the place.
    hold_files(user) {
      const closed = new Promise((release) => { portal_storage.release_files = release; });
      navigator.locks?.request(portal_storage.files_lock_name(user, portal_storage.live), () => closed);
    },

    wait: async function (user) {
      portal_storage.close_files('');
      const patience = new AbortController();
      portal_storage.end_waiting = () => patience.abort();
      await portal_storage.take_lock(user, { signal: patience.signal });
      portal_storage.end_waiting = null;
    },

    open_handle: async function (file) {
      if (!file.createSyncAccessHandle) throw new DOMException('no sync access handles here', 'NotSupportedError');
      for (let waited_ms = 0; ; waited_ms += portal_storage.handle_wait_ms) {
        try {
          return await file.createSyncAccessHandle();
        } catch (error) {
          if (error?.name !== 'NoModificationAllowedError' || waited_ms >= portal_storage.handle_wait_ms_max) throw error;
          await new Promise((wake) => { setTimeout(wake, portal_storage.handle_wait_ms); });
        }
      }
    },

    // Together, because each answer comes from another process.
    open_files: async function (folder, number) {
      const opened = await Promise.allSettled(portal_storage.file_suffixes.map(async (suffix) => {
        const file = await folder.getFileHandle(`replica-${number}${suffix}`, { create: true });
        return portal_storage.open_handle(file);
      }));
      const handles = opened.flatMap(({ value }) => value ?? []);
      const refused = opened.find(({ status }) => status === 'rejected');
      if (!refused) return handles;
      for (const handle of handles) handle.close();
      throw refused.reason;
    },

    // `close_count`: as it was when this was called.
    open: async function (user, close_count) {
      portal_storage.close_files(user);
      await portal_storage.take_lock(user, { ifAvailable: true });
      try {
        const root = await portal_storage.root(true);
        const folder = await root.getDirectoryHandle(user, { create: true });
        const kept_manifest = await portal_storage.read_manifest(folder);
        const manifest = kept_manifest ?? await portal_storage.fresh_manifest(folder);
        portal_storage.handles = await portal_storage.open_files(folder, manifest.live);
        portal_storage.folder = folder;
        portal_storage.live = manifest.live;
        portal_storage.hold_files(user);
        // From the second start on there is nothing to write.
        if (!kept_manifest) await portal_storage.write_text(folder, 'manifest', JSON.stringify(manifest));
        if (portal_storage.last_user !== user) await portal_storage.write_text(root, 'last-user', user);
        portal_storage.last_user = user;
        if (portal_storage.close_count !== close_count) throw portal_storage.held();
        return `${manifest.live}${manifest.former?.length ? '+' : ''}`;
      } catch (error) {
        portal_storage.close_files('');
        throw error;
      }
    },

    // Keeps the lock of this user, and no other's.
    close_files(user) {
      for (const handle of portal_storage.handles) {
        try {
          handle.close();
        } catch { /* A handle that the browser has closed already. */ }
      }
      portal_storage.handles = [];
      portal_storage.release_files?.();
      portal_storage.end_waiting?.();
      portal_storage.end_waiting = null;
      if (portal_storage.locked_user === user) return;
      portal_storage.locked_user = '';
      portal_storage.release_lock?.();
      portal_storage.release_lock = null;
    },

    close() {
      portal_storage.close_count += 1;
      portal_storage.close_files('');
    },

    // Removing alone leaves bytes to the file system's mercy: truncate first. What a tab that was replaced still has open
    // goes when that one hears that everybody has signed out.
    empty_folder: async function (folder) {
      for await (const [name, entry] of folder.entries()) {
        if (entry.kind !== 'file') continue;
        try {
          const handle = await entry.createSyncAccessHandle();
          try {
            handle.truncate(0);
            handle.flush();
          } finally {
            handle.close();
          }
          await folder.removeEntry(name);
        } catch (error) {
          if (portal_storage.status_of(error) !== portal_storage.held_by_other_tab) throw error;
        }
      }
    },

    erase: async function (user) {
      portal_storage.close_files(user);
      if (!navigator.storage?.getDirectory) return;
      await portal_storage.take_lock(user, { ifAvailable: true });
      try {
        const root = await portal_storage.root(true);
        try {
          await portal_storage.empty_folder(await root.getDirectoryHandle(user));
          await root.removeEntry(user, { recursive: true });
        } catch (error) {
          if (error?.name !== 'NotFoundError' && portal_storage.status_of(error) !== portal_storage.held_by_other_tab) throw error;
        }
        if (await portal_storage.read_text(root, 'last-user') === user) await root.removeEntry('last-user');
        portal_storage.last_user = '';
      } finally {
        portal_storage.close_files('');
      }
    },

    set_aside: async function (user) {
      portal_storage.close_files(user);
      const folder = await (await portal_storage.root(true)).getDirectoryHandle(user, { create: true });
      const manifest = await portal_storage.read_manifest(folder) ?? await portal_storage.fresh_manifest(folder);
      const former = manifest.aside;
      manifest.aside = manifest.live;
      manifest.live = Math.max(manifest.live, former) + 1;
      await portal_storage.write_text(folder, 'manifest', JSON.stringify(manifest));
      if (former === 0) return;
      for (const suffix of portal_storage.file_suffixes) {
        try {
          await folder.removeEntry(`replica-${former}${suffix}`);
        } catch { /* It was never written. */ }
      }
    },
  },

  portal_storage_is_supported__deps: ['$portal_storage'],
  portal_storage_is_supported() {
    // Sync access handles exist in workers only; asking the prototype avoids creating a file to find out.
    return typeof navigator.storage?.getDirectory === 'function' &&
      typeof FileSystemFileHandle === 'function' &&
      'createSyncAccessHandle' in FileSystemFileHandle.prototype ? 1 : 0;
  },

  portal_storage_find_last_user__deps: ['$portal_storage'],
  portal_storage_find_last_user(request) {
    portal_storage.answer(request, async () => {
      try {
        portal_storage.last_user = await portal_storage.read_text(await portal_storage.root(false), 'last-user');
        return portal_storage.last_user;
      } catch (error) {
        if (error?.name === 'NotFoundError') return '';
        throw error;
      }
    });
  },

  portal_storage_open__deps: ['$portal_storage'],
  portal_storage_open(request, user) {
    const name = UTF8ToString(user), close_count = portal_storage.close_count;
    portal_storage.answer_in_turn(request, () => portal_storage.open(name, close_count));
  },

  portal_storage_wait__deps: ['$portal_storage'],
  portal_storage_wait(request, user) {
    const name = UTF8ToString(user);
    portal_storage.answer(request, () => portal_storage.wait(name));
  },

  portal_storage_close__deps: ['$portal_storage'],
  portal_storage_close() {
    portal_storage.close();
  },

  portal_storage_erase__deps: ['$portal_storage'],
  portal_storage_erase(request, user) {
    const name = UTF8ToString(user);
    portal_storage.answer_in_turn(request, () => portal_storage.erase(name));
  },

  portal_storage_set_aside__deps: ['$portal_storage'],
  portal_storage_set_aside(request, user) {
    const name = UTF8ToString(user);
    portal_storage.answer_in_turn(request, () => portal_storage.set_aside(name));
  },

  // Pages alone may ask; the store's worker hears of the answer, which is about this origin whichever page says it.
  portal_storage_ask_on_page__deps: ['$portal_storage'],
  portal_storage_ask_on_page__proxy: 'async',
  portal_storage_ask_on_page() {
    Promise.resolve(navigator.storage?.persist?.()).catch(() => false).then((promised) => {
      const channel = new BroadcastChannel(portal_storage.promise_channel);
      channel.postMessage(promised === true);
      channel.close();
    });
  },

  portal_storage_persist__deps: ['$portal_storage', 'portal_storage_ask_on_page'],
  portal_storage_persist(request) {
    const channel = new BroadcastChannel(portal_storage.promise_channel);
    portal_storage.answer(request, () => new Promise((resolve) => {
      channel.onmessage = ({ data }) => {
        channel.close();
        resolve(data ? 'promised' : '');
      };
    }));
    _portal_storage_ask_on_page();
  },

  // ---- The VFS: synchronous, on open handles. Negative: failed; -2: no room. ----

  portal_storage_read__deps: ['$portal_storage'],
  portal_storage_read(file, data, size, offset) {
    try {
      return portal_storage.handles[file].read(HEAPU8.subarray(data, data + size), { at: offset });
    } catch {
      return -1;
    }
  },

  portal_storage_write__deps: ['$portal_storage'],
  portal_storage_write(file, data, size, offset) {
    try {
      const written = portal_storage.handles[file].write(HEAPU8.subarray(data, data + size), { at: offset });
      return written === size ? written : -2;
    } catch (error) {
      return error?.name === 'QuotaExceededError' ? -2 : -1;
    }
  },

  portal_storage_truncate__deps: ['$portal_storage'],
  portal_storage_truncate(file, size) {
    try {
      portal_storage.handles[file].truncate(size);
      return 0;
    } catch (error) {
      return error?.name === 'QuotaExceededError' ? -2 : -1;
    }
  },

  portal_storage_flush__deps: ['$portal_storage'],
  portal_storage_flush(file) {
    try {
      portal_storage.handles[file].flush();
      return 0;
    } catch (error) {
      return error?.name === 'QuotaExceededError' ? -2 : -1;
    }
  },

  portal_storage_size__deps: ['$portal_storage'],
  portal_storage_size(file) {
    try {
      return portal_storage.handles[file].getSize();
    } catch {
      return -1;
    }
  },
});
