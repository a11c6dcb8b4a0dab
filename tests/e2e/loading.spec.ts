/** What is on its way, what is given up, and what is not asked for again. */
import {
  expect, failing, Gate, idle, nativeArticles, nativeBackend, nativeList, open, send, settled, siteJson, svg, test, type Handler, type Overlay, type Page, type Server,
} from './support.ts';

const articles = nativeArticles(40, (number) => ({ image: { url: `images/${number}.svg`, width: 600, height: 400 } }));

/** The newspaper of these articles, with their pictures. */
const backend = (): Overlay => ({ ...nativeBackend(articles), '/data/images/*': (_, response) => send(response, 200, 'image/svg+xml', svg('x')) });
const RETRY = '다시 시도';

/** An answer that never comes. `closed` resolves when the reader gives up waiting. */
class Hanging {
  #closed!: () => void;
  #asked!: () => void;
  readonly closed = new Promise<void>((done) => (this.#closed = done));
  readonly asked = new Promise<void>((done) => (this.#asked = done));
  isOpen = false;

  readonly answer: Handler = (_, response) => {
    this.isOpen = true;
    response.on('close', () => {
      this.isOpen = false;
      this.#closed();
    });
    this.#asked();
  };
}

/** How often each address was asked for. */
function repeated(site: Server, wanted: (path: string) => boolean = () => true): string[] {
  const counts = new Map<string, number>();
  for (const { path } of site.requests) counts.set(path, (counts.get(path) ?? 0) + 1);
  return [...counts].filter(([path, count]) => count > 1 && wanted(path)).map(([path, count]) => `${path} × ${count}`);
}

const dataRequests = (site: Server): string[] => site.requests.map(({ path }) => path).filter((path) => path.startsWith('/data/'));

// --------------------------------------------------------------------------------------------------------- skeletons --

const PAGES: [name: string, address: string, path: string, content: string][] = [
  ['front page', '', '/data/latest/1.json', '.lead-story'],
  ['article', 'articles/a7/', '/data/articles/a7.json', '.article-body'],
  ['print layout', 'articles/a7/print/', '/data/articles/a7.json', '.article-body'],
  ['section', 'sections/sahoe/', '/data/sections/sahoe/1.json', '.story-list'],
  ['ranking', 'ranking/month/', '/data/ranking/month.json', '.content .ranked-list'],
  ['photo page', 'photos/', '/data/photos/1.json', '.photo-wall'],
  ['today page', 'today/', '/data/today.json', '.content .empty'],
  ['search', 'search/?q=기사', '/data/search.json', '.story-list'],
];

for (const [name, address, path, content] of PAGES) {
  test(`the ${name} shows the shape of what is on its way, then the content, nothing of the shape remains, and no address is asked for twice`, async ({ page, start }) => {
    const overlay = backend();
    const gate = new Gate();
    const owed = overlay[path]!;
    overlay[path] = gate.before(owed);
    const site = await start({ overlay });
    await page.goto(site.at(address));
    await expect(page.locator('.content .skeleton').first()).toBeVisible();
    await expect(page.locator(content)).toHaveCount(0);
    await expect(page.locator('.content [aria-hidden=true].skeleton').first()).toBeVisible();
    gate.open();
    await expect(page.locator(content).first()).toBeAttached();
    await settled(page);
    await expect(page.locator('[class*=skeleton]')).toHaveCount(0);
    await expect(page.locator('.sidebar .ranked-entry').or(page.locator('.print-preview')).first()).toBeVisible();
    await idle(page);
    expect(repeated(site)).toEqual([]);
  });
}

test('the shape of a list reads out as nothing and can’t be focused', async ({ page, start }) => {
  const site = await start({ overlay: { ...backend(), '/data/latest/1.json': new Hanging().answer } });
  await page.goto(site.url);
  await expect(page.locator('.content .skeleton').first()).toBeVisible();
  const exposed = await page.locator('.skeleton').evaluateAll((shapes) =>
    shapes.filter((shape) => shape.getAttribute('aria-hidden') !== 'true' || (shape.textContent ?? '').trim() !== '' || shape.querySelector('a, button, [tabindex]')).length);
  expect(exposed).toBe(0);
});

test('a slow box keeps neither the article nor the other boxes waiting', async ({ page, start }) => {
  const gate = new Gate();
  const overlay = backend();
  const ranking = overlay['/data/ranking/week.json']!;
  const site = await start({ overlay: { ...overlay, '/data/ranking/week.json': gate.before(ranking) } });
  await page.goto(site.at('articles/a7/'));
  await expect(page.locator('.article-body')).toBeVisible();
  await expect(page.locator('.neighbours a')).toHaveCount(2);
  const today = page.locator('.sidebar-box').filter({ has: page.getByRole('heading', { name: 'TOP TODAY' }) });
  await expect(today.locator('.empty')).toHaveText('게시물이 없습니다.');
  await expect(page.locator('.box-skeleton')).toBeVisible();
  gate.open();
  await expect(page.locator('.sidebar .ranked-entry')).toHaveCount(7);
});

test('the boxes come after the article, or half a second after its shape', async ({ page, start }) => {
  const gate = new Gate();
  const overlay = backend();
  overlay['/data/articles/a7.json'] = gate.before(overlay['/data/articles/a7.json']!);
  const site = await start({ overlay });
  await page.addInitScript(() => {
    const seen: Record<string, number> = {};
    Object.assign(window, { seen });
    new MutationObserver(() => {
      for (const kind of ['.content .skeleton', '.article-body', '.sidebar-box', '.site-footer']) {
        if (document.querySelector(kind)) seen[kind] ??= performance.now();
      }
    }).observe(document, { childList: true, subtree: true });
  });
  const seen = () => page.evaluate(() => (window as unknown as { seen: Record<string, number> }).seen);

  // The article never comes.
  await page.goto(site.at('articles/a7/'));
  await expect(page.locator('.sidebar-box').first()).toBeAttached();
  await expect(page.locator('.site-footer')).toBeAttached();
  await expect(page.locator('.article-body')).toHaveCount(0);
  const waited = await seen();
  // Clocks of timers and of the page differ by less than a frame.
  expect(waited['.sidebar-box']! - waited['.content .skeleton']!).toBeGreaterThan(480);

  gate.open();
  await page.goto(site.at('articles/a8/'));
  await expect(page.locator('.sidebar-box').first()).toBeAttached();
  const { '.article-body': article = Infinity, '.sidebar-box': box = 0, '.content .skeleton': shape = 0 } = await seen();
  expect(box > article || box - shape > 480).toBe(true);
});

test('for a reader who comes back to a place below the article, everything is there at once', async ({ page, start }) => {
  const site = await start({ overlay: backend() });
  await page.setViewportSize({ width: 360, height: 640 });
  await open(page, site.at('articles/a7/'));
  await page.locator('.site-footer').scrollIntoViewIfNeeded();
  const place = await page.evaluate(() => scrollY);
  expect(place).toBeGreaterThan(640);
  await page.reload();
  await settled(page);
  await expect.poll(() => page.evaluate((place) => Math.abs(scrollY - place), place)).toBeLessThan(40);
});

test('the empty page loads its article before the style of paper', async ({ page, start }) => {
  const site = await start({ overlay: backend() });
  await open(page, site.at('articles/a7/'));
  await expect.poll(() => page.evaluate(() => document.querySelector<HTMLLinkElement>('#paper')!.sheet?.media.mediaText)).toBe('print');
  const paths = site.requests.map(({ path }) => path);
  const [article, paper] = ['/data/articles/a7.json', '/assets/paper-'].map((start) => paths.findIndex((path) => path.startsWith(start)));
  expect(paper).toBeGreaterThan(article);
  expect(article).toBeGreaterThan(0);
});

// ------------------------------------------------------------------------------------------------------------ leaving --

/** The ways out of a page that still waits. */
const WAYS_OUT: [name: string, leave: (page: Page) => Promise<void>, there: string][] = [
  ['by a link', (page) => page.locator('.section-nav').getByRole('link', { name: '사회' }).click(), '.story-list'],
  ['by Back', async (page) => void (await page.goBack({ waitUntil: 'commit' })), '.story-list'],
];

for (const [way, leave, there] of WAYS_OUT) {
  test(`the request of an article is aborted when the reader leaves ${way}`, async ({ page, start, complaints }) => {
    complaints.allow(/Failed to load resource/);
    const hanging = new Hanging();
    const site = await start({ overlay: { ...backend(), '/data/articles/a39.json': hanging.answer } });
    await open(page, site.at('sections/sahoe/'));
    await page.getByRole('link', { name: '지어낸 기사 39', exact: true }).first().click();
    await hanging.asked;
    await expect(page.locator('.content > .skeleton')).toBeVisible();
    expect(hanging.isOpen).toBe(true);
    await leave(page);
    await hanging.closed;
    await expect(page.locator(there).first()).toBeVisible();
    await expect(page.getByRole('alert')).toHaveCount(0);
  });
}

test('leaving by typing another address aborts too', async ({ page, start }) => {
  const hanging = new Hanging();
  const site = await start({ overlay: { ...backend(), '/data/articles/a39.json': hanging.answer } });
  await page.goto(site.at('articles/a39/'));
  await hanging.asked;
  await open(page, site.at('ranking/'));
  await hanging.closed;
});

test('an article that arrives after the reader chose another one does not take its place', async ({ page, start }) => {
  const gate = new Gate();
  const overlay = backend();
  const slow = overlay['/data/articles/a39.json']!;
  const site = await start({ overlay: { ...overlay, '/data/articles/a39.json': gate.before(slow) } });
  await open(page, site.at('sections/sahoe/'));
  await page.getByRole('link', { name: '지어낸 기사 39', exact: true }).first().click();
  await expect(page.locator('.content > .skeleton')).toBeVisible();
  await page.goBack();
  await page.locator('.content').getByRole('link', { name: '지어낸 기사 38', exact: true }).click();
  await expect(page.locator('main h1')).toHaveText('지어낸 기사 38');
  gate.open();
  await settled(page);
  await page.locator('.neighbours').waitFor();
  await expect(page.locator('main h1')).toHaveText('지어낸 기사 38');
  await expect(page).toHaveTitle(/^지어낸 기사 38 /);
});

test('an article that was left while it was on its way loads when the reader comes again', async ({ page, start, complaints }) => {
  complaints.allow(/Failed to load resource/);
  const hanging = new Hanging();
  const overlay = backend();
  const well = overlay['/data/articles/a39.json']!;
  overlay['/data/articles/a39.json'] = hanging.answer;
  const site = await start({ overlay });
  await open(page, site.at('sections/sahoe/'));
  const link = page.locator('.content').getByRole('link', { name: '지어낸 기사 39', exact: true });
  await link.click();
  await hanging.asked;
  // Otherwise it would rest on the link again, and the article would be asked for ahead.
  await page.mouse.move(0, 0);
  await page.goBack();
  await hanging.closed;
  overlay['/data/articles/a39.json'] = well;
  await link.click();
  await expect(page.locator('main h1')).toHaveText('지어낸 기사 39');
});

test('a request that a box still waits for goes on when the page that also waited is left', async ({ page, start }) => {
  const gate = new Gate();
  const overlay = backend();
  const photos = overlay['/data/photos/1.json']!;
  overlay['/data/photos/1.json'] = gate.before(photos);
  const site = await start({ overlay });
  await page.goto(site.at('photos/'));
  await expect(page.locator('.content .skeleton').first()).toBeVisible();
  await expect(page.locator('.sidebar [class*=skeleton]').first()).toBeAttached();
  await page.locator('.section-nav').getByRole('link', { name: '사회' }).click();
  await expect(page.locator('.content .story-list')).toBeVisible();
  gate.open();
  await expect(page.locator('.sidebar .photo-grid li')).toHaveCount(4);
  expect(site.count('/data/photos/1.json')).toBe(1);
});

// ----------------------------------------------------------------------------------------------------------- limits --

test('a request is given up after the seconds that site.json sets, and aborted', async ({ page, start }) => {
  const hanging = new Hanging();
  const site = await start({ overlay: { ...backend(), '/site.json': siteJson({ backend: { timeout: 2 } }), '/data/articles/a7.json': hanging.answer } });
  await page.goto(site.at('articles/a7/'));
  await hanging.asked;
  const began = Date.now();
  await hanging.closed;
  expect(Date.now() - began).toBeGreaterThan(1500);
  await expect(page.locator('.content').getByRole('alert').first()).toContainText('서버가 2초 안에 답하지 않았습니다.');
});

test('while a retry is under way the page shows the shape again, and a second failure is named too', async ({ page, start, complaints }) => {
  complaints.allow(/Failed to load resource/);
  const overlay: Overlay = { ...backend(), '/data/articles/a7.json': failing(500) };
  const site = await start({ overlay });
  await page.goto(site.at('articles/a7/'));
  const alert = page.locator('.content').getByRole('alert');
  await expect(alert).toContainText('status 500');
  let refuse!: () => void;
  const refused = new Promise<void>((done) => (refuse = done));
  overlay['/data/articles/a7.json'] = async (request, response) => {
    await refused;
    await failing(503)(request, response);
  };
  await alert.getByRole('button', { name: RETRY }).click();
  await expect(page.locator('.content > .skeleton')).toBeVisible();
  await expect(alert).toHaveCount(0);
  refuse();
  await expect(alert).toContainText('status 503');
});

// -------------------------------------------------------------------------------------------------- asked for once --

test('the demo newspaper’s front page and an article of it ask for no address twice', async ({ page, site }) => {
  await open(page, site.url);
  await idle(page);
  expect(repeated(site)).toEqual([]);
  await page.locator('.lead-story a').first().click();
  await expect(page.locator('.neighbours')).toBeVisible();
  await idle(page);
  expect(repeated(site, (path) => !path.startsWith('/data/images/'))).toEqual([]);
});

test('what a page, a box and a section want at the same time is asked for once', async ({ page, start }) => {
  const site = await start({
    overlay: { ...backend(), '/site.json': siteJson({ sidebar: [{ box: 'photos' }, { box: 'photos', title: '또' }, { box: 'today' }, { box: 'today', title: '또' }] }) },
  });
  await open(page, site.at('photos/'));
  await idle(page);
  expect(site.count('/data/photos/1.json')).toBe(1);
  expect(site.count('/data/today.json')).toBe(1);
});

test('going on to another page asks for nothing but the article, its neighbours, what is related and the one to go on to', async ({ page, start }) => {
  const site = await start({ overlay: backend() });
  await open(page, site.url);
  await expect(page.locator('.sidebar .ranked-entry').first()).toBeVisible();
  await idle(page);
  const before = site.requests.length;
  // Not by the pointer: what the new page puts under it would be fetched ahead.
  await page.locator('.lead-story a').press('Enter');
  await expect(page.locator('.neighbours')).toBeVisible();
  // The browser may be idle long after the network is.
  await expect.poll(() => site.count('/data/articles/a39.json')).toBe(1);
  await idle(page);
  const asked = site.requests.slice(before).map(({ path }) => path);
  expect(asked.filter((path) => path.startsWith('/data/')).sort()).toEqual(['/data/articles/a39.json', '/data/articles/a40.json', '/data/neighbours/a40.json', '/data/related/a40.json']);
});

// ------------------------------------------------------------------------------------------------------------- Back --

for (const [name, address, link, content] of [
  ['front page', '', '.latest .story-headline a', '.lead-story'],
  ['section', 'sections/sahoe/', '.story-headline a', '.story-list'],
  ['ranking', 'ranking/', '.content .ranked-entry a', '.content .ranked-list'],
  ['article', 'articles/a7/', '.neighbours a[rel=next]', '.article-body'],
] as const) {
  test(`Back shows the ${name} at once, without its shape and without a request`, async ({ page, start }) => {
    const site = await start({ overlay: backend() });
    await open(page, site.at(address));
    const title = await page.title();
    // Not by the pointer: what the new page puts under it would be fetched ahead, some time.
    await page.locator(link).first().press('Enter');
    await expect(page).not.toHaveTitle(title);
    await settled(page);
    await idle(page);
    const before = site.requests.length;
    await page.evaluate(() => {
      const record = { shapes: 0 };
      (window as any).gisaShapes = record;
      // Counted when a frame is drawn: what comes and goes between two frames nobody sees.
      const look = (): void => {
        if (document.querySelector('.content .skeleton')) record.shapes += 1;
        requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
    await page.goBack();
    await expect(page).toHaveTitle(title);
    await expect(page.locator(content).first()).toBeVisible();
    expect(await page.evaluate(() => (window as any).gisaShapes.shapes)).toBe(0);
    await idle(page);
    // Whether the browser still has a picture that it has shown, or asks the host again, is its own affair.
    expect(site.requests.slice(before).map(({ path }) => path).filter((path) => !path.startsWith('/data/images/'))).toEqual([]);
  });
}

test('Back works while the backend is down', async ({ page, start, context, complaints }) => {
  complaints.allow(/Failed to load resource/);
  const site = await start({ overlay: backend() });
  await open(page, site.at('sections/sahoe/'));
  await page.locator('.content').getByRole('link', { name: '지어낸 기사 38', exact: true }).click();
  await expect(page.locator('.neighbours')).toBeVisible();
  await context.setOffline(true);
  await page.goBack();
  await expect(page.locator('.story-list li')).toHaveCount(20);
  await page.goForward();
  await expect(page.locator('main h1')).toHaveText('지어낸 기사 38');
  await expect(page.getByRole('alert')).toHaveCount(0);
});

// ---------------------------------------------------------------------------------------------------------- offline --

test('without a network the page says so, and loads once there is one again', async ({ page, start, context, complaints }) => {
  complaints.allow(/Failed to load resource/, /^gisa: /);
  const site = await start({ overlay: backend() });
  await open(page, site.at('sections/sahoe/'));
  await context.setOffline(true);
  await page.locator('.content').getByRole('link', { name: '지어낸 기사 38', exact: true }).click();
  const alert = page.locator('.content').getByRole('alert');
  await expect(alert).toContainText('서버에 연결하지 못했습니다. 인터넷 연결을 확인해 주세요.');
  await expect(page.locator('.sidebar .ranked-entry')).toHaveCount(7);
  await alert.getByRole('button', { name: RETRY }).click();
  await expect(alert).toContainText('서버에 연결하지 못했습니다');
  await context.setOffline(false);
  await alert.getByRole('button', { name: RETRY }).click();
  await expect(page.locator('main h1')).toHaveText('지어낸 기사 38');
  await expect(page.locator('.article-body')).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('after a retry the title and the focus are the article’s, and its headline is said once', async ({ page, start, complaints }) => {
  complaints.allow(/Failed to load resource/);
  const overlay = backend();
  const well = overlay['/data/articles/a38.json']!;
  overlay['/data/articles/a38.json'] = (_, response) => send(response, 500, 'text/plain', 'x');
  const site = await start({ overlay });
  await open(page, site.at('sections/sahoe/'));
  await page.locator('.content').getByRole('link', { name: '지어낸 기사 38', exact: true }).click();
  const alert = page.locator('.content').getByRole('alert');
  await expect(alert).toBeVisible();
  overlay['/data/articles/a38.json'] = well;
  await alert.getByRole('button', { name: RETRY }).click();
  await expect(page).toHaveTitle('지어낸 기사 38 – 해솔신문');
  await expect(page.locator('main h1')).toBeFocused();
  await expect(page.locator('main h1')).toHaveText('지어낸 기사 38');
  await expect(page.locator('[aria-live=polite]'), 'the heading has the focus and is read out').toHaveText('');
});

test('an answer of a failed request is not kept: the next visit asks again', async ({ page, start, complaints }) => {
  complaints.allow(/Failed to load resource/);
  const overlay = backend();
  const well = overlay['/data/articles/a38.json']!;
  overlay['/data/articles/a38.json'] = (_, response) => send(response, 500, 'application/json', '{"error":"x"}');
  const site = await start({ overlay });
  await open(page, site.at('sections/sahoe/'));
  const link = page.locator('.content').getByRole('link', { name: '지어낸 기사 38', exact: true });
  await link.click();
  await expect(page.locator('.content').getByRole('alert')).toBeVisible();
  await page.goBack();
  overlay['/data/articles/a38.json'] = well;
  await link.click();
  await expect(page.locator('main h1')).toHaveText('지어낸 기사 38');
  expect(dataRequests(site).filter((path) => path === '/data/articles/a38.json')).toHaveLength(2);
  await expect(page.locator('.article-body')).toBeVisible();
});

test('after five minutes a list is shown at once and refreshed behind, so that the next visit brings what is new', async ({ page, start }) => {
  // Only the date is set: timers run as they do.
  await page.clock.setFixedTime('2026-11-23T09:00:00+09:00');
  const overlay = backend();
  const site = await start({ overlay });
  await open(page, site.at('sections/sahoe/'));
  const leave = async (): Promise<void> => {
    await page.locator('.content').getByRole('link', { name: '지어낸 기사 38', exact: true }).click();
    await expect(page.locator('.article-body')).toBeVisible();
  };
  await leave();
  overlay['/data/sections/sahoe/1.json'] = nativeList(nativeArticles(41));
  await page.clock.setFixedTime('2026-11-23T09:04:00+09:00');
  await page.goBack();
  await expect(page.locator('.content .story-headline').first()).toHaveText('지어낸 기사 40');
  await leave();
  await page.clock.setFixedTime('2026-11-23T09:06:00+09:00');
  await page.goBack();
  await expect(page.locator('.content .story-headline').first()).toHaveText('지어낸 기사 40');
  await expect.poll(() => site.count('/data/sections/sahoe/1.json')).toBe(2);
  await idle(page);
  await leave();
  await page.goBack();
  await expect(page.locator('.content .story-headline').first()).toHaveText('지어낸 기사 41');
  expect(site.count('/data/sections/sahoe/1.json')).toBe(2);
});
