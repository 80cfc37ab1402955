// Makes the demo one HTML file that opens from a disk: the page, its style and modules, the program without threads, and
// the one that plays recordings.
//
//   node web/build/demo_file.mjs --site build/site --out build/partner-portal-demo.html
//
// Modules cannot be files beside it, because a page from a disk may not read any: they stand in an import map as data
// addresses, under names of their own ("portal/words.js"). The programs are compressed and unpacked by the browser.
// Prints the size and fails when it is over the limit.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import zlib from 'node:zlib';

const bytes_max = 6_000_000;
const { values: options } = parseArgs({ options: { site: { type: 'string' }, out: { type: 'string' } } });
if (!options.site || !options.out) throw new Error('wanted: --site and --out');

const read = (name) => readFileSync(join(options.site, name));
const names = JSON.parse(read('site.json')).files.map((file) => file.name);
const named = (pattern) => {
  const found = names.filter((name) => pattern.test(name));
  if (found.length !== 1) throw new Error(`${options.site}: ${found.length} files are ${pattern}`);
  return found[0];
};

// By the artefacts' names in web/boot.js.
const programs = ['inline', 'guest'].map((artefact) => ({
  artefact,
  script: named(new RegExp(`^portal-${artefact}-\\w+\\.js$`)),
  packed: zlib.gzipSync(read(named(new RegExp(`^portal-${artefact}-\\w+\\.wasm$`))), { level: 9 }).toString('base64'),
}));
const page = read('index.html').toString();
const boot = page.match(/<script type="module" src="\/([^"]+)">/)[1];

// What the page's own modules import, and what those import.
const modules = new Map();
function take_module(name) {
  if (modules.has(name)) return;
  modules.set(name, null);
  const text = read(name).toString().replace(/(from\s*)'\/([^']+\.js)'/g, (_, from, wanted) => {
    take_module(wanted);
    return `${from}'portal/${wanted}'`;
  });
  modules.set(name, text);
}
take_module(boot);
for (const { script } of programs) take_module(script);

const data_address = (type, bytes) => `data:${type};base64,${Buffer.from(bytes).toString('base64')}`;
const imports = Object.fromEntries([...modules].map(([name, text]) => [`portal/${name}`, data_address('text/javascript', text)]));

// In a script of the page nothing may look like its end.
const harmless = (text) => text.replaceAll('</', '<\\/');
const start = `
const unpacked = async (id) => {
  const packed = await fetch('data:application/gzip;base64,' + document.getElementById(id).textContent.trim());
  return new Response(packed.body.pipeThrough(new DecompressionStream('gzip')), { headers: { 'Content-Type': 'application/wasm' } });
};
globalThis.portal_inlined = {
${programs.map(({ artefact, script }) => `  ${artefact}: { script: 'portal/${script}', program: () => unpacked('program-${artefact}') },`).join('\n')}
};
await import('portal/${boot}');
`;
const whole = page
  .replace(/<link rel="stylesheet" href="\/([^"]+)">/g, (_, name) => `<style>${read(name)}</style>`)
  .replace(/<link rel="icon" href="\/([^"]+)"/, (_, name) => `<link rel="icon" href="${data_address('image/svg+xml', read(name))}"`)
  .replace(/<link rel="(manifest|modulepreload)"[^>]*>\n/g, '')
  .replace(/<script type="module" src=[^>]*><\/script>/, () => `<script type="importmap">${harmless(JSON.stringify({ imports }))}</script>`)
  .replace('</body>', () => `${programs.map(({ artefact, packed }) => `<script type="application/octet-stream" id="program-${artefact}">${packed}</script>`).join('\n')}
<script type="module">${harmless(start)}</script>
</body>`);

const left = whole.match(/(?:src|href)="\/[^"]*"/);
if (left) throw new Error(`it still needs a file beside it: ${left[0]}`);
writeFileSync(options.out, whole);
const size = Buffer.byteLength(whole);
console.log(`${options.out}: ${size.toLocaleString('en-US')} bytes of at most ${bytes_max.toLocaleString('en-US')}`);
if (size > bytes_max) process.exit(1);
