// The window around the program: drawing on demand, pixels, lost graphics, addresses, languages, leaving.
import { is_kept_offline, until } from './checks.mjs';

const kept_files = (page) => page.evaluate(async () => {
  const names = [];
  const walk = async (folder, path) => {
    for await (const [name, handle] of folder.entries()) {
      if (handle.kind === 'directory') await walk(handle, `${path}${name}/`);
      else if ((await handle.getFile()).size > 0) names.push(path + name);
    }
  };
  await walk(await navigator.storage.getDirectory(), '');
  return names;
});

export const tests = {
  'when nothing changes nothing is drawn': async ({ open }) => {
    const tab = await open();
    await tab.sign_in('owner');
    for (const path of ['/', '/financing', '/tickets']) {
      await tab.go(path);
      // What the first pull brings is drawn, whenever it comes; a page that draws by itself never has two idle seconds.
      await until(async () => {
        const before = await tab.frames();
        await tab.page.waitForTimeout(2000);
        return await tab.frames() === before;
      }, `two seconds without a frame on ${path}`, 20_000);
    }
  },

  'one device pixel is one pixel at 1, 1.5 and 2, also after a resize': async ({ open, check }) => {
    for (const ratio of [1, 1.5, 2]) {
      const tab = await open({ deviceScaleFactor: ratio });
      await tab.sign_in('owner');
      for (const viewport of [{ width: 1280, height: 800 }, { width: 731, height: 523 }]) {
        await tab.page.setViewportSize(viewport);
        await tab.page.waitForFunction(([wide, dpr]) => document.getElementById('canvas').width === Math.round(wide * dpr), [viewport.width, ratio]);
        await tab.settle(200);
        const [width, height, css_width, css_height] = await tab.page.evaluate(() => {
          const canvas = document.getElementById('canvas'), box = canvas.getBoundingClientRect();
          return [canvas.width, canvas.height, box.width, box.height];
        });
        check(Math.abs(width - css_width * ratio) < 1 && Math.abs(height - css_height * ratio) < 1 && css_width === viewport.width,
          `at ${ratio}: ${width} x ${height} for ${css_width} x ${css_height}`);
      }
    }
  },

  'lost graphics come back as the same picture': async ({ open, check }) => {
    const tab = await open();
    await tab.sign_in('owner', '/profile');
    await tab.page.mouse.move(640, 790);
    await tab.settle();
    const before = await tab.page.screenshot();
    await tab.page.evaluate(() => {
      globalThis.losing = document.getElementById('canvas').getContext('webgl2').getExtension('WEBGL_lose_context');
      globalThis.losing.loseContext();
    });
    await tab.page.waitForFunction(() => globalThis.portal_diagnostics.graphics_are_lost);
    const frames = await tab.frames();
    await tab.page.evaluate(() => globalThis.losing.restoreContext());
    await tab.page.waitForFunction(() => !globalThis.portal_diagnostics.graphics_are_lost);
    await tab.page.waitForFunction((old) => globalThis.portal_diagnostics.drawn_frame_count > old, frames);
    await tab.settle();
    check(before.equals(await tab.page.screenshot()), 'the picture is the same, to the byte');
    const counts = () => tab.page.evaluate(() => [globalThis.portal_diagnostics.drawn_frame_count, globalThis.portal_diagnostics.shown_frame_count]);
    const [drawn_before, shown_before] = await counts();
    await tab.page.evaluate(() => globalThis.dispatchEvent(new PopStateEvent('popstate')));
    await tab.page.waitForFunction((old) => globalThis.portal_diagnostics.drawn_frame_count > old, drawn_before);
    await tab.settle();
    check((await counts())[1] === shown_before, 'what draws the same again is not sent to the graphics card');
    await tab.role('link', 'Tickets').click();
    await tab.role('heading', 'Tickets').waitFor();
  },

  'deep links open, back and forward go through the screens': async ({ open, server, check }) => {
    const tab = await open();
    await tab.sign_in('owner', '/tickets?tab=all');
    await tab.role('link', /^Terminal prints twice/).click();
    await tab.role('heading', 'Terminal prints twice').waitFor();
    const address = tab.page.url();
    await tab.role('link', 'Financing').click();
    await tab.role('heading', 'Financing').waitFor();
    await tab.page.goBack();
    await tab.role('heading', 'Terminal prints twice').waitFor();
    check(tab.page.url() === address, 'back at the ticket');
    await tab.page.goForward();
    await tab.role('heading', 'Financing').waitFor();
    const other = await tab.context.newPage();
    await tab.page.close();
    await other.goto(address);
    await other.getByRole('heading', { name: 'Terminal prints twice' }).waitFor();
    await other.goto(`${server.base}/no/such/screen`);
    await other.getByText('There is no such page').first().waitFor();
  },

  'Spanish, by the browser and by choice': async ({ open, check }) => {
    const tab = await open({ locale: 'es-MX' });
    await tab.page.goto(`${tab.server.base}/sign-in`);
    await tab.page.getByLabel('Correo').fill('otto.alder@practice-a.example');
    await tab.page.locator('#password').fill('four words in a row');
    await tab.page.keyboard.press('Enter');
    await tab.ready();
    await tab.role('link', 'Financiación').waitFor();
    check(await tab.page.evaluate(() => document.documentElement.lang) === 'es', 'the page says its language');
    await tab.go('/profile');
    await tab.role('tab', 'English').click();
    await tab.role('link', 'Financing').waitFor();
    check(await tab.page.evaluate(() => document.documentElement.lang) === 'en', 'and its new one');
    await tab.page.reload();
    await tab.ready();
    await tab.role('link', 'Financing').waitFor();
  },

  'without isolation the inline program runs the same portal': async ({ open, server, check, same }) => {
    const tab = await open({ serviceWorkers: 'block' });
    await tab.page.route('**/*', async (route) => {
      if (new URL(route.request().url()).pathname.startsWith('/api/')) return route.continue();
      const response = await route.fetch();
      const headers = response.headers();
      delete headers['cross-origin-opener-policy'];
      delete headers['cross-origin-embedder-policy'];
      return route.fulfill({ response, headers });
    });
    tab.expect_problem(/service worker/i);
    await tab.sign_in('owner');
    same(await tab.page.evaluate(() => [crossOriginIsolated, globalThis.portal_diagnostics.artefact]), [false, 'inline'], 'isolation and artefact');
    await tab.role('button', /^Net financed volume, \$/).waitFor();
    await tab.role('link', 'Tickets').click();
    await tab.role('link', /^Terminal prints twice/).waitFor();
    // What is on its way when the page closes cannot be answered any more.
    await tab.page.unrouteAll({ behavior: 'ignoreErrors' });
  },

  'signing out erases what was kept, and the pages are closed to the next one': async ({ open, server, check, same }) => {
    const tab = await open();
    await tab.sign_in('owner', '/profile');
    check((await kept_files(tab.page)).some((name) => /replica/.test(name)), 'something is kept before');
    await tab.role('button', 'Sign out').first().click();
    await tab.page.waitForURL(/\/sign-in/);
    same(await kept_files(tab.page), [], 'files left behind');
    const answer = await tab.page.evaluate(() => fetch('/api/v1/session').then((response) => response.status));
    tab.expect_problem(/401/);
    same(answer, 401, 'the session');
  },

  'data that is not to be kept leaves the device at once, edits and all stay usable': async ({ open, check, same }) => {
    const tab = await open();
    await tab.sign_in('owner', '/profile');
    await tab.role('checkbox', /^Keep data on this device/).click();
    await tab.text(/^Not saved on this device/).first().waitFor();
    await tab.page.waitForFunction(async () => {
      for await (const [, folder] of await navigator.storage.getDirectory()) {
        if (folder.kind !== 'directory') continue;
        for await (const [, place] of folder) if (place.kind === 'directory') return false;
      }
      return true;
    });
    await tab.page.reload();
    await tab.ready();
    let left = [];
    for (let look = 0; look < 100; look++) {
      left = (await kept_files(tab.page)).filter((name) => /replica/.test(name));
      if (!left.length) break;
      await tab.page.waitForTimeout(100);
    }
    same(left, [], 'rows on the device');
    await tab.show('/tickets?tab=all');
    await tab.role('link', /^Terminal prints twice/).waitFor();
    check(await tab.text(/^Not saved on this device/).count() > 0, 'and the page says so');
  },

  'data that is to be kept again is kept from then on': async ({ open, server, check }) => {
    const tab = await open();
    tab.expect_problem(/ERR_CONNECTION|ERR_EMPTY|ERR_INCOMPLETE|ERR_FAILED|502|503/);
    await tab.sign_in('owner', '/profile');
    await tab.page.waitForFunction(is_kept_offline);
    const keep = tab.role('checkbox', /^Keep data on this device/);
    await keep.click();
    await tab.text(/^Not saved on this device/).first().waitFor();
    await keep.click();
    await tab.text(/^Not saved on this device/).first().waitFor({ state: 'detached' });
    await server.stop();
    await tab.show('/tickets');
    await tab.file_ticket('Kept again', 'It is to be there after a reload.');
    await tab.page.reload();
    await tab.ready();
    await tab.role('heading', 'Kept again').waitFor();
    check((await kept_files(tab.page)).some((name) => /replica/.test(name)), 'a replica on the device');
  },

  'a browser that cannot run the portal is told so in a sentence': async ({ open }) => {
    const tab = await open();
    await tab.page.addInitScript(() => { delete globalThis.WebAssembly; });
    await tab.submit_sign_in('owner');
    await tab.page.getByText('This browser cannot run the portal').waitFor();
  },

  'a program or worker that does not arrive is told of, and trying again helps': async ({ open }) => {
    const without = {
      program: (tab) => tab.context.route(/portal-\w+\.wasm$/, (route) => route.abort()),
      worker: (tab) => tab.page.addInitScript(() => {
        if (sessionStorage.getItem('worker was lost')) return;
        globalThis.Worker = class extends Worker {
          constructor(url, options) {
            super('/nowhere.js', options);
            sessionStorage.setItem('worker was lost', 'yes');
          }
        };
      }),
    };
    for (const [part, lose] of Object.entries(without)) {
      const tab = await open();
      tab.expect_problem(/ERR_FAILED|Failed to fetch|404/);
      await lose(tab);
      await tab.submit_sign_in('owner');
      await tab.page.getByText('The portal could not be loaded').waitFor().catch(() => { throw new Error(`nothing is said without its ${part}`); });
      await tab.context.unrouteAll();
      await tab.page.getByRole('button', { name: 'Try again' }).click();
      await tab.ready();
    }
  },

  'from 320 to 2560 pixels nothing is wider than the page': async ({ open, check }) => {
    const tab = await open();
    await tab.sign_in('owner');
    for (const width of [320, 768, 2560]) {
      await tab.page.setViewportSize({ width, height: 800 });
      for (const path of ['/', '/financing', '/tickets?tab=all', '/integrations']) {
        await tab.show(path);
        await tab.settle(80);
        const wide = await tab.page.evaluate(() => Math.max(document.documentElement.scrollWidth,
          ...[...document.querySelectorAll('#mirror :is(h1, h2, [role="button"], a):not(.clipped)')]
            .map((element) => element.getBoundingClientRect().right)));
        check(wide <= width + 0.5, `${path} at ${width}: something reaches ${wide}`);
        await tab.page.screenshot({ path: `build/screens/owner${path.replace(/\W+/g, '-')}-${width}.png` });
      }
    }
  },

  'a wrong password is told in words': async ({ open, server }) => {
    const tab = await open();
    tab.expect_problem(/401/);
    await tab.page.goto(`${server.base}/sign-in`);
    await tab.page.getByLabel('E-mail').fill('otto.alder@practice-a.example');
    await tab.page.getByLabel('Password', { exact: true }).fill('five words not the same');
    await tab.page.keyboard.press('Enter');
    await tab.page.getByRole('alert').getByText('not right').waitFor();
  },
};
