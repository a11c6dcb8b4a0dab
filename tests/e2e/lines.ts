/** Runs in the page of a print preview, in any browser: the first words of each paragraph that is cut so that one line stands alone. */
export function lonelyLines(): string[] {
  const range = document.createRange();
  return [...document.querySelectorAll('.sheet :is(p, figcaption):is([data-cut], [data-continues])')].flatMap((half) => {
    range.selectNodeContents(half);
    const bottoms: number[] = [];
    for (const { width, height, bottom } of range.getClientRects()) {
      if (width > 0 && !bottoms.some((other) => Math.abs(other - bottom) < height / 2)) bottoms.push(bottom);
    }
    return bottoms.length < 2 ? [(half.textContent ?? '').slice(0, 30)] : [];
  });
}

/** Runs in the page of a print preview: what stands lower than the place for the text, or beside it. */
export function outside(): string[] {
  return [...document.querySelectorAll('.sheet > .article-sheet')].flatMap((area) => {
    const box = area.getBoundingClientRect();
    const parts = [...area.querySelectorAll('p, li, tr, img, h2, h3, figcaption')];
    const isOff = ({ right, bottom }: DOMRect): boolean => right > box.right + 2 || bottom > box.bottom + 2;
    return parts.filter((part) => [...part.getClientRects()].some(isOff)).map((part) => `${part.localName} ${(part.textContent ?? '').slice(0, 30)}`);
  });
}
