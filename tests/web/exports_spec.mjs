// Files of the financing screen: their rows equal SQL, their sums are right, the workbook opens as one, and the report
// needs nothing but itself. The same files come without a server.
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { closed, day, money, month_from, net_sql } from './figures.mjs';
import { is_kept_offline } from './checks.mjs';

const month_page = `/financing?from=${month_from}&until=${closed}`;
const sha256 = (text) => createHash('sha256').update(text).digest('hex');

// The files of a zip, by its central directory.
function unzipped(bytes) {
  const files = new Map();
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = bytes.readUInt32LE(end + 16);
  for (let count = bytes.readUInt16LE(end + 10); count > 0; count--) {
    const [packed, name_size, extra_size, comment_size, local] =
      [bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32), bytes.readUInt32LE(at + 42)];
    const name = bytes.toString('utf8', at + 46, at + 46 + name_size);
    const data = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const content = bytes.subarray(data, data + packed);
    files.set(name, (bytes.readUInt16LE(at + 10) === 8 ? inflateRawSync(content) : content).toString('utf8'));
    at += 46 + name_size + extra_size + comment_size;
  }
  return files;
}

// The cells of a sheet as texts and numbers, by their names ("B2").
function cells_of(files, number) {
  const shared = [...files.get('xl/sharedStrings.xml').matchAll(/<si><t[^>]*>([^<]*)<\/t><\/si>/g)].map((match) => match[1]);
  const cells = new Map();
  for (const [, name, attributes, value] of files.get(`xl/worksheets/sheet${number}.xml`).matchAll(/<c r="([A-Z]+\d+)"([^>]*)><v>([^<]*)<\/v>/g))
    cells.set(name, /t="s"/.test(attributes) ? shared[Number(value)] : Number(value));
  return cells;
}

const facts_sql = (from, to) => `SELECT COUNT(*) AS rows, SUM(settled_cents) AS settled FROM financing_fact f
  JOIN practice p ON p.id = f.practice WHERE p.external_key = 'P-A'
  AND CASE kind WHEN 'application' THEN event_day ELSE posted_day END BETWEEN ${day(from)} AND ${day(to)}`;

// The CSV's block, label by label.
const block_of = (csv) => new Map(csv.split('\r\n\r\n')[0].split('\r\n').map((line) => [line.slice(0, line.indexOf(',')), line.slice(line.indexOf(',') + 1)]));

// Cells say dollars, as floating point.
const cents = (dollars) => Math.round(dollars * 100);

async function open_workbook(tab) { return unzipped((await tab.export_as('Excel')).bytes); }

export const tests = {
  'a CSV says what it is about, equals SQL, and its sum is of its rows': async ({ open, server, check, same }) => {
    const net = await server.value(net_sql(month_from, closed));
    const tab = await open();
    await tab.sign_in('owner', month_page);
    const { name, bytes } = await tab.export_as('CSV');
    const csv = bytes.toString('utf8');
    const [, data] = csv.split('\r\n\r\n');
    const rows = data.slice(data.indexOf('\r\n') + 2);
    const block = block_of(csv);
    same(name, 'net-financed-volume.csv', 'its name');
    same(rows.split(',')[2], (net / 100).toFixed(2), 'the net');
    same(block.get('SHA-256 of the rows'), sha256(rows), 'the sum');
    same(block.get('Period'), `${month_from} to ${closed}`, 'the period');
    same(block.get('Source closed until'), closed, 'the closing day');
    check(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(block.get('As of')), `as of ${block.get('As of')}`);
    check(/^America\//.test(block.get('Days are those of')), `the zone: ${block.get('Days are those of')}`);
    check(/Settled sales minus refunds/.test(block.get('Net financed volume (1)')), 'the definition');
  },

  'a workbook opens as one, with exact numbers, a chart and no formula': async ({ open, server, check, same }) => {
    const net = await server.value(net_sql(month_from, closed));
    const tab = await open();
    await tab.sign_in('owner', month_page);
    const requests = [];
    tab.page.context().on('request', (request) => requests.push(request.url()));
    const files = await open_workbook(tab);
    const cells = cells_of(files, 1);
    same(cells.get('C1'), 'Net', 'the column');
    same(cents(cells.get('C2')), net, 'the net');
    same(cells.get('A2') - 25569, await server.value(`SELECT ${day(month_from)}`), 'the first day as Excel counts');
    check(files.has('xl/charts/chart1.xml'), 'a chart stands beside it');
    const about = cells_of(files, [...files.keys()].filter((name) => /worksheets\/sheet/.test(name)).length);
    check([...about.values()].includes('SHA-256 of the rows'), `the last sheet tells about the file: ${[...about.values()].slice(0, 6)}`);
    check([...files].every(([name, text]) => !/worksheets/.test(name) || !/<f>/.test(text)), 'no cell is a formula');
    check(requests.some((url) => /workbook-program-[0-9a-f]+\.wasm/.test(url)), `its program came now: ${requests.join(' ')}`);
    await tab.settle();
    const files_now = async () => [(await tab.export_as('CSV')).bytes, (await tab.export_as('Excel')).bytes];
    const [csv, book] = await files_now();
    tab.expect_problem(/ERR_INTERNET_DISCONNECTED|request failed/);
    await tab.page.context().setOffline(true);
    const [csv_offline, book_offline] = await files_now();
    await tab.page.context().setOffline(false);
    check(csv.equals(csv_offline), 'the CSV is the same offline, byte for byte');
    check(book.equals(book_offline), 'and so is the workbook');
  },

  'without a connection the files are the same, also the first workbook': async ({ open, server, check, same }) => {
    const net = await server.value(net_sql(month_from, closed));
    const tab = await open();
    await tab.sign_in('owner', month_page);
    await tab.page.waitForFunction(is_kept_offline);
    tab.expect_problem(/ERR_CONNECTION|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE|ERR_FAILED|502|503|ERR_NETWORK/);
    await tab.settle();
    const before = await tab.export_as('Report');
    await server.stop();
    const after = await tab.export_as('Report');
    check(before.bytes.equals(after.bytes), 'the report is the same, byte for byte');
    same(cents(cells_of(await open_workbook(tab), 1).get('C2')), net, 'the net of the workbook');
  },

  'the rows behind the figures are exported as they are in SQL': async ({ open, server, check, same }) => {
    const { rows: count, settled } = (await server.sql(facts_sql(month_from, closed)))[0];
    const tab = await open();
    await tab.sign_in('owner', month_page.replace('?', '/rows?'));
    await tab.role('table', /^The rows behind/).waitFor();
    const files = await open_workbook(tab);
    const cells = cells_of(files, 1);
    const settled_cells = [...cells].filter(([name]) => /^N\d+$/.test(name) && name !== 'N1').map(([, value]) => cents(value));
    check(count > 0, 'the fixture has facts in the month');
    same(settled_cells.length, count, 'as many rows');
    same(settled_cells.reduce((sum, one) => sum + one, 0), settled, 'as much settled');
  },

  'a report shows charts from data, tables and definitions, runs nothing and asks for nothing': async ({ open, server, check, same }) => {
    const net = await server.value(net_sql(month_from, closed));
    const tab = await open();
    await tab.sign_in('owner', month_page);
    const { name, bytes } = await tab.export_as('Report');
    same(name, 'net-financed-volume.html', 'its name');
    const folder = mkdtempSync(join(tmpdir(), 'report-'));
    writeFileSync(join(folder, name), bytes);
    const page = await tab.context.newPage();
    const requests = [];
    page.on('request', (request) => requests.push(request.url()));
    try {
      await page.goto(`file://${folder}/${name}`);
      check(await page.locator('svg').count() >= 3, 'charts');
      check(await page.locator('svg rect.bar').count() > 0, 'bars');
      check(await page.getByRole('cell', { name: money(net), exact: true }).count() > 0, `the table says ${money(net)}`);
      check(await page.getByText('Settled sales minus refunds').count() > 0, 'the definition');
      same(await page.locator('script').count(), 0, 'scripts');
      same(requests.filter((url) => !url.startsWith('file:')), [], 'requests that left');
      await page.setViewportSize({ width: 390, height: 800 });
      same(await page.evaluate(() => document.documentElement.scrollWidth), 390, 'its width on a phone');
      const pdf = await page.pdf();
      check(pdf.length > 10_000, 'it prints');
    } finally {
      await page.close();
      rmSync(folder, { recursive: true });
    }
  },
};
