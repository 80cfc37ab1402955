// The server's disk is full, then has space again. The disk is a library of the test's own around the server's writes
// (full_disk.c), because not every machine lets a test mount a small file system.
import { execFileSync } from 'node:child_process';
import { realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { people } from '../web/server.mjs';
import { build_preload, command } from './program.mjs';

const left_bytes = 2 << 20;
const pushes_max = 400;
const mutations_per_push = 8;
const id = (number) => `01J${String(number).padStart(23, '0')}`;

const subject = (mid) => `Full disk number ${mid}`;

function push(browser, first, place) {
  const muts = Array.from({ length: mutations_per_push }, (_, index) => first + index).map((mid) => ({ mid, intent: id(mid), op: 'ticket.create', id: id(50_000_000 + mid),
    set: { practice: place.practice, location: place.id, subject: subject(mid), description: 'It is out of paper. '.repeat(180), priority: 'low', category: 'other' } }));
  return browser.post('/api/v1/sync/push', { proto: 1, schema: 7, client: id(900_000_000), acked: first - 1, muts });
}

const is_applied = (answer) => answer.status === 200 && answer.json.results.every(({ r }) => r === 'applied');

// Pushes until one is refused: { refused, next }, the refused answer and the number of its first mutation.
async function push_until_full(browser, place) {
  for (let first = 1, pushes = 0; pushes < pushes_max; first += mutations_per_push, ++pushes) {
    const answer = await push(browser, first, place);
    if (!is_applied(answer)) return { refused: answer, next: first };
  }
  throw new Error('the disk never was full');
}

const test = async ({ fixture, folder, serve, client, same, check }) => {
  const [data, tools] = [realpathSync(await fixture()), folder()];
  const left = join(tools, 'left');
  const server = await serve(data, { environment: { LD_PRELOAD: build_preload('full_disk', tools), PORTAL_DISK: data, PORTAL_DISK_LEFT: left } });
  const browser = client(server);
  same((await browser.sign_in(people.owner)).status, 200, 'sign-in');
  const [place] = await server.sql("SELECT id, practice FROM location WHERE external_key = 'L-A1'");
  writeFileSync(left, String(left_bytes));
  const { refused, next } = await push_until_full(browser, place);
  check(refused.status >= 500, `a full disk is answered ${refused.status} ${refused.text}`);
  same(refused.json?.error?.code, 'storage_full', refused.text);
  check(/space|full/i.test(refused.json.error.message), `the message is ${refused.json.error.message}`);
  check(next > 1, 'nothing was acknowledged before');
  const again = await push(browser, next, place);
  check(again.status >= 500, `still full, and answered ${again.status}`);
  same((await browser.get('/api/v1/session')).status, 200, 'reading while the disk is full');
  same(await server.value("SELECT count(*) FROM ticket WHERE subject LIKE 'Full disk number %'"), next - 1, 'tickets while the disk is full');
  rmSync(left);
  const after = await push(browser, next, place);
  check(is_applied(after), `with space again it is answered ${after.status} ${after.text}`);
  same(await server.value("SELECT count(*) FROM ticket WHERE subject LIKE 'Full disk number %'"), next - 1 + mutations_per_push, 'tickets in the end');
  same(await server.value("SELECT count(DISTINCT subject) FROM ticket WHERE subject LIKE 'Full disk number %'"), next - 1 + mutations_per_push, 'subjects in the end');
  await server.stop();
  same(execFileSync('sqlite3', [join(data, 'portal.db'), 'PRAGMA integrity_check'], { encoding: 'utf8' }).trim(), 'ok', 'the storage');
  const checked = await command('check', '--data', data);
  same(checked.code, 0, checked.out + checked.err);
};

export const tests = { 'a full disk refuses pushes with its reason and keeps what was acknowledged; with space again it goes on': test };
