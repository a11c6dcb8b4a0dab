/** Reading the newspaper in Firefox and WebKit: pages, links, the way back, the keyboard. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DIST, Gate, nativeArticle, nativeArticles, nativeBackend, PAGES } from '../e2e/support.ts';
import { KEYS } from './tab.ts';
import { expect, isOnScreen, mark, isMarked, onPage, open, place, scrollTo, settled, test } from './support.ts';

const ARTICLE = 'articles/10203/';
const SECTION = 'sections/sahoe/';

test('a written article is there before the program, which wakes it up', async ({ tab, site }) => {
  await tab.goto(site.at(ARTICLE));
  expect(await tab.text('.article-headline')).toContain('여울대교');
  await tab.evaluate(() => void ((document.querySelector('.article-body') as any).mark = true));
  await settled(tab);
  // The element that was written is still there.
  expect(await tab.evaluate(() => (document.querySelector('.article-body') as any).mark)).toBe(true);
  expect(await tab.count('.tool-typeface')).toBe(1);
});

test('an empty page shows the article of its address, with the dates of the newspaper’s time zone', async ({ tab, start }) => {
  const article = nativeArticle(1, { datePublished: '2026-03-01T23:30:00Z' });
  const site = await start({ written: false, overlay: nativeBackend([article]) });
  await open(tab, site.at('articles/a1/'));
  expect(await tab.text('.article-headline')).toBe('지어낸 기사 1');
  expect(await tab.texts('.article-body > p')).toEqual(['지어낸 기사 1의 첫 문장이다. 둘째 문장도 있다.', '둘째 문단은 여기에서 끝난다.']);
  expect(await tab.text('.article-dates')).toContain('2026-03-02 08:30:00');
});

for (const written of [true, false]) {
  test(`every kind of page shows its content without a complaint of the browser, ${written ? 'written' : 'empty'}`, async ({ tab, start }) => {
    const site = await start({ written });
    for (const path of Object.values(PAGES)) {
      await tab.goto(site.at(path));
      await settled(tab);
      // A line for a reader without a place or a text would be a failure that nobody reports.
      expect(await tab.count('.load-failure'), path).toBe(0);
      expect((await tab.text('main h1')).length, path).toBeGreaterThan(1);
    }
  });
}

test('a page that is not there says so, and leads to the front page', async ({ tab, site }) => {
  await open(tab, site.at('articles/99999/'));
  expect(await tab.text('main h1')).toBe('찾으시는 페이지가 없습니다');
  await tab.click('main a[href="/"]');
  await tab.waitFor('.lead-story');
});

test('a link is followed in the same document, and Back and Forward have the place on each page', async ({ tab, site }) => {
  await open(tab, site.at(SECTION));
  await mark(tab);
  await tab.evaluate(async () => {
    document.querySelectorAll('.story-list .story-headline a')[5]!.scrollIntoView({ block: 'center' });
    // The program learns of it by an event, with the next frame.
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  });
  const [list] = [await place(tab)];
  expect(list).toBeGreaterThan(100);
  await tab.click('.story-list > li:nth-child(6) .story-headline a');
  await onPage(tab, /^\/articles\//);
  expect(await place(tab)).toBe(0);
  expect(await tab.evaluate(() => document.activeElement?.tagName)).toBe('H1');
  await scrollTo(tab, 500);
  await tab.back();
  await onPage(tab, /^\/sections\//);
  await expect.poll(() => place(tab)).toBe(list);
  await tab.forward();
  await onPage(tab, /^\/articles\//);
  await expect.poll(() => place(tab)).toBe(500);
  expect(await isMarked(tab)).toBe(true);
});

for (const written of [true, false]) {
  test(`Back from another document has the place, on a page that is ${written ? 'written' : 'empty'}`, async ({ tab, start }) => {
    const site = await start({ written });
    const other = await start();
    await open(tab, site.at(ARTICLE));
    await scrollTo(tab, 900);
    await open(tab, other.at('today/'));
    await tab.back();
    await onPage(tab, /^\/articles\//);
    await settled(tab);
    await expect.poll(() => place(tab)).toBe(900);
    // It is no place on the way.
    await tab.evaluate(() => new Promise((done) => setTimeout(done, 300)));
    expect(await place(tab)).toBe(900);
  });

  test(`a reload keeps the place, on a page that is ${written ? 'written' : 'empty'}`, async ({ tab, start }) => {
    const site = await start({ written });
    await open(tab, site.at(ARTICLE));
    await scrollTo(tab, 900);
    await mark(tab);
    await tab.reload();
    await settled(tab);
    expect(await isMarked(tab)).toBe(false);
    await expect.poll(() => place(tab)).toBe(900);
  });
}

test('the program is there when the reader comes back to a page that was left before it had come', async ({ tab, start, allow }) => {
  // Firefox lets a page that was left not even read its own address.
  allow(/gisa: the program ended/, /The operation is insecure/, /in the integrity attribute/);
  const program = new Gate();
  const name = readdirSync(join(DIST, 'assets')).find((name) => /^gisa.*\.wasm$/.test(name))!;
  const asset = `/assets/${name}`;
  const site = await start({ overlay: { [asset]: program.before(readFileSync(join(DIST, asset)), 'application/wasm') } });
  const other = await start();
  await tab.goto(site.at(ARTICLE));
  await expect.poll(() => site.count(asset)).toBe(1);
  await open(tab, other.at('today/'));
  program.open();
  await tab.back();
  await onPage(tab, /^\/articles\//);
  await settled(tab);
});

test('no file of the program is fetched twice', async ({ tab, start }) => {
  for (const written of [true, false]) {
    const site = await start({ written });
    await open(tab, site.at(ARTICLE));
    await tab.click('.article-section a');
    await onPage(tab, /^\/sections\//);
    const files = site.requests.map(({ path }) => path).filter((path) => path.startsWith('/assets/'));
    expect(files.length).toBeGreaterThan(2);
    expect(files.filter((path, index) => files.indexOf(path) < index)).toEqual([]);
  }
});

test('a list is read page by page, and a neighbour leads on', async ({ tab, start }) => {
  const site = await start({ written: false, overlay: nativeBackend(nativeArticles(45)) });
  await open(tab, site.at(SECTION));
  await tab.click('.pager a[rel=next]');
  await onPage(tab, /page\/2\/$/);
  expect(await tab.text('.story-list .story-headline')).toBe('지어낸 기사 25');
  await tab.click('.story-list .story-headline a');
  await onPage(tab, /articles\/a25\//);
  await tab.click('.neighbours a[rel=next]');
  await onPage(tab, /articles\/a26\//);
  expect(await tab.evaluate(() => document.title)).toBe('지어낸 기사 26 – 해솔신문');
});

test('a footnote is reached and left within the article', async ({ tab, start }) => {
  const articleBody = '<p>앞</p>'.repeat(40) + '<p>본문<sup><a href="#n1" id="r1">1</a></sup></p>' + '<p>문단</p>'.repeat(80) + '<ol><li id="n1">각주 <a href="#r1">↩</a></li></ol>';
  const site = await start({ written: false, overlay: nativeBackend([nativeArticle(1, { articleBody })]) });
  await open(tab, site.at('articles/a1/'));
  // WebDriver scrolls only the letters of a link into view, and not its padding.
  await tab.evaluate(() => document.querySelector('#note-r1')!.scrollIntoView({ block: 'center' }));
  await tab.click('#note-r1');
  await tab.until(isOnScreen, '#note-n1');
  // The new entry in the history has its mark.
  await tab.until(() => history.state !== null);
  await tab.back();
  await tab.until(isOnScreen, '#note-r1');
});

test('the newspaper works in a folder of a site', async ({ tab, start }) => {
  const site = await start({ written: false, base: '/news/' });
  await open(tab, site.at(ARTICLE));
  await tab.click('.article-section a');
  await onPage(tab, /^\/news\/sections\//);
  await tab.back();
  await onPage(tab, /^\/news\/articles\//);
});

test('the search finds articles by Korean words, and Back returns to the first words', async ({ tab, site }) => {
  await open(tab, site.at('search/'));
  await tab.click('main input[type=search]');
  await tab.press([...'여울대교 연륙교', KEYS.enter]);
  await onPage(tab, /^\/search\/$/);
  await expect.poll(() => tab.text('main h1')).toMatch(/^‘여울대교 연륙교’ 검색 결과 \d+건$/);
  await settled(tab);
  expect(await tab.count('main .story-headline')).toBeGreaterThan(0);
  await tab.evaluate(() => {
    const field = document.querySelector<HTMLInputElement>('main input[type=search]')!;
    field.focus();
    field.select();
  });
  await tab.press([...'딸기', KEYS.enter]);
  await expect.poll(() => tab.text('main h1')).toContain('‘딸기’');
  await tab.back();
  await expect.poll(() => tab.text('main h1')).toContain('‘여울대교 연륙교’');
  expect(await tab.evaluate(() => document.querySelector<HTMLInputElement>('main input[type=search]')!.value)).toBe('여울대교 연륙교');
});

test('the skip link comes first and leads past the navigation', async ({ tab, site }) => {
  await open(tab, site.at(SECTION));
  await tab.press([KEYS.tab]);
  expect(await tab.evaluate(() => document.activeElement?.className)).toBe('skip-link');
  await tab.until(isOnScreen, '.skip-link');
  await tab.press([KEYS.enter]);
  await tab.until(() => document.activeElement?.tagName === 'MAIN');
  await tab.press([KEYS.tab]);
  expect(await tab.evaluate(() => document.querySelector('main a') === document.activeElement)).toBe(true);
  expect(await tab.url()).toBe(site.at(SECTION));
});

test('a page is read by keyboard alone: a link that has the focus is seen, and Enter follows it', async ({ tab, site }) => {
  await open(tab, site.at(SECTION));
  await tab.evaluate(() => document.querySelector<HTMLElement>('.story-list .story-headline a')!.focus());
  await tab.press([KEYS.tab]);
  await tab.press([KEYS.tab], [KEYS.shift]);
  const outline = await tab.evaluate(() => {
    const style = getComputedStyle(document.activeElement!);
    return [document.activeElement!.matches('.story-headline a'), style.outlineStyle, style.outlineWidth];
  });
  expect(outline).toEqual([true, 'solid', '3px']);
  await tab.press([KEYS.enter]);
  await onPage(tab, /^\/articles\//);
  expect(await tab.evaluate(() => document.activeElement?.tagName)).toBe('H1');
});

test('when the program ends, links work as without it', async ({ tab, site, allow }) => {
  allow(/gisa: the program ended/, /invented/);
  await open(tab, site.at(SECTION));
  await mark(tab);
  await tab.evaluate(() => (window as any).overflow());
  await tab.until(() => !document.documentElement.hasAttribute('data-awake'));
  await tab.click('.story-list .story-headline a');
  await onPage(tab, /^\/articles\//);
  expect(await isMarked(tab)).toBe(false);
});
