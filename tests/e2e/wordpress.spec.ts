/** A newspaper on a real WordPress, as a reader meets it. */
import { rmSync } from 'node:fs';
import { Paper, squash } from './paper.ts';
import { expect, open, settled, test, type Page, type Server } from './support.ts';
import { requested, withoutPages } from './unwritten.ts';
import { API, STARTING, WordPress, wordpressSite } from './wordpress.ts';

const BRIDGE = 'Harbour bridge reopens after “longest” repair';
const BRIDGE_SLUG = 'harbour-bridge-reopens-after-longest-repair';

/** From the newest to the oldest. */
const HEADLINES = [
  BRIDGE,
  'Council votes 7–2 for tram line',
  'Rates held as inflation cools',
  'Review: a quiet triumph at the Old Theatre',
  'Local side win on penalties',
  'Telescope finds water & ice on distant moon',
  'Election: turnout at record high',
  'Opinion: slow news is good news',
  'Gallery: the storm in pictures',
  'Live: budget day as it happened',
  'Überraschung in München: ein Test mit Umlauten',
  '日本語の見出しテスト',
  'A password protected story',
];

// All of them share one WordPress.
test.describe.configure({ mode: 'default' });

let wordpress: WordPress | undefined;
let site: Server;

test.beforeAll(async () => {
  test.setTimeout(STARTING);
  wordpress = await WordPress.start();
});

test.beforeEach(async ({ start, complaints }) => {
  // It has no plugin that counts views, so the address of the ranking is a 404.
  complaints.allow(/Failed to load resource.*status of 404.*popular-posts/s);
  site = await start({ overlay: { '/site.json': wordpressSite() } });
});

const openArticle = async (page: Page, slug: string): Promise<void> => open(page, site.at(`articles/${slug}/`));
const headlinesOf = (page: Page, list: string): Promise<string[]> => page.locator(`${list} .story-headline`).allInnerTexts();

test('the front page leads with the newest story and lists the next eight, with entities decoded', async ({ page }) => {
  await open(page, site.url);
  await expect(page.locator('.lead-story-headline')).toHaveText(BRIDGE);
  expect(await headlinesOf(page, '.latest')).toEqual(HEADLINES.slice(1, 9));
});

test('a section of the front page whose stories stand above is left out there', async ({ page }) => {
  await open(page, site.url);
  const sections = page.locator('.front-section');
  await expect(sections.locator('h2')).toHaveText(['Politics', 'Business', 'Culture', 'Sport', 'Science']);
  await expect(sections.filter({ hasText: 'Sport' })).toBeHidden();
  await open(page, site.at('sections/sport/'));
  expect(await headlinesOf(page, '.story-list')).toEqual([HEADLINES[4]!]);
});

test('a standfirst, written or made by WordPress, is shown as plain text', async ({ page }) => {
  await open(page, site.url);
  await expect(page.locator('.lead-story-beginning')).toHaveText('Hand-written standfirst for story 1.');
  const third = page.locator('.latest .story').filter({ hasText: HEADLINES[2]! }).locator('.story-beginning');
  await expect(third).toContainText('First paragraph of story 3. It has bold, a relative link and an & entity.');
});

test('the lead picture arrives, in a file no wider than it needs', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 700 });
  await open(page, site.url);
  const picture = page.locator('.lead-story-picture img');
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth)).toBeGreaterThan(0);
  const source = await picture.evaluate((image: HTMLImageElement) => image.currentSrc);
  expect(source).toMatch(/lead-1-\d+x\d+\.jpg$/);
  await expect(picture).toHaveAttribute('alt', 'Alternative text 1');
});

test('a cropped square is never offered as a size of a picture', async ({ page }) => {
  await open(page, site.url);
  const offered = await page.locator('img[srcset]').evaluateAll((images) => images.map((image) => image.getAttribute('srcset') ?? ''));
  expect(offered.length).toBeGreaterThan(0);
  for (const files of offered) expect(files).not.toContain('150x150');
});

test('a story without a featured image has none', async ({ page }) => {
  await open(page, site.at('sections/science/'));
  const story = page.locator('.story').filter({ hasText: 'Telescope finds water & ice' });
  await expect(story).toBeVisible();
  await expect(story.locator('img')).toHaveCount(0);
});

test('a section lists its stories, newest first', async ({ page }) => {
  await open(page, site.at('sections/culture/'));
  await expect(page.locator('main h1')).toHaveText('Culture');
  expect(await headlinesOf(page, '.story-list')).toEqual([HEADLINES[3], HEADLINES[7], HEADLINES[8]]);
  await expect(page.locator('.pager')).toHaveCount(0);
});

// WordPress's own page of a category shows the stories of its subcategories too; its REST API does so only when asked.
test('a section lists the stories of its subsections too, as WordPress’s own page of it does', async ({ page }) => {
  await open(page, site.at('sections/politics/'));
  expect(await headlinesOf(page, '.story-list')).toContain('Election: turnout at record high');
});

test('a section that WordPress has and site.json does not list is shown under WordPress’s name', async ({ page }) => {
  await open(page, site.at('sections/elections/'));
  await expect(page.locator('main h1')).toHaveText('Elections');
  expect(await headlinesOf(page, '.story-list')).toEqual([HEADLINES[1], HEADLINES[6]]);
});

test('a long section is read page by page, and every story stands on exactly one page', async ({ page, start }) => {
  site = await start({ overlay: { '/site.json': wordpressSite({ pageSize: 3 }) } });
  await open(page, site.at('sections/politics/'));
  const pager = page.locator('.pager');
  const seen = await headlinesOf(page, '.story-list');
  await expect(pager).toContainText('Page 1 of 3');
  await expect(pager.locator('a[rel=prev]')).toHaveCount(0);
  for (const number of [2, 3]) {
    await pager.locator('a[rel=next]').click();
    await expect(pager).toContainText(`Page ${number} of 3`);
    await settled(page);
    seen.push(...(await headlinesOf(page, '.story-list')));
  }
  await expect(pager.locator('a[rel=next]')).toHaveCount(0);
  expect(seen.length).toBeGreaterThanOrEqual(8);
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen).toEqual(HEADLINES.filter((headline) => seen.includes(headline)));
  await pager.locator('a[rel=prev]').click();
  await expect(pager).toContainText('Page 2 of 3');
});

test('a page behind the last one is empty and leads back, although WordPress answers 400', async ({ page, complaints }) => {
  complaints.allow(/status of 400/);
  await open(page, site.at('sections/politics/page/9/'));
  await expect(page.locator('.content .empty')).toHaveText('Nothing here yet.');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(page.locator('.pager a[rel=prev]')).toBeVisible();
});

test('a section that WordPress does not know is not found', async ({ page }) => {
  await open(page, site.at('sections/gardening/'));
  await expect(page.locator('main h1')).toHaveText('Page not found');
});

for (const [by, address] of [['number', async () => String(await wordpress!.id(BRIDGE_SLUG))], ['slug', async () => BRIDGE_SLUG]] as const) {
  test(`an article is found by its ${by}, with all of its body`, async ({ page }) => {
    await openArticle(page, await address());
    const article = page.locator('article.article-sheet');
    await expect(article.locator('h1')).toHaveText(BRIDGE);
    await expect(page).toHaveTitle(`${BRIDGE} – Harbour Post`);
    await expect(article.locator('.article-section')).toHaveText('Politics');
    await expect(article.locator('.article-authors')).toHaveText('editor');
    const body = article.locator('.article-body');
    await expect(body.locator('p').first()).toHaveText('First paragraph of story 1. It has bold, a relative link and an & entity.');
    await expect(body.locator('strong')).toHaveText('bold');
    await expect(body.locator('figcaption')).toHaveText(['Inline caption']);
    await expect(body.locator('h2')).toHaveText('Background');
    await expect(body.locator('blockquote')).toHaveText(/A quoted sentence\.\s*A source/);
    await expect(body.locator('ul li')).toHaveText(['Point one', 'Point two']);
  });
}

test('an article’s time, written by WordPress in UTC without a zone, is shown in the newspaper’s zone', async ({ page }) => {
  await openArticle(page, BRIDGE_SLUG);
  const published = page.locator('.article-dates time').first();
  await expect(published).toHaveAttribute('datetime', '2025-01-10T09:00:00+01:00');
  await expect(published).toHaveText('10 January 2025, 09:00');
});

test('a relative link of a body leads to WordPress, not to the newspaper', async ({ page }) => {
  await openArticle(page, BRIDGE_SLUG);
  const link = page.locator('.article-body').getByRole('link', { name: 'relative link' });
  expect(await link.evaluate((anchor: HTMLAnchorElement) => new URL(anchor.href).port)).not.toBe(new URL(site.url).port);
  await expect(link).toHaveAttribute('href', /\/2024\/01\/some-story\/$/);
});

test('a picture that the body shows is not shown a second time above it', async ({ page }) => {
  await openArticle(page, BRIDGE_SLUG);
  await expect(page.locator('.article-sheet img')).toHaveCount(1);
});

test('a gallery shows every picture with its caption', async ({ page }) => {
  await openArticle(page, 'gallery-the-storm-in-pictures');
  const captions = page.locator('.article-body figcaption').filter({ hasText: /^Gallery caption/ });
  await expect(captions).toHaveCount(4);
  await expect(page.locator('.article-body figure figure img').first()).toBeVisible();
});

test('both pages of a paged article are there', async ({ page }) => {
  await openArticle(page, 'review-a-quiet-triumph-at-the-old-theatre');
  await expect(page.locator('.article-body')).toContainText('First paragraph of story 4.');
  await expect(page.locator('.article-body')).toContainText('Second page of the review.');
});

test('a script that an editor put into a body does not run, and what follows it is there', async ({ page }) => {
  await openArticle(page, 'live-budget-day-as-it-happened');
  await expect(page.locator('.article-body')).toContainText('Last paragraph of the live report.');
  await expect(page).toHaveTitle('Live: budget day as it happened – Harbour Post');
  await expect(page.locator('#app script')).toHaveCount(0);
  await expect(page.locator('.article-body')).not.toContainText('document.title');
});

test('a frame from elsewhere is a notice that loads it on request only', async ({ page }) => {
  const elsewhere: string[] = [];
  page.on('request', (request) => {
    if (new URL(request.url()).hostname !== '127.0.0.1') elsewhere.push(request.url());
  });
  await openArticle(page, 'live-budget-day-as-it-happened');
  const embed = page.locator('.embed').filter({ hasText: 'example.org' });
  await expect(embed.getByRole('button', { name: 'Show here' })).toBeVisible();
  await expect(embed.getByRole('link', { name: 'Open in a new window' })).toHaveAttribute('href', 'https://example.org/embed');
  expect(elsewhere).toEqual([]);
  await expect(page.locator('iframe')).toHaveCount(0);
  await embed.getByRole('button').click();
  await expect(page.locator('iframe')).toHaveAttribute('src', 'https://example.org/embed');
});

test('a video whose address WordPress left in its embed block is offered like any other', async ({ page }) => {
  await openArticle(page, 'live-budget-day-as-it-happened');
  const embed = page.locator('.embed').filter({ hasText: 'YouTube' });
  await expect(embed.locator('.embed-address')).toHaveText('https://www.youtube.com/watch?v=dQw4w9WgXcQ');
  await expect(embed.getByRole('button', { name: 'Show here' })).toBeVisible();
});

test('a reader walks from the newest article to the oldest through the neighbours, and back', async ({ page }) => {
  await openArticle(page, String(await wordpress!.id(BRIDGE_SLUG)));
  const heading = page.locator('main h1');
  const neighbours = page.locator('.neighbours');
  await expect(neighbours.locator('a[rel=next]')).toHaveCount(0);
  for (const headline of HEADLINES.slice(1, 5)) {
    await expect(neighbours.locator('a[rel=prev] .neighbour-headline')).toHaveText(headline);
    await neighbours.locator('a[rel=prev]').click();
    await expect(heading).toHaveText(headline);
  }
  for (const headline of HEADLINES.slice(0, 4).reverse()) {
    await expect(neighbours.locator('a[rel=next] .neighbour-headline')).toHaveText(headline);
    await neighbours.locator('a[rel=next]').click();
    await expect(heading).toHaveText(headline);
  }
});

test('the oldest article has a next one only', async ({ page }) => {
  await openArticle(page, 'a-password-protected-story');
  await expect(page.locator('.neighbours a[rel=next] .neighbour-headline')).toHaveText('日本語の見出しテスト');
  await expect(page.locator('.neighbours a[rel=prev]')).toHaveCount(0);
});

test('under an article stand those that share most tags with it, never the article itself', async ({ page }) => {
  await openArticle(page, 'opinion-slow-news-is-good-news');
  await expect(page.locator('.others h2')).toHaveText('Related articles');
  const others = await headlinesOf(page, '.others');
  expect(others).toEqual([
    'Council votes 7–2 for tram line',
    'Review: a quiet triumph at the Old Theatre',
    'Telescope finds water & ice on distant moon',
    'Live: budget day as it happened',
  ]);
});

test('an article with a slug in Japanese opens from the list and again after a reload', async ({ page }) => {
  await openArticle(page, encodeURIComponent('日本語の見出しテスト'));
  await expect(page.locator('main h1')).toHaveText('日本語の見出しテスト');
  await page.reload();
  await settled(page);
  await expect(page.locator('.article-body')).toContainText('First paragraph of story 12.');
});

test('the search finds by a word of the text and by a word of the headline', async ({ page }) => {
  await open(page, site.at('search/'));
  await page.getByRole('searchbox').fill('penalties');
  await page.getByRole('searchbox').press('Enter');
  await expect(page.locator('main h1')).toHaveText('1 result for “penalties”');
  await expect(page.locator('.story-headline')).toHaveText('Local side win on penalties');
  await page.locator('.story-headline a').click();
  await expect(page.locator('main h1')).toHaveText('Local side win on penalties');
});

test('a search for what nobody wrote says so', async ({ page }) => {
  await open(page, site.at('search/?q=zzyzx'));
  await expect(page.locator('.content .empty')).toHaveText('No articles found for “zzyzx”. Try other words.');
});

test('a search for signs that mean something in addresses finds them as they are', async ({ page }) => {
  await open(page, site.at(`search/?q=${encodeURIComponent('water & ice')}`));
  await expect(page.locator('main h1')).toHaveText('1 result for “water & ice”');
});

test('the photo page shows the stories that have a picture', async ({ page }) => {
  await open(page, site.at('photos/'));
  const photos = page.locator('.photo-wall li');
  await expect(photos).toHaveCount(11);
  await expect(photos.filter({ hasText: 'Telescope' })).toHaveCount(0);
  const first = photos.first().locator('img');
  await expect.poll(() => first.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
});

test('what the editors stuck to the top is today’s top', async ({ page }) => {
  await open(page, site.at('today/'));
  await expect(page.locator('.content .story-headline')).toHaveText([BRIDGE]);
  await expect(page.locator('.sidebar .headlines li')).toHaveText([BRIDGE]);
});

test('without a ranking the box says so, and the page beside it is whole', async ({ page }) => {
  await openArticle(page, BRIDGE_SLUG);
  const box = page.locator('.sidebar-box').filter({ has: page.getByRole('heading', { name: 'Most viewed' }) });
  await expect(box.locator('.empty')).toHaveText('Nothing here yet.');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(page.locator('.article-body ul li')).toHaveCount(2);
});

test('without a ranking the ranking page says so', async ({ page }) => {
  await open(page, site.at('ranking/'));
  await expect(page.locator('.content .empty')).toHaveText('This newspaper has no ranking.');
  await expect(page.locator('main h1')).toHaveCount(1);
});

test('a post behind a password says that it can’t be read here', async ({ page }) => {
  await openArticle(page, 'a-password-protected-story');
  await expect(page.locator('main h1')).toHaveText('A password protected story');
  await expect(page.locator('.article-sheet .empty')).toHaveText('Only readers with access can read the text of this article.');
  await expect(page.locator('.article-sheet')).not.toContainText('locked body');
});

test('a draft appears nowhere', async ({ page }) => {
  await openArticle(page, 'a-draft-nobody-may-read');
  await expect(page.locator('main h1')).toHaveText('Page not found');
  await open(page, site.url);
  await expect(page.locator('body')).not.toContainText('A draft nobody may read');
});

for (const unknown of ['999999', 'no-such-story']) {
  test(`an article ${unknown} that WordPress does not have is not found`, async ({ page, complaints }) => {
    complaints.allow(/status of 404/);
    await open(page, site.at(`articles/${unknown}/`));
    await expect(page.locator('main h1')).toHaveText('Page not found');
    await expect(page).toHaveTitle('Page not found – Harbour Post');
  });
}

test('an article on paper has its headline, its whole text, its pictures and its address', async ({ page }, info) => {
  await openArticle(page, 'gallery-the-storm-in-pictures/print');
  await expect(page.locator('.sidebar')).toHaveCount(0);
  const images = page.locator('.article-sheet img');
  await expect.poll(() => images.evaluateAll((all: HTMLImageElement[]) => all.every((image) => image.complete && image.naturalWidth > 0))).toBe(true);
  const { text } = await Paper.print(page, info);
  for (const part of [
    'Harbour Post', 'Gallery: the storm in pictures', 'First paragraph of story 9.', 'Background', 'A quoted sentence.',
    'Point two', 'Gallery caption', '2024/12/gallery-the-storm-in-pictures', '© Harbour Post',
  ]) {
    expect(text).toContain(squash(part));
  }
  expect(text).not.toContain(squash('Most viewed'));
});

test('pages that are not written request beside the program all that needs no other answer, and nothing twice', async ({ page, start, complaints }) => {
  test.setTimeout(120_000);
  // The page's own address; and styles that WordPress writes into bodies, which the policy forbids.
  complaints.allow(/status of 404/, /Content Security Policy/);
  const folder = withoutPages(wordpressSite());
  const id = await wordpress!.id(BRIDGE_SLUG);
  const embedded = '_embed=author,wp:featuredmedia,wp:term';
  const category = (id: number, limit: number): string => `/wp/v2/posts?categories[terms]=${id}&categories[include_children]=true&${embedded}&page=1&per_page=${limit}`;
  const latest = `/wp/v2/posts?${embedded}&page=1&per_page=20`;
  const sidebar = ['/wordpress-popular-posts/v1/popular-posts?range=last7days&limit=20&_embed=1', `/wp/v2/posts?sticky=true&${embedded}&per_page=20`];
  const byNumber = `/wp/v2/posts/${id}?${embedded}`;
  const related = `/wp/v2/posts?tags=8,9&exclude=${id}&per_page=12&${embedded}&_fields=id,link,title,excerpt,date_gmt,modified_gmt,_links,_embedded`;
  for (const [path, article] of [[`articles/${id}/`, byNumber], [`articles/${BRIDGE_SLUG}/`, `/wp/v2/posts?slug=${BRIDGE_SLUG}&${embedded}`]] as const) {
    const { beside, after, waited, twice } = await requested(page, start, folder, path, API);
    expect(beside, path).toEqual([article, ...sidebar, latest]);
    // These need the article, for its tags and its date. The post has been read where it was asked for by its number.
    const isKnown = article === byNumber;
    const ofArticle = [isKnown ? related : byNumber, '/wp/v2/posts?before=2025-01-10T08:00:00Z&orderby=date&order=desc&per_page=1', '/wp/v2/posts?after=2025-01-10T08:00:00Z&orderby=date&order=asc&per_page=1'];
    expect(after.slice(0, 3), path).toEqual(ofArticle);
    // And these the post, and the article before this one, which is fetched ahead.
    expect(after.slice(3), path).toEqual(waited);
    if (!isKnown) expect(waited, path).toContain(related);
    expect(waited.length, path).toBeLessThanOrEqual(2);
    expect(twice, path).toEqual([]);
  }
  expect(await requested(page, start, folder, `articles/${id}/print/`, API)).toEqual({ beside: [`/wp/v2/posts/${id}?${embedded}`], after: [], waited: [], twice: [] });
  expect(await requested(page, start, folder, 'sections/politics/', API)).toEqual({
    beside: ['/wp/v2/categories?slug=politics&_fields=id', ...sidebar, latest],
    after: [category(2, 20)],
    waited: [],
    twice: [],
  });
  expect(await requested(page, start, folder, '', API)).toEqual({
    beside: [latest, ...sidebar.toReversed(), ...['politics', 'business', 'culture', 'sport', 'science'].map((slug) => `/wp/v2/categories?slug=${slug}&_fields=id`)],
    // Of the first section, most stand above already, so a whole page of it is asked for.
    after: [...[2, 3, 4, 5, 6].map((id) => category(id, 8)), category(2, 20)],
    waited: [category(2, 20)],
    twice: [],
  });
  rmSync(folder, { recursive: true });
});
