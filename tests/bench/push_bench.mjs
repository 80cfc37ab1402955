// Pushes over HTTP to the server's own process, each acknowledged after a commit with synchronous=FULL: many clients at
// once, one mutation in flight each, beside the sqlite3 shell that commits the same rows one by one with the same setting.
import { join } from 'node:path';
import { Client } from '../server-stub/program.mjs';
import { shell, timed } from './import_bench.mjs';
import { make_tenant, manager } from './data.mjs';
import { higher_is_better, lower_is_better, median, percentile } from './result.mjs';

const clients_count = Number(process.env.PORTAL_BENCH_PUSH_CLIENTS ?? 64);
const pushes_per_client = Number(process.env.PORTAL_BENCH_PUSHES ?? 100);
const runs = 3;
// What a person takes for at once.
const answer_ms_max = 100;
const description = 'Every receipt comes out twice since the update of last night. '.repeat(5);

const ulid = (number) => `01J${String(number).padStart(23, '0')}`;

function mutation(run, client, mid, place) {
  const number = (run * 1000 + client) * 100_000 + mid;
  return { mid, intent: ulid(number), op: 'ticket.create', id: ulid(50_000_000_000 + number),
    set: { practice: place.practice, location: place.id, subject: `Run ${run} client ${client} number ${mid}`, description, priority: 'low', category: 'other' } };
}

async function push_all(browser, run, client, place, latencies_ms) {
  for (let mid = 1; mid <= pushes_per_client; mid++) {
    const start_ms = performance.now();
    const answer = await browser.post('/api/v1/sync/push',
      { proto: 1, schema: 7, client: ulid(900_000_000 + run * 1000 + client), acked: mid - 1, muts: [mutation(run, client, mid, place)] });
    latencies_ms.push(performance.now() - start_ms);
    if (answer.json?.results?.[0]?.r !== 'applied') throw new Error(`push: ${answer.status} ${answer.text}`);
  }
}

async function run_ours(server, browsers, run, place) {
  const latencies_ms = [];
  const ms = await timed(() => Promise.all(browsers.map((browser, client) => push_all(browser, run, client, place, latencies_ms))));
  const kept = await server.value(`SELECT count(*) FROM ticket WHERE subject LIKE 'Run ${run} client %'`);
  if (kept !== latencies_ms.length) throw new Error(`${latencies_ms.length} pushes were acknowledged, ${kept} are there`);
  return { rate: latencies_ms.length / (ms / 1000), p99_ms: percentile(latencies_ms.sort((left, right) => left - right), 0.99) };
}

async function run_shell(folder, run) {
  const database = join(folder, `push-peer-${run}.db`);
  const count = 2_000;
  await shell(database, 'PRAGMA journal_mode = WAL; CREATE TABLE ticket (id TEXT PRIMARY KEY, subject TEXT, description TEXT);');
  const rows = Array.from({ length: count }, (_, index) => `INSERT INTO ticket VALUES ('${ulid(index)}', 'Run ${run} number ${index}', '${description}');`);
  const ms = await timed(() => shell(database, `PRAGMA synchronous = FULL;\n${rows.join('\n')}\n`));
  const kept = await shell(database, 'SELECT count(*) FROM ticket;');
  if (Number(kept) !== count) throw new Error(`the shell kept ${kept} of ${count} rows`);
  return count / (ms / 1000);
}

export async function measure({ folder, say }) {
  const server = await make_tenant(join(folder, 'push'), 10);
  server.flags = ['--rate-factor', '100000'];
  await server.start();
  const browsers = Array.from({ length: clients_count }, () => new Client(server));
  try {
    await browsers[0].sign_in(manager);
    for (const browser of browsers) browser.cookie = browsers[0].cookie;
    const [place] = await server.sql("SELECT id, practice FROM location WHERE external_key = 'L-0-0'");
    const ours = [], peers = [];
    for (let run = 0; run < runs; run++) {
      ours.push(await run_ours(server, browsers, run, place));
      peers.push(await run_shell(folder, run));
      say(`push ${run + 1}: ${Math.round(ours.at(-1).rate)} acknowledgements/s, p99 ${ours.at(-1).p99_ms.toFixed(1)} ms; sqlite3 ${Math.round(peers.at(-1))} commits/s`);
    }
    return [higher_is_better('push_acks_per_s', 'acks/s', median(ours.map(({ rate }) => rate)), 'sqlite3 shell, one commit each', median(peers)),
      lower_is_better('push_p99', 'ms', median(ours.map(({ p99_ms }) => p99_ms)), 'what feels immediate (limit)', answer_ms_max)];
  } finally {
    for (const browser of browsers) browser.close();
    await server.stop();
  }
}
