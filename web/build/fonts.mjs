// Makes the program's fonts and icons: C++ sources holding subset TrueType data.
//
//   node web/build/fonts.mjs <icons.list> <output folder>
//
// Writes fonts.hpp and fonts.cpp (portal::assets) and icons.hpp (portal::icons). The text fonts
// keep what English, Spanish and European names need; the icon font keeps what icons.list names.
import { readFileSync, writeFileSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import subsetFont from 'subset-font';

const require = createRequire(import.meta.url);
const plexFolder = join(dirname(require.resolve('@ibm/plex-sans/package.json')), 'fonts/complete/woff2');
const lucideFolder = join(dirname(require.resolve('lucide-static/package.json')), 'font');

const textFonts = [
  { name: 'font_regular', file: 'IBMPlexSans-Regular.woff2' },
  { name: 'font_medium', file: 'IBMPlexSans-Medium.woff2' },
  { name: 'font_semibold', file: 'IBMPlexSans-SemiBold.woff2' },
];

const codePointRanges = [
  [0x0020, 0x007e], // Latin
  [0x00a0, 0x00ff], // Latin-1
  [0x0100, 0x017f], // Latin Extended-A
  [0x2010, 0x2015], [0x2018, 0x201e], [0x2020, 0x2022], [0x2026, 0x2026], // dashes, quotes, bullets
  [0x2009, 0x2009], [0x202f, 0x202f], [0x2030, 0x2030], [0x2039, 0x203a],
  [0x20ac, 0x20ac], [0x2116, 0x2116], [0x2122, 0x2122],
  [0x2190, 0x2193], [0x2196, 0x2199], // arrows
  [0x2206, 0x2206], [0x2212, 0x2212], [0x221e, 0x221e], [0x2248, 0x2248], [0x2260, 0x2260], [0x2264, 0x2265],
  [0x25b2, 0x25b2], [0x25bc, 0x25bc], [0x2713, 0x2713], [0xfffd, 0xfffd],
];

// What Dear ImGui's rasteriser reads; layout, hinting and naming tables would be dead bytes.
const keptTables = new Set(['OS/2', 'cmap', 'glyf', 'head', 'hhea', 'hmtx', 'loca', 'maxp']);

function withoutUnusedTables(font) {
  const count = font.readUInt16BE(4);
  const kept = [];
  for (let index = 0; index < count; index += 1) {
    const record = font.subarray(12 + index * 16, 28 + index * 16);
    if (keptTables.has(record.toString('latin1', 0, 4))) kept.push(record);
  }
  const header = Buffer.alloc(12 + kept.length * 16);
  font.copy(header, 0, 0, 4);
  const power = Math.floor(Math.log2(kept.length));
  header.writeUInt16BE(kept.length, 4);
  header.writeUInt16BE(16 * 2 ** power, 6);
  header.writeUInt16BE(power, 8);
  header.writeUInt16BE(16 * (kept.length - 2 ** power), 10);
  const parts = [header];
  let offset = header.length;
  kept.forEach((record, index) => {
    const start = record.readUInt32BE(8);
    const length = record.readUInt32BE(12);
    record.copy(header, 12 + index * 16);
    header.writeUInt32BE(offset, 12 + index * 16 + 8);
    const padded = Buffer.alloc(Math.ceil(length / 4) * 4);
    font.copy(padded, 0, start, start + length);
    parts.push(padded);
    offset += padded.length;
  });
  return Buffer.concat(parts);
}

async function subset(path, text) {
  const font = await subsetFont(readFileSync(path), text, { targetFormat: 'truetype', noLayoutClosure: true });
  return withoutUnusedTables(font);
}

function textCharacters() {
  return codePointRanges
    .flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, step) => String.fromCodePoint(first + step)))
    .join('');
}

function readIconNames(path) {
  const names = readFileSync(path, 'utf8').split('\n').map((line) => line.replace(/#.*/, '').trim()).filter(Boolean);
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated) throw new Error(`${path}: ${repeated} is listed twice`);
  return names;
}

function iconCodePoints(names, listPath) {
  const known = JSON.parse(readFileSync(join(lucideFolder, 'codepoints.json'), 'utf8'));
  return names.map((name) => {
    if (!(name in known)) throw new Error(`${listPath}: lucide has no icon "${name}"`);
    return { name, codePoint: known[name] };
  });
}

const bytesLiteral = (data) => Array.from(data).join(',').replace(/(.{1,180},)/g, '$1\n');
const escaped = (codePoint) =>
  Array.from(Buffer.from(String.fromCodePoint(codePoint), 'utf8'))
    .map((byte) => `\\x${byte.toString(16)}`)
    .join('');

function fontsHeader(fonts) {
  const lines = fonts.map(({ name, data }) => `extern const std::uint8_t ${name}_data[${data.length}];
inline constexpr std::span<const std::uint8_t> ${name}{${name}_data};`);
  return `// Made by web/build/fonts.mjs. TrueType data that lives as long as the program; any thread.
#pragma once

#include <cstdint>
#include <span>

namespace portal::assets {

${lines.join('\n')}

}  // namespace portal::assets
`;
}

function fontsSource(fonts) {
  const bodies = fonts.map(({ name, data }) => `alignas(4) const std::uint8_t ${name}_data[${data.length}] = {
${bytesLiteral(data)}};
`);
  return `// Made by web/build/fonts.mjs.
#include "generated/fonts.hpp"

namespace portal::assets {

${bodies.join('\n')}
}  // namespace portal::assets
`;
}

function iconsHeader(icons) {
  const points = icons.map(({ codePoint }) => codePoint);
  const identifier = (name) => name.replace(/-/g, '_');
  return `// Made by web/build/fonts.mjs from app/ui/icons.list. UTF-8 strings of one glyph each.
#pragma once

namespace portal::icons {

inline constexpr char32_t code_point_min = ${Math.min(...points)};
inline constexpr char32_t code_point_max = ${Math.max(...points)};
${icons.map(({ name, codePoint }) => `inline constexpr char ${identifier(name)}[] = "${escaped(codePoint)}";`).join('\n')}

}  // namespace portal::icons
`;
}

const [listPath, outputFolder] = process.argv.slice(2);
if (!listPath || !outputFolder) throw new Error('usage: fonts.mjs <icons.list> <output folder>');
mkdirSync(outputFolder, { recursive: true });

const icons = iconCodePoints(readIconNames(listPath), listPath);
const text = textCharacters();
const fonts = [];
for (const { name, file } of textFonts) fonts.push({ name, data: await subset(join(plexFolder, file), text) });
const iconText = icons.map(({ codePoint }) => String.fromCodePoint(codePoint)).join('');
fonts.push({ name: 'font_icons', data: await subset(join(lucideFolder, 'lucide.ttf'), iconText) });

writeFileSync(join(outputFolder, 'fonts.hpp'), fontsHeader(fonts));
writeFileSync(join(outputFolder, 'fonts.cpp'), fontsSource(fonts));
writeFileSync(join(outputFolder, 'icons.hpp'), iconsHeader(icons));
console.log(fonts.map(({ name, data }) => `${name} ${data.length} bytes`).join(', '));
