/** Prints many articles of a newspaper, for the tests and for the command. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { serve, type Server, type ServeOptions } from '../e2e/support.ts';
import { judge, type Verdict } from './judge.ts';
import { NOTE_IN_PLACE_OF_DIALOG, NOTE_PATH, type Printer, type PrinterName, type Way } from './printers.ts';

/** The ids of the articles in a written newspaper. */
export function idsOf(dist: string): string[] {
  return readdirSync(join(dist, 'articles')).sort();
}

/** Serves a written newspaper whose pages note that they open the print dialog. */
export function serveForPaper(dist: string, options: ServeOptions = {}): Promise<Server> {
  return serve({
    dist,
    written: true,
    change: (html) => html.replace('<head>', `<head><script src="${NOTE_PATH}"></script>`),
    ...options,
    overlay: { [NOTE_PATH]: NOTE_IN_PLACE_OF_DIALOG, ...options.overlay },
  });
}

export interface Order {
  site: Server;
  /** The folder of the newspaper that `site` serves. */
  dist: string;
  ids: string[];
  printer: Printer;
  engine: PrinterName;
  way: Way;
  /** Where the PDFs go, as `ID-WAY-ENGINE.pdf`. */
  folder: string;
  /** How many articles are under way at the same time. */
  jobs?: number;
}

/** Prints articles and judges what comes out, by id. */
export async function printAll({ site, dist, ids, printer, engine, way, folder, jobs = 2 }: Order): Promise<Map<string, Verdict>> {
  const verdicts = new Map<string, Verdict>();
  const waiting = [...ids];
  const work = async (): Promise<void> => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      const file = join(folder, `${id}-${way}-${engine}.pdf`);
      const notes = await printer.print(site.at(`articles/${encodeURIComponent(id)}/`), way, file);
      const article = JSON.parse(readFileSync(join(dist, 'data/articles', `${id}.json`), 'utf8'));
      verdicts.set(id, await judge(file, article, engine, notes));
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  return new Map(ids.map((id) => [id, verdicts.get(id)!]));
}
