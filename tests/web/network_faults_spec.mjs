// A bad network between a real page and the server: what was filed is on the server once, in the end, both databases are
// sound, and the replica has every row that its user may see as the server has it.
//
// PORTAL_FAULT_SEED chooses the faults, PORTAL_FAULT_TICKETS how many tickets are filed (tests/full/network-faults: 40).
import { until } from './checks.mjs';
import { FaultyRelay } from './faulty_relay.mjs';
import { check_same_rows, wait_for_everything, with_replica } from './replica_files.mjs';

const seed = Number(process.env.PORTAL_FAULT_SEED ?? 7);
const tickets = Number(process.env.PORTAL_FAULT_TICKETS ?? 5);

const test = async ({ open, server, check, same }) => {
  const relay = await new FaultyRelay(server, seed).open();
  try {
    const tab = await open();
    tab.server = relay;
    tab.expect_problem(/ERR_|Failed to load resource|answer (4|5)\d\d|EventSource/);
    relay.healthy = true;
    await tab.sign_in('owner', '/tickets');
    relay.healthy = false;
    const subjects = Array.from({ length: tickets }, (_, index) => `Bad network ${index}`);
    for (const subject of subjects) {
      await tab.show('/tickets');
      await tab.file_ticket(subject, 'The line is bad.');
      await tab.page.waitForTimeout(600);
    }
    relay.heal();
    const found = () => server.sql("SELECT subject, count(*) AS n FROM ticket WHERE subject LIKE 'Bad network %' GROUP BY subject");
    await tab.show('/sync');
    await until(async () => {
      const rows = await found();
      if (rows.length === tickets) return rows;
      await tab.role('button', 'Sync now').click().catch(() => {});
      return null;
    }, 'every ticket on the server', 90_000, 1_000);
    same((await found()).map(({ n }) => n), subjects.map(() => 1), 'how often each is there');
    await tab.role('button', /^Up to date/).first().waitFor();
    await tab.show('/tickets');
    for (const subject of subjects.slice(-3)) await tab.role('link', new RegExp(`^${subject}\\b`)).first().waitFor();
    const struck = Object.values(relay.counts).reduce((sum, count) => sum + count, 0);
    check(struck >= tickets, `hardly a fault: ${JSON.stringify(relay.counts)}`);
    await wait_for_everything(tab, server);
    await tab.page.close();
    const rows = await with_replica(tab, 'in the end', (ask) => {
      same(ask('SELECT count(*) AS n FROM outbox WHERE acknowledged_ms IS NULL'), [{ n: 0 }], 'edits that wait');
      same(ask("SELECT count(*) AS n FROM base_ticket WHERE subject LIKE 'Bad network %'"), [{ n: tickets }], 'tickets in the base');
      return check_same_rows(ask, server, 'in the end');
    });
    console.log(`      ${rows} rows alike; faults: ${JSON.stringify(relay.counts)}`);
  } finally {
    await relay.close();
  }
};
test.ms_max = 600_000;

export const tests = { 'requests and answers lost, late, cut and repeated, and foreign frames in the live stream, leave each ticket filed once': test };
