/** Prints pages through Chromium. */
import { writeFileSync } from 'node:fs';
import { launch } from '../../bench/chromium.mjs';

/** The ways in which a reader prints an article. */
export const WAYS = {
  script: 'the print page with its script',
  off: 'the print page without JavaScript',
  ctrl: 'Ctrl+P on the article',
};

/** How long to wait for the page to open the print dialog, in milliseconds. */
const PATIENCE_MS = 20_000;

/** A Chromium that prints pages of newspapers. */
export class ChromiumPrinter {
  #browser;
  #contexts = new Map();

  static async start() {
    const printer = new ChromiumPrinter();
    printer.#browser = await launch();
    return printer;
  }

  /** The program has its own print dialog there: a note is made in its place. */
  async #context(hasScript) {
    const made = this.#contexts.get(hasScript);
    if (made) return made;
    const context = this.#browser.newContext({ javaScriptEnabled: hasScript, viewport: { width: 1280, height: 800 }, locale: 'ko-KR' });
    this.#contexts.set(hasScript, context.then(async (ready) => {
      if (hasScript) await ready.addInitScript(() => { window.print = () => { window.gisaPrints = (window.gisaPrints ?? 0) + 1; }; });
      return ready;
    }));
    return this.#contexts.get(hasScript);
  }

  /**
   * Prints one article into a file.
   * @param {string} article the address of its page, with a slash at its end
   * @param {'script' | 'off' | 'ctrl'} way
   * @param {string} file
   * @param {'A4' | 'Letter'} paper what the printer has where the page does not say a size
   * @returns {Promise<string[]>} what was odd
   */
  async print(article, way, file, paper = 'A4') {
    const notes = [];
    let opensDialog = way !== 'off';
    const page = await (await this.#context(way !== 'off')).newPage();
    try {
      await page.goto(way === 'ctrl' ? article : `${article}print/`, { waitUntil: 'load' });
      if (way === 'ctrl') {
        await page.waitForSelector('html[data-awake]', { state: 'attached', timeout: PATIENCE_MS });
        // Where every picture is there already, the key is left to the browser.
        const press = () => !document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'p', code: 'KeyP', ctrlKey: true, bubbles: true, cancelable: true }));
        opensDialog = await page.evaluate(press);
      }
      if (opensDialog) {
        await page.waitForFunction(() => window.gisaPrints > 0, undefined, { timeout: PATIENCE_MS }).catch(() => notes.push('the page never opened the print dialog'));
      }
      writeFileSync(file, await page.pdf({ format: paper, preferCSSPageSize: true, tagged: true, outline: true }));
      return notes;
    } finally {
      await page.close();
    }
  }

  close() {
    return this.#browser.close();
  }
}
