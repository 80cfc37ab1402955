// What a server does to its own database: tidies it, copies it, checks it, and refuses one it must not touch.
import { copyFileSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { people } from '../web/server.mjs';
import { command, until } from './program.mjs';

const day_ms = 86_400_000;

const database = (data) => join(data, 'portal.db');
const write_sql = (data, text) => execFileSync('sqlite3', [database(data), text]);

// The lines of a pull's answer.
async function pull(browser, seq, epoch, set) {
  const { status, text } = await browser.post('/api/v1/sync/pull',
    { proto: 1, schema: 7, client: '01J00000000000000000000001', epoch, seq, set, max_bytes: 0 });
  if (status !== 200) throw new Error(`a pull is answered ${status}: ${text}`);
  return text.trim().split('\n').map((line) => JSON.parse(line));
}

export const tests = {
  'tombstones, results, sessions and links go when their time has come, and no sooner': async ({ fixture, serve, same, check }) => {
    const data = await fixture();
    const now = Date.now();
    const at = (days) => now - Math.round(days * day_ms);
    // Two of each: one whose time has just come, one that still has an hour. The log says how far numbers were 91 days ago.
    const hour = 1 / 24;
    write_sql(data, `
      DELETE FROM session; DELETE FROM link; DELETE FROM mutation; DELETE FROM client_mutation; DELETE FROM head_log;
      INSERT INTO session VALUES ('old', 'u', ${at(7 + hour)}, ${at(7 + hour)}, ${at(7 + hour)}, '', 0), ('young', 'u', ${at(7 - hour)}, ${now}, ${now}, '', 0);
      INSERT INTO link VALUES ('old', 'u', 'invite', ${at(hour)}), ('young', 'u', 'invite', ${now + day_ms});
      INSERT INTO mutation VALUES ('old', 'u', '{}', '{}', '', ${at(90 + hour)}), ('young', 'u', '{}', '{}', '', ${at(90 - hour)});
      INSERT INTO client_mutation VALUES ('c', 1, 'old', ${at(7 + hour)}), ('c', 2, 'young', ${at(7 - hour)});
      INSERT INTO change VALUES (1000001, 'ticket', 'gone-long-ago', 'remove', 2), (1000002, 'ticket', 'gone-lately', 'remove', 2);
      INSERT INTO change_stream SELECT number, 1000001, 'ticket', 'gone-long-ago', 1 FROM stream LIMIT 1;
      INSERT INTO change_stream SELECT number, 1000002, 'ticket', 'gone-lately', 1 FROM stream LIMIT 1;
      UPDATE head SET seq = 1000002;
      INSERT INTO head_log VALUES (${at(90 + hour)}, 1000001), (${now}, 1000002);`);
    const server = await serve(data);
    await until('the old session goes', async () => (await server.value('SELECT count(*) FROM session')) === 1);
    const left = async (query) => (await server.sql(query)).map((row) => Object.values(row)[0]);
    same(await left('SELECT token_hash FROM session'), ['young'], 'sessions');
    same(await left('SELECT token_hash FROM link'), ['young'], 'links');
    same(await left('SELECT intent FROM mutation'), ['young'], 'results by intent');
    same(await left('SELECT intent FROM client_mutation'), ['young'], 'results by client');
    same(await left("SELECT row_id FROM change WHERE kind = 'remove'"), ['gone-lately'], 'tombstones');
    same(await left('SELECT row_id FROM change_stream WHERE gone = 1'), ['gone-lately'], 'tombstones of streams');
    same(await server.value('SELECT floor FROM head'), 1000001, 'the floor');
    check(!server.log.includes('housekeeping_failed'), server.log);
  },

  'a pull from below the floor is answered by a full load': async ({ fixture, serve, client, same, check }) => {
    const data = await fixture();
    let server = await serve(data);
    let browser = client(server);
    same((await browser.sign_in(people.owner)).status, 200, 'sign-in');
    const first = await pull(browser, 0, '', '');
    const [begin] = first;
    const end = first.at(-1);
    await until('the permission set is kept', async () => server.value(`SELECT count(*) FROM permission_set WHERE name = '${begin.set}'`));
    same((await pull(browser, end.seq, begin.epoch, begin.set)).filter((line) => line.k === 'up').length, 0, 'rows of a pull from the head');
    await server.stop();
    write_sql(data, `INSERT OR REPLACE INTO head_log VALUES (${Date.now() - 91 * day_ms}, (SELECT seq + 5 FROM head)); UPDATE head SET seq = seq + 5;`);
    server = await serve(data);
    await until('the floor rises', async () => (await server.value('SELECT floor FROM head')) > end.seq);
    browser = client(server);
    await browser.sign_in(people.owner);
    const again = await pull(browser, end.seq, begin.epoch, begin.set);
    check(again[0].reset === true, `the answer begins with ${JSON.stringify(again[0])}`);
    same(again.filter((line) => line.k === 'up').length, first.filter((line) => line.k === 'up').length, 'rows of the full load');
  },

  'a database of the first version is copied and migrated by `serve`, and the desk reads whose tickets are': async ({ fixture, serve, client, same, check }) => {
    const data = await fixture();
    write_sql(data, `ALTER TABLE ticket DROP COLUMN practice_name; ALTER TABLE staged_ticket DROP COLUMN practice_name;
      DROP TABLE action_item; DROP TABLE staged_action_item; DROP TABLE share; DROP TABLE share_guest; DROP TABLE share_user;
      DROP TABLE fact_rollup; DROP TABLE staged_fact_rollup; DROP TABLE rollup_due; DROP TABLE figures_given;
      DROP INDEX staged_fact_segment_by_practice; DROP TABLE vendor_count; DROP TABLE staged_vendor_count;
      DROP TABLE prospect; DROP TABLE staged_prospect; DROP TABLE deposit_review; DROP TABLE staged_deposit_review;
      DELETE FROM change WHERE entity IN ('fact_rollup', 'vendor_count');
      DELETE FROM change_stream WHERE entity IN ('fact_rollup', 'vendor_count');
      DELETE FROM stream WHERE name LIKE 'r:%' OR name LIKE 'v:%:counts';
      PRAGMA user_version = 1;`);
    const server = await serve(data);
    same(await server.value('PRAGMA user_version'), 9, 'the version');
    check(existsSync(`${database(data)}.before-1`), 'the copy from before');
    const names = await server.sql(`SELECT DISTINCT p.name FROM ticket t JOIN practice p ON p.id = t.practice
      JOIN user u ON u.practice = p.id WHERE u.email = '${people.owner.email}'`);
    const browser = client(server);
    await browser.sign_in(people.owner);
    const rows = await pull(browser, 0, '', '');
    const tickets = rows.filter((line) => line.k === 'up' && line.e === 'ticket');
    check(tickets.length > 0, 'the owner has tickets');
    same([...new Set(tickets.map((line) => line.v.practice_name))], names.map(({ name }) => name), 'the practices of the tickets');
    await server.stop();
    same((await command('check', '--data', data)).code, 0, 'the check');
  },

  'a database of a newer version, and a file that is none, are refused and left as they are': async ({ fixture, folder, same, check }) => {
    const newer = await fixture();
    write_sql(newer, 'PRAGMA user_version = 99');
    const none = folder();
    writeFileSync(database(none), 'This was somebody\'s letter.\n'.repeat(1_000));
    for (const [data, reason] of [[newer, /newer/], [none, /not a database|another program|damaged/]]) {
      const before = join(folder(), 'before');
      copyFileSync(database(data), before);
      for (const words of [['serve', '--site', data, '--port', '0'], ['user', 'list'], ['check'], ['backup', '--to', join(folder(), 'copy.db')]]) {
        const { code, err } = await command(...words, '--data', data);
        same(code, 1, `${words[0]}: ${err}`);
        check(err.startsWith('error: ') && reason.test(err), `${words[0]}: ${err}`);
      }
      same(readFileSync(database(data)).equals(readFileSync(before)), true, 'the file afterwards');
      same(readdirSync(data).filter((name) => name.includes('before-')), [], 'copies of what was not migrated');
    }
  },

  'one server owns a data folder': async ({ fixture, serve, same, check }) => {
    const data = await fixture();
    const server = await serve(data);
    const { code, err } = await command('serve', '--data', data, '--site', data, '--port', '0');
    same(code, 1, err);
    check(err.includes('another process uses the data folder'), err);
    same((await fetch(`${server.base}/healthz`)).status, 200, 'the first server');
    // A socket that a killed server left behind is not taken for a server.
    const gone = new Promise((done) => server.process.once('exit', done));
    server.process.kill('SIGKILL');
    await gone;
    server.process = null;
    check(existsSync(join(data, 'control.sock')), 'no socket was left behind');
    same((await command('user', 'list', '--data', data)).code, 0, 'a command beside the socket');
    await server.start();
  },
};
