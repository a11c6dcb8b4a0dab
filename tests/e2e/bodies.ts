/**
 * Articles whose markup is hard to write and to take over again: the corpora of the native tests, and generated ones. All
 * are the same in every run.
 */
import { readFileSync } from 'node:fs';
import { ADDRESSES, MARKUP, addressFields, markupFields } from './attacks.ts';

/** An article by what is special about it. */
export interface Sample {
  name: string;
  /** Fields of gisa's own JSON, such as `articleBody`. */
  fields: Record<string, unknown>;
}

const corpus = (name: string): string => readFileSync(new URL(`../corpus/${name}`, import.meta.url), 'utf8');
const body = (name: string, articleBody: string): Sample => ({ name: `${name}: ${articleBody.slice(0, 200)}`, fields: { articleBody } });
const picture = { url: 'https://pictures.example/1.jpg', width: 600, height: 400, alternateName: '그림' };

// ------------------------------------------------------------------------------------------------------------ corpora --

/** What newsrooms and attackers write into bodies. */
export function written(): Sample[] {
  const cases = ['newsroom', 'attacks'].flatMap((name) => JSON.parse(corpus(`${name}.json`)) as { name: string; html: string }[]);
  return cases.map(({ name, html }) => body(name, html));
}

/** Attacks in every field. */
export function attacked(): Sample[] {
  const named = (name: string, fields: Sample['fields']): Sample => ({ name: `every field: ${name}`, fields });
  // `gisa index` refuses a section that can't name a folder.
  const articleSection = [{ name: '사회', slug: 'sahoe' }];
  return [
    ...MARKUP.map((attack, number) => named(attack, markupFields(attack, number))),
    ...ADDRESSES.map((attack, number) => named(attack, { ...addressFields(attack, number), articleSection })),
  ];
}

/** Bodies in Markdown, for a newspaper whose mapping says so. */
export function markdown(): Sample[] {
  return corpus('markdown.txt').split('\n%%%\n').map((text) => body('Markdown', text));
}

/** HTML as nobody writes it: the inputs of `tests/corpus/random.rs`, made in the same way. */
export function random(count: number): Sample[] {
  const { names, attributes, texts } = JSON.parse(corpus('random.json')) as Record<'names' | 'attributes' | 'texts', string[]>;
  let state = 0x9e3779b97f4a7c15n;
  const below = (end: number): number => {
    state ^= BigInt.asUintN(64, state << 13n);
    state ^= state >> 7n;
    state ^= BigInt.asUintN(64, state << 17n);
    return Number((state >> 33n) % BigInt(end));
  };
  const of = (choices: string[]): string => choices[below(choices.length)]!;
  return Array.from({ length: count }, () => {
    let html = '';
    for (let parts = below(30) + 3; parts > 0; parts -= 1) {
      const kind = below(10);
      if (kind < 4) {
        html += `<${of(names)}`;
        for (let more = below(3); more > 0; more -= 1) html += of(attributes);
        html += '>';
      } else if (kind < 6) html += `</${of(names)}>`;
      else html += of(texts);
    }
    return body('random', html);
  });
}

// --------------------------------------------------------------------------------------------------------- generators --

const SPACES = [' ', '\n', '\t \n', '&nbsp;', '\u3000', '\u200b', '\r\n', '<br>', '<!-- -->'];

/** White space at every edge: before and after an element, within it, and around a phrase in it. */
function edges(): Sample[] {
  const elements = [
    'p', 'div', 'span', 'b', 'a href=/x', 'li', 'ul><li', 'dl><dt', 'dd', 'td', 'table border=1><tr><td', 'table border=1><caption', 'pre', 'blockquote', 'figure><figcaption', 'h2',
    'sup', 'ruby', 'section', 'center', 'font', 'code', 'q', 'summary', 'details', 'label', 'button', 'cite', 'address', 'x-y',
  ];
  return elements.flatMap((element) =>
    SPACES.map((space) => body('white space', `${space}앞${space}<${element}>${space}가${space}<b>${space}나${space}</b>${space}</${element.split(/[ >]/)[0]}>${space}뒤${space}`)),
  );
}

/** Line breaks at the beginning of what keeps them: a parser swallows the first. */
function breaks(): Sample[] {
  const begins = ['', '\n', '\n\n', '\n\n\n', ' \n', '\r\n', '\r\n\r\n', '&#10;', '&#10;&#10;', '\n&#10;', '<b>\n', '<b>\n\n', '<!---->\n', '<code>\n\n', '<br>', '<span></span>\n\n', '\n<p>\n'];
  return ['pre', 'xmp', 'listing', 'textarea', 'blockquote><pre', 'li><pre', 'td><pre'].flatMap((element) =>
    begins.map((begin) => body('line breaks', `<p>시</p><${element}>${begin}첫 줄\n둘째 줄\n</${element.split('>')[0]}><p>끝</p>`)),
  );
}

/** Text beside blocks, in all that may hold both. */
function beside(): Sample[] {
  const blocks = [
    '<p>나</p>', '<div>나</div>', '<ul><li>나</ul>', '<ol start=3><li>나<p>다</ol>', '<dl><dt>나<dd>다</dl>', '<table border=1><tr><td>나</table>',
    '<figure><img src=a.jpg><figcaption>나</figcaption></figure>', '<blockquote>나</blockquote>', '<pre>\n\n나</pre>', '<h2>나</h2>', '<hr>', '<img src=a.jpg alt=나>',
    '<iframe src=https://maps.example/1></iframe>', '<section>나<p>다</section>', '<details><summary>나</summary>다</details>', '<form>나<p>다</form>', '<fieldset><legend>나</legend>다</fieldset>',
  ];
  const parents = ['', 'p', 'div', 'ul><li', 'table border=1><tr><td', 'b', 'a href=/x', 'blockquote', 'h3', 'figure><figcaption', 'span', 'dl><dd'];
  return parents.flatMap((parent) =>
    blocks.map((block) => (parent ? body('beside', `<${parent}>가${block} 라 ${block}</${parent.split(/[ >]/)[0]}>`) : body('beside', `가${block} 라 ${block}`))),
  );
}

/** Names in a form hide the document's own methods and properties; forms may be owned from outside. */
function forms(): Sample[] {
  const names = [
    'nodeType', 'nodeName', 'nodeValue', 'localName', 'tagName', 'getAttribute', 'hasAttribute', 'attributes', 'firstChild', 'lastChild', 'nextSibling', 'previousSibling', 'parentNode',
    'childNodes', 'children', 'textContent', 'innerHTML', 'outerHTML', 'ownerDocument', 'isConnected', 'remove', 'append', 'before', 'after', 'cloneNode', 'replaceWith', 'querySelector',
    'closest', 'matches', 'style', 'dataset', 'classList', 'id', 'className', 'body', 'head', 'documentElement', 'createElement', 'addEventListener', 'length', 'item', 'then', 'toString',
    'constructor', '__proto__',
  ];
  const named = names.flatMap((name) => [
    body('forms', `<p>앞</p><form><p>안</p><input name=${name}></form><p>뒤</p>`),
    body('forms', `<p>앞</p><form id=${name}><p>안</p><img src=a.jpg name=${name}><button name=${name}>단추</button></form><img src=b.jpg name=${name} alt=그림><p>뒤</p>`),
  ]);
  const owned = ['nextSibling', 'firstChild', 'parentNode', 'childNodes'].flatMap((name) => [
    body('forms', `<p>앞</p><input form=f name=${name}><form id=f><p>안</p></form><p>뒤</p>`),
    body('forms', `<p>앞</p><fieldset name=${name} form=f><form id=f><p>안</p></form></fieldset><p>뒤</p>`),
    body('forms', `<p>앞</p><table border=1><form id=f><tr><td><output form=f name=${name}>안</output></td></tr></form></table><p>뒤</p>`),
  ]);
  const parts = ['<select><option>가<option>나</select>', '<textarea>\n가</textarea>', '<label>가 <input type=checkbox>나</label>', '<datalist><option value=가></datalist>', '<meter value=1>가</meter>', '<optgroup label=가><option>나'];
  return [...named, ...owned, ...parts.map((part) => body('forms', `<p>앞</p><form>${part}<form>다</form></form>라`))];
}

/** Foreign elements, and HTML within them. */
function foreign(): Sample[] {
  const hosts = [
    'svg', 'svg><g', 'svg><foreignObject', 'svg><desc', 'svg><title', 'svg><text', 'math', 'math><mtext', 'math><mi', 'math><annotation-xml encoding=text/html', 'math><annotation-xml',
    'p><svg', 'p><math', 'table border=1><tr><td><svg',
  ];
  const contents = [
    '가', '<p>가</p>나', '<b>가<p>나</b>다', '<table border=1><tr><td>가</table>', '<img src=a.jpg>가', '<a href=/x xlink:href=/y>가</a>', '<style>p{}</style>가', '<![CDATA[<p>가]]>', '<svg><p>가</p></svg>나',
    '<title>가</title><desc>나</desc>', '<mglyph><p>가', '<br>가</br>', '<font color=red>가</font>나', '<script>가</script>나',
  ];
  return hosts.flatMap((host) => contents.map((content) => body('foreign', `<p>앞</p><${host}>${content}</${host.split(/[ >]/)[0]}><p>뒤</p>`)));
}

/** Tables as they should not be written. */
function tables(): Sample[] {
  const insides = [
    '가<tr><td>나', '<tr>가<td>나</td>다</tr>라', '<caption>가<p>나</caption><tr><td>다', '<tr><td>가<caption>나</caption>', '<thead><tr><th scope=col>가<tbody><tr><td>나<tfoot><tr><td>다', '<tfoot><tr><td>가</tfoot><tbody><tr><td>나',
    '<tr><td colspan=2>가<tr><td>나<td>다', '<tr><td rowspan=3>가<td>나<tr><td>다', '<tr><td colspan=99999>가', '<colgroup><col><col span=2></colgroup><tr><td>가', '<tr></tr><tr><td></td></tr>', '', '<tr><td><table border=1><tr><td>가</table>나',
    '<td>가<td>나', '<div>가</div><tr><td>나', '<tr><td><p>가<p>나<ul><li>다</ul>', '<b><tr><td>가</b>나', '<a href=/x><tr><td>가</a>나', ' <tr> <td> 가 </td> </tr> ', '<tbody></tbody><tbody><tr><th>가</th></tr></tbody>',
  ];
  return insides.flatMap((inside) => [body('tables', `<p>앞</p><table border=1>${inside}</table>뒤`), body('tables', `앞<table>${inside}</table>뒤`), body('tables', `<p>앞<b><table border=1>${inside}</table></b>뒤`)]);
}

/** Characters that parsers, serialisers and terminals treat in ways of their own. */
function characters(): Sample[] {
  const texts = [
    'a\u0000b', '\u0000', '\ufeff가', '가\ufeff', 'a\rb\r\nc', '&#xd83d;', '\ud83d\ude00', '\u202e가나\u202c', 'e\u0301', '\uffff\ufffe', 'a\u0085b', 'a\u2028b\u2029c', '&#0;', '&#x80;', '&#xd800;', '&#x110000;', '&amp;amp;', '&amp', '&notit;',
    '&NotEqualTilde;', '\u000b\u000c', '\u001b[31m', '&#13;가', '\u00ad가\u00ad', '\u2060', '\u1100\u1161', '가'.repeat(70_000), '<p>가</p>'.repeat(2_000), '<b>'.repeat(300) + '가', '<div>'.repeat(600) + '가', '<ul><li>'.repeat(80) + '가', '<blockquote>'.repeat(70) + '가',
    '<span>'.repeat(63) + '가 </span>나', '<!>가', '<!---->', '가<!-- -- -->나', '<?php echo 1 ?>가', '</p>가</br>나', '<p', '<a href="', '가 <', '&', '</', '<p/>가<br/>나', '<p a=1 a=2 A=3>가', '<p "=\'>가',
  ];
  return texts.flatMap((text) => [body('characters', `<p>앞${text}뒤</p>`), body('characters', text)]);
}

/** Captions, credits and texts: HTML where the field may have it, and literal text elsewhere. */
function captions(): Sample[] {
  const texts = [
    '<p>한 줄</p><p>두 줄</p>', '<p>한 줄</p> 두 줄', '<p>한 <b>줄</b></p><p>두 줄</p>', '<p>한 줄</p><p><a href=/x>두 줄</a></p>', ' 가 ', '<br>가<br>', '&nbsp;', '<p></p>', '<ul><li>가<li>나</ul>', '<table><caption>가<tr><td>나<td>다</table>',
    '<pre>\n\n가\n나</pre>', '가<img src=a.jpg>나', '<b>가</b> <i>나</i>', '가 061-123-4567 나', '<form><input name=firstChild>가</form>', '<svg><desc><p>가</p></desc></svg>나', '<a href=#n>가</a><p id=n>나</p>', 'a\u0000b', '&#xd83d;', '<ruby>가<rt>나</ruby>',
  ];
  return texts.flatMap((text) => [
    { name: `caption: ${text}`, fields: { image: { ...picture, caption: text } } },
    { name: `caption with a credit: ${text}`, fields: { image: { ...picture, caption: text, creditText: '사진 해솔' } } },
    { name: `credit: ${text}`, fields: { image: { ...picture, creditText: text } } },
    { name: `further picture: ${text}`, fields: { associatedMedia: [{ ...picture, caption: text, creditText: text }, { ...picture, url: 'https://pictures.example/2.jpg', caption: text }] } },
    { name: `texts: ${text}`, fields: { alternativeHeadline: [text, text], description: text, keywords: [text], author: [{ name: text, jobTitle: text }] } },
    { name: `figure: ${text}`, fields: { articleBody: `<figure><img src=a.jpg><figcaption>${text}</figcaption></figure>가` } },
  ]);
}

/** Links, notes, media and what other sites show. */
function media(): Sample[] {
  return [
    '<p>가<sup><a href=#n id=r>1</a></sup></p><ol><li id=n>나 <a href=#r>위로</a></ol>', '<a href=#없음>가</a>', '<a href=#n>가</a><div id=n></div>', '<p id=n>가</p><p id=n>나</p><a href=#n>다</a>', '<a name=n>가</a><a href=#n>나</a>',
    '<a href=/articles/b1/>가</a><a href=/data/a.pdf>나</a><a href=mailto:a@b.example>다</a><a href=tel:061-123-4567>라</a>', '<a href=/x><a href=/y>가</a>나</a>', '<a href=/x><p>가</p><p>나</p></a>', '<a href=/x><img src=a.jpg></a>', '<a href=/x></a>', '<a>가</a>',
    '<p>https://youtu.be/abcdefghijk</p>', 'https://youtu.be/abcdefghijk', '<h2>https://youtu.be/abcdefghijk</h2>', '<iframe src=https://www.youtube.com/embed/abcdefghijk width=3 height=2></iframe>', '<p><iframe src=https://maps.example/1 title=지도></iframe>가</p>',
    '<video src=/a.mp4 title=가></video><audio src=/b.mp3></audio>', '<video><source src=/a.mp4>가</video>', '<object data=/a.pdf>가</object><embed src=/b.pdf>', '<img src=a.jpg><noscript><img src=a.jpg></noscript>', '<noscript><p>가</p></noscript>나',
    '<img src=data:image/gif;base64,R0lGODlhAQABAAAAACw= data-src=b.jpg>', '<img srcset="a.jpg 300w, b.jpg 600w" src=a.jpg>', '<picture><source srcset=a.webp><img src=a.jpg></picture>', '<p><img src=a.jpg>가<img src=b.jpg></p>', '<ul><li><img src=a.jpg></ul>',
    '<div class=gallery><dl class=gallery-item><dt><img src=a.jpg><dd class=wp-caption-text>가</dl></div>', '[caption id=x]<img src=a.jpg> 가[/caption]', '<figure><figure><img src=a.jpg></figure><figcaption>가</figcaption></figure>', '<figure>가<img src=a.jpg>나</figure>',
    '<figure><figcaption>가</figcaption></figure>', '<figure><blockquote>가</blockquote><figcaption>나</figcaption></figure>', '<figure><table border=1><tr><td>가</table><figcaption>나</figcaption></figure>', '<figure><pre>\n\n가</pre></figure>', '<img>', '<img src=>', '<hr><hr>',
    '<p>전화 061-123-4567, 1588-1234</p>', '<ruby>漢<rp>(<rt>한<rp>)</ruby>', '<p dir=rtl lang=ar>مرحبا</p>', '<time datetime=2026-11-29>오늘</time>', '<q cite=/x>가</q><abbr title=가>나</abbr><bdo dir=rtl>다</bdo>', '<template><p>가</p></template>나', '<slot>가</slot><dialog open>나</dialog>',
  ].map((html) => body('media', html));
}

/** Elements nested in each other without any sense. */
function nesting(count: number): Sample[] {
  const names = [
    'p', 'div', 'b', 'i', 'a href=/x', 'span', 'ul', 'ol', 'li', 'table border=1', 'tr', 'td', 'blockquote', 'pre', 'figure', 'figcaption', 'h2', 'h4', 'sup', 'ruby', 'rt', 'form', 'button', 'svg', 'math', 'mtext', 'desc', 'section', 'dl', 'dt', 'dd', 'q', 'font', 'code',
    'caption', 'details', 'summary', 'label', 'select', 'option', 'nobr', 'center', 'small',
  ];
  const texts = ['가', ' ', '나 ', ' 다', '\n', '라 마', '<br>', '<img src=a.jpg>', '&nbsp;', '<hr>', '\n\n바', '<!-- -->'];
  let state = 20261129;
  const below = (end: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * end);
  };
  const tree = (depth: number): string => {
    let html = '';
    for (let parts = 1 + below(4); parts > 0; parts -= 1) {
      if (depth === 0 || below(5) < 2) {
        html += texts[below(texts.length)]!;
        continue;
      }
      const name = names[below(names.length)]!;
      // Some elements are not ended, and so end elsewhere.
      html += `<${name}>${tree(depth - 1)}${below(8) ? `</${name.split(' ')[0]}>` : ''}`;
    }
    return html;
  };
  return Array.from({ length: count }, (_, index) => body('nesting', tree(3 + (index % 6))));
}

/** Articles from generators. */
export function generated(): Sample[] {
  return [edges, breaks, beside, forms, foreign, tables, characters, captions, media].flatMap((generate) => generate()).concat(nesting(250));
}
