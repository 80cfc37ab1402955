// Work goes on while the server is away, and arrives when it is back.
import { is_kept_offline, until } from './checks.mjs';
import { Tab } from './portal.mjs';

const subject = 'Terminal in room two is dark';

// Where the service worker got the program from, as the browser's debugger tells it.
async function program_source(tab) {
  const session = await tab.context.newCDPSession(tab.page);
  let source = null;
  session.on('Network.responseReceived', ({ response }) => {
    if (/\/portal-[0-9a-f]+\.wasm$/.test(response.url)) source = response.serviceWorkerResponseSource ?? 'no worker';
  });
  await session.send('Network.enable');
  await tab.page.reload();
  await tab.ready();
  await session.detach();
  return source;
}

// As CSV: more than a replica's file has room for without growing.
function new_tickets() {
  const line = (index) => `FULL-${index},L-A1,,Printer ${index} is out,${'It is out of paper. '.repeat(190)},new,normal,integration,,U-S,${new Date().toISOString().slice(0, 19)}Z`;
  return `external_key,location,integration,subject,description,state,priority,category,requester,assignee,created_at\n${Array.from({ length: 1500 }, (_, index) => line(index)).join('\n')}\n`;
}

// The browser's own limit for this origin, until the function that is returned lifts it.
async function limit_storage(tab, quota_bytes) {
  const session = await tab.context.newCDPSession(tab.page);
  await session.send('Storage.overrideQuotaForOrigin', { origin: tab.server.base, quotaSize: quota_bytes });
  return () => session.detach();
}

export const tests = {
  'without a server the program comes from the cache that keeps its compiled code, else from the site\'s own': async ({ open, server, same }) => {
    const tab = await open();
    tab.expect_problem(/ERR_|502|503/);
    await tab.sign_in('owner');
    await tab.page.waitForFunction(is_kept_offline);
    await server.stop();
    same(await program_source(tab), 'http-cache', 'with the browser\'s copy');
    const session = await tab.context.newCDPSession(tab.page);
    await session.send('Network.clearBrowserCache');
    same(await program_source(tab), 'cache-storage', 'when the browser has thrown its copy away');
  },

  'a ticket filed while the server is stopped survives a reload and reaches server and colleague': async ({ open, server, check, same }) => {
    const [mine, colleague] = [await open(), await open()];
    for (const tab of [mine, colleague]) tab.expect_problem(/ERR_CONNECTION|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE|ERR_FAILED|502|503|ERR_NETWORK/);
    await mine.sign_in('owner');
    await colleague.sign_in('front_desk', '/tickets');
    await mine.page.waitForFunction(is_kept_offline);
    await server.stop();
    await mine.file_ticket(subject, 'It went dark at noon and stays so.');
    await mine.text('Numbered when sent').first().waitFor();
    await mine.page.reload();
    await mine.ready();
    await mine.role('heading', subject).waitFor();
    check(await mine.page.evaluate(() => crossOriginIsolated), 'isolated without a server');
    const { pathname } = new URL(mine.page.url());
    await mine.show('/sync');
    const file = await mine.download('Download edits');
    same(JSON.parse(file).map((edit) => edit.set.subject), [subject], 'the edits in the file');
    await mine.show(pathname);
    await server.start();
    const rows = await until(async () => {
      const found = await server.sql(`SELECT t.subject, t.number, u.email FROM ticket t JOIN user u ON u.id = t.requester WHERE t.subject = '${subject}'`);
      return found.length ? found : null;
    }, 'the ticket in the server database');
    same(rows.map((row) => row.email), ['otto.alder@practice-a.example'], 'filed once, by the owner');
    await colleague.role('link', new RegExp(subject)).first().waitFor({ timeout: 45_000 });
    await mine.text(`#${rows[0].number}`).first().waitFor();
    check(await mine.text('Numbered when sent').count() === 0, 'the ticket has its number on the device that filed it');
  },

  'a reply reaches the other browser without a reload': async ({ open, server }) => {
    const [owner, desk] = [await open(), await open()];
    await owner.sign_in('owner', '/tickets');
    await desk.sign_in('front_desk', '/tickets');
    for (const tab of [owner, desk]) await tab.role('link', /^Terminal prints twice/).click();
    const words = 'Restarted it twice, no change.';
    await owner.role('textbox', 'Your reply').fill(words);
    await owner.role('button', 'Send reply').click();
    await desk.text(words).first().waitFor();
    await until(async () => (await server.value(`SELECT COUNT(*) FROM message WHERE body = '${words}'`)) === 1, 'the reply in the server database');
  },

  // Last, because it leaves a long list of tickets behind.
  'a device out of space says so, stays readable, and goes on when there is space again': async ({ open_on_disk, server, check, same }) => {
    const tab = await open_on_disk();
    await tab.sign_in('owner', '/sync');
    const out_of_space = tab.text(/^This device is out of space/);
    const lift_limit = await limit_storage(tab, 1);
    // The server has news, which do not fit.
    await server.import_text('tickets', new_tickets());
    await tab.role('button', 'Sync now').click();
    await out_of_space.first().waitFor();
    const log = await tab.page.evaluate(() => globalThis.portal_client_log.entries().map((entry) => entry.message));
    await tab.role('button', /^Out of space/).first().waitFor();
    check(log.includes('storage_full'), `the log does not tell it: ${log}`);
    await tab.show('/tickets');
    await tab.role('link', /^Terminal prints twice/).first().waitFor();
    same(await tab.role('link', /^Printer \d+ is out/).count(), 0, 'tickets that did not fit');
    await lift_limit();
    await tab.show('/sync');
    await tab.role('button', 'Sync now').click();
    await out_of_space.first().waitFor({ state: 'detached' });
    await tab.show('/tickets');
    await tab.role('link', /^Printer \d+ is out/).first().waitFor();
  },
};
