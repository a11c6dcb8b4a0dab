/** What assistive tools, search engines and reader modes rely on. */
import { expect, nativeArticles, nativeBackend, open, settled, siteJson, test } from './support.ts';

test('landmarks stand in the order of the page: header, navigation, main, sidebar, footer', async ({ page, site }) => {
  await open(page, site.at('articles/10203/'));
  const order = await page.evaluate(() => {
    const marks = ['header.site-header', 'nav.section-nav', 'main', 'aside.sidebar', 'footer'].map((selector) => document.querySelector(selector)!);
    return marks.map((mark, index) => index === 0 || (marks[index - 1]!.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0);
  });
  expect(order).toEqual([true, true, true, true, true]);
  await expect(page.getByRole('banner')).toHaveCount(1);
  await expect(page.getByRole('contentinfo')).toHaveCount(1);
  await expect(page.getByRole('complementary', { name: '주요 기사 모음' })).toHaveCount(1);
});

test('an article is an article element with its parts in reading order', async ({ page, site }) => {
  await open(page, site.at('articles/10203/'));
  const article = page.getByRole('main').locator('article.article-sheet');
  await expect(article).toHaveCount(1);
  const parts = ['h1', '.article-subheads', '.article-authors', 'time', '.article-body', 'figcaption'];
  const order = await article.evaluate((element, selectors) => {
    const found = selectors.map((selector) => element.querySelector(selector)!);
    return found.map((part, index) => index === 0 || (found[index - 1]!.compareDocumentPosition(part) & 6) !== 0);
  }, parts);
  expect(order).toEqual(parts.map(() => true));
});

test('the ranked list of the sidebar and of the ranking page are read in ranked order', async ({ page, site }) => {
  await open(page, site.at('ranking/'));
  for (const list of await page.locator('ol.ranked-list').all()) {
    const positions = (await list.locator('.ranked-entry-position').allInnerTexts()).map(Number);
    expect(positions).toEqual(positions.map((_, index) => index + 1));
    // The list numbers its entries itself: the large numeral is not read out a second time.
    await expect(list.locator('.ranked-entry-position').first()).toHaveAttribute('aria-hidden', 'true');
  }
});

test('the section that an article or list belongs to is marked in the navigation, once', async ({ page, site }) => {
  const current = page.getByRole('navigation', { name: '섹션' }).locator('[aria-current]');
  for (const [path, name] of [['sections/munhwa/', '문화·교육'], ['ranking/month/', '많이 본 뉴스'], ['photos/page/2/', '포토뉴스'], ['search/?q=x', '검색']] as const) {
    await open(page, site.at(path));
    await expect(current, path).toHaveText(name);
  }
  await open(page, site.url);
  await expect(current).toHaveCount(0);
});

test('a section whose name begins another’s is not marked in its place', async ({ page, start }) => {
  const sections = [{ slug: 'sa', name: '사' }, { slug: 'sahoe', name: '사회' }];
  const site = await start({ overlay: { ...nativeBackend(nativeArticles(2)), '/site.json': siteJson({ sections }) } });
  await open(page, site.at('sections/sahoe/'));
  await expect(page.getByRole('navigation', { name: '섹션' }).locator('[aria-current]')).toHaveText('사회');
});

test('titles follow the page when the reader moves on', async ({ page, site }) => {
  await open(page, site.url);
  const navigation = page.getByRole('navigation', { name: '섹션' });
  for (const [name, title] of [['사회', '사회 – 해솔신문'], ['포토뉴스', '포토뉴스 – 해솔신문'], ['검색', '검색 – 해솔신문']] as const) {
    await navigation.getByRole('link', { name, exact: true }).click();
    await expect(page).toHaveTitle(title);
  }
  await page.locator('.masthead-name a').click();
  await settled(page);
  await expect(page).toHaveTitle('해솔신문');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the page says what is missing', async ({ page, site }) => {
    await page.goto(site.url);
    // `expect`'s own text leaves out what stands in `noscript`.
    const text = await page.locator('body').evaluate((body) => body.innerText);
    expect(text).toContain('브라우저에서 JavaScript를 켜 주세요.');
    expect(text).toContain('Please turn on JavaScript to read this newspaper.');
  });
});
