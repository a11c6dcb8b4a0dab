/** An article is on its way before the reader opens it. */
import { expect, idle, nativeArticles, nativeBackend, open, settled, test, type Page, type Server } from './support.ts';

const asked = (site: Server, id: string): number => site.count(`/data/articles/${id}.json`);
const link = (page: Page, number: number) => page.locator('.content').getByRole('link', { name: `지어낸 기사 ${number}`, exact: true });

test.beforeEach(async ({ page }) => {
  // The idle prefetch of an article page is tested by itself.
  await page.setViewportSize({ width: 1280, height: 1600 });
});

test('resting the pointer on a link fetches its article, and opening it asks no more', async ({ page, start }) => {
  const site = await start({ overlay: nativeBackend(nativeArticles(10)) });
  await open(page, site.at('sections/sahoe/'));
  await link(page, 5).hover();
  await expect.poll(() => asked(site, 'a5')).toBe(1);
  await idle(page);
  await link(page, 5).click();
  await expect(page.locator('.article-headline')).toHaveText('지어낸 기사 5');
  await settled(page);
  expect(asked(site, 'a5')).toBe(1);
});

test('the focus on a link fetches its article', async ({ page, start }) => {
  const site = await start({ overlay: nativeBackend(nativeArticles(10)) });
  await open(page, site.at('sections/sahoe/'));
  await link(page, 7).focus();
  await expect.poll(() => asked(site, 'a7')).toBe(1);
});

test('a pointer that passes over links fetches none of them', async ({ page, start }) => {
  const site = await start({ overlay: nativeBackend(nativeArticles(10)) });
  await open(page, site.at('sections/sahoe/'));
  // All in one turn of the browser: faster than any hand, as a sweep over the list is.
  await page.evaluate(() => {
    for (const link of document.querySelectorAll('.content .story-headline a')) link.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
    document.body.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
  });
  await link(page, 3).hover();
  await expect.poll(() => asked(site, 'a3')).toBe(1);
  expect(site.count(/^\/data\/articles\//)).toBe(1);
});

test('an article page fetches the article to go on to when the browser is idle', async ({ page, start }) => {
  const site = await start({ overlay: nativeBackend(nativeArticles(10)) });
  await open(page, site.at('articles/a5/'));
  await expect(page.locator('.neighbours a[rel=next]')).toBeVisible();
  await expect.poll(() => asked(site, 'a6')).toBe(1);
  expect(asked(site, 'a4')).toBe(0);
});

test('a reader who saves data is spared all of it', async ({ page, start }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, 'connection', { value: { saveData: true } }));
  const site = await start({ overlay: nativeBackend(nativeArticles(10)) });
  await open(page, site.at('articles/a5/'));
  const next = page.locator('.neighbours a[rel=next]');
  await next.focus();
  await next.click();
  await expect(page.locator('.article-headline')).toHaveText('지어낸 기사 6');
  await settled(page);
  expect(site.requests.filter(({ path }) => /^\/data\/articles\//.test(path)).map(({ path }) => path)).toEqual(['/data/articles/a5.json', '/data/articles/a6.json']);
});

test('an article that can’t be had is fetched in vain, without a word, until the reader opens it', async ({ page, start, complaints }) => {
  complaints.allow(/Failed to load resource/);
  const overlay = nativeBackend(nativeArticles(10));
  delete overlay['/data/articles/a5.json'];
  const site = await start({ overlay });
  await open(page, site.at('sections/sahoe/'));
  await link(page, 5).hover();
  await expect.poll(() => asked(site, 'a5')).toBe(1);
  await expect(page.getByRole('alert')).toHaveCount(0);
  await idle(page);
  await link(page, 5).click();
  await expect(page.locator('main h1')).toHaveText('찾으시는 페이지가 없습니다');
  expect(asked(site, 'a5')).toBe(2);
});
