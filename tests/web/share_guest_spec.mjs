// The page of a guest: a link opens without an account, shows what is shared and no more, and follows its presenter's word.
import { until } from './checks.mjs';
import { closed, money, net_sql, shows } from './figures.mjs';
import { asked, guest_of, share, shared_from } from './share_live.mjs';

export const tests = {
  'a link opens without an account: the figures equal SQL, and its token is nowhere in the page': async ({ open, server, check, same }) => {
    const owner = await open();
    await owner.sign_in('owner', '/');
    const made = await share(owner, server);
    const guest = await guest_of(open, server, made.link);
    await guest.role('heading', /./).first().waitFor();
    await guest.text(/^Shared by Otto Alder until /).first().waitFor();
    const net = await server.value(net_sql(shared_from, closed));
    const tile = guest.role('button', /^Net financed volume/);
    await until(async () => shows(await tile.first().innerText(), net), `the net volume is ${money(net)}`);
    await guest.role('table', 'Integrations').waitFor();
    same(new URL(guest.page.url()).hash, '', 'the fragment');
    const token = made.link.split('#')[1];
    const kept = await guest.page.evaluate(() => JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), document.cookie, document.documentElement.outerHTML]));
    check(!kept.includes(token), 'the token stands somewhere in the page');
    const traces = await guest.page.evaluate(async () => [await caches.keys(), (await navigator.serviceWorker.getRegistrations()).length,
      (await indexedDB.databases()).length, (await Array.fromAsync((await navigator.storage.getDirectory()).keys())).length]);
    same(traces, [[], 0, 0, 0], 'what a guest leaves behind');

    await guest.role('tab', 'Financing').click();
    await guest.role('table', 'Which plans do patients use?').waitFor();
    await guest.role('button', /^Approval rate/).first().click();
    await guest.text(/no single application or sale is shared/).waitFor();
    await guest.page.keyboard.press('Escape');
    const found = await guest.axe();
    same(found, [], 'accessibility');
    // Loaded again, the cookie is enough.
    await guest.page.reload();
    await guest.text(/^Shared by Otto Alder until /).first().waitFor();
  },

  'pausing, going on and ending reach a guest within seconds, and nothing stays': async ({ open, server, same }) => {
    const owner = await open();
    await owner.sign_in('owner', '/');
    const made = await share(owner, server);
    const guest = await guest_of(open, server, made.link);
    const tile = guest.role('button', /^Net financed volume/).first();
    await tile.waitFor();
    const path = `/api/v1/shares/${made.id}`;
    await asked(owner, 'PATCH', path, { paused: true });
    await guest.role('heading', 'Otto Alder has paused this shared view').waitFor();
    same(await tile.count(), 0, 'figures while paused');
    await asked(owner, 'PATCH', path, { paused: false });
    await tile.waitFor();
    await asked(owner, 'DELETE', path);
    await guest.role('heading', 'This shared view has ended').waitFor();
    same(await tile.count(), 0, 'figures after the end');
    // A second guest with the same link comes too late; the refusal is part of the test.
    const late = await guest_of(open, server, made.link);
    late.expect_problem(/403/);
    await late.role('heading', 'This link does not work').waitFor();
  },

  'only what is shared can be chosen, in Spanish and on a phone as well': async ({ open, server, same }) => {
    const lead = await open();
    await lead.sign_in('lead', '/');
    const practices = (await server.sql('SELECT id FROM practice ORDER BY id')).map((row) => row.id);
    const made = await share(lead, server, { practices, views: ['financing'] });
    const guest = await guest_of(open, server, made.link, { locale: 'es-MX', viewport: { width: 390, height: 800 }, colorScheme: 'dark' });
    await guest.text(/^Compartida por Lea Quist hasta /).first().waitFor();
    same(await guest.role('tab').count(), 0, 'views to choose from');
    await guest.role('combobox', 'Consulta').waitFor();
    await guest.text(/Oculto: menos de 10 casos/).first().waitFor();
    same(await guest.page.evaluate(() => document.documentElement.lang), 'es', 'language');
  },

  'without the server the figures stay readable, and the page comes back by itself': async ({ open, server }) => {
    const owner = await open();
    await owner.sign_in('owner', '/');
    const made = await share(owner, server);
    const guest = await guest_of(open, server, made.link);
    const tile = guest.role('button', /^Net financed volume/).first();
    await tile.waitFor();
    for (const tab of [owner, guest]) tab.expect_problem(/ERR_|50\d/);
    await server.stop();
    await guest.text('The server does not answer').waitFor();
    await tile.waitFor();
    await server.start();
    await until(async () => (await guest.text('The server does not answer').count()) === 0, 'the guest is back');
    await tile.waitFor();
  },
};
