/** What an article's JSON says, against the text of its print-out: complete, in order, and nothing twice. */

/** Without white space, which a line break adds and takes away, and without differences of form that a font may make. */
export function squash(text) {
  return text.normalize('NFKC').replace(/[\s\u00a0\u00ad\u200b-\u200f\u2060\ufe0e\ufe0f]+/g, '');
}

const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', hellip: '…', middot: '·' };

function plain(html) {
  const decoded = html.replace(/<[^>]*>/g, '').replace(/&(#x?[\da-f]+|\w+);/gi, (whole, name) => {
    if (name.startsWith('#')) return String.fromCodePoint(name[1] === 'x' ? parseInt(name.slice(2), 16) : Number(name.slice(1)));
    return ENTITIES[name] ?? whole;
  });
  return squash(decoded);
}

/** The texts of a body's blocks in their order. What is shown otherwise than it is written is left out: embeds, and the small text over ruby. */
export function blocksOf(body) {
  const shown = body
    .replace(/<blockquote class="twitter-tweet">.*?<\/blockquote>/gs, '')
    .replace(/<(iframe|video|audio|script|style|rt|rp)\b.*?<\/\1>/gs, '');
  const parts = shown.split(/<\/?(?:p|h[1-6]|li|ul|ol|dl|dt|dd|figure|figcaption|blockquote|table|caption|thead|tbody|tfoot|tr|th|td|pre|div|section|aside)\b[^>]*>|<br\s*\/?>|<hr\s*\/?>/i);
  return parts.map(plain).filter((text) => text !== '');
}

/** Characters that may stand between two parts of a block: a page's foot, a table's repeated head, a caption. */
const BETWEEN = 1500;
/** A block that is torn is looked for in pieces of this many characters. */
const PIECE = 6;

/**
 * Compares the sheets' texts with an article.
 * @param {string[]} pages the text of each sheet in the order in which it was painted
 * @param {object} article gisa's own JSON
 * @returns {{missing: string[], disordered: string[], twice: string[], sheets: Set<number>}} texts of the article, and the
 *   sheets on which some of its own text stands, counted from 0
 */
export function compare(pages, article) {
  const squashed = pages.map(squash);
  const all = squashed.join('');
  const found = { missing: [], disordered: [], twice: [], sheets: new Set() };
  const ends = [];
  squashed.reduce((sum, text) => (ends.push(sum + text.length), sum + text.length), 0);
  const mark = (at) => found.sheets.add(ends.findIndex((end) => at < end));
  // A lead picture that stands in the body too is shown there alone, with the caption that it has there.
  const lead = article.image && !(article.articleBody ?? '').includes(article.image.url.split('/').at(-1)) ? article.image : {};
  const anywhere = [
    article.headline, ...(article.alternativeHeadline ?? []), lead.caption, lead.creditText,
    ...(article.author ?? []).map((author) => author.name),
  ];
  for (const text of anywhere.filter(Boolean).map(squash)) {
    const at = all.indexOf(text);
    if (at >= 0) mark(at);
    else if (inPieces(all, text, 0, BETWEEN).missing > 0) found.missing.push(text);
    else mark(inPieces(all, text, 0, BETWEEN).marks[0] ?? 0);
  }
  const ordered = [...blocksOf(article.articleBody ?? ''), ...(article.associatedMedia ?? []).map((media) => squash(media.caption ?? '')).filter(Boolean)];
  let from = Math.max(0, all.indexOf(squash(article.headline)));
  for (const block of ordered) {
    const near = all.slice(from, block.length < 24 ? from + BETWEEN : undefined).indexOf(block);
    if (near >= 0) {
      mark(from + near);
      mark(from + near + block.length - 1);
      from += near + block.length;
      continue;
    }
    const pieces = inPieces(all, block, from, BETWEEN);
    if (pieces.missing === 0) {
      pieces.marks.forEach(mark);
      from = pieces.end;
    } else if (all.includes(block)) found.disordered.push(block);
    else found.missing.push(block);
  }
  const expected = ordered.join('\n');
  for (const block of new Set(ordered.filter((text) => text.length >= 40))) {
    if (count(all, block) > count(expected, block)) found.twice.push(block);
  }
  return found;
}

function count(text, part) {
  return text.split(part).length - 1;
}

/** Looks for a text piece by piece, where other text may stand between the pieces: how many characters are missing, and where it ends. */
function inPieces(all, text, from, between) {
  let end = from;
  let missing = 0;
  const marks = [];
  for (let start = 0; start < text.length; start += PIECE) {
    const piece = text.slice(start, start + PIECE);
    const at = all.slice(end, end + between + piece.length).indexOf(piece);
    if (at >= 0) {
      end += at + piece.length;
      marks.push(end - 1);
      continue;
    }
    for (const letter of piece) {
      const near = all.slice(end, end + between).indexOf(letter);
      if (near < 0) missing += 1;
      else {
        end += near + letter.length;
        marks.push(end - 1);
      }
    }
  }
  return { missing, end, marks };
}
