// The newspaper as gisa makes it: its folder before any page is written, and the command that writes the pages.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { timed } from './measure.mjs';

/** The shell, the settings and what they load: what a built newspaper has at its top before any page is written. */
const isPartOfShell = (name) => ['200.html', 'site.json', 'theme.css', 'icon.svg', 'assets'].includes(name);

/** Puts the shell of a built newspaper around the articles in `folder/data`, without any page. */
export function prepare(folder, built) {
  if (!existsSync(join(built, '200.html'))) {
    throw new Error(`${built} has no 200.html: build the newspaper with script/build, or name its folder in GISA_DIST`);
  }
  mkdirSync(folder, { recursive: true });
  clear(folder, () => false);
  for (const name of readdirSync(built).filter(isPartOfShell)) cpSync(join(built, name), join(folder, name), { recursive: true });
  cpSync(join(built, 'data/banners'), join(folder, 'data/banners'), { recursive: true });
}

/** Removes all that a run leaves, so that the next one begins from nothing. */
export function clear(folder, isKept = isPartOfShell) {
  const left = readdirSync(folder).filter((name) => name !== 'data' && !isKept(name));
  // `rm` is several times as fast as Node with some hundred thousand files.
  if (left.length > 0) execFileSync('rm', ['-rf', '--', ...left], { cwd: folder });
}

/** One run over the whole newspaper; what it took. */
export const prerender = (program, folder) =>
  timed(program, ['prerender', folder, '--jobs', String(availableParallelism())]);

/** Writes the lists of a folder of articles; what it took. */
export const index = (program, data) => timed(program, ['index', data]);
