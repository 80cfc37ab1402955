// What goes wrong is kept in a bounded log on the device, without row values, and told to the server only with consent.
import { until, with_clipboard } from './checks.mjs';

const reports_of = (server) => server.log.split('\n').filter((line) => line.includes('client_report'));
const gather_ms = 2_000;  // web/reports.js

// A tab that notes which reports it sends.
async function watched(open) {
  const tab = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
  tab.sent = [];
  tab.page.on('request', (request) => { if (request.url().endsWith('/client-reports')) tab.sent.push(request); });
  return tab;
}

async function lose_graphics(tab) {
  await tab.page.evaluate(() => {
    globalThis.losing = document.getElementById('canvas').getContext('webgl2').getExtension('WEBGL_lose_context');
    globalThis.losing.loseContext();
  });
  await tab.page.waitForFunction(() => globalThis.portal_diagnostics.graphics_are_lost);
  await tab.page.evaluate(() => globalThis.losing.restoreContext());
  await tab.page.waitForFunction(() => !globalThis.portal_diagnostics.graphics_are_lost);
}

const kinds = (tab) => tab.page.evaluate(() => globalThis.portal_client_log.entries().map((entry) => entry.kind));

// The next pull gets an answer that is none.
async function reject_a_pull(tab) {
  let rejected = 0;
  await tab.page.route('**/api/v1/sync/pull', async (route) => {
    rejected++;
    await route.fulfill({ status: 200, contentType: 'application/x-ndjson', body: '{"k":"begin","secret":"Otto Alder"' });
  });
  // A page that opens pulls by itself.
  await tab.go('/sync');
  await until(async () => (await kinds(tab)).includes('pull_page'), 'the rejected pull in the local log');
  await tab.page.unroute('**/api/v1/sync/pull');
  if (!rejected) throw new Error('no pull was rejected');
}

export const tests = {
  'lost graphics and a rejected pull are in the copied diagnostics; without consent nothing is sent': async ({ open, server, check, same }) => {
    const tab = await watched(open);
    await tab.sign_in('owner');
    await lose_graphics(tab);
    await reject_a_pull(tab);
    await tab.go('/profile');
    check(await tab.role('checkbox', 'Send error reports').getAttribute('aria-checked') === 'false', 'nobody has consented');
    const copied = await with_clipboard(async () => {
      await tab.role('button', 'Copy diagnostics').click();
      return until(() => tab.page.evaluate(() => navigator.clipboard.readText().then((text) => text.includes('storage: ') && text)), 'something on the clipboard');
    });
    for (const part of ['graphics: context lost', 'pull_page: ', 'storage: durable'])
      check(copied.includes(part), `the diagnostics have no "${part}":\n${copied}`);
    check(!/Otto|Alder|practice-a/.test(copied), `the diagnostics hold values:\n${copied}`);
    await tab.page.waitForTimeout(2 * gather_ms);
    same([tab.sent.length, reports_of(server).length], [0, 0], 'reports sent and received');
  },

  'with consent the server is told, and told no values': async ({ open, server, check, same }) => {
    const tab = await watched(open);
    await tab.sign_in('owner', '/profile');
    await tab.role('checkbox', 'Send error reports').click();
    await tab.page.waitForFunction(() => localStorage.getItem('portal:reports') === 'yes');
    await lose_graphics(tab);
    // What a page that is left still sends may get lost, so it stays until this is there.
    await until(() => reports_of(server).some((line) => line.includes('graphics')), 'the report of the lost graphics');
    await reject_a_pull(tab);
    const lines = await until(() => {
      const received = reports_of(server);
      return received.some((line) => line.includes('graphics')) && received.some((line) => line.includes('pull_page')) && received;
    }, 'both reports in the server log');
    const user = await server.value("SELECT id FROM user WHERE email = 'otto.alder@practice-a.example'");
    check(lines.every((line) => line.includes(user)), 'the server knows whose browser it was');
    check(!/secret|Otto Alder/.test(lines.join('\n')), `the reports hold values:\n${lines.join('\n')}`);
    same([...new Set(tab.sent.map((request) => request.headers()['x-portal-request']))], ['1'], 'the header that proves our own page');
    // Taken back: what happens now stays here.
    await tab.go('/profile');
    await tab.role('checkbox', 'Send error reports').click();
    await tab.page.waitForFunction(() => localStorage.getItem('portal:reports') === 'no');
    const before = tab.sent.length;
    await lose_graphics(tab);
    await tab.page.waitForTimeout(2 * gather_ms);
    same(tab.sent.length, before, 'reports after consent was taken back');
  },

  'a trap in the store thread stops the page in words and is in the log': async ({ open, check }) => {
    const tab = await open();
    tab.expect_problem(/worker sent an error|unreachable|page error/);
    await tab.sign_in('owner');
    const workers = tab.page.workers();
    check(workers.length > 0, 'the store has a thread');
    // An instruction that traps, run by the engine as one of the program's own would be.
    await workers[0].evaluate(() => {
      const trap = new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 5, 1, 3, 0, 0, 11]));
      setTimeout(() => new WebAssembly.Instance(trap).exports.f(), 0);
    });
    await tab.page.getByRole('heading', { name: 'The portal stopped.' }).waitFor();
    check((await kinds(tab)).includes('error'), `the log has ${await kinds(tab)}`);
  },

  'the log is bounded, and leaves out whatever a message quotes': async ({ open, same, check }) => {
    const tab = await open();
    await tab.sign_in('owner');
    const [entries, lines] = await tab.page.evaluate(() => {
      const log = globalThis.portal_client_log;
      for (let i = 0; i < 500; i++) log.add('flood', `number ${i % 90}`);
      log.add('same', 'again');
      log.add('same', 'again');
      log.add('odd Kind!', 'near "Ana Diaz" of \'4111 1111\', ana@practice.example, 4111111111111111, it can\'t');
      return [log.entries(), log.lines()];
    });
    same(entries.length, 50, 'entries kept');
    same(entries.at(-1).kind, 'odd_kind_', 'a kind is a word');
    check(/again \(2 times\)$/.test(lines.at(-2)), lines.at(-2));
    check(!/Ana|Diaz|4111|practice/.test(lines.at(-1)) && lines.at(-1).includes("it can't"), lines.at(-1));
  },
};
