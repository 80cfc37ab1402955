// Those who follow: scroll, months and laser of the presenter reach them; who they are and what they press reaches the
// presenter, who also sees what of the screen guests do not.
import { until } from './checks.mjs';
import { closed } from './figures.mjs';
import { asked, presented, shared_from } from './share_live.mjs';

// Where a place stands in the page's own window, by its mirror.
const top_of = async (tab, role, name) => (await tab.role(role, name).first().boundingBox())?.y;

export const tests = {
  'scroll position and brushed months follow the presenter, also on a phone': async ({ open, server }) => {
    const { owner, guest } = await presented(open, server, `/financing?from=${shared_from}&until=${closed}`,
      { viewport: { width: 390, height: 700 } });
    await guest.role('button', /^Approval rate/).first().waitFor();
    const before = await top_of(guest, 'button', /^Approval rate/);
    await owner.page.mouse.move(700, 500);
    for (let turn = 0; turn < 8; turn++) await owner.page.mouse.wheel(0, 200);
    await until(async () => await top_of(guest, 'button', /^Approval rate/) < before - 100, 'the guest has scrolled down');
    for (let turn = 0; turn < 12; turn++) await owner.page.mouse.wheel(0, -400);
    await until(async () => await top_of(guest, 'button', /^Approval rate/) >= before - 40, 'the guest is at the head again');

    const month_of = (iso) => new Date(`${iso}T12:00:00Z`).toLocaleString('en-US', { month: 'short', year: 'numeric', timeZone: 'UTC' });
    const row_of = (iso) => guest.role('cell', month_of(iso)).or(guest.role('rowheader', month_of(iso)));
    // A press that falls into the scrolling is lost, as anybody's would be.
    await until(async () => {
      if (await row_of(shared_from).count() > 0) return true;
      await guest.role('button', 'Show as table').first().click();
      return false;
    }, 'the months as a table', 45_000, 1_000);
    await owner.show(`/financing?from=${closed.slice(0, 7)}-01&until=${closed}`);
    await row_of(closed).first().waitFor();
    await until(async () => await row_of(shared_from).count() === 0, 'the first month is out of the range');
    await guest.text(/^Otto Alder looks at a part of this\./).waitFor();
    await owner.text('Guests see the whole shared period, unfiltered').first().waitFor();
  },

  'a laser shows while its key is held, and goes out; what is selected is selected for guests': async ({ open, server }) => {
    const { owner, guest } = await presented(open, server);
    const tile = await owner.role('button', /^Approval rate/).first().boundingBox();
    await owner.page.mouse.move(tile.x + 20, tile.y + 20);
    await guest.text('Following Otto Alder, who points at: Approval rate').waitFor();
    await guest.settle();
    const quiet = await guest.page.screenshot();
    const shows = [];
    await owner.page.route('**/show', (route) => { shows.push(route.request().postData()); return route.continue(); });
    await owner.page.keyboard.down('l');
    // At the same place of the same screen: what is new in the guest's picture is the laser.
    await until(async () => !quiet.equals(await guest.page.screenshot()), 'the guest sees the laser');
    await owner.page.mouse.move(tile.x + 25, tile.y + 25);
    await until(() => shows.some((body) => body.includes('"laser":true')), 'the laser is told');
    await owner.page.keyboard.up('l');
    await until(() => shows.filter((body) => body.includes('"k":"ptr"')).at(-1).includes('laser') === false, 'the laser is out');
    await owner.role('button', 'Point with a laser').click();
    await owner.role('button', 'Put the laser away').waitFor();

    const integration = await server.value("SELECT i.id FROM integration i JOIN practice p ON p.id = i.practice WHERE p.external_key = 'P-A'");
    await owner.show(`/integrations/${integration}`);
    await guest.role('table', 'Integrations').waitFor();
    await guest.settle();
    // A bar of colour behind the row: only the picture has it.
    const chosen = await guest.page.screenshot();
    await owner.show('/integrations');
    await until(async () => !chosen.equals(await guest.page.screenshot()), 'nothing is selected');
    await owner.show(`/integrations/${integration}`);
    await until(async () => chosen.equals(await guest.page.screenshot()), 'it is selected again');
  },

  'a guest tells a name and presses a question; the presenter sees both': async ({ open, server, same }) => {
    const { owner, guest } = await presented(open, server);
    await guest.role('button', 'Your name').click();
    await guest.role('textbox', 'Your name').fill('Ana Peña');
    await guest.role('button', 'Show my name').click();
    await guest.role('button', 'I have a question').click();
    await guest.role('button', 'Told').first().waitFor();
    same(await guest.axe(), [], 'accessibility of the guest');
    await owner.text(/I have a question: 1/).first().waitFor();
    await owner.role('button', /1 following/).click();
    await owner.text('Who is here').first().waitFor();
    await owner.text('Ana Peña').first().waitFor();
    same(await owner.axe(), [], 'accessibility of the presenter');
  },

  'tiles that guests do not see are marked with the reason, and a screen that is not shared says so': async ({ open, server }) => {
    const { owner, made } = await presented(open, server);
    const practice = await server.value("SELECT id FROM practice WHERE external_key = 'P-A'");
    const { json } = await asked(owner, 'POST', '/api/v1/shares/preview', { practices: [practice], views: ['financing'], from: made.from, to: made.to });
    const is_any = json.datasets[0].figures.some((figure) => figure.exposure === 'hidden');
    if (!is_any) throw new Error('the fixture hides nothing');
    await owner.text('Guests do not see this figure: too few cases').first().waitFor();
    await owner.text('Guests do not see this: it is never shared').first().waitFor();
    await owner.show('/tickets');
    await owner.text('Guests do not see this screen').waitFor();
  },
};
