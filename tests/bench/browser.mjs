// Chromium with a profile on disk, as a user has it (a private window's storage is four times slower), and the peers'
// own little server, because nothing of theirs belongs to the product's site.
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { browser_settings, chromium, chromium_options, push_route } from '../web/portal.mjs';
import { password } from '../web/server.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const packages = createRequire(import.meta.url);
// What the peers' pages import, by the first part of its path.
const package_folders = { sqlite: join(packages.resolve('@sqlite.org/sqlite-wasm'), '..'), wa: join(packages.resolve('@journeyapps/wa-sqlite/package.json'), '..'),
  duckdb: join(packages.resolve('@duckdb/duckdb-wasm/dist/duckdb-eh.wasm'), '..'),
  program: fileURLToPath(new URL('../../build/web/tests', import.meta.url)) };
const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm', '.json': 'application/json' };

// One browser process with that profile, and a page that has settled.
export async function open_profile(folder) {
  const context = await chromium.launchPersistentContext(folder, { ...chromium_options, ...browser_settings });
  const page = context.pages()[0] ?? await context.newPage();
  page.setDefaultTimeout(120_000);
  page.on('pageerror', (error) => { throw new Error(`page error: ${error.message}`); });
  // The browser's own start is over by then.
  await page.waitForTimeout(1500);
  return { context, page };
}

export async function sign_in(context, base, person) {
  const answer = await context.request.post(`${base}/api/v1/session`, {
    data: { email: person.email, password }, headers: { 'X-Portal-Request': '1', Origin: base },
  });
  if (!answer.ok()) throw new Error(`signing in: ${answer.status()} ${await answer.text()}`);
}

// Milliseconds from the navigation to the frame whose mirror says exactly this text. The mirror is exported in the frame
// that draws it, so the moment it changes is the moment of the frame.
export const watch_for = (text) => {
  const look = () => {
    const mirror = document.getElementById('mirror');
    if (!mirror || globalThis.bench_ready_ms) return;
    // A figure that can be pressed speaks its label before its value.
    const says = (node) => node.textContent.trim() === text || node.textContent.trim().endsWith(`, ${text}`);
    if (![...mirror.querySelectorAll('[role="cell"], [role="dialog"] *, [role="button"]')].some(says)) return;
    globalThis.bench_ready_ms = performance.now();
    globalThis.bench_frames = globalThis.portal_diagnostics?.drawn_frame_count;
    watcher.disconnect();
  };
  const watcher = new MutationObserver(look);
  watcher.observe(document, { subtree: true, childList: true, characterData: true });
};

export async function time_to_text(page, url, text) {
  await page.addInitScript(watch_for, text);
  await page.goto(url, { waitUntil: 'commit' });
  await page.waitForFunction(() => globalThis.bench_ready_ms > 0);
  return page.evaluate(() => globalThis.bench_ready_ms);
}

// What a person looks at in a first visit, and then comes back to. The browser keeps what it has compiled by then.
export async function visit(page) {
  for (const screen of ['/integrations', '/financing', '/tickets', '/profile', '/practices', '/financing', '/tickets', '/']) {
    await push_route(page, screen);
    const stays_until = Date.now() + 2_500;
    for (let step = 0; Date.now() < stays_until; step++) {
      await page.mouse.move(200 + (step * 37) % 900, 120 + (step * 23) % 600);
      await page.waitForTimeout(50);
    }
  }
}

// As strongly as a site does it; the biggest programs would take minutes, and nobody measures how they travel.
const packed = (body) => brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: body.length > 8e6 ? 4 : 11 } });

// Serves tests/bench/peers, the packages above, and whatever `extra` holds by path.
export async function serve_peers(extra = new Map()) {
  const kept = new Map();
  const content_of = (path) => {
    if (extra.has(path)) return extra.get(path);
    if (kept.has(path)) return kept.get(path);
    const name = path.slice(1);
    if (!/^([\w-]+\/)*[\w.-]+$/.test(name)) return null;
    const [first, ...rest] = name.split('/');
    const file = rest.length ? join(package_folders[first] ?? here, ...rest) : join(here, 'peers', name);
    let body;
    try { body = readFileSync(file); } catch { return null; }
    const content = { body: packed(body), type: types[extname(name)] ?? 'application/octet-stream', encoding: 'br' };
    kept.set(path, content);
    return content;
  };
  const server = createServer((request, answer) => {
    const { pathname } = new URL(request.url, 'http://127.0.0.1');
    const content = content_of(pathname);
    if (!content) {
      answer.writeHead(404).end();
      return;
    }
    // The same headers as the portal's site: isolated pages, files that never change.
    answer.writeHead(200, {
      'Content-Type': content.type, 'Content-Length': content.body.length, ...(content.encoding ? { 'Content-Encoding': content.encoding } : {}),
      'Cache-Control': content.no_store ? 'no-store' : pathname.endsWith('.html') ? 'no-cache' : 'public, max-age=31536000, immutable',
      'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp', 'Cross-Origin-Resource-Policy': 'same-origin',
    }).end(content.body);
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    base: `http://127.0.0.1:${server.address().port}`,
    close: () => new Promise((closed) => { server.close(closed); server.closeAllConnections(); }),
  };
}

export async function peer_says(page, url) {
  await page.goto(url, { waitUntil: 'commit' });
  await page.waitForFunction(() => globalThis.peer_result);
  const result = await page.evaluate(() => globalThis.peer_result);
  if (result.error) throw new Error(`the peer failed: ${result.error}`);
  return result;
}
