// Import of a large file through a running server, beside the sqlite3 shell's .import of the same file into a table
// with the same keys, in durable transactions too. The shell checks nothing, tells nothing and publishes row by row.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fact_columns, import_facts, make_tenant, write_facts } from './data.mjs';
import { higher_is_better, median } from './result.mjs';

const rows = Number(process.env.PORTAL_BENCH_IMPORT_ROWS ?? 200_000);
const runs = Number(process.env.PORTAL_BENCH_IMPORT_RUNS ?? 3);

export function shell(database, script) {
  return new Promise((resolve, reject) => {
    const child = spawn('sqlite3', ['-batch', '-bail', database], { stdio: ['pipe', 'pipe', 'pipe'] });
    let said = '', complained = '';
    child.stdout.on('data', (bytes) => { said += bytes; });
    child.stderr.on('data', (bytes) => { complained += bytes; });
    child.on('error', reject);
    child.on('close', (code) => (code === 0 && !complained ? resolve(said.trim()) : reject(new Error(`sqlite3 ended with ${code}: ${complained}`))));
    child.stdin.end(script);
  });
}

const is_integer = (column) => /_cents$|hour_band/.test(column);
const schema = `CREATE TABLE fact (${fact_columns.map((column) => `${column} ${is_integer(column) ? 'INTEGER' : 'TEXT'} NOT NULL`).join(', ')});
  CREATE UNIQUE INDEX fact_by_key ON fact (external_key, practice);
  CREATE INDEX fact_by_place ON fact (location, event_day);`;
const sums_sql = (table) => `SELECT count(*), sum(settled_cents), sum(requested_cents), count(DISTINCT external_key) FROM ${table};`;

export async function timed(work) {
  const start_ms = performance.now();
  await work();
  return performance.now() - start_ms;
}

async function import_ours(folder, file, number) {
  const server = await make_tenant(join(folder, `import-${number}`), 10);
  await server.start();
  try {
    const ms = await timed(() => import_facts(server, file));
    return { ms, answer: await shell(join(server.data, 'portal.db'), sums_sql('financing_fact')) };
  } finally {
    await server.stop();
  }
}

async function import_by_shell(folder, file, number) {
  const database = join(folder, `peer-${number}.db`);
  await shell(database, `PRAGMA journal_mode = WAL; PRAGMA page_size; ${schema}`);
  const ms = await timed(() => shell(database, `PRAGMA synchronous = FULL;\n.import --csv --skip 1 ${file} fact\n`));
  return { ms, answer: await shell(database, sums_sql('fact')) };
}

export async function measure({ folder, seed, say }) {
  const file = join(folder, 'facts.csv');
  await write_facts(file, rows, seed);
  const ours = [], peers = [];
  for (let number = 0; number < runs; number++) {
    const mine = await import_ours(folder, file, number);
    const theirs = await import_by_shell(folder, file, number);
    if (mine.answer !== theirs.answer) throw new Error(`the imports differ: ${mine.answer} and ${theirs.answer}`);
    ours.push(rows / (mine.ms / 1000));
    peers.push(rows / (theirs.ms / 1000));
    say(`import ${number + 1}: ${Math.round(ours.at(-1))} rows/s, sqlite3 ${Math.round(peers.at(-1))} rows/s`);
  }
  return [higher_is_better('import', 'rows/s', median(ours), 'sqlite3 shell .import', median(peers))];
}
