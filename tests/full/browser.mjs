// What the smoke path asks of a browser, whichever engine it is.
//
// An engine gives: go(address), reload(), evaluate(function, ...values), handles(role, name), click(handle),
// type(handle, text), fill_field(selector, text), press(key), screenshot(path), problems (what went wrong in the page), close().
// Things are found by role and name in the mirror, and the engine's own accessibility tree has to say the same.

import { until as until_seen } from '../web/checks.mjs';

export const wait_ms_max = 60_000;

// Runs in the page: the names of what has that role, in reading order; or the elements of one name.
export function named_in_page(role, wanted) {
  const selectors = {
    button: 'button, [role="button"]', textbox: 'input:not([type="checkbox"]):not([type="password"]), textarea',
    link: 'a[href]', heading: 'h1, h2, h3, h4, h5, h6', dialog: '[role="dialog"]', img: '[role="img"]',
  };
  const text = (string) => (string ?? '').replace(/\s+/g, ' ').trim();
  const name = (element) => text(element.getAttribute('aria-label') || element.labels?.[0]?.textContent || element.textContent);
  const shown = [...document.querySelectorAll(selectors[role])].filter((element) => element.getClientRects().length > 0);
  return wanted === undefined ? shown.map(name) : shown.filter((element) => name(element) === wanted);
}

// checks.mjs's, with these engines' patience.
export const until = (look, words, ms = wait_ms_max) => until_seen(look, words, ms);

export class Tab {
  constructor(engine, base) {
    this.engine = engine;
    this.base = base;
  }

  // The thing with that role whose name matches, as { name, handle }; the last one when several do.
  async find(role, pattern) {
    let seen = [];
    return until(async () => {
      seen = await this.engine.evaluate(named_in_page, role);
      const name = seen.filter((one) => (pattern instanceof RegExp ? pattern.test(one) : one === pattern)).at(-1);
      if (name === undefined) return null;
      const handle = (await this.engine.handles(role, name)).at(-1);
      if (!handle) seen = [`${role} "${name}" is in the page, and not in the browser's accessibility tree`];
      return handle && { name, handle };
    }, () => `${role} ${pattern}; there are ${seen.slice(0, 40).join(' | ')}`);
  }

  async click(role, pattern) { await this.engine.click((await this.find(role, pattern)).handle); }
  async fill(role, pattern, text) {
    const { handle } = await this.find(role, pattern);
    await this.engine.click(handle);
    await this.engine.type(handle, text);
  }

  // Some text of the mirror.
  async text(wanted) {
    await until(() => this.engine.evaluate((text) => [...document.querySelectorAll('#mirror *')]
      .some((element) => element.childElementCount === 0 && element.textContent.includes(text)), wanted), () => `the text ${wanted}`);
  }

  // The first frame is there and so is the data.
  async ready() {
    let heading = null;
    await until(async () => {
      // A page that is being left has no answer.
      heading = await this.engine.evaluate(() => globalThis.portal_diagnostics?.drawn_frame_count > 0 &&
        !document.querySelector('#mirror [aria-busy="true"]') && document.querySelector('#mirror h1')?.textContent).catch(() => null);
      return heading && !/^(Looking at|Getting your|First|Loading|Fetching|Preparing)/.test(heading);
    }, () => `a screen with its data; the heading is ${heading}`);
  }

  async reload() {
    await this.engine.evaluate(() => { globalThis.is_former_page = true; });
    await this.engine.reload();
    await until(() => this.engine.evaluate(() => !globalThis.is_former_page).catch(() => false), () => 'a fresh page');
    await this.ready();
  }

  client_log() { return this.engine.evaluate(() => globalThis.portal_client_log.entries()); }
}
