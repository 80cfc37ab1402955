// portal-server seed: the same seed and date give the same tenant; it fills an empty folder only.
import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { command } from './program.mjs';

// Every row of every entity and every fact, without what is of the moment of seeding.
function content(data) {
  const file = join(data, 'portal.db');
  const ask = (text) => execFileSync('sqlite3', ['-readonly', file, text], { encoding: 'utf8', maxBuffer: 256 << 20 });
  const tables = ask("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'staged_%' ORDER BY name").trim().split('\n')
    .filter((name) => !['audit', 'batch', 'head', 'head_log', 'session', 'sqlite_stat1'].includes(name));
  const hash = createHash('sha256');
  for (const table of tables) {
    const columns = ask(`SELECT group_concat(name) FROM pragma_table_info('${table}') WHERE name <> 'updated_ms'`).trim();
    hash.update(`${table}\n${ask(`SELECT ${columns} FROM ${table} ORDER BY ${columns}`)}`);
  }
  return hash.digest('hex');
}

export const tests = {
  'the same seed and date give the same rows, another seed or date others': async ({ folder, same, check }) => {
    const made = [];
    for (const [seed, today] of [['7', '2026-03-04'], ['7', '2026-03-04'], ['8', '2026-03-04'], ['7', '2026-03-11']]) {
      const data = folder();
      const { code, out, err } = await command('seed', '--data', data, '--scale', 'small', '--seed', seed, '--today', today);
      same(code, 0, err);
      check(/front desk|Maya Ortega/i.test(out), `no demo accounts are told: ${out}`);
      made.push(content(data));
    }
    same(made[1], made[0], 'the same again');
    check(made[2] !== made[0], 'another seed made the same rows');
    check(made[3] !== made[0], 'another date made the same rows');
  },

  'a tenant is never seeded over another, with or without a server; a wrong date is wrong usage': async ({ fixture, serve, same, check }) => {
    const data = await fixture();
    const words = ['seed', '--data', data, '--scale', 'small'];
    for (const running of [false, true]) {
      const server = running ? await serve(data) : null;
      const { code, err } = await command(...words);
      same(code, 1, err);
      check(err.includes('already holds a tenant'), err);
      if (server) same(await server.value('SELECT count(*) FROM practice'), 2, 'practices');
    }
    same((await command(...words, '--today', 'yesterday')).code, 2, 'a date that is none');
    same((await command(...words, '--scale', 'huge')).code, 2, 'a scale that is none');
  },

  'beside a server an empty folder is seeded through it, and signing in works at once': async ({ folder, serve, client, same }) => {
    const data = folder();
    const server = await serve(data);
    const browser = client(server);
    same((await browser.get('/api/v1/demo-accounts')).json.accounts, [], 'accounts before');
    const { code, err } = await command('seed', '--data', data, '--scale', 'small');
    same(code, 0, err);
    const [account] = (await browser.get('/api/v1/demo-accounts')).json.accounts;
    same((await browser.post('/api/v1/session/demo', { account: account.id })).status, 200, 'sign-in');
    same((await command('check', '--data', data)).code, 0, 'the database');
  },
};
