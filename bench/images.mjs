// Makes the pictures of the articles in several widths: Chromium paints the demo's drawings.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { INSIDE, PICTURES, WIDTHS, heightOf } from './generate.mjs';

/** Paints the pictures that a folder does not have yet. */
export async function paint(browser, folder, drawings) {
  mkdirSync(folder, { recursive: true });
  for (const width of [...WIDTHS, INSIDE]) {
    const missing = PICTURES.filter(([name]) => !existsSync(join(folder, `${name}-${width}.jpg`)));
    if (missing.length === 0) continue;
    const page = await browser.newPage({ viewport: { width, height: heightOf(width) } });
    for (const [name] of missing) {
      const drawing = readFileSync(join(drawings, `${name}.svg`)).toString('base64');
      await page.setContent(
        `<style>*{margin:0}img{display:block;width:100vw;height:100vh;object-fit:cover}</style><img>`,
      );
      await page.locator('img').evaluate((image, source) => {
        image.src = source;
        return image.decode();
      }, `data:image/svg+xml;base64,${drawing}`);
      await page.screenshot({ path: join(folder, `${name}-${width}.jpg`), type: 'jpeg', quality: 78 });
    }
    await page.close();
  }
}
