// A live shared view before thousands: one presenter tells where they look, 2,000 follow over event streams of 63 guests'
// browsers; then 500 shares at once with one follower each. A state is timed from the presenter's request to its arrival
// at each follower, message by message. States are latest-wins by the protocol, but the server has the time to tell each of
// these: one that does not reach a follower counts as lost, and of a burst the last one does. The load's processes run on
// the same machine; what they cost it is said. And how long a guest's browser takes from the link to the first figures.
import { join } from 'node:path';
import { Client } from '../server-stub/program.mjs';
import { day_iso, password } from '../web/server.mjs';
import { open_profile } from './browser.mjs';
import { import_facts, make_tenant, manager, write_facts } from './data.mjs';
import { invited } from './live_bench.mjs';
import { ask, load_process, now_ms, require_descriptors, rss_bytes } from './load_streams.mjs';
import { lower_is_better, median, none_is_best, percentile } from './result.mjs';

const followers = Number(process.env.PORTAL_BENCH_FOLLOWERS ?? 2_000);
const shares_at_once = 500;
const shares_per_presenter = 100;
const streams_per_guest = 32;
const sockets_per_presenter = 20;
const load_processes = 2;
const states = 40;
const pause_ms = 250;
const bursts = 5;
const states_per_burst = 20;
const settle_ms = 2_000;
const cold_starts = 5;
const fact_count = 20_000;

const pause = (ms) => new Promise((wake) => { setTimeout(wake, ms); });

class Presenter {
  constructor(client, practice) {
    this.client = client;
    this.practice = practice;
  }

  async share() {
    const { status, json, text } = await this.client.post('/api/v1/shares',
      { practices: [this.practice], views: ['overview', 'financing'], from: day_iso(-360), to: day_iso(-1), hours: 1 });
    if (status !== 201) throw new Error(`sharing: ${status} ${text}`);
    return { id: json.id, token: json.link.split('#')[1], presenter: this };
  }

  // When it was said.
  async show(share, q) {
    const said_ms = now_ms();
    const answer = await this.client.request('PUT', `/api/v1/shares/${share.id}/show`,
      { k: 'state', q, route: q % 2 ? 'financing' : 'overview', filters: { practice: [this.practice] }, sel: '', scroll: 0 });
    if (answer.status !== 200) throw new Error(`showing: ${answer.status} ${answer.text}`);
    return said_ms;
  }
}

async function guest_cookie(server, share) {
  const guest = new Client(server);
  const { status, text } = await guest.post('/share/redeem', { token: share.token });
  if (status !== 204) throw new Error(`redeeming: ${status} ${text}`);
  guest.close();
  return guest.cookie;
}

// The load's processes with their streams open, and what was heard since it was asked last.
class Load {
  static async open(server, cookies, count) {
    const load = new Load();
    const part = Math.ceil(count / load_processes);
    load.children = Array.from({ length: load_processes }, () => load_process('share_load.mjs'));
    await Promise.all(load.children.map((child, index) => ask(child, { open: { port: server.port, path: '/share/live',
      // Each its own part of the cookies, so that no guest has more streams than it may.
      cookies: cookies.filter((_, number) => number % load_processes === index), count: Math.min(part, count - index * part), address: 2 + index * 20 } }, 'opened')));
    await load.collect();
    return load;
  }

  async collect() {
    const said = await Promise.all(this.children.map((child) => ask(child, { collect: true }, 'heard')));
    const heard = new Map();
    for (const one of said)
      for (const [q, times] of Object.entries(one.heard)) heard.set(Number(q), [...(heard.get(Number(q)) ?? []), ...Object.values(times)]);
    return { heard, cpu_ms: said.reduce((sum, one) => sum + one.cpu_ms, 0) };
  }

  close() { for (const child of this.children) child.send({ close: true }); }
}

// Each state to each follower: how long it took, and how many never came.
async function tell_paced(load, share) {
  const said = new Map();
  const begun_ms = now_ms();
  for (let q = 1; q <= states; q++) {
    said.set(q, await share.presenter.show(share, q));
    await pause(pause_ms);
  }
  await pause(settle_ms);
  const { heard, cpu_ms } = await load.collect();
  const times = [...said].flatMap(([q, at_ms]) => (heard.get(q) ?? []).map((ms) => ms - at_ms)).sort((left, right) => left - right);
  return { times, lost: states * followers - times.length, load_cpu: cpu_ms / (now_ms() - begun_ms) };
}

async function lost_in_bursts(load, share) {
  let lost = 0;
  for (let burst = 0; burst < bursts; burst++) {
    const first = 1_000 * (burst + 1);
    await Promise.all(Array.from({ length: states_per_burst }, (_, index) => share.presenter.show(share, first + index)));
    await pause(settle_ms);
    lost += followers - ((await load.collect()).heard.get(first + states_per_burst - 1)?.length ?? 0);
  }
  return lost;
}

async function measure_one_share(server, presenter) {
  const share = await presenter.share();
  const cookies = [];
  while (cookies.length * streams_per_guest < followers) cookies.push(await guest_cookie(server, share));
  // One more, so that both halves have enough.
  cookies.push(await guest_cookie(server, share));
  await presenter.show(share, 0);
  const before = rss_bytes(server.process.pid);
  const load = await Load.open(server, cookies, followers);
  try {
    const paced = await tell_paced(load, share);
    const lost = paced.lost + await lost_in_bursts(load, share);
    return { ...paced, lost, memory: (rss_bytes(server.process.pid) - before) / followers };
  } finally {
    load.close();
  }
}

// Each presenter tells all of theirs at once, again and again.
async function measure_many_shares(server, presenters) {
  const shares = [];
  for (const presenter of presenters) for (let count = 0; count < shares_per_presenter; count++) shares.push(await presenter.share());
  const cookies = [];
  for (const share of shares) cookies.push(await guest_cookie(server, share));
  const load = await Load.open(server, cookies, shares.length);
  try {
    const times = [];
    for (let q = 1; q <= bursts * shares.length; q += shares.length) {
      // Numbered apart, so that an arrival tells whose it is.
      const said = await Promise.all(shares.map((share, index) => share.presenter.show(share, q + index)));
      await pause(settle_ms);
      const { heard } = await load.collect();
      said.forEach((at_ms, index) => times.push(...(heard.get(q + index) ?? []).map((ms) => ms - at_ms)));
    }
    return { times: times.sort((left, right) => left - right), lost: bursts * shares.length - times.length };
  } finally {
    load.close();
  }
}

// From the link in an unused browser profile to the frame that has a figure.
async function cold_start(server, presenter, folder) {
  const share = await presenter.share();
  const { context, page } = await open_profile(folder);
  try {
    await page.addInitScript(() => {
      const watcher = new MutationObserver(() => {
        const tiles = [...document.querySelectorAll('#mirror [role="button"]')];
        if (globalThis.bench_ready_ms || !tiles.some((node) => node.textContent.trim().startsWith('Net financed volume'))) return;
        globalThis.bench_ready_ms = performance.now();
      });
      watcher.observe(document, { subtree: true, childList: true, characterData: true });
    });
    await page.goto(`${server.base}/share#${share.token}`, { waitUntil: 'commit' });
    await page.waitForFunction(() => globalThis.bench_ready_ms > 0);
    return await page.evaluate(() => globalThis.bench_ready_ms);
  } finally {
    await context.close();
  }
}

async function signed_in_manager(server) {
  const client = new Client(server);
  const { status, text } = await client.sign_in(manager, password);
  if (status !== 200) throw new Error(`signing in: ${status} ${text}`);
  return client;
}

async function make_stage(folder, seed) {
  const server = await make_tenant(join(folder, 'shares'), 10);
  const file = join(folder, 'share-facts.csv');
  await write_facts(file, fact_count, seed);
  await import_facts(server, file);
  server.flags = ['--rate-factor', '100000'];
  await server.start();
  return server;
}

export async function measure({ folder, seed, say, wanted }) {
  require_descriptors(followers);
  const server = await make_stage(folder, seed);
  const clients = [];
  const present = (client, practice) => {
    // An address may have two hundred connections.
    client.agent.maxSockets = sockets_per_presenter;
    clients.push(client);
    return new Presenter(client, practice);
  };
  try {
    const practice = await server.value("SELECT id FROM practice WHERE external_key = 'P-0'");
    const mia = present(await signed_in_manager(server), practice);
    const results = [];
    if (['lost', 'median', 'p99'].some((what) => wanted(`live_followers_${what}`)) || wanted('live_follower_memory')) {
      const one = await measure_one_share(server, mia);
      const middle = median(one.times), late = percentile(one.times, 0.99);
      say(`shares: ${states} states to ${followers} followers, median ${middle.toFixed(1)} ms, p99 ${late.toFixed(1)} ms, last ${one.times.at(-1).toFixed(1)} ms,` +
        ` ${Math.round(one.memory)} bytes each, ${one.lost} lost; the load took ${one.load_cpu.toFixed(2)} processors`);
      const owners = [];
      while (owners.length * shares_per_presenter < shares_at_once) owners.push(present(await invited(server, owners.length), practice));
      const many = await measure_many_shares(server, owners);
      say(`shares: ${shares_at_once} at once, median ${median(many.times).toFixed(1)} ms, p99 ${percentile(many.times, 0.99).toFixed(1)} ms, ${many.lost} lost`);
      results.push(none_is_best('live_followers_lost', 'states', one.lost + many.lost, 'states that were due', (states + bursts) * followers + bursts * shares_at_once),
        lower_is_better('live_followers_median', 'ms', middle, 'the goal (limit)', 60),
        lower_is_better('live_followers_p99', 'ms', late, 'the goal (limit)', 250),
        lower_is_better('live_follower_memory', 'bytes', one.memory, 'the goal (limit)', 32 * 1024));
    }
    if (wanted('guest_cold_start')) {
      const starts = [];
      for (let run = 0; run < cold_starts; run++) starts.push(await cold_start(server, mia, join(folder, `guest-${run}`)));
      say(`shares: a guest's first figures after ${starts.map((ms) => Math.round(ms)).join(' ')} ms`);
      results.push(lower_is_better('guest_cold_start', 'ms', median(starts), 'what feels prompt (limit)', 1000));
    }
    return results;
  } finally {
    for (const client of clients) client.close();
    await server.stop();
  }
}
