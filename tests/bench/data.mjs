// The benches' tenant: one account manager's book of practices and its financing facts, from a seed.
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { add_people, day_iso, program, Server } from '../web/server.mjs';
import { seeded } from './seeded.mjs';

export const run = promisify(execFile);

export const days = 730;
export const practices = 50;
export const locations_per_practice = 2;

export const manager = { email: 'mia.moss@partners.example', name: 'Mia Moss', role: 'account_manager', scope: 'book:BENCH', title: 'Account manager' };

export { seeded };

const practice_key = (index) => `P-${index}`;
const location_key = (practice, index) => `L-${practice}-${index}`;
const plans = ['STD', 'D06', 'D12', 'R24', 'R36', 'R48'];

export const fact_columns = ['external_key', 'application_ref', 'kind', 'status', 'practice', 'location', 'plan', 'channel', 'existing_cardholder',
  'duplicate', 'event_day', 'posted_day', 'hour_band', 'requested_cents', 'approved_cents', 'settled_cents', 'fee_cents'];

// Cents between 20,000 and 800,000, log-normal.
function amount_cents(random) {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Math.round(Math.min(800_000, Math.max(20_000, 120_000 * Math.exp(0.8 * normal))));
}

// Applied 12%, approved 15%, declined 25%, funded 43%, refunded 5%; practices are skewed, days are not.
export function* facts(count, seed, prefix = 'F') {
  const random = seeded(seed);
  const iso = Array.from({ length: days }, (_, index) => day_iso(index - days));
  for (let index = 0; index < count; index++) {
    const practice = Math.floor(practices * random() ** 1.5);
    const location = location_key(practice, Math.floor(locations_per_practice * random()));
    const day = iso[Math.floor(days * random())];
    const cents = amount_cents(random);
    const share = random();
    const [kind, status] = share < 0.12 ? ['application', 'pending'] : share < 0.27 ? ['application', 'approved']
      : share < 0.52 ? ['application', 'declined'] : share < 0.95 ? ['sale', 'settled'] : ['refund', 'settled'];
    const is_application = kind === 'application';
    const plan = is_application ? '' : plans[Math.floor(plans.length * random())];
    const channel = ['in_office', 'online', 'phone'][Math.floor(3 * random())];
    yield [`${prefix}-${index}`, `${prefix}A-${is_application ? index : Math.max(0, index - 3)}`, kind, status, practice_key(practice), location,
      plan, channel, 'no', 'no', day, day, 8 + Math.floor(10 * random()), is_application ? cents : 0,
      status === 'approved' ? cents : 0, is_application ? 0 : cents, kind === 'sale' ? Math.round(cents * 0.09) : 0];
  }
}

export async function write_facts(file, count, seed, prefix) {
  const out = createWriteStream(file);
  out.write(`${fact_columns.join(',')}\n`);
  for (const fact of facts(count, seed, prefix)) if (!out.write(`${fact.join(',')}\n`)) await once(out, 'drain');
  out.end();
  await once(out, 'finish');
}

const lines = (header, rows) => `${header}\n${rows.join('\n')}\n`;

function* places(practice_count) {
  for (let practice = 0; practice < practice_count; practice++)
    for (let index = 0; index < locations_per_practice; index++) yield [location_key(practice, index), practice_key(practice), practice];
}

function reference_files(ticket_count, practice_count) {
  const specialties = ['veterinary', 'dental', 'cosmetic'];
  const each = (count, row) => Array.from({ length: count }, (_, index) => row(index));
  const spots = [...places(practice_count)];
  return {
    vendors: lines('external_key,name,kind,product', ['V-1,Canino Software,practice_management,Canino PMS']),
    promo_plans: lines('external_key,name,kind,months,minimum_cents,apr_basis_points,merchant_fee_basis_points,effective_from',
      plans.map((key) => `${key},Plan ${key},${key === 'STD' ? 'standard,0' : `deferred_interest,${Number(key.slice(1))}`},20000,2999,890,2023-01-01`)),
    calendars: lines('external_key,name,hours,holidays', ['WEEK,Weekdays,"09:00-17:00|09:00-17:00|09:00-17:00|09:00-17:00|09:00-17:00||",']),
    practices: lines('external_key,name,specialty,size,region,book,team,enrolled_on,vendor_consent',
      each(practice_count, (index) => `${practice_key(index)},Practice ${index},${specialties[index % 3]},medium,South,BENCH,TEAM,2023-03-01,yes`)),
    locations: lines('external_key,practice,name,city,state,time_zone,calendar',
      spots.map(([key, practice]) => `${key},${practice},Office ${key},Austin,TX,America/Chicago,WEEK`)),
    integrations: lines('external_key,practice,vendor,name,stage,stage_since,blocked',
      each(practice_count, (index) => `I-${index},${practice_key(index)},V-1,Canino at practice ${index},live,${day_iso(-200)},no`)),
    check_runs: lines('external_key,integration,day,calls,calls_succeeded,ledger_rows,ledger_matched,latency_p95_ms,errors,errors_acknowledged,last_success_at,credentials_valid,closed,note',
      each(practice_count * 14, (index) => `C-${index},I-${index % practice_count},${day_iso(-1 - Math.floor(index / practice_count))},134,133,54,54,310,1,1,${day_iso(-1 - Math.floor(index / practice_count))}T22:50:00Z,yes,no,`)),
    targets: lines('practice,month,cents',
      each(practice_count * 3, (index) => `${practice_key(index % practice_count)},${day_iso(-1 - 31 * Math.floor(index / practice_count)).slice(0, 7)},4000000`)
        .filter((line, index, all) => all.findIndex((other) => other.split(',').slice(0, 2).join() === line.split(',').slice(0, 2).join()) === index)),
    tickets: lines('external_key,location,integration,subject,description,state,priority,category,created_at',
      each(ticket_count, (index) => {
        const [location, , practice] = spots[index % spots.length];
        return `T-${index},${location},I-${practice},Terminal ${index} prints twice,Every receipt comes out twice.,new,high,integration,${day_iso(-1 - (index % 60))}T15:00:00Z`;
      })),
  };
}

// A data folder with the book, its tickets and the persons who may see it; no facts yet.
export async function make_tenant(folder, ticket_count, practice_count = practices, persons = [manager]) {
  mkdirSync(folder, { recursive: true });
  const server = new Server(folder);
  for (const [kind, text] of Object.entries(reference_files(ticket_count, practice_count))) await server.import_text(kind, text);
  await add_people(server, persons);
  return server;
}

export async function import_facts(server, file) {
  return run(program, ['import', 'financing_facts', file, '--data', server.data, '--closed-until', day_iso(-1)], { maxBuffer: 1 << 24 });
}

// Days since 1970, as the server's database counts them.
const day_number = (iso) => Math.round(Date.parse(`${iso}T00:00:00Z`) / 86_400_000);

// Net financed volume by its definition, written down once more and not taken from the program.
export const net_sql = (from, until) => `SELECT COALESCE(SUM(CASE
    WHEN kind = 'sale' AND status = 'settled' THEN settled_cents
    WHEN kind IN ('refund', 'chargeback') THEN -settled_cents
    WHEN kind = 'reversal' THEN settled_cents ELSE 0 END), 0) AS net
  FROM financing_fact WHERE posted_day BETWEEN ${day_number(from)} AND ${day_number(until)}`;

// A whole month that nobody knew before the run: its place in the year comes from the run's own seed.
export function unseen_month(random) {
  const back = 1 + Math.floor(11 * random());
  const today = new Date(`${day_iso(0)}T12:00:00Z`);
  const first = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - back, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0));
  return { from: first.toISOString().slice(0, 10), until: last.toISOString().slice(0, 10) };
}

export const scratch_file = (folder, name) => join(folder, name);
