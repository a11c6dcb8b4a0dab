/** A counter of views on a server of its own, and a browser that looks like a reader's. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import config from '../../playwright.config.ts';
import { type Page } from './support.ts';

/** One request to the counter. */
export interface Told {
  method: string;
  /** Path and query. */
  path: string;
  body: string;
  headers: IncomingMessage['headers'];
}

export class Counter {
  /** Every request so far. */
  readonly told: Told[] = [];
  /** How it answers. */
  answer: (response: ServerResponse) => void = (response) => response.writeHead(201).end();
  readonly #server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => (body += part));
    request.on('end', () => {
      this.told.push({ method: request.method ?? '', path: request.url ?? '', body, headers: request.headers });
      this.answer(response);
    });
  });

  static async start(): Promise<Counter> {
    const counter = new Counter();
    await new Promise<void>((done) => counter.#server.listen(0, '127.0.0.1', done));
    return counter;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The paths that it was told. */
  get paths(): string[] {
    return this.told.map(({ path }) => path);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }
}

/**
 * Runs in each document before anything else. Its clock runs as the real one does, and a test can put it forward.
 * Playwright's own would take the entries of `performance`, too, which say whether a page was loaded again.
 */
export function canBePutForward(): void {
  const { setTimeout, clearTimeout } = window;
  const now = performance.now.bind(performance);
  let ahead = 0;
  performance.now = () => now() + ahead;
  const waiting = new Map<number, { due: number; run: () => void }>();
  const start = (run: () => void, delay: number): number => {
    const timer: number = setTimeout(() => {
      waiting.delete(timer);
      run();
    }, delay);
    waiting.set(timer, { due: performance.now() + delay, run });
    return timer;
  };
  Object.assign(window, {
    setTimeout: (run: (...args: unknown[]) => void, delay = 0, ...args: unknown[]) => start(() => run(...args), delay),
    clearTimeout: (timer?: number) => {
      waiting.delete(timer!);
      clearTimeout(timer);
    },
    gisaPutForward: (milliseconds: number) => {
      ahead += milliseconds;
      for (const [timer, { due, run }] of [...waiting]) {
        if (due > performance.now()) continue;
        window.clearTimeout(timer);
        start(run, 0);
      }
    },
  });
}

/** Puts the clock of a page and of its frames forward. */
export async function putForward(page: Page, milliseconds: number): Promise<void> {
  for (const frame of page.frames()) await frame.evaluate((milliseconds) => (window as any).gisaPutForward(milliseconds), milliseconds);
}

const launchOptions = config.use?.launchOptions;

/** The name of a reader's browser. */
export const READER = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36';

/**
 * The options of a browser that does not say that a program drives it, also in pages that are prerendered, and that keeps
 * pages for Back.
 */
export const asReader = {
  launchOptions: {
    ...launchOptions,
    args: [...(launchOptions?.args ?? []), '--disable-blink-features=AutomationControlled', `--user-agent=${READER}`],
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  },
  userAgent: READER,
};
