/** The real WordPress of `tests/backends`, and a newspaper that reads it. */
import { backendScript, harbourPost } from './real-backend.ts';

const PORT = process.env.WP_PORT ?? '8081';

/** The root of its REST API. */
export const API = `http://127.0.0.1:${PORT}/wp-json`;

/** Long enough to download and unpack Debian's package over a slow line. */
export const STARTING = 300_000;

/** The root of the same API, where views are counted: by what obeys the parameters of WordPress Popular Posts, or by that plugin. */
export const COUNTED = `http://127.0.0.1:${PORT}/counted/wp-json`;
export const COUNTED_BY_PLUGIN = `http://127.0.0.1:${PORT}/counted-by-plugin/wp-json`;

export class WordPress {
  /** Starts it, unless it runs. Fails with what the script says, such as the names of missing packages. */
  static async start(): Promise<WordPress> {
    await backendScript('wordpress', 'start');
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
export function wordpressSite(mapping?: object, url = API): object {
  const backend = { preset: 'wordpress', url, ...(mapping ? { mapping } : {}) };
  const sections = ['Politics', 'Business', 'Culture', 'Sport', 'Science'].map((name) => ({ name, slug: name.toLowerCase() }));
  return { ...harbourPost(backend, sections), embeds: ['example.org'] };
}
