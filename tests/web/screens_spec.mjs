// A picture of every screen for four people, wide and narrow, light and dark, under build/screens/.
import { mkdirSync, statSync } from 'node:fs';

export const tenant = 'demo';

const folder = 'build/screens';
const sizes = [{ width: 1280, height: 800 }, { width: 390, height: 844 }];
const blank_bytes_max = 6000;

async function picture_all(tab, person, check, without) {
  mkdirSync(folder, { recursive: true });
  const first_of = async (start) => tab.page.locator(`#mirror main a[href^="${start}"]`).evaluateAll(
    (links, begin) => links.map((link) => link.getAttribute('href')).find((href) => new RegExp(`^${begin}\\w{26}`).test(href)), start);
  const screens = { overview: '/', integrations: '/integrations', financing: '/financing', rows: '/financing/rows', tickets: '/tickets?tab=all', deposits: '/deposits', new_ticket: '/tickets/new', sync: '/sync', profile: '/profile' };
  await tab.show('/integrations');
  screens.integration = await first_of('/integrations/');
  await tab.show('/tickets?tab=all');
  screens.ticket = await first_of('/tickets/');
  Object.assign(screens, { actions: '/actions', new_action: '/actions/new' });
  if (!without.includes('actions')) {
    await tab.show('/actions');
    screens.action = await first_of('/actions/');
  }
  for (const [name, path] of Object.entries(screens)) {
    if (without.includes(name)) continue;
    check(path, `${person} has something to show as ${name}`);
    for (const viewport of sizes) {
      await tab.page.setViewportSize(viewport);
      await tab.show(path);
      for (const scheme of ['light', 'dark']) {
        await tab.page.emulateMedia({ colorScheme: scheme });
        await tab.settle(80);
        const file = `${folder}/${person}-${name}-${viewport.width}-${scheme}.png`;
        await tab.page.screenshot({ path: file });
        check(statSync(file).size > blank_bytes_max, `${file} shows something`);
        const wide = await tab.page.evaluate(() => document.documentElement.scrollWidth);
        check(wide <= viewport.width, `${file}: the page is ${wide} px wide`);
      }
    }
  }
}

// Who keeps no action items, which is everybody but the account manager.
const no_actions = ['actions', 'action', 'new_action'];

const pictures_of = (row, person, without = no_actions) => {
  const test = async ({ open, check }) => {
    const tab = await open();
    await tab.sign_in(row);
    await picture_all(tab, person, check, without);
  };
  test.ms_max = 400_000;
  return test;
};

export const tests = {
  'front desk': pictures_of('Front desk', 'front_desk'),
  'practice owner': pictures_of('Practice owner', 'owner'),
  'account manager': pictures_of('Account manager', 'manager', []),
  // An agent has the assigned tickets alone, and no practice's integrations.
  'support agent': pictures_of('Support agent', 'agent', ['integration', 'deposits', ...no_actions]),
};
