// Makes an invented newspaper of any size in gisa's own JSON. The same number gives the same articles on every machine.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The widths in pixels of every picture, and the pictures that the articles share. */
export const WIDTHS = [480, 800, 1200];
/** The width in pixels of a picture in the text. It is not a width of lead pictures, because gisa shows no picture twice. */
export const INSIDE = 640;
export const PICTURES = [
  ['harbor-dawn', '새벽 어판장에 불을 켜고 들어오는 배'],
  ['county-office', '깃발이 걸린 군청 앞마당'],
  ['bus-stop', '비 오는 정류장에서 버스를 기다리는 사람들'],
  ['greenhouse', '눈 덮인 들판의 비닐하우스'],
  ['library', '창가 자리에서 책을 읽는 아이들'],
  ['oyster-farm', '썰물에 드러난 굴 양식장'],
  ['night-market', '등을 밝힌 야시장 골목'],
  ['solar-roof', '창고 지붕에 올린 태양광 판'],
];

/** Every picture has the aspect ratio 3:2. */
export const heightOf = (width) => Math.round((width * 2) / 3);

const SECTIONS = [
  ['gunjeong', '군정·의회'],
  ['sahoe', '사회'],
  ['gyeongje', '경제·농어업'],
  ['munhwa', '문화·교육'],
  ['saramdeul', '사람들'],
  ['opinion', '오피니언'],
];
const REPORTERS = ['윤가람', '서다미', '채은솔', '남이현', '문해든', '도유빈', '길한솔', '복나래', '탁이든', '여온유'];
const PLACES = ['해솔읍', '물미면', '도담면', '솔재면', '여울도', '가람리', '새뜸마을', '갯들', '은모래포구', '느티재'];
const OFFICES = [
  '군청',
  '군의회',
  '농업기술센터',
  '수협',
  '교육지원청',
  '보건소',
  '소방서',
  '문화원',
  '산림조합',
  '우체국',
];
const THINGS = [
  '버스 노선',
  '굴 껍데기 자원화시설',
  '딸기 육묘장',
  '작은도서관',
  '마을 세탁소',
  '여객선 운임',
  '빈집 고치기',
  '둘레길',
  '상수도관',
  '어린이집 급식',
  '태양광 지붕',
  '공동 김장',
  '장날 주차장',
  '방파제',
  '청년 숙소',
  '돌봄 교실',
];
const PEOPLE = ['한도경', '차연우', '황보민', '엄지호', '유하람', '방가온', '설다온', '금이랑', '옥새별', '표은결'];
const ROLES = ['이장', '위원장', '주무관', '조합장', '교사', '선장', '대표', '의원', '소장', '주민'];
const EVENTS = ['주민 설명회', '본회의', '공청회', '현장 점검', '간담회', '시범 운행', '임시총회', '품평회'];
const MONTHS = ['이달', '다음 달', '내년 3월', '올해 안', '설 전', '장마 전', '수확 철', '새 학기'];

/** A small and fast random generator (mulberry32). Each article has its own, so that it depends on no other article. */
class Chance {
  constructor(seed) {
    this.state = seed >>> 0;
  }
  next() {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let value = this.state;
    value = Math.imul(value ^ (value >>> 15), value | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  }
  /** A whole number from `low` to `high`, both included. */
  number(low, high) {
    return low + Math.floor(this.next() * (high - low + 1));
  }
  one(list) {
    return list[Math.floor(this.next() * list.length)];
  }
  /** True once in `times`. */
  once(times) {
    return this.next() * times < 1;
  }
}

/** A noun with the particle that fits its last sound. */
function with_(noun, afterConsonant, afterVowel) {
  const last = noun.charCodeAt(noun.length - 1);
  const closed = last >= 0xac00 && last <= 0xd7a3 && (last - 0xac00) % 28 > 0;
  return noun + (closed ? afterConsonant : afterVowel);
}
const topic = (noun) => with_(noun, '은', '는');
const subject = (noun) => with_(noun, '이', '가');
const object = (noun) => with_(noun, '을', '를');

const SENTENCES = [
  (c) =>
    `${topic(`${c.one(PLACES)} ${c.one(OFFICES)}`)} ${c.number(1, 28)}일 ${c.one(EVENTS)}에서 ${c.one(THINGS)} 계획을 내놓았다.`,
  (c) =>
    `${object(c.one(THINGS))} 손보는 데 드는 돈은 ${c.number(2, 98)}억${c.number(1, 9)},000만원으로, 지난해보다 ${c.number(2, 40)}% 늘었다.`,
  (c) =>
    `${c.one(PEOPLE)} ${topic(c.one(ROLES))} “${c.one(MONTHS)}에 끝내겠다는 약속을 벌써 ${c.number(2, 6)}번 들었다”고 말했다.`,
  (c) =>
    `${c.one(PLACES)}에 사는 ${c.one(PEOPLE)}(${c.number(24, 88)}) 씨는 하루에 ${c.number(2, 9)}번 이 길을 지난다.`,
  (c) => `신청은 ${c.one(MONTHS)}까지 ${c.one(PLACES)} ${c.one(OFFICES)} ${c.number(1, 4)}층에서 받는다.`,
  (c) =>
    `조사한 ${c.number(40, 900)}가구 가운데 ${c.number(11, 39)}%가 ${subject(c.one(THINGS))} 가장 급하다고 답했다.`,
  (c) => `${c.number(2, 19)}년 전 세운 ${topic(c.one(THINGS))} 그 뒤로 한 번도 바뀌지 않았다.`,
  (c) => `${c.one(OFFICES)} 관계자는 “${topic(c.one(THINGS))} ${c.one(PLACES)}부터 차례로 넓힐 것”이라고 설명했다.`,
  (c) => `${c.one(MONTHS)}부터는 오전 ${c.number(6, 11)}시 ${c.number(1, 5)}0분에 첫 차가 떠난다.`,
  (c) => `남은 ${c.number(3, 70)}건은 ${c.number(1, 12)}월 ${c.one(EVENTS)}에서 다시 다룬다.`,
  (c) => `반대하는 목소리도 있다. ${c.one(PEOPLE)} ${topic(c.one(ROLES))} 주민 ${c.number(60, 640)}명의 서명을 냈다.`,
  (c) => `지난주 ${c.one(PLACES)}에서는 비가 ${c.number(12, 180)}㎜ 내려 ${subject(c.one(THINGS))} 이틀 멈췄다.`,
];

const paragraph = (chance) => {
  const sentences = Array.from({ length: chance.number(2, 5) }, () => chance.one(SENTENCES)(chance));
  return `<p>${sentences.join(' ')}</p>`;
};

function table(chance) {
  const rows = Array.from({ length: chance.number(3, 7) }, () => {
    const [before, after] = [chance.number(10, 900), chance.number(10, 900)];
    return `<tr><th scope="row">${chance.one(PLACES)}</th><td>${before}</td><td>${after}</td><td>${after - before}</td></tr>`;
  });
  const head =
    '<tr><th scope="col">곳</th><th scope="col">지난해</th><th scope="col">올해</th><th scope="col">증감</th></tr>';
  return `<table>\n<caption>${chance.one(THINGS)} 예산 (단위: 백만원)</caption>\n<thead>\n${head}\n</thead>\n<tbody>\n${rows.join('\n')}\n</tbody>\n</table>`;
}

/** A picture in the text. Its address begins at the newspaper's root, so that every page resolves it to the same one. */
function figure(chance) {
  const [name, text] = chance.one(PICTURES);
  const caption = `${text}. ${chance.number(1, 28)}일 ${chance.one(PLACES)}.`;
  return `<figure><img src="/data/images/${name}-${INSIDE}.jpg" alt="${text}" width="${INSIDE}" height="${heightOf(INSIDE)}"><figcaption>${caption}</figcaption></figure>`;
}

function body(chance) {
  const pieces = [];
  const paragraphs = chance.number(3, 12);
  for (let index = 0; index < paragraphs; index += 1) {
    if (index > 1 && index % 4 === 0) pieces.push(`<h2>${chance.one(PLACES)}, ${chance.one(THINGS)}</h2>`);
    pieces.push(paragraph(chance));
    if (index === 1 && chance.once(8)) pieces.push(table(chance));
    if (index === 2 && chance.once(6)) pieces.push(figure(chance));
    if (index === 3 && chance.once(6)) {
      pieces.push(`<blockquote><p>${chance.one(SENTENCES)(chance)}</p></blockquote>`);
    }
  }
  if (chance.once(4)) {
    pieces.push(
      `<p>자세한 내용은 <a href="https://example.org/haesol/${chance.number(100, 999)}">군 누리집</a>에 있다.</p>`,
    );
  }
  return pieces.join('\n');
}

function image(chance) {
  const [name, text] = chance.one(PICTURES);
  const file = (width) => ({ url: `images/${name}-${width}.jpg`, width, height: heightOf(width) });
  return {
    ...file(1200),
    alternateName: text,
    caption: `${chance.one(PLACES)}에서 ${chance.number(1, 28)}일 본 모습. ${text}.`,
    creditText: '그림 해솔신문',
    sizes: WIDTHS.map(file),
  };
}

/** Keywords that few articles share. They are drawn apart, so that the rest of an article does not depend on them. */
function rareKeywords(id) {
  const chance = new Chance(Number(id) + 0x5eed);
  const [place, thing] = [chance.one(PLACES), chance.one(THINGS)];
  return [`${place} ${thing}`, `${chance.one(PEOPLE)} ${chance.one(ROLES)}`, `${place} ${chance.one(OFFICES)} ${thing}`];
}

const NEWEST = Date.parse('2026-11-23T08:30:00+09:00');
/** About thirty articles a day, never two in the same second. */
const APART = 47 * 60_000 + 13_000;

const inSeoul = (time) => new Date(time + 9 * 3_600_000).toISOString().replace('.000Z', '+09:00');

/** The id of the article that is `index` places behind the newest of `count`. */
export const idOf = (index, count) => String(1_000_000 + count - index);

/** The article that is `index` places behind the newest of `count`. */
export function article(index, count) {
  const id = idOf(index, count);
  const chance = new Chance(Number(id));
  const section = chance.number(0, SECTIONS.length - 1);
  const sections = [section];
  if (chance.once(10)) sections.push((section + 1) % SECTIONS.length);
  const published = NEWEST - index * APART;
  const views = chance.number(20, 9000);
  return {
    id,
    headline: `${chance.one(PLACES)} ${chance.one(THINGS)}, ${chance.one(MONTHS)} ${chance.number(2, 60)}곳으로 는다`,
    alternativeHeadline: Array.from(
      { length: chance.number(0, 2) },
      () => `${subject(chance.one(THINGS))} 먼저, ${chance.one(EVENTS)} 뒤로`,
    ),
    description: SENTENCES[0](chance),
    articleBody: body(chance),
    datePublished: inSeoul(published),
    ...(chance.once(5) ? { dateModified: inSeoul(published + chance.number(600, 86_000) * 1000) } : {}),
    author: Array.from(
      new Set([chance.one(REPORTERS), ...(chance.once(9) ? [chance.one(REPORTERS)] : [])]),
      (name) => ({
        name,
        jobTitle: '기자',
      }),
    ),
    articleSection: sections.map((index) => ({ slug: SECTIONS[index][0], name: SECTIONS[index][1] })),
    keywords: [...new Set([chance.one(PLACES), chance.one(THINGS), chance.one(OFFICES)]), ...rareKeywords(id)],
    ...(chance.once(6) ? {} : { image: image(chance) }),
    interactionStatistic: { views, likes: Math.floor(views / chance.number(9, 90)), comments: chance.number(0, 40) },
    isAccessibleForFree: true,
  };
}

/** Writes `count` articles and the lists that editors write by hand into a folder; `gisa index` makes the other lists. */
export function generate(folder, count) {
  for (const name of ['articles', 'ranking']) mkdirSync(join(folder, name), { recursive: true });
  const write = (path, value) => writeFileSync(join(folder, path), `${JSON.stringify(value, null, 2)}\n`);
  for (let index = 0; index < count; index += 1) write(`articles/${idOf(index, count)}.json`, article(index, count));
  const chance = new Chance(count);
  for (const [period, among] of [
    ['day', 40],
    ['week', 200],
    ['month', 900],
  ]) {
    const chosen = new Set();
    const entries = Math.min(20, count);
    while (chosen.size < entries) chosen.add(chance.number(0, Math.min(among, count) - 1));
    const items = Array.from(chosen, (index) => article(index, count)).sort(
      (one, other) => other.interactionStatistic.views - one.interactionStatistic.views,
    );
    const entry = ({ id, interactionStatistic }, index) => ({
      position: index + 1,
      count: interactionStatistic.views,
      article: { id },
    });
    write(`ranking/${period}.json`, { period, metric: 'views', items: items.map(entry) });
  }
  write('today.json', {
    items: Array.from({ length: Math.min(5, count) }, (_, index) => ({ id: idOf(index, count) })),
  });
}
