// Leads of a pitch: kept on the machine, taken away as a file, and wiped without a trace.
import { until } from './checks.mjs';

async function show_preflight(tab, server) {
  await tab.page.goto(`${server.base}/demo?as=auditor#/pitch`);
  await tab.text('All of them are here').waitFor();
}

async function fill_lead(tab, email) {
  await tab.role('textbox', 'Practice').fill('Peña Dental');
  await tab.role('textbox', 'Whom to call').fill('Ada Núñez');
  await tab.role('textbox', 'E-mail').fill(email);
  await tab.role('button', 'Keep this lead').click();
}

// Everything that the page's origin keeps, as one text.
const everything_kept = async () => {
  const texts = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), document.cookie, location.href, JSON.stringify(history.state)];
  for (const { name } of await indexedDB.databases()) texts.push(name);
  const walk = async (folder) => {
    for await (const entry of folder.values()) {
      if (entry.kind === 'directory') await walk(entry);
      else texts.push(entry.name, await (await entry.getFile()).text());
    }
  };
  await walk(await navigator.storage.getDirectory());
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys()) texts.push(request.url);
  return texts.join('\n');
};

export const tests = {
  'a lead is kept over a reload, taken as a file, and wiped with file and what-if': async ({ open, server, check, same }) => {
    const tab = await open();
    await show_preflight(tab, server);
    await fill_lead(tab, 'nobody');
    await tab.text('Check the e-mail.').waitFor();
    await tab.role('textbox', 'E-mail').fill('ada@pena.example');
    await tab.role('button', 'Keep this lead').click();
    await tab.text('1 lead waits on this machine').waitFor();
    await tab.page.reload();
    await tab.text('1 lead waits on this machine').waitFor();
    const csv = await tab.download('Take the leads as a file');
    check(csv.includes('Peña Dental') && csv.includes('ada@pena.example'), csv);
    await tab.role('button', 'Their own numbers').click();
    const [chooser] = await Promise.all([tab.page.waitForEvent('filechooser'), tab.role('button', 'Choose a file').click()]);
    await chooser.setFiles('tests/data/pitch/payments.csv');
    await tab.text(/^160 cases/).waitFor();
    await tab.page.keyboard.press('Escape');
    check((await tab.page.evaluate(everything_kept)).includes('ada@pena.example'), 'the lead is kept before');
    await tab.role('button', 'Wipe leads, file and what-if').click();
    await tab.text('Wiped: nothing of the pitch is left on this machine.').waitFor();
    await tab.text('0 leads wait on this machine').waitFor();
    const kept = await tab.page.evaluate(everything_kept);
    same(['ada@', 'Peña', 'Núñez', 'payments.csv', 'Crown', 'portal-pitch:'].filter((part) => kept.includes(part)), [], 'what is left');
    await tab.role('button', 'Their own numbers').click();
    await tab.role('heading', 'Their report').waitFor();
    await until(async () => await tab.text(/^160 cases/).count() === 0, 'the what-if is gone');
    await tab.page.reload();
    await tab.role('heading', 'Their report').waitFor();
    check(await tab.text('payments.csv').count() === 0, 'nothing comes back');
  },
};
