/** Reading the newspaper in Firefox and WebKit: pages, links, and the way back. */
import { expect, open, place, scrollTo, settled, test } from './support.ts';

test('a written article is there before the program, and the program wakes it up', async ({ tab, site }) => {
  await tab.goto(site.at('articles/10203/'));
  expect(await tab.text('.article-headline')).toContain('여울대교');
  await settled(tab);
  expect(await tab.count('.article-body > p')).toBeGreaterThan(5);
});

test('an empty page shows the article of its address', async ({ tab, start }) => {
  const site = await start({ written: false });
  await open(tab, site.at('articles/10203/'));
  expect(await tab.text('.article-headline')).toContain('여울대교');
});

test('a link is followed within the same document, and Back has the place in the list', async ({ tab, site }) => {
  await open(tab, site.at('sections/sahoe/'));
  await tab.evaluate(() => void ((window as any).mark = true));
  await scrollTo(tab, 700);
  const before = await place(tab);
  await tab.click('.story-list > li:nth-child(6) .story-headline a');
  await tab.waitFor('.article-headline');
  await settled(tab);
  expect(await place(tab)).toBe(0);
  await tab.back();
  await tab.until(() => location.pathname === '/sections/sahoe/' && document.querySelector('.story-list'));
  await expect.poll(() => place(tab)).toBe(before);
  expect(await tab.evaluate(() => (window as any).mark)).toBe(true);
});
