// A hundred thousand rows in one transaction, then two hundred commits, by other ways of keeping SQLite in private files,
// each opened as its own documentation does and made as durable as ours. The SQL is that of tests/bench/commit_program.cpp.
const table_sql = 'DROP TABLE IF EXISTS entry; CREATE TABLE entry (id INTEGER PRIMARY KEY, subject TEXT, body TEXT)';
const rows_sql = `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
  INSERT INTO entry SELECT i, 'Subject ' || i, 'The terminal in room ' || (i % 97) || ' prints every receipt twice.' FROM n`;
const answer_sql = "SELECT count(*) || ' ' || sum(length(subject)) || ' ' || sum(id * length(body)) FROM entry";
const commits = 200;

async function open_official() {
  const { default: sqlite3_module } = await import('/sqlite/index.mjs');
  const sqlite3 = await sqlite3_module({ print: () => {}, printErr: () => {} });
  const pool = await sqlite3.installOpfsSAHPoolVfs({ initialCapacity: 6 });
  const database = new pool.OpfsSAHPoolDb('/commits.db');
  return { exec: (sql) => database.exec(sql), value: (sql) => database.selectValue(sql) };
}

async function open_wa(file, name) {
  const [{ default: make_module }, api, vfs_module] = await Promise.all([import('/wa/dist/wa-sqlite.mjs'), import('/wa/src/sqlite-api.js'), import(`/wa/src/examples/${file}.js`)]);
  const module = await make_module();
  const sqlite3 = api.Factory(module);
  sqlite3.vfs_register(await vfs_module[name].create(name, module), true);
  const database = await sqlite3.open_v2('commits.db');
  const value = async (sql) => {
    let found;
    await sqlite3.exec(database, sql, (row) => { [found] = row; });
    return found;
  };
  return { exec: (sql) => sqlite3.exec(database, sql), value };
}

const techniques = {
  official: open_official,
  pool: () => open_wa('AccessHandlePoolVFS', 'AccessHandlePoolVFS'),
  ahead: () => open_wa('OPFSWriteAheadVFS', 'OPFSWriteAheadVFS'),
};

async function work(open) {
  const { exec, value } = await open();
  await exec('PRAGMA locking_mode = EXCLUSIVE');
  await exec('PRAGMA synchronous = FULL');
  await exec(table_sql);
  const start_ms = performance.now();
  await exec(rows_sql);
  const rows_ms = performance.now() - start_ms;
  for (let number = 0; number < commits; number++) await exec(`UPDATE entry SET subject = 'Changed ${number}' WHERE id = ${number * 37 + 1}`);
  return { rows_ms, commits_ms: performance.now() - start_ms - rows_ms, answer: await value(answer_sql) };
}

work(techniques[location.search.slice(1)]).then(postMessage, (error) => postMessage({ error: `${error?.name}: ${error?.message}` }));
