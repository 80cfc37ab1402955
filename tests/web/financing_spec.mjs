// Financing taken apart: every choice is a chip or a segment, stands in the address, and back takes it away again.
import { until } from './checks.mjs';
import { closed, day, money, net_sql, shows } from './figures.mjs';
import { day_iso } from './server.mjs';

const year_page = `/financing?from=${day_iso(-200)}&until=${closed}`;
const address = (tab) => new URL(tab.page.url()).searchParams;

// The address changes at once, the figures when the store has answered.
async function shows_net(tab, cents, words) {
  let seen = '';
  await until(async () => shows(seen = await tab.role('button', /^Net financed volume, /).innerText(), cents),
    () => `${words}: ${seen}, SQL ${money(cents)}`);
}

export const tests = {
  'a channel is chosen by its chip, equals SQL, and is taken back by the cross and by clearing': async ({ open, server, check, same }) => {
    const tab = await open();
    await tab.sign_in('owner', year_page);
    const sql = net_sql(day_iso(-200), closed);
    const all = await server.value(sql), online = await server.value(`${sql} AND f.channel = 'online'`);
    check(online > 0 && online < all, 'the fixture has sales of several channels');
    await shows_net(tab, all, 'all channels');
    await tab.role('button', 'Channel').click();
    await tab.role('menuitem', 'Online').click();
    await tab.page.waitForFunction(() => location.search.includes('channel=online'));
    await shows_net(tab, online, 'online');
    await tab.page.reload();
    await tab.ready();
    await shows_net(tab, online, 'the same after a reload');
    await tab.role('button', 'Clear filters').click();
    await tab.page.waitForFunction(() => !location.search.includes('channel'));
    same(address(tab).get('until'), closed, 'the period stays');
    await shows_net(tab, all, 'all channels again');
    await tab.page.goBack();
    await shows_net(tab, online, 'online by the way back');
    await tab.page.goBack();
    await shows_net(tab, all, 'all channels by the way back');
    await tab.page.goForward();
    await shows_net(tab, online, 'online by the way forth');
  },

  'bars are stacked, a change is told by its causes, and both stand in the address; a brushed period is a chip': async ({ open, server, check }) => {
    const tab = await open();
    await tab.sign_in('owner', year_page);
    await tab.point_at(tab.role('tab', 'Plan', { exact: true }));
    await tab.page.waitForFunction(() => location.search.includes('split=plan'));
    await tab.point_at(tab.role('tab', 'Causes'));
    await tab.page.waitForFunction(() => location.search.includes('explain=effects'));
    await tab.point_at(tab.role('tab', 'The period before'));
    await tab.page.waitForFunction(() => location.search.includes('compare=period'));
    for (const cause of ['Number of sales', 'Size of sales', 'Mix of plans', 'Refunds and chargebacks'])
      await until(() => tab.text(cause).count(), `${cause} is told`);
    const picture = tab.role('img', / net from /).first();
    await picture.scrollIntoViewIfNeeded();
    await tab.settle();
    const box = await picture.boundingBox();
    const at = (part) => [box.x + box.width * part, box.y + box.height / 2];
    await tab.page.mouse.move(...at(0.4));
    await tab.page.mouse.down();
    await tab.page.mouse.move(...at(0.5), { steps: 4 });
    await tab.page.mouse.move(...at(0.6), { steps: 4 });
    await tab.page.mouse.up();
    await until(() => address(tab).get('from') > day_iso(-200) && address(tab).get('until') < closed, 'the brushed months in the address');
    const from = address(tab).get('from'), last = address(tab).get('until');
    await shows_net(tab, await server.value(net_sql(from, last)), `brushed ${from} to ${last}`);
    const chip = tab.role('button', 'Period').first();
    // The chips stay where they are while the figures scroll.
    await tab.page.mouse.wheel(0, 2000);
    await tab.settle();
    const place = await chip.boundingBox();
    check(place && place.y > 0 && place.y < 200, `the chips stay in sight: ${JSON.stringify(place)}`);
    await tab.role('button', 'Remove').first().focus();
    await tab.settle();
    await tab.page.keyboard.press('Enter');
    await until(() => !address(tab).has('from') && !address(tab).has('until'), 'the cross takes the period back');
    await tab.page.goBack();
    await until(() => address(tab).get('from') === from, 'and back leads to it');
  },

  'the hours have a sentence and a table': async ({ open, check }) => {
    const tab = await open();
    await tab.sign_in('owner', year_page);
    const hours = tab.role('group', /^Most applications come on/);
    await hours.waitFor();
    await hours.getByRole('button', { name: 'Show as table' }).focus();
    await tab.settle();
    await tab.page.keyboard.press('Enter');
    const [busiest] = (await hours.getByText(/^Most applications come on/).first().innerText()).match(/\d+ [AP]M: \d+/);
    const [hour, count] = busiest.split(': ');
    const row = tab.role('list', /^Most applications come on/).getByRole('listitem').filter({ hasText: hour });
    await row.waitFor({ timeout: 10_000 });
    check(new RegExp(`\\b${count}\\b`).test(await row.innerText()), `${await row.innerText()} tells ${busiest}`);
  },

  'a press on a day and an hour leaves those alone, and a second one or its chip takes that back': async ({ open, server }) => {
    const tab = await open();
    await tab.sign_in('owner', year_page);
    const sql = net_sql(day_iso(-200), closed);
    const whole = await server.value(sql);
    await shows_net(tab, whole, 'all');
    // The tenant's sales are all of one hour.
    const hour = 11, hours_shown = 11, hour_first = 8;
    const of_day = (weekday) => server.value(`${sql} AND (f.posted_day + 3) % 7 = ${weekday} AND f.hour_band = ${hour}`);
    const sums = [];
    for (let weekday = 0; weekday < 7; weekday++) sums.push(await of_day(weekday));
    const weekday = sums.findIndex((cents) => cents !== 0);
    const picture = tab.role('img', /^Most applications come on/);
    const press = async () => {
      await picture.scrollIntoViewIfNeeded();
      await tab.settle();
      const box = await picture.boundingBox();
      await tab.page.mouse.click(box.x + box.width * (hour - hour_first + 0.5) / hours_shown, box.y + box.height * (weekday + 0.5) / 7);
    };
    await press();
    await tab.page.waitForFunction(() => location.search.includes('hour=11'));
    await shows_net(tab, sums[weekday], 'one day and hour');
    await tab.page.reload();
    await shows_net(tab, sums[weekday], 'the same after a reload');
    await press();
    await tab.page.waitForFunction(() => !location.search.includes('hour='));
    await shows_net(tab, whole, 'all by a second press');
    await picture.focus();
    await tab.settle();
    await tab.page.keyboard.press('Enter');
    await tab.page.waitForFunction(() => location.search.includes('weekday=monday'));
    await tab.point_at(tab.role('button', /Day and hour/));
    await tab.page.waitForFunction(() => !location.search.includes('weekday='));
    await shows_net(tab, whole, 'all by the chip');
  },

  'a part of the change, a plan and a place of the ranking are chosen by a press': async ({ open, server }) => {
    const tab = await open();
    await tab.sign_in('owner', `${year_page}&explain=channels`);
    const sql = net_sql(day_iso(-200), closed);
    const online = await server.value(`${sql} AND f.channel = 'online'`);
    await tab.point_at(tab.role('button', /^Online, [+-]\$/));
    await tab.page.waitForFunction(() => location.search.includes('channel=online'));
    await shows_net(tab, online, 'online');
    await tab.show(year_page);
    const plan = await server.value("SELECT id FROM promo_plan WHERE external_key = 'D12'");
    const of_plan = await server.value(`${sql} AND f.plan = '${plan}'`);
    await tab.point_at(tab.role('table', 'Which plans do patients use?').getByRole('row').filter({ hasText: '12 months' }).getByRole('cell').first());
    await tab.page.waitForFunction((id) => location.search.includes(`plan=${id}`), plan);
    await shows_net(tab, of_plan, 'one plan');
    await tab.show(year_page);
    const [place] = await server.sql("SELECT l.id, l.name FROM location l JOIN practice p ON p.id = l.practice WHERE p.external_key = 'P-A' ORDER BY l.name LIMIT 1");
    await tab.point_at(tab.role('table', 'Which locations financed most?').getByRole('row').filter({ hasText: place.name }).getByRole('cell').first());
    await tab.page.waitForFunction((id) => location.search.includes(`location=${id}`), place.id);
    await shows_net(tab, await server.value(`${sql} AND f.location = '${place.id}'`), place.name);
  },

  'a passport opens the rows of its own figure, and back closes it': async ({ open, server, same }) => {
    const tab = await open();
    await tab.sign_in('owner', year_page);
    const decided = await server.value(`SELECT COUNT(*) FROM financing_fact f JOIN practice p ON p.id = f.practice
      WHERE p.external_key = 'P-A' AND f.kind = 'application' AND NOT f.duplicate AND f.status IN ('approved', 'counter_offer', 'declined')
        AND f.event_day BETWEEN ${day(day_iso(-200))} AND ${day(closed)}`);
    await tab.role('button', /^Approval rate, /).click();
    const passport = tab.role('dialog', /^Approval rate/);
    await passport.waitFor();
    await tab.page.goBack();
    await passport.waitFor({ state: 'detached' });
    await tab.page.goForward();
    await passport.getByRole('button', { name: 'Show the rows' }).click();
    await tab.page.waitForFunction(() => location.pathname === '/financing/rows' && location.search.includes('figure=approval_rate'));
    await tab.text(new RegExp(`^${decided.toLocaleString('en-US')} rows?\\.`)).waitFor();
    const rows = await tab.exported_rows();
    same(rows.filter((row) => row.kind === 'application' && /^(approved|counter_offer|declined)$/.test(row.status)).length, decided, 'decided applications');
    same(rows.length, decided, 'and nothing else');
    await tab.point_at(tab.role('button', /Rows of/));
    await tab.page.waitForFunction(() => !location.search.includes('figure='));
  },

  'the figures of the cards have passports too: a step, a share, a place and the change equal SQL': async ({ open, server, check }) => {
    const tab = await open();
    await tab.sign_in('owner', year_page);
    const sql = net_sql(day_iso(-200), closed);
    const [place] = await server.sql("SELECT l.id, l.name FROM location l JOIN practice p ON p.id = l.practice WHERE p.external_key = 'P-A' ORDER BY l.name LIMIT 1");
    const of_place = await server.value(`${sql} AND f.location = '${place.id}'`);
    const row = tab.role('table', 'Which locations financed most?').getByRole('row').filter({ hasText: place.name });
    await tab.point_at(row.getByRole('button', { name: /^Net, / }));
    const net = tab.role('dialog', /^Net financed volume/);
    await net.getByText(money(of_place)).first().waitFor();
    check(await net.getByText(place.name).count() > 0, 'the passport names its place');
    await tab.page.waitForFunction((id) => location.search.includes(`passport=net_financed_volume.${id}`), place.id);
    await net.getByRole('button', { name: 'Show the rows' }).click();
    await tab.page.waitForFunction((id) => location.pathname === '/financing/rows' && location.search.includes(`location=${id}`), place.id);
    const plan = await server.value("SELECT id FROM promo_plan WHERE external_key = 'D12'");
    for (const [passport, title] of [['funnel_settled', /^Sale settled/], ['net_change', /^Change of the net/], [`plan_mix.${plan}`, /^Plan mix/]]) {
      await tab.show(`${year_page}&passport=${passport}`);
      await tab.role('dialog', title).waitFor();
    }
  },

  "whose practices are looked at stands in the address, back takes it back, and somebody else's are refused": async ({ open, server, check }) => {
    const [mine, theirs] = (await server.sql("SELECT id FROM practice WHERE external_key IN ('P-A', 'P-B') ORDER BY external_key")).map(({ id }) => id);
    const of_mine = net_sql(day_iso(-200), closed), of_all = of_mine.replace("p.external_key = 'P-A' AND ", '');
    const [one, all] = [await server.value(of_mine), await server.value(of_all)];
    check(one !== all, 'the fixture has facts of two practices');
    const tab = await open();
    await tab.sign_in('lead', year_page);
    await shows_net(tab, all, 'all practices');
    await tab.role('combobox', 'Practice and location').click();
    await tab.role('option', /^Alder Animal Hospital/).click();
    await tab.page.waitForFunction((id) => location.search.includes(`scope=practice.${id}`), mine);
    await shows_net(tab, one, 'the chosen one');
    await tab.page.reload();
    await tab.ready();
    await shows_net(tab, one, 'the same after a reload');
    await tab.page.goBack();
    await tab.page.waitForFunction(() => location.search.includes('scope=all'));
    await shows_net(tab, all, 'all by the way back');
    const owner = await open();
    await owner.sign_in('owner', `${year_page}&scope=practice.${theirs}`);
    await owner.text(/names practices or locations that you do not have/).first().waitFor();
    await shows_net(owner, one, "the owner's own");
  },

  'the change and the funnel have a table each, and quarters stand in the address': async ({ open, check }) => {
    const tab = await open({ viewport: { width: 1280, height: 1400 } });
    await tab.sign_in('owner', year_page);
    await tab.point_at(tab.role('tab', 'Quarter'));
    await tab.page.waitForFunction(() => location.search.includes('grain=quarter'));
    await until(() => tab.role('table', 'The same in a table').getByText(/^Q[1-4] 20/).count(), 'quarters in the table');
    for (const [card, table] of [['What explains the change?', /What explains/], ['From application to sale', /From application/]]) {
      const region = tab.role('region', card);
      await tab.point_at(region.getByRole('button', { name: 'Show as table' }));
      await until(() => region.getByRole('table', { name: table }).count(), `${card} as a table`);
    }
    check(await tab.text(/were approved and \d+ came to a settled sale/).count() > 0, 'the funnel tells numbers');
  },

  'the funnel leads to its applications': async ({ open, server }) => {
    const tab = await open();
    await tab.sign_in('owner', year_page);
    await tab.role('button', 'See these applications').click();
    await tab.page.waitForFunction(() => location.pathname === '/financing/rows' && location.search.includes('kind=application'));
    const { from, until: last } = await tab.page.evaluate(() => Object.fromEntries(new URLSearchParams(location.search)));
    const rows = await tab.exported_rows();
    const wrong = rows.filter((row) => row.kind !== 'application' || row.day < from || row.day > last);
    await until(async () => wrong.length === 0 && rows.length > 0, `${rows.length} rows, of them ${wrong.length} wrong: ${JSON.stringify(wrong[0])}`, 1000);
  },
};
