// Somebody else signs in where another person's copy lies: they see their own rows alone, and nothing is sent for them.
import { until } from './checks.mjs';
import { wait_ms_max } from './portal.mjs';
import { password, people } from './server.mjs';

const no_server = /ERR_CONNECTION|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE|ERR_FAILED|401|502|503|ERR_NETWORK/;
const subject = 'Written by the owner alone';
const tickets = (server) => server.value(`SELECT COUNT(*) FROM ticket WHERE subject = '${subject}'`);

async function session_of(tab, person) {
  const answer = await tab.context.request.post(`${tab.server.base}/api/v1/session`, {
    data: { email: person.email, password }, headers: { 'X-Portal-Request': '1', Origin: tab.server.base },
  });
  if (!answer.ok()) throw new Error(`signing in: ${answer.status()}`);
}

// With its worker, which would still send what waits in a page that is only left.
async function close_page(tab) {
  await tab.page.close();
  tab.page = await tab.context.newPage();
  tab.page.setDefaultTimeout(wait_ms_max);
}

// The former person's page is gone, their session as well, but not their copy.
async function come_as(tab, person) {
  await close_page(tab);
  await session_of(tab, person);
}

export const tests = {
  'the neighbour sees their own practice, the owner finds what was not sent where it was': async ({ open, server, check, same }) => {
    const tab = await open();
    tab.expect_problem(no_server);
    await tab.sign_in('owner', '/tickets');
    await server.stop();
    await tab.file_ticket(subject, 'The server does not get it yet.');
    await tab.text(subject).first().waitFor();
    await close_page(tab);
    await server.start();
    for (let visit = 0; visit < 3; visit++) {
      await come_as(tab, people.neighbour);
      await tab.go('/tickets?tab=all');
      await tab.text(/Birch/).first().waitFor();
      same(await tab.text(subject).count(), 0, 'the owner\'s words on the neighbour\'s screen');
      await until(() => tab.role('button', /^(Synced|Up to date)/).count(), 'the neighbour is up to date');
      same(await tickets(server), 0, 'tickets that the neighbour sent for the owner');
    }
    await come_as(tab, people.owner);
    await tab.go('/tickets?tab=all');
    await tab.text(subject).first().waitFor();
    same(await until(() => tickets(server), 'the owner\'s ticket on the server'), 1, 'tickets');
    check(await tab.text(/Birch/).count() === 0, 'nothing of the neighbour on the owner\'s screen');
  },
};
