/** What is wrong with a print-out. */
import { sheetsOf, type Sheet } from './pdf.ts';
import type { PrinterName } from './printers.ts';
import { compare, type ArticleJson } from './text.ts';

/** A sheet that is not the last of its article is at least this full. */
const LEAST_FULL = 2 / 3;
/** The largest hole on a sheet before a break. */
const LARGEST_HOLE = 1 / 3;

const percent = (share: number) => `${Math.round(share * 100)} %`;
const few = (texts: string[]) => `${texts.length}: ${texts.slice(0, 3).map((text) => `“${text.slice(0, 40)}”`).join(', ')}${texts.length > 3 ? ' …' : ''}`;

export interface Verdict {
  sheets: Sheet[];
  /** What is wrong; each begins with its kind in capitals, if it is one of the kinds that are counted. */
  faults: string[];
}

/** Judges a PDF against its article. `notes` is what was odd when it was printed. */
export async function judge(file: string, article: ArticleJson, engine: PrinterName, notes: string[] = []): Promise<Verdict> {
  const sheets = await sheetsOf(file);
  const text = compare(sheets.map((sheet) => sheet.text), article, engine === 'chromium');
  const hasPictures = /"url":|<img/.test(JSON.stringify([article.image, article.associatedMedia, article.articleBody]));
  const faults = [...notes];
  sheets.forEach((sheet, index) => {
    const where = `on sheet ${index + 1}`;
    const isLast = index === sheets.length - 1;
    if (sheet.blank) faults.push(`BLANK ${where}`);
    // Few lines, and none of the article.
    else if (sheets.length > 1 && sheet.full < 0.3 && !text.sheets.has(index)) faults.push(`FOOT ONLY ${where}`);
    if (!isLast && sheet.hole > LARGEST_HOLE) faults.push(`HOLE of ${percent(sheet.hole)} ${where}`);
    if (!isLast && sheet.full < LEAST_FULL) faults.push(`SLACK: ${percent(sheet.full)} full ${where}`);
    if (sheet.torn) faults.push(`TORN picture between sheets ${index + 1} and ${index + 2}`);
    if (sheet.dark && !hasPictures) faults.push(`DARK area ${where}`);
    if (sheet.cut) faults.push(`CUT ${where}`);
    if (sheet.beyond.length > 0) faults.push(`BEYOND the right edge ${where} ${few(sheet.beyond)}`);
  });
  if (text.missing.length > 0) faults.push(`MISSING ${few(text.missing)}`);
  if (text.disordered.length > 0) faults.push(`ORDER ${few(text.disordered)}`);
  if (text.twice.length > 0) faults.push(`TWICE ${few(text.twice)}`);
  return { sheets, faults };
}

/** One line about many print-outs. */
export function totals(verdicts: Verdict[]): string {
  const sheets = verdicts.reduce((sum, { sheets }) => sum + sheets.length, 0);
  const single = verdicts.filter(({ sheets }) => sheets.length === 1).length;
  const kinds = ['BLANK', 'FOOT ONLY', 'HOLE', 'SLACK', 'TORN', 'DARK', 'CUT', 'BEYOND', 'MISSING', 'ORDER', 'TWICE'];
  const faults = verdicts.flatMap(({ faults }) => faults);
  const counts = kinds.map((kind) => `${kind} ${faults.filter((fault) => fault.startsWith(kind)).length}`);
  return `TOTAL ${sheets} sheets of ${verdicts.length} articles, ${single} on one sheet; ${counts.join(', ')}`;
}
