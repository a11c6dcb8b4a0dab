/** What an article's JSON says, against the text of its print-out: complete, in order, and nothing twice. */

/**
 * Without white space, which a line break adds and takes away, and without differences of form that a font may make.
 * Emojis, which a system may have no font for, are left out, and so are letters that run from right to left: poppler turns
 * their lines around. These are counted.
 */
export function squashed(text: string): string {
  return text.normalize('NFKC').replace(/\d\ufe0f?\u20e3|[\s\p{Cf}\p{Extended_Pictographic}\p{Regional_Indicator}\p{Emoji_Modifier}\u20e3\ufe0e\ufe0f\ufffd]+/gu, '').replace(RIGHT_TO_LEFT, '');
}

const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}]+/gu;

/** How many letters run from right to left. */
function countRightToLeft(text: string): number {
  return (text.normalize('NFKC').match(RIGHT_TO_LEFT) ?? []).join('').length;
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', hellip: '…', middot: '·' };

function plain(html: string): string {
  return html.replace(/<[^>]*>/g, '').replace(/&(#x?[\da-f]+|\w+);/gi, (whole: string, name: string) => {
    if (name.startsWith('#')) return String.fromCodePoint(name[1] === 'x' ? parseInt(name.slice(2), 16) : Number(name.slice(1)));
    return ENTITIES[name] ?? whole;
  });
}

/** The texts of a body's blocks in their order. What is shown otherwise than it is written is left out: embeds, and the small text over ruby. */
export function blocksOf(body: string): string[] {
  const shown = body
    .replace(/<blockquote class="twitter-tweet">.*?<\/blockquote>/gs, '')
    .replace(/<(iframe|video|audio|script|style|rt|rp)\b.*?<\/\1>/gs, '');
  const parts = shown.split(/<\/?(?:p|h[1-6]|li|ul|ol|dl|dt|dd|figure|figcaption|blockquote|table|caption|thead|tbody|tfoot|tr|th|td|pre|div|section|aside)\b[^>]*>|<br\s*\/?>|<hr\s*\/?>/i);
  return parts.map(plain).filter((text) => text.trim() !== '');
}

/** Characters that may stand between two parts of a block: a page's foot, a table's repeated head, a caption. */
const BETWEEN = 1500;
/** A block that is torn is looked for in pieces of this many characters. */
const PIECE = 6;
/** Where the text of a block goes on within so many characters, nothing stands between. */
const NEAR = 24;
/** The share of a block's characters that a PDF may not say, where it does not say all of them. */
const UNSAID = 0.1;

/** What of gisa's own JSON is compared. */
export interface ArticleJson {
  headline: string;
  alternativeHeadline?: string[];
  articleBody?: string;
  author?: { name: string; jobTitle?: string }[];
  image?: { url: string; caption?: string; creditText?: string };
  associatedMedia?: { caption?: string }[];
}

/** Texts of the article. */
export interface Comparison {
  missing: string[];
  disordered: string[];
  twice: string[];
  /** The sheets on which some of the article's own text stands, counted from 0. */
  sheets: Set<number>;
}

/**
 * Compares an article with the text of each sheet in the order in which it was painted. PDFs of Firefox and WebKit
 * don't say of all glyphs which characters they are: not of punctuation marks, some digits, and Firefox not of code.
 */
export function compare(pages: string[], article: ArticleJson, saysAll = true): Comparison {
  const squash = (text: string): string => (saysAll ? squashed(text) : squashed(text).replace(/[^\p{L}\p{N}]/gu, ''));
  const texts = pages.map(squash);
  const all = texts.join('');
  const isMissing = ({ missing }: { missing: number }, text: string): boolean => missing > (saysAll ? 0 : Math.max(2, text.length * UNSAID));
  const found: Comparison = { missing: [], disordered: [], twice: [], sheets: new Set() };
  const starts = texts.map((_, index) => texts.slice(0, index).join('').length);
  const mark = (at: number) => found.sheets.add(starts.findLastIndex((start) => start <= at));
  // A lead picture that stands in the body too is shown there alone, with the caption that it has there.
  const { image, articleBody: wholeBody = '' } = article;
  const articleBody = saysAll ? wholeBody : wholeBody.replace(/<pre>.*?<\/pre>/gs, '');
  const lead = image && !articleBody.includes(image.url.split('/').at(-1) ?? '') ? image : undefined;
  const anywhere = [
    article.headline, ...(article.alternativeHeadline ?? []), lead?.caption, lead?.creditText,
    ...(article.author ?? []).map((author) => author.name),
  ];
  for (const text of anywhere.filter((text) => text !== undefined && text !== '').map((text) => squash(text ?? ''))) {
    const at = all.indexOf(text);
    if (at >= 0) mark(at);
    else if (isMissing(inPieces(all, text, 0), text)) found.missing.push(text);
    else mark(inPieces(all, text, 0).marks[0] ?? 0);
  }
  const ordered = [...blocksOf(articleBody), ...(article.associatedMedia ?? []).map((media) => media.caption ?? '')]
    .filter((text) => countRightToLeft(text) === 0)
    .map(squash).filter((text) => text !== '');
  const captions = new Set([...articleBody.matchAll(/<figcaption>(.*?)<\/figcaption>/gs)].map(([, text]) => squash(plain(text!))));
  let from = Math.max(0, all.indexOf(squash(article.headline)));
  for (const block of ordered) {
    const near = all.slice(from, block.length < 24 ? from + BETWEEN : undefined).indexOf(block);
    if (near >= 0) {
      mark(from + near);
      mark(from + near + block.length - 1);
      from += near + block.length;
      continue;
    }
    const pieces = inPieces(all, block, from);
    if (!isMissing(pieces, block)) {
      pieces.marks.forEach(mark);
      from = pieces.end;
      continue;
    }
    // Within a sheet, engines paint a gallery before the text around it, and Firefox and WebKit a table.
    const sheet = starts.filter((start) => start < from).at(-1) ?? 0;
    if ((!saysAll || captions.has(block)) && (all.includes(block, sheet) || !isMissing(inPieces(all, block, sheet), block))) continue;
    if (all.includes(block)) found.disordered.push(block);
    else found.missing.push(block);
  }
  const toLeft = countRightToLeft(plain(articleBody));
  const toLeftOnPaper = countRightToLeft(pages.join(''));
  if (toLeftOnPaper < toLeft) found.missing.push(`${toLeft - toLeftOnPaper} of ${toLeft} letters that run from right to left`);
  const expected = ordered.join('\n');
  for (const block of new Set(ordered.filter((text) => text.length >= 40))) {
    if (count(all, block) > count(expected, block)) found.twice.push(block);
  }
  return found;
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}

/** Follows a text where other text may stand between its parts: how many characters are missing, where it ends, and where its parts do. */
function inPieces(all: string, text: string, from: number): { missing: number; end: number; marks: number[] } {
  let end = from;
  let missing = 0;
  const marks: number[] = [];
  for (let start = 0; start < text.length; ) {
    while (start < text.length && all[end] === text[start]) {
      start += 1;
      end += 1;
    }
    if (end > 0) marks.push(end - 1);
    if (start === text.length) break;
    const distance = distanceOf(text.slice(start, start + PIECE), all, end, BETWEEN);
    const lost = distance < NEAR ? 0 : lostCharacters(all, end, text, start);
    if (lost > 0 || distance === Infinity) {
      missing += lost || 1;
      start += lost || 1;
    } else end += distance;
  }
  return { missing, end, marks };
}

/** How far behind a place a piece of text begins. */
function distanceOf(piece: string, all: string, from: number, within: number): number {
  const at = all.slice(from, from + within + piece.length).indexOf(piece);
  return at < 0 ? Infinity : at;
}

/** How many characters are not there, where the text goes on without them nearby; 0 where it does not. */
function lostCharacters(all: string, end: number, text: string, start: number): number {
  for (let lost = 1; lost < PIECE; lost += 1) {
    const next = text.slice(start + lost, start + lost + PIECE);
    if (next === '' || distanceOf(next, all, end, NEAR) < Infinity) return lost;
  }
  return 0;
}
