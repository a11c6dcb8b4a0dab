// Makes of what Trunk built what a host is given, run by Trunk after each build on what it is about to put into dist:
// - the program's files get names made of their content (Trunk's come from before wasm-bindgen and wasm-opt), in assets/;
// - index.html starts them by a script of its own, with their hashes, so that no script stands in the page itself;
// - the style sheet stands in the page, so that the first word does not wait for it.
// The result is 200.html, the empty page that shows any address, and index.html is the same until `gisa prerender`.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';

const stage = process.env.TRUNK_STAGING_DIR;
const base = process.env.TRUNK_PUBLIC_URL.replace(/\/*$/, '/');
const digest = (bytes, kind, encoding) => createHash(kind).update(bytes).digest(encoding);
const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

mkdirSync(`${stage}/assets`, { recursive: true });

/** A file of Trunk's, by its ending. */
function built(suffix) {
  const file = readdirSync(stage).find((file) => /^gisa-[0-9a-f]+/.test(file) && file.endsWith(suffix));
  if (!file) throw new Error(`Trunk built no gisa-*${suffix}`);
  return `${stage}/${file}`;
}

/** Moves a file of Trunk's to a name made of its content; gives its address and its integrity. */
function asset(suffix, name) {
  const file = built(suffix);
  const bytes = readFileSync(file);
  const to = `assets/${name}-${digest(bytes, 'sha256', 'hex').slice(0, 16)}${suffix.slice(suffix.lastIndexOf('.'))}`;
  renameSync(file, `${stage}/${to}`);
  return { url: escaped(base + to), integrity: `sha384-${digest(bytes, 'sha384', 'base64')}` };
}

/** Without comments and indentation: no string of these style sheets has any of it. */
const smaller = (css) => css.replace(/\/\*[^]*?\*\//g, '').replace(/\s*\n\s*/g, '').replace(/\s*([{};,])\s*/g, '$1').replace(/: /g, ':');

// What `trunk serve` shows is made quickly, and needs no tools but Trunk's.
if (process.env.TRUNK_PROFILE === 'release') {
  const { shrink } = await import('./shrink.mjs');
  await shrink(built('_bg.wasm'), built('.js'));
}

const wasm = asset('_bg.wasm', 'gisa');
const program = asset('.js', 'gisa');
const boot = readFileSync('src/boot.js');
const bootFile = `assets/boot-${digest(boot, 'sha256', 'hex').slice(0, 16)}.js`;
writeFileSync(`${stage}/${bootFile}`, boot);

const script =
  `<script defer src="${escaped(base + bootFile)}" integrity="sha384-${digest(boot, 'sha384', 'base64')}"` +
  ` data-program="${program.url}" data-program-integrity="${program.integrity}"` +
  ` data-wasm="${wasm.url}" data-wasm-integrity="${wasm.integrity}"></script>`;
const page = readFileSync(`${stage}/index.html`, 'utf8')
  .replaceAll('%PUBLIC_URL%', escaped(base))
  .replace('%STYLE%', () => smaller(readFileSync('target/gisa.css', 'utf8')))
  .replace('%BOOT%', () => script);
for (const name of ['200.html', 'index.html']) writeFileSync(`${stage}/${name}`, page);
