// Hints to thousands of live connections: how many are lost, when the last one has it, what a connection costs in memory.
// Each hint follows a commit, and the server asks each connection's grants before it writes; beside it node's own http
// writes the same frame to as many. The connections come from several processes and addresses, because one address and
// one user have their caps.
import { join } from 'node:path';
import { Client, token_of } from '../server-stub/program.mjs';
import { make_tenant } from './data.mjs';
import { ask, load_process, now_ms, require_descriptors, rss_bytes } from './load_streams.mjs';
import { lower_is_better, median, none_is_best } from './result.mjs';

const connections = Number(process.env.PORTAL_BENCH_LIVE_CONNECTIONS ?? 2_000);
const rounds = 15;
const load_processes = 2;
const connections_per_user = 30;

const ulid = (number) => `01J${String(number).padStart(23, '0')}`;

async function open_streams(port, path, cookies) {
  const share = connections / load_processes;
  const children = Array.from({ length: load_processes }, () => load_process('live_load.mjs'));
  await Promise.all(children.map((child, index) => ask(child, { open: { port, path, cookies, count: share, address: 2 + index * 20 } }, 'opened')));
  return children;
}

const armed = (child, round) => ask(child, { arm: round }, 'armed');

// Milliseconds until the last connection has heard, and how many never have.
async function fan_out(children, round, commit) {
  for (const child of children) await armed(child, round);
  const heard = children.map((child) => ask(child, null, 'heard'));
  const start_ms = now_ms();
  await commit(round);
  const said = await Promise.all(heard);
  return { ms: Math.max(...said.map(({ last_ms }) => last_ms)) - start_ms, lost: connections - said.reduce((sum, one) => sum + one.heard, 0) };
}

async function measure_one({ pid, port, path, cookies, commit }) {
  const before = rss_bytes(pid);
  const children = await open_streams(port, path, cookies);
  try {
    const memory = (rss_bytes(pid) - before) / connections;
    const all = [];
    for (let round = 0; round < rounds; round++) all.push(await fan_out(children, round, commit));
    return { memory, last_ms: median(all.map(({ ms }) => ms)), lost: all.reduce((sum, { lost }) => sum + lost, 0) };
  } finally {
    for (const child of children) child.send({ close: true });
  }
}

// A browser of a new person of the practice, signed in by the link of their invitation: one address may not sign in by
// password a hundred times in a row.
export async function invited(server, index) {
  const told = await server.command('user', 'add', '--email', `person.${index}@practice.example`, '--name', `Person ${index}`,
    '--role', 'practice_admin', '--scope', 'practice:P-0', '--title', 'Owner');
  const browser = new Client(server);
  const { status, text } = await browser.redeem(token_of(told));
  if (status !== 200) throw new Error(`redeeming a link: ${status} ${text}`);
  return browser;
}

async function commit_ticket(browser, round, place) {
  const set = { practice: place.practice, location: place.id, subject: `Round ${round}`, description: '', priority: 'low', category: 'other' };
  const muts = [{ mid: round + 1, intent: ulid(round + 1), op: 'ticket.create', id: ulid(50_000_000 + round), set }];
  const answer = await browser.post('/api/v1/sync/push', { proto: 1, schema: 7, client: ulid(900_000_000), acked: round, muts });
  if (answer.json?.results?.[0]?.r !== 'applied') throw new Error(`push: ${answer.status} ${answer.text}`);
}

async function measure_ours(folder) {
  const server = await make_tenant(join(folder, 'live'), 10);
  server.flags = ['--rate-factor', '100000'];
  await server.start();
  const browsers = [];
  try {
    while (browsers.length * connections_per_user < connections) browsers.push(await invited(server, browsers.length));
    const [place] = await server.sql("SELECT id, practice FROM location WHERE external_key = 'L-0-0'");
    return await measure_one({ pid: server.process.pid, port: server.port, path: '/api/v1/live', cookies: browsers.map(({ cookie }) => cookie),
      commit: (round) => commit_ticket(browsers[0], round, place) });
  } finally {
    for (const browser of browsers) browser.close();
    await server.stop();
  }
}

async function measure_peer() {
  const peer = load_process('peers/event_stream_server.mjs');
  try {
    const { port } = await ask(peer, null, 'port');
    const commit = () => fetch(`http://127.0.0.1:${port}/`, { method: 'POST' });
    return await measure_one({ pid: peer.pid, port, path: '/', cookies: ['none=1'], commit });
  } finally {
    peer.kill();
  }
}

export async function measure({ folder, say }) {
  require_descriptors(connections);
  const ours = await measure_ours(folder);
  const peer = await measure_peer();
  for (const [name, { last_ms, memory, lost }] of [['ours', ours], ['node', peer]])
    say(`live, ${name}: ${connections} connections, last after ${last_ms.toFixed(1)} ms, ${Math.round(memory)} bytes each, ${lost} hints lost in ${rounds} rounds`);
  if (peer.lost) throw new Error(`the peer lost ${peer.lost} hints`);
  const name = 'node:http, one frame for all';
  return [none_is_best('live_fanout_lost', 'hints', ours.lost, 'hints that were due', connections * rounds),
    lower_is_better('live_fanout_last', 'ms', ours.last_ms, name, peer.last_ms),
    lower_is_better('live_connection_memory', 'bytes', ours.memory, name, peer.memory)];
}
