// Bytes of the replica's file change between two visits, as on a disk that fails, or there is no room for more: what is
// wrong is said, the edits are offered as a file, and the rows come from the server again.
import { is_kept_offline, until } from './checks.mjs';
import { beside_portal, check_same_rows, fresh_page, with_replica } from './replica_files.mjs';

const damaged = /^The copy on this device was damaged/;
const out_of_space = /^This device is out of space/;

// In a page: turns every bit of that piece of the replica's file.
async function turn_bits({ at, size }) {
  const root = await (await navigator.storage.getDirectory()).getDirectoryHandle('partner-portal');
  for await (const folder of root.values()) {
    if (folder.kind !== 'directory') continue;
    for await (const file of folder.values()) {
      if (!/^replica-\d+$/.test(file.name)) continue;
      const bytes = new Uint8Array(await (await file.getFile()).slice(at, at + size).arrayBuffer());
      const writable = await file.createWritable({ keepExistingData: true });
      await writable.write({ type: 'write', position: at, data: bytes.map((byte) => byte ^ 0xff) });
      await writable.close();
    }
  }
}

// The first page of that table's rows.
async function damage(tab, table) {
  const place = await with_replica(tab, 'before the damage', (ask) => {
    const [{ page_size: size }] = ask('PRAGMA page_size');
    const [{ rootpage }] = ask(`SELECT rootpage FROM sqlite_schema WHERE name = '${table}'`);
    return { at: (rootpage - 1) * size, size };
  });
  await beside_portal(tab, turn_bits, place);
}

const subjects_in = (file) => JSON.parse(file).map((edit) => edit.set.subject);

// The browser has no room for what the store writes from now on.
const fill_device = () => {
  FileSystemSyncAccessHandle.prototype.write = () => { throw new DOMException('no room', 'QuotaExceededError'); };
};

async function sign_in_to_stay(tab) {
  tab.expect_problem(/ERR_|502|503/);
  await tab.sign_in('owner');
  await tab.page.waitForFunction(is_kept_offline);
  await tab.role('button', /^Up to date/).first().waitFor();
}

export const tests = {
  'a copy that was damaged between two visits is told, its edits are a file, and the server has the rows': async ({ open_on_disk, server, check, same }) => {
    const tab = await open_on_disk();
    const subject = 'Filed before the damage';
    await sign_in_to_stay(tab);
    await server.stop();
    await tab.file_ticket(subject, 'The server does not get it yet.');
    await tab.page.close();
    await server.start();
    await damage(tab, 'base_ticket');
    await server.stop();
    await fresh_page(tab);
    await tab.page.goto(server.base);
    await tab.text(damaged).first().waitFor();
    same(await tab.text('No open tickets').count(), 0, 'rows that were read up to the damage');
    same(subjects_in(await tab.download('Download edits')), [subject], 'the edits in the file');
    const log = await tab.page.evaluate(() => globalThis.portal_client_log.entries().map((entry) => entry.message));
    check(log.some((text) => /damaged and was set aside; edits saved from it: 1/.test(text)), `the log says ${log}`);
    await server.start();
    await tab.go('/tickets?tab=all');
    await tab.role('link', /^Terminal prints twice/).first().waitFor();
    await until(async () => await server.value(`SELECT count(*) FROM ticket WHERE subject = '${subject}'`) === 1, 'the edit on the server');
    await tab.role('button', /^Up to date/).first().waitFor();
    same(await tab.text(damaged).count(), 0, 'the notice when the rows are there again');
    await tab.page.close();
    await with_replica(tab, 'loaded again', (ask) => check_same_rows(ask, server, 'loaded again'));
    same(await server.value(`SELECT count(*) FROM ticket WHERE subject = '${subject}'`), 1, 'tickets of that edit');
  },

  'a device without room offers the edits that it holds as a file': async ({ open, server, same }) => {
    const tab = await open();
    await sign_in_to_stay(tab);
    await server.stop();
    await tab.file_ticket('Filed while there was room', 'It waits for the server.');
    await tab.page.workers()[0].evaluate(fill_device);
    await tab.page.keyboard.press('n');
    await tab.role('textbox', 'Subject').fill('Filed without room');
    await tab.role('textbox', 'What happened?').fill('It waits for room.');
    await tab.role('button', 'File ticket').last().click();
    await tab.role('button', /^Out of space/).first().click();
    await tab.text(out_of_space).first().waitFor();
    same(subjects_in(await tab.download('Download edits')), ['Filed while there was room', 'Filed without room'], 'the edits in the file');
  },
};
