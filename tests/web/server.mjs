// The real server on a free port, over a data folder of its own. Ends only the process it started.
import { execFile, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync, cpSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '../..');
export const program = resolve(root, process.env.PORTAL_SERVER ?? 'build/bin/portal-server');
export const site = resolve(root, process.env.PORTAL_SITE ?? 'build/site');

const start_ms_max = 20_000;
const stop_ms_max = 15_000;
export const password = 'four words in a row';

// Parents first: references must exist when a file is imported.
const kinds = ['vendors', 'promo_plans', 'calendars', 'practices', 'locations', 'users', 'integrations', 'check_runs',
  'targets', 'deposits', 'tickets', 'messages', 'financing_facts'];

export const people = {
  front_desk: { email: 'ana.diaz@practice-a.example', name: 'Ana Diaz', role: 'practice_user', scope: 'practice:P-A', title: 'Front desk' },
  owner: { email: 'otto.alder@practice-a.example', name: 'Otto Alder', role: 'practice_admin', scope: 'practice:P-A', title: 'Owner' },
  neighbour: { email: 'bea.birch@practice-b.example', name: 'Bea Birch', role: 'practice_admin', scope: 'practice:P-B', title: 'Owner' },
  manager: { email: 'tom.reyes@partners.example', name: 'Tom Reyes', role: 'account_manager', scope: 'book:BOOK-1', title: 'Account manager' },
  lead: { email: 'lea.quist@partners.example', name: 'Lea Quist', role: 'lead', scope: 'team:TEAM-1', title: 'Partner lead' },
  operations: { email: 'oda.penn@partners.example', name: 'Oda Penn', role: 'operations', scope: 'tenant', title: 'Operations' },
  vendor: { email: 'vic.moss@canino.example', name: 'Vic Moss', role: 'vendor_user', scope: 'vendor:V-1', title: 'Integration engineer' },
};

const today_ms = Date.parse(new Date().toISOString().slice(0, 10));
export const day_iso = (offset) => new Date(today_ms + offset * 86_400_000).toISOString().slice(0, 10);
function month_iso(offset) {
  const now = new Date(today_ms);
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + offset, 1)).toISOString().slice(0, 7);
}

// The files' dates count from today, so that "this month" always has something in it.
export function with_dates(text) {
  return text.replace(/\{day:(-?\d+)\}/g, (_, offset) => day_iso(Number(offset)))
    .replace(/\{month:(-?\d+)\}/g, (_, offset) => month_iso(Number(offset)));
}

export const fixture_text = (kind) => with_dates(readFileSync(join(here, 'fixture', `${kind}.csv`), 'utf8'));
export const scratch_folder = () => mkdtempSync(join(tmpdir(), 'portal-web-'));

export class Server {
  // `flags` replace the generous rate limits that tests of other things want.
  constructor(data, { flags = ['--rate-factor', '50'], scheme = 'http', environment = {} } = {}) {
    this.data = data;
    this.flags = flags;
    this.scheme = scheme;
    this.environment = environment;
    this.site = site;
    this.port = 0;
    this.process = null;
    this.log = '';
  }

  get base() { return `${this.scheme}://127.0.0.1:${this.port}`; }

  async is_up() { return Boolean((await fetch(`${this.base}/healthz`).catch(() => null))?.ok); }

  async start() {
    const child = spawn(program, ['serve', '--data', this.data, '--site', this.site, '--port', String(this.port),
      '--log', 'requests', ...this.flags], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...this.environment } });
    this.process = child;
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => { this.log += bytes; });
    const deadline = Date.now() + start_ms_max;
    while (Date.now() < deadline) {
      if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}:\n${this.log.slice(-2000)}`);
      this.port ||= Number(this.log.match(/127\.0\.0\.1:(\d+)/)?.[1] ?? this.log.match(/"port":(\d+)/)?.[1] ?? 0);
      if (this.port && await this.is_up()) return;
      await new Promise((wake) => setTimeout(wake, 30));
    }
    throw new Error(`the server does not answer:\n${this.log.slice(-2000)}`);
  }

  async stop() {
    const child = this.process;
    this.process = null;
    if (!child || child.exitCode !== null) return;
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), stop_ms_max);
    await ended;
    clearTimeout(timer);
    if (child.exitCode !== 0) throw new Error(`the server ended with ${child.exitCode ?? child.signalCode} after SIGTERM`);
  }

  // Text as a file of that kind; a running server takes the job over.
  async import_text(kind, text, extra = []) {
    const file = join(this.data, `${kind}-import.csv`);
    writeFileSync(file, text);
    return this.command('import', kind, file, ...extra);
  }

  // A command beside the server, or without it.
  async command(...words) {
    const { stdout, stderr } = await run(program, [...words, '--data', this.data]);
    return stdout + stderr;
  }

  // Rows of the server's database, as objects.
  async sql(query) {
    const { stdout } = await run('sqlite3', ['-readonly', '-json', '-cmd', '.timeout 5000', join(this.data, 'portal.db'), query]);
    return stdout.trim() ? JSON.parse(stdout) : [];
  }

  async value(query) {
    const rows = await this.sql(query);
    return rows.length ? Object.values(rows[0])[0] : null;
  }
}

// Accounts with the password of all tests. The server is stopped before and after.
export async function add_people(server, persons) {
  const tokens = [];
  for (const person of persons) {
    const { stdout, stderr } = await run(program, ['user', 'add', '--data', server.data, '--email', person.email, '--name', person.name,
      '--role', person.role, '--scope', person.scope, '--title', person.title]);
    const token = (stdout + stderr).match(/#invite=([\w-]+)/)?.[1];
    if (!token) throw new Error(`no invitation in: ${stdout}${stderr}`);
    tokens.push(token);
  }
  await server.start();
  for (const token of tokens) {
    const answer = await fetch(`${server.base}/api/v1/password/redeem`, {
      method: 'POST', body: JSON.stringify({ token, password }),
      headers: { 'Content-Type': 'application/json', 'X-Portal-Request': '1', Origin: server.base },
    });
    if (!answer.ok) throw new Error(`redeem: ${answer.status} ${await answer.text()}`);
  }
  await server.stop();
}

async function make_fixture(data) {
  mkdirSync(data, { recursive: true });
  const server = new Server(data);
  for (const kind of kinds)
    await server.import_text(kind, fixture_text(kind), kind === 'financing_facts' ? ['--closed-until', day_iso(-1)] : []);
  await add_people(server, Object.values(people));
}

// Data folders are made once and copied for every spec.
export class Tenants {
  constructor(folder) {
    this.folder = folder;
    this.made = new Map();
    this.count = 0;
  }

  async copy(tenant) {
    const original = join(this.folder, tenant);
    if (!this.made.has(tenant)) {
      this.made.set(tenant, tenant === 'fixture'
        ? make_fixture(original)
        : run(program, ['seed', '--data', original, '--scale', 'small']));
    }
    await this.made.get(tenant);
    const copy = join(this.folder, `${tenant}-${++this.count}`);
    cpSync(original, copy, { recursive: true, filter: (path) => !/\.(sock|lock)$/.test(path) });
    return copy;
  }

  remove() { rmSync(this.folder, { recursive: true, force: true }); }
}

export const spec_files = () => readdirSync(here).filter((name) => name.endsWith('_spec.mjs')).sort();
