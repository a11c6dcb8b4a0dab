/** Moving about: places on the page, addresses, sub-paths, narrow windows, large text, the reader's settings. */
import {
  demo, expect, idle, isSameDocument, markDocument, nativeArticles, nativeBackend, open, PAGES, settled, siteJson, test,
  type Locator, type Overlay, type Page, type Server,
} from './support.ts';

const scrollY = (page: Page) => page.evaluate(() => window.scrollY);

/** Scrolls as far down as asked, and waits until the page says so. */
async function scrollTo(page: Page, place: number): Promise<void> {
  await page.evaluate(
    (place) =>
      new Promise<void>((done) => {
        window.addEventListener('scroll', () => requestAnimationFrame(() => done()), { once: true });
        window.scrollTo(0, place);
      }),
    place,
  );
  expect(await scrollY(page)).toBe(place);
}

/** Follows a link where it is: a click would scroll to it first. */
const follow = (link: Locator) => link.evaluate((element: HTMLElement) => element.click());

/** A page of some other site. */
const OTHER = '<!doctype html><title>Other</title><link rel="icon" href="data:,"><h1>Other</h1>';

async function expectPlace(page: Page, place: number): Promise<void> {
  await expect.poll(async () => Math.abs((await scrollY(page)) - place), { message: `at ${place} px` }).toBeLessThanOrEqual(4);
}

/** What was asked of the backend, since some moment. */
const data = (site: Server, from = 0) => site.requests.slice(from).map((seen) => seen.path).filter((path) => path.endsWith('.json'));

test.describe('Back', () => {
  test('from an article lands on the front page where the reader was, at once', async ({ page, site }) => {
    await open(page, site.url);
    await markDocument(page);
    const link = page.locator('.front-section .story-headline a').nth(9);
    const href = await link.getAttribute('href');
    const place = await link.evaluate((element) => Math.round(element.getBoundingClientRect().top + window.scrollY - 300));
    await scrollTo(page, place);
    const requested = data(site).filter((path) => path.includes('/latest/') || path.includes('/sections/'));
    await link.click();
    await expect(page).toHaveURL(new RegExp(`${href}$`));
    await settled(page);
    await expectPlace(page, 0);
    const before = site.requests.length;
    await page.goBack();
    await settled(page);
    await expectPlace(page, place);
    await expect(page.locator(`.front-section a[href="${href}"]`).first()).toBeInViewport();
    // From memory: nothing that was there is asked for again.
    expect(data(site, before).filter((path) => requested.includes(path))).toEqual([]);
    expect(await isSameDocument(page)).toBe(true);
  });

  test('never shows the page’s outline instead of what is in memory', async ({ page, site }) => {
    await open(page, site.at(PAGES.section));
    await page.locator('.story-headline a').first().click();
    await expect(page.locator('.article-headline')).toBeVisible();
    await settled(page);
    // Every frame from now on is looked at.
    await page.evaluate(() => {
      (window as any).outlines = 0;
      const look = () => {
        if (document.querySelector('main .list-skeleton')) (window as any).outlines += 1;
        requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
    await page.goBack();
    await expect(page.locator('.story-list').first()).toBeVisible();
    await expect(page.getByRole('heading', { level: 1, name: '사회' })).toBeVisible();
    expect(await page.evaluate(() => (window as any).outlines)).toBe(0);
  });

  test('returns to the second page of a section where the reader was, without asking again', async ({ page, start }) => {
    const site = await start({ overlay: nativeBackend(nativeArticles(65)) });
    await open(page, site.at(PAGES.section));
    await scrollTo(page, 400);
    await follow(page.getByRole('link', { name: '다음 쪽' }));
    await expect(page.locator('.story-headline').first()).toHaveText('지어낸 기사 45');
    await expectPlace(page, 0);
    await scrollTo(page, 700);
    await follow(page.locator('.story-headline a', { hasText: '지어낸 기사 38' }));
    await expect(page.locator('.article-headline')).toHaveText('지어낸 기사 38');
    // The article to go on to is fetched when the browser is idle, which may be long after the network is.
    await expect.poll(() => site.count('/data/articles/a39.json')).toBe(1);
    await idle(page);
    const before = site.requests.length;
    await page.goBack();
    await expect(page.locator('.story-headline').first()).toHaveText('지어낸 기사 45');
    await expectPlace(page, 700);
    expect(data(site, before)).toEqual([]);
    await page.goBack();
    await expect(page.locator('.story-headline').first()).toHaveText('지어낸 기사 65');
    await expectPlace(page, 400);
    expect(data(site, before)).toEqual([]);
  });

  test('and Forward return to the place on each page', async ({ page, site }) => {
    await open(page, site.url);
    await scrollTo(page, 350);
    await follow(page.locator('.section-nav a[href="/sections/sahoe/"]'));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('사회');
    await settled(page);
    await scrollTo(page, 250);
    await page.goBack();
    await settled(page);
    await expectPlace(page, 350);
    await page.goForward();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('사회');
    await expectPlace(page, 250);
    await expect(page).toHaveTitle('사회 – 해솔신문');
  });

  test('tells two visits of the same page apart', async ({ page, site }) => {
    await open(page, site.url);
    await scrollTo(page, 900);
    await follow(page.locator('.front-section .story-headline a').first());
    await expect(page.locator('.article-headline')).toBeVisible();
    await settled(page);
    // The front page again, by a link: a new visit, from the top.
    await page.locator('.masthead-name a').click();
    await expect(page.locator('.lead-story')).toBeVisible();
    await settled(page);
    await expectPlace(page, 0);
    await scrollTo(page, 120);
    await page.goBack();
    await expect(page.locator('.article-headline')).toBeVisible();
    await page.goBack();
    await expect(page.locator('.lead-story')).toBeVisible();
    await settled(page);
    await expectPlace(page, 900);
  });

  test('returns to the place on a page whose own link was followed on it', async ({ page, site }) => {
    await open(page, site.at(PAGES.section));
    await scrollTo(page, 500);
    await follow(page.locator('.section-nav a[href="/sections/sahoe/"]'));
    await expectPlace(page, 0);
    await settled(page);
    await scrollTo(page, 300);
    await follow(page.locator('.story-headline a').first());
    await expect(page.locator('.article-headline')).toBeVisible();
    await page.goBack();
    await expect(page.getByRole('heading', { level: 1, name: '사회' })).toBeVisible();
    await expectPlace(page, 300);
  });

  test('from another site returns to the place, too', async ({ page, site, start }) => {
    const elsewhere = await start({ overlay: { '/other.html': OTHER } });
    await open(page, site.at(PAGES.section));
    await scrollTo(page, 500);
    await page.goto(elsewhere.at('other.html'));
    await page.goBack();
    await settled(page);
    await expectPlace(page, 500);
  });

  test('through many pages comes by each of them', async ({ page, site }) => {
    await open(page, site.url);
    const headings: string[] = [];
    for (const name of ['군정·의회', '사회', '포토뉴스', '검색']) {
      await page.getByRole('navigation', { name: '섹션' }).getByRole('link', { name, exact: true }).click();
      await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toHaveText(name);
      headings.unshift(name);
    }
    for (const name of headings) {
      await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toHaveText(name);
      await page.goBack();
    }
    await expect(page).toHaveURL(site.url);
    await expect(page.locator('.lead-story')).toBeVisible();
  });
});

test('a reload keeps the place', async ({ page, site }) => {
  await open(page, site.at(PAGES.article));
  await scrollTo(page, 600);
  await page.reload();
  await settled(page);
  await expectPlace(page, 600);
});

test('an address that is typed starts at the top, wherever the reader was on that page before', async ({ page, site }) => {
  await open(page, site.at(PAGES.section));
  await scrollTo(page, 500);
  await open(page, site.at(PAGES.article));
  await open(page, site.at(PAGES.section));
  await expectPlace(page, 0);
});

test('to the list returns to the list where the reader left it', async ({ page, start }) => {
  const site = await start({ overlay: nativeBackend(nativeArticles(45)) });
  await open(page, site.at('sections/sahoe/page/2/'));
  await scrollTo(page, 600);
  await follow(page.locator('.story-headline a', { hasText: '지어낸 기사 20' }));
  await expect(page.locator('.article-headline')).toHaveText('지어낸 기사 20');
  await settled(page);
  await page.getByRole('link', { name: '목록 바로가기' }).click();
  await expect(page).toHaveURL(site.at('sections/sahoe/page/2/'));
  await expect(page.locator('.story-headline').first()).toHaveText('지어낸 기사 25');
  await expectPlace(page, 600);
});

test('to the list returns to a list whose name is Hangul, and from a footnote opens the list', async ({ page, start }) => {
  const fields = { articleSection: [{ name: '문화', slug: '문화' }], articleBody: '<p>글<a href="#fn1">1</a></p><p id="fn1">각주</p>' };
  const site = await start({ overlay: nativeBackend(nativeArticles(45, () => fields)) });
  await open(page, site.at('sections/문화/page/2/'));
  await scrollTo(page, 600);
  await follow(page.locator('.story-headline a', { hasText: '지어낸 기사 20' }));
  await expect(page.locator('.article-headline')).toHaveText('지어낸 기사 20');
  await settled(page);
  await page.getByRole('link', { name: '목록 바로가기' }).click();
  await expect(page.locator('.story-headline').first()).toHaveText('지어낸 기사 25');
  await expectPlace(page, 600);
  await follow(page.locator('.story-headline a', { hasText: '지어낸 기사 20' }));
  await expect(page.locator('.article-headline')).toHaveText('지어낸 기사 20');
  await settled(page);
  await page.locator('.article-body a').click();
  await page.getByRole('link', { name: '목록 바로가기' }).click();
  await expect(page.locator('.story-headline').first()).toHaveText('지어낸 기사 45');
});

test('to the list opens the list for who came from somewhere else', async ({ page, site }) => {
  await open(page, site.at('sections/munhwa/'));
  await page.locator('.sidebar .ranked-entry-headline').first().click();
  await expect(page.locator('.article-headline')).toBeVisible();
  await page.getByRole('link', { name: '목록 바로가기' }).click();
  const section = demo('data/ranking/week.json').items[0].article.articleSection[0].slug;
  await expect(page).toHaveURL(site.at(`sections/${section}/`));
  await expectPlace(page, 0);
});

test('to the list works after the reader went on to the next article', async ({ page, start }) => {
  const site = await start({ overlay: nativeBackend(nativeArticles(45)) });
  await open(page, site.at('sections/sahoe/page/2/'));
  await follow(page.locator('.story-headline a', { hasText: '지어낸 기사 20' }));
  await expect(page.locator('.article-headline')).toHaveText('지어낸 기사 20');
  await page.locator('a[rel~=prev].neighbour').click();
  await expect(page.locator('.article-headline')).toHaveText('지어낸 기사 19');
  await page.getByRole('link', { name: '목록 바로가기' }).click();
  await expect(page).toHaveURL(/\/sections\/sahoe\//);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('사회');
});

test.describe('links', () => {
  test('between pages load no document', async ({ page, site }) => {
    await open(page, site.url);
    await markDocument(page);
    const documents: string[] = [];
    page.on('request', (request) => request.isNavigationRequest() && documents.push(request.url()));
    for (const [selector, heading] of [
      ['.lead-story a', /./],
      ['.article-section a', /./],
      ['.story-headline a', /./],
      ['a[rel~=prev].neighbour, a[rel~=next].neighbour', /./],
      // The first one is also the first of the ranking.
      ['.others li + li a', /./],
      ['.sidebar .ranked-entry-headline', /./],
      ['.photo-grid a', /./],
      ['.sidebar-box-more a', /./],
      ['.section-nav a[href="/search/"]', /검색/],
      ['.masthead-name a', /./],
    ] as const) {
      const before = page.url();
      await page.locator(selector).first().click();
      await expect(page, selector).not.toHaveURL(before);
      await settled(page);
      await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toHaveText(heading);
    }
    expect(documents).toEqual([]);
    expect(await isSameDocument(page)).toBe(true);
  });

  test('in the text of an article to another article of the newspaper load no document', async ({ page, site }) => {
    await open(page, site.at('articles/10201/'));
    await markDocument(page);
    await page.locator('.article-body').getByRole('link', { name: '다음 달 시작하는 버스 노선 개편' }).click();
    await expect(page).toHaveURL(site.at('articles/10204/'));
    await settled(page);
    expect(await isSameDocument(page)).toBe(true);
  });

  test('in the text of an article to a file or an old address of the newspaper are the host’s', async ({ page, start }) => {
    const overlay: Overlay = nativeBackend(nativeArticles(1));
    const site = await start({ overlay });
    const link = `<p><a href="${site.at('news/view.php?no=7')}">옛 기사</a></p>`;
    overlay['/data/articles/a1.json'] = { ...nativeArticles(1)[0], articleBody: link };
    overlay['/news/view.php'] = (_, response) => void response.writeHead(301, { location: '/terms.html' }).end();
    overlay['/terms.html'] = OTHER;
    await open(page, site.at('articles/a1/'));
    await page.getByRole('link', { name: '옛 기사' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Other');
  });

  test('pressed with Ctrl, with Shift or with the middle button are left to the browser', async ({ page, context, site }) => {
    await open(page, site.url);
    const link = page.locator('.lead-story-headline a');
    const href = await link.getAttribute('href');
    for (const press of [{ modifiers: ['Control' as const] }, { modifiers: ['Shift' as const] }, { button: 'middle' as const }]) {
      const [opened] = await Promise.all([context.waitForEvent('page'), link.click(press)]);
      await expect(opened).toHaveURL(new RegExp(`${href}$`));
      await settled(opened);
      await opened.close();
      await expect(page).toHaveURL(site.url);
    }
  });

  test('to the list pressed with Ctrl opens the list beside the article', async ({ page, context, site }) => {
    await open(page, site.at('sections/sahoe/'));
    await page.locator('.story-headline a').first().click();
    await expect(page.locator('.article-headline')).toBeVisible();
    const article = page.url();
    const link = page.getByRole('link', { name: '목록 바로가기' });
    const [opened] = await Promise.all([context.waitForEvent('page'), link.click({ modifiers: ['Control'] })]);
    await expect(opened).toHaveURL(/\/sections\//);
    await expect(page).toHaveURL(article);
  });

  test('to other sites leave the newspaper', async ({ page, start }) => {
    const elsewhere = await start({ overlay: { '/other.html': OTHER } });
    const banner = { ...siteJson().sidebar[3].banners[0], url: elsewhere.at('other.html') };
    const site = await start({ overlay: { '/site.json': siteJson({ sidebar: [{ box: 'banners', banners: [banner] }] }) } });
    await open(page, site.url);
    await page.locator('.banners a').click();
    await expect(page).toHaveURL(elsewhere.at('other.html'));
    await page.goBack();
    await settled(page);
    await expect(page.locator('.lead-story')).toBeVisible();
  });

  test('of the footer that lie beside the app, not in it, are loaded from the server', async ({ page, start }) => {
    const footer = { links: [{ name: '약관', url: 'terms.html' }] };
    const site = await start({
      overlay: { '/site.json': siteJson({ footer }), '/terms.html': OTHER.replaceAll('Other', '이용 약관') },
    });
    await open(page, site.at(PAGES.article));
    await page.getByRole('link', { name: '약관' }).click();
    await expect(page).toHaveURL(site.at('terms.html'));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('이용 약관');
  });
});

test('addresses without their last slash show the page, too', async ({ page, site }) => {
  for (const path of ['articles/10203', 'sections/sahoe', 'ranking', 'photos', 'today', 'search?q=x', 'articles/10203/print']) {
    await open(page, site.at(path));
    await expect(page.getByRole('heading', { level: 1 }), path).not.toHaveText('찾으시는 페이지가 없습니다');
  }
});

test('an id with signs of its own has an address of its own', async ({ page, start }) => {
  const id = '2026/기사 #1?';
  const articles = nativeArticles(1, () => ({ id }));
  const backend = nativeBackend(articles);
  const site = await start({
    overlay: backend,
    routes: (request, response) => {
      // Whatever way the id is written in the request, it is the same id.
      if (!decodeURIComponent(request.url ?? '').includes(`/data/articles/${id}.json`)) return false;
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(articles[0]));
      return true;
    },
  });
  await open(page, site.url);
  await page.locator('.lead-story-headline a').click();
  await expect(page.locator('.article-headline')).toHaveText('지어낸 기사 1');
  await page.reload();
  await settled(page);
  await expect(page.locator('.article-headline')).toHaveText('지어낸 기사 1');
});

test('a page has elements of its own, and none of the page before it', async ({ page, site }) => {
  await open(page, site.at(PAGES.article));
  const kept = (): Promise<number> => page.evaluate(() => [...document.querySelectorAll('main *')].filter((element) => (element as any).gisaTestMark).length);
  for (const link of ['.neighbours a', '.neighbours a', '.to-the-list']) {
    await page.evaluate(() => document.querySelectorAll('main *').forEach((element) => ((element as any).gisaTestMark = true)));
    const from = page.url();
    await page.locator(link).first().click();
    await expect(page).not.toHaveURL(from);
    await settled(page);
    await expect.poll(kept).toBe(0);
  }
});

test.describe('where the router would do otherwise than a browser', () => {
  test('the address is that of the link, to the letter', async ({ page, site, complaints }) => {
    complaints.allow(/the server responded with a status of/);
    await open(page, site.url);
    await markDocument(page);
    const link = page.locator('.lead-story-headline a');
    await link.evaluate((link) => link.setAttribute('href', '/articles/100%2525/'));
    await link.click();
    await expect(page.getByRole('heading', { level: 1, name: '찾으시는 페이지가 없습니다' })).toBeVisible();
    await expect(page).toHaveURL(site.at('articles/100%2525/'));
    expect(await isSameDocument(page)).toBe(true);
  });

  test('the address has changed when the new page is built', async ({ page, site }) => {
    await open(page, site.url);
    await page.evaluate(() => {
      const seen = ((window as any).gisaSeen = [] as string[]);
      const main = document.querySelector('main')!;
      new MutationObserver(() => seen.push(location.pathname)).observe(main, { childList: true, subtree: true });
    });
    await page.locator('.section-nav a[href="/photos/"]').click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('포토뉴스');
    expect([...new Set(await page.evaluate(() => (window as any).gisaSeen as string[]))]).toEqual(['/photos/']);
  });

  test('after a jump of several steps, a link to where the reader was makes its own entry in the history', async ({ page, site }) => {
    await open(page, site.url);
    for (const path of ['/ranking/', '/photos/']) {
      await page.locator(`.section-nav a[href="${path}"]`).click();
      await expect(page).toHaveURL(site.at(path.slice(1)));
      await settled(page);
    }
    await page.evaluate(() => history.go(-2));
    await expect(page).toHaveURL(site.url);
    await expect(page.locator('.lead-story')).toBeVisible();
    await page.locator('.section-nav a[href="/photos/"]').click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('포토뉴스');
    await expect(page).toHaveURL(site.at('photos/'));
    await page.goBack();
    await expect(page).toHaveURL(site.url);
    await expect(page.locator('.lead-story')).toBeVisible();
  });

  test('a link beyond the base, and one to a file, load another document', async ({ page, start, complaints }) => {
    complaints.allow(/the server responded with a status of/);
    const body = '<p><a href="/newsletter/">편지</a> <a href="/news/files/report.txt">보고서</a></p>';
    const article = { ...nativeArticles(1)[0], articleBody: body };
    const overlay = { ...nativeBackend([article]), '/files/report.txt': ((_, response) => void response.writeHead(200, { 'content-type': 'text/plain' }).end('report')) as Overlay[string] };
    const site = await start({ base: '/news/', overlay });
    for (const [name, address] of [['편지', /\/newsletter\/$/], ['보고서', /\/files\/report\.txt$/]] as const) {
      await open(page, site.at(`articles/${article.id}/`));
      await markDocument(page);
      await page.getByRole('link', { name, exact: true }).click();
      await expect(page).toHaveURL(address);
      expect(await isSameDocument(page)).toBe(false);
    }
  });
});

test.describe('under a sub-path', () => {
  test('links, pictures, Back and the search stay in it, and every page loads by its address', async ({ page, start }) => {
    const site = await start({ base: '/news/' });
    await open(page, site.url);
    await markDocument(page);
    await page.locator('.lead-story a').first().click();
    await expect(page).toHaveURL(/\/news\/articles\/\d+\/$/);
    await settled(page);
    await page.getByRole('link', { name: '목록 바로가기' }).click();
    await expect(page).toHaveURL(/\/news\/sections\/\w+\/$/);
    await settled(page);
    await expect(page.getByRole('navigation', { name: '섹션' }).locator('[aria-current=page]')).toHaveCount(1);
    await page.goBack();
    await expect(page).toHaveURL(/\/news\/articles\/\d+\/$/);
    await page.locator('.masthead-name a').click();
    await expect(page).toHaveURL(site.url);
    await page.getByRole('navigation', { name: '섹션' }).getByRole('link', { name: '검색' }).click();
    await page.getByRole('main').getByRole('searchbox').fill('여울');
    await page.getByRole('main').getByRole('searchbox').press('Enter');
    await expect(page).toHaveURL(site.at(PAGES.results));
    await expect(page.getByRole('heading', { level: 1 })).toContainText('‘여울’');
    expect(await isSameDocument(page)).toBe(true);
    for (const path of Object.values(PAGES)) {
      await open(page, site.at(path));
      const outside = await page.locator('a[href^="/"]:not([href^="/news/"])').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
      expect(outside, path).toEqual([]);
    }
    expect(site.requests.filter((seen) => seen.path.startsWith('outside:'))).toEqual([]);
  });

  test('to the list returns to the list where the reader left it', async ({ page, start }) => {
    const site = await start({ base: '/news/', overlay: nativeBackend(nativeArticles(45)) });
    await open(page, site.at('sections/sahoe/page/2/'));
    await scrollTo(page, 600);
    await follow(page.locator('.story-headline a', { hasText: '지어낸 기사 20' }));
    await expect(page.locator('.article-headline')).toHaveText('지어낸 기사 20');
    await page.getByRole('link', { name: '목록 바로가기' }).click();
    await expect(page).toHaveURL(site.at('sections/sahoe/page/2/'));
    await expectPlace(page, 600);
  });

  test('deep links reload, and their pictures are there', async ({ page, start }) => {
    const site = await start({ base: '/a/b/' });
    await open(page, site.at(PAGES.article));
    await page.reload();
    await settled(page);
    await expect(page.locator('.article-headline')).toHaveText(demo('data/articles/10203.json').headline);
    const picture = page.locator('.article-body img').first();
    await picture.scrollIntoViewIfNeeded();
    await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
    await page.locator('.banners img').first().scrollIntoViewIfNeeded();
    await expect.poll(() => page.locator('.banners img').first().evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  });
});

test('the reader’s choice of dark colours is followed, also while reading', async ({ page, site }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await open(page, site.at(PAGES.article));
  const colours = () => page.evaluate(() => [getComputedStyle(document.body).backgroundColor, getComputedStyle(document.querySelector('h1')!).color]);
  const brightness = (colour: string) => (colour.match(/\d+/g) ?? []).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 3;
  const [paper, ink] = await colours();
  expect(brightness(paper!)).toBeGreaterThan(200);
  expect(brightness(ink!)).toBeLessThan(80);
  await page.emulateMedia({ colorScheme: 'dark' });
  const [darkPaper, darkInk] = await colours();
  expect(brightness(darkPaper!)).toBeLessThan(60);
  expect(brightness(darkInk!)).toBeGreaterThan(200);
});

test('nothing moves for a reader who wants less motion', async ({ page, site }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const path of [PAGES.front, PAGES.article]) {
    await open(page, site.at(path));
    const moving = await page.evaluate(() =>
      [...document.querySelectorAll('*')].filter((element) => {
        const style = getComputedStyle(element);
        const times = [...style.transitionDuration.split(','), ...style.animationDuration.split(',')];
        return times.some((time) => parseFloat(time) > 0.01) || style.scrollBehavior === 'smooth';
      }).map((element) => element.tagName),
    );
    expect(moving).toEqual([]);
  }
});
