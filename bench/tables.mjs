// Makes Markdown tables of the figures, and puts them into the documents.
import { readFileSync, writeFileSync } from 'node:fs';
import { shown } from './measure.mjs';
import { KINDS } from './browser.mjs';
import { TASKS } from './pages.mjs';

/** A table with aligned columns; numbers are aligned to the right. */
export function table(head, rows) {
  const cells = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, column) => Math.max(3, ...cells.map((row) => row[column].length)));
  const line = (row) =>
    `| ${row.map((cell, column) => (column ? cell.padStart(widths[column]) : cell.padEnd(widths[column]))).join(' | ')} |`;
  const rule = `|${widths.map((width, column) => (column ? `${'-'.repeat(width + 1)}:` : '-'.repeat(width + 2))).join('|')}|`;
  return [line(cells[0]), rule, ...cells.slice(1).map(line)].join('\n');
}

export const number = (value, digits = 0) =>
  value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** The date of a measurement, and the machine. */
export function origin({ machine, date }, note) {
  const rows = Object.entries(machine).map(([name, value]) => `${name} ${value}`);
  return `Measured on ${date}: ${rows.join('; ')}. ${note}`;
}

export function pagesTables(result) {
  const parts = [];
  for (const { count, runs, index, results } of result.sizes) {
    const rows = [];
    TASKS.forEach((task, index) => {
      for (const [name, figures] of Object.entries(results)) {
        const { wall, processor, memory, rate, fresh, freshPages } = figures[index];
        const mebibytes = Object.fromEntries(Object.entries(memory).map(([key, bytes]) => [key, bytes / 2 ** 20]));
        const pace = freshPages > 0 ? shown(rate, 0) : '–';
        rows.push([
          `${name}, ${task}`,
          shown(wall, 2),
          shown(processor, 2),
          pace,
          shown(mebibytes, 0),
          number(freshPages),
          number(fresh),
        ]);
      }
    });
    const head = [
      'Run',
      'Seconds',
      'Processor seconds',
      'Pages a second',
      'Peak memory, MiB',
      'Pages written',
      'Files written',
    ];
    const sizes = Object.entries(results).map(
      ([name, [{ files, bytes, disk }]]) =>
        `${name} leaves ${number(files)} files, ${number(bytes / 1e6)} MB (${number(disk / 1e6)} MB on disk)`,
    );
    const loads = Object.values(results).flatMap((figures) => figures.map(({ load }) => load.max));
    const listed = `\`gisa index\`, which brings the lists up to date before, took ${shown(index.wall, 1)} s and ${number(index.memory.max / 2 ** 20)} MiB.`;
    const note = `${sizes.join('; ')}. Load of the machine before a run: at most ${number(Math.max(...loads), 1)}. ${listed}`;
    parts.push(
      `#### ${number(count)} articles, ${runs} ${runs === 1 ? 'run' : 'runs'}\n\n${table(head, rows)}\n\n${note}`,
    );
  }
  return parts.join('\n\n');
}

const NAMES = { prerendered: 'Prerendered by gisa', shell: 'Not prerendered', floor: 'Written by hand' };

export function browserTables({ variants }) {
  const name = (variant) => NAMES[variant.name];
  const times = variants.map((variant) => [
    name(variant),
    shown(variant.fcp, 0),
    shown(variant.lcp, 0),
    shown(variant.cls, 3),
    shown(variant.tbt, 0),
    variant.element,
  ]);
  const kilobytes = ({ median }) => number(median / 1000, 1);
  const bytes = variants.map((variant) => [
    name(variant),
    ...KINDS.map((kind) => kilobytes(variant[kind])),
    kilobytes(variant.bytes),
    number(variant.requests.median),
  ]);
  const parts = [
    table(
      ['Page', 'First paint, ms', 'Largest paint, ms', 'Layout shift', 'Blocked, ms', 'Largest paint is of'],
      times,
    ),
    table(['Page', ...KINDS.map((kind) => `${kind}, KB`), 'All, KB', 'Requests'], bytes),
  ];
  const [prerendered, floor] = ['prerendered', 'floor'].map((name) =>
    variants.find((variant) => variant.name === name),
  );
  if (prerendered && floor) {
    const ratio = prerendered.lcp.median / floor.lcp.median;
    parts.push(`Largest paint, prerendered to written by hand: ${ratio.toFixed(2)} to 1.`);
  }
  return parts.join('\n\n');
}

/** Puts text between the markers `<!-- NAME -->` and `<!-- /NAME -->` of a document. */
export function insert(path, name, text) {
  const document = readFileSync(path, 'utf8');
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [document.indexOf(begin), document.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${path}: expected ${begin} with ${end} after it; add these lines`);
  writeFileSync(path, `${document.slice(0, from + begin.length)}\n\n${text}\n\n${document.slice(to)}`);
}
