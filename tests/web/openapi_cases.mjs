// What the separate client says to each endpoint: the good calls by name, and the bad ones made from the description.
import { password, people } from './server.mjs';

export { people };

let ids = 0;
// ULID-shaped; unique in this run.
export const new_id = () => `01J${(Date.now() % 2 ** 40).toString(10).padStart(13, '0')}${String(++ids).padStart(10, '0')}`;

export const pull = (changes = {}) => ({ proto: 1, schema: 7, client: new_id(), epoch: '', seq: 0, set: '', max_bytes: 0, ...changes });
export const push = (muts = [], changes = {}) => ({ proto: 1, schema: 7, client: new_id(), acked: 0, muts, ...changes });
const invitation = (changes = {}) => ({ email: `new${++ids}@example.test`, name: 'New Person', role: 'auditor', scope_kind: 'tenant', ...changes });
const share_of = (practices, changes = {}) => ({ practices, views: ['overview', 'integrations', 'financing'], from: '2026-01-01', to: '2026-12-31', hours: 1, ...changes });
const view_state = (q, filters = {}) => ({ k: 'state', q, route: 'overview', filters, sel: '', scroll: 0 });
const new_password = 'five other words in a row';

const lines_of = (answer) => answer.text.trim().split('\n').map((line) => JSON.parse(line));

export function new_ticket(location, practice) {
  return { mid: 1, intent: new_id(), op: 'ticket.create', id: new_id(),
    set: { practice, location, subject: 'Described ticket', description: 'Made by a test.', priority: 'low', category: 'other' } };
}

// One good body per endpoint that takes one; tests of refusals spoil it.
export const good_body = {
  'POST /api/v1/sync/pull': () => pull(),
  'POST /api/v1/sync/push': () => push(),
  'POST /api/v1/session': () => ({ email: people.owner.email, password }),
  'POST /api/v1/session/demo': () => ({ account: new_id() }),
  'POST /api/v1/password/redeem': () => ({ token: 'a'.repeat(43), password: new_password }),
  'POST /api/v1/password/change': () => ({ current: password, password: new_password }),
  'POST /api/v1/client-reports': () => ({ build: 'test', entries: [{ kind: 'gl_lost', detail: 'a detail' }] }),
  'POST /api/v1/admin/users': () => invitation(),
  'PATCH /api/v1/admin/users/{user}': () => ({ disabled: false }),
  'POST /api/v1/shares': () => share_of([new_id()]),
  'POST /api/v1/shares/preview': () => share_of([new_id()]),
  'PATCH /api/v1/shares/{share}': () => ({ paused: true }),
  'PUT /api/v1/shares/{share}/show': () => view_state(1),
  'PUT /api/v1/shares/{share}/presenter': () => ({ user: new_id() }),
  'POST /api/v1/shares/join': () => ({ token: 'a'.repeat(43) }),
  'POST /api/v1/shares/{share}/reactions': () => ({ kind: 'question' }),
  'POST /share/redeem': () => ({ token: 'a'.repeat(43) }),
  'PUT /share/name': () => ({ name: 'Ana' }),
  'POST /share/reactions': () => ({ kind: 'question' }),
};

// The calls that succeed or are refused for a reason of their own; `call(operation, who, options)` checks each answer.
export const walks = {
  async 'pulling: whole, by pages, from a cursor, with a stale page, by a stranger, by another version'({ call, same }) {
    const name = 'POST /api/v1/sync/pull';
    const whole = await call(name, 'owner', { body: pull(), expect: 200 });
    const begin = lines_of(whole)[0];
    const client = new_id();
    let page = '';
    let rows = 0;
    for (let count = 0; count < 500; ++count) {
      const lines = lines_of(await call(name, 'owner', { body: pull({ client, max_bytes: 500, page }), expect: 200 }));
      rows += lines.filter((line) => line.k === 'up').length;
      if (!lines.at(-1).more) break;
      page = lines.at(-1).page;
      if (count === 0) await call(name, 'owner', { body: pull({ client, page: page.replace(begin.epoch, 'another') }), expect: 409 });
    }
    same(rows, lines_of(whole).filter((line) => line.k === 'up').length, 'rows by pages');
    const end = lines_of(whole).at(-1);
    await call(name, 'owner', { body: pull({ client, epoch: begin.epoch, seq: end.seq, set: begin.set }), expect: 200 });
    await call(name, 'owner', { body: pull({ page: 'no token' }), expect: 400 });
    await call(name, 'owner', { body: pull({ proto: 99 }), expect: 426 });
    await call(name, 'owner', { body: pull({ schema: 99 }), expect: 426 });
    for (const who of ['front_desk', 'neighbour', 'manager', 'admin']) await call(name, who, { body: pull(), expect: 200 });
  },

  async 'pushing: applied, repeated, refused by a rule, foreign, another version'({ call, same, server }) {
    const name = 'POST /api/v1/sync/push';
    const place = async (key) => (await server.sql(`SELECT id, practice FROM location WHERE external_key = '${key}'`))[0];
    const [own, foreign] = [await place('L-A1'), await place('L-B1')];
    const ticket = new_ticket(own.id, own.practice);
    const body = push([ticket]);
    const result = async (who, sent) => (await call(name, who, { body: sent, expect: 200 })).json.results[0];
    same((await result('owner', body)).r, 'applied', 'a new ticket');
    same((await result('owner', body)).r, 'applied', 'the same again');
    same(await server.value(`SELECT count(*) FROM ticket WHERE id = '${ticket.id}'`), 1, 'tickets made by both');
    const taken_over = push([{ mid: 1, intent: new_id(), op: 'ticket.update', id: ticket.id, was: { subject: 'Not this' }, set: { subject: 'Taken' } }]);
    const clash = await result('owner', taken_over);
    same([clash.r, clash.code, clash.theirs.subject], ['rejected', 'clash', 'Described ticket'], 'a clash');
    same((await result('owner', push([new_ticket(foreign.id, foreign.practice)]))).r, 'rejected', 'a ticket at a foreign place');
    same((await result('neighbour', push([new_ticket(own.id, own.practice)]))).r, 'rejected', 'a ticket from outside');
    // The desk resolves a ticket; who filed it does not, and is told which moves there are.
    const resolved = { mid: 1, intent: new_id(), op: 'ticket.update', was: { state: 'in_progress' }, set: { state: 'resolved' },
      id: await server.value("SELECT id FROM ticket WHERE external_key = 'T-1'") };
    for (const who of ['front_desk', 'owner', 'manager']) {
      const refused = await result(who, push([{ ...resolved, intent: new_id() }]));
      same([refused.r, refused.code, refused.message], ['rejected', 'not_allowed_move', 'cannot move from in_progress to resolved; no move is allowed'], `${who} resolves`);
    }
    await call(name, 'neighbour', { body: { ...body, muts: [] }, expect: 403 });
    same((await call(name, 'owner', { body: push([{ ...new_ticket(own.id, own.practice), mid: 7 }]), expect: 200 })).json.renew, true, 'a gap');
    await call(name, 'owner', { body: push([], { proto: 99 }), expect: 426 });
    await call(name, 'owner', { body: push(Array.from({ length: 65 }, () => new_ticket(own.id, own.practice))), expect: 400 });
  },

  async 'single facts: a page, a foreign practice, a front desk, a question that is none'({ call, same, server }) {
    const name = 'GET /api/v1/facts';
    const [own, foreign] = await Promise.all(['P-A', 'P-B'].map((key) => server.value(`SELECT id FROM practice WHERE external_key = '${key}'`)));
    const days = 'from=2000-01-01&until=2099-12-31';
    const held = await server.value(`SELECT count(*) FROM financing_fact WHERE practice = '${own}'`);
    for (const who of ['owner', 'manager', 'operations']) {
      const page = (await call(name, who, { query: `practice=${own}&${days}&count=2`, expect: 200 })).json;
      same([page.total, page.facts.length], [held, Math.min(held, 2)], `what ${who} is told`);
    }
    for (const who of ['front_desk', 'neighbour', 'admin']) await call(name, who, { query: `practice=${own}&${days}`, expect: 403 });
    await call(name, 'owner', { query: `practice=${foreign}&${days}`, expect: 403 });
    await call(name, 'owner', { query: days, expect: 400 });
    await call(name, 'owner', { query: `practice=${own}&${days}&count=201`, expect: 400 });
  },

  async 'peers: too few of them, a foreign practice, who sees no figures, a question that is none'({ call, same, server }) {
    const name = 'GET /api/v1/peers';
    const [own, foreign] = await Promise.all(['P-A', 'P-B'].map((key) => server.value(`SELECT id FROM practice WHERE external_key = '${key}'`)));
    for (const who of ['owner', 'front_desk', 'manager', 'operations']) {
      const told = (await call(name, who, { query: `practice=${own}`, expect: 200 })).json;
      same([told.practices, told.figures], [0, []], `what ${who} is told of two practices`);
    }
    for (const who of ['neighbour', 'admin', 'vendor']) await call(name, who, { query: `practice=${own}`, expect: 403 });
    await call(name, 'owner', { query: `practice=${foreign}`, expect: 403 });
    await call(name, 'owner', { expect: 400 });
  },

  async 'signing in, being somebody, signing out'({ call, fresh }) {
    const name = 'POST /api/v1/session';
    for (const wrong of [{ email: people.owner.email, password: 'not the words' }, { email: 'nobody@example.test', password }])
      await call(name, fresh(), { body: wrong, expect: 401 });
    const browser = fresh();
    await call('GET /api/v1/session', browser, { expect: 401 });
    await call(name, browser, { body: { email: people.owner.email, password }, expect: 200 });
    await call('GET /api/v1/session', browser, { expect: 200 });
    await call('DELETE /api/v1/session', browser, { expect: 204 });
    await call('GET /api/v1/session', browser, { expect: 401 });
    await call('DELETE /api/v1/session', browser, { expect: 204 });
    await call(name, browser, { body: { email: people.owner.email, password }, expect: 200 });
    await call('DELETE /api/v1/sessions', browser, { expect: 204 });
    await call('GET /api/v1/session', 'owner', { expect: 401, after: 'every session of this user has ended' });
    await call(name, 'owner', { body: { email: people.owner.email, password }, expect: 200 });
  },

  async 'inviting, redeeming, changing the password, disabling'({ call, fresh, same }) {
    const invite = 'POST /api/v1/admin/users';
    const sent = invitation();
    const made = await call(invite, 'admin', { body: sent, expect: 201 });
    await call(invite, 'admin', { body: sent, expect: 409 });
    await call(invite, 'admin', { body: invitation({ role: 'emperor' }), expect: 400 });
    await call(invite, 'admin', { body: invitation({ scope_kind: 'practice', scope: new_id() }), expect: 400 });
    const token = made.json.link.split('#invite=')[1];
    const browser = fresh();
    const redeem = 'POST /api/v1/password/redeem';
    await call(redeem, browser, { body: { token, password: 'short' }, expect: 400 });
    await call(redeem, browser, { body: { token, password: new_password }, expect: 200 });
    await call(redeem, fresh(), { body: { token, password: new_password }, expect: 403 });
    const change = 'POST /api/v1/password/change';
    await call(change, browser, { body: { current: 'not these words', password }, expect: 403 });
    await call(change, browser, { body: { current: new_password, password }, expect: 200 });
    const user = { user: made.json.user };
    const alter = 'PATCH /api/v1/admin/users/{user}';
    await call(alter, 'admin', { path: user, body: { disabled: true }, expect: 204 });
    await call('GET /api/v1/session', browser, { expect: 401 });
    await call('POST /api/v1/session', browser, { body: { email: sent.email, password }, expect: 401 });
    await call(alter, 'admin', { path: user, body: { disabled: false }, expect: 204 });
    await call('POST /api/v1/session', browser, { body: { email: sent.email, password }, expect: 200 });
    await call(alter, 'admin', { path: { user: new_id() }, body: { disabled: true }, expect: 404 });
    const self = (await call('GET /api/v1/session', 'admin', { expect: 200 })).json.user.id;
    await call(alter, 'admin', { path: { user: self }, body: { disabled: true }, expect: 412 });
    same((await call('GET /api/v1/session', 'admin', { expect: 200 })).json.user.id, self, 'the administrator');
  },

  async 'sharing: made, opened by its link, followed, paused, ended'({ call, fresh, same, server }) {
    const create = 'POST /api/v1/shares';
    const [own, foreign] = await Promise.all(['P-A', 'P-B'].map((key) => server.value(`SELECT id FROM practice WHERE external_key = '${key}'`)));
    await call(create, 'owner', { body: share_of([foreign]), expect: 403 });
    await call(create, 'front_desk', { body: share_of([own]), expect: 403 });
    const preview = 'POST /api/v1/shares/preview';
    await call(preview, 'owner', { body: share_of([foreign]), expect: 403 });
    await call(preview, 'front_desk', { body: share_of([own]), expect: 403 });
    const previewed = (await call(preview, 'owner', { body: share_of([own]), expect: 200 })).json.datasets;
    const made = (await call(create, 'owner', { body: share_of([own]), expect: 201 })).json;
    same((await call('GET /api/v1/shares', 'owner', { expect: 200 })).json.shares.map((share) => share.id), [made.id], 'own shares');
    const path = { share: made.id };
    const guest = fresh();
    const token = made.link.split('#')[1];
    await call('POST /share/redeem', guest, { body: { token: 'b'.repeat(43) }, expect: 403 });
    await call('POST /share/redeem', guest, { body: { token }, expect: 204 });
    same(guest.cookie.split('=')[0], 'portal_share_loopback', "the guest's cookie");
    same((await call('GET /share/session', guest, { expect: 200 })).json.practices.map((practice) => practice.id), [own], 'what is shared');
    // What was shown before is what is given, but for the minute of the data.
    const untimed = (dataset) => JSON.stringify(dataset).replace(/"as_of_ms":\d+/g, '');
    for (const [index, view] of ['overview', 'integrations', 'financing'].entries()) {
      const given = (await call('GET /share/dataset', guest, { query: `view=${view}&practice=${own}`, expect: 200 })).json;
      same(untimed(given), untimed(previewed[index]), `the ${view} that was previewed`);
    }
    await call('GET /share/dataset', guest, { query: `view=overview&practice=${foreign}`, expect: 403 });
    await call('GET /api/v1/session', guest, { expect: 401, after: 'as a guest' });
    const show = 'PUT /api/v1/shares/{share}/show';
    same((await call(show, 'owner', { path, body: view_state(7), expect: 200 })).json.q, 7, 'the newest state');
    await call(show, 'owner', { path, body: view_state(8, { practice: [foreign] }), expect: 403 });
    await call(show, 'owner', { path, body: { k: 'ptr', at: 'widget:chart', x: 1, y: 2 }, expect: 204 });
    await call(show, 'neighbour', { path, body: view_state(9), expect: 404 });
    const heard = await call('GET /share/live', guest, { expect: 200 });
    same([/"q":7/.test(heard.text), heard.text.includes(foreign)], [true, false], 'what the guest hears');
    const recorded = (what) => `GET /api/v1/shares/{share}/${what}`;
    await call(recorded('recording'), 'neighbour', { path, expect: 404 });
    same((await call(recorded('recording'), 'owner', { path, expect: 200 })).text.includes(foreign), false, 'what a recording hears');
    same((await call(recorded('session'), 'owner', { path, expect: 200 })).text, (await call('GET /share/session', guest, { expect: 200 })).text, 'what is recorded as shared');
    await call(recorded('session'), 'neighbour', { path, expect: 404 });
    const query = `view=overview&practice=${own}`;
    same(untimed((await call(recorded('dataset'), 'owner', { path, query, expect: 200 })).json), untimed(previewed[0]), 'the figures that are recorded');
    await call(recorded('dataset'), 'owner', { path, query: `view=overview&practice=${foreign}`, expect: 403 });
    const stream = await guest.live('/share/live');
    await call('PUT /share/name', guest, { body: { name: 'Ana Diaz' }, expect: 204 });
    await call('PUT /share/name', guest, { body: { name: 'Ana\u0007' }, expect: 400 });
    for (const [operation, body] of [['PUT /share/name', { name: 'Eve' }], ['POST /share/reactions', { kind: 'agree' }]]) {
      await call(operation, guest, { body, expect: 403, headers: { 'X-Portal-Request': undefined }, after: 'without the marker' });
      await call(operation, guest, { body, expect: 403, headers: { Origin: 'https://evil.example' }, after: 'from elsewhere' });
    }
    await call('POST /share/reactions', guest, { body: { kind: 'slower' }, expect: 204 });
    await call('POST /share/reactions', guest, { body: { kind: 'applause' }, expect: 400 });
    const [told] = (await call('GET /api/v1/shares', 'owner', { expect: 200 })).json.shares;
    same([told.people, told.reactions.map(({ kind, count }) => [kind, count])], [[{ name: 'Ana Diaz', number: 1 }], [['slower', 1]]], 'who is here');
    await call('PATCH /api/v1/shares/{share}', 'owner', { path, body: { paused: true }, expect: 204 });
    await call('GET /share/dataset', guest, { query: `view=overview&practice=${own}`, expect: 412 });
    await call('PATCH /api/v1/shares/{share}', 'owner', { path, body: { paused: false }, expect: 204 });
    await call('DELETE /api/v1/shares/{share}', 'neighbour', { path, expect: 404 });
    const ended_ms = Date.now();
    await call('DELETE /api/v1/shares/{share}', 'owner', { path, expect: 204 });
    for (let count = 0; count < 40 && !stream.ended; ++count) await new Promise((wake) => setTimeout(wake, 25));
    same([stream.ended, stream.text.endsWith('event: end\ndata: {}\n\n'), Date.now() - ended_ms < 1000], [true, true, true], 'the stream ended within a second');
    await call('GET /share/session', guest, { expect: 401 });
    await call('POST /share/redeem', fresh(), { body: { token }, expect: 403 });
  },

  async 'sharing: followed by users who are signed in, handed over and taken back'({ call, same, server }) {
    const own = await server.value("SELECT id FROM practice WHERE external_key = 'P-A'");
    const made = (await call('POST /api/v1/shares', 'owner', { body: share_of([own]), expect: 201 })).json;
    const path = { share: made.id };
    const body = { token: made.link.split('#')[1] };
    const join = 'POST /api/v1/shares/join', hand = 'PUT /api/v1/shares/{share}/presenter', follow = 'GET /api/v1/shares/{share}/follow';
    await call(join, 'front_desk', { body: { token: 'b'.repeat(43) }, expect: 403 });
    await call(join, 'nobody', { body, expect: 204 });
    await call(follow, 'front_desk', { path, expect: 404 });
    await call('GET /api/v1/shares/{share}/follower', 'front_desk', { path, expect: 404 });
    await call('POST /api/v1/shares/{share}/reactions', 'front_desk', { path, body: { kind: 'agree' }, expect: 404 });
    await call(join, 'neighbour', { body, expect: 412 });
    const joined = (await call(join, 'front_desk', { body, expect: 200 })).json;
    same([joined.share, joined.practices.map((practice) => practice.id)], [made.id, [own]], 'what is followed');
    same((await call('GET /api/v1/shares/{share}/follower', 'front_desk', { path, expect: 200 })).json, joined, 'what is followed, asked again');
    await call('PUT /api/v1/shares/{share}/show', 'owner', { path, body: view_state(3), expect: 200 });
    const heard = await call(follow, 'front_desk', { path, expect: 200 });
    same(/"q":3/.test(heard.text), true, 'what the user hears');
    await call('POST /api/v1/shares/{share}/reactions', 'front_desk', { path, body: { kind: 'question' }, expect: 204 });
    await call('POST /api/v1/shares/{share}/reactions', 'front_desk', { path, body: { kind: 'applause' }, expect: 400 });
    const user_of = async (email) => server.value(`SELECT id FROM user WHERE email = '${email}'`);
    const [owner, desk] = await Promise.all([people.owner, people.front_desk].map(({ email }) => user_of(email)));
    await call(hand, 'front_desk', { path, body: { user: desk }, expect: 409 });
    await call(hand, 'neighbour', { path, body: { user: desk }, expect: 404 });
    // They have closed their page, or may not share.
    await call(hand, 'owner', { path, body: { user: desk }, expect: [403, 412] });
    await call(hand, 'owner', { path, body: { user: owner }, expect: 204 });
    await call('DELETE /api/v1/shares/{share}', 'front_desk', { path, expect: 404 });
    await call('DELETE /api/v1/shares/{share}', 'owner', { path, expect: 204 });
    await call(hand, 'owner', { path, body: { user: desk }, expect: 412 });
    await call(join, 'front_desk', { body, expect: 403 });
  },

  async 'guessing is told how long to wait'({ call, fresh }) {
    const guess = { email: 'guessed@example.test', password: 'not the words' };
    let last = 0;
    for (let count = 0; count < 20 && last !== 429; ++count)
      last = (await call('POST /api/v1/session', fresh(), { body: guess, expect: count < 5 ? 401 : [401, 429] })).status;
    await call('POST /api/v1/session', fresh(), { body: guess, expect: [429], after: 'guess after guess' });
  },

  async 'reports, probes and counters'({ call }) {
    await call('POST /api/v1/client-reports', 'front_desk', { body: good_body['POST /api/v1/client-reports'](), expect: 204 });
    await call('POST /api/v1/client-reports', 'front_desk', { body: { entries: [{ kind: 'Not a word' }] }, expect: 400 });
    for (const who of ['nobody', 'owner']) {
      await call('GET /healthz', who, { expect: 200 });
      await call('GET /metrics', who, { expect: 200 });
      await call('GET /api/v1/demo-accounts', who, { expect: 200 });
    }
    await call('POST /api/v1/session/demo', 'nobody', { body: { account: new_id() }, expect: 404 });
  },
};

// Values that are not what the schema asks for, as [what is wrong, body].
export function spoiled_bodies(schema, good) {
  const bodies = [['no JSON', '{"'], ['a list', []], ['a text', '"text"'], ['nothing', ''], ['very deep', `${'['.repeat(100)}${']'.repeat(100)}`]];
  for (const name of schema.required ?? []) {
    const { [name]: left_out, ...rest } = good;
    bodies.push([`no ${name}`, rest]);
  }
  for (const [name, says] of Object.entries(schema.properties)) {
    for (const wrong of [{ an: 'object' }, null, 1.5]) bodies.push([`${name} as ${JSON.stringify(wrong)}`, { ...good, [name]: wrong }]);
    if (says.maxLength) bodies.push([`${name} too long`, { ...good, [name]: 'x'.repeat(says.maxLength + 1) }]);
    if (says.minLength) bodies.push([`${name} too short`, { ...good, [name]: 'x'.repeat(says.minLength - 1) }]);
    if (says.minimum !== undefined) bodies.push([`${name} too small`, { ...good, [name]: says.minimum - 1 }]);
    if (says.maxItems) bodies.push([`${name} too many`, { ...good, [name]: Array.from({ length: says.maxItems + 1 }, () => good[name]?.[0] ?? {}) }]);
    if (says.$ref?.endsWith('/Id')) bodies.push([`${name} no id`, { ...good, [name]: 'no id' }]);
  }
  if (schema.additionalProperties === false) bodies.push(['an unknown member', { ...good, surprise: 1 }]);
  return bodies;
}
