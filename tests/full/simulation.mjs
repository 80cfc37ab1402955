// ./portal sim as a person runs it: it ends in one line with what was run, done and found, and a seed that fails prints
// a command that has it fail again in the same way.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { check, same } from '../web/checks.mjs';

// A server that forgets what it has answered, as the simulation plants it.
const forgetful = { PLANT: '2' };
const few_seeds = ['SEEDS=3', 'ACTIONS=30'];

function run(words, environment = {}) {
  const { status, stdout, stderr } = spawnSync('./portal', words, { encoding: 'utf8', env: { ...process.env, ...environment } });
  return { status, lines: stdout.trim().split('\n'), text: stdout + stderr };
}

const tests = {
  'it ends in one line with seeds, actions, faults and failures': () => {
    const { status, lines } = run(['sim', ...few_seeds]);
    same(status, 0, 'the status');
    const last = lines.at(-1);
    check(/^3 seeds, 90 actions, \d+ edits .*; faults\/scenarios that felt them: drop \d+\/\d.*; 0 failures$/.test(last), `the last line: ${last}`);
    same(lines.filter((line) => / failures$/.test(line)).length, 1, 'lines of that kind');
  },

  'a seed that fails prints a command that has it fail again': () => {
    const failed = run(['sim', ...few_seeds], forgetful);
    check(failed.status !== 0, `the status is ${failed.status}`);
    check(/; [1-9]\d* failures$/.test(failed.lines.at(-1)), `the last line: ${failed.lines.at(-1)}`);
    const command = failed.text.match(/smallest: replay: \.\/portal (sim SEED=\d+ ACTIONS=\d+(?: WITHOUT=[\w,]+)?)\n((?: {2}.+\n?)+)/);
    check(command, `no command in ${failed.text}`);
    const again = run(command[1].split(' '), forgetful);
    check(again.status !== 0, 'the command does not fail');
    const sentence = command[2].split('\n')[0].trim().replace(/'$/, '');
    check(again.text.includes(sentence), `the command does not find "${sentence}": ${again.text}`);
  },

  'a setting that there is not is refused': () => {
    const { status, text } = run(['sim', 'SEDES=3']);
    check(status !== 0 && text.includes('SEEDS=N'), `${status}: ${text}`);
  },
};

const results = [];
for (const [name, test] of Object.entries(tests)) {
  const start_ms = Date.now();
  let failure = '';
  try { test(); } catch (error) { failure = error.message; }
  const seconds = (Date.now() - start_ms) / 1000;
  results.push({ name: `simulation: ${name}`, seconds, passed: !failure });
  console.log(`${failure ? 'FAIL' : 'ok  '} ${seconds.toFixed(1).padStart(5)} s  ${name}${failure && `\n    ${failure}`}`);
}
if (process.env.PORTAL_TEST_RESULTS) writeFileSync(process.env.PORTAL_TEST_RESULTS, JSON.stringify(results, null, 1));
process.exitCode = results.every((result) => result.passed) ? 0 : 1;
