// What scrolling through a million single facts costs: processor time of the page's main thread for each single frame, by
// wheel and by jumps from end to end of the table, the worst of a hundred; beside what is to be left of a frame for
// everything else.
import { join } from 'node:path';
import { open_profile, sign_in } from './browser.mjs';
import { import_facts, make_tenant, manager, write_facts } from './data.mjs';
import { frame_costs } from './frame_trace.mjs';
import { lower_is_better, median, percentile } from './result.mjs';

const fact_count = Number(process.env.PORTAL_BENCH_PULL_FACTS ?? 1_000_000);
const steps = 400;
const wheel_pixels = 3_000;
const jump_every = 20;
const frame_ms_goal = 8;
const wait_ms_max = 300_000;

// Frames that changed the picture.
const shown_frames = (page) => page.evaluate(() => globalThis.portal_diagnostics.shown_frame_count);

// The number of the last row in view; 0 while it has not come.
const last_row_told = (table) => table.getByRole('row').evaluateAll((rows) => {
  const last = rows.at(-1);
  return /\$/.test(last?.textContent ?? '') ? Number(last.getAttribute('aria-rowindex')) - 1 : 0;
});

async function until_told(page, table, row) {
  const end_ms = Date.now() + wait_ms_max;
  while (await last_row_told(table) !== row) {
    if (Date.now() > end_ms) throw new Error(`row ${row} never came`);
    await page.waitForTimeout(20);
  }
}

// Steps of the wheel, each over more rows than are in view, and now and then a jump by keys to the other end.
async function scroll(page, box) {
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  for (let step = 0; step < steps; step++) {
    if (step % jump_every === jump_every - 1) await page.keyboard.press((step / jump_every) % 2 < 1 ? 'End' : 'Home');
    else await page.mouse.wheel(0, (step / jump_every) % 2 < 1 ? wheel_pixels : -wheel_pixels);
    await page.waitForTimeout(40);
  }
}

export async function measure({ folder, seed, say }) {
  const file = join(folder, 'table-facts.csv');
  await write_facts(file, fact_count, seed);
  const server = await make_tenant(join(folder, 'table'), 10);
  await import_facts(server, file);
  await server.start();
  const { context, page } = await open_profile(join(folder, 'table-profile'));
  try {
    await sign_in(context, server.base, manager);
    await page.goto(`${server.base}/financing/rows?from=2000-01-01`);
    const table = page.locator('#mirror').getByRole('table', { name: 'The rows behind the figures' });
    await table.waitFor({ timeout: wait_ms_max });
    const count = Number(await table.getAttribute('aria-rowcount')) - 1;
    if (count !== fact_count) throw new Error(`the table has ${count} rows of ${fact_count}`);
    await table.getByRole('row').nth(2).getByRole('button').first().focus();
    await page.waitForTimeout(500);
    const started_ms = performance.now();
    await page.keyboard.press('End');
    await until_told(page, table, count);
    say(`from the first to the last row: ${(performance.now() - started_ms).toFixed(0)} ms`);
    await page.keyboard.press('Home');
    await page.waitForTimeout(500);
    const shown_before = await shown_frames(page);
    const box = await table.boundingBox();
    const costs = await frame_costs(context, page, () => scroll(page, box));
    const shown = await shown_frames(page) - shown_before;
    if (shown < steps / 2) throw new Error(`only ${shown} pictures in ${steps} steps`);
    const worst = percentile(costs, 0.99);
    say(`${costs.length} frames, ${shown} pictures: median ${median(costs).toFixed(2)} ms, p99 ${worst.toFixed(2)} ms`);
    return [lower_is_better('table_scroll_p99', 'ms/frame', worst, 'the goal (limit)', frame_ms_goal)];
  } finally {
    await context.close();
    await server.stop();
  }
}
