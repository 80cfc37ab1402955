// A tab's process is killed in the middle of what its store writes: while it commits an edit, while it applies a pull, and
// right after an edit was shown. The replica opens again and is sound, a pull is there as a whole or not at all, and every
// edit that the screen had shown is still there and on the server once; in the end all rows are as the server has them.
//
// PORTAL_KILLS says how often (tests/full/tab-kills: 50).
import { bounded, until } from './checks.mjs';
import { check_same_rows, fresh_page, wait_for_everything, with_replica } from './replica_files.mjs';

const kills = Number(process.env.PORTAL_KILLS ?? 3);
const news_count = 300;
const moment_ms_max = 10_000;
// Of the kills at a moment; some works write once less than the one that was counted.
const share_in_time = 0.8;
const kinds = ['commit', 'apply', 'shown'];

async function kill_renderer(tab) {
  const session = await tab.context.newCDPSession(tab.page);
  const gone = tab.page.waitForEvent('crash');
  // The process that would answer is the one that ends.
  session.send('Page.crash').catch(() => {});
  await gone;
  await tab.page.close();
}

// In the store's worker, the only one that has files: counts the moments of its work on them, which are those before, in
// the middle of and after each write, and before and after each flush and cut. At the chosen one it stands still for good
// and has the page told.
function watch_files(chosen) {
  const is_watched = 'test_moments' in globalThis;
  Object.assign(globalThis, { test_moments: 0, test_moment_chosen: chosen });
  if (is_watched) return;
  const { prototype } = FileSystemSyncAccessHandle;
  const pass = (what) => {
    globalThis.test_moments += 1;
    if (globalThis.test_moments !== globalThis.test_moment_chosen) return false;
    if (what === 'within a write') return true;
    new BroadcastChannel('test-moment').postMessage(what);
    return Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  };
  const { write, flush, truncate } = prototype;
  prototype.write = function write_or_stand(bytes, options) {
    pass('before a write');
    if (pass('within a write')) {
      write.call(this, bytes.subarray(0, bytes.length >> 1), options);
      globalThis.test_moments -= 1;
      pass('in the middle of a write');
    }
    const written = write.call(this, bytes, options);
    pass('after a write');
    return written;
  };
  for (const [name, plain] of [['flush', flush], ['truncate', truncate]])
    prototype[name] = function work_or_stand(...words) {
      pass(`before a ${name}`);
      plain.apply(this, words);
      pass(`after a ${name}`);
    };
}

const store_worker = (tab) => tab.page.workers()[0];

const too_late = 'when all was there';

// Has the tab stop at that moment of its writing from now on: a function that waits for it and says what was being done.
async function stop_at(tab, moment) {
  const stopped = tab.page.evaluate(() => new Promise((tell) => {
    new BroadcastChannel('test-moment').onmessage = ({ data }) => { tell(data); };
  })).catch(() => too_late);
  await store_worker(tab).evaluate(watch_files, moment);
  return () => bounded(stopped, moment_ms_max).catch(() => too_late);
}

// The moments of that work when nobody is killed.
async function count_moments(tab, work) {
  await store_worker(tab).evaluate(watch_files, 0);
  await work();
  return store_worker(tab).evaluate(() => globalThis.test_moments);
}

function news(run) {
  const row = (index) => `NEWS-${run}-${index},L-A1,,News ${run} number ${index},${'It is out of paper. '.repeat(20)},new,normal,integration,,U-S,${new Date().toISOString().slice(0, 19)}Z`;
  return `external_key,location,integration,subject,description,state,priority,category,requester,assignee,created_at\n${Array.from({ length: news_count }, (_, index) => row(index)).join('\n')}\n`;
}

const subject_of = (run) => `Killed tab ${run}.`;

async function begin_filing(tab, run) {
  await tab.page.keyboard.press('n');
  await tab.role('textbox', 'Subject').fill(subject_of(run));
  await tab.role('textbox', 'What happened?').fill('The tab goes away.');
  return () => tab.role('button', 'File ticket').last().click();
}

async function file_and_see(tab, run) {
  const file = await begin_filing(tab, run);
  await file();
  await tab.role('heading', subject_of(run)).waitFor();
}

async function see_news(tab, run) {
  await tab.server.import_text('tickets', news(run));
  await tab.role('link', new RegExp(`^News ${run} `)).first().waitFor();
}

// Does what belongs to the kind of kill up to its moment: what the tab was doing then.
async function work_until(tab, kind, run, moment) {
  if (kind === 'shown') {
    await file_and_see(tab, run);
    return 'after the edit was shown';
  }
  const file = kind === 'commit' ? await begin_filing(tab, run) : () => tab.server.import_text('tickets', news(run));
  const stopped = await stop_at(tab, moment);
  await file();
  return stopped();
}

const test = async ({ open_on_disk, server, check, same }) => {
  const tab = await open_on_disk();
  tab.expect_problem(/ERR_|Failed to load resource|answer (4|5)\d\d|crash/);
  await tab.sign_in('owner', '/tickets');
  const moments = { commit: await count_moments(tab, () => file_and_see(tab, -1)), shown: 1 };
  await tab.go('/tickets');
  moments.apply = await count_moments(tab, () => see_news(tab, -1));
  const [shown, done] = [[subject_of(-1)], {}];
  for (let run = 0; run < kills; run++) {
    const kind = kinds[run % kinds.length];
    // From the middle of the first write on, one after the other.
    const moment = 1 + (1 + Math.floor(run / kinds.length)) % moments[kind];
    if (run > 0) await tab.show('/tickets');
    const doing = await work_until(tab, kind, run, moment);
    done[`${kind} ${doing}`] = (done[`${kind} ${doing}`] ?? 0) + 1;
    if (kind === 'shown') shown.push(subject_of(run));
    await kill_renderer(tab);
    await with_replica(tab, `after kill ${run}, ${kind} ${doing}`, (ask) => {
      for (const { n } of ask("SELECT count(*) AS n FROM base_ticket WHERE subject LIKE 'News %' GROUP BY substr(subject, 1, instr(subject, ' number'))"))
        same(n, news_count, `rows of one import after kill ${run}`);
    });
    await fresh_page(tab);
    await tab.go('/tickets?tab=all');
    if (kind === 'shown') await tab.role('link', new RegExp(`^Killed tab ${run}\\.`)).first().waitFor();
  }
  const found = await until(async () => {
    const rows = await server.sql("SELECT subject, count(*) AS n FROM ticket WHERE subject LIKE 'Killed tab %' GROUP BY subject");
    return shown.every((subject) => rows.some((row) => row.subject === subject)) ? rows : null;
  }, () => `every ticket that was shown on the server: ${shown}`, 90_000);
  check(found.every(({ n }) => n === 1), `filed more than once: ${JSON.stringify(found)}`);
  const log = await tab.page.evaluate(() => globalThis.portal_client_log.entries().map((entry) => entry.message));
  check(!log.some((text) => /corrupt|set aside/.test(text)), `the log says ${log}`);
  const count = (part) => Object.entries(done).filter(([name]) => name.includes(part)).reduce((sum, [, n]) => sum + n, 0);
  check(count('write') + count('flush') + count('truncate') >= share_in_time * (kills - count('shown')), `hardly a kill in time: ${JSON.stringify(done)}`);
  await wait_for_everything(tab, server);
  await tab.page.close();
  const rows = await with_replica(tab, 'in the end', (ask) => check_same_rows(ask, server, 'in the end'));
  console.log(`      ${kills} kills of ${moments.commit} moments of a commit and ${moments.apply} of an apply: ${JSON.stringify(done)}; ${rows} rows alike`);
};
test.ms_max = 120_000 + kills * 24_000;

export const tests = { 'a tab that is killed while it commits or applies loses nothing that it had shown': test };
