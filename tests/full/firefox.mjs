// Firefox by WebDriver BiDi.
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { named_in_page, wait_ms_max } from './browser.mjs';

const puppeteer = createRequire(fileURLToPath(new URL('../../web/package.json', import.meta.url)))('puppeteer-core');

export async function open_firefox() {
  // Not headless: without a display this engine has no WebGL 2.
  const browser = await puppeteer.launch({
    browser: 'firefox', executablePath: process.env.PORTAL_FIREFOX ?? '/usr/bin/firefox-esr', headless: false,
    defaultViewport: { width: 1280, height: 800 },
    extraPrefsFirefox: { 'intl.accept_languages': 'en-US', 'intl.locale.requested': 'en-US' },
  });
  const page = await browser.newPage();
  page.setDefaultTimeout(wait_ms_max);
  const problems = [];
  page.on('console', (message) => { if (message.type() === 'error') problems.push(`console: ${message.text()}`); });
  page.on('pageerror', (error) => problems.push(`page error: ${error.message}`));
  return {
    problems,
    go: (address) => page.goto(address),
    reload: () => page.reload(),
    evaluate: (action, ...values) => page.evaluate(action, ...values),
    // Asking the accessibility tree about one element takes a moment, about the whole page minutes.
    handles: async (role, name) => {
      const elements = await (await page.evaluateHandle(named_in_page, role, name)).getProperties();
      const found = [];
      for (const element of elements.values()) {
        const [named] = await element.$$(`::-p-aria([name=${JSON.stringify(name)}][role="${role}"])`);
        if (named && await page.evaluate((one, other) => one === other, element, named)) found.push(named);
      }
      return found;
    },
    click: (handle) => handle.click(),
    type: (handle, text) => page.keyboard.type(text),
    fill_field: (selector, text) => page.type(selector, text),
    press: (key) => page.keyboard.press(key),
    screenshot: (path) => page.screenshot({ path }),
    close: () => browser.close(),
  };
}
