// Sharing as the presenter's page asks for it, for the specs of shared views.
import { closed } from './figures.mjs';
import { day_iso } from './server.mjs';

export const shared_from = day_iso(-120);

// In the presenter's browser, with their session. `asked_ms` is when, by the page's clock.
export const asked = (tab, method, path, body) => tab.page.evaluate(async ([verb, address, text]) => {
  const asked_ms = performance.timeOrigin + performance.now();
  const answer = await fetch(address, { method: verb, body: text, headers: { 'X-Portal-Request': '1', 'Content-Type': 'application/json' } });
  return { status: answer.status, asked_ms, json: answer.headers.get('Content-Type')?.includes('json') ? await answer.json() : null };
}, [method, path, body === undefined ? undefined : JSON.stringify(body)]);

export async function share(tab, server, changes = {}) {
  const practice = await server.value("SELECT id FROM practice WHERE external_key = 'P-A'");
  const { status, json } = await asked(tab, 'POST', '/api/v1/shares',
    { practices: [practice], views: ['overview', 'integrations', 'financing'], from: shared_from, to: closed, hours: 1, ...changes });
  if (status !== 201) throw new Error(`not shared: ${status}`);
  return json;
}

// The owner's portal while it presents: its bar is there once the page has asked for its links.
export async function presenting(open, server, path = '/') {
  const owner = await open();
  await owner.sign_in('owner', path);
  const made = await share(owner, server);
  await owner.page.reload();
  await owner.ready();
  await owner.role('button', 'Stop sharing', { exact: true }).waitFor();
  return { owner, made };
}

export async function guest_of(open, server, link, options = {}) {
  const guest = await open(options);
  await guest.page.goto(server.base + link);
  return guest;
}

// A presenter who shares and a guest who follows.
export async function presented(open, server, path = '/financing', options = {}) {
  const { owner, made } = await presenting(open, server, path);
  const guest = await guest_of(open, server, made.link, options);
  await guest.text(/^Following Otto Alder/).waitFor();
  return { owner, guest, made };
}
