// An invented newspaper on disk, kept between runs: made once for a number of articles, changed and put back.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { article, generate } from './generate.mjs';
import * as gisa from './gisa.mjs';
import * as hugo from './hugo.mjs';

const BENCH = fileURLToPath(new URL('.', import.meta.url));
/** How many articles are changed for a run with changes. */
export const CHANGED = 10;

export class Newspaper {
  /** @param {{ root: string, count: number, built: string, program: string }} settings */
  constructor({ root, count, built, program }) {
    this.count = count;
    this.built = built;
    this.program = program;
    this.folder = join(root, String(count));
    this.dist = join(this.folder, 'gisa');
    this.data = join(this.dist, 'data');
    this.hugo = join(this.folder, 'hugo');
    this.site = JSON.parse(readFileSync(join(built, 'site.json'), 'utf8'));
  }

  /** Makes what is not there yet, or was made by another version of the bench. Says what `gisa index` took, if it ran. */
  prepare() {
    const stamp = join(this.folder, 'made-by');
    const version = digest([join(BENCH, 'generate.mjs'), join(BENCH, 'hugo.mjs'), join(this.built, 'site.json'), ...layouts(join(BENCH, 'hugo'))]);
    const isMade = existsSync(stamp) && readFileSync(stamp, 'utf8') === version;
    if (!isMade) {
      rmSync(this.folder, { recursive: true, force: true });
      mkdirSync(this.folder, { recursive: true });
      generate(this.data, this.count);
    }
    gisa.prepare(this.dist, this.built);
    const indexed = isMade ? this.change(0) : gisa.index(this.program, this.data);
    if (!isMade) {
      hugo.prepare(this.hugo, this.data, this.site);
      writeFileSync(stamp, version);
    }
    return indexed;
  }

  /** The articles that are changed, spread over the whole newspaper. */
  *changing() {
    const number = Math.min(CHANGED, this.count);
    for (let index = 0; index < number; index += 1) yield article(Math.floor((index * this.count) / number), this.count);
  }

  /** What the `edition` of the changed articles says that no other says; nothing in edition 0, as they were made. */
  static mark(edition) {
    return edition > 0 ? `${edition}판에서 고쳐 썼다.` : '';
  }

  /** Brings the changed articles, and the lists that they are in, to an edition; writes only what is different. */
  change(edition) {
    let changed = 0;
    for (const article of this.changing()) {
      if (edition > 0) {
        article.headline += ` (${edition}판)`;
        article.articleBody += `\n<p>${Newspaper.mark(edition)}</p>`;
      }
      const path = join(this.data, 'articles', `${article.id}.json`);
      const text = `${JSON.stringify(article, null, 2)}\n`;
      if (readFileSync(path, 'utf8') === text) continue;
      writeFileSync(path, text);
      hugo.writeArticle(this.hugo, article);
      changed += 1;
    }
    if (changed === 0) return null;
    const indexed = gisa.index(this.program, this.data);
    hugo.writeLists(this.hugo, this.data);
    return indexed;
  }

  /** An article as its file has it. */
  read(id) {
    return JSON.parse(readFileSync(join(this.data, 'articles', `${id}.json`), 'utf8'));
  }

  ids() {
    return readdirSync(join(this.data, 'articles')).map((name) => name.replace(/\.json$/, ''));
  }
}

function* layouts(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* layouts(path);
    else yield path;
  }
}

function digest(paths) {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(readFileSync(path));
  return hash.digest('hex');
}
