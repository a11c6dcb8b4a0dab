// The same article page, written by hand with care: plain HTML, a little CSS in its head, no script.
// No page with the same content can be much faster, so the other pages are compared with this one.

export const escape = (text) => String(text).replace(/[&<>"]/g, (sign) => `&#${sign.codePointAt(0)};`);

export const STYLE = `
:root{color-scheme:light dark;--line:#ddd;--quiet:#666}
*{box-sizing:border-box}
body{margin:0 auto;max-width:75rem;padding:0 1rem;font:1.0625rem/1.75 system-ui,sans-serif;word-break:keep-all;overflow-wrap:anywhere}
a{color:inherit}
img{display:block;max-width:100%;height:auto;background:#8882}
h1,h2,h3,.name{font-family:"Noto Serif KR",AppleMyungjo,"Nanum Myeongjo",Batang,serif;line-height:1.35}
h1{font-size:1.75rem;margin:.25rem 0}
h2{font-size:1.25rem}
h3{font-size:1rem;margin:0}
.name{font-size:1.75rem;text-align:center;margin:.75rem 0 0}
.motto,.meta{color:var(--quiet);font-size:.875rem;margin:.25rem 0}
.motto{text-align:center}
nav ul,.tools{display:flex;flex-wrap:wrap;gap:.25rem 1rem;list-style:none;padding:.5rem 0;margin:0;border-block:1px solid var(--line);font-size:.9375rem}
figure{margin:1rem 0}
figcaption{color:var(--quiet);font-size:.875rem}
table{border-collapse:collapse;width:100%;font-size:.9375rem}
td,th{border-bottom:1px solid var(--line);padding:.25rem .5rem;text-align:start}
blockquote{margin:1rem 0;padding-inline-start:1rem;border-inline-start:3px solid var(--line)}
.list{list-style:none;padding:0}
.list li{display:grid;grid-template-columns:1fr 6rem;gap:1rem;padding:.75rem 0;border-top:1px solid var(--line)}
.list p{margin:.25rem 0;font-size:.9375rem}
footer{border-top:1px solid var(--line);margin-top:2rem;padding:1rem 0;font-size:.875rem;color:var(--quiet)}
@media(min-width:60rem){.columns{display:grid;grid-template-columns:42rem 1fr;gap:3rem}}`;

/** JSON for a `<script>`. */
export const json = (value) => JSON.stringify(value).replaceAll('<', '\\u003c');

export const srcset = (image) => image.sizes.map((file) => `/data/${file.url} ${file.width}w`).join(', ');
export const LEAD = '(min-width: 60rem) 42rem, 100vw';

const thumbnail = (image) =>
  image
    ? `<img loading="lazy" decoding="async" sizes="8rem" srcset="${srcset(image)}" width="${image.width}" height="${image.height}" alt="" src="/data/${image.url}">`
    : '';

export const timeText = (date) => date.slice(0, 19).replace('T', ' ');
const time = (date) => `<time datetime="${date}">${timeText(date)}</time>`;

const entry = (article) =>
  `<li><div><h3><a href="/articles/${article.id}/">${escape(article.headline)}</a></h3><p>${escape(article.description)}</p></div>${thumbnail(article.image)}</li>`;

const neighbour = (article, rel, label) =>
  article ? `<li><a rel="${rel}" href="/articles/${article.id}/">${label}: ${escape(article.headline)}</a></li>` : '';

/** The head of the page of an article, from the document's first line to the structured data. The peers have it, too. */
export function head(article, site) {
  const address = `${site.url}articles/${article.id}/`;
  const { image } = article;
  const data = {
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    headline: article.headline,
    description: article.description,
    datePublished: article.datePublished,
    dateModified: article.dateModified ?? article.datePublished,
    author: article.author.map((author) => ({ '@type': 'Person', ...author })),
    ...(image ? { image: `${site.url}data/${image.url}` } : {}),
    mainEntityOfPage: address,
  };
  const preload = image
    ? `<link rel="preload" as="image" imagesrcset="${srcset(image)}" imagesizes="${LEAD}" fetchpriority="high">\n`
    : '';
  const shared = image ? `<meta property="og:image" content="${site.url}data/${image.url}">\n` : '';
  return `<!doctype html>
<html lang="ko">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(article.headline)} – ${escape(site.name)}</title>
<link rel="icon" href="data:,">
${preload}<meta name="description" content="${escape(article.description)}">
<link rel="canonical" href="${address}">
<meta property="og:type" content="article">
<meta property="og:title" content="${escape(article.headline)}">
<meta property="og:description" content="${escape(article.description)}">
<meta property="og:url" content="${address}">
${shared}<style>${STYLE}</style>
<script type="application/ld+json">${json(data)}</script>`;
}

/**
 * The page of an article. `lists` has the content around it: `neighbours`, the `section`'s articles, the `ranking`,
 * `today` and `photos`.
 */
export function floor(article, site, lists) {
  const [section] = article.articleSection;
  const address = `${site.url}articles/${article.id}/`;
  const { image } = article;
  const others = lists.section.items.filter((other) => other.id !== article.id).slice(0, 4);
  const banners = site.sidebar.flatMap((box) => box.banners ?? []);
  return `${head(article, site)}
<header>
<p class="name"><a href="/">${escape(site.name)}</a></p>
<p class="motto">${escape(site.description)}</p>
<nav aria-label="섹션"><ul>
${site.sections.map(({ slug, name }) => `<li><a href="/sections/${slug}/">${escape(name)}</a></li>`).join('\n')}
<li><a href="/ranking/">많이 본 뉴스</a></li>
<li><a href="/photos/">포토뉴스</a></li>
<li><a href="/search/">검색</a></li>
</ul></nav>
</header>
<div class="columns">
<main>
<article>
<p class="meta"><a href="/sections/${section.slug}/">${escape(section.name)}</a></p>
<h1>${escape(article.headline)}</h1>
<ul>${article.alternativeHeadline.map((subhead) => `<li>${escape(subhead)}</li>`).join('')}</ul>
<p class="meta">${article.author.map((author) => `${escape(author.name)} ${escape(author.jobTitle)}`).join(', ')}</p>
<p class="meta">등록 ${time(article.datePublished)}${article.dateModified ? ` 수정 ${time(article.dateModified)}` : ''}</p>
<ul class="tools">
<li><a href="mailto:?subject=${encodeURIComponent(article.headline)}&amp;body=${encodeURIComponent(address)}">기사 메일전송</a></li>
<li><a href="/articles/${article.id}/print/">인쇄</a></li>
</ul>
<figure><img fetchpriority="high" sizes="${LEAD}" srcset="${srcset(image)}" width="${image.width}" height="${image.height}" alt="${escape(image.alternateName)}" src="/data/${image.url}"><figcaption>${escape(image.caption)} ${escape(image.creditText)}</figcaption></figure>
${article.articleBody}
</article>
<p>추천 ${article.interactionStatistic.likes} · <a href="/sections/${section.slug}/">목록 바로가기</a></p>
<section aria-labelledby="others">
<h2 id="others">${escape(section.name)} 다른 기사</h2>
<ul class="list">
${others.map(entry).join('\n')}
</ul>
</section>
<nav aria-label="이전 기사와 다음 기사"><ul>
${neighbour(lists.neighbours.previous, 'prev', '이전 기사 보기')}
${neighbour(lists.neighbours.next, 'next', '다음 기사 보기')}
</ul></nav>
</main>
<aside aria-label="주요 기사 모음">
<section aria-labelledby="ranking">
<h2 id="ranking">많이 본 뉴스</h2>
<ol class="list">
${lists.ranking.items
  .slice(0, 7)
  .map((ranked) => entry(ranked.article))
  .join('\n')}
</ol>
<p><a href="/ranking/">많이 본 뉴스 더보기</a></p>
</section>
<section aria-labelledby="today">
<h2 id="today">TOP TODAY</h2>
<ol>${lists.today.items.map(({ id, headline }) => `<li><a href="/articles/${id}/">${escape(headline)}</a></li>`).join('')}</ol>
<p><a href="/today/">TOP TODAY 더보기</a></p>
</section>
<section aria-labelledby="photos">
<h2 id="photos">포토뉴스</h2>
<ul class="list">
${lists.photos.items.slice(0, 4).map(entry).join('\n')}
</ul>
<p><a href="/photos/">포토뉴스 더보기</a></p>
</section>
${banners.map(({ url, image, alt, width, height }) => `<p><a rel="sponsored" href="${escape(url)}"><img loading="lazy" decoding="async" alt="${escape(alt)}" width="${width}" height="${height}" src="/${escape(image)}"></a></p>`).join('\n')}
</aside>
</div>
<footer>
<p>${site.footer.links.map(({ name, url }) => `<a href="${escape(url)}">${escape(name)}</a>`).join(' · ')}</p>
${site.footer.lines.map((line) => `<p>${escape(line)}</p>`).join('\n')}
<p>${escape(site.footer.copyright)}</p>
</footer>
</html>
`;
}
