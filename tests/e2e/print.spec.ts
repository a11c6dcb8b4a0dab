/** An article on paper: complete, in order, without what only a screen needs; and when the print dialog opens. */
import {
  demo, expect, Gate, nativeArticle, nativeBackend, open, printed, send, settled, siteJson, svg, test,
  type NativeArticle, type Overlay, type ServeOptions,
} from './support.ts';
import { missingInOrder, Paper, squash, type Format } from './paper.ts';
import { RICH_BODY } from './states.ts';

/** Pictures at `/data/pictures/<n>.svg` that say their number at the top and at the bottom. */
const PICTURES: Overlay = {
  '/data/pictures/*': (request, response) => {
    const number = /(\d+)\.svg/.exec(request.url ?? '')?.[1] ?? '';
    const picture = svg('').replace('</svg>', `<text x="20" y="60" font-size="40">위${number}끝</text><text x="20" y="380" font-size="40">아래${number}끝</text></svg>`);
    send(response, 200, 'image/svg+xml', picture);
  },
};

const figure = (number: number) =>
  `<figure><img src="pictures/${number}.svg" width="600" height="400" alt="그림 ${number}"><figcaption>사진설명 ${number}번이다</figcaption></figure>`;

const invented = (article: NativeArticle): ServeOptions => ({ overlay: { ...nativeBackend([article]), ...PICTURES } });

const ways = [['the article page', ''], ['the print page', 'print/']] as const;

test.describe('the print link', () => {
  test('opens the print layout, which prints once, when every picture is there', async ({ page, start }) => {
    const gate = new Gate();
    const overlay: Overlay = {};
    for (const name of ['bridge', 'construction', 'ferry', 'lighthouse']) overlay[`/data/images/${name}.svg`] = gate.before(svg(name), 'image/svg+xml');
    const site = await start({ overlay });
    await open(page, site.at('articles/10203/'));
    await page.getByRole('link', { name: '인쇄' }).click();
    await expect(page).toHaveURL(site.at('articles/10203/print/'));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(demo('data/articles/10203.json').headline);
    await expect.poll(() => site.count('/data/images/lighthouse.svg')).toBeGreaterThan(0);
    expect(await printed(page)).toEqual([]);
    gate.open();
    await expect.poll(async () => (await printed(page)).length).toBe(1);
    const { pictures } = (await printed(page))[0]!;
    expect(pictures.map((picture) => picture.source.split('/').at(-1))).toEqual(['bridge.svg', 'construction.svg', 'ferry.svg', 'lighthouse.svg']);
    expect(pictures.filter((picture) => !picture.arrived)).toEqual([]);
  });

  test('shows on the screen what will be on paper, with a way back', async ({ page, site }) => {
    await open(page, site.at('articles/10203/'));
    await page.getByRole('link', { name: '인쇄' }).click();
    await expect(page.locator('.print-preview')).toBeVisible();
    await expect(page.locator('.paper-masthead')).toBeVisible();
    await expect(page.locator('.embed-address')).toHaveText('https://www.google.com/maps/embed?pb=haesol');
    for (const selector of ['.site-header', '.sidebar', '.site-footer', '.article-tools', '.neighbours', '.embed button']) {
      await expect(page.locator(selector).filter({ visible: true }), selector).toHaveCount(0);
    }
    await page.getByRole('link', { name: '기사로 돌아가기' }).click();
    await expect(page).toHaveURL(site.at('articles/10203/'));
    await expect(page.locator('.article-tools')).toBeVisible();
    await expect(page.getByRole('navigation', { name: '섹션' })).toBeVisible();
  });

  test('is not followed again by Back and Forward: the dialog opens once', async ({ page, site }) => {
    await open(page, site.at('articles/10203/'));
    await page.getByRole('link', { name: '인쇄' }).click();
    await expect.poll(async () => (await printed(page)).length).toBe(1);
    await page.goBack();
    await expect(page.locator('.article-tools')).toBeVisible();
    await page.goForward();
    await expect(page.locator('.print-preview')).toBeVisible();
    await settled(page);
    // The button's dialog is the second: had Forward opened one, it would be the third.
    await page.getByRole('button', { name: '인쇄' }).click();
    await expect.poll(async () => (await printed(page)).length).toBeGreaterThan(1);
    expect((await printed(page)).length).toBe(2);
    await page.getByRole('link', { name: '기사로 돌아가기' }).click();
    await expect(page.locator('.article-tools')).toBeVisible();
    await page.goBack();
    await expect(page.locator('.print-preview')).toBeVisible();
    await page.getByRole('button', { name: '인쇄' }).click();
    await expect.poll(async () => (await printed(page)).length).toBeGreaterThan(2);
    expect((await printed(page)).length).toBe(3);
  });

  test('prints when its address is opened by itself, when every picture is there', async ({ page, start }) => {
    const gate = new Gate();
    const site = await start({ overlay: { '/data/images/lighthouse.svg': gate.before(svg('lighthouse'), 'image/svg+xml') } });
    await page.goto(site.at('articles/10203/print/'));
    await settled(page);
    await expect.poll(() => site.count('/data/images/lighthouse.svg')).toBe(1);
    gate.open();
    await expect.poll(async () => (await printed(page)).length).toBe(1);
    const { pictures } = (await printed(page))[0]!;
    expect(pictures.map((picture) => picture.arrived)).toEqual([true, true, true, true]);
  });

  test('prints without a picture that is broken', async ({ page, start, complaints }) => {
    complaints.allow(/the server responded with a status of/);
    const site = await start({ overlay: { '/data/images/ferry.svg': (_, response) => send(response, 404, 'text/plain', '') } });
    await open(page, site.at('articles/10203/print/'));
    await expect.poll(async () => (await printed(page)).length).toBe(1);
    const { pictures } = (await printed(page))[0]!;
    // What stands in for it may be there already.
    const shown = pictures.filter((picture) => picture.arrived && !picture.source.startsWith('data:'));
    expect(pictures).toHaveLength(4);
    expect(shown.map((picture) => picture.source.split('/').at(-1))).toEqual(['bridge.svg', 'construction.svg', 'lighthouse.svg']);
  });

  test('prints an article without pictures', async ({ page, site }) => {
    await open(page, site.at('articles/10206/print/'));
    await expect.poll(async () => (await printed(page)).length).toBe(1);
  });

  test('does not print where the reader left before the pictures came', async ({ page, start }) => {
    const gate = new Gate();
    const site = await start({ overlay: { '/data/images/bridge.svg': gate.before(svg('bridge'), 'image/svg+xml') } });
    await open(page, site.at('articles/10202/'));
    await page.goto(site.at('articles/10203/print/'));
    await expect(page.locator('.print-preview')).toBeVisible();
    await expect.poll(() => site.count('/data/images/bridge.svg')).toBe(1);
    await page.getByRole('link', { name: '기사로 돌아가기' }).click();
    await expect(page.locator('.article-tools')).toBeVisible();
    gate.open();
    await expect.poll(() => page.locator('.article-body img').first().evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
    // Pictures decode in order; a print that waited for this one would come within the next frames.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    expect(await printed(page)).toEqual([]);
  });
});

test.describe('Ctrl+P on an article', () => {
  const lazy = nativeArticle(1, { articleBody: Array.from({ length: 40 }, (_, index) => `<p>문단</p>${figure(index + 1)}`).join('') });

  test('loads the pictures that were not needed yet, then prints once', async ({ page, start }) => {
    const site = await start(invented(lazy));
    await open(page, site.at('articles/a1/'));
    expect(site.count(/\/pictures\//), 'some pictures are still to come').toBeLessThan(40);
    await page.keyboard.press('Control+p');
    await expect.poll(async () => (await printed(page)).length).toBe(1);
    const { pictures } = (await printed(page))[0]!;
    expect(pictures.length).toBe(40);
    expect(pictures.filter((picture) => !picture.arrived)).toEqual([]);
  });

  for (const [name, key] of [['a Korean keyboard', 'ㅔ'], ['Caps Lock', 'P']] as const) {
    test(`works with ${name}`, async ({ page, start }) => {
      const site = await start(invented(lazy));
      await open(page, site.at('articles/a1/'));
      const cancelled = await page.evaluate((key) => {
        const press = new KeyboardEvent('keydown', { key, code: 'KeyP', ctrlKey: true, bubbles: true, cancelable: true });
        return !document.body.dispatchEvent(press);
      }, key);
      expect(cancelled).toBe(true);
      await expect.poll(async () => (await printed(page)).length).toBe(1);
    });
  }

  test('is left to the browser on other pages, and so are other keys on an article', async ({ page, site }) => {
    const cancelled = (init: KeyboardEventInit) =>
      page.evaluate((init) => !document.body.dispatchEvent(new KeyboardEvent('keydown', { ...init, bubbles: true, cancelable: true })), init);
    await open(page, site.at('sections/sahoe/'));
    expect(await cancelled({ key: 'p', code: 'KeyP', ctrlKey: true })).toBe(false);
    await open(page, site.at('articles/10203/'));
    expect(await cancelled({ key: 'p', code: 'KeyP' })).toBe(false);
    expect(await cancelled({ key: 'f', code: 'KeyF', ctrlKey: true })).toBe(false);
    expect(await printed(page)).toEqual([]);
  });
});

test.describe('without the program', () => {
  const lazy = nativeArticle(1, { articleBody: Array.from({ length: 40 }, (_, index) => `<p>문단</p>${figure(index + 1)}`).join('') });

  test('Ctrl+P on an article still waits for its pictures and prints once', async ({ page, start, complaints }) => {
    complaints.allow(/the program ended/);
    const served = await start(invented(lazy));
    await page.goto(served.at('articles/a1/'));
    await page.waitForSelector('html[data-awake]', { state: 'attached' });
    // The page is not written, so its article comes after the program.
    await expect(page.locator('.article-body img')).toHaveCount(40);
    // As a trap does it.
    await page.evaluate(() => dispatchEvent(new ErrorEvent('error', { error: new WebAssembly.RuntimeError('unreachable') })));
    await expect(page.locator('html')).not.toHaveAttribute('data-awake');
    await page.keyboard.press('Control+p');
    await expect.poll(async () => (await printed(page)).length).toBe(1);
    const { pictures } = (await printed(page))[0]!;
    expect(pictures.length).toBe(40);
    expect(pictures.filter((picture) => !picture.arrived)).toEqual([]);
  });
});

test.describe('on paper', () => {
  test('an article has two columns, and a publisher’s style sheet can’t colour the paper', async ({ page, start }, info) => {
    const theme = ':root { --paper: #321 !important; --ink: #fed } body, .article-sheet { background: #321; color: #fed } .article-body p { color: #fed !important }';
    const site = await start({ overlay: { '/theme.css': theme } });
    await open(page, site.at('articles/10203/'));
    await page.emulateMedia({ media: 'print' });
    const looks = await page.locator('.article-body p').first().evaluate((element) => {
      const sheet = getComputedStyle(element.closest('.article-sheet')!);
      return [sheet.columnCount, sheet.backgroundColor, getComputedStyle(element).color, getComputedStyle(document.body).backgroundColor];
    });
    expect(looks).toEqual(['2', 'rgb(255, 255, 255)', 'rgb(0, 0, 0)', 'rgba(0, 0, 0, 0)']);
    await page.emulateMedia({ media: null });
    const paper = await Paper.print(page, info);
    expect(paper.corner).toBeGreaterThan(250);
    expect(Math.max(...paper.ink)).toBeLessThan(0.6);
    // The foot of each sheet: newspaper, date, page of pages, address.
    for (const part of ['해솔신문·2026-11-04', '1/1', 'haesol.example/articles/10203/']) {
      expect(paper.margins.filter((margin) => !squash(margin).includes(part)), part).toEqual([]);
    }
  });

  const SCREEN_ONLY = [
    '본문으로 건너뛰기', '오피니언', '검색', '많이 본 뉴스', 'TOP TODAY', '포토뉴스', '광고', '게시물이 없습니다', '더보기', '기사 메일전송', '인쇄',
    '기사수정', '추천', '목록 바로가기', '이전 기사', '다음 기사', '다른 기사', '여기서 보기', '새 창에서 열기', '기사로 돌아가기', '읽는 시간', 'PC 버전',
    '모바일 버전', '발행인 문해든', '개인정보처리방침', '굴축제',
  ];

  for (const format of ['A4', 'Letter'] as Format[]) {
    for (const [name, path] of ways) {
      test(`${format} from ${name} has the whole article in order, and nothing of the screen`, async ({ page, site }, info) => {
        const article = demo('data/articles/10203.json');
        await open(page, site.at(`articles/10203/${path}`));
        const blocks = await page.locator('.article-body :is(p, h2, figcaption)').evaluateAll((blocks) =>
          blocks.filter((block) => !block.closest('.embed')).map((block) => block.textContent ?? ''));
        const paper = await Paper.print(page, info, format);
        expect(paper.size).toContain(format === 'A4' ? 'A4' : 'letter');
        expect(blocks.length).toBeGreaterThan(10);
        expect(missingInOrder(paper.text, [
          '해솔신문', '군정·의회', article.headline, ...article.alternativeHeadline, '윤가람 기자', '등록 2026-11-04 07:30:00', '수정 2026-11-06 18:20:14',
          ...blocks, 'https://haesol.example/articles/10203/', siteJson().footer.copyright,
        ])).toEqual([]);
        expect(missingInOrder(paper.text, ['여울대교 공사 구간 지도', 'https://www.google.com/maps/embed?pb=haesol'])).toEqual([]);
        expect(SCREEN_ONLY.filter((words) => paper.text.includes(squash(words)))).toEqual([]);
        expect(paper.feet).toEqual(paper.feet.map((_, index) => `${index + 1} / ${paper.count}`));
        expect(paper.ink.filter((share) => share < 0.002)).toEqual([]);
      });
    }
  }

  for (const [name, path] of ways) {
    test(`every element of a body comes out from ${name}: lists, quotations, tables, notes of the links`, async ({ page, start }, info) => {
      const article = nativeArticle(1, { articleBody: RICH_BODY });
      const site = await start({ overlay: nativeBackend([article]) });
      await open(page, site.at(`articles/a1/${path}`));
      const paper = await Paper.print(page, info);
      expect(missingInOrder(paper.text, [
        '굵은 글씨', '기울인 글씨', '보고서 링크[1]', '가운데 제목', '하나', '둘의 하나', '첫째', '둘째', '낱말', '뜻풀이', '옮긴 말이다.', '말한 사람',
        '작은 제목', '표의 제목', '글자 그대로', '다리 사진 설명', '여객선 사진 설명', '바다 영상', 'https://www.youtube.com/embed/abc',
        '둘째 링크[2]', '본문 속 링크', 'https://example.org/report', 'https://example.org/second', 'https://haesol.example/articles/a1/',
      ])).toEqual([]);
      for (const cell of ['가', '나', '1', '2']) expect(paper.pages.join('\n').split(/\s+/)).toContain(cell);
      expect(paper.ink.filter((share) => share < 0.002)).toEqual([]);
    });
  }

  test('a link to another article of the newspaper is noted with its public address', async ({ page, site }, info) => {
    await open(page, site.at('articles/10201/print/'));
    const paper = await Paper.print(page, info);
    expect(missingInOrder(paper.text, ['다음 달 시작하는 버스 노선 개편[1]', '본문 속 링크', 'https://haesol.example/articles/10204/', 'https://example.org/haesol/budget-2027'])).toEqual([]);
    expect(paper.text).not.toContain('127.0.0.1');
  });

  test('has as many pages from the article page as from the print page', async ({ page, site }, info) => {
    test.slow();
    for (const id of ['10203', '10201', '10215', '10206']) {
      const counts: number[] = [];
      for (const [, path] of ways) {
        await open(page, site.at(`articles/${id}/${path}`));
        counts.push((await Paper.print(page, info)).count);
      }
      expect(counts[0], `article ${id}`).toBe(counts[1]);
    }
  });

  test('no heading is the last of its page', async ({ page, start }, info) => {
    test.slow();
    // Chapters of different lengths, so that headings come to every height of a page.
    const chapter = (number: number) =>
      `<h2>소제목${number}째</h2><p>${'이 문단은 길이가 저마다 다르다. '.repeat(3 + ((number * 7) % 11))}</p><p>${'다음 문단이다. '.repeat(2 + ((number * 5) % 9))}</p>`;
    const body = Array.from({ length: 60 }, (_, index) => chapter(index + 1)).join('');
    const site = await start(invented(nativeArticle(1, { articleBody: body })));
    for (const format of ['A4', 'Letter'] as Format[]) {
      await open(page, site.at('articles/a1/print/'));
      const paper = await Paper.print(page, info, format);
      expect(paper.count).toBeGreaterThan(5);
      expect(missingInOrder(paper.text, Array.from({ length: 60 }, (_, index) => `소제목${index + 1}째`))).toEqual([]);
      const lastLines = paper.pages.map((text) => text.trim().split('\n').at(-1) ?? '');
      expect(lastLines.filter((line) => line.startsWith('소제목'))).toEqual([]);
    }
  });

  for (const [name, path] of ways) {
    test(`no figure is cut in two or parted from its caption, from ${name}`, async ({ page, start }, info) => {
      test.slow();
      const part = (number: number) => `<p>${'글이 이어진다. '.repeat(2 + ((number * 7) % 13))}</p>${figure(number)}`;
      const numbers = Array.from({ length: 24 }, (_, index) => index + 1);
      const gallery = `<figure class="gallery">${[25, 26, 27, 28, 29].map(figure).join('')}</figure>`;
      const site = await start(invented(nativeArticle(1, { articleBody: numbers.map(part).join('') + gallery })));
      await open(page, site.at(`articles/a1/${path}`));
      if (!path) await page.keyboard.press('Control+p');
      await expect.poll(async () => (await printed(page)).length).toBe(1);
      const paper = await Paper.print(page, info);
      const pages = paper.pages.map(squash);
      const where = (words: string) => pages.flatMap((text, index) => (text.includes(words) ? [index + 1] : []));
      for (const number of [...numbers, 25, 26, 27, 28, 29]) {
        const [top, bottom, caption] = [where(`위${number}끝`), where(`아래${number}끝`), where(`사진설명${number}번이다`)];
        expect(top, `picture ${number} is on one page`).toHaveLength(1);
        expect([bottom, caption], `picture ${number} and its caption`).toEqual([top, top]);
      }
    });

    test(`a long article of 60 paragraphs and 200 pictures comes out whole, from ${name}`, async ({ page, start }, info) => {
      test.slow();
      const body = Array.from({ length: 60 }, (_, index) => {
        const pictures = Array.from({ length: index < 20 ? 4 : 3 }, (_, offset) => (index < 20 ? index * 4 + offset : 80 + (index - 20) * 3 + offset) + 1);
        return `<p>문단${index + 1}의 처음. ${'긴 글이 이어진다. '.repeat(12)}문단${index + 1}의 끝.</p>${pictures.map(figure).join('')}`;
      }).join('');
      const site = await start(invented(nativeArticle(1, { articleBody: body })));
      await open(page, site.at(`articles/a1/${path}`));
      if (!path) await page.keyboard.press('Control+p');
      await expect.poll(async () => (await printed(page)).length, { timeout: 20_000 }).toBe(1);
      const { pictures } = (await printed(page))[0]!;
      expect(pictures.length).toBe(200);
      expect(pictures.filter((picture) => !picture.arrived)).toEqual([]);
      const paper = await Paper.print(page, info);
      const paragraphs = Array.from({ length: 60 }, (_, index) => [`문단${index + 1}의 처음.`, `문단${index + 1}의 끝.`]).flat();
      expect(missingInOrder(paper.text, paragraphs)).toEqual([]);
      const numbers = Array.from({ length: 200 }, (_, index) => index + 1);
      expect(numbers.filter((number) => !paper.text.includes(`위${number}끝`) || !paper.text.includes(`사진설명${number}번이다`))).toEqual([]);
      expect(paper.feet).toEqual(paper.feet.map((_, index) => `${index + 1} / ${paper.count}`));
      expect(paper.ink.filter((share) => share < 0.002)).toEqual([]);
    });
  }

  test('the menu’s command, which waits for nothing, at least starts the pictures that were not needed yet', async ({ page, start }, info) => {
    const numbers = Array.from({ length: 40 }, (_, index) => index + 1);
    const site = await start(invented(nativeArticle(1, { articleBody: numbers.map((number) => `<p>문단</p>${figure(number)}`).join('') })));
    await open(page, site.at('articles/a1/'));
    expect(site.count(/\/pictures\//)).toBeLessThan(40);
    await Paper.print(page, info);
    const arrived = () => page.locator('.article-body img').evaluateAll((all: HTMLImageElement[]) => all.filter((image) => image.naturalWidth > 0).length);
    await expect.poll(arrived).toBe(40);
    const second = await Paper.print(page, info);
    expect(numbers.filter((number) => !second.text.includes(`위${number}끝`))).toEqual([]);
  });

  test('a reader in the dark gets white paper', async ({ page, site }, info) => {
    await page.emulateMedia({ colorScheme: 'dark' });
    for (const path of ['articles/10203/', 'articles/10203/print/', '']) {
      await open(page, site.at(path));
      const paper = await Paper.print(page, info);
      expect(paper.corner, path).toBeGreaterThan(250);
      expect(Math.max(...paper.ink), path).toBeLessThan(0.6);
    }
  });

  test('a shown embed is its address, too', async ({ page, site, complaints }, info) => {
    complaints.allow(/ERR_NAME_NOT_RESOLVED|Failed to load resource/);
    await open(page, site.at('articles/10203/'));
    await page.getByRole('button', { name: '여기서 보기' }).click();
    await expect(page.locator('iframe')).toBeVisible();
    const paper = await Paper.print(page, info);
    expect(paper.text).toContain('https://www.google.com/maps/embed?pb=haesol');
    expect(paper.ink.filter((share) => share < 0.002)).toEqual([]);
  });

  test('a wide table is on the paper with every column', async ({ page, start }, info) => {
    const columns = Array.from({ length: 14 }, (_, index) => `열${index + 1}번`);
    const rows = Array.from({ length: 60 }, (_, row) => `<tr>${columns.map((_, column) => `<td>${row + 1}행${column + 1}</td>`).join('')}</tr>`).join('');
    const body = `<table><thead><tr>${columns.map((name) => `<th scope="col">${name}</th>`).join('')}</tr></thead><tbody>${rows}</tbody></table>`;
    const site = await start(invented(nativeArticle(1, { articleBody: body })));
    await open(page, site.at('articles/a1/'));
    const paper = await Paper.print(page, info);
    expect(columns.filter((name) => !paper.text.includes(name))).toEqual([]);
    for (const row of [1, 30, 60]) expect(paper.text).toContain(`${row}행14`);
    // The header row stands again at the top of each page of the table.
    expect(paper.count).toBeGreaterThan(1);
    expect(paper.pages.filter((text) => /\d행\d/.test(squash(text)) && !squash(text).includes('열1번'))).toEqual([]);
  });

  test('lists print without blank pages', async ({ page, site }, info) => {
    for (const path of ['', 'sections/sahoe/', 'ranking/', 'photos/']) {
      await open(page, site.at(path));
      const paper = await Paper.print(page, info);
      expect(paper.ink.filter((share) => share < 0.002), path).toEqual([]);
      expect(paper.feet.at(-1), path).toBe(`${paper.count} / ${paper.count}`);
    }
  });

  test('an English newspaper prints in English', async ({ page, start }, info) => {
    const site = await start({ overlay: { '/site.json': siteJson({ locale: 'en', timeZone: 'America/New_York' }) } });
    await open(page, site.at('articles/10201/print/'));
    const paper = await Paper.print(page, info);
    expect(missingInOrder(paper.text, ['Published 20 November 2026, 03:42', 'Links in the text', 'https://example.org/haesol/budget-2027', 'Source:'])).toEqual([]);
    expect(paper.text).not.toContain('minread');
  });
});
