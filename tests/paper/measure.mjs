/**
 * Prints the articles of a built newspaper and says how many sheets they take, how full each of them is, and what is wrong.
 *
 *     node tests/paper/measure.mjs                          # all articles of dist/, print page with its script, Chromium
 *     node tests/paper/measure.mjs 10203 10208 --way all    # two of them, in all three ways
 *     node tests/paper/measure.mjs --engine all --bad       # Chromium, Firefox and WebKit
 *     node tests/paper/measure.mjs --dist target/debug-dist --way off --keep target/paper
 *
 *   ID…              only these articles
 *   --hard           the 40 hard articles (hard-articles.ts) in place of the newspaper's own, in target/paper/hard
 *   --dist FOLDER    a newspaper that `gisa prerender` wrote (dist)
 *   --way WAY        script: the print page with its script; off: without JavaScript; ctrl: Ctrl+P on the article; or all (script)
 *   --engine NAME    chromium, firefox, webkit, or all (chromium)
 *   --keep FOLDER    keeps the PDFs there, as ID-WAY-ENGINE.pdf, to look at: `pdftoppm -r 60 -png FILE PREFIX`
 *   --bad            lists only articles with something wrong; the totals are printed in any case
 *   --jobs N         how many pages are printed at the same time (2)
 *
 * A line of an article: its sheets, then for each sheet how much of its height is taken, in percent; `|` before the number
 * means two columns. Then what is wrong: BLANK, FOOT ONLY, HOLE (more than a third of the height of a sheet that is not the
 * last), SLACK (a sheet that is not the last is less than two thirds full), TORN (a picture in two), CUT, MISSING,
 * ORDER, TWICE, BEYOND.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import './typescript.mjs';

const { GISA } = await import('../e2e/support.ts');
const { HARD, writeHardNewspaper } = await import('./hard-articles.ts');
const { totals } = await import('./judge.ts');
const { WAYS, startPrinter } = await import('./printers.ts');
const { idsOf, printAll, serveForPaper } = await import('./printing.ts');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    dist: { type: 'string', default: 'dist' },
    way: { type: 'string', default: 'script' },
    engine: { type: 'string', default: 'chromium' },
    keep: { type: 'string' },
    hard: { type: 'boolean', default: false },
    bad: { type: 'boolean', default: false },
    jobs: { type: 'string', default: '2' },
  },
});

function chosen(option, all) {
  const value = values[option];
  if (value === 'all') return all;
  if (!all.includes(value)) throw new Error(`--${option} is one of ${all.join(', ')}, all; this is \`${value}\``);
  return [value];
}

let dist = resolve(values.dist);
if (values.hard) {
  writeHardNewspaper(HARD, dist, GISA);
  dist = HARD;
}
const written = idsOf(dist);
const unknown = positionals.filter((id) => !written.includes(id));
if (unknown.length > 0) throw new Error(`${dist}/articles has no ${unknown.join(', ')}`);
const ids = positionals.length > 0 ? positionals : written;
const ways = chosen('way', Object.keys(WAYS));
const engines = chosen('engine', ['chromium', 'firefox', 'webkit']);

const folder = values.keep ? resolve(values.keep) : mkdtempSync(join(tmpdir(), 'gisa-paper-'));
mkdirSync(folder, { recursive: true });
const site = await serveForPaper(dist);
try {
  for (const engine of engines) {
    const printer = await startPrinter(engine);
    try {
      for (const way of ways) await measure(engine, printer, way);
    } finally {
      await printer.close();
    }
  }
} finally {
  await site.close();
  if (!values.keep) rmSync(folder, { recursive: true });
}

async function measure(engine, printer, way) {
  const began = performance.now();
  const verdicts = await printAll({ site, dist, ids, printer, engine, way, folder, jobs: Number(values.jobs) });
  console.log(`\n${WAYS[way]}, ${engine}`);
  for (const id of ids) {
    const { sheets, faults } = verdicts.get(id);
    if (values.bad && faults.length === 0) continue;
    const full = sheets.map((sheet) => `${sheet.columns === 2 ? '|' : ''}${Math.round(sheet.full * 100)}`).join(' ');
    console.log(`${id.padEnd(8)} ${String(sheets.length).padStart(3)}  ${full}${faults.map((fault) => `\n${' '.repeat(14)}${fault}`).join('')}`);
  }
  console.log(`${totals([...verdicts.values()])}, ${((performance.now() - began) / 1000).toFixed(0)} s`);
}
