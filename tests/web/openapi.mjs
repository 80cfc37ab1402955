// A separate client of the described API: lints server-stub/openapi.yaml, then starts the real server, calls every path and
// method as several people (also refused, spoiled and throttled), and holds each answer against the description.
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { Client } from '../server-stub/program.mjs';
import { same } from './checks.mjs';
import { good_body, new_id, people, spoiled_bodies, walks } from './openapi_cases.mjs';
import { Description, lint } from './openapi_description.mjs';
import { password, program, scratch_folder, Server, Tenants } from './server.mjs';

const run = promisify(execFile);
const admin = { email: 'ada.admin@partners.example', name: 'Ada Admin' };
const body_bytes_over_every_cap = (1 << 20) + 1;

const description = new Description();
const results = [];
const seen = new Map(description.operations.map((operation) => [operation.name, new Set()]));
const secrets = new Set([password, 'five other words in a row', 'not the words']);

async function test(name, work) {
  const start_ms = Date.now();
  let failure = null;
  try { await work(); } catch (error) { failure = String(error?.message ?? error).slice(0, 3000); }
  results.push({ name, seconds: (Date.now() - start_ms) / 1000, passed: failure === null });
  console.log(`${failure ? 'FAIL' : 'ok  '} ${results.at(-1).seconds.toFixed(1).padStart(5)} s  ${name}${failure ? `\n    ${failure}` : ''}`);
}

// The people who call: one browser each, signed in but for "nobody".
class Callers {
  constructor(server) {
    this.server = server;
    this.by_name = new Map();
    this.clients = [];
    this.problems = [];
    for (const name of ['call', 'fresh']) this[name] = this[name].bind(this);
  }

  fresh() {
    const made = new Client(this.server);
    this.clients.push(made);
    return made;
  }

  of(who) {
    if (who instanceof Client) return who;
    if (!this.by_name.has(who)) this.by_name.set(who, this.fresh());
    return this.by_name.get(who);
  }

  async sign_in() {
    for (const [name, person] of Object.entries({ ...people, admin })) {
      const browser = this.of(name);
      if (!browser.cookie) same((await browser.sign_in(person)).status, 200, `${name} signs in`);
    }
  }

  // Calls, notes the status as seen and gathers every difference from the description.
  async call(name, who, { body, headers, path = {}, query, expect, after = '' } = {}) {
    const operation = description.operations.find((found) => found.name === name);
    if (!operation) throw new Error(`${name} is not described`);
    const address = operation.path.replace(/\{(\w+)\}/g, (_, parameter) => path[parameter] ?? new_id()) + (query ? `?${query}` : '');
    const client = this.of(who);
    const answer = streams[operation.name] && !body ? await live_answer(client, operation, address, expect)
      : await client.request(operation.method, address, body, headers);
    this.remember(client, answer);
    seen.get(name).add(answer.status);
    const label = `${name} as ${who instanceof Client ? 'somebody' : who} ${after}`;
    if (expect && ![expect].flat().includes(answer.status))
      this.problems.push(`${label}: status ${answer.status}, expected ${expect}: ${answer.text.slice(0, 200)}`);
    for (const problem of description.problems(operation, answer)) this.problems.push(`${label}, ${answer.status}: ${problem}`);
    return answer;
  }

  remember(client, answer) {
    if (client.cookie) secrets.add(client.cookie.split('=')[1]);
    const link = answer.json?.link?.split('=')[1];
    if (link) secrets.add(link);
  }

  // Fails with everything gathered since the last time.
  settle() {
    const problems = [...new Set(this.problems.splice(0))];
    if (problems.length) throw new Error(`${problems.length} differences:\n      ${problems.slice(0, 12).join('\n      ')}`);
  }

  close() { for (const client of this.clients) client.close(); }
}

// How they begin.
const streams = {
  'GET /api/v1/live': /^id: \d+\nevent: hint\ndata: \{"seq":\d+\}\n\n/,
  'GET /share/live': /^event: changed\ndata: \{\}\n\n/,
  'GET /api/v1/shares/{share}/follow': /^event: changed\ndata: \{\}\n\n/,
  'GET /api/v1/shares/{share}/recording': /^event: changed\ndata: \{\}\n\n/,
};

// A stream does not end by itself: its first event is the body that is held against the description.
async function live_answer(client, operation, address, expect) {
  if (expect !== 200) return client.get(address);
  const stream = await client.live(address);
  for (let count = 0; count < 400 && !stream.text.includes('\n\n'); ++count) await new Promise((wake) => setTimeout(wake, 25));
  stream.close();
  if (!streams[operation.name].test(stream.text)) throw new Error(`the stream begins with ${JSON.stringify(stream.text)}`);
  return { status: stream.status, headers: stream.headers, text: stream.text, json: null };
}

const allowed = (operation) => (operation.access === 'administrator' ? 'admin' : 'owner');
const body_of = (operation) => good_body[operation.name]?.();

async function compare_with_table(callers) {
  const counters = (await callers.of('nobody').get('/metrics')).text;
  const table = [...counters.matchAll(/^portal_request_seconds_count\{route="((?:GET|PUT|POST|PATCH|DELETE) [^"]+)"\}/gm)].map((match) => match[1]);
  same(table.sort(), description.operations.map((operation) => operation.name).sort(), "the server's table of routes");
}

async function refuse_strangers(callers) {
  for (const operation of description.operations) {
    const body = body_of(operation);
    if (operation.access === 'signed_in' || operation.access === 'administrator') {
      await callers.call(operation.name, 'nobody', { body, expect: 401 });
      await callers.call(operation.name, 'nobody', { body, expect: 401, headers: { Cookie: `portal_session_loopback=${'A'.repeat(43)}` } });
    }
    if (operation.access === 'share_guest')
      for (const who of ['nobody', ...Object.keys(people)]) await callers.call(operation.name, who, { body, expect: 401 });
    if (operation.access === 'administrator')
      for (const who of Object.keys(people)) await callers.call(operation.name, who, { body, expect: 403 });
    // A guest has first to be one: the case of sharing does it.
    if (operation.takes_marker && operation.access !== 'share_guest') {
      const who = allowed(operation);
      await callers.call(operation.name, who, { body, expect: 403, headers: { 'X-Portal-Request': undefined }, after: 'without the marker' });
      await callers.call(operation.name, who, { body, expect: 403, headers: { Origin: 'https://evil.example' }, after: 'from elsewhere' });
    }
  }
}

async function refuse_spoiled(callers) {
  for (const operation of description.operations) {
    const who = operation.access === 'anyone' ? 'nobody' : allowed(operation);
    await callers.call(operation.name, who, { body: ' '.repeat(body_bytes_over_every_cap), expect: 413, after: 'with too large a body' });
    if (!operation.body) continue;
    const good = body_of(operation);
    const problems = description.problems_of_value(operation.body.pointer, good);
    if (problems.length) callers.problems.push(`the good body of ${operation.name}: ${problems}`);
    for (const [what, body] of spoiled_bodies(operation.body.value, good)) {
      // What the server may do with an optional member that is null or of another shape is refuse it, nothing else.
      const status = await callers.call(operation.name, who, { body, after: `with ${what}` });
      if (status.status < 400 || status.status >= 500) callers.problems.push(`${operation.name} with ${what} is answered ${status.status}: ${status.text.slice(0, 120)}`);
    }
  }
}

async function refuse_methods(callers) {
  const by_path = new Map();
  for (const { path, method } of description.operations) by_path.set(path, [...(by_path.get(path) ?? []), method]);
  for (const [path, known] of by_path) {
    for (const method of ['GET', 'PUT', 'POST', 'PATCH', 'DELETE'].filter((name) => !known.includes(name))) {
      const answer = await callers.of('owner').request(method, path.replace(/\{\w+\}/, new_id()));
      if (answer.status !== 405 || answer.json?.error?.code === undefined) callers.problems.push(`${method} ${path}: ${answer.status} ${answer.text}`);
      same((answer.headers.allow ?? '').split(', ').filter((name) => name !== 'HEAD').sort(), [...known].sort(), `Allow of ${method} ${path}`);
    }
  }
  const missing = await callers.of('owner').get('/api/v1/nothing');
  same([missing.status, missing.json?.error?.code], [404, 'not_found'], 'an address that is not there');
}

// With the rates turned down, every endpoint says when to come back.
async function throttle_each(data, cookies) {
  const server = new Server(data, { flags: ['--rate-factor', '0.03'] });
  server.is_up = async () => server.log.includes('listening') || await new Promise((done) => setTimeout(() => done(server.port > 0), 300));
  await server.start();
  const callers = new Callers(server);
  try {
    for (const operation of description.operations) {
      const client = callers.fresh();
      client.cookie = cookies[allowed(operation)];
      let status = 0;
      for (let count = 0; count < 20 && status !== 429; ++count)
        status = (await callers.call(operation.name, client, { body: body_of(operation) })).status;
      same(status, 429, `${operation.name}, again and again`);
    }
    callers.settle();
  } finally {
    callers.close();
    await server.stop();
  }
}

async function walk_demo(tenants) {
  const server = new Server(await tenants.copy('demo'));
  await server.start();
  const callers = new Callers(server);
  try {
    const accounts = (await callers.call('GET /api/v1/demo-accounts', 'nobody', { expect: 200 })).json.accounts;
    if (accounts.length < 6) throw new Error(`the demo offers ${accounts.length} accounts`);
    for (const account of accounts) {
      const browser = callers.fresh();
      const opened = await callers.call('POST /api/v1/session/demo', browser, { body: { account: account.id }, expect: 200 });
      same([opened.json.user.email, opened.json.demo], [account.email, true], 'who is signed in');
      await callers.call('POST /api/v1/sync/pull', browser, { body: { ...good_body['POST /api/v1/sync/pull'](), max_bytes: 200_000 }, expect: 200 });
    }
    await callers.call('POST /api/v1/session/demo', 'nobody', { body: { account: new_id() }, expect: 404 });
    callers.settle();
  } finally {
    callers.close();
    await server.stop();
  }
}

// Every line an object of its own, and nothing in any of them that would let its reader in.
function check_log(log) {
  const lines = log.trim().split('\n').filter((line) => !/^https?:\/\//.test(line));
  if (lines.length < 100) throw new Error(`only ${lines.length} lines of log`);
  for (const line of lines) {
    const entry = JSON.parse(line);
    for (const name of ['time', 'level', 'event']) if (typeof entry[name] !== 'string') throw new Error(`a line without ${name}: ${line}`);
    for (const secret of secrets) if (line.includes(secret)) throw new Error(`a secret in the log: ${line}`);
  }
}

function check_everything_seen() {
  const unseen = description.operations.flatMap((operation) => {
    const statuses = [...seen.get(operation.name)];
    return operation.statuses.filter((said) => said !== '5XX' && !statuses.some((status) => said === String(status) || said === `${String(status)[0]}XX`))
      .map((said) => `${operation.name} ${said}`);
  });
  same(unseen, [], 'described and never answered');
}

async function main() {
  await test('the description has no problem that its linter knows', async () => same(await lint(), [], 'problems'));
  const tenants = new Tenants(scratch_folder());
  const data = await tenants.copy('fixture');
  const { stdout, stderr } = await run(program, ['user', 'add', '--first-admin', '--role', 'admin', '--data', data, '--email', admin.email, '--name', admin.name]);
  const server = new Server(data);
  await server.start();
  const callers = new Callers(server);
  const cookies = {};
  try {
    const token = (stdout + stderr).match(/#invite=([\w-]+)/)?.[1];
    secrets.add(token);
    same((await callers.of('admin').redeem(token)).status, 200, 'the first administrator');
    await callers.sign_in();
    await test("described are the server's routes and nothing else", () => compare_with_table(callers));
    await test('strangers, others and forgeries are refused as described', async () => { await refuse_strangers(callers); callers.settle(); });
    await test('spoiled bodies are refused as described', async () => { await refuse_spoiled(callers); callers.settle(); });
    await test('methods that are not there are refused with those that are', async () => { await refuse_methods(callers); callers.settle(); });
    await callers.sign_in();
    for (const [name, walk] of Object.entries(walks))
      await test(name, async () => { await walk({ call: callers.call, fresh: callers.fresh, same, server }); callers.settle(); });
    await test('live hints come as described', async () => { await callers.call('GET /api/v1/live', 'front_desk', { expect: 200 }); callers.settle(); });
    for (const who of ['owner', 'admin']) cookies[who] = callers.of(who).cookie;
    await server.stop();
    await test('every endpoint is throttled as described', () => throttle_each(data, cookies));
    await test("the demo's endpoints answer as described", () => walk_demo(tenants));
    await test('every described status has been answered', async () => check_everything_seen());
    await test('the log has a line for each request and no secret', async () => check_log(server.log));
  } finally {
    callers.close();
    await server.stop().catch(() => {});
    tenants.remove();
  }
}

try {
  await main();
} catch (error) {
  results.push({ name: 'the walk', seconds: 0, passed: false });
  console.log(`FAIL ${error.stack ?? error}`);
}
const failed = results.filter((result) => !result.passed).length;
if (process.env.PORTAL_TEST_RESULTS) writeFileSync(process.env.PORTAL_TEST_RESULTS, JSON.stringify(results, null, 1));
console.log(`${results.length - failed} passed, ${failed} failed`);
process.exitCode = failed || !results.length ? 1 : 0;
