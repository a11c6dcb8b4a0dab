/** What counts as a view of an article, and what does not. */
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asReader, canBePutForward, Counter, putForward } from './counter.ts';
import { closedPort } from './faults.ts';
import { host, isHere } from './hosted.ts';
import { DIST, expect, GISA, Gate, nativeArticles, nativeBackend, open, send, settled, siteJson, test, type BrowserContext, type Page, type Server } from './support.ts';

test.use(asReader);

const ARTICLE = 'articles/10203/';
const VIEW = '/views/10203';

/** Longer than a view takes. */
const LONG_ENOUGH = 2_500;

let counter: Counter;
/** An edition of the demo whose views are counted. */
let folder: string;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  counter = await Counter.start();
  folder = edition(`${counter.origin}/views/{id}`);
});

test.afterAll(async () => {
  rmSync(folder, { recursive: true });
  await counter.close();
});

/** What pages have begun to send to the counter. */
let sent: string[];

test.beforeEach(async ({ context }) => {
  counter.told.length = 0;
  counter.answer = (response) => response.writeHead(201).end();
  sent = [];
  context.on('request', (request) => {
    if (request.url().startsWith(counter.origin)) sent.push(request.url());
  });
  await context.addInitScript(canBePutForward);
});

function edition(view: string, url?: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'gisa-views-'));
  for (const name of ['assets', 'data', '200.html', 'icon.svg', 'theme.css']) cpSync(join(DIST, name), join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'site.json'), JSON.stringify(siteJson({ tools: { view }, ...(url && { url }) })));
  execFileSync(GISA, ['prerender', folder]);
  return folder;
}

/** The edition, whose program comes when the gate opens. */
async function withoutProgram(start: (options: object) => Promise<Server>): Promise<{ site: Server; program: Gate }> {
  const program = new Gate();
  const never = program.before('', 'application/wasm');
  return { site: await start({ dist: folder, written: true, overlay: { '/assets/gisa*': never } }), program };
}

const awake = (page: Page) => page.waitForSelector('html[data-awake]', { state: 'attached' });

/** Opens a page of the edition, and waits for the program. */
async function wake(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await awake(page);
}

/** Lets time pass for a reader who stays on the page. */
async function stay(page: Page, milliseconds: number): Promise<void> {
  // What the page has begun to show is shown.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await putForward(page, milliseconds);
}

/** Stays long enough for a view, and returns what the counter was told until then. */
async function told(page: Page): Promise<string[]> {
  await stay(page, LONG_ENOUGH);
  // What the page sends is known before it answers, and what is due comes before.
  await page.evaluate(() => new Promise((done) => setTimeout(done)));
  await expect.poll(() => counter.told.length, 'what was sent arrives').toBe(sent.length);
  return counter.paths;
}

/** The counter is told this, and nothing else. */
async function expectTold(page: Page, paths: string[]): Promise<void> {
  await stay(page, LONG_ENOUGH);
  await expect.poll(() => counter.paths).toEqual(paths);
  expect(await told(page)).toEqual(paths);
}

/** Hides and shows the page as a change of tabs does. */
async function switchable(context: BrowserContext, first: 'visible' | 'hidden'): Promise<void> {
  await context.addInitScript((first) => {
    let state = first;
    Object.defineProperty(document, 'visibilityState', { get: () => state });
    (window as any).show = (next: typeof state) => {
      state = next;
      document.dispatchEvent(new Event('visibilitychange'));
    };
  }, first);
}

// ------------------------------------------------------------------------------------------------------------- counted --

test('a written article counts once, before the program is there, by one empty POST without a cookie', async ({ context, page, start }) => {
  const { site } = await withoutProgram(start);
  await context.addCookies([{ name: 'who', value: 'somebody', url: counter.origin }]);
  await page.goto(site.at(ARTICLE));
  expect(counter.told).toEqual([]);
  // At once: what other tests don't find has not been sent.
  expect(await told(page)).toEqual([VIEW]);
  await expectTold(page, [VIEW]);
  const [{ method, body, headers }] = counter.told as [Counter['told'][0]];
  expect([method, body, headers.cookie]).toEqual(['POST', '', undefined]);
});

test('a written article counts once when the program takes it over, and again in no way', async ({ page, start }) => {
  const site = await start({ dist: folder, written: true });
  await wake(page, site.at(ARTICLE));
  await expectTold(page, [VIEW]);
});

test('an article that is reached by a link counts, and so does each one after it', async ({ page, start }) => {
  const site = await start({ dist: folder, written: true });
  await wake(page, site.at('ranking/'));
  expect(await told(page)).toEqual([]);
  await page.locator('main a[href*="/articles/"]').first().click();
  await expect(page.locator('.article-body')).toBeVisible();
  const first = `/views/${page.url().split('/').at(-2)}`;
  await expectTold(page, [first]);
  await page.locator('.neighbours a').first().click();
  await expect(page).not.toHaveURL(new RegExp(`${first.slice(7)}/$`));
  await settled(page);
  await expectTold(page, [first, `/views/${page.url().split('/').at(-2)}`]);
});

test('an article that is not written counts', async ({ page, start }) => {
  const site = await start({ overlay: { '/site.json': siteJson({ tools: { view: `${counter.origin}/views/{id}` } }) } });
  await open(page, site.at(ARTICLE));
  await expectTold(page, [VIEW]);
});

test('the counter of a mapping is told, with the variables of the mapping and one query', async ({ page, start }) => {
  const articles = nativeArticles(3);
  const mapping = { variables: { counter: `${counter.origin}/?rest_route=` }, view: '{+counter}/count?of={id}&at={url}' };
  const site = await start({ overlay: { ...nativeBackend(articles), '/site.json': siteJson({ url: 'https://haesol.example/', backend: { mapping } }) } });
  await open(page, site.at('articles/a2/'));
  await expectTold(page, ['/?rest_route=/count&of=a2&at=https%3A%2F%2Fhaesol.example%2Farticles%2Fa2%2F']);
});

test('a newspaper of which nobody counts views sends nothing', async ({ page, site }) => {
  await open(page, site.at(ARTICLE));
  await told(page);
  expect(site.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
});

test('the two seconds are those in which the page is in front', async ({ context, page, start }) => {
  await switchable(context, 'visible');
  const { site } = await withoutProgram(start);
  await page.goto(site.at(ARTICLE));
  const show = (state: string) => page.evaluate((state) => (window as any).show(state), state);
  await stay(page, 700);
  await show('hidden');
  expect(await told(page)).toEqual([]);
  await show('visible');
  await stay(page, 300);
  await show('hidden');
  expect(await told(page)).toEqual([]);
  await show('visible');
  await expectTold(page, [VIEW]);
});

// --------------------------------------------------------------------------------------------------------- not counted --

test('a reader who leaves within two seconds, by a link or by going back, has not viewed the article', async ({ page, start }) => {
  const site = await start({ dist: folder, written: true });
  await wake(page, site.at('ranking/'));
  await page.locator('main a[href*="/articles/"]').first().click();
  await expect(page.locator('.article-body')).toBeVisible();
  await page.locator('.masthead a').first().click();
  await expect(page.locator('.lead-story')).toBeVisible();
  expect(await told(page)).toEqual([]);
  await page.goBack();
  await expect(page.locator('.article-body')).toBeVisible();
  await page.goBack();
  await expect(page.locator('main .ranked-list')).toBeVisible();
  expect(await told(page)).toEqual([]);
});

test('an article that is fetched ahead has not been viewed', async ({ page, start }) => {
  const site = await start({ dist: folder, written: true });
  await wake(page, site.at('ranking/'));
  const link = page.locator('main a[href*="/articles/"]').nth(3);
  const id = (await link.getAttribute('href'))?.split('/').at(-2);
  await link.hover();
  await expect.poll(() => site.count(`/data/articles/${id}.json`)).toBe(1);
  expect(await told(page)).toEqual([]);
});

test('a page that the browser fetches ahead has not been viewed', async ({ page, start }) => {
  const { site } = await withoutProgram(start);
  await page.goto(site.at('ranking/'));
  const link = page.locator('main a[href*="/articles/"]').first();
  const path = await link.evaluate((link: HTMLAnchorElement) => link.pathname);
  await link.hover();
  await expect.poll(() => site.requests.find((seen) => seen.path === path)?.headers['sec-purpose']).toBe('prefetch');
  expect(await told(page)).toEqual([]);
});

/** A browser without a driver, because one that is driven prerenders nothing. It opens the address until the test ends. */
function undriven(address: string): { close: () => void } {
  const { args = [], executablePath = '' } = asReader.launchOptions;
  // Parts of the browser still write there after it has ended, so it is removed with the results of the test.
  const profile = test.info().outputPath('profile');
  const browser = spawn(executablePath, [...args, '--headless=new', `--user-data-dir=${profile}`, address], { stdio: 'ignore' });
  return { close: () => void browser.kill() };
}

test('a page that is prerendered counts only when it is shown', async ({ start }) => {
  const rules = JSON.stringify({ prerender: [{ urls: [`/${ARTICLE}`], eagerness: 'immediate' }] });
  // The reader follows the link after four seconds.
  const follow = `setTimeout(() => fetch('/following').then(() => (location.href = '/${ARTICLE}')), 4000)`;
  const before = `<link rel="icon" href="data:,"><script type="speculationrules">${rules}</script><script>${follow}</script>`;
  let early: string[] | undefined;
  const site = await start({
    dist: folder,
    written: true,
    routes: ({ url }, response) => {
      if (url === '/following') early = [...counter.paths];
      if (url !== '/before/' && url !== '/following') return false;
      send(response, 200, 'text/html', url === '/before/' ? before : '');
      return true;
    },
  });
  const browser = undriven(site.at('before/'));
  await expect.poll(() => early, { timeout: 20_000 }).toEqual([]);
  // Its script has run by then, and so has the program.
  expect(site.requests.find(({ path }) => path === `/${ARTICLE}`)?.headers['sec-purpose']).toBe('prefetch;prerender');
  expect(site.count(/^\/assets\/boot-/)).toBe(1);
  await expect.poll(() => counter.paths).toEqual([VIEW]);
  expect(site.requests.filter(({ path }) => path === `/${ARTICLE}`)).toHaveLength(1);
  browser.close();
});

test('the print page is no view, and neither is printing an article', async ({ page, start }) => {
  const site = await start({ dist: folder, written: true });
  await wake(page, site.at(`${ARTICLE}print/`));
  expect(await told(page)).toEqual([]);
  await wake(page, site.at(ARTICLE));
  await expectTold(page, [VIEW]);
  await page.pdf();
  await page.keyboard.press('Control+p');
  expect(await told(page)).toEqual([VIEW]);
});

test('a page in a frame is a preview and no view', async ({ page, start }) => {
  const preview = `<link rel="icon" href="data:,"><iframe src="/${ARTICLE}" width="900" height="600"></iframe>`;
  const site = await start({ dist: folder, written: true, routes: ({ url }, response) => url === '/preview/' && (send(response, 200, 'text/html', preview), true) });
  await page.goto(site.at('preview/'));
  await expect(page.frameLocator('iframe').locator('.article-body')).toBeVisible();
  await page.frameLocator('iframe').locator('html[data-awake]').waitFor({ state: 'attached' });
  expect(await told(page)).toEqual([]);
});

test('an article to which the reader goes back is no view, even if it was not viewed before', async ({ page, start }) => {
  const site = await start({ dist: folder, written: true });
  await wake(page, site.at('ranking/'));
  await page.locator('main a[href*="/articles/"]').first().click();
  await expect(page.locator('.article-body')).toBeVisible();
  await page.locator('.masthead a').first().click();
  await expect(page.locator('.lead-story')).toBeVisible();
  await page.goBack();
  await expect(page.locator('.article-body')).toBeVisible();
  expect(await told(page)).toEqual([]);
  // Back from another site, to a document that is loaded again.
  await page.goto('about:blank');
  await page.evaluate(() => void setTimeout(() => history.back()));
  await expect(page.locator('.article-body')).toBeVisible();
  expect(await told(page)).toEqual([]);
});

test('a document that is loaded again by Back is no view', async ({ page, start }) => {
  const { site } = await withoutProgram(start);
  await page.addInitScript(() => addEventListener('unload', () => {}));
  await page.goto(site.at(ARTICLE));
  await page.goto(site.at('ranking/'));
  await page.goBack();
  await expect(page.locator('.article-body')).toBeVisible();
  expect(await page.evaluate(() => (performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming).type)).toBe('back_forward');
  expect(await told(page)).toEqual([]);
});

test('a document that the browser kept for Back is no view', async ({ page, start }) => {
  const { site } = await withoutProgram(start);
  await page.addInitScript(() => addEventListener('pageshow', ({ persisted }) => Object.assign(window, { persisted })));
  await page.goto(site.at(ARTICLE));
  await page.goto(site.at('ranking/'));
  await page.evaluate(() => void setTimeout(() => history.back()));
  await expect(page.locator('.article-body')).toBeVisible();
  expect(await page.evaluate(() => (window as any).persisted)).toBe(true);
  expect(await told(page)).toEqual([]);
});

/** The clock of the pages from now on. */
const later = (minutes: number): void => {
  const real = Date.now;
  Date.now = () => real() + minutes * 60_000;
};

test('a reload within half an hour is no view, and one after that is', async ({ page, start }) => {
  const { site } = await withoutProgram(start);
  await page.goto(site.at(ARTICLE));
  await expectTold(page, [VIEW]);
  await page.reload();
  expect(await told(page)).toEqual([VIEW]);
  await page.addInitScript(later, 29);
  await page.reload();
  expect(await told(page)).toEqual([VIEW]);
  await page.addInitScript(later, 2);
  await page.reload();
  await expectTold(page, [VIEW, VIEW]);
});

test('the same article twice in one visit is one view, and only what is needed is kept of it', async ({ page, start }) => {
  const site = await start({ dist: folder, written: true });
  await wake(page, site.at('ranking/'));
  for (const _ of [1, 2]) {
    await page.locator('main a[href*="/articles/"]').first().click();
    await expect(page.locator('.article-body')).toBeVisible();
    await told(page);
    await page.locator('.section-nav a[href$="/ranking/"]').click();
    await expect(page.locator('main .ranked-list')).toBeVisible();
  }
  expect(counter.paths).toHaveLength(1);
  const kept = await page.evaluate(() => JSON.parse(sessionStorage.getItem('gisa:viewed') ?? ''));
  expect(Object.keys(kept)).toEqual([`${counter.origin}${counter.paths[0]}`]);
  expect(Object.values(kept)).toEqual([expect.any(Number)]);
  expect(await page.evaluate(() => [document.cookie, ...Object.keys(localStorage)])).toEqual(['']);
});

test('a tab that was never in front has viewed nothing', async ({ context, page, start }) => {
  await switchable(context, 'hidden');
  const { site } = await withoutProgram(start);
  await page.goto(site.at(ARTICLE));
  expect(await told(page)).toEqual([]);
});

for (const robot of [
  'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm) Chrome/140.0.0.0 Safari/537.36',
  'Mozilla/5.0 (compatible; Yeti/1.1; +https://naver.me/spd)',
  'Mozilla/5.0 (compatible; Daum/4.1; +http://cs.daum.net/faq/15/4118.html?faqId=28966) Daumoa/4.0',
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/140.0.0.0 Safari/537.36',
]) {
  test.describe('a robot', () => {
    test.use({ userAgent: robot });
    test(`that is called ${/(\w+)\/[\d.]+; \+|Daumoa|Headless/.exec(robot)![0]} views nothing`, async ({ page, start }) => {
      const { site } = await withoutProgram(start);
      await page.goto(site.at(ARTICLE));
      expect(await told(page)).toEqual([]);
    });
  });
}

for (const reader of [
  'Mozilla/5.0 (Linux; Android 13; CUBOT X70) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/140.0.0.0 Mobile Safari/537.36;KAKAOTALK 2410800',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 DaumApps/8.0 DaumDevice/mobile NAVER(inapp; search; 2000; 12.9.1)',
]) {
  test.describe('a reader', () => {
    test.use({ userAgent: reader });
    test(`whose browser is called ${/CUBOT|KAKAOTALK|DaumApps/.exec(reader)![0]} is no robot`, async ({ page, start }) => {
      const { site } = await withoutProgram(start);
      await page.goto(site.at(ARTICLE));
      await expectTold(page, [VIEW]);
    });
  });
}

test('a browser that a program drives views nothing', async ({ page, start }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, 'webdriver', { value: true }));
  const { site } = await withoutProgram(start);
  await page.goto(site.at(ARTICLE));
  expect(await told(page)).toEqual([]);
});

test('where storage is forbidden, an article counts once for each page, but not for a reload', async ({ page, start }) => {
  await page.addInitScript(() => {
    const forbid = (name: string) => Object.defineProperty(window, name, { get: () => { throw new DOMException('forbidden', 'SecurityError'); } });
    ['sessionStorage', 'localStorage'].forEach(forbid);
  });
  const { site } = await withoutProgram(start);
  await page.goto(site.at(ARTICLE));
  await expectTold(page, [VIEW]);
  await page.reload();
  expect(await told(page)).toEqual([VIEW]);
});

test('a copy of a page at another address is no view', async ({ page, complaints, start }) => {
  complaints.allow(/^gisa: this is a copy of a page/);
  const site = await start({ dist: folder, written: true, routes: ({ url }, response) => url?.startsWith('/archive/') === true && (response.writeHead(200, { 'content-type': 'text/html' }).end(copy), true) });
  const copy = await (await fetch(site.at(ARTICLE))).text();
  await page.goto(site.at('archive/2026/'));
  await expect(page.locator('.article-body')).toBeVisible();
  expect(await told(page)).toEqual([]);
});

// ------------------------------------------------------------------------------------------------------ bad counters --

for (const [what, answer] of [
  ['answers 500', (response) => response.writeHead(500).end('broken')],
  ['never answers', () => {}],
  ['ends the connection', (response) => response.destroy()],
  ['leads elsewhere', (response) => response.writeHead(307, { location: 'https://elsewhere.example/' }).end()],
  ['answers with a page that has a script', (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<script>document.title = "broken in"</script>')],
] as [string, Counter['answer']][]) {
  test(`a counter that ${what} is told once, and the page does not care`, async ({ page, complaints, start }) => {
    // What the browser itself says.
    complaints.allow(/^Failed to load resource/, /Content Security Policy/, /^Fetch API cannot load/);
    counter.answer = answer;
    const site = await start({ dist: folder, written: true });
    await page.goto(site.at(ARTICLE));
    const title = await page.title();
    await awake(page);
    await stay(page, LONG_ENOUGH);
    await expect.poll(() => counter.paths).toEqual([VIEW]);
    await page.locator('.neighbours a').first().click();
    await expect(page).not.toHaveTitle(title);
    await expect(page.locator('.article-body')).toBeVisible();
    expect(counter.paths).toEqual([VIEW]);
  });
}

test('a counter that can’t be reached is dropped without a word of the newspaper', async ({ page, complaints, start }) => {
  complaints.allow(/^Failed to load resource/);
  const view = `http://127.0.0.1:${await closedPort()}/views/{id}`;
  const failed = page.waitForEvent('requestfailed', (request) => request.url() === view.replace('{id}', '10203'));
  const site = await start({ overlay: { '/site.json': siteJson({ tools: { view } }) } });
  await open(page, site.at(ARTICLE));
  await stay(page, LONG_ENOUGH);
  await failed;
  await page.locator('.neighbours a').first().click();
  await expect(page.locator('main h1')).toBeVisible();
});

test('a counter whose address is none is not told, and the page stands', async ({ page, start }) => {
  const site = await start({ overlay: { '/site.json': siteJson({ tools: { view: 'javascript:alert({id})//{unknown}' } }) } });
  await open(page, site.at(ARTICLE));
  expect(await page.locator('[data-view]').count()).toBe(0);
  await told(page);
  expect(site.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
});

test('pages may send something to the counter, and to nothing else on its host', async ({ page, complaints, start }) => {
  complaints.allow(/Content Security Policy/, /^Fetch API cannot load/);
  const { site } = await withoutProgram(start);
  await page.goto(site.at(ARTICLE));
  const sent = (path: string) => page.evaluate((url) => fetch(url, { method: 'POST', mode: 'no-cors' }).then(() => true, () => false), counter.origin + path);
  expect(await sent('/views/1')).toBe(true);
  expect(await sent('/')).toBe(false);
  expect(await sent('/steal')).toBe(false);
  expect(counter.paths).toEqual(['/views/1']);
});

for (const server of ['nginx', 'caddy'] as const) {
  test(`the same holds by the headers of ${server}, as gisa hosting configures it`, async ({ page, complaints }) => {
    test.skip(!isHere(server), `${server} is not installed; script/setup test installs it`);
    complaints.allow(/Content Security Policy/, /^Fetch API cannot load/);
    const copy = edition(`${counter.origin}/views/{id}`, 'http://news.example/');
    // Only the header forbids then.
    const written = join(copy, ARTICLE, 'index.html');
    const html = readFileSync(written, 'utf8');
    const meta = /<meta http-equiv="Content-Security-Policy"[^>]*>/;
    expect(html).toMatch(meta);
    writeFileSync(written, html.replace(meta, ''));
    const site = await host(server, copy);
    try {
      const answer = await page.goto(site.origin + ARTICLE);
      expect(answer!.headers()['content-security-policy']).toMatch(new RegExp(`connect-src 'self' ${counter.origin}/views/;`));
      await awake(page);
      await expectTold(page, [VIEW]);
      const sent = (path: string) => page.evaluate((url) => fetch(url, { method: 'POST', mode: 'no-cors' }).then(() => true, () => false), counter.origin + path);
      expect([await sent('/views/1'), await sent('/'), await sent('/steal')]).toEqual([true, false, false]);
      expect(counter.paths).toEqual([VIEW, '/views/1']);
    } finally {
      await site.close();
      rmSync(copy, { recursive: true });
    }
  });
}
