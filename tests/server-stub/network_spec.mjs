// The server on the network, from outside: TLS, event streams, the end by SIGTERM, caps and rates.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import tls from 'node:tls';
import { people } from '../web/server.mjs';
import { command, password, Server, until } from './program.mjs';

// A certificate of our own making for localhost; the client trusts it by name, as an operator's browser would.
function make_certificate(folder, name = 'cert') {
  const [certificate, key] = [join(folder, `${name}.pem`), join(folder, `${name}-key.pem`)];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2',
    '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1', '-keyout', key, '-out', certificate], { stdio: 'ignore' });
  return { certificate, key, ca: readFileSync(certificate) };
}

function secure_server(data, { certificate, key, ca }) {
  const server = new Server(data, { scheme: 'https', flags: ['--rate-factor', '50', '--tls-cert', certificate, '--tls-key', key] });
  server.is_up = () => new Promise((done) => {
    const probe = tls.connect({ host: '127.0.0.1', port: server.port, ca, servername: 'localhost' }, () => { probe.end(); done(true); });
    probe.on('error', () => done(false));
  });
  return server;
}

// Raw bytes over a socket; what came back when the server closed it, or when `enough` is satisfied.
function say(port, bytes, enough = () => false) {
  return new Promise((done, fail) => {
    const socket = net.connect(port, '127.0.0.1');
    let text = '';
    const finish = () => { socket.destroy(); done(text); };
    socket.on('connect', () => socket.write(bytes));
    socket.on('data', (more) => { text += more; if (enough(text)) finish(); });
    for (const event of ['end', 'close', 'error']) socket.on(event, finish);
    socket.setTimeout(20_000, () => { socket.destroy(); fail(new Error(`no answer to ${bytes.slice(0, 60)}; so far ${text.slice(0, 100)}`)); });
  });
}

const status_of = (text) => Number(text.match(/^HTTP\/1\.1 (\d+)/)?.[1] ?? 0);

export const tests = {
  'TLS by certificate files: pages, sign-in with the __Host- cookie, hints': async ({ fixture, folder, client, same, check }) => {
    const data = await fixture();
    const made = make_certificate(folder());
    const server = secure_server(data, made);
    await server.start();
    try {
      const browser = client(server, { ca: made.ca });
      const health = await browser.get('/healthz');
      same(health.status, 200, 'health');
      check(/max-age=\d{7,}/.test(health.headers['strict-transport-security'] ?? ''), 'no strict-transport-security');
      const opened = await browser.sign_in(people.front_desk);
      same(opened.status, 200, opened.text);
      const [cookie] = opened.headers['set-cookie'];
      check(/^__Host-portal_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+; Secure$/.test(cookie), cookie);
      same((await browser.get('/api/v1/session')).json.user.email, people.front_desk.email, 'who is signed in');
      const other_name = await browser.get('/api/v1/session', { Cookie: browser.cookie.replace('__Host-portal_session', 'portal_session_loopback') });
      same(other_name.status, 401, 'the same token under the loopback name');
      same((await browser.post('/api/v1/sync/push', {}, { Origin: `http://127.0.0.1:${server.port}.evil.example` })).status, 403, 'a foreign origin');
      const stream = await browser.live();
      same([stream.status, stream.headers['content-type'], stream.headers['cache-control']], [200, 'text/event-stream', 'no-store'], 'the stream');
      await until('the first hint', () => /^id: \d+\nevent: hint\n/.test(stream.text));
      const before = stream.text;
      same((await command('user', 'disable', '--data', data, '--email', people.owner.email)).code, 0, 'a change');
      await until('a hint of the change', () => stream.text.length > before.length);
      stream.close();
      const refused = await new Promise((done) => {
        const probe = tls.connect({ host: '127.0.0.1', port: server.port, ca: made.ca, servername: 'localhost', maxVersion: 'TLSv1.1', minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' }, () => done(false));
        probe.on('error', () => done(true));
      });
      check(refused, 'TLS 1.1 was accepted');
      check(status_of(await say(server.port, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n')) === 0, 'plain text was answered on the TLS port');
    } finally { await server.stop(); }
  },

  'certificates that cannot be used end the start with a reason': async ({ folder, same, check }) => {
    const data = folder();
    const [one, other] = [make_certificate(data, 'one'), make_certificate(data, 'other')];
    const cases = [[['--tls-cert', one.certificate], 'belong together'], [['--tls-key', one.key], 'belong together'],
      [['--tls-cert', join(data, 'none.pem'), '--tls-key', one.key], 'certificate file'], [['--tls-cert', one.certificate, '--tls-key', one.certificate], 'key file'],
      [['--tls-cert', one.certificate, '--tls-key', other.key], 'key']];
    for (const [flags, reason] of cases) {
      const { code, err } = await command('serve', '--data', data, '--site', data, '--port', '0', ...flags);
      same(code, 1, flags.join(' '));
      check(err.startsWith('error: ') && err.includes(reason), `${flags.join(' ')}: ${err}`);
    }
  },

  'plain HTTP on this machine has a cookie of another name': async ({ fixture, serve, client, same, check }) => {
    const browser = client(await serve(await fixture()));
    const opened = await browser.sign_in(people.front_desk);
    const [cookie] = opened.headers['set-cookie'];
    check(/^portal_session_loopback=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+$/.test(cookie), cookie);
    check(!('strict-transport-security' in opened.headers), 'strict-transport-security over plain HTTP');
    same((await browser.get('/api/v1/session', { Cookie: browser.cookie.replace('portal_session_loopback', '__Host-portal_session') })).status, 401, 'the same token under the TLS name');
  },

  'SIGTERM: a slow request is answered, a stream ends, new connections are refused, the exit is 0': async ({ fixture, serve, client, same, check }) => {
    const server = await serve(await fixture());
    const browser = client(server);
    await browser.sign_in(people.front_desk);
    const stream = await browser.live();
    await until('the first hint', () => stream.text.includes('hint'));
    const idle = net.connect(server.port, '127.0.0.1');
    let idle_ended = false;
    for (const event of ['end', 'close', 'error']) idle.on(event, () => { idle_ended = true; });
    // Its header has been read, as "100 Continue" tells, and half of its body is there; the rest comes after the signal.
    const body = JSON.stringify({ proto: 1, schema: 7, client: '01J00000000000000000000001', acked: 0, muts: [] });
    const slow = net.connect(server.port, '127.0.0.1');
    let answer = '';
    let slow_ended = false;
    slow.on('data', (bytes) => { answer += bytes; });
    for (const event of ['end', 'close', 'error']) slow.on(event, () => { slow_ended = true; });
    slow.write(`POST /api/v1/sync/push HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nX-Portal-Request: 1\r\nCookie: ${browser.cookie}\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 20)}`);
    await until('the header is read', () => answer.startsWith('HTTP/1.1 100 Continue\r\n\r\n'));
    answer = '';
    const child = server.process;
    const ended = new Promise((done) => child.once('exit', (code, signal) => done(code ?? signal)));
    child.kill('SIGTERM');
    await until('the stream ends', () => stream.ended);
    await until('the idle connection ends', () => idle_ended);
    await until('the door is closed', () => new Promise((done) => {
      const probe = net.connect(server.port, '127.0.0.1', () => { probe.destroy(); done(false); });
      probe.on('error', () => done(true));
    }));
    check(child.exitCode === null, 'the server did not wait for the slow request');
    slow.write(body.slice(20));
    await until('the slow answer', () => slow_ended);
    same(status_of(answer), 200, `the slow request: ${answer.slice(0, 200)}`);
    check(/connection: close/i.test(answer), 'the last answer keeps its connection');
    same(await ended, 0, 'the exit');
    check(server.log.includes('"event":"draining"'), 'nothing in the log');
  },

  'SIGTERM: a request that never ends does not hold the server for ever': async ({ fixture, serve, same }) => {
    const server = await serve(await fixture());
    const stuck = net.connect(server.port, '127.0.0.1');
    stuck.on('error', () => {});
    stuck.write('POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{');
    await until('its connection', async () => /^portal_connections [2-9]/m.test(await (await fetch(`${server.base}/metrics`)).text()));
    const child = server.process;
    const ended = new Promise((done) => child.once('exit', (code, signal) => done(code ?? signal)));
    child.kill('SIGTERM');
    same(await ended, 0, 'the exit');
    stuck.destroy();
  },

  'bodies, headers and connections over their caps are refused, and the server goes on': async ({ fixture, serve, client, same, check }) => {
    const server = await serve(await fixture());
    const browser = client(server);
    await browser.sign_in(people.front_desk);
    const caps = { '/api/v1/session': 4 << 10, '/api/v1/sync/pull': 8 << 10, '/api/v1/client-reports': 16 << 10, '/api/v1/sync/push': 1 << 20 };
    for (const [path, bytes] of Object.entries(caps)) {
      const fits = await browser.post(path, ' '.repeat(bytes));
      same(fits.status, 400, `${path} with as much as it takes`);
      const over = await browser.post(path, ' '.repeat(bytes + 1));
      same([over.status, over.json?.error?.code], [413, 'resource_exhausted'], `${path} with a byte more`);
      // The same without a length that would tell it beforehand.
      const chunk = `${(bytes + 1).toString(16)}\r\n${' '.repeat(bytes + 1)}\r\n0\r\n\r\n`;
      const head = `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nX-Portal-Request: 1\r\nCookie: ${browser.cookie}\r\nTransfer-Encoding: chunked\r\n\r\n`;
      same(status_of(await say(server.port, head + chunk)), 413, `${path} with a byte more, in chunks`);
    }
    same(status_of(await say(server.port, `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(16 << 10)}\r\n\r\n`)), 431, 'a header over its cap');
    const open = [];
    try {
      for (let count = 0; count < 260; ++count) {
        const socket = net.connect(server.port, '127.0.0.1');
        socket.on('error', () => {});
        socket.closed_by_server = false;
        for (const event of ['end', 'close']) socket.on(event, () => { socket.closed_by_server = true; });
        open.push(socket);
      }
      await until('those over the cap are closed', () => open.filter((socket) => socket.closed_by_server).length >= 60);
      check(open.filter((socket) => !socket.closed_by_server).length >= 190, 'too few connections of one address are served');
    } finally { for (const socket of open) socket.destroy(); }
    await until('the server answers again', async () => (await fetch(`${server.base}/healthz`).catch(() => null))?.ok);
    const counters = await (await fetch(`${server.base}/metrics`)).text();
    check(Number(counters.match(/^portal_connections_refused_total (\d+)/m)[1]) >= 60, 'the refused connections are not counted');
  },

  'live streams of one user are capped, those of others are not': async ({ fixture, serve, client, same }) => {
    const server = await serve(await fixture());
    const [one, other] = [client(server), client(server)];
    await one.sign_in(people.front_desk);
    await other.sign_in(people.owner);
    const streams = [];
    for (let count = 0; count < 32; ++count) streams.push(await one.live());
    same(streams.filter((stream) => stream.status === 200).length, 32, 'streams of one user');
    const over = await one.live();
    same([over.status, Number(over.headers['retry-after']) >= 1], [429, true], 'one more');
    const others = await other.live();
    same(others.status, 200, "another user's");
    for (const stream of [...streams, over, others]) stream.close();
    await until('there is room again', async () => {
      const again = await one.live();
      again.close();
      return again.status === 200;
    });
  },

  'rates are of a network and of a principal, class by class, and the site has its own': async ({ fixture, serve, client, same, check }) => {
    const server = await serve(await fixture(), { flags: ['--rate-factor', '0.15'] });
    const browser = client(server);
    same((await browser.sign_in(people.front_desk)).status, 200, 'sign-in');
    const other = client(server);
    same((await other.sign_in(people.owner)).status, 200, "another's sign-in");
    const drained = async (work) => {
      for (let count = 0; count < 400; ++count) {
        const answer = await work();
        if (answer.status === 429) return answer;
      }
      throw new Error('never throttled');
    };
    const probe = (from) => () => from.get('/api/v1/session');
    const refused = await drained(probe(browser));
    check(Number(refused.headers['retry-after']) >= 1, `retry-after is ${refused.headers['retry-after']}`);
    same(refused.json.error.code, 'resource_exhausted', refused.text);
    // What one person has used up, another of the same office still has; and so has the same person elsewhere.
    same((await other.get('/api/v1/session')).status, 200, 'another principal of the same network');
    same((await browser.post('/api/v1/sync/push', { proto: 1, schema: 7, client: '01J00000000000000000000001', acked: 0, muts: [] })).status, 200, 'another class');
    await drained(() => browser.post('/api/v1/client-reports', { entries: [] }));
    await drained(() => browser.post('/api/v1/sync/push', {}));
    await drained(async () => { const stream = await browser.live(); stream.close(); return stream; });
    await drained(() => client(server).post('/api/v1/session', { email: 'x@y.example', password }));
    await drained(() => client(server).get('/healthz'));
    same((await client(server).get('/sign-in')).status === 429, false, 'a page while the API is throttled');
    check(/portal_requests_total\{route="GET \/api\/v1\/session",status="429"\} [1-9]/.test((await until('the counters', async () => {
      const counters = await client(server).get('/metrics');
      return counters.status === 200 && counters;
    })).text), 'the refusals are not counted');
  },

  'a guest who keeps pressing is refused, and neither the other guests nor the presenter are': async ({ fixture, serve, client, same, check }) => {
    const server = await serve(await fixture(), { flags: ['--rate-factor', '1'] });
    const presenter = client(server);
    await presenter.sign_in(people.owner);
    const practice = await server.value("SELECT id FROM practice WHERE external_key = 'P-A'");
    const made = await presenter.post('/api/v1/shares', { practices: [practice], views: ['overview'], from: '2026-01-01', to: '2026-12-31', hours: 1 });
    same(made.status, 201, made.text);
    const token = made.json.link.split('#')[1];
    const redeem = async (words) => {
      const guest = client(server);
      return { guest, answer: await guest.post('/share/redeem', { token: words }) };
    };
    const [{ guest }, { guest: other }] = [await redeem(token), await redeem(token)];
    const streams = [await guest.live('/share/live'), await other.live('/share/live')];
    const press = (from) => from.post('/share/reactions', { kind: 'slower' });
    let taken = 0;
    let refused = null;
    for (let count = 0; count < 100 && !refused; ++count) {
      const answer = await press(guest);
      if (answer.status === 204) taken++;
      else refused = answer;
    }
    same([refused?.status, refused?.json?.error?.code], [429, 'resource_exhausted'], 'who keeps pressing');
    check(taken >= 5 && taken < 50, `${taken} were taken`);
    same((await press(other)).status, 204, 'another guest');
    same((await guest.get('/share/session')).status, 200, 'what the same guest looks at');
    const show = { k: 'state', q: 1, route: 'overview', filters: {}, sel: '', scroll: 0 };
    same((await presenter.request('PUT', `/api/v1/shares/${made.json.id}/show`, show)).status, 200, 'the presenter');
    const [told] = (await presenter.get('/api/v1/shares')).json.shares;
    same(told.reactions.map(({ kind, count }) => [kind, count]), [['slower', taken + 1]], 'what was counted');
    await new Promise((wake) => setTimeout(wake, Number(refused.headers['retry-after']) * 1000));
    same((await press(guest)).status, 204, 'after the time that was told');

    let guessed = 0;
    while (guessed < 200 && (await redeem('b'.repeat(43))).answer.status === 403) guessed++;
    check(guessed < 200, 'links may be guessed for ever');
    same((await guest.get('/share/session')).status, 200, 'who is in already');
    for (const stream of streams) stream.close();
  },

  'counters are in the text format that Prometheus reads': async ({ fixture, serve, client, same, check }) => {
    const server = await serve(await fixture());
    const browser = client(server);
    await browser.sign_in(people.front_desk);
    await browser.get('/api/v1/nothing');
    const answer = await browser.get('/metrics');
    same(answer.headers['content-type'], 'text/plain; version=0.0.4; charset=utf-8', 'the content type');
    const types = new Map();
    const series = new Set();
    for (const line of answer.text.trimEnd().split('\n')) {
      const type = line.match(/^# TYPE ([a-z_]+) (counter|gauge|histogram)$/);
      if (type) check(!types.has(type[1]), `two types of ${type[1]}`);
      if (type) types.set(type[1], type[2]);
      if (line.startsWith('#')) { check(type || /^# HELP [a-z_]+ \S/.test(line), line); continue; }
      const [, name, labels = ''] = line.match(/^([a-z_]+)(\{(?:[a-z]+="[^"\\\n]*",?)+\})? -?[0-9][0-9.e+-]*$/) ?? [];
      check(name, `not a sample: ${line}`);
      check(types.has(name) || types.get(name.replace(/_(bucket|sum|count)$/, '')) === 'histogram', `no type of ${name}`);
      check(!series.has(name + labels), `twice: ${name}${labels}`);
      series.add(name + labels);
    }
    check(series.size > 100 && types.size > 8, `only ${series.size} samples of ${types.size} metrics`);
    for (const name of ['portal_requests_total', 'portal_connections', 'portal_live_connections', 'portal_writes_waiting']) check(types.has(name), `no ${name}`);
  },
};
