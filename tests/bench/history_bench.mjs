// What a pull of the newest changes costs: as a replica's history grows, and for one who looks after five hundred practices.
import { join } from 'node:path';
import { Client } from '../server-stub/program.mjs';
import { until } from '../web/checks.mjs';
import { day_iso } from '../web/server.mjs';
import { timed } from './import_bench.mjs';
import { make_tenant, manager } from './data.mjs';
import { lower_is_better, median } from './result.mjs';

const history_short = 1_000;
const history_long = 100_000;
const delta_rows = 20;
const rounds = 21;
const growth_max = 1.5;
const manager_practices = 500;
const manager_pull_ms_max = 100;
const idle_minutes = 1;
const pull_period_minutes = 5;
const idle_bytes_per_minute_max = 10_000;

const ulid = (number) => `01J${String(number).padStart(23, '0')}`;

function tickets_csv(name, count) {
  const row = (index) => `${name}-${index},L-${index % 50}-${index % 2},,${name} ${index},Every receipt comes out twice.,new,high,integration,${day_iso(-1 - (index % 60))}T15:00:00Z`;
  return `external_key,location,integration,subject,description,state,priority,category,created_at\n${Array.from({ length: count }, (_, index) => row(index)).join('\n')}\n`;
}

// A client without a screen, which has pulled everything once.
class Puller {
  constructor(server, number) {
    this.browser = new Client(server);
    this.client = ulid(number);
    this.cursor = { epoch: '', seq: 0, set: '' };
  }

  async pull(page = '', headers = { 'Accept-Encoding': 'br' }) {
    return this.browser.post('/api/v1/sync/pull', { proto: 1, schema: 7, client: this.client, ...this.cursor, max_bytes: 0, page }, headers);
  }

  async catch_up() {
    let page = '', rows = 0, begin, end;
    do {
      const { status, text } = await this.pull(page, {});
      if (status !== 200) throw new Error(`a pull is answered ${status}: ${text}`);
      const lines = text.trimEnd().split('\n');
      [begin, end] = [JSON.parse(lines[0]), JSON.parse(lines.at(-1))];
      rows += end.rows;
      page = end.page;
    } while (page);
    // Told when they have changed.
    this.streams = begin.streams.length || this.streams;
    this.cursor = { epoch: begin.epoch, seq: end.seq, set: begin.set };
    return rows;
  }
}

async function push_tickets(browser, batch, place) {
  const muts = Array.from({ length: delta_rows }, (_, index) => {
    const mid = batch * delta_rows + index + 1;
    return { mid, intent: ulid(mid), op: 'ticket.create', id: ulid(50_000_000 + mid),
      set: { practice: place.practice, location: place.id, subject: `Delta ${mid}`, description: '', priority: 'low', category: 'other' } };
  });
  const answer = await browser.post('/api/v1/sync/push', { proto: 1, schema: 7, client: ulid(900_000_000), acked: batch * delta_rows, muts });
  if (!answer.json?.results?.every(({ r }) => r === 'applied')) throw new Error(`push: ${answer.status} ${answer.text}`);
}

// Median milliseconds of a pull of the same number of changes; each is counted before it is believed.
async function delta_ms(puller, place, first_batch) {
  const all = [];
  for (let round = 0; round < rounds; round++) {
    await push_tickets(puller.browser, first_batch + round, place);
    all.push(await timed(() => puller.pull()));
    const rows = await puller.catch_up();
    if (rows !== delta_rows) throw new Error(`a pull of ${delta_rows} changes has ${rows} rows`);
  }
  return median(all);
}

async function measure_growth({ folder, say }) {
  const server = await make_tenant(join(folder, 'history'), 10);
  server.flags = ['--rate-factor', '100000'];
  await server.import_text('tickets', tickets_csv('short', history_short));
  await server.start();
  const puller = new Puller(server, 1);
  try {
    await puller.browser.sign_in(manager);
    const [place] = await server.sql("SELECT id, practice FROM location WHERE external_key = 'L-0-0'");
    await puller.catch_up();
    const short_ms = await delta_ms(puller, place, 0);
    await server.import_text('tickets', tickets_csv('long', history_long));
    await puller.catch_up();
    const long_ms = await delta_ms(puller, place, rounds);
    say(`history: ${delta_rows} changes are pulled in ${short_ms.toFixed(2)} ms after ${history_short} rows, in ${long_ms.toFixed(2)} ms after ${history_long} more`);
    return [lower_is_better('delta_pull_growth', 'times', long_ms / short_ms, 'a hundred times the history (limit)', growth_max)];
  } finally {
    puller.browser.close();
    await server.stop();
  }
}

// Bytes a minute of a quiet client: its live stream, and the pull that it makes every five minutes all the same.
async function idle_bytes(server, puller) {
  const stream = await puller.browser.live();
  await new Promise((later) => { setTimeout(later, idle_minutes * 60_000); });
  const live_bytes = Buffer.byteLength(stream.text);
  stream.close();
  const [before, is_pull] = [server.log.length, (line) => line.includes('"route":"/api/v1/sync/pull"')];
  await puller.pull();
  await until(() => server.log.slice(before).split('\n').slice(0, -1).some(is_pull), 'the pull in the log');
  const { bytes } = JSON.parse(server.log.trimEnd().split('\n').findLast(is_pull));
  return live_bytes / idle_minutes + bytes / pull_period_minutes;
}

async function measure_book({ folder, say }) {
  const server = await make_tenant(join(folder, 'book'), 5_000, manager_practices);
  server.flags = ['--rate-factor', '100000'];
  await server.start();
  const puller = new Puller(server, 1);
  try {
    await puller.browser.sign_in(manager);
    const first_ms = await timed(() => puller.catch_up());
    const [place] = await server.sql("SELECT id, practice FROM location WHERE external_key = 'L-0-0'");
    const ms = await delta_ms(puller, place, 0);
    const idle = await idle_bytes(server, puller);
    say(`book: ${puller.streams} streams; everything in ${Math.round(first_ms)} ms, ${delta_rows} changes in ${ms.toFixed(1)} ms; idle ${Math.round(idle)} bytes a minute`);
    return [lower_is_better('manager_pull', 'ms', ms, 'what feels immediate (limit)', manager_pull_ms_max),
      lower_is_better('manager_idle', 'bytes/min', idle, 'a small picture each (limit)', idle_bytes_per_minute_max)];
  } finally {
    puller.browser.close();
    await server.stop();
  }
}

export async function measure(stage) {
  return [...(stage.wanted('delta_pull_growth') ? await measure_growth(stage) : []),
    ...(stage.wanted('manager_pull') || stage.wanted('manager_idle') ? await measure_book(stage) : [])];
}
