// The official SQLite build with its opfs-sahpool file system, as its own documentation opens it.
import sqlite3_module from '/sqlite/index.mjs';

const started = sqlite3_module({ print: () => {}, printErr: () => {} });
const file = '/facts.db';
const columns = ['external_key', 'application_ref', 'kind', 'status', 'practice', 'location', 'plan', 'channel', 'existing_cardholder',
  'duplicate', 'event_day', 'posted_day', 'hour_band', 'requested_cents', 'approved_cents', 'settled_cents', 'fee_cents'];
const numeric = new Set(['hour_band', 'requested_cents', 'approved_cents', 'settled_cents', 'fee_cents']);

async function open_database(clear) {
  const sqlite3 = await started;
  const pool = await sqlite3.installOpfsSAHPoolVfs({ initialCapacity: 6 });
  if (clear) await pool.wipeFiles();
  return new pool.OpfsSAHPoolDb(file);
}

// Fetch, JSON.parse, and one transaction for each page of rows.
async function load({ pages }) {
  const database = await open_database(true);
  database.exec(`PRAGMA synchronous = FULL;
    CREATE TABLE fact (${columns.map((name) => `${name} ${numeric.has(name) ? 'INTEGER' : 'TEXT'} NOT NULL`).join(', ')}, PRIMARY KEY (external_key)) WITHOUT ROWID;
    CREATE INDEX fact_by_place ON fact (location, posted_day);`);
  const insert = database.prepare(`INSERT INTO fact VALUES (${columns.map(() => '?').join(', ')})`);
  let rows = 0;
  for (let page = 0; page < pages; page++) {
    const facts = await (await fetch(`/page-${page}.json`, { cache: 'no-store' })).json();
    database.transaction(() => {
      for (const fact of facts) insert.bind(fact).stepReset();
    });
    rows += facts.length;
  }
  insert.finalize();
  return { rows, database };
}

onmessage = async ({ data }) => {
  try {
    if (data.work === 'open') {
      const database = await open_database(false);
      const rows = database.selectValue('SELECT max(rows) FROM loaded');
      postMessage({ rows });
      return;
    }
    const { rows, database } = await load(data);
    database.exec('CREATE TABLE IF NOT EXISTS loaded (rows INTEGER PRIMARY KEY)');
    database.exec(`INSERT INTO loaded VALUES (${rows})`);
    const net_cents = database.selectValue(`SELECT COALESCE(SUM(CASE WHEN kind = 'sale' AND status = 'settled' THEN settled_cents
      WHEN kind IN ('refund', 'chargeback') THEN -settled_cents WHEN kind = 'reversal' THEN settled_cents ELSE 0 END), 0)
      FROM fact WHERE posted_day BETWEEN '${data.from}' AND '${data.until}'`);
    database.close();
    postMessage({ rows, net_cents });
  } catch (error) {
    postMessage({ error: `${error?.name}: ${error?.message}` });
  }
};
