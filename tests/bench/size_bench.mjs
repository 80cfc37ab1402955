// Bytes of every answer that a new visitor's browser receives until the first usable screen: sign-in, program, rows.
// Counted by a relay between browser and server, because threads fetch where the page's own records do not look.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { money } from '../web/figures.mjs';
import { launch_chromium, Tab } from '../web/portal.mjs';
import { open_relay } from '../web/relay.mjs';
import { people, Server, Tenants } from '../web/server.mjs';
import { watch_for } from './browser.mjs';
import { net_sql, unseen_month } from './data.mjs';
import { lower_is_better } from './result.mjs';

const budget = JSON.parse(readFileSync(new URL('../../web/budget.json', import.meta.url), 'utf8'));

async function counting_relay(server) {
  const received = [];
  const relay = await open_relay(server, (bytes, request, response) => received.push({
    at_ms: performance.timeOrigin + performance.now(), bytes: bytes.length, encoding: response.headers['content-encoding'] ?? '', path: request.url,
  }));
  return { received, ...relay };
}

export async function measure({ folder, say }) {
  const tenants = new Tenants(join(folder, 'size'));
  const server = new Server(await tenants.copy('fixture'));
  await server.start();
  const relay = await counting_relay(server);
  const browser = await launch_chromium();
  try {
    const tab = await Tab.open(browser, relay);
    // The month before last has facts of the fixture's practice A, to which the figures are restricted by who asks.
    const { from, until } = unseen_month(() => 0.1);
    const net = await server.value(`${net_sql(from, until)} AND practice IN (SELECT id FROM practice WHERE external_key = 'P-A')`);
    await tab.page.addInitScript(watch_for, money(net));
    await tab.sign_in('owner', `/financing?from=${from}&until=${until}`);
    await tab.page.waitForFunction(() => globalThis.bench_ready_ms > 0);
    const ready_ms = await tab.page.evaluate(() => performance.timeOrigin + globalThis.bench_ready_ms);
    const before = relay.received.filter(({ at_ms }) => at_ms <= ready_ms);
    const program = before.find(({ path }) => path.endsWith('.wasm'));
    if (program?.encoding !== 'br') throw new Error(`the program came as '${program?.encoding}' and not in brotli`);
    const bytes = before.reduce((sum, one) => sum + one.bytes, 0);
    say(`first load of ${people.owner.name}: ${bytes} bytes in ${new Set(before.map(({ path }) => path)).size} answers`);
    return [lower_is_better('first_load_bytes', 'bytes', bytes, 'web/budget.json (limit)', budget.first_load_brotli_bytes_max)];
  } finally {
    await browser.close();
    await relay.close();
    await server.stop();
  }
}
