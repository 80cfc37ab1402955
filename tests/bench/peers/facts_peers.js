// What others make of the same questions: each peer takes the seven columns, offers five questions about a window as
// functions by their names, which a dashboard asks one after another, and a page of the rows of one plan by amount. It tells
// its answers as lines, for comparison: the question's name, its keys, its numbers.
import * as arquero from 'arquero';
import * as duckdb from '@duckdb/duckdb-wasm';
import perspective from '@perspective-dev/client/inline';
import { tableFromArrays, tableToIPC } from 'apache-arrow';

const plans = 6, channels = 4, practices = 500, months = 25;
const [approved, declined, applied, funded, refunded] = [1, 2, 0, 3, 4];
const statuses = [approved, declined, applied, funded, refunded];

export function statements({ from, until, recent, practice, least, most, location: place }) {
  const rest = `${most ? ` AND amount BETWEEN ${least} AND ${most}` : ''}${place >= 0 ? ` AND location = ${place}` : ''}`;
  const where = `WHERE day BETWEEN ${from} AND ${until}${rest}`;
  const sums = (more) => `SELECT month, plan, count(*), CAST(sum(amount) AS DOUBLE) FROM fact ${where} AND status = ${funded}${more} GROUP BY 1, 2`;
  const of_status = (status) => `count(*) FILTER (WHERE status = ${status})`;
  return {
    q1: sums(''),
    q2: sums(` AND practice = ${practice}`),
    q3: `SELECT month, 0 AS none, ${statuses.map(of_status)} FROM fact ${where} GROUP BY 1`,
    q4: `SELECT practice, 0 AS none, CAST(sum(amount) AS DOUBLE) FROM fact WHERE day BETWEEN ${recent} AND ${until}${rest} AND status = ${funded} GROUP BY 1 ORDER BY 3 DESC, 1 LIMIT 20`,
    q5: `SELECT practice, channel, ${of_status(approved)}, ${of_status(declined)} FROM fact ${where} AND status IN (${approved}, ${declined}) GROUP BY 1, 2`,
  };
}

const page_statement = ({ plan, offset, count }) => `SELECT amount FROM fact WHERE plan = ${plan} ORDER BY amount DESC LIMIT ${count} OFFSET ${offset}`;
const functions_of = (statements_by_name, run) => Object.fromEntries(Object.entries(statements_by_name).map(([name, sql]) => [name, () => run(sql)]));

const lines_of_rows = (answers) => Object.entries(answers).flatMap(([name, rows]) => rows.map((row) => [name, ...row.map(Number)].join('|'))).sort();
const top_twenty = (pairs) => pairs.sort((left, right) => right[1] - left[1] || left[0] - right[0]).slice(0, 20).map(([practice, sum]) => [practice, 0, sum]);

async function open_duckdb(columns) {
  const database = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), new Worker('/duckdb/duckdb-browser-eh.worker.js'));
  await database.instantiate('/duckdb/duckdb-eh.wasm');
  const connection = await database.connect();
  await connection.insertArrowFromIPCStream(tableToIPC(tableFromArrays(columns), 'stream'), { name: 'fact', create: true });
  return {
    questions: (asked) => functions_of(statements(asked), (sql) => connection.query(sql)),
    page: async (asked) => (await connection.query(page_statement(asked))).toArray().map(({ amount }) => Number(amount)),
    lines: (answers) => lines_of_rows(Object.fromEntries(Object.entries(answers).map(([name, table]) => [name, table.toArray().map((row) => Object.values(row.toJSON()))]))),
    close: () => database.terminate(),
  };
}

async function open_sqlite(columns) {
  const { default: start } = await import('/sqlite/index.mjs');
  const sqlite3 = await start({ print: () => {}, printErr: () => {} });
  const database = new sqlite3.oo1.DB(':memory:');
  const names = Object.keys(columns);
  database.exec(`CREATE TABLE fact (${names.map((name) => `${name} INTEGER NOT NULL`)})`);
  const insert = database.prepare(`INSERT INTO fact VALUES (${names.map(() => '?')})`);
  database.transaction(() => {
    for (let row = 0; row < columns.day.length; row++) insert.bind(names.map((name) => columns[name][row])).stepReset();
  });
  insert.finalize();
  database.exec(`CREATE INDEX by_status ON fact (status, day, month, plan, amount);
    CREATE INDEX by_practice ON fact (practice, status, day, month, plan, amount);
    CREATE INDEX by_channel ON fact (status, day, practice, channel);
    CREATE INDEX by_amount ON fact (plan, amount);
    ANALYZE`);
  return {
    questions: (asked) => functions_of(statements(asked), (sql) => database.selectArrays(sql)),
    page: (asked) => database.selectArrays(page_statement(asked)).map(([cents]) => cents),
    lines: lines_of_rows,
    close: () => database.close(),
  };
}

// By hand: typed arrays and one loop for each question.
function open_javascript({ practice, location, day, amount, plan, channel, status, month }) {
  const count = day.length;
  function is_in(asked, row) {
    return (!asked.most || (amount[row] >= asked.least && amount[row] <= asked.most)) && (asked.location < 0 || location[row] === asked.location);
  }
  function sums(asked, only) {
    const sales = new Float64Array(months * plans), cents = new Float64Array(months * plans);
    for (let row = 0; row < count; row++) {
      if (day[row] < asked.from || day[row] > asked.until || status[row] !== funded || (only >= 0 && practice[row] !== only) || !is_in(asked, row)) continue;
      const cell = month[row] * plans + plan[row];
      sales[cell]++;
      cents[cell] += amount[row];
    }
    return [...sales.keys()].filter((cell) => sales[cell]).map((cell) => [Math.floor(cell / plans), cell % plans, sales[cell], cents[cell]]);
  }
  function by_month(asked) {
    const found = new Float64Array(months * 5);
    for (let row = 0; row < count; row++)
      if (day[row] >= asked.from && day[row] <= asked.until && is_in(asked, row)) found[month[row] * 5 + status[row]]++;
    return [...Array(months).keys()].map((one) => [one, 0, ...statuses.map((which) => found[one * 5 + which])]).filter((line) => line.slice(2).some(Boolean));
  }
  function top(asked) {
    const cents = new Float64Array(practices), sales = new Float64Array(practices);
    for (let row = 0; row < count; row++) {
      if (day[row] < asked.recent || day[row] > asked.until || status[row] !== funded || !is_in(asked, row)) continue;
      cents[practice[row]] += amount[row];
      sales[practice[row]]++;
    }
    return top_twenty([...cents.keys()].filter((one) => sales[one]).map((one) => [one, cents[one]]));
  }
  function decisions(asked) {
    const found = new Float64Array(practices * channels * 2);
    for (let row = 0; row < count; row++) {
      if (day[row] < asked.from || day[row] > asked.until || (status[row] !== approved && status[row] !== declined) || !is_in(asked, row)) continue;
      found[(practice[row] * channels + channel[row]) * 2 + status[row] - approved]++;
    }
    const lines = [];
    for (let cell = 0; cell < practices * channels; cell++)
      if (found[2 * cell] || found[2 * cell + 1]) lines.push([Math.floor(cell / channels), cell % channels, found[2 * cell], found[2 * cell + 1]]);
    return lines;
  }
  return {
    questions: (asked) => ({ q1: () => sums(asked, -1), q2: () => sums(asked, asked.practice), q3: () => by_month(asked), q4: () => top(asked), q5: () => decisions(asked) }),
    page(asked) {
      const cents = [];
      for (let row = 0; row < count; row++) if (plan[row] === asked.plan) cents.push(amount[row]);
      return Array.from(Float64Array.from(cents).sort().reverse().subarray(asked.offset, asked.offset + asked.count));
    },
    lines: lines_of_rows,
    close() {},
  };
}

function open_arquero(columns) {
  const all = arquero.table(columns);
  const rows = (table) => table.objects().map((one) => Object.values(one));
  return {
    questions({ from, until, recent, practice, least, most, location: place }) {
      const rest = `${most ? ` && d.amount >= ${least} && d.amount <= ${most}` : ''}${place >= 0 ? ` && d.location == ${place}` : ''}`;
      const windowed = (first, more = '') => all.filter(`d => d.day >= ${first} && d.day <= ${until}${rest}${more}`);
      const is_funded = ` && d.status == ${funded}`;
      const sums = (table) => rows(table.groupby('month', 'plan').rollup({ sales: 'd => op.count()', cents: 'd => op.sum(d.amount)' }));
      const counts = (which) => Object.fromEntries(which.map((one) => [`s${one}`, `d => op.sum(d.status == ${one} ? 1 : 0)`]));
      return {
        q1: () => sums(windowed(from, is_funded)),
        q2: () => sums(windowed(from, `${is_funded} && d.practice == ${practice}`)),
        q3: () => rows(windowed(from).groupby('month').rollup(counts(statuses))).map(([month, ...found]) => [month, 0, ...found]),
        q4: () => top_twenty(rows(windowed(recent, is_funded).groupby('practice').rollup({ cents: 'd => op.sum(d.amount)' }))),
        q5: () => rows(windowed(from, ` && (d.status == ${approved} || d.status == ${declined})`).groupby('practice', 'channel').rollup(counts([approved, declined]))),
      };
    },
    page: ({ plan, offset, count }) => Array.from(all.filter(`d => d.plan == ${plan}`).orderby(arquero.desc('amount')).slice(offset, offset + count).array('amount')),
    lines: lines_of_rows,
    close() {},
  };
}

async function open_perspective(columns) {
  const client = await perspective.worker();
  const signed = Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, Int32Array.from(values)]));
  const table = await client.table(tableToIPC(tableFromArrays(signed), 'stream').buffer);
  async function grouped(keys, filter, aggregates) {
    const view = await table.view({ group_by: keys, filter, columns: Object.keys(aggregates), aggregates });
    const rows = (await view.to_json()).filter((row) => row.__ROW_PATH__.length === keys.length);
    await view.delete();
    return rows;
  }
  // Statuses side by side in one line for each of the other keys.
  function turned(rows, which) {
    const lines = new Map();
    for (const { __ROW_PATH__: path, day } of rows) {
      const keys = path.slice(0, -1), name = keys.join('|');
      if (!lines.has(name)) lines.set(name, [...keys, ...which.map(() => 0)]);
      lines.get(name)[keys.length + which.indexOf(path.at(-1))] = day;
    }
    return [...lines.values()];
  }
  return {
    questions({ from, until, recent, practice, least, most, location: place }) {
      const rest = [...(most ? [['amount', '>=', least], ['amount', '<=', most]] : []), ...(place >= 0 ? [['location', '==', place]] : [])];
      const windowed = (first, ...more) => [['day', '>=', first], ['day', '<=', until], ...rest, ...more];
      const is_funded = ['status', '==', funded];
      const sums = async (filter) => (await grouped(['month', 'plan'], filter, { day: 'count', amount: 'sum' }))
        .map((row) => [...row.__ROW_PATH__, row.day, row.amount]);
      return {
        q1: () => sums(windowed(from, is_funded)),
        q2: () => sums(windowed(from, is_funded, ['practice', '==', practice])),
        q3: async () => turned(await grouped(['month', 'status'], windowed(from), { day: 'count' }), statuses).map(([month, ...found]) => [month, 0, ...found]),
        q4: async () => top_twenty((await grouped(['practice'], windowed(recent, is_funded), { amount: 'sum' })).map((row) => [...row.__ROW_PATH__, row.amount])),
        q5: async () => turned(await grouped(['practice', 'channel', 'status'], windowed(from, ['status', '>=', approved], ['status', '<=', declined]), { day: 'count' }), [approved, declined]),
      };
    },
    async page({ plan, offset, count }) {
      const view = await table.view({ columns: ['amount'], filter: [['plan', '==', plan]], sort: [['amount', 'desc']] });
      const rows = await view.to_json({ start_row: offset, end_row: offset + count });
      await view.delete();
      return rows.map(({ amount }) => amount);
    },
    lines: lines_of_rows,
    close: () => table.delete(),
  };
}

// Five questions one after another.
export async function dashboard(peer, asked) {
  const answers = {};
  for (const [name, question] of Object.entries(peer.questions(asked))) answers[name] = await question();
  return answers;
}

// `large`: also over five million facts. `runs`: how often a dashboard is timed.
export const peers = [
  { name: 'DuckDB-wasm', open: open_duckdb, runs: 7, large: true },
  { name: 'JavaScript by hand', open: open_javascript, runs: 7, large: true },
  { name: 'Arquero', open: open_arquero, runs: 5 },
  { name: 'SQLite-wasm', open: open_sqlite, runs: 3 },
  { name: 'Perspective', open: open_perspective, runs: 3 },
];
