// What the screens say equals SQL over the server's own database, also after one imported cent has changed.
import { closed, day, money, month_from, net_sql, open_tickets_sql, shows } from './figures.mjs';
import { day_iso, fixture_text } from './server.mjs';

const month_name = new Date(`${closed}T12:00:00Z`).toLocaleString('en-US', { month: 'short', timeZone: 'UTC' });
const month_page = `/financing?from=${month_from}&until=${closed}`;

const row_of_month = (tab, table) => table.getByRole('row').filter({ has: tab.page.getByRole('cell', { name: new RegExp(`^${month_name}`) }) });

// A figure in a table is a button that says its column, too.
const figure_in = (words) => words.trim().split(', ').at(-1);

export const tests = {
  'sign in by the form; the first screen equals SQL': async ({ open, server, check, same }) => {
    const tab = await open();
    await tab.sign_in('owner');
    const net = await server.value(net_sql(month_from, closed));
    check(net > 0, 'the fixture has volume');
    const figure = await tab.role('button', /^Net financed volume, /).innerText();
    check(shows(figure, net), `the figure says ${figure}, SQL says ${money(net)}`);
    const tickets = await server.value(open_tickets_sql);
    same(await tab.role('button', /^Open tickets, /).innerText(), `Open tickets, ${tickets}`, 'open tickets');
    const [ledger] = await server.sql(`SELECT SUM(ledger_matched) AS matched, SUM(ledger_rows) AS total FROM check_rollup c
      JOIN integration i ON i.id = c.integration WHERE i.external_key = 'I-A' AND c.day >= ${day(day_iso(-7))}`);
    check(await tab.text(`${ledger.matched} of ${ledger.total} rows matched`).count() === 1, 'the ledger rows of the last seven days');
    check(await tab.role('img', /^Health 40 of 100/).count() === 1, 'health is held at its cap of 40');
  },

  'a target stands beside its own months, and none is not zero': async ({ open, server, same }) => {
    const tab = await open();
    await tab.sign_in('owner');
    await tab.settle();
    const table = tab.role('table', /How much was financed/);
    await tab.role('button', 'Show as table').focus();
    await tab.settle();
    await tab.page.keyboard.press('Enter');
    await table.waitFor({ timeout: 10_000 });
    // The latest months are at its end.
    await tab.point_at(table);
    await tab.page.mouse.wheel(0, 5000);
    await tab.settle();
    const targets = await table.getByRole('row').evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll('[role="cell"]')].at(-1)?.textContent.trim()).filter(Boolean));
    const kept = await server.sql("SELECT t.cents FROM target t JOIN practice p ON p.id = t.practice WHERE p.external_key = 'P-A' ORDER BY t.month");
    const told = targets.map(figure_in);
    same(told.slice(-kept.length), kept.map(({ cents }) => money(cents)), 'the months with a target');
    same([...new Set(told.slice(0, -kept.length))], ['-'], 'the months without');
  },

  'figures of the overview open their passports, which back closes': async ({ open, server }) => {
    const tab = await open();
    await tab.sign_in('owner');
    const tickets = await server.value(open_tickets_sql);
    for (const [name, title, words] of [[/^Open tickets, /, /^Open tickets/, new RegExp(`^${tickets}$`)],
      ['How it is computed', /^Integration health/, /35% call success/], [/ of pace, /, /^Pace/, /elapsed business days/]]) {
      await tab.point_at(tab.role('button', name));
      const passport = tab.role('dialog', title);
      await passport.getByText(words).first().waitFor();
      await tab.page.goBack();
      await passport.waitFor({ state: 'detached' });
    }
    await tab.point_at(tab.role('button', /^Open tickets, /));
    await tab.role('dialog', /^Open tickets/).getByRole('button', { name: 'Show all' }).click();
    await tab.page.waitForFunction(() => location.pathname === '/tickets');
  },

  'the passport, the table and the export are exact': async ({ open, server, check, same }) => {
    const net = await server.value(net_sql(month_from, closed));
    const tab = await open();
    await tab.sign_in('owner', month_page);
    await tab.role('button', /^Net financed volume, /).click();
    const passport = tab.role('dialog', /^Net financed volume/);
    await passport.getByText(money(net)).first().waitFor();
    await tab.page.keyboard.press('Escape');
    await passport.waitFor({ state: 'detached' });
    const row = row_of_month(tab, tab.role('table', 'The same in a table'));
    same(figure_in(await row.getByRole('cell').nth(1).innerText()), money(net), 'the table');
    const rows = await tab.exported_rows();
    same(rows.map((one) => one.net), [(net / 100).toFixed(2)], 'the export');
    check(rows[0].from === month_from && rows[0].until === closed, `the export's days: ${rows[0].from} to ${rows[0].until}`);
  },

  'one imported cent changes figure, chart table and export without a reload': async ({ open, server, check, same }) => {
    const tab = await open({ viewport: { width: 1280, height: 1400 } });
    await tab.sign_in('owner', month_page);
    const before = await server.value(net_sql(month_from, closed));
    await tab.page.evaluate(() => { globalThis.was_not_reloaded = true; });
    await tab.role('group', /How much was financed/).getByRole('button', { name: 'Show as table' }).click();
    const chart_row = row_of_month(tab, tab.role('table', /How much was financed/));
    await chart_row.getByText(money(before)).waitFor();
    // The sale of the last reported day, one cent more.
    const text = fixture_text('financing_facts');
    const sale = text.split('\n').find((line) => line.includes(`,sale,settled,P-A,`) && line.includes(closed));
    const cells = sale.split(',');
    cells[15] = String(Number(cells[15]) + 1);
    const said = await server.import_text('financing_facts', text.replace(sale, cells.join(',')), ['--closed-until', closed]);
    const after = await server.value(net_sql(month_from, closed));
    same(after, before + 1, `SQL after the import (${said.trim().split('\n').pop()})`);
    await chart_row.getByText(money(after)).waitFor();
    same(figure_in(await row_of_month(tab, tab.role('table', 'The same in a table')).getByRole('cell').nth(1).innerText()), money(after), 'the table');
    await tab.role('button', /^Net financed volume, /).first().focus();
    await tab.settle();
    await tab.page.keyboard.press('Enter');
    await tab.role('dialog', /^Net financed volume/).getByText(money(after)).first().waitFor();
    await tab.page.keyboard.press('Escape');
    same((await tab.exported_rows())[0].net, (after / 100).toFixed(2), 'the export');
    check(await tab.page.evaluate(() => globalThis.was_not_reloaded), 'the page was not reloaded');
  },
};
