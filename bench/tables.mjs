// Makes Markdown tables of the figures, and puts them into the documents.
import { readFileSync, writeFileSync } from 'node:fs';
import { shown } from './measure.mjs';
import { KINDS } from './phone.mjs';
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
  // A command that is missing was not measured.
  const there = Object.entries(machine).filter(([name, value]) => value !== `${name} is missing`);
  const rows = there.map(([name, value]) => `${name} ${value}`);
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

export function rankingTables({ lines, bytes, runs, results, same }) {
  const rows = Object.entries(results).map(([name, { wall, processor, memory, load }]) => [
    name,
    shown(wall, 2),
    shown(processor, 2),
    number(lines / wall.median),
    number(memory.max / 2 ** 20),
    shown(load, 1),
  ]);
  const head = ['Program', 'Seconds', 'Processor seconds', 'Lines a second', 'Peak memory, MiB', 'Load before'];
  const title = `#### ${number(lines)} lines, ${number(bytes / 1e6)} MB, ${runs} ${runs === 1 ? 'run' : 'runs'}`;
  const note =
    same &&
    `Both have the same first ${same.articles} articles; ${same.moved} of them are in another place. The counts differ by at most ${number(same.greatest * 100, 3)}%.`;
  return [title, table(head, rows), note].filter(Boolean).join('\n\n');
}

const NAMES = {
  prerendered: 'gisa, written',
  shell: 'gisa, not written',
  preact: 'Preact, written',
  react: 'React, not written',
  floor: 'By hand',
  'before-prerendered': 'gisa before, written',
  'before-shell': 'gisa before, not written',
};

const name = (variant) => NAMES[variant.name];

export function browserTables({ variants, turns }) {
  const turned = variants.filter((variant) => variant.turned);
  const parts = [
    '#### The page',
    timesTable(variants),
    bytesTable(variants),
    '#### The next article, milliseconds until it is painted',
    turnsTable(turned),
    `#### Memory of ${number(turns)} page turns`,
    memoryTable(turned.filter(({ memory }) => memory)),
    '#### What the parts of the written page cost, compressed bytes',
    partsTable(variants.filter((variant) => variant.parts)),
    '#### What gisa does not win',
    lost(variants),
  ];
  return parts.filter(Boolean).join('\n\n');
}

const dash = (figure, digits) => (figure ? shown(figure, digits) : '–');

function timesTable(variants) {
  const head = ['Page', 'First paint, ms', 'Content painted, ms', 'Interactive, ms', 'Largest paint, ms', 'Blocked, ms', 'Main thread busy, ms', 'Layout shift'];
  const times = ({ fcp, content, interactive, lcp, tbt, busy }) => [fcp, content, interactive, lcp, tbt, busy].map((figure) => dash(figure, 0));
  return table(head, variants.map((variant) => [name(variant), ...times(variant), shown(variant.cls, 3)]));
}

function bytesTable(variants) {
  const kilobytes = ({ median }) => number(median / 1000, 1);
  const rows = variants.map((variant) => [
    name(variant),
    ...KINDS.map((kind) => kilobytes(variant[kind])),
    kilobytes(variant.bytes),
    number((variant.bytes.median - variant.images.median) / 1000, 1),
    number(variant.requests.median),
  ]);
  return table(['Page', ...KINDS.map((kind) => `${kind}, KB`), 'All, KB', 'Without pictures, KB', 'Requests'], rows);
}

function turnsTable(turned) {
  if (turned.length === 0) return '';
  const head = ['Program', 'Fetched ahead, slow network', 'Not fetched, slow network', 'Fetched ahead, no limit', 'Not fetched, no limit'];
  const kinds = ['slowAhead', 'slow', 'fastAhead', 'fast'];
  return table(head, turned.map((variant) => [program(variant), ...kinds.map((kind) => shown(variant.turned[kind], 0))]));
}

/** The program of a page, where it does not matter how the page arrived. */
const program = (variant) => name(variant).replace(/, .*/, '');

function memoryTable(turned) {
  if (turned.length === 0) return '';
  const [{ memory }] = turned;
  const from = number(memory.since);
  const head = ['Program', `Heap after ${from}, KB`, 'Heap at the end, KB', 'Bytes of heap a turn', `Wasm after ${from}, KB`, 'Wasm at the end, KB', 'Nodes', 'Listeners'];
  const kilobytes = (bytes) => number(bytes / 1000);
  const rows = turned.map((variant) => {
    const { at, since, bytesPerTurn } = variant.memory;
    const [first, last] = [at.find(({ turned }) => turned === since), at.at(-1)];
    const grown = (key) => (first[key] === last[key] ? number(last[key]) : `${number(first[key])} to ${number(last[key])}`);
    const wasm = last.wasm > 0 ? [kilobytes(first.wasm), kilobytes(last.wasm)] : ['–', '–'];
    return [program(variant), kilobytes(first.heap), kilobytes(last.heap), number(bytesPerTurn), ...wasm, grown('nodes'), grown('listeners')];
  });
  return table(head, rows);
}

function partsTable(written) {
  const names = [...new Set(written.flatMap(({ parts }) => Object.keys(parts.parts)))];
  const most = (name) => Math.max(...written.map(({ parts }) => parts.parts[name]?.compressed ?? 0));
  names.sort((one, other) => most(other) - most(one));
  const rows = names.map((part) => [
    part[0].toUpperCase() + part.slice(1),
    ...written.map(({ parts }) => (parts.parts[part] ? number(parts.parts[part].compressed) : '–')),
  ]);
  const all = (key) => written.map(({ parts }) => number(parts[key]));
  return table(['Part', ...written.map(name)], [['The whole page', ...all('compressed')], ['The whole page, not compressed', ...all('bytes')], ...rows]);
}

/** The figures in which another page or program is better than gisa's. Pages are compared with those that arrive like them. */
function lost(variants) {
  const find = (wanted) => variants.find((variant) => variant.name === wanted);
  const compared = [
    ['prerendered', ['preact', 'floor']],
    ['shell', ['react']],
  ];
  const figures = [
    ['content painted', 'ms', ({ content }) => content?.median],
    ['interactive', 'ms', ({ interactive }) => interactive?.median],
    ['largest paint', 'ms', ({ lcp }) => lcp?.median],
    ['blocked', 'ms', ({ tbt }) => tbt?.median],
    ['main thread busy', 'ms', ({ busy }) => busy?.median],
    ['transferred without pictures', 'KB', ({ bytes, images }) => (bytes.median - images.median) / 1000],
  ];
  const turns = [
    ['next article fetched ahead, slow network', 'ms', ({ turned }) => turned?.slowAhead.median],
    ['next article not fetched, slow network', 'ms', ({ turned }) => turned?.slow.median],
    ['next article fetched ahead, no limit', 'ms', ({ turned }) => turned?.fastAhead.median],
    ['next article not fetched, no limit', 'ms', ({ turned }) => turned?.fast.median],
    ['heap a page turn', 'bytes', ({ memory }) => memory?.bytesPerTurn],
  ];
  const lines = [];
  const compare = (mine, others, figures) => {
    for (const [what, unit, read] of figures) {
      const known = others.map(find).filter((other) => other && read(other) !== undefined);
      const better = known.filter((other) => read(other) < read(mine)).sort((one, other) => read(one) - read(other));
      if (read(mine) === undefined || better.length === 0) continue;
      const said = better.map((other) => `${name(other)} ${number(read(other))}`).join(', ');
      const ratio = read(better[0]) > 0 ? `; ${(read(mine) / read(better[0])).toFixed(2)} to 1` : '';
      lines.push(`- ${name(mine)}, ${what}: ${number(read(mine))} ${unit} (${said}${ratio}).`);
    }
  };
  for (const [mine, others] of compared) if (find(mine)) compare(find(mine), others, figures);
  if (find('prerendered')) compare(find('prerendered'), ['preact', 'react'], turns);
  return lines.length > 0 ? lines.join('\n') : 'Nothing in this run.';
}

/** Puts text between the markers `<!-- NAME -->` and `<!-- /NAME -->` of a document. */
export function insert(path, name, text) {
  const document = readFileSync(path, 'utf8');
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [document.indexOf(begin), document.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${path}: expected ${begin} with ${end} after it; add these lines`);
  writeFileSync(path, `${document.slice(0, from + begin.length)}\n\n${text}\n\n${document.slice(to)}`);
}
