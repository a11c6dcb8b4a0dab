/** A newspaper on a real Directus, as a reader meets it. */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { testNewspaper } from './headless.ts';
import { missingInOrder, Paper } from './paper.ts';
import { arrived, backendScript, builtFor, gisa, harbourPost, harmless, headlinesOf, initialized, STARTING } from './real-backend.ts';
import { expect, open, test, type Server } from './support.ts';

const ROOT = `http://127.0.0.1:${process.env.DIRECTUS_PORT ?? '8055'}`;
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
  'Hostile <script>document.title="broken in"</script> headline',
  'Bare',
  'Two wrote this',
  '한강의 봄, 다시 열린 뱃길',
];
const PLAIN = Array.from({ length: 24 }, (_, index) => `Plain story ${index + 1}`);

/** Articles by their slugs, as an owner sets it up who wants addresses to be read. */
const BY_SLUG = {
  fields: { id: 'slug' },
  resources: { article: { url: '{+base}/items/{collection}?filter[slug][_eq]={id}&{+published}&fields={+fields}', item: 'body.data[0]' } },
};
/** With what lies behind junctions: the pictures of a gallery, and several authors. */
const WITH_JUNCTIONS = { variables: { fields: '*.*,gallery.directus_files_id.*,authors.authors_id.*' } };

// All of them share one Directus.
test.describe.configure({ mode: 'default' });

let refusal = '';
let site: Server;
/** The id of each article, by slug. */
const ids: Record<string, string> = {};

const siteWith = (mapping: object = {}): object => harbourPost({ preset: 'directus', url: ROOT, mapping }, SECTIONS);

test.beforeAll(async () => {
  test.setTimeout(STARTING);
  try {
    await backendScript('directus', 'start');
  } catch (error) {
    refusal = (error as Error).message;
    return;
  }
  // The public may read drafts, too, in this Directus.
  const response = await fetch(`${ROOT}/items/articles?limit=-1&fields=id,slug`);
  const { data } = (await response.json()) as { data: { slug: string; id: string }[] };
  for (const { slug, id } of data) ids[slug] = id;
});

test.beforeEach(async ({ start }) => {
  test.skip(refusal !== '', refusal);
  site = await start({ overlay: { '/site.json': siteWith() } });
});

const article = (slug: string): string => site.at(`articles/${ids[slug]}/`);

testNewspaper({ root: ROOT, site: () => site, siteWith, bySlug: BY_SLUG, article, ids, headlines: HEADLINES, plain: PLAIN });

test('the front page leads with the newest story and lists the others', async ({ page }) => {
  await open(page, site.url);
  await expect(page.locator('.lead-story-headline')).toHaveText(HEADLINES[0]!);
  expect(await headlinesOf(page, '.latest')).toEqual([...HEADLINES, ...PLAIN].slice(1, 9));
  await expect(page.locator('.lead-story-beginning')).toHaveText('A standfirst & its emphasis.');
});

test('a section of the front page whose stories stand above is left out there', async ({ page }) => {
  await open(page, site.url);
  await expect(page.locator('.front-section h2')).toHaveText(SECTIONS.map(({ name }) => name));
  await expect(page.locator('.front-section').filter({ hasText: 'Business' })).toBeHidden();
  await open(page, site.at('sections/business/'));
  expect(await headlinesOf(page, '.story-list')).toEqual([HEADLINES[4]]);
});

test('an article has its byline, date, section and keywords, and its pictures arrive with what they say', async ({ page }) => {
  await open(page, article('ferry-returns'));
  await expect(page.locator('.article-headline')).toHaveText(HEADLINES[0]!);
  await expect(page.locator('.article-authors li')).toHaveText(['Eva Editor']);
  await expect(page.locator('.article-section')).toHaveText('Politics');
  await expect(page.locator('.article-byline time').first()).toHaveAttribute('datetime', '2026-01-20T09:00:00+01:00');
  const lead = page.locator('.article-sheet > .figure');
  await expect(lead.locator('img')).toHaveAttribute('alt', 'What picture 1 shows');
  // A caption of Directus is plain text.
  await expect(lead.locator('figcaption')).toHaveText('Caption <em>1</em> & more');
  // The lead picture, two in the text, and two of the gallery.
  await arrived(page, '.article-sheet img', 5);
});

test('the pictures of a gallery have their words where the address asks for them', async ({ page, start }) => {
  site = await start({ overlay: { '/site.json': siteWith(WITH_JUNCTIONS) } });
  await open(page, article('ferry-returns'));
  await expect(page.locator('.article-media figcaption')).toHaveText(['Caption <em>2</em> & more', 'Caption <em>3</em> & more']);
  await expect(page.locator('.article-media img').first()).toHaveAttribute('alt', 'What picture 2 shows');
});

test('what the editor writes is shown whole', async ({ page }) => {
  await open(page, article('ferry-returns'));
  const body = page.locator('.article-body');
  await expect(body.locator('> p').first()).toHaveText('First paragraph with bold, slanted, both, under, struck and code() words.');
  expect(await body.locator('p').evaluateAll((paragraphs) => paragraphs.filter((paragraph) => !paragraph.textContent?.trim()).length)).toBe(0);
  await expect(body.locator('h2')).toHaveText(['The largest heading', 'A heading']);
  await expect(body.locator('h3')).toHaveText('A smaller heading');
  await expect(body.locator('> ul > li')).toHaveCount(2);
  await expect(body.locator('> ul > li > ol > li')).toHaveText(['Two, first', 'Two, second']);
  await expect(body.locator('blockquote')).toHaveText('A quoted sentence.');
  await expect(body.locator('img').first()).toHaveAttribute('src', new RegExp(`^${ROOT}/assets/.*width=800&height=450$`));
  await expect(body.locator('img').first()).toHaveAttribute('alt', 'A picture of the text');
  await expect(body.locator('figcaption')).toHaveText('What the figure shows');
  await expect(body.locator('table tr')).toHaveText(['YearRiders', '202412', 'together 46']);
  await expect(body.locator('td[colspan="2"]')).toHaveText('together 46');
  await expect(body.locator('.embed')).toContainText('YouTube');
  await expect(body.locator('.embed-link a')).toHaveAttribute('href', 'https://maps.example/embed?id=7');
  await expect(body.locator('iframe')).toHaveCount(0);
  await expect(body.locator('pre')).toHaveText('const a = "<b>";');
  await expect(body.locator('hr')).toHaveCount(1);
  await expect(body.locator('a[href="https://example.org/a?b=1&c=2"]')).toHaveText('a link');
  // Hangul that came apart is composed.
  await expect(body.locator('> p').last()).toHaveText(/^가나다라 마바사 last paragraph & a link,\s*one of our own\.$/);
});

test('what Word leaves in a body is not shown', async ({ page }) => {
  await open(page, article('council-splits'));
  const body = page.locator('.article-body');
  await expect(body).toHaveText(/^워드에서 옮긴 first words\..*An item of Word\.\s*Bold of Word Seoul\.$/);
  await expect(body).not.toContainText(/mso|Normal|WordDocument/);
  await expect(body.locator('[style], [class^=Mso], [lang]')).toHaveCount(0);
  await expect(page.locator('.article-authors li')).toHaveText(['민기자']);
});

test('both of two authors are named where the address asks for them', async ({ page, start }) => {
  site = await start({ overlay: { '/site.json': siteWith(WITH_JUNCTIONS) } });
  await open(page, article('two-authors'));
  await expect(page.locator('.article-authors li')).toHaveText(['Eva Editor', '민기자']);
});

test('a search finds headlines, also Korean ones and with signs that addresses use', async ({ page }) => {
  for (const [words, found] of [['TRAM', [HEADLINES[1]]], ['[x]&filter=1', []], ['Hostile <script>', [HEADLINES[2]]], ['“longest”', [HEADLINES[0]]]] as const) {
    await open(page, site.at(`search/?q=${encodeURIComponent(words)}`));
    expect(await headlinesOf(page, '.story-list')).toEqual(found);
    await expect(page.locator('.load-failure')).toHaveCount(0);
  }
});

test('the photographs are the stories with a picture', async ({ page }) => {
  await open(page, site.at('photos/'));
  await expect(page.locator('main .photo-wall li')).toHaveText([0, 1, 5].map((index) => HEADLINES[index]!).concat(PLAIN.filter((_, index) => index % 6 === 0)));
});

test('a ranking, which Directus does not have, is said to be absent and asked for nowhere', async ({ page }) => {
  await open(page, site.at('ranking/'));
  await expect(page.locator('main')).toContainText('This newspaper has no ranking.');
  await expect(page.locator('.load-failure')).toHaveCount(0);
});

test('an article that Directus does not have is not found', async ({ page, complaints }) => {
  // Directus tells nobody whether something is not there or may not be read.
  complaints.allow(/status of 403/);
  await open(page, site.at('articles/no-such-story/'));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/not found/i);
});

test('a draft and what is archived are nowhere, though this Directus lets everybody read them', async ({ page, start }) => {
  for (const slug of ['a-draft', 'archived']) {
    await open(page, article(slug));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/not found/i);
  }
  for (const words of ['nobody may read', 'archive']) {
    await open(page, site.at(`search/?q=${encodeURIComponent(words)}`));
    await expect(page.locator('.story-list .story')).toHaveCount(0);
  }
  // They would stand between these two.
  await open(page, article('plain-1'));
  await expect(page.locator('.neighbours a[rel=next]')).toContainText(HEADLINES[5]!);
  site = await start({ overlay: { '/site.json': siteWith(BY_SLUG) } });
  await open(page, site.at('articles/a-draft/'));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/not found/i);
});

test('what is hostile in an article does not run, and what stands around it is read', async ({ page, complaints }) => {
  complaints.allow(/none\.png/);
  await open(page, article('hostile'));
  const body = page.locator('.article-body');
  await expect(page.locator('.article-headline')).toHaveText(HEADLINES[2]!);
  await expect(body.locator('p').first()).toHaveText('Before.');
  await expect(body).toContainText('a link that runs');
  await expect(body.locator('a')).toHaveCount(0);
  await expect(body.locator('p').last()).toHaveText('After.');
  await expect(body).toBeVisible();
  await harmless(page);
});

test('an article on paper has its headline, its text, and its pictures’ captions', async ({ page }, info) => {
  await open(page, site.at(`articles/${ids['ferry-returns']}/print/`));
  const paper = await Paper.print(page, info);
  const parts = [HEADLINES[0]!, 'Eva Editor', 'Caption <em>1</em> & more', 'First paragraph with bold', 'A smaller heading', 'A quoted sentence.', 'What the figure shows', 'last paragraph'];
  expect(missingInOrder(paper.text, parts)).toEqual([]);
});

test('its address is all that `gisa init` needs, `gisa check` passes, and the edition is written whole', async ({ page, start, complaints }) => {
  // A page that is idle fetches the next article, whose hostile parts the browser reports while it is read.
  complaints.allow(/violates the following Content Security Policy/);
  test.setTimeout(120_000);
  const found = initialized(ROOT);
  expect(found.backend).toMatchObject({ preset: 'directus', url: ROOT });
  expect(found).toMatchObject({ name: 'Harbour Post', description: 'All the news that fits a test' });
  expect(found.sections).toContainEqual({ slug: 'politics', name: 'Politics' });
  const folder = builtFor({ ...found, url: 'https://harbour.example/' });
  expect(gisa('check', '--lang', 'en', join(folder, 'site.json'))).toContain('Everything that is required is there.');
  gisa('prerender', folder);
  const written = readdirSync(join(folder, 'articles'));
  expect(written).toHaveLength(HEADLINES.length + PLAIN.length);
  const all = written.map((name) => readFileSync(join(folder, 'articles', name, 'index.html'), 'utf8')).join('');
  expect(all).not.toMatch(/nobody may read|Secret/);
  // By their slugs, which every article has, and with all authors.
  site = await start({ dist: folder, written: true });
  await open(page, site.at('articles/two-authors/'));
  await expect(page.locator('.article-authors li')).toHaveText(['Eva Editor', '민기자']);
  rmSync(folder, { recursive: true });
});
