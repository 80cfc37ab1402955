// No byte of another practice reaches the browser: every answer, the live stream and the raw database files are searched.
import { open_relay } from './relay.mjs';

const canary = 'quillfeather-51';
const staff_canary = 'pebblewood-88';

// The word as text and as base64 at each of its three alignments.
function spellings(word) {
  const inner = [0, 1, 2].map((shift) => {
    const text = Buffer.from(' '.repeat(shift) + word).toString('base64');
    // Letters at the ends depend on the neighbours.
    return text.slice(Math.ceil((shift * 4) / 3) + (shift ? 1 : 0), -4);
  });
  return [word, ...inner];
}

const found_in = (text, words) => words.filter((word) => text.includes(word));

// What the API said, through a relay that asks for answers that are not compressed, so that words can be found.
async function record(server) {
  const heard = [];
  const relay = await open_relay(server, (bytes, request) => {
    if (request.url.startsWith('/api/')) heard.push(bytes.toString('latin1'));
  }, { 'accept-encoding': 'identity' });
  return { heard, ...relay };
}

// Every file of the origin's private file system, as Latin-1 text.
const private_files = (page) => page.evaluate(async () => {
  const files = {};
  const walk = async (folder, path) => {
    for await (const [name, handle] of folder.entries()) {
      if (handle.kind === 'directory') await walk(handle, `${path}${name}/`);
      else {
        const bytes = new Uint8Array(await (await handle.getFile()).arrayBuffer());
        let text = '';
        for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768));
        files[path + name] = text;
      }
    }
  };
  await walk(await navigator.storage.getDirectory(), '');
  return files;
});

async function visit_everything(tab) {
  for (const path of ['/integrations', '/financing', '/tickets?tab=all', '/sync', '/profile', '/']) await tab.go(path);
}

async function everything_of(open, server, who) {
  const relay = await record(server);
  const tab = await open();
  tab.server = relay;
  await tab.sign_in(who);
  await visit_everything(tab);
  // While the program holds the files: the write-ahead log is there too.
  const open_files = await private_files(tab.page).catch(() => ({}));
  await tab.page.goto(`${relay.base}/robots.txt`);
  const closed_files = await private_files(tab.page);
  await tab.page.goto('about:blank');
  await relay.close();
  return { answers: relay.heard.join(''), open_files, closed_files };
}

export const tests = {
  'no byte of practice B is sent to practice A or kept there': async ({ open, server, check, same }) => {
    const ids = await server.sql(`SELECT id FROM practice WHERE external_key = 'P-B' UNION SELECT id FROM location WHERE external_key = 'L-B1'
      UNION SELECT id FROM integration WHERE external_key = 'I-B' UNION SELECT id FROM ticket WHERE external_key = 'T-2'
      UNION SELECT id FROM message WHERE external_key = 'M-2' UNION SELECT id FROM deposit WHERE external_key = 'D-2'`);
    same(ids.length, 6, 'rows of practice B');
    const forbidden = [...spellings(canary), ...spellings(staff_canary), ...ids.map((row) => row.id)];
    const { answers, open_files, closed_files } = await everything_of(open, server, 'owner');
    const files = Object.entries({ ...closed_files, ...Object.fromEntries(Object.entries(open_files).map(([name, text]) => [`${name} (open)`, text])) });
    // The search can find something: what is A's own is in both places.
    check(answers.includes('Terminal prints twice'), 'the answers are read');
    check(files.some(([name, text]) => /replica/.test(name) && text.includes('Terminal prints twice')), `the database is read: ${files.map(([name, text]) => `${name} ${text.length}`)}`);
    check(files.some(([name, text]) => /replica-\d+-wal/.test(name) && text.length > 0), `the write-ahead log is read: ${files.map(([name, text]) => `${name} ${text.length}`)}`);
    same(found_in(answers, forbidden), [], 'found in the answers');
    for (const [name, text] of files) same(found_in(text, forbidden), [], `found in ${name}`);
  },

  'the canary is there to be found: practice B has it': async ({ open, server, check }) => {
    const { answers, closed_files } = await everything_of(open, server, 'neighbour');
    check(answers.includes(canary), 'in the answers');
    check(Object.values(closed_files).some((text) => text.includes(canary)), 'in the database');
    check(!answers.includes(staff_canary), 'but no note of the staff');
  },
};
