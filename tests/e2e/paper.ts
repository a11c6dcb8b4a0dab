/** Looks at printed pages, with poppler's tools. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { type Page, type TestInfo } from '@playwright/test';

export type Format = 'A4' | 'Letter';

/** Width and height in points. */
const SIZES: Record<Format, [number, number]> = { A4: [595, 842], Letter: [612, 792] };
/** The lower margin in points, where the page's number stands: 20 mm, less a hair that belongs to the text above. */
const FOOT = 55;

export class Paper {
  readonly #file: string;
  readonly #width: number;
  readonly #height: number;
  /** How many pages there are. */
  readonly count: number;
  /** The paper's size as the PDF states it. */
  readonly size: string;
  /** The text of each page without its lower margin. */
  readonly pages: string[];
  /** What stands in the lower margin of each page. */
  readonly margins: string[];
  /** The number of each page in its lower margin, and of how many, such as `1 / 2`. */
  readonly feet: string[];
  /** All text but the lower margins', white space left out: lines break anywhere. */
  readonly text: string;

  private constructor(file: string, format: Format) {
    this.#file = file;
    [this.#width, this.#height] = SIZES[format];
    const facts = run('pdfinfo', file);
    this.count = Number(/^Pages:\s+(\d+)$/m.exec(facts)?.[1]);
    this.size = /^Page size:\s+(.*)$/m.exec(facts)?.[1] ?? '';
    this.pages = this.#crop(0, this.#height - FOOT);
    this.margins = this.#crop(this.#height - FOOT, FOOT);
    this.feet = this.margins.map((text) => {
      const [, page, pages] = /(?:^|\s)(\d+)\s*\/\s*(\d+)(?=\s|$)/.exec(text) ?? ['', '', ''];
      return `${page} / ${pages}`;
    });
    this.text = squash(this.pages.join(''));
  }

  /** What the browser's dialog would print. The one place where a test makes a PDF: never beside an open dialog. */
  static async print(page: Page, info: TestInfo, format: Format = 'A4'): Promise<Paper> {
    const opensDialog = await page.evaluate(() => String(window.print).includes('[native code]'));
    if (opensDialog) throw new Error('this page opens the browser’s print dialog: its context lacks `noteInPlaceOfDialog`');
    const file = info.outputPath(`${Math.random().toString(36).slice(2)}.pdf`);
    writeFileSync(file, await page.pdf({ format }));
    return new Paper(file, format);
  }

  /** The share of each page that is not white, the lower margin left out: 0 is a blank page. */
  get ink(): number[] {
    const prefix = `${this.#file}-page`;
    run('pdftoppm', '-r', '20', '-gray', '-x', '0', '-y', '0', '-W', scaled(this.#width), '-H', scaled(this.#height - FOOT), this.#file, prefix);
    const digits = String(this.count).length;
    return Array.from({ length: this.count }, (_, index) => {
      const grays = pgm(`${prefix}-${String(index + 1).padStart(digits, '0')}.pgm`);
      return grays.filter((gray) => gray < 200).length / grays.length;
    });
  }

  /** How bright the corners of the first page are, 0 to 255. */
  get corner(): number {
    const prefix = `${this.#file}-corner`;
    run('pdftoppm', '-r', '20', '-gray', '-f', '1', '-l', '1', '-singlefile', this.#file, prefix);
    return pgm(`${prefix}.pgm`)[0] ?? 0;
  }

  /** In the order in which the browser painted it: poppler's own order tears lines of several fonts apart. */
  #crop(top: number, height: number): string[] {
    const text = run('pdftotext', '-raw', '-x', '0', '-y', String(top), '-W', String(this.#width + 1), '-H', String(height), this.#file, '-');
    return text.split('\f').slice(0, this.count);
  }
}

/** Without white space, which a line break adds and takes away. */
export function squash(text: string): string {
  return text.replace(/[\s\u00a0\u200b]+/g, '');
}

/** What of these does not stand in the text, each after the one before it. */
export function missingInOrder(text: string, parts: string[]): string[] {
  let from = 0;
  return parts.filter((part) => {
    const at = text.indexOf(squash(part), from);
    if (at < 0) return true;
    from = at + squash(part).length;
    return false;
  });
}

function run(command: string, ...args: string[]): string {
  return execFileSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 27, timeout: 20_000, stdio: ['ignore', 'pipe', 'pipe'] });
}

function scaled(points: number): string {
  return String(Math.floor((points * 20) / 72));
}

/** The gray values of a binary PGM. */
function pgm(file: string): Uint8Array {
  const bytes = readFileSync(file);
  const header = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.subarray(0, 40).toString('latin1'));
  if (!header) throw new Error(`${file} is no PGM`);
  return new Uint8Array(bytes.subarray(header[0].length));
}
