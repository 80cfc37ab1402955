// The SQL console: questions about the device's own copy of the rows, beside everything else.
import { until } from './checks.mjs';

export const tenant = 'demo';

const endless = 'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n';

async function ask(tab, sql) {
  const field = tab.role('textbox', 'Question in SQL');
  await field.waitFor();
  await field.fill(sql);
  await until(async () => await field.inputValue() === sql, 'the question is written');
  await tab.role('button', 'Run').click();
}

const moves = 20;

// Frames that the page draws while the pointer moves, once in each of the browser's own frames; it has none while another
// tab lies over it.
async function frames_of_moves({ page }) {
  await page.bringToFront();
  const drawn = () => page.evaluate(() => globalThis.portal_diagnostics.drawn_frame_count);
  const before = await drawn();
  for (let step = 0; step < moves; step++) {
    await page.mouse.move(300 + 20 * step, 300 + 5 * step);
    await page.evaluate(() => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); }));
  }
  return await drawn() - before;
}

// The one cell of the answer's only row.
async function told(tab) {
  await tab.text(/^1 row in /).waitFor();
  return (await tab.role('table', 'SQL console').getByRole('cell').first().innerText()).trim();
}

export const tests = {
  'answers equal the server\'s, are kept in the history, and come without a network': async ({ open, server, same }) => {
    const tab = await open();
    await tab.sign_in('Practice owner', '/financing/rows');
    await tab.role('button', 'SQL console').click();
    await tab.page.waitForFunction(() => location.pathname === '/sql');
    const mine = `SELECT scope FROM "grant" WHERE role = 'practice_admin' AND scope_kind = 'practice'`;
    const practice = (await server.sql(mine)).map((row) => row.scope);
    await ask(tab, 'SELECT id FROM practice');
    const own = await told(tab);
    same(practice.includes(own), true, 'the practice is one that an owner has');
    await ask(tab, 'SELECT count(*) FROM ticket');
    const tickets = await server.value(`SELECT count(*) FROM ticket WHERE practice = '${own}'`);
    await until(async () => await told(tab) === String(tickets), `${tickets} tickets`);
    await tab.page.context().setOffline(true);
    tab.expect_problem(/ERR_INTERNET_DISCONNECTED|request failed/);
    await ask(tab, 'SELECT count(*) FROM financing_fact');
    const facts = await server.value(`SELECT sum(fact_count) FROM fact_segment WHERE practice = '${own}'`);
    await until(async () => await told(tab) === String(facts), `${facts} facts`);
    await tab.page.context().setOffline(false);
    await tab.role('button', 'History').click();
    await tab.role('dialog', 'History').getByRole('button', { name: 'SELECT count(*) FROM ticket' }).click();
    await until(async () => await tab.role('textbox', 'Question in SQL').inputValue() === 'SELECT count(*) FROM ticket', 'the former question is back');
    const rows = await tab.exported_rows();
    same(rows, [{ 'count(*)': String(facts) }], 'the export');
  },

  'a question that does not end keeps no edit waiting, and is stopped': async ({ open, server, check }) => {
    const tab = await open();
    await tab.sign_in('Practice owner', '/tickets/new');
    await tab.role('textbox', 'Subject').fill('Beside a long question');
    await tab.role('textbox', 'What happened?').fill('It is filed while the console works.');
    // Another tab of the same user, which does not own the rows.
    const analyst = await tab.another();
    await analyst.page.goto(`${server.base}/sql`);
    await analyst.ready();
    await ask(analyst, endless);
    await analyst.text(/^Running, for at most/).waitFor();
    await tab.role('button', 'File ticket').last().click();
    await until(() => server.value("SELECT count(*) FROM ticket WHERE subject = 'Beside a long question'"), 'the ticket on the server');
    check(await analyst.text(/^Running, for at most/).count() === 1, 'the question still runs');
    await analyst.role('button', 'Stop').click();
    await analyst.text(/^Stopped without an answer/).waitFor();
    await ask(analyst, 'SELECT count(*) FROM ticket WHERE subject = \'Beside a long question\'');
    await until(async () => await told(analyst) === '1', 'the next question is answered, with the new ticket');
  },

  'while a question runs in the tab that owns the rows, both tabs draw on and the other one\'s edit is stored and sent': async ({ open, server, check }) => {
    const analyst = await open();
    await analyst.sign_in('Practice owner', '/sql');
    const tab = await analyst.another();
    await tab.page.goto(`${server.base}/tickets/new`);
    await tab.ready();
    await tab.role('textbox', 'Subject').fill('Beside the question of the owner');
    await tab.role('textbox', 'What happened?').fill('The rows are held by the tab that asks.');
    await ask(analyst, endless);
    await analyst.text(/^Running, for at most/).waitFor();
    const own = await frames_of_moves(analyst);
    await tab.page.bringToFront();
    await tab.role('button', 'File ticket').last().click();
    await until(() => server.value("SELECT count(*) FROM ticket WHERE subject = 'Beside the question of the owner'"), 'the ticket on the server');
    check(await analyst.text(/^Running, for at most/).count() === 1, 'the question still runs');
    const beside = await frames_of_moves(tab);
    for (const count of [own, beside]) check(count >= moves, `${count} frames for ${moves} moves of the pointer`);
    await analyst.role('button', 'Stop').click();
    await analyst.text(/^Stopped without an answer/).waitFor();
  },

  'what would change something is refused, what is no SQL is told with its line; a front desk is told who may': async ({ open, check }) => {
    const tab = await open();
    await tab.sign_in('Account manager', '/sql');
    await tab.role('button', 'Net settled cents by month').click();
    await until(async () => (await tab.role('textbox', 'Question in SQL').inputValue()).startsWith('SELECT substr('), 'the example is written');
    await tab.role('button', 'Run').click();
    await tab.text(/^\d+ rows in /).waitFor();
    await ask(tab, 'DELETE FROM base_ticket');
    await tab.text(/^Only one question at a time/).waitFor();
    await ask(tab, 'SELECT id,\nno_such FROM ticket');
    await tab.text('SQLite does not understand the question, in line 2: no such column: no_such.').waitFor();
    await tab.page.setViewportSize({ width: 390, height: 844 });
    await tab.settle();
    check(await tab.page.evaluate(() => document.documentElement.scrollWidth) <= 390, 'no sideways scrolling');
    const desk = await open();
    await desk.sign_in('Front desk', '/sql');
    await desk.role('heading', /not|permission|see/i).first().waitFor();
    check(await desk.role('textbox', 'Question in SQL').count() === 0, 'there is no console');
  },
};
