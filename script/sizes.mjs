// Prints the size of what a reader downloads, compressed with brotli 11. Fails if a limit is exceeded.
import { readdirSync, readFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';

const dist = process.argv[2] ?? 'dist';
/** What is measured: its files, and their greatest compressed size in bytes. */
const parts = [
  // A written page is alive when this has come.
  { name: 'program', files: /^gisa-.*\.wasm$/, limit: 130_500 },
  // What reads articles; an unwritten one needs it at once, a written one when its reader goes on.
  { name: 'reader', files: /^reader-.*\.wasm$/, limit: 64_500 },
  // What reads lists, which stand beside an article.
  { name: 'lists', files: /^lists-.*\.wasm$/, limit: 19_000 },
  // What reads bodies that are not HTML, and references within answers; other newspapers never need it.
  { name: 'extras', files: /^extras-.*\.wasm$/, limit: 10_500 },
  // All that a newspaper of any kind can need.
  { name: 'wasm', files: /\.wasm$/, limit: 223_500 },
  { name: 'js', files: /^(?!sheets-|qr-).*\.js$/, limit: 8_000 },
  // The sheets of a print page, and their options; other pages never load it.
  { name: 'sheets', files: /^sheets-.*\.js$/, limit: 8_000 },
  // The QR code of a print page that the program has made.
  { name: 'qr', files: /^qr-.*\.js$/, limit: 4_000 },
  { name: 'css', files: /\.css$/, limit: 10_000 },
];

let over = 0;
for (const { name, files, limit } of parts) {
  const found = readdirSync(`${dist}/assets`).filter((file) => files.test(file));
  let [raw, brotli] = [0, 0];
  for (const file of found) {
    const bytes = readFileSync(`${dist}/assets/${file}`);
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    raw += bytes.length;
    brotli += brotliCompressSync(bytes, { params }).length;
  }
  const fits = found.length > 0 && brotli <= limit;
  if (!fits) over += 1;
  const figures = [raw, brotli, limit].map((bytes) => `${(bytes / 1000).toFixed(1)} KB`.padStart(10));
  console.log(`${name.padEnd(9)}${figures[0]} raw${figures[1]} brotli 11   limit${figures[2]}   ${fits ? 'fits' : 'TOO LARGE'}`);
}
process.exit(over ? 1 : 0);
