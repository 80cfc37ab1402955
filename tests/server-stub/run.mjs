// Runs every *_spec.mjs here against the server's program: commands, signals, TLS, kills. No browser.
//
//   node tests/server-stub/run.mjs [PART OF A SPEC OR TEST NAME]
//
// A spec exports `tests`: { 'what holds': async ({ check, same, serve, fixture, folder }) => {} }. Servers and folders
// that a test asks for are ended and removed after it.
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bounded, check, same } from '../web/checks.mjs';
import { scratch_folder, Tenants } from '../web/server.mjs';
import { Client, new_folder, program, Server } from './program.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const wanted = process.argv.slice(2);
const test_ms_max = 240_000;
const results = [];
const tenants = new Tenants(scratch_folder());

class Tools {
  constructor() {
    this.servers = [];
    this.clients = [];
    this.folders = [];
    this.check = check;
    this.same = same;
    for (const name of ['serve', 'client', 'fixture', 'folder', 'stop_servers']) this[name] = this[name].bind(this);
  }

  folder() {
    const made = new_folder();
    this.folders.push(made);
    return made;
  }

  // A data folder with the small tenant and its people.
  async fixture() {
    const made = await tenants.copy('fixture');
    this.folders.push(made);
    return made;
  }

  async serve(data, options) {
    const server = new Server(data, options);
    this.servers.push(server);
    await server.start();
    return server;
  }

  client(server, options) {
    const made = new Client(server, options);
    this.clients.push(made);
    return made;
  }

  // What went wrong in it.
  async stop_servers() {
    const problems = [];
    for (const server of this.servers) await server.stop().catch((error) => problems.push(error.message));
    return problems;
  }

  async end() {
    for (const client of this.clients) client.close();
    const problems = await this.stop_servers();
    for (const folder of this.folders) rmSync(folder, { recursive: true, force: true });
    if (problems.length) throw new Error(problems.join('\n'));
  }
}

async function run_test(name, test) {
  const tools = new Tools();
  const start_ms = Date.now();
  let failure = null;
  try {
    await bounded(test(tools), test.ms_max ?? test_ms_max);
  } catch (error) {
    failure = `${String(error?.stack).match(/(\w+_spec\.mjs:\d+)/)?.[1] ?? ''} ${String(error?.message ?? error).slice(0, 2000)}`;
  }
  await tools.end().catch((error) => { failure ??= error.message; });
  const seconds = (Date.now() - start_ms) / 1000;
  results.push({ name, seconds, passed: failure === null });
  console.log(`${failure ? 'FAIL' : 'ok  '} ${seconds.toFixed(1).padStart(5)} s  ${name}${failure ? `\n    ${failure}` : ''}`);
}

if (!existsSync(program)) {
  console.log(`FAIL the server is not built: ${program}`);
  process.exit(1);
}
try {
  for (const file of readdirSync(here).filter((name) => name.endsWith('_spec.mjs')).sort()) {
    const { tests } = await import(`./${file}`);
    for (const [name, test] of Object.entries(tests)) {
      const title = `${file.replace('_spec.mjs', '')}: ${name}`;
      if (!wanted.length || wanted.some((part) => title.includes(part))) await run_test(title, test);
    }
  }
} finally {
  tenants.remove();
}
const failed = results.filter((result) => !result.passed).length;
if (process.env.PORTAL_TEST_RESULTS) writeFileSync(process.env.PORTAL_TEST_RESULTS, JSON.stringify(results, null, 1));
console.log(`${results.length - failed} passed, ${failed} failed`);
// Nothing run is not a success.
process.exitCode = failed || !results.length ? 1 : 0;
