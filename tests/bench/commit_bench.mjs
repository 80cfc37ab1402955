// Commits to the browser's private files, ours beside the techniques that npm offers, in the same browser with a profile on
// disk: two hundred small commits, and a hundred thousand rows in one.
import { join } from 'node:path';
import { open_profile, peer_says, serve_peers } from './browser.mjs';
import { lower_is_better, median } from './result.mjs';

const peers = { official: 'official opfs-sahpool', pool: 'wa-sqlite AccessHandlePool', ahead: 'wa-sqlite OPFSWriteAhead' };
const runs = 5;

async function measure_one(base, profile, technique) {
  const { context, page } = await open_profile(profile);
  try {
    return await peer_says(page, `${base}/commit.html?technique=${technique}`);
  } finally {
    await context.close();
  }
}

// The best peer by that figure: { name, value }.
const best_of = (all, field) => Object.entries(peers).map(([technique, name]) => ({ name, value: median(all[technique].map((one) => one[field])) }))
  .reduce((left, right) => (left.value < right.value ? left : right));

export async function measure({ folder, say }) {
  const server = await serve_peers();
  const all = { ours: [], official: [], pool: [], ahead: [] };
  try {
    for (let run = 0; run < runs; run++)
      for (const technique of Object.keys(all)) all[technique].push(await measure_one(server.base, join(folder, `commit-${technique}-${run}`), technique));
  } finally {
    await server.close();
  }
  const answers = new Set(Object.values(all).flat().map(({ answer }) => answer));
  if (answers.size !== 1) throw new Error(`the answers differ: ${[...answers]}`);
  for (const [technique, said] of Object.entries(all))
    say(`commits, ${peers[technique] ?? 'ours'}: 200 in ${median(said.map(({ commits_ms }) => commits_ms)).toFixed(0)} ms, 100,000 rows in ${median(said.map(({ rows_ms }) => rows_ms)).toFixed(0)} ms`);
  return [['local_commit', 'commits_ms'], ['local_rows', 'rows_ms']].map(([name, field]) => {
    const best = best_of(all, field);
    return lower_is_better(name, 'ms', median(all.ours.map((one) => one[field])), best.name, best.value);
  });
}
