// An invented newspaper on disk. It is made once for each number of articles, kept between runs, changed and restored.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { article, generate } from './generate.mjs';
import * as gisa from './gisa.mjs';
import * as hugo from './hugo.mjs';

const BENCH = fileURLToPath(new URL('.', import.meta.url));
/** How many articles change before a run with changes. */
export const CHANGED = 10;
/** Which articles change: old ones, shown only on their own pages, by neighbours and in lists; or the newest, which are in every sidebar. */
export const AGES = ['old', 'newest'];

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

  /** Makes what is missing, or was made by another version of the benchmark. */
  prepare() {
    const stamp = join(this.folder, 'made-by');
    const version = digest([
      join(BENCH, 'generate.mjs'),
      join(BENCH, 'hugo.mjs'),
      join(this.built, 'site.json'),
      ...layouts(join(BENCH, 'hugo')),
    ]);
    const isMade = existsSync(stamp) && readFileSync(stamp, 'utf8') === version;
    if (!isMade) {
      rmSync(this.folder, { recursive: true, force: true });
      mkdirSync(this.folder, { recursive: true });
      generate(this.data, this.count);
    }
    gisa.prepare(this.dist, this.built);
    if (isMade) {
      // An interrupted run may not have restored its changes.
      this.change(0, AGES);
    } else {
      gisa.index(this.program, this.data);
      hugo.prepare(this.hugo, this.data, this.site);
      writeFileSync(stamp, version);
    }
  }

  /** The indexes of the articles that change. */
  *changing(age) {
    const first = age === 'newest' ? 0 : Math.floor(this.count / 2);
    for (let index = first; index < Math.min(first + CHANGED, this.count); index += 1) yield article(index, this.count);
  }

  /** The sentence that only this `edition` of the changed articles contains; empty in edition 0, the original. */
  static mark(edition) {
    return edition > 0 ? `${edition}판에서 고쳐 썼다.` : '';
  }

  /**
   * Changes the articles of some ages, and the lists that contain them, to an edition. Writes only what differs. Returns
   * the time and memory of `gisa index`.
   */
  change(edition, ages) {
    for (const article of ages.flatMap((age) => [...this.changing(age)])) {
      if (edition > 0) {
        article.headline += ` (${edition}판)`;
        article.articleBody += `\n<p>${Newspaper.mark(edition)}</p>`;
      }
      const path = join(this.data, 'articles', `${article.id}.json`);
      const text = `${JSON.stringify(article, null, 2)}\n`;
      if (readFileSync(path, 'utf8') === text) continue;
      writeFileSync(path, text);
      hugo.writeArticle(this.hugo, article);
    }
    const indexed = gisa.index(this.program, this.data);
    hugo.writeLists(this.hugo, this.data);
    return indexed;
  }

  /** An article as in its file. */
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
