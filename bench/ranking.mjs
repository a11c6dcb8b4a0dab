// How fast gisa and goaccess count the readers of each article in the log of a web server, and whether they find the same.
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { DAY, writeLog } from './logs.mjs';
import { spread, timed } from './measure.mjs';

/** So many articles have to be the same in both. */
const COMPARED = 100;
/** goaccess counts only this, as gisa does. */
const OTHER_PANELS =
  'VISITORS REQUESTS_STATIC NOT_FOUND HOSTS OS BROWSERS VISIT_TIMES REFERRERS REFERRING_SITES KEYPHRASES STATUS_CODES';

/** Measures both with a log of `lines` lines, `runs` times in turns. */
export function measure({ root, program, lines, runs, only }) {
  const folder = join(root, `log-${lines}`);
  mkdirSync(folder, { recursive: true });
  const log = join(folder, 'access.log');
  if (!existsSync(log)) writeLog(log, lines);
  const site = { name: '해솔신문', url: 'https://haesol.example/', timeZone: 'Asia/Seoul', backend: { preset: 'native', url: 'data/' } };
  writeFileSync(join(folder, 'site.json'), JSON.stringify(site));
  const report = join(folder, 'goaccess.json');
  const programs = {
    goaccess: () =>
      timed('goaccess', [
        log, '--no-global-config', '--log-format=COMBINED', '--no-progress', '--ignore-crawlers', '--no-query-string',
        ...[301, 404, 405, 503].map((status) => `--ignore-status=${status}`),
        ...OTHER_PANELS.split(' ').map((panel) => `--ignore-panel=${panel}`),
        '--max-items=100000', '-o', report,
      ]),
    gisa: () =>
      timed(program, [
        'ranking', '--from', log, '--site', join(folder, 'site.json'), '--now', `${DAY}T23:59:59`, '--period', 'week',
        '--limit', '1000',
      ]),
  };
  const names = Object.keys(programs).filter((name) => only.includes(name));
  const figures = Object.fromEntries(names.map((name) => [name, []]));
  for (let run = 0; run < runs; run += 1) {
    rmSync(join(folder, 'data'), { recursive: true, force: true });
    for (const name of names) figures[name].push({ load: loadavg()[0], ...programs[name]() });
  }
  const results = Object.fromEntries(
    names.map((name) => {
      const of = (key) => spread(figures[name].map((figure) => figure[key]));
      return [name, { wall: of('wall'), processor: of('processor'), memory: of('memory'), load: of('load') }];
    }),
  );
  const same = names.length === 2 ? compare(report, join(folder, 'data/ranking/week.json')) : undefined;
  return { lines, bytes: statSync(log).size, runs, results, same };
}

/** Compares the first articles of both. Throws if they are not the same. */
function compare(report, ranking) {
  const found = new Map();
  for (const { data, visitors } of JSON.parse(readFileSync(report, 'utf8')).requests.data) {
    const [, id] = data.match(/^\/articles\/(\d+)\/$/) ?? [];
    if (id) found.set(id, (found.get(id) ?? 0) + visitors.count);
  }
  const theirs = [...found].sort((one, other) => other[1] - one[1]).slice(0, COMPARED);
  const { items } = JSON.parse(readFileSync(ranking, 'utf8'));
  const ours = items.slice(0, COMPARED).map(({ article, count }) => [article.id, count]);
  const ids = new Set(theirs.map(([id]) => id));
  const missing = ours.filter(([id]) => !ids.has(id));
  if (ours.length < COMPARED || missing.length > 0) {
    throw new Error(`gisa and goaccess do not have the same first ${COMPARED} articles: ${JSON.stringify({ ours, theirs })}`);
  }
  const moved = ours.filter(([id], index) => theirs[index][0] !== id).length;
  const differences = ours.map(([id, count]) => Math.abs(count - found.get(id)) / count);
  return { articles: COMPARED, moved, greatest: Math.max(...differences) };
}
