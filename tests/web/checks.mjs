// What the tests outside of C++ say a failure with, and how they wait.

export function check(condition, words) {
  if (!condition) throw new Error(words);
}

export function same(actual, expected, words) {
  const [is, should] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (is !== should) throw new Error(`${words}: is ${is}, should be ${should}`);
}

// In the page: whether the site is kept for use without a network.
export const is_kept_offline = async () =>
  (await navigator.serviceWorker.getRegistration())?.active?.state === 'activated' && (await caches.keys()).length > 0;

// In the page: whether the demo's program and the script of it are kept, too.
export const is_demo_kept = async () => {
  const kept = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
  return kept.flat().filter(({ url }) => new URL(url).pathname.startsWith('/portal-demo-')).length === 2;
};

// The work's answer, or a failure when it takes longer.
export function bounded(work, ms) {
  let timer;
  const late = new Promise((_, fail) => { timer = setTimeout(() => fail(new Error(`took longer than ${ms} ms`)), ms); });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

// Looks again and again until there is something; the deadline is a failure of its own. `words` say what was waited for;
// a function when that is known only at the end.
export async function until(look, words, ms = 45_000, pause_ms = 150) {
  const deadline = Date.now() + ms;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`never happened: ${typeof words === 'function' ? words() : words}`);
    await new Promise((wake) => { setTimeout(wake, pause_ms); });
  }
}

// What is copied and then looked at: the browser has one clipboard for all tests that run at once.
let clipboard_is_free = Promise.resolve();
export function with_clipboard(work) {
  const turn = clipboard_is_free.then(work);
  clipboard_is_free = turn.catch(() => {});
  return turn;
}
