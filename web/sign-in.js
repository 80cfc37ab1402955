// Signing in, trying a demo account, and redeeming an invitation or a reset link.
//
// Everything works while the program is still being fetched in the background; the hairline in the foot shows how far.
import { watch_errors } from '/{{asset:client_log.js}}';
import { register_service_worker } from '/{{asset:offline.js}}';
import { apply_theme, stored_theme } from '/{{asset:theme.js}}';
import { has_word, preferred_language, remember_language, use_language, word } from '/{{asset:words.js}}';

const artefacts = {
  threaded: ['/{{asset:portal.js}}', '/{{asset:portal.wasm}}'],
  inline: ['/{{asset:portal-inline.js}}', '/{{asset:portal-inline.wasm}}'],
};

const request_ms_max = 15_000;
const password_characters_min = 12;
const first_accounts = 6;
const keep_data_key = 'portal:keep_data';

const by_id = (id) => document.getElementById(id);
let link_token = null;
let demo_accounts = [];
// Messages on screen, to be said again in the other language: element id -> [word id, values].
const messages = new Map();

// Where to go after signing in: only paths of this site.
function next_page() {
  const wanted = new URLSearchParams(location.search).get('next') ?? '/';
  const url = new URL(wanted, location.origin);
  const is_ours = wanted.startsWith('/') && url.origin === location.origin && url.pathname !== '/sign-in';
  return is_ours ? url.pathname + url.search : '/';
}

// The role of the demo account that a story of the overview begins with: nothing secret.
const wanted_account = new URLSearchParams(location.search).get('account');

async function call(method, path, body) {
  const response = await fetch(`/api/v1/${path}`, {
    method,
    headers: method === 'GET' ? {} : { 'Content-Type': 'application/json', 'X-Portal-Request': '1' },
    body: body === undefined ? undefined : JSON.stringify(body),
    credentials: 'same-origin',
    cache: 'no-store',
    signal: AbortSignal.timeout(request_ms_max),
  });
  const is_json = response.headers.get('Content-Type')?.startsWith('application/json');
  return { status: response.status, ok: response.ok, body: is_json ? await response.json() : null,
    retry_after_s: Number(response.headers.get('Retry-After')) || 60 };
}

// Messages.

function say(id, word_id, ...values) {
  const element = by_id(id);
  if (word_id) messages.set(id, [word_id, values]);
  else messages.delete(id);
  element.hidden = !word_id;
  element.textContent = word_id ? word(word_id, ...values) : '';
}

function mark(field_id, word_id) {
  const field = by_id(field_id);
  if (word_id) field.setAttribute('aria-invalid', 'true');
  else field.removeAttribute('aria-invalid');
  say(`${field_id}-error`, word_id);
  return Boolean(word_id);
}

function say_failure(alert_id, answer) {
  if (answer.status === 429) {
    const minutes = Math.ceil(answer.retry_after_s / 60);
    if (minutes <= 1) say(alert_id, 'throttled_minute');
    else say(alert_id, 'throttled_minutes', minutes);
  } else if (answer.status === 401) {
    say(alert_id, 'wrong_credentials');
  } else if (answer.status === 403) {
    say(alert_id, 'insecure_channel');
  } else {
    say(alert_id, 'server_failed');
  }
}

async function while_busy(form, work, alert_id) {
  const button = form.querySelector('.primary');
  if (button.getAttribute('aria-busy') === 'true') return;
  button.setAttribute('aria-busy', 'true');
  say(alert_id, null);
  try {
    await work();
  } catch {
    say(alert_id, 'server_unreachable');
  } finally {
    button.removeAttribute('aria-busy');
  }
}

// The choice is the program's to read when it opens its store.
function remember_keep_data() {
  try {
    localStorage.setItem(keep_data_key, by_id('keep-data').checked ? 'yes' : 'no');
  } catch {
    // Without storage nothing can be kept anyway.
  }
}

function enter() {
  remember_keep_data();
  location.assign(next_page());
}

// The forms.

function sign_in(event) {
  event.preventDefault();
  const email = by_id('email').value.trim(), password = by_id('password').value;
  const email_is_bad = mark('email', !email ? 'email_missing' : !/^\S+@\S+\.\S+$/.test(email) ? 'email_malformed' : null);
  const password_is_bad = mark('password', password ? null : 'password_missing');
  if (email_is_bad || password_is_bad) {
    by_id(email_is_bad ? 'email' : 'password').focus();
    return;
  }
  while_busy(event.target, async () => {
    const answer = await call('POST', 'session', { email, password });
    if (answer.ok) {
      enter();
      return;
    }
    say_failure('sign-in-alert', answer);
    if (answer.status === 401) by_id('password').select();
  }, 'sign-in-alert');
}

function redeem(event) {
  event.preventDefault();
  const password = by_id('new-password').value;
  const is_short = mark('new-password', [...password].length < password_characters_min ? 'password_short' : null);
  const differs = mark('again', !is_short && by_id('again').value !== password ? 'password_differs' : null);
  if (is_short || differs) {
    by_id(is_short ? 'new-password' : 'again').focus();
    return;
  }
  while_busy(event.target, async () => {
    const answer = await call('POST', 'password/redeem', { token: link_token, password });
    if (answer.ok) {
      enter();
    } else if (answer.status === 400 || answer.status === 422) {
      mark('new-password', 'password_refused');
      by_id('new-password').focus();
    } else if (answer.status === 429 || answer.status >= 500) {
      say_failure('redeem-alert', answer);
    } else {
      say('redeem-alert', 'link_used_up');
    }
  }, 'redeem-alert');
}

// The token stands in the fragment, which no server sees; it leaves the address bar before anything else happens.
function take_link_token() {
  const found = /^#(?:invite|reset)=([\w.~-]+)$/.exec(location.hash);
  if (!found) return;
  link_token = found[1];
  history.replaceState(null, '', location.pathname + location.search);
  by_id('sign-in').hidden = true;
  by_id('redeem').hidden = false;
}

function watch_field(input) {
  input.addEventListener('input', () => {
    if (input.getAttribute('aria-invalid')) mark(input.id, null);
  });
}

function watch_caps_lock(hint) {
  const input = by_id(hint.dataset.capsFor);
  const look = (event) => { hint.hidden = !event.getModifierState?.('CapsLock'); };
  input.addEventListener('keydown', look);
  input.addEventListener('keyup', look);
  input.addEventListener('blur', () => { hint.hidden = true; });
}

function watch_show_button(button) {
  const input = by_id(button.dataset.shows);
  button.addEventListener('click', () => {
    const shows = input.type === 'password';
    input.type = shows ? 'text' : 'password';
    button.setAttribute('aria-pressed', String(shows));
    button.dataset.word = shows ? 'hide' : 'show';
    button.dataset.wordLabel = shows ? 'hide_password' : 'show_password';
    translate(button);
  });
}

// Demo accounts.

function make_account(account) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'account';
  button.dataset.account = account.id;
  const who = document.createElement('b');
  const role_id = `role_${account.role}`;
  who.textContent = has_word(role_id) ? word(role_id) : account.role;
  const sees = document.createElement('small');
  const sees_id = `sees_${account.role}`;
  sees.textContent = has_word(sees_id) ? word(sees_id) : account.sees ?? '';
  button.append(who, sees);
  button.addEventListener('click', () => while_busy(by_id('sign-in'), async () => {
    const answer = await call('POST', 'session/demo', { account: account.id });
    if (answer.ok) enter();
    else say_failure('sign-in-alert', answer);
  }, 'sign-in-alert'));
  return button;
}

// Who followed a story only has to press Enter; who has begun to type is left alone.
function show_wanted(button) {
  button.classList.add('wanted');
  by_id('try-as-lead').dataset.word = 'try_as_story';
  translate(by_id('try-as-lead'));
  const form = by_id('sign-in');
  if (form.contains(document.activeElement) && [...new FormData(form)].some(([name, value]) => name !== 'keep-data' && value)) return;
  button.focus({ focusVisible: true });
  button.scrollIntoView({ block: 'nearest' });
}

function show_accounts() {
  if (demo_accounts.length === 0 || link_token) return;
  const more = by_id('more-accounts');
  const wanted = demo_accounts.find((account) => account.role === wanted_account);
  // The wanted one first, whatever its place.
  const ordered = wanted ? [wanted, ...demo_accounts.filter((account) => account !== wanted)] : demo_accounts;
  const focused_before = document.activeElement?.dataset.account;
  by_id('accounts').replaceChildren(...ordered.slice(0, first_accounts).map(make_account));
  more.querySelector('.accounts').replaceChildren(...ordered.slice(first_accounts).map(make_account));
  more.hidden = demo_accounts.length <= first_accounts;
  document.body.classList.add('is-demo');
  by_id('try-as').hidden = false;
  if (wanted) show_wanted(by_id('accounts').firstElementChild);
  else if (focused_before) document.querySelector(`[data-account="${CSS.escape(focused_before)}"]`)?.focus();
}

async function load_accounts() {
  const answer = await call('GET', 'demo-accounts').catch(() => null);
  if (!answer?.ok) return;
  demo_accounts = answer.body?.accounts ?? [];
  show_accounts();
}

// Words.

function translate(element) {
  if (element.dataset.word) element.textContent = word(element.dataset.word);
  if (element.dataset.wordLabel) element.setAttribute('aria-label', word(element.dataset.wordLabel));
}

function show_language(language) {
  use_language(language);
  document.title = `${word(link_token ? 'redeem_title' : 'sign_in_title')} - ${word('app_name')}`;
  for (const element of document.querySelectorAll('[data-word], [data-word-label]')) translate(element);
  for (const [id, [word_id, values]] of messages) by_id(id).textContent = word(word_id, ...values);
  for (const button of document.querySelectorAll('[data-language]'))
    button.setAttribute('aria-pressed', String(button.dataset.language === language));
  by_id('progress').setAttribute('aria-label', word('preloading'));
  show_accounts();
}

// The server, and the program on its way.

async function check_server() {
  const is_up = await fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(request_ms_max) })
    .then((response) => response.ok, () => false);
  by_id('server').dataset.state = is_up ? 'up' : 'down';
  by_id('server-text').dataset.word = is_up ? 'server_up' : 'server_down';
  translate(by_id('server-text'));
}

function set_progress(percent) {
  const progress = by_id('progress');
  progress.style.setProperty('--progress', `${percent}%`);
  progress.setAttribute('aria-valuenow', String(Math.round(percent)));
}

async function fetch_counted(path, received) {
  const response = await fetch(path, { priority: 'low' });
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    received(value.length);
  }
}

// Puts the program into the browser's cache while the user types.
async function preload_program() {
  const paths = globalThis.crossOriginIsolated ? artefacts.threaded : artefacts.inline;
  // Sizes before compression, as a reader counts them.
  const site = await fetch('/site.json').then((response) => response.json()).catch(() => null);
  const size_of = (path) => site?.files?.find((file) => `/${file.name}` === path)?.size ?? 0;
  const total = paths.reduce((sum, path) => sum + size_of(path), 0);
  let sum = 0;
  await Promise.all(paths.map((path) => fetch_counted(path, (bytes) => {
    sum += bytes;
    if (total > 0) set_progress(Math.min(100, (sum / total) * 100));
  })));
  set_progress(100);
}

// An update reloads the page: not under the hands of somebody who types, and never with a link's token in memory only.
function is_untouched() {
  return !link_token && [...document.querySelectorAll('.field input')].every((input) => !input.value);
}

function start() {
  watch_errors(() => {});
  apply_theme(stored_theme());
  take_link_token();
  show_language(preferred_language());
  try {
    by_id('keep-data').checked = localStorage.getItem(keep_data_key) !== 'no';
  } catch {
    by_id('keep-data').checked = false;
  }
  by_id('sign-in').addEventListener('submit', sign_in);
  by_id('redeem').addEventListener('submit', redeem);
  document.querySelectorAll('.field input').forEach(watch_field);
  document.querySelectorAll('[data-caps-for]').forEach(watch_caps_lock);
  document.querySelectorAll('[data-shows]').forEach(watch_show_button);
  for (const button of document.querySelectorAll('[data-language]')) {
    button.addEventListener('click', () => {
      remember_language(button.dataset.language);
      show_language(button.dataset.language);
    });
  }
  by_id(link_token ? 'new-password' : 'email').focus();
  load_accounts();
  check_server();
  preload_program().catch(() => {}).finally(() => register_service_worker((accept) => { if (is_untouched()) accept(); }));
}

start();
