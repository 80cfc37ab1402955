// What drawing costs: processor time of the page's main thread for each frame drawn while a pointer moves over the
// screen, beside the whole time that a 60 Hz screen gives a frame; and frames drawn while nothing changes.
import { join } from 'node:path';
import { open_profile, sign_in } from './browser.mjs';
import { import_facts, make_tenant, manager, write_facts } from './data.mjs';
import { lower_is_better, median, none_is_best } from './result.mjs';

const ticket_count = 3_000;
const fact_count = 20_000;
const moves = 40;
const rounds = 3;
const frame_budget_ms = 1000 / 60;
const idle_s = 3;

const frames = (page) => page.evaluate(() => globalThis.portal_diagnostics.drawn_frame_count);
// Frames that changed the picture: the cost of the others is theirs too.
const shown_frames = (page) => page.evaluate(() => globalThis.portal_diagnostics.shown_frame_count);

async function settled(page) {
  for (let last = -1, now = await frames(page); now !== last; now = await frames(page)) {
    last = now;
    await page.waitForTimeout(1000);
  }
}

async function cpu_ms_per_frame(page, debug) {
  const busy_ms = async () => (await debug.send('Performance.getMetrics')).metrics.find((one) => one.name === 'TaskDuration').value * 1000;
  const costs = [];
  for (let round = 0; round < rounds; round++) {
    const [frames_before, ms_before] = [await shown_frames(page), await busy_ms()];
    for (let move = 0; move < moves; move++)
      // Each to another row or tile, so that each changes the picture.
      await page.mouse.move(300 + ((move * 37) % 900), 120 + ((move * 73 + round * 7) % 600));
    const [frames_after, ms_after] = [await shown_frames(page), await busy_ms()];
    if (frames_after - frames_before < moves / 4) throw new Error(`only ${frames_after - frames_before} frames were shown`);
    costs.push((ms_after - ms_before) / (frames_after - frames_before));
  }
  return median(costs);
}

export async function measure({ folder, seed, say }) {
  const file = join(folder, 'frame-facts.csv');
  await write_facts(file, fact_count, seed);
  const server = await make_tenant(join(folder, 'frame'), ticket_count);
  await import_facts(server, file);
  await server.start();
  const { context, page } = await open_profile(join(folder, 'frame-profile'));
  try {
    await sign_in(context, server.base, manager);
    const debug = await context.newCDPSession(page);
    await debug.send('Performance.enable', { timeDomain: 'threadTicks' });
    const results = [];
    const mirror = page.locator('#mirror');
    const screens = [['frame_cpu_overview', '/', mirror.getByText('Who needs me')],
      ['frame_cpu_tickets', '/tickets?tab=all', mirror.getByText(/prints twice/)]];
    for (const [name, path, shown] of screens) {
      await page.goto(server.base + path);
      await shown.first().waitFor();
      await settled(page);
      results.push(lower_is_better(name, 'ms/frame', await cpu_ms_per_frame(page, debug), 'a frame at 60 Hz (limit)', frame_budget_ms));
      say(`${name}: ${results.at(-1)[1].value} ms`);
    }
    await page.mouse.move(2, 2);
    await page.goto(`${server.base}/`);
    await screens[0][2].first().waitFor();
    await settled(page);
    const before = await frames(page);
    const ticks = await page.evaluate((seconds) => new Promise((done) => {
      let count = 0;
      const end_ms = performance.now() + seconds * 1000;
      const tick = (now_ms) => {
        count++;
        if (now_ms < end_ms) requestAnimationFrame(tick);
        else done(count);
      };
      requestAnimationFrame(tick);
    }), idle_s);
    const drawn = await frames(page) - before;
    results.push(none_is_best('idle_draws', 'draws/s', drawn / idle_s, "the screen's own frames in the same seconds", ticks / idle_s));
    return results;
  } finally {
    await context.close();
    await server.stop();
  }
}
