// A process full of those who follow shared views, told by its parent: { open: { port, path, cookies, count, address } },
// { collect: true }, { close: true }. It tells { opened }, and { heard, cpu_ms }: by the state's number, when each
// connection had it, since it was asked last, with the processor time that hearing has cost.
import { now_ms, open_streams } from './load_streams.mjs';

let heard = {};
let cpu = process.cpuUsage();

function note_states(number, events) {
  const at_ms = now_ms();
  for (const [, q] of events.matchAll(/"k":"state","q":(\d+)/g)) ((heard[q] ??= {})[number] ??= at_ms);
}

async function open(how) {
  await open_streams({ ...how, greeting: 'event: changed' }, note_states);
  process.send({ opened: how.count });
}

function collect() {
  const used = process.cpuUsage(cpu);
  process.send({ heard, cpu_ms: (used.user + used.system) / 1000 });
  heard = {};
  cpu = process.cpuUsage();
}

process.on('message', (said) => {
  if (said.open) open(said.open).catch((error) => process.send({ error: error.message }));
  if (said.collect) collect();
  if (said.close) process.exit(0);
});
