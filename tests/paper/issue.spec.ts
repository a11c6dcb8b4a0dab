/** What `gisa print` makes of a section with twenty articles: tags, bookmarks, contents, links and metadata of the PDF. */
import { execFileSync } from 'node:child_process';
import { expect, test } from '@playwright/test';
import { GISA } from '../e2e/support.ts';
import { HARD, hardArticles, NEW_SINCE } from './hard-articles.ts';
import { squashed } from './text.ts';

function poppler(command: string, ...args: string[]): string {
  return execFileSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28, timeout: 60_000, stdio: ['ignore', 'pipe', 'ignore'] });
}

function isInstalled(program: string): boolean {
  try {
    return poppler(program, '--version') !== '';
  } catch {
    return false;
  }
}

for (const engine of ['weasyprint', 'chromium']) {
  test(`a section of twenty articles is a tagged PDF with bookmarks, contents and links, by ${engine}`, ({}, info) => {
    test.skip(!isInstalled(engine), `${engine} is not installed: script/setup test`);
    const file = info.outputPath('section.pdf');
    const articles = hardArticles().filter(({ datePublished }) => typeof datePublished === 'string' && datePublished >= NEW_SINCE);
    expect(articles).toHaveLength(20);
    execFileSync(GISA, ['print', HARD, '--section', 'sahoe', '--since', NEW_SINCE, '--pdf', '--engine', engine, '--out', file.replace(/\.pdf$/, '')], { stdio: 'pipe' });

    const facts = poppler('pdfinfo', file);
    expect(facts).toMatch(/^Title: +.*사회/m);
    expect(facts).toMatch(/^Author: +해솔신문$/m);
    expect(facts).toMatch(/^Tagged: +yes$/m);

    const tags = poppler('pdfinfo', '-struct', file);
    for (const tag of ['H1', 'P', 'L', 'LI', 'Table', 'TR', 'TH', 'TD', 'Figure', 'Link']) expect(tags, tag).toMatch(new RegExp(`^ *${tag}\\b`, 'm'));

    const pages = poppler('pdftotext', '-raw', file, '-').split('\f').map(squashed);
    // `href` is the number of the page that a link leads to; the outline has the bookmarks.
    const html = poppler('pdftohtml', '-xml', '-i', '-stdout', file);
    const bookmarks = [...html.matchAll(/<item page="(\d+)">(.*?)<\/item>/g)].map(([, page, text]) => [squashed(text!), Number(page)] as const);
    // The contents end where the first article begins.
    const first = Math.min(...bookmarks.map(([, page]) => page).filter((page) => page > 1));
    const entries = html.slice(0, html.indexOf(`<page number="${first}"`)).matchAll(/<a href="[^"#]*#(\d+)">(.*?)<\/a>/g);
    const linked = new Map<number, string>();
    for (const [, page, text] of entries) linked.set(Number(page), (linked.get(Number(page)) ?? '') + squashed(text!.replace(/<[^>]*>/g, '')));

    for (const { id, headline } of articles) {
      const title = squashed(headline);
      const begins = bookmarks.find(([text]) => text === title)?.[1];
      expect(begins, `${id} has a bookmark`).toBeGreaterThan(1);
      expect(pages[begins! - 1], `${id} begins on page ${begins}`).toContain(title);
      // The contents have the number of that page, and lead to it.
      expect(linked.get(begins!), `${id} in the contents`).toContain(title);
      expect(linked.get(begins!), `${id} in the contents`).toContain(String(begins));
    }
    expect(poppler('pdfinfo', '-url', file)).toContain('https://links.example/haesol/59');
  });
}
