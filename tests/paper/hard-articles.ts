/**
 * Articles that are hard to set on paper: very long and very short ones, pictures of every shape, wide tables, code, and what
 * else newsrooms send. They are made of the demo newspaper's paragraphs and of drawn pictures, the same ones each time.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { png, type Colour } from './png.ts';
import type { ArticleJson } from './text.ts';

const root = resolve(fileURLToPath(import.meta.url), '../../..');

/** The folder of the newspaper with the hard articles. */
export const HARD = join(root, 'target/paper/hard');

/** The first twenty articles were published on this day, the others before. */
export const NEW_SINCE = '2026-11-20';

/** The section of all of them. */
const SECTION = { name: '사회', slug: 'sahoe' };

/** gisa's own JSON. */
export interface HardArticle extends ArticleJson {
  id: string;
  [field: string]: unknown;
}

/**
 * Makes a newspaper of the hard articles alone, in the place of one that may stand there: the program and the settings of
 * `dist`, and the pages that `gisa prerender` writes. `gisa` is the program for the command line.
 */
export function writeHardNewspaper(folder: string, dist: string, gisa: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'data/articles'), { recursive: true });
  for (const name of ['200.html', 'assets', 'icon.svg', 'theme.css', 'schema']) {
    if (existsSync(join(dist, name))) cpSync(join(dist, name), join(folder, name), { recursive: true });
  }
  const site = JSON.parse(readFileSync(join(dist, 'site.json'), 'utf8'));
  site.sections = site.sections.filter(({ slug }: { slug: string }) => slug === SECTION.slug);
  writeFileSync(join(folder, 'site.json'), JSON.stringify(site));
  cpSync(join(root, 'public/data/images'), join(folder, 'data/images'), { recursive: true });
  cpSync(join(root, 'public/data/banners'), join(folder, 'data/banners'), { recursive: true });
  for (const [name, bytes] of pictureFiles()) writeFileSync(join(folder, 'data/images', name), bytes);
  for (const article of hardArticles()) writeFileSync(join(folder, 'data/articles', `${article.id}.json`), JSON.stringify(article));
  execFileSync(gisa, ['index', join(folder, 'data')], { stdio: 'pipe' });
  execFileSync(gisa, ['prerender', folder], { stdio: 'pipe' });
}

// -------------------------------------------------------------------------------------------------------- pictures --

/** Width and height that the article says. The files are smaller, with the same proportions. */
const SHAPES = [[1200, 800], [800, 1200], [2400, 500], [400, 2400]] as const;
const LANDSCAPE = 0;
const PORTRAIT = 1;
const TOWER = 3;
const COLOURS: [Colour, Colour][] = [
  [[40, 60, 90, 255], [200, 180, 140, 255]],
  [[90, 40, 40, 255], [230, 200, 120, 255]],
  [[20, 80, 60, 255], [180, 220, 200, 255]],
  [[70, 70, 70, 255], [220, 220, 220, 255]],
];

const mixed = (from: Colour, to: Colour, share: number): Colour => from.map((part, index) => Math.round(part + (to[index]! - part) * share)) as Colour;
/** Whether a place is in the ellipse that fills the middle of a picture. */
const isInside = (x: number, y: number): boolean => ((x - 0.5) / 0.3) ** 2 + ((y - 0.5) / 0.42) ** 2 < 1;

function pictureFiles(): [string, string | Buffer][] {
  const photos = Array.from({ length: 16 }, (_, index): [string, Buffer] => {
    const [width, height] = SHAPES[index % 4]!;
    const [upper, lower] = COLOURS[Math.floor(index / 4)]!;
    return [`hard-${index}.png`, png(width / 4, height / 4, (x, y) => (isInside(x, y) ? mixed(lower, upper, y) : mixed(upper, lower, y)))];
  });
  const clear: Colour = [255, 255, 255, 0];
  return [
    ...photos,
    ['hard-transparent.png', png(250, 150, (x, y) => (isInside(x, y) ? [20, 20, 20, 255] : clear))],
    ['hard-white.png', png(250, 150, (x, y) => (isInside(x, y) ? [255, 255, 255, 255] : clear))],
    ['hard-no-size.svg', '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 60"><rect width="100" height="60" fill="#246"/><text x="5" y="30" fill="#fff" font-size="10">viewBox</text></svg>'],
  ];
}

/** A picture of one of the four shapes: `number` modulo 4. */
function image(number: number, alternative = `그림 ${number}`): string {
  const [width, height] = SHAPES[number % 4]!;
  return `<img src="images/hard-${number % 16}.png" width="${width}" height="${height}" alt="${alternative}">`;
}

const figure = (content: string, caption?: string): string => `<figure>${content}${caption ? `<figcaption>${caption}</figcaption>` : ''}</figure>`;

function imageObject(number: number, caption: string): object {
  const [width, height] = SHAPES[number % 4]!;
  return { url: `images/hard-${number % 16}.png`, width, height, alternateName: `그림 ${number}`, caption };
}

// ------------------------------------------------------------------------------------------------------------ text --

/** The demo newspaper's paragraphs of usual length, without their links. */
function demoParagraphs(): string[] {
  const folder = join(root, 'public/data/articles');
  const bodies = readdirSync(folder).sort().map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')).articleBody ?? '');
  const paragraphs = bodies.flatMap((body: string) => [...body.matchAll(/<p>(.*?)<\/p>/gs)].map(([, text]) => text!.replace(/<[^>]+>/g, '')));
  return paragraphs.filter((text) => text.length > 80 && text.length < 320);
}

/** Numbers between 0 and 1, the same ones each time (a linear congruential generator). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const times = (count: number, make: (index: number) => string): string => Array.from({ length: count }, (_, index) => make(index)).join('');

/** The articles, in the order of their ids. */
export function hardArticles(): HardArticle[] {
  const demo = demoParagraphs();
  let taken = 0;
  /** The next paragraph of the demo. */
  const words = (): string => demo[taken++ % demo.length]!;
  let marks = 0;
  /** A paragraph with a mark of its own: a paragraph of the demo may stand in an article twice. */
  const p = (): string => `<p>〔${++marks}〕 ${words()}</p>`;
  const ps = (count: number): string => times(count, p);
  const random = numbers(7);
  const amount = (below: number): string => Math.floor(random() * below).toLocaleString('en-US');

  const articles: HardArticle[] = [];
  const add = (id: string, headline: string, articleBody: string, fields: object = {}): void => {
    articles.push({
      id,
      headline,
      alternativeHeadline: ['작은제목 하나', '작은제목 둘'],
      description: '종이에 놓기 어려운 기사',
      articleBody,
      datePublished: articles.length < 20 ? '2026-11-20T17:42:08+09:00' : '2026-11-19T17:42:08+09:00',
      dateModified: '2026-11-21T10:15:30+09:00',
      author: [{ name: '윤가람', jobTitle: '기자' }],
      articleSection: [SECTION],
      ...fields,
    });
  };

  add('h01', '한 단락짜리 기사', p(), { alternativeHeadline: [] });
  add('h02', '삼백 단락 기사', ps(300));
  add('h03', '사진 마흔 장 기사', times(40, (index) => p() + figure(image(index), `사진 설명 ${index}번. 해솔항에서 찍었다.`)));
  add('h04', '갤러리 열두 장', ps(2) + figure(times(12, (index) => figure(image(index), `갤러리 ${index}번 사진 설명이다`)), '갤러리 전체의 설명') + ps(2));
  const rows = (index: number): string =>
    `<tr><td>R${String(index).padStart(3, '0')}</td><td>해솔읍 ${index}리</td><td>${amount(1000)}</td><td>${amount(9000)}</td><td>${index % 7 === 0 ? '마을회관 공사 중이며 내년 봄에 문을 연다' : ''}</td></tr>`;
  add('h05', '백이십 줄 표', `${p()}<table><caption>읍면별 현황</caption><thead><tr><th>번호</th><th>읍면</th><th>가구</th><th>인구</th><th>비고</th></tr></thead><tbody>${times(120, rows)}</tbody></table>${p()}`);
  const cells = (row: number): string => `<tr>${times(14, (column) => `<td>해솔군행정복지지원과담당 ${row}${String(column).padStart(2, '0')} 예산집행내역</td>`)}</tr>`;
  add('h06', '열네 칸 표', `${p()}<table><thead><tr>${times(14, (column) => `<th>항목이름${String(column).padStart(2, '0')}</th>`)}</tr></thead><tbody>${times(12, cells)}</tbody></table>${p()}`);
  const code = (index: number): string => `L${String(index).padStart(2, '0')} ${times(28, () => `${'abcdef'[Math.floor(random() * 6)]}_${Math.floor(random() * 1000)}(${index})`)}\n`;
  add('h07', '긴 코드', `${p()}<pre><code>${times(30, code)}</code></pre>${p()}<pre>${'W'.repeat(200)}\n${'x'.repeat(200)}</pre>${p()}`);
  const nested = (depth: number, list: string): string =>
    `<${list}><li>깊이 ${depth} 항목 하나: ${words().slice(0, 60)}</li><li>깊이 ${depth} 항목 둘${depth < 6 ? nested(depth + 1, list) : ''}</li><li>깊이 ${depth} 항목 셋: ${words().slice(0, 120)}</li></${list}>`;
  add('h08', '여섯 겹 목록', p() + nested(1, 'ul') + nested(1, 'ol') + p());
  add('h09', '가나다라마바사아자차카타파하'.repeat(22), ps(2));
  const noted = (index: number): string =>
    `<p>〔${++marks}〕 ${words()} <ruby>海松<rt>해솔</rt></ruby>은 H<sub>2</sub>O와 x<sup>2</sup>이며<sup><a href="#fn${index + 1}" id="r${index + 1}">${index + 1}</a></sup> 이어진다. ${words()}</p>`;
  add('h10', '루비와 각주', `${times(8, noted)}<ol>${times(8, (index) => `<li id="fn${index + 1}">각주 ${index + 1}의 내용이다. <a href="#r${index + 1}">↩</a></li>`)}</ol>`);
  const linked = (line: number): string => `<p>${times(5, (index) => `${words().slice(0, 30)} <a href="https://links.example/haesol/${line * 5 + index}">고리 ${line * 5 + index}번</a> `)}</p>`;
  add('h11', '고리 예순 개', times(12, linked));
  const address = `https://links.example/${'very-long-path-segment/'.repeat(10)}?q=${'%ED%95%B4%EC%86%94'.repeat(12)}`;
  add('h12', '긴 주소', times(6, (index) => `<p>〔${++marks}〕 ${words()} <a href="${address}${index}">${address}${index}</a> ${words().slice(0, 50)}</p>`));
  const embeds = [
    '<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ" title="유튜브"></iframe>',
    '<blockquote class="twitter-tweet"><p>트윗 글</p><a href="https://twitter.com/a/status/1234567890">날짜</a></blockquote>',
    '<iframe src="https://unknown.example/frame?a=1"></iframe>',
    '<video src="https://media.example/v.mp4" controls></video><audio src="https://media.example/a.mp3"></audio>',
    '<iframe src="https://www.google.com/maps/embed?pb=!1m18!1m12!1m3"></iframe>',
  ];
  add('h13', '끼워 넣은 것들', embeds.map((embed) => p() + embed).join('') + p());
  add('h14', '긴 따옴글', `${p()}<blockquote>${ps(10)}</blockquote>${p()}<blockquote>${ps(3)}</blockquote>${p()}`);
  const arabic = 'هذا نص عربي طويل للتجربة يكتب من اليمين إلى اليسار ويجب أن يظهر على الورق كاملا دون قطع. ';
  const hebrew = 'זהו טקסט בעברית לבדיקה. ';
  add('h15', '오른쪽에서 왼쪽', `${p()}${times(4, (index) => `<p dir="rtl" lang="ar">${arabic.repeat(5)}${index}</p>`)}<p dir="rtl" lang="he">${hebrew.repeat(15)}</p><blockquote dir="rtl" lang="ar">${arabic.repeat(3)}</blockquote><ul dir="rtl" lang="ar"><li>${arabic}</li><li>${arabic}</li></ul>${p()}`);
  add('h16', '그림으로 끝나는 기사', ps(7) + figure(image(LANDSCAPE), '마지막 사진 설명'));
  // Headings that come to different heights of a page.
  for (let lines = 0; lines < 8; lines += 1) {
    const body = `${ps(5)}<p>${'한 줄이다.<br>'.repeat(lines)}끝</p><h2>쪽 끝에 걸리는 사이제목</h2>${p()}<h3>작은 사이제목</h3>${figure(image(LANDSCAPE), '사진')}${ps(4)}`;
    add(`h17${'abcdefgh'[lines]}`, `끝줄의 제목 ${lines}`, body);
  }
  const caption = demo.slice(20, 25).join(' ').slice(0, 600);
  add('h18', '육백 자 설명', `${p()}${[LANDSCAPE, PORTRAIT, TOWER].map((shape) => figure(image(shape), caption) + p()).join('')}`);
  const missing = (index: number): string => `<figure><img src="images/none-${index}.png" width="1200" height="800" alt="없는 그림 ${index}"><figcaption>없는 그림의 설명 ${index}</figcaption></figure>${p()}`;
  add('h19', '깨진 그림', `${p()}${times(4, missing)}<figure><img src="images/none-9.png" alt="크기 없는 그림"></figure>${p()}`, {
    image: { url: 'images/no-lead.png', width: 1200, height: 800, alternateName: '없는 머리그림', caption: '없는 머리그림의 설명' },
  });
  const drawn = figure('<img src="images/bridge.svg" width="1200" height="800" alt="다리">') + figure('<img src="images/hard-no-size.svg" alt="크기 없음">');
  const transparent =
    figure('<img src="images/hard-transparent.png" width="1000" height="600" alt="투명">', '투명한 바탕') + figure('<img src="images/hard-white.png" width="1000" height="600" alt="흰 그림">', '투명한 바탕의 흰 원');
  add('h20', 'SVG와 투명한 그림', p() + drawn + p() + transparent + p());
  add('h21', '이모지 🦪🚢🎉 제목', times(6, () => `<p>〔${++marks}〕 🎣 ${words()} 👨‍👩‍👧‍👦 🇰🇷 ✊🏽 1️⃣ ❤️</p>`));
  add('h22', '사이제목 많은 기사', times(40, (index) => `<h2>사이제목 ${index}번이다</h2>${p()}${index % 2 ? `<h3>작은 제목 ${index}번</h3>${p()}` : ''}`));
  const feature = (index: number): string => {
    const heading = [4, 10, 16].includes(index) ? `<h2>특집의 사이제목 ${index}</h2>` : '';
    const shape = new Map([[2, LANDSCAPE], [7, LANDSCAPE + 4], [13, PORTRAIT], [18, LANDSCAPE + 8]]).get(index);
    const picture = shape === undefined ? '' : figure(image(shape), `특집 사진 설명 ${index}. 해솔항의 아침. 그림 해솔신문`);
    return heading + p() + picture + (index === 12 ? '<blockquote><p>“따옴글은 짧다. 바다가 다 안다.”</p></blockquote>' : '');
  };
  add('h23', '특집: 굴밭의 네 계절, 바다를 지키는 사람들의 이야기', times(22, feature), {
    image: { ...imageObject(12, '머리 사진의 설명이다.'), creditText: '사진 해솔신문' },
  });
  const english = 'The council voted on Tuesday to delay the bridge for a second winter, citing the price of steel and a shortage of welders, and the islanders who had planned for it said they would wait. ';
  add('h24', 'Bridge to Yeoul delayed again as steel prices climb', times(16, (index) => `<p lang="en">[${index}] ${english.repeat(4)}</p>`));
  add('h25', '아주 긴 그림', p() + figure(image(TOWER), '짧은 설명') + p() + figure('<img src="images/hard-7.png" alt="크기를 모르는 긴 그림">') + p());
  add('h26', '관련 그림', ps(2), {
    image: imageObject(12, '머리그림'),
    associatedMedia: Array.from({ length: 8 }, (_, index) => imageObject(index, `관련 그림 ${index}번`)),
  });
  add('h27', '한 칸이 한 쪽 넘는 표', `${p()}<table><thead><tr><th>때</th><th>일</th></tr></thead><tbody><tr><td>아침</td><td>${ps(12)}</td></tr><tr><td>저녁</td><td>끝</td></tr></tbody></table>${p()}`);
  add('h28', '따옴글 속 그림과 목록 속 그림', `${p()}<blockquote>${p()}${figure(image(LANDSCAPE), '따옴글 속 사진')}${p()}</blockquote><ul><li>${words()}${figure(image(PORTRAIT), '목록 속 사진')}</li><li>${words()}</li></ul>${p()}`);
  add('h29', '아무것도 없는 기사', p(), { author: [], articleSection: [], datePublished: null, dateModified: null, alternativeHeadline: [] });
  add('h30', '본문 없는 기사', '');
  add('h31', '글 속 작은 그림', `<p>${words()} <img src="images/hard-0.png" width="24" height="16" alt="아이콘"> ${words()}</p>${p()}<p>${image(LANDSCAPE, '단락 속 큰 그림')}${image(LANDSCAPE + 4, '둘째')}</p>${p()}`);
  add('h32', '사설: 글만 있는 긴 논설', ps(20));
  add('h33', '머리그림이 세로인 기사', ps(4), { image: imageObject(PORTRAIT, '세로로 선 머리 사진의 설명') });
  // As WordPress writes them: each in a figure.
  const wide = (row: number): string => `<tr>${times(16, (column) => `<td>${(row + 1) * (column + 1)}억원</td>`)}</tr>`;
  add('h34', '그림 자리에 든 열여섯 칸 표', figure(`<table><thead><tr>${times(16, (column) => `<th>열${column + 1}번째</th>`)}</tr></thead><tbody>${times(60, wide)}</tbody></table>`, '표의 설명'));
  add('h35', '그림 자리에 든 표의 긴 칸', figure(`<table><thead><tr><th>면</th><th>내용</th></tr></thead><tbody><tr><td>물미면</td><td>${ps(40)}</td></tr></tbody></table>`));
  add('h36', '그림 자리에 든 따옴글과 코드', `${p()}<figure><blockquote>${ps(12)}</blockquote></figure>${p()}<figure><pre><code>${times(30, code)}</code></pre></figure>${p()}`);
  return articles;
}
