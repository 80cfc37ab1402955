// A relay between browser and server that does to requests what a bad network does, as a seed says: loses them before they
// arrive, loses their answers, delays them, sends them twice, cuts them and their answers short; and puts foreign frames
// into the live stream. After heal() it only passes on.
import http from 'node:http';
import { seeded } from '../bench/data.mjs';

const delay_ms_max = 800;
const is_sync = (path) => /^\/api\/v1\/(sync|session|live)/.test(path);
const foreign_frames = ['data: \n\n', 'event: hint\ndata: {"seq":99999999999999999999}\n\n', 'event: hint\nid: x\ndata: [[[\n\n', ':\n\n', 'event: state\ndata: {"k":1}\n\n',
  'event: \ndata: \u0000\ufffd\n\n', 'retry: 1\n\n', 'event: resync\ndata: {}\n\n', `event: hint\ndata: ${'x'.repeat(70_000)}\n\n`, 'eve', '\n\n\n', '\ufeffevent: open\n\n'];

async function body_of(request) {
  const pieces = [];
  for await (const bytes of request) pieces.push(bytes);
  return Buffer.concat(pieces);
}

export class FaultyRelay {
  constructor(server, seed) {
    this.target = server;
    this.random = seeded(seed);
    this.healthy = false;
    this.counts = { lost: 0, answer_lost: 0, delayed: 0, repeated: 0, cut: 0, answer_cut: 0, foreign: 0 };
    this.relay = http.createServer((request, answer) => { this.carry(request, answer).catch(() => answer.destroy()); });
  }

  async open() {
    await new Promise((ready) => { this.relay.listen(0, '127.0.0.1', ready); });
    this.base = `http://127.0.0.1:${this.relay.address().port}`;
    return this;
  }

  close() {
    return new Promise((closed) => {
      this.relay.close(closed);
      this.relay.closeAllConnections();
    });
  }

  // Streams and connections of before end, so that nothing hangs on them.
  heal() {
    this.healthy = true;
    this.relay.closeAllConnections();
  }

  strikes(fault, chance) {
    if (this.healthy || this.random() >= chance) return false;
    this.counts[fault] += 1;
    return true;
  }

  async carry(request, answer) {
    const body = await body_of(request);
    if (!is_sync(request.url)) return this.pass(request, body, answer);
    if (this.strikes('lost', 0.12)) return answer.destroy();
    if (this.strikes('delayed', 0.3)) await new Promise((later) => { setTimeout(later, this.random() * delay_ms_max); });
    if (request.url.includes('/live')) return this.pass(request, body, answer, (bytes) => this.with_foreign_frames(bytes));
    if (body.length && this.strikes('cut', 0.08)) return this.send_cut(request, body, answer);
    if (this.strikes('repeated', 0.15)) await this.swallow(request, body);
    if (this.strikes('answer_lost', 0.12)) {
      await this.swallow(request, body);
      return answer.destroy();
    }
    const cuts = this.strikes('answer_cut', 0.1);
    return this.pass(request, body, answer, cuts ? () => null : undefined);
  }

  send(request, body) {
    const { 'transfer-encoding': ignored, ...headers } = request.headers;
    if (body.length) headers['content-length'] = body.length;
    return http.request({ host: '127.0.0.1', port: this.target.port, method: request.method, path: request.url, headers });
  }

  // `change` gives other bytes for a piece of the answer; null ends it there, in its middle.
  pass(request, body, answer, change = (bytes) => bytes) {
    const onward = this.send(request, body);
    onward.on('response', (response) => {
      answer.writeHead(response.statusCode, response.headers);
      response.on('data', (bytes) => {
        const changed = change(bytes);
        if (changed !== null) return answer.write(changed);
        answer.write(bytes.subarray(0, Math.floor(bytes.length * this.random())), () => answer.destroy());
        return onward.destroy();
      });
      response.on('end', () => answer.end());
      response.on('error', () => answer.destroy());
    });
    onward.on('error', () => answer.destroy());
    answer.on('close', () => onward.destroy());
    onward.end(body);
  }

  // It arrives, and nobody hears the answer.
  swallow(request, body) {
    return new Promise((done) => {
      const onward = this.send(request, body);
      onward.on('response', (response) => response.on('close', done).resume());
      onward.on('error', done);
      onward.end(body);
    });
  }

  // Half of it arrives, then the connection is gone.
  send_cut(request, body, answer) {
    const onward = this.send(request, body);
    onward.on('error', () => answer.destroy());
    onward.write(body.subarray(0, Math.floor(body.length / 2)), () => onward.destroy());
    return answer.destroy();
  }

  with_foreign_frames(bytes) {
    if (!this.strikes('foreign', 0.5)) return bytes;
    return Buffer.concat([Buffer.from(foreign_frames[Math.floor(foreign_frames.length * this.random())]), bytes]);
  }
}
