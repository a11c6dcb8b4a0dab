/** The real Ghost of `tests/backends`, and a newspaper that reads it. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { siteJson } from './support.ts';

const script = fileURLToPath(new URL('../backends/ghost.sh', import.meta.url));
const run = promisify(execFile);

/** Long enough to download it and to compile its database. */
export const STARTING = 900_000;

export const ROOT = `http://127.0.0.1:${process.env.GHOST_PORT ?? '2368'}`;

export class Ghost {
  private constructor(
    /** The public key of its Content API. */
    readonly key: string,
  ) {}

  /** Starts it, unless it runs. Fails with what the script says. */
  static async start(): Promise<Ghost> {
    await run('bash', [script, 'start']).catch((error: { stderr?: string; message: string }) => {
      throw new Error(`Ghost can't be started: ${error.stderr?.trim() || error.message}`);
    });
    const { stdout } = await run('bash', [script, 'key']);
    return new Ghost(stdout.trim());
  }

  /** The `site.json` of a newspaper that reads it. */
  site(changes: object = {}): object {
    return siteJson({
      name: 'Harbour Post',
      description: 'All the news that fits a test',
      locale: 'en',
      timeZone: 'Europe/Berlin',
      url: 'https://harbour.example/',
      backend: { preset: 'ghost', url: `${ROOT}/ghost/api/content`, query: { key: this.key }, timeout: 30, ...changes },
      sections: ['Politics', 'Business', 'Culture', 'Science'].map((name) => ({ name, slug: name.toLowerCase() })),
      sidebar: [{ box: 'mostViewed' }, { box: 'today' }, { box: 'photos' }],
      footer: { lines: ['Harbour Post, 1 Quay Street'], links: [], copyright: '© Harbour Post' },
    });
  }
}
