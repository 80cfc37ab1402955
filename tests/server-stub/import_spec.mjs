// portal-server import, as an operator types it: bad files, kills of either process at any stage, and what other
// people see meanwhile.
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { day_iso, people } from '../web/server.mjs';
import { command, program, until } from './program.mjs';

const facts_header = 'external_key,application_ref,kind,status,location,plan,event_day,posted_day,hour_band,requested_cents,approved_cents,settled_cents,fee_cents\n';
// Two locations and many months by turns, so that the prepare stage has something to do.
function facts(count, mark) {
  const rows = [facts_header];
  for (let number = 0; number < count; ++number) {
    const day = day_iso(-10 - (number * 7) % 600);
    rows.push(`${mark}-${number},A-${mark}-${number},sale,settled,L-A${1 + (number % 2)},D12,${day},${day},10,0,0,${10_000 + number},100\n`);
  }
  return rows.join('');
}

const visible = (mark) => `SELECT count(*) FROM financing_fact WHERE external_key LIKE '${mark}-%'`;
const head = 'SELECT seq FROM head';

function write_file(folder, name, content) {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

// Starts an import and calls `on_stage(stage, child)` at each line of progress; ends with { code, signal, text }.
function start_import(data, file, on_stage = () => {}) {
  const child = spawn(program, ['import', 'financing_facts', file, '--data', data], { stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => {
    text += bytes;
    for (const line of String(bytes).split('\n').filter(Boolean)) on_stage(line.split(/[ :]/)[0], child);
  });
  return new Promise((done) => child.once('close', (code, signal) => done({ code, signal, text })));
}

// Wrong in the way its name says; `says` is in what the command answers.
const practices = 'external_key,name,specialty\n';
const deposits = 'external_key,location,day,cents\n';
const utf16 = (text) => Buffer.from(`\uFEFF${text}`, 'utf16le');
const bad_files = [
  ['an unknown column', 'practices', 'external_key,name,colour\nP-1,One,red\n', /line 1, column 19: unknown column 'colour'/],
  ['a missing column', 'practices', 'name,specialty\nOne,dental\n', /external_key/],
  ['a column twice', 'practices', 'external_key,name,name\nP-1,One,Two\n', /given twice/],
  ['a bad date', 'deposits', `${deposits}D-1,L-A1,2026-02-30,5\n`, /line 2, column 10 \(day\): .*date/],
  ['a date of another order', 'deposits', `${deposits}D-1,L-A1,01/02/2026,5\n`, /line 2, column 10 \(day\): .*date/],
  ['negative cents', 'targets', 'practice,month,cents\nP-A,2026-01,-5\n', /line 2, column 13 \(cents\): .*negative/],
  ['cents of a fact below zero', 'financing_facts', `${facts_header}N-1,A,sale,settled,L-A1,D12,2026-01-02,2026-01-02,10,0,0,-5,0\n`, /\(settled_cents\): .*negative/],
  ['dollars for cents', 'deposits', `${deposits}D-1,L-A1,2026-01-02,12.50\n`, /line 2, column 21 \(cents\)/],
  ['an unknown practice', 'targets', 'practice,month,cents\nP-Z,2026-01,5\n', /line 2, column 1 \(practice\): unknown practice 'P-Z'/],
  ['an unknown location', 'deposits', `${deposits}D-1,L-Z9,2026-01-02,5\n`, /unknown location 'L-Z9'/],
  ['a quote never closed', 'practices', `${practices}P-1,"One,dental\n`, /line 2, column 5: a quote is opened here and never closed/],
  ['a quote in a cell', 'practices', `${practices}P-1,O"ne,dental\n`, /a quote inside a cell/],
  ['text after a quote', 'practices', `${practices}P-1,"One"s,dental\n`, /text after a closing quote/],
  ['a NUL', 'practices', `${practices}P-1,On\0e,dental\n`, /line 2, column 7: a NUL/],
  ['Windows-1252', 'practices', Buffer.from(`${practices}P-1,Zo\xEB,dental\n`, 'latin1'), /line 2, column 7: not valid UTF-8/],
  ['UTF-16 with its mark', 'practices', utf16(`${practices}P-1,One,dental\n`), /UTF-16/],
  ['UTF-16 without a mark', 'practices', utf16(`${practices}P-1,One,dental\n`).subarray(2), /UTF-16/],
  ['a mark in the middle', 'practices', 'external_key,\uFEFFname,specialty\nP-1,One,dental\n', /unknown column/],
  ['a bare carriage return', 'practices', `${practices}P-1,One\r,dental\n`, /carriage return/],
  ['cut in a row', 'practices', `${practices}P-1,One,den`, /cut off/],
  ['cut in a character', 'practices', Buffer.from(`${practices}P-1,Zo\u00EB`, 'utf8').subarray(0, -1), /cut off|not valid UTF-8/],
  ['cut in a header', 'practices', 'external_key,na', /cut off/],
  ['empty', 'practices', '', /empty/],
  ['too few cells', 'deposits', `${deposits}D-1,L-A1\n`, /2 cells but the header 4/],
  ['too many cells', 'deposits', `${deposits}D-1,L-A1,2026-01-02,5,6\n`, /5 cells but the header 4/],
  ['an endless line', 'practices', `${practices}P-1,${'x'.repeat(100_000)},dental\n`, /longer than/],
  ['a key twice', 'deposits', `${deposits}D-1,L-A1,2026-01-02,5\nD-1,L-A1,2026-01-03,5\n`, /stands on line 2/],
  ['another delimiter', 'practices', 'external_key;name;specialty\nP-1;One;dental\n', /separated by ';'/],
  ['not JSON', 'practices', '{"external_key":"P-1","name":\n', /line 1/, '.ndjson'],
  ['JSON with an unknown member', 'practices', '{"external_key":"P-1","colour":"red"}\n', /unknown column 'colour'/, '.ndjson'],
];

export const tests = {
  'every kind of bad file is refused with its place, and publishes nothing': async ({ fixture, serve, folder, same, check }) => {
    const data = await fixture();
    const server = await serve(data);
    const before = await server.value(head);
    const files = folder();
    const failures = [];
    for (const [what, kind, content, says, ending = '.csv'] of bad_files) {
      const file = write_file(files, `bad${ending}`, content);
      const { code, out, err } = await command('import', kind, file, '--data', data);
      const text = out + err;
      if (code !== 1 || !says.test(text) || !text.includes('Nothing was published')) failures.push(`${what}: ${code} ${text}`);
    }
    same(failures, [], 'bad files that were not refused as they should');
    same(await server.value(head), before, 'the newest change');
    for (const words of [['stars', 'x.csv'], ['practices', join(files, 'none.csv')], ['practices', files]]) {
      const { code, err } = await command('import', ...words, '--data', data);
      check(code !== 0 && err.startsWith('error: '), `import ${words.join(' ')}: ${code} ${err}`);
    }
  },

  'marks, CRLF, quotes and formula-like cells come through as what they are': async ({ fixture, serve, folder, same, check }) => {
    const data = await fixture();
    const server = await serve(data);
    const file = write_file(folder(), 'good.csv', '\uFEFFexternal_key,name,specialty,enrolled_on\r\nP-1,"=HYPERLINK(""x"",""y"")",dental,2024-01-02\r\nP-2,"Two\r\nlines, a comma",dental,2024-01-02\r\nP-3,@SUM(A1),dental,2024-01-02\r\nP-4,-1+1,dental,2024-01-02\r\nP-5,+1,dental,2024-01-02\r\n');
    const { code, out, err } = await command('import', 'practices', file, '--data', data);
    same(code, 0, out + err);
    check(/note: .*byte order mark/i.test(out) && /note: .*CRLF/i.test(out), out);
    same((await server.sql("SELECT name FROM practice WHERE external_key BETWEEN 'P-1' AND 'P-5' ORDER BY external_key")).map((row) => row.name),
      ['=HYPERLINK("x","y")', 'Two\nlines, a comma', '@SUM(A1)', '-1+1', '+1'], 'names');
    const report = join(folder(), 'report.json');
    const dry = await command('import', 'practices', file, '--data', data, '--dry-run', '--report', report);
    same(dry.code, 0, dry.err);
    const told = JSON.parse(readFileSync(report, 'utf8'));
    same([told.dry_run, told.published, told.unchanged, told.refused], [true, false, 5, 0], 'the report of the same again');
  },

  'the command is killed at any stage, without a server: nothing or everything is there, and a later import works': async ({ fixture, same, check, folder }) => {
    const file = write_file(folder(), 'facts.csv', facts(12_000, 'K'));
    const reached = new Set();
    for (const stage of ['read', 'prepare', 'publish', 'published', 'tidy']) {
      const data = await fixture();
      const { signal, text } = await start_import(data, file, (line, child) => {
        if (line !== stage || child.killed) return;
        reached.add(stage);
        child.kill('SIGKILL');
      });
      const checked = await command('check', '--data', data);
      same(checked.code, 0, `${stage}: ${checked.out}${checked.err}`);
      const again = await command('import', 'financing_facts', file, '--data', data);
      same(again.code, 0, `${stage}: ${again.err}`);
      const [, inserted, unchanged] = again.out.match(/(\d+) inserted, 0 changed, (\d+) unchanged, 0 refused/).map(Number);
      const whole = stage === 'published' || stage === 'tidy';
      check(signal === null || [[12_000, 0], [0, 12_000]].some(([new_rows, old_rows]) => inserted === new_rows && unchanged === old_rows), `killed at ${stage}: ${again.out}\n${text}`);
      if (whole) same(unchanged, 12_000, `killed after ${stage}`);
      same((await command('check', '--data', data)).code, 0, `${stage}: the database after the second import`);
    }
    for (const stage of ['read', 'publish']) check(reached.has(stage), `no import was killed at '${stage}'`);
  },

  'the server is killed at any stage of a job: nothing or everything is there, and a later import works': async ({ fixture, serve, same, check, folder }) => {
    const file = write_file(folder(), 'facts.csv', facts(12_000, 'S'));
    const reached = new Set();
    for (const stage of ['read', 'prepare', 'publish', 'published']) {
      const data = await fixture();
      const server = await serve(data);
      const before = await server.value(head);
      const running = server.process;
      const gone = new Promise((done) => running.once('exit', done));
      const { code, text } = await start_import(data, file, (line) => {
        if (line !== stage || running.killed) return;
        reached.add(stage);
        running.kill('SIGKILL');
      });
      if (reached.has(stage)) {
        await gone;
        server.process = null;
        if (code !== 0) check(text.includes('the server went away before the job was done'), `${stage}: ${code} ${text}`);
        await server.start();
      }
      const count = await server.value(visible('S'));
      check(count === 0 || count === 12_000, `killed at ${stage}: ${count} facts are visible`);
      same((await server.value(head)) > before, count > 0, `killed at ${stage}: changes beside facts`);
      if (stage === 'published') same(count, 12_000, 'facts after the switch');
      const again = await command('import', 'financing_facts', file, '--data', data);
      same(again.code, 0, `${stage}: ${again.err}`);
      same(await server.value(visible('S')), 12_000, `${stage}: facts after the second import`);
      const checked = await command('check', '--data', data);
      same(checked.code, 0, `${stage}: ${checked.out}`);
      await server.stop();
    }
    for (const stage of ['read', 'publish']) check(reached.has(stage), `no server was killed at '${stage}'`);
  },

  'the command is killed beside a server: the job is done as a whole or not at all': async ({ fixture, serve, same, check, folder }) => {
    const file = write_file(folder(), 'facts.csv', facts(12_000, 'C'));
    const data = await fixture();
    const server = await serve(data);
    const { signal } = await start_import(data, file, (line, child) => { if (line === 'read') child.kill('SIGKILL'); });
    same(signal, 'SIGKILL', 'the end of the command');
    // The next job waits for the one that lost its caller, so its answer comes after both.
    const next = await command('import', 'financing_facts', file, '--data', data);
    same(next.code, 0, next.err);
    check(/(12000 inserted, 0 changed, 0|0 inserted, 0 changed, 12000) unchanged/.test(next.out), next.out);
    same(await server.value(visible('C')), 12_000, 'facts');
  },

  'SIGTERM during an import: the server gives the job up and exits with 0': async ({ fixture, serve, same, check, folder }) => {
    const file = write_file(folder(), 'facts.csv', facts(60_000, 'T'));
    const server = await serve(await fixture());
    const child = server.process;
    const ended = new Promise((done) => child.once('exit', (code, signal) => done(code ?? signal)));
    const { code, text } = await start_import(server.data, file, (line) => { if (line === 'read') child.kill('SIGTERM'); });
    same(await ended, 0, 'the exit of the server');
    server.process = null;
    await server.start();
    const count = await server.value(visible('T'));
    check(code === 0 ? count === 60_000 : count === 0, `the command ended with ${code}, ${count} facts are visible: ${text}`);
    same((await command('check', '--data', server.data)).code, 0, 'the database');
  },

  'during an import pushes go on, nothing shows before the switch, and live clients are told of it': async ({ fixture, serve, client, same, check, folder }) => {
    const data = await fixture();
    const server = await serve(data);
    const [writer, reader] = [client(server), client(server)];
    await writer.sign_in(people.front_desk);
    await reader.sign_in(people.owner);
    const place = (await server.sql("SELECT id, practice FROM location WHERE external_key = 'L-A1'"))[0];
    const id = (number) => `01J${String(number).padStart(23, '0')}`;
    const stream = await reader.live();
    await until('the first hint', () => stream.text.includes('hint'));
    const pull = async (seq, epoch, set) => (await reader.post('/api/v1/sync/pull', { proto: 1, schema: 7, client: id(9), epoch, seq, set, max_bytes: 8 << 20 }))
      .text.trim().split('\n').map((line) => JSON.parse(line));
    const first = await pull(0, '', '');
    const epoch = first[0].epoch;
    const set = first[0].set;
    const cursor = first.at(-1).seq;
    await until('the permission set is kept', () => server.value(`SELECT count(*) FROM permission_set WHERE name = '${set}'`));
    let importing = true;
    const file = write_file(folder(), 'facts.csv', facts(60_000, 'P'));
    const job = start_import(data, file).finally(() => { importing = false; });
    let during = 0;
    for (let mid = 1; importing && mid < 50_000; ++mid) {
      const seen = await server.value(visible('P'));
      check(seen === 0 || seen === 60_000, `${seen} facts are visible during the import`);
      const answer = await writer.post('/api/v1/sync/push', { proto: 1, schema: 7, client: id(1), acked: mid - 1, muts: [{ mid, intent: id(1_000_000 + mid),
        op: 'ticket.create', id: id(2_000_000 + mid), set: { practice: place.practice, location: place.id, subject: `During ${mid}`, description: '', priority: 'low', category: 'other' } }] });
      same([answer.status, answer.json?.results?.[0]?.r], [200, 'applied'], `push ${mid}: ${answer.text}`);
      if (importing) ++during;
    }
    const { code, text } = await job;
    same(code, 0, text);
    check(during >= 3, `only ${during} pushes were answered during the import`);
    const published = await server.value(head);
    await until('the live client is told', () => Number(stream.text.match(/id: (\d+)\n(?![\s\S]*id: )/)?.[1]) >= published);
    const after = await pull(cursor, epoch, set);
    check(after[0].reset === false, 'the pull began from nothing');
    const segments = after.filter((line) => line.k === 'up' && line.e === 'fact_segment');
    check(segments.length > 10, `the live client got ${segments.length} segments`);
    same(await server.value(visible('P')), 60_000, 'facts');
    same(after.filter((line) => line.k === 'up' && line.e === 'ticket').length, await server.value("SELECT count(*) FROM ticket WHERE subject LIKE 'During %'"), 'tickets of the same pull');
    stream.close();
  },

  'memory does not grow with the file, and progress is told': async ({ fixture, same, check, folder }) => {
    const files = folder();
    const peak_of = async (count) => {
      const data = await fixture();
      let peak_kb = 0;
      const stages = new Set();
      const { code, text } = await start_import(data, write_file(files, 'facts.csv', facts(count, 'M')), (stage, child) => {
        stages.add(stage);
        try { peak_kb = Number(readFileSync(`/proc/${child.pid}/status`, 'utf8').match(/VmHWM:\s+(\d+)/)?.[1] ?? peak_kb); } catch { /* It has ended. */ }
      });
      same(code, 0, text);
      check(peak_kb > 0, 'no peak was read');
      for (const stage of ['read', 'publish', 'published']) check(stages.has(stage), `no word of '${stage}': ${text}`);
      return peak_kb;
    };
    const [small, large] = [await peak_of(60_000), await peak_of(180_000)];
    // The writer's page cache of 16 MB may fill meanwhile, and a fingerprint of 64 bytes tells a row that comes twice.
    // Rows that were kept would cost several hundred bytes each.
    const bound_kb = (16 << 10) + Math.ceil(120_000 * 64 / 1024);
    check(large - small < bound_kb, `the peak grew from ${small} to ${large} kB`);
  },

  'foreign headers, delimiters, formats and a closing date come by flags, with or without a server': async ({ fixture, serve, folder, same, check }) => {
    for (const running of [false, true]) {
      const data = await fixture();
      const files = folder();
      const server = await serve(data);
      if (!running) await server.stop();
      const done = async (...words) => {
        const { code, out, err } = await command('import', ...words, '--data', data);
        same(code, 0, `${words.join(' ')}: ${out}${err}`);
        return out;
      };
      const mapping = write_file(files, 'mapping.json', JSON.stringify({ columns: { Ref: 'external_key', Store: 'location', When: 'day', Amt: 'cents' },
        ignore: ['Clerk'], constants: { reference: 'bank' }, dollars: ['cents'], dates: 'month/day/year' }));
      await done('deposits', write_file(files, 'a.csv', 'Ref;Store;When;Amt;Clerk\nX-1;L-A1;3/4/2026;$1,234.50;Ann\n'), '--mapping', mapping, '--delimiter', ';');
      await done('deposits', write_file(files, 'b.txt', 'Ref\tStore\tWhen\tAmt\nX-2\tL-A1\t12/31/2025\t0.05'), '--mapping', mapping, '--delimiter', 'tab', '--format', 'csv', '--accept-missing-line-end');
      await done('deposits', write_file(files, 'c.txt', '{"external_key":"X-3","location":"L-A2","day":"2026-01-02","cents":7}\n'), '--format', 'ndjson');
      await done('financing_facts', write_file(files, 'd.csv', facts(4, 'F')), '--closed-until', day_iso(-1));
      if (!running) await server.start();
      same(await server.sql("SELECT external_key AS k, cents, reference AS r, day FROM deposit WHERE external_key LIKE 'X-%' ORDER BY 1"), [
        { k: 'X-1', cents: 123_450, r: 'bank', day: Date.parse('2026-03-04') / 86_400_000 }, { k: 'X-2', cents: 5, r: 'bank', day: Date.parse('2025-12-31') / 86_400_000 },
        { k: 'X-3', cents: 7, r: '', day: Date.parse('2026-01-02') / 86_400_000 }], 'deposits');
      for (const [words, says] of [[['--mapping', join(files, 'none.json')], /cannot read the mapping file/], [['--closed-until', 'soon'], /date/],
        [['--mapping', write_file(files, 'wrong.json', '{"columns":{"Ref":"nothing"}}')], /nothing/]]) {
        const { code, err } = await command('import', 'deposits', join(files, 'c.txt'), '--format', 'ndjson', '--data', data, ...words);
        check(code !== 0 && err.startsWith('error: ') && says.test(err), `${words.join(' ')}: ${code} ${err}`);
      }
      if (running) check((await command('import', 'deposits', join(files, 'c.txt'), '--format', 'xml', '--data', data)).code === 2, 'a format that is none');
    }
  },
};
