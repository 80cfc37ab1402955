// Starts the program: checks the browser, picks the artefact, shows what cannot go on as one plain sentence.
// Asks the network for nothing but the site's own files, so that it works without a server.
import { client_log, watch_errors } from '/{{asset:client_log.js}}';
import { use_language, preferred_language, word } from '/{{asset:words.js}}';
import { register_service_worker } from '/{{asset:offline.js}}';
import { send_reports } from '/{{asset:reports.js}}';
import { apply_theme, stored_theme } from '/{{asset:theme.js}}';

const artefacts = {
  threaded: { script: '/{{asset:portal.js}}', program: '/{{asset:portal.wasm}}' },
  demo: { script: '/{{asset:portal-demo.js}}', program: '/{{asset:portal-demo.wasm}}' },
  guest: { script: '/{{asset:portal-guest.js}}', program: '/{{asset:portal-guest.wasm}}' },
  inline: { script: '/{{asset:portal-inline.js}}', program: '/{{asset:portal-inline.wasm}}' },
};

// Fetched when they are wanted.
globalThis.portal_files = { workbook: '/{{asset:workbook.js}}' };

// One file that holds everything (web/build/demo_file.mjs) has its programs at hand.
const inlined = globalThis.portal_inlined;

// A recording of a shared view is played by the guests' program, from a file and without a server. One file that is the
// whole demo has no other page for it.
const is_replay = inlined ? location.search === '?replay' : location.pathname === '/replay';

// The demo brings its own server and is nobody's account: it asks the network for nothing.
const is_demo = !is_replay && (location.pathname === '/demo' || Boolean(inlined));
const demo_account = is_demo ? new URLSearchParams(location.search).get('as') ?? '' : undefined;

// Installed from here, it opens here.
if (is_demo && !inlined) document.querySelector('link[rel="manifest"]').href = '/{{asset:demo.webmanifest}}';

// A guest of a shared view. The token leaves the address before anything else happens: no history, no screenshot and no
// log of the page has it from then on.
let is_guest = !inlined && location.pathname === '/share';
const guest_token = is_guest ? location.hash.slice(1) : undefined;
if (is_guest) history.replaceState(null, '', location.pathname);

// Whoever is signed in follows in their own portal, from their own rows; only what nothing of theirs reaches they see as
// guests do. The session alone answers: no request has both cookies read.
async function follow_signed_in() {
  const answer = await fetch('/api/v1/shares/join', {
    method: 'POST',
    headers: { 'X-Portal-Request': '1', 'Content-Type': 'application/json' },
    body: JSON.stringify({ token: guest_token }),
    signal: AbortSignal.timeout(join_ms_max),
  }).catch(() => null);
  if (answer?.status === 412) notify('share_outside', [{ label: 'close' }]);
  if (answer?.status !== 200) return;
  const { share } = await answer.json();
  sessionStorage.setItem('portal.follow', share);
  is_guest = false;
  send_reports();
  history.replaceState(null, '', '/');
}

const progress = document.getElementById('progress');
const join_ms_max = 4_000;
let has_stopped = false;

function set_progress(percent) {
  progress.style.setProperty('--progress', `${percent}%`);
  progress.setAttribute('aria-valuenow', String(percent));
  progress.hidden = percent >= 100;
}

// One sentence instead of the program, and the one thing to do.
function stop(reason, action = 'try_again') {
  if (has_stopped) return;
  has_stopped = true;
  client_log.add('stopped', reason);
  progress.hidden = true;
  const panel = document.createElement('main');
  panel.className = 'stopped';
  const title = document.createElement('h1');
  title.textContent = word('stopped_title');
  const sentence = document.createElement('p');
  sentence.setAttribute('role', 'alert');
  sentence.textContent = word(`stopped_${reason}`);
  panel.append(title, sentence);
  if (action) {
    const button = document.createElement('button');
    button.className = 'button primary';
    button.textContent = word(action);
    button.addEventListener('click', () => location.reload());
    panel.append(button);
  }
  document.getElementById('app').inert = true;
  document.body.append(panel);
  panel.querySelector('button')?.focus();
}

// A small bar at the foot of the page, outside the canvas.
function notify(id, buttons = []) {
  const notices = document.getElementById('notices');
  document.getElementById(`notice-${id}`)?.remove();
  const notice = document.createElement('div');
  notice.id = `notice-${id}`;
  notice.className = 'notice';
  notice.setAttribute('role', 'status');
  const text = document.createElement('p');
  text.textContent = word(id);
  notice.append(text);
  for (const { label, act, primary } of buttons) {
    const button = document.createElement('button');
    button.className = primary ? 'button primary' : 'button';
    button.textContent = word(label);
    button.addEventListener('click', () => {
      notice.remove();
      act?.();
    });
    notice.append(button);
  }
  notices.append(notice);
  return notice;
}

// The first load of rows has the network and the processor to itself, unless it does not come to its end.
const first_load_ms_max = 10_000;
let site_is_kept = false;

function keep_site() {
  if (site_is_kept) return;
  site_is_kept = true;
  register_service_worker((accept) => notify('update_ready', [
    { label: 'update_now', act: accept, primary: true },
    { label: 'later' },
  ]), is_demo ? 'keep-demo' : is_replay ? 'keep-guest' : null);
}

function show_window_event(kind) {
  switch (kind) {
    case 'first-frame':
      set_progress(100);
      performance.mark('portal-first-frame');
      // A guest's page leaves nothing behind; one that plays recordings loads no rows.
      if (is_replay) keep_site();
      else if (!is_guest) setTimeout(keep_site, first_load_ms_max);
      break;
    case 'first-load-over':
      keep_site();
      break;
    case 'graphics-unavailable':
      stop('graphics');
      break;
    case 'graphics-lost':
      client_log.add('graphics', 'context lost');
      notify('graphics_lost', [{ label: 'reload', act: () => location.reload() }]);
      break;
    case 'graphics-restored':
      client_log.add('graphics', 'context restored');
      document.getElementById('notice-graphics_lost')?.remove();
      break;
    case 'file-too-large':
      setTimeout((notice) => notice.remove(), 6000, notify('file_too_large'));
      break;
    case 'workbook-failed':
      client_log.add('workbook', 'not made');
      setTimeout((notice) => notice.remove(), 6000, notify('workbook_failed'));
      break;
    case 'copy-refused':
      client_log.add('clipboard', 'refused');
      setTimeout((notice) => notice.remove(), 6000, notify('copy_refused'));
      break;
  }
}

// A module with one function that catches: every engine that runs our exceptions accepts it.
const catching_module = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 8, 1, 6, 0, 6,
  64, 25, 11, 11]);
// The same for 128-bit vectors.
const vector_module = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0,
  65, 0, 253, 15, 253, 98, 11]);

function missing_feature() {
  if (typeof WebAssembly !== 'object') return 'wasm';
  if (!WebAssembly.validate(catching_module) || !WebAssembly.validate(vector_module)) return 'wasm_features';
  if (typeof WebGL2RenderingContext === 'undefined') return 'graphics';
  return null;
}

async function start_program() {
  if (guest_token) await follow_signed_in();
  const is_for_guests = is_guest || is_replay;
  const is_threaded = !is_for_guests && globalThis.crossOriginIsolated === true && typeof SharedArrayBuffer === 'function';
  const artefact = is_for_guests ? 'guest' : !is_threaded ? 'inline' : is_demo ? 'demo' : 'threaded';
  const { script, program } = artefacts[artefact];
  const at_hand = inlined?.[artefact];
  const script_url = new URL(script, document.baseURI).href;
  const program_url = new URL(program, document.baseURI).href;
  globalThis.portal_diagnostics = { artefact: is_for_guests ? 'guest' : is_threaded ? 'threaded' : 'inline', release: document.documentElement.dataset.release };
  set_progress(20);
  // All at once. The store's worker reads its script meanwhile (web/bridge/worker.js takes it over); by Emscripten's own
  // doing it would start after the page's first frames.
  const compiled_program = WebAssembly.compileStreaming(at_hand?.program() ?? fetch(program_url, { credentials: 'same-origin' }));
  compiled_program.catch(() => {});
  const store_worker = is_threaded ? new Worker(script_url, { type: 'module', name: 'em-pthread-store' }) : null;
  // A script that does not arrive may be told of after Emscripten has taken the worker over, which knows errors with a
  // message only. Those it tells of from then on.
  store_worker?.addEventListener('error', (event) => {
    if (event instanceof ErrorEvent) return;
    event.stopImmediatePropagation();
    stop('load');
  });
  if (store_worker) store_worker.onerror = () => stop('load');
  const { default: create_portal } = await import(at_hand?.script ?? script_url);
  set_progress(40);
  await create_portal({
    canvas: document.getElementById('canvas'),
    locateFile: (name) => (name.endsWith('.wasm') ? program_url : new URL(name, script_url).href),
    store_worker,
    demo_account,
    guest_token: is_guest ? guest_token : undefined,
    instantiateWasm: (imports, receive) => {
      const instantiated = compiled_program.then(async (module) => [await WebAssembly.instantiate(module, imports), module]);
      instantiated.then(([instance, module]) => {
        set_progress(80);
        receive(instance, module);
      }, (error) => {
        client_log.add('program', error?.message ?? error);
        stop('load');
      });
      return {};
    },
    onAbort: (reason) => {
      client_log.add('abort', reason);
      stop('crashed', 'reload');
    },
    printErr: (line) => {
      client_log.add('stderr', line);
      console.error(line);
    },
  });
}

use_language(preferred_language());
apply_theme(stored_theme());
document.title = word('app_name');
progress.setAttribute('aria-label', word('loading'));
if (!is_demo && !is_guest && !is_replay) send_reports();
watch_errors(() => stop('crashed', 'reload'));
// The program's own settings decide for the frame around it too.
addEventListener('portal-preference', ({ detail: { key, value } }) => {
  if (key === 'theme') apply_theme(value);
  if (key === 'language') use_language(preferred_language());
});
addEventListener('portal-window', (event) => show_window_event(event.detail));
set_progress(5);

const missing = missing_feature();
if (missing) {
  stop(missing, null);
} else {
  start_program().catch((error) => {
    client_log.add('start', error?.message ?? error);
    stop('load');
  });
}
