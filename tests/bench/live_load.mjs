// A process full of live connections, told by its parent what to do: { open: { port, path, cookies, count, address } },
// { arm: round }, { close: true }. It tells { opened }, { heard, last_ms } once every connection has had a hint since it was
// armed, or when the wait is over.
import net from 'node:net';

const heard_ms_max = 20_000;
const open_at_once = 100;
const sockets = [];
let round = null;

const now_ms = () => performance.timeOrigin + performance.now();

function finish() {
  if (!round) return;
  clearTimeout(round.timer);
  process.send({ heard: round.heard.size, last_ms: round.last_ms });
  round = null;
}

function note_hint(number) {
  if (!round || round.heard.has(number)) return;
  round.heard.add(number);
  round.last_ms = now_ms();
  if (round.heard.size === sockets.length) finish();
}

// Resolves with the stream's first hint.
function open_one({ port, path, cookies, address }, number) {
  return new Promise((done, fail) => {
    const socket = net.connect({ host: '127.0.0.1', port, localAddress: `127.0.0.${address + Math.floor(number / 150)}` });
    let opened = false;
    socket.on('connect', () => socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAccept: text/event-stream\r\nCookie: ${cookies[number % cookies.length]}\r\n\r\n`));
    socket.on('data', (bytes) => {
      const text = bytes.toString('latin1');
      if (!opened && !text.startsWith('HTTP/1.1 200') && sockets[number] === undefined) return fail(new Error(text.slice(0, 200)));
      sockets[number] ??= socket;
      if (!text.includes('event: hint')) return undefined;
      if (opened) note_hint(number);
      opened = true;
      return done();
    });
    socket.on('error', fail);
    socket.on('close', () => fail(new Error('a live connection was closed')));
  });
}

async function open(how) {
  for (let first = 0; first < how.count; first += open_at_once)
    await Promise.all(Array.from({ length: Math.min(open_at_once, how.count - first) }, (_, index) => open_one(how, first + index)));
  process.send({ opened: sockets.length });
}

process.on('message', (said) => {
  if (said.open) open(said.open).catch((error) => process.send({ error: error.message }));
  if (said.arm !== undefined) {
    round = { heard: new Set(), last_ms: 0, timer: setTimeout(finish, heard_ms_max) };
    process.send({ armed: said.arm });
  }
  if (said.close) process.exit(0);
});
