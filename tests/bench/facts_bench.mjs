// The financing engine beside DuckDB-wasm, SQLite-wasm, Perspective, Arquero and JavaScript by hand, and beside the fixed
// kernel that is its limit: one dashboard of five questions over a million facts and over five, in one page of one browser.
// Ours holds whole facts, the others the seven columns asked.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { open_profile, peer_says, serve_peers } from './browser.mjs';
import { lower_is_better } from './result.mjs';

const { build } = createRequire(import.meta.url)('esbuild');
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const million = Number(process.env.PORTAL_BENCH_FACTS ?? 1_000_000);
const row_bytes = 13;
const memory_mb_max = 64;

async function peer_files() {
  const bundled = await build({ entryPoints: [here('peers/facts_page.js')], bundle: true, format: 'esm', minify: true, write: false, external: ['/sqlite/*'],
    nodePaths: [here('node_modules')] });
  return new Map([['/facts.js', { body: Buffer.from(bundled.outputFiles[0].contents), type: 'text/javascript' }]]);
}

async function measure_count(peers, folder, seed, count) {
  const { context, page } = await open_profile(join(folder, `engine-${count}`));
  page.setDefaultTimeout(600_000);
  try {
    return await peer_says(page, `${peers.base}/facts.html?count=${count}&seed=${seed}`);
  } finally {
    await context.close();
  }
}

const ms = (number) => `${number.toFixed(number < 1 ? 3 : 1)} ms`;

function tell(say, one) {
  say(`${one.count} facts: Q7 on cubes ${ms(one.cube_ms)}; ad hoc ${ms(one.adhoc_ms)}, limit ${ms(one.limit_ms)}; widest amounts ${ms(one.worst_ms)}, limit ${ms(one.limit_worst_ms)}`);
  for (const peer of one.peers)
    say(`  ${peer.name}: load ${ms(peer.load_ms)}, ${peer.groups} groups compared; a window ${ms(peer.window_ms)}, ad hoc ${ms(peer.adhoc_ms)}`);
  const by_question = (told) => Object.entries(told).map(([name, cost]) => `${name.toUpperCase()} ${ms(cost)}`).join(', ');
  say(`  one by one: ${by_question(one.by_question)}`);
  for (const peer of one.peers) say(`    ${peer.name}: ${by_question(peer.by_question)}`);
  say(`  reading the columns ${(one.count * row_bytes / one.read_ms / 1e6).toFixed(1)} GB/s, limit ${(one.count * row_bytes / one.limit_ms / 1e6).toFixed(1)} GB/s; one location ${ms(one.place_ms)}`);
  say(`  in memory ${(one.memory_bytes / 1e6).toFixed(1)} MB with all cubes, ${(one.memory_in_order_bytes / 1e6).toFixed(1)} MB with an order by amount`);
  say(`  from segments to the first figure ${ms(one.load_ms)}; first page by amount ${ms(one.page_first_ms)}; a thousand facts anew ${ms(one.delta_ms)}`);
}

const duckdb_of = (one) => one.peers.find(({ name }) => name === 'DuckDB-wasm');

export async function measure({ folder, seed, say, wanted }) {
  const peers = await serve_peers(await peer_files());
  try {
    const one = await measure_count(peers, folder, seed, million);
    tell(say, one);
    const memory_mb = one.memory_bytes / million;
    const results = [
      lower_is_better('facts_q7_adhoc_1m', 'ms', one.adhoc_ms, 'DuckDB-wasm', duckdb_of(one).adhoc_ms),
      lower_is_better('facts_q7_cube_1m', 'ms', one.cube_ms, 'DuckDB-wasm', duckdb_of(one).window_ms),
      ...one.peers.filter(({ name }) => name !== 'DuckDB-wasm').map(({ name, adhoc_ms }) =>
        lower_is_better(`facts_q7_beside_${name.split(/[ -]/)[0].toLowerCase()}`, 'ms', one.adhoc_ms, name, adhoc_ms)),
      ...Object.entries(one.by_question).map(([name, cost]) =>
        lower_is_better(`facts_${name}_1m`, 'ms', cost, 'DuckDB-wasm', duckdb_of(one).by_question[name])),
      lower_is_better('facts_q7_limit_1m', 'ms', one.adhoc_ms, 'the fixed SIMD kernel (limit)', one.limit_ms),
      lower_is_better('facts_memory_1m', 'MB', memory_mb, 'the goal (limit)', memory_mb_max),
    ];
    if (!wanted('facts_q7_adhoc_5m')) return results;
    const five = await measure_count(peers, folder, seed + 1, 5 * million);
    tell(say, five);
    return [...results, lower_is_better('facts_q7_adhoc_5m', 'ms', five.adhoc_ms, 'DuckDB-wasm', duckdb_of(five).adhoc_ms)];
  } finally {
    await peers.close();
  }
}
