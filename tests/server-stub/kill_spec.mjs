// The server is killed in the middle of pushes: what it acknowledged is there, and what it had not is sent again once. The
// first test kills at moments that chance picks; the second walks through the moments of one commit.
//
// PORTAL_KILLS says how often (tests/full/kills: 100).
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { people } from '../web/server.mjs';
import { build_preload, command } from './program.mjs';

const kills = Number(process.env.PORTAL_KILLS ?? 5);
const delay_ms_max = 120;
const pushes_max = 2000;
const id = (number) => `01J${String(number).padStart(23, '0')}`;

// The kill falls anywhere between two pushes' beginnings; the delays repeat from run to run.
const delay_ms = (run) => 3 + (run * 37) % delay_ms_max;

function mutation(run, mid, place) {
  return { mid, intent: id(run * 100_000 + mid), op: 'ticket.create', id: id(50_000_000 + run * 100_000 + mid),
    set: { practice: place.practice, location: place.id, subject: `Run ${run} number ${mid}`, description: '', priority: 'low', category: 'other' } };
}

const push = (browser, run, mid, place) => browser.post('/api/v1/sync/push',
  { proto: 1, schema: 7, client: id(900_000_000 + run), acked: mid - 1, muts: [mutation(run, mid, place)] });

async function push_until_killed(browser, server, run, place) {
  const { process: running } = server;
  const ended = new Promise((done) => { running.once('exit', done); });
  const timer = setTimeout(() => running.kill('SIGKILL'), delay_ms(run));
  let acknowledged = 0;
  try {
    for (let mid = 1; mid < pushes_max; ++mid) {
      const answer = await push(browser, run, mid, place);
      if (answer.json?.results?.[0]?.r !== 'applied') throw new Error(`push ${mid}: ${answer.status} ${answer.text}`);
      acknowledged = mid;
    }
  } catch (error) {
    if (!/ECONN|socket hang up|EPIPE|aborted/.test(`${error.code} ${error.message}`)) throw error;
  } finally {
    clearTimeout(timer);
    running.kill('SIGKILL');
    await ended;
    server.process = null;
  }
  return acknowledged;
}

const test = async ({ fixture, serve, client, same, check }) => {
  const data = await fixture();
  const server = await serve(data);
  const place = (await server.sql("SELECT id, practice FROM location WHERE external_key = 'L-A1'"))[0];
  const first = client(server);
  same((await first.sign_in(people.owner)).status, 200, 'sign-in');
  // The session outlives the process as well; only the connections are new.
  const signed_in = () => Object.assign(client(server), { cookie: first.cookie });
  let acknowledged_sum = 0;
  let kept_in_flight = 0;
  for (let run = 1; run <= kills; ++run) {
    const browser = signed_in();
    const acknowledged = await push_until_killed(browser, server, run, place);
    acknowledged_sum += acknowledged;
    same(execFileSync('sqlite3', [`${data}/portal.db`, 'PRAGMA integrity_check'], { encoding: 'utf8' }).trim(), 'ok', `the storage after kill ${run}`);
    await server.start();
    const kept = await server.value(`SELECT COUNT(*) FROM ticket WHERE subject LIKE 'Run ${run} number %'`);
    check(kept === acknowledged || kept === acknowledged + 1, `kill ${run}: ${acknowledged} acknowledged, ${kept} there`);
    kept_in_flight += kept - acknowledged;
    // The client does not know whether the last one arrived: it sends it again, under the same intent.
    const sent_again = await push(signed_in(), run, acknowledged + 1, place);
    same(sent_again.json?.results?.[0]?.r, 'applied', `kill ${run}: the one in flight, answered ${sent_again.text}`);
    same(await server.value(`SELECT COUNT(*) FROM ticket WHERE subject LIKE 'Run ${run} number %'`), acknowledged + 1, `kill ${run}: once each`);
  }
  check(acknowledged_sum > kills, `only ${acknowledged_sum} pushes were acknowledged in ${kills} runs`);
  await server.stop();
  const checked = await command('check', '--data', data);
  same(checked.code, 0, checked.out + checked.err);
  console.log(`      ${kills} kills, ${acknowledged_sum} acknowledged pushes kept, ${kept_in_flight} in flight kept once`);
};
test.ms_max = 600_000;

const moments_max = 2_000;

// Pushes one ticket into a server that is to die at that moment of it: whether it did. Afterwards everything holds, and the
// ticket is there once.
async function die_at(moment, { server, signed_in, data, place, point, same, check }) {
  // A log that is long already is folded in by some push, which then has many moments more.
  execFileSync('sqlite3', [`${data}/portal.db`, 'PRAGMA wal_checkpoint(TRUNCATE)']);
  await server.start();
  const { process: running } = server;
  const ended = new Promise((done) => { running.once('exit', done); });
  writeFileSync(point, String(moment));
  const run = 1_000 + moment;
  const answer = await push(signed_in(), run, 1, place).catch((error) => ({ error }));
  const died = !answer.json;
  rmSync(point);
  if (died) await ended;
  if (died) server.process = null;
  same(execFileSync('sqlite3', [`${data}/portal.db`, 'PRAGMA integrity_check'], { encoding: 'utf8' }).trim(), 'ok', `the storage after moment ${moment}`);
  if (died) await server.start();
  check(died || answer.json.results?.[0]?.r === 'applied', `moment ${moment}: ${answer.text}`);
  same((await push(signed_in(), run, 1, place)).json?.results?.[0]?.r, 'applied', `moment ${moment}: sent again`);
  same(await server.value(`SELECT COUNT(*) FROM ticket WHERE subject LIKE 'Run ${run} number %'`), 1, `moment ${moment}: once`);
  await server.stop();
  return died;
}

// The number of moments in one push: the last one that ends the server.
async function count_moments(stage) {
  let [lived, died] = [moments_max, 0];
  while (lived - died > 1) {
    const middle = Math.floor((lived + died) / 2);
    if (await die_at(middle, stage)) died = middle;
    else lived = middle;
  }
  return died;
}

const commit_points = async ({ fixture, folder, serve, client, same, check }) => {
  const [data, tools] = [await fixture(), folder()];
  const point = join(tools, 'moment');
  const server = await serve(data, { environment: { LD_PRELOAD: build_preload('commit_points', tools), PORTAL_KILL_POINT: point } });
  const [place] = await server.sql("SELECT id, practice FROM location WHERE external_key = 'L-A1'");
  const first = client(server);
  same((await first.sign_in(people.owner)).status, 200, 'sign-in');
  await server.stop();
  const signed_in = () => Object.assign(client(server), { cookie: first.cookie });
  const stage = { server, signed_in, data, place, point, same, check };
  const moments = await count_moments(stage);
  check(moments >= 5, `a push has only ${moments} moments`);
  const step = Math.max(1, Math.floor(moments / kills));
  let [tried, deaths] = [0, 0];
  for (let moment = 1; moment <= moments; moment += step, ++tried) deaths += await die_at(moment, stage) ? 1 : 0;
  // A push may write a page less than the one that was counted, and then outlives the last moments.
  check(deaths >= tried * 0.8, `${deaths} deaths in ${tried} of ${moments} moments`);
  console.log(`      a push has ${moments} moments; the server died at ${deaths} of them`);
};
commit_points.ms_max = 600_000;

export const tests = {
  'killed in the middle of pushes the server keeps what it acknowledged, once': test,
  'killed before, within and after each write and flush of a push the server has it once in the end': commit_points,
};
