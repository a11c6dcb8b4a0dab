// Two small peers of the article's page, made with what others use: a page that React renders in the browser, and a page
// that was rendered before with Preact and is hydrated. Both show what bench/floor.mjs shows, with its styles, and lead
// from article to article without loading a document (bench/peers/). They are production builds, minified; the server
// compresses them as it does gisa's files.
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { STYLE, escape, head, json } from './floor.mjs';

const SOURCE = fileURLToPath(new URL('peers/', import.meta.url));

/** Makes the folder of the client-rendered peer: one empty page for all addresses, the program, and the data. */
export async function react(newspaper, folder) {
  const { frame, pages } = content(newspaper);
  start(newspaper, folder, pages);
  writeFileSync(join(folder, 'frame.json'), JSON.stringify(frame));
  const script = await program('react.jsx', 'react', folder);
  const page = `<!doctype html>
<html lang="ko">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(frame.site.name)}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
<script type="module" src="${script}"></script>
<div id="app"></div>
</html>
`;
  writeFileSync(join(folder, '200.html'), page);
  return folder;
}

/** Makes the folder of the prerendered peer: a page for each article, the program, and the data. */
export async function preact(newspaper, folder) {
  const { frame, pages } = content(newspaper);
  start(newspaper, folder, pages);
  const script = await program('preact.jsx', 'preact', folder);
  const renderer = join(folder, 'render.mjs');
  await bundle('render.jsx', 'preact', { outfile: renderer, platform: 'node' });
  const { render } = await import(pathToFileURL(renderer));
  rmSync(renderer);
  for (const page of pages) {
    // The program reads the article's body from the page.
    const data = { frame, first: { ...page, article: { ...page.article, articleBody: undefined } } };
    const text = `${head(page.article, newspaper.site)}
<script type="module" src="${script}"></script>
<div id="app">${render(frame, page)}</div>
<script type="application/json" id="data">${json(data)}</script>
</html>
`;
    mkdirSync(join(folder, 'articles', page.article.id), { recursive: true });
    writeFileSync(join(folder, 'articles', page.article.id, 'index.html'), text);
  }
  return folder;
}

/** What stands around every article, and the pages of all articles. */
function content({ data, site }) {
  const read = (path) => JSON.parse(readFileSync(join(data, path), 'utf8'));
  const frame = {
    site: {
      name: site.name,
      description: site.description,
      url: site.url,
      sections: site.sections,
      footer: site.footer,
      banners: site.sidebar.flatMap((box) => box.banners ?? []),
    },
    ranking: read('ranking/week.json').items.slice(0, 7).map(({ article }) => summary(article)),
    today: read('today.json').items.map(({ id, headline }) => ({ id, headline })),
    photos: read('photos/1.json').items.slice(0, 4).map(summary),
  };
  const pages = readdirSync(join(data, 'articles')).map((name) => {
    const { keywords, isAccessibleForFree, interactionStatistic, ...article } = read(`articles/${name}`);
    const section = read(`sections/${article.articleSection[0].slug}/1.json`);
    return {
      article: { ...article, interactionStatistic: { likes: interactionStatistic.likes } },
      others: section.items.filter(({ id }) => id !== article.id).slice(0, 4).map(summary),
      neighbours: read(`neighbours/${name}`),
    };
  });
  return { frame, pages };
}

/** What a list shows of an article. */
function summary({ id, headline, description, image }) {
  const shown = image && { url: image.url, width: image.width, height: image.height, sizes: image.sizes };
  return { id, headline, description, ...(shown ? { image: shown } : {}) };
}

function start(newspaper, folder, pages) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'pages'), { recursive: true });
  cpSync(join(newspaper.data, 'banners'), join(folder, 'data/banners'), { recursive: true });
  for (const page of pages) writeFileSync(join(folder, 'pages', `${page.article.id}.json`), JSON.stringify(page));
}

/** Builds a program into `folder/assets`. Returns its address, which has a hash of its content, as gisa's has. */
async function program(entry, framework, folder) {
  const { outputFiles } = await bundle(entry, framework, { write: false, platform: 'browser' });
  const [{ contents }] = outputFiles;
  const name = `${framework}-${createHash('sha256').update(contents).digest('hex').slice(0, 16)}.js`;
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'assets', name), contents);
  return `/assets/${name}`;
}

const bundle = (entry, framework, options) =>
  build({
    entryPoints: [join(SOURCE, entry)],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'silent',
    jsx: 'automatic',
    jsxImportSource: framework,
    alias: { framework: framework === 'react' ? 'react' : 'preact/hooks' },
    define: { 'process.env.NODE_ENV': '"production"' },
    ...options,
  });
