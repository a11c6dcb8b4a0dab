// The newspaper made with gisa: its folder before any page is written, and the command that writes the pages.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { timed } from './measure.mjs';

/** The files of a built newspaper before any page is written: the shell, the settings and what they load. */
const isPartOfShell = (name) => ['200.html', 'site.json', 'theme.css', 'icon.svg', 'assets'].includes(name);

/** Copies the shell of a built newspaper to the articles in `folder/data`, without pages. */
export function prepare(folder, built) {
  if (!existsSync(join(built, '200.html'))) {
    throw new Error(`${built} has no 200.html: build the newspaper with script/build, or name its folder in GISA_DIST`);
  }
  mkdirSync(folder, { recursive: true });
  clear(folder, () => false);
  for (const name of readdirSync(built).filter(isPartOfShell)) cpSync(join(built, name), join(folder, name), { recursive: true });
  cpSync(join(built, 'data/banners'), join(folder, 'data/banners'), { recursive: true });
}

/** Removes everything that a run has written, so that the next one begins from nothing. */
export function clear(folder, isKept = isPartOfShell) {
  const left = readdirSync(folder).filter((name) => name !== 'data' && !isKept(name));
  // For some hundred thousand files, `rm` is several times as fast as Node.
  if (left.length > 0) execFileSync('rm', ['-rf', '--', ...left], { cwd: folder });
}

/** Writes the whole newspaper once. Returns the time and memory. */
export const prerender = (program, folder) =>
  timed(program, ['prerender', folder, '--jobs', String(availableParallelism())]);

/** Writes the lists of a folder of articles. Returns the time and memory. */
export const index = (program, data) => timed(program, ['index', data]);
