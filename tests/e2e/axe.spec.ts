/** No page in any state breaks a rule of axe, in light and dark, on a phone and on a desk. */
import AxeBuilder from '@axe-core/playwright';
import { expect, open, test } from './support.ts';
import { STATES } from './states.ts';

// Colours that are on their way from light to dark are neither.
test.use({ contextOptions: { reducedMotion: 'reduce' } });

for (const state of STATES) {
  test(`${state.name} breaks no rule`, async ({ page, start, complaints }) => {
    test.slow();
    if (state.complains) complaints.allow(state.complains);
    const site = await start({ overlay: state.overlay });
    await open(page, site.at(state.path));
    await state.prepare?.(page);
    const broken: string[] = [];
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const width of [360, 1280]) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 800 });
        // There is no frame to look into, which is what the other mode opens a second page for.
        const axe = new AxeBuilder({ page }).setLegacyMode();
        // In the dark only the colours are others.
        const { violations } = await (colorScheme === 'dark' ? axe.withRules(['color-contrast', 'link-in-text-block']) : axe).analyze();
        for (const { id, nodes } of violations) {
          for (const node of nodes) broken.push(`${colorScheme} ${width}: ${id}: ${node.target.join(' ')}: ${node.failureSummary?.split('\n').at(-1)?.trim()}`);
        }
      }
    }
    expect(broken).toEqual([]);
  });
}
