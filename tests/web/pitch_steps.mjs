// The steps of a pitch as its audience has them: what no screen may show, and the walk through all of them.
export const step_count = 7;

// Nothing that an audience should not see.
const bad_states = /is loading|Loading|cannot be opened|no such page|cannot see this screen|Something went wrong/;

export async function look_at_step(tab, check, where) {
  await tab.settle(400);
  const seen = await tab.page.locator('#mirror').innerText();
  check(!bad_states.test(seen), `${where}: ${seen.match(bad_states)?.[0]}`);
  check(await tab.page.locator('#mirror [aria-busy="true"]').count() === 0, `${where}: nothing is on its way`);
  check(await tab.page.locator('#mirror nav').count() === 0, `${where}: no rail`);
  check(seen.length > 300, `${where}: the screen says something`);
}

// From the first step to the last by the presenter's key; `look` sees each one when it stands still.
export async function walk_steps(tab, check, where, look = () => {}) {
  const screens = new Set();
  for (let step = 1; step <= step_count; step++) {
    await tab.page.waitForFunction((number) => location.hash.endsWith(`/${number}`), step);
    await look_at_step(tab, check, `step ${step} ${where}`);
    screens.add(await tab.page.locator('#mirror').innerText().then((text) => text.slice(0, 400)));
    await look(step);
    await tab.page.keyboard.press('ArrowRight');
  }
  check(screens.size === step_count, 'every step shows another screen');
}

// From now on whatever a frame showed of what is on its way is remembered; busy_seen() has it.
export const remember_busy = (tab) => tab.page.evaluate(() => {
  globalThis.seen_busy = [];
  new MutationObserver(() => {
    for (const busy of document.querySelectorAll('#mirror [aria-busy="true"]'))
      globalThis.seen_busy.push(`${location.hash}: ${busy.getAttribute('aria-label') ?? busy.textContent}`);
  }).observe(document.querySelector('#mirror'), { subtree: true, childList: true, attributes: true });
});
export const busy_seen = (tab) => tab.page.evaluate(() => globalThis.seen_busy);
