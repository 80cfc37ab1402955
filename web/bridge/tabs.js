// The page's half of platform/tabs: one BroadcastChannel for the tabs of a user that run the same build.
//
// Runs where the store runs. The script's address names the build, whose tabs alone read each other's bytes. What is heard
// comes by _portal_tabs_heard. The C++ half is app/platform/tabs_web.cpp.
addToLibrary({
  $portal_tabs__deps: ['$UTF8ToString', '$callUserCallback', 'malloc', 'free', 'portal_tabs_heard'],
  $portal_tabs: {
    channel: null,

    hear(bytes) {
      const pointer = _malloc(bytes.length);
      HEAPU8.set(bytes, pointer);
      try {
        _portal_tabs_heard(pointer, bytes.length);
      } finally {
        _free(pointer);
      }
    },

    join(user, own_name) {
      portal_tabs.leave();
      if (typeof BroadcastChannel !== 'function') return;
      const channel = new BroadcastChannel(`partner-portal/${globalThis.location?.pathname}/${user}`);
      channel.onmessage = ({ data: { name, bytes } }) => {
        if (channel === portal_tabs.channel && (name === '' || name === own_name)) callUserCallback(() => portal_tabs.hear(bytes));
      };
      portal_tabs.channel = channel;
    },

    leave() {
      portal_tabs.channel?.close();
      portal_tabs.channel = null;
    },
  },

  portal_tabs_join__deps: ['$portal_tabs'],
  portal_tabs_join(user, own_name) {
    portal_tabs.join(UTF8ToString(user), UTF8ToString(own_name));
  },

  portal_tabs_send__deps: ['$portal_tabs'],
  portal_tabs_send(name, bytes, size) {
    // A copy: the program's own memory is shared between threads, and shared memory is not sent.
    portal_tabs.channel?.postMessage({ name: UTF8ToString(name), bytes: HEAPU8.slice(bytes, bytes + size) });
  },

  portal_tabs_leave__deps: ['$portal_tabs'],
  portal_tabs_leave() {
    portal_tabs.leave();
  },
});
