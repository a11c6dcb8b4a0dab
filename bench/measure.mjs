// Measures commands: their time and memory, the files that they write, and the statistics of several runs. Compresses as
// static hosts do.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

/** Runs a command. Returns its wall-clock seconds, processor seconds and peak memory in bytes. Throws if it fails. */
export function timed(command, args) {
  // So that data from before this run is not written to the disk during it.
  execFileSync('sync');
  const folder = mkdtempSync(join(tmpdir(), 'gisa-bench-'));
  try {
    const report = join(folder, 'time');
    const began = Date.now();
    const run = spawnSync('/usr/bin/time', ['-o', report, '-f', '%e %U %S %M', command, ...args], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    if (run.status !== 0) {
      throw new Error(
        `${command} ${args.join(' ')}: ${run.error?.message ?? `exit ${run.status}\n${run.stdout}${run.stderr}`}`,
      );
    }
    const [wall, user, system, memory] = readFileSync(report, 'utf8').trim().split(/\s+/).map(Number);
    return { began, wall, processor: user + system, memory: memory * 1024 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Counts the files below a folder and their bytes, and those changed since `since`, except in the folders `except`. */
export function written(folder, { since = 0, except = [] } = {}) {
  const found = { files: 0, bytes: 0, disk: 0, pages: 0, fresh: 0, freshPages: 0 };
  const visit = (path) => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      const inner = join(path, entry.name);
      if (except.includes(inner)) continue;
      if (entry.isDirectory()) {
        visit(inner);
        continue;
      }
      const { size, blocks, ctimeMs } = statSync(inner);
      const isPage = entry.name.endsWith('.html');
      // The clock of a file system may be a little behind the clock that programs read.
      const isFresh = ctimeMs >= since - 20;
      found.files += 1;
      found.bytes += size;
      found.disk += blocks * 512;
      found.pages += isPage;
      found.fresh += isFresh;
      found.freshPages += isPage && isFresh;
    }
  };
  visit(folder);
  return found;
}

/** The median of some numbers, with the least and the greatest. */
export function spread(numbers) {
  const sorted = [...numbers].sort((one, other) => one - other);
  const half = sorted.length >> 1;
  const median = sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  return { median, min: sorted[0], max: sorted.at(-1) };
}

/** A median with its spread, as tables show it: `12.3 (11.8–13.0)`. */
export function shown({ median, min, max }, digits = 1) {
  const number = (value) =>
    value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return min === max ? number(median) : `${number(median)} (${number(min)}–${number(max)})`;
}

/** Compresses text as a static host does once, with brotli 11. */
export function brotli(bytes) {
  return brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
}
