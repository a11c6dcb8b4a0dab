/** The parts of pages in Firefox and WebKit: lists beside the article, what the reader chooses, widths, paper, faults. */
import { Counter } from '../e2e/counter.ts';
import { lonelyLines, outside } from '../e2e/lines.ts';
import { demo, failing, Gate, nativeArticle, nativeArticles, nativeBackend, PAGES, send, siteJson } from '../e2e/support.ts';
import { RICH_BODY, withBreaking } from '../e2e/states.ts';
import { startEngine } from './engines.ts';
import { KEYS } from './tab.ts';
import { expect, onPage, open, settled, test, type Tab } from './support.ts';

const ARTICLE = 'articles/10203/';

test('the sidebar ranks the most viewed with rank, headline and picture, and marks the article that is read', async ({ tab, site }) => {
  const entries = demo('data/ranking/week.json').items.slice(0, 7);
  await open(tab, site.at(ARTICLE));
  const headlines = entries.map((entry: any) => entry.article.headline);
  expect(await tab.texts('.sidebar .ranked-entry-headline')).toEqual(headlines);
  expect(await tab.texts('.sidebar .ranked-entry-position')).toEqual(['1', '2', '3', '4', '5', '6', '7']);
  await tab.evaluate(() => document.querySelector('.sidebar')!.scrollIntoView());
  await tab.until(() => [...document.querySelectorAll<HTMLImageElement>('.sidebar .ranked-entry img')].every((image) => image.naturalWidth > 0));
  await tab.click('.sidebar .ranked-entry:nth-child(3) .ranked-entry-headline');
  await onPage(tab, /^\/articles\//);
  await tab.until((headline) => document.querySelector<HTMLElement>('.sidebar [aria-current=page]')?.innerText.trim() === headline, headlines[2]);
});

test('the ranking has its periods, each with an address', async ({ tab, site }) => {
  await open(tab, site.at('ranking/'));
  await tab.click('.tabs a[href$="month/"]');
  await onPage(tab, /^\/ranking\/month\/$/);
  const headlines = demo('data/ranking/month.json').items.map((entry: any) => entry.article.headline);
  await expect.poll(() => tab.texts('.content .ranked-entry-headline')).toEqual(headlines);
});

test('an embed is fetched when the reader asks for it, and not before', async ({ tab, start, allow }) => {
  // Nothing outside can be reached.
  allow(/youtube|proxy/i);
  const articleBody = '<p>영상이 있다.</p><p><iframe src="https://www.youtube.com/embed/abc" title="바다 영상"></iframe></p>';
  const site = await start({ written: false, overlay: nativeBackend([nativeArticle(1, { articleBody })]) });
  await open(tab, site.at('articles/a1/'));
  expect(await tab.count('iframe')).toBe(0);
  await tab.click('.embed button');
  await tab.waitFor('iframe.embed-frame');
  expect(await tab.evaluate(() => document.querySelector('iframe')!.src)).toContain('https://www.youtube-nocookie.com/embed/abc');
});

test('the reader’s typeface is kept, also on a page that was just loaded', async ({ tab, site }) => {
  const family = (): Promise<string> => tab.evaluate(() => getComputedStyle(document.querySelector('.article-body')!).fontFamily);
  await open(tab, site.at(ARTICLE));
  expect(await family()).toMatch(/, serif$/);
  await tab.click('.tool-typeface');
  await expect.poll(family).toMatch(/sans-serif$/);
  await tab.reload();
  expect(await family()).toMatch(/sans-serif$/);
  await settled(tab);
  await tab.click('.tool-typeface');
  await expect.poll(family).toMatch(/, serif$/);
});

test('a recommendation counts once, also after a reload', async ({ tab, start }) => {
  const site = await start({
    written: false,
    overlay: { '/site.json': siteJson({ tools: { recommend: 'api/recommend/{id}' } }), '/api/recommend/10203': {} },
  });
  await open(tab, site.at(ARTICLE));
  await tab.click('.recommend button');
  await expect.poll(() => tab.text('.recommend button')).toContain('추천했습니다');
  await tab.reload();
  await settled(tab);
  expect(await tab.evaluate(() => document.querySelector<HTMLButtonElement>('.recommend button')!.disabled)).toBe(true);
  expect(site.requests.filter(({ method }) => method === 'POST').map(({ path }) => path)).toEqual(['/api/recommend/10203']);
});

for (const width of [360, 768, 1280]) {
  test(`no page scrolls sideways at ${width} pixels`, async ({ tab, start }) => {
    const wide = nativeArticle(7, {
      articleBody: `${RICH_BODY}<p>${'가'.repeat(300)}</p><p>https://example.org/${'a'.repeat(300)}</p><table><tr>${'<td>칸이 많은 표</td>'.repeat(30)}</tr></table><pre>${'x'.repeat(400)}</pre>`,
      image: { url: 'images/harbor-dawn.svg', width: 3000, height: 400 },
    });
    const demo = await start();
    const hard = await start({ written: false, overlay: nativeBackend(nativeArticles(25, (number) => (number === 7 ? wide : {}))) });
    await tab.resize(width, 800);
    for (const address of [...Object.values(PAGES).map((path) => demo.at(path)), hard.at('articles/a7/')]) {
      await open(tab, address);
      const [inner, scrolled] = await tab.evaluate(() => [document.documentElement.clientWidth, document.documentElement.scrollWidth]);
      expect(scrolled, address).toBeLessThanOrEqual(inner!);
    }
  });
}

test('dark pages are dark, and their text is bright', async ({ engineName, tab, site, engine }) => {
  const look = async (tab: Tab): Promise<number[]> => {
    await open(tab, site.at(ARTICLE));
    return tab.evaluate(() => {
      const bright = (color: string): number => color.match(/\d+/g)!.slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 3;
      const style = getComputedStyle(document.body);
      return [bright(style.backgroundColor), bright(style.color)];
    });
  };
  const [paper, ink] = await look(tab);
  expect(paper).toBeGreaterThan(240);
  expect(ink).toBeLessThan(40);
  let dark = tab;
  const own = engineName === 'webkit' ? await startEngine('webkit', { dark: true }) : engine;
  if (engineName === 'webkit') dark = await own.tab();
  else await tab.prefer('layout.css.prefers-color-scheme.content-override', 0);
  const [darkPaper, brightInk] = await look(dark);
  if (own === engine) await tab.prefer('layout.css.prefers-color-scheme.content-override', 1);
  else await own.stop();
  expect(darkPaper).toBeLessThan(40);
  expect(brightInk).toBeGreaterThan(200);
});

test('the print page opens the dialog once, when all of its pictures are there', async ({ tab, site }) => {
  await tab.goto(site.at(`${ARTICLE}print/`));
  await expect.poll(() => tab.printed()).toBe(1);
  expect(await tab.evaluate(() => [...document.querySelectorAll<HTMLImageElement>('.article-sheet img')].map((image) => image.naturalWidth))).not.toContain(0);
  // The dialog has been closed, and nothing opens it again.
  await tab.evaluate(() => dispatchEvent(new Event('afterprint')));
  await settled(tab);
  expect(await tab.printed()).toBe(1);
});

test('the print page shows the article on numbered sheets of two columns', async ({ tab, site }) => {
  const address = 'articles/10215/';
  const text = (selector: string): Promise<string> =>
    tab.evaluate((selector) => [...document.querySelectorAll(selector)].map((element) => element.textContent).join('').replace(/\s+/g, ''), selector);
  await open(tab, site.at(address));
  const article = await text('.article-sheet');
  await tab.goto(site.at(`${address}print/`));
  await expect.poll(() => tab.printed()).toBe(1);
  expect(await text('.sheet > .article-sheet')).toBe(article);
  expect(await tab.texts('.sheet-foot > :nth-child(2)')).toEqual(['1 / 2', '2 / 2']);
  expect(await tab.evaluate(lonelyLines)).toEqual([]);
  expect(await tab.evaluate(outside)).toEqual([]);
  const columns = await tab.evaluate(() => [...document.querySelectorAll('.sheet:first-child .sheet-part:not([data-wide])')].map((part) => part.getBoundingClientRect().left));
  expect(columns).toHaveLength(2);
  expect(columns[1]).toBeGreaterThan(columns[0]!);
});

test('an option of the print page is changed by the keyboard, and how many sheets there are is announced', async ({ tab, site }) => {
  await tab.goto(site.at(`${ARTICLE}print/`));
  await expect.poll(() => tab.printed()).toBe(1);
  expect(await tab.text('.sheet-options output')).toBe('1장');
  await tab.evaluate(() => document.querySelector<HTMLElement>('[name=notes]')!.focus());
  await tab.press([' ']);
  expect(await tab.count('[data-notes=false] .sheet')).toBe(1);
  await tab.evaluate(() => document.querySelector<HTMLElement>('[name=text]')!.focus());
  await tab.press([KEYS.end]);
  await expect.poll(() => tab.text('.sheet-options output')).toMatch(/^[2-9]장$/);
});

test('Ctrl+P on an article loads all of its pictures and opens the dialog once', async ({ tab, site }) => {
  await open(tab, site.at(ARTICLE));
  await tab.press(['p'], [KEYS.control]);
  await expect.poll(() => tab.printed()).toBe(1);
  expect(await tab.evaluate(() => [...document.querySelectorAll<HTMLImageElement>('.article-sheet img')].every((image) => image.complete))).toBe(true);
});

test('the print link leads to the print page, and Back to the article', async ({ tab, site }) => {
  await open(tab, site.at(ARTICLE));
  await tab.click('.article-tools a[href$="/print/"]');
  await onPage(tab, /\/print\/$/);
  await expect.poll(() => tab.printed()).toBe(1);
  await tab.back();
  await onPage(tab, /10203\/$/);
  await tab.waitFor('.article-tools');
});

test('a picture that can’t be had leaves a quiet place', async ({ tab, start, allow }) => {
  allow(/404/);
  const site = await start({ overlay: { '/data/images/*': failing(404) } });
  await open(tab, site.at(ARTICLE));
  await tab.until(() => document.querySelector('.article-sheet img')?.hasAttribute('data-broken'));
});

test('a view is counted after two seconds by one request without a word of the reader', async ({ tab, start }) => {
  const counter = await Counter.start();
  const site = await start({ written: false, isReader: true, overlay: { '/site.json': siteJson({ tools: { view: `${counter.origin}/views/{id}` } }) } });
  await open(tab, site.at(ARTICLE));
  await expect.poll(() => counter.paths).toEqual(['/views/10203']);
  await tab.click('.neighbours a');
  await onPage(tab, /^\/articles\/(?!10203)/);
  await expect.poll(() => counter.told.length).toBe(2);
  expect(counter.told.map(({ method, body, headers }) => [method, body, headers.cookie])).toEqual([['POST', '', undefined], ['POST', '', undefined]]);
  await counter.close();
});

test('a line of breaking news stands above everything, and leads to its article', async ({ tab, start }) => {
  const until = new Date(Date.now() + 3_600_000).toISOString();
  const site = await start({ written: false, overlay: withBreaking({ text: '여울대교 양방향 통제', id: '10203', until }) });
  await open(tab, site.url);
  await tab.waitFor('.breaking');
  await tab.click('.breaking a');
  await onPage(tab, /^\/articles\/10203\/$/);
  expect(await tab.text('.breaking')).toBe('속보 여울대교 양방향 통제');
});

test('a slow backend: the page shows where its content will be, then the content', async ({ tab, start }) => {
  const gate = new Gate();
  const site = await start({ written: false, overlay: { '/data/sections/sahoe/1.json': gate.before(demo('data/sections/sahoe/1.json')) } });
  await tab.goto(site.at('sections/sahoe/'));
  await tab.waitFor('.content .skeleton');
  expect(await tab.count('.story-list')).toBe(0);
  gate.open();
  await settled(tab);
  expect(await tab.count('.story-list .story-headline')).toBeGreaterThan(3);
});

test('a lost connection is named, and the article comes when it is tried again', async ({ tab, start, allow }) => {
  allow(/gisa:/, /access control|NetworkError|Load failed|fetch/i);
  let works = false;
  const article = demo('data/articles/10203.json');
  const site = await start({
    written: false,
    overlay: {
      '/data/articles/10203.json': (_, response) => (works ? send(response, 200, 'application/json', JSON.stringify(article)) : void response.destroy()),
    },
  });
  await tab.goto(site.at(ARTICLE));
  await tab.waitFor('main [role=alert]');
  expect(await tab.text('main [role=alert]')).toContain('서버에 연결하지 못했습니다. 인터넷 연결을 확인해 주세요.');
  works = true;
  await tab.click('main [role=alert] button');
  await expect.poll(() => tab.texts('main h1')).toEqual([article.headline]);
});

test('what a hostile body contains does not run', async ({ tab, start }) => {
  const articleBody = `<p>앞</p><script>window.ran = 1</script><img src="x" onerror="window.ran = 2"><a href="javascript:window.ran=3">눌러</a>
    <svg onload="window.ran = 4"></svg><iframe srcdoc="<script>parent.ran = 5</script>"></iframe><style>body { display: none }</style><p>뒤</p>`;
  const site = await start({ written: false, overlay: nativeBackend([nativeArticle(1, { articleBody })]) });
  await open(tab, site.at('articles/a1/'));
  expect(await tab.text('.article-body')).toContain('뒤');
  expect(await tab.evaluate(() => (window as any).ran ?? 'nothing')).toBe('nothing');
  expect(await tab.count('.article-body :is(script, style, svg, iframe, [onerror], [onload], a[href^=javascript])')).toBe(0);
});
