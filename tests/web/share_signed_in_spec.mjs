// Whoever is signed in follows in their own portal: the same link, their own rows, and nothing of what guests are given.
import { until } from './checks.mjs';
import { closed, money, net_sql, shows } from './figures.mjs';
import { asked, guest_of, presenting, shared_from } from './share_live.mjs';

const period = `from=${shared_from}&until=${closed}`;

// Which addresses a tab has asked for since.
function asked_for(tab) {
  const paths = [];
  tab.page.on('request', (request) => paths.push(new URL(request.url()).pathname));
  return paths;
}

async function opened_by(tab, server, made) {
  await tab.page.goto(server.base + made.link);
  await tab.text(/^Following Otto Alder$/).first().waitFor();
}

const is_at = (tab, part) => until(async () => (await tab.page.url()).includes(part), `the page is at ${part}`);

// The places that are chosen at the top.
const places = (tab, name) => tab.role('combobox', 'Practice and location').filter({ hasText: name });

export const tests = {
  'a signed-in follower goes along on their own rows, looks around, resumes, and hears pause and end': async ({ open, server, check, same }) => {
    const { owner, made } = await presenting(open, server);
    const guest = await guest_of(open, server, made.link);
    await guest.text(/^Following Otto Alder/).waitFor();
    const desk = await open();
    await desk.sign_in('front_desk', '/tickets');
    const paths = asked_for(desk);
    await opened_by(desk, server, made);
    same(new URL(desk.page.url()).hash, '', 'the fragment');
    const token = made.link.split('#')[1];
    const kept = await desk.page.evaluate(() => JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), document.documentElement.outerHTML, history.state]));
    check(!kept.includes(token), 'the token stands somewhere in the page');

    await owner.show(`/financing?${period}`);
    await is_at(desk, `/financing?${period}`);
    const net = await server.value(net_sql(shared_from, closed));
    const tile = desk.role('button', /^Net financed volume/).first();
    await until(async () => shows(await tile.innerText(), net), `the net volume is ${money(net)}`);
    const narrowed = '/financing?channel=online&cardholder=new&weekday=monday&kind=sale';
    await owner.show(narrowed);
    await is_at(desk, narrowed);
    await guest.text(/^Otto Alder looks at a part of this\./).waitFor();
    const integration = await server.value("SELECT i.id FROM integration i JOIN practice p ON p.id = i.practice WHERE p.external_key = 'P-A'");
    await owner.show(`/integrations/${integration}`);
    await is_at(desk, `/integrations/${integration}`);
    await owner.show('/tickets');
    await desk.text('Otto Alder is looking at something that you do not see').first().waitFor();
    await is_at(desk, `/integrations/${integration}`);

    await desk.show('/tickets');
    await desk.text('You look around, Otto Alder goes on').first().waitFor();
    await owner.show('/financing');
    await guest.role('button', /^Approval rate/).first().waitFor();
    same(new URL(desk.page.url()).pathname, '/tickets', 'where a user is who looks around');
    same(await desk.axe(), [], 'accessibility of the bar');
    await desk.role('button', 'Resume following').click();
    await is_at(desk, '/financing');

    await asked(owner, 'PATCH', `/api/v1/shares/${made.id}`, { paused: true });
    await desk.text('Otto Alder has paused').first().waitFor();
    await asked(owner, 'PATCH', `/api/v1/shares/${made.id}`, { paused: false });
    await desk.text(/^Following Otto Alder$/).first().waitFor();
    // A state that was on its way as the share ended comes too late.
    owner.expect_problem(/412.*\/show/);
    await asked(owner, 'DELETE', `/api/v1/shares/${made.id}`);
    await desk.text(/^Following has ended/).first().waitFor();
    await until(async () => await desk.text(/^Following has ended/).count() === 0, 'the bar has gone');
    same(paths.filter((path) => path.startsWith('/share/')), [], "what was asked of the guests' addresses");
    check(paths.includes(`/api/v1/shares/${made.id}/follow`), 'the stream was not that of users');
  },

  'they are here by their name, press as guests do, and are followed by scroll and pointer': async ({ open, server }) => {
    const { owner, made } = await presenting(open, server, `/financing?${period}`);
    const desk = await open({ viewport: { width: 1280, height: 600 } });
    await desk.sign_in('front_desk');
    await opened_by(desk, server, made);
    await desk.role('button', /^Approval rate/).first().waitFor();
    const top_of_tile = async () => (await desk.role('button', /^Approval rate/).first().boundingBox())?.y;
    const before = await top_of_tile();
    await owner.page.mouse.move(700, 500);
    for (let turn = 0; turn < 8; turn++) await owner.page.mouse.wheel(0, 200);
    await until(async () => await top_of_tile() < before - 100, 'the follower has scrolled down');
    await desk.role('button', 'I have a question').click();
    await owner.text(/I have a question: 1/).first().waitFor();
    await owner.role('button', /1 following/).click();
    await owner.text('Ana Diaz, signed in').first().waitFor();
  },

  'it works in a tab that does not own the store, after a reload, and without the server for a while': async ({ open, server, same }) => {
    const { made, owner } = await presenting(open, server, '/financing');
    const desk = await open();
    await desk.sign_in('front_desk', '/tickets');
    const other = await desk.another();
    await opened_by(other, server, made);
    await is_at(other, '/financing');
    await other.page.reload();
    await other.text(/^Following Otto Alder$/).first().waitFor();
    same(new URL(desk.page.url()).pathname, '/tickets', 'the other tab');
    for (const tab of [owner, desk, other]) tab.expect_problem(/ERR_|50\d/);
    await server.stop();
    await other.text(/^The server does not answer/).first().waitFor();
    await server.start();
    await other.text(/^Following Otto Alder$/).first().waitFor();
    await other.role('button', 'Leave').click();
    await until(async () => await other.text(/^Following Otto Alder$/).count() === 0, 'the bar has gone');
    await other.page.reload();
    await other.ready();
    same(await other.text(/^Following/).count(), 0, 'bars after leaving');
  },

  "a user of many practices looks at the presenter's, and has their own choice back after leaving": async ({ open, server }) => {
    const { owner, made } = await presenting(open, server);
    const lead = await open();
    await lead.sign_in('lead');
    await places(lead, 'All practices').waitFor();
    await opened_by(lead, server, made);
    await places(lead, 'Alder Animal Hospital').waitFor();
    await owner.show('/financing');
    const practice = await server.value("SELECT id FROM practice WHERE external_key = 'P-A'");
    await is_at(lead, `practice=${practice}`);
    await owner.show('/');
    await places(lead, 'Alder Animal Hospital').waitFor();
    await lead.role('button', 'Leave').click();
    await places(lead, 'All practices').waitFor();
  },

  "a user who reaches nothing of it is told so and gets the guests' page": async ({ open, server, same }) => {
    const { made } = await presenting(open, server);
    const neighbour = await open();
    await neighbour.sign_in('neighbour');
    neighbour.expect_problem(/412/);
    await neighbour.page.goto(server.base + made.link);
    await neighbour.text(/^Shared by Otto Alder until /).first().waitFor();
    await neighbour.page.getByText('Your own account reaches nothing of what is shared here. You see it as a guest.').waitFor();
    same(new URL(neighbour.page.url()).pathname, '/share', 'the page');
    // Their own portal has left a service worker here, which keeps nothing of what guests are given.
    const kept = await neighbour.page.evaluate(async () => (await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys())))
      .flat().map(({ url }) => new URL(url).pathname).filter((path) => path.startsWith('/share') || path.startsWith('/api')));
    same(kept, [], 'what of it is in a cache');
  },
};
