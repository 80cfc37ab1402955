// Runs every *_spec.mjs here in Chromium against the real server and the built site.
//
//   node tests/web/run.mjs [PART OF A SPEC OR TEST NAME]
//
// A spec exports `tenant` ('fixture' or 'demo') and `tests`: { 'what holds': async ({ open, server, check }) => {} }.
// Every spec file has one server with its own copy of the data; every test has fresh browser contexts. A test fails
// when it throws, and also when a page of it wrote an error, broke its policy or had a request fail. It is then tried
// once more, on a server of its own: a busy machine is told apart from a defect. What passes only then is named as
// unsteady, and more than a few of those fail the run.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { bounded, check, same } from './checks.mjs';
import { launch_chromium, Tab } from './portal.mjs';
import { program, scratch_folder, Server, site, spec_files, Tenants } from './server.mjs';

const test_ms_max = 240_000;
const unsteady_max = 3;
// A test waits as much as it computes: four of them keep two processors busy.
const workers = Number(process.env.PORTAL_TEST_WORKERS ?? 4);
const wanted = process.argv.slice(2);

const results = [];
const tenants = new Tenants(scratch_folder());
const servers = new Set();

// One attempt; answers with what went wrong, or nothing.
async function attempt(browser, server, name, test) {
  const tabs = [];
  const remember = (tab) => { tabs.push(tab); return tab; };
  const tools = {
    server, check, same,
    open: async (options) => remember(await Tab.open(browser, server, options)),
    open_on_disk: async () => remember(await Tab.open_on_disk(server, scratch_folder())),
    another: async (tab) => remember(await tab.another()),
  };
  const problems = () => [...new Set(tabs.flatMap((tab) => tab.unexpected_problems()))].slice(0, 8).join('\n    ');
  try {
    await bounded(test(tools), test.ms_max ?? test_ms_max);
    return problems() && `problems in the page:\n    ${problems()}`;
  } catch (error) {
    for (const [index, tab] of tabs.entries())
      await tab.page.screenshot({ path: `build/screens/failed-${name.replace(/\W+/g, '_').slice(0, 60)}-${index}.png` }).catch(() => {});
    const place = String(error?.stack).match(/(\w+_spec\.mjs:\d+)/)?.[1] ?? '';
    return `${place} ${String(error?.message ?? error).slice(0, 1500)}${problems() && `\n    also: ${problems()}`}`;
  } finally {
    for (const tab of tabs) await tab.close().catch(() => {});
  }
}

async function with_server(tenant, work) {
  const server = new Server(await tenants.copy(tenant));
  servers.add(server);
  try {
    await server.start();
    await work(server);
    await server.stop();
  } finally {
    await server.stop().catch(() => {});
    servers.delete(server);
  }
}

async function run_test(browser, server, tenant, name, test) {
  const start_ms = Date.now();
  const tell = (word, failure) => {
    const seconds = (Date.now() - start_ms) / 1000;
    console.log(`${word} ${seconds.toFixed(1).padStart(5)} s  ${name}${failure && `\n    ${failure}`}`);
    return seconds;
  };
  let failure = await attempt(browser, server, name, test);
  const was_unsteady = Boolean(failure);
  if (failure) {
    tell('ODD ', failure);
    await with_server(tenant, async (own) => { failure = await attempt(browser, own, name, test); })
      .catch((error) => { failure ||= error.message; });
  }
  const seconds = tell(failure ? 'FAIL' : 'ok  ', failure);
  results.push({ name, seconds, passed: !failure, unsteady: was_unsteady && !failure });
}

async function run_spec(browser, file) {
  const { tenant = 'fixture', tests } = await import(`./${file}`);
  const chosen = Object.entries(tests).filter(([name]) => !wanted.length || wanted.some((part) => `${file} ${name}`.includes(part)));
  if (!chosen.length) return;
  const title = file.replace('_spec.mjs', '');
  await with_server(tenant, async (server) => {
    for (const [name, test] of chosen) {
      if (!server.process) await server.start();
      await run_test(browser, server, tenant, `${title}: ${name}`, test);
    }
  }).catch((error) => {
    results.push({ name: `${title}: server`, seconds: 0, passed: false });
    console.log(`FAIL ${title}: ${error.message}`);
  });
}

async function finish() {
  for (const server of servers) await server.stop().catch(() => {});
  tenants.remove();
}
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => {
  console.log(`FAIL ended by ${signal}`);
  finish().then(() => process.exit(1));
});

for (const [path, what] of [[program, 'the server'], [`${site}/site.json`, 'the site']]) {
  if (existsSync(path)) continue;
  console.log(`FAIL ${what} is not built: ${path}`);
  console.log('0 passed, 1 failed');
  process.exit(1);
}
const browser = await launch_chromium();
const files = spec_files();
mkdirSync('build/screens', { recursive: true });
try {
  await Promise.all(Array.from({ length: workers }, async () => {
    for (let file = files.shift(); file; file = files.shift()) await run_spec(browser, file);
  }));
} finally {
  await browser.close();
  await finish();
}
const unsteady = results.filter((result) => result.unsteady);
for (const { name } of unsteady) console.log(`unsteady: ${name} passed at the second attempt only`);
if (unsteady.length > unsteady_max) for (const result of unsteady) result.passed = false;
const failed = results.filter((result) => !result.passed).length;
if (process.env.PORTAL_TEST_RESULTS) writeFileSync(process.env.PORTAL_TEST_RESULTS, JSON.stringify(results, null, 1));
console.log(`${results.length - failed} passed, ${failed} failed`);
// Nothing run is not a success.
process.exitCode = failed || !results.length ? 1 : 0;
