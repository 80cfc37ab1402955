// The table of single facts of a whole book: scrolled by wheel and keys to either end, every row told by its number.
import { until } from './checks.mjs';

export const tenant = 'demo';

const table_of = (tab) => tab.role('table', 'The rows behind the figures');
const count_of = async (tab) => Number(await table_of(tab).getAttribute('aria-rowcount')) - 1;
const numbers_in_view = (tab) => table_of(tab).getByRole('row').evaluateAll((rows) => rows
  .filter((row) => row.querySelector('[role="cell"]')).map((row) => Number(row.getAttribute('aria-rowindex')) - 1));
const texts_in_view = (tab) => table_of(tab).getByRole('row').evaluateAll((rows) => rows.map((row) => row.textContent));
// All rows in view have come.
const is_told = async (tab) => (await texts_in_view(tab)).every((text) => !/Coming/.test(text));

async function book_of_rows(open) {
  const tab = await open();
  await tab.sign_in('Account manager', '/financing/rows?from=2020-01-01');
  await table_of(tab).waitFor();
  return tab;
}

export const tests = {
  'the keys reach both ends, and each row tells its number': async ({ open, check }) => {
    const tab = await book_of_rows(open);
    const count = await count_of(tab);
    check(count > 10_000, `${count} rows`);
    await table_of(tab).getByRole('row').nth(2).getByRole('button').first().focus();
    await tab.settle();
    await tab.page.keyboard.press('End');
    await until(async () => (await numbers_in_view(tab)).at(-1) === count && await is_told(tab), 'the last row');
    // The first one goes to the top of what is seen.
    await tab.page.keyboard.press('PageUp');
    await tab.settle(100);
    await tab.page.keyboard.press('PageUp');
    await until(async () => (await numbers_in_view(tab)).at(-1) < count && await is_told(tab), 'a page up');
    await tab.page.keyboard.press('Home');
    await until(async () => (await numbers_in_view(tab))[0] === 1 && await is_told(tab), 'the first row');
    const before = (await numbers_in_view(tab)).length;
    check(before < 100, `only what is seen is in the page: ${before} rows`);
  },

  'rows that come and go change words in the page, and make no elements': async ({ open, check }) => {
    const tab = await book_of_rows(open);
    const count = await count_of(tab);
    await table_of(tab).getByRole('row').nth(2).getByRole('button').first().focus();
    await tab.settle();
    await tab.page.evaluate(() => {
      globalThis.cells_made = 0;
      const cells_of = (node) => node.nodeType === 1 ? (node.matches('[role="cell"]') ? 1 : 0) + node.querySelectorAll('[role="cell"]').length : 0;
      new MutationObserver((changes) => {
        for (const { addedNodes } of changes) for (const node of addedNodes) globalThis.cells_made += cells_of(node);
      }).observe(document.getElementById('mirror'), { childList: true, subtree: true });
    });
    for (const [key, is_there] of [['End', (numbers) => numbers.at(-1) === count], ['Home', (numbers) => numbers[0] === 1], ['End', (numbers) => numbers.at(-1) === count]]) {
      await tab.page.keyboard.press(key);
      await until(async () => is_there(await numbers_in_view(tab)) && await is_told(tab), `the row at ${key}`);
    }
    // A row that has the focus keeps its element, and now and then one more is seen in part.
    const in_row = await table_of(tab).getByRole('row').nth(3).getByRole('cell').count();
    const made = await tab.page.evaluate(() => globalThis.cells_made);
    check(in_row === 8 && made <= 3 * 3 * in_row, `${made} cells were made, ${in_row} are in a row`);
  },

  'a fling of the wheel through thousands of rows ends with rows that are told, without a gap': async ({ open, check, same }) => {
    const tab = await book_of_rows(open);
    await until(() => is_told(tab), 'the first rows');
    const box = await table_of(tab).boundingBox();
    await tab.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    const former = await table_of(tab).getByRole('row').nth(5).elementHandle();
    for (let turn = 0; turn < 40; turn++) await tab.page.mouse.wheel(0, 9_000);
    await until(async () => (await numbers_in_view(tab))[0] > 1_000 && await is_told(tab), 'rows in the middle');
    const numbers = await numbers_in_view(tab);
    same(numbers, numbers.map((_, index) => numbers[0] + index), 'the numbers of the rows in view');
    const texts = await texts_in_view(tab);
    check(texts.slice(1).every((text) => /\$/.test(text)), `each has its amount: ${texts[1]}`);
    const [is_in_page, number] = await former.evaluate((row) => [row.isConnected, Number(row.getAttribute('aria-rowindex')) - 1]);
    check(is_in_page && numbers.includes(number), `the element of a row that was left stands for row ${number} now`);
  },
};
