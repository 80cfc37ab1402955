// Assembles the deployable site from the browser programs and the files of web/.
//
//   node web/build/site.mjs --programs build/web --out build/site
//
// Logical names. Every file of web/ (but not web/build, web/bridge, node_modules, *.json and dot-files) is
// known by its path below web/; the programs are portal.js, portal.wasm (threads), portal-demo.*, portal-guest.*,
// portal-inline.*, workbook-program.* and console-program.*, each from a folder of --programs.
//
// Names in the site. Pages (*.html), service-worker.js, favicon.ico, robots.txt and
// manifest.webmanifest keep their names and are revalidated by the browser. Everything else is
// immutable and carries its content's hash: style.css -> style-3fa9c1d2e4b5.css.
//
// Placeholders, replaced in every text file of web/:
//   {{asset:NAME}}   path of that file in the site, e.g. {{asset:portal.js}} -> portal-0a1b2c3d4e5f.js
//   {{release}}      sixteen hex digits that change whenever any file does
//   {{precache}}     JSON array of the paths a client of the threaded program needs offline
//   {{precache-demo}}    what the demo needs besides; {{precache-guest}}: what a recording does
// A file may not (indirectly) contain its own name; {{release}} and the lists are for files with fixed names.
//
// Beside each compressible file stand NAME.br and NAME.gz. site.json describes every file:
//   {"release", "files": [{"name", "type", "size", "hash", "encodings": {"br": bytes, "gzip": bytes}, "immutable"}]}
// where hash is the SHA-256 of the uncompressed content in hex.
//
// Prints the sizes and fails when the first load is over web/budget.json.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import zlib from 'node:zlib';
import { minify_sync } from 'terser';

const webFolder = join(dirname(fileURLToPath(import.meta.url)), '..');
const fixedNames = new Set(['service-worker.js', 'favicon.ico', 'robots.txt', 'manifest.webmanifest']);
const notKept = /^(portal-(demo|guest|inline)\.|service-worker\.js$|robots\.txt$)/;
const notForTheSite = new Set(['build', 'bridge', 'node_modules']);
const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.wasm': 'application/wasm',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.webp': 'image/webp',
};
const compressible = new Set(['.html', '.js', '.css', '.svg', '.txt', '.webmanifest', '.wasm', '.ico']);
const textual = new Set(['.html', '.js', '.css', '.svg', '.txt', '.webmanifest']);

const sha256 = (data) => createHash('sha256').update(data).digest('hex');
const isFixed = (name) => extname(name) === '.html' || fixedNames.has(name);

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name.startsWith('.') || entry.name.endsWith('.json') || notForTheSite.has(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

// The loader names its program and, to start threads, itself. Both are rewritten here.
function readProgram(folder, stem) {
  const loader = readFileSync(join(folder, 'portal.js'), 'utf8');
  if (!loader.includes('portal.wasm')) throw new Error(`${folder}/portal.js does not name portal.wasm`);
  return new Map([
    [`${stem}.wasm`, readFileSync(join(folder, 'portal.wasm'))],
    [`${stem}.js`, Buffer.from(loader.replaceAll('portal.wasm', `{{asset:${stem}.wasm}}`))],
  ]);
}

// The strongest settings take seconds for a program, so results are kept by what they were made of.
function kept(folder, content, suffix, make) {
  const path = join(folder, `${sha256(content)}.${suffix}`);
  if (existsSync(path)) return readFileSync(path);
  const result = make(content);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, result);
  return result;
}

const minified = (module) => Buffer.from(
  minify_sync(module.toString('utf8'), { module: true, compress: { passes: 2 }, format: { comments: false, quote_style: 3 } }).code);

class Site {
  constructor(sources, keepFolder) {
    this.sources = sources;
    this.keepFolder = keepFolder;
    this.names = new Map(); // logical name -> name in the site
    this.contents = new Map(); // logical name -> Buffer
    this.resolving = new Set();
  }

  // Replaces {{asset:...}}; the files named are resolved first, because their names hold their hashes.
  resolve(logical) {
    if (this.names.has(logical)) return this.names.get(logical);
    const source = this.sources.get(logical);
    if (!source) throw new Error(`{{asset:${logical}}}: there is no such file`);
    if (this.resolving.has(logical)) throw new Error(`${logical} contains its own name by way of another file`);
    this.resolving.add(logical);
    let content = source;
    if (textual.has(extname(logical))) {
      const text = source.toString('utf8').replace(/\{\{asset:([^}]+)\}\}/g, (_, wanted) => this.resolve(wanted));
      content = Buffer.from(text);
      // A file with a fixed name is only whole when its lists are filled in, and is not of the first load.
      if (extname(logical) === '.js' && !isFixed(logical)) content = kept(this.keepFolder, content, 'min.js', minified);
    }
    this.resolving.delete(logical);
    const name = isFixed(logical) ? logical : this.hashedName(logical, content);
    if (/^portal(-demo|-guest|-inline)?\.js$/.test(logical)) {
      content = Buffer.from(content.toString('utf8').replaceAll('"portal.js"', `"${name}"`));
    }
    this.contents.set(logical, content);
    this.names.set(logical, name);
    return name;
  }

  hashedName(logical, content) {
    const extension = extname(logical);
    return `${logical.slice(0, -extension.length)}-${sha256(content).slice(0, 12)}${extension}`;
  }

  resolveAll() {
    for (const logical of this.sources.keys()) this.resolve(logical);
    const digest = createHash('sha256');
    for (const logical of [...this.names.keys()].sort()) digest.update(logical).update(this.contents.get(logical));
    this.release = digest.digest('hex').slice(0, 16);
    for (const logical of this.names.keys()) this.fillReleasePlaceholders(logical);
  }

  fillReleasePlaceholders(logical) {
    if (!textual.has(extname(logical))) return;
    const text = this.contents.get(logical).toString('utf8');
    if (!/\{\{(release|precache|precache-demo|precache-guest)\}\}/.test(text)) return;
    if (!isFixed(logical)) throw new Error(`${logical}: only files with fixed names may hold {{release}} or {{precache}}`);
    const filled = text
      .replaceAll('{{release}}', this.release)
      .replaceAll('{{precache}}', JSON.stringify(this.paths((logical) => !notKept.test(logical))))
      .replaceAll('{{precache-demo}}', JSON.stringify(this.paths((logical) => logical.startsWith('portal-demo.'))))
      .replaceAll('{{precache-guest}}', JSON.stringify(this.paths((logical) => logical.startsWith('portal-guest.'))));
    this.contents.set(logical, Buffer.from(filled));
  }

  paths(isWanted) {
    return [...this.names].filter(([logical]) => isWanted(logical)).map(([, name]) => `/${name}`).sort();
  }
}

const encoders = {
  br: (content) => zlib.brotliCompressSync(content, {
    params: {
      [zlib.constants.BROTLI_PARAM_QUALITY]: 11,
      [zlib.constants.BROTLI_PARAM_LGWIN]: 22,
      [zlib.constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  }),
  gz: (content) => zlib.gzipSync(content, { level: 9 }),
};

function writeSite(site, outFolder) {
  const fresh = `${outFolder}.new`;
  rmSync(fresh, { recursive: true, force: true });
  const files = [];
  for (const [logical, name] of site.names) {
    const content = site.contents.get(logical);
    const path = join(fresh, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    const encodings = {};
    if (compressible.has(extname(name))) {
      for (const [encoding, suffix] of [['br', 'br'], ['gzip', 'gz']]) {
        const data = kept(site.keepFolder, content, suffix, encoders[suffix]);
        writeFileSync(`${path}.${suffix}`, data);
        encodings[encoding] = data.length;
      }
    }
    files.push({
      logical, name, type: types[extname(name)] ?? 'application/octet-stream',
      size: content.length, hash: sha256(content), encodings, immutable: !isFixed(logical),
    });
  }
  files.sort((a, b) => (a.name < b.name ? -1 : 1));
  const listed = files.map(({ logical, ...rest }) => rest);
  writeFileSync(join(fresh, 'site.json'), `${JSON.stringify({ release: site.release, files: listed }, null, 1)}\n`);
  // A server that serves this folder sees either the old site or the new one.
  const old = `${outFolder}.old`;
  rmSync(old, { recursive: true, force: true });
  if (existsSync(outFolder)) renameSync(outFolder, old);
  renameSync(fresh, outFolder);
  rmSync(old, { recursive: true, force: true });
  return files;
}

// Prints the table; returns false when the first load is over its budget.
function report(files) {
  const budget = JSON.parse(readFileSync(join(webFolder, 'budget.json'), 'utf8'));
  const later = new Set(budget.not_in_first_load);
  const number = (bytes) => bytes.toLocaleString('en-US').padStart(11);
  let firstLoad = 0;
  console.log(`${'file'.padEnd(34)}${'raw'.padStart(11)}${'gzip'.padStart(11)}${'brotli'.padStart(11)}`);
  for (const file of files) {
    const brotli = file.encodings.br ?? file.size;
    const counted = !later.has(file.logical);
    if (counted) firstLoad += brotli;
    console.log(`${file.logical.padEnd(34)}${number(file.size)}${number(file.encodings.gzip ?? file.size)}${number(brotli)}${counted ? '' : '  later'}`);
  }
  const limit = budget.first_load_brotli_bytes_max;
  console.log(`${'first load'.padEnd(34)}${''.padStart(22)}${number(firstLoad)} of ${limit.toLocaleString('en-US')}`);
  for (const name of later) {
    if (!files.some((file) => file.logical === name)) throw new Error(`web/budget.json: there is no file ${name}`);
  }
  return firstLoad <= limit;
}

const { values: options } = parseArgs({
  options: { programs: { type: 'string' }, out: { type: 'string' } },
});
if (!options.programs || !options.out) throw new Error('wanted: --programs and --out');

const sources = new Map([
  ...readProgram(join(options.programs, 'threaded'), 'portal'),
  ...readProgram(join(options.programs, 'demo'), 'portal-demo'),
  ...readProgram(join(options.programs, 'guest'), 'portal-guest'),
  ...readProgram(join(options.programs, 'inline'), 'portal-inline'),
  ...readProgram(join(options.programs, 'workbook'), 'workbook-program'),
  ...readProgram(join(options.programs, 'console'), 'console-program'),
  ...filesBelow(webFolder).filter((path) => statSync(path).isFile()).map((path) => [relative(webFolder, path), readFileSync(path)]),
]);
const site = new Site(sources, `${options.out}.kept`);
site.resolveAll();
const files = writeSite(site, options.out);
if (!report(files)) {
  console.error('The first load is over the budget in web/budget.json.');
  process.exit(1);
}
