// Measures the portal beside its peers and limits, all in this run and on this machine.
//
//   node tests/bench/run.mjs --out build/bench.json [PART OF A BENCH NAME]...
//
// Answers are compared before times are; figures are medians; a peer that is missing or answers otherwise fails the run.
import { mkdirSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { program, scratch_folder, site } from '../web/server.mjs';
import { seeded } from './data.mjs';
import { measure as measure_commits } from './commit_bench.mjs';
import { measure as measure_demo } from './demo_bench.mjs';
import { measure as measure_facts } from './facts_bench.mjs';
import { measure as measure_facts_load } from './facts_load_bench.mjs';
import { measure as measure_frames } from './frame_bench.mjs';
import { measure as measure_history } from './history_bench.mjs';
import { measure as measure_import } from './import_bench.mjs';
import { measure as measure_interaction } from './interaction_bench.mjs';
import { measure as measure_live } from './live_bench.mjs';
import { measure as measure_push } from './push_bench.mjs';
import { table } from './result.mjs';
import { measure as measure_rows } from './rows_bench.mjs';
import { measure as measure_shares } from './share_bench.mjs';
import { measure as measure_size } from './size_bench.mjs';
import { measure as measure_start } from './start_bench.mjs';
import { measure as measure_table } from './table_bench.mjs';

const benches = [
  { measure: measure_import, names: ['import'] },
  { measure: measure_start, names: ['pull', 'cold_start', 'offline_reload'] },
  { measure: measure_commits, names: ['local_commit', 'local_rows'] },
  { measure: measure_frames, names: ['frame_cpu_overview', 'frame_cpu_tickets', 'idle_draws'] },
  { measure: measure_facts, names: ['facts_q7_adhoc_1m', 'facts_q7_cube_1m', 'facts_memory_1m', 'facts_q7_adhoc_5m'] },
  { measure: measure_facts_load, names: ['facts_load_1m'] },
  { measure: measure_table, names: ['table_scroll_p99'] },
  { measure: measure_interaction, names: ['interaction_1m', 'interaction_5m'] },
  { measure: measure_rows, names: ['pull_rows_per_s', 'first_visit_rows_per_s', 'facts_pull_rows_per_s'] },
  { measure: measure_push, names: ['push_acks_per_s', 'push_p99'] },
  { measure: measure_history, names: ['delta_pull_growth', 'manager_pull', 'manager_idle'] },
  { measure: measure_live, names: ['live_fanout_lost', 'live_fanout_last', 'live_connection_memory'] },
  { measure: measure_shares, names: ['live_followers_lost', 'live_followers_median', 'live_followers_p99', 'live_follower_memory', 'guest_cold_start'] },
  { measure: measure_size, names: ['first_load_bytes'] },
  { measure: measure_demo, names: ['demo_file_bytes', 'offline_cold_start'] },
];

const { values: options, positionals } = parseArgs({ options: { out: { type: 'string' } }, allowPositionals: true });
if (!options.out) throw new Error('wanted: --out FILE');
for (const path of [program, `${site}/site.json`]) if (!existsSync(path)) throw new Error(`not built: ${path}`);
const wanted = (name) => !positionals.length || positionals.some((part) => name.includes(part));

const seed = Number(process.env.PORTAL_BENCH_SEED ?? Date.now() % 1_000_000_007);
const folder = scratch_folder();
const results = {};
process.stdout.write(`seed ${seed}\n`);
try {
  for (const { measure, names } of benches) {
    if (!names.some(wanted)) continue;
    const stage = { folder, seed, random: seeded(seed + 1), wanted, say: (line) => process.stdout.write(`  ${line}\n`) };
    for (const [name, result] of await measure(stage)) results[name] = result;
  }
} finally {
  // A browser that has been closed may still be writing its profile.
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
}
if (!Object.keys(results).length) throw new Error('no bench has that name');
mkdirSync(dirname(options.out), { recursive: true });
writeFileSync(options.out, `${JSON.stringify(results, null, 1)}\n`);
process.stdout.write(`${table(results)}\n`);
