// The browser takes the private files away, as it may when space runs short: the user is told what that means, once, and
// nobody is told so after a first visit or after signing out.
import { until } from './checks.mjs';
import { wait_ms_max } from './portal.mjs';

const removed = /^Your browser has removed the copy/;
// It would answer every address with the portal.
const no_service_worker = { serviceWorkers: 'block' };
const subject = 'Filed before the copy went';

const remembered = (page) => page.evaluate(() => Object.entries(localStorage).filter(([key]) => key.startsWith('portal:kept_copy:')).map(([, text]) => text));

// By a page of the same origin that runs no portal, and goes on as the tab. The former page is closed: whatever the browser
// keeps of one that is only left keeps its files too.
async function evict(tab) {
  await tab.page.close();
  if (!tab.server.process) await tab.server.start();
  tab.page = await tab.context.newPage();
  tab.page.setDefaultTimeout(wait_ms_max);
  await tab.page.goto(`${tab.server.base}/robots.txt`);
  await until(() => tab.page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    return root.removeEntry('partner-portal', { recursive: true }).then(() => true, () => false);
  }), 'the private files are deleted');
}

async function copy_is_remembered(tab, waiting) {
  return until(async () => (await remembered(tab.page)).find((text) => text.split(' ')[1] === String(waiting)), `a copy with ${waiting} waiting edits is remembered`);
}

export const tests = {
  'a copy that the browser has removed is told once, with the edits that were in it': async ({ open, another, server, check, same }) => {
    const tab = await open(no_service_worker);
    tab.expect_problem(/ERR_|502|503/);
    await tab.sign_in('owner', '/');
    await copy_is_remembered(tab, 0);
    check(await tab.text(removed).count() === 0, 'nothing is told on the first visit');
    await tab.go('/');
    check(await tab.text(removed).count() === 0, 'nor on the second');
    await server.stop();
    await tab.file_ticket(subject, 'The server does not get it.');
    await copy_is_remembered(tab, 1);
    await evict(tab);
    await tab.go('/');
    await tab.text(removed).first().waitFor();
    await tab.text(/Edits that were waiting in the copy: 1\./).first().waitFor();
    same(await server.value(`SELECT COUNT(*) FROM ticket WHERE subject = '${subject}'`), 0, 'tickets on the server');
    const second = await another(tab);
    await second.go('/sync');
    check(await second.text(removed).count() === 0, 'a second tab says nothing');
    await second.page.close();
    await tab.role('button', 'Sync status').first().click();
    await tab.role('heading', 'Sync status').waitFor();
    await tab.text(removed).first().waitFor();
    check(await tab.text(/permanent|promised/).count() > 0, 'what to do about it is said');
    await tab.go('/');
    await tab.role('heading').first().waitFor();
    check(await tab.text(removed).count() === 0, 'it is told once');
  },

  'a copy without edits is told as such, and the notice goes when it is dismissed': async ({ open, check }) => {
    const tab = await open(no_service_worker);
    await tab.sign_in('owner', '/');
    await copy_is_remembered(tab, 0);
    await evict(tab);
    await tab.go('/');
    await tab.text(/No edit was waiting in the copy/).first().waitFor();
    await tab.role('button', 'Dismiss').first().click();
    await tab.text(removed).first().waitFor({ state: 'detached' });
    await tab.show('/sync');
    check(await tab.text(removed).count() > 0, 'the sync screen still tells it');
  },

  'after signing out nothing is remembered and nothing is told': async ({ open, check, same }) => {
    const tab = await open(no_service_worker);
    tab.expect_problem(/401/);
    await tab.sign_in('owner', '/profile');
    await copy_is_remembered(tab, 0);
    await tab.role('button', 'Sign out', { exact: true }).first().click();
    await tab.page.waitForURL(/\/sign-in/);
    same(await remembered(tab.page), [], 'what is remembered');
    await tab.sign_in('owner', '/');
    check(await tab.text(removed).count() === 0, 'nothing is told');
  },

  'a visit without threads, which keeps nothing, neither tells nor forgets': async ({ open, check, same }) => {
    const tab = await open(no_service_worker);
    await tab.sign_in('owner', '/');
    const text = await copy_is_remembered(tab, 0);
    await evict(tab);
    const strip = async (route) => {
      const response = await route.fetch();
      const headers = response.headers();
      delete headers['cross-origin-opener-policy'];
      delete headers['cross-origin-embedder-policy'];
      await route.fulfill({ response, headers });
    };
    const is_page = (url) => url.pathname === '/';
    await tab.page.route(is_page, strip);
    await tab.go('/');
    same(await tab.page.evaluate(() => globalThis.portal_diagnostics.artefact), 'inline', 'the artefact');
    check(await tab.text(removed).count() === 0, 'memory says nothing of it');
    same((await remembered(tab.page))[0].split(' ')[0], text.split(' ')[0], 'the copy that is remembered');
    await tab.page.unroute(is_page, strip);
    await tab.go('/');
    await tab.text(removed).first().waitFor();
  },
};
