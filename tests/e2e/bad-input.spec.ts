/** Settings that can't be used, backends that fail, and articles that nobody expected. */
import { appBelow, Backend, closedPort, FAULTS, json, WRONG_SHAPES } from './faults.ts';
import { overflowing } from './layout.ts';
import {
  expect, failing, nativeArticle, nativeArticles, nativeBackend, nativeList, open, send, settled, siteJson, svg, test,
  type Complaints, type Handler, type Locator, type NativeArticle, type Overlay, type Page, type ServeOptions,
} from './support.ts';

const RETRY = '다시 시도';

// What the browser itself writes into the console about a request that failed.
const allowFailedRequests = (complaints: Complaints): void => complaints.allow(/Failed to load resource/, /blocked by CORS policy/);

const ARTICLES = nativeArticles(12);
const WELL = nativeBackend(ARTICLES);

/** A newspaper with one address that is answered wrongly, until a test mends it. */
const broken = (path: string, answer: Handler, timeout = 10): Overlay => ({ ...WELL, '/site.json': siteJson({ backend: { timeout } }), [path]: answer });

// -------------------------------------------------------------------------------------------------------- site.json --

const text = (site: object): string => JSON.stringify(site, null, 2);

const SETTINGS: [name: string, settings: string | Handler, says: (string | RegExp)[]][] = [
  ['is missing', failing(404), ['status 404']],
  ['is answered with an error', failing(500), ['status 500']],
  ['is empty', '', ['line 1, column 0', 'not JSON: EOF']],
  ['is no JSON', '<!doctype html><title>Moved</title>', ['line 1, column 1', 'expected value']],
  ['lacks a comma', text(siteJson()).replace('"locale": "ko",', '"locale": "ko"'), [/line 6, column \d+/, 'expected `,` or `}`']],
  ['ends in the middle', text(siteJson()).slice(0, 400), [/line \d+, column \d+/, 'EOF']],
  ['is a list', '[]', ['line 1, column']],
  ['has text where a list belongs', text(siteJson({ sections: 'politics' })), [/line \d+, column \d+/, 'at sections: expected an array, found string "politics"']],
  ['has a number where text belongs', text(siteJson({ name: 7 })), ['line 3, column 11', 'at name: expected text, found number 7']],
  ['has a field that does not exist', text(siteJson({ fotter: {} })), [/line \d+, column \d+/, 'at fotter: there is no field `fotter` here', 'sidebar, embeds, tools, footer']],
  ['has a misspelt field deep inside', text(siteJson({ sections: [{ slug: 'a', name: 'A' }, { slog: 'b', name: 'B' }] })), [/line \d+, column \d+/, 'at sections[1].slog: there is no field `slog` here', 'name, slug, front']],
  ['lacks its backend', text(siteJson({ backend: null })), ['line 1, column 1', 'the field `backend` is missing']],
  ['speaks a language that gisa does not', text(siteJson({ locale: 'fr' })), ['line 5, column 13', 'at locale: expected one of ko, en, found string "fr"']],
  ['has a box that does not exist', text(siteJson({ sidebar: [{ box: 'weather' }] })), ['at sidebar[0].box: expected one of mostViewed, today, photos, banners, found string "weather"']],
  ['names an unknown preset', text(siteJson({ backend: { preset: 'joomla' } })), ['at backend.preset', 'there is no preset `joomla`', 'native, none']],
  ['names an unknown time zone', text(siteJson({ timeZone: 'Asia/Soul' })), ['at timeZone', '`Asia/Soul` is no IANA time zone']],
  ['maps a field with what is no expression', text(siteJson({ backend: { mapping: { fields: { headline: 'title.[' } } } })), ['at backend.mapping', '`title.[` is not JMESPath']],
  ['maps a resource with a part that does not exist', text(siteJson({ backend: { mapping: { resources: { latest: { itmes: 'body' } } } } })), ['at backend.mapping.resources.latest.itmes: there is no field `itmes` here']],
  ['maps a resource without an address', text(siteJson({ backend: { mapping: { resources: { latest: [{ items: 'body' }] } } } })), ['at backend.mapping.resources.latest[0]: the field `url` is missing']],
  ['maps a resource that does not exist', text(siteJson({ backend: { mapping: { resources: { extra: { url: 'x' } } } } })), ['at backend.mapping.resources.extra: there is no field `extra` here']],
];

test('where site.json can’t be used, the page names the file, the place and the mistake, whenever it is tried again, and opens once it is mended', async ({ page, start, complaints }) => {
  test.setTimeout(90_000);
  allowFailedRequests(complaints);
  const overlay: Overlay = { ...WELL };
  const site = await start({ overlay });
  const message = page.locator('.site-failure-message');
  const again = page.getByRole('button', { name: 'Try again' });
  for (const [index, [name, settings, says]] of SETTINGS.entries()) {
    await test.step(`it ${name}`, async () => {
      overlay['/site.json'] = settings;
      if (index === 0) await page.goto(site.url);
      else await again.click();
      for (const part of says) await expect(message).toContainText(part);
      await expect(message).toContainText(site.at('site.json'));
      await expect(page.locator('main h1')).toHaveText('신문을 열 수 없습니다');
      await expect(page.locator('main h2[lang], main [lang=en] h2')).toHaveText('This newspaper can\'t be opened');
    });
  }
  overlay['/site.json'] = siteJson();
  await again.click();
  await settled(page);
  await expect(page).toHaveTitle('해솔신문');
  await expect(message).toHaveCount(0);
});

test('a site.json with a byte order mark, as Windows editors write it, is read', async ({ page, start }) => {
  const site = await start({ overlay: { ...WELL, '/site.json': `\ufeff${text(siteJson({ name: '표식신문' }))}` } });
  await open(page, site.url);
  await expect(page).toHaveTitle('표식신문');
});

test('a mistake in site.json is named on a page of an article too', async ({ page, start }) => {
  const site = await start({ overlay: { '/site.json': text(siteJson({ name: 7 })) } });
  await page.goto(site.at('articles/a3/'));
  await expect(page.locator('.site-failure-message')).toContainText(site.at('site.json'));
});

// ----------------------------------------------------------------------------------------------------------- faults --

/** Goes on to another page in the same document, as a link of the newspaper does. */
async function goOn(page: Page, address: string): Promise<void> {
  await page.evaluate((address) => {
    const link = Object.assign(document.createElement('a'), { href: address });
    document.querySelector('main')!.append(link);
    link.click();
    link.remove();
  }, address);
  await expect(page).toHaveURL(address);
}

/** The page shows in place of its content what failed, and where. */
async function expectFailure(page: Page, address: string, says: RegExp): Promise<Locator> {
  const alert = page.locator('.content > .load-failure');
  await expect(alert).toContainText(address);
  await expect(alert).toContainText(says);
  await expect(alert).toContainText('불러오지 못했습니다');
  await expect(alert).toHaveRole('alert');
  await expect(page.locator('main h1')).toHaveCount(1);
  await expect(page.locator('.content > .skeleton')).toHaveCount(0);
  return alert;
}

test('where a backend fails in whatever way, an article says what failed and loads once it is well', async ({ page, start, complaints }) => {
  test.setTimeout(90_000);
  allowFailedRequests(complaints);
  complaints.allow(/^gisa: /);
  const articles = nativeArticles(FAULTS.length);
  const overlay: Overlay = { ...nativeBackend(articles), '/site.json': siteJson({ backend: { timeout: 2 } }) };
  for (const [index, fault] of FAULTS.entries()) {
    const { id } = articles[index]!;
    overlay[`/data/articles/${id}.json`] = fault.answer(articles[index]!);
    // Without neighbours, no article is fetched ahead.
    overlay[`/data/neighbours/${id}.json`] = { previous: null, next: null };
  }
  const site = await start({ overlay });
  await open(page, site.at('search/'));
  for (const [index, fault] of FAULTS.entries()) {
    await test.step(`it ${fault.name}`, async () => {
      const owed = articles[index]!;
      const path = `/data/articles/${owed.id}.json`;
      await goOn(page, site.at(`articles/${owed.id}/`));
      const alert = await expectFailure(page, site.at(path), fault.says);
      overlay[path] = owed;
      await alert.getByRole('button', { name: RETRY }).click();
      await expect(page.locator('.article-body')).toBeVisible();
      await expect(page.locator('main h1')).toHaveText(owed.headline);
      await expect(alert).toHaveCount(0);
    });
  }
});

// A wrong `backend.url` is what publishers get wrong first, and mostly it is answered with 404.
for (const [name, answer, says] of [
  ['has no newest articles (404)', failing(404), /status 404|404/],
  ['sends HTML instead of them', (_: unknown, response: Parameters<typeof json>[0]) => send(response, 200, 'text/html', '<!doctype html><title>Error</title>'), /HTML instead of JSON/],
] as [string, Handler, RegExp][]) {
  test(`where a backend ${name}, the front page says what failed and loads once it is well`, async ({ page, start, complaints }) => {
    allowFailedRequests(complaints);
    const overlay = broken('/data/latest/1.json', answer);
    const site = await start({ overlay });
    await page.goto(site.url);
    const alert = await expectFailure(page, site.at('data/latest/1.json'), says);
    overlay['/data/latest/1.json'] = WELL['/data/latest/1.json']!;
    await alert.getByRole('button', { name: RETRY }).click();
    await expect(page.locator('.lead-story')).toBeVisible();
    await expect(alert).toHaveCount(0);
  });
}

test('where a backend sends another shape in place of a list, the page names the field and what was found', async ({ page, start, complaints }) => {
  test.setTimeout(90_000);
  complaints.allow(/gisa: left out an item/);
  const overlay: Overlay = { ...WELL };
  const site = await start({ overlay });
  await open(page, site.at('search/'));
  for (const [index, [name, body]] of WRONG_SHAPES.entries()) {
    await test.step(`it sends ${name}`, async () => {
      const path = `/data/sections/s${index}/1.json`;
      overlay[path] = (_: unknown, response: Parameters<typeof json>[0]) => json(response, body);
      await goOn(page, site.at(`sections/s${index}/`));
      const alert = page.locator('.content > .load-failure');
      await expect(alert).toContainText(/resource `section`, field `(items|id)`, expression `.+`: .*(found|nothing)/);
      await expect(alert).toContainText('형식이 설정과 다릅니다');
      overlay[path] = nativeList(ARTICLES);
      await alert.getByRole('button', { name: RETRY }).click();
      await expect(page.locator('.story-list .story')).toHaveCount(ARTICLES.length);
    });
  }
});

test('where a backend sends another shape in place of an article, the page names the field', async ({ page, start }) => {
  test.setTimeout(90_000);
  const bodies: [string, unknown][] = [
    ['a list', []], ['a text', 'ok'], ['an object without an id', { headline: 'x' }], ['an object without a headline', { id: 'a3' }], ['an id that is an object', { id: {}, headline: 'x' }],
  ];
  const overlay: Overlay = { ...WELL };
  const site = await start({ overlay });
  await open(page, site.at('search/'));
  for (const [index, [name, body]] of bodies.entries()) {
    await test.step(`it sends ${name}`, async () => {
      const article = ARTICLES[index]!;
      const path = `/data/articles/${article.id}.json`;
      overlay[path] = (_: unknown, response: Parameters<typeof json>[0]) => json(response, body);
      overlay[`/data/neighbours/${article.id}.json`] = { previous: null, next: null };
      await goOn(page, site.at(`articles/${article.id}/`));
      const alert = page.locator('.content > .load-failure');
      await expect(alert).toContainText(/resource `article`, field `(id|headline)`/);
      overlay[path] = article;
      await alert.getByRole('button', { name: RETRY }).click();
      await expect(page.locator('main h1')).toHaveText(article.headline);
    });
  }
});

test('items that are no articles are left out of a list, and the others stay', async ({ page, start, complaints }) => {
  complaints.allow(/gisa: left out an item: resource `latest`/);
  const articles = nativeArticles(3);
  const items = [1, articles[0], null, { headline: '번호 없는 기사' }, articles[1], [], articles[2]];
  const site = await start({ overlay: { ...nativeBackend(articles), '/data/latest/1.json': { items } } });
  await open(page, site.url);
  await expect(page.locator('.latest .story-headline, .lead-story-headline')).toHaveText(['지어낸 기사 3', '지어낸 기사 2', '지어낸 기사 1']);
});

test('an article that a backend does not have (404) is not found, with a way to the front page and to the search', async ({ page, start, complaints }) => {
  allowFailedRequests(complaints);
  const site = await start({ overlay: WELL });
  await open(page, site.at('articles/no-such-article/'));
  await expect(page.locator('main h1')).toHaveText('찾으시는 페이지가 없습니다');
  await expect(page.locator('.content').getByRole('searchbox')).toBeVisible();
  await page.locator('.not-found').getByRole('link').click();
  await expect(page.locator('.lead-story')).toBeVisible();
});

test('an empty list is no failure: the front page says that there is nothing yet', async ({ page, start }) => {
  const site = await start({ overlay: nativeBackend([]) });
  await open(page, site.url);
  await expect(page.locator('.latest .empty')).toHaveText('게시물이 없습니다.');
  await expect(page.getByRole('alert')).toHaveCount(0);
});

// ------------------------------------------------------------------------------------------------- another origin --

const serveNative = (articles: NativeArticle[]) => {
  const overlay = nativeBackend(articles);
  return (address: URL, _request: unknown, response: Parameters<typeof json>[0]): void => {
    const body = overlay[`/data${address.pathname}`];
    json(response, body ?? {}, body ? 200 : 404);
  };
};

test('where nothing listens at the backend’s address, the page names it and loads once the backend is up', async ({ page, start, complaints }) => {
  allowFailedRequests(complaints);
  const port = await closedPort();
  const site = await start({ overlay: { '/site.json': siteJson({ backend: { url: `http://127.0.0.1:${port}` } }) } });
  await page.goto(site.url);
  const alert = page.locator('.content > .load-failure');
  await expect(alert).toContainText(`http://127.0.0.1:${port}/latest/1.json: no answer`);
  await expect(alert).toContainText('서버에 연결하지 못했습니다');
  const backend = await Backend.start(serveNative(nativeArticles(5)), port);
  await alert.getByRole('button', { name: RETRY }).click();
  await expect(page.locator('.lead-story-headline')).toHaveText('지어낸 기사 5');
  await backend.close();
});

test('where the backend’s host does not exist, the page names it', async ({ page, start, complaints }) => {
  allowFailedRequests(complaints);
  const site = await start({ overlay: { '/site.json': siteJson({ backend: { url: 'http://backend.invalid/api' } }) } });
  await page.goto(site.url);
  await expect(page.locator('.content > .load-failure')).toContainText('http://backend.invalid/api/latest/1.json');
});

test('where a backend does not let this site read it, the page mentions CORS and loads once it does', async ({ page, start, complaints }) => {
  allowFailedRequests(complaints);
  const backend = await Backend.start(serveNative(nativeArticles(5)));
  backend.cors = false;
  const site = await start({ overlay: { '/site.json': siteJson({ backend: { url: backend.url } }) } });
  await page.goto(site.url);
  const alert = page.locator('.content > .load-failure');
  await expect(alert).toContainText(`${backend.url}/latest/1.json`);
  await expect(alert).toContainText('CORS');
  backend.cors = true;
  await alert.getByRole('button', { name: RETRY }).click();
  await expect(page.locator('.lead-story-headline')).toHaveText('지어낸 기사 5');
  await backend.close();
});

test('a backend that answers 429, 502, 503 or 504 for a moment is asked again, and the reader sees nothing of it', async ({ page, start, complaints }) => {
  test.setTimeout(90_000);
  allowFailedRequests(complaints);
  const statuses = [429, 502, 503, 504];
  const articles = nativeArticles(statuses.length);
  const overlay = nativeBackend(articles);
  for (const [index, status] of statuses.entries()) {
    const article = articles[index]!;
    let refusals = 1;
    overlay[`/data/articles/${article.id}.json`] = (_, response) => {
      if (refusals-- <= 0) return json(response, article);
      response.setHeader('Retry-After', '0');
      return send(response, status, 'text/plain', 'not now');
    };
  }
  const site = await start({ overlay });
  await open(page, site.at('search/'));
  for (const { id, headline } of articles) {
    await goOn(page, site.at(`articles/${id}/`));
    await expect(page.locator('.article-headline')).toHaveText(headline);
    await expect(page.getByRole('alert')).toHaveCount(0);
    expect(site.count(`/data/articles/${id}.json`)).toBe(2);
  }
});

test('a backend that asks for a minute’s patience is not asked again, and the page says so', async ({ page, start, complaints }) => {
  allowFailedRequests(complaints);
  const overlay = nativeBackend(nativeArticles(3));
  overlay['/data/articles/a3.json'] = (_, response) => {
    response.setHeader('Retry-After', '60');
    send(response, 429, 'text/plain', 'not now');
  };
  const site = await start({ overlay });
  await page.goto(site.at('articles/a3/'));
  await expect(page.locator('.content').getByRole('alert')).toContainText('429');
  expect(site.count('/data/articles/a3.json')).toBe(1);
});

test('a backend on another origin is asked without a preflight', async ({ page, start }) => {
  const backend = await Backend.start(serveNative(nativeArticles(5)));
  const site = await start({ overlay: { '/site.json': siteJson({ backend: { url: backend.url } }) } });
  const methods: string[] = [];
  page.on('request', (request) => methods.push(request.method()));
  await open(page, site.at('articles/a3/'));
  await expect(page.locator('.article-body')).toContainText('둘째 문단은 여기에서 끝난다.');
  expect(new Set(methods)).toEqual(new Set(['GET']));
  await backend.close();
});

// ------------------------------------------------------------------------------------------------ boxes and beside --

const BOXES = [
  ['많이 본 뉴스', '/data/ranking/week.json', '.ranked-entry'],
  ['TOP TODAY', '/data/today.json', '.headlines li'],
  ['포토뉴스', '/data/photos/1.json', '.photo-grid li'],
] as const;

for (const [name, answer, timeout] of [
  ['fail (500)', failing(500), 10],
  ['do not answer', () => {}, 3],
  ['are of another shape', (_: unknown, response: Parameters<typeof json>[0]) => json(response, { oops: true }), 10],
] as [string, Handler, number][]) {
  test(`boxes that ${name} say so within themselves, leave the article whole and load on their own`, async ({ page, start, complaints }) => {
    test.setTimeout(60_000);
    allowFailedRequests(complaints);
    const articles = nativeArticles(6, (number) => ({ image: { url: `images/${number}.svg`, width: 600, height: 400 } }));
    const well: Overlay = { ...nativeBackend(articles), '/data/today.json': nativeList(articles), '/data/images/*': (_, response) => send(response, 200, 'image/svg+xml', svg('x')) };
    const overlay: Overlay = { ...well, '/site.json': siteJson({ backend: { timeout } }), ...Object.fromEntries(BOXES.map(([, path]) => [path, answer])) };
    const site = await start({ overlay });
    await page.goto(site.at('articles/a3/'));
    await expect(page.locator('.load-failure')).toHaveCount(BOXES.length);
    await expect(page.locator('main h1')).toHaveText('지어낸 기사 3');
    await expect(page.locator('.article-body')).toContainText('둘째 문단은 여기에서 끝난다.');
    await expect(page.locator('.neighbours a')).toHaveCount(2);
    await page.locator('.article-sheet').evaluate((element) => Object.assign(element, { gisaTestMark: true }));
    for (const [index, [title, path, entry]] of BOXES.entries()) {
      const box = page.locator('.sidebar-box').filter({ has: page.getByRole('heading', { name: title, exact: true }) });
      await expect(box.locator('.load-failure')).toBeVisible();
      overlay[path] = well[path]!;
      await box.getByRole('button', { name: RETRY }).click();
      await expect(box.locator(entry).first()).toBeVisible();
      await expect(page.locator('.load-failure')).toHaveCount(BOXES.length - 1 - index);
    }
    expect(await page.locator('.article-sheet').evaluate((element) => (element as { gisaTestMark?: boolean }).gisaTestMark)).toBe(true);
  });
}

test('without its neighbours and its section an article is whole', async ({ page, start, complaints }) => {
  allowFailedRequests(complaints);
  complaints.allow(/^gisa: .*status 500/);
  const site = await start({ overlay: { ...nativeBackend(nativeArticles(3)), '/data/neighbours/*': failing(500), '/data/neighbours/a2.json': failing(500), '/data/sections/sahoe/1.json': failing(500) } });
  await open(page, site.at('articles/a2/'));
  await expect(page.locator('.article-body')).toContainText('둘째 문단은 여기에서 끝난다.');
  await expect(page.locator('.content').getByRole('alert')).toHaveCount(0);
});

test('a section of the front page that fails says so in its place, and the others stay', async ({ page, start, complaints }) => {
  allowFailedRequests(complaints);
  const site = await start({ overlay: broken('/data/sections/sahoe/1.json', failing(500)) });
  await open(page, site.url);
  await expect(page.locator('.front-section').filter({ hasText: '사회' }).locator('.load-failure').first()).toBeVisible();
  await expect(page.locator('.content').locator('.load-failure')).toHaveCount(1);
  await expect(page.locator('.front-section .empty')).toHaveCount(5);
});

// ---------------------------------------------------------------------------------------------------- odd articles --

/** A newspaper with one odd article among ordinary ones. */
const withArticle = (fields: object): ServeOptions => {
  const articles = nativeArticles(5);
  articles[2] = nativeArticle(3, { ...fields });
  return { overlay: nativeBackend(articles) };
};

const paper = async (page: Page): Promise<string> => (await page.locator('body').innerText()).replace(/\s+/g, ' ');

const ABSENT: [name: string, field: string, absent: unknown][] = [
  ['an image', 'image', undefined], ['an image', 'image', null], ['an image', 'image', {}], ['an image', 'image', ''], ['an image', 'image', { url: null, width: 3 }],
  ['an author', 'author', undefined], ['an author', 'author', []], ['an author', 'author', null], ['an author', 'author', [{ name: '' }, {}]],
  ['a date', 'datePublished', undefined], ['a date', 'datePublished', null], ['a date', 'datePublished', ''],
  ['a section', 'articleSection', undefined], ['a section', 'articleSection', null],
  ['a description', 'description', undefined], ['a description', 'description', null],
];

test('an article that lacks a field is whole in the list and by itself', async ({ page, start }) => {
  test.setTimeout(90_000);
  const articles = ABSENT.map(([, field, absent], number) => ({ ...nativeArticle(number), [field]: absent }) as NativeArticle);
  const site = await start({ overlay: { ...nativeBackend(ABSENT.map((_, number) => nativeArticle(number))), '/data/today.json': nativeList(articles), ...Object.fromEntries(articles.map((article) => [`/data/articles/${article.id}.json`, article])) } });
  await open(page, site.at('today/'));
  for (const [number, [name, field, absent]] of ABSENT.entries()) {
    await test.step(`without ${name} (${field}: ${JSON.stringify(absent) ?? 'absent'})`, async () => {
      await page.locator('.content').getByRole('link', { name: `지어낸 기사 ${number}`, exact: true }).first().click();
      await expect(page.locator('main h1')).toHaveText(`지어낸 기사 ${number}`);
      await expect(page.locator('.article-body p')).toHaveCount(2);
      expect(await paper(page)).not.toMatch(/undefined|null|NaN|\[object|Invalid/);
      await expect(page.locator('.article-sheet img')).toHaveCount(0);
      if (field === 'datePublished') await expect(page.locator('.article-dates time')).toHaveCount(0);
      if (field === 'author') await expect(page.locator('.article-authors li')).toHaveCount(0);
      await page.goBack();
      await expect(page.locator('.content .story')).toHaveCount(ABSENT.length);
    });
  }
  expect(await paper(page)).not.toMatch(/undefined|null|NaN|\[object|Invalid/);
});

test('an article without a body says that it has no text', async ({ page, start }) => {
  test.setTimeout(90_000);
  const bodies = [undefined, null, '', '   ', '<p> </p>', '<div><br></div>', '<script>1</script>'];
  const site = await start({ overlay: nativeBackend(['whole', ...bodies, 'whole'].map((body, number) => nativeArticle(number, body === 'whole' ? {} : { articleBody: body }))) });
  await open(page, site.at('articles/a0/'));
  for (const [index, body] of bodies.entries()) {
    await test.step(`the body is ${JSON.stringify(body) ?? 'absent'}`, async () => {
      await page.locator('.neighbours a[rel=prev]').click();
      await expect(page.locator('main h1')).toHaveText(`지어낸 기사 ${index + 1}`);
      await expect(page.locator('.article-sheet .empty')).toHaveText('본문이 없는 기사입니다.');
      await expect(page.locator('.neighbours a')).toHaveCount(2);
    });
  }
});

test('an article with an empty headline is shown as untitled, and its link can be followed', async ({ page, start }) => {
  const site = await start(withArticle({ headline: '' }));
  await open(page, site.url);
  await page.getByRole('link', { name: '(제목 없음)' }).first().click();
  await expect(page.locator('main h1')).toHaveText('(제목 없음)');
  await expect(page).toHaveTitle('(제목 없음) – 해솔신문');
});

test('a caption and its credit are two words to who copies or hears them', async ({ page, start }) => {
  const options = withArticle({ image: { url: 'images/x.svg', width: 600, height: 400, caption: '설명', creditText: '사진부' } });
  options.overlay!['/data/images/*'] = (_, response) => send(response, 200, 'image/svg+xml', svg('x'));
  const site = await start(options);
  await open(page, site.at('articles/a3/'));
  expect(await page.locator('.figure figcaption').evaluate((caption) => caption.textContent)).toBe('설명 사진부');
});

const DATES: unknown[] = [
  'yesterday', '2026-13-45', '2026-02-30T10:00:00+09:00', '0000-00-00 00:00:00', '2026-03-02T25:61:00', '11/23/2026', 'NaN', '1e400', 1e300, -1e300, true, {}, [], ['2026-03-02'],
];

test('a date that is none is left out, and the article is whole', async ({ page, start, complaints }) => {
  test.setTimeout(90_000);
  complaints.allow(/^gisa: .*field `date(Published|Modified)`/);
  const site = await start({ overlay: nativeBackend(DATES.map((date, number) => nativeArticle(number, { datePublished: date, dateModified: date }))) });
  await open(page, site.at('sections/sahoe/'));
  await expect(page.locator('.content .story')).toHaveCount(DATES.length);
  await expect(page.locator('.content .story time')).toHaveCount(0);
  expect(await paper(page)).not.toMatch(/NaN|Invalid|undefined/);
  for (const [number, date] of DATES.entries()) {
    await test.step(`the date ${JSON.stringify(date)}`, async () => {
      await goOn(page, site.at(`articles/a${number}/`));
      await expect(page.locator('main h1')).toHaveText(`지어낸 기사 ${number}`);
      await expect(page.locator('.article-body p')).toHaveCount(2);
      await expect(page.locator('.article-dates time')).toHaveCount(0);
      expect(await paper(page)).not.toMatch(/NaN|Invalid|undefined/);
    });
  }
});

const LONG = '가'.repeat(100) + 'W'.repeat(100) + '漢'.repeat(100);

test('words of 300 characters without a space, an address, a wide picture and a wide table do not widen a page at 320 pixels', async ({ page, start }) => {
  test.setTimeout(90_000);
  await page.setViewportSize({ width: 320, height: 640 });
  const url = `https://example.org/${'a'.repeat(300)}`;
  const body = `<h2>${LONG}</h2><p>${LONG}</p><ul><li>${LONG}</li></ul><table><tr><td>${LONG}</td></tr></table><pre>${LONG}</pre><blockquote>${LONG}</blockquote>` +
    `<p>${url}</p><p><a href="${url}">${url}</a></p><table><tr>${'<td>긴낱말긴낱말</td>'.repeat(20)}</tr></table><img src="images/x.svg" width="4000" height="300" alt="넓은 그림">`;
  const word = { headline: LONG, alternativeHeadline: [LONG], description: LONG, image: { url: 'images/x.svg', width: 600, height: 400, caption: LONG, creditText: LONG }, author: [{ name: LONG, jobTitle: LONG }], articleSection: [{ name: LONG, slug: 'sahoe' }], articleBody: body };
  const articles = nativeArticles(5, () => word);
  const site = await start({
    overlay: { ...nativeBackend(articles), '/data/today.json': nativeList(articles), '/data/images/*': (_, response) => send(response, 200, 'image/svg+xml', svg('x')) },
  });
  for (const address of ['', 'articles/a3/', 'articles/a3/print/', 'sections/sahoe/', 'ranking/', 'photos/', 'search/?q=W', 'today/']) {
    await open(page, site.at(address));
    expect.soft(await overflowing(page), `/${address}`).toEqual([]);
  }
});

test('an article of 2,000 paragraphs is complete and can be used', async ({ page, start }) => {
  const paragraphs = Array.from({ length: 2000 }, (_, index) => `<p>${index + 1}번째 문단에는 <a href="https://example.org/${index}">링크</a>와 <strong>굵은 글자</strong>가 있다.</p>`);
  const site = await start(withArticle({ articleBody: paragraphs.join('') }));
  await open(page, site.at('articles/a3/'));
  await expect(page.locator('.article-body > p')).toHaveCount(2000);
  const last = page.locator('.article-body > p').last();
  await last.scrollIntoViewIfNeeded();
  await expect(last).toHaveText('2000번째 문단에는 링크와 굵은 글자가 있다.');
  await expect(last).toBeInViewport();
  await page.locator('.neighbours a[rel=next]').click();
  await expect(page.locator('main h1')).toHaveText('지어낸 기사 4');
  await page.goBack();
  await expect(page.locator('.article-body > p')).toHaveCount(2000);
});

test('an article of 200 pictures loads those near the window first, and all of them for paper', async ({ page, start }) => {
  const pictures = Array.from({ length: 200 }, (_, index) => `<figure><img src="/data/images/${index}.svg" width="600" height="400" alt="사진 ${index}"><figcaption>사진 ${index}</figcaption></figure>`);
  const options = withArticle({ articleBody: pictures.join('') });
  options.overlay!['/data/images/*'] = (request, response) => send(response, 200, 'image/svg+xml', svg(request.url ?? ''));
  const site = await start(options);
  await open(page, site.at('articles/a3/'));
  await expect(page.locator('.article-body figure img')).toHaveCount(200);
  const first = page.locator('.article-body img').first();
  await expect.poll(() => first.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(600);
  expect(site.count(/^\/data\/images\//)).toBeLessThan(100);
  await open(page, site.at('articles/a3/print/'));
  const complete = () => page.locator('.article-body img').evaluateAll((images: HTMLImageElement[]) => images.filter((image) => image.complete && image.naturalWidth > 0).length);
  await expect.poll(complete).toBe(200);
});

test('pictures that are missing leave their alternative text and their place, and the page is whole', async ({ page, start, complaints }) => {
  allowFailedRequests(complaints);
  const options = withArticle({
    image: { url: 'images/gone.jpg', width: 1200, height: 800, alternateName: '사라진 대표 사진', caption: '설명', sizes: [{ url: 'images/gone-600.jpg', width: 600, height: 400 }] },
    articleBody: '<p>앞 문단</p><figure><img src="images/gone-too.png" alt="사라진 본문 사진"><figcaption>본문 사진 설명</figcaption></figure><p>뒤 문단</p>',
  });
  options.overlay!['/data/images/*'] = failing(404);
  const site = await start(options);
  await open(page, site.at('articles/a3/'));
  for (const alternative of ['사라진 대표 사진', '사라진 본문 사진']) {
    const picture = page.getByRole('img', { name: alternative });
    await picture.scrollIntoViewIfNeeded();
    await expect(picture).toHaveAttribute('data-broken', '');
    await expect(picture).not.toHaveAttribute('srcset');
    expect((await picture.boundingBox())?.height).toBeGreaterThan(100);
  }
  await expect(page.locator('.article-sheet figcaption')).toHaveText([/설명/, '본문 사진 설명']);
  await expect(page.locator('.article-body > p')).toHaveText(['앞 문단', '뒤 문단']);
});

test('a picture that is no picture (HTML, an empty file, half a file) leaves the page whole', async ({ page, start }) => {
  const options = withArticle({ articleBody: '<img src="images/html.png" alt="하나"><img src="images/empty.png" alt="둘"><img src="images/half.jpg" alt="셋"><p>끝 문단</p>' });
  options.overlay!['/data/images/html.png'] = '<!doctype html>';
  options.overlay!['/data/images/empty.png'] = Buffer.alloc(0);
  options.overlay!['/data/images/half.jpg'] = Buffer.from('ffd8ffe000104a464946', 'hex');
  const site = await start(options);
  await open(page, site.at('articles/a3/'));
  for (const name of ['하나', '둘', '셋']) await expect(page.getByRole('img', { name })).toHaveCount(1);
  await expect(page.locator('.article-body > p')).toHaveText(['끝 문단']);
});

const WRITING: [name: string, words: string][] = [
  ['emoji, also of several characters', '속보 📰 👩‍👩‍👧‍👦 🇰🇷 1️⃣ 끝'],
  ['Arabic', 'افتتاح الجسر بعد 12 شهرا (تحديث)'],
  ['Hebrew between Latin letters', 'KTX (קטקס) reopens'],
  ['Hangul in single letters (NFD)', '한글 자모'.normalize('NFD')],
  ['stacked marks', `Z${'\u0351\u0323\u034a'.repeat(20)}algo`],
  ['letters beyond the first plane', '𠮷野家 𝔊𝔦𝔰𝔞'],
  ['signs that turn the direction', 'before \u202eafter\u202c end'],
  ['signs without width', 'zero\u200bwidth\u200djoin\ufeff'],
  ['a lone surrogate and the replacement sign', 'half \\ud83d and \ufffd'],
  ['control characters', 'bell \u0007 end'],
];

test('words of every writing in headline, author, keywords and body are shown as they are', async ({ page, start }) => {
  test.setTimeout(90_000);
  const articles = WRITING.map(([, words], number) => nativeArticle(number, { headline: words, author: [{ name: words }], alternativeHeadline: [words], articleBody: `<p>${words}</p><p>다음 문단</p>` }));
  const site = await start({ overlay: nativeBackend(articles) });
  await open(page, site.at('sections/sahoe/'));
  for (const [number, [name, words]] of WRITING.entries()) {
    await test.step(name, async () => {
      // Letters that came apart are composed, so that every font shows them.
      const collapsed = words.replace(/[ \n]+/g, ' ').normalize('NFC');
      const link = page.locator('.content .story-headline a').nth(number);
      expect(await link.evaluate((element) => element.textContent)).toBe(collapsed);
      // Marks that are stacked out of their line can lie where the pointer would go.
      await link.press('Enter');
      await expect(page).toHaveURL(site.at(`articles/a${number}/`));
      await expect(page.locator('.article-body > p')).toHaveCount(2);
      expect(await page.locator('main h1').evaluate((heading) => heading.textContent)).toBe(collapsed);
      expect(await page.locator('.article-subheads li').evaluate((item) => item.textContent)).toBe(collapsed);
      expect(await page.title()).toContain(collapsed.replaceAll('\u0000', '').slice(0, 4));
      await page.goBack();
      await expect(page.locator('.content .story')).toHaveCount(WRITING.length);
    });
  }
});

test('a paragraph that says it runs from right to left does, and its neighbours do not', async ({ page, start }) => {
  const site = await start(withArticle({ articleBody: '<p>앞</p><p dir="rtl" lang="ar">افتتاح الجسر</p><p>뒤</p>' }));
  await open(page, site.at('articles/a3/'));
  const directions = await page.locator('.article-body > p').evaluateAll((all) => all.map((paragraph) => getComputedStyle(paragraph).direction));
  expect(directions).toEqual(['ltr', 'rtl', 'ltr']);
  await expect(page.locator('.article-body > p').nth(1)).toHaveAttribute('lang', 'ar');
});

// -------------------------------------------------------------------------------------------------------------- ids --

const IDS = [
  '2026/03/02/title', 'a/b/', '/a', '//a', 'with space', ' around ', 'two  spaces', '기사 하나', '日本語', 'café', 'cafe\u0301', '📰',
  '.', '..', '...', '../x', 'a/../b', 'a..b', 'v1.2', '.hidden', 'dot.', 'page.html', 'index.html',
  '100%', '50%25', '%2F', '%2E%2E', '%', '%zz', '~', '~2F', '~~', 'a~b', '\'single\'', '"double"', '`back`', 'a?b', 'a#b', 'a?b#c', 'a&b=c', 'a+b', 'a\\b', '<b>bold</b>',
  'a:b', 'urn:uuid:6e8bc430-9c3a-11d9-9669-0800200c9a66', 'https://news.example/2026/1?x=1#y', 'a;b,c', '{id}', '[0]', '(a)', 'a*b', 'a|b', 'a^b', 'a@b', 'a$b!', 'print', 'a/print', 'articles', '0', '007', 'UPPER', 'tab\there', 'line\nbreak', '__proto__', 'x'.repeat(180),
];

/** So many ids share a test. */
const TOGETHER = 10;

for (let first = 0; first < IDS.length; first += TOGETHER) {
  const some = IDS.slice(first, first + TOGETHER);

  test(`ids ${first + 1} to ${first + some.length} lead from the list to the article, to its print layout, and there after a reload`, async ({ page, start }) => {
    test.setTimeout(120_000);
    const articles = some.map((id, index) => nativeArticle(index, { id, headline: `기사 ${index}번` }));
    const backend = await Backend.start((address, _, response) => {
      if (address.pathname === '/latest') return json(response, nativeList(articles, 1, articles.length));
      const wanted = address.searchParams.get('id');
      const article = articles.find((candidate) => candidate.id === wanted);
      json(response, article ?? { error: `no article ${wanted}` }, article ? 200 : 404);
    });
    const mapping = { resources: { article: { url: '{+base}/article?id={id}' }, search: null, ranking: null, photos: null, today: null, previous: null, next: null, related: null, section: { url: '{+base}/latest' } } };
    const settings = { ...siteJson({ sidebar: [], sections: [{ slug: 'all', name: '모두' }] }), backend: { preset: 'native', url: backend.url, mapping } };
    const site = await start({ routes: appBelow('/articles/'), overlay: { '/site.json': settings } });
    const heading = page.locator('main h1');
    await open(page, site.at('search/'));
    for (const [index, id] of some.entries()) {
      await test.step(JSON.stringify(id.length > 60 ? `${id.slice(0, 10)}… (${id.length})` : id), async () => {
        const headline = `기사 ${index}번`;
        await goOn(page, site.at('sections/all/'));
        await page.getByRole('link', { name: headline, exact: true }).click();
        await expect(heading).toHaveText(headline);
        const article = new URL(page.url()).pathname;
        expect(article).toMatch(/^\/articles\/[^/]+\/$/);
        await page.locator('.tool-print').click();
        await expect(page.locator('.print-preview h1')).toHaveText(headline);
        expect(new URL(page.url()).pathname).toBe(`${article}print/`);
        await page.reload();
        await expect(page.locator('.print-preview h1')).toHaveText(headline);
        await page.locator('.print-toolbar a').click();
        await expect(heading).toHaveText(headline);
        expect(new URL(page.url()).pathname).toBe(article);
      });
    }
    const asked = backend.asked.filter((address) => address.pathname === '/article').map((address) => address.searchParams.get('id'));
    expect(new Set(asked)).toEqual(new Set(some));
    await backend.close();
  });
}
