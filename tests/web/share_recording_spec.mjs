// A presenter records a shared view: guests are told, the file holds what they saw and nothing else, and the page that
// plays it shows the same screens at the same moments, without a server.
import { readFileSync } from 'node:fs';
import { is_kept_offline, until } from './checks.mjs';
import { guest_of, presented, share } from './share_live.mjs';

// What a page says, line by line, but for what is only live or only recorded, and for the minute of the data.
const lines_of = (tab) => tab.page.evaluate(() => {
  const said = [...document.querySelectorAll('#mirror main *')].map((element) => element.getAttribute('aria-label') ??
    [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.textContent).join(' '));
  return said.map((line) => line.trim().replace(/\d+:\d\d [AP]M/g, 'then'))
    .filter((line) => line && !/^(Shared by|Recorded on|Otto Alder records)/.test(line));
});

async function record(owner) {
  await owner.role('button', 'Record', { exact: true }).click();
  await owner.text(/^Recording \d+:\d\d$/).first().waitFor();
  return Date.now();
}

async function save(owner) {
  const [download] = await Promise.all([owner.page.waitForEvent('download'), owner.role('button', 'Save recording').click()]);
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
}

async function choose(tab, text, button = /^(Choose a file|Open another recording)$/) {
  const [chooser] = await Promise.all([tab.page.waitForEvent('filechooser'), tab.role('button', button).click()]);
  await chooser.setFiles({ name: 'shared-view.ndjson', mimeType: 'application/x-ndjson', buffer: Buffer.from(text) });
}

async function open_replay(open, server, text, options = {}) {
  const tab = await open(options);
  await tab.page.goto(`${server.base}/replay`);
  await choose(tab, text);
  return tab;
}

const seconds_of = async (tab) => Number(await tab.role('slider', 'Timeline').getAttribute('aria-valuenow'));

// By the pointer, to a moment in milliseconds.
async function seek(tab, at_ms, length_ms) {
  const box = await tab.role('slider', 'Timeline').boundingBox();
  await tab.page.mouse.click(box.x + 7 + (box.width - 14) * (at_ms / length_ms), box.y + box.height / 2);
}

const length_of = (text) => JSON.parse(text.trim().split('\n').at(-1)).t;

// Each moment that a guest saw, with what they saw. It stands still for a while before and after it is looked at.
async function seen_moments(owner, guest, start_ms) {
  const seen = [];
  const look = async (what) => {
    await guest.page.waitForTimeout(1_200);
    seen.push({ what, at_ms: Date.now() - start_ms, lines: await lines_of(guest) });
    await guest.page.waitForTimeout(800);
  };
  const tile = await owner.role('button', /^Approval rate/).first().boundingBox();
  await owner.page.mouse.move(tile.x + 20, tile.y + 20);
  await guest.text('Following Otto Alder, who points at: Approval rate').waitFor();
  await look('a figure that is pointed at');
  await owner.show('/');
  await guest.role('table', 'Integrations').waitFor();
  await look('the overview');
  await owner.show('/tickets');
  await guest.text('The presenter is looking at something that is not shared.').waitFor();
  await look('something that is not shared');
  await owner.role('button', 'Pause', { exact: true }).click();
  await guest.role('heading', /has paused this shared view/).waitFor();
  await look('a pause');
  await owner.role('button', 'Resume', { exact: true }).click();
  await owner.show('/financing');
  await guest.role('table', 'Which plans do patients use?').waitFor();
  await look('the financing screen');
  return seen;
}

async function short_recording(open, server) {
  const { owner, guest } = await presented(open, server);
  await record(owner);
  await guest.text('Otto Alder records what is shown here').waitFor();
  await owner.role('button', 'Stop recording').click();
  return { owner, guest, text: (await save(owner)).text };
}

export const tests = {
  'a recording plays what its guest saw at the same moments, asks for nothing, and names no guest': async ({ open, server, check, same }) => {
    const { owner, guest } = await presented(open, server);
    await guest.role('button', 'Your name').click();
    await guest.role('textbox', 'Your name').fill('Zenobia Quill');
    await guest.role('button', 'Show my name').click();
    const start_ms = await record(owner);
    await guest.text('Otto Alder records what is shown here').waitFor();
    same(await owner.axe(), [], 'accessibility while it is recorded');
    const seen = await seen_moments(owner, guest, start_ms);
    await owner.role('button', 'Stop recording').click();
    const { name, text } = await save(owner);
    await until(async () => await guest.text('Otto Alder records what is shown here').count() === 0, 'the mark is gone');
    check(/^shared-view-\d{4}-\d\d-\d\d-\d{4}\.ndjson$/.test(name), name);
    const foreign = await server.value("SELECT id FROM practice WHERE external_key = 'P-B'");
    for (const words of ['Zenobia', foreign, '/tickets']) check(!text.includes(words), `the file says ${words}`);

    const replay = await open_replay(open, server, text);
    await replay.text(/^Recorded on .* of Otto Alder's view. It is not live.$/).first().waitFor();
    const asked = [];
    replay.page.on('request', (request) => asked.push(request.url()));
    const length_ms = length_of(text);
    for (const { what, at_ms, lines } of [...seen, ...[...seen].reverse()]) {
      await seek(replay, at_ms, length_ms);
      let now = [];
      await until(async () => JSON.stringify(now = await lines_of(replay)) === JSON.stringify(lines),
        () => `${what}: ${JSON.stringify(now.filter((line) => !lines.includes(line)))} instead of ${JSON.stringify(lines.filter((line) => !now.includes(line)))}`, 15_000);
    }
    same(await replay.axe(), [], 'accessibility of the replay');

    await replay.role('slider', 'Timeline').focus();
    await replay.page.keyboard.press('Home');
    await until(async () => await seconds_of(replay) === 0, 'Home is the beginning');
    await replay.page.keyboard.press('ArrowRight');
    await until(async () => await seconds_of(replay) === 5, 'an arrow is five seconds');
    await replay.role('button', 'Speed 1x').click();
    await replay.role('button', 'Speed 2x').click();
    await replay.role('button', 'Play').click();
    await until(async () => await seconds_of(replay) === Math.floor(length_ms / 1000), 'it plays to its end');
    await replay.role('button', 'Play').waitFor();
    await replay.role('table', 'Which plans do patients use?').waitFor();
    same(asked, [], 'what was asked of a server');
  },

  'what cannot be played says why; what was cut or changed is played and says so': async ({ open, server }) => {
    const { text } = await short_recording(open, server);
    const tab = await open();
    await tab.page.goto(`${server.base}/replay`);
    const head = text.slice(0, text.indexOf('\n') + 1);
    const refused = [
      ['net,gross\n1,2\n', 'This file cannot be played', /line 1: this file is no recording/],
      [head.replace('"version":1', '"version":2'), 'This recording is of a later version of the portal', /reload the page/],
      [`${head}{"t":1,"dataset":{"rows":[1]}}\n`, 'This file cannot be played', /line 2: /],
      [`${text}{"t":9,"event":"paused"}\n`, 'This file cannot be played', /stands after the end/],
    ];
    for (const [file, title, words] of refused) {
      await choose(tab, file);
      await tab.text(title, { exact: true }).first().waitFor();
      await tab.text(words).first().waitFor();
    }
    await choose(tab, text.slice(0, -40));
    await tab.text(/^The end of this recording is missing/).first().waitFor();
    await choose(tab, text.replaceAll('Otto', 'Otmar'));
    await tab.text(/somebody has changed it/).first().waitFor();
    await tab.role('heading', /./).first().waitFor();
    await choose(tab, text);
    await until(async () => await tab.text(/somebody has changed it/).count() === 0, 'the whole one says nothing');
  },

  'a page that was visited once plays without a network': async ({ open, server }) => {
    const { text } = await short_recording(open, server);
    const tab = await open({ viewport: { width: 390, height: 844 }, colorScheme: 'dark', locale: 'es-ES' });
    await tab.page.goto(`${server.base}/replay`);
    await tab.role('button', 'Elegir un archivo').waitFor();
    await until(() => tab.page.evaluate(is_kept_offline), 'the site is kept');
    await until(() => tab.page.evaluate(async () => (await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys())))
      .flat().some(({ url }) => /portal-guest-\w+\.wasm$/.test(url))), 'the program is kept');
    await tab.context.setOffline(true);
    await tab.page.reload();
    await choose(tab, text, 'Elegir un archivo');
    await tab.text(/^Grabado el .* No es en vivo\.$/).first().waitFor();
    await tab.role('slider', 'Línea de tiempo').waitFor();
  },

  'a recording ends with its shared view; leaving asks first; nothing is lost but by a press': async ({ open, server, same }) => {
    const owner = await open();
    await owner.sign_in('owner', '/financing');
    const made = await share(owner, server);
    await owner.page.reload();
    await owner.ready();
    await owner.role('button', 'Stop sharing', { exact: true }).waitFor();
    const guest = await guest_of(open, server, made.link);
    await guest.text(/^Following Otto Alder/).waitFor();
    await record(owner);
    const kinds = [];
    owner.page.on('dialog', (dialog) => { kinds.push(dialog.type()); dialog.dismiss(); });
    await owner.page.reload({ timeout: 3_000 }).catch(() => {});
    await until(() => kinds.length > 0, 'leaving asks');
    same(kinds[0], 'beforeunload', 'who asks');
    await owner.role('button', 'Stop sharing', { exact: true }).click();
    await owner.role('button', 'Stop sharing now').click();
    await owner.text('The shared view has ended, and its recording with it.').first().waitFor();
    await owner.page.keyboard.press('Escape');
    await owner.role('button', 'Discard', { exact: true }).click();
    await owner.role('button', 'Discard the recording').click();
    await until(async () => await owner.role('button', 'Save recording').count() === 0, 'it is discarded');
    await owner.page.reload();
    await owner.ready();
    same(kinds.length, 1, 'times that leaving asked');
  },
};
