// Somebody of operations has daily sums instead of facts: the same figures, and rows by asking the server.
import { until } from './checks.mjs';
import { closed, month_from, day, money, net_sql, shows } from './figures.mjs';

const of_practice = (id, screen = '') => `/financing${screen}?from=${month_from}&until=${closed}&practice=${id}`;
const practice_a = "SELECT id FROM practice WHERE external_key = 'P-A'";
const rows_of_month = `SELECT count(*) FROM financing_fact f JOIN practice p ON p.id = f.practice WHERE p.external_key = 'P-A'
  AND CASE kind WHEN 'application' THEN event_day ELSE posted_day END BETWEEN ${day(month_from)} AND ${day(closed)}`;

// What a first load brings to this user, by entity.
const entities_pulled = (tab) => tab.page.evaluate(async () => {
  const body = JSON.stringify({ proto: 1, schema: 7, client: '01J00000000000000000000077', epoch: '', seq: 0, set: '', max_bytes: 8 << 20 });
  const answer = await fetch('/api/v1/sync/pull', { method: 'POST', body, headers: { 'Content-Type': 'application/json', 'X-Portal-Request': '1' } });
  return [...new Set((await answer.text()).trim().split('\n').map((line) => JSON.parse(line)).filter((line) => line.k === 'up').map((line) => line.e))];
});

// The table of rows that a screen shows, once it has that many; its head is a row as well.
async function rows_told(tab, count) {
  const table = tab.role('table', 'The rows behind the figures');
  await until(async () => Number(await table.getAttribute('aria-rowcount')) === count + 1, `${count} rows in the table`);
}

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
    await tab.sign_in('operations', `/financing/rows?from=${month_from}&until=${closed}`);
    await tab.text(/Choose one practice/).waitFor();
    same(asked(server), before, 'questions before a practice is chosen');
    await tab.role('button', 'Back to the figures').click();
    await tab.role('button', /^Net financed volume, /).waitFor();
    await tab.show(of_practice(id));
    await tab.role('button', 'Show the rows').first().click();
    await tab.text(/asked of the server/).waitFor();
    const held = await server.value(rows_of_month);
    check(held > 0, 'the month has rows');
    await rows_told(tab, held);
    same(asked(server), before + 1, 'questions');
  },

  'without the server the screen says why, and the rows come when it is back': async ({ open, server }) => {
    const tab = await open();
    const id = await server.value(practice_a);
    await tab.sign_in('operations', of_practice(id));
    await tab.settle();
    tab.expect_problem(/ERR_/);
    await tab.page.context().setOffline(true);
    await tab.show(of_practice(id, '/rows'));
    // Well before the next pull would wake the store anyway.
    await tab.text(/cannot be reached now/).waitFor({ timeout: 25_000 });
    await tab.page.context().setOffline(false);
    await tab.text(/asked of the server/).waitFor({ timeout: 25_000 });
  },

  'who has the facts reads the rows from the device; a front desk is offered none': async ({ open, server, check, same }) => {
    const before = asked(server);
    const owner = await open();
    await owner.sign_in('owner', `/financing/rows?from=${month_from}&until=${closed}`);
    await rows_told(owner, await server.value(rows_of_month));
    same(await owner.text(/asked of the server/).count(), 0, 'a word of the server');
    same(asked(server), before, 'questions');
    const desk = await open();
    await desk.sign_in('front_desk', `/financing/rows?from=${month_from}&until=${closed}`);
    await desk.text(/Single rows are for practice owners/).waitFor();
    same(await desk.role('table', 'The rows behind the figures').count(), 0, 'no rows by the address');
    await desk.role('button', 'Back to the figures').click();
    await desk.role('button', /^Net financed volume, /).waitFor();
    check(await desk.role('button', 'Show the rows').count() === 0, 'no button for a front desk');
  },
};
