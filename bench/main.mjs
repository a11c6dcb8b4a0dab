// Measures gisa's static edition. script/bench runs it, and installs and builds what it needs.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as browser from './browser.mjs';
import { machine } from './machine.mjs';
import { Newspaper } from './newspaper.mjs';
import * as pages from './pages.mjs';
import * as ranking from './ranking.mjs';
import { browserTables, insert, origin, pagesTables, rankingTables } from './tables.mjs';

const USAGE = `usage: script/bench [pages|browser|ranking|all] [options]

  pages             how fast Hugo and gisa write the same pages
  browser           how fast an article and the next one are shown on a slow phone
  ranking           how fast goaccess and gisa count the readers of each article in a log
  --sizes N,N       how many articles the newspapers have (1000,10000,100000)
  --runs N          how often each is measured (5; 3 from 100,000 articles on; 7 in the browser; 3 of a log)
  --lines N         how many lines the log has (10000000)
  --turns N         after how many page turns the memory is read (300)
  --only A,B        measure only these: hugo, goaccess, gisa; prerendered, shell, preact, react, floor
  --before FOLDER   in the browser, measure another build too: a folder of this project, built with script/build and
                    \`cargo build --release\`
  --quick           in the browser, only see that all of it works: one run, ten page turns, no slow phone
  --folder FOLDER   where the newspapers are kept (target/bench)
  --gisa PROGRAM    the gisa to measure (target/release/gisa)
  --write           put the tables into docs/performance.md`;

/** The size of the newspaper for the browser. A page does not become larger with the number of articles. */
const BROWSER_COUNT = 100;

function settings() {
  const whole = (text) => {
    if (!/^[1-9]\d*$/.test(text)) throw new Error(`\`${text}\` is not a number of articles, lines, runs or page turns\n\n${USAGE}`);
    return Number(text);
  };
  const options = {
    sizes: { type: 'string', default: '1000,10000,100000' },
    runs: { type: 'string' },
    turns: { type: 'string' },
    lines: { type: 'string', default: '10000000' },
    only: { type: 'string', default: 'hugo,goaccess,gisa,prerendered,shell,preact,react,floor' },
    before: { type: 'string' },
    quick: { type: 'boolean', default: false },
    folder: { type: 'string', default: 'target/bench' },
    gisa: { type: 'string', default: 'target/release/gisa' },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  };
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  if (values.help) {
    console.log(USAGE);
    process.exit(0);
  }
  const [what = 'all', ...rest] = positionals;
  if (!['pages', 'browser', 'ranking', 'all'].includes(what) || rest.length > 0) throw new Error(USAGE);
  return {
    what,
    sizes: values.sizes.split(',').map(whole),
    runs: values.runs === undefined && !values.quick ? undefined : whole(values.runs ?? '1'),
    turns: whole(values.turns ?? (values.quick ? '10' : '300')),
    lines: whole(values.lines),
    only: values.only.split(','),
    before: values.before === undefined ? undefined : resolve(values.before),
    isQuick: values.quick,
    root: resolve(values.folder),
    program: resolve(values.gisa),
    built: resolve(process.env.GISA_DIST ?? 'dist'),
    write: values.write,
  };
}

async function main() {
  const { what, sizes, runs, turns, lines, only, root, program, built, before, isQuick, write } = settings();
  mkdirSync(root, { recursive: true });
  const newspaper = (count) => new Newspaper({ root, count, built, program });
  const stamped = { machine: machine(), date: new Date().toISOString().slice(0, 10) };
  if (what === 'pages' || what === 'all') {
    const measured = sizes.map((count) =>
      pages.measure(newspaper(count), { runs: runs ?? (count < 100_000 ? 5 : 3), only }),
    );
    const result = { ...stamped, sizes: measured };
    const note = 'Each figure is the median of the runs, with the least and the greatest.';
    publish('pages', result, `${origin(result, note)}\n\n${pagesTables(result)}`);
  }
  if (what === 'ranking' || what === 'all') {
    const result = { ...stamped, ...ranking.measure({ root, program, lines, runs: runs ?? 3, only }) };
    const note = 'Each figure is the median of the runs, with the least and the greatest.';
    publish('ranking', result, `${origin(result, note)}\n\n${rankingTables(result)}`);
  }
  if (what === 'browser' || what === 'all') {
    const drawings = fileURLToPath(new URL('../public/data/images/', import.meta.url));
    const other =
      before &&
      new Newspaper({
        root: join(root, 'before'),
        count: BROWSER_COUNT,
        built: join(before, 'dist'),
        program: join(before, 'target/release/gisa'),
      });
    const settings = { runs: runs ?? 7, turns, only, root, drawings, isQuick, before: other };
    const measured = await browser.measure(newspaper(BROWSER_COUNT), settings);
    const result = { ...stamped, ...measured };
    const note = `Each page ${result.runs} times, in turns: the median, with the least and the greatest; bytes are medians.`;
    publish('browser', result, `${origin(result, note)}\n\n${browserTables(result)}`);
  }

  /** Prints the tables, and writes the figures into a file for bench/scale.mjs. */
  function publish(name, result, text) {
    console.log(`\n${text}\n`);
    writeFileSync(join(root, `${name}.json`), `${JSON.stringify(result, null, 2)}\n`);
    if (write) insert('docs/performance.md', name, text);
  }
}

main().catch((error) => {
  console.error(`script/bench: ${error.message}`);
  process.exit(1);
});
