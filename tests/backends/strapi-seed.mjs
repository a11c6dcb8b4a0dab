// Fills a fresh Strapi: what the public may read, pictures, and articles that hold what makes them hard to read. It runs
// within Strapi, when that starts.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { png } from './png.mjs';

const DAY = 86_400_000;
/** When the newest article was published. */
const NEWEST = Date.UTC(2026, 0, 20, 8);

const text = (text, ...marks) => ({ type: 'text', text, ...Object.fromEntries(marks.map((mark) => [mark, true])) });
const paragraph = (...children) => ({ type: 'paragraph', children: children.map((child) => (typeof child === 'string' ? text(child) : child)) });
const heading = (level, words) => ({ type: 'heading', level, children: [text(words)] });
const link = (url, ...children) => ({ type: 'link', url, children });
const item = (...children) => ({ ...paragraph(...children), type: 'list-item' });
const list = (format, ...children) => ({ type: 'list', format, children });
const quote = (...children) => ({ ...paragraph(...children), type: 'quote' });
const code = (lines, language) => ({ type: 'code', language, children: [text(lines)] });
const image = (file) => ({ type: 'image', image: file, children: [text('')] });

/** Fills it, unless that is done. */
export async function fill(strapi) {
  if (await strapi.documents('api::article.article').count({})) return;
  await allowReading(strapi);
  const pictures = await upload(strapi);
  const make = async (kind, data) => (await strapi.documents(`api::${kind}.${kind}`).create({ data })).documentId;
  const sections = {};
  for (const name of ['Politics', 'Business', 'Culture', '사회']) {
    sections[name] = await make('category', { name, slug: name === '사회' ? 'society' : name.toLowerCase() });
  }
  const authors = {
    eva: await make('author', { name: 'Eva Editor', email: 'eva@example.org', avatar: pictures[1].id }),
    min: await make('author', { name: '민기자', email: 'min@example.org' }),
  };
  const tags = { city: await make('tag', { name: 'City' }), harbour: await make('tag', { name: 'Harbour' }) };
  const articles = stories({ pictures, sections, authors, tags });
  for (const [index, story] of articles.entries()) {
    const { raw, revision, draft, ...data } = story;
    const documents = strapi.documents('api::article.article');
    const { documentId } = await documents.create({ data, status: draft ? 'draft' : 'published' });
    // Strapi dates an article by the moment of its publication, and refuses addresses that older versions took.
    const query = strapi.db.query('api::article.article');
    const published = { documentId, publishedAt: { $notNull: true } };
    if (!draft) await query.updateMany({ where: published, data: { publishedAt: new Date(NEWEST - index * DAY) } });
    if (raw) await query.updateMany({ where: { documentId }, data: raw });
    if (revision) await documents.update({ documentId, data: revision });
  }
}

/** Lets everybody read, as an owner does in the settings of the role "public". */
async function allowReading(strapi) {
  const role = await strapi.db.query('plugin::users-permissions.role').findOne({ where: { type: 'public' } });
  for (const kind of ['article', 'author', 'category', 'tag']) {
    for (const action of ['find', 'findOne']) {
      await strapi.db.query('plugin::users-permissions.permission').create({ data: { action: `api::${kind}.${kind}.${action}`, role: role.id } });
    }
  }
}

async function upload(strapi) {
  const folder = mkdtempSync(join(tmpdir(), 'gisa-seed-'));
  const files = [];
  for (const number of [1, 2, 3]) {
    const content = png(1600, 900, 80 * number);
    const filepath = join(folder, `lead-${number}.png`);
    writeFileSync(filepath, content);
    const fileInfo = { name: `lead-${number}.png`, alternativeText: `What picture ${number} shows`, caption: `Caption <em>${number}</em> & more` };
    const file = { filepath, originalFilename: fileInfo.name, mimetype: 'image/png', size: content.length };
    const [made] = await strapi.plugin('upload').service('upload').upload({ data: { fileInfo }, files: file });
    files.push(made);
  }
  rmSync(folder, { recursive: true });
  return files;
}

/** From the newest to the oldest; the drafts are never published. */
function stories({ pictures, sections, authors, tags }) {
  const hard = [
    {
      title: 'Ferry returns after its “longest” winter',
      slug: 'ferry-returns',
      description: 'The standfirst: <b> & "quotes" stay as they are.',
      body: everyBlock(pictures),
      cover: pictures[0].id,
      gallery: [pictures[1].id, pictures[2].id],
      author: authors.eva,
      category: sections.Politics,
      tags: [tags.harbour, tags.city],
    },
    {
      title: 'Council splits 7–2 over the tram',
      slug: 'council-splits',
      description: 'Written in Markdown.',
      content: MARKDOWN,
      cover: pictures[1].id,
      author: authors.min,
      category: sections.Politics,
    },
    {
      title: 'A page of components',
      slug: 'components',
      description: 'A dynamic zone.',
      blocks: [
        { __component: 'shared.rich-text', body: '## The first part\n\nA **bold** word of the zone, and [a link](https://example.org/zone).' },
        { __component: 'shared.quote', title: 'The mayor', body: 'We will see. <script>document.title="broken in"</script>' },
        { __component: 'shared.media', file: pictures[2].id },
        { __component: 'shared.slider', files: [pictures[0].id, pictures[1].id] },
        { __component: 'shared.rich-text', body: 'The last part. <img src=x onerror="document.title=\'broken in\'">' },
      ],
      cover: pictures[2].id,
      author: authors.eva,
      category: sections.Culture,
    },
    {
      title: 'Hostile <script>document.title="broken in"</script> headline',
      slug: 'hostile-blocks',
      description: '<img src=x onerror="document.title=\'broken in\'">',
      body: [paragraph('Replaced.')],
      raw: { body: hostileBlocks() },
      author: authors.eva,
      category: sections.Culture,
    },
    {
      title: 'Hostile Markdown',
      slug: 'hostile-markdown',
      content: HOSTILE_MARKDOWN,
      author: authors.eva,
      category: sections.Culture,
    },
    { title: 'Bare', slug: 'bare' },
    {
      title: 'Two wrote this',
      slug: 'two-authors',
      body: [paragraph('Two people wrote this.')],
      authors: [authors.eva, authors.min],
      category: sections.Business,
    },
    {
      title: '한강의 봄, 다시 열린 뱃길'.normalize('NFD'),
      slug: '한강의-봄',
      description: '분해된 한글로 적힌 요약'.normalize('NFD'),
      body: [paragraph('분해된 한글 본문입니다.'.normalize('NFD')), paragraph('둘째 문단.')],
      cover: pictures[0].id,
      author: authors.min,
      category: sections['사회'],
    },
    {
      title: 'Published, with a change that is not',
      slug: 'changed-later',
      body: [paragraph('What was published.')],
      category: sections.Business,
      revision: { title: 'A change that nobody may read', body: [paragraph('Secret change.')] },
    },
    { title: 'A draft that nobody may read', slug: 'a-draft', body: [paragraph('Secret draft.')], category: sections.Politics, draft: true },
  ];
  const plain = Array.from({ length: 24 }, (_, index) => ({
    title: `Plain story ${index + 1}`,
    slug: `plain-${index + 1}`,
    description: `Standfirst of plain story ${index + 1}.`,
    body: [paragraph(`Plain story ${index + 1} in a few words.`)],
    cover: index % 6 === 0 ? pictures[index % 3].id : undefined,
    author: authors.eva,
    category: sections.Politics,
  }));
  return [...hard, ...plain];
}

/** Each block, and each mark in more than one order. */
function everyBlock(pictures) {
  return [
    paragraph('First paragraph with ', text('bold', 'bold'), ', ', text('slanted', 'italic'), ', ', text('both', 'bold', 'italic'), ', ',
      text('under', 'underline'), ', ', text('struck', 'strikethrough'), ' and ', text('code()', 'code'), ' words.'),
    paragraph('A line\nand the next, ', text('bold ', 'bold'), text('then both', 'italic', 'bold'), text(' then slanted', 'italic'), '.'),
    paragraph(''),
    paragraph('Here is ', link('https://example.org/a?b=1&c=2', text('a link with '), text('a bold word', 'bold')), ' and ', link('/about', text('one of our own')),
      ', and ', link('mailto:eva@example.org', text('a letter')), '.'),
    heading(1, 'The largest heading'),
    heading(2, 'A heading'),
    heading(3, 'A smaller heading'),
    heading(6, 'The smallest heading'),
    list('unordered', item('One'), item('Two ', text('bold', 'bold')),
      list('ordered', item('Two, first'), item('Two, second'), list('unordered', item('Deepest'))), item('Three')),
    list('ordered', item('First'), item('Second')),
    quote('A quoted sentence.\nIn two lines, with ', link('https://example.org/said', text('a source')), '.'),
    code('fn main() {\n    println!("<b>not bold</b>");\n}', 'rust'),
    image(pictures[1]),
    paragraph('가나다라 '.normalize('NFD'), text('마바사', 'bold'), ' last paragraph & <b>no markup</b>.'),
    paragraph(''),
  ];
}

const MARKDOWN = `First paragraph with **bold**, *slanted*, ***both***, ~~struck~~ and \`code()\` words,
on a second line.

## What came before

1. First
2. Second
   - Nested *one*
   - Nested two

> A quoted sentence.

| Year | Riders |
| --- | ---: |
| 2024 | 12 |
| 2025 | 34 |

![What the picture shows](/uploads/not-there.png "A title")

\`\`\`js
const a = "<b>";
\`\`\`

A [link](https://example.org/a?b=1&c=2) and <u>some HTML</u> of the editor.

**굵은 글씨**는 조사와 붙는다.
`;

const HOSTILE_MARKDOWN = `Before. <script>document.title = 'broken in'</script> [A link](javascript:document.title='broken%20in').

<img src="x" onerror="document.title='broken in'">

<a href="JaVaScRiPt:document.title='broken in'">Another link</a> <svg onload="document.title='broken in'"></svg>

<iframe srcdoc="<script>parent.document.title='broken in'</script>"></iframe>

After.
`;

function hostileBlocks() {
  const script = '<script>document.title="broken in"</script>';
  return [
    paragraph(`Before. ${script} as text.`),
    paragraph('See ', link('javascript:document.title="broken in"', text('a link that runs')), ' and ', link('data:text/html,' + script, text('a page of data'))),
    paragraph(link('https://example.org/" onmouseover="document.title=\'broken in\'', text('a link that breaks out'))),
    { type: 'heading', level: 99, children: [text('A heading of no level')] },
    { type: 'marquee', children: [text('A block of no kind')] },
    { type: 'image', image: { url: 'javascript:document.title="broken in"', alternativeText: script }, children: [text('')] },
    { type: 'paragraph' },
    { type: 'paragraph', children: 'no list' },
    null,
    code(script),
    paragraph(text('After.')),
  ];
}
