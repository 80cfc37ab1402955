// Starting: first load into the browser's files, cold start with a full replica, and the same without a server. Every run
// has a browser process of its own over a profile on disk, ours and the peer's in turn.
import { join } from 'node:path';
import { is_kept_offline } from '../web/checks.mjs';
import { money } from '../web/figures.mjs';
import { open_profile, peer_says, serve_peers, sign_in, time_to_text, visit } from './browser.mjs';
import { facts, import_facts, make_tenant, manager, net_sql, unseen_month, write_facts } from './data.mjs';
import { higher_is_better, lower_is_better, median } from './result.mjs';

const fact_count = Number(process.env.PORTAL_BENCH_FACTS ?? 100_000);
const runs = Number(process.env.PORTAL_BENCH_RUNS ?? 7);
const load_runs = Number(process.env.PORTAL_BENCH_LOAD_RUNS ?? 3);
const page_rows = 5_000;
const first_visit_ms = 5_000;
// The same facts as JSON pages: the first load as most portals do it.
function json_pages(seed) {
  const pages = new Map();
  let rows = [];
  const flush = () => {
    if (rows.length) pages.set(`/page-${pages.size}.json`, { body: Buffer.from(JSON.stringify(rows)), type: 'application/json', no_store: true });
    rows = [];
  };
  for (const fact of facts(fact_count, seed)) {
    rows.push(fact);
    if (rows.length === page_rows) flush();
  }
  flush();
  return pages;
}

async function in_profile(folder, work) {
  const { context, page } = await open_profile(folder);
  try {
    return await work(page, context);
  } finally {
    await context.close();
  }
}

const listed = (numbers) => numbers.map((number) => Math.round(number)).join(' ');

// The portal with all facts in its database, and the peer's server beside it.
class Stage {
  static async open({ folder, seed, random, say }) {
    const stage = new Stage();
    const file = join(folder, 'start-facts.csv');
    await write_facts(file, fact_count, seed);
    const server = await make_tenant(join(folder, 'start'), 60);
    await import_facts(server, file);
    await server.start();
    const pages = json_pages(seed);
    return Object.assign(stage, { folder, random, say, server, page_count: pages.size, peers: await serve_peers(pages), profile: join(folder, 'profile') });
  }

  async close() {
    await this.peers.close();
    await this.server.stop();
  }

  // A screen of a month that no run has asked for before, and what SQL says about it.
  async screen() {
    const { from, until } = unseen_month(this.random);
    const cents = await this.server.value(net_sql(from, until));
    if (!(cents > 0)) throw new Error(`nothing was financed from ${from} until ${until}`);
    return { from, until, cents, url: `${this.server.base}/financing?from=${from}&until=${until}`, text: money(cents) };
  }

  async load_ours(profile, asked) {
    return in_profile(profile, async (page, context) => {
      await sign_in(context, this.server.base, manager);
      const ms = await time_to_text(page, asked.url, asked.text);
      await page.waitForFunction(is_kept_offline);
      return ms;
    });
  }

  async load_peer(profile, { from, until, cents }) {
    const url = `${this.peers.base}/load.html?pages=${this.page_count}&from=${from}&until=${until}`;
    const said = await in_profile(profile, (page) => peer_says(page, url));
    if (said.rows !== fact_count || said.net_cents !== cents)
      throw new Error(`the peer has ${said.rows} rows and ${said.net_cents} cents, SQL says ${fact_count} and ${cents}`);
    return said.ready_ms;
  }

  async start_ours(asked) {
    return in_profile(this.profile, (page) => time_to_text(page, asked.url, asked.text));
  }

  async visit_ours(asked) {
    await in_profile(this.profile, async (page) => {
      await time_to_text(page, asked.url, asked.text);
      await visit(page);
    });
  }

  async start_peer(stay_ms = 0) {
    const said = await in_profile(this.profile, async (page) => {
      const told = await peer_says(page, `${this.peers.base}/start.html`);
      await page.waitForTimeout(stay_ms);
      return told;
    });
    if (said.rows !== fact_count) throw new Error(`the peer opened a database of ${said.rows} rows`);
    return said.ready_ms;
  }

  async start_offline(asked) {
    await this.server.stop();
    const ms = await this.start_ours(asked);
    await this.server.start();
    return ms;
  }
}

// The first profile that is loaded is the one that the starts are measured on.
async function measure_pull(stage, count) {
  const ours = [], peer = [];
  for (let run = 0; run < count; run++) {
    const profile = run === 0 ? stage.profile : join(stage.folder, `profile-${run}`);
    const asked = await stage.screen();
    ours.push(fact_count / (await stage.load_ours(profile, asked) / 1000));
    peer.push(fact_count / (await stage.load_peer(profile, asked) / 1000));
  }
  stage.say(`pull: ours ${listed(ours)}, peer ${listed(peer)} facts/s`);
  return [higher_is_better('pull', 'facts/s', median(ours), 'fetch + JSON + SQLite-wasm on OPFS', median(peer))];
}

async function measure_starts(stage, with_offline) {
  // One of each that nobody counts and that does what a person would: the browser's caches of compiled code are filled by it.
  await stage.visit_ours(await stage.screen());
  await stage.start_peer(first_visit_ms);
  const ours = [], peer = [], offline = [];
  for (let run = 0; run < runs; run++) {
    ours.push(await stage.start_ours(await stage.screen()));
    peer.push(await stage.start_peer());
    if (with_offline) offline.push(await stage.start_offline(await stage.screen()));
  }
  stage.say(`start: ours ${listed(ours)}, peer ${listed(peer)}, offline ${listed(offline)} ms`);
  const name = 'SQLite-wasm on OPFS and one triangle';
  const results = [lower_is_better('cold_start', 'ms', median(ours), name, median(peer))];
  if (with_offline) results.push(lower_is_better('offline_reload', 'ms', median(offline), name, median(peer)));
  return results;
}

export async function measure(options) {
  const { wanted } = options;
  const stage = await Stage.open(options);
  try {
    const loaded = await measure_pull(stage, wanted('pull') ? load_runs : 1);
    const started = wanted('cold_start') || wanted('offline_reload') ? await measure_starts(stage, wanted('offline_reload')) : [];
    return [...(wanted('pull') ? loaded : []), ...started];
  } finally {
    await stage.close();
  }
}
