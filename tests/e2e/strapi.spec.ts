/** A newspaper on a real Strapi, as a reader meets it. */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { testNewspaper } from './headless.ts';
import { missingInOrder, Paper } from './paper.ts';
import { arrived, backendScript, builtFor, gisa, harbourPost, harmless, headlinesOf, initialized, STARTING } from './real-backend.ts';
import { expect, open, test, type Server } from './support.ts';

const ROOT = `http://127.0.0.1:${process.env.STRAPI_PORT ?? '1337'}`;
const SECTIONS = [
  { name: 'Politics', slug: 'politics' },
  { name: 'Business', slug: 'business' },
  { name: 'Culture', slug: 'culture' },
  { name: '사회', slug: 'society' },
];

/** From the newest to the oldest; then come 24 plain stories. */
const HEADLINES = [
  'Ferry returns after its “longest” winter',
  'Council splits 7–2 over the tram',
  'A page of components',
  'Hostile <script>document.title="broken in"</script> headline',
  'Hostile Markdown',
  'Bare',
  'Two wrote this',
  '한강의 봄, 다시 열린 뱃길',
  'Published, with a change that is not',
];
const PLAIN = Array.from({ length: 24 }, (_, index) => `Plain story ${index + 1}`);

/** Articles by their slugs, as an owner sets it up who wants addresses to be read. */
const BY_SLUG = {
  fields: { id: 'slug' },
  resources: { article: { url: '{+base}/{collection}?filters[slug][$eq]={id}&{+populate}', item: 'body.data[0]' } },
};
/** With the pictures within components. */
const WITH_COMPONENTS = {
  variables: {
    populate:
      'populate[cover]=true&populate[gallery]=true&populate[author][populate]=avatar&populate[authors]=true&populate[category]=true&populate[tags]=true&populate[blocks][populate]=*',
  },
};

// All of them share one Strapi.
test.describe.configure({ mode: 'default' });

let refusal = '';
let site: Server;
/** The id of each article, by slug. */
const ids: Record<string, string> = {};

const siteWith = (mapping: object = {}): object => harbourPost({ preset: 'strapi', url: `${ROOT}/api`, mapping }, SECTIONS);

test.beforeAll(async () => {
  test.setTimeout(STARTING);
  try {
    await backendScript('strapi', 'start');
  } catch (error) {
    refusal = (error as Error).message;
    return;
  }
  const response = await fetch(`${ROOT}/api/articles?pagination[pageSize]=100&fields[0]=slug`);
  const { data } = (await response.json()) as { data: { slug: string; documentId: string }[] };
  for (const { slug, documentId } of data) ids[slug] = documentId;
});

test.beforeEach(async ({ start, complaints }) => {
  test.skip(refusal !== '', refusal);
  // A hostile story of the seed has it in place of a list of blocks.
  complaints.allow(/expected an array, found string "no list"/);
  site = await start({ overlay: { '/site.json': siteWith() } });
});

const article = (slug: string): string => site.at(`articles/${ids[slug]}/`);

testNewspaper({ root: ROOT, site: () => site, siteWith, bySlug: BY_SLUG, article, ids, headlines: HEADLINES, plain: PLAIN });

test('the front page leads with the newest story and lists the others', async ({ page }) => {
  await open(page, site.url);
  await expect(page.locator('.lead-story-headline')).toHaveText(HEADLINES[0]!);
  expect(await headlinesOf(page, '.latest')).toEqual(HEADLINES.slice(1));
  await expect(page.locator('.lead-story-beginning')).toHaveText('The standfirst: <b> & "quotes" stay as they are.');
});

test('a section of the front page whose stories stand above is left out there', async ({ page }) => {
  await open(page, site.url);
  await expect(page.locator('.front-section h2')).toHaveText(SECTIONS.map(({ name }) => name));
  await expect(page.locator('.front-section').filter({ hasText: 'Business' })).toBeHidden();
  await open(page, site.at('sections/business/'));
  expect(await headlinesOf(page, '.story-list')).toEqual([HEADLINES[6], HEADLINES[8]]);
});

test('an article has its byline, date, section and keywords, and its pictures arrive with what they say', async ({ page }) => {
  await open(page, article('ferry-returns'));
  await expect(page.locator('.article-headline')).toHaveText(HEADLINES[0]!);
  await expect(page.locator('.article-authors li')).toHaveText(['Eva Editor']);
  await expect(page.locator('.article-section')).toHaveText('Politics');
  await expect(page.locator('.article-byline time').first()).toHaveAttribute('datetime', '2026-01-20T09:00:00+01:00');
  const lead = page.locator('.article-sheet > .figure');
  await expect(lead.locator('img')).toHaveAttribute('alt', 'What picture 1 shows');
  // A caption of Strapi is plain text.
  await expect(lead.locator('figcaption')).toHaveText('Caption <em>1</em> & more');
  await expect(lead.locator('img')).toHaveAttribute('srcset', /small_lead.* 500w/);
  // The lead picture, one in the text, and two of the gallery.
  await arrived(page, '.article-sheet img', 4);
});

test('each block of the editor becomes what it means', async ({ page }) => {
  await open(page, article('ferry-returns'));
  const body = page.locator('.article-body');
  await expect(body.locator('> p').first()).toHaveText('First paragraph with bold, slanted, both, under, struck and code() words.');
  for (const [element, words] of [['strong', 'bold'], ['em', 'slanted'], ['strong em', 'both'], ['u', 'under'], ['s', 'struck'], ['code', 'code()']] as const) {
    await expect(body.locator(`> p:first-child ${element}`).filter({ hasText: words }).first()).toBeVisible();
  }
  await expect(body.locator('> p').nth(1)).toHaveText(/A line\s*and the next, bold then both then slanted\./);
  await expect(body.locator('> p').nth(1).locator('br')).toHaveCount(1);
  // Empty paragraphs leave no gap.
  expect(await body.locator('p').evaluateAll((paragraphs) => paragraphs.filter((paragraph) => !paragraph.textContent?.trim()).length)).toBe(0);
  await expect(body.locator('a[href="https://example.org/a?b=1&c=2"]')).toHaveText('a link with a bold word');
  await expect(body.locator('a[href="mailto:eva@example.org"]')).toHaveText('a letter');
  await expect(body.locator('h2')).toHaveText(['The largest heading', 'A heading']);
  await expect(body.locator('h3')).toHaveText('A smaller heading');
  await expect(body.locator('h4')).toHaveText('The smallest heading');
  await expect(body.locator('> ul > li')).toHaveCount(3);
  await expect(body.locator('> ul > li > ol > li')).toHaveCount(2);
  await expect(body.locator('> ul > li > ol > li > ul > li')).toHaveText('Deepest');
  await expect(body.locator('> ol > li')).toHaveText(['First', 'Second']);
  await expect(body.locator('blockquote')).toContainText('A quoted sentence.');
  await expect(body.locator('blockquote a')).toHaveText('a source');
  expect(await body.locator('pre').textContent()).toBe('fn main() {\n    println!("<b>not bold</b>");\n}');
  await expect(body.locator('figure img')).toHaveAttribute('alt', 'What picture 2 shows');
  await expect(body.locator('figure figcaption')).toHaveText('Caption <em>2</em> & more');
  // Hangul that came apart is composed.
  await expect(body.locator('> p').last()).toHaveText('가나다라 마바사 last paragraph & <b>no markup</b>.');
});

test('a rich text in Markdown becomes what it means', async ({ page, complaints }) => {
  complaints.allow(/not-there\.png/);
  await open(page, article('council-splits'));
  const body = page.locator('.article-body');
  await expect(body.locator('p').first()).toHaveText('First paragraph with bold, slanted, both, struck and code() words, on a second line.');
  await expect(body.locator('h2')).toHaveText('What came before');
  await expect(body.locator('> ol > li > ul > li')).toHaveText(['Nested one', 'Nested two']);
  await expect(body.locator('blockquote')).toHaveText('A quoted sentence.');
  await expect(body.locator('table tr')).toHaveText(['YearRiders', '202412', '202534']);
  await expect(body.locator('img')).toHaveAttribute('alt', 'What the picture shows');
  await expect(body.locator('pre')).toHaveText('const a = "<b>";');
  await expect(body.locator('strong').filter({ hasText: '굵은 글씨' })).toBeVisible();
});

test('a dynamic zone is read component by component', async ({ page }) => {
  await open(page, article('components'));
  const body = page.locator('.article-body');
  await expect(body.locator('h2')).toHaveText('The first part');
  await expect(body.locator('strong')).toHaveText('bold');
  await expect(body.locator('blockquote')).toContainText('We will see.');
  await expect(body.locator('figcaption').first()).toHaveText('The mayor');
  await expect(body.locator('p').last()).toContainText('The last part.');
  await harmless(page);
});

test('pictures within components arrive where the address asks for them', async ({ page, start }) => {
  site = await start({ overlay: { '/site.json': siteWith(WITH_COMPONENTS) } });
  await open(page, article('components'));
  const pictures = page.locator('.article-body img[src*="/uploads/"]');
  await expect(pictures).toHaveCount(3);
  await arrived(page, '.article-body img[src*="/uploads/"]', 3);
  await expect(pictures.first()).toHaveAttribute('alt', 'What picture 3 shows');
  await expect(page.locator('.article-authors li')).toHaveText(['Eva Editor']);
});

test('both of two authors are named', async ({ page }) => {
  await open(page, article('two-authors'));
  await expect(page.locator('.article-authors li')).toHaveText(['Eva Editor', '민기자']);
});

test('a search finds headlines, also Korean ones and with signs that addresses use', async ({ page }) => {
  for (const [words, found] of [['TRAM', [HEADLINES[1]]], ['[x]&filters=1', []], ['<script>', [HEADLINES[3]]], ['“longest”', [HEADLINES[0]]]] as const) {
    await open(page, site.at(`search/?q=${encodeURIComponent(words)}`));
    expect(await headlinesOf(page, '.story-list')).toEqual(found);
    await expect(page.locator('.load-failure')).toHaveCount(0);
  }
});

test('the photographs are the stories with a picture', async ({ page }) => {
  await open(page, site.at('photos/'));
  await expect(page.locator('main .photo-wall li')).toHaveText([0, 1, 2, 7].map((index) => HEADLINES[index]!).concat(PLAIN.filter((_, index) => index % 6 === 0)));
});

test('a ranking, which Strapi does not have, is said to be absent and asked for nowhere', async ({ page }) => {
  await open(page, site.at('ranking/'));
  await expect(page.locator('main')).toContainText('This newspaper has no ranking.');
  await expect(page.locator('.load-failure')).toHaveCount(0);
});

test('an article that Strapi does not have is not found', async ({ page, complaints }) => {
  complaints.allow(/status of 404/);
  await open(page, site.at('articles/no-such-story/'));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/not found/i);
});

test('a draft is nowhere, nor is a change that is not published', async ({ page, start }) => {
  expect(ids['a-draft']).toBeUndefined();
  await open(page, article('changed-later'));
  await expect(page.locator('.article-headline')).toHaveText(HEADLINES[8]!);
  await expect(page.locator('.article-body')).toHaveText('What was published.');
  for (const words of ['nobody may read', 'draft']) {
    await open(page, site.at(`search/?q=${encodeURIComponent(words)}`));
    await expect(page.locator('.story-list .story')).toHaveCount(0);
  }
  site = await start({ overlay: { '/site.json': siteWith(BY_SLUG) } });
  await open(page, site.at('articles/a-draft/'));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/not found/i);
});

for (const [slug, last] of [['hostile-blocks', 'After.'], ['hostile-markdown', 'After.']] as const) {
  test(`what is hostile in an article does not run, and what stands around it is read: ${slug}`, async ({ page, complaints }) => {
    complaints.allow(/status of 404/);
    await open(page, article(slug));
    const body = page.locator('.article-body');
    await expect(body).toContainText('Before.');
    await expect(body.locator('p').last()).toHaveText(last);
    await harmless(page);
    if (slug === 'hostile-markdown') return;
    await expect(page.locator('.article-headline')).toHaveText(HEADLINES[3]!);
    await expect(body).toContainText('A heading of no level');
    await expect(body).toContainText('A block of no kind');
    await expect(body.locator('pre')).toHaveText('<script>document.title="broken in"</script>');
  });
}

test('an article on paper has its headline, its text, and its pictures’ captions', async ({ page }, info) => {
  await open(page, site.at(`articles/${ids['ferry-returns']}/print/`));
  const paper = await Paper.print(page, info);
  const parts = [HEADLINES[0]!, 'Eva Editor', 'Caption <em>1</em> & more', 'First paragraph with bold', 'The smallest heading', 'Deepest', 'A quoted sentence.', 'last paragraph'];
  expect(missingInOrder(paper.text, parts)).toEqual([]);
});

test('its address is all that `gisa init` needs, `gisa check` passes, and the edition is written whole', async ({ page, start, complaints }) => {
  test.setTimeout(120_000);
  // A page that is idle fetches the next article, whose hostile parts the browser reports while it is read.
  complaints.allow(/not-there\.png/, /violates the following Content Security Policy/);
  const found = initialized(ROOT);
  expect(found.backend).toMatchObject({ preset: 'strapi', url: `${ROOT}/api` });
  expect(found.sections).toContainEqual({ slug: 'politics', name: 'Politics' });
  const folder = builtFor({ ...found, name: 'Harbour Post', url: 'https://harbour.example/' });
  expect(gisa('check', '--lang', 'en', join(folder, 'site.json'))).toContain('Everything that is required is there.');
  gisa('prerender', folder);
  const written = readdirSync(join(folder, 'articles'));
  expect(written).toHaveLength(HEADLINES.length + PLAIN.length);
  const all = written.map((name) => readFileSync(join(folder, 'articles', name, 'index.html'), 'utf8')).join('');
  expect(all).not.toMatch(/nobody may read|Secret/);
  // By their slugs, which every article has, and with what stands within components.
  site = await start({ dist: folder, written: true });
  await open(page, site.at('articles/components/'));
  await expect(page.locator('.article-headline')).toHaveText('A page of components');
  await expect(page.locator('.article-body img[src*="/uploads/"]')).toHaveCount(3);
  rmSync(folder, { recursive: true });
});
