// First load of rows and of facts into the browser's durable store, from the moment the server has the first pull request
// for them until the frame that shows a figure of them: pages made, compressed and sent, taken to pieces, committed to
// SQLite on the profile's disk with the streams' sums, read into memory, the screen built and drawn.
//
// A browser that has been used by a colleague keeps the program as it compiled it; in a first visit it is still being
// compiled while the rows come. RxDB gets the same tickets as JSON pages that lie ready, is measured from the moment that
// its program runs and its database is open, and is done when its own replication says so.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '../server-stub/program.mjs';
import { money } from '../web/figures.mjs';
import { day_iso } from '../web/server.mjs';
import { open_profile, peer_says, serve_peers, sign_in, time_to_text, visit } from './browser.mjs';
import { import_facts, make_tenant, manager, net_sql, practices, unseen_month, write_facts } from './data.mjs';
import { higher_is_better, median } from './result.mjs';

const { build } = createRequire(import.meta.url)('esbuild');
const ticket_count = Number(process.env.PORTAL_BENCH_TICKETS ?? 20_000);
const fact_count = Number(process.env.PORTAL_BENCH_PULL_FACTS ?? 1_000_000);
const facts_per_s_min = 500_000;
const page_documents = 1_000;
const runs = 3;
const colleague = { ...manager, email: 'colleague@partners.example', name: 'Cole Lee' };

// When the server had the first pull request that its log tells after that place, on the clock of the machine.
function first_pull_ms(server, log_before) {
  const first = server.log.slice(log_before).split('\n').find((line) => line.includes('"route":"/api/v1/sync/pull"'));
  const { time, ms } = JSON.parse(first);
  return Date.parse(time) - ms;
}

const when_shown_ms = (page) => page.evaluate(() => performance.timeOrigin + globalThis.bench_ready_ms);

// From navigation to the figure, less what came before the first pull.
async function load_ours({ context, page }, server, path, text) {
  await sign_in(context, server.base, manager);
  const log_before = server.log.length;
  await time_to_text(page, server.base + path, text);
  return await when_shown_ms(page) - first_pull_ms(server, log_before);
}

async function load_in_first_visit(server, profile, path, text) {
  const { context, page } = await open_profile(profile);
  try {
    return await load_ours({ context, page }, server, path, text);
  } finally {
    await context.close();
  }
}

async function load_after_colleague(server, profile, path, text) {
  const { context, page } = await open_profile(profile);
  try {
    await sign_in(context, server.base, colleague);
    await page.goto(server.base, { waitUntil: 'commit' });
    await visit(page);
    const fresh_page = await context.newPage();
    await page.close();
    await context.clearCookies();
    return await load_ours({ context, page: fresh_page }, server, path, text);
  } finally {
    await context.close();
  }
}

// ---- Tickets ----

function tickets_csv(random) {
  const words = ['receipt', 'terminal', 'ledger', 'match', 'calls', 'printer', 'amount', 'patient'];
  const some = (count) => Array.from({ length: count }, () => words[Math.floor(words.length * random())]).join(' ');
  const row = (index) => {
    const practice = Math.floor(practices * random() ** 1.5);
    return `R-${index},L-${practice}-${index % 2},I-${practice},Row ${index} ${some(3)},${some(16)},new,high,integration,${day_iso(-1 - (index % 60))}T15:00:00Z`;
  };
  return `external_key,location,integration,subject,description,state,priority,category,created_at\n${Array.from({ length: ticket_count }, (_, index) => row(index)).join('\n')}\n`;
}

// Every ticket as a pull says it.
async function documents_of(server) {
  const browser = new Client(server);
  await browser.sign_in(manager);
  const documents = [];
  let page = '';
  do {
    const { text } = await browser.post('/api/v1/sync/pull', { proto: 1, schema: 7, client: '01J00000000000000000000001', epoch: '', seq: 0, set: '', max_bytes: 0, page });
    const lines = text.trimEnd().split('\n').map((line) => JSON.parse(line));
    for (const line of lines) if (line.k === 'up' && line.e === 'ticket') documents.push({ id: line.id, rev: line.rev, updated_ms: line.t, ...line.v });
    page = lines.at(-1).page;
  } while (page);
  browser.close();
  return documents;
}

function schema_of(documents) {
  const properties = {};
  for (const document of documents)
    for (const [name, value] of Object.entries(document)) properties[name] ??= typeof value === 'number' ? { type: 'number' } : { type: 'string' };
  properties.id.maxLength = 26;
  return { title: 'ticket', version: 0, primaryKey: 'id', type: 'object', properties, required: ['id'] };
}

async function peer_files(documents) {
  const bundled = await build({ entryPoints: [fileURLToPath(new URL('peers/rxdb_page.js', import.meta.url))], bundle: true, format: 'esm', minify: true, write: false,
    nodePaths: [fileURLToPath(new URL('node_modules', import.meta.url))] });
  const json = (value) => ({ body: Buffer.from(JSON.stringify(value)), type: 'application/json', no_store: true });
  const files = new Map([['/rxdb.js', { body: Buffer.from(bundled.outputFiles[0].contents), type: 'text/javascript' }], ['/schema.json', json(schema_of(documents))]]);
  for (let page = 0; page * page_documents < documents.length; page++)
    files.set(`/page-${page}.json`, json(documents.slice(page * page_documents, (page + 1) * page_documents).map((document) => ({ ...document, _deleted: false }))));
  return files;
}

const fields_in_order = (document) => JSON.stringify(Object.entries(document).sort());

async function load_peer(peers, profile, documents) {
  const { context, page } = await open_profile(profile);
  try {
    const said = await peer_says(page, `${peers.base}/rxdb.html?pages=${Math.ceil(documents.length / page_documents)}&batch=${page_documents}`);
    const last = documents.reduce((left, right) => (left.id > right.id ? left : right));
    if (said.rows !== documents.length || fields_in_order(said.last) !== fields_in_order(last))
      throw new Error(`RxDB has ${said.rows} documents, the last of them ${JSON.stringify(said.last)}; wanted ${documents.length} and ${JSON.stringify(last)}`);
    return said.load_ms;
  } finally {
    await context.close();
  }
}

async function measure_rows({ folder, random, say }) {
  const server = await make_tenant(join(folder, 'rows'), 1, practices, [manager, colleague]);
  await server.import_text('tickets', tickets_csv(random));
  await server.start();
  const documents = await documents_of(server);
  const peers = await serve_peers(await peer_files(documents));
  try {
    say(`rows: ${documents.length} tickets of ${Math.round(JSON.stringify(documents).length / documents.length)} bytes`);
    const of_first = await server.value("SELECT count(*) FROM ticket WHERE practice = (SELECT id FROM practice WHERE external_key = 'P-0')");
    const shown = of_first.toLocaleString('en-US');
    const first_visit = [], ours = [], theirs = [];
    for (let run = 0; run < runs; run++) {
      const rate = (load_ms) => documents.length / (load_ms / 1000);
      first_visit.push(rate(await load_in_first_visit(server, join(folder, `visit-${run}`), '/', shown)));
      ours.push(rate(await load_after_colleague(server, join(folder, `rows-${run}`), '/', shown)));
      theirs.push(rate(await load_peer(peers, join(folder, `rxdb-${run}`), documents)));
      say(`rows ${run + 1}: ours ${Math.round(ours.at(-1))} rows/s, in a first visit ${Math.round(first_visit.at(-1))}, RxDB ${Math.round(theirs.at(-1))}`);
    }
    const peer = ['RxDB on IndexedDB (Dexie)', median(theirs)];
    // The goal is eight times.
    return [higher_is_better('pull_rows_per_s', 'rows/s', median(ours), ...peer),
      higher_is_better('first_visit_rows_per_s', 'rows/s', median(first_visit), ...peer)];
  } finally {
    await peers.close();
    await server.stop();
  }
}

// ---- Facts ----

async function measure_facts({ folder, seed, random, say }) {
  const file = join(folder, 'pull-facts.csv');
  await write_facts(file, fact_count, seed);
  const server = await make_tenant(join(folder, 'facts'), 10);
  await import_facts(server, file);
  await server.start();
  try {
    const rates = [];
    for (let run = 0; run < runs; run++) {
      const { from, until } = unseen_month(random);
      const cents = await server.value(net_sql(from, until));
      rates.push(fact_count / (await load_in_first_visit(server, join(folder, `facts-${run}`), `/financing?from=${from}&until=${until}`, money(cents)) / 1000));
      say(`facts ${run + 1}: ${Math.round(rates.at(-1))} of ${fact_count} facts per second`);
    }
    return [higher_is_better('facts_pull_rows_per_s', 'facts/s', median(rates), 'the goal (limit)', facts_per_s_min)];
  } finally {
    await server.stop();
  }
}

export async function measure(stage) {
  return [...(stage.wanted('pull_rows_per_s') || stage.wanted('first_visit_rows_per_s') ? await measure_rows(stage) : []), ...(stage.wanted('facts_pull_rows_per_s') ? await measure_facts(stage) : [])];
}
