// The pitch in airplane mode: seen once, then the server is stopped, the network is off and the browser's own cache of
// answers is empty. What is left is what the service worker keeps.
import { readFileSync } from 'node:fs';
import { busy_seen, remember_busy, step_count, walk_steps } from './pitch_steps.mjs';

// The browser itself says whether it would install the page, and as what.
async function install_criteria(tab, { same, check }) {
  const session = await tab.context.newCDPSession(tab.page);
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  // A private window installs nothing, whatever the page is.
  same(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito'), [], 'what stands against installing it');
  const { url, data, errors } = await session.send('Page.getAppManifest');
  same(errors, [], `mistakes in ${url}`);
  const manifest = JSON.parse(data);
  same([manifest.id, manifest.start_url, manifest.display], ['/demo', '/demo', 'standalone'], 'what it is installed as');
  check(manifest.icons.length > 0, 'it has an icon');
  for (const { src } of manifest.icons) check((await tab.context.request.get(new URL(src, url).href)).ok(), `icon ${src}`);
  await session.detach();
}

async function go_offline(tab, server) {
  await server.stop();
  const session = await tab.context.newCDPSession(tab.page);
  await session.send('Network.clearBrowserCache');
  await session.detach();
  await tab.context.setOffline(true);
}

export const tests = {
  'it is installed, goes offline, is loaded again, and every story, a what-if and what is left behind are there': async ({ open, server, check, same }) => {
    const tab = await open();
    tab.expect_problem(/ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED/);
    await tab.page.goto(`${server.base}/demo?as=auditor#/pitch`);
    await tab.text(/^Ready offline, cached .*MB$/).waitFor();
    await install_criteria(tab, { same, check });
    await go_offline(tab, server);
    const left = [];
    tab.page.on('request', (request) => { if (/\/api\//.test(request.url())) left.push(request.url()); });
    await tab.page.reload();
    check(await tab.page.evaluate(() => crossOriginIsolated), 'threads are there');
    await tab.text('All of them are here').waitFor();
    await tab.text(/^Ready offline, cached/).waitFor();
    await tab.role('button', 'Begin').click();
    await tab.role('group', `Step 1 of ${step_count}`).waitFor();
    await remember_busy(tab);
    await walk_steps(tab, check, 'offline', (step) => tab.page.screenshot({ path: `build/screens/pitch-offline-${step}.png` }));
    same(await busy_seen(tab), [], 'skeletons that a frame showed');
    await tab.page.keyboard.press('w');
    const [chooser] = await Promise.all([tab.page.waitForEvent('filechooser'), tab.role('button', 'Choose a file').click()]);
    await chooser.setFiles({ name: 'payments.csv', mimeType: 'text/csv', buffer: readFileSync('tests/data/pitch/payments.csv') });
    await tab.text(/^160 cases/).waitFor();
    const page = await tab.download('Save the leave-behind');
    check(page.includes('SHA-256') && page.includes('Financed volume') && page.includes('Stage'), 'what is left behind holds the view and the what-if');
    same(left, [], 'questions to the server');
    await tab.page.goto(`${server.base}/demo?as=auditor#/pitch`);
    await tab.role('button', 'Play a recording').click();
    await tab.role('button', 'Choose a file').waitFor();
    check(new URL(tab.page.url()).pathname === '/replay', `the page that plays it: ${tab.page.url()}`);
  },

  'a reload stays in the pitch, also after a link of a step was followed': async ({ open, server, check }) => {
    const tab = await open();
    await tab.page.goto(`${server.base}/demo?as=auditor#/pitch/veterinary/1`);
    await tab.role('group', `Step 1 of ${step_count}`).waitFor();
    const own = tab.role('heading', /^Canino PMS at Willow Creek/), other = tab.role('heading', /^Canino PMS at Underhill/);
    const follow_link = async () => {
      await own.waitFor();
      await tab.settle();
      await tab.role('link', /^Canino PMS at Underhill/).click();
      await other.waitFor();
    };
    await follow_link();
    check(new URL(tab.page.url()).hash === '#/pitch/veterinary/1', `the address stays the step's: ${tab.page.url()}`);
    check(await tab.page.locator('#mirror nav').count() === 0, 'no rail');
    await tab.role('button', '1', { exact: true }).click();
    await follow_link();
    // What its audience may see of a reload, from the first frame on: a caption, and then the screen.
    await tab.page.addInitScript(() => {
      globalThis.seen_headings = new Set();
      new MutationObserver(() => {
        for (const heading of document.querySelectorAll('#mirror h1, #mirror h2')) globalThis.seen_headings.add(heading.textContent);
      }).observe(document, { subtree: true, childList: true, characterData: true });
    });
    await tab.page.reload();
    await tab.role('group', `Step 1 of ${step_count}`).waitFor();
    await own.waitFor();
    const seen = await tab.page.evaluate(() => [...globalThis.seen_headings]);
    check(seen.some((heading) => /^Canino PMS/.test(heading)), `the screen is among what was seen: ${seen}`);
    check(!seen.includes('Before you go') && !seen.includes('Leads'), `nothing of the preflight: ${seen}`);
    await follow_link();
    // The next step leaves what a link has shown.
    await tab.page.keyboard.press('ArrowRight');
    await tab.page.waitForFunction(() => location.hash.endsWith('/2'));
    await other.waitFor({ state: 'detached' });
    await tab.page.keyboard.press('ArrowLeft');
    await own.waitFor();
  },
};
