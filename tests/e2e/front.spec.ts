/** The front page that editors make, its layouts, and the line of breaking news. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DIST, expect, failing, GISA, idle, nativeArticles, nativeBackend, open, send, settled, siteJson, test, type Handler, type Overlay, type Page } from './support.ts';
import { withBreaking } from './states.ts';

const BREAKING = { text: '여울대교 양방향 통제', id: '10203' };
const HOUR = 3_600_000;
const after = (milliseconds: number): string => new Date(Date.now() + milliseconds).toISOString();

/** The addresses of the stories on the front page and in the boxes beside it. A ranking may name any story. */
const stories = (page: Page): Promise<string[]> =>
  page
    .locator(':is(.lead-story-headline, .story-headline, .headlines, .photo-grid) a')
    .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).pathname));

/** Where each story stands: the heading of its part, and its address. */
const places = (page: Page): Promise<string[]> =>
  page
    .locator(':is(.lead-story-headline, .story-headline, .headlines, .photo-grid) a')
    .evaluateAll((links) => links.map((link) => `${link.closest('section')?.querySelector('h2')?.textContent ?? 'top'} ${(link as HTMLAnchorElement).pathname}`));

async function awake(page: Page): Promise<void> {
  await page.waitForSelector('html[data-awake]', { state: 'attached' });
}

/** The edition of the demo newspaper with these settings and this line of breaking news. */
function edition(line: object, settings: object = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'gisa-front-'));
  for (const name of ['assets', 'data', 'icon.svg', 'theme.css']) cpSync(join(DIST, name), join(folder, name), { recursive: true });
  writeFileSync(join(folder, '200.html'), readFileSync(join(DIST, '200.html')));
  const mapping = { resources: { breaking: { url: 'breaking.json' } } };
  writeFileSync(join(folder, 'site.json'), JSON.stringify(siteJson({ backend: { mapping }, ...settings })));
  writeFileSync(join(folder, 'breaking.json'), JSON.stringify(line));
  execFileSync(GISA, ['prerender', folder]);
  return folder;
}

/** Sums up every shift from the first paint on, as `layout-shift` reports them. */
async function watchShifts(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    Object.assign(window, { gisaShift: 0 });
    new PerformanceObserver((list) => {
      for (const { value } of list.getEntries() as any[]) (window as any).gisaShift += value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  return () => page.evaluate(() => new Promise<number>((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done((window as any).gisaShift))))));
}

// --------------------------------------------------------------------------------------------------------- the front --

test('the front of the demo shows each story once', async ({ page, start, browser }) => {
  const site = await start({ written: true });
  // As it is written.
  const context = await browser.newContext({ javaScriptEnabled: false });
  const plain = await context.newPage();
  await plain.goto(site.url);
  const written = await places(plain);
  const addresses = await stories(plain);
  expect(addresses.length).toBe(3 + 8 + 6 * 4 + 4);
  expect(new Set(addresses).size).toBe(addresses.length);
  expect(addresses.slice(0, 3)).toEqual(['10201', '10208', '10223'].map((id) => `/articles/${id}/`));
  await context.close();
  // After the program has taken it over, and has asked for everything again.
  await page.goto(site.url);
  await awake(page);
  await idle(page);
  expect(await places(page)).toEqual(written);
  // On the way to an article and back, nothing of the front page stays in the boxes beside it, and it is there again.
  await page.locator('.lead-story-headline a').click();
  await expect(page.locator('.article-body')).toBeVisible();
  await idle(page);
  await expect(page.locator('.photo-grid a').first()).toHaveAttribute('href', '/articles/10235/');
  await page.goBack();
  await idle(page);
  expect(await places(page)).toEqual(written);
  // On a page that was not written.
  const empty = await start();
  await open(page, empty.url);
  await idle(page);
  expect(await places(page)).toEqual(written);
});

test('the stories that the editors made large have large pictures, and stand below the lead', async ({ page, site }) => {
  await open(page, site.url);
  await expect(page.locator('.front-stories .large')).toHaveCount(2);
  const boxes = await page.locator('.front-stories .large .thumbnail').evaluateAll((pictures) => pictures.map((picture) => picture.getBoundingClientRect()));
  for (const { width } of boxes) expect(width).toBeGreaterThan(250);
  expect(boxes[0]!.top).toBe(boxes[1]!.top);
});

test('a section whose stories all stand above is left out', async ({ page, start }) => {
  const site = await start({ overlay: nativeBackend(nativeArticles(6)) });
  await open(page, site.url);
  await idle(page);
  await expect(page.locator('.front-section').filter({ hasText: '사회' })).toBeHidden();
  // The others have no stories at all.
  await expect(page.locator('.front-section .empty')).toHaveCount(5);
});

test('a front that can not be loaded leaves the newest story with a picture as the lead', async ({ page, start, complaints }) => {
  complaints.allow(/status of 500/, /gisa: resource `front`/);
  const articles = nativeArticles(6, (number) => (number === 4 ? { image: { url: 'images/harbor-dawn.svg', width: 1200, height: 800 } } : {}));
  const mapping = { resources: { front: { url: 'front.json', items: 'body', articleId: '@' } } };
  const overlay: Overlay = { ...nativeBackend(articles), '/site.json': siteJson({ backend: { mapping } }), '/front.json': failing(500) };
  const site = await start({ overlay });
  await open(page, site.url);
  await expect(page.locator('.lead-story-headline')).toHaveText('지어낸 기사 4');
  await expect(page.locator('.load-failure')).toHaveCount(0);
});

test('a front that does not answer keeps nobody waiting', async ({ page, start, complaints }) => {
  complaints.allow(/gisa: resource `front`/);
  const mapping = { resources: { front: { url: 'front.json', items: 'body', articleId: '@' } } };
  const site = await start({ overlay: { '/site.json': siteJson({ backend: { mapping } }), '/front.json': () => {} } });
  await page.goto(site.url);
  await expect(page.locator('.lead-story')).toBeVisible({ timeout: 4_000 });
});

for (const layout of ['lead', 'list', 'photos']) {
  test(`the layout ${layout} fits into any window, also with large text`, async ({ page, start }) => {
    const site = await start({ overlay: { '/site.json': siteJson({ front: { layout } }) } });
    await open(page, site.url);
    for (const [width, size] of [[320, '100%'], [320, '200%'], [768, '200%'], [1280, '100%'], [1920, '100%']] as const) {
      await page.setViewportSize({ width, height: 900 });
      await page.evaluate((size) => document.documentElement.style.setProperty('font-size', size), size);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide, `${width} ${size}`).toBeLessThanOrEqual(width);
    }
  });
}

// ----------------------------------------------------------------------------------------------------- breaking news --

test('a line of breaking news is written into every page, moves nothing, and disappears at its end without the program', async ({ page, start, complaints }) => {
  complaints.allow(/503/, /Failed/, /SRI/, /gisa: the program ended/);
  const folder = edition({ ...BREAKING, until: after(HOUR) });
  const site = await start({ dist: folder, written: true, overlay: { '/assets/gisa*': (_, response) => void response.writeHead(503).end() } });
  await page.clock.install();
  const shift = await watchShifts(page);
  for (const path of ['', 'articles/10203/', 'sections/sahoe/', 'search/']) {
    await page.goto(site.at(path));
    const line = page.locator('.breaking');
    await expect(line).toBeVisible();
    await expect(line).toHaveText('속보 여울대교 양방향 통제');
    await expect(line.locator('a')).toHaveAttribute('href', '/articles/10203/');
    const [top, name] = await Promise.all([line.boundingBox(), page.locator('.masthead-name').boundingBox()]);
    expect(top!.y).toBeLessThan(name!.y);
    await page.clock.fastForward(HOUR - 60_000);
    await expect(line).toBeVisible();
    await page.clock.fastForward(120_000);
    await expect(line).toBeHidden();
    expect(await page.locator('.masthead-name').boundingBox()).toEqual(name);
    expect(await shift(), path).toBeLessThan(0.001);
    await page.clock.setSystemTime(Date.now());
  }
  await page.goto(site.at('articles/10203/print/'));
  await expect(page.locator('.breaking')).toHaveCount(0);
  rmSync(folder, { recursive: true });
});

test('a line that a page was written with is not announced, and is there on the next page', async ({ page, start }) => {
  const folder = edition({ ...BREAKING, until: after(HOUR) });
  const site = await start({ dist: folder, written: true });
  const shift = await watchShifts(page);
  await page.goto(site.url);
  await awake(page);
  await idle(page);
  await expect(page.locator('[aria-live=polite]')).toHaveText('');
  expect(await shift()).toBeLessThan(0.02);
  await page.locator('.lead-story-headline a').click();
  await expect(page.locator('.article-body')).toBeVisible();
  await expect(page.locator('.breaking')).toHaveText('속보 여울대교 양방향 통제');
  await expect(page.locator('.breaking')).not.toHaveAttribute('data-late');
  rmSync(folder, { recursive: true });
});

test('a line that comes while a page is read moves nothing, is announced, and stands above the next page', async ({ page, start }) => {
  const folder = edition({});
  const overlay: Overlay = { '/breaking.json': { ...BREAKING, until: after(HOUR) } };
  const site = await start({ dist: folder, written: true, overlay });
  const shift = await watchShifts(page);
  await page.addInitScript(() => {
    const said: string[] = [];
    Object.assign(window, { gisaSaid: said });
    new MutationObserver(() => said.push(document.querySelector('[aria-live=polite]')?.textContent ?? '')).observe(document, { childList: true, characterData: true, subtree: true });
  });
  await page.goto(site.at('articles/10203/'));
  await awake(page);
  const line = page.locator('.breaking');
  await expect(line).toHaveText('속보 여울대교 양방향 통제');
  await expect.poll(() => page.evaluate(() => (window as any).gisaSaid)).toContain('속보 여울대교 양방향 통제');
  const box = await line.boundingBox();
  expect(box!.y + box!.height).toBeCloseTo(800, 0);
  expect(await shift()).toBeLessThan(0.001);
  await page.locator('.neighbours a').first().click();
  await expect(page).not.toHaveURL(/10203/);
  await expect(page.locator('.article-body')).toBeVisible();
  await settled(page);
  expect((await line.boundingBox())!.y).toBeLessThan(50);
  rmSync(folder, { recursive: true });
});

test('a line ends by itself while a page is open, and is gone on the next', async ({ page, start, complaints }) => {
  // Its end is over.
  complaints.allow(/gisa: .*breaking/);
  // It ends soon after it is first asked for.
  let until: string | undefined;
  const short: Handler = (_, response) => send(response, 200, 'application/json', JSON.stringify({ ...BREAKING, until: (until ??= after(4_000)) }));
  const site = await start({ overlay: withBreaking(short) });
  await page.goto(site.at('articles/10203/'));
  const line = page.locator('.breaking');
  await expect(line).toBeVisible({ timeout: 15_000 });
  await expect(line).toBeHidden();
  await expect(line).toHaveCount(1);
  await page.locator('.neighbours a').first().click();
  await expect(line).toHaveCount(0);
});

for (const [name, line] of [
  ['no end', BREAKING],
  ['an end that is over', { ...BREAKING, until: after(-1000) }],
  ['an end that is far ahead', { ...BREAKING, until: after(9 * 24 * HOUR) }],
  ['an end that is no date', { ...BREAKING, until: 'soon' }],
  ['another shape', [7]],
] as const) {
  test(`breaking news with ${name} is not shown, and the console says so`, async ({ page, start, complaints }) => {
    complaints.allow(/gisa: .*breaking/);
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    const site = await start({ overlay: withBreaking(line) });
    await open(page, site.url);
    await idle(page);
    await expect(page.locator('.breaking')).toHaveCount(0);
    expect(said.some((text) => text.startsWith('gisa:') && text.includes('breaking'))).toBe(true);
  });
}

test('breaking news is text, whatever it contains', async ({ page, start }) => {
  const site = await start({ overlay: withBreaking({ text: '<img src=x onerror=alert(1)>', url: 'https://live.example/', until: after(HOUR) }) });
  await open(page, site.url);
  await expect(page.locator('.breaking a')).toHaveText('<img src=x onerror=alert(1)>');
  await expect(page.locator('.breaking a')).toHaveAttribute('href', 'https://live.example/');
});
