// A static host: it reads one folder before the first request, compresses each file once, and serves it by HTTP/1.1 with
// keep-alive. The first request for a file waits for the compression; a measurement begins with a round that is not counted.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { extname, join, relative } from 'node:path';
import { brotli } from './measure.mjs';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.xml': 'application/xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.jpg': 'image/jpeg',
};
/** Extensions of files that are already compressed. */
const PACKED = new Set(['.jpg']);
/** Compressed files by the hash of their content, because several folders have the same files. */
const packed = new Map();

/** Serves a folder; unknown addresses get its `200.html`, if it has one. Returns the root's address and a function that stops it. */
export async function serve(folder) {
  const files = new Map();
  for (const path of walk(folder)) {
    const type = TYPES[extname(path)];
    if (!type) continue;
    const bytes = readFileSync(path);
    const isPacked = PACKED.has(extname(path));
    // The content of a file with a hash in its name never changes.
    const isHashed = /-[0-9a-f]{12,16}(_bg)?\.\w+$/.test(path);
    files.set(`/${relative(folder, path)}`, {
      bytes,
      packed: isPacked ? null : existsSync(`${path}.br`) ? readFileSync(`${path}.br`) : undefined,
      headers: {
        'Content-Type': type,
        'Cache-Control': isHashed ? 'public, max-age=31536000, immutable' : 'public, max-age=60',
        ...(isPacked ? {} : { Vary: 'Accept-Encoding' }),
      },
    });
  }
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://127.0.0.1').pathname);
    const file =
      files.get(path.endsWith('/') ? `${path}index.html` : path) ??
      (path.endsWith('/') ? files.get('/200.html') : undefined);
    if (!file) {
      response.writeHead(404, { 'Content-Type': 'text/plain', 'Content-Length': 0 }).end();
      return;
    }
    const takesPacked = file.packed !== null && /\bbr\b/.test(request.headers['accept-encoding'] ?? '');
    if (takesPacked) file.packed ??= pack(file.bytes);
    const body = takesPacked ? file.packed : file.bytes;
    response.writeHead(200, {
      ...file.headers,
      ...(takesPacked ? { 'Content-Encoding': 'br' } : {}),
      'Content-Length': body.length,
    });
    response.end(body);
  });
  server.keepAliveTimeout = 60_000;
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { root: `http://127.0.0.1:${server.address().port}`, stop };
}

function pack(bytes) {
  const hash = createHash('sha256').update(bytes).digest('hex');
  if (!packed.has(hash)) packed.set(hash, brotli(bytes));
  return packed.get(hash);
}

function* walk(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(path);
    else yield path;
  }
}
