// One dashboard over the same facts in the engine, in its limit and in DuckDB-wasm, in this page: answers are compared to the
// cent before anything is timed, every timed question has a window of its own, and nothing is kept between them.
import * as duckdb from '@duckdb/duckdb-wasm';
import { tableFromArrays, tableToIPC } from 'apache-arrow';
import { seeded } from '../seeded.mjs';

const days = 730, window_days = 365, recent_days = 90;
const practices = 500, locations = 2000;
const parameters = new URLSearchParams(location.search);
const count = Number(parameters.get('count')), seed = Number(parameters.get('seed'));
const random = seeded(seed);
const below = (bound) => Math.floor(bound * random());
const median = (numbers) => [...numbers].sort((left, right) => left - right)[numbers.length >> 1];

// ---- Ours ----

const worker = new Worker('/facts_ours.js');
const answer_of_worker = () => new Promise((answered, failed) => {
  worker.onmessage = ({ data }) => answered(data);
  worker.onerror = (event) => failed(new Error(event.message));
});
const ask = (message) => { const answer = answer_of_worker(); worker.postMessage(message); return answer; };
const call = (name, ...numbers) => ask({ name, calls: [numbers] });

// ---- Questions ----

// A window that nobody knew before the run, and with it a practice and, when asked for, amounts or a location.
function question({ amounts = false, everything = false, place = false } = {}) {
  const from = below(days - window_days), until = from + window_days - 1;
  const least = amounts ? 20_000 + below(60_000) : everything ? 20_001 : 0;
  return { from, until, recent: until - recent_days + 1, practice: below(practices), least,
    most: amounts ? 150_000 + below(600_000) : everything ? 799_999 : 0, location: place ? below(locations) : -1 };
}
const numbers_of = ({ from, until, recent, practice, least, most, location: place }) => [from, until, recent, practice, least, most, place];

function statements({ from, until, recent, practice, least, most, location: place }) {
  const rest = `${most ? ` AND amount BETWEEN ${least} AND ${most}` : ''}${place >= 0 ? ` AND location = ${place}` : ''}`;
  const where = `WHERE day BETWEEN ${from} AND ${until}${rest}`;
  const funded = (more) => `SELECT month, plan, count(*), sum(amount)::DOUBLE FROM fact ${where} AND status = 3${more} GROUP BY 1, 2`;
  const of_status = (status) => `count(*) FILTER (status = ${status})`;
  return {
    q1: funded(''),
    q2: funded(` AND practice = ${practice}`),
    q3: `SELECT month, 0 AS none, ${[1, 2, 0, 3, 4].map(of_status)} FROM fact ${where} GROUP BY 1`,
    q4: `SELECT practice, 0 AS none, sum(amount)::DOUBLE FROM fact WHERE day BETWEEN ${recent} AND ${until}${rest} AND status = 3 GROUP BY 1 ORDER BY 3 DESC, 1 LIMIT 20`,
    q5: `SELECT practice, channel, ${of_status(1)}, ${of_status(2)} FROM fact ${where} AND status IN (1, 2) GROUP BY 1, 2`,
  };
}

// ---- DuckDB ----

async function open_duckdb(columns) {
  const database = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), new Worker('/duckdb/duckdb-browser-eh.worker.js'));
  await database.instantiate('/duckdb/duckdb-eh.wasm');
  const connection = await database.connect();
  await connection.insertArrowFromIPCStream(tableToIPC(tableFromArrays(columns), 'stream'), { name: 'fact', create: true });
  return connection;
}

async function dashboard_of_duckdb(connection, asked) {
  const answers = {};
  for (const [name, sql] of Object.entries(statements(asked))) answers[name] = await connection.query(sql);
  return answers;
}

const lines_of = (answers) => Object.entries(answers).flatMap(([name, table]) =>
  table.toArray().map((row) => [name, ...Object.values(row.toJSON()).map(Number)].join('|'))).sort().join('\n');

async function compare(connection, asked) {
  await call('q7', ...numbers_of(asked));
  const ours = (await ask({ name: 'told', calls: [[]], text: true })).value.trim().split('\n').sort().join('\n');
  const theirs = lines_of(await dashboard_of_duckdb(connection, asked));
  if (ours !== theirs) {
    const known = new Set(theirs.split('\n')), others = new Set(ours.split('\n'));
    throw new Error(`the answers to ${JSON.stringify(asked)} differ: ours ${[...others].filter((line) => !known.has(line)).slice(0, 5)}; DuckDB's ${[...known].filter((line) => !others.has(line)).slice(0, 5)}`);
  }
  const cents = (await call('limit', ...numbers_of(asked).slice(0, 6))).value;
  const funded = theirs.split('\n').filter((line) => line.startsWith('q1|')).reduce((sum, line) => sum + Number(line.split('|')[4]), 0);
  if (asked.location < 0 && cents !== funded) throw new Error(`the limit's sum is ${cents}, and ${funded} by DuckDB`);
  return theirs.split('\n').length;
}

// ---- Times ----

async function each_ms(runs, once) {
  const times = [];
  for (let run = 0; run < runs; run++) times.push(await once());
  return median(times);
}
// Quick ones are timed in batches, each call with a window of its own.
const ours_ms = (name, kind, runs, batch = 1) => each_ms(runs, async () =>
  (await ask({ name, calls: Array.from({ length: batch }, () => numbers_of(question(kind)).slice(0, name === 'limit' ? 6 : 7)) })).ms / batch);
const duckdb_ms = (connection, kind, runs) => each_ms(runs, async () => {
  const asked = question(kind), started = performance.now();
  await dashboard_of_duckdb(connection, asked);
  return performance.now() - started;
});

async function measure() {
  await answer_of_worker();
  await call('make', seed, count);
  const [practice, place, day, amount, plan, channel, status, month] = await ask({ columns: count });
  const connection = await open_duckdb({ practice, location: place, day, amount, plan, channel, status, month });
  await call('encode');
  const load = await call('load');
  if (load.value !== count) throw new Error(`the engine holds ${load.value} of ${count} facts`);
  const kinds = { window: {}, amounts: { amounts: true }, worst: { everything: true }, place: { place: true } };
  let groups = 0;
  for (const kind of Object.values(kinds)) for (let round = 0; round < 3; round++) groups += await compare(connection, question(kind));
  const memory = (await call('memory')).value;
  const result = { count, groups, memory_bytes: memory, load_ms: load.ms };
  result.cube_ms = await ours_ms('q7', kinds.window, 30, 10);
  result.adhoc_ms = await ours_ms('q7', kinds.amounts, 15);
  result.worst_ms = await ours_ms('q7', kinds.worst, 15);
  result.place_ms = await ours_ms('q7', kinds.place, 15);
  result.limit_ms = await ours_ms('limit', kinds.amounts, 15);
  result.limit_worst_ms = await ours_ms('limit', kinds.worst, 15);
  result.read_ms = await each_ms(15, async () => (await call('read')).ms);
  result.duckdb_window_ms = await duckdb_ms(connection, kinds.window, 7);
  result.duckdb_adhoc_ms = await duckdb_ms(connection, kinds.amounts, 7);
  result.page_first_ms = (await call('page', 0, 5000, 100)).ms;
  result.page_ms = await each_ms(7, async () => (await call('page', below(6), 5000 + below(50_000), 100)).ms);
  result.delta_ms = (await call('change', below(1000), Math.max(1, Math.round(1000 / (count / 50_000))))).ms;
  return result;
}

measure().then((result) => { globalThis.peer_result = result; }, (error) => { globalThis.peer_result = { error: error.message }; });
