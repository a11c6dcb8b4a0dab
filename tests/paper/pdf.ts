/** Reads a printed PDF with poppler's tools: where on each sheet something stands, how full it is, and its text. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Dots per inch of the picture of a sheet in which empty areas are looked for. */
const DPI = 36;
const MM_PER_DOT = 25.4 / DPI;
const POINTS_PER_MM = 72 / 25.4;
/** A gap of at most this height between two lines or between a text and a picture, or below the last one, is no hole. */
const GAP_MM = 15;
/** The page's number stands in the lowest part of a sheet, if it has one. */
const FOOT_BAND_MM = 32;
/** Where a sheet has no number, its lowest part of this height holds nothing. */
const MARGIN_MM = 14;
/** What is this thick and wide at the edge of a sheet is no rule and no line of text. */
const THICK_MM = 3;
const WIDE_MM = 8;
/** Grey values of neighbouring rows of one picture differ by less. */
const STEP = 24;
/** An area is a square of this size, larger than a QR code, and dark if its mean grey value is less. */
const DARK_MM = 17;
const DARK = 72;
/** A grey value below this one is ink: pale pictures are ink too. */
const INK = 250;

const run = promisify(execFile);

/**
 * What stands on a sheet. All shares are of the height between the highest ink of the whole print-out and the line with
 * the page's number.
 */
export interface Sheet {
  /** Where the highest ink stands: 0 is the top. */
  top: number;
  /** Where the lowest ink stands: 1 is just above the page's number. */
  bottom: number;
  /** How much of the height is taken, the mean of both columns where the sheet has two. */
  full: number;
  /** The largest height without ink in a column, what is below its last line included. */
  hole: number;
  columns: 1 | 2;
  /** A picture goes on upon the next sheet. */
  torn: boolean;
  /** An area is darker than text. */
  dark: boolean;
  /** Nothing but the line with the page's number. */
  blank: boolean;
  /** Ink or text at the very edge of the sheet: a printer would cut it. */
  cut: boolean;
  /** Words that stand at the right of the place for the text. */
  beyond: string[];
  /** In the order in which the engine painted it. */
  text: string;
  /** The line with the page's number; empty where there is none. */
  foot: string;
}

interface Box {
  xMin: number;
  yMin: number;
  xMax: number;
  yMax: number;
}

interface Line extends Box {
  text: string;
  words: (Box & { text: string })[];
}

/** In points. */
interface PageLayout {
  width: number;
  height: number;
  lines: Line[];
}

/** The outermost ink, in dots. Where there is none, `top` is greater than `bottom`. */
interface Ink {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

interface Picture {
  width: number;
  height: number;
  /** 0 is black, row by row. */
  grey: Uint8Array;
}

/** Reads the sheets of a PDF. */
export async function sheetsOf(file: string): Promise<Sheet[]> {
  const folder = mkdtempSync(join(tmpdir(), 'gisa-sheets-'));
  try {
    const poppler = (command: string, ...args: string[]) => run(command, args, { encoding: 'utf8', maxBuffer: 1 << 28, timeout: 120_000 });
    const [layout, raw] = await Promise.all([
      poppler('pdftotext', '-bbox-layout', file, '-'),
      poppler('pdftotext', '-raw', file, '-'),
      poppler('pdftoppm', '-r', String(DPI), '-gray', file, join(folder, 'sheet')),
    ]);
    const pictures = readdirSync(folder).sort().map((name) => greyPicture(join(folder, name)));
    const texts = raw.stdout.split('\f');
    const pages = layout.stdout.split('<page ').slice(1).map((page) => linesOf(page));
    return measured(pages, pictures, texts);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The lines of one page of `pdftotext -bbox-layout`, in points. */
function linesOf(page: string): PageLayout {
  const [, width, height] = /width="([\d.]+)" height="([\d.]+)"/.exec(page) ?? [];
  const box = (text: string): Box => {
    const [, xMin, yMin, xMax, yMax] = /xMin="(-?[\d.]+)" yMin="(-?[\d.]+)" xMax="(-?[\d.]+)" yMax="(-?[\d.]+)"/.exec(text) ?? [];
    return { xMin: Number(xMin), yMin: Number(yMin), xMax: Number(xMax), yMax: Number(yMax) };
  };
  const lines = page.split('<line ').slice(1).map((line) => {
    const words = line.split('<word ').slice(1).map((word) => ({ ...box(word), text: />([^<]*)</.exec(word)?.[1] ?? '' }));
    return { ...box(line), words, text: words.map((word) => word.text).join(' ') };
  });
  return { width: Number(width), height: Number(height), lines };
}

function measured(pages: PageLayout[], pictures: Picture[], texts: string[]): Sheet[] {
  const feet = pages.map((page, index) => footOf(page, index + 1, pages.length));
  const inks = pictures.map((picture, index) => inkOf(picture, feet[index]!.top));
  const least = (values: number[]) => Math.min(...values, Infinity);
  const most = (values: number[]) => Math.max(...values, -Infinity);
  const written = inks.filter((ink) => ink.top <= ink.bottom);
  // The place for the text, from all sheets together.
  const area = {
    top: least(written.map((ink) => ink.top)),
    left: least(written.map((ink) => ink.left)),
    right: most(written.map((ink) => ink.right)),
  };
  return pages.map((page, index) => {
    const picture = pictures[index]!;
    const ink = inks[index]!;
    const foot = feet[index]!;
    const blank = ink.top > ink.bottom;
    const limit = dots(foot.top);
    const height = limit - area.top;
    const share = (row: number) => (blank ? 0 : (row - area.top) / height);
    const columns = columnsOf(page, area);
    const middle = Math.round((area.left + area.right) / 2);
    const parts: [number, number][] = columns === 2 ? [[area.left, middle], [middle, area.right + 1]] : [[area.left, area.right + 1]];
    const taken = parts.map(([from, to]) => rowsTaken(picture, from, to, area.top, limit));
    const edge = Math.max(1, Math.round(3 / MM_PER_DOT));
    return {
      top: share(ink.top),
      bottom: share(ink.bottom + 1),
      full: blank ? 0 : mean(taken.map((rows) => rows.filter(Boolean).length / rows.length)),
      hole: blank ? 1 : most(taken.map((rows) => longestGap(rows) / rows.length)),
      columns,
      torn: index + 1 < pages.length && goesOn(picture, ink, pictures[index + 1]!, inks[index + 1]!),
      dark: isDark(picture),
      blank,
      cut: ink.right >= picture.width - edge || ink.left < edge || page.lines.some((line) => line.xMax > page.width - 3 || line.xMin < 0),
      beyond: page.lines.flatMap((line) => line.words).filter((word) => dots(word.xMax) > area.right + 3).map((word) => word.text),
      text: texts[index] ?? '',
      foot: foot.text,
    };
  });
}

const dots = (points: number) => Math.round((points * DPI) / 72);
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The line with the page's number, and where it begins, in points from the top. */
function footOf(page: PageLayout, number: number, count: number): { top: number; text: string } {
  const from = page.height - FOOT_BAND_MM * POINTS_PER_MM;
  const low = page.lines.filter((line) => line.yMin > from);
  // PDFs of Firefox and WebKit don't have the stroke between the two.
  const numbered = low.filter((line) => ` ${line.text.replace(/[^\p{L}\p{N}]+/gu, ' ')} `.includes(` ${number} ${count} `));
  if (numbered.length === 0) return { top: page.height - MARGIN_MM * POINTS_PER_MM, text: '' };
  const base = Math.max(...numbered.map((line) => line.yMin));
  const line = low.filter((other) => other.yMax > base && other.yMin > base - 8);
  // A hair more, for the rule above it.
  return { top: Math.min(...line.map((part) => part.yMin)) - 8, text: line.map((part) => part.text).join(' ') };
}

/** The outermost ink above a height given in points. */
function inkOf({ width, height, grey }: Picture, below: number): Ink {
  const limit = Math.min(height, dots(below));
  const found = { top: Infinity, bottom: -Infinity, left: Infinity, right: -Infinity };
  for (let y = 0; y < limit; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (grey[y * width + x]! >= INK) continue;
      found.top = Math.min(found.top, y);
      found.bottom = Math.max(found.bottom, y);
      found.left = Math.min(found.left, x);
      found.right = Math.max(found.right, x);
    }
  }
  return found;
}

/** 2 where lines about as wide as half of the place for the text stand in both of its halves. */
function columnsOf(page: PageLayout, area: { left: number; right: number }): 1 | 2 {
  const scale = 72 / DPI;
  const left = area.left * scale;
  const width = (area.right - area.left) * scale;
  const place = (points: number): number => (points - left) / width;
  const wide = page.lines.filter((line) => place(line.xMax) - place(line.xMin) > 0.3);
  const isFirst = (line: Line): boolean => place(line.xMin) < 0.15 && place(line.xMax) < 0.51;
  const isSecond = (line: Line): boolean => place(line.xMin) > 0.49 && place(line.xMin) < 0.65;
  const inColumns = wide.filter((line) => isFirst(line) || isSecond(line));
  const across = wide.filter((line) => place(line.xMin) < 0.4 && place(line.xMax) > 0.6);
  return wide.some(isSecond) && inColumns.length >= 3 && inColumns.length > across.length ? 2 : 1;
}

/** For each row whether something stands there, between two columns of dots. Small gaps are filled. */
function rowsTaken({ width, grey }: Picture, from: number, to: number, top: number, limit: number): boolean[] {
  const rows: boolean[] = [];
  for (let y = top; y < limit; y += 1) {
    let ink = false;
    for (let x = from; x < to && !ink; x += 1) ink = grey[y * width + x]! < INK;
    rows.push(ink);
  }
  const gap = Math.round(GAP_MM / MM_PER_DOT);
  let last = -Infinity;
  for (let row = 0; row < rows.length; row += 1) {
    if (!rows[row]) continue;
    if (row - last <= gap) rows.fill(true, last, row);
    last = row;
  }
  // What a line needs below itself is no gap either.
  if (last >= 0 && rows.length - last <= gap) rows.fill(true, last);
  return rows;
}

function longestGap(rows: boolean[]): number {
  let longest = 0;
  let here = 0;
  for (const taken of rows) {
    here = taken ? 0 : here + 1;
    longest = Math.max(longest, here);
  }
  return longest;
}

/** Whether a wide and thick area of ink ends the sheet and begins the next one: a rule is not as thick. */
function goesOn(picture: Picture, ink: Ink, next: Picture, nextInk: Ink): boolean {
  const depth = Math.round(THICK_MM / MM_PER_DOT);
  const isFull = ({ width, grey }: Picture, x: number, from: number): boolean => {
    for (let y = from; y < from + depth; y += 1) if (!(grey[y * width + x]! < INK)) return false;
    return true;
  };
  let together = 0;
  for (let x = 0; x < picture.width; x += 1) {
    const step = picture.grey[ink.bottom * picture.width + x]! - next.grey[nextInk.top * next.width + x]!;
    // The same picture has nearly the same colours there.
    const isSame = Math.abs(step) < STEP && isFull(picture, x, ink.bottom + 1 - depth) && isFull(next, x, nextInk.top);
    together = isSame ? together + 1 : 0;
    if (together * MM_PER_DOT > WIDE_MM) return true;
  }
  return false;
}

/** Whether a square that is larger than a QR code is darker than text. */
function isDark({ width, height, grey }: Picture): boolean {
  const size = Math.round(DARK_MM / MM_PER_DOT);
  for (let top = 0; top + size <= height; top += Math.floor(size / 2)) {
    for (let left = 0; left + size <= width; left += Math.floor(size / 2)) {
      let sum = 0;
      for (let y = top; y < top + size; y += 1) for (let x = left; x < left + size; x += 1) sum += grey[y * width + x]!;
      if (sum / size ** 2 < DARK) return true;
    }
  }
  return false;
}

/** A binary PGM. */
function greyPicture(file: string): Picture {
  const bytes = readFileSync(file);
  const header = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.subarray(0, 40).toString('latin1'));
  if (!header) throw new Error(`${file} is no PGM`);
  return { width: Number(header[1]), height: Number(header[2]), grey: bytes.subarray(header[0].length) };
}
