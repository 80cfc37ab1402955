// portal-server user, backup, restore and check, as an operator types them: beside a running server and without one.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { people } from '../web/server.mjs';
import { command, token_of, until } from './program.mjs';

const ada = ['--email', 'ada@partners.example', '--name', 'Ada Admin', '--role', 'admin'];
const front_desk = people.front_desk.email;
const read = (file, query) => execFileSync('sqlite3', ['-readonly', file, query], { encoding: 'utf8' }).trim();
const ulid = (number) => `01J${String(number).padStart(23, '0')}`;

// Runs the same test beside a server that owns the folder, and with none.
function both(test) {
  return async (tools) => {
    for (const mode of ['without a server', 'beside a server']) {
      const data = await tools.fixture();
      const running = mode === 'beside a server' ? await tools.serve(data) : null;
      // What a command did shows in a server: the running one, or one started now.
      const server = async () => running ?? tools.serve(data);
      try { await test({ ...tools, data, server, running }); } catch (error) { throw new Error(`${mode}: ${error.message}`, { cause: error }); }
    }
  };
}

const session = async (browser) => (await browser.get('/api/v1/session')).status;

export const tests = {
  'every sub-command explains itself, and wrong usage ends with 2': async ({ same, check, folder }) => {
    for (const words of [[], ['serve'], ['import'], ['seed'], ['user'], ['user', 'add'], ['user', 'list'], ['user', 'invite'], ['user', 'disable'],
      ['user', 'enable'], ['user', 'reset'], ['backup'], ['restore'], ['check']]) {
      const { code, out } = await command(...words, '--help');
      same(code, 0, `${words.join(' ')} --help`);
      check(out.includes('--help') && out.length > 100, `${words.join(' ')} --help says ${out}`);
    }
    for (const words of [[], ['fly'], ['serve'], ['user'], ['user', 'fly'], ['import', 'vendors'], ['seed'], ['backup', '--data', 'x'], ['restore', '--data', 'x'], ['check', '--what']])
      same((await command(...words)).code, 2, words.join(' '));
    const nowhere = join(folder(), 'none');
    for (const words of [['check'], ['user', 'list'], ['backup', '--to', `${nowhere}.db`]]) {
      const { code, err } = await command(...words, '--data', nowhere);
      same(code, 1, `${words[0]} of a folder that is not there`);
      check(err.startsWith('error: '), err);
      check(!existsSync(nowhere), `${words[0]} made a folder`);
    }
  },

  'the first administrator is made once': async ({ folder, serve, client, same, check }) => {
    const data = folder();
    const first = await command('user', 'add', '--first-admin', '--data', data, ...ada);
    same(first.code, 0, first.err);
    const again = ['user', 'add', '--first-admin', '--data', data, '--email', 'eve@partners.example', '--name', 'Eve', '--role', 'admin'];
    const second = await command(...again);
    same(second.code, 1, 'a second first administrator');
    check(second.err.includes('there is an administrator already'), second.err);
    const server = await serve(data);
    same((await command(...again)).code, 1, 'a second first administrator beside a server');
    const browser = client(server);
    same((await browser.redeem(token_of(first.out))).status, 200, 'the link');
    same((await browser.post('/api/v1/admin/users', { email: 'new@partners.example', name: 'New', role: 'auditor', scope_kind: 'tenant' })).status, 201, 'what an administrator may do');
    same(await server.value('SELECT count(*) FROM user'), 2, 'users');
  },

  'an invitation works once, and a newer one replaces it': both(async ({ data, server, client, same, check }) => {
    const words = ['user', 'add', '--data', data, '--email', 'nora@practice-a.example', '--name', 'Nora New', '--role', 'practice_user', '--scope', 'practice:P-A'];
    const made = await command(...words, '--base-url', 'https://portal.example/');
    same(made.code, 0, made.err);
    check(made.out.startsWith('https://portal.example/sign-in#invite='), made.out);
    same((await command(...words)).code, 1, 'the same address again');
    const newer = await command('user', 'invite', '--data', data, '--email', 'nora@practice-a.example');
    const running = await server();
    const [old, browser, late] = [client(running), client(running), client(running)];
    same((await old.redeem(token_of(made.out))).status, 403, 'the replaced link');
    same((await browser.redeem(token_of(newer.out))).status, 200, 'the newer link');
    same((await late.redeem(token_of(newer.out))).status, 403, 'the same link again');
    same(await session(browser), 200, 'the session that the link opened');
    for (const [wrong, reason] of [[['--role', 'emperor'], "unknown role 'emperor'"], [['--scope', 'practice:P-Z'], "no practice 'P-Z'"], [['--scope', 'moon'], "unknown scope 'moon'"], [['--scope', 'practice:'], 'names nothing']]) {
      const changed = words.map((word, index) => (words[index - 1] === wrong[0] ? wrong[1] : word)).map((word) => (word.includes('nora') ? 'other@practice-a.example' : word));
      const refused = await command(...changed);
      same(refused.code, 1, wrong.join(' '));
      check(refused.err.includes(reason), refused.err);
    }
  }),

  'a reset gives a link; its use ends the sessions that were open and the old password': both(async ({ data, server, running, client, same }) => {
    const before = await server();
    const open = client(before);
    same((await open.sign_in(people.front_desk)).status, 200, 'sign-in before');
    if (!running) await before.stop();
    const reset = await command('user', 'reset', '--data', data, '--email', front_desk.toUpperCase());
    same(reset.code, 0, reset.err);
    if (!running) await before.start();
    const browser = client(before);
    same(await session(open), 200, 'the session until then');
    same((await browser.redeem(token_of(reset.out), 'a new password of mine')).status, 200, 'the link');
    same(await session(open), 401, 'the session that was open');
    same((await client(before).sign_in(people.front_desk)).status, 401, 'the old password');
    same((await client(before).sign_in(people.front_desk, 'a new password of mine')).status, 200, 'the new password');
    same((await command('user', 'reset', '--data', data, '--email', 'nobody@practice-a.example')).code, 1, 'a reset of nobody');
  }),

  'disabling ends sessions and live streams at once, refuses sign-in, and can be taken back': async ({ fixture, serve, client, same, check }) => {
    const data = await fixture();
    const server = await serve(data);
    const browser = client(server);
    same((await browser.sign_in(people.front_desk)).status, 200, 'sign-in before');
    const stream = await browser.live();
    same(stream.status, 200, 'the stream');
    await until('the first hint', () => stream.text.includes('event: hint'));
    const reset = await command('user', 'reset', '--data', data, '--email', front_desk);
    const started = Date.now();
    const disabled = await command('user', 'disable', '--data', data, '--email', front_desk);
    same(disabled.code, 0, disabled.err);
    check(disabled.out.includes('is disabled'), disabled.out);
    await until('the stream ends', () => stream.ended);
    check(Date.now() - started < 14_000, 'the stream ended by its heartbeat only');
    same(await session(browser), 401, 'the session');
    same((await client(server).sign_in(people.front_desk)).status, 401, 'sign-in');
    same((await client(server).redeem(token_of(reset.out))).status, 403, 'a link from before');
    const list = await command('user', 'list', '--data', data);
    check(new RegExp(`${front_desk}.*practice_user of practice .*disabled`).test(list.out), list.out);
    same(list.out.trim().split('\n').length, await server.value('SELECT count(*) FROM user'), 'people in the list');
    same((await command('user', 'enable', '--data', data, '--email', front_desk)).code, 0, 'enable');
    same((await client(server).sign_in(people.front_desk)).status, 200, 'sign-in again');
    await server.stop();
    same((await command('user', 'disable', '--data', data, '--email', front_desk)).code, 0, 'disable without a server');
    await server.start();
    same((await client(server).sign_in(people.front_desk)).status, 401, 'sign-in after that');
    check((await command('user', 'list', '--demo', '--data', data)).err.includes('not a demo tenant'), 'the demo accounts of a tenant that is none');
  },

  'how long devices do without the server is for its operator to say, within bounds': async ({ fixture, serve, client, same, check }) => {
    const data = await fixture();
    const flags = (days) => ['--offline-lease-days', String(days)];
    for (const days of [0, 91]) {
      const refused = await command('serve', '--data', data, '--site', data, '--port', '0', ...flags(days));
      check(refused.code === 2 && refused.err.includes('--offline-lease-days'), `${days} days: ${refused.code} ${refused.err}`);
    }
    const browser = client(await serve(data, { flags: flags(30) }));
    same((await browser.sign_in(people.front_desk)).json.lease_days, 30, 'told at sign-in');
    same((await browser.get('/api/v1/session')).json.lease_days, 30, 'and when asked');
  },

  'a backup made while pushes go on is a whole database of one instant': async ({ fixture, serve, client, folder, same, check }) => {
    const data = await fixture();
    const server = await serve(data);
    const browser = client(server);
    await browser.sign_in(people.owner);
    const place = (await server.sql("SELECT id, practice FROM location WHERE external_key = 'L-A1'"))[0];
    let pushing = true;
    let pushed = 0;
    const pushes = (async () => {
      for (let mid = 1; pushing && mid < 20_000; ++mid) {
        const set = { ...place, subject: `Number ${mid}`, description: '', priority: 'low', category: 'other' };
        delete set.id;
        const answer = await browser.post('/api/v1/sync/push', { proto: 1, schema: 7, client: ulid(1), acked: mid - 1,
          muts: [{ mid, intent: ulid(1_000_000 + mid), op: 'ticket.create', id: ulid(2_000_000 + mid), set: { ...set, location: place.id } }] });
        same([answer.status, answer.json?.results?.[0]?.r], [200, 'applied'], `push ${mid}: ${answer.text}`);
        pushed = mid;
      }
    })();
    await until('some pushes', () => pushed > 5);
    const backups = folder();
    for (let number = 1; number <= 3; ++number) {
      const before = pushed;
      const file = join(backups, `copy-${number}.db`);
      const made = await command('backup', '--data', data, '--to', file);
      same(made.code, 0, made.err);
      const tickets = Number(read(file, "SELECT count(*) FROM ticket WHERE subject LIKE 'Number %'"));
      check(tickets >= before, `the copy holds ${tickets} of at least ${before} acknowledged tickets`);
      same(Number(read(file, `SELECT last_mid FROM client WHERE client = '${ulid(1)}'`)), tickets, 'the client of the same instant');
      same(read(file, 'PRAGMA integrity_check'), 'ok', 'the storage of the copy');
      same(statSync(file).mode & 0o777, 0o600, 'who may read the copy');
      const again = await command('backup', '--data', data, '--to', file);
      same(again.code, 1, 'a backup onto a file that is there');
      await until('pushes go on', () => pushed > tickets);
    }
    pushing = false;
    await pushes;
    // The copy is a database to serve from: put in place, checked by the program itself.
    const restored = folder();
    execFileSync('cp', [join(backups, 'copy-3.db'), join(restored, 'portal.db')]);
    const checked = await command('check', '--data', restored);
    same(checked.code, 0, checked.out + checked.err);
    same((await command('check', '--data', data)).code, 0, 'a check beside the server');
    await server.stop();
    same((await command('backup', '--data', data, '--to', join(backups, 'cold.db'))).code, 0, 'a backup without a server');
    const fresh = folder();
    same((await command('user', 'add', '--first-admin', '--data', join(fresh, 'data'), ...ada)).code, 0, 'a new database');
    same([statSync(join(fresh, 'data')).mode & 0o777, statSync(join(fresh, 'data/portal.db')).mode & 0o777], [0o700, 0o600], 'who may read a new database');
  },

  'a restored backup takes the database\'s place, which is kept; sessions end and a new epoch begins': async ({ fixture, serve, client, folder, same, check }) => {
    const data = await fixture();
    const server = await serve(data);
    const browser = client(server);
    await browser.sign_in(people.owner);
    const pull = async () => (await browser.post('/api/v1/sync/pull', { proto: 1, schema: 7, client: ulid(1), epoch: '', seq: 0, set: '', max_bytes: 8_000_000 })).text;
    const epoch_of = (text) => JSON.parse(text.split('\n')[0]).epoch;
    const epoch = epoch_of(await pull());
    const backup = join(folder(), 'backup.db');
    same((await command('backup', '--data', data, '--to', backup)).code, 0, 'backup');
    const place = (await server.sql("SELECT id, practice FROM location WHERE external_key = 'L-A1'"))[0];
    const later = await browser.post('/api/v1/sync/push', { proto: 1, schema: 7, client: ulid(1), acked: 0, muts: [{ mid: 1, intent: ulid(2),
      op: 'ticket.create', id: ulid(3), set: { practice: place.practice, location: place.id, subject: 'After the backup', description: '', priority: 'low', category: 'other' } }] });
    same(later.json?.results?.[0]?.r, 'applied', later.text);
    const beside = await command('restore', '--data', data, '--from', backup);
    same([beside.code, /stop the server first/.test(beside.err)], [1, true], `beside a running server: ${beside.err}`);
    await server.stop();

    const restored = await command('restore', '--data', data, '--from', backup);
    same(restored.code, 0, restored.err);
    const kept = restored.out.match(/kept as (\S+)/)?.[1];
    same(read(kept, "SELECT count(*) FROM ticket WHERE subject = 'After the backup'"), '1', 'the ticket in the database that was kept');
    same(read(kept, 'PRAGMA integrity_check'), 'ok', 'the database that was kept');
    same(readdirSync(data).filter((name) => name.includes('restoring')), [], 'files left behind');
    same((await command('check', '--data', data)).code, 0, 'check');
    await server.start();
    same(await session(browser), 401, 'the session of before');
    await browser.sign_in(people.owner);
    const text = await pull();
    check(epoch_of(text) && epoch_of(text) !== epoch, `epoch ${epoch_of(text)} after ${epoch}`);
    check(!text.includes('After the backup'), 'a ticket that the backup does not know');
    await server.stop();
    const fresh = join(folder(), 'data');
    same((await command('restore', '--data', fresh, '--from', backup)).code, 0, 'into a folder that is not there yet');
    writeFileSync(join(fresh, 'portal.db.restoring-wal'), 'left by a restore that was killed');
    same((await command('restore', '--data', `${fresh}/`, '--from', backup)).code, 0, 'once more, the folder named with a slash');
    same(readdirSync(fresh).filter((name) => name.includes('restoring')), [], 'files left behind');
    same((await command('check', '--data', fresh)).code, 0, 'its check');
  },

  'what is no sound backup is refused and changes nothing': async ({ fixture, folder, same, check }) => {
    const data = await fixture();
    const files = folder();
    const made = (name, make) => { const file = join(files, name); make(file); return file; };
    const sql = (file, query) => execFileSync('sqlite3', [file, query]);
    const backup = made('good.db', () => {});
    same((await command('backup', '--data', data, '--to', backup)).code, 0, 'backup');
    const whole = readFileSync(backup);
    const before = readFileSync(join(data, 'portal.db'));
    const refused = {
      'a missing file': [join(files, 'none.db'), /there is no file/],
      'a text': [made('text.db', (file) => writeFileSync(file, 'external_key,name\n'.repeat(1000))), /not a database/],
      'an empty file': [made('empty.db', (file) => writeFileSync(file, '')), /none of the portal/],
      'another program\'s database': [made('other.db', (file) => sql(file, 'CREATE TABLE song (title TEXT)')), /none of the portal/],
      'half a backup': [made('half.db', (file) => writeFileSync(file, whole.subarray(0, whole.length / 2))), /malformed|corrupt|damaged|sound/i],
      'a backup with a wrong sum': [made('sum.db', (file) => { writeFileSync(file, whole); sql(file, 'UPDATE stream SET hash_lo = hash_lo + 1 WHERE count > 0'); }), /not sound/],
      'a backup of a newer version': [made('newer.db', (file) => { writeFileSync(file, whole); sql(file, 'PRAGMA user_version = 999'); }), /newer/],
      'the database itself': [join(data, 'portal.db'), /itself/],
    };
    for (const [what, [file, words]] of Object.entries(refused)) {
      const { code, err } = await command('restore', '--data', data, '--from', file);
      same(code, 1, what);
      check(words.test(err) && /nothing was changed/.test(err), `${what}: ${err}`);
      check(readFileSync(join(data, 'portal.db')).equals(before), `${what} changed the database`);
    }
    same(readdirSync(data).filter((name) => /restor/.test(name)), [], 'files left behind');
  },

  'a check finds what was planted: a sum, a reference, a lost row, a torn page': async ({ fixture, same, check }) => {
    const plants = {
      'a wrong sum': ['UPDATE stream SET hash_lo = hash_lo + 1 WHERE count > 0', /stream .* rows/],
      'a lost reference': ["UPDATE location SET practice = '01J00000000000000000000000' WHERE external_key = 'L-A1'", /names the missing practice/],
      'a row that nobody logged away': ["DELETE FROM ticket WHERE external_key = 'T-1'", /stream l:.*:work/],
      'a log that forgot a row': ["DELETE FROM change_stream WHERE entity = 'ticket'", /logs \d+ rows, its rows are/],
    };
    for (const [what, [sql, pattern]] of Object.entries(plants)) {
      const data = await fixture();
      same((await command('check', '--data', data)).code, 0, 'before');
      execFileSync('sqlite3', [join(data, 'portal.db'), sql]);
      const found = await command('check', '--data', data);
      same(found.code, 1, what);
      check(pattern.test(found.out), `${what}: ${found.out}`);
      check(/\d+ problems found/.test(found.out), found.out);
    }
    const data = await fixture();
    const file = join(data, 'portal.db');
    const number = (query) => Number(execFileSync('sqlite3', [file, query], { encoding: 'utf8' }));
    const [page, bytes] = [number("SELECT rootpage FROM sqlite_schema WHERE name = 'fact_by_key'"), number('PRAGMA page_size')];
    execFileSync('sqlite3', [file, 'PRAGMA wal_checkpoint(TRUNCATE)']);
    execFileSync('dd', ['if=/dev/urandom', `of=${file}`, `bs=${bytes}`, `seek=${page - 1}`, 'count=1', 'conv=notrunc'], { stdio: 'ignore' });
    const torn = await command('check', '--data', data);
    same(torn.code, 1, `a torn page: ${torn.out}${torn.err}`);
    check(!torn.out.includes('The database is sound'), torn.out);
  },
};
