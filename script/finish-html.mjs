// Makes the files for a host from what Trunk built. Trunk runs it after each build, before it fills dist. The program's
// files get a hash of their content in their names (Trunk's own is of the files before wasm-bindgen and wasm-opt) and
// go into assets/. index.html starts them with its own script, which has their hashes, so no script stands in the page.
// The style sheet goes into the page, so that text is shown without waiting for it. The result is 200.html, the empty
// page that shows any address; index.html is the same until `gisa prerender` runs.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';

const stage = process.env.TRUNK_STAGING_DIR;
const base = process.env.TRUNK_PUBLIC_URL.replace(/\/*$/, '/');
const digest = (bytes, kind, encoding) => createHash(kind).update(bytes).digest(encoding);
const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

mkdirSync(`${stage}/assets`, { recursive: true });

/** The path of a file that Trunk built, by its ending. */
function built(suffix) {
  const file = readdirSync(stage).find((file) => /^gisa-[0-9a-f]+/.test(file) && file.endsWith(suffix));
  if (!file) throw new Error(`${stage}: Trunk built no file gisa-*${suffix}`);
  return `${stage}/${file}`;
}

/** Renames a file that Trunk built after its content. Returns its address and its integrity hash. */
function asset(suffix, name) {
  const file = built(suffix);
  const bytes = readFileSync(file);
  const to = `assets/${name}-${digest(bytes, 'sha256', 'hex').slice(0, 16)}${suffix.slice(suffix.lastIndexOf('.'))}`;
  renameSync(file, `${stage}/${to}`);
  return { url: escaped(base + to), integrity: `sha384-${digest(bytes, 'sha384', 'base64')}` };
}

/** CSS without comments and indentation. No string in these style sheets looks like one of these. */
const smaller = (css) => css.replace(/\/\*[^]*?\*\//g, '').replace(/\s*\n\s*/g, '').replace(/\s*([{};,])\s*/g, '$1').replace(/: /g, ':');

// Only for the production build: `trunk serve` has to be fast, and needs no other tools than Trunk.
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
// The empty page needs the program at once. A written page fetches it when it has been shown.
const preloads =
  `<link rel="modulepreload" href="${program.url}" integrity="${program.integrity}" crossorigin>` +
  `<link rel="preload" as="fetch" crossorigin href="${wasm.url}">`;
const page = readFileSync(`${stage}/index.html`, 'utf8')
  // What Trunk alone reads, and indentation.
  .replace(/<link data-trunk [^>]*>/g, '')
  .replace(/\n\s+/g, '\n')
  .replaceAll('%PUBLIC_URL%', escaped(base))
  .replace('%STYLE%', () => smaller(readFileSync('target/gisa.css', 'utf8')))
  .replace('%PRELOADS%', preloads)
  .replace('%BOOT%', () => script);
for (const name of ['200.html', 'index.html']) writeFileSync(`${stage}/${name}`, page);
