// What a choice over a million facts, and over five, costs: from the press on a day and an hour of the picture of hours to the frame that
// shows the figures of that choice, all of them on the screen; each equals SQL. The moment of the press is the browser's
// own, and the frame's is when its words are told, which is in the frame that draws them.
import { join } from 'node:path';
import { shows } from '../web/figures.mjs';
import { open_profile, sign_in } from './browser.mjs';
import { import_facts, make_tenant, manager, net_sql, write_facts } from './data.mjs';
import { lower_is_better, median, percentile } from './result.mjs';

const million = Number(process.env.PORTAL_BENCH_PULL_FACTS ?? 1_000_000);
const presses = 30;
// What follows within a tenth of a second feels like one's own doing.
const prompt_ms = 100;
const wait_ms_max = 300_000;
const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

// Tells the page's own clock when the words of a figure next change after a press.
const watch_figure = () => {
  globalThis.bench_figure = () => [...document.querySelectorAll('#mirror [role="button"]')]
    .map((node) => node.getAttribute('aria-label') ?? node.textContent).find((words) => words.startsWith('Net financed volume, '));
  let pressed_ms = 0, former = '';
  addEventListener('pointerup', (event) => {
    [pressed_ms, former] = [event.timeStamp, globalThis.bench_figure()];
    globalThis.bench_took_ms = 0;
  }, true);
  new MutationObserver(() => {
    const words = globalThis.bench_figure();
    if (!pressed_ms || !words || words === former) return;
    globalThis.bench_took_ms = performance.now() - pressed_ms;
    pressed_ms = 0;
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
};

async function press_cell(page, box, index) {
  const column = (index * 7) % 10, row = index % 5;
  await page.mouse.click(box.x + box.width * (0.08 + column * 0.09), box.y + box.height * (0.05 + row * 0.12));
  await page.waitForFunction(() => globalThis.bench_took_ms > 0);
  return page.evaluate(() => globalThis.bench_took_ms);
}

async function check_choice(page, server, period) {
  const asked = new URL(page.url()).searchParams;
  const [weekday, hour] = [weekdays.indexOf(asked.get('weekday')), asked.get('hour')];
  if (weekday < 0 || hour === null) throw new Error(`the press chose nothing: ${page.url()}`);
  const cents = await server.value(`${net_sql(period.from, period.until)} AND (posted_day + 3) % 7 = ${weekday} AND hour_band = ${hour}`);
  const told = await page.evaluate(() => globalThis.bench_figure());
  if (!shows(told, cents)) throw new Error(`${told} is not ${cents} cents, for ${page.url()}`);
}

async function measure_count(folder, seed, count) {
  const file = `${folder}-facts.csv`;
  await write_facts(file, count, seed);
  const server = await make_tenant(folder, 10);
  await import_facts(server, file);
  await server.start();
  const { context, page } = await open_profile(`${folder}-profile`);
  try {
    await sign_in(context, server.base, manager);
    await page.addInitScript(watch_figure);
    const period = { from: '2000-01-01', until: '2100-01-01' };
    await page.goto(`${server.base}/financing?from=${period.from}&until=${period.until}`);
    const picture = page.locator('#mirror').getByRole('img', { name: /^Most applications come on/ });
    await picture.waitFor({ timeout: wait_ms_max });
    await picture.scrollIntoViewIfNeeded();
    await page.waitForTimeout(1_000);
    const box = await picture.boundingBox();
    const times = [];
    for (let index = 0; index < presses; index++) {
      times.push(await press_cell(page, box, index));
      await check_choice(page, server, period);
    }
    return times.sort((left, right) => left - right);
  } finally {
    await context.close();
    await server.stop();
  }
}

export async function measure({ folder, seed, say, wanted }) {
  const results = [];
  for (const [name, count] of [['interaction_1m', million], ['interaction_5m', 5 * million]]) {
    if (!wanted(name)) continue;
    const times = await measure_count(join(folder, name), seed, count);
    say(`${count} facts, ${presses} presses: median ${median(times).toFixed(1)} ms, p95 ${percentile(times, 0.95).toFixed(1)} ms`);
    results.push(lower_is_better(name, 'ms', median(times), 'what feels like one\'s own doing (limit)', prompt_ms));
  }
  return results;
}
