/** What a publisher does without compiling: a `site.json` by `gisa init`, or one with a mapping of their own. */
import { readFileSync, rmSync } from 'node:fs';
import { Ghost, ROOT } from './ghost.ts';
import { builtFor, gisa, initialized, STARTING as GHOST_STARTING } from './real-backend.ts';
import { expect, open, send, settled, svg, test, type Overlay, type Page, type Server } from './support.ts';
import { API, STARTING, WordPress } from './wordpress.ts';

// One after the other: WordPress answers one request at a time here, and a prerendering asks it for everything.
test.describe.configure({ mode: 'default' });

const headlinesOf = (page: Page, list: string): Promise<string[]> => page.locator(`${list} .story-headline`).allInnerTexts();

test('gisa init makes a newspaper of a real WordPress from its address alone', async ({ page, start }) => {
  test.setTimeout(STARTING);
  await WordPress.start();
  const site = await start({ overlay: { '/site.json': initialized(API.replace('/wp-json', '')) } });
  await open(page, site.url);
  await expect(page.locator('.masthead-name')).toHaveText('Harbour Post (test)');
  await expect(page.locator('.lead-story-headline')).toHaveText('Harbour bridge reopens after “longest” repair');
  await page.getByRole('navigation', { name: 'Sections' }).getByRole('link', { name: 'Culture' }).click();
  await expect(page.locator('main h1')).toHaveText('Culture');
  await settled(page);
  expect(await headlinesOf(page, '.story-list')).toContain('Review: a quiet triumph at the Old Theatre');
});

test.describe('gisa prerender writes a real WordPress as pages that read', () => {
  let folder: string;

  test.beforeAll(async () => {
    test.setTimeout(STARTING + 60_000);
    await WordPress.start();
    folder = builtFor({ ...initialized(API.replace('/wp-json', '')), url: 'https://harbour.example/' });
    gisa('prerender', folder);
  });

  test.afterAll(() => rmSync(folder, { recursive: true }));

  for (const scripted of [false, true]) {
    test.describe(scripted ? 'with JavaScript' : 'without JavaScript', () => {
      test.use({ javaScriptEnabled: scripted });

      test('from the front page to a section, an article and its neighbour', async ({ context, page, complaints, start }) => {
        const site = await start({ dist: folder, written: true });
        // Chromium reports what an editor's own styles would do, though they are never applied.
        complaints.allow(/^Applying inline style/);
        const said: string[] = [];
        context.on('console', (message) => said.push(message.text()));
        const go = async (path: string): Promise<void> => {
          await page.goto(site.at(path));
          if (scripted) await page.waitForSelector('html[data-awake]', { state: 'attached' });
        };
        await go('');
        await expect(page.locator('.lead-story-headline')).toHaveText('Harbour bridge reopens after “longest” repair');
        await go('sections/culture/');
        await expect(page.locator('.story-list')).toContainText('Review: a quiet triumph at the Old Theatre');
        await page.locator('.story-headline a').first().click();
        await expect(page.locator('.article-body')).toBeVisible();
        // What is pressed while pictures still come may move away from under the pointer.
        await page.waitForLoadState();
        const neighbour = page.locator('.neighbours a').first();
        const headline = await neighbour.locator('.neighbour-headline').innerText();
        await neighbour.click();
        await expect(page.locator('.article-headline')).toHaveText(headline);
        await expect(page.locator('.article-body')).toBeVisible();
        expect(said.filter((text) => !text.startsWith('Applying inline style'))).toEqual([]);
      });
    });
  }
});

test('gisa init makes a newspaper of a real Ghost from its address alone', async ({ page, start }) => {
  test.setTimeout(GHOST_STARTING);
  let refusal = '';
  const ghost = await Ghost.start().catch((error: Error) => void (refusal = error.message));
  test.skip(!ghost, refusal);
  const site = await start({ overlay: { '/site.json': initialized(ROOT) } });
  await open(page, site.url);
  await expect(page.locator('.masthead-name')).toHaveText('Harbour Post');
  await page.locator('.lead-story-headline a').click();
  await expect(page.locator('.article-headline')).toHaveText('Ferry returns after its “longest” winter');
  await expect(page.locator('.article-body')).toContainText('First paragraph of story 1');
});

test.describe('an API that no preset knows, read by the example of docs/backends.md', () => {
  const documented = [...readFileSync(new URL('../../docs/backends.md', import.meta.url), 'utf8').matchAll(/```json\n([^]*?)```/g)];
  const example = documented.map(([, text]) => text!).find((text) => text.includes('zeitung.example'))!;
  const list = JSON.parse(readFileSync(new URL('../samples/any.json', import.meta.url), 'utf8'));
  const [shown, hidden] = list.ergebnis.treffer;
  const later = { beitrag: { sichtbar: true, meta: { kennung: 8700, pfad: 'alt', erschienen: 1_767_000_000 }, titel: { kurz: 'Ein älterer Beitrag' } } };

  const api: Overlay = {
    '/api/beitraege': (request, response) => {
      const { searchParams } = new URL(request.url!, 'http://x');
      const treffer = Number(searchParams.get('ab') ?? 0) === 0 ? [shown, hidden] : [later];
      const weiter = treffer[0] === shown ? '/api/beitraege?ab=2&anzahl=2' : null;
      send(response, 200, 'application/json', JSON.stringify({ ergebnis: { anzahl_gesamt: 3, weiter, treffer } }));
    },
    '/api/beitraege/8812': { ergebnis: shown },
    '/api/beitraege/8700': { ergebnis: later },
    '/api/beitraege/8813': { ergebnis: hidden },
    '/api/beitraege/9999': { fehler: 'unbekannt' },
    '/export/heute.json': { zeilen: [{ platz: 2, kennung: 8700, aufrufe: '1,200' }, { platz: 1, kennung: 8812, aufrufe: '12,345' }, { platz: 3, kennung: 9999, aufrufe: 5 }] },
    '/bilder/*': (_, response) => send(response, 200, 'image/svg+xml', svg('x')),
  };

  let site: Server;
  test.beforeEach(async ({ start, complaints }) => {
    complaints.allow(/^gisa: /);
    site = await start({
      overlay: {
        ...api,
        '/site.json': (_, response) => send(response, 200, 'application/json', example.replaceAll(/https:\/\/(zeitung|statistik)\.example/g, site.url.replace(/\/$/, ''))),
      },
    });
  });

  test('shows its list without what is hidden, and its article with every field', async ({ page }) => {
    await open(page, site.url);
    await expect(page.locator('.lead-story-headline')).toHaveText('Brücke nach „langer“ Reparatur offen');
    await expect(page.locator('main')).not.toContainText('Versteckt');
    await page.locator('.lead-story-headline a').click();
    await expect(page.locator('.article-subheads li')).toHaveText(['Hafen']);
    await expect(page.locator('.article-authors li')).toHaveText(['Ana Reporter', 'Ben Kolumne']);
    await expect(page.locator('.article-body p')).toHaveText(['Eins.', 'Zwei.']);
    await expect(page.locator('.article-sheet > .figure figcaption')).toContainText('Die Brücke');
    await expect(page.locator('.article-byline time').first()).toHaveAttribute('datetime', '2026-01-09T09:00:00+01:00');
  });

  test('ranks articles by the export of another program', async ({ page }) => {
    await open(page, site.at('ranking/'));
    await expect(page.locator('.content .ranked-entry-headline')).toHaveText(['Brücke nach „langer“ Reparatur offen', 'Ein älterer Beitrag']);
    await expect(page.locator('.content .ranked-entry-count').first()).toContainText('12,345');
  });

  test('goes through a section by the answers’ own links', async ({ page }) => {
    await open(page, site.at('sections/politik/'));
    expect(await headlinesOf(page, '.story-list')).toEqual(['Brücke nach „langer“ Reparatur offen']);
    await page.locator('.pager a[rel=next]').click();
    await expect(page.locator('.story-headline')).toHaveText(['Ein älterer Beitrag']);
    await expect(page.locator('.pager a[rel=next]')).toHaveCount(0);
  });

  test('does not show a hidden article by its address', async ({ page }) => {
    await open(page, site.at('articles/8813/'));
    await expect(page.locator('main h1')).toHaveText(/not found/i);
  });
});
