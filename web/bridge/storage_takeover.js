// Of the page's half of platform/storage: how a tab takes the place of one that does not answer, and what becomes of that
// one's files.
//
// The C++ half is app/platform/storage_web.cpp.
addToLibrary({
  $portal_takeover__deps: ['$portal_storage'],
  $portal_takeover: {
    copy_piece_bytes: 4 << 20,
    former: 0,  // Whose files are open beside the place's.

    files_of: (folder, number) => Promise.all(portal_storage.file_suffixes.map(
      async (suffix) => (await folder.getFileHandle(`replica-${number}${suffix}`)).getFile())),

    // As the end of the tab that has them open would leave them: nothing may change meanwhile.
    copy_files: async function (folder, from, to) {
      const files = await portal_takeover.files_of(folder, from);
      for (const [index, file] of files.entries()) {
        const name = `replica-${to}${portal_storage.file_suffixes[index]}`;
        const copy = await (await folder.getFileHandle(name, { create: true })).createSyncAccessHandle();
        try {
          copy.truncate(0);
          for (let at = 0; at < file.size; at += portal_takeover.copy_piece_bytes)
            copy.write(await file.slice(at, at + portal_takeover.copy_piece_bytes).arrayBuffer(), { at });
          copy.flush();
          if (copy.getSize() !== file.size) throw new DOMException('no room for a copy', 'QuotaExceededError');
        } finally {
          copy.close();
        }
      }
      const then = ({ size, lastModified }) => `${size} ${lastModified}`;
      if (`${(await portal_takeover.files_of(folder, from)).map(then)}` !== `${files.map(then)}`) throw portal_storage.held();
    },

    // Whose lock is taken from them last: until then nothing has changed for anybody. Tabs of another build, whose words
    // are not understood, are not taken for silent.
    replace: async function (user) {
      await navigator.locks.request(`${portal_storage.lock_name(user)}/heir`, { ifAvailable: true }, async (lock) => {
        const folder = await (await portal_storage.root(false)).getDirectoryHandle(user);
        const manifest = await portal_storage.read_manifest(folder);
        const { held } = await navigator.locks.query(), silent = portal_storage.files_lock_name(user, manifest?.live);
        if (!lock || !held.some(({ name }) => name === silent)) throw portal_storage.held();
        const live = Math.max(manifest.live, manifest.aside) + 1;
        await portal_takeover.copy_files(folder, manifest.live, live);
        const former = [...manifest.former ?? [], manifest.live];
        await portal_storage.write_text(folder, 'manifest', JSON.stringify({ ...manifest, live, former }));
        portal_storage.end_waiting?.();
        await portal_storage.take_lock(user, { steal: true });
      });
    },

    confirm: async function () {
      const manifest = await portal_storage.read_manifest(portal_storage.folder);
      if (manifest?.live !== portal_storage.live) throw portal_storage.held();
    },

    // Once the first one of them has been closed.
    open_former: async function (user, close_count) {
      // One that was there before may be on its way out.
      await portal_storage.last_call;
      const { folder } = portal_storage, former = (await portal_storage.read_manifest(folder)).former ?? [];
      portal_takeover.former = await Promise.any(former.map(
        (number) => navigator.locks.request(portal_storage.files_lock_name(user, number), () => number)));
      const handles = await portal_storage.open_files(folder, portal_takeover.former);
      if (portal_storage.close_count !== close_count) {
        for (const handle of handles) handle.close();
        throw portal_storage.held();
      }
      portal_storage.handles.push(...handles);
    },

    drop_former: async function () {
      const { folder } = portal_storage, { former } = portal_takeover;
      for (const handle of portal_storage.handles.splice(portal_storage.file_suffixes.length)) {
        handle.truncate(0);
        handle.close();
      }
      for (const suffix of portal_storage.file_suffixes) await folder.removeEntry(`replica-${former}${suffix}`);
      const manifest = await portal_storage.read_manifest(folder);
      manifest.former = manifest.former.filter((number) => number !== former);
      await portal_storage.write_text(folder, 'manifest', JSON.stringify(manifest));
    },
  },

  portal_storage_replace__deps: ['$portal_takeover'],
  portal_storage_replace(request, user) {
    const name = UTF8ToString(user);
    portal_storage.answer_in_turn(request, () => portal_takeover.replace(name));
  },

  portal_storage_confirm__deps: ['$portal_takeover'],
  portal_storage_confirm(request) {
    portal_storage.answer(request, portal_takeover.confirm);
  },

  portal_storage_open_former__deps: ['$portal_takeover'],
  portal_storage_open_former(request) {
    const user = portal_storage.locked_user, close_count = portal_storage.close_count;
    portal_storage.answer(request, () => portal_takeover.open_former(user, close_count));
  },

  portal_storage_drop_former__deps: ['$portal_takeover'],
  portal_storage_drop_former() {
    portal_storage.answer_in_turn(0, portal_takeover.drop_former);
  },
});
