// Event streams by the hundreds: what the load processes of the live benches open, and how their parents talk to them.
import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import net from 'node:net';
import { fileURLToPath } from 'node:url';

const answer_ms_max = 60_000;
const open_at_once = 100;
const streams_per_address = 150;

export const now_ms = () => performance.timeOrigin + performance.now();

// Resolves once the stream has said `greeting`. `hear` is given each later event with its data, as text.
function open_stream({ port, path, cookies, address, greeting }, number, hear) {
  return new Promise((done, fail) => {
    const socket = net.connect({ host: '127.0.0.1', port, localAddress: `127.0.0.${address + Math.floor(number / streams_per_address)}` });
    let is_answered = false, is_greeted = false, rest = '';
    socket.on('connect', () => socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAccept: text/event-stream\r\nCookie: ${cookies[number % cookies.length]}\r\n\r\n`));
    socket.on('data', (bytes) => {
      rest += bytes.toString('latin1');
      if (!is_answered && !rest.startsWith('HTTP/1.1 200')) return fail(new Error(rest.slice(0, 200)));
      is_answered = true;
      const end = rest.lastIndexOf('\n\n');
      if (end < 0) return undefined;
      const events = rest.slice(0, end);
      rest = rest.slice(end + 2);
      if (is_greeted) return hear(number, events);
      if (!events.includes(greeting)) return undefined;
      is_greeted = true;
      return done();
    });
    socket.on('error', fail);
    socket.on('close', () => fail(new Error('a live connection was closed')));
  });
}

// In a load process: opens `how.count` streams.
export async function open_streams(how, hear) {
  for (let first = 0; first < how.count; first += open_at_once)
    await Promise.all(Array.from({ length: Math.min(open_at_once, how.count - first) }, (_, index) => open_stream(how, first + index, hear)));
}

export const load_process = (name) => fork(fileURLToPath(new URL(name, import.meta.url)));

// In the parent: asks a load process and waits for the answer that has this field.
export function ask(child, words, field) {
  return new Promise((done, fail) => {
    const timer = setTimeout(() => fail(new Error(`no ${field} from a load process`)), answer_ms_max);
    const listen = (said) => {
      if (said.error) fail(new Error(said.error));
      if (said[field] === undefined) return;
      clearTimeout(timer);
      child.off('message', listen);
      done(said);
    };
    child.on('message', listen);
    if (words) child.send(words);
  });
}

export const rss_bytes = (pid) => Number(readFileSync(`/proc/${pid}/status`, 'latin1').match(/^VmRSS:\s+(\d+) kB/m)[1]) * 1024;

// Files that this process, and so its children, may have open: a soft limit is theirs to raise only by a shell.
export function require_descriptors(connections) {
  const soft = Number(readFileSync('/proc/self/limits', 'latin1').match(/^Max open files\s+(\d+)/m)[1]);
  if (soft < connections + 200) throw new Error(`only ${soft} files may be open, ${connections + 200} are wanted: raise "ulimit -n" and run again`);
}
