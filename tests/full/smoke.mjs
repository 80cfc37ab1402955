// The smoke path in another engine than Chromium, against the real server and the built site.
//
//   node tests/full/smoke.mjs firefox | webkit        (tests/full/firefox and tests/full/webkit bring what it needs)
//
// Firefox keeps the replica on the device and must come up with the server stopped. WebKitGTK has no private files: it
// keeps the replica in memory, says so, and gets everything from the server after a reload.
import { mkdirSync, writeFileSync } from 'node:fs';
import { bounded, check, is_kept_offline } from '../web/checks.mjs';
import { closed, money, month_from, net_sql, open_tickets_sql, shows } from '../web/figures.mjs';
import { password, people, scratch_folder, Server, Tenants } from '../web/server.mjs';
import { Tab, until } from './browser.mjs';

const engine_name = process.argv[2];
const engines = {
  firefox: async () => (await import('./firefox.mjs')).open_firefox(),
  webkit: async () => (await import('./webkit.mjs')).open_webkit(),
};
if (!engines[engine_name]) throw new Error('wanted: firefox or webkit');
const keeps_files = engine_name === 'firefox';
const test_ms_max = 180_000;
const subject = 'Terminal in room two is dark';
const reply = 'It came back after a restart.';

const steps = {
  'signs in by the form': async (tab) => {
    await tab.engine.go(`${tab.base}/sign-in`);
    await tab.fill('textbox', 'E-mail', people.owner.email);
    await tab.engine.fill_field('#password', password);
    await tab.click('button', 'Sign in');
    await tab.ready();
    const kept = await tab.engine.evaluate(() => typeof navigator.storage?.getDirectory === 'function');
    check(kept === keeps_files, `private files: ${kept}`);
    const isolated = await tab.engine.evaluate(() => crossOriginIsolated);
    check(isolated, 'the page is isolated');
  },

  'figures by role and name equal SQL on the server': async (tab, server) => {
    const net = await server.value(net_sql(month_from, closed));
    check(net > 0, 'the fixture has volume');
    const figure = await tab.find('button', /^Net financed volume, \$/);
    check(shows(figure.name, net), `the figure says ${figure.name}, SQL says ${money(net)}`);
    const tickets = await server.value(open_tickets_sql);
    await tab.find('button', `Open tickets, ${tickets}`);
    await tab.engine.click(figure.handle);
    await tab.find('dialog', /^Net financed volume/);
    await tab.text(money(net));
    await tab.engine.press('Escape');
    await until(() => tab.engine.evaluate(() => !document.querySelector('#mirror [role="dialog"]')), () => 'the passport closed');
  },

  'a ticket filed here is in the server database': async (tab, server) => {
    await tab.click('link', 'Tickets');
    await tab.click('button', 'File ticket');
    await tab.fill('textbox', 'Subject', subject);
    await tab.fill('textbox', 'What happened?', 'It went dark at noon, says the café.');
    await tab.click('button', 'File ticket');
    await tab.find('heading', subject);
    const [row] = await until(async () => {
      const rows = await server.sql(`SELECT t.number, t.description FROM ticket t JOIN user u ON u.id = t.requester
        WHERE t.subject = '${subject}' AND u.email = '${people.owner.email}'`);
      return rows.length ? rows : null;
    }, () => 'the ticket in the server database');
    check(row.description === 'It went dark at noon, says the café.', `the description is ${row.description}`);
    await tab.text(`#${row.number}`);
  },

  ...(keeps_files ? {
    'reloads with the server stopped, and takes a reply': async (tab, server) => {
      await until(() => tab.engine.evaluate(is_kept_offline), 'the site kept for use without a network');
      await server.stop();
      await tab.reload();
      await tab.find('heading', subject);
      check(await tab.engine.evaluate(() => crossOriginIsolated), 'isolated without a server');
      await tab.fill('textbox', 'Your reply', reply);
      await tab.click('button', 'Send reply');
      await tab.text(reply);
      await tab.reload();
      await tab.text(reply);
      await server.start();
      await until(async () => (await server.value(`SELECT COUNT(*) FROM message WHERE body = '${reply}'`)) === 1, () => 'the reply in the server database');
    },
  } : {
    'says that nothing is saved here, and has the ticket again after a reload': async (tab) => {
      await tab.find('button', 'Not saved on this device');
      await tab.reload();
      await tab.find('heading', subject);
      await tab.find('button', 'Not saved on this device');
    },
  }),

  'wrote no error': async (tab) => {
    const entries = await tab.client_log();
    check(entries.length === 0, `the client log has ${JSON.stringify(entries)}`);
    const problems = tab.engine.problems.filter((text) => !tab.expected_problem?.test(text));
    check(problems.length === 0, problems.join('\n    '));
  },
};

const results = [];
const tenants = new Tenants(scratch_folder());
let server = null;
let engine = null;
mkdirSync('build/screens', { recursive: true });
try {
  server = new Server(await tenants.copy('fixture'));
  await server.start();
  engine = await bounded(engines[engine_name](), test_ms_max);
  const tab = new Tab(engine, server.base);
  // One session from beginning to end: what follows a failed step cannot hold.
  for (const [name, step] of Object.entries(steps)) {
    const start_ms = Date.now();
    let failure = null;
    try {
      await bounded(step(tab, server), test_ms_max);
    } catch (error) {
      failure = error;
    }
    const seconds = (Date.now() - start_ms) / 1000;
    results.push({ name: `${engine_name}: ${name}`, seconds, passed: failure === null });
    console.log(`${failure ? 'FAIL' : 'ok  '} ${seconds.toFixed(1).padStart(5)} s  ${name}${failure ? `\n    ${failure.stack}` : ''}`);
    await bounded(engine.screenshot(`build/screens/${engine_name}-${results.length}.png`), 20_000).catch(() => {});
    if (!failure) continue;
    console.log(`    client log: ${JSON.stringify(await bounded(tab.client_log(), 10_000).catch(() => null))}\n    ${engine.problems.join('\n    ')}`);
    break;
  }
} catch (error) {
  results.push({ name: `${engine_name}: starts`, seconds: 0, passed: false });
  console.log(`FAIL ${error.stack}`);
} finally {
  await engine?.close();
  await server?.stop().catch(() => {});
  tenants.remove();
}
if (process.env.PORTAL_TEST_RESULTS) writeFileSync(process.env.PORTAL_TEST_RESULTS, JSON.stringify(results, null, 1));
const passed = results.filter((result) => result.passed).length;
console.log(`${passed} passed, ${results.length - passed} failed`);
process.exit(passed === Object.keys(steps).length ? 0 : 1);
