// A tab's process is killed while it files an edit or applies a pull: the replica opens again and is sound, and every edit
// that the screen had shown is still there and on the server once.
//
// PORTAL_KILLS says how often (tests/full/tab-kills: 50).
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seeded } from '../bench/data.mjs';
import { until } from './checks.mjs';
import { wait_ms_max } from './portal.mjs';

const kills = Number(process.env.PORTAL_KILLS ?? 3);
const delay_ms_max = 400;
const news_count = 300;

async function kill_renderer(tab) {
  const session = await tab.context.newCDPSession(tab.page);
  const gone = tab.page.waitForEvent('crash');
  // The process that would answer is the one that ends.
  session.send('Page.crash').catch(() => {});
  await gone;
  await tab.page.close();
}

async function fresh_page(tab) {
  tab.page = await tab.context.newPage();
  tab.page.setDefaultTimeout(wait_ms_max);
}

// The replica's files as they lie on the disk, copied by a page of the same origin that runs no portal.
async function copy_replica(tab, folder) {
  await fresh_page(tab);
  await tab.page.goto(`${tab.server.base}/robots.txt`);
  const files = await tab.page.evaluate(async () => {
    const found = {};
    const text_of = (file) => new Promise((done) => {
      const reader = new FileReader();
      reader.onload = () => done(reader.result.slice(reader.result.indexOf(',') + 1));
      reader.readAsDataURL(file);
    });
    const walk = async (directory) => {
      for await (const entry of directory.values()) {
        if (entry.kind === 'directory') await walk(entry);
        else if (entry.name.startsWith('replica-')) found[entry.name] = await text_of(await entry.getFile());
      }
    };
    await walk(await navigator.storage.getDirectory());
    return found;
  });
  await tab.page.close();
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), Buffer.from(bytes, 'base64'));
  return Object.keys(files).find((name) => /^replica-\d+$/.test(name));
}

async function check_replica(tab, same, words) {
  const folder = mkdtempSync(join(tmpdir(), 'portal-replica-'));
  try {
    const name = await copy_replica(tab, folder);
    same(execFileSync('sqlite3', [join(folder, name), 'PRAGMA integrity_check'], { encoding: 'utf8' }).trim(), 'ok', words);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function news(run) {
  const row = (index) => `NEWS-${run}-${index},L-A1,,News ${run} number ${index},${'It is out of paper. '.repeat(20)},new,normal,integration,,U-S,${new Date().toISOString().slice(0, 19)}Z`;
  return `external_key,location,integration,subject,description,state,priority,category,requester,assignee,created_at\n${Array.from({ length: news_count }, (_, index) => row(index)).join('\n')}\n`;
}

// Whether the screen has shown the ticket before the kill.
async function file_and_kill(tab, subject, delay_ms, waits) {
  await tab.page.keyboard.press('n');
  await tab.role('textbox', 'Subject').fill(subject);
  await tab.role('textbox', 'What happened?').fill('The tab goes away.');
  let shown = false;
  const heading = tab.role('heading', subject).waitFor().then(() => { shown = true; }, () => {});
  await tab.role('button', 'File ticket').last().click();
  if (waits === 'until shown') await heading;
  else await tab.page.waitForTimeout(delay_ms);
  const was_shown = shown;
  await kill_renderer(tab);
  await heading;
  return was_shown;
}

async function pull_and_kill(tab, run, delay_ms) {
  await tab.server.import_text('tickets', news(run));
  await tab.page.waitForTimeout(delay_ms);
  await kill_renderer(tab);
}

const test = async ({ open_on_disk, server, check, same }) => {
  const random = seeded(23);
  const tab = await open_on_disk();
  tab.expect_problem(/ERR_|Failed to load resource|answer (4|5)\d\d|crash/);
  await tab.sign_in('owner', '/tickets');
  const [shown, filed] = [[], []];
  for (let run = 0; run < kills; run++) {
    const subject = `Killed tab ${run}.`;
    const delay_ms = random() * delay_ms_max;
    if (run % 2 === 0) {
      filed.push(subject);
      if (await file_and_kill(tab, subject, delay_ms, run % 4 === 0 ? 'until shown' : 'a moment')) shown.push(subject);
    } else {
      await pull_and_kill(tab, run, delay_ms);
    }
    await check_replica(tab, same, `the replica after kill ${run}`);
    await fresh_page(tab);
    await tab.go('/tickets');
    if (shown.at(-1) === subject) await tab.role('link', new RegExp(`^Killed tab ${run}\\.`)).first().waitFor();
  }
  const rows = await until(async () => {
    const found = await server.sql("SELECT subject, count(*) AS n FROM ticket WHERE subject LIKE 'Killed tab %' GROUP BY subject");
    return shown.every((subject) => found.some((row) => row.subject === subject)) ? found : null;
  }, () => `every ticket that was shown on the server: ${shown}`, 90_000);
  check(rows.every(({ n, subject }) => n === 1 && filed.includes(subject)), `filed more than once: ${JSON.stringify(rows)}`);
  const log = await tab.page.evaluate(() => globalThis.portal_client_log.entries().map((entry) => entry.message));
  check(!log.some((text) => /corrupt|set aside/.test(text)), `the log says ${log}`);
  check(shown.length > 0, 'no ticket was shown before its tab was killed');
  console.log(`      ${kills} kills, ${filed.length} tickets filed, ${shown.length} of them shown before, ${rows.length} kept`);
};
test.ms_max = 1_200_000;

export const tests = { 'a tab that is killed while it commits or applies loses nothing that it had shown': test };
