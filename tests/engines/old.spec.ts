/**
 * What browsers get that are too old for the program or for the styles. Firefox and WebKit are made older here: the pages'
 * style sheets and scripts are sent to them as they look to an old browser.
 */
import { expect, isOnScreen, test } from './support.ts';

const ARTICLE = 'articles/10203/';

/** A page whose script may be replaced. */
const withoutHashes = (html: string): string => html.replace(/ integrity="[^"]*"/g, '');

/** A page whose styles stand in layers that the browser does not know. The policy has the hashes of the unchanged styles. */
const withoutLayers = (html: string): string =>
  withoutHashes(html)
    .replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '')
    .replaceAll('@layer', '@unknown')
    .replaceAll('revert-layer', 'unknown');

test('without cascade layers, an article fits into a phone, and its text has room', async ({ tab, start }) => {
  const site = await start({ change: withoutLayers, overlay: { '/assets/boot*': '' } });
  await tab.resize(360, 740);
  await tab.goto(site.at(ARTICLE));
  const [inner, scrolled] = await tab.evaluate(() => [document.documentElement.clientWidth, document.documentElement.scrollWidth]);
  expect(scrolled).toBe(inner);
  await tab.resize(1280, 800);
  const [width, size] = await tab.evaluate(() => {
    const paragraph = document.querySelector('.article-body > p')!;
    return [paragraph.clientWidth, parseFloat(getComputedStyle(paragraph).fontSize)];
  });
  expect(width! / size!).toBeLessThan(45);
  // What stands there for paper, and buttons that nothing listens to, are not shown.
  expect(await tab.evaluate(() => [...document.querySelectorAll('.paper-only, button[type=button]')].filter((element) => element.getClientRects().length > 0).length)).toBe(0);
});

test('where there are layers, there is `revert-layer`, so nobody gets the styles for old browsers as well', async ({ tab, site }) => {
  await tab.goto(site.at(ARTICLE));
  expect(await tab.evaluate(() => ['CSSLayerBlockRule' in window, CSS.supports('color', 'revert-layer')])).toEqual([true, true]);
});

test('where the script of the empty page can’t run, the page says which browsers can, and leads to the front page', async ({ tab, start, allow }) => {
  allow(/exception|SyntaxError/);
  const site = await start({ written: false, change: withoutHashes, overlay: { '/assets/boot*': 'a ??!= b' } });
  await tab.goto(site.at(ARTICLE));
  // It comes only after a while, so that nobody sees it before the script has come.
  await tab.until(() => getComputedStyle(document.querySelector('#boot-failure')!).visibility === 'hidden');
  await tab.evaluate(() => document.getAnimations().forEach((animation) => animation.finish()));
  await tab.until(() => getComputedStyle(document.querySelector('#boot-failure')!).visibility === 'visible');
  await tab.until(isOnScreen, '#boot-failure');
  expect(await tab.text('#boot-failure')).toMatch(/크롬 97[^]*Chrome 97/);
  expect(await tab.evaluate(() => document.querySelector<HTMLAnchorElement>('#boot-failure a')!.href)).toBe(site.url);
});

test('where WebAssembly is forbidden, the empty page says so at once, and a written page is read without the program', async ({ tab, start, allow }) => {
  // Firefox also says so of a file of which it has only a part, because the page was left.
  allow(/gisa: the program ended/, /in the integrity attribute/);
  const forbid = { '/forbid.js': 'delete window.WebAssembly' };
  const change = (html: string): string => html.replace('<head>', '<head><script src="/forbid.js"></script>');
  const empty = await start({ written: false, change, overlay: forbid });
  await tab.goto(empty.at(ARTICLE));
  await tab.waitFor('#boot-failure');
  expect(await tab.evaluate(() => getComputedStyle(document.querySelector('#boot-failure')!).visibility)).toBe('visible');
  const written = await start({ change, overlay: forbid });
  await tab.goto(written.at(ARTICLE));
  await tab.until(() => !document.documentElement.hasAttribute('data-scripted'));
  expect(await tab.count('.article-body > p')).toBeGreaterThan(5);
  await tab.click('.article-section a');
  await tab.waitFor('.story-list');
});
