// A new release of the site: offered and never forced; a tab keeps the files it began with; the replica stays.
import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { is_kept_offline, until } from './checks.mjs';
import { wait_ms_max } from './portal.mjs';
import { scratch_folder, site } from './server.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

// The same programs with other pages, so that the names with their hashes change.
function build_next_release(folder, out) {
  const web = join(folder, 'web');
  cpSync(join(root, 'web'), web, { recursive: true, filter: (path) => !path.includes('node_modules') });
  symlinkSync(join(root, 'web/node_modules'), join(web, 'node_modules'));
  for (const module of ['boot.js', 'words.js']) appendFileSync(join(web, module), 'globalThis.is_next_release = true;\n');
  appendFileSync(join(web, 'style.css'), '/* The next release. */\n');
  execFileSync(process.execPath, [join(web, 'build/site.mjs'), '--programs', join(root, 'build/web'), '--out', out]);
}

const release = (tab) => tab.page.evaluate(() => globalThis.portal_diagnostics.release);

async function reply(tab, words) {
  // A pointer that rests on a message keeps it there.
  await tab.page.mouse.move(400, 450);
  await tab.role('textbox', 'Your reply').fill(words);
  await tab.role('button', 'Send reply').click();
  await tab.text(words).first().waitFor();
}

// Whether the browser still has a file of the release that the tab began with.
const own_file = (tab) => tab.page.evaluate(async () => (await fetch(document.querySelector('script[type="module"]').src)).status);

async function with_releases(server, work) {
  const folder = scratch_folder();
  try {
    cpSync(site, join(folder, 'site'), { recursive: true });
    cpSync(`${site}.kept`, join(folder, 'site.kept'), { recursive: true });
    await server.stop();
    server.site = join(folder, 'site');
    await server.start();
    await work(async () => {
      const former = JSON.parse(readFileSync(join(folder, 'site/site.json'), 'utf8')).release;
      build_next_release(folder, join(folder, 'site'));
      // The server looks at its folder by itself.
      return until(async () => {
        const { release } = await (await fetch(`${server.base}/site.json`)).json();
        return release !== former && release;
      }, 'the next release served', wait_ms_max);
    });
  } finally {
    await server.stop();
    server.site = site;
    rmSync(folder, { recursive: true, force: true });
  }
}

export const tests = {
  'a new release is offered; the old tab goes on with its own files; accepting keeps the replica': async ({ open, another, server, check, same }) => {
    await with_releases(server, async (replace) => {
      const old = await open();
      old.expect_problem(/ERR_CONNECTION|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE|ERR_FAILED|ERR_NETWORK/);
      await old.sign_in('owner', '/tickets');
      await old.page.waitForFunction(is_kept_offline);
      // Past the worker, as a page that was still loading when the worker took over: it is claimed.
      const debug = await old.context.newCDPSession(old.page);
      await Promise.all([old.page.waitForEvent('load'), debug.send('Page.reload', { ignoreCache: true })]);
      await old.ready();
      await old.page.waitForFunction(() => navigator.serviceWorker.controller);
      const first = await release(old);
      await old.role('link', /^Terminal prints twice/).click();
      const next = await replace();
      // Another tab asks for the worker again; the tab that was open hears of it too.
      const other = await another(old);
      await other.page.goto(`${server.base}/sync`);
      const offer = (tab) => tab.page.getByRole('status').filter({ hasText: 'Update ready' });
      await offer(old).waitFor();
      await offer(other).waitFor();
      same([await release(old), await release(other)], [first, first], 'nobody is moved without having agreed');
      same(await old.page.evaluate(() => fetch(document.querySelector('script[type="module"]').src, { cache: 'reload' }).then((answer) => answer.status)), 200, 'a file of the old release');

      await other.page.getByRole('button', { name: 'Update now' }).click();
      await other.page.waitForFunction((wanted) => globalThis.portal_diagnostics?.release === wanted, next);
      same(await release(old), first, 'the other tab was left alone');
      same(await own_file(old), 200, 'and has its files');
      await reply(old, 'Written in the old release.');
      await until(async () => (await server.value("SELECT COUNT(*) FROM message WHERE body = 'Written in the old release.'")) === 1, 'the reply in the server database', wait_ms_max);
      await other.page.close();

      // The replica is there without asking anybody, and so is the new release.
      await server.stop();
      await old.page.reload();
      await old.ready();
      same(await release(old), next, 'the release after the reload');
      await old.text('Written in the old release.').first().waitFor();
      await server.start();
      await reply(old, 'Written in the new release.');
      await until(async () => (await server.value("SELECT COUNT(*) FROM message WHERE body = 'Written in the new release.'")) === 1, 'the reply in the server database', wait_ms_max);
      check(await offer(old).count() === 0, 'nothing is left to offer');
    });
  },
};
