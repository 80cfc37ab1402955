// The pitch: preflight, every step at a desk's and a phone's width, notes, spotlight, timer and reset, all of it offline.
import { until } from './checks.mjs';
import { busy_seen, remember_busy, step_count, walk_steps } from './pitch_steps.mjs';

async function begin(tab, server, persona = 'Veterinary') {
  await tab.page.goto(`${server.base}/demo`);
  await tab.role('heading', 'Try the portal as').waitFor();
  await tab.role('button', 'Present').click();
  await tab.page.waitForFunction(() => location.search.includes('as=auditor'));
  await tab.role('heading', 'Before you go').waitFor();
  await tab.text('All of them are here').waitFor();
  await tab.role('tab', persona).click();
  await tab.role('button', 'Begin').click();
  await tab.role('group', `Step 1 of ${step_count}`).waitFor();
}

async function attest(tab) {
  await tab.role('button', 'I have read them and will keep to them').press('Enter');
  await tab.text(/^Read and attested/).first().waitFor();
}

export const tests = {
  'every step shows its screen, at a desk and on a phone, and nothing on its way there': async ({ open, server, check, same }) => {
    const tab = await open();
    await begin(tab, server);
    await remember_busy(tab);
    await walk_steps(tab, check, 'at 1280');
    same(await busy_seen(tab), [], 'skeletons that a frame showed');
    await tab.page.setViewportSize({ width: 390, height: 844 });
    await tab.page.evaluate(() => { history.replaceState(null, '', '#/pitch/dental/1'); dispatchEvent(new PopStateEvent('popstate')); });
    await walk_steps(tab, check, 'at 390');
  },

  'notes show only to who attested the talking points of this version, and a wipe forgets it': async ({ open, server }) => {
    const tab = await open();
    await begin(tab, server);
    const [notes] = await Promise.all([tab.page.waitForEvent('popup'), tab.page.keyboard.press('n')]);
    await notes.getByText('once the talking points are attested').waitFor();
    const says = async (words) => (await notes.locator('body').innerText()).includes(words);
    await tab.page.keyboard.press('ArrowRight');
    await tab.role('group', `Step 2 of ${step_count}`).waitFor();
    await until(() => says('once the talking points are attested'), 'no other step has notes either');
    await tab.page.keyboard.press('Escape');
    await tab.text('Not attested yet: the speaker notes stay closed').waitFor();
    await attest(tab);
    await tab.role('button', 'Begin').press('Enter');
    await tab.role('group', `Step 1 of ${step_count}`).waitFor();
    const [opened] = await Promise.all([tab.page.waitForEvent('popup'), tab.page.keyboard.press('n')]);
    await opened.getByText('The practice opens in the morning').waitFor();
    await tab.page.keyboard.press('Escape');
    await tab.role('heading', 'Before you go').waitFor();

    await tab.page.reload();
    await tab.text(/^Read and attested/).first().waitFor();
    await tab.page.evaluate(() => {
      const name = Object.keys(localStorage).find((key) => key.endsWith('attested'));
      localStorage.setItem(name, localStorage.getItem(name).replace(/^[0-9a-f]{8}/, '00000000'));
    });
    await tab.page.reload();
    await tab.text('They changed since they were attested').first().waitFor();
    await attest(tab);
    await tab.role('button', 'Wipe leads, file and what-if').press('Enter');
    await tab.text('Not attested yet').first().waitFor();
  },

  'notes open in a second window, whose arrow keys go on; a blocked one is told': async ({ open, server, check }) => {
    const tab = await open();
    await tab.page.goto(`${server.base}/demo?as=auditor#/pitch`);
    await attest(tab);
    await begin(tab, server);
    const [notes] = await Promise.all([tab.page.waitForEvent('popup'), tab.page.keyboard.press('n')]);
    await notes.getByText('The practice opens in the morning').waitFor();
    await notes.keyboard.press('ArrowRight');
    await tab.page.waitForFunction(() => location.hash.endsWith('/2'));
    await until(async () => !(await notes.locator('body').innerText()).includes('The practice opens'), 'the notes follow the step');
    await notes.close();
    await tab.page.evaluate(() => { globalThis.open = () => null; });
    await tab.page.keyboard.press('Escape');
    // The browser may tell later that the window has gone.
    await until(async () => {
      await tab.page.keyboard.press('n');
      return tab.text('The browser blocked the notes').count();
    }, 'a blocked window is told');
    check(tab.page.url().endsWith('#/pitch'), 'Esc leads back to the preflight');
  },

  'spotlight, timer, and one key that resets': async ({ open, server, check }) => {
    const tab = await open();
    await begin(tab, server);
    await until(() => tab.text(/^0:0[2-9]$/).count(), 'the timer goes on by itself');
    await tab.page.keyboard.press('ArrowRight');
    await tab.page.waitForFunction(() => location.hash.endsWith('/2'));
    await tab.settle();
    const bright = await tab.page.screenshot();
    await tab.page.mouse.move(640, 300);
    await tab.page.keyboard.press('s');
    await tab.settle();
    const dim = await tab.page.screenshot();
    check(!bright.equals(dim), 'the spotlight changes what is seen');
    await tab.page.keyboard.press('r');
    await tab.page.waitForFunction(() => location.hash.endsWith('/1'));
    await tab.role('group', `Step 1 of ${step_count}`).waitFor();
    await until(() => tab.text(/^0:0[0-2]$/).count(), 'the timer is at its beginning');
  },

  'the preflight says what is kept, and the whole pitch runs with the server stopped': async ({ open, server, check, same }) => {
    const tab = await open();
    tab.expect_problem(/ERR_CONNECTION_REFUSED/);
    await tab.page.goto(`${server.base}/demo?as=auditor#/pitch`);
    await tab.role('heading', 'Before you go').waitFor();
    await tab.text(/^Ready offline, cached .*MB$/).waitFor();
    await server.stop();
    const asked = [];
    tab.page.on('request', (request) => { if (request.url().includes('/api/')) asked.push(request.url()); });
    await tab.page.reload();
    await tab.text('All of them are here').waitFor();
    await tab.text(/^Ready offline, cached/).waitFor();
    await tab.role('button', 'Begin').click();
    await walk_steps(tab, check, 'at 1280');
    same(asked, [], 'questions to the server');
  },

  'the screen on the table is left behind as one file, which says what it shows, asks nobody and prints': async ({ open, server, check, same }) => {
    const tab = await open();
    await begin(tab, server);
    const kept = [];
    for (let step = 1; step <= step_count; step++) {
      await tab.page.waitForFunction((number) => location.hash.endsWith(`/${number}`), step);
      await tab.settle(400);
      kept.push({ html: await tab.download('Save the leave-behind'), figures: await tab.role('button', /^Net financed volume, /).allInnerTexts() });
      await tab.page.keyboard.press('ArrowRight');
    }
    const reader = await open({ javaScriptEnabled: false, offline: true, viewport: { width: 390, height: 844 } });
    const asked = [];
    reader.page.on('request', (request) => { if (!request.url().startsWith('data:')) asked.push(request.url()); });
    for (const [index, { html, figures }] of kept.entries()) {
      await reader.page.setContent(html);
      const seen = await reader.page.locator('body').innerText();
      for (const said of ['Demo data', 'As of', 'SHA-256 of the rows']) check(seen.includes(said), `step ${index + 1} says ${said}`);
      for (const figure of figures) {
        const money = figure.match(/\$[\d.]+[KM]?/)[0];
        check(seen.includes(money), `step ${index + 1} says ${money}`);
      }
      check(await reader.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `step ${index + 1} fits a phone`);
      check((await reader.page.pdf({ format: 'A4' })).length > 10_000, `step ${index + 1} prints`);
    }
    check(kept.filter(({ figures }) => figures.length > 0).length === 3, 'three of them are about money');
    check(kept.filter(({ html }) => html.includes('<svg')).length >= 5, 'their charts are drawn as vectors');
    same(asked, [], 'requests');
  },
};
