// What eight tabs of one user cost: the rows and facts are in one of them, the others hold their screens.
import { until } from './checks.mjs';

export const tenant = 'demo';

const heap_bytes = (tab) => tab.page.evaluate(() => globalThis.portal_diagnostics.heap_bytes);

export const tests = {
  'eight tabs hold the facts in memory once': async ({ open, another, check }) => {
    const owner = await open();
    await owner.sign_in('Account manager', '/financing');
    const figure = (tab) => tab.role('button', /^Net financed volume, /).first();
    await figure(owner).waitFor();
    const followers = [];
    for (let count = 1; count < 8; count++) {
      const tab = await another(owner);
      await tab.go('/financing');
      await figure(tab).waitFor();
      await tab.settle();
      followers.push(tab);
    }
    const told = await figure(owner).innerText();
    for (const tab of followers) await until(async () => await figure(tab).innerText() === told, 'the same figure in every tab');
    await owner.show('/sync');
    const facts = owner.text(/^[\d,]+, [\d.]+ MB of memory for all tabs$/);
    await facts.waitFor();
    const facts_bytes = Number((await facts.innerText()).match(/, ([\d.]+) MB/)[1]) * 1_048_576;
    check(facts_bytes > 0, 'there are facts');
    const owned = await heap_bytes(owner);
    for (const tab of followers) {
      const held = await heap_bytes(tab);
      check(held <= owned - facts_bytes, `a tab that follows holds ${held} bytes, the owner ${owned}, ${facts_bytes} of them facts`);
    }
  },
};
