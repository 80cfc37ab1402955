// The tenth tile of Financing: what the month will come to, how sure that is, and what it was learned from.
import { until } from './checks.mjs';
import { money } from './figures.mjs';

export const tenant = 'demo';

const tile = (tab) => tab.role('button', /^Month forecast, /);
// The practice's week ends on Friday, and the demo's days are told up to yesterday.
const last_business_day = `(SELECT MAX(posted_day) FROM financing_fact WHERE strftime('%w', posted_day * 86400, 'unixepoch') NOT IN ('0', '6'))`;
const month_net_sql = (practice) => `SELECT COALESCE(SUM(CASE
    WHEN kind = 'sale' AND status = 'settled' THEN settled_cents
    WHEN kind IN ('refund', 'chargeback', 'void') THEN -settled_cents
    WHEN kind = 'reversal' THEN settled_cents ELSE 0 END), 0) AS net
  FROM financing_fact WHERE duplicate = 0 AND practice = '${practice}'
    AND posted_day <= ${last_business_day}
    AND strftime('%Y-%m', posted_day * 86400, 'unixepoch') = (SELECT strftime('%Y-%m', MAX(event_day) * 86400, 'unixepoch') FROM financing_fact)`;

export const tests = {
  'the tile and its passport say value, range and footing, wide and narrow': async ({ open, server, check }) => {
    const tab = await open();
    await tab.sign_in('Front desk', '/financing');
    const words = await until(async () => (await tile(tab).count()) && tile(tab).innerText(), 'the tile');
    check(/\$[\d.,]+[KM]?/.test(words), `a value: ${words}`);
    check(/: \$[\d.,]+[KM]? to \$[\d.,]+[KM]?/.test(words), `a range: ${words}`);
    await tab.show('/financing?passport=month_forecast');
    await tab.role('dialog', /Month forecast/).waitFor();
    await tab.text('One month in 10 is below').waitFor();
    await tab.text('24 of its own months').waitFor();
    await tab.text(/no other practice of this kind is on this device/).waitFor();
    const practice = await server.value("SELECT id FROM practice WHERE name = 'Willow Creek Animal Hospital'");
    const net = money(await server.value(month_net_sql(practice)));
    await until(async () => (await tab.role('dialog', /Month forecast/).innerText()).includes(net), `the net so far, ${net}`);
    await tab.page.keyboard.press('Escape');
    await tab.page.setViewportSize({ width: 390, height: 844 });
    await tile(tab).waitFor();
    const wide = await tab.page.evaluate(() => document.documentElement.scrollWidth);
    check(wide <= 390, `the page is ${wide} px wide`);
  },

  'an account manager sees what one practice was drawn towards': async ({ open }) => {
    const tab = await open();
    await tab.sign_in('Account manager', '/financing?passport=month_forecast');
    await tab.text(/several practices together/).waitFor();
  },
};
