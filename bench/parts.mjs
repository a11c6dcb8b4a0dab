// What each part of a written page costs its reader: by how many bytes the compressed page is smaller without the part.
import { brotli } from './measure.mjs';

const SHARING = /<meta (?:property="(?:og|article):|name="(?:twitter:|author"|description"))[^>]*>\n?/g;

/** By name, what finds each part in a page: an expression, or the beginning of an element. */
const PARTS = {
  'style sheet': /<style>[^]*?<\/style>/g,
  'data for the program': /<script[^>]* id="(?:page-)?data"[^>]*>[^]*?<\/script>/g,
  'article’s text': '<div class="(?:article-)?body"',
  'sidebar': '<aside',
  'data for search engines': /<script type="application\/ld\+json">[^]*?<\/script>/g,
  'description for messengers': SHARING,
  'header': '<header(?! class="article)',
  'other articles of the section': '<section (?:class="others" )?aria-labelledby="others"',
  'footer': '<footer',
  'policy': /<meta http-equiv="Content-Security-Policy"[^>]*>/g,
  'call of the program': /<script (?:defer|type="module") src=[^>]*><\/script>/g,
  'speculation rules': /<script type="speculationrules">[^]*?<\/script>/g,
  'marks between elements': /<!>/g,
};

/**
 * The size of a page in bytes, plain and compressed, and what its parts add to it. What a part adds is not what it would
 * weigh alone: a text that stands in the page twice adds nearly nothing the second time.
 */
export function partsOf(page) {
  const whole = brotli(Buffer.from(page)).length;
  const parts = {};
  for (const [name, found] of Object.entries(PARTS)) {
    const rest = typeof found === 'string' ? withoutElement(page, found) : page.replace(found, '');
    if (rest !== page) parts[name] = { bytes: length(page) - length(rest), compressed: whole - brotli(Buffer.from(rest)).length };
  }
  return { bytes: length(page), compressed: whole, parts };
}

const length = (text) => Buffer.byteLength(text);

/** The page without the first element that begins like this. */
function withoutElement(page, beginning) {
  const begin = page.match(new RegExp(beginning));
  if (!begin) return page;
  const tags = new RegExp(`<(/?)${begin[0].match(/\w+/)[0]}\\b`, 'g');
  tags.lastIndex = begin.index;
  let depth = 0;
  for (let tag; (tag = tags.exec(page)); ) {
    depth += tag[1] ? -1 : 1;
    if (depth === 0) return page.slice(0, begin.index) + page.slice(page.indexOf('>', tag.index) + 1);
  }
  return page;
}
