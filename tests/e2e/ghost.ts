/** The real Ghost of `tests/backends`, and a newspaper that reads it. */
import { backendScript, harbourPost } from './real-backend.ts';

export const ROOT = `http://127.0.0.1:${process.env.GHOST_PORT ?? '2368'}`;

export class Ghost {
  private constructor(
    /** The public key of its Content API. */
    readonly key: string,
  ) {}

  /** Starts it, unless it runs. Fails with what the script says. */
  static async start(): Promise<Ghost> {
    await backendScript('ghost', 'start');
    return new Ghost(await backendScript('ghost', 'key'));
  }

  /** The `site.json` of a newspaper that reads it. */
  site(changes: object = {}): object {
    const backend = { preset: 'ghost', url: `${ROOT}/ghost/api/content`, query: { key: this.key }, ...changes };
    return harbourPost(backend, ['Politics', 'Business', 'Culture', 'Science'].map((name) => ({ name, slug: name.toLowerCase() })));
  }
}
