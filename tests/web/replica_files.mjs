// A replica as it lies in a browser's private files, held against the server's database. The portal of the tab has gone
// before: it was killed, or its page was closed.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { same } from './checks.mjs';
import { wait_ms_max } from './portal.mjs';

export async function fresh_page(tab) {
  tab.page = await tab.context.newPage();
  tab.page.setDefaultTimeout(wait_ms_max);
}

// Has a function run with those files and no portal: by a page of the same origin that the service worker leaves alone.
// The tab is left without a page.
export async function beside_portal(tab, work, value) {
  await fresh_page(tab);
  await tab.page.goto(`${tab.server.base}/healthz`);
  const answer = await tab.page.evaluate(work, value);
  await tab.page.close();
  return answer;
}

async function copy_files(tab, folder) {
  const files = await beside_portal(tab, async () => {
    const found = {};
    const text_of = (file) => new Promise((done, fail) => {
      const reader = new FileReader();
      reader.onload = () => done(reader.result.slice(reader.result.indexOf(',') + 1));
      reader.onerror = () => fail(reader.error);
      reader.readAsDataURL(file);
    });
    // What the killed process has written last may still be on its way: a file that changes meanwhile is not readable.
    const read = async (entry) => {
      for (let left = 50; ; left -= 1) {
        try {
          return await text_of(await entry.getFile());
        } catch (error) {
          if (left === 0) throw error;
          await new Promise((later) => { setTimeout(later, 100); });
        }
      }
    };
    const walk = async (directory) => {
      for await (const entry of directory.values()) {
        if (entry.kind === 'directory') await walk(entry);
        else if (entry.name.startsWith('replica-')) found[entry.name] = await read(entry);
      }
    };
    await walk(await navigator.storage.getDirectory());
    return found;
  });
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), Buffer.from(bytes, 'base64'));
  return Object.keys(files).find((name) => /^replica-\d+$/.test(name));
}

// Gives `work` a question to a sound copy of the replica: SQL in, rows as objects out. The tab is left without a page.
export async function with_replica(tab, words, work) {
  const folder = mkdtempSync(join(tmpdir(), 'portal-replica-'));
  try {
    const file = join(folder, await copy_files(tab, folder));
    const ask = (query) => JSON.parse(execFileSync('sqlite3', ['-json', file, query], { encoding: 'utf8', maxBuffer: 64 << 20 }).trim() || '[]');
    same(ask('PRAGMA integrity_check'), [{ integrity_check: 'ok' }], `the replica ${words}`);
    return await work(ask);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const quoted = (texts) => texts.map((text) => `'${text}'`).join(', ');

// How many rows the base has in each stream, counted anew.
function counts_by_stream(ask, tables) {
  const counts = new Map();
  for (const table of tables)
    for (const { streams, n } of ask(`SELECT streams, count(*) AS n FROM ${table} GROUP BY streams`))
      for (const number of streams.trim().split(' ')) counts.set(Number(number), (counts.get(Number(number)) ?? 0) + n);
  return ask('SELECT number, name FROM stream').flatMap(({ number, name }) => (counts.has(number) ? [[name, counts.get(number)]] : [])).sort();
}

// A replica at the server's newest change: every row that its user may see is there as the server has it, and no other.
// Answers how many those are.
export async function check_same_rows(ask, server, words) {
  same(await server.sql('PRAGMA integrity_check'), [{ integrity_check: 'ok' }], `the server's storage ${words}`);
  const [{ set }] = ask("SELECT value AS \"set\" FROM meta WHERE key = 'permission_set'");
  const streams = (await server.value(`SELECT streams FROM permission_set WHERE name = '${set}'`)).split('\n');
  // As text: the halves of a hash are wider than a number of JavaScript.
  const sums = (high, low) => `SELECT name, count, CAST(${high} AS TEXT) AS high, CAST(${low} AS TEXT) AS low FROM stream WHERE count > 0`;
  const theirs = await server.sql(`${sums('hash_hi', 'hash_lo')} AND name IN (${quoted(streams)}) ORDER BY name`);
  same(ask(`${sums('hash_high', 'hash_low')} ORDER BY name`), theirs, `the sums of the streams ${words}`);
  const tables = ask("SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'base\\_%' ESCAPE '\\'").map(({ name }) => name);
  same(counts_by_stream(ask, tables), theirs.map(({ name, count }) => [name, count]).sort(), `the rows of the streams ${words}`);
  let rows = 0;
  for (const table of tables) {
    const newest = new Map((await server.sql(`SELECT id, rev FROM "${table.replace('base_', '')}"`)).map(({ id, rev }) => [id, rev]));
    const held = ask(`SELECT id, rev FROM ${table}`);
    same(held.filter(({ id, rev }) => newest.get(id) !== rev), [], `rows of ${table} that are not the server's ${words}`);
    rows += held.length;
  }
  return rows;
}

// One more ticket on the server, and its place in the list: from then on the replica has everything that came before it.
export async function wait_for_everything(tab, server) {
  await tab.role('button', /^Up to date/).first().waitFor();
  await server.import_text('tickets', 'external_key,location,integration,subject,description,state,priority,category,requester,assignee,created_at\n' +
    `LAST,L-A1,,The last of all,,new,normal,integration,,U-S,${new Date().toISOString().slice(0, 19)}Z\n`);
  // Newest first.
  await tab.show('/tickets?tab=all');
  await tab.role('link', /^The last of all/).first().waitFor();
}
