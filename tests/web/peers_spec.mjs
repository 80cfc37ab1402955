// A practice beside those of its kind: what the screen says equals SQL over everybody's facts, and is the server's to tell.
import { until } from './checks.mjs';
import { closed, day } from './figures.mjs';
import { day_iso } from './server.mjs';

const others = Array.from({ length: 10 }, (_, serial) => serial);

// Ten more practices of the fixture's specialty and size, each with twenty applications.
async function import_peers(server) {
  const practices = others.map((one) => `PEER-${one},Peer ${one},veterinary,medium,South,BOOK-9,TEAM-9,2023-03-01,no`);
  await server.import_text('practices', `external_key,name,specialty,size,region,book,team,enrolled_on,vendor_consent\n${practices.join('\n')}\n`);
  const locations = others.map((one) => `PEER-L${one},PEER-${one},Main Street,Austin,TX,America/Chicago,WEEK`);
  await server.import_text('locations', `external_key,practice,name,city,state,time_zone,calendar\n${locations.join('\n')}\n`);
  const facts = others.flatMap((one) => Array.from({ length: 20 }, (_, serial) => {
    const status = serial < 9 + one % 4 ? 'approved' : 'declined';
    const when = day_iso(-90 - serial);
    return `PEER-F${one}-${serial},PEER-A${one}-${serial},application,${status},PEER-${one},PEER-L${one},,in_office,no,no,${when},${when},10,320000,0,0,0`;
  }));
  await server.import_text('financing_facts', 'external_key,application_ref,kind,status,practice,location,plan,channel,existing_cardholder,duplicate,' +
    `event_day,posted_day,hour_band,requested_cents,approved_cents,settled_cents,fee_cents\n${facts.join('\n')}\n`, ['--closed-until', closed]);
}

// The last twelve months that the source has told to their end.
function whole_months() {
  const after = new Date(Date.parse(closed) + 86_400_000);
  const month = (back) => new Date(Date.UTC(after.getUTCFullYear(), after.getUTCMonth() - back, 1)).toISOString().slice(0, 10);
  return [day(month(12)), day(month(0))];
}

export const tests = {
  'of two practices nothing is told, and of several one has to be chosen': async ({ open }) => {
    const owner = await open();
    await owner.sign_in('owner', '/financing');
    await owner.text(/^Fewer than 10 practices of this kind/).waitFor();
    const lead = await open();
    await lead.sign_in('lead', '/financing');
    await lead.text('Choose one practice to see it beside others of its kind.').waitFor();
  },

  'the approval rate of the peers equals SQL, goes without the server and comes back with it': async ({ open, server, check }) => {
    await import_peers(server);
    const [first, end] = whole_months();
    // One row for each practice that has enough cases of its own.
    const practices = await server.sql(`SELECT SUM(f.status IN ('approved', 'counter_offer')) AS approved, COUNT(*) AS decided
      FROM financing_fact f JOIN practice p ON p.id = f.practice
      WHERE p.specialty = 'veterinary' AND p.size = 'medium' AND f.kind = 'application' AND f.duplicate = 0
        AND f.status IN ('approved', 'counter_offer', 'declined') AND f.event_day >= ${first} AND f.event_day < ${end}
      GROUP BY p.id HAVING COUNT(*) >= 10`);
    check(practices.length >= 10, `${practices.length} practices with enough cases`);
    const sum = (name) => practices.reduce((total, one) => total + one[name], 0);
    const rate = `${Math.round((100 * sum('approved')) / sum('decided'))}.0%`;
    const tab = await open();
    await tab.sign_in('owner', '/financing');
    await tab.text(/^11 practices of the same specialty and size/).first().waitFor();
    const row = tab.role('table', 'Beside similar practices').getByRole('row').filter({ hasText: 'Approval rate' });
    await row.getByText(rate).waitFor();

    tab.expect_problem(/ERR_/);
    await tab.page.context().setOffline(true);
    await tab.page.reload();
    await tab.ready();
    await tab.text(/^Only the server knows other practices/).waitFor();
    await tab.page.context().setOffline(false);
    await until(() => row.count(), 'the peers come back');
  },
};
