// Makes the files for a host from what Trunk built. Trunk runs it after each build, before it fills dist. The program's
// files get a hash of their content in their names (Trunk's own is of the files before wasm-bindgen and wasm-opt) and
// go into assets/. index.html starts them with its own script, which has their hashes, so no script stands in the page.
// The style sheets go into the page, so that text is shown without waiting for them; they are files, too, for pages that
// can wait. The result is 200.html, the empty page that shows any address; index.html is the same until `gisa prerender`
// runs.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';

const stage = process.env.TRUNK_STAGING_DIR;
const base = process.env.TRUNK_PUBLIC_URL.replace(/\/*$/, '/');
const digest = (bytes, kind, encoding) => createHash(kind).update(bytes).digest(encoding);
/** The value of an `integrity` attribute for these bytes. */
const integrityOf = (bytes, kind = 'sha384') => `${kind}-${digest(bytes, kind, 'base64')}`;
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
  return { url: escaped(base + to), integrity: integrityOf(bytes), size: bytes.length };
}

/** The script finds the program beside itself. */
const fileName = ({ url }) => url.slice(url.lastIndexOf('/') + 1);
/** The next file is requested when so many bytes of this one have come. */
const most = (size) => Math.round((size * 2) / 3);

/** CSS without comments and indentation. No string in these style sheets looks like one of these. */
const smaller = (css) => css.replace(/\/\*[^]*?\*\//g, '').replace(/\s*\n\s*/g, '').replace(/\s*([{};,])\s*/g, '$1').replace(/: /g, ':');

// Only for the production build: `trunk serve` has to be fast, and needs no other tools than Trunk.
const isRelease = process.env.TRUNK_PROFILE === 'release';
let parts = [];
if (isRelease) {
  ({ PARTS: parts } = await import('./split.mjs'));
  const { shrink } = await import('./shrink.mjs');
  const partFile = (name) => built('_bg.wasm').replace('_bg.wasm', `_${name}.wasm`);
  // The linker's map, which build.rs has asked for.
  const map = `${process.env.CARGO_TARGET_DIR ?? 'target'}/wasm32-unknown-unknown/browser/gisa.map`;
  await shrink(built('_bg.wasm'), built('.js'), partFile, readFileSync(map, 'utf8'));
}

/** Writes the presets: a newspaper needs one. Returns the name of their files, with `NAME` for that of the preset. */
function writePresets() {
  const folder = 'src/backend/presets';
  const presets = readdirSync(folder).filter((file) => file.endsWith('.json')).sort().map((file) => {
    // The description is for people.
    const { description, ...preset } = JSON.parse(readFileSync(`${folder}/${file}`, 'utf8'));
    return { name: file.replace('.json', ''), text: JSON.stringify(preset) };
  });
  const hash = digest(presets.map(({ text }) => text).join('\n'), 'sha256', 'hex').slice(0, 16);
  const fileOf = (name) => `preset-${name}-${hash}.json`;
  for (const { name, text } of presets) writeFileSync(`${stage}/assets/${fileOf(name)}`, text);
  return fileOf('NAME');
}

/** A script with short names and without comments: half as many bytes. */
async function withoutComments(script, options = {}) {
  const { minify } = await import('terser');
  return (await minify(script, { compress: { passes: 2 }, ...options })).code;
}

/** Writes a file, named after its content. Returns its address. */
function write(name, ending, text) {
  const to = `assets/${name}-${digest(text, 'sha256', 'hex').slice(0, 16)}.${ending}`;
  writeFileSync(`${stage}/${to}`, text);
  return escaped(base + to);
}

const wasm = asset('_bg.wasm', 'gisa');
// The parts of the program that come later. A build for development has everything in one file.
const laterParts = parts.map(({ name, after, next }) => {
  const file = asset(`_${name}.wasm`, name);
  return [name, { url: fileName(file), integrity: file.integrity, most: next && most(file.size), after, next }];
});
const program = asset('.js', 'gisa');
// The print page's own script brings its own style, in one file.
const sheetsStyle = smaller(readFileSync('style/sheets.css', 'utf8'));
// A library of its own makes the QR codes of the print pages that the program makes. Without npm's packages, a build for
// development does without it.
const qrFile = 'node_modules/lean-qr/index.mjs';
const qrSource = isRelease || existsSync(qrFile) ? `/*! lean-qr, Copyright (c) David Evans, MIT License */\n${readFileSync(qrFile, 'utf8')}` : undefined;
const qr = qrSource && { url: write('qr', 'js', qrSource), integrity: integrityOf(qrSource) };
const sheetsSource = readFileSync('src/sheets.js', 'utf8')
  .replace("'%STYLE%'", () => JSON.stringify(sheetsStyle))
  .replace('%QR%', qr ? fileName(qr) : '')
  .replace('%QR_INTEGRITY%', qr?.integrity ?? '');
const sheetsScript = isRelease ? await withoutComments(sheetsSource, { module: true }) : sheetsSource;
const sheets = { url: write('sheets', 'js', sheetsScript), integrity: integrityOf(sheetsScript) };
const start = readFileSync('src/boot.js', 'utf8')
  .replace('%PROGRAM%', fileName(program))
  .replace('%PROGRAM_INTEGRITY%', program.integrity)
  .replace('%WASM%', fileName(wasm))
  .replace('%WASM_INTEGRITY%', wasm.integrity)
  .replace('%WASM_MOST%', most(wasm.size))
  .replace('%SHEETS%', fileName(sheets))
  .replace('%SHEETS_INTEGRITY%', sheets.integrity)
  .replace("'%PARTS%'", JSON.stringify(Object.fromEntries(laterParts)))
  .replace('%PRESET%', writePresets());
const boot = isRelease ? await withoutComments(start) : start;
const script = `<script defer src="${write('boot', 'js', boot)}" integrity="${integrityOf(boot, 'sha256')}"></script>`;
const [style, later, paper] = ['gisa', 'later', 'paper'].map((name) => smaller(readFileSync(`target/${name}.css`, 'utf8')));
const [styleFile, laterFile, paperFile] = [write('style', 'css', style), write('later', 'css', later), write('paper', 'css', paper)];
// The second sheet stands in the pages that need it when they are shown. Most articles link to it: a wide window, which shows
// the lists beside the article at once, waits for it; a narrow one does not, and boot.js applies it there. The third says
// how an article looks on paper; on a print page it holds for the screen, too (`gisa prerender` takes the last part for it). The
// empty page has no article yet, so boot.js loads the third when there is nothing else to do; `gisa prerender` makes "href" of
// "data-href" in written pages.
const LATER = 'print, (min-width: 40rem), (scripting: none)';
const onPaper = (media, href) => `<link id="paper" rel="stylesheet" media="${media}" ${href}="${paperFile}">`;
const styles =
  `<style>${style}</style><!--LATER--><style>${later}</style>${onPaper('print', 'data-href')}<!--/LATER-->` +
  `<!--ARTICLE <link id="later" rel="stylesheet" media="${LATER}" href="${laterFile}">${onPaper('print', 'href')} -->` +
  `<!--PAPER <link rel="stylesheet" href="${styleFile}"><link rel="stylesheet" href="${laterFile}">${onPaper('all', 'href')} -->`;
// The empty page needs the program at once, and the rest of it when most of that has come (boot.js). A written page fetches it
// when it has been shown.
const preloads =
  `<link rel="modulepreload" href="${program.url}" integrity="${program.integrity}" crossorigin>` +
  `<link rel="preload" as="fetch" href="${wasm.url}">`;
const page = readFileSync(`${stage}/index.html`, 'utf8')
  // What Trunk alone reads, and indentation.
  .replace(/<link data-trunk [^>]*>/g, '')
  .replace(/\n\s+/g, '\n')
  .replaceAll('%PUBLIC_URL%', escaped(base))
  .replace('%STYLE%', () => styles)
  .replace('%PRELOADS%', preloads)
  .replace('%BOOT%', () => script);
for (const name of ['200.html', 'index.html']) writeFileSync(`${stage}/${name}`, page);
