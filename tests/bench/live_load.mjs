// A process full of live connections, told by its parent what to do: { open: { port, path, cookies, count, address } },
// { arm: round }, { close: true }. It tells { opened }, { heard, last_ms } once every connection has had a hint since it was
// armed, or when the wait is over.
import { now_ms, open_streams } from './load_streams.mjs';

const heard_ms_max = 20_000;
let count = 0;
let round = null;

function finish() {
  if (!round) return;
  clearTimeout(round.timer);
  process.send({ heard: round.heard.size, last_ms: round.last_ms });
  round = null;
}

function note_hint(number, events) {
  if (!round || !events.includes('event: hint') || round.heard.has(number)) return;
  round.heard.add(number);
  round.last_ms = now_ms();
  if (round.heard.size === count) finish();
}

async function open(how) {
  count = how.count;
  await open_streams({ ...how, greeting: 'event: hint' }, note_hint);
  process.send({ opened: count });
}

process.on('message', (said) => {
  if (said.open) open(said.open).catch((error) => process.send({ error: error.message }));
  if (said.arm !== undefined) {
    round = { heard: new Set(), last_ms: 0, timer: setTimeout(finish, heard_ms_max) };
    process.send({ armed: said.arm });
  }
  if (said.close) process.exit(0);
});
