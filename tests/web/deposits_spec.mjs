// Deposits: what arrived beside what was due, by state; a day is reviewed with a note, taken back, and asked about.
import { until } from './checks.mjs';

export const tenant = 'demo';

const unmatched = '/deposits?state=unmatched';
const day_link = (tab) => tab.page.locator('#mirror main a[href*="at="]').first();
const drawer = (tab) => tab.role('dialog', /^Deposit of /);
const reviews = (server) => server.sql('SELECT reviewed, note FROM deposit_review WHERE note NOT LIKE \'The bank%\'');

async function open_first(tab) {
  await day_link(tab).waitFor();
  await tab.show(await day_link(tab).getAttribute('href'));
  await drawer(tab).waitFor();
}

export const tests = {
  'an account manager reviews a day with a note, the server keeps it, and it is taken back': async ({ open, server, same }) => {
    const tab = await open();
    await tab.sign_in('Account manager', unmatched);
    await open_first(tab);
    await tab.role('button', 'Mark reviewed').click();
    await tab.text('Say in a line what you found').waitFor();
    await tab.role('textbox', 'What did you find?').fill('Paid in two parts.');
    await tab.role('button', 'Mark reviewed').click();
    await until(async () => (await reviews(server)).length === 1, 'the review on the server');
    same(await reviews(server), [{ reviewed: 1, note: 'Paid in two parts.' }], 'the review');
    await tab.text(/^Reviewed by Priya Raman/).waitFor();
    await tab.role('button', 'Take back the review').click();
    await until(async () => (await reviews(server))[0].reviewed === 0, 'the review is taken back on the server');
    await tab.role('button', 'Mark reviewed').waitFor();
  },

  'a front desk reads, files a ticket with its context filled in, and reviews nothing': async ({ open, server, check }) => {
    const tab = await open();
    await tab.sign_in('Front desk', unmatched);
    await open_first(tab);
    await tab.text(/account managers and leads review deposits/).waitFor();
    check(await tab.role('button', 'Mark reviewed').count() === 0, 'no button to review');
    await drawer(tab).getByRole('button', { name: 'File ticket' }).click();
    await tab.text(/^From the deposit of/).waitFor();
    const subject = tab.role('textbox', 'Subject');
    await until(async () => /^Deposit of .* differs by \$/.test(await subject.inputValue()), 'the subject');
    check(/Expected for .*Deposited: .*Difference: /.test(await tab.role('textbox', 'What happened?').inputValue()), 'the amounts');
    await tab.role('button', 'File ticket').last().click();
    await until(async () => await server.value("SELECT count(*) FROM ticket WHERE subject LIKE 'Deposit of %' AND category = 'financing'") === 1, 'the ticket');
  },

  'totals, filters and the export agree, and every way leads there': async ({ open, server, check, same }) => {
    const tab = await open();
    await tab.sign_in('Account manager', '/');
    await tab.page.keyboard.press('g');
    await tab.page.keyboard.press('d');
    await tab.role('heading', 'Deposits').first().waitFor();
    const count = async (state) => Number((await tab.role('button', new RegExp(`^${state}, `)).innerText()).match(/(\d+) days?,/)[1]);
    await until(async () => await count('Unmatched') === 2, 'two days do not match');
    const rows = await tab.exported_rows();
    for (const state of ['unmatched', 'matched', 'reviewed'])
      same(rows.filter((row) => row.state === state).length, await count(state[0].toUpperCase() + state.slice(1)), `days ${state}`);
    const told = await server.value(`SELECT SUM(d.cents) FROM deposit d JOIN practice p ON p.id = d.practice
      WHERE p.book = (SELECT g.scope FROM "grant" g JOIN user u ON u.id = g.user WHERE u.name = 'Priya Raman' AND g.scope_kind = 'book')`);
    const listed = rows.reduce((sum, row) => sum + Math.round(Number(row.deposited) * 100), 0);
    same(listed, told, 'cents deposited');
    await tab.show('/financing');
    await tab.role('button', 'Deposits').click();
    await tab.page.waitForFunction(() => location.pathname === '/deposits');
    await tab.show('/');
    check(await tab.page.evaluate(() => document.documentElement.scrollWidth) <= 1280, 'no sideways scrolling');
  },

  'it reads without a network, on a phone, in Spanish; an administrator is told who may': async ({ open, check }) => {
    const tab = await open();
    await tab.sign_in('Practice owner', '/deposits');
    await tab.page.context().setOffline(true);
    tab.expect_problem(/ERR_INTERNET_DISCONNECTED|request failed/);
    await tab.page.setViewportSize({ width: 390, height: 844 });
    await open_first(tab);
    await tab.text('What the day brought').waitFor();
    check(await tab.page.evaluate(() => document.documentElement.scrollWidth) <= 390, 'no sideways scrolling');
    await tab.page.context().setOffline(false);
    const admin = await open();
    await admin.sign_in('Administrator', '/deposits');
    await admin.text(/ask|grant|administrator/i).first().waitFor();
    check(await admin.page.locator('#mirror main a[href*="at="]').count() === 0, 'no day is shown');
  },
};
