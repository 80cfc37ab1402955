// Days and amounts that are typed into the financing screen by keyboard alone: what is wrong is told, what is right is in
// the address and comes back with it.
import { until } from './checks.mjs';
import { day_iso } from './server.mjs';

const address = (tab) => tab.page.evaluate(() => location.pathname + location.search);

async function open_typed(tab, name) {
  await tab.role('button', 'Period').first().click();
  await tab.role('menuitem', name).click();
  await tab.role('dialog').waitFor();
}

export const tests = {
  'two typed days are the period, in the address and after a reload; what is no day is told': async ({ open, check }) => {
    const tab = await open();
    await tab.sign_in('owner', '/financing');
    await open_typed(tab, 'Other dates…');
    await tab.role('textbox', 'First day').fill('13/40/2026');
    await tab.text(/^Type a day, such as/).first().waitFor();
    const [first, last] = [day_iso(-40), day_iso(-10)];
    await tab.role('textbox', 'First day').fill(last);
    await tab.role('textbox', 'Last day').fill(first);
    await tab.text('The last day is before the first one.').first().waitFor();
    await tab.role('button', 'Show', { exact: true }).click();
    check(!(await address(tab)).includes('from='), 'nothing is shown of days in the wrong order');
    await tab.role('textbox', 'First day').fill(first);
    await tab.role('textbox', 'Last day').fill(last);
    await tab.page.keyboard.press('Enter');
    await until(async () => (await address(tab)).includes(`from=${first}&until=${last}`), 'the typed days in the address');
    await until(async () => await tab.role('dialog').count() === 0, 'the dialog has gone', 5000);
    await tab.go(await address(tab));
    await until(async () => (await address(tab)).includes(`from=${first}&until=${last}`), 'the same after a reload');
  },

  'a typed range of amounts is in the address and taken away again': async ({ open }) => {
    const tab = await open();
    await tab.sign_in('owner', '/financing');
    await tab.role('button', /^Amount/).last().click();
    await tab.role('menuitem', 'Other amounts…').click();
    await tab.role('dialog').waitFor();
    await tab.role('textbox', 'At least').fill('12,50');
    await tab.text(/^Type an amount, such as/).first().waitFor();
    await tab.role('textbox', 'At least').fill('$1,250.50');
    await tab.role('textbox', 'At most').fill('90');
    await tab.text('The upper amount is below the lower one.').first().waitFor();
    await tab.role('textbox', 'At most').fill('9000');
    await tab.role('button', 'Show', { exact: true }).click();
    await until(async () => /cents_from=125050&cents_until=900000/.test(await address(tab)), 'the amounts in the address');
    await tab.role('button', 'Clear filters').first().click();
    await until(async () => !/cents_/.test(await address(tab)), 'no amounts in the address');
  },
};
