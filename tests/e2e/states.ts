/** Every page in every state that a reader may meet, for the tests that hold on all of them. */
import { demo, failing, nativeArticle, nativeArticles, nativeBackend, PAGES, siteJson, type Overlay, type Page } from './support.ts';

export interface State {
  name: string;
  path: string;
  overlay?: Overlay;
  /** What the browser complains about in this state. */
  complains?: RegExp;
  /** What is done on the page before it is looked at. */
  prepare?: (page: Page) => Promise<void>;
  /** The app could not start: there is no newspaper around the page. */
  broken?: boolean;
}

/** A body with every element of the allow-list that a reader sees as something of its own. */
export const RICH_BODY = `
  <p>첫 문단에 <strong>굵은 글씨</strong>, <em>기울인 글씨</em>, <mark>표시한 글씨</mark>, <code>코드</code>와
    <a href="https://example.org/report">보고서 링크</a>, H<sub>2</sub>O, <ruby>記事<rt>기사</rt></ruby>가 있다.</p>
  <h2>가운데 제목</h2>
  <ul><li>하나</li><li>둘<ul><li>둘의 하나</li></ul></li></ul>
  <ol><li>첫째</li><li>둘째</li></ol>
  <dl><dt>낱말</dt><dd>뜻풀이</dd></dl>
  <blockquote><p>옮긴 말이다.</p><cite>말한 사람</cite></blockquote>
  <h3>작은 제목</h3>
  <table><caption>표의 제목</caption><thead><tr><th scope="col">가</th><th scope="col">나</th></tr></thead>
    <tbody><tr><th scope="row">하나</th><td>1</td></tr><tr><th scope="row">둘</th><td>2</td></tr></tbody></table>
  <pre>글자 그대로
  쓴 것</pre>
  <figure class="gallery">
    <figure><img src="images/bridge.svg" width="1200" height="800" alt="다리"><figcaption>다리 사진 설명</figcaption></figure>
    <figure><img src="images/ferry.svg" width="1200" height="800" alt="여객선"><figcaption>여객선 사진 설명</figcaption></figure>
  </figure>
  <p><iframe src="https://www.youtube.com/embed/abc" title="바다 영상"></iframe></p>
  <hr>
  <p>마지막 문단에 <a href="https://example.org/second">둘째 링크</a>가 있다.</p>`;

const rich = nativeArticle(7, {
  alternativeHeadline: ['첫 부제', '둘째 부제'],
  articleBody: RICH_BODY,
  dateModified: '2026-03-03T10:00:00+09:00',
  author: [{ name: '가나다', jobTitle: '기자', url: 'https://haesol.example/reporters/1/' }, { name: '라마바' }],
  image: { url: 'images/harbor-dawn.svg', width: 1200, height: 800, alternateName: '새벽 항구', caption: '새벽의 항구', creditText: '그림 해솔신문' },
});
const many = nativeArticles(45, (number) => (number === 7 ? rich : {}));
const tools = { '/site.json': siteJson({ tools: { edit: 'https://cms.example/{id}', recommend: 'api/recommend/{id}' } }) };
/** A newspaper with a line of breaking news, which leads to an article. */
export const withBreaking = (line: object): Overlay => ({
  '/site.json': siteJson({ backend: { mapping: { resources: { breaking: { url: 'breaking.json' } } } } }),
  '/breaking.json': line,
});
const soon = (): string => new Date(Date.now() + 3_600_000).toISOString();
const STATUS = /the server responded with a status of/;

export const STATES: State[] = [
  ...Object.entries(PAGES).map(([name, path]) => ({ name, path })),
  { name: 'article with a table', path: 'articles/10201/' },
  { name: 'article with everything', path: 'articles/a7/', overlay: { ...nativeBackend(many), ...tools } },
  { name: 'print layout of everything', path: 'articles/a7/print/', overlay: { ...nativeBackend(many), ...tools } },
  {
    name: 'recommended article',
    path: 'articles/10203/',
    overlay: { ...tools, '/api/recommend/10203': {} },
    prepare: async (page) => {
      await page.locator('.recommend button').click();
      await page.locator('.recommend button:disabled').waitFor();
    },
  },
  {
    name: 'article that could not be recommended',
    path: 'articles/10203/',
    overlay: { ...tools, '/api/recommend/10203': failing(500) },
    complains: STATUS,
    prepare: async (page) => {
      await page.locator('.recommend button').click();
      await page.getByText('추천을 보내지 못했습니다').waitFor();
    },
  },
  { name: 'article without text', path: 'articles/a1/', overlay: nativeBackend([nativeArticle(1, { articleBody: '', author: [], datePublished: null })]) },
  { name: 'middle page of a section', path: 'sections/sahoe/page/2/', overlay: nativeBackend(many) },
  { name: 'empty section', path: 'sections/opinion/', overlay: nativeBackend(many) },
  { name: 'empty newspaper', path: '', overlay: nativeBackend([]) },
  { name: 'today with stories', path: 'today/', overlay: { '/data/today.json': { items: demo('data/latest/1.json').items.slice(0, 3) } } },
  { name: 'article that is not there', path: 'articles/99999/', complains: STATUS },
  { name: 'front page as a list', path: '', overlay: { '/site.json': siteJson({ front: { layout: 'list' } }) } },
  { name: 'front page as a grid of photographs', path: '', overlay: { '/site.json': siteJson({ front: { layout: 'photos' } }) } },
  {
    name: 'front page with breaking news',
    path: '',
    overlay: withBreaking({ text: '여울대교 양방향 통제, 우회로는 솔재면 방향', id: '10203', until: soon() }),
    prepare: async (page) => page.locator('.breaking').waitFor(),
  },
  { name: 'front page that failed', path: '', overlay: { '/data/latest/1.json': failing(500) }, complains: STATUS },
  { name: 'article that failed', path: 'articles/10203/', overlay: { '/data/articles/10203.json': failing(500) }, complains: STATUS },
  { name: 'section that failed', path: 'sections/sahoe/', overlay: { '/data/sections/sahoe/1.json': failing(500) }, complains: STATUS },
  { name: 'ranking that failed', path: 'ranking/', overlay: { '/data/ranking/day.json': failing(500) }, complains: STATUS },
  { name: 'search that failed', path: PAGES.results, overlay: { '/data/search.json': failing(500) }, complains: STATUS },
  {
    name: 'front page where every box failed',
    path: '',
    overlay: { '/data/ranking/*': failing(500), '/data/photos/*': failing(500), '/data/today.json': failing(500), '/data/sections/*': failing(500) },
    complains: STATUS,
  },
  { name: 'English article', path: 'articles/10203/', overlay: { '/site.json': siteJson({ locale: 'en', timeZone: 'Europe/London' }) } },
  { name: 'mistake in site.json', path: '', overlay: { '/site.json': '{ "name": 1 }' }, broken: true },
];
