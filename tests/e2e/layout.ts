/** What a reader would see that a page’s layout is wrong. */
import { type Page } from './support.ts';

/** Elements that stick out of the window to the right, and texts that are cut off in their boxes. */
export function overflowing(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const scrolls = (element: Element | null): boolean =>
      element !== null && element !== document.documentElement && (/(auto|scroll|hidden|clip)/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
    const out = [...document.querySelectorAll('body *')].filter((element) => {
      const box = element.getBoundingClientRect();
      return box.width > 1 && (box.right > width + 1 || box.left < -1) && !scrolls(element.parentElement);
    });
    const found = out.map((element) => `${element.tagName.toLowerCase()}.${element.className}`);
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) found.unshift(`the page is ${scrollWidth} px wide in a window of ${clientWidth} px`);
    return found;
  });
}

/** Pairs of texts that lie on each other, and headlines cut off without a sign. */
export async function colliding(page: Page): Promise<string[]> {
  // All of the page is laid out, and not only what is near the window.
  await page.evaluate(() => document.documentElement.setAttribute('data-whole', ''));
  return page.evaluate(() => {
    const texts = [...document.querySelectorAll('h1, h2, h3, p, li > a, button, time, label, figcaption, .neighbour-headline')].filter(
      (element) =>
        element.checkVisibility() && element.textContent?.trim() !== '' && !element.closest('.visually-hidden, .skip-link, [role=alert] details') &&
        element.getBoundingClientRect().width > 1,
    );
    const boxes = texts.map((element) => {
      const range = document.createRange();
      range.selectNodeContents(element);
      // What a box cuts off is not seen outside of it.
      const cut = element.closest('.ranked-entry, .story-beginning, .photo-grid li')?.getBoundingClientRect();
      return [...range.getClientRects()].map((box) => ({ left: box.left, right: box.right, top: box.top, bottom: cut ? Math.min(box.bottom, cut.bottom) : box.bottom }));
    });
    const found: string[] = [];
    texts.forEach((one, first) =>
      texts.slice(first + 1).forEach((other, offset) => {
        if (one.contains(other) || other.contains(one)) return;
        const overlap = boxes[first]!.some((a) =>
          boxes[first + 1 + offset]!.some((b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 3 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 6));
        if (overlap) found.push(`${one.className || one.tagName} “${one.textContent?.slice(0, 20)}” and ${other.className || other.tagName} “${other.textContent?.slice(0, 20)}”`);
      }),
    );
    for (const entry of document.querySelectorAll('.sidebar .ranked-entry')) {
      if (entry.scrollHeight > entry.clientHeight + 4) found.push(`${entry.className} is cut off: “${entry.textContent?.slice(0, 20)}”`);
    }
    return found;
  });
}
