// What went wrong in this tab: a bounded list that "Copy diagnostics" and support can read. It never leaves the
// browser by itself and holds no row values.

const entries_max = 50;
const message_characters_max = 400;
const storage_key = 'portal_client_log';

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(storage_key) ?? '[]');
  } catch {
    return [];
  }
}

export const client_log = {
  add(kind, message) {
    const entries = read();
    entries.push({ at: new Date().toISOString(), kind, message: String(message).slice(0, message_characters_max) });
    try {
      sessionStorage.setItem(storage_key, JSON.stringify(entries.slice(-entries_max)));
    } catch {
      // Full or forbidden: the browser's console still has it.
    }
  },
  entries: read,
};

globalThis.portal_client_log = client_log;

// `stopped` is called with "crashed" when the program cannot go on.
export function watch_errors(stopped) {
  const is_fatal = (error) => error instanceof WebAssembly.RuntimeError || /abort|unreachable/i.test(error?.message ?? '');
  addEventListener('error', (event) => {
    client_log.add('error', `${event.message} (${event.filename?.split('/').pop() ?? ''}:${event.lineno})`);
    if (is_fatal(event.error)) stopped('crashed');
  });
  addEventListener('unhandledrejection', (event) => {
    client_log.add('rejection', event.reason?.message ?? event.reason);
    if (is_fatal(event.reason)) stopped('crashed');
  });
}
