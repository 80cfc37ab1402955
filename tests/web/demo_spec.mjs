// The demo: the whole program over invented practices, without an account, a server or a network; also as one file.
import { execFile } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { is_demo_kept, is_kept_offline, until } from './checks.mjs';
import { step_count, walk_steps } from './pitch_steps.mjs';
import { scratch_folder, site } from './server.mjs';

async function choose(tab, role) {
  await tab.role('heading', 'Try the portal as').waitFor();
  await tab.settle();
  await tab.role('button', new RegExp(`^${role}`)).first().click();
  await tab.page.waitForFunction(() => location.search.includes('as='));
  await tab.ready();
}

// Nothing but the page itself and its own files; of a page from a disk nothing at all.
function watch_requests(tab) {
  const asked = [];
  tab.page.on('request', (request) => { if (!/^(data|blob):/.test(request.url())) asked.push(request.url()); });
  return asked;
}

async function walk(tab, { check }) {
  await choose(tab, 'Practice owner');
  await tab.text('Demo data').first().waitFor();
  await tab.settle();
  await tab.page.keyboard.press('g');
  await tab.page.keyboard.press('f');
  await tab.page.waitForFunction(() => location.hash.startsWith('#/financing'));
  await tab.role('heading', 'Financing').first().waitFor();
  const net = tab.role('button', /^Net financed volume, /);
  await net.first().waitFor();
  check(/\$[\d.,]+/.test(await net.first().innerText()), 'a figure of money is shown');
  await tab.page.keyboard.press('g');
  await tab.page.keyboard.press('t');
  await tab.role('heading', 'Tickets').first().waitFor();
  await tab.file_ticket('The terminal is slow', 'Since this morning.');
  await until(() => tab.text(/^#\d+/).count(), 'the ticket gets its number from the demo itself');
  await tab.page.goBack();
  await tab.role('heading', 'Tickets').first().waitFor();
}

// A recording that a browser made.
const recording = readFileSync('tests/fuzz/corpus/share_recording/recorded.bin');

// The preflight, a lead that is kept and wiped, and every step; `address` is that of the file.
async function pitch_from_file(tab, address, { check }) {
  await tab.page.goto(`${address}?as=auditor#/pitch`);
  await tab.text('Opened from a file: it needs nothing else').waitFor();
  await tab.text('All of them are here').waitFor();
  await tab.role('textbox', 'Practice').fill('Peña Dental');
  await tab.role('textbox', 'E-mail').fill('ada@pena.example');
  await tab.role('button', 'Keep this lead').click();
  await tab.text('1 lead waits on this machine').waitFor();
  await tab.role('button', 'Wipe leads, file and what-if').click();
  await tab.text(/^Wiped: nothing of the pitch is left on this machine/).waitFor();
  await tab.role('button', 'I have read them and will keep to them').press('Enter');
  await tab.text(/^Read and attested/).first().waitFor();
  await tab.role('button', 'Begin').press('Enter');
  await tab.role('group', `Step 1 of ${step_count}`).waitFor();
  const [notes] = await Promise.all([tab.page.waitForEvent('popup'), tab.page.keyboard.press('n')]);
  await notes.getByText('The practice opens in the morning').or(notes.getByText(/^Next: /)).first().waitFor();
  await notes.close();
  await walk_steps(tab, check, 'of the file');
  await tab.page.keyboard.press('Escape');
  await tab.role('button', 'Play a recording').click();
  const [chooser] = await Promise.all([tab.page.waitForEvent('filechooser'), tab.role('button', 'Choose a file').click()]);
  await chooser.setFiles({ name: 'shared-view.ndjson', mimeType: 'application/x-ndjson', buffer: recording });
  await tab.text(/^Recorded on .* of Otto Alder's view. It is not live.$/).first().waitFor();
  await tab.role('slider', 'Timeline').waitFor();
  await tab.page.goBack();
  await tab.role('button', 'Play a recording').waitFor();
}

export const tests = {
  'it runs with the server stopped, once it has been seen': async ({ open, server, check, same }) => {
    const tab = await open();
    tab.expect_problem(/ERR_CONNECTION_REFUSED/);
    await tab.page.goto(`${server.base}/demo`);
    await tab.role('heading', 'Try the portal as').waitFor();
    await until(() => tab.page.evaluate(is_kept_offline), 'the site is kept for use without a network');
    await until(() => tab.page.evaluate(is_demo_kept), 'the demo is kept, too');
    await server.stop();
    const asked = watch_requests(tab);
    await tab.page.reload();
    await walk(tab, { check });
    same(asked.filter((url) => url.includes('/api/')), [], 'questions to the server');
    check(await tab.page.evaluate(() => globalThis.crossOriginIsolated), 'threads are there');
  },

  'a role is chosen, left and chosen anew; a link to a screen keeps it': async ({ open, server, check }) => {
    const tab = await open();
    await tab.page.goto(`${server.base}/demo#/tickets`);
    await choose(tab, 'Support agent');
    check(tab.page.url().endsWith('#/tickets'), `the screen is kept: ${tab.page.url()}`);
    await tab.page.reload();
    await tab.ready();
    await tab.role('heading', 'Tickets').first().waitFor();
    await tab.page.goto(`${server.base}/demo?as=moon`);
    await tab.role('heading', 'Try the portal as').waitFor();
  },

  'two edits of one case, one of them made offline, meet in the tray': async ({ open, server, check }) => {
    const tab = await open();
    await tab.page.goto(`${server.base}/demo?as=front_desk`);
    await tab.ready();
    const story = tab.role('link', /^Two offline edits meet/).first();
    await story.waitFor();
    await tab.settle();
    await story.scrollIntoViewIfNeeded();
    await tab.settle();
    await story.click();
    await tab.page.waitForFunction(() => /tickets\/\w{26}/.test(location.hash));
    await tab.role('button', 'Profile menu').click();
    await tab.role('menuitem', 'Go offline').click();
    await tab.role('button', 'Change state').click();
    await tab.role('menuitem', 'Move to In progress').click();
    // So long apart that it was made without a connection.
    await tab.page.waitForTimeout(2_500);
    await tab.role('button', 'Profile menu').click();
    await tab.role('menuitem', 'Go back online').click();
    await tab.role('button', /needs you/).first().click();
    await tab.role('button', 'Apply mine again').waitFor();
    const tray = await tab.page.locator('#mirror main').innerText();
    check(/In progress/.test(tray) && /Resolved/.test(tray), `yours and theirs: ${tray}`);
    await tab.role('button', 'Apply mine again').click();
    await until(async () => await tab.role('button', 'Apply mine again').count() === 0, 'the tray is empty');
  },

  'one file opens from the disk, runs the pitch, plays a recording and asks nobody for anything': async ({ open, check, same }) => {
    const folder = scratch_folder();
    try {
      const file = join(folder, 'demo.html');
      const { stdout } = await promisify(execFile)(process.execPath, ['web/build/demo_file.mjs', '--site', site, '--out', file]);
      check(/bytes of at most/.test(stdout), stdout);
      const tab = await open({ offline: true });
      const asked = watch_requests(tab);
      const address = pathToFileURL(file).href;
      await tab.page.goto(address);
      await walk(tab, { check });
      await pitch_from_file(tab, address, { check });
      same(asked.filter((url) => !url.startsWith(address)), [], 'requests');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
