// Tells the server what went wrong, when the user has agreed to it ("Send error reports" in the profile): kind and
// reason as the client log has them, so never row values. Everything is bounded: what waits, what one page may send,
// and how often.
import { client_log } from '/{{asset:client_log.js}}';

const waiting_max = 20;
const entries_per_page_max = 100;
const detail_bytes_max = 200;
// Troubles come in groups; one request carries them together.
const gather_ms = 2_000;
const interval_ms_min = 15_000;
const interval_ms_max = 600_000;
const reports_path = '/api/v1/client-reports';
const preference_key = 'portal:reports';

let waiting = [];
let taken_count = 0;
let timer = 0;
let interval_ms = interval_ms_min;
let next_at_ms = 0;

function has_consent() {
  try {
    return localStorage.getItem(preference_key) === 'yes';
  } catch {
    return false;
  }
}

// The server counts bytes.
function cut(text) {
  const bytes = new TextEncoder().encode(text);
  return bytes.length <= detail_bytes_max ? text : new TextDecoder().decode(bytes.slice(0, detail_bytes_max - 3)).replace(/\uFFFD+$/, '');
}

function plan() {
  if (timer || !waiting.length) return;
  timer = setTimeout(send, Math.max(gather_ms, next_at_ms - performance.now()));
}

async function send() {
  timer = 0;
  // Consent that was taken back counts for what still waits.
  if (!has_consent()) waiting = [];
  if (!waiting.length) return;
  const entries = waiting;
  waiting = [];
  let status = 0;
  try {
    ({ status } = await fetch(reports_path, {
      method: 'POST', credentials: 'same-origin', keepalive: true,
      headers: { 'Content-Type': 'application/json', 'X-Portal-Request': '1' },
      body: JSON.stringify({ build: document.documentElement.dataset.release, entries }),
    }));
  } catch {
    // No network: later.
  }
  const is_for_later = status === 0 || status === 429 || status >= 500;
  interval_ms = is_for_later ? Math.min(interval_ms * 2, interval_ms_max) : interval_ms_min;
  next_at_ms = performance.now() + interval_ms;
  // What the server refuses it would refuse again.
  if (is_for_later) waiting = [...entries, ...waiting].slice(-waiting_max);
  plan();
}

export function send_reports() {
  client_log.listen(({ kind, message }) => {
    if (taken_count >= entries_per_page_max || !has_consent()) return;
    taken_count++;
    waiting = [...waiting, { kind, detail: cut(message) }].slice(-waiting_max);
    plan();
  });
  // A page that is left has no later.
  addEventListener('pagehide', () => { if (performance.now() >= next_at_ms) send(); });
}
