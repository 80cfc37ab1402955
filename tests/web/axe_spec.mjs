// axe-core finds nothing on any screen, with the page's policy on.
import { step_count } from './pitch_steps.mjs';
import { push_route } from './portal.mjs';
import { people } from './server.mjs';

const screens = ['/', '/integrations', '/financing', '/financing/rows', '/tickets', '/tickets/new', '/actions', '/actions/new', '/deposits', '/sync', '/profile', '/no-such-screen'];

async function clean(tab, name, failures) {
  await tab.settle(150);
  const found = await tab.axe();
  if (found.length) failures.push(`${name}\n    ${found.join('\n    ')}`);
}

async function all_clean(tab, same, start = '/') {
  const failures = [];
  for (const path of screens) {
    await tab.show(path);
    await clean(tab, path, failures);
  }
  await tab.show('/tickets?tab=all');
  await tab.role('list', 'Tickets').getByRole('link').first().click();
  await tab.page.waitForURL(/\/tickets\/\w{26}/);
  await clean(tab, 'a ticket', failures);
  await tab.show('/integrations');
  await tab.page.locator('#mirror main a[href^="/integrations/"]').first().click();
  await tab.page.waitForURL(/\/integrations\/\w{26}/);
  await clean(tab, 'an integration', failures);
  await tab.show('/financing?passport=net_financed_volume');
  await clean(tab, 'a passport', failures);
  await tab.show('/deposits');
  await tab.show(await tab.page.locator('#mirror main a[href*="at="]').first().getAttribute('href'));
  await tab.role('dialog', /^Deposit of /).waitFor();
  await clean(tab, "a day's deposit", failures);
  await tab.page.keyboard.press('Escape');
  await tab.page.keyboard.press('Control+k');
  await tab.role('dialog', /./).waitFor();
  await clean(tab, 'the palette', failures);
  same(failures, [], `violations: ${failures.join('\n   ')}`);
}

export const tests = {
  'the sign-in page': async ({ open, server, same }) => {
    for (const options of [{}, { colorScheme: 'dark', locale: 'es-MX' }]) {
      const tab = await open(options);
      await tab.page.goto(`${server.base}/sign-in`);
      await tab.page.getByRole('button', { name: /Sign in|Entrar|Iniciar/ }).waitFor();
      await tab.page.getByRole('button', { name: /Sign in|Entrar|Iniciar/ }).click();
      same(await tab.axe(), [], 'violations');
    }
  },
  'every screen of the practice': async ({ open, same }) => {
    const tab = await open();
    await tab.sign_in('owner');
    await all_clean(tab, same);
  },
  'every screen of the account manager, on a phone, dark': async ({ open, same }) => {
    const tab = await open({ viewport: { width: 390, height: 844 }, colorScheme: 'dark', hasTouch: true });
    await tab.sign_in('manager');
    await all_clean(tab, same);
  },
  'every screen of the pitch': async ({ open, server, same }) => {
    const walk = async (options) => {
      const tab = await open(options);
      const failures = [];
      await tab.page.goto(`${server.base}/demo?as=auditor#/pitch`);
      await tab.text(/^(All of them are here|Están todas aquí)$/).waitFor();
      await clean(tab, 'preflight', failures);
      for (let step = 1; step <= step_count; step++) {
        await push_route(tab.page, `#/pitch/veterinary/${step}`);
        await tab.page.locator('#mirror h1').first().waitFor();
        await clean(tab, `step ${step}`, failures);
      }
      await tab.page.keyboard.press('f');
      await tab.page.keyboard.press('p');
      await tab.text(/^(Live, days before its forecast|En producción, días antes de la previsión)$/).waitFor();
      await clean(tab, 'gone live', failures);
      await tab.page.keyboard.press('w');
      const [chooser] = await Promise.all([tab.page.waitForEvent('filechooser'), tab.role('button', /^(Choose a file|Elegir un archivo)$/).click()]);
      await chooser.setFiles('tests/data/pitch/payments.csv');
      await tab.text(/^160 (cases|casos)/).waitFor();
      await clean(tab, 'their own numbers', failures);
      same(failures, [], `violations: ${failures.join('\n   ')}`);
    };
    // Side by side: most of a walk waits for the pitch's own clock.
    await Promise.all([walk({}), walk({ viewport: { width: 390, height: 844 }, colorScheme: 'dark', locale: 'es-MX', hasTouch: true })]);
  },
};
