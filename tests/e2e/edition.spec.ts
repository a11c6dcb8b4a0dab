/** The static edition: pages that were written beforehand, without the program and with it. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEBUG_DIST, DIST, GISA, Gate, demo, expect, idle, inFolder, isSameDocument, markDocument, send, settled, siteJson, svg, test, type Overlay, type Page, type Server } from './support';

const ARTICLE = 'articles/10203/';
const article = demo('data/articles/10203.json');
const ids = readdirSync(join(DIST, 'articles'));

/** Every page that was written, by its path. */
function pages(folder = DIST, path = ''): string[] {
  const entries = readdirSync(join(folder, path), { withFileTypes: true });
  const below = entries.filter((entry) => entry.isDirectory() && !['data', 'assets', 'schema'].includes(entry.name));
  const here = entries.some((entry) => entry.name === 'index.html') ? [path] : [];
  return [...here, ...below.flatMap((entry) => pages(folder, `${path}${entry.name}/`))];
}

/** Waits until the program made the page alive, and all of it is laid out. */
async function awake(page: Page): Promise<void> {
  await page.waitForSelector('html[data-awake][data-whole]', { state: 'attached' });
}

/** Goes to a page that was written, and waits for the program; true where it kept what stood there. */
async function wake(page: Page, address: string): Promise<boolean> {
  // Before the program can have started.
  await page.addInitScript(() => {
    const mark = (): void => document.querySelectorAll('main h1, .print-toolbar, .masthead-name').forEach((element) => Object.assign(element, { gisaTestMark: true }));
    document.addEventListener('DOMContentLoaded', mark, { once: true });
  });
  await page.goto(address);
  await awake(page);
  // On a print page, sheets stand in for the article.
  return page.evaluate(() =>
    [document.querySelector('.print-toolbar') ? '.print-toolbar' : 'main h1', '.masthead-name'].every((selector) => (document.querySelector(selector) as { gisaTestMark?: boolean } | null)?.gisaTestMark === true),
  );
}

type Part = 'gisa' | 'reader' | 'lists' | 'extras';

/** The address and the bytes of one of the program's parts. */
function part(name: Part): [address: string, bytes: Buffer] {
  const file = readdirSync(join(DIST, 'assets')).find((file) => file.startsWith(`${name}-`) && file.endsWith('.wasm')) ?? '';
  return [`/assets/${file}`, readFileSync(join(DIST, 'assets', file))];
}

/** A part of the program, held back until the gate opens. */
function heldBack(gate: Gate, name: Part = 'gisa'): Overlay {
  const [address, bytes] = part(name);
  return { [address]: gate.before(bytes, 'application/wasm') };
}

const text = (html: string): string => html.replace(/<[^>]*>/g, ' ').replace(/&[a-z]+;/g, ' ').replace(/\s+/g, ' ').trim();

// ------------------------------------------------------------------------------------------------------- hydration --

/** Every kind of page, and every eighth article. All articles are made alive by the production build. */
const ofEachKind = (path: string, index: number): boolean => !path.startsWith('articles/') || index % 8 === 0;

for (const [build, dist, isMeant] of [
  // Articles are made alive below, where their texts are read.
  ['production', DIST, (path: string) => !/^articles\/[^/]+\/$/.test(path)],
  ['debug', DEBUG_DIST, ofEachKind],
] as const) {
  test.describe(`the ${build} build`, () => {
    test.describe.configure({ timeout: 240_000 });
    const all = pages();

    for (const share of [0, 1]) {
      test(`makes every written page alive as it stands, and the console stays silent (${share + 1} of 2)`, async ({ context, start }) => {
        const site = await start({ dist, written: true });
        const said: string[] = [];
        context.on('console', (message) => said.push(`${message.page()?.url()}: ${message.text()}`));
        context.on('weberror', (error) => said.push(`${error.page()?.url()}: ${error.error().message}`));
        expect(all.length).toBeGreaterThan(90);
        const paths = all.filter(isMeant).filter((_, index) => index % 2 === share);
        expect(paths.length).toBeGreaterThan(8);
        for (const path of paths) {
          const page = await context.newPage();
          expect(await wake(page, site.at(path)), path).toBe(true);
          await page.close();
        }
        expect(said).toEqual([]);
      });
    }

    test('makes a page of every kind of body alive as it stands', async ({ context, start }) => {
      const site = await start({ dist, written: true });
      const said: string[] = [];
      context.on('console', (message) => said.push(message.text()));
      const page = await context.newPage();
      // It has a table, a gallery, a quotation and an embed.
      await wake(page, site.at('articles/10217/'));
      await page.locator('.masthead-name a').click();
      await expect(page.locator('.lead-story')).toBeVisible();
      await page.goBack();
      await expect(page.locator('.article-body')).toBeVisible();
      expect(said).toEqual([]);
    });
  });
}

test('a written page moves nothing when it becomes alive', async ({ page, start }) => {
  const site = await start({ written: true });
  for (const path of ['', ARTICLE, 'sections/sahoe/']) {
    await page.goto(site.at(path));
    await page.evaluate(() => {
      (window as any).gisaShift = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as any[]) if (!entry.hadRecentInput) (window as any).gisaShift += entry.value;
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await awake(page);
    await idle(page);
    // What moved is told after the frame is drawn.
    const shift = await page.evaluate(() => new Promise<number>((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done((window as any).gisaShift))))));
    expect(shift, path).toBeLessThan(0.001);
  }
});

test('a written page asks for its own data only when something beside it may have changed', async ({ page, start }) => {
  const site = await start({ written: true });
  await wake(page, site.at(ARTICLE));
  await expect.poll(() => site.count('/data/ranking/week.json')).toBe(1);
  await idle(page);
  const asked = site.requests.map(({ path }) => path).filter((path) => path.startsWith('/data/') && path.endsWith('.json'));
  expect(asked.filter((path) => path.startsWith('/data/articles/10203') || path.startsWith('/data/neighbours'))).toEqual([]);
});

test('what stands beside an article is refreshed when the page is alive', async ({ page, start }) => {
  const ranking = demo('data/ranking/week.json');
  const [first, second, ...rest] = ranking.items;
  const site = await start({ written: true, overlay: { '/data/ranking/week.json': { ...ranking, items: [{ ...second, position: 1 }, { ...first, position: 2 }, ...rest] } } });
  await page.goto(site.at(ARTICLE));
  await expect(page.locator('.sidebar .ranked-entry-headline').first()).toHaveText(second.article.headline);
});

test('related articles are the same in a written page, when it is alive, and in a page that is not written', async ({ page, start }) => {
  const expected = demo('data/related/10203.json').items.map((item: { headline: string }) => item.headline);
  const [, list = ''] = readFileSync(join(DIST, ARTICLE, 'index.html'), 'utf8').split(' class="others">');
  expect([...list.split('</section>')[0]!.matchAll(/story-headline">(.*?)<\/h3>/g)].map(([, headline]) => text(headline!))).toEqual(expected);
  const headlines = page.getByRole('region', { name: '관련기사' }).getByRole('heading', { level: 3 });
  const site = await start({ written: true });
  await wake(page, site.at(ARTICLE));
  await page.locator('.others').evaluate((element) => Object.assign(element, { gisaTestMark: true }));
  await expect.poll(() => site.count('/data/related/10203.json')).toBe(1);
  await idle(page);
  await expect(headlines).toHaveText(expected);
  expect(await page.locator('.others').evaluate((element) => (element as { gisaTestMark?: boolean }).gisaTestMark)).toBe(true);
  // Without another request, because the answer is kept.
  await page.locator('.masthead-name a').click();
  await expect(page.locator('.lead-story')).toBeVisible();
  await page.goBack();
  await expect(headlines).toHaveText(expected);
  const unwritten = await start({});
  await page.goto(unwritten.at(ARTICLE));
  await expect(headlines).toHaveText(expected);
});

test('related articles that the backend finds later replace those in a written page', async ({ page, start }) => {
  const { items } = demo('data/related/10203.json');
  const site = await start({ written: true, overlay: { '/data/related/10203.json': { items: items.toReversed() } } });
  await page.goto(site.at(ARTICLE));
  await expect(page.locator('.others .story-headline').first()).toHaveText(items.at(-1).headline);
  await expect(page.locator('.others .story-headline')).toHaveCount(items.length);
});

test('related articles that can not be loaded leave a written page as it is', async ({ page, start, complaints }) => {
  complaints.allow(/500/);
  const { items } = demo('data/related/10203.json');
  const site = await start({ written: true, overlay: { '/data/related/10203.json': (_, response) => send(response, 500, 'text/plain', 'broken') } });
  await page.goto(site.at(ARTICLE));
  await expect.poll(() => site.count('/data/related/10203.json')).toBeGreaterThan(0);
  await idle(page);
  await expect(page.locator('.others .story-headline')).toHaveText(items.map((item: { headline: string }) => item.headline));
});

test('the article that is being read is marked in the written sidebar, and the mark moves on', async ({ page, start }) => {
  const [first, second] = demo('data/ranking/week.json').items.map((entry: any) => entry.article);
  const site = await start({ written: true });
  expect(await wake(page, site.at(`articles/${first.id}/`))).toBe(true);
  const marked = page.locator('.sidebar .ranked-entry-headline[aria-current=page]');
  await expect(marked).toHaveText([first.headline]);
  await page.locator('.sidebar .ranked-entry-headline').nth(1).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(second.headline);
  await expect(marked).toHaveText([second.headline]);
});

test('with settings that were changed since, the page is built again around its article', async ({ page, start }) => {
  const site = await start({ written: true, overlay: { '/site.json': siteJson({ name: '새해솔신문' }) } });
  expect(await wake(page, site.at(ARTICLE))).toBe(false);
  await expect(page.locator('.masthead-name')).toHaveText('새해솔신문');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(article.headline);
});

test('a reader walks on from a written page without loading another document', async ({ page, start }) => {
  const site = await start({ written: true });
  await wake(page, site.at(ARTICLE));
  await markDocument(page);
  await page.locator('.neighbours a').first().click();
  await expect(page).not.toHaveURL(site.at(ARTICLE));
  await expect(page.locator('.article-body')).toBeVisible();
  expect(await isSameDocument(page)).toBe(true);
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(article.headline);
});

test('a reader who comes back to a written article again and again finds the same element, and nothing is added to it', async ({ page, start }) => {
  const site = await start({ written: true });
  expect(await wake(page, site.at(ARTICLE))).toBe(true);
  const nodes = (): Promise<number> => page.locator('.article-sheet').evaluate((article) => article.childNodes.length);
  const counts: number[] = [];
  for (let visit = 0; visit < 3; visit += 1) {
    await page.locator('.neighbours a').first().click();
    await expect(page).not.toHaveURL(site.at(ARTICLE));
    await settled(page);
    await page.goBack();
    await expect(page).toHaveURL(site.at(ARTICLE));
    await settled(page);
    counts.push(await nodes());
  }
  expect(counts).toEqual([counts[0], counts[0], counts[0]]);
});

test('a reader without a network comes back to a written article, and prints it', async ({ page, context, complaints, start }) => {
  // Without sheets, because their script can't come.
  complaints.allow(/ERR_INTERNET_DISCONNECTED|the print page has no sheets/);
  await page.addInitScript(() => void (window.print = () => void document.documentElement.setAttribute('data-printed', '')));
  const site = await start({ written: true });
  await wake(page, site.at(ARTICLE));
  const markup = async (): Promise<string> => (await page.locator('.article-sheet').innerHTML()).replaceAll('<!---->', '');
  const before = await markup();
  await page.locator('.neighbours a').first().click();
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(article.headline);
  await expect(page.locator('.article-body')).toBeVisible();
  await context.setOffline(true);
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(article.headline);
  expect(await markup()).toBe(before);
  await page.locator('.tool-print').click();
  await expect(page.locator('.print-preview .article-body')).toHaveCount(1);
  await expect(page.locator('.article-tools')).toBeHidden();
  await expect(page.locator('html')).toHaveAttribute('data-printed', '');
  await page.locator('.print-toolbar a').click();
  await page.locator('.tool-typeface').click();
  await expect(page.locator('html')).toHaveAttribute('data-sans', '');
});

test('an article that was printed first is read without loading it again', async ({ page, start }) => {
  await page.addInitScript(() => void (window.print = () => undefined));
  const site = await start({ written: true });
  expect(await wake(page, site.at(`${ARTICLE}print/`))).toBe(true);
  await markDocument(page);
  await page.locator('.print-toolbar a').click();
  await expect(page.locator('.article-after')).toBeVisible();
  await expect(page.locator('.article-body')).toHaveCount(1);
  await expect(page.locator('.tool-print')).toBeVisible();
  expect(await isSameDocument(page)).toBe(true);
  expect(site.count('/data/articles/10203.json')).toBe(0);
});

test('a button that is pressed before the program is there does its work when it is', async ({ page, start }) => {
  const program = new Gate();
  const site = await start({ written: true, overlay: heldBack(program) });
  await page.goto(site.at(ARTICLE));
  await page.locator('.tool-typeface').click();
  await page.locator('.embed button').click();
  await expect(page.locator('[data-pressed]')).toHaveCount(2);
  program.open();
  await awake(page);
  await expect(page.locator('[data-pressed]')).toHaveCount(0);
  await expect(page.locator('html')).toHaveAttribute('data-sans', '');
  await expect(page.locator('.embed-frame')).toBeFocused();
  await expect(page.locator('.tool-typeface')).toHaveText('명조체로 읽기', { useInnerText: true });
});

test('where a blocker removed the whole article before the program came, the article is loaded', async ({ page, start }) => {
  const { program } = await changeBeforeWaking(page, start, () => document.querySelector('.article-sheet')?.remove());
  program.open();
  await awake(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(article.headline);
  await expect(page.locator('.article-body')).toBeVisible();
});

test('an article that was not written yet is shown all the same', async ({ page, complaints, start }) => {
  complaints.allow(/404/);
  const fresh = { ...article, id: 'today-1', headline: '방금 들어온 기사' };
  const site = await start({ written: true, overlay: { '/data/articles/today-1.json': fresh, '/data/neighbours/today-1.json': {} } });
  await page.goto(site.at('articles/today-1/'));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('방금 들어온 기사');
});

test('a link that is followed while parts of the page still sleep leads on in the same document, and they wake up', async ({ page, start }) => {
  // The program goes on only when the browser has let it so many times.
  await page.addInitScript(() => {
    const waiting: (() => void)[] = [];
    const turns = { left: 0, go: (count: number): void => ((turns.left += count), waiting.splice(0).forEach((resume) => resume())) };
    Object.assign(window, { turns });
    Object.assign((window as { scheduler?: object }).scheduler ?? {}, {
      yield: async (): Promise<void> => {
        while (turns.left <= 0) await new Promise<void>((resolve) => waiting.push(resolve));
        turns.left -= 1;
      },
    });
  });
  const go = (count: number): Promise<void> => page.evaluate((count) => (window as unknown as { turns: { go: (count: number) => void } }).turns.go(count), count);
  const site = await start({ written: true });
  await page.goto(site.at(ARTICLE));
  await markDocument(page);
  const headline = await page.locator('.neighbour-headline').first().innerText();
  const isTaken = (): Promise<boolean> =>
    page.evaluate(() => {
      const click = new MouseEvent('click', { bubbles: true, cancelable: true });
      let isTaken = false;
      const see = (event: Event): void => ((isTaken = event.defaultPrevented), event.preventDefault());
      addEventListener('click', see);
      document.querySelector('.neighbours a')!.dispatchEvent(click);
      removeEventListener('click', see);
      return isTaken;
    });
  // The router takes the click as soon as it listens.
  await expect.poll(async () => (await go(1), await isTaken()), { intervals: [50] }).toBe(true);
  await expect(page.locator('html[data-awake]')).toHaveCount(0);
  await go(100);
  await expect(page.locator('.article-headline')).toHaveText(headline);
  await awake(page);
  expect(await isSameDocument(page)).toBe(true);
  await expect(page.locator('.masthead-date')).not.toBeEmpty();
  await page.locator('.section-nav a').first().click();
  await expect(page.locator('.story-list')).toBeVisible();
  expect(await isSameDocument(page)).toBe(true);
});

test('a search that is opened by its address shows what it finds', async ({ page, start }) => {
  const site = await start({ written: true });
  await page.goto(site.at(`search/?q=${encodeURIComponent('굴')}`));
  await expect(page.locator('.story-headline').first()).toBeVisible();
  await page.reload();
  await expect(page.locator('.story-headline').first()).toBeVisible();
  expect(await wake(page, site.at('search/'))).toBe(true);
});

test('a written page that is loaded again stays where its reader is, and so does the focus', async ({ page, start }) => {
  const overlay: Overlay = {};
  const site = await start({ written: true, overlay });
  await page.goto(site.at(ARTICLE));
  await awake(page);
  await page.evaluate(() => window.scrollTo(0, 600));
  await page.waitForFunction(() => window.scrollY === 600);
  const program = new Gate();
  Object.assign(overlay, heldBack(program));
  await page.reload();
  await page.waitForFunction(() => window.scrollY === 600);
  // The reader goes on while the program is on its way.
  const link = page.locator('.neighbours a').first();
  await link.focus();
  const place = await page.evaluate(() => window.scrollY);
  program.open();
  await awake(page);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await expect(link).toBeFocused();
  expect(await page.evaluate(() => window.scrollY)).toBe(place);
  await expect(page.locator('[aria-live=polite]')).toHaveText('');
});

test('a ranking that is brought up to date leaves the focus where its reader put it', async ({ page, start }) => {
  const ranking = demo('data/ranking/day.json');
  const [first, second, ...rest] = ranking.items;
  const changed = { ...ranking, items: [{ ...second, position: 1 }, { ...first, position: 2 }, ...rest] };
  const newer = new Gate();
  const site = await start({ written: true, overlay: { '/data/ranking/day.json': newer.before(changed) } });
  await wake(page, site.at('ranking/'));
  const headline = page.locator('.ranking .ranked-entry-headline').first();
  await expect(headline).toHaveText(first.article.headline);
  const tab = page.locator('.tabs a').nth(1);
  await tab.focus();
  newer.open();
  await expect(headline).toHaveText(second.article.headline);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await expect(tab).toBeFocused();
  await expect(page.locator('[aria-live=polite]')).toHaveText('');
});

test('what a page brought along is asked for again after five minutes', async ({ page, start }) => {
  const loaded = Date.now();
  await page.clock.setFixedTime(loaded);
  const site = await start({ written: true });
  await page.goto(site.at(''));
  await awake(page);
  const latest = () => site.count('/data/latest/1.json');
  await page.locator('.lead-story a').first().click();
  await expect(page.locator('.article-body')).toBeVisible();
  await page.locator('.masthead-name a').click();
  await expect(page.locator('.lead-story')).toBeVisible();
  const before = latest();
  await page.clock.setFixedTime(loaded + 301_000);
  await page.locator('.lead-story a').first().click();
  await expect(page.locator('.article-body')).toBeVisible();
  await page.locator('.masthead-name a').click();
  await expect.poll(latest).toBeGreaterThan(before);
});

test('the reader’s choices hold on a written page before the program is there', async ({ page, complaints, start }) => {
  complaints.allow(/503/, /Failed/, /SRI/, /gisa: the program ended/);
  const site = await start({ written: true, overlay: { '/assets/gisa*': (_, response) => void response.writeHead(503).end() } });
  await page.addInitScript(() => {
    localStorage.setItem('gisa:sans', '1');
    localStorage.setItem('gisa:desktop', '1');
  });
  await page.goto(site.at(ARTICLE));
  await expect(page.locator('html')).toHaveAttribute('data-sans', '');
  await expect(page.locator('meta[name=viewport]')).toHaveAttribute('content', 'width=1200');
});

// --------------------------------------------------------------------------------------- with and without the program --

for (const scripted of [false, true]) {
  test.describe(scripted ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled: scripted });

    const go = async (page: Page, site: Server, path: string): Promise<void> => {
      await page.goto(site.at(path));
      if (scripted) await awake(page);
    };

    test('every article has its headline, its whole text, its pictures and its neighbours', async ({ page, start }) => {
      test.setTimeout(180_000);
      const site = await start({ written: true });
      for (const id of ids) {
        const expected = demo(`data/articles/${id}.json`);
        if (scripted) expect(await wake(page, site.at(`articles/${id}/`)), id).toBe(true);
        else await go(page, site, `articles/${id}/`);
        await expect(page.getByRole('heading', { level: 1 })).toHaveText(expected.headline);
        const body = (await page.locator('.article-body').evaluate((body) => body.textContent ?? '')).replace(/\s+/g, '');
        for (const [, paragraph] of expected.articleBody.matchAll(/<p>([^]*?)<\/p>/g)) {
          expect(body, id).toContain(text(paragraph).replace(/\s+/g, ''));
        }
        // A body that shows the lead image itself describes it itself.
        if (expected.image) await expect(page.locator(`.article-sheet img[src="/data/${expected.image.url}"]`)).not.toHaveAttribute('alt', '');
        for (const image of await page.locator('.article-sheet img').evaluateAll((all) => all.map((one) => one.getAttribute('src') ?? ''))) {
          expect(statSync(join(DIST, image)).size, image).toBeGreaterThan(0);
        }
        const neighbours = demo(`data/neighbours/${id}.json`);
        for (const [rel, neighbour] of [['prev', neighbours.previous], ['next', neighbours.next]] as const) {
          const links = page.locator(`.neighbours a[rel=${rel}]`);
          if (neighbour) await expect(links).toHaveAttribute('href', `/articles/${neighbour.id}/`);
          else await expect(links).toHaveCount(0);
        }
      }
    });

    test('the ranking is read in order, beside an article and on its page', async ({ page, start }) => {
      const site = await start({ written: true });
      const headlines = (period: string): string[] => demo(`data/ranking/${period}.json`).items.map((entry: any) => entry.article.headline);
      await go(page, site, ARTICLE);
      await expect(page.locator('.sidebar .ranked-entry-headline')).toHaveText(headlines('week').slice(0, 7));
      for (const period of ['day', 'week', 'month']) {
        await go(page, site, `ranking/${period}/`);
        await expect(page.locator('.content .ranked-entry-headline')).toHaveText(headlines(period));
      }
    });

    test('a reader goes from the front page to a section, an article, its neighbour and its print page', async ({ page, start }) => {
      const site = await start({ written: true });
      await go(page, site, '');
      await page.getByRole('navigation', { name: '섹션' }).getByRole('link', { name: '사회', exact: true }).click();
      await expect(page).toHaveURL(site.at('sections/sahoe/'));
      await page.locator('.content .story-headline a').first().click();
      await expect(page.locator('.article-body')).toBeVisible();
      const neighbour = page.locator('.neighbours a').first();
      const headline = await neighbour.locator('.neighbour-headline').innerText();
      await neighbour.click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(headline);
      await page.getByRole('link', { name: '인쇄' }).click();
      await expect(page).toHaveURL(/\/print\/$/);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(headline);
      await expect(page.locator('.paper-masthead')).toBeVisible();
      await page.getByRole('link', { name: '기사로 돌아가기' }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(headline);
    });

    test('the photos have further pages with addresses of their own', async ({ page, start }) => {
      const site = await start({ written: true });
      await go(page, site, 'photos/');
      await page.getByRole('link', { name: '다음 쪽' }).click();
      await expect(page).toHaveURL(site.at('photos/page/2/'));
      await expect(page.locator('.photo-wall li').first()).toBeVisible();
    });

    test('an unknown address says so, with the status of a missing page', async ({ page, complaints, start }) => {
      complaints.allow(/404/);
      const site = await start({ written: true });
      const answer = await page.goto(site.at('no/such/page/'));
      expect(answer?.status()).toBe(404);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('찾으시는 페이지가 없습니다');
    });

    test('there are buttons only where they do something', async ({ page, start }) => {
      const site = await start({ written: true });
      for (const path of [ARTICLE, `${ARTICLE}print/`, '']) {
        await go(page, site, path);
        if (!scripted) await expect(page.getByRole('button'), path).toHaveCount(0);
      }
      if (!scripted) return;
      await go(page, site, ARTICLE);
      await page.locator('.tool-typeface').click();
      await expect(page.locator('html')).toHaveAttribute('data-sans', '');
      await page.locator('.site-footer-version').click();
      await expect(page.locator('meta[name=viewport]')).toHaveAttribute('content', 'width=1200');
    });
  });
}

test('every link and file of every written page leads to something', async ({ start, request }) => {
  test.setTimeout(120_000);
  const site = await start({ written: true });
  const known = new Map<string, number>();
  for (const path of pages()) {
    const html = readFileSync(join(DIST, path, 'index.html'), 'utf8');
    for (const [, address] of html.matchAll(/ (?:href|src)="(\/[^"#]*)"/g)) {
      const target = (address ?? '').replaceAll('&amp;', '&');
      if (!known.has(target)) known.set(target, (await request.get(new URL(target, site.url).href)).status());
      expect(known.get(target), `${path} leads to ${target}`).toBe(200);
    }
  }
  expect(known.size).toBeGreaterThan(100);
});

test('under the policy of its page, an embed is shown in its shape when the reader asks for it', async ({ page, complaints, start }) => {
  // Nothing outside the test's own servers can be reached: what counts is that the policy lets it be asked for.
  complaints.allow(/ERR_NAME_NOT_RESOLVED/);
  const site = await start({ written: true });
  await wake(page, site.at('articles/10203/'));
  expect(await page.locator('meta[http-equiv=Content-Security-Policy]').getAttribute('content')).toContain("script-src 'self' 'wasm-unsafe-eval' 'inline-speculation-rules';");
  const embed = page.locator('.embed').first();
  await embed.getByRole('button').click();
  await expect(embed.locator('iframe')).toBeFocused();
  const { width, height } = (await embed.locator('iframe').boundingBox()) ?? { width: 0, height: 1 };
  // As its author set it; without, it would be 16 to 9.
  expect(width / height).toBeCloseTo(3 / 2, 1);
});

test('an edition under a path of a site leads on below that path', async ({ page, start }) => {
  const folder = mkdtempSync(join(tmpdir(), 'gisa-edition-'));
  for (const name of ['assets', 'data', 'icon.svg', 'theme.css']) cpSync(join(DIST, name), join(folder, name), { recursive: true });
  writeFileSync(join(folder, '200.html'), inFolder(readFileSync(join(DIST, '200.html'), 'utf8'), '/news/'));
  writeFileSync(join(folder, 'site.json'), JSON.stringify(siteJson({ url: 'https://haesol.example/news/' })));
  execFileSync(GISA, ['prerender', folder]);
  const site = await start({ dist: folder, written: true, base: '/news/' });
  expect(await wake(page, site.at(ARTICLE))).toBe(true);
  await expect(page.locator('link[rel=canonical]')).toHaveAttribute('href', `https://haesol.example/news/${ARTICLE}`);
  await page.locator('.neighbours a').first().click();
  await expect(page).not.toHaveURL(site.at(ARTICLE));
  await expect(page.locator('.article-body')).toBeVisible();
  expect(page.url()).toContain('/news/articles/');
  expect(site.requests.filter(({ path }) => path.startsWith('outside:'))).toEqual([]);
  rmSync(folder, { recursive: true });
});

// ------------------------------------------------------------------------------------------------ when it goes wrong --

for (const [name, spoil] of [
  ['can’t be loaded', { '/assets/gisa*': (_: unknown, response: any) => response.writeHead(503).end() }],
  ['and its script can’t be loaded', { '/assets/boot*': (_: unknown, response: any) => response.writeHead(503).end() }],
  ['is not the one that the page was written for', { '/assets/gisa*': 'export default () => {};' }],
] as const) {
  test(`where the program ${name}, pages read, lead on and print`, async ({ page, complaints, start }) => {
    complaints.allow(/503/, /integrity/, /MIME/, /Failed/, /gisa: the program ended/);
    const site = await start({ written: true, overlay: spoil as any });
    await page.goto(site.at(ARTICLE));
    await idle(page);
    await expect(page.locator('.article-body')).toBeVisible();
    await expect(page.getByRole('button')).toHaveCount(0);
    await page.locator('.neighbours a').first().click();
    await expect(page).not.toHaveURL(site.at(ARTICLE));
    await expect(page.locator('.article-body')).toBeVisible();
    await page.emulateMedia({ media: 'print' });
    await expect(page.locator('.paper-masthead')).toBeVisible();
    await expect(page.locator('.site-header')).toBeHidden();
  });
}

test('where the program ends by a trap, links are the browser’s again and no button is left', async ({ page, complaints, start }) => {
  complaints.allow(/unreachable|gisa: the program ended|RuntimeError/);
  const site = await start({ written: true });
  await wake(page, site.at(ARTICLE));
  await markDocument(page);
  await page.evaluate(() => {
    const trap = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 116, 0, 0, 10, 5, 1, 3, 0, 0, 11]);
    setTimeout(() => void WebAssembly.instantiate(trap).then(({ instance }) => (instance.exports as any).t()));
  });
  await expect(page.getByRole('button')).toHaveCount(0);
  await page.locator('.neighbours a').first().click();
  await expect(page).not.toHaveURL(site.at(ARTICLE));
  await expect(page.locator('.article-body')).toBeVisible();
  expect(await isSameDocument(page)).toBe(false);
});

// The production build is four modules. Without the one that reads articles, a written page is alive, and nothing can be loaded.
test('an article that is followed before the part of the program that reads articles has come is shown when it has', async ({ page, start }) => {
  const reader = new Gate();
  const site = await start({ written: true, overlay: heldBack(reader, 'reader') });
  await page.goto(site.at(ARTICLE));
  await awake(page);
  await markDocument(page);
  const headline = await page.locator('.neighbour-headline').first().innerText();
  await page.locator('.neighbours a').first().click();
  await expect(page).not.toHaveURL(site.at(ARTICLE));
  await expect(page.locator('.article-headline')).toHaveCount(0);
  reader.open();
  await expect(page.locator('.article-headline')).toHaveText(headline);
  expect(await isSameDocument(page)).toBe(true);
});

for (const [what, name] of [['articles', 'reader'], ['lists', 'lists']] as const) {
  test(`where the part of the program that reads ${what} is missing, links are the browser’s and no button is left`, async ({ page, complaints, start }) => {
    complaints.allow(/404/, /MIME/, /gisa: the program ended/);
    const site = await start({ written: true, overlay: { [part(name)[0]]: (_, response) => void response.writeHead(404).end() } });
    await page.goto(site.at(ARTICLE));
    await expect(page.getByRole('button')).toHaveCount(0);
    const headline = await page.locator('.neighbour-headline').first().innerText();
    await page.locator('.neighbours a').first().click();
    await expect(page.locator('.article-headline')).toHaveText(headline);
  });
}

test('where the part of the program that reads articles can’t be reached, the reader gets the written page, and an unwritten page says so', async ({ page, complaints, start }) => {
  complaints.allow(/ERR_/, /404/);
  const [address] = part('reader');
  const site = await start({ written: true, overlay: { [address]: (_, response) => void response.destroy() } });
  await page.goto(site.at(ARTICLE));
  await awake(page);
  const headline = await page.locator('.neighbour-headline').first().innerText();
  await page.locator('.neighbours a').first().click();
  await expect(page.locator('.article-headline')).toHaveText(headline);
  await page.goto(site.at('articles/of-this-minute/'));
  await expect(page.locator('.content > .load-failure')).toContainText(site.at(address));
});

test('an article that is not written is shown before the part of the program that reads lists has come', async ({ page, start }) => {
  const lists = new Gate();
  const site = await start({ overlay: heldBack(lists, 'lists') });
  await page.goto(site.at(ARTICLE));
  await expect(page.locator('.article-body p').first()).toBeVisible();
  await expect.poll(() => site.count(part('lists')[0])).toBe(1);
  await expect(page.locator('.neighbours a')).toHaveCount(0);
  lists.open();
  await expect(page.locator('.neighbours a').first()).toBeVisible();
  await expect(page.locator('.sidebar .ranked-entry-headline').first()).toBeVisible();
});

test('a list that is followed before the part of the program that reads lists has come is shown when it has', async ({ page, start }) => {
  const lists = new Gate();
  const site = await start({ written: true, overlay: heldBack(lists, 'lists') });
  await page.goto(site.at(ARTICLE));
  await awake(page);
  await markDocument(page);
  await page.getByRole('navigation', { name: '섹션' }).getByRole('link').first().click();
  await expect(page).not.toHaveURL(site.at(ARTICLE));
  await expect(page.locator('main .story-headline')).toHaveCount(0);
  lists.open();
  await expect(page.locator('main .story-headline').first()).toBeVisible();
  expect(await isSameDocument(page)).toBe(true);
});

test('where the part of the program that reads lists can’t be reached, an article is shown, a list says so, and tries again when the reader asks', async ({ page, complaints, start }) => {
  complaints.allow(/ERR_/, /gisa: \S+lists-\S+: no answer/);
  const [address, bytes] = part('lists');
  let isThere = false;
  const give: Overlay[string] = (_, response) => void (isThere ? response.writeHead(200, { 'content-type': 'application/wasm' }).end(bytes) : response.destroy());
  const site = await start({ overlay: { [address]: give } });
  await page.goto(site.at(ARTICLE));
  await expect(page.locator('.article-body p').first()).toBeVisible();
  await page.getByRole('navigation', { name: '섹션' }).getByRole('link').first().click();
  await expect(page.locator('.content > .load-failure')).toContainText(site.at(address));
  isThere = true;
  await page.locator('.content > .load-failure').getByRole('button').click();
  await expect(page.locator('main .story-headline').first()).toBeVisible();
});

// A page without HTTPS has no `crypto.subtle`. There, a written page once ended the program at once.
test('without HTTPS, a written page is alive and leads on, and an article that is not written is shown', async ({ page, complaints, start }) => {
  // The host's answer to an address without a page.
  complaints.allow(/404/);
  await page.addInitScript(() => Object.defineProperty(Crypto.prototype, 'subtle', { value: undefined }));
  const site = await start({ written: true, overlay: { '/data/articles/of-this-minute.json': { ...article, id: 'of-this-minute' }, '/data/neighbours/of-this-minute.json': {}, '/data/related/of-this-minute.json': { items: [] } } });
  await page.goto(site.at(ARTICLE));
  await awake(page);
  await markDocument(page);
  const headline = await page.locator('.neighbour-headline').first().innerText();
  await page.locator('.neighbours a').first().click();
  await expect(page.locator('.article-headline')).toHaveText(headline);
  expect(await isSameDocument(page)).toBe(true);
  await page.goto(site.at('articles/of-this-minute/'));
  await expect(page.locator('.article-headline')).toHaveText(article.headline);
  await expect(page.locator('.sidebar .ranked-entry-headline').first()).toBeVisible();
});

test('without HTTPS, a part of the program that is another one is not used', async ({ page, complaints, start }) => {
  complaints.allow(/integrity/, /ERR_/);
  await page.addInitScript(() => Object.defineProperty(Crypto.prototype, 'subtle', { value: undefined }));
  const [address, bytes] = part('reader');
  const other = Buffer.concat([bytes, Buffer.from([0, 1, 0])]);
  const site = await start({ overlay: { [address]: (_, response) => void response.writeHead(200, { 'content-type': 'application/wasm' }).end(other) } });
  await page.goto(site.at(ARTICLE));
  await expect(page.locator('.content > .load-failure')).toContainText(site.at(address));
});

// The last part reads what only some backends have.
const MARKDOWN = { ...article, id: 'in-markdown', articleBody: '물길이 **다시** 열렸다.' };
const inMarkdown = (): Overlay => ({
  '/site.json': siteJson({ backend: { preset: 'native', url: 'data/', mapping: { formats: { articleBody: 'markdown' } } } }),
  '/data/articles/in-markdown.json': MARKDOWN,
  '/data/neighbours/in-markdown.json': {},
  '/data/related/in-markdown.json': { items: [] },
});

test('the last part of the program is loaded where bodies are Markdown, once, and not where they are HTML', async ({ page, start }) => {
  const [address] = part('extras');
  const html = await start();
  await page.goto(html.at(ARTICLE));
  await expect(page.locator('.article-body p').first()).toBeVisible();
  await idle(page);
  expect(html.count(part('reader')[0])).toBe(1);
  expect(html.count(part('lists')[0])).toBe(1);
  expect(html.count(address)).toBe(0);

  const markdown = await start({ overlay: inMarkdown() });
  await page.goto(markdown.at('articles/in-markdown/'));
  await expect(page.locator('.article-body strong')).toHaveText('다시');
  await page.locator('.masthead-name').click();
  await expect(page.locator('.story-headline').first()).toBeVisible();
  expect(markdown.count(address)).toBe(1);
});

test('where the last part of the program can’t be reached, the page says so, and tries again when the reader asks', async ({ page, complaints, start }) => {
  complaints.allow(/ERR_/);
  const [address, bytes] = part('extras');
  let isThere = false;
  const give: Overlay[string] = (_, response) => void (isThere ? response.writeHead(200, { 'content-type': 'application/wasm' }).end(bytes) : response.destroy());
  const site = await start({ overlay: { ...inMarkdown(), [address]: give } });
  await page.goto(site.at('articles/in-markdown/'));
  await expect(page.locator('.content > .load-failure')).toContainText(site.at(address));
  isThere = true;
  await page.locator('.content > .load-failure').getByRole('button').click();
  await expect(page.locator('.article-body strong')).toHaveText('다시');
});

/** Opens a written article, and changes its document before the program wakes it up. */
async function changeBeforeWaking(page: Page, start: (options: object) => Promise<Server>, change: () => void): Promise<{ site: Server; program: Gate }> {
  const program = new Gate();
  const site = await start({ written: true, overlay: heldBack(program) });
  await page.goto(site.at(ARTICLE));
  await page.evaluate(() => window.scrollTo(0, 400));
  await page.waitForFunction(() => window.scrollY === 400);
  await page.evaluate(change);
  return { site, program };
}

const CHANGES: [who: string, change: () => void][] = [
  ['a translator wrapped its texts', () => document.querySelectorAll('.article-body p').forEach((one) => (one.innerHTML = `<font><font>${one.innerHTML}</font></font>`))],
  ['a blocker removed the sidebar', () => document.querySelector('.sidebar')?.remove()],
  ['a blocker removed a box of the sidebar', () => document.querySelector('.sidebar-box')?.remove()],
  ['a browser made a link of a telephone number', () => document.querySelector('.site-footer p')?.insertAdjacentHTML('beforeend', ' <a href="tel:0212345678">02-1234-5678</a>')],
  ['an extension put an element into the page', () => document.querySelector('main')?.insertAdjacentHTML('afterbegin', '<div>extension</div>')],
  ['an extension put an element around the page’s content', () => document.querySelector('#app')?.insertAdjacentHTML('beforeend', '<div>extension</div>')],
];

for (const [who, change] of CHANGES) {
  test(`where ${who} before the program came, the page is made again where its reader is`, async ({ page, start }) => {
    const { program } = await changeBeforeWaking(page, start, change);
    // A text that was translated stays translated.
    const translated = await page.locator('.article-body font').count();
    program.open();
    await awake(page);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(article.headline);
    await expect(page.locator('.article-body')).toHaveCount(1);
    await expect(page.locator('main')).not.toContainText('extension');
    await expect(page.locator('.article-body font')).toHaveCount(translated);
    // Places are whole pixels; lines need not be.
    expect(Math.abs((await page.evaluate(() => window.scrollY)) - 400)).toBeLessThanOrEqual(1);
    await expect(page.locator('[aria-live=polite]')).toHaveText('');
    await markDocument(page);
    await page.locator('.neighbours a').first().click();
    await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(article.headline);
    expect(await isSameDocument(page)).toBe(true);
    await page.goBack();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(article.headline);
  });
}

test('before the program is there, a page is fetched when the pointer rests on its link', async ({ page, start }) => {
  const { site, program } = await changeBeforeWaking(page, start, () => undefined);
  const link = page.locator('.neighbours a').first();
  const path = await link.evaluate((link: HTMLAnchorElement) => link.pathname);
  await link.hover();
  await expect.poll(() => site.requests.find((seen) => seen.path === path)?.headers['sec-purpose']).toBe('prefetch');
  program.open();
  await awake(page);
  // From now on, the program fetches the article's data, which is less.
  await expect(page.locator('script[type=speculationrules]')).toHaveCount(0);
});

for (const [what, change] of [
  ['missing', () => document.querySelector('#page-data')?.remove()],
  ['cut off', () => (document.querySelector('#page-data')!.textContent = '{"article/10203":{"id"')],
] as const) {
  test(`where the data of a written page is ${what}, the page stays as it is`, async ({ page, complaints, start }) => {
    complaints.allow(/^gisa: /);
    const { site, program } = await changeBeforeWaking(page, start, change as () => void);
    const warned = page.waitForEvent('console', (message) => message.text().startsWith('gisa: '));
    program.open();
    await warned;
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(article.headline);
    await expect(page.getByRole('button')).toHaveCount(0);
    await markDocument(page);
    await page.locator('.neighbours a').first().click();
    await expect(page).not.toHaveURL(site.at(ARTICLE));
    await expect(page.locator('.article-body')).toBeVisible();
    expect(await isSameDocument(page)).toBe(false);
  });
}

test('a copy of a page in an archive stays as it is', async ({ page, complaints, start }) => {
  complaints.allow(/^gisa: /);
  const copy = readFileSync(join(DIST, ARTICLE, 'index.html'));
  const site = await start({ written: true, overlay: { '/web/2026/https://haesol.example/*': (_, response) => send(response, 200, 'text/html', copy) } });
  const warned = page.waitForEvent('console', (message) => message.text().startsWith('gisa: '));
  await page.goto(site.at(`web/2026/https://haesol.example/${ARTICLE}`));
  await warned;
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(article.headline);
  await expect(page.getByRole('button')).toHaveCount(0);
});

test('where the backend can’t give an article that is written, the reader gets the written page', async ({ page, complaints, start }) => {
  complaints.allow(/500/);
  const fails = (_: unknown, response: any) => void response.writeHead(500).end();
  const site = await start({ written: true, overlay: { '/data/articles/*': fails, '/data/neighbours/*': fails } });
  expect(await wake(page, site.at(''))).toBe(true);
  await markDocument(page);
  const link = page.locator('.lead-story-headline a');
  const headline = await link.innerText();
  await link.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(headline);
  await expect(page.locator('.article-body')).toBeVisible();
  expect(await isSameDocument(page)).toBe(false);
  await awake(page);
  await page.goBack();
  await expect(page.locator('.lead-story')).toBeVisible();
});

test('where neither the backend nor the host has an article, the page says what failed', async ({ page, complaints, start }) => {
  complaints.allow(/500/, /404/);
  const fails = (_: unknown, response: any) => void response.writeHead(500).end();
  const gone = (_: unknown, response: any) => void response.writeHead(404).end();
  const site = await start({ written: true, overlay: { '/data/articles/*': fails, '/data/neighbours/*': fails, '/articles/*': gone } });
  expect(await wake(page, site.at(''))).toBe(true);
  await markDocument(page);
  await page.locator('.lead-story-headline a').click();
  await expect(page.getByRole('alert')).toContainText('500');
  expect(await isSameDocument(page)).toBe(true);
});

test('the end of a page stays where it is when the reader comes to it', async ({ page, start }) => {
  const site = await start({ written: true });
  await wake(page, site.at('photos/'));
  const height = (): Promise<number> => page.evaluate(() => document.documentElement.scrollHeight);
  const before = await height();
  await page.locator('.site-foot').scrollIntoViewIfNeeded();
  await expect(page.locator('.site-foot')).toBeInViewport();
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  expect(await height()).toBe(before);
});

test('where site.json is gone, a written page stays as it is', async ({ page, complaints, start }) => {
  complaints.allow(/404/, /gisa:/);
  const site = await start({ written: true, overlay: { '/site.json': (_, response) => void response.writeHead(404).end() } });
  const warned = page.waitForEvent('console', (message) => message.text().startsWith('gisa:'));
  await page.goto(site.at(ARTICLE));
  await warned;
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(article.headline);
  await page.locator('.neighbours a').first().click();
  await expect(page).not.toHaveURL(site.at(ARTICLE));
  await expect(page.locator('.article-body')).toBeVisible();
});

for (const [id, segment] of [['today-1', 'today-1'], ['2026/11: 굴 (1)', '2026~2F11~3A~20굴~20(1)'], ["it's, new!", 'it~27s,~20new!']] as const) {
  test(`an unwritten page requests its data beside the program, and once: the article ${id}`, async ({ page, complaints, start }) => {
    complaints.allow(/404/);
    const program = new Gate();
    const fresh = { ...article, id, headline: '방금 들어온 기사' };
    const site = await start({
      written: true,
      overlay: {
        [`/data/articles/${id}.json`]: fresh,
        [`/data/neighbours/${id}.json`]: {},
        ...heldBack(program),
      },
    });
    await page.goto(site.at(`articles/${segment}/`));
    const data = [`/data/articles/${id}.json`, '/data/ranking/week.json', '/site.json'];
    for (const path of data) await expect.poll(() => site.count(path), path).toBe(1);
    program.open();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('방금 들어온 기사');
    await idle(page);
    for (const path of [...data, part('gisa')[0], part('reader')[0], part('lists')[0]]) expect(site.count(path), path).toBe(1);
  });
}

test('while the empty page’s program is on its way for long, the page says so, and then shows the article', async ({ page, start }) => {
  const program = new Gate();
  const site = await start({ overlay: heldBack(program) });
  await page.goto(site.at(ARTICLE));
  await expect(page.getByText('신문을 여는 중입니다…')).toBeVisible();
  program.open();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(article.headline);
  await expect(page.getByText('신문을 여는 중입니다…')).toHaveCount(0);
});

test('where the empty page’s program can’t be loaded, it says so', async ({ page, complaints, start }) => {
  complaints.allow(/503/, /Failed/, /SRI/, /gisa: the program ended/);
  const site = await start({ overlay: { '/assets/gisa*': (_, response) => void response.writeHead(503).end() } });
  await page.goto(site.at(ARTICLE));
  await expect(page.getByText('신문을 열지 못했습니다.')).toBeVisible();
});

test('a picture that can’t be had leaves a quiet place on a written page, too', async ({ page, complaints, start }) => {
  complaints.allow(/404/);
  const image = article.image.url as string;
  const site = await start({ written: true, overlay: { [`/data/${image}`]: (_, response) => void response.writeHead(404).end(), '/data/images/none.svg': svg(1) } });
  await wake(page, site.at(ARTICLE));
  await expect(page.locator('.article-sheet figure img').first()).toHaveAttribute('data-broken', '');
});
