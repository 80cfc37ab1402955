// Makes the demo one HTML file that opens from a disk: the page, its style and modules, and the program without threads.
//
//   node web/build/demo_file.mjs --site build/site --out build/partner-portal-demo.html
//
// Modules cannot be files beside it, because a page from a disk may not read any: they stand in an import map as data
// addresses, under names of their own ("portal/words.js"). The program is compressed and unpacked by the browser.
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

const script = named(/^portal-inline-\w+\.js$/);
const program = named(/^portal-inline-\w+\.wasm$/);
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
take_module(script);

const data_address = (type, bytes) => `data:${type};base64,${Buffer.from(bytes).toString('base64')}`;
const imports = Object.fromEntries([...modules].map(([name, text]) => [`portal/${name}`, data_address('text/javascript', text)]));
const packed = zlib.gzipSync(read(program), { level: 9 });

// In a script of the page nothing may look like its end.
const harmless = (text) => text.replaceAll('</', '<\\/');
const start = `
globalThis.portal_inlined = {
  script: 'portal/${script}',
  program: async () => {
    const packed = await fetch('data:application/gzip;base64,' + document.getElementById('program').textContent.trim());
    return new Response(packed.body.pipeThrough(new DecompressionStream('gzip')), { headers: { 'Content-Type': 'application/wasm' } });
  },
};
await import('portal/${boot}');
`;
const whole = page
  .replace(/<link rel="stylesheet" href="\/([^"]+)">/g, (_, name) => `<style>${read(name)}</style>`)
  .replace(/<link rel="icon" href="\/([^"]+)"/, (_, name) => `<link rel="icon" href="${data_address('image/svg+xml', read(name))}"`)
  .replace(/<link rel="(manifest|modulepreload)"[^>]*>\n/g, '')
  .replace(/<script type="module" src=[^>]*><\/script>/, () => `<script type="importmap">${harmless(JSON.stringify({ imports }))}</script>`)
  .replace('</body>', () => `<script type="application/octet-stream" id="program">${packed.toString('base64')}</script>
<script type="module">${harmless(start)}</script>
</body>`);

const left = whole.match(/(?:src|href)="\/[^"]*"/);
if (left) throw new Error(`it still needs a file beside it: ${left[0]}`);
writeFileSync(options.out, whole);
const size = Buffer.byteLength(whole);
console.log(`${options.out}: ${size.toLocaleString('en-US')} bytes of at most ${bytes_max.toLocaleString('en-US')}`);
if (size > bytes_max) process.exit(1);
