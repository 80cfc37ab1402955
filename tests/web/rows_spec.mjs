// The table of single facts: what it lists equals SQL, by every filter and in every order; the address says all of it.
import { until } from './checks.mjs';
import { closed, day, money } from './figures.mjs';
import { day_iso } from './server.mjs';

const from = day_iso(-700);
const page = (more = '') => `/financing/rows?from=${from}&until=${closed}${more}`;
const own_day = "CASE kind WHEN 'application' THEN event_day ELSE posted_day END";
const amount = "CASE kind WHEN 'application' THEN requested_cents ELSE settled_cents END";
const facts_of_owner = (more) => `SELECT f.external_key AS key, ${amount} AS cents FROM financing_fact f JOIN practice p ON p.id = f.practice
  WHERE p.external_key = 'P-A' AND ${own_day} BETWEEN ${day(from)} AND ${day(closed)} ${more}`;

const table_of = (tab) => tab.role('table', 'The rows behind the figures');
const count_of = async (tab) => Number(await table_of(tab).getAttribute('aria-rowcount')) - 1;
// Cells of the rows in view, without the head.
const rows_in_view = (tab) => table_of(tab).getByRole('row').evaluateAll((rows) => rows.map((row) =>
  [...row.querySelectorAll('[role="cell"]')].map((cell) => cell.textContent.trim())).filter((cells) => cells.length));
const address = (tab) => new URL(tab.page.url()).searchParams;

export const tests = {
  'filters and search list what SQL lists, and stand in the address': async ({ open, server, check, same }) => {
    const tab = await open();
    await tab.sign_in('owner', page());
    await table_of(tab).waitFor();
    const all = await server.sql(facts_of_owner(''));
    await until(async () => await count_of(tab) === all.length, `${all.length} rows`);
    await tab.role('button', 'Kind').first().click();
    await tab.role('menuitem', 'Refund').click();
    const refunds = await server.sql(facts_of_owner("AND kind = 'refund'"));
    check(refunds.length > 0 && refunds.length < all.length, 'the fixture has refunds');
    await until(async () => await count_of(tab) === refunds.length, `${refunds.length} refunds`);
    same(address(tab).get('kind'), 'refund', 'in the address');
    await tab.show(page());
    await until(async () => await count_of(tab) === all.length, 'all of them again');
    const begin = all[3].key.slice(0, -1).toLowerCase();
    await tab.page.locator('#mirror').getByLabel('Reference begins with').first().fill(begin);
    const found = await server.sql(facts_of_owner(`AND (f.external_key LIKE '${begin}%' OR application_ref LIKE '${begin}%')`));
    await until(async () => await count_of(tab) === found.length, `${found.length} rows whose reference begins with ${begin}`);
    same(address(tab).get('reference'), begin, 'in the address');
    await tab.show(page('&reference=nothing-begins-so'));
    await tab.text('No row matches these filters.').first().waitFor();
    await tab.role('button', 'Clear filters').last().click();
    await until(async () => await count_of(tab) === all.length, 'all of them without filters');
  },

  'the column heads sort as SQL does, and Back leads to the figures': async ({ open, server, same }) => {
    const tab = await open();
    await tab.sign_in('owner', `/financing?from=${from}&until=${closed}`);
    await tab.role('button', 'Show the rows').first().click();
    await table_of(tab).waitFor();
    await tab.role('button', /^Amount/).last().click();
    const ordered = async (direction) => (await server.sql(facts_of_owner(`ORDER BY cents ${direction}`))).map(({ cents }) => money(cents));
    const first_amounts = async () => (await rows_in_view(tab)).map((cells) => cells.findLast((text) => text.includes('$'))).slice(0, 5);
    const up = (await ordered('ASC')).slice(0, 5), down = (await ordered('DESC')).slice(0, 5);
    const wanted = () => JSON.stringify(address(tab).get('order') === 'up' ? up : down);
    await until(async () => address(tab).get('sort') === 'amount' && JSON.stringify(await first_amounts()) === wanted(), 'sorted by amount');
    const was = wanted();
    await tab.role('button', /^Amount/).last().click();
    await until(async () => wanted() !== was && JSON.stringify(await first_amounts()) === wanted(), 'sorted the other way');
    same(address(tab).get('sort'), 'amount', 'in the address');
    await tab.page.goBack();
    await tab.role('button', /^Net financed volume, /).waitFor();
  },

  'a view is kept under a name, survives a reload, opens, is renamed, deleted and brought back': async ({ open, same }) => {
    const tab = await open();
    await tab.sign_in('owner', page('&kind=refund'));
    await table_of(tab).waitFor();
    const drawer = tab.role('dialog', 'Views');
    await tab.role('button', 'Views').click();
    await drawer.getByLabel('Name of what you see now').first().fill('My refunds');
    await tab.settle();
    await drawer.getByRole('button', { name: 'Save view' }).click();
    await drawer.getByRole('button', { name: 'My refunds', exact: true }).waitFor();
    await tab.go(page());
    same(address(tab).get('kind'), null, 'another list');
    await tab.role('button', 'Views').click();
    await drawer.getByRole('button', { name: 'My refunds', exact: true }).click();
    await until(() => address(tab).get('kind') === 'refund', 'the list of the view');
    await tab.role('button', 'Views').click();
    await drawer.getByRole('button', { name: 'Rename My refunds' }).click();
    await drawer.getByLabel('New name').first().fill('Returned');
    await tab.settle();
    await drawer.getByRole('button', { name: 'Rename', exact: true }).click();
    await drawer.getByRole('button', { name: 'Delete Returned' }).click();
    await drawer.getByText('Deleted: Returned').first().waitFor();
    await drawer.getByRole('button', { name: 'Returned', exact: true }).waitFor({ state: 'detached' });
    await drawer.getByRole('button', { name: 'Undo' }).click();
    await drawer.getByRole('button', { name: 'Returned', exact: true }).waitFor();
  },
};
