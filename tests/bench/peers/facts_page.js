// One dashboard over the same facts in the engine, in its limit and in its peers, in this page: answers are compared to the
// cent before anything is timed, every timed question has a window of its own, and nothing is kept between them.
import { seeded } from '../seeded.mjs';
import { dashboard, peers } from './facts_peers.js';

const days = 730, window_days = 365, recent_days = 90;
const practices = 500, locations = 2000, plans = 6;
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
// A hundred rows of one plan by amount, from some place on.
const page_question = () => ({ plan: below(plans), offset: 5000 + below(50_000 * Math.min(1, count / 1_000_000)), count: 100 });
const numbers_of = ({ from, until, recent, practice, least, most, location: place }) => [from, until, recent, practice, least, most, place];

// ---- Answers ----

function tell_difference(name, asked, ours, theirs) {
  const known = new Set(theirs), told = new Set(ours);
  const others = ours.filter((line) => !known.has(line)), missing = theirs.filter((line) => !told.has(line));
  if (others.length || missing.length)
    throw new Error(`the answers to ${JSON.stringify(asked)} differ: ours ${others.slice(0, 5)}; ${name}'s ${missing.slice(0, 5)}`);
}

async function compare(name, peer, asked) {
  await call('q7', ...numbers_of(asked));
  const ours = (await ask({ name: 'told', calls: [[]], text: true })).value.trim().split('\n').sort();
  const theirs = peer.lines(await dashboard(peer, asked));
  tell_difference(name, asked, ours, theirs);
  const cents = (await call('limit', ...numbers_of(asked).slice(0, 6))).value;
  const funded = theirs.filter((line) => line.startsWith('q1|')).reduce((sum, line) => sum + Number(line.split('|')[4]), 0);
  if (asked.location < 0 && cents !== funded) throw new Error(`the limit's sum is ${cents}, and ${funded} by ${name}`);
  return theirs.length;
}

async function compare_page({ name, page: { asked, cents } }) {
  const ours = (await ask({ name: 'page', calls: [Object.values(asked)], text: true })).value.split('|').slice(1).map(Number);
  if (ours.length !== asked.count || `${ours}` !== `${cents}`)
    throw new Error(`the pages of ${JSON.stringify(asked)} differ: ours ${ours.slice(0, 5)}; ${name}'s ${cents.slice(0, 5)}`);
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
const peer_ms = (peer, kind, runs) => each_ms(runs, async () => {
  const asked = question(kind), started = performance.now();
  await dashboard(peer, asked);
  return performance.now() - started;
});
const names_of_questions = ['q1', 'q2', 'q3', 'q4', 'q5'];
async function peer_ms_by_question(peer, runs) {
  const timed = async (once) => {
    const started = performance.now();
    await once();
    return performance.now() - started;
  };
  const told = {};
  for (const name of names_of_questions) told[name] = await each_ms(runs, () => timed(peer.questions(question())[name]));
  told.q6 = await each_ms(runs, () => timed(() => peer.page(page_question())));
  return told;
}
async function our_ms_by_question() {
  const told = {};
  for (const [index, name] of names_of_questions.entries()) {
    const calls = () => Array.from({ length: 10 }, () => [index, ...numbers_of(question())]);
    told[name] = await each_ms(30, async () => (await ask({ name: 'question', calls: calls() })).ms / 10);
  }
  told.q6 = await each_ms(30, async () => (await call('page', ...Object.values(page_question()))).ms);
  return told;
}

const kinds = { window: {}, amounts: { amounts: true }, worst: { everything: true }, place: { place: true } };

// Its answers first; then its load, and its dashboards.
async function measure_peer({ name, open, runs }, columns) {
  const started = performance.now();
  const peer = await open(columns);
  const load_ms = performance.now() - started;
  let groups = 0;
  for (const kind of Object.values(kinds)) for (let round = 0; round < (runs > 3 ? 3 : 1); round++) groups += await compare(name, peer, question(kind));
  const asked = page_question();
  const told = { name, load_ms, groups, window_ms: await peer_ms(peer, kinds.window, runs), adhoc_ms: await peer_ms(peer, kinds.amounts, runs),
    by_question: await peer_ms_by_question(peer, runs), page: { asked, cents: await peer.page(asked) } };
  await peer.close();
  return told;
}

async function measure() {
  await answer_of_worker();
  await call('make', seed, count);
  const [practice, place, day, amount, plan, channel, status, month] = await ask({ columns: count });
  const columns = { practice, location: place, day, amount, plan, channel, status, month };
  await call('encode');
  const load = await call('load');
  if (load.value !== count) throw new Error(`the engine holds ${load.value} of ${count} facts`);
  const result = { count, load_ms: load.ms, peers: [] };
  for (const peer of peers) if (count <= 1_000_000 || peer.large) result.peers.push(await measure_peer(peer, columns));
  result.cube_ms = await ours_ms('q7', kinds.window, 30, 10);
  result.adhoc_ms = await ours_ms('q7', kinds.amounts, 15);
  result.worst_ms = await ours_ms('q7', kinds.worst, 15);
  result.place_ms = await ours_ms('q7', kinds.place, 15);
  result.limit_ms = await ours_ms('limit', kinds.amounts, 15);
  result.limit_worst_ms = await ours_ms('limit', kinds.worst, 15);
  result.read_ms = await each_ms(15, async () => (await call('read')).ms);
  // Every cube that the questions above made is there by now; the order that pages are read in comes after.
  result.memory_bytes = (await call('memory')).value;
  result.page_first_ms = (await call('page', ...Object.values(page_question()))).ms;
  for (const peer of result.peers) await compare_page(peer);
  result.memory_in_order_bytes = (await call('memory')).value;
  result.by_question = await our_ms_by_question();
  result.delta_ms = (await call('change', below(1000), Math.max(1, Math.round(1000 / (count / 50_000))))).ms;
  return result;
}

measure().then((result) => { globalThis.peer_result = result; }, (error) => { globalThis.peer_result = { error: error.message }; });
