// What went wrong in this tab: a bounded list that "Copy diagnostics" and support can read. It holds kinds, places and
// reasons, never row values: whatever a message quotes is left out. It leaves the browser only by web/reports.js.

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

// Parsers and databases quote what they choke on, and that may come from a row: so may addresses and long numbers.
function without_values(message) {
  return message
    .replace(/[\w.+-]+@[\w.-]+/g, '(address)')
    .replace(/\bhttps?:\/\/\S+/g, (url) => url.split(/[?#]/)[0].split('/').slice(3).join('/') || '(page)')
    .replace(/(["`“‘«]|(?<![\p{L}\p{N}])').*?(["`”’»]|'(?![\p{L}\p{N}])|$)/gsu, '(…)')
    .replace(/\d{6,}/g, '(number)')
    .replace(/\s+/g, ' ').trim();
}

const word_of = (kind) => String(kind).toLowerCase().replace(/[^a-z]+/g, '_').slice(0, 40);
const listeners = [];

export const client_log = {
  add(kind, message) {
    const entries = read();
    const entry = {
      at: new Date().toISOString(), kind: word_of(kind), times: 1,
      message: without_values(String(message).slice(0, message_characters_max)),
    };
    // A thing that goes wrong again and again must not push out the others.
    const last = entries.at(-1);
    if (last?.kind === entry.kind && last.message === entry.message) {
      last.at = entry.at;
      last.times = (last.times ?? 1) + 1;
    } else {
      entries.push(entry);
    }
    try {
      sessionStorage.setItem(storage_key, JSON.stringify(entries.slice(-entries_max)));
    } catch {
      // Full or forbidden: the browser's console still has it.
    }
    for (const tell of listeners) tell(entry);
  },
  entries: read,
  lines: () => read().map(({ at, kind, message, times }) => `${at} ${kind}: ${message}${times > 1 ? ` (${times} times)` : ''}`),
  // `tell(entry)` is called with each new entry.
  listen(tell) { listeners.push(tell); },
};

globalThis.portal_client_log = client_log;

const is_fatal = (error) => error instanceof WebAssembly.RuntimeError || /abort|unreachable/i.test(error?.message ?? '');

// `stopped` is called with "crashed" when the program cannot go on.
export function watch_errors(stopped) {
  addEventListener('error', (event) => {
    // A thread's error comes to the page as the event that the thread's owner got.
    const error = event.error instanceof ErrorEvent ? event.error : event;
    client_log.add('error', `${error.message} (${error.filename?.split('/').pop() ?? ''}:${error.lineno})`);
    if (is_fatal(event.error) || is_fatal(error)) stopped('crashed');
  });
  addEventListener('unhandledrejection', (event) => {
    client_log.add('rejection', event.reason?.message ?? event.reason);
    if (is_fatal(event.reason)) stopped('crashed');
  });
}
