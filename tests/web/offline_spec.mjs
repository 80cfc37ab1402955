// Work goes on while the server is away, and arrives when it is back.
import { until } from './checks.mjs';
import { Tab } from './portal.mjs';

const subject = 'Terminal in room two is dark';

async function file_ticket(tab, title) {
  await tab.page.keyboard.press('n');
  await tab.role('textbox', 'Subject').fill(title);
  await tab.role('textbox', 'What happened?').fill('It went dark at noon and stays so.');
  await tab.role('button', 'File ticket').last().click();
  await tab.role('heading', title).waitFor();
}

const served_offline = (tab) => tab.page.waitForFunction(async () =>
  (await navigator.serviceWorker.getRegistration())?.active?.state === 'activated' && (await caches.keys()).length > 0);

export const tests = {
  'a ticket filed while the server is stopped survives a reload and reaches server and colleague': async ({ open, server, check, same }) => {
    const [mine, colleague] = [await open(), await open()];
    for (const tab of [mine, colleague]) tab.expect_problem(/ERR_CONNECTION|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE|ERR_FAILED|502|503|ERR_NETWORK/);
    await mine.sign_in('owner');
    await colleague.sign_in('front_desk', '/tickets');
    await served_offline(mine);
    await server.stop();
    await file_ticket(mine, subject);
    await mine.text('Numbered when sent').first().waitFor();
    await mine.page.reload();
    await mine.ready();
    await mine.role('heading', subject).waitFor();
    check(await mine.page.evaluate(() => crossOriginIsolated), 'isolated without a server');
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
};
