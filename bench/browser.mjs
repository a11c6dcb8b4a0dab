// Measures how fast an article is shown on a slow phone, and how fast the next one: the page that gisa has written, the
// one that its program builds, the same article written by hand, and two peers (bench/peers.mjs).
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launch } from './chromium.mjs';
import { floor } from './floor.mjs';
import { article as articleAt } from './generate.mjs';
import * as gisa from './gisa.mjs';
import { paint } from './images.mjs';
import { clickUntilTaken, watchArticle, watchLoad, watchWasm } from './in-page.mjs';
import { spread } from './measure.mjs';
import { partsOf } from './parts.mjs';
import * as peers from './peers.mjs';
import { KINDS, PHONE, TOO_LONG_MILLISECONDS, UNLIMITED, inWindow, metrics, untilQuiet } from './phone.mjs';
import { serve } from './server.mjs';

/** A page is complete when nothing was loaded and no long task ran for this many milliseconds. */
const QUIET_MILLISECONDS = 5_000;
/** The same between two page turns. */
const REST_MILLISECONDS = 500;
/** The same where only the benchmark itself is tested. */
const QUICK_MILLISECONDS = 100;
/** A pointer that rests on a link has to begin to fetch its article within this time. */
const AHEAD_MILLISECONDS = 10_000;
/** How pages are turned. The pointer has rested on the link before where the article is fetched ahead. */
export const TURNS = [
  { name: 'slow', network: PHONE.network, isAhead: false },
  { name: 'fast', network: UNLIMITED, isAhead: false },
  // The pointer stays where it was, so what it rests on by chance can't be fetched ahead for the turns above.
  { name: 'slowAhead', network: PHONE.network, isAhead: true },
  { name: 'fastAhead', network: UNLIMITED, isAhead: true },
];
/** The memory is read whenever the reader is back at the article where the walk began: after this many page turns. */
const ROUND_TRIP = 50;
/** Until here, caches fill up. What a page turn leaves behind is counted from here on. */
const SETTLED_AFTER = 100;
/** The number of articles to which every page turn has to lead, so that the walk never reaches the oldest one. */
const OLDER = ROUND_TRIP / 2;

const log = (text) => console.error(`==> ${text}`);

/**
 * Measures the variants in turn. Returns the median and the spread of each figure. `isQuick`: only to see that all of it
 * works, without a slow phone. `before`: a newspaper made with another build of gisa, which is measured, too.
 */
export async function measure(newspaper, { runs, turns, only, root, drawings, isQuick, before }) {
  newspaper.prepare();
  before?.prepare();
  const article = chosen(newspaper.count);
  const browser = await launch();
  const servers = [];
  try {
    const images = join(root, 'images');
    await paint(browser, images, drawings);
    const variants = [
      ...variantsOf(newspaper, article),
      ...(before ? variantsOf(before, article).filter(({ isGisa }) => isGisa).map(asBefore) : []),
    ].filter(({ name }) => only.includes(name.replace(/^before-/, '')));
    for (const variant of variants) {
      // Each variant has the same articles and pictures, in its own folder.
      const folder = join(newspaper.folder, 'served', variant.name);
      rmSync(folder, { recursive: true, force: true });
      cpSync(await variant.make(), folder, { recursive: true });
      cpSync(images, join(folder, 'data/images'), { recursive: true });
      if (variant.isWritten) variant.parts = partsOf(readFileSync(join(folder, 'articles', article.id, 'index.html'), 'utf8'));
      const server = await serve(folder);
      servers.push(server);
      variant.url = `${server.root}/articles/${article.id}/`;
      variant.runs = [];
    }
    for (const { dist } of [newspaper, before].filter(Boolean)) gisa.clear(dist);
    // The first round warms up the machine and is not counted.
    for (let round = isQuick ? 1 : 0; round <= runs; round += 1) {
      for (const variant of variants) {
        const run = { ...(await visit(browser, variant, article, isQuick)), ...(await awake(browser, variant, article, isQuick)) };
        if (round > 0) variant.runs.push(run);
        log(`${variant.name}, ${round > 0 ? `run ${round}` : 'warming up'}: ${figures(run)}`);
      }
    }
    assertSameElement(variants);
    for (const variant of variants.filter(({ isTurned }) => isTurned)) {
      variant.memory = await walk(browser, variant, article, turns, isQuick);
      const { bytesPerTurn, at } = variant.memory;
      log(`${variant.name}, ${turns} page turns: ${bytesPerTurn.toFixed(0)} bytes of heap a turn, wasm ${at.at(-1).wasm} bytes`);
    }
    return { runs, turns, article: article.id, chromium: browser.version(), variants: variants.map(summary) };
  } finally {
    await browser.close();
    await Promise.all(servers.map((server) => server.stop()));
  }
}

/**
 * The pages to compare. `isWritten`: the page has its text; `isTurned`: a program turns its pages, which is measured;
 * `hasProgram`: it has a program that takes clicks.
 */
function variantsOf(newspaper, article) {
  const folder = (name) => join(newspaper.folder, name);
  return [
    { name: 'prerendered', isGisa: true, hasProgram: true, isWritten: true, isTurned: true, make: () => prerendered(newspaper) },
    { name: 'shell', isGisa: true, hasProgram: true, make: () => emptied(newspaper) },
    { name: 'preact', hasProgram: true, isWritten: true, isTurned: true, make: () => peers.preact(newspaper, folder('preact')) },
    { name: 'react', hasProgram: true, isTurned: true, make: () => peers.react(newspaper, folder('react')) },
    { name: 'floor', isWritten: true, make: () => byHand(newspaper, article, folder('floor')) },
  ];
}

const asBefore = (variant) => ({ ...variant, name: `before-${variant.name}` });

/** An article of usual length with a lead picture and subheads, with enough older ones. */
function chosen(count) {
  for (let index = 1; index + OLDER < count; index += 1) {
    const article = articleAt(index, count);
    const paragraphs = article.articleBody.split('<p>').length - 1;
    if (article.image && article.alternativeHeadline.length === 2 && paragraphs >= 6 && paragraphs <= 9) {
      return { ...shownOf(index, count), index, count, file: article };
    }
  }
  throw new Error(`none of ${count} articles has a picture, two subheads, six to nine paragraphs, and ${OLDER} older articles`);
}

/** By what the pages see that an article is shown. */
function shownOf(index, count) {
  const { id, headline, articleBody } = articleAt(index, count);
  return { id, headline, opening: articleBody.match(/^<p>([^<]*)<\/p>/)[1] };
}

function prerendered(newspaper) {
  gisa.clear(newspaper.dist);
  gisa.prerender(newspaper.program, newspaper.dist);
  return newspaper.dist;
}

/** Without any page but the empty one. `gisa prerender` has put into it what it begins with. */
function emptied(newspaper) {
  gisa.clear(newspaper.dist);
  return newspaper.dist;
}

function byHand(newspaper, { file }, folder) {
  const list = (path) => JSON.parse(readFileSync(join(newspaper.data, path), 'utf8'));
  const page = floor(file, newspaper.site, {
    neighbours: list(`neighbours/${file.id}.json`),
    section: list(`sections/${file.articleSection[0].slug}/1.json`),
    ranking: list('ranking/week.json'),
    today: list('today.json'),
    photos: list('photos/1.json'),
  });
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'articles', file.id), { recursive: true });
  writeFileSync(join(folder, 'articles', file.id, 'index.html'), page);
  cpSync(join(newspaper.data, 'banners'), join(folder, 'data/banners'), { recursive: true });
  return folder;
}

/** Loads a page once, waits until it is complete, and then turns pages, each way once. */
function visit(browser, { url, isTurned }, article, isQuick) {
  return inWindow(browser, !isQuick, async ({ page, protocol, traffic }) => {
    await page.addInitScript(watchArticle, article);
    await page.addInitScript(watchLoad);
    await page.goto(url, { waitUntil: 'load', timeout: TOO_LONG_MILLISECONDS });
    await untilQuiet(page, traffic, isQuick ? QUICK_MILLISECONDS : QUIET_MILLISECONDS);
    const busy = 1000 * (await metrics(protocol)).TaskDuration;
    const seen = await page.evaluate(() => window.benchLoad.report());
    if (seen.fcp === undefined || seen.lcp === undefined) throw new Error(`${url}: nothing was painted`);
    const loaded = { ...seen, busy, ...traffic.report() };
    return isTurned ? { ...loaded, turned: await turnPages(page, protocol, traffic, article, isQuick) } : loaded;
  });
}

/** Milliseconds of a page turn by the name of its kind. Each leads to the previous article. */
async function turnPages(page, protocol, traffic, { index, count }, isQuick) {
  const turned = {};
  for (const [number, { name, network, isAhead }] of TURNS.entries()) {
    const next = shownOf(index + number + 1, count);
    await protocol.send('Network.emulateNetworkConditions', isQuick ? UNLIMITED : network);
    const link = page.locator(`main a[rel=prev][href$="/articles/${next.id}/"]`);
    await link.waitFor({ state: 'attached' });
    if (isAhead) {
      await link.hover();
      await traffic.untilAsked(next.id, AHEAD_MILLISECONDS);
    }
    await untilQuiet(page, traffic, isQuick ? QUICK_MILLISECONDS : REST_MILLISECONDS);
    if (!isAhead && traffic.hasDataOf(next.id)) {
      throw new Error(`${page.url()}: article ${next.id} was fetched before the click`);
    }
    turned[name] = await page.evaluate((next) => window.benchArticle.turn('prev', next), next);
  }
  return turned;
}

/** Loads a page once, and clicks until its program takes the click. */
function awake(browser, { url, hasProgram }, article, isQuick) {
  if (!hasProgram) return {};
  return inWindow(browser, !isQuick, async ({ page }) => {
    await page.addInitScript(clickUntilTaken, article.id);
    await page.goto(url, { waitUntil: 'commit', timeout: TOO_LONG_MILLISECONDS });
    const late = new Promise((_, reject) => {
      const text = `${url}: no program took a click within ${TOO_LONG_MILLISECONDS / 1000} s`;
      setTimeout(() => reject(new Error(text)), TOO_LONG_MILLISECONDS).unref();
    });
    return { interactive: await Promise.race([page.evaluate(() => window.benchTaken), late]) };
  });
}

/**
 * Turns many pages, without a slow phone: to older articles and back again. Returns the memory whenever the first article
 * is shown again, and by how much the heap has grown a page turn.
 */
function walk(browser, { url }, article, turns, isQuick) {
  const rest = isQuick ? QUICK_MILLISECONDS : 2 * REST_MILLISECONDS;
  return inWindow(browser, false, async ({ page, protocol, traffic }) => {
    await page.addInitScript(watchWasm);
    await page.addInitScript(watchArticle, article);
    await page.goto(url, { waitUntil: 'load', timeout: TOO_LONG_MILLISECONDS });
    await untilQuiet(page, traffic, rest);
    const steps = Math.min(OLDER, Math.ceil(turns / 6));
    const older = Array.from({ length: steps }, (_, step) => ['prev', shownOf(article.index + step + 1, article.count)]);
    const back = Array.from({ length: steps }, (_, step) => ['next', shownOf(article.index + steps - step - 1, article.count)]);
    const at = [];
    for (let turned = 0; turned < turns + 2 * steps; turned += 2 * steps) {
      if (turned > 0) await page.evaluate((turns) => window.benchArticle.walk(turns), [...older, ...back]);
      await untilQuiet(page, traffic, rest);
      at.push({ turned, ...(await memory(page, protocol)) });
    }
    const [first, last] = [at.find(({ turned }) => turned >= Math.min(SETTLED_AFTER, turns / 3)), at.at(-1)];
    return { at, since: first.turned, bytesPerTurn: (last.heap - first.heap) / (last.turned - first.turned || 1) };
  });
}

/** The memory that is in use after everything unused was collected. */
async function memory(page, protocol) {
  // What the first collection has released may keep other things alive until the second.
  for (let pass = 0; pass < 2; pass += 1) await protocol.send('HeapProfiler.collectGarbage');
  const { JSHeapUsedSize, Nodes, JSEventListeners } = await metrics(protocol);
  const wasm = await page.evaluate(() => window.benchWasmBytes());
  return { heap: JSHeapUsedSize, wasm, nodes: Nodes, listeners: JSEventListeners };
}

function figures({ fcp, content, interactive, lcp, element, busy, bytes, requests, turned }) {
  const times = { 'first paint': fcp, content, interactive, 'largest paint': lcp, busy, ...turned };
  const known = Object.entries(times).filter(([, time]) => time !== undefined);
  return `${known.map(([name, time]) => `${name} ${time.toFixed(0)} ms`).join(', ')} (${element}), ${bytes} bytes in ${requests} requests`;
}

/** Times of the largest paint can be compared only if the same element was painted. */
function assertSameElement(variants) {
  const elements = new Set(variants.filter(({ isWritten }) => isWritten).flatMap(({ runs }) => runs.map((run) => run.element)));
  if (elements.size > 1) throw new Error(`the largest paint has to be of the same element on every page, but it was of these: ${[...elements].join(', ')}`);
}

function summary({ name, runs, memory, parts }) {
  const numbers = ['fcp', 'content', 'interactive', 'lcp', 'cls', 'tbt', 'busy', 'bytes', 'requests', ...KINDS];
  const known = numbers.filter((key) => runs[0][key] !== undefined);
  const turned = runs[0].turned && Object.keys(runs[0].turned);
  return {
    name,
    element: runs[0].element,
    ...Object.fromEntries(known.map((key) => [key, spread(runs.map((run) => run[key]))])),
    ...(turned ? { turned: Object.fromEntries(turned.map((key) => [key, spread(runs.map((run) => run.turned[key]))])) } : {}),
    ...(memory ? { memory } : {}),
    ...(parts ? { parts } : {}),
  };
}
