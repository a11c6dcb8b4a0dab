// The same newspaper made with Hugo: its content from the same articles, and the command that builds it.
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { timed } from './measure.mjs';

const SITE = fileURLToPath(new URL('hugo/', import.meta.url));

/** The format that Hugo reads fastest: front matter in JSON, and a body in HTML. */
export function content(article) {
  const front = {
    title: article.headline,
    date: article.datePublished,
    lastmod: article.dateModified ?? article.datePublished,
    description: article.description,
    sections: article.articleSection.map((section) => section.slug),
    keywords: article.keywords,
    sectionNames: article.articleSection.map((section) => section.name),
    alternativeHeadline: article.alternativeHeadline,
    author: article.author,
    image: article.image,
    likes: article.interactionStatistic.likes,
  };
  return `${JSON.stringify(front)}\n${article.articleBody}\n`;
}

/** Writes one article's content. */
export function writeArticle(folder, article) {
  writeFileSync(join(folder, 'content/articles', `${article.id}.html`), content(article));
}

/** Copies the lists that editors write by hand, after `gisa index` has filled them in. */
export function writeLists(folder, data) {
  mkdirSync(join(folder, 'data'), { recursive: true });
  for (const name of ['ranking', 'today.json'])
    cpSync(join(data, name), join(folder, 'data', name), { recursive: true });
}

/** Writes the whole source of the Hugo site: layouts, content and data. */
export function prepare(folder, data, site) {
  rmSync(folder, { recursive: true, force: true });
  cpSync(SITE, folder, { recursive: true });
  const page = (path, front) => {
    mkdirSync(join(folder, 'content', path), { recursive: true });
    writeFileSync(join(folder, 'content', path, '_index.html'), `${JSON.stringify(front)}\n`);
  };
  // There is no page that lists all articles; sections come from the articles' front matter.
  page('articles', { title: site.name, _build: { render: 'never' } });
  for (const section of site.sections) page(`sections/${section.slug}`, { title: section.name });
  page('photos', { title: '포토뉴스' });
  page('today', { title: 'TOP TODAY' });
  page('search', { title: '검색' });
  page('ranking', { title: '많이 본 뉴스', period: 'day' });
  for (const period of ['day', 'week', 'month']) page(`ranking/${period}`, { title: '많이 본 뉴스', period });
  for (const name of readdirSync(join(data, 'articles'))) {
    writeArticle(folder, JSON.parse(readFileSync(join(data, 'articles', name), 'utf8')));
  }
  writeLists(folder, data);
  writeFileSync(join(folder, 'data/site.json'), JSON.stringify(site));
}

/** The folder that Hugo writes into. */
export const output = (folder) => join(folder, 'public');

/** Removes everything that a run has written, so that the next one begins from nothing. */
export function clear(folder) {
  for (const name of ['public', 'resources', '.hugo_build.lock'])
    rmSync(join(folder, name), { recursive: true, force: true });
}

/** Builds the site once. Returns the time and memory. */
export const build = (folder) => timed('hugo', ['--source', folder, '--quiet']);
