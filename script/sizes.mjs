// Prints the size of what a reader downloads to start the newspaper, compressed with brotli 11. Fails if a limit is
// exceeded.
import { readdirSync, readFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';

const dist = process.argv[2] ?? 'dist';
/** The greatest compressed size of each kind of file, in bytes. */
const limits = { wasm: 242_000, js: 8_000, css: 10_000 };

let over = 0;
for (const [kind, limit] of Object.entries(limits)) {
  const names = readdirSync(`${dist}/assets`).filter((name) => name.endsWith(`.${kind}`));
  const files = names.map((name) => readFileSync(`${dist}/assets/${name}`));
  const sizes = files.map((bytes) => {
    const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } };
    return { raw: bytes.length, brotli: brotliCompressSync(bytes, options).length };
  });
  const raw = sizes.reduce((sum, size) => sum + size.raw, 0);
  const brotli = sizes.reduce((sum, size) => sum + size.brotli, 0);
  const fits = files.length > 0 && brotli <= limit;
  if (!fits) over += 1;
  const figures = [raw, brotli, limit].map((bytes) => `${(bytes / 1000).toFixed(1)} KB`.padStart(10));
  console.log(`${kind.padEnd(5)}${figures[0]} raw${figures[1]} brotli 11   limit${figures[2]}   ${fits ? 'fits' : 'TOO LARGE'}`);
}
process.exit(over ? 1 : 0);
