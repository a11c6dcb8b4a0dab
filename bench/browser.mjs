// Measures how fast an article is shown on a slow phone: prerendered, rendered in the browser, and written by hand.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { launch } from './chromium.mjs';
import { floor } from './floor.mjs';
import { article as articleAt } from './generate.mjs';
import * as gisa from './gisa.mjs';
import { paint } from './images.mjs';
import { spread } from './measure.mjs';
import { serve } from './server.mjs';

/** A mid-range phone on a slow mobile network, with Lighthouse's settings. */
export const PHONE = {
  viewport: { width: 412, height: 823 },
  scale: 1.75,
  slower: 4,
  network: { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 },
};
/** A page is complete when nothing was loaded and no long task ran for this many milliseconds. */
const QUIET_MILLISECONDS = 5_000;
const TOO_LONG_MILLISECONDS = 90_000;
export const KINDS = ['html', 'css', 'js', 'wasm', 'images', 'other'];

const log = (text) => console.error(`==> ${text}`);

/** Measures the variants in turn. Returns the median and the spread of each figure. */
export async function measure(newspaper, { runs, only, root, drawings }) {
  newspaper.prepare();
  const article = chosen(newspaper.count);
  const browser = await launch();
  const servers = [];
  try {
    const images = join(root, 'images');
    await paint(browser, images, drawings);
    const variants = [
      { name: 'prerendered', make: () => prerendered(newspaper) },
      { name: 'shell', make: () => newspaper.dist },
      { name: 'floor', make: () => byHand(newspaper, article, join(newspaper.folder, 'floor')) },
    ].filter(({ name }) => only.includes(name));
    for (const variant of variants) {
      // Each variant has the same articles and pictures, in its own folder.
      const folder = join(newspaper.folder, 'served', variant.name);
      rmSync(folder, { recursive: true, force: true });
      gisa.clear(newspaper.dist);
      cpSync(variant.make(), folder, { recursive: true });
      cpSync(images, join(folder, 'data/images'), { recursive: true });
      const server = await serve(folder);
      servers.push(server);
      variant.url = `${server.root}/articles/${article.id}/`;
      variant.runs = [];
    }
    gisa.clear(newspaper.dist);
    // The first round warms up the machine and is not counted.
    for (let round = 0; round <= runs; round += 1) {
      for (const { name, url, runs } of variants) {
        const run = await visit(browser, url);
        if (round > 0) runs.push(run);
        const figures = `FCP ${run.fcp.toFixed(0)} ms, LCP ${run.lcp.toFixed(0)} ms (${run.element}), ${run.bytes} bytes in ${run.requests} requests`;
        log(`${name}, ${round > 0 ? `run ${round}` : 'warming up'}: ${figures}`);
      }
    }
    assertSameElement(variants);
    return { runs, article: article.id, chromium: browser.version(), variants: variants.map(summary) };
  } finally {
    await browser.close();
    await Promise.all(servers.map((server) => server.stop()));
  }
}

/** An article of usual length with a lead picture and subheads. */
function chosen(count) {
  for (let index = 0; index < count; index += 1) {
    const article = articleAt(index, count);
    const paragraphs = article.articleBody.split('<p>').length - 1;
    if (article.image && article.alternativeHeadline.length === 2 && paragraphs >= 6 && paragraphs <= 9) return article;
  }
  throw new Error(`none of ${count} articles has a picture, two subheads and six to nine paragraphs`);
}

function prerendered(newspaper) {
  gisa.prerender(newspaper.program, newspaper.dist);
  return newspaper.dist;
}

function byHand(newspaper, article, folder) {
  const list = (path) => JSON.parse(readFileSync(join(newspaper.data, path), 'utf8'));
  const page = floor(article, newspaper.site, {
    neighbours: list(`neighbours/${article.id}.json`),
    section: list(`sections/${article.articleSection[0].slug}/1.json`),
    ranking: list('ranking/week.json'),
    today: list('today.json'),
    photos: list('photos/1.json'),
  });
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'articles', article.id), { recursive: true });
  writeFileSync(join(folder, 'articles', article.id, 'index.html'), page);
  cpSync(join(newspaper.data, 'banners'), join(folder, 'data/banners'), { recursive: true });
  return folder;
}

/** Loads a page once, without a cache. */
async function visit(browser, url) {
  const context = await browser.newContext({
    viewport: PHONE.viewport,
    deviceScaleFactor: PHONE.scale,
    isMobile: true,
    hasTouch: true,
    locale: 'ko-KR',
  });
  try {
    const page = await context.newPage();
    const protocol = await context.newCDPSession(page);
    await protocol.send('Network.enable');
    await protocol.send('Network.setCacheDisabled', { cacheDisabled: true });
    await protocol.send('Network.emulateNetworkConditions', PHONE.network);
    await protocol.send('Emulation.setCPUThrottlingRate', { rate: PHONE.slower });
    const traffic = new Traffic(protocol);
    const problems = [];
    page.on('pageerror', (error) => problems.push(error.message));
    await page.addInitScript(observe);
    await page.goto(url, { waitUntil: 'load', timeout: TOO_LONG_MILLISECONDS });
    await untilQuiet(page, traffic);
    if (problems.length > 0) throw new Error(`${url}: ${problems[0]}`);
    const seen = await page.evaluate(() => window.bench.report());
    if (seen.fcp === undefined || seen.lcp === undefined) throw new Error(`${url}: nothing was painted`);
    return { ...seen, ...traffic.report() };
  } finally {
    await context.close();
  }
}

/** Runs in the page, and collects the browser's figures for painting, layout shifts and long tasks. */
function observe() {
  const painted = [];
  const shifts = [];
  const tasks = [];
  const keep = (type, into) =>
    new PerformanceObserver((list) => into.push(...list.getEntries())).observe({ type, buffered: true });
  keep('largest-contentful-paint', painted);
  keep('layout-shift', shifts);
  keep('longtask', tasks);

  /** Describes the painted element, so that it can be compared with that of another page. */
  const named = ({ element, url }) => {
    if (url) return `picture ${new URL(url, location.href).pathname.split('/').pop()}`;
    return element ? `${element.localName} “${element.textContent.trim().slice(0, 20)}”` : 'removed';
  };

  /** The worst session of shifts: at most a second between two, at most five in all (web.dev/cls). */
  const shifting = () => {
    let [worst, sum, first, last] = [0, 0, 0, 0];
    for (const { startTime, value, hadRecentInput } of shifts) {
      if (hadRecentInput) continue;
      if (startTime - last > 1000 || startTime - first > 5000) [sum, first] = [0, startTime];
      sum += value;
      last = startTime;
      worst = Math.max(worst, sum);
    }
    return worst;
  };

  window.bench = {
    /** The time at which the last long task ended. */
    busyUntil: () => Math.max(0, ...tasks.map((task) => task.startTime + task.duration)),
    now: () => performance.now(),
    report: () => {
      const fcp = performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
      const largest = painted.at(-1);
      const blocking = tasks.map(({ startTime, duration }) => startTime + duration - Math.max(startTime + 50, fcp));
      return {
        fcp,
        lcp: largest?.startTime,
        element: largest && named(largest),
        cls: shifting(),
        tbt: blocking.reduce((sum, time) => sum + Math.max(0, time), 0),
      };
    },
  };
}

async function untilQuiet(page, traffic) {
  const began = Date.now();
  while (Date.now() - began < TOO_LONG_MILLISECONDS) {
    await sleep(500);
    const idle = await page.evaluate(() => window.bench.now() - window.bench.busyUntil());
    if (traffic.open.size === 0 && Date.now() - traffic.last >= QUIET_MILLISECONDS && idle >= QUIET_MILLISECONDS) return;
  }
  throw new Error(`${page.url()} was not quiet for ${QUIET_MILLISECONDS / 1000} s within ${TOO_LONG_MILLISECONDS / 1000} s`);
}

/** The transferred bytes as the browser counts them: compressed, with headers. */
class Traffic {
  open = new Map();
  done = [];
  failed = [];
  last = Date.now();

  constructor(protocol) {
    protocol.on('Network.requestWillBeSent', ({ requestId, request }) => {
      if (!request.url.startsWith('http')) return;
      this.open.set(requestId, { url: request.url, kind: 'other' });
      this.last = Date.now();
    });
    protocol.on('Network.responseReceived', ({ requestId, type, response }) => {
      const request = this.open.get(requestId);
      if (request) Object.assign(request, { kind: kindOf(type, response.mimeType), status: response.status });
    });
    protocol.on('Network.loadingFinished', ({ requestId, encodedDataLength }) =>
      this.end(requestId, this.done, encodedDataLength),
    );
    protocol.on('Network.loadingFailed', ({ requestId, errorText }) => this.end(requestId, this.failed, errorText));
  }

  end(requestId, list, outcome) {
    const request = this.open.get(requestId);
    if (!request) return;
    this.open.delete(requestId);
    list.push({ ...request, outcome });
    this.last = Date.now();
  }

  report() {
    const wrong = this.failed[0] ?? this.done.find((request) => request.status >= 400);
    if (wrong) throw new Error(`${wrong.url}: ${wrong.status ?? wrong.outcome}`);
    const sent = Object.fromEntries(KINDS.map((kind) => [kind, 0]));
    for (const { kind, outcome } of this.done) sent[kind] += outcome;
    return { ...sent, bytes: Object.values(sent).reduce((sum, bytes) => sum + bytes, 0), requests: this.done.length };
  }
}

function kindOf(type, mime) {
  if (mime === 'application/wasm') return 'wasm';
  return { Document: 'html', Stylesheet: 'css', Script: 'js', Image: 'images' }[type] ?? 'other';
}

/** Times of the largest paint can be compared only if the same element was painted. */
function assertSameElement(variants) {
  const compared = variants.filter(({ name }) => name !== 'shell');
  const elements = new Set(compared.flatMap(({ runs }) => runs.map((run) => run.element)));
  if (elements.size > 1) throw new Error(`the largest paint has to be of the same element on every page, but it was of these: ${[...elements].join(', ')}`);
}

function summary({ name, runs }) {
  const numbers = ['fcp', 'lcp', 'cls', 'tbt', 'bytes', 'requests', ...KINDS];
  return {
    name,
    element: runs[0].element,
    ...Object.fromEntries(numbers.map((key) => [key, spread(runs.map((run) => run[key]))])),
  };
}
