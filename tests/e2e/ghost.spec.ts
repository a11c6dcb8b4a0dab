/** A newspaper on a real Ghost, as a reader meets it. */
import { rmSync } from 'node:fs';
import { Ghost, ROOT } from './ghost.ts';
import { missingInOrder, Paper } from './paper.ts';
import { headlinesOf, STARTING } from './real-backend.ts';
import { expect, open, settled, test, type Server } from './support.ts';
import { requested, withoutPages } from './unwritten.ts';

/** From the newest to the oldest. */
const HEADLINES = [
  'Ferry returns after its “longest” winter',
  'Council splits 7–2 over the tram',
  'Bakers raise the price of rye',
  'Review: a quiet evening, well sung',
  'Observatory finds dust & ice',
  'Pictures: the storm over the quay',
  'Überraschung auf dem Wochenmarkt',
  'Live: the day of the budget',
  'For members only',
];
const FERRY = 'ferry-returns-after-its-longest-winter';

// All of them share one Ghost.
test.describe.configure({ mode: 'default' });

let ghost: Ghost | undefined;
let refusal = '';
let site: Server;

test.beforeAll(async () => {
  test.setTimeout(STARTING);
  ghost = await Ghost.start().catch((error: Error) => {
    refusal = error.message;
    return undefined;
  });
});

test.beforeEach(async ({ start }) => {
  test.skip(!ghost, refusal);
  site = await start({ overlay: { '/site.json': ghost!.site() } });
});

test('the front page leads with the newest story and lists the others', async ({ page }) => {
  await open(page, site.url);
  await expect(page.locator('.lead-story-headline')).toHaveText(HEADLINES[0]!);
  expect(await headlinesOf(page, '.latest')).toEqual(HEADLINES.slice(1));
  await expect(page.locator('.lead-story-beginning')).toHaveText('Standfirst of story 1.');
});

test('a section of the front page whose stories stand above is left out there', async ({ page }) => {
  await open(page, site.url);
  await expect(page.locator('.front-section h2')).toHaveText(['Politics', 'Business', 'Culture', 'Science']);
  await expect(page.locator('.front-section').filter({ hasText: 'Science' })).toBeHidden();
  await open(page, site.at('sections/science/'));
  expect(await headlinesOf(page, '.story-list')).toEqual([HEADLINES[4]]);
});

test('a section is read page by page to its end', async ({ page, start }) => {
  site = await start({ overlay: { '/site.json': ghost!.site({ mapping: { pageSize: 2 } }) } });
  await open(page, site.at('sections/politics/'));
  expect(await headlinesOf(page, '.story-list')).toEqual([HEADLINES[0], HEADLINES[1]]);
  await page.locator('.pager a[rel=next]').click();
  await expect(page.locator('.pager')).toContainText('Page 2 of 2');
  await settled(page);
  expect(await headlinesOf(page, '.story-list')).toEqual([HEADLINES[6]]);
  await expect(page.locator('.pager a[rel=next]')).toHaveCount(0);
});

test('a page behind the last one is empty, though Ghost names a next one for ever', async ({ page }) => {
  await open(page, site.at('sections/politics/page/9/'));
  await expect(page.locator('.story')).toHaveCount(0);
  await expect(page.locator('.pager a[rel=next]')).toHaveCount(0);
});

test('an article has its byline, dates, picture with caption, and its body', async ({ page }) => {
  await open(page, site.at(`articles/${FERRY}/`));
  await expect(page.locator('.article-headline')).toHaveText(HEADLINES[0]!);
  await expect(page.locator('.article-byline')).toContainText('Eva Editor');
  await expect(page.locator('.article-byline time').first()).toHaveAttribute('datetime', '2026-01-10T09:00:00+01:00');
  const body = page.locator('.article-body');
  await expect(body.locator('p').first()).toHaveText('First paragraph of story 1 with a bold word and a link.');
  await expect(body.locator('h2')).toHaveText('What came before');
  await expect(body.locator('blockquote')).toHaveText('A quoted sentence.');
  const figure = page.locator('.article-sheet > .figure');
  await expect(figure.locator('img')).toHaveAttribute('alt', 'What picture 1 shows');
  await expect(figure.locator('figcaption')).toHaveText('Caption 1. Photo: Test Agency');
  await expect(figure.locator('figcaption em')).toHaveText('1');
  await expect.poll(() => figure.locator('img').evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth)).toBeGreaterThan(0);
});

test('an article leads to the one before and the one after', async ({ page }) => {
  await open(page, site.at('articles/bakers-raise-the-price-of-rye/'));
  await expect(page.locator('.neighbours a[rel=prev]')).toContainText(HEADLINES[3]!);
  await expect(page.locator('.neighbours a[rel=next]')).toContainText(HEADLINES[1]!);
  await page.locator('.neighbours a[rel=next]').click();
  await expect(page.locator('.article-headline')).toHaveText(HEADLINES[1]!);
});

test('the newest article has none after it', async ({ page }) => {
  await open(page, site.at(`articles/${FERRY}/`));
  await expect(page.locator('.neighbours a[rel=prev]')).toContainText(HEADLINES[1]!);
  await expect(page.locator('.neighbours a[rel=next]')).toHaveCount(0);
});

test('a search finds headlines, also with an apostrophe in the words', async ({ page }) => {
  for (const [words, found] of [['tram', [HEADLINES[1]]], ['auf dem', [HEADLINES[6]]], ["it's", []]] as const) {
    await open(page, site.at(`search/?q=${encodeURIComponent(words)}`));
    expect(await headlinesOf(page, '.story-list')).toEqual(found);
    await expect(page.locator('.load-failure')).toHaveCount(0);
  }
});

test('a ranking, which Ghost does not have, is said to be absent and asked for nowhere', async ({ page }) => {
  await open(page, site.at('ranking/'));
  await expect(page.locator('main')).toContainText('This newspaper has no ranking.');
  await expect(page.locator('.load-failure')).toHaveCount(0);
});

test('TOP TODAY shows what is featured, the photo box what has a picture', async ({ page }) => {
  await open(page, site.at('ranking/'));
  await expect(page.locator('.sidebar .headlines li')).toHaveText([HEADLINES[0]!]);
  await expect(page.locator('.sidebar .photo-grid li')).toHaveText([HEADLINES[0]!, HEADLINES[1]!, HEADLINES[2]!, HEADLINES[3]!]);
});

test('an article for members shows its free beginning and says that there is more', async ({ page }) => {
  await open(page, site.at('articles/for-members-only/'));
  await expect(page.locator('.article-body')).toContainText('Free beginning.');
  await expect(page.locator('main')).not.toContainText('Paid rest.');
});

test('a script in a body does not run, and a foreign frame becomes a link', async ({ page }) => {
  await open(page, site.at('articles/live-the-day-of-the-budget/'));
  await expect(page).toHaveTitle(/Live: the day of the budget/);
  await expect(page.locator('.article-body iframe')).toHaveCount(0);
});

test('an article that Ghost does not have is not found', async ({ page, complaints }) => {
  complaints.allow(/status of 404/);
  await open(page, site.at('articles/no-such-story/'));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/not found/i);
});

test('a wrong key is named with its status, and asking again is offered', async ({ page, start, complaints }) => {
  complaints.allow(/status of 401/);
  site = await start({ overlay: { '/site.json': ghost!.site({ query: { key: '0'.repeat(26) } }) } });
  await open(page, site.url);
  await expect(page.locator('.load-failure').first()).toContainText('401');
});

test('an article on paper has its headline, its text, its picture’s caption and its address', async ({ page }, info) => {
  await open(page, site.at(`articles/${FERRY}/print/`));
  const paper = await Paper.print(page, info);
  expect(missingInOrder(paper.text, [HEADLINES[0]!, 'Eva Editor', 'Caption 1. Photo: Test Agency', 'First paragraph of story 1', 'What came before', 'A quoted sentence.', `${ROOT}/${FERRY}/`])).toEqual([]);
});

test('pages that are not written request beside the program all that needs no other answer, and nothing twice', async ({ page, start, complaints }) => {
  test.setTimeout(120_000);
  complaints.allow(/status of 404/);
  const folder = withoutPages(ghost!.site());
  const posts = (query: string): string => `/ghost/api/content/posts/${query}&key=${ghost!.key}`;
  const article = posts(`slug/${FERRY}/?include=tags,authors`);
  const section = (slug: string, limit: number): string => posts(`?filter=tag:${slug}&include=tags,authors&limit=${limit}&page=1`);
  const sidebar = [posts('?filter=featured:true&include=tags,authors&limit=20'), posts('?filter=feature_image:-null&include=tags,authors&limit=20&page=1')];
  const { beside, after, waited, twice } = await requested(page, start, folder, `articles/${FERRY}/`, ROOT);
  expect(beside).toEqual([article, ...sidebar]);
  // These need the article, for its tags and its date.
  expect(after.slice(0, 3)).toEqual([
    posts('?filter=tag:[politics,city]&include=tags,authors&limit=12'),
    posts("?filter=published_at:<'2026-01-10T08:00:00Z'&order=published_at desc&limit=2"),
    posts("?filter=published_at:>'2026-01-10T08:00:00Z'&order=published_at asc&limit=2"),
  ]);
  // Only the article before this one, which is fetched ahead, needs an answer to one of them.
  expect(after.slice(3)).toEqual(waited);
  expect(waited.length).toBeLessThanOrEqual(1);
  expect(twice).toEqual([]);
  const all = { after: [], waited: [], twice: [] };
  expect(await requested(page, start, folder, `articles/${FERRY}/print/`, ROOT)).toEqual({ beside: [article], ...all });
  expect(await requested(page, start, folder, 'sections/politics/', ROOT)).toEqual({ beside: [section('politics', 20), ...sidebar], ...all });
  expect(await requested(page, start, folder, '', ROOT)).toEqual({
    beside: [posts('?include=tags,authors&limit=20&page=1'), sidebar[0], ...['politics', 'business', 'culture', 'science'].map((slug) => section(slug, 8)), sidebar[1]],
    ...all,
  });
  rmSync(folder, { recursive: true });
});
