// Action items: an account manager's work, seen live by the lead, kept without a server, and never by a practice.
import { is_kept_offline, until, with_clipboard } from './checks.mjs';
import { new_id, pull, push } from './openapi_cases.mjs';

const no_server = /ERR_CONNECTION|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE|ERR_FAILED|502|503|ERR_NETWORK/;

async function add_item(tab, title, practice = 'Alder Animal Hospital') {
  await tab.show('/actions/new');
  await tab.role('textbox', 'What has to be done').fill(title);
  await tab.role('combobox', 'Practice').last().click();
  await tab.role('option', new RegExp(practice)).first().click();
  await tab.role('button', 'In a week').click();
  await tab.role('button', 'Add action item').last().click();
  await tab.role('heading', title).waitFor();
}

const stored = (server, title) => until(async () => (await server.sql(`SELECT id, title, note, due_on, done, done_ms, book, rev FROM action_item WHERE title = '${title}'`))[0],
  `"${title}" in the server's database`);

const post = (tab, path, body) => tab.page.evaluate(async ([to, sent]) => {
  const answer = await fetch(to, { method: 'POST', body: JSON.stringify(sent), headers: { 'Content-Type': 'application/json', 'X-Portal-Request': '1' } });
  return { status: answer.status, text: await answer.text() };
}, [path, body]);

export const tests = {
  'a manager reaches the screen by keys and adds an item, which the lead sees without a reload': async ({ open, server, same }) => {
    const [manager, lead] = [await open(), await open()];
    await manager.sign_in('manager');
    await lead.sign_in('lead', '/actions');
    await manager.page.keyboard.press('g');
    await manager.page.keyboard.press('a');
    await manager.role('heading', 'Action items').first().waitFor();
    await add_item(manager, 'Send the plan overview');
    await lead.role('link', /^Send the plan overview/).waitFor();
    const item = await stored(server, 'Send the plan overview');
    same([item.book, item.done, item.done_ms ?? null], ['BOOK-1', 0, null], 'the stored item');
  },

  'an item edited and marked done without a server, undone, is still so after a reload and reaches server and lead': async ({ open, server, check, same }) => {
    const [manager, lead] = [await open(), await open()];
    for (const tab of [manager, lead]) tab.expect_problem(no_server);
    await manager.sign_in('manager', '/actions');
    await lead.sign_in('lead', '/actions');
    await add_item(manager, 'Book the review');
    const { id } = await stored(server, 'Book the review');
    await manager.text('Waiting to be sent').first().waitFor({ state: 'detached' });
    await manager.page.waitForFunction(is_kept_offline);
    await server.stop();

    await manager.role('textbox', 'What has to be done').fill('Book the yearly review');
    await manager.role('textbox', 'Note').fill('Ask for the owner.');
    await manager.role('button', 'Save changes').click();
    await manager.role('heading', 'Book the yearly review').waitFor();
    await manager.text('Waiting to be sent').first().waitFor();
    await manager.role('button', 'Mark done').click();
    await manager.role('button', 'Reopen').waitFor();
    await manager.role('button', 'Undo').click();
    await manager.role('button', 'Mark done').waitFor();
    await manager.role('button', 'Mark done').click();
    await manager.role('button', 'Reopen').waitFor();

    await manager.page.reload();
    await manager.ready();
    await manager.role('heading', 'Book the yearly review').waitFor();
    await manager.role('button', 'Reopen').waitFor();
    check(await manager.role('textbox', 'Note').inputValue() === 'Ask for the owner.', 'the note after the reload');
    await server.start();
    const item = await stored(server, 'Book the yearly review');
    same(item.id, id, 'the same row');
    await until(async () => await server.value(`SELECT done FROM action_item WHERE id = '${id}'`) === 1 || null, 'the item done on the server');
    same(await server.value(`SELECT u.email FROM action_item a JOIN user u ON u.id = a.done_by WHERE a.id = '${id}'`), 'tom.reyes@partners.example', 'who did it');
    await lead.role('link', /^Book the yearly review/).waitFor({ timeout: 45_000 });
    await manager.text('Waiting to be sent').first().waitFor({ state: 'detached' });
  },

  'two edits of one title: the later one waits in the tray in plain words, and may be given up': async ({ open, server, same }) => {
    const [manager, lead] = [await open(), await open()];
    await manager.sign_in('manager', '/actions');
    await add_item(manager, 'Ask for the fee schedule');
    const { id } = await stored(server, 'Ask for the fee schedule');
    await lead.sign_in('lead', `/actions/${id}`);
    await manager.role('button', 'Profile menu').click();
    await manager.role('menuitem', 'Go offline').click();
    await manager.role('textbox', 'What has to be done').fill('Mine');
    await manager.role('button', 'Save changes').click();
    await manager.role('heading', 'Mine').waitFor();
    await lead.role('textbox', 'What has to be done').fill('Theirs');
    await lead.role('button', 'Save changes').click();
    await stored(server, 'Theirs');
    await manager.role('button', 'Profile menu').click();
    await manager.role('menuitem', 'Go back online').click();
    await manager.show('/sync');
    await manager.text('Somebody else changed the title first.').first().waitFor();
    await manager.text('Theirs', { exact: true }).first().waitFor();
    await manager.role('button', 'Keep theirs').click();
    await manager.show(`/actions/${id}`);
    await manager.role('heading', 'Theirs').waitFor();
    same(await server.value(`SELECT title FROM action_item WHERE id = '${id}'`), 'Theirs', 'the title on the server');
  },

  'an edit that clashes in two fields shows both, can be copied, is asked about at signing out, and is applied again': async ({ open, server, check, same }) => {
    const [manager, lead] = [await open({ permissions: ['clipboard-read', 'clipboard-write'] }), await open()];
    await manager.sign_in('manager', '/actions');
    await add_item(manager, 'Renew the agreement');
    const { id } = await stored(server, 'Renew the agreement');
    await lead.sign_in('lead', `/actions/${id}`);
    await manager.role('button', 'Profile menu').click();
    await manager.role('menuitem', 'Go offline').click();
    await manager.role('textbox', 'What has to be done').fill('Mine, and sooner');
    await manager.role('button', 'Tomorrow').click();
    await manager.role('button', 'Save changes').click();
    await manager.role('heading', 'Mine, and sooner').waitFor();
    await lead.role('textbox', 'What has to be done').fill('Theirs, and today');
    await lead.role('button', 'In two weeks').click();
    await lead.role('button', 'Save changes').click();
    await stored(server, 'Theirs, and today');
    await manager.role('button', 'Profile menu').click();
    await manager.role('menuitem', 'Go back online').click();
    await manager.role('button', /needs you/).first().click();
    await manager.text(/^Somebody else changed the (title, the due date|due date, the title) first\.$/).first().waitFor();
    for (const value of ['Mine, and sooner', 'Theirs, and today']) await manager.text(value, { exact: true }).first().waitFor();
    const copied = await with_clipboard(async () => {
      await manager.role('button', 'Copy my text').click();
      return until(() => manager.page.evaluate(() => navigator.clipboard.readText().then((text) => text.includes('Mine') && text)), 'something on the clipboard');
    });
    check(copied.includes('Mine, and sooner') && copied.includes('\n'), 'both fields on the clipboard', copied);
    await manager.role('button', 'Profile menu').click();
    await manager.role('menuitem', 'Sign out', { exact: true }).click();
    await manager.role('dialog').waitFor();
    await manager.role('button', 'Cancel').click();
    await manager.role('button', 'Apply mine again').click();
    const now = await stored(server, 'Mine, and sooner');
    same(now.id, id, 'what is stored');
    await until(async () => await manager.role('button', 'Apply mine again').count() === 0, 'the tray is empty');
  },

  'a ticket leads to an item that comes from it, at the ticket\'s own practice': async ({ open, server, same }) => {
    const tab = await open();
    await tab.sign_in('manager', '/tickets?tab=all');
    await tab.role('link', /^Terminal prints twice/).first().click();
    await tab.role('link', 'Add action item').click();
    await tab.role('textbox', 'What has to be done').fill('Ask for a new terminal');
    await tab.role('button', 'Tomorrow').click();
    await tab.role('button', 'Add action item').last().click();
    await tab.role('heading', 'Ask for a new terminal').waitFor();
    const { id } = await stored(server, 'Ask for a new terminal');
    same(await server.value(`SELECT t.subject FROM action_item a JOIN ticket t ON t.id = a.ticket AND t.practice = a.practice WHERE a.id = '${id}'`),
      'Terminal prints twice', 'the ticket it comes from');
  },

  'a front desk has no such screen, and the server neither gives nor takes action items': async ({ open, server, check, same }) => {
    const [manager, desk] = [await open(), await open()];
    await manager.sign_in('manager', '/actions');
    await add_item(manager, 'Unseen by the practice');
    const { id } = await stored(server, 'Unseen by the practice');
    await desk.sign_in('front_desk');
    same(await desk.role('link', /^Action items/).count(), 0, 'rail entries');
    await desk.show('/actions');
    await desk.text('You cannot see this screen').first().waitFor();
    const got = await post(desk, '/api/v1/sync/pull', pull());
    same(got.status, 200, 'the pull');
    check(got.text.includes('Alder Animal') && !got.text.includes('Unseen by the practice') && !got.text.includes('action_item'), 'the pull gives what it must not');
    const seen = await post(manager, '/api/v1/sync/pull', pull());
    check(seen.text.includes('Unseen by the practice'), 'the manager\'s own pull has it');
    const client = new_id();
    const sent = await post(desk, '/api/v1/sync/push', push([
      { mid: 1, intent: new_id(), op: 'action_item.update', id, was: { title: 'Unseen by the practice' }, set: { title: 'Taken over' } },
      { mid: 2, intent: new_id(), op: 'action_item.create', id: new_id(), set: { practice: await server.value("SELECT id FROM practice WHERE external_key = 'P-A'"), title: 'Forged', due_on: 20_800 } }], { client }));
    same(JSON.parse(sent.text).results.map((one) => one.code), ['missing_row', 'access_denied'], 'what the server says');
    same(await server.value("SELECT count(*) FROM action_item WHERE title IN ('Taken over', 'Forged')"), 0, 'rows written by the front desk');
  },
};
