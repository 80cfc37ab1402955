// Too few applications: the strip on Overview and Financing says what came and what is usual, and a ticket knows it.
import { until } from './checks.mjs';
import { day_iso } from './server.mjs';

const header = 'external_key,application_ref,kind,status,practice,location,plan,channel,existing_cardholder,duplicate,event_day,posted_day,hour_band,requested_cents,approved_cents,settled_cents,fee_cents';
const days_told = 500;
const is_weekday = (iso) => ![0, 6].includes(new Date(`${iso}T00:00:00Z`).getUTCDay());

// Applications of each weekday up to yesterday; in the last ten days as many as `lately`.
function applications(lately) {
  const lines = [header];
  for (let ago = days_told; ago >= 1; ago--) {
    const day = day_iso(-ago);
    if (!is_weekday(day)) continue;
    for (let count = ago <= 10 ? lately : 12; count > 0; count--)
      lines.push(`W-${ago}-${count},WATCH-${ago}-${count},application,declined,P-A,L-A1,,in_office,no,no,${day},${day},10,100000,0,0,0`);
  }
  return `${lines.join('\n')}\n`;
}

export const tests = {
  'a fall is told on both screens with its evidence, and its ticket is filled in; days as usual say nothing': async ({ open, server, check }) => {
    const desk = await open();
    await desk.sign_in('front_desk');
    check(await desk.text(/^Fewer applications than usual/).count() === 0, 'nothing is known to fall');
    await server.import_text('financing_facts', applications(5), ['--closed-until', day_iso(-1)]);
    await desk.text(/^Fewer applications than usual at /).first().waitFor();
    const evidence = desk.text(/ since .* are usual for \d+ business days of this season \(-\d+\.\d%\)/).first();
    await evidence.waitFor();
    await desk.show('/financing');
    await desk.text(/^Fewer applications than usual at /).first().waitFor();
    await desk.role('button', 'File ticket').first().click();
    await desk.text(/^From the alarm about applications at /).waitFor();
    await until(async () => /^Fewer applications than usual since /.test(await desk.role('textbox', 'Subject').inputValue()), 'the subject');
    check(/applications from .* to .*; \d+ are usual/.test(await desk.role('textbox', 'What happened?').inputValue()), 'the evidence');
    await desk.page.setViewportSize({ width: 390, height: 844 });
    await desk.show('/financing');
    await desk.text(/^Fewer applications than usual at /).first().waitFor();
    check(await desk.page.evaluate(() => document.documentElement.scrollWidth) <= 390, 'no sideways scrolling');

    const neighbour = await open();
    await neighbour.sign_in('neighbour', '/financing');
    await neighbour.settle();
    check(await neighbour.text(/^Fewer applications than usual/).count() === 0, 'nothing of another practice');
    await server.import_text('financing_facts', applications(12), ['--closed-until', day_iso(-1)]);
    await until(async () => await desk.text(/^Fewer applications than usual/).count() === 0, 'the alarm goes with what was missing');
  },
};
