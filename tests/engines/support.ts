/**
 * What every test in Firefox and WebKit stands on: a browser for each worker, a new tab for each test, newspapers from the
 * same static host as the tests in Chromium, and a failure where the browser complains.
 */
import { test as base, expect } from '@playwright/test';
import { serve, type ServeOptions, type Server } from '../e2e/support.ts';
import { startEngine, type Engine, type EngineName } from './engines.ts';
import type { Tab } from './tab.ts';

export { expect };
export type { Server, Tab };

/** Where the script in each page tells the test's server what the browser complains about. */
const COMPLAINTS = '/test/complaints';

/**
 * The script that each page gets before its own: it reports errors, what the policy blocks, and what the program warns of,
 * and puts a note in place of the print dialog.
 */
function watch(complaints: string, isReader: boolean): void {
  const reports: Promise<unknown>[] = [];
  const report = (text: string): void => {
    // It arrives even if the page is left meanwhile.
    const sent = fetch(complaints, { method: 'POST', body: `${text} (${location.href})`, keepalive: true });
    reports.push(sent.catch(() => undefined));
  };
  (window as any).reported = () => Promise.all(reports);
  addEventListener('error', (event) => event.message && report(`exception: ${event.message}`));
  addEventListener('unhandledrejection', ({ reason }) => report(`rejection: ${reason}`));
  document.addEventListener('securitypolicyviolation', (event) => report(`policy: ${event.violatedDirective} blocks ${event.blockedURI}`));
  for (const kind of ['error', 'warn'] as const) {
    const before = console[kind];
    console[kind] = (...parts: unknown[]) => {
      before.apply(console, parts);
      const text = parts.map(String).join(' ');
      if (kind === 'error' || text.startsWith('gisa:')) report(text);
    };
  }
  (window as any).printed = 0;
  window.print = () => ((window as any).printed += 1);
  // An error of the page itself, not of the test's script beside it, like that of a program that has used up its stack.
  (window as any).overflow = () => setTimeout(() => {
    throw new RangeError('invented');
  });
  // A browser that a program drives says so, and is not counted as a reader.
  if (isReader) Object.defineProperty(Navigator.prototype, 'webdriver', { get: () => false });
}

interface Options extends ServeOptions {
  /** Whether the browser looks like a reader's. */
  isReader?: boolean;
}

interface Fixtures {
  /** A new tab, 1280 by 800 pixels. */
  tab: Tab;
  /** Starts a newspaper that is closed when the test ends. By default its pages are written. */
  start: (options?: Options) => Promise<Server>;
  /** The demo newspaper, written. */
  site: Server;
  /** This test provokes complaints like these. */
  allow: (...patterns: RegExp[]) => void;
  /** What the browser complained about, and what is allowed. */
  complaints: { met: string[]; allowed: RegExp[] };
}

interface WorkerFixtures {
  engineName: EngineName;
  engine: Engine;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  engineName: ['firefox', { scope: 'worker', option: true }],
  engine: [
    async ({ engineName }, use) => {
      const engine = await startEngine(engineName);
      await use(engine);
      await engine.stop();
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  complaints: [
    async ({}, use) => {
      const complaints = { met: [] as string[], allowed: [] as RegExp[] };
      await use(complaints);
      const unexpected = complaints.met.filter((text) => !complaints.allowed.some((pattern) => pattern.test(text)));
      expect(unexpected, 'what the browser complained about').toEqual([]);
    },
    { auto: true },
  ],
  allow: async ({ complaints }, use) => {
    await use((...patterns) => void complaints.allowed.push(...patterns));
  },
  tab: async ({ engine, complaints }, use) => {
    const tab = await engine.tab();
    await tab.resize(1280, 800);
    await tab.forgetErrors();
    await use(tab);
    await tab.evaluate(() => (window as any).reported?.().then(() => undefined));
    complaints.met.push(...(await tab.errors()));
  },
  start: async ({ complaints }, use) => {
    const servers: Server[] = [];
    await use(async ({ isReader = false, ...options } = {}) => {
      const base = options.base ?? '/';
      const script = `(${watch})(${JSON.stringify(base.slice(0, -1) + COMPLAINTS)}, ${isReader})`;
      const server = await serve({
        written: true,
        ...options,
        change: (html) => (options.change?.(html) ?? html).replace('<head>', `<head><script src="${base}test/watch.js"></script>`),
        overlay: {
          ...options.overlay,
          '/test/watch.js': script,
          [COMPLAINTS]: async (request, response) => {
            const parts: Buffer[] = [];
            for await (const part of request) parts.push(part);
            complaints.met.push(Buffer.concat(parts).toString());
            response.writeHead(204).end();
          },
        },
      });
      servers.push(server);
      return server;
    });
    await Promise.all(servers.map((server) => server.close()));
  },
  site: async ({ start }, use) => {
    await use(await start());
  },
});

/** Waits until the program is there and the page has its content. */
export async function settled(tab: Tab): Promise<void> {
  await tab.until(
    () =>
      document.documentElement.hasAttribute('data-awake') &&
      document.querySelector('main h1') &&
      !document.querySelector('.skeleton') &&
      ![...document.querySelectorAll('.empty')].some((element) => !element.textContent?.trim()),
  );
}

/** Opens an address as a reader who types it does, and waits for the program. */
export async function open(tab: Tab, address: string): Promise<void> {
  await tab.goto(address);
  await settled(tab);
}

/** Waits until the address has this path and the page its content. */
export async function onPage(tab: Tab, path: RegExp): Promise<void> {
  await tab.until((path) => new RegExp(path).test(location.pathname), path.source);
  await tab.until(() => document.querySelector('main h1') && !document.querySelector('.skeleton'));
}

/** Marks the document, so that `isMarked` can tell whether it was loaded again since then. */
export function mark(tab: Tab): Promise<void> {
  return tab.evaluate(() => void ((window as any).mark = true));
}

export function isMarked(tab: Tab): Promise<boolean> {
  return tab.evaluate(() => (window as any).mark === true);
}

/** Whether the element lies in the window. For `until`. */
export function isOnScreen(selector: string): boolean {
  const { top, bottom, height } = document.querySelector(selector)!.getBoundingClientRect();
  return height > 0 && top >= 0 && bottom <= innerHeight;
}

/** Where the page is scrolled to, in pixels from its top. */
export function place(tab: Tab): Promise<number> {
  return tab.evaluate(() => Math.round(scrollY));
}

/** Scrolls to a place, and waits until the page has noticed. */
export async function scrollTo(tab: Tab, top: number): Promise<void> {
  await tab.evaluate(async (top) => {
    window.scrollTo(0, top);
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  }, top);
}
