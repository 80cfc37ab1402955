// Somebody of operations has daily sums instead of facts: the same figures, and rows by asking the server.
import { closed, month_from, day, money, net_sql, shows } from './figures.mjs';

const of_practice = (id, more = '') => `/financing?from=${month_from}&until=${closed}&practice=${id}${more}`;
const practice_a = "SELECT id FROM practice WHERE external_key = 'P-A'";
const rows_of_month = `SELECT count(*) FROM financing_fact f JOIN practice p ON p.id = f.practice WHERE p.external_key = 'P-A'
  AND CASE kind WHEN 'application' THEN event_day ELSE posted_day END BETWEEN ${day(month_from)} AND ${day(closed)}`;

// What a first load brings to this user, by entity.
const entities_pulled = (tab) => tab.page.evaluate(async () => {
  const body = JSON.stringify({ proto: 1, schema: 6, client: '01J00000000000000000000077', epoch: '', seq: 0, set: '', max_bytes: 8 << 20 });
  const answer = await fetch('/api/v1/sync/pull', { method: 'POST', body, headers: { 'Content-Type': 'application/json', 'X-Portal-Request': '1' } });
  return [...new Set((await answer.text()).trim().split('\n').map((line) => JSON.parse(line)).filter((line) => line.k === 'up').map((line) => line.e))];
});

// Requests that the server has seen since it started.
const asked = (server) => server.log.split('/api/v1/facts').length - 1;

export const tests = {
  'the figures equal SQL, and no fact reaches the device': async ({ open, server, check, same }) => {
    const tab = await open();
    const id = await server.value(practice_a);
    await tab.sign_in('operations', of_practice(id));
    const net = await server.value(net_sql(month_from, closed));
    const figure = await tab.role('button', /^Net financed volume, /).innerText();
    check(shows(figure, net), `the figure says ${figure}, SQL says ${money(net)}`);
    await tab.role('button', /^Net financed volume, /).click();
    await tab.role('dialog', /^Net financed volume/).getByText(money(net)).first().waitFor();
    const entities = await entities_pulled(tab);
    same([entities.includes('fact_rollup'), entities.includes('fact_segment'), entities.includes('deposit')], [true, false, false], 'what is sent');
  },

  'rows are asked of the server, for one practice at a time, and say so': async ({ open, server, check, same }) => {
    const before = asked(server);
    const tab = await open();
    const id = await server.value(practice_a);
    await tab.sign_in('operations', `/financing?from=${month_from}&until=${closed}&rows=1`);
    const drawer = tab.role('dialog', 'The rows behind the figures');
    await drawer.getByText(/Choose one practice/).waitFor();
    same(asked(server), before, 'questions before a practice is chosen');
    await tab.page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    await tab.show(of_practice(id));
    await tab.role('button', 'Show the rows').first().click();
    await drawer.getByText(/asked of the server/).waitFor();
    const held = await server.value(rows_of_month);
    check(held > 0, 'the month has rows');
    await drawer.getByText(new RegExp(`Rows 1 to ${held} of ${held}, newest first`)).waitFor();
    same(await drawer.getByRole('list').getByRole('listitem').count(), held, 'rows in the list');
    same(asked(server), before + 1, 'questions');
  },

  'without the server the drawer says why, and the rows come when it is back': async ({ open, server }) => {
    const tab = await open();
    const id = await server.value(practice_a);
    await tab.sign_in('operations', of_practice(id));
    await tab.settle();
    tab.expect_problem(/ERR_/);
    await tab.page.context().setOffline(true);
    await tab.show(of_practice(id, '&rows=1'));
    const drawer = tab.role('dialog', 'The rows behind the figures');
    // Well before the next pull would wake the store anyway.
    await drawer.getByText(/cannot be reached now/).waitFor({ timeout: 25_000 });
    await tab.page.context().setOffline(false);
    await drawer.getByText(/asked of the server/).waitFor({ timeout: 25_000 });
  },

  'who has the facts reads the rows from the device; a front desk is offered none': async ({ open, server, check, same }) => {
    const before = asked(server);
    const owner = await open();
    await owner.sign_in('owner', `/financing?from=${month_from}&until=${closed}&rows=1`);
    const drawer = owner.role('dialog', 'The rows behind the figures');
    const held = await server.value(rows_of_month);
    await drawer.getByText(new RegExp(`Rows 1 to ${held} of ${held}`)).waitFor();
    same(await drawer.getByText(/asked of the server/).count(), 0, 'a word of the server');
    same(asked(server), before, 'questions');
    const desk = await open();
    await desk.sign_in('front_desk', `/financing?from=${month_from}&until=${closed}&rows=1`);
    await desk.role('button', /^Net financed volume, /).waitFor();
    check(await desk.role('button', 'Show the rows').count() === 0, 'no button for a front desk');
    same(await desk.role('dialog', 'The rows behind the figures').count(), 0, 'no drawer by the address');
  },
};
