/** The real WordPress of `tests/backends`, and a newspaper that reads it. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { siteJson } from './support.ts';

const script = fileURLToPath(new URL('../backends/wordpress.sh', import.meta.url));
const run = promisify(execFile);

const PORT = process.env.WP_PORT ?? '8081';

/** The root of its REST API. */
export const API = `http://127.0.0.1:${PORT}/wp-json`;

/** Long enough to download and unpack Debian's package over a slow line. */
export const STARTING = 300_000;

export class WordPress {
  /** Starts it, unless it runs. Fails with what the script says, such as the names of missing packages. */
  static async start(): Promise<WordPress> {
    await run('bash', [script, 'start']).catch((error: { stderr?: string; message: string }) => {
      throw new Error(`WordPress can't be started: ${error.stderr?.trim() || error.message}`);
    });
    return new WordPress();
  }

  /** The number of a post. */
  async id(slug: string): Promise<number> {
    const response = await fetch(`${API}/wp/v2/posts?slug=${encodeURIComponent(slug)}&_fields=id`);
    const [post] = (await response.json()) as { id: number }[];
    if (!post) throw new Error(`the seed has no post ${slug}`);
    return post.id;
  }
}

/** The `site.json` of a newspaper that reads it. */
export function wordpressSite(mapping?: object): object {
  return siteJson({
    name: 'Harbour Post',
    description: 'All the news that fits a test',
    locale: 'en',
    timeZone: 'Europe/Berlin',
    url: 'https://harbour.example/',
    backend: { preset: 'wordpress', url: API, timeout: 30, ...(mapping ? { mapping } : {}) },
    sections: ['Politics', 'Business', 'Culture', 'Sport', 'Science'].map((name) => ({ name, slug: name.toLowerCase() })),
    sidebar: [{ box: 'mostViewed' }, { box: 'today' }, { box: 'photos' }],
    embeds: ['example.org'],
    footer: { lines: ['Harbour Post, 1 Quay Street'], links: [], copyright: '© Harbour Post' },
  });
}
