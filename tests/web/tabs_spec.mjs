// Several tabs of one browser: one keeps the data, the others work through it, and whichever is left goes on.
import { until } from './checks.mjs';

const sync_requests = (tab) => {
  const paths = [];
  tab.page.on('request', (request) => { if (/\/api\/v1\/(sync|live)/.test(request.url())) paths.push(new URL(request.url()).pathname); });
  return paths;
};

const count_of = (server, subject) => server.value(`SELECT COUNT(*) FROM ticket WHERE subject = '${subject}'`);

async function is_on_the_server(server, subject) {
  await until(async () => (await count_of(server, subject)) === 1, `"${subject}" in the server's database`);
}

// The owner's tab, and one more that works through it.
async function two_tabs({ open, another }, path) {
  const owner = await open();
  await owner.sign_in('owner', path);
  const follower = await another(owner);
  follower.requests = sync_requests(follower);
  await follower.go(path);
  return [owner, follower];
}

// The tab's workers, the store among them, stand still until the function that this gives is called; its page goes on.
async function freeze_workers(tab) {
  const debug = await tab.context.newCDPSession(tab.page), sessions = [];
  debug.on('Target.attachedToTarget', ({ sessionId }) => sessions.push(sessionId));
  await debug.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  await until(() => sessions.length >= tab.page.workers().length, 'the workers are debugged');
  let id = 0;
  const say = async (...methods) => {
    for (const method of methods)
      for (const sessionId of sessions) await debug.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id: ++id, method }) });
  };
  await say('Debugger.enable', 'Debugger.pause');
  return () => say('Debugger.resume', 'Debugger.disable');
}

async function wish_a_ticket(tab, subject) {
  await tab.page.keyboard.press('n');
  await tab.role('textbox', 'Subject').fill(subject);
  await tab.role('textbox', 'What happened?').fill('In a tab that stands still.');
  await tab.role('button', 'File ticket').last().click();
}

const replicas_of = (tab) => tab.page.evaluate(async () => {
  const root = await (await navigator.storage.getDirectory()).getDirectoryHandle('partner-portal');
  const names = [];
  for await (const [, folder] of root.entries())
    if (folder.kind === 'directory') for await (const name of folder.keys()) if (/^replica-\d+$/.test(name)) names.push(name);
  return names;
});

export const tests = {
  'a second tab reads and edits through the first, which alone holds the data': async (tools) => {
    const [owner, follower] = await two_tabs(tools, '/tickets');
    await follower.role('link', /^Terminal prints twice/).click();
    const words = 'Written in the second tab.';
    await follower.role('textbox', 'Your reply').fill(words);
    await follower.role('button', 'Send reply').click();
    await follower.text(words).first().waitFor();
    await until(async () => (await tools.server.value(`SELECT COUNT(*) FROM message WHERE body = '${words}'`)) === 1, 'the reply on the server');
    await owner.role('link', /^Terminal prints twice/).click();
    await owner.text(words).first().waitFor();
    tools.check(await follower.role('link', /^Terminal prints twice/).count() > 0, 'each tab has its own screens');
    tools.same(follower.requests, [], 'what the second tab asked the server for');
  },

  'each tab has its own filters, and a file is saved by the tab that asked': async (tools) => {
    const [owner, follower] = await two_tabs(tools, '/tickets');
    await follower.show('/financing');
    await follower.text('Net financed volume').first().waitFor();
    await owner.role('link', /^Terminal prints twice/).first().waitFor();
    const file = (await follower.export_as('CSV')).bytes.toString('utf8');
    tools.check(/^from,until,net/m.test(file), `the file: ${file.slice(0, 200)}`);
  },

  'seven more tabs work while one holds the data': async (tools) => {
    const [owner, ...rest] = await two_tabs(tools, '/');
    for (let count = 0; count < 6; count++) {
      const tab = await tools.another(owner);
      tab.requests = sync_requests(tab);
      await tab.go('/tickets');
      rest.push(tab);
    }
    await rest[6].file_ticket('Filed in the eighth tab', 'The others are to see it.');
    await is_on_the_server(tools.server, 'Filed in the eighth tab');
    for (const tab of rest.slice(1, 6)) await tab.role('link', /^Filed in the eighth tab/).first().waitFor();
    tools.same(rest.flatMap((tab) => tab.requests), [], 'what the seven asked the server for');
  },

  'when the tab that keeps the data closes, another goes on': async (tools) => {
    const [owner, follower] = await two_tabs(tools, '/tickets');
    await follower.file_ticket('Filed before it closed', 'In the second tab.');
    await owner.page.close({ runBeforeUnload: false });
    await follower.file_ticket('Filed after it closed', 'In the second tab.');
    for (const subject of ['Filed before it closed', 'Filed after it closed']) await is_on_the_server(tools.server, subject);
    await until(() => follower.requests.includes('/api/v1/sync/push'), 'the second tab speaks with the server itself');
  },

  'when the tab that keeps the data crashes, another goes on and no edit is lost': async (tools) => {
    const [owner, follower] = await two_tabs(tools, '/tickets');
    for (const tab of [owner, follower]) tab.expect_problem(/ERR_FAILED/);
    const debug = await owner.context.newCDPSession(owner.page);
    const crashed = new Promise((done) => { owner.page.once('crash', done); });
    debug.send('Page.crash').catch(() => {});
    // Filed while nobody may be there to keep it.
    await follower.file_ticket('Filed during the crash', 'In the second tab.');
    await crashed;
    await is_on_the_server(tools.server, 'Filed during the crash');
    tools.same(await count_of(tools.server, 'Filed during the crash'), 1, 'tickets');
    await owner.page.close();
  },

  'a frozen page still serves the tabs that follow it': async (tools) => {
    const [owner, follower] = await two_tabs(tools, '/tickets');
    const debug = await owner.context.newCDPSession(owner.page);
    await debug.send('Page.setWebLifecycleState', { state: 'frozen' });
    await follower.file_ticket('Filed while it was frozen', 'In the second tab.');
    await is_on_the_server(tools.server, 'Filed while it was frozen');
    await debug.send('Page.setWebLifecycleState', { state: 'active' });
    await owner.role('link', /^Filed while it was frozen/).first().waitFor();
  },

  'a tab that stands still is replaced, and what is done in both is kept once': async (tools) => {
    const [owner, follower] = await two_tabs(tools, '/tickets');
    const thaw = await freeze_workers(owner);
    await follower.file_ticket('Filed while the other stood still', 'In the second tab.');
    await is_on_the_server(tools.server, 'Filed while the other stood still');
    await until(() => follower.requests.includes('/api/v1/sync/push'), 'the second tab speaks with the server itself');
    tools.same((await replicas_of(follower)).length, 2, 'copies on the device while the other has its own open');
    await wish_a_ticket(owner, 'Wished of the one that stood still');
    await thaw();
    await owner.role('link', /^Filed while the other stood still/).first().waitFor();
    for (const tab of [owner, follower]) await tab.role('link', /^Wished of the one that stood still/).first().waitFor();
    await owner.show('/tickets');
    await owner.file_ticket('Filed after it woke', 'In the first tab.');
    const subjects = ['Filed while the other stood still', 'Wished of the one that stood still', 'Filed after it woke'];
    for (const subject of subjects) await is_on_the_server(tools.server, subject);
    await until(async () => (await replicas_of(follower)).length === 1, 'the former copy is gone');
    for (const subject of subjects) tools.same(await count_of(tools.server, subject), 1, `tickets "${subject}"`);
  },

  'signing out in one tab signs out the other': async (tools) => {
    const [owner, follower] = await two_tabs(tools, '/profile');
    for (const tab of [owner, follower]) tab.expect_problem(/401/);
    await follower.role('button', 'Sign out', { exact: true }).first().click();
    for (const tab of [owner, follower]) await tab.page.waitForURL(/\/sign-in/);
    const left = await follower.page.evaluate(async () => {
      const root = await navigator.storage.getDirectory();
      const folder = await root.getDirectoryHandle('partner-portal').catch(() => null);
      const names = [];
      if (folder) for await (const name of folder.keys()) names.push(name);
      return names;
    });
    tools.same(left, [], 'what is left on the device');
  },
};
