// Makes the access log of one day of an invented newspaper, in the combined format. The same numbers give the same log on
// every machine.
import { closeSync, openSync, writeSync } from 'node:fs';

/** The day of the log, in Seoul. */
export const DAY = '2026-11-28';
const DATE = '28/Nov/2026';
/** How many articles the newspaper has. How often each is read follows Zipf's law. */
export const ARTICLES = 5000;
/** A reader asks for an article again at most this long after the first time. */
const REPEATED_SECONDS = 600;

const BROWSERS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/@.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/@.0.0.0 Safari/537.36 Edg/@.0.0.0',
  'Mozilla/5.0 (Linux; Android 14; SM-S911N) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/@.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (Linux; Android 14; SM-A546S) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/@.0.0.0 Mobile Safari/537.36 NAVER(inapp; search; 2000; 12.9.1)',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/@.1 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 KAKAOTALK/@.9.0 (INAPP)',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/@.1 Safari/605.1.15',
  'Mozilla/5.0 (X11; Linux x86_64; rv:@.0) Gecko/20100101 Firefox/@.0',
];
const ROBOTS = [
  'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  'Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)',
  'Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)',
  'Mozilla/5.0 (compatible; SemrushBot/7~bl; +http://www.semrush.com/bot.html)',
  'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
];
const FILES = [
  '/assets/gisa-3f9c1d2e8b7a6045.wasm',
  '/assets/gisa-3f9c1d2e8b7a6045.js',
  '/assets/style-9b1c.css',
  '/data/images/harbor-dawn-800.jpg',
  '/data/images/bus-stop-480.jpg',
  '/data/images/library-1200.jpg',
  '/favicon.ico',
  '/feed.xml',
];
const PAGES = ['/', '/sections/sahoe/', '/sections/gyeongje/', '/ranking/', '/photos/', '/search/?q=oyster'];
const REFERRERS = ['-', 'https://m.search.example/', 'https://haesol.example/', 'https://www.portal.example/news?id=7'];

/** A quick generator of numbers that look random. */
function chance(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const two = (number) => String(number).padStart(2, '0');

/**
 * Writes a log of `count` lines. A reader is a new one for each visit, and asks for the same article again only within ten
 * minutes: so the readers of an article on this day (goaccess) are its readings (gisa).
 */
export function writeLog(path, count, seed = 7) {
  const random = chance(seed);
  const below = (limit) => Math.floor(random() * limit);
  const one = (list) => list[below(list.length)];
  const shares = Array.from({ length: ARTICLES }, (_, index) => 1 / (index + 1));
  const whole = shares.reduce((sum, share) => sum + share);
  let sum = 0;
  const bounds = Float64Array.from(shares, (share) => (sum += share / whole));
  // Which article has which rank is not the order of the ids.
  const idOf = (rank) => 10_000 + ((rank * 2_357 + 101) % ARTICLES);
  const article = () => {
    const wanted = random();
    let [low, high] = [0, ARTICLES - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (bounds[middle] < wanted) low = middle + 1;
      else high = middle;
    }
    return `/articles/${idOf(low)}/`;
  };
  const agents = BROWSERS.flatMap((name) => Array.from({ length: 12 }, (_, version) => name.replaceAll('@', 120 + version)));
  let readers = 0;
  const newReader = () => {
    readers += 1;
    const number = readers;
    const address =
      number % 5 === 0
        ? `2001:db8:${(number >>> 16).toString(16)}:${(number & 0xffff).toString(16)}::7`
        : `10.${(number >>> 16) & 255}.${(number >>> 8) & 255}.${number & 255}`;
    return { address, agent: one(agents), left: 1 + below(6), read: [] };
  };
  // Readers who are here now, and what was read in the last minutes.
  const present = Array.from({ length: 400 }, newReader);
  const recent = [];
  const file = openSync(path, 'w');
  let text = '';
  for (let line = 0; line < count; line += 1) {
    const second = Math.floor((line / count) * 86_400);
    // A server writes a line when it has answered, so lines are not quite in order.
    const shown = Math.max(0, second - below(3));
    const time = `${two(Math.floor(shown / 3600))}:${two(Math.floor(shown / 60) % 60)}:${two(shown % 60)}`;
    const place = below(present.length);
    const reader = present[place];
    let [address, agent, method, target, status, bytes] = [reader.address, reader.agent, 'GET', '', 200, 2000 + below(30_000)];
    const kind = random();
    if (kind < 0.42) {
      target = one(FILES);
      if (random() < 0.2) [status, bytes] = [304, 0];
    } else if (kind < 0.7) {
      target = article();
      if (reader.read.includes(target)) {
        target = '/';
      } else {
        reader.read.push(target);
        recent.push({ second, reader, target });
        reader.left -= 1;
        if (random() < 0.1) target += '?utm_source=portal&from=list';
        if (random() < 0.1) [status, bytes] = [304, 0];
      }
      if (reader.left === 0) present[place] = newReader();
    } else if (kind < 0.75) {
      while (recent.length > 4096 || (recent.length > 0 && second - recent[0].second > REPEATED_SECONDS / 2)) recent.shift();
      const again = recent.length > 0 ? one(recent) : undefined;
      target = again?.target ?? '/';
      if (again) ({ address, agent } = again.reader);
    } else if (kind < 0.85) {
      target = one(PAGES);
    } else if (kind < 0.95) {
      [address, agent, target] = [`66.249.66.${below(250)}`, one(ROBOTS), random() < 0.9 ? article() : '/sitemap.xml'];
    } else if (kind < 0.97) {
      [target, status, bytes] = [article().slice(0, -1), 301, 162];
    } else if (kind < 0.99) {
      [target, status, bytes] = [`/wp-content/${below(500)}.php`, 404, 900];
    } else if (kind < 0.995) {
      [target, status, bytes] = [article(), 503, 200];
    } else {
      [method, target, status, bytes] = ['POST', '/xmlrpc.php', 405, 150];
    }
    text += `${address} - - [${DATE}:${time} +0900] "${method} ${target} HTTP/2.0" ${status} ${bytes} "${one(REFERRERS)}" "${agent}"\n`;
    if (text.length > 1 << 20) {
      writeSync(file, text);
      text = '';
    }
  }
  writeSync(file, text);
  closeSync(file);
}
