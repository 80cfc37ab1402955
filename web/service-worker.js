// Keeps the site usable without a network: one cache per release, filled before the release is used.
//
// A new worker waits until a page says that its user accepted the update. Caches of older releases stay while an open
// page still runs that release, because it may yet ask for its own hashed files. What is not a file of the site
// (/api/, /share/, anything but GET) never comes near this worker.

const release = '{{release}}';
const files = {{precache}};
const demo_files = {{precache-demo}};
const guest_files = {{precache-guest}};

const cache_prefix = 'portal-';
const cache_name = cache_prefix + release;
const paths_of_others = ['/api/', '/share/', '/healthz', '/metrics'];
const answer_ms_max = 3000;

const is_hashed = (path) => /-[0-9a-f]{12}\.[a-z0-9]+$/.test(path);

// Threads need these on pages, and on the scripts and programs that pages load. A response that has them is answered as
// it came: a copy would lose the compiled code that the browser keeps beside it.
function isolated(response) {
  if (response.status === 0 || response.type === 'opaqueredirect') return response;
  if (response.headers.get('Cross-Origin-Embedder-Policy') === 'require-corp' && response.headers.get('Cross-Origin-Opener-Policy') === 'same-origin')
    return response;
  const headers = new Headers(response.headers);
  headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  headers.set('Cross-Origin-Embedder-Policy', 'require-corp');
  headers.set('Cross-Origin-Resource-Policy', 'same-origin');
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

// Only for those who have looked at the demo or at a recording: for everybody else it would double the size.
async function has_program(stem) {
  const kept = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
  return kept.flat().some(({ url }) => new URL(url).pathname.startsWith(stem));
}

async function keep(wanted) {
  const cache = await caches.open(cache_name);
  await Promise.all(wanted.map(async (path) => {
    if (is_hashed(path) && await cache.match(path)) return;
    // Hashed names cannot go stale, so the browser's own cache may answer for them.
    const response = await fetch(new Request(path, { cache: is_hashed(path) ? 'default' : 'reload' }));
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    await cache.put(path, response);
  }));
}

// Whether all that the demo needs is here, since when, and how large it is: a presenter asks before there is no network.
const kept_since = '/kept-since';
async function describe_copy() {
  const cache = await caches.open(cache_name);
  const kept = (await Promise.all([...files, ...demo_files, ...guest_files].map((path) => cache.match(path)))).filter(Boolean);
  const sizes = await Promise.all(kept.map(async (response) => (await response.blob()).size));
  const since_ms = Number(await (await cache.match(kept_since))?.text() ?? 0);
  const is_complete = kept.length === files.length + demo_files.length + guest_files.length;
  return { state: is_complete ? 'complete' : 'incomplete', since_ms, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

async function keep_demo() {
  // The guests' program plays recordings: the preflight offers it, so it is there without a network, too.
  await keep([...demo_files, ...guest_files]);
  const cache = await caches.open(cache_name);
  if (!await cache.match(kept_since)) await cache.put(kept_since, new Response(String(Date.now())));
}

function ask_release(client) {
  return new Promise((resolve) => {
    const channel = new MessageChannel();
    const timer = setTimeout(() => resolve(null), answer_ms_max);
    channel.port1.onmessage = (event) => {
      clearTimeout(timer);
      resolve(event.data);
    };
    client.postMessage({ type: 'which-release' }, [channel.port2]);
  });
}

// Removes the caches of releases that no open page runs. A page that does not answer keeps all of them.
async function remove_unused_caches() {
  const names = (await caches.keys()).filter((name) => name.startsWith(cache_prefix) && name !== cache_name);
  if (names.length === 0) return;
  const clients = await self.clients.matchAll({ includeUncontrolled: true, type: 'window' });
  const answers = await Promise.all(clients.map(ask_release));
  if (answers.includes(null)) return;
  // What a newer worker is filling for its own time is nobody's yet. That one cleans up when it takes over.
  if (self.registration.installing || self.registration.waiting) return;
  const used = new Set(answers.map((answer) => cache_prefix + answer));
  await Promise.all(names.filter((name) => !used.has(name)).map((name) => caches.delete(name)));
}

// The browser keeps the code that it compiled from a program, which is most of a start's work, but only beside its own
// cache's copy. So that one comes first, without asking the network; ours is for when the browser has thrown it away.
async function from_browser_cache(request) {
  const response = await fetch(request, { cache: 'only-if-cached', mode: 'same-origin' }).catch(() => null);
  return response?.ok ? response : null;
}

async function answer(request, path) {
  if (path.endsWith('.wasm')) {
    const cached = await from_browser_cache(request);
    if (cached) return isolated(cached);
  }
  const cache = await caches.open(cache_name);
  if (request.mode === 'navigate') {
    const page = path === '/sign-in' || path === '/sign-in.html' ? '/sign-in.html' : '/index.html';
    return isolated((await cache.match(page)) ?? (await fetch(request)));
  }
  // An older page asks for files of its own release: any cache may have them.
  const kept = (await cache.match(path)) ?? (is_hashed(path) ? await caches.match(path) : undefined);
  if (kept) return isolated(kept);
  const response = await fetch(request);
  // The other artefact, fetched by a browser that needs it, is kept too.
  if (response.ok && is_hashed(path)) await cache.put(path, response.clone());
  return isolated(response);
}

self.addEventListener('install', (event) => event.waitUntil((async () => {
  await keep(files);
  if (await has_program('/portal-demo-')) await keep_demo();
  if (await has_program('/portal-guest-')) await keep(guest_files);
})()));

self.addEventListener('activate', (event) => event.waitUntil((async () => {
  await self.clients.claim();
  await remove_unused_caches();
})()));

self.addEventListener('message', (event) => {
  if (event.data?.type === 'accept-update') self.skipWaiting();
  if (event.data?.type === 'keep-demo') event.waitUntil(keep_demo());
  if (event.data?.type === 'keep-guest') event.waitUntil(keep(guest_files));
  if (event.data?.type === 'which-copy') event.waitUntil(describe_copy().then((copy) => event.ports[0]?.postMessage(copy)));
  // A page has opened, so perhaps the last page of an older release has gone. It may be one that was still loading when
  // this worker took over, or that was loaded past it, and would ask the network alone for the files of its release.
  if (event.data?.type === 'page-opened') event.waitUntil(self.clients.claim().catch(() => {}).then(remove_unused_caches));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (paths_of_others.some((path) => url.pathname.startsWith(path))) return;
  if (request.mode !== 'navigate' && !files.includes(url.pathname) && !is_hashed(url.pathname)) return;
  event.respondWith(answer(request, url.pathname));
});
