// One browser tab as a person has it: finds things by role and name, and keeps what went wrong in it.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { people, password } from './server.mjs';

const web = createRequire(fileURLToPath(new URL('../../web/package.json', import.meta.url)));
export const { chromium } = web('playwright-core');
const axe_source = readFileSync(web.resolve('axe-core/axe.min.js'), 'utf8');

const arguments_of_chromium = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--use-gl=angle', '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist',
  // The page around the canvas is put together without the emulated card, which costs a third less.
  '--disable-gpu-compositing'];
export const wait_ms_max = 60_000;
const look_again_ms = 50;

export const chromium_options = { executablePath: process.env.PORTAL_CHROMIUM ?? '/usr/bin/chromium', args: arguments_of_chromium };
// The engine's second, better compilation pays off after seconds of use, and most of these tabs live for less.
const options_of_tests = { ...chromium_options, args: [...arguments_of_chromium, '--js-flags=--no-wasm-tier-up'] };
export const launch_chromium = () => chromium.launch(options_of_tests);

// Inside a running page, as a link would do it.
export const push_route = (page, path) => page.evaluate((to) => {
  history.pushState(null, '', to);
  dispatchEvent(new PopStateEvent('popstate'));
}, path);

// How a person's browser is set, wherever its profile lies.
export const browser_settings = {
  viewport: { width: 1280, height: 800 }, locale: 'en-US', timezoneId: 'America/Chicago', colorScheme: 'light',
  reducedMotion: 'reduce', acceptDownloads: true,
};

export class Tab {
  constructor(server, context, page) {
    this.server = server;
    this.context = context;
    this.page = page;
    this.problems = [];
    this.expected = [];
    page.setDefaultTimeout(wait_ms_max);
    // Left to itself it looks in every frame, and so makes the browser draw them all.
    const wait_for = page.waitForFunction.bind(page);
    page.waitForFunction = (look, value, options) => wait_for(look, value, { polling: look_again_ms, ...options });
    page.on('console', (message) => {
      const text = message.text();
      if (message.type() === 'error' || /Content Security Policy/i.test(text)) this.problems.push(`console: ${text} ${message.location().url}`);
    });
    page.on('pageerror', (error) => this.problems.push(`page error: ${error.message}`));
    page.on('requestfailed', (request) => {
      // A page that is left ends its own requests.
      const why = request.failure()?.errorText;
      if (why !== 'net::ERR_ABORTED') this.problems.push(`request failed: ${request.url()} ${why}`);
    });
    page.on('response', (response) => {
      if (response.status() >= 400) this.problems.push(`answer ${response.status()}: ${response.url()}`);
    });
  }

  static async open(browser, server, options = {}) {
    const context = await browser.newContext({ ...browser_settings, ...options });
    return new Tab(server, context, await context.newPage());
  }

  // In a browser of its own whose profile lies in that folder: quotas, for one, hold on a disk only.
  static async open_on_disk(server, folder) {
    const context = await chromium.launchPersistentContext(folder, { ...options_of_tests, ...browser_settings });
    return new Tab(server, context, context.pages()[0]);
  }

  async another() { return new Tab(this.server, this.context, await this.context.newPage()); }

  // From now on a problem that matches is part of the test.
  expect_problem(pattern) { this.expected.push(pattern); }
  unexpected_problems() { return this.problems.filter((text) => !this.expected.some((pattern) => pattern.test(text))); }

  // Before signing in the question "who am I" is answered with 401, which Chromium writes to the console.
  async sign_in(who, path) {
    await this.submit_sign_in(who, path);
    await this.ready();
  }

  // The same for a page whose portal may not come up.
  async submit_sign_in(who, path = '/') {
    const { page } = this;
    await page.goto(`${this.server.base}/sign-in${path === '/' ? '' : `?next=${encodeURIComponent(path)}`}`);
    if (people[who]) {
      await page.getByLabel('E-mail').fill(people[who].email);
      await page.getByLabel('Password', { exact: true }).fill(password);
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    } else {
      await page.getByRole('button', { name: new RegExp(`^${who}`) }).first().click();
    }
  }

  // The first frame is there and so is the data: no screen is still being looked up.
  async ready() {
    await this.page.waitForFunction(() => globalThis.portal_diagnostics?.drawn_frame_count > 0 &&
      document.querySelector('#mirror h1') && !document.querySelector('#mirror [aria-busy="true"]') &&
      !/^(Looking at|Revisando|Getting your|First|Loading|Fetching|Preparing)/.test(document.querySelector('#mirror h1').textContent),
    null, { timeout: wait_ms_max });
  }

  async go(path) {
    await this.page.goto(this.server.base + path);
    await this.ready();
  }

  // Inside the running page, as a link would do it: much quicker than loading the page again.
  async show(path) {
    const before = await this.frames();
    await push_route(this.page, path);
    await this.page.waitForFunction((count) => globalThis.portal_diagnostics.drawn_frame_count > count, before);
    await this.ready();
  }

  async file_ticket(subject, description) {
    await this.page.keyboard.press('n');
    await this.role('textbox', 'Subject').fill(subject);
    await this.role('textbox', 'What happened?').fill(description);
    await this.role('button', 'File ticket').last().click();
    await this.role('heading', subject).waitFor();
  }

  role(role, name, options = {}) { return this.page.locator('#mirror').getByRole(role, { name, ...options }); }
  text(text, options) { return this.page.locator('#mirror').getByText(text, options); }
  frames() { return this.page.evaluate(() => globalThis.portal_diagnostics.drawn_frame_count); }

  // Until two looks in a row find the same number of frames and none on its way, however slowly they come.
  async settle(quiet_ms = 250) {
    const look_at_frames = () => this.page.evaluate(() => {
      const { drawn_frame_count, frame_is_due } = globalThis.portal_diagnostics;
      return { count: drawn_frame_count, is_due: frame_is_due };
    });
    let last = await look_at_frames();
    for (let look = 0; look < 200; look++) {
      await this.page.waitForTimeout(quiet_ms);
      const now = await look_at_frames();
      if (now.count === last.count && !now.is_due) return;
      last = now;
    }
    throw new Error('the page never stopped drawing');
  }

  // The text of the file that a button offers, the first one of that name.
  async download(button) {
    const [download] = await Promise.all([this.page.waitForEvent('download'), this.role('button', button).first().click()]);
    return readFileSync(await download.path(), 'utf8');
  }

  // The file that the screen's "Export" menu offers in that form, as bytes; of the last such menu on the screen.
  async export_as(form) {
    await this.role('button', 'Export').last().click();
    const item = this.role('menuitem', new RegExp(`^${form}`));
    const [download] = await Promise.all([this.page.waitForEvent('download'), item.click()]);
    return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
  }

  // The rows of a CSV below its block, each by its columns' names.
  async exported_rows() {
    const [, data] = (await this.export_as('CSV')).bytes.toString('utf8').split('\r\n\r\n');
    const cells_of = (line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain);
    const [names, ...lines] = data.trim().split('\r\n').map(cells_of);
    return lines.map((cells) => Object.fromEntries(names.map((name, index) => [name, cells[index]])));
  }

  // A real pointer on the middle of the node's rectangle, where the canvas shows the thing.
  async point_at(locator) {
    await locator.first().scrollIntoViewIfNeeded().catch(() => {});
    await this.settle(100);
    const box = await locator.first().boundingBox();
    if (!box) throw new Error(`nothing to point at: ${locator}`);
    await this.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await this.page.mouse.down();
    await this.page.waitForTimeout(40);
    await this.page.mouse.up();
  }

  // What axe-core finds; injected by the debugger, so that the page's policy stays on.
  async axe() {
    await this.page.evaluate(axe_source);
    return this.page.evaluate(async () => (await globalThis.axe.run(document, { resultTypes: ['violations'] })).violations
      .map((found) => `${found.id}: ${found.help}\n      ${found.nodes.slice(0, 3).map((node) => node.html.slice(0, 220)).join('\n      ')}`));
  }

  async close() { await this.context.close(); }
}
