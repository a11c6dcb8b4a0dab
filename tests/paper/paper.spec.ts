/** Articles on paper: how many sheets they take, how full these are, and that nothing is missing, torn or cut. */
import { test as base, expect } from '@playwright/test';
import { DIST, type Server } from '../e2e/support.ts';
import { HARD } from './hard-articles.ts';
import type { Verdict } from './judge.ts';
import { startPrinter, WAYS, type Printer, type PrinterName, type Way } from './printers.ts';
import { idsOf, printAll, serveForPaper } from './printing.ts';

interface WorkerFixtures {
  /** The demo newspaper and the one with the hard articles. */
  sites: Record<'demo' | 'hard', { site: Server; dist: string }>;
  /** Starts a browser once for all tests. */
  printerOf: (engine: PrinterName) => Promise<Printer>;
}

const test = base.extend<object, WorkerFixtures>({
  sites: [
    async ({}, use) => {
      const sites = { demo: { site: await serveForPaper(DIST), dist: DIST }, hard: { site: await serveForPaper(HARD), dist: HARD } };
      await use(sites);
      await Promise.all(Object.values(sites).map(({ site }) => site.close()));
    },
    { scope: 'worker' },
  ],
  printerOf: [
    async ({}, use) => {
      const printers = new Map<PrinterName, Promise<Printer>>();
      await use((engine) => {
        const printer = printers.get(engine) ?? startPrinter(engine);
        printers.set(engine, printer);
        return printer;
      });
      for (const printer of printers.values()) await (await printer).close();
    },
    { scope: 'worker' },
  ],
});

/** What is wrong, a line for each fault, but for what is known. */
function faultsOf(verdicts: Map<string, Verdict>, known: RegExp[] = []): string[] {
  const all = [...verdicts].flatMap(([id, { faults }]) => faults.map((fault) => `${id}: ${fault}`));
  return all.filter((fault) => !known.some((pattern) => pattern.test(fault)));
}

/** What is printed, and what is known to be wrong with it. Without the script, a block that can't be broken goes on to the next sheet. */
const HARD_ONES: [PrinterName, Way, RegExp[]][] = [
  ['firefox', 'script', []],
  ['webkit', 'script', []],
  ['chromium', 'script', []],
  ['chromium', 'off', [/^h17e: (HOLE|SLACK)/, /^h17g: BLANK/, /^h19: SLACK/]],
];

for (const [engine, way, known] of HARD_ONES) {
  test(`hard articles are complete, in order and without holes in ${engine}, from ${WAYS[way]}`, async ({ sites: { hard }, printerOf }, info) => {
    const ids = idsOf(HARD);
    expect(ids).toHaveLength(43);
    const printer = await printerOf(engine);
    const verdicts = await printAll({ ...hard, ids, printer, engine, way, folder: info.outputPath() });
    expect(faultsOf(verdicts, known)).toEqual([]);
    if (way === 'script') expect([...verdicts].filter(([, { sheets }]) => sheets.some(({ foot }) => foot === '')).map(([id]) => id), 'articles with a sheet without its number').toEqual([]);
  });
}

/** How many of the demo's 42 articles are printed; at most so many sheets for them, and at least so many of them on one sheet. */
const LIMITS: Record<Way, [number, number, number]> = { script: [42, 46, 38], off: [42, 47, 37], ctrl: [14, 16, 12] };

for (const way of Object.keys(WAYS) as Way[]) {
  const [number, most, least] = LIMITS[way];
  test(`${number} of the demo's articles take at most ${most} sheets, ${least} of them a single one, from ${WAYS[way]}`, async ({ sites: { demo }, printerOf }, info) => {
    const all = idsOf(DIST);
    expect(all).toHaveLength(42);
    const ids = all.filter((_, index) => index % (all.length / number) === 0);
    const printer = await printerOf('chromium');
    const verdicts = await printAll({ ...demo, ids, printer, engine: 'chromium', way, folder: info.outputPath() });
    const counts = [...verdicts.values()].map(({ sheets }) => sheets.length);
    expect(counts.reduce((sum, count) => sum + count)).toBeLessThanOrEqual(most);
    expect(counts.filter((count) => count === 1).length).toBeGreaterThanOrEqual(least);
    expect(faultsOf(verdicts)).toEqual([]);
  });
}
