// A practice's owner lets its vendor see counts, and takes it back; the vendor's screen says which.
import { until } from './checks.mjs';
import { day } from './figures.mjs';

const integration = "SELECT id FROM integration WHERE external_key = 'I-A'";
const has_agreed = (server) => server.value("SELECT vendor_consent FROM practice WHERE external_key = 'P-A'");

async function say(tab, wanted) {
  await tab.role('switch', 'Share monthly counts with the vendor').click();
  await tab.role('button', wanted ? 'Share counts' : 'Stop sharing').click();
}

export const tests = {
  'the vendor reads whole months, small counts left out, and loses them when the owner takes it back': async ({ open, server, check, same }) => {
    const id = await server.value(integration);
    const vendor = await open();
    await vendor.sign_in('vendor', `/integrations/${id}`);
    const table = vendor.role('table', /volumes, as counts/);
    await table.waitFor();
    const told = await server.sql('SELECT month, sales FROM vendor_count WHERE month > 0 ORDER BY month DESC');
    check(told.length > 0, 'months that are over');
    const cells = await table.getByRole('row').evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll('[role="cell"]')].at(-1)?.textContent.trim()).filter(Boolean));
    same(cells, told.map(({ sales }) => `Sales, ${sales ?? 'not shown'}`), 'sales by month, each a button');
    // A count opens its passport, which stands in the address and outlives a reload; one that is kept back tells why.
    await table.getByRole('row').nth(1).getByRole('button').last().click();
    const passport = vendor.role('dialog', /Sales/);
    await passport.waitFor();
    await vendor.page.reload();
    await passport.waitFor();
    check((await passport.innerText()).includes(String(told[0].sales ?? 'Counts under 10 are not shown')), 'the passport tells the count, or why there is none');
    await vendor.page.keyboard.press('Escape');
    await passport.waitFor({ state: 'detached' });
    const few = await server.value(`SELECT count(*) FROM financing_fact f JOIN practice p ON p.id = f.practice
      WHERE p.external_key = 'P-A' AND kind = 'sale' AND posted_day > ${day('2000-01-01')}`);
    check(few > 0, 'the fixture has sales');

    const owner = await open();
    await owner.sign_in('owner', `/integrations/${id}`);
    await say(owner, false);
    await until(async () => await has_agreed(server) === 0, 'the word on the server');
    await vendor.text(/The practice has not agreed to share its volumes/).waitFor({ timeout: 60_000 });
    same(await table.count(), 0, 'tables of counts');
    same(await server.value('SELECT count(*) FROM vendor_count'), 0, 'counts on the server');
    await say(owner, true);
    await until(async () => await has_agreed(server) === 1, 'the word on the server');
    await table.waitFor({ timeout: 60_000 });
  },

  'Cancel changes nothing, and the switch goes on showing what holds': async ({ open, server, check, same }) => {
    const owner = await open();
    await owner.sign_in('owner', `/integrations/${await server.value(integration)}`);
    const sharing = owner.role('switch', 'Share monthly counts with the vendor');
    await sharing.click();
    await owner.role('dialog', 'Stop sharing counts?').waitFor();
    await owner.role('button', 'Cancel').click();
    await owner.role('dialog', 'Stop sharing counts?').waitFor({ state: 'detached' });
    same(await sharing.getAttribute('aria-checked'), 'true', 'the switch');
    same(await has_agreed(server), 1, 'the word on the server');
    const desk = await open();
    await desk.sign_in('front_desk', `/integrations/${await server.value(integration)}`);
    await desk.role('heading', /Canino PMS/).first().waitFor();
    check(await desk.role('switch', 'Share monthly counts with the vendor').count() === 0, 'a front desk is not asked');
  },
};
