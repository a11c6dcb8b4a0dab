/**
 * What every end-to-end test stands on: a static host in this process, newspapers to serve with it, and a `test` that
 * fails when the browser complains.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { readFileSync, statSync } from 'node:fs';
import { type AddressInfo } from 'node:net';
import { extname, join, normalize, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test as base, expect, type BrowserContext, type Locator, type Page, type Request } from '@playwright/test';

export { expect };
export type { BrowserContext, Locator, Page };

const root = resolve(fileURLToPath(import.meta.url), '../../..');

/** The folder of the built newspaper. */
export const DIST = resolve(root, process.env.GISA_DIST ?? 'dist');

// ---------------------------------------------------------------------------------------------------- static host --

export type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** What stands at a path in place of a file: text, bytes, JSON, or a function that answers. */
export type Overlay = Record<string, string | Buffer | Handler | object>;

export interface ServeOptions {
  /** The folder that is served; by default the built newspaper. */
  dist?: string;
  /** Whether pages that were written beforehand are served; by default every page is the empty one. */
  written?: boolean;
  /** By path, as if the host served the root: `/site.json`. `/data/images/*` stands for everything below. */
  overlay?: Overlay;
  /** The folder that the app is served under: `/news/`. */
  base?: string;
  /** Changes each page of the built newspaper before it is sent. */
  change?: (html: string) => string;
  /** Is asked first; true where it answered. */
  routes?: (request: IncomingMessage, response: ServerResponse) => boolean | Promise<boolean>;
}

export interface Seen {
  method: string;
  /** Path and query, without the base. */
  path: string;
  /** As the browser sent them, by name in lower case. */
  headers: IncomingMessage['headers'];
}

export interface Server {
  /** Where the newspaper starts, with a slash at its end. */
  url: string;
  /** An absolute address of a path of the newspaper: `at('ranking/')`. */
  at(path: string): string;
  /** Every request so far. */
  requests: Seen[];
  /** How often a path was requested, query left out. */
  count(path: string | RegExp): number;
  close(): Promise<void>;
}

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webp': 'image/webp',
  '.xml': 'application/xml; charset=utf-8',
};

export function typeOf(path: string): string {
  return TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream';
}

/** The command-line program, which cargo built for the native tests. */
export const GISA = resolve(root, 'target/debug/gisa');

/** The same built for debugging: it says more. */
export const DEBUG_DIST = resolve(root, process.env.GISA_DEBUG_DIST ?? 'target/debug-dist');

/**
 * Serves a newspaper as a static host does: files, and for any other page `200.html`, with status 200. With `written`,
 * the pages of the edition, and for any other `404.html`, with status 404.
 */
export async function serve(options: ServeOptions = {}): Promise<Server> {
  const dist = options.dist ?? DIST;
  const folder = options.base ?? '/';
  if (!folder.startsWith('/') || !folder.endsWith('/')) throw new Error(`base must start and end with a slash: ${folder}`);
  const overlay = options.overlay ?? {};
  const page = (html: string): string => inFolder(options.change?.(html) ?? html, folder);
  const requests: Seen[] = [];

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const address = new URL(request.url ?? '/', 'http://127.0.0.1');
    const asked = decodeURIComponent(address.pathname);
    if (asked === folder.slice(0, -1)) {
      response.writeHead(301, { location: folder }).end();
      return;
    }
    if (!asked.startsWith(folder)) {
      requests.push({ method: request.method ?? '', path: `outside:${asked}${address.search}`, headers: request.headers });
      send(response, 404, 'text/plain', 'outside of the newspaper');
      return;
    }
    const path = `/${asked.slice(folder.length)}`;
    requests.push({ method: request.method ?? '', path: path + address.search, headers: request.headers });
    if (await options.routes?.(request, response)) return;
    const laid = overlay[path] ?? overlay[Object.keys(overlay).find((key) => key.endsWith('*') && path.startsWith(key.slice(0, -1))) ?? ''];
    if (typeof laid === 'function') return laid(request, response);
    if (Buffer.isBuffer(laid) || typeof laid === 'string') return send(response, 200, typeOf(path), laid);
    if (laid !== undefined) return send(response, 200, 'application/json; charset=utf-8', JSON.stringify(laid));
    const file = join(dist, normalize(path));
    if (file.startsWith(dist) && isFile(file)) return sendFile(response, file, page);
    if (extname(path) !== '') return send(response, 404, 'text/plain', 'not found');
    if (!options.written) return send(response, 200, TYPES['.html'] ?? '', page(shell(dist)));
    const written = join(dist, normalize(path), 'index.html');
    if (!isFile(written)) return sendFile(response, join(dist, '404.html'), page, 404);
    if (path.endsWith('/')) return sendFile(response, written, page);
    response.writeHead(301, { location: `${address.pathname}/${address.search}` }).end();
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (!response.headersSent) send(response, 500, 'text/plain', String(error));
      else response.destroy();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${folder}`;
  return {
    url,
    at: (path) => new URL(path.replace(/^\//, ''), url).href,
    requests,
    count: (path) => requests.filter((seen) => matches(seen.path.split('?')[0] ?? '', path)).length,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function matches(path: string, wanted: string | RegExp): boolean {
  return typeof wanted === 'string' ? path === wanted : wanted.test(path);
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

export function send(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-cache' }).end(body);
}

/** The empty page as it is built: in that of an edition stands what belongs to the settings that it was written with. */
export function shell(dist = DIST): string {
  const page = readFileSync(join(dist, '200.html'), 'utf8');
  const built = page.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>|<link rel="alternate"[^>]*>| data-requests="[^"]*"/g, '');
  return built.replace(/<link rel="icon"[^>]*>/, '<link rel="icon" href="data:,">');
}

function sendFile(response: ServerResponse, file: string, page: (html: string) => string, status = 200): void {
  const content = readFileSync(file);
  send(response, status, typeOf(file), file.endsWith('.html') ? page(content.toString()) : content);
}

/** The page as a build with `--public-url` of this folder has it: the addresses of its files start with the folder. */
export function inFolder(html: string, folder: string): string {
  const alreadyThere = folder === '/' || html.includes(`data-base="${folder}"`);
  return alreadyThere ? html : html.replace(/((?:href|src|data-base)=")\/(?!\/)/g, `$1${folder}`);
}

/** An answer with a status and, if given, a JSON body. */
export function failing(status: number, body: object = { error: 'invented' }): Handler {
  return (_, response) => send(response, status, 'application/json', JSON.stringify(body));
}

/** A gate that holds answers back until it is opened. */
export class Gate {
  #open!: () => void;
  readonly #opened = new Promise<void>((open) => (this.#open = open));

  open(): void {
    this.#open();
  }

  /** The answer, held back. */
  before(body: object | string | Buffer, type = 'application/json; charset=utf-8'): Handler {
    return async (_, response) => {
      await this.#opened;
      send(response, 200, type, typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body));
    };
  }
}

// ------------------------------------------------------------------------------------------------------ newspapers --

type Json = { [key: string]: unknown };

/** A file of the demo newspaper, parsed. */
export function demo<T = any>(path: string): T {
  return JSON.parse(readFileSync(join(root, 'public', path), 'utf8')) as T;
}

/** The demo's `site.json` with changes: objects are merged, `null` removes, everything else replaces. */
export function siteJson(changes: Json = {}): any {
  return merge(demo('site.json'), changes);
}

function merge(target: unknown, changes: Json): Json {
  const result: Json = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) delete result[key];
    else result[key] = isObject(value) ? merge(result[key], value) : value;
  }
  return result;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export interface NativeArticle {
  id: string;
  headline: string;
  [field: string]: unknown;
}

/** An invented article; `number` makes it distinct and dates it a minute later than the one before. */
export function nativeArticle(number: number, fields: Json = {}): NativeArticle {
  const minute = String(number % 60).padStart(2, '0');
  const hour = String(Math.floor(number / 60) % 24).padStart(2, '0');
  return {
    id: `a${number}`,
    headline: `지어낸 기사 ${number}`,
    description: `지어낸 기사 ${number}의 첫 문장이다.`,
    datePublished: `2026-03-02T${hour}:${minute}:00+09:00`,
    author: [{ name: '가나다', jobTitle: '기자' }],
    articleSection: [{ name: '사회', slug: 'sahoe' }],
    articleBody: `<p>지어낸 기사 ${number}의 첫 문장이다. 둘째 문장도 있다.</p><p>둘째 문단은 여기에서 끝난다.</p>`,
    interactionStatistic: { views: 1000 - number, likes: number },
    ...fields,
  };
}

/** Many invented articles, the newest first. */
export function nativeArticles(count: number, fields: (number: number) => Json = () => ({})): NativeArticle[] {
  return Array.from({ length: count }, (_, index) => nativeArticle(count - index, fields(count - index)));
}

/** A page of a list in gisa's own JSON. */
export function nativeList(items: NativeArticle[], page = 1, size = 20): Json {
  const withoutBody = items.slice((page - 1) * size, page * size).map(({ articleBody: _, ...article }) => article);
  return { items: withoutBody, page, pages: Math.max(1, Math.ceil(items.length / size)), total: items.length };
}

export function nativeRanking(items: NativeArticle[], period = 'week'): Json {
  const ranked = items.map(({ articleBody: _, ...article }, index) => ({ position: index + 1, count: 5000 - index * 7, article }));
  return { period, metric: 'views', items: ranked };
}

/** The overlay of a whole backend with just these articles, newest first, in place of the demo's. */
export function nativeBackend(articles: NativeArticle[]): Overlay {
  const overlay: Overlay = {
    '/data/search.json': { items: nativeList(articles, 1, articles.length || 1).items },
    '/data/today.json': nativeList([]),
  };
  // Pictures and banners stay the demo's.
  for (const folder of ['articles', 'latest', 'neighbours', 'photos', 'ranking', 'related', 'sections']) {
    overlay[`/data/${folder}/*`] = (_, response) => send(response, 404, 'text/plain', 'not found');
  }
  for (const period of ['day', 'week', 'month']) overlay[`/data/ranking/${period}.json`] = nativeRanking(articles.slice(0, 20), period);
  const pages = (path: string, items: NativeArticle[]): void => {
    for (let page = 1; page <= Math.max(1, Math.ceil(items.length / 20)); page += 1) overlay[`${path}/${page}.json`] = nativeList(items, page);
  };
  pages('/data/latest', articles);
  pages('/data/photos', articles.filter((article) => article.image !== undefined));
  const slugs = new Set<string>(siteJson().sections.map((section: { slug: string }) => section.slug));
  const sectionsOf = (article: NativeArticle): string[] => (article.articleSection as { slug: string }[]).map((section) => section.slug);
  articles.flatMap(sectionsOf).forEach((slug) => slugs.add(slug));
  for (const slug of slugs) pages(`/data/sections/${slug}`, articles.filter((article) => sectionsOf(article).includes(slug)));
  articles.forEach((article, index) => {
    const short = (other?: NativeArticle) => (other ? { id: other.id, headline: other.headline } : null);
    overlay[`/data/articles/${article.id}.json`] = article;
    overlay[`/data/neighbours/${article.id}.json`] = { previous: short(articles[index + 1]), next: short(articles[index - 1]) };
    overlay[`/data/related/${article.id}.json`] = { items: [] };
  });
  return overlay;
}

/** A picture that needs no file: a plain SVG with a number on it. */
export function svg(label: string | number, width = 600, height = 400): string {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">` +
    `<rect width="${width}" height="${height}" fill="#7a8a99"/>` +
    `<text x="20" y="60" font-size="40" font-family="sans-serif">${label}</text></svg>`
  );
}

// ------------------------------------------------------------------------------------------------------------ test --

/** The browser's complaints: errors in the console, exceptions, and what the app itself warns of. */
export class Complaints {
  readonly #met: string[] = [];
  readonly #allowed: RegExp[] = [];

  watch(context: BrowserContext): void {
    context.on('console', (message) => {
      const text = message.text();
      if (message.type() === 'error' || text.startsWith('gisa:')) this.#met.push(`${text} (${message.location().url})`);
    });
    context.on('weberror', (error) => this.#met.push(`exception: ${error.error().message}`));
  }

  /** This test provokes complaints like this. */
  allow(...patterns: RegExp[]): void {
    this.#allowed.push(...patterns);
  }

  get unexpected(): string[] {
    return this.#met.filter((text) => !this.#allowed.some((pattern) => pattern.test(text)));
  }
}

/** What was printed, in place of the browser's dialog. */
export interface Printed {
  /** The address and whether it had arrived, of each of the article's pictures at the moment of printing. */
  pictures: { source: string; arrived: boolean }[];
}

/**
 * Puts a note in place of the browser's print dialog. The print page opens the dialog by itself: while it is open, the
 * browser prints nothing else, such as the PDF that a test looks at.
 */
export async function noteInPlaceOfDialog(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const notes: Printed[] = [];
    (window as any).gisaPrinted = notes;
    window.print = () => {
      const images = [...document.querySelectorAll<HTMLImageElement>('.article-sheet img')].filter((image) => !image.closest('[data-laid] > .article-sheet'));
      const pictures = images.map((image) => ({ source: image.currentSrc, arrived: image.complete && image.naturalWidth > 0 }));
      notes.push({ pictures });
    };
  });
}

/** What the page's document has printed so far. */
export function printed(page: Page): Promise<Printed[]> {
  return page.evaluate(() => (window as any).gisaPrinted);
}

/** The requests of a browser that are under way, and how many there were. */
class Traffic {
  static readonly #of = new WeakMap<BrowserContext, Traffic>();
  readonly #underWay = new Set<Request>();
  #begun = 0;

  static watch(context: BrowserContext): void {
    const traffic = new Traffic();
    Traffic.#of.set(context, traffic);
    context.on('request', (request) => {
      traffic.#underWay.add(request);
      traffic.#begun += 1;
    });
    for (const end of ['requestfinished', 'requestfailed'] as const) context.on(end as 'requestfinished', (request) => traffic.#underWay.delete(request));
  }

  static of(page: Page): Traffic {
    const traffic = Traffic.#of.get(page.context());
    if (!traffic) throw new Error('nobody watches the requests of this browser');
    return traffic;
  }

  get begun(): number {
    return this.#begun;
  }

  get addresses(): string[] {
    return [...this.#underWay].map((request) => request.url());
  }
}

/**
 * Waits until the page has nothing more to ask for: all of its requests are answered, and the browser, with nothing else
 * to do, has begun none since. A pointer that rests on a link is not waited for.
 */
export async function idle(page: Page): Promise<void> {
  const traffic = Traffic.of(page);
  for (;;) {
    const begun = traffic.begun;
    await expect.poll(() => traffic.addresses, 'requests under way').toEqual([]);
    // What an answer leads to is done before the browser is idle; what waits for that begins when it is.
    await page.evaluate(() => new Promise((done) => requestIdleCallback(() => requestIdleCallback(done))));
    if (traffic.begun === begun && traffic.addresses.length === 0) return;
  }
}

interface Fixtures {
  complaints: Complaints;
  /** Starts a newspaper that is closed when the test ends. */
  start: (options?: ServeOptions) => Promise<Server>;
  /** The demo newspaper. */
  site: Server;
}

export const test = base.extend<Fixtures>({
  context: async ({ context }, use) => {
    await noteInPlaceOfDialog(context);
    Traffic.watch(context);
    await use(context);
  },
  complaints: [
    async ({ context }, use) => {
      const complaints = new Complaints();
      complaints.watch(context);
      await use(complaints);
      expect(complaints.unexpected, 'what the browser complained about').toEqual([]);
    },
    { auto: true },
  ],
  start: async ({}, use) => {
    const servers: Server[] = [];
    await use(async (options) => {
      const server = await serve(options);
      servers.push(server);
      return server;
    });
    await Promise.all(servers.map((server) => server.close()));
  },
  site: async ({ start }, use) => {
    await use(await start());
  },
});

// --------------------------------------------------------------------------------------------------------- helpers --

/** Waits until the page's content is there: its heading, and nothing that stands for something on its way. */
export async function settled(page: Page): Promise<void> {
  // On a print page that sleeps, the article's own element is hidden beside its sheets.
  await expect(page.locator('main h1').filter({ visible: true })).toBeVisible();
  await expect(page.locator('.skeleton')).toHaveCount(0);
  // TOP TODAY keeps its one line while it is on its way.
  await expect(page.locator('.empty').filter({ hasText: /^\s*$/ })).toHaveCount(0);
  // Everything is laid out, so nothing moves any more.
  await expect(page.locator('html[data-awake]:not([data-whole])')).toHaveCount(0);
}

/** Opens an address as a reader who types it does. */
export async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await settled(page);
}

/** Marks the document, so that `isSameDocument` can tell whether it was loaded again since then. */
export async function markDocument(page: Page): Promise<void> {
  await page.evaluate(() => void ((window as any).gisaTestMark = true));
}

export function isSameDocument(page: Page): Promise<boolean> {
  return page.evaluate(() => (window as any).gisaTestMark === true);
}

/** The pages that every newspaper has, with an address in the demo. */
export const PAGES = {
  front: '',
  article: 'articles/10203/',
  print: 'articles/10203/print/',
  section: 'sections/sahoe/',
  ranking: 'ranking/',
  photos: 'photos/',
  today: 'today/',
  search: 'search/',
  results: `search/?q=${encodeURIComponent('여울')}`,
  'no results': `search/?q=${encodeURIComponent('없는낱말')}`,
  'not found': 'no/such/page/',
} as const;
