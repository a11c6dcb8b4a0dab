/** What holds of a newspaper on Strapi and of one on Directus: their seeds have the same stories. */
import { rmSync } from 'node:fs';
import { headlinesOf } from './real-backend.ts';
import { expect, open, settled, test, type Server } from './support.ts';
import { requested, withoutPages } from './unwritten.ts';

export interface Newspaper {
  /** The root of the backend's API. */
  root: string;
  /** The one that reads it without changes to the mapping. */
  site(): Server;
  /** The `site.json` with changes to the mapping. */
  siteWith(mapping?: object): object;
  /** The changes by which articles are found by their slugs. */
  bySlug: object;
  /** The address of the article with this slug. */
  article(slug: string): string;
  /** The id of each article, by slug. */
  ids: Record<string, string>;
  /** The headlines of the hard stories, from the newest to the oldest; then come the plain ones. */
  headlines: string[];
  plain: string[];
}

/** Declares the tests. */
export function testNewspaper(newspaper: Newspaper): void {
  const { headlines, plain } = newspaper;

  test('a section is read page by page to its end, and every story stands on exactly one page', async ({ page, start }) => {
    const site = await start({ overlay: { '/site.json': newspaper.siteWith({ pageSize: 10 }) } });
    await open(page, site.at('sections/politics/'));
    const seen = await headlinesOf(page, '.story-list');
    for (const number of [2, 3]) {
      await page.locator('.pager a[rel=next]').click();
      await expect(page.locator('.pager')).toContainText(`Page ${number} of 3`);
      await settled(page);
      seen.push(...(await headlinesOf(page, '.story-list')));
    }
    await expect(page.locator('.pager a[rel=next]')).toHaveCount(0);
    expect(seen).toEqual([headlines[0], headlines[1], ...plain]);
  });

  test('a page behind the last one is empty', async ({ page }) => {
    await open(page, newspaper.site().at('sections/politics/page/9/'));
    await expect(page.locator('.story-list .story')).toHaveCount(0);
    await expect(page.locator('.pager a[rel=next]')).toHaveCount(0);
  });

  test('an article with nothing but a headline is an article too', async ({ page }) => {
    await open(page, newspaper.article('bare'));
    await expect(page.locator('.article-headline')).toHaveText('Bare');
    await expect(page.locator('.article-authors, .article-section, .article-sheet img')).toHaveCount(0);
    await expect(page.locator('.load-failure')).toHaveCount(0);
  });

  test('articles are found by their slugs, also by a Korean one, and lists lead to them', async ({ page, start }) => {
    const site = await start({ overlay: { '/site.json': newspaper.siteWith(newspaper.bySlug) } });
    await open(page, site.at('sections/society/'));
    await page.locator('.story-list .story-headline a, .story-list a:has(.story-headline)').first().click();
    await expect(page.locator('.article-headline')).toHaveText('한강의 봄, 다시 열린 뱃길');
    expect(decodeURIComponent(new URL(page.url()).pathname)).toBe('/articles/한강의-봄/');
    await settled(page);
    await expect(page.locator('.article-body p')).toHaveText(['분해된 한글 본문입니다.', '둘째 문단.']);
    await open(page, site.at('articles/ferry-returns/'));
    await expect(page.locator('.article-headline')).toHaveText(headlines[0]!);
  });

  test('an article leads to the one before and the one after', async ({ page }) => {
    await open(page, newspaper.article('council-splits'));
    await expect(page.locator('.neighbours a[rel=prev]')).toContainText(headlines[2]!);
    await page.locator('.neighbours a[rel=next]').click();
    await expect(page.locator('.article-headline')).toHaveText(headlines[0]!);
    await settled(page);
    await expect(page.locator('.neighbours a[rel=next]')).toHaveCount(0);
  });

  test('pages that are not written request beside the program what needs no other answer, and nothing twice', async ({ page, start, complaints }) => {
    test.setTimeout(120_000);
    // The browser says that the page's policy keeps what a body has from running, while the body is read.
    complaints.allow(/status of 404/, /violates the following Content Security Policy/);
    const folder = withoutPages(newspaper.siteWith());
    for (const [path, beside] of [[`articles/${newspaper.ids['ferry-returns']}/`, 2], ['sections/politics/', 2], ['', 6]] as const) {
      const found = await requested(page, start, folder, path, newspaper.root);
      // The box of photographs, and the article, the section, or the newest articles and four sections.
      expect(found.beside).toHaveLength(beside);
      expect(found.twice).toEqual([]);
    }
    rmSync(folder, { recursive: true });
  });
}
