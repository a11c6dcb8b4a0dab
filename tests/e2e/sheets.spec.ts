/** The sheets of a print page: what stands on them, their options, and what is printed. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { lonelyLines, outside } from './lines.ts';
import { Paper } from './paper.ts';
import { DIST, expect, nativeArticle, nativeBackend, open, printed, test } from './support.ts';
import { WORDS } from '../../src/sheets.js';

test('the print page has the same words in both languages', () => {
  // English has a singular.
  const keys = (words: object): string[] => Object.keys(words).filter((key) => key !== 'count_1').sort();
  expect(keys(WORDS.en)).toEqual(keys(WORDS.ko));
});

/** The text of some elements, without white space. */
const text = (page: Page, selector: string): Promise<string> =>
  page.locator(selector).evaluateAll((elements) => elements.map((element) => element.textContent).join('').replace(/\s+/g, ''));

test('the print page shows the article on numbered sheets, with all of its text once', async ({ page, site }) => {
  await open(page, site.at('articles/10215/'));
  const article = await text(page, '.article-sheet');
  await open(page, site.at('articles/10215/print/'));
  await expect(page.getByRole('status')).toHaveText('2장');
  expect(await text(page, '.sheet > .article-sheet')).toBe(article);
  await expect(page.getByRole('region', { name: '2쪽 중 2쪽' })).toBeVisible();
  await expect(page.locator('.sheet-foot > :nth-child(2)')).toHaveText(['1 / 2', '2 / 2']);
});

test('a print page that the program makes has a QR code, too', async ({ page, site, start }) => {
  await open(page, site.at('articles/10215/print/'));
  const code = page.locator('.sheet .paper-code svg');
  await expect(code).toHaveCount(1);
  const path = await code.locator('path').getAttribute('d');
  // The three corners of a code of 29 modules.
  for (const [x, y] of [[0, 0], [22, 0], [0, 22]]) for (const at of [0, 3, 6]) expect(path).toContain(`M${x! + at} ${y! + 3}h1v1h-1z`);
  await expect(code).toHaveAttribute('viewBox', '-4 -4 37 37');
  const written = await start({ written: true });
  await open(page, written.at('articles/10215/print/'));
  await expect(code).toHaveAttribute('viewBox', '-4 -4 37 37');
});

test('where the library of QR codes can’t be had, the page is printed without one', async ({ page, start, complaints }) => {
  complaints.allow(/ERR_/, /no QR code/);
  const file = readdirSync(join(DIST, 'assets')).find((name) => name.startsWith('qr-'))!;
  const site = await start({ overlay: { [`/assets/${file}`]: (_, response) => void response.destroy() } });
  await open(page, site.at('articles/10215/print/'));
  await expect(page.getByRole('status')).toHaveText('2장');
  await expect(page.locator('.sheet .paper-code svg')).toHaveCount(0);
});

test('paragraphs go on in the second column, and none of their lines stands alone', async ({ page, site, start }) => {
  const own = await start({ overlay: nativeBackend([long]) });
  for (const address of [site.at('articles/10215/print/'), own.at('articles/a1/print/')]) {
    await open(page, address);
    await expect(page.locator('.sheet-foot').first()).toBeVisible();
    expect(await page.evaluate(lonelyLines)).toEqual([]);
    expect(await page.evaluate(outside)).toEqual([]);
    const [left, right] = await page.locator('.sheet').first().locator('.sheet-part:not([data-wide])').evaluateAll((parts) => parts.map((part) => part.getBoundingClientRect()));
    expect(right!.left).toBeGreaterThan(left!.right);
    expect(right!.top).toBe(left!.top);
  }
  expect(await page.locator('.sheet p[data-continues]').count()).toBeGreaterThan(2);
});

test('numbers of links go on from column to column, and over what spans both', async ({ page, start }, info) => {
  const link = (number: number): string => `<p>${'글이 이어진다. '.repeat(12)} <a href="https://links.example/${number}">고리 ${number}</a></p>`;
  const links = (from: number): string => Array.from({ length: 30 }, (_, index) => link(from + index)).join('');
  const table = `<table><tr>${'<td>칸</td>'.repeat(7)}</tr></table>`;
  const site = await start({ overlay: nativeBackend([nativeArticle(1, { articleBody: links(1) + table + links(31) })]) });
  await open(page, site.at('articles/a1/print/'));
  await expect(page.locator('.sheet-part[data-wide] td')).toHaveCount(7);
  const numbers = (await Paper.print(page, info)).text.match(/고리(\d+)\[(\d+)\]/g) ?? [];
  expect(numbers).toEqual(Array.from({ length: 60 }, (_, index) => `고리${index + 1}[${index + 1}]`));
});

/** An article that needs several sheets: paragraphs, a list and a table that are cut, a link back within the article. */
const paragraphs = Array.from({ length: 60 }, (_, index) => `<p>문단 ${index + 1}의 처음이다. ${'긴 글이 여러 줄에 걸쳐 이어진다. '.repeat(7)}</p>`);
const items = Array.from({ length: 90 }, (_, index) => `<li>항목 ${index + 1}</li>`).join('');
const rows = Array.from({ length: 120 }, (_, index) => `<tr><td>행${index + 1}</td><td>값</td></tr>`).join('');
const long = nativeArticle(1, {
  articleBody:
    `<p id="top">처음. <a href="#top">처음으로</a></p>${paragraphs.join('')}<ol>${items}</ol>` +
    `<table><thead><tr><th>이름</th><th>수</th></tr></thead><tbody>${rows}</tbody></table><p>끝.</p>`,
});

test('what is cut goes on as one: lists by their numbers, tables below their head, ids once', async ({ page, start }) => {
  const site = await start({ overlay: nativeBackend([long]) });
  await open(page, site.at('articles/a1/'));
  const article = await text(page, '.article-sheet');
  await open(page, site.at('articles/a1/print/'));
  await expect(page.locator('.sheet-foot').first()).toBeVisible();
  const found = await page.evaluate(() => {
    const sheets = [...document.querySelectorAll('.sheet > .article-sheet')];
    const heads = sheets.flatMap((sheet) => [...sheet.querySelectorAll('table')].map((table) => table.querySelectorAll('thead').length));
    let next = 1;
    const numbers = [...document.querySelectorAll<HTMLOListElement>('.sheet .article-body ol')].map((list) => {
      const isRight = list.start === next;
      next += [...list.children].filter((item) => !item.hasAttribute('data-cut')).length;
      return isRight;
    });
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
    const repeated = document.querySelectorAll('[data-repeated]');
    repeated.forEach((head) => head.remove());
    const link = document.querySelector('.sheet a[href^="#"]')!;
    return { heads, numbers, isOnce: ids.length === new Set(ids).size, target: document.querySelector(link.getAttribute('href')!)?.textContent };
  });
  expect(found.heads.length).toBeGreaterThan(1);
  expect(new Set(found.heads)).toEqual(new Set([1]));
  expect(found.numbers.length).toBeGreaterThan(1);
  expect(found.numbers).not.toContain(false);
  expect(found.isOnce).toBe(true);
  expect(found.target).toContain('처음.');
  expect(await text(page, '.sheet > .article-sheet')).toBe(article);
});

test('a row that is longer than a sheet goes on in each of its cells, and a caption that is as long is all there', async ({ page, start }) => {
  const cells = ['가', '나'].map((name) => `${`${name}는 긴 글이다. `.repeat(700)}끝`);
  const caption = '그림의 설명이 길다. '.repeat(700);
  const site = await start({
    overlay: nativeBackend([
      nativeArticle(1, {
        articleBody:
          `<p>처음.</p><table><thead><tr><th>때</th><th>일</th></tr></thead><tbody><tr><td>${cells[0]}</td><td>${cells[1]}</td></tr></tbody></table>` +
          `<h2>사이제목</h2><figure><img src="images/bridge.svg" width="2400" height="800" alt=""><figcaption>${caption}</figcaption></figure><p>끝.</p>`,
      }),
    ]),
  });
  await open(page, site.at('articles/a1/print/'));
  await expect(page.locator('.sheet-foot').first()).toBeVisible();
  const rows = await page.locator('.sheet tbody tr').evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent ?? '')));
  expect(rows.length).toBeGreaterThan(1);
  expect(rows.map((row) => row.length)).toEqual(rows.map(() => 2));
  expect(rows[0]!.map((cell) => cell.length > 100)).toEqual([true, true]);
  expect([0, 1].map((column) => rows.map((row) => row[column]).join(''))).toEqual(cells);
  expect(await text(page, '.sheet figcaption')).toBe(caption.replace(/\s+/g, ''));
  await expect(page.locator('.sheet', { has: page.locator('h2') })).toContainText('그림의 설명이 길다.');
});

test('options change the sheets, are announced and remembered, and can be reset', async ({ page, site }) => {
  await open(page, site.at('articles/10203/print/'));
  const count = page.getByRole('status');
  await expect(count).toHaveText('1장');
  await page.getByLabel('글자 크기').focus();
  await page.keyboard.press('End');
  await expect(count).toHaveText(/^[2-9]장$/);
  await page.getByLabel('사진').selectOption({ label: '없이' });
  await expect(page.locator('.sheet .picture').filter({ visible: true })).toHaveCount(0);
  await page.reload();
  await expect(page.getByLabel('글자 크기')).toHaveValue('large');
  await expect(page.getByLabel('사진')).toHaveValue('none');
  await page.getByRole('button', { name: '처음 설정으로' }).click();
  await expect(count).toHaveText('1장');
  expect(await page.evaluate(() => localStorage.getItem('gisa:paper'))).toBe(null);
});

test('without the addresses of links no numbers of theirs are printed, and black alone has no colours', async ({ page, site }) => {
  await open(page, site.at('articles/10201/print/'));
  await expect(page.locator('.sheet .link-notes').filter({ visible: true })).toHaveCount(1);
  await page.getByLabel('링크 주소 싣기').uncheck();
  await expect(page.locator('.sheet .link-notes').filter({ visible: true })).toHaveCount(0);
  const look = (selector: string, property: 'content' | 'filter', part?: string): Promise<string> =>
    page.locator(selector).first().evaluate((element, [property, part]) => getComputedStyle(element, part || undefined)[property as 'content'], [property, part ?? '']);
  expect(await look('.sheet .article-body a[href^=http]', 'content', '::after')).toBe('none');
  await page.getByLabel('검은색만').check();
  expect(await look('.sheet .picture', 'filter')).toBe('grayscale(1)');
});

test('a page of the paper that the reader chose has one sheet, and nothing else', async ({ page, site }, info) => {
  await open(page, site.at('articles/10215/print/'));
  for (const [paper, size] of [['A4', 'A4'], ['Letter', 'letter']] as const) {
    await page.getByLabel('용지').selectOption(paper);
    await expect(page.locator('.sheet-foot').last()).toContainText('2 / 2');
    const printed = await Paper.print(page, info, paper);
    expect([printed.count, printed.size]).toEqual([2, expect.stringContaining(size)]);
    expect(printed.text).not.toContain('글자크기');
  }
});

test('a phone shows the same sheets as a wide window', async ({ page, site }) => {
  await open(page, site.at('articles/10215/print/'));
  const lines = () => page.locator('.sheet > .article-sheet').evaluateAll((all) => all.map((sheet) => sheet.textContent));
  const wide = await lines();
  await page.setViewportSize({ width: 320, height: 640 });
  await page.reload();
  await expect(page.locator('.sheet-foot').last()).toBeVisible();
  expect(await lines()).toEqual(wide);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
});

test('where the sheets can’t be made, the article itself is shown and the print dialog opens', async ({ page, site, complaints }) => {
  complaints.allow(/could not be laid out on sheets/);
  await page.addInitScript(() => void (Range.prototype.extractContents = () => { throw new Error('nothing can be cut'); }));
  await open(page, site.at('articles/10215/print/'));
  await expect.poll(async () => (await printed(page)).length).toBe(1);
  await expect(page.locator('.article-headline')).toBeVisible();
  await expect(page.locator('.sheet')).toHaveCount(0);
});

test('where a translator changes the text on the sheets, the article itself is shown, translated and printed whole', async ({ page, site }, info) => {
  await open(page, site.at('articles/10215/print/'));
  await expect(page.getByRole('status')).toHaveText('2장');
  const translate = (paragraph: Element): void => void (paragraph.innerHTML = `<font><font>${'A translation is longer than the text. '.repeat(200)}The end of it.</font></font>`);
  await page.locator('.sheet .article-body p').first().evaluate(translate);
  await expect(page.locator('.sheet')).toHaveCount(0);
  await page.locator('.article-body p').first().evaluate(translate);
  const printed = await Paper.print(page, info);
  expect(printed.text).toContain('Theendofit.');
  expect(printed.text).toContain('© 해솔신문'.replace(' ', ''));
  // The options are those of the article itself now.
  await page.getByLabel('글자 크기').selectOption('large');
  await expect(page.locator('.article-body font').first()).toBeVisible();
  await expect(page.locator('.sheet')).toHaveCount(0);
});

for (const [app, userAgent, link] of [
  ['KakaoTalk', 'Mozilla/5.0 (Linux; Android 14; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/140.0.0.0 Mobile Safari/537.36;KAKAOTALK 2410800', /^kakaotalk:\/\/web\/openExternal\?url=http%3A%2F%2F127/],
  ['Naver', 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/120.0.0.0 Mobile Safari/537.36 NAVER(inapp; search; 2000; 12.9.1)', /^intent:\/\/127.*\/articles\/10203\/print\/#Intent;scheme=http;end$/],
] as const) {
  test.describe(`the app of ${app}, which can’t print`, () => {
    test.use({ userAgent, viewport: { width: 360, height: 740 } });
    test('shows the sheets, the address, and a way into the reader’s browser, and opens no dialog', async ({ page, site }) => {
      await page.addInitScript(() => (window.print = () => void ((window as any).gisaDialog = true)));
      await open(page, site.at('articles/10203/print/'));
      await expect(page.getByRole('status')).toHaveText('1장');
      await expect(page.getByText('이 앱에서는 인쇄할 수 없습니다.')).toBeVisible();
      await expect(page.getByRole('textbox', { name: '기사 주소' })).toHaveValue(site.at('articles/10203/print/'));
      await expect(page.getByRole('link', { name: '브라우저에서 열기' })).toHaveAttribute('href', link);
      await expect(page.getByRole('button', { name: '인쇄', exact: true })).toHaveCount(0);
      expect(await page.evaluate(() => 'gisaDialog' in window)).toBe(false);
    });
  });
}
