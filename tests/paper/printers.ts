/** Browsers that print pages of newspapers into PDF files: Chromium, Firefox and WebKit. */
import { spawn, type ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext } from '@playwright/test';
// @ts-expect-error it is JavaScript, and returns a browser of Playwright
import { launch } from '../../bench/chromium.mjs';
import { startEngine, type Engine } from '../engines/engines.ts';

export type PrinterName = 'chromium' | 'firefox' | 'webkit';

/** The ways in which a reader prints an article. */
export const WAYS = {
  script: 'the print page with its script',
  off: 'the print page without JavaScript',
  ctrl: 'Ctrl+P on the article',
} as const;

export type Way = keyof typeof WAYS;

/** A browser that prints. */
export interface Printer {
  /**
   * Prints one article into a file, on A4 where the page does not say a size, and says what was odd. `article` is the
   * address of its page, with a slash at its end.
   */
  print(article: string, way: Way, file: string): Promise<string[]>;
  close(): Promise<void>;
}

export function startPrinter(name: PrinterName): Promise<Printer> {
  return { chromium: ChromiumPrinter.start, firefox: FirefoxPrinter.start, webkit: WebKitPrinter.start }[name]();
}

/** How long to wait for the page to open the print dialog, in milliseconds. */
const PATIENCE_MS = 20_000;

/** How long Firefox may take to load a page, and to print it, in milliseconds. */
const PRINTING_MS = 60_000;

const NEVER_OPENED = 'the page never opened the print dialog';

/** A note in place of the print dialog. Runs before the page's own scripts. */
export const NOTE_IN_PLACE_OF_DIALOG = 'window.print = () => { window.gisaPrints = (window.gisaPrints ?? 0) + 1; };';

/** Where the server has it for browsers that can't be told to run it, as a script in the head of each page. */
export const NOTE_PATH = '/test/note-in-place-of-dialog.js';

/** Presses Ctrl+P. True where the page takes the key; where every picture is there already, it is left to the browser. */
const press = (): boolean =>
  !document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'p', code: 'KeyP', ctrlKey: true, bubbles: true, cancelable: true }));

const hasOpenedDialog = (): boolean => (window as any).gisaPrints > 0;

const pageOf = (article: string, way: Way): string => (way === 'ctrl' ? article : `${article}print/`);

class ChromiumPrinter implements Printer {
  readonly #browser: Browser;
  readonly #contexts = new Map<boolean, Promise<BrowserContext>>();

  private constructor(browser: Browser) {
    this.#browser = browser;
  }

  static async start(): Promise<Printer> {
    return new ChromiumPrinter(await launch());
  }

  #context(hasScript: boolean): Promise<BrowserContext> {
    const make = async (): Promise<BrowserContext> => {
      const context = await this.#browser.newContext({ javaScriptEnabled: hasScript, viewport: { width: 1280, height: 800 }, locale: 'ko-KR' });
      if (hasScript) await context.addInitScript(NOTE_IN_PLACE_OF_DIALOG);
      return context;
    };
    const context = this.#contexts.get(hasScript) ?? make();
    this.#contexts.set(hasScript, context);
    return context;
  }

  async print(article: string, way: Way, file: string): Promise<string[]> {
    const notes: string[] = [];
    const page = await (await this.#context(way !== 'off')).newPage();
    try {
      await page.goto(pageOf(article, way), { waitUntil: 'load' });
      let opensDialog = way !== 'off';
      if (way === 'ctrl') {
        await page.waitForSelector('html[data-awake]', { state: 'attached', timeout: PATIENCE_MS });
        opensDialog = await page.evaluate(press);
      }
      if (opensDialog) await page.waitForFunction(hasOpenedDialog, undefined, { timeout: PATIENCE_MS }).catch(() => notes.push(NEVER_OPENED));
      const pdf = () => page.pdf({ format: 'A4', preferCSSPageSize: true, tagged: true, outline: true });
      // Chromium says now and then, on a machine with much to do, that printing failed.
      writeFileSync(file, await pdf().catch(pdf));
      return notes;
    } finally {
      await page.close();
    }
  }

  close(): Promise<void> {
    return this.#browser.close();
  }
}

/** Two Firefoxes, because JavaScript is switched off for all of one. Each prints one page at a time. */
class FirefoxPrinter implements Printer {
  readonly #engines = new Map<boolean, Promise<Engine>>();
  #last: Promise<unknown> = Promise.resolve();

  static async start(): Promise<Printer> {
    return new FirefoxPrinter();
  }

  #engine(hasScript: boolean): Promise<Engine> {
    const engine = this.#engines.get(hasScript) ?? startEngine('firefox', { preferences: { 'javascript.enabled': hasScript } });
    this.#engines.set(hasScript, engine);
    return engine;
  }

  print(article: string, way: Way, file: string): Promise<string[]> {
    const printed = this.#last.then(() => this.#printAlone(article, way, file));
    this.#last = printed.catch(() => undefined);
    return printed;
  }

  async #printAlone(article: string, way: Way, file: string): Promise<string[]> {
    const notes: string[] = [];
    const tab = await (await this.#engine(way !== 'off')).tab();
    await tab.channel.send('POST', '/timeouts', { script: PRINTING_MS, pageLoad: PRINTING_MS });
    await tab.goto(pageOf(article, way));
    let opensDialog = way !== 'off';
    if (way === 'ctrl') {
      await tab.until(() => document.documentElement.hasAttribute('data-awake'));
      opensDialog = await tab.evaluate(press);
    }
    if (opensDialog) await tab.until(hasOpenedDialog).catch(() => notes.push(NEVER_OPENED));
    // As the dialog has it: no backgrounds, the page's own size and margins, and otherwise half an inch.
    await tab.channel.send('POST', 'Marionette:SetContext', { value: 'chrome' });
    // A long article takes some seconds on a busy machine.
    await tab.channel.send('POST', '/timeouts', { script: PATIENCE_MS });
    const answer = await tab.channel.send('POST', '/execute/async', {
      script: `
        const [file, done] = arguments;
        const service = Cc['@mozilla.org/gfx/printsettings-service;1'].getService(Ci.nsIPrintSettingsService);
        const settings = service.createNewPrintSettings();
        Object.assign(settings, {
          isInitializedFromPrinter: true, isInitializedFromPrefs: true, printSilent: true, ignoreUnwriteableMargins: true,
          outputFormat: Ci.nsIPrintSettings.kOutputFormatPDF, outputDestination: Ci.nsIPrintSettings.kOutputDestinationFile, toFileName: file,
          paperSizeUnit: Ci.nsIPrintSettings.kPaperSizeMillimeters, paperWidth: 210, paperHeight: 297, usePageRuleSizeAsPaperSize: true,
          marginTop: 0.5, marginBottom: 0.5, marginLeft: 0.5, marginRight: 0.5, honorPageRuleMargins: true,
          printBGColors: false, printBGImages: false, shrinkToFit: true, scaling: 1,
          headerStrLeft: '', headerStrCenter: '', headerStrRight: '', footerStrLeft: '', footerStrCenter: '', footerStrRight: '',
        });
        gBrowser.selectedBrowser.browsingContext.print(settings).then(() => done(''), (error) => done(String(error)));`,
      args: [file],
    });
    await tab.channel.send('POST', 'Marionette:SetContext', { value: 'content' });
    if (answer) throw new Error(`Firefox could not print ${article}: ${answer}`);
    return notes;
  }

  async close(): Promise<void> {
    for (const engine of this.#engines.values()) await (await engine).stop();
  }
}

/** `webkit-print.py`, which prints one page at a time. */
class WebKitPrinter implements Printer {
  readonly #program: ChildProcess;
  readonly #answers: AsyncIterator<string>;
  #last: Promise<unknown> = Promise.resolve();

  private constructor() {
    const program = fileURLToPath(new URL('webkit-print.py', import.meta.url));
    this.#program = spawn('xvfb-run', ['-a', '/usr/bin/python3', program], {
      stdio: ['pipe', 'pipe', 'inherit'],
      detached: true,
      env: { ...process.env, LANG: 'C.UTF-8', NO_AT_BRIDGE: '1', LIBGL_ALWAYS_SOFTWARE: '1', GDK_BACKEND: 'x11' },
    });
    this.#answers = createInterface({ input: this.#program.stdout! })[Symbol.asyncIterator]();
  }

  static async start(): Promise<Printer> {
    return new WebKitPrinter();
  }

  print(article: string, way: Way, file: string): Promise<string[]> {
    const printed = this.#last.then(() => this.#printAlone(article, way, file));
    this.#last = printed.catch(() => undefined);
    return printed;
  }

  async #printAlone(article: string, way: Way, file: string): Promise<string[]> {
    this.#program.stdin!.write(`${JSON.stringify({ address: pageOf(article, way), file, script: way !== 'off', dialog: way === 'script', press: way === 'ctrl' })}\n`);
    const { value, done } = await this.#answers.next();
    if (done) throw new Error('webkit-print.py ended: are python3-gi, gir1.2-webkit2-4.1 and xvfb installed (script/setup test)?');
    const answer: { notes?: string[]; error?: string } = JSON.parse(value);
    if (answer.error) throw new Error(`WebKit could not print ${article}: ${answer.error}`);
    return answer.notes ?? [];
  }

  async close(): Promise<void> {
    const ended = new Promise((done) => this.#program.once('exit', done));
    this.#program.stdin!.end();
    await ended;
  }
}
