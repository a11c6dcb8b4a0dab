/** Everything can be reached and used by Tab and Enter alone, and who does so always knows where they are. */
import { expect, Gate, isSameDocument, markDocument, nativeArticles, nativeBackend, open, PAGES, settled, siteJson, test, type Page } from './support.ts';

/** Presses Tab until the focused element matches; fails when the keys run out of page. */
async function tabTo(page: Page, selector: string, text?: string): Promise<void> {
  for (let presses = 0; presses < 150; presses += 1) {
    await page.keyboard.press('Tab');
    const there = await page.evaluate(
      ([selector, text]) => {
        const active = document.activeElement;
        return active?.matches(selector!) === true && (text === undefined || active.textContent?.trim() === text);
      },
      [selector, text],
    );
    if (there) return;
  }
  throw new Error(`Tab never came to ${selector} ${text ?? ''}`);
}

interface Stop {
  what: string;
  /** Whether it lies inside the window and can be seen there. */
  inView: boolean;
  outlined: boolean;
}

/** Presses Tab from the top to the end of the page, and tells where the focus was. */
async function tabThrough(page: Page): Promise<Stop[]> {
  const stops: Stop[] = [];
  for (let presses = 0; presses < 200; presses += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const active = document.activeElement;
      if (!active || active === document.body) return null;
      const box = active.getBoundingClientRect();
      const style = getComputedStyle(active);
      const first = active.getClientRects()[0] ?? box;
      const [x, y] = [first.left + first.width / 2, first.top + first.height / 2];
      const top = document.elementFromPoint(x, y);
      return {
        what: `${active.tagName.toLowerCase()}.${active.className} ${(active.textContent ?? '').trim().slice(0, 30)}`,
        inView: box.width > 0 && box.height > 0 && top !== null && (active.contains(top) || top.contains(active)),
        outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
      };
    });
    if (stop === null) return stops;
    stops.push(stop);
  }
  throw new Error('Tab never leaves the page');
}

for (const [name, path] of Object.entries(PAGES)) {
  test(`${name}: Tab comes by every control in the order of the page, each visibly focused`, async ({ page, site }) => {
    await open(page, site.at(path));
    // What the picture of the page shows in order is what the document has in order.
    const controls = await page.evaluate(() => {
      const selector = 'a[href], button:not(:disabled), input, select, [tabindex="0"]';
      return [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility({ visibilityProperty: true })).length;
    });
    const stops = await tabThrough(page);
    expect(stops.length).toBe(controls);
    expect(stops.filter((stop) => !stop.inView)).toEqual([]);
    expect(stops.filter((stop) => !stop.outlined)).toEqual([]);
  });
}

test('the skip link is first, is seen when it has the focus, and leads past the navigation', async ({ page, site }) => {
  await open(page, site.at(PAGES.section));
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: '본문으로 건너뛰기' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport({ ratio: 1 });
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('main').getByRole('link').first()).toBeFocused();
  // It is no page of its own: Back does not come by it.
  await expect(page).toHaveURL(site.at(PAGES.section));
});

test('the skip link works again on the next page', async ({ page, site }) => {
  await open(page, site.url);
  await tabTo(page, '.section-nav a', '사회');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await page.locator('.skip-link').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('main').getByRole('link').first()).toBeFocused();
});

test('a reader without a mouse reads from the front page to the ranking, the photos, a section and the search', async ({ page, site }) => {
  await open(page, site.url);
  await markDocument(page);
  await tabTo(page, '.lead-story a');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/articles\/\d+\/$/);
  await settled(page);
  await tabTo(page, 'a.to-the-list');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/sections\/\w+\/$/);
  await settled(page);
  await tabTo(page, '.sidebar-box-more a', '많이 본 뉴스 더보기');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(site.at('ranking/'));
  await settled(page);
  await page.locator('.skip-link').focus();
  await tabTo(page, '.tabs a', '이번 달');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(site.at('ranking/month/'));
  await settled(page);
  await tabTo(page, '.sidebar-box-more a', '포토뉴스 더보기');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(site.at('photos/'));
  await settled(page);
  await tabTo(page, '.pager a', '다음 쪽');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(site.at('photos/page/2/'));
  await page.locator('.skip-link').focus();
  await tabTo(page, '.section-nav a', '검색');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(site.at('search/'));
  await settled(page);
  await tabTo(page, 'main input[type=search]');
  await page.keyboard.type('gul');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(site.at('search/?q=gul'));
  expect(await isSameDocument(page)).toBe(true);
});

test('the tools of an article work by keyboard: recommend, embed, table, footer', async ({ page, start }) => {
  const site = await start({
    overlay: { '/site.json': siteJson({ tools: { recommend: 'api/recommend/{id}' } }), '/api/recommend/10203': {} },
  });
  await open(page, site.at(PAGES.article));
  await tabTo(page, '.embed button');
  await tabTo(page, '.embed a');
  await tabTo(page, '.recommend button');
  await page.keyboard.press('Enter');
  await expect(page.locator('.recommend button')).toHaveText('추천했습니다 144');
  // The button can't be pressed any more; the way on from it is not lost.
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: '목록 바로가기' })).toBeFocused();
  await tabTo(page, '.site-footer-version');
  await page.keyboard.press('Space');
  await expect(page.locator('.site-footer-version')).toHaveText('모바일 버전 바로가기', { useInnerText: true });
});

test.describe('on a narrow screen', () => {
  test.use({ viewport: { width: 320, height: 700 } });

  test('a wide table can be scrolled with the arrow keys', async ({ page, site }) => {
    await open(page, site.at('articles/10201/'));
    const scroller = page.locator('.table-scroll');
    const isWide = await scroller.evaluate((element) => element.scrollWidth > element.clientWidth);
    expect(isWide).toBe(true);
    await tabTo(page, '.table-scroll');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => scroller.evaluate((element) => element.scrollLeft)).toBeGreaterThan(0);
  });

  test('every section of the sideways navigation comes into view when it has the focus', async ({ page, site }) => {
    await open(page, site.at(PAGES.today));
    for (const name of ['군정·의회', '오피니언', '검색']) {
      await tabTo(page, '.section-nav a', name);
      await expect(page.locator('.section-nav').getByRole('link', { name })).toBeInViewport({ ratio: 0.99 });
    }
  });
});

/** What is announced from now on, apart from what the focus reads out. */
async function listen(page: Page): Promise<() => Promise<string[]>> {
  await page.locator('[aria-live=polite]').evaluate((region) => {
    const said = ((window as any).gisaSaid = [] as string[]);
    const note = () => void (region.textContent && said.push(region.textContent));
    new MutationObserver(note).observe(region, { childList: true, characterData: true, subtree: true });
  });
  return () => page.evaluate(() => (window as any).gisaSaid);
}

test.describe('after a link was followed', () => {
  test('the focus is on the h1, the title is new and is said once, and the page starts at its top', async ({ page, site }) => {
    await open(page, site.url);
    const announced = await listen(page);
    const link = page.locator('.front-section .story-headline a').last();
    const headline = await link.innerText();
    await link.focus();
    expect(await page.evaluate(() => window.scrollY)).toBeGreaterThan(500);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(headline);
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
    await expect(page).toHaveTitle(`${headline} – 해솔신문`);
    await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(0);
    expect(await announced(), 'the heading has the focus and is read out').toEqual([]);
    await page.keyboard.press('Tab');
    await expect(page.getByRole('main').getByRole('link').first(), 'reading goes on after the heading').not.toBeFocused();
    expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true);
  });

  test('to whatever page, the focus is on its h1 and the title is said once', async ({ page, site }) => {
    await open(page, site.url);
    const announced = await listen(page);
    const links: [name: string, selector: string, h1: string | RegExp][] = [
      ['a section', '.section-nav a[href="/sections/munhwa/"]', '문화·교육'],
      ['the ranking', '.section-nav a[href="/ranking/"]', '많이 본 뉴스'],
      ['another period of the ranking', '.tabs a[href$="month/"]', '많이 본 뉴스'],
      ['the photos', '.section-nav a[href="/photos/"]', '포토뉴스'],
      ['today', '.sidebar-box-more a[href="/today/"]', 'TOP TODAY'],
      ['an article', '.sidebar .ranked-entry-headline a, a.ranked-entry-headline', /./],
      ['the next article', '.neighbours a', /./],
      ['the search', '.section-nav a[href="/search/"]', '검색'],
      ['the front page', '.masthead-name a', '해솔신문 주요 기사'],
    ];
    for (const [name, selector, h1] of links) {
      await test.step(name, async () => {
        const before = { address: page.url(), said: (await announced()).length };
        await page.locator(selector).first().focus();
        await page.keyboard.press('Enter');
        await expect(page).not.toHaveURL(before.address);
        const heading = page.getByRole('main').getByRole('heading', { level: 1 });
        await expect(heading).toBeFocused();
        await expect(heading).toHaveText(h1);
        await settled(page);
        const title = (await page.title()).replace(/ – 해솔신문$/, '');
        await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(0);
        // The heading says it, or a part of it; then the rest is announced.
        const isRead = (await heading.innerText()).includes(title);
        await expect.poll(async () => (await announced()).slice(before.said)).toEqual(isRead ? [] : [title]);
        await expect(page.locator('[aria-live=polite]'), 'nobody meets it later').toHaveText('');
      });
    }
  });

  test('the focus stays where the reader moves it while the page is loading, and the title is said', async ({ page, start }) => {
    const list = new Gate();
    const backend = nativeBackend(nativeArticles(45));
    const second = '/data/sections/sahoe/2.json';
    const site = await start({ overlay: { ...backend, [second]: list.before(backend[second]) } });
    await open(page, site.at(PAGES.section));
    const announced = await listen(page);
    await page.locator('.pager a').focus();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/page\/2\/$/);
    const other = page.locator('.section-nav a[href="/search/"]');
    await other.focus();
    expect(await announced(), 'the page has not come yet').toEqual([]);
    list.open();
    await expect(page.locator('.story-headline').first()).toHaveText('지어낸 기사 25');
    await expect.poll(announced).toEqual(['사회 (2쪽)']);
    await expect(other).toBeFocused();
  });

  test('to the next page of a list, the focus is on the h1 of the new page', async ({ page, start }) => {
    const site = await start({ overlay: nativeBackend(nativeArticles(45)) });
    await open(page, site.at(PAGES.section));
    const announced = await listen(page);
    await page.locator('.pager a').focus();
    await page.keyboard.press('Enter');
    await expect(page.locator('.story-headline').first()).toHaveText('지어낸 기사 25');
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
    await expect.poll(announced).toEqual(['사회 (2쪽)']);
    await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(0);
  });

  test('to a page that is not there, the focus is on what says so', async ({ page, site, complaints }) => {
    complaints.allow(/the server responded with a status of/);
    await open(page, site.url);
    await page.locator('.lead-story-headline a').evaluate((link) => link.setAttribute('href', '/articles/99999/'));
    await page.locator('.lead-story-headline a').focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: '찾으시는 페이지가 없습니다' })).toBeFocused();
  });

  test('a page that could not be loaded and is tried again takes the focus to its heading', async ({ page, start, complaints }) => {
    complaints.allow(/the server responded with a status of/);
    let works = false;
    const list = nativeArticles(3);
    const backend = nativeBackend(list);
    const site = await start({
      overlay: {
        ...backend,
        '/data/sections/sahoe/1.json': (_, response) => void response.writeHead(works ? 200 : 500, { 'content-type': 'application/json' })
          .end(JSON.stringify(backend['/data/sections/sahoe/1.json'])),
      },
    });
    await open(page, site.url);
    await page.locator('.section-nav a[href="/sections/sahoe/"]').focus();
    await page.keyboard.press('Enter');
    const retry = page.getByRole('main').getByRole('button', { name: '다시 시도' });
    await expect(retry).toBeVisible();
    works = true;
    await retry.focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: '사회' })).toBeFocused();
  });
});

test('a page that was just opened leaves the focus to the browser and announces nothing new', async ({ page, site }) => {
  await open(page, site.at(PAGES.article));
  expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true);
});

test('Back puts the focus on the heading of the page that the reader returns to', async ({ page, site }) => {
  await open(page, site.at(PAGES.section));
  await page.getByRole('main').locator('.story-headline a').first().press('Enter');
  await expect(page).toHaveURL(/\/articles\//);
  await settled(page);
  const announced = await listen(page);
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1, name: '사회' })).toBeFocused();
  expect(await announced(), 'the heading has the focus and is read out').toEqual([]);
});
