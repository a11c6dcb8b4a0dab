/** Pages that are not written, of a newspaper on a real backend: what they request, and when. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Request } from '@playwright/test';
import { DIST, GISA, Gate, expect, idle, settled, type Page, type ServeOptions, type Server } from './support.ts';

/** What a page requested of its backend, as path and query, in order. */
export interface Requested {
  /** Before the program was there. */
  beside: string[];
  /** By the program. */
  after: string[];
  /** Those by the program that were only sent when the answer to another one was there. */
  waited: string[];
  /** What was fetched more than once, also from the newspaper's own host. */
  twice: string[];
}

/** Writes the edition of a newspaper, and removes all of its articles and sections, as if they were newer. */
export function withoutPages(site: object): string {
  const folder = mkdtempSync(join(tmpdir(), 'gisa-unwritten-'));
  for (const name of ['assets', '200.html', 'theme.css', 'icon.svg']) cpSync(join(DIST, name), join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'site.json'), JSON.stringify(site));
  execFileSync(GISA, ['prerender', folder]);
  for (const name of ['articles', 'sections', 'index.html']) rmSync(join(folder, name), { recursive: true });
  return folder;
}

/** Opens a page of such an edition. The program arrives when all that the page requests beside it has been answered. */
export async function requested(page: Page, start: (options: ServeOptions) => Promise<Server>, folder: string, path: string, backend: string): Promise<Requested> {
  const wasm = readdirSync(join(folder, 'assets')).find((name) => /^gisa.*\.wasm$/.test(name))!;
  const program = new Gate();
  const site = await start({ dist: folder, written: true, overlay: { [`/assets/${wasm}`]: program.before(readFileSync(join(folder, 'assets', wasm)), 'application/wasm') } });
  const requests: { request: Request; began: number; ended: number }[] = [];
  const began = (request: Request): void => void requests.push({ request, began: Date.now(), ended: Infinity });
  const ended = (request: Request): void => requests.filter((one) => one.request === request).forEach((one) => (one.ended = Date.now()));
  page.on('request', began).on('requestfinished', ended);
  const data = (): typeof requests => requests.filter(({ request }) => request.url().startsWith(backend) && request.resourceType() !== 'image');
  await page.goto(site.at(path));
  await expect.poll(() => data().length > 0 && data().every(({ ended }) => ended < Infinity), { timeout: 30_000 }).toBe(true);
  const count = data().length;
  program.open();
  await settled(page);
  // From then on, the page asks for nothing that would be taken for the next page's.
  await idle(page);
  page.off('request', began).off('requestfinished', ended);
  const after = data().slice(count);
  const address = ({ request }: { request: Request }): string => decodeURIComponent(request.url().slice(backend.length));
  const urls = requests.map(({ request }) => request.url());
  return {
    beside: data().slice(0, count).map(address),
    after: after.map(address),
    waited: after.filter(({ began }) => after.some(({ ended }) => ended <= began)).map(address),
    twice: urls.filter((url, index) => urls.indexOf(url) < index),
  };
}
