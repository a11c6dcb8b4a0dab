// Computes the figures of a newspaper of any size from the measurements of script/bench, by the formulas of docs/scale.md.
//   node bench/scale.mjs [--measured target/bench/pages.json] [--backend-requests N] [--uploads N] [--write]
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { insert, number, table } from './tables.mjs';

const SIZES = [1e3, 1e4, 1e5, 1e6, 1e7];
/** The number of articles on a page of a list. */
const PAGE = 20;
/** The greatest number of addresses in a sitemap (sitemaps.org). */
const SITEMAP = 50_000;
/** The time limit of one job of a matrix, in seconds, and the greatest number of jobs in a matrix on GitHub. */
const JOB_SECONDS = 600;
const JOBS = 256;

const options = {
  measured: { type: 'string', default: 'target/bench/pages.json' },
  // In gisa's own JSON, an article and its neighbours are two files. A WordPress needs about as many requests.
  'backend-requests': { type: 'string', default: '2' },
  // Uploads of one machine into object storage per second, with some dozens at the same time.
  uploads: { type: 'string', default: '200' },
  write: { type: 'boolean', default: false },
};

/** The cost of each article in the largest measured newspaper, and the memory that does not grow with their number. */
function perArticle({ sizes }) {
  const measured = sizes.filter((size) => size.results.gisa).sort((one, other) => one.count - other.count);
  if (measured.length === 0) throw new Error('the measurements contain no figures of gisa; run script/bench pages');
  const [smallest, largest] = [measured[0], measured.at(-1)];
  const [full] = largest.results.gisa;
  const memoryOf = (size) => size.results.gisa[0].memory.median;
  const grows = largest.count > smallest.count;
  const memory = grows ? (memoryOf(largest) - memoryOf(smallest)) / (largest.count - smallest.count) : 0;
  return {
    count: largest.count,
    files: full.files / largest.count,
    bytes: full.bytes / largest.count,
    disk: full.disk / largest.count,
    rate: full.rate.median,
    pages: full.freshPages / largest.count,
    memory: Math.max(0, memory),
    baseMemory: memoryOf(smallest) - Math.max(0, memory) * smallest.count,
  };
}

function main() {
  const { values } = parseArgs({ options });
  if (!existsSync(values.measured)) throw new Error(`${values.measured} is missing; run script/bench pages first`);
  const measured = JSON.parse(readFileSync(values.measured, 'utf8'));
  const one = perArticle(measured);
  const requests = Number(values['backend-requests']);
  const uploads = Number(values.uploads);
  const time = (seconds) =>
    seconds < 90
      ? `${number(seconds)} s`
      : seconds < 5400
        ? `${number(seconds / 60)} min`
        : `${number(seconds / 3600, 1)} h`;
  const size = (bytes) => (bytes < 1e9 ? `${number(bytes / 1e6)} MB` : `${number(bytes / 1e9)} GB`);
  const rows = [
    ['Pages written', (n) => number(n * one.pages)],
    ['Files', (n) => number(n * one.files)],
    // Each article, each print page and each later page of a list has its own folder.
    ['Inodes', (n) => number(n * one.files + 2 * n + n / PAGE)],
    ['Bytes', (n) => size(n * one.bytes)],
    ['On disk', (n) => size(n * one.disk + 4096 * (2 * n + n / PAGE))],
    ['Sitemap files', (n) => number(Math.ceil(n / SITEMAP) + 1)],
    ['Backend requests', (n) => number(n * requests + (2 * n) / PAGE)],
    ['One machine, from nothing', (n) => time((n * one.pages) / one.rate)],
    ['Memory of it', (n) => size(one.baseMemory + n * one.memory)],
    [`Jobs of ${JOB_SECONDS / 60} min`, (n) => jobs((n * one.pages) / one.rate)],
    ['Upload of all, one machine', (n) => time((n * one.files) / uploads)],
  ];
  const text = [
    `Computed from ${number(one.count)} articles measured on ${measured.date}: ${one.files.toFixed(2)} files, ${number(one.bytes)} bytes and ${number(one.memory)} bytes of memory an article, ${number(one.rate)} pages a second; ${requests} backend requests an article, ${uploads} uploads a second.`,
    table(
      ['Articles', ...SIZES.map((count) => number(count))],
      rows.map(([name, value]) => [name, ...SIZES.map(value)]),
    ),
  ].join('\n\n');
  console.log(text);
  if (values.write) insert('docs/scale.md', 'scale', text);
}

/** How many jobs of a matrix are needed, with a note if a matrix can't have so many. */
function jobs(seconds) {
  const wanted = Math.max(1, Math.ceil(seconds / JOB_SECONDS));
  return wanted > JOBS ? `${number(wanted)} (over ${JOBS})` : number(wanted);
}

try {
  main();
} catch (error) {
  console.error(`bench/scale.mjs: ${error.message}`);
  process.exit(1);
}
