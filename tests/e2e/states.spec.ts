/**
 * Every page in every state: what assistive tools, search engines and reader modes rely on, the rules of axe in light and
 * dark, and a narrow window. Every page: wide and narrow windows, and large text.
 */
import AxeBuilder from '@axe-core/playwright';
import { colliding, overflowing } from './layout.ts';
import { expect, open, PAGES, test, type Page } from './support.ts';
import { STATES, type State } from './states.ts';

// Colours that are on their way from light to dark are neither.
test.use({ contextOptions: { reducedMotion: 'reduce' } });

/** One main, one h1, headings in order, named landmarks, described pictures. */
async function expectSemantics(page: Page, state: State): Promise<void> {
  await expect(page.getByRole('main')).toHaveCount(1);
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
  await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toHaveText(/\S/);
  await expect(page.locator('html')).toHaveAttribute('lang', state.name.startsWith('English') ? 'en' : 'ko');
  if (!state.broken) await expect(page).toHaveTitle(state.path === '' ? /^(\S.* – )?해솔신문$/ : /\S – 해솔신문$/);

  const found = await page.evaluate(() => {
    const visible = (element: Element) => element.checkVisibility({ visibilityProperty: true });
    const all = (selector: string) => [...document.querySelectorAll(selector)].filter(visible);
    const outer = (element: Element) => element.outerHTML.slice(0, 120);
    const nameOf = (element: Element): string => {
      const by = element.getAttribute('aria-labelledby');
      const labelled = by?.split(/\s+/).map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
      return (labelled ?? element.getAttribute('aria-label') ?? '').trim();
    };
    const levels = all('h1, h2, h3, h4, h5, h6').map((heading) => Number(heading.tagName[1]));
    const navs = all('nav').map(nameOf);
    const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
    return {
      // A heading may be one deeper than the one before it in the document, not two. Where the page starts does not count.
      skipped: levels.flatMap((level, index) => (index > 0 && level > levels[index - 1]! + 1 ? [`h${levels[index - 1]} → h${level}`] : [])),
      unnamedNavs: navs.filter((name) => name === '').length,
      repeatedNavs: navs.filter((name, index) => navs.indexOf(name) !== index),
      unnamedAsides: all('aside').filter((aside) => nameOf(aside) === '').map(outer),
      imagesWithoutAlt: [...document.querySelectorAll('img:not([alt])')].map(outer),
      imagesWithoutPlace: [...document.querySelectorAll('img:not([width][height])')].map(outer),
      emptyLinks: all('a').filter((link) => !link.getAttribute('href') || (link.textContent?.trim() === '' && !link.querySelector('img[alt]:not([alt=""])'))).map(outer),
      untypedButtons: [...document.querySelectorAll('button:not([type])')].map(outer),
      repeatedIds: ids.filter((id, index) => ids.indexOf(id) !== index),
      badTimes: all('time').filter((time) => !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d([+-]\d\d:\d\d|Z)$/.test(time.getAttribute('datetime') ?? '')).map(outer),
      rankedOutside: all('ol.ranked-list').filter((list) => {
        const around = list.closest('aside, section');
        return !around || nameOf(around) === '';
      }).map(outer),
      inlineStyles: [...document.querySelectorAll('#app [style]')].map(outer),
      listsOfOther: [...document.querySelectorAll('ul > :not(li), ol > :not(li)')].map(outer),
    };
  });
  expect(found).toEqual({
    skipped: [], unnamedNavs: 0, repeatedNavs: [], unnamedAsides: [], imagesWithoutAlt: [], imagesWithoutPlace: [], emptyLinks: [],
    untypedButtons: [], repeatedIds: [], badTimes: [], rankedOutside: [], inlineStyles: [], listsOfOther: [],
  });

  if (!state.broken) {
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    const first = page.locator('a[href], button, input, [tabindex="0"]').first();
    await expect(first).toHaveText(state.name.startsWith('English') ? 'Skip to content' : '본문으로 건너뛰기');
    await expect(page.locator('[aria-live=polite]')).toHaveCount(1);
  }
}

/** What breaks a rule of axe. */
async function broken(page: Page): Promise<string[]> {
  const broken: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [360, 1280]) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      // There is no frame to look into, which is what the other mode opens a second page for.
      // Of what holds, axe needs to report nothing.
      const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode();
      // In the dark only the colours are others.
      const { violations } = await (colorScheme === 'dark' ? axe.withRules(['color-contrast', 'link-in-text-block']) : axe).analyze();
      for (const { id, nodes } of violations) {
        for (const node of nodes) broken.push(`${colorScheme} ${width}: ${id}: ${node.target.join(' ')}: ${node.failureSummary?.split('\n').at(-1)?.trim()}`);
      }
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  return broken;
}

for (const state of STATES) {
  test(`${state.name}: one main, one h1, headings in order, named landmarks, described pictures; it breaks no rule of axe, and does not scroll sideways at 320 px`, async ({ page, start, complaints }) => {
    test.slow();
    if (state.complains) complaints.allow(state.complains);
    const site = await start({ overlay: state.overlay });
    await page.setViewportSize({ width: 320, height: 640 });
    await open(page, site.at(state.path));
    await state.prepare?.(page);
    expect.soft(await overflowing(page)).toEqual([]);
    await expectSemantics(page, state);
    expect(await broken(page)).toEqual([]);
  });
}

for (const [name, path] of Object.entries(PAGES)) {
  test(`${name}: texts do not overlap in windows of any width, and with text at 200 % nothing overlaps or sticks out`, async ({ page, site }) => {
    await open(page, site.at(path));
    for (const width of [320, 768, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      expect.soft(await colliding(page), `${width} px`).toEqual([]);
    }
    await page.addStyleTag({ content: 'html { font-size: 200% }' });
    await page.evaluate(() => document.fonts.ready);
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      expect.soft(await overflowing(page), `${width} px, 200 %`).toEqual([]);
      expect.soft(await colliding(page), `${width} px, 200 %`).toEqual([]);
    }
  });
}
