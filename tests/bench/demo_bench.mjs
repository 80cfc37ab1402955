// The demo that a presenter takes along: how large the one file is, and how long it takes from an empty tab to figures
// when there is neither a server nor a network.
import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { is_demo_kept, until } from '../web/checks.mjs';
import { Server, site, Tenants } from '../web/server.mjs';
import { open_profile } from './browser.mjs';
import { lower_is_better, median } from './result.mjs';

const runs = Number(process.env.PORTAL_BENCH_RUNS ?? 7);
// As the product's specification has it.
const file_bytes_max = 6_000_000;
// What a person waits without thinking of something else.
const start_ms_max = 10_000;
// The owner's first screen: one practice's rows are made, synced and drawn.
const demo_path = '/demo?as=practice_owner';

async function demo_file_bytes(folder) {
  const file = join(folder, 'demo.html');
  await promisify(execFile)(process.execPath, ['web/build/demo_file.mjs', '--site', site, '--out', file]);
  return statSync(file).size;
}

// From the navigation to the frame whose figure of money is drawn.
const watch_for_figure = () => {
  const look = () => {
    if (globalThis.bench_ready_ms || !document.querySelector('#mirror h1') || document.querySelector('#mirror [aria-busy="true"]')) return;
    if (!/\$\d[\d.,]*/.test(document.getElementById('mirror').textContent)) return;
    globalThis.bench_ready_ms = performance.now();
    watcher.disconnect();
  };
  const watcher = new MutationObserver(look);
  watcher.observe(document, { subtree: true, childList: true, characterData: true });
};

async function start_once(profile, base, { is_first }) {
  const { context, page } = await open_profile(profile);
  try {
    await context.setOffline(!is_first);
    await page.addInitScript(watch_for_figure);
    await page.goto(`${base}${demo_path}`, { waitUntil: 'commit' });
    await page.waitForFunction(() => globalThis.bench_ready_ms > 0);
    if (is_first) await until(() => page.evaluate(is_demo_kept), 'the demo is kept');
    if (!await page.evaluate(() => crossOriginIsolated)) throw new Error('it runs without threads');
    return await page.evaluate(() => globalThis.bench_ready_ms);
  } finally {
    await context.close();
  }
}

async function offline_cold_starts(folder, say) {
  const server = new Server(await new Tenants(join(folder, 'demo')).copy('fixture'));
  await server.start();
  const profile = join(folder, 'demo-profile'), { base } = server;
  try {
    await start_once(profile, base, { is_first: true });
  } finally {
    await server.stop();
  }
  const told = [];
  // The first one fills the browser's caches of compiled code; nobody counts it.
  for (let run = 0; run <= runs; run++) told.push(await start_once(profile, base, { is_first: false }));
  say(`offline: ${told.map((ms) => Math.round(ms)).join(' ')} ms, the first one not counted`);
  return median(told.slice(1));
}

export async function measure({ folder, wanted, say }) {
  const results = [];
  if (wanted('demo_file_bytes'))
    results.push(lower_is_better('demo_file_bytes', 'bytes', await demo_file_bytes(folder), 'the goal (limit)', file_bytes_max));
  if (wanted('offline_cold_start'))
    results.push(lower_is_better('offline_cold_start', 'ms', await offline_cold_starts(folder, say), 'a short wait (limit)', start_ms_max));
  return results;
}
