/** The real backends of `tests/backends` that run on Node.js, and a newspaper that reads one of them. */
import { execFile, execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { DIST, expect, GISA, siteJson, type Page } from './support.ts';

const run = promisify(execFile);

/** Long enough to download one and to compile its database. */
export const STARTING = 900_000;

/** What a script of `tests/backends` prints. Fails with what it says. */
export async function backendScript(name: string, command: string): Promise<string> {
  const script = fileURLToPath(new URL(`../backends/${name}.sh`, import.meta.url));
  const { stdout } = await run('bash', [script, command]).catch((error: { stderr?: string; message: string }) => {
    throw new Error(`${name}.sh ${command} failed: ${error.stderr?.trim() || error.message}`);
  });
  return stdout.trim();
}

/** The `site.json` of a newspaper that reads a backend. */
export function harbourPost(backend: object, sections: { name: string; slug: string }[]): any {
  return siteJson({
    name: 'Harbour Post',
    description: 'All the news that fits a test',
    locale: 'en',
    timeZone: 'Europe/Berlin',
    url: 'https://harbour.example/',
    backend: { timeout: 30, ...backend },
    sections,
    sidebar: [{ box: 'mostViewed' }, { box: 'today' }, { box: 'photos' }],
    footer: { lines: ['Harbour Post, 1 Quay Street'], links: [], copyright: '© Harbour Post' },
  });
}

/** The folder of a built newspaper without an edition, with this `site.json`. */
export function builtFor(site: object): string {
  const folder = mkdtempSync(join(tmpdir(), 'gisa-real-'));
  for (const name of ['assets', '200.html', 'theme.css', 'icon.svg']) cpSync(join(DIST, name), join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'site.json'), JSON.stringify(site));
  return folder;
}

/** What `gisa` prints on standard output. Fails where its status is not 0. */
export function gisa(...args: string[]): string {
  return execFileSync(GISA, args, { encoding: 'utf8', timeout: 120_000 });
}

/** The `site.json` that `gisa init` writes for an address. */
export function initialized(address: string): any {
  return JSON.parse(gisa('init', address, '--output', '-'));
}

export const headlinesOf = (page: Page, list: string): Promise<string[]> => page.locator(`${list} .story-headline`).allInnerTexts();

/** Each of these pictures has arrived. */
export async function arrived(page: Page, selector: string, count: number): Promise<void> {
  const pictures = page.locator(selector);
  await expect(pictures).toHaveCount(count);
  for (const picture of await pictures.all()) {
    await picture.scrollIntoViewIfNeeded();
    await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth)).toBeGreaterThan(0);
  }
}

/** Nothing that a seed wrote to do harm to an article has run, or is there to run. */
export async function harmless(page: Page): Promise<void> {
  // What runs calls the page so.
  expect(await page.title()).not.toMatch(/^broken in/);
  const dangerous = await page.locator('.article-sheet').evaluate((sheet) => {
    const isDangerous = ({ name, value }: Attr): boolean => /^on|^srcdoc$/.test(name) || /^\s*(javascript|data:text)/i.test(value);
    const elements = [...sheet.querySelectorAll('*')];
    const names = elements.map((element) => element.localName);
    return [
      ...elements.flatMap((element) => [...element.attributes].filter(isDangerous).map(({ name, value }) => `${name}=${value}`)),
      ...names.filter((name) => /^(script|style|base|meta|form|input|iframe|object|embed|math|svg)$/.test(name)),
    ];
  });
  expect(dangerous).toEqual([]);
}
