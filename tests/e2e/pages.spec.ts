/** What each page shows, and what a reader can do on it. */
import {
  demo, expect, Gate, idle, nativeArticle, nativeArticles, nativeBackend, nativeList, open, printed, send, settled, siteJson, svg, test,
  type Page, type Server,
} from './support.ts';

const ARTICLE = 'articles/10203/';
const article = demo('data/articles/10203.json');
const STATUS_ERROR = /the server responded with a status of/;

/** The settings of a newspaper whose editors choose nothing for the front page. */
const withoutFront = () => ({ ...siteJson(), backend: { ...siteJson().backend, mapping: { resources: { front: null } } } });

test.describe('the front page', () => {
  test('without editors, opens with the newest article that has a picture, and lists the latest under it', async ({ page, start }) => {
    const site = await start({ overlay: { '/site.json': withoutFront() } });
    await open(page, site.url);
    await test.step('opens with the newest article that has a picture', async () => {
      const newest = demo('data/latest/1.json').items.find((item: any) => item.image);
      const lead = page.locator('.lead-story');
      await expect(lead.getByRole('heading', { level: 2 })).toHaveText(newest.headline);
      await expect(lead.getByRole('link', { name: newest.headline })).toHaveAttribute('href', `/articles/${newest.id}/`);
      await expect(lead.locator('.lead-story-beginning')).toHaveText(newest.description);
      await expect(lead.getByRole('listitem')).toHaveText(newest.alternativeHeadline);
      await expect(lead.getByRole('img', { name: newest.image.alternateName })).toHaveJSProperty('complete', true);
      await expect(lead.locator('time')).toHaveAttribute('datetime', newest.datePublished);
    });
    await test.step('lists the latest articles under the lead story, newest first, without repeating it', async () => {
      const latest = page.getByRole('region', { name: '최신 기사' });
      const items: any[] = demo('data/latest/1.json').items;
      const lead = items.find((item) => item.image);
      const expected = items.filter((item) => item !== lead).slice(0, 8).map((item) => item.headline);
      await expect(latest.getByRole('heading', { level: 3 })).toHaveText(expected);
    });
  });

  test('has the newspaper’s name and the date, and the beginning of each section', async ({ page, site }) => {
    // The first of January in Seoul, still the last of December in the reader's New York.
    await page.clock.setFixedTime(new Date('2026-12-31T20:00:00Z'));
    await open(page, site.url);
    await test.step('shows the beginning of each of the six sections in the order of site.json, without what stands above', async () => {
      const sections = siteJson().sections;
      const headings = page.locator('.front-section').getByRole('heading', { level: 2 });
      await expect(headings).toHaveText(sections.map((section: any) => section.name));
      const above = page.locator(':is(.lead-story, .front-stories, .latest) :is(h2, h3) a');
      const shown = new Set(await above.evaluateAll((links) => links.map((link) => link.textContent)));
      for (const { slug, name } of sections) {
        const section = page.getByRole('region', { name, exact: true });
        const headlines = demo(`data/sections/${slug}/1.json`).items.map((item: any) => item.headline);
        const expected = headlines.filter((headline: string) => !shown.has(headline)).slice(0, 4);
        expected.forEach((headline: string) => shown.add(headline));
        await expect(section.getByRole('heading', { level: 3 })).toHaveText(expected);
        await expect(section.getByRole('link', { name: `${name} 더보기` })).toHaveAttribute('href', `/sections/${slug}/`);
      }
    });
    await test.step('has the newspaper’s name, its line and the date where the newspaper is', async () => {
      await expect(page.locator('.masthead-name')).toHaveText('해솔신문');
      await expect(page.locator('.masthead-name a')).toHaveAttribute('href', '/');
      await expect(page.locator('.masthead-description')).toHaveText('해솔군의 오늘을 기록합니다');
      await expect(page.locator('.masthead-date')).toHaveText('2027년 1월 1일 금요일');
    });
  });

  test('leaves out sections that site.json keeps from it, but not from the navigation', async ({ page, start }) => {
    const sections = siteJson().sections.map((section: any) => (section.slug === 'opinion' ? { ...section, front: false } : section));
    const site = await start({ overlay: { '/site.json': siteJson({ sections }) } });
    await open(page, site.url);
    await expect(page.locator('.front-section')).toHaveCount(5);
    await expect(page.getByRole('navigation', { name: '섹션' }).getByRole('link', { name: '오피니언' })).toBeVisible();
  });

  test('leads with text where no article has a picture', async ({ page, start }) => {
    const site = await start({ overlay: nativeBackend(nativeArticles(3)) });
    await open(page, site.url);
    await expect(page.locator('.lead-story-headline')).toHaveText('지어낸 기사 3');
    await expect(page.locator('.lead-story img')).toHaveCount(0);
  });
});

test.describe('an article', () => {
  test('has its parts, in words and markup that say what they are', async ({ page, site }) => {
    await open(page, site.at(ARTICLE));
    await test.step('has the headline as its h1, the section, the subheads as a list and the reporter', async () => {
      const main = page.getByRole('main');
      await expect(main.getByRole('heading', { level: 1 })).toHaveText(article.headline);
      await expect(main.locator('.article-section a')).toHaveText('군정·의회');
      await expect(main.locator('.article-section a')).toHaveAttribute('href', '/sections/gunjeong/');
      await expect(main.getByRole('list', { name: '부제' }).getByRole('listitem')).toHaveText(article.alternativeHeadline);
      await expect(main.locator('.article-authors li')).toHaveText(['윤가람 기자']);
    });
    await test.step('says when it was registered and modified, in the newspaper’s time zone', async () => {
      const dates = page.locator('.article-dates li');
      await expect(dates.nth(0)).toHaveText('등록 2026-11-04 07:30:00');
      await expect(dates.nth(0).locator('time')).toHaveAttribute('datetime', '2026-11-04T07:30:00+09:00');
      await expect(dates.nth(1)).toHaveText('수정 2026-11-06 18:20:14');
      await expect(dates.nth(1).locator('time')).toHaveAttribute('datetime', '2026-11-06T18:20:14+09:00');
    });
    await test.step('shows every paragraph of the body and its subheadings in order', async () => {
      const expected = await page.evaluate((html) => {
        const body = new DOMParser().parseFromString(html, 'text/html').body;
        const blocks = [...body.querySelectorAll('p, h2, figcaption')].map((block) => block.textContent?.trim() ?? '');
        return blocks.filter((text) => text !== '');
      }, article.articleBody);
      const shown = await page.locator('.article-body').locator(':is(p, h2, figcaption):not(.embed p)').allInnerTexts();
      expect(expected.length).toBeGreaterThan(10);
      expect(shown.map((text) => text.trim())).toEqual(expected);
    });
    await test.step('shows pictures as figures with caption and credit, their places kept', async () => {
      const gallery = page.locator('.article-body figure figure');
      await expect(gallery).toHaveCount(4);
      await expect(gallery.first().locator('figcaption')).toHaveText('① 상판이 이어지지 않은 여울대교. 왼쪽이 해솔읍 쪽이다.');
      const picture = gallery.first().getByRole('img', { name: '바다 위로 주탑이 올라간 공사 중인 여울대교' });
      await expect(picture).toHaveAttribute('width', '1200');
      await expect(picture).toHaveAttribute('height', '800');
      await gallery.last().scrollIntoViewIfNeeded();
      await expect.poll(() => page.locator('.article-body img').evaluateAll((all: HTMLImageElement[]) => all.map((image) => image.naturalWidth > 0)))
        .toEqual([true, true, true, true]);
    });
    await test.step('does not repeat the lead picture that its body shows', async () => {
      await expect(page.locator('.article-sheet img[src$="bridge.svg"]')).toHaveCount(1);
    });
    await test.step('opens the mail program with headline and public address', async () => {
      const href = await page.getByRole('link', { name: '기사 메일전송' }).getAttribute('href');
      const mail = new URL(href ?? '');
      expect(mail.protocol).toBe('mailto:');
      // A mail program takes a plus sign for a plus sign: spaces must be %20.
      expect(href).not.toContain('+');
      expect(mail.searchParams.get('subject')).toBe(article.headline);
      expect(mail.searchParams.get('body')).toContain('https://haesol.example/articles/10203/');
    });
    await test.step('has a print link that ends in /print/', async () => {
      await expect(page.getByRole('link', { name: '인쇄' })).toHaveAttribute('href', '/articles/10203/print/');
    });
    await test.step('suggests related articles, never itself', async () => {
      const related = page.getByRole('region', { name: '관련기사' });
      const expected = demo('data/related/10203.json').items;
      await expect(related.getByRole('heading', { level: 3 })).toHaveText(expected.map((item: any) => item.headline));
      expect(expected.map((item: any) => item.id)).not.toContain('10203');
    });
  });

  test('that was not modified has one date, and its lead picture where its body does not show it', async ({ page, site }) => {
    await open(page, site.at('articles/10202/'));
    await test.step('has no modified date where it was not modified', async () => {
      await expect(page.locator('.article-dates')).toContainText('등록');
      await expect(page.locator('.article-dates')).not.toContainText('수정');
    });
    await test.step('shows its lead picture, caption and credit above the body where the body does not show it', async () => {
      const other = demo('data/articles/10202.json');
      const figure = page.locator('.article-sheet > figure');
      await expect(figure.getByRole('img', { name: other.image.alternateName })).toBeVisible();
      await expect(figure.locator('figcaption')).toContainText(other.image.caption);
      await expect(figure.locator('.figure-credit')).toHaveText(other.image.creditText);
      const below = await figure.evaluate((element) => element.nextElementSibling?.className);
      expect(below).toBe('article-body');
    });
  });

  test('links the reporter to the other articles where the backend has them', async ({ page, start }) => {
    const author = [{ name: '윤가람', jobTitle: '기자', url: 'https://haesol.example/reporters/yun/' }];
    const site = await start({ overlay: { '/data/articles/10203.json': { ...article, author } } });
    await open(page, site.at(ARTICLE));
    const link = page.locator('.article-byline').getByRole('link', { name: '윤가람 기자' });
    await expect(link).toHaveAttribute('href', 'https://haesol.example/reporters/yun/');
    await expect(link).toHaveAttribute('rel', /\bauthor\b/);
  });

  test('shows a table with its caption and header cells', async ({ page, site }) => {
    await open(page, site.at('articles/10201/'));
    const table = page.getByRole('table', { name: '2027년도 해솔군 본예산안 (단위: 억원)' });
    await expect(table.getByRole('columnheader', { name: '구분' })).toHaveAttribute('colspan', '2');
    await expect(table.getByRole('row', { name: /국토·지역개발/ })).toContainText('486');
  });

  test('fetches an embed only when the reader asks for it, and moves the focus into it', async ({ page, site, complaints }) => {
    complaints.allow(/ERR_NAME_NOT_RESOLVED|Failed to load resource/);
    const foreign: string[] = [];
    page.on('request', (request) => request.url().startsWith(site.url) || request.url().startsWith('data:') || foreign.push(request.url()));
    await open(page, site.at(ARTICLE));
    const embed = page.locator('.embed');
    await expect(embed).toContainText('여울대교 공사 구간 지도');
    await expect(embed).toContainText('www.google.com');
    await expect(page.locator('iframe')).toHaveCount(0);
    await expect(embed.getByRole('link', { name: '새 창에서 열기' })).toHaveAttribute('href', 'https://www.google.com/maps/embed?pb=haesol');
    expect(foreign).toEqual([]);
    await embed.getByRole('button', { name: '여기서 보기' }).click();
    await expect(page.locator('iframe')).toHaveAttribute('src', 'https://www.google.com/maps/embed?pb=haesol');
    await expect(page.locator('iframe')).toHaveAttribute('title', /여울대교 공사 구간 지도/);
    await expect.poll(() => foreign).toEqual(['https://www.google.com/maps/embed?pb=haesol']);
    await expect(page.locator('.embed-frame')).toBeFocused();
  });

  test('links to a frame of a host that site.json does not name', async ({ page, start }) => {
    const articleBody = '<p>앞 문단</p><iframe src="https://maps.example/1" title="지도"></iframe>';
    const site = await start({ overlay: { '/data/articles/10203.json': { ...article, articleBody } } });
    await open(page, site.at(ARTICLE));
    await expect(page.locator('.embed')).toHaveCount(0);
    await expect(page.locator('.article-body').getByRole('link', { name: '지도' })).toHaveAttribute('href', 'https://maps.example/1');
  });

  test('goes to a footnote and back within the page', async ({ page, start }) => {
    const articleBody = '<p>본문<sup><a href="#n1" id="r1">1</a></sup></p>' + '<p>문단</p>'.repeat(80) + '<ol><li id="n1">각주 <a href="#r1">↩</a></li></ol>';
    const site = await start({ overlay: { '/data/articles/10203.json': { ...article, articleBody } } });
    await open(page, site.at(ARTICLE));
    await page.locator('#note-r1').click();
    await expect(page.locator('#note-n1')).toBeInViewport();
    await page.locator('#note-n1').getByRole('link').click();
    await expect(page.locator('#note-r1')).toBeInViewport();
  });

  test('opens at the footnote that its address names', async ({ page, start }) => {
    const articleBody = '<p>본문<sup><a href="#n1">1</a></sup></p>' + '<p>문단</p>'.repeat(80) + '<ol><li id="n1">각주</li></ol>';
    const site = await start({ overlay: { '/data/articles/10203.json': { ...article, articleBody } } });
    await open(page, site.at(`${ARTICLE}#note-n1`));
    await expect(page.locator('#note-n1')).toBeInViewport();
  });

  test('goes back from a footnote to the place in the text', async ({ page, start }) => {
    const articleBody = '<p>앞</p>'.repeat(40) + '<p>본문<sup><a href="#n1">1</a></sup></p>' + '<p>문단</p>'.repeat(80) + '<ol><li id="n1">각주</li></ol>';
    const site = await start({ overlay: { '/data/articles/10203.json': { ...article, articleBody } } });
    await open(page, site.at(ARTICLE));
    const mark = page.locator('.article-body sup a');
    await mark.click();
    await expect(page.locator('#note-n1')).toBeInViewport();
    await page.goBack();
    await expect(mark).toBeInViewport();
    await expect(page).toHaveURL(site.at(ARTICLE));
  });

  test('leads to the backend’s mail form where one is configured', async ({ page, start }) => {
    const site = await start({ overlay: { '/site.json': siteJson({ tools: { mail: 'https://cms.example/mail?id={id}' } }) } });
    await open(page, site.at(ARTICLE));
    await expect(page.getByRole('link', { name: '기사 메일전송' })).toHaveAttribute('href', 'https://cms.example/mail?id=10203');
  });

  test('has an edit link only where site.json sets one', async ({ page, site, start }) => {
    await open(page, site.at(ARTICLE));
    await expect(page.getByRole('link', { name: '인쇄' })).toBeVisible();
    await expect(page.getByRole('link', { name: '기사수정' })).toHaveCount(0);
    const withEdit = await start({ overlay: { '/site.json': siteJson({ tools: { edit: 'https://cms.example/edit/{id}' } }) } });
    await open(page, withEdit.at(ARTICLE));
    await expect(page.getByRole('link', { name: '기사수정' })).toHaveAttribute('href', 'https://cms.example/edit/10203');
  });

  test('leads to its section’s list', async ({ page, site }) => {
    await open(page, site.at(ARTICLE));
    await page.getByRole('link', { name: '목록 바로가기' }).click();
    await expect(page).toHaveURL(site.at('sections/gunjeong/'));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('군정·의회');
  });

  test('names the previous and the next article with their headlines', async ({ page, site }) => {
    await open(page, site.at(ARTICLE));
    const neighbours = page.getByRole('navigation', { name: '이전 기사와 다음 기사' });
    const previous = neighbours.locator('a[rel~=prev]');
    const next = neighbours.locator('a[rel~=next]');
    await expect(previous).toContainText('이전 기사 보기');
    await expect(previous).toContainText('군청 민원실, 화요일엔 밤 8시까지 엽니다');
    await expect(previous).toHaveAttribute('href', '/articles/10206/');
    await expect(next).toContainText('다음 기사 보기');
    await expect(next).toContainText('올해 해솔이 네 번째로 많이 빌린 책은 딸기 농사 책');
    await next.click();
    await expect(page).toHaveURL(site.at('articles/10225/'));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^올해 해솔이 네 번째로/);
  });

  test('has only one neighbour at either end of the newspaper', async ({ page, start }) => {
    const site = await start({ overlay: nativeBackend(nativeArticles(3)) });
    await open(page, site.at('articles/a3/'));
    await expect(page.locator('.neighbours a')).toHaveCount(1);
    await expect(page.locator('a[rel~=prev]')).toContainText('지어낸 기사 2');
    await open(page, site.at('articles/a1/'));
    await expect(page.locator('.neighbours a')).toHaveCount(1);
    await expect(page.locator('a[rel~=next]')).toContainText('지어낸 기사 2');
  });

  test('fills the list of related articles up with others of its section', async ({ page, start }) => {
    const related = demo('data/latest/1.json').items.filter((item: any) => item.id !== '10203').slice(0, 2);
    const site = await start({ overlay: { '/data/related/10203.json': { items: related } } });
    await open(page, site.at(ARTICLE));
    const section = demo('data/sections/gunjeong/1.json').items;
    const known = ['10203', ...related.map((item: any) => item.id)];
    const expected = [...related, ...section.filter((item: any) => !known.includes(item.id))].slice(0, 4);
    const list = page.getByRole('region', { name: '관련기사' });
    await expect(list.getByRole('heading', { level: 3 })).toHaveText(expected.map((item: any) => item.headline));
  });

  test('suggests other articles of its section, never itself, where none is related', async ({ page, start }) => {
    const site = await start({ overlay: { '/data/related/10203.json': { items: [] } } });
    await open(page, site.at(ARTICLE));
    const others = page.getByRole('region', { name: '군정·의회 다른 기사' });
    const expected = demo('data/sections/gunjeong/1.json').items.filter((item: any) => item.id !== '10203').slice(0, 4);
    await expect(others.getByRole('heading', { level: 3 })).toHaveText(expected.map((item: any) => item.headline));
  });

  test('shows further pictures of the article below its text', async ({ page, start }) => {
    const media = [{ url: 'images/ferry.svg', width: 1200, height: 800, alternateName: '여객선', caption: '여울호가 떠난다.' }];
    const site = await start({ overlay: nativeBackend([nativeArticle(1, { associatedMedia: media })]) });
    await open(page, site.at('articles/a1/'));
    const region = page.getByRole('region', { name: '관련 사진' });
    await expect(region.getByRole('img', { name: '여객선' })).toBeVisible();
    await expect(region.locator('figcaption')).toHaveText('여울호가 떠난다.');
  });

  test('says that it has no text, or that the text is withheld', async ({ page, start }) => {
    const site = await start({
      overlay: nativeBackend([
        nativeArticle(2, { articleBody: '' }),
        nativeArticle(1, { articleBody: '', isAccessibleForFree: false }),
      ]),
    });
    await open(page, site.at('articles/a2/'));
    await expect(page.locator('.article-sheet .empty')).toHaveText('본문이 없는 기사입니다.');
    await open(page, site.at('articles/a1/'));
    await expect(page.locator('.article-sheet .empty')).toHaveText('이 기사의 본문은 권한이 있는 독자만 읽을 수 있습니다.');
  });

  test('runs nothing of what a hostile backend sends', async ({ page, start }) => {
    const attack = "window.attacked = 'yes'";
    const site = await start({
      overlay: nativeBackend([
        nativeArticle(1, {
          headline: `<img src=x onerror="${attack}">제목`,
          description: `<script>${attack}</script>첫 문장`,
          articleBody:
            `<script>${attack}</script><p onclick="${attack}">누르세요</p><img src="/x.png" onerror="${attack}" alt="그림">` +
            `<p><a href="javascript:${attack}">링크</a></p><svg onload="${attack}"></svg><iframe srcdoc="<script>parent.${attack}</script>"></iframe>` +
            `<style>body { display: none }</style><p style="position: fixed; inset: 0">끝</p><form action="https://evil.example"><input name="q"></form>`,
        }),
      ]),
      routes: (request, response) => request.url === '/x.png' && (send(response, 200, 'image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>'), true),
    });
    await open(page, site.at('articles/a1/'));
    const body = page.locator('.article-body');
    await body.getByText('누르세요').click();
    await body.getByText('링크').click();
    await expect(page).toHaveURL(site.at('articles/a1/'));
    await expect(body.locator('script, style, iframe, form, input, svg, [style], [onclick]')).toHaveCount(0);
    await expect(body.locator('a[href^=javascript]')).toHaveCount(0);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('<img src=x');
    expect(await page.evaluate(() => (window as any).attacked)).toBeUndefined();
  });
});

test.describe('recommending', () => {
  const ENDPOINT = '/api/recommend/10203';
  const withEndpoint = (answer: object) => ({
    overlay: { '/site.json': siteJson({ tools: { recommend: 'api/recommend/{id}' } }), [ENDPOINT]: answer },
  });
  const button = (page: Page) => page.locator('.recommend').getByRole('button');

  test('is a count where the backend takes no recommendations', async ({ page, site }) => {
    await open(page, site.at(ARTICLE));
    await expect(page.locator('.recommend')).toHaveText('추천 143');
    await expect(button(page)).toHaveCount(0);
  });

  test('is absent where the backend neither counts nor takes them', async ({ page, start }) => {
    const site = await start({ overlay: nativeBackend([nativeArticle(1, { interactionStatistic: {} })]) });
    await open(page, site.at('articles/a1/'));
    await expect(page.locator('.recommend')).toHaveCount(0);
  });

  test('counts up at once and works once a reader, also after a reload', async ({ page, start }) => {
    const site = await start(withEndpoint({}));
    await open(page, site.at(ARTICLE));
    await expect(button(page)).toHaveText('추천 143');
    await button(page).click();
    await expect(button(page)).toHaveText('추천했습니다 144');
    await expect(button(page)).toBeDisabled();
    expect(site.requests.filter((seen) => seen.path === ENDPOINT).map((seen) => seen.method)).toEqual(['POST']);
    await page.reload();
    await settled(page);
    await expect(button(page)).toBeDisabled();
    await expect(button(page)).toContainText('추천했습니다');
    // Another article can still be recommended.
    await open(page, site.at('articles/10202/'));
    await expect(button(page)).toBeEnabled();
  });

  test('sends one request however often it is pressed', async ({ page, start }) => {
    const gate = new Gate();
    const site = await start(withEndpoint(gate.before({})));
    await open(page, site.at(ARTICLE));
    await button(page).dblclick();
    gate.open();
    await expect(button(page)).toHaveText('추천했습니다 144');
    expect(site.count(ENDPOINT)).toBe(1);
  });

  test('says when it did not get through, and can be tried again', async ({ page, start, complaints }) => {
    complaints.allow(STATUS_ERROR);
    let works = false;
    const site = await start(withEndpoint((_: unknown, response: any) => send(response, works ? 204 : 500, 'text/plain', '')));
    await open(page, site.at(ARTICLE));
    await button(page).click();
    await expect(page.getByRole('status')).toHaveText('추천을 보내지 못했습니다. 잠시 뒤 다시 눌러 주세요.');
    await expect(button(page)).toHaveText('추천 143');
    works = true;
    await button(page).click();
    await expect(button(page)).toHaveText('추천했습니다 144');
    await expect(page.getByRole('status')).toHaveText('');
  });
});

test.describe('the sidebar', () => {
  const headings = (page: Page) => page.getByRole('complementary').getByRole('heading', { level: 2 });

  test('has its boxes in the order of site.json', async ({ page, site, start }) => {
    await open(page, site.at(ARTICLE));
    await expect(headings(page)).toHaveText(['많이 본 뉴스', 'TOP TODAY', '포토뉴스', '광고']);
    const turned = await start({ overlay: { '/site.json': siteJson({ sidebar: siteJson().sidebar.reverse() }) } });
    await open(page, turned.at(ARTICLE));
    await expect(headings(page)).toHaveText(['광고', '포토뉴스', 'TOP TODAY', '많이 본 뉴스']);
  });

  test('takes titles and lengths from site.json', async ({ page, start }) => {
    const sidebar = [{ box: 'mostViewed', title: '이달의 기사', limit: 3, period: 'month' }, { box: 'photos', limit: 2 }];
    const site = await start({ overlay: { '/site.json': siteJson({ sidebar }) } });
    await open(page, site.at(ARTICLE));
    await expect(headings(page)).toHaveText(['이달의 기사', '포토뉴스']);
    const month = demo('data/ranking/month.json').items.slice(0, 3).map((entry: any) => entry.article.headline);
    await expect(page.getByRole('region', { name: '이달의 기사' }).locator('.ranked-entry-headline')).toHaveText(month);
    await expect(page.getByRole('region', { name: '포토뉴스' }).getByRole('listitem')).toHaveCount(2);
  });

  test('has the most viewed, the top of today, pictures and banners', async ({ page, site }) => {
    await open(page, site.at(ARTICLE));
    await test.step('ranks the most viewed from 1 to 7 with headline, beginning of the text and thumbnail', async () => {
      const ranking = demo('data/ranking/week.json').items.slice(0, 7);
      const box = page.getByRole('region', { name: '많이 본 뉴스' });
      const entries = box.getByRole('listitem');
      await expect(entries).toHaveCount(7);
      for (const [index, { article }] of ranking.entries()) {
        const entry = entries.nth(index);
        await expect(entry.locator('.ranked-entry-position')).toHaveText(String(index + 1));
        await expect(entry.getByRole('link')).toHaveText(article.headline);
        await expect(entry.getByRole('link')).toHaveAttribute('href', `/articles/${article.id}/`);
        await expect(entry.locator('.ranked-entry-beginning')).toHaveText(article.description);
        await expect(entry.locator('img')).toHaveCount(article.image ? 1 : 0);
      }
      await expect(box.getByRole('link', { name: '많이 본 뉴스 더보기' })).toHaveAttribute('href', '/ranking/');
    });
    await test.step('says that TOP TODAY is empty', async () => {
      const today = page.getByRole('region', { name: 'TOP TODAY' });
      await expect(today.locator('.empty')).toHaveText('게시물이 없습니다.');
      await expect(today.getByRole('link', { name: 'TOP TODAY 더보기' })).toHaveAttribute('href', '/today/');
    });
    await test.step('shows news in pictures with a link to more', async () => {
      const box = page.getByRole('region', { name: '포토뉴스' });
      const expected = demo('data/photos/1.json').items.slice(0, 4);
      await expect(box.getByRole('listitem')).toHaveText(expected.map((item: any) => item.headline));
      await expect(box.locator('li img')).toHaveCount(4);
      await expect(box.getByRole('link', { name: '포토뉴스 더보기' })).toHaveAttribute('href', '/photos/');
    });
    await test.step('marks banners as sponsored and keeps their places', async () => {
      const banners = page.getByRole('region', { name: '광고' }).getByRole('link');
      const expected = siteJson().sidebar[3].banners;
      await expect(banners).toHaveCount(expected.length);
      for (const [index, banner] of expected.entries()) {
        await expect(banners.nth(index)).toHaveAttribute('rel', /\bsponsored\b/);
        await expect(banners.nth(index)).toHaveAttribute('href', banner.url);
        const image = banners.nth(index).getByRole('img', { name: banner.alt });
        await expect(image).toHaveAttribute('width', String(banner.width));
        await expect(image).toHaveAttribute('height', String(banner.height));
        await image.scrollIntoViewIfNeeded();
        await expect.poll(() => image.evaluate((element: HTMLImageElement) => element.naturalWidth)).toBeGreaterThan(0);
      }
    });
  });

  test('keeps the ranked order of a backend that answers in another', async ({ page, start }) => {
    const week = demo('data/ranking/week.json');
    const site = await start({ overlay: { '/data/ranking/week.json': { ...week, items: [...week.items].reverse() } } });
    await open(page, site.at(ARTICLE));
    const expected = week.items.slice(0, 7).map((entry: any) => entry.article.headline);
    await expect(page.locator('.sidebar .ranked-entry-headline')).toHaveText(expected);
  });

  test('lists what is at the top today in order', async ({ page, start }) => {
    const items = nativeArticles(8);
    const site = await start({ overlay: { '/data/today.json': nativeList(items) } });
    await open(page, site.at(ARTICLE));
    const links = page.getByRole('region', { name: 'TOP TODAY' }).locator('ol a');
    await expect(links).toHaveText(items.slice(0, 5).map((item) => item.headline));
  });
});

test.describe('a section', () => {
  test('lists its articles, newest first', async ({ page, site }) => {
    await open(page, site.at('sections/sahoe/'));
    const items = demo('data/sections/sahoe/1.json').items;
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('사회');
    await expect(page).toHaveTitle('사회 – 해솔신문');
    await expect(page.getByRole('main').getByRole('heading', { level: 2 })).toHaveText(items.map((item: any) => item.headline));
    await expect(page.locator('.pager')).toHaveCount(0);
    await expect(page.getByRole('navigation', { name: '섹션' }).locator('[aria-current=page]')).toHaveText('사회');
  });

  test('has pages: forwards, backwards, and none behind the last', async ({ page, start }) => {
    const articles = nativeArticles(45);
    const site = await start({ overlay: nativeBackend(articles) });
    await open(page, site.at('sections/sahoe/'));
    const stories = page.getByRole('main').getByRole('heading', { level: 2 });
    const pager = page.getByRole('navigation', { name: '쪽 이동' });
    await expect(stories).toHaveText(articles.slice(0, 20).map((item) => item.headline));
    await expect(pager.locator('[aria-current=page]')).toHaveText('1 / 3쪽');
    await expect(pager.locator('a[rel=prev]')).toHaveCount(0);
    await pager.getByRole('link', { name: '다음 쪽' }).click();
    await expect(page).toHaveURL(site.at('sections/sahoe/page/2/'));
    await expect(stories).toHaveText(articles.slice(20, 40).map((item) => item.headline));
    await expect(page).toHaveTitle('사회 (2쪽) – 해솔신문');
    await pager.getByRole('link', { name: '다음 쪽' }).click();
    await expect(stories).toHaveText(articles.slice(40).map((item) => item.headline));
    await expect(pager.locator('a[rel=next]')).toHaveCount(0);
    await pager.getByRole('link', { name: '이전 쪽' }).click();
    await expect(page).toHaveURL(site.at('sections/sahoe/page/2/'));
    await expect(stories.first()).toHaveText(articles[20]!.headline);
    await pager.getByRole('link', { name: '이전 쪽' }).click();
    // The first page has one address.
    await expect(page).toHaveURL(site.at('sections/sahoe/'));
  });

  test('says that there is nothing behind its last page', async ({ page, start, complaints }) => {
    complaints.allow(STATUS_ERROR);
    const site = await start({ overlay: nativeBackend(nativeArticles(45)) });
    await open(page, site.at('sections/sahoe/page/9/'));
    await expect(page.getByRole('main')).toContainText('게시물이 없습니다.');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('사회');
  });

  test('takes its name from the backend where site.json does not list it', async ({ page, start }) => {
    const articleSection = [{ name: '갯마을 통신', slug: '갯마을' }];
    const site = await start({ overlay: nativeBackend(nativeArticles(2, () => ({ articleSection }))) });
    await open(page, site.at('sections/갯마을/'));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('갯마을 통신');
    await page.getByRole('main').getByRole('link', { name: '지어낸 기사 2' }).click();
    await page.getByRole('link', { name: '목록 바로가기' }).click();
    await expect(page).toHaveURL(site.at(encodeURI('sections/갯마을/')));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('갯마을 통신');
  });
});

test.describe('the ranking', () => {
  test('shows the day, the week and the month with counts in ranked order', async ({ page, site }) => {
    await open(page, site.at('ranking/'));
    const periods = page.getByRole('navigation', { name: '집계 기간' });
    const list = page.getByRole('main').locator('ol.ranked-list');
    for (const [name, period] of [['오늘', 'day'], ['이번 주', 'week'], ['이번 달', 'month']] as const) {
      if (period !== 'day') await periods.getByRole('link', { name }).click();
      const entries = demo(`data/ranking/${period}.json`).items;
      await expect(list.locator('.ranked-entry-headline')).toHaveText(entries.map((entry: any) => entry.article.headline));
      await expect(list.locator('.ranked-entry-position')).toHaveText(entries.map((entry: any) => String(entry.position)));
      await expect(list.locator('.ranked-entry-count')).toHaveText(entries.map((entry: any) => `조회 ${entry.count.toLocaleString('en')}`));
      await expect(periods.locator('[aria-current=page]')).toHaveText(name);
      await expect(page).toHaveTitle(`많이 본 뉴스 (${name}) – 해솔신문`);
      if (period !== 'day') await expect(page).toHaveURL(site.at(`ranking/${period}/`));
    }
  });

  test('says how each position has changed, to the eye and to a screen reader', async ({ page, start }) => {
    const week = demo('data/ranking/week.json');
    const before = [3, 1, 0, 4];
    const items = week.items.slice(0, 4).map((entry: any, index: number) => ({ ...entry, previousPosition: before[index] }));
    const site = await start({ overlay: { '/data/ranking/week.json': { ...week, items } } });
    await open(page, site.at('ranking/week/'));
    for (const list of [page.locator('.content .ranked-list'), page.locator('.sidebar .ranked-list')]) {
      const entries = list.locator('.ranked-entry');
      for (const [index, [sign, said]] of [['▲ 2', '2계단 상승'], ['▼ 1', '1계단 하락'], ['새로', '새로']].entries()) {
        await expect(entries.nth(index).getByRole('img', { name: said, exact: true })).toHaveText(sign);
      }
      await expect(entries.nth(3).locator('.ranked-entry-change')).toHaveCount(0);
    }
  });

  test('has a page and words of its own for each metric, and a box where site.json wants one', async ({ page, start }) => {
    const ranking = (metric: string, file: string) => ({
      url: `{+base}/ranking/{period}${file}.json`, metric, periods: { day: 'day', week: 'week' },
      items: 'body.items', article: 'article', count: 'count', position: 'position',
    });
    const backend = { ...siteJson().backend, mapping: { resources: { ranking: [ranking('views', ''), ranking('comments', '-comments')] } } };
    const sidebar = [{ box: 'mostViewed', metric: 'comments', tabs: ['day', 'week'], limit: 2 }, { box: 'mostViewed', section: 'munhwa' }];
    const comments = demo('data/ranking/month.json');
    const overlay = { '/site.json': siteJson({ backend, sidebar }), '/data/ranking/week-comments.json': comments, '/data/ranking/day-comments.json': comments };
    const site = await start({ overlay });
    await open(page, site.at('ranking/week/'));
    await page.getByRole('navigation', { name: '순위 기준' }).getByRole('link', { name: '댓글' }).click();
    await expect(page).toHaveURL(site.at('ranking/week/comments/'));
    await expect(page).toHaveTitle('댓글 많은 뉴스 (이번 주) – 해솔신문');
    await expect(page.locator('.content .ranked-entry-count').first()).toHaveText(`댓글 ${comments.items[0].count.toLocaleString('en')}`);
    const box = page.getByRole('region', { name: '댓글 많은 뉴스' });
    await expect(box.locator('.ranked-entry')).toHaveCount(2);
    await expect(box.getByRole('link', { name: '오늘' })).toHaveAttribute('href', '/ranking/day/comments/');
    await expect(box.locator('[aria-current=true]')).toHaveText('이번 주');
    await expect(box.getByRole('link', { name: '댓글 많은 뉴스 더보기' })).toHaveAttribute('href', '/ranking/week/comments/');
    const culture = page.getByRole('region', { name: '문화·교육 많이 본 뉴스' });
    const expected = demo('data/ranking/week.json').items.filter(({ article }: any) => article.articleSection.some(({ slug }: any) => slug === 'munhwa'));
    await expect(culture.locator('.ranked-entry-headline')).toHaveText(expected.slice(0, 7).map(({ article }: any) => article.headline));
    await expect(culture.getByRole('link', { name: '문화·교육 더보기' })).toHaveAttribute('href', '/sections/munhwa/');
  });

  test('is read from an export that names addresses', async ({ page, start }) => {
    const mapping = { resources: { ranking: { export: 'umami', url: 'data/top-{period}.json', periods: { day: 'day' } } } };
    const redirects = [{ from: '/news/{id}.html', to: '/articles/{id}/' }];
    const rows = [{ x: '/', y: 900 }, { x: '/articles/10203/', y: 40 }, { x: '/news/10201.html?page=2', y: 30 }, { x: '/articles/10201/print/', y: 20 }];
    const site = await start({ overlay: { '/site.json': siteJson({ redirects, backend: { ...siteJson().backend, mapping } }), '/data/top-day.json': rows } });
    await open(page, site.at('ranking/'));
    const headlines = ['10201', '10203'].map((id) => demo(`data/articles/${id}.json`).headline);
    await expect(page.locator('.content .ranked-entry-headline')).toHaveText(headlines);
    await expect(page.locator('.content .ranked-entry-count')).toHaveText(['조회 50', '조회 40']);
  });

  test('marks the article that is being read, and only that, as the reader goes on', async ({ page, site }) => {
    const [first, second] = demo('data/ranking/week.json').items.map((entry: any) => entry.article);
    await open(page, site.at(`articles/${first.id}/`));
    const marked = page.locator('.sidebar .ranked-entry-headline[aria-current]');
    await expect(marked).toHaveText([first.headline]);
    await expect(marked).toHaveAttribute('aria-current', 'page');
    await page.locator('.sidebar .ranked-entry-headline').nth(1).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(second.headline);
    await expect(marked).toHaveText([second.headline]);
    await page.locator('.masthead-name a').click();
    await expect(marked).toHaveCount(0);
  });

  test('has no page for an unknown period', async ({ page, site }) => {
    await open(page, site.at('ranking/century/'));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('찾으시는 페이지가 없습니다');
  });

  test('says so where the backend has none', async ({ page, start }) => {
    const backend = { ...siteJson().backend, mapping: { resources: { ranking: null } } };
    // `null` means removal to the merge of this test, too: so it is put in as it is.
    const site = await start({ overlay: { '/site.json': { ...siteJson(), backend } } });
    await open(page, site.at('ranking/'));
    await expect(page.getByRole('main')).toContainText('이 신문은 조회 순위를 제공하지 않습니다.');
    await expect(page.getByRole('navigation', { name: '섹션' }).getByRole('link', { name: '많이 본 뉴스' })).toHaveCount(0);
    await expect(page.getByRole('region', { name: '많이 본 뉴스' })).toHaveCount(0);
  });

  test('keeps its own title where the backend answers that there is none', async ({ page, start, complaints }) => {
    complaints.allow(/status of 404/);
    const site = await start({ overlay: { '/data/ranking/day.json': (_, response) => send(response, 404, 'text/plain', 'none') } });
    await open(page, site.at('ranking/'));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('많이 본 뉴스');
    await expect(page.getByRole('main')).toContainText('이 신문은 조회 순위를 제공하지 않습니다.');
    await expect(page).toHaveTitle('많이 본 뉴스 – 해솔신문');
  });
});

test('the photo page shows pictures that lead to their articles, page by page', async ({ page, site }) => {
  await open(page, site.at('photos/'));
  const wall = page.getByRole('main').locator('.photo-wall').getByRole('listitem');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('포토뉴스');
  await expect(wall).toHaveText(demo('data/photos/1.json').items.map((item: any) => item.headline));
  await expect(wall.locator('img')).toHaveCount(20);
  await page.getByRole('link', { name: '다음 쪽' }).click();
  await expect(page).toHaveURL(site.at('photos/page/2/'));
  const second = demo('data/photos/2.json').items;
  await expect(wall).toHaveText(second.map((item: any) => item.headline));
  await wall.first().getByRole('link').click();
  await expect(page).toHaveURL(site.at(`articles/${second[0].id}/`));
});

test('today’s page lists what the editors put at the top, or that there is nothing', async ({ page, site, start }) => {
  await open(page, site.at('today/'));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('TOP TODAY');
  await expect(page.getByRole('main').locator('.empty')).toHaveText('게시물이 없습니다.');
  const items = nativeArticles(3);
  const full = await start({ overlay: { '/data/today.json': nativeList(items) } });
  await open(page, full.at('today/'));
  await expect(page.getByRole('main').getByRole('heading', { level: 2 })).toHaveText(items.map((item) => item.headline));
});

test('a newspaper without a list of today’s top or of photographs says so calmly', async ({ page, start }) => {
  const resources = { today: null, photos: null };
  const backend = { preset: 'native', url: 'data/', mapping: { resources } };
  const site = await start({ overlay: { '/site.json': { ...siteJson({ sidebar: [] }), backend } } });
  for (const [path, heading] of [['today/', 'TOP TODAY'], ['photos/', '포토뉴스']] as const) {
    await open(page, site.at(path));
    await expect(page.getByRole('heading', { level: 1 })).toContainText(heading);
    await expect(page.getByRole('main').locator('.empty')).toHaveText('이 신문은 이 기능을 제공하지 않습니다.');
    await expect(page.getByRole('main').locator('.load-failure')).toHaveCount(0);
  }
});

test('a folder without today’s list has a page that says so calmly', async ({ page, complaints, start }) => {
  complaints.allow(/^Failed to load resource/);
  const site = await start({ overlay: { '/data/today.json': (_, response) => send(response, 404, 'text/html', 'none') } });
  await open(page, site.at('today/'));
  await expect(page).toHaveTitle(/^TOP TODAY/);
  await expect(page.getByRole('main').locator('.empty')).toHaveText('이 신문은 이 기능을 제공하지 않습니다.');
});

test.describe('the search', () => {
  const field = (page: Page) => page.getByRole('main').getByRole('searchbox', { name: '검색어' });

  test('finds articles by Korean words typed into the form', async ({ page, site }) => {
    await open(page, site.url);
    await page.getByRole('navigation', { name: '섹션' }).getByRole('link', { name: '검색' }).click();
    await expect(page.getByRole('main')).toContainText('찾고 싶은 낱말을 입력하세요.');
    await field(page).fill('여울대교 연륙교');
    await field(page).press('Enter');
    await expect(page).toHaveURL(site.at(`search/?q=${encodeURIComponent('여울대교 연륙교')}`));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^‘여울대교 연륙교’ 검색 결과 \d+건$/);
    await expect(page.getByRole('main').getByRole('heading', { level: 2, name: article.headline })).toBeVisible();
    await expect(field(page)).toHaveValue('여울대교 연륙교');
  });

  test('takes the words as they are typed, signs included', async ({ page, site }) => {
    await open(page, site.at('search/'));
    const words = '50% & <b>더하기</b> +1 "굴" #섬';
    await field(page).fill(words);
    await page.getByRole('main').getByRole('button', { name: '검색' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(`‘${words}’ 검색 결과 0건`);
    await expect(field(page)).toHaveValue(words);
    await page.reload();
    await settled(page);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(`‘${words}’ 검색 결과 0건`);
  });

  test('reads addresses as browsers’ own forms write them, with a plus for a space', async ({ page, site }) => {
    await open(page, site.at(`search/?q=${encodeURIComponent('여울대교')}+${encodeURIComponent('연륙교')}`));
    await expect(page.getByRole('heading', { level: 1 })).toContainText('‘여울대교 연륙교’');
    await expect(page.getByRole('main').getByRole('heading', { level: 2, name: article.headline })).toBeVisible();
  });

  test('says that nothing was found', async ({ page, site }) => {
    await open(page, site.at(`search/?q=${encodeURIComponent('없는낱말')}`));
    await expect(page.getByRole('main')).toContainText('‘없는낱말’에 대한 기사를 찾지 못했습니다. 다른 낱말로 찾아보세요.');
    await expect(page.getByRole('main').getByRole('heading', { level: 2 })).toHaveCount(0);
  });

  test('asks for words where there are none', async ({ page, site }) => {
    await open(page, site.at('search/?q=%20%20'));
    await expect(page.getByRole('main')).toContainText('찾고 싶은 낱말을 입력하세요.');
    expect(site.count('/data/search.json')).toBe(0);
    await page.getByRole('main').getByRole('button', { name: '검색' }).click();
    await expect(field(page)).toBeFocused();
    expect(site.count('/data/search.json')).toBe(0);
  });

  test('searches again from its results, and Back returns to the first', async ({ page, site }) => {
    await open(page, site.at(`search/?q=${encodeURIComponent('여울')}`));
    await field(page).fill('딸기');
    await field(page).press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toContainText('‘딸기’');
    await page.goBack();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('‘여울’');
    await expect(field(page)).toHaveValue('여울');
  });

  test('has pages', async ({ page, start }) => {
    const site = await start({ overlay: nativeBackend(nativeArticles(45)) });
    await open(page, site.at(`search/?q=${encodeURIComponent('지어낸 기사')}`));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('‘지어낸 기사’ 검색 결과 45건');
    await page.getByRole('link', { name: '다음 쪽' }).click();
    await expect(page.getByRole('main').getByRole('heading', { level: 2 }).first()).toHaveText('지어낸 기사 25');
    await expect(page.getByRole('navigation', { name: '쪽 이동' })).toContainText('2 / 3쪽');
    expect(new URL(page.url()).searchParams.get('q')).toBe('지어낸 기사');
  });
});

test.describe('what is not there', () => {
  test('an unknown address says so, and offers the search and the front page', async ({ page, site }) => {
    await open(page, site.at('no/such/page/'));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('찾으시는 페이지가 없습니다');
    await expect(page).toHaveTitle('찾으시는 페이지가 없습니다 – 해솔신문');
    await page.getByRole('main').getByRole('searchbox').fill('굴');
    await page.getByRole('main').getByRole('searchbox').press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toContainText('‘굴’');
    await page.goBack();
    await page.getByRole('link', { name: '첫 화면으로' }).click();
    await expect(page).toHaveURL(site.url);
  });

  for (const path of ['articles/99999/', 'articles/99999/print/', 'sections/nowhere/']) {
    test(`${path} is not found`, async ({ page, site, complaints }) => {
      complaints.allow(STATUS_ERROR);
      await open(page, site.at(path));
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('찾으시는 페이지가 없습니다');
      await idle(page);
      expect(await printed(page)).toEqual([]);
    });
  }
});

test.describe('what fails', () => {
  test('an article that can’t be had says why, and comes when it is tried again', async ({ page, start, complaints }) => {
    complaints.allow(STATUS_ERROR);
    let works = false;
    const site = await start({
      overlay: { '/data/articles/10203.json': (_, response) => send(response, works ? 200 : 500, 'application/json', JSON.stringify(article)) },
    });
    await page.goto(site.at(ARTICLE));
    const alert = page.getByRole('main').getByRole('alert');
    await expect(alert).toContainText('기사를 불러오지 못했습니다.');
    await expect(alert).toContainText('서버에서 오류가 발생했습니다(상태 코드 500).');
    works = true;
    await alert.getByRole('button', { name: '다시 시도' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(article.headline);
    await expect(page).toHaveTitle(`${article.headline} – 해솔신문`);
  });

  test('an answer that is not JSON, and one of another form, are told apart', async ({ page, start }) => {
    const site = await start({
      overlay: { '/data/sections/sahoe/1.json': '<!doctype html><p>점검 중', '/data/sections/munhwa/1.json': { articles: [] } },
    });
    await page.goto(site.at('sections/sahoe/'));
    await expect(page.getByRole('main').getByRole('alert')).toContainText('서버가 읽을 수 없는 내용을 보냈습니다.');
    await page.goto(site.at('sections/munhwa/'));
    await expect(page.getByRole('main').getByRole('alert')).toContainText('서버가 보낸 내용의 형식이 설정과 다릅니다.');
    await expect(page.getByRole('main').locator('.load-failure-detail')).toContainText('body.items');
  });
});

test('the reader chooses the typeface of the text, and the choice is remembered', async ({ page, site }) => {
  const family = () => page.locator('.article-body').evaluate((body) => getComputedStyle(body).fontFamily);
  await open(page, site.at(ARTICLE));
  expect(await family()).toMatch(/, serif$/);
  await page.getByRole('button', { name: '고딕체로 읽기' }).click();
  expect(await family()).toMatch(/sans-serif$/);
  await page.reload();
  await settled(page);
  await expect.poll(family).toMatch(/sans-serif$/);
  await page.getByRole('button', { name: '명조체로 읽기' }).click();
  expect(await family()).toMatch(/, serif$/);
  await page.reload();
  await settled(page);
  await expect(page.getByRole('button', { name: '고딕체로 읽기' })).toBeVisible();
  expect(await family()).toMatch(/, serif$/);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 780 }, isMobile: true, hasTouch: true });

  test('the footer switches to the desktop width and back, and remembers', async ({ page, site }) => {
    await open(page, site.at(ARTICLE));
    expect(await page.evaluate(() => window.innerWidth)).toBe(390);
    await page.getByRole('button', { name: 'PC 버전 바로가기' }).click();
    await expect(page.getByRole('button', { name: '모바일 버전 바로가기' })).toBeVisible();
    await expect.poll(() => page.evaluate(() => document.documentElement.clientWidth)).toBe(1200);
    await page.reload();
    await settled(page);
    await expect.poll(() => page.evaluate(() => document.documentElement.clientWidth)).toBe(1200);
    await page.getByRole('button', { name: '모바일 버전 바로가기' }).click();
    await expect.poll(() => page.evaluate(() => document.documentElement.clientWidth)).toBe(390);
    await page.reload();
    await settled(page);
    await expect(page.getByRole('button', { name: 'PC 버전 바로가기' })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.clientWidth)).toBe(390);
  });
});

test('the footer names who makes the newspaper', async ({ page, site }) => {
  await open(page, site.url);
  const footer = page.getByRole('contentinfo');
  for (const line of siteJson().footer.lines) await expect(footer).toContainText(line);
  await expect(footer).toContainText(siteJson().footer.copyright);
  await expect(footer.getByRole('link', { name: '055-000-0000' })).toHaveAttribute('href', 'tel:055-000-0000');
  await expect(footer.getByRole('link', { name: '기사 제보' })).toHaveAttribute('href', 'mailto:desk@haesol.example');
});

test('a publisher’s theme.css overrides the tokens without compiling', async ({ page, start }) => {
  const site = await start({ overlay: { '/theme.css': ':root { --paper: rgb(1, 2, 3); }' } });
  await open(page, site.url);
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(1, 2, 3)');
});

test('pictures come from the host that site.json has in place of the backend’s', async ({ page, start }) => {
  const elsewhere = await start({ overlay: { '/small/*': (_, response) => send(response, 200, 'image/svg+xml', svg('x')) } });
  const site: Server = await start({
    overlay: {
      '/site.json': (_, response) => send(response, 200, 'application/json', JSON.stringify(siteJson({ imageHosts: { [site.at('data/images/')]: elsewhere.at('small/') } }))),
    },
  });
  await open(page, site.at(ARTICLE));
  const sources = await page.locator('.article-body img').evaluateAll((images: HTMLImageElement[]) => images.map((image) => image.src));
  expect(sources.length).toBeGreaterThan(0);
  for (const source of sources) expect(source).toContain(elsewhere.at('small/'));
  expect(site.count(/^\/data\/images\//)).toBe(0);
});

test.describe('an English newspaper', () => {
  const english = (changes = {}) => ({
    overlay: { '/site.json': siteJson({ name: 'Haesol News', locale: 'en', timeZone: 'America/New_York', tools: { edit: 'https://cms.example/{id}' }, ...changes }) },
  });

  test('has its words and dates in English and in its time zone', async ({ page, start }) => {
    const site = await start(english());
    await page.clock.setFixedTime(new Date('2026-11-23T03:00:00Z'));
    await open(page, site.at(ARTICLE));
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    await expect(page.locator('.masthead-date')).toHaveText('Sunday 22 November 2026');
    const dates = page.locator('.article-dates li');
    await expect(dates.nth(0)).toHaveText('Published 3 November 2026, 17:30');
    // Daylight saving time ended two days before.
    await expect(dates.nth(0).locator('time')).toHaveAttribute('datetime', '2026-11-03T17:30:00-05:00');
    await expect(dates.nth(1)).toContainText('Updated 6 November 2026, 04:20');
    for (const name of ['Send by email', 'Print', 'Edit article', 'Back to the list', 'See all most viewed', 'More pictures', 'More TOP TODAY']) {
      await expect(page.getByRole('link', { name, exact: true })).toBeVisible();
    }
    await expect(page.getByRole('complementary').locator('.empty')).toHaveText('Nothing here yet.');
    await expect(page.getByRole('navigation', { name: 'Previous and next article' })).toContainText('Next article');
    await expect(page.getByRole('button', { name: 'Desktop version' })).toBeVisible();
  });

  test('has none of the interface’s Korean words on any page', async ({ page, start, complaints }) => {
    complaints.allow(STATUS_ERROR);
    const words = ['Haesol News', 'Section', 'A reporter', 'An article', 'A headline'];
    const articles = nativeArticles(25, (number) => ({
      headline: `${words[4]} ${number}`,
      description: words[3],
      author: [{ name: words[2] }],
      articleSection: [{ name: words[1], slug: 'one' }],
      articleBody: '<p>One paragraph.</p><iframe src="https://www.youtube.com/embed/x"></iframe>',
    }));
    const site = await start({
      overlay: {
        ...nativeBackend(articles),
        '/site.json': siteJson({
          name: words[0], description: 'News', locale: 'en', sections: [{ slug: 'one', name: words[1] }],
          sidebar: [{ box: 'mostViewed' }, { box: 'today' }, { box: 'photos' }], footer: null,
          tools: { recommend: 'https://cms.example/{id}', edit: 'https://cms.example/{id}' },
        }),
      },
    });
    const paths = ['', 'articles/a3/', 'articles/a3/print/', 'articles/none/', 'sections/one/', 'sections/one/page/2/', 'ranking/', 'photos/', 'today/', 'search/', 'search/?q=headline', 'search/?q=none', 'no/such/'];
    for (const path of paths) {
      await open(page, site.at(path));
      const text = await page.evaluate(() => {
        const labels = [...document.querySelectorAll('[aria-label], [alt], [placeholder], [title]')].flatMap((element) =>
          ['aria-label', 'alt', 'placeholder', 'title'].map((name) => element.getAttribute(name) ?? ''));
        return [document.title, document.getElementById('app')?.textContent, ...labels].join('\n');
      });
      expect(text.match(/[\uac00-\ud7a3]+/g) ?? [], path).toEqual([]);
    }
  });

  test('shows summer and winter time by the date of the article', async ({ page, start }) => {
    const site = await start({
      overlay: {
        ...nativeBackend([nativeArticle(1, { datePublished: '2026-07-01T12:00:00Z' })]),
        '/site.json': siteJson({ locale: 'en', timeZone: 'Europe/London' }),
      },
    });
    await open(page, site.at('articles/a1/'));
    await expect(page.locator('.article-dates time').first()).toHaveAttribute('datetime', '2026-07-01T13:00:00+01:00');
  });
});

test('a page under way shows where its content will be, and then the content', async ({ page, start }) => {
  const gate = new Gate();
  const site = await start({ overlay: { '/data/articles/10203.json': gate.before(article) } });
  await page.goto(site.at(ARTICLE));
  await expect(page.locator('.article-skeleton')).toBeVisible();
  await expect(page.getByRole('navigation', { name: '섹션' })).toBeVisible();
  gate.open();
  await settled(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(article.headline);
});
