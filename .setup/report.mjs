// Reads the results of ./portal test, prints the ten slowest test cases and the totals.
//   node .setup/report.mjs build/test-results
// Exits 1 when anything failed, or when nothing was counted.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2];
const unescape = (text) =>
  text.replace(/&quot;/g, '"').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&apos;/g, "'").replace(/&amp;/g, '&');

// JUnit as Catch2 writes it: one <testcase> per test case or leaf section.
function casesOfJunit(path) {
  const cases = [];
  const pattern = /<testcase ([^>]*?)(?:\/>|>([\s\S]*?)<\/testcase>)/g;
  for (const [, attributes, body = ''] of readFileSync(path, 'utf8').matchAll(pattern)) {
    const value = (name) => attributes.match(new RegExp(`(?:^| )${name}="([^"]*)"`))?.[1] ?? '';
    cases.push({
      name: unescape(value('name')),
      seconds: Number(value('time')) || 0,
      passed: !/<(failure|error)[ >]/.test(body),
    });
  }
  return cases;
}

function casesOfSuite(name) {
  const junit = join(folder, `${name}.xml`);
  if (existsSync(junit)) return casesOfJunit(junit);
  const json = join(folder, `${name}.json`);
  return existsSync(json) ? JSON.parse(readFileSync(json, 'utf8')) : [];
}

const suites = readFileSync(join(folder, 'suites.tsv'), 'utf8').trim().split('\n').map((line) => {
  const [name, status, seconds, title] = line.split('\t');
  return { name, status: Number(status), seconds: Number(seconds), title, cases: casesOfSuite(name) };
});

let passed = 0;
let failed = 0;
const failures = [];
for (const suite of suites) {
  const failedCases = suite.cases.filter((entry) => !entry.passed);
  passed += suite.cases.length - failedCases.length;
  failed += failedCases.length;
  failures.push(...failedCases.map((entry) => `${suite.name}: ${entry.name}`));
  if (suite.status !== 0 && failedCases.length === 0) {
    failed += 1;
    failures.push(`${suite.name}: ended with status ${suite.status}`);
  } else if (suite.status === 0 && suite.cases.length === 0 && !suite.name.startsWith('build-')) {
    passed += 1; // A script without cases is one.
  }
}

const slowest = suites
  .flatMap((suite) => suite.cases.map((entry) => ({ ...entry, suite: suite.name })))
  .sort((a, b) => b.seconds - a.seconds)
  .slice(0, 10);
console.log('\nTen slowest:');
for (const entry of slowest) console.log(`  ${entry.seconds.toFixed(2).padStart(7)} s  ${entry.suite}: ${entry.name}`);
const unsteady = suites.flatMap((suite) => suite.cases.filter((entry) => entry.unsteady).map((entry) => `${suite.name}: ${entry.name}`));
if (unsteady.length > 0) console.log(`\nPassed at the second attempt only:\n${unsteady.map((line) => `  ${line}`).join('\n')}`);
if (failures.length > 0) console.log(`\nFailed:\n${failures.map((line) => `  ${line}`).join('\n')}`);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
