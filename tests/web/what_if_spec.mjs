// The prospect's own file in the pitch: read in the page, understood, counted, and sent nowhere.
import { readFileSync } from 'node:fs';
import { until } from './checks.mjs';

async function show_what_if(tab, server, persona = 'Veterinary') {
  await tab.page.goto(`${server.base}/demo?as=auditor#/pitch`);
  await tab.text('All of them are here').waitFor();
  await tab.role('tab', persona).click();
  await tab.role('button', 'Their own numbers').click();
  await tab.role('heading', 'Their report').waitFor();
}

async function give(tab, file) {
  const [chooser] = await Promise.all([tab.page.waitForEvent('filechooser'), tab.role('button', 'Choose a file').click()]);
  await chooser.setFiles(file);
}

const volume = (tab) => tab.role('region', 'Financed volume').innerText();

export const tests = {
  'a report gives volume, cost and ranges by plan and size; no request leaves': async ({ open, server, check, same }) => {
    const tab = await open();
    await show_what_if(tab, server);
    const asked = [];
    tab.page.on('request', (request) => { if (!/^(data|blob):/.test(request.url())) asked.push(`${request.method()} ${request.url()}`); });
    await tab.page.evaluate(() => {
      for (const name of ['fetch', 'open']) {
        const owner = name === 'fetch' ? globalThis : XMLHttpRequest.prototype;
        const former = owner[name];
        owner[name] = function (...rest) { (globalThis.left_the_page ??= []).push(String(rest[0]?.url ?? rest[0])); return former.apply(this, rest); };
      }
      navigator.sendBeacon = (to) => { (globalThis.left_the_page ??= []).push(String(to)); return true; };
    });
    await give(tab, 'tests/data/pitch/payments.csv');
    await tab.text(/^160 cases from Jan \d, 2026 to .*2026, \$/).waitFor();
    await tab.text('1 row without an amount above zero left out').waitFor();
    await tab.text('Line 163: no day in its column').waitFor();
    await tab.text('Line 164: no amount in its column').waitFor();
    const first = await volume(tab);
    check(/\$[\d.]+K[\s\S]*\$[\d.]+K to \$[\d.]+K/.test(first), `volume with its range: ${first}`);
    for (const [name, range] of [['Merchant fees', /\$[\d.]+K[\s\S]*\$[\d.]+K to \$[\d.]+K/], ['Approval rate', /\d%[\s\S]*% to \d+\.\d%/], ['Pull-through', /\d%[\s\S]*% to \d+\.\d%/]]) {
      const figure = await tab.role('region', name).innerText();
      check(range.test(figure), `${name} with its range: ${figure}`);
    }
    await tab.role('table', 'First rows').waitFor();
    await tab.role('table', 'By size of case').waitFor();
    await tab.role('table', 'By plan').waitFor();
    await tab.role('group', /^Each bar moves one assumption/).waitFor();
    await tab.text('Interest will be charged from the purchase date').first().waitFor();
    await tab.role('textbox', 'Approval rate').fill('30');
    await until(async () => await volume(tab) !== first, 'an assumption moves the figure');
    await tab.role('textbox', 'Approval rate').fill('300');
    await tab.text('A share of 0 to 100 per cent').waitFor();
    await tab.role('button', 'As at first').click();
    await until(async () => await volume(tab) === first, 'the assumptions are as at first');
    same(asked, [], 'requests of the browser');
    same(await tab.page.evaluate(() => globalThis.left_the_page ?? []), [], 'what the page asked for');
    same(await tab.page.evaluate(() => Object.entries(localStorage).filter(([, value]) => /payments|Crown|4001/.test(value))), [], 'what of the file is kept');
  },

  'a state that bars deferred interest from being arranged leaves it out, and the law is named': async ({ open, server, check }) => {
    const tab = await open();
    await show_what_if(tab, server, 'Dental');
    await give(tab, 'tests/data/pitch/payments.csv');
    const promised = () => tab.text('Interest will be charged from the purchase date').count();
    await until(promised, 'deferred interest is among the offers');
    const anywhere = await volume(tab);
    await tab.role('combobox', 'State of the practice').click();
    await tab.role('option', 'California').click();
    await tab.text(/^In California this kind of practice may not arrange deferred interest \(Business and Professions Code/).waitFor();
    check(await promised() === 0, 'no offer is of deferred interest');
    check(await volume(tab) !== anywhere, 'nor is the volume');
    const html = await tab.download('Save the leave-behind');
    check(html.includes('In California this kind of practice') && !html.includes('Interest will be charged'), 'nor what is left behind');
    await tab.role('button', 'As at first').click();
    await until(async () => await volume(tab) === anywhere, 'as at first');
  },

  'what is left behind opens from a disk by itself and says what the screen says': async ({ open, server, check, same }) => {
    const tab = await open();
    await show_what_if(tab, server);
    await give(tab, 'tests/data/pitch/payments.csv');
    await tab.text(/^160 cases/).waitFor();
    const figure = (await volume(tab)).match(/\$[\d.]+K/)[0];
    const html = await tab.download('Save the leave-behind');
    const reader = await open({ javaScriptEnabled: false, offline: true });
    const asked = [];
    reader.page.on('request', (request) => { if (!request.url().startsWith('data:')) asked.push(request.url()); });
    await reader.page.setContent(html);
    const seen = await reader.page.locator('body').innerText();
    for (const said of [figure, 'Demo data', 'SHA-256', 'Interest will be charged from the purchase date', 'Definition'])
      check(seen.includes(said), `it says ${said}`);
    check(!/payments\.csv|Crown/.test(html), 'nothing of the file is in it');
    same(asked, [], 'requests');
  },

  'other encodings, other decimals; hostile files are refused or counted': async ({ open, server, check }) => {
    const tab = await open();
    await show_what_if(tab, server);
    await give(tab, 'tests/data/pitch/production.csv');
    await tab.text(/^90 cases from Sep \d, 2025/).waitFor();
    await give(tab, 'tests/data/pitch/hostile.csv');
    await tab.text(/^4\d cases from/).waitFor();
    await tab.text(/rows could not be read/).waitFor();
    await give(tab, { name: 'wide.csv', mimeType: 'text/csv', buffer: Buffer.from(`date${',x'.repeat(1_000_000)}\n`) });
    await tab.text('The file has more columns than a report').waitFor();
    await give(tab, { name: 'book.csv', mimeType: 'text/csv', buffer: Buffer.from('PK\x03\x04 and so on') });
    await tab.text('This is no text').waitFor();
    await give(tab, { name: 'empty.csv', mimeType: 'text/csv', buffer: Buffer.alloc(0) });
    await tab.text('The file is empty').waitFor();
    await give(tab, { name: 'large.csv', mimeType: 'text/csv', buffer: Buffer.alloc(9 << 20, 'a,b\n') });
    await tab.text('The file is too large').waitFor();
    // No row tells what is meant: it is asked, and the choice counts.
    await give(tab, { name: 'either.csv', mimeType: 'text/csv', buffer: Buffer.from('date,amount\n03/04/2026,400.00\n05/06/2026,500.00\n') });
    await tab.text(/^No row tells whether 03\/04\/2026/).waitFor();
    await tab.text(/^2 cases from Mar 4, 2026 to May 6, 2026/).waitFor();
    await tab.settle();
    await tab.role('combobox', 'Order of month and day').click();
    await tab.role('option', 'Day first: Apr 3, 2026').click();
    await tab.text(/^2 cases from Apr 3, 2026 to Jun 5, 2026/).waitFor();
    // Dropping does the same as choosing.
    const payments = readFileSync('tests/data/pitch/payments.csv', 'utf8');
    await tab.page.evaluate((text) => {
      const data = new DataTransfer();
      data.items.add(new File([text], 'dropped.csv', { type: 'text/csv' }));
      const canvas = document.getElementById('canvas');
      for (const kind of ['dragenter', 'dragover', 'drop']) canvas.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
    }, payments);
    await tab.text('dropped.csv').waitFor();
    check(await tab.text(/^160 cases/).count() === 1, 'the dropped file is read');
  },
};
