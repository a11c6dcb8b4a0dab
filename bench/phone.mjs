// A window of Chromium that is as slow as a phone, and what it transfers.
import { setTimeout as sleep } from 'node:timers/promises';

/** A mid-range phone on a slow mobile network, with Lighthouse's settings. */
export const PHONE = {
  viewport: { width: 412, height: 823 },
  scale: 1.75,
  slower: 4,
  network: { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 },
};
/** The network of this machine, and its processor. */
export const UNLIMITED = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 };
/** After this many milliseconds, a page that is not complete is a failure. */
export const TOO_LONG_MILLISECONDS = 90_000;
export const KINDS = ['html', 'css', 'js', 'wasm', 'images', 'other'];

/**
 * Opens an empty window in a new profile, without a cache, and gives it to `work`: the page, its protocol, and its
 * traffic. `isSlow` says whether processor and network are a phone's. Throws if the page has reported an error.
 */
export async function inWindow(browser, isSlow, work) {
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
    // Times of tasks are processor times, which depend less on what else the machine does.
    await protocol.send('Performance.enable', { timeDomain: 'threadTicks' });
    if (isSlow) {
      await protocol.send('Network.emulateNetworkConditions', PHONE.network);
      await protocol.send('Emulation.setCPUThrottlingRate', { rate: PHONE.slower });
    }
    const traffic = new Traffic(protocol);
    const problems = [];
    page.on('pageerror', (error) => problems.push(error.message));
    const result = await work({ page, protocol, traffic });
    if (problems.length > 0) throw new Error(`${page.url()}: ${problems[0]}`);
    return result;
  } finally {
    await context.close();
  }
}

/** Chromium's own figures of a page (CDP `Performance.getMetrics`), by name. */
export async function metrics(protocol) {
  const { metrics } = await protocol.send('Performance.getMetrics');
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}

/** Waits until nothing was loaded for some milliseconds and, if the page watches its long tasks, none ran. */
export async function untilQuiet(page, traffic, milliseconds) {
  const began = Date.now();
  while (Date.now() - began < TOO_LONG_MILLISECONDS) {
    await sleep(Math.min(500, milliseconds / 2));
    const idle = await page.evaluate(() => performance.now() - (window.benchLoad?.busyUntil() ?? 0));
    if (traffic.open.size === 0 && Date.now() - traffic.last >= milliseconds && idle >= milliseconds) return;
  }
  throw new Error(`${page.url()} was not quiet for ${milliseconds / 1000} s within ${TOO_LONG_MILLISECONDS / 1000} s`);
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

  /** Whether the data of an article was requested. */
  hasDataOf(id) {
    return [...this.open.values(), ...this.done].some(({ url }) => /\/(articles|pages)\/(\d+)\.json$/.exec(url)?.[2] === id);
  }

  /** Waits until the data of an article was requested. */
  async untilAsked(id, milliseconds) {
    const began = Date.now();
    while (!this.hasDataOf(id)) {
      if (Date.now() - began > milliseconds) throw new Error(`article ${id} was not fetched ahead within ${milliseconds} ms`);
      await sleep(20);
    }
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
