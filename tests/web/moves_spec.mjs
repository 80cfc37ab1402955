// A support agent's work: whose ticket it is, and its state, changed and taken back.
import { until } from './checks.mjs';

export const tenant = 'demo';

export const tests = {
  'an agent, who has the tickets and no practices, reads whose they are': async ({ open, server, check, same }) => {
    const tab = await open();
    await tab.sign_in('Support agent', '/tickets?tab=all');
    const { user } = await tab.page.evaluate(() => fetch('/api/v1/session').then((answer) => answer.json()));
    const [ticket] = await server.sql(`SELECT t.id, t.subject, p.name FROM ticket t JOIN practice p ON p.id = t.practice
      WHERE t.assignee = '${user.id}' ORDER BY t.number DESC LIMIT 1`);
    check(ticket, 'the agent has a ticket');
    await tab.show(`/tickets/${ticket.id}`);
    await tab.role('heading', ticket.subject).waitFor();
    check(await tab.text(ticket.name).count() > 0, 'the practice on the ticket');
    await tab.show(`/tickets?tab=all&search=${encodeURIComponent(ticket.name)}`);
    check(await tab.role('link', ticket.subject).count() > 0, 'the ticket is found by its practice');
  },

  'a move reaches the server, and Undo moves the ticket back': async ({ open, server, check }) => {
    const tab = await open();
    await tab.sign_in('Support agent', '/tickets?tab=all');
    const { user } = await tab.page.evaluate(() => fetch('/api/v1/session').then((answer) => answer.json()));
    const [ticket] = await server.sql(`SELECT id, subject FROM ticket WHERE state = 'waiting_practice' AND assignee = '${user.id}' ORDER BY id LIMIT 1`);
    check(ticket, 'a ticket of the agent waits for its practice');
    const is_in = (state) => until(async () => await server.value(`SELECT COUNT(*) FROM ticket WHERE id = '${ticket.id}' AND state = '${state}'`) === 1,
      `the ticket in state ${state} on the server`);
    await tab.show(`/tickets/${ticket.id}`);
    await tab.role('heading', ticket.subject).waitFor();
    await tab.role('button', 'Change state').click();
    await tab.role('menuitem', 'Move to In progress').click();
    await is_in('in_progress');
    await tab.role('button', 'Undo').click();
    await is_in('waiting_practice');
    await tab.role('button', 'Undo').waitFor({ state: 'detached' });
    await tab.role('button', 'Change state').click();
    await tab.role('menuitem', 'Move to In progress').waitFor();
  },
};
