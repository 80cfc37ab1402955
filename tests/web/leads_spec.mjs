// Leads of a pitch: kept on the machine, taken away as a file, and wiped without a trace.
import { is_kept_offline, until } from './checks.mjs';

const no_server = /ERR_CONNECTION|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE|ERR_FAILED|502|503|ERR_NETWORK/;

// High enough for the whole card, whatever it says: nothing has to be scrolled to.
const whole_card = { viewport: { width: 1280, height: 1400 } };

async function show_preflight(tab, server) {
  await tab.page.goto(`${server.base}/demo?as=auditor#/pitch`);
  await tab.text('All of them are here').waitFor();
}

// The card moves when a sentence comes: a press goes where the button stands then.
async function press(tab, name) {
  await tab.settle();
  await tab.role('button', name).click();
}

async function fill_lead(tab, email) {
  await tab.role('textbox', 'Practice').fill('Peña Dental');
  await tab.role('textbox', 'Whom to call').fill('Ada Núñez');
  await tab.role('textbox', 'E-mail').fill(email);
  await press(tab, 'Keep this lead');
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
    const tab = await open(whole_card);
    await show_preflight(tab, server);
    await fill_lead(tab, 'nobody');
    await tab.text('Check the e-mail.').waitFor();
    await tab.role('textbox', 'E-mail').fill('ada@pena.example');
    await press(tab, 'Keep this lead');
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
    await press(tab, 'Wipe leads, file and what-if');
    await tab.text(/^Wiped: nothing of the pitch is left on this machine. Removed: 1 lead, 1 file and the what-if of it. Looked for their words in \d+ entries, \d+ MB/).waitFor();
    await tab.text('0 leads wait on this machine').waitFor();
    check(await tab.role('button', 'Wipe leads, file and what-if').getAttribute('aria-disabled') === 'true', 'there is nothing more to wipe');
    const kept = await tab.page.evaluate(everything_kept);
    same(['ada@', 'Peña', 'Núñez', 'payments.csv', 'Crown', 'portal:pitch-'].filter((part) => kept.includes(part)), [], 'what is left');
    await tab.role('button', 'Their own numbers').click();
    await tab.role('heading', 'Their report').waitFor();
    await until(async () => await tab.text(/^160 cases/).count() === 0, 'the what-if is gone');
    await tab.page.reload();
    await tab.role('heading', 'Their report').waitFor();
    check(await tab.text('payments.csv').count() === 0, 'nothing comes back');
  },

  'what another page of the site has kept of a lead is found wherever it lies, and no program file is taken for it': async ({ open, server, check }) => {
    const tab = await open(whole_card);
    await show_preflight(tab, server);
    const wipe = tab.role('button', 'Wipe leads, file and what-if');
    check(await wipe.getAttribute('aria-disabled') === 'true', 'without anything there is nothing to wipe');
    const places = {
      'local storage': () => localStorage.setItem('stray', 'to ada@pena.example'),
      'session storage': () => sessionStorage.setItem('stray', 'Peña Dental'),
      database: () => new Promise((resolve, reject) => {
        const opened = indexedDB.open('stray', 1);
        opened.onupgradeneeded = () => opened.result.createObjectStore('rows').put({ about: new Map([['who', 'ada@pena.example']]) }, 1);
        opened.onsuccess = () => { opened.result.close(); resolve(); };
        opened.onerror = () => reject(opened.error);
      }),
      cache: async () => (await caches.open('stray')).put('/stray', new Response('Ada Núñez')),
      'private files': async () => {
        const file = await (await navigator.storage.getDirectory()).getFileHandle('stray.bin', { create: true });
        const writer = await file.createWritable();
        await writer.write(new Uint8Array(16_000_000 - 5));
        await writer.write('ada@pena.example');
        await writer.close();
      },
    };
    const clear = async () => {
      localStorage.removeItem('stray');
      sessionStorage.removeItem('stray');
      await new Promise((resolve) => { indexedDB.deleteDatabase('stray').onsuccess = resolve; });
      await caches.delete('stray');
      await (await navigator.storage.getDirectory()).removeEntry('stray.bin').catch(() => {});
    };
    for (const [place, put] of Object.entries(places)) {
      await fill_lead(tab, 'ada@pena.example');
      await tab.text('1 lead waits on this machine').waitFor();
      await tab.page.evaluate(put);
      await press(tab, 'Wipe leads, file and what-if');
      await until(() => tab.text(/^The browser kept something/).count(), `what is left in ${place} is found`);
      await tab.page.evaluate(clear);
    }
    // A lead whose name stands in the program's own texts.
    await tab.role('textbox', 'Note').fill('Willow Creek Animal Hospital');
    await fill_lead(tab, 'ada@pena.example');
    await tab.text('1 lead waits on this machine').waitFor();
    await press(tab, 'Wipe leads, file and what-if');
    await tab.text(/^Wiped: nothing of the pitch is left/).waitFor();
  },

  'what a pitch has left is sent from the portal, waits there without a server, is there once, and leaves the machine then': async ({ open, server, check, same }) => {
    const tab = await open(whole_card);
    tab.expect_problem(no_server);
    await show_preflight(tab, server);
    await fill_lead(tab, 'ada@pena.example');
    await tab.text('1 lead waits on this machine').waitFor();
    const kept = () => tab.page.evaluate(() => localStorage.getItem('portal:pitch-leads'));
    // Whoever has no book is not asked.
    await tab.sign_in('front_desk');
    same(await tab.role('heading', /of a pitch/).count(), 0, 'notices for the front desk');
    check((await kept()).includes('ada@pena.example'), 'the lead stays for who may take it');
    await tab.role('button', 'Profile menu').click();
    await tab.role('menuitem', 'Sign out').click();
    await tab.page.waitForURL(/sign-in/);
    await tab.sign_in('manager');
    const notice = tab.role('heading', '1 lead of a pitch waits on this machine');
    await notice.waitFor();
    await press(tab, 'Look');
    await tab.text('ada@pena.example').first().waitFor();
    await tab.page.waitForFunction(is_kept_offline);
    await server.stop();
    await press(tab, 'Send');
    await notice.waitFor({ state: 'detached' });
    await tab.text('Waiting to be sent').first().waitFor();
    check((await kept()).includes('ada@pena.example'), 'the machine keeps what the server has not');
    await tab.page.reload();
    await tab.ready();
    await tab.text('Waiting to be sent').first().waitFor();
    same(await notice.count(), 0, 'it is not offered again');
    await server.start();
    await until(async () => await kept() === null, 'the machine lets go of what the server has');
    same(await server.sql('SELECT name, contact, email, book FROM prospect'), [{ name: 'Peña Dental', contact: 'Ada Núñez', email: 'ada@pena.example', book: 'BOOK-1' }], 'what the server has');
    same((await tab.exported_rows()).map(({ name, email }) => [name, email]), [['Peña Dental', 'ada@pena.example']], 'the exported rows');
    // Noted down once more and wiped: what was sent is the account's, and is said to be.
    await show_preflight(tab, server);
    await fill_lead(tab, 'ada@pena.example');
    await tab.text('1 lead waits on this machine').waitFor();
    await press(tab, 'Wipe leads, file and what-if');
    await tab.text(/^Wiped: of the pitch itself nothing is left on this machine. What was sent from the portal is in the data of the account/).waitFor();
  },

  'the card on a phone, dark and in Spanish': async ({ open, server, check, same }) => {
    const tab = await open({ viewport: { width: 390, height: 1800 }, colorScheme: 'dark', locale: 'es-MX' });
    await tab.page.goto(`${server.base}/demo?as=auditor#/pitch`);
    await tab.text('Están todas aquí').waitFor();
    await tab.role('textbox', 'Consulta').fill('Peña Dental');
    await tab.role('textbox', 'Correo electrónico').fill('ada@pena.example');
    await press(tab, 'Guardar este contacto');
    await tab.text('1 contacto espera en este equipo').waitFor();
    await press(tab, 'Borrar contactos, archivo y cálculo');
    await tab.text(/^Borrado: nada de la presentación queda en este equipo. Se quitaron 1 contacto, 0 archivos/).waitFor();
    same(await tab.axe(), [], 'violations');
    check(await tab.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing stands out at the side');
  },
};
