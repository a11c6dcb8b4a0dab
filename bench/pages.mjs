// Measures how long Hugo and gisa take for the same pages: from nothing, without changes, with some articles changed.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { idOf } from './generate.mjs';
import * as gisa from './gisa.mjs';
import * as hugo from './hugo.mjs';
import { spread, written } from './measure.mjs';
import { AGES, CHANGED, Newspaper } from './newspaper.mjs';

export const TASKS = ['from nothing', 'nothing changed', ...AGES.map((age) => `${CHANGED} ${age} changed`)];

const log = (text) => console.error(`==> ${text}`);

/** Measures one size of newspaper. Returns the median and the spread of every task of both programs. */
export function measure(newspaper, { runs, only }) {
  log(`${newspaper.count} articles: preparing`);
  newspaper.prepare();
  const makers = [
    {
      name: 'Hugo',
      run: () => hugo.build(newspaper.hugo),
      clear: () => hugo.clear(newspaper.hugo),
      output: hugo.output(newspaper.hugo),
      except: [],
    },
    {
      name: 'gisa',
      run: () => gisa.prerender(newspaper.program, newspaper.dist),
      clear: () => gisa.clear(newspaper.dist),
      output: newspaper.dist,
      // The program writes neither the articles nor the shell.
      except: [newspaper.data],
    },
  ].filter(({ name }) => only.includes(name.toLowerCase()));
  const indexing = [];
  const results = Object.fromEntries(makers.map(({ name }) => [name, TASKS.map(() => [])]));
  const measured = (maker, task, round) => {
    const load = loadavg()[0];
    const run = maker.run();
    const files = written(maker.output, { since: run.began, except: maker.except });
    results[maker.name][task].push({ ...run, ...files, load });
    const seconds = `${run.wall.toFixed(2)} s, ${(run.memory / 1e6).toFixed(0)} MB`;
    log(
      `${newspaper.count} articles, ${maker.name}, ${TASKS[task]}, run ${round}: ${seconds}, ${files.fresh} files written (load ${load.toFixed(1)})`,
    );
  };
  for (let round = 1; round <= runs; round += 1) {
    for (const maker of makers) {
      maker.clear();
      measured(maker, 0, round);
      if (round === 1) assertWhole(newspaper, maker);
      measured(maker, 1, round);
    }
    AGES.forEach((age, index) => {
      indexing.push(newspaper.change(round, [age]));
      for (const maker of makers) {
        measured(maker, 2 + index, round);
        assertChanged(newspaper, maker, age, round);
      }
    });
    newspaper.change(0, AGES);
  }
  if (makers.length > 1) compareLists(makers);
  const index = { wall: spread(indexing.map((run) => run.wall)), memory: spread(indexing.map((run) => run.memory)) };
  return { count: newspaper.count, runs, index, results: Object.fromEntries(Object.entries(results).map(summary)) };
}

/** The figures of each task of one program. */
function summary([name, tasks]) {
  const figures = tasks.map((runs) => {
    const of = (value) => spread(runs.map(value));
    return {
      wall: of((run) => run.wall),
      processor: of((run) => run.processor),
      memory: of((run) => run.memory),
      rate: of((run) => run.freshPages / run.wall),
      load: of((run) => run.load),
      // Those of the last run; every run writes the same files.
      files: runs.at(-1).files,
      pages: runs.at(-1).pages,
      bytes: runs.at(-1).bytes,
      disk: runs.at(-1).disk,
      fresh: runs.at(-1).fresh,
      freshPages: runs.at(-1).freshPages,
    };
  });
  return [name, figures];
}

const articlePage = (id) => join('articles', id, 'index.html');
const printPage = (id) => join('articles', id, 'print/index.html');

/** Checks that only these articles have pages, two each, and that a sample of them contains the whole text. */
function assertWhole(newspaper, { name, output }) {
  const ids = new Set(newspaper.ids());
  const extra = readdirSync(join(output, 'articles')).filter((id) => !ids.has(id));
  const missing = [];
  for (const id of ids)
    missing.push(...[articlePage(id), printPage(id)].filter((path) => !existsSync(join(output, path))));
  if (missing.length > 0)
    throw new Error(`${name} did not write ${missing[0]}, and ${missing.length - 1} other pages are missing too`);
  if (extra.length > 0) throw new Error(`${name} wrote pages of an article that does not exist: ${extra[0]}`);
  const step = Math.max(1, Math.floor(newspaper.count / 25));
  for (let index = 0; index < newspaper.count; index += step) {
    const article = newspaper.read(idOf(index, newspaper.count));
    for (const path of [articlePage(article.id), printPage(article.id)]) assertText(name, output, path, article);
  }
}

/** Checks that the page contains every text of the article, in the same order. */
function assertText(name, output, path, article) {
  const page = plain(readFileSync(join(output, path), 'utf8').replace(/^[\s\S]*<body/, '<body'));
  const image = article.image ? [article.image.caption, article.image.creditText] : [];
  const pieces = [article.headline, ...article.alternativeHeadline, ...article.author.map((author) => author.name)];
  pieces.push(
    ...image,
    ...article.articleBody.split(/<\/?(?:p|h2|th|td|caption|figcaption|blockquote)[^>]*>/).map(plain),
  );
  let place = 0;
  for (const piece of pieces.map(plain).filter((piece) => piece)) {
    const found = page.indexOf(piece, place);
    if (found < 0) throw new Error(`${name}: in ${path}, this text is missing or at another place: “${piece.slice(0, 60)}”`);
    place = found + piece.length;
  }
}

const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '' };

/** The text of markup without any white space. */
function plain(markup) {
  const text = markup.replace(/<!--[\s\S]*?-->|<(script|style|template)\b[\s\S]*?<\/\1>|<[^>]*>/g, '');
  const decoded = text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (entity, decimal, hex, name) => {
    if (name) return ENTITIES[name] ?? entity;
    return String.fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hex, 16));
  });
  return decoded.replace(/\s+/g, '');
}

/** Checks that both pages of the changed articles contain the change. */
function assertChanged(newspaper, { name, output }, age, edition) {
  const mark = plain(Newspaper.mark(edition));
  for (const { id } of newspaper.changing(age)) {
    for (const path of [articlePage(id), printPage(id)]) {
      if (!plain(readFileSync(join(output, path), 'utf8')).includes(mark))
        throw new Error(`${name}: ${path} does not contain the change`);
    }
  }
}

/** Prints which pages of lists only one program writes. This does not affect the comparison of articles. */
function compareLists(makers) {
  const [one, other] = makers.map(({ output }) => new Set(listPages(output)));
  const only = (these, those) => [...these].filter((path) => !those.has(path));
  for (const [maker, paths] of [
    [makers[0], only(one, other)],
    [makers[1], only(other, one)],
  ]) {
    if (paths.length > 0) log(`only ${maker.name} wrote ${paths.length} pages of lists, such as ${paths[0]}`);
  }
}

function* listPages(output, below = '') {
  for (const entry of readdirSync(join(output, below), { withFileTypes: true })) {
    const path = join(below, entry.name);
    if (entry.isDirectory() && path !== 'articles' && path !== 'data') yield* listPages(output, path);
    // Hugo writes a redirect as a second address of a list's first page.
    else if (entry.name === 'index.html' && !below.endsWith('page/1')) yield path;
  }
}
