/** A folder served by a real web server, with the configuration that `gisa hosting` prints for it. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closedPort } from './faults.ts';
import { GISA } from './support.ts';

export type WebServer = 'nginx' | 'caddy';

/** Whether the server is installed. */
export function isHere(server: WebServer): boolean {
  return spawnSync(server, [server === 'nginx' ? '-v' : 'version']).error === undefined;
}

/** Serves a folder. `close` stops the server. */
export async function host(server: WebServer, folder: string): Promise<{ origin: string; close(): Promise<void> }> {
  const printed = execFileSync(GISA, ['hosting', server, '--site', join(folder, 'site.json'), '--root', folder, '--base', '/', '--server-name', 'news.example'], { encoding: 'utf8' });
  const here = mkdtempSync(join(tmpdir(), 'gisa-hosted-'));
  const port = await closedPort();
  const { command, args } = server === 'nginx' ? nginx(printed, here, port) : caddy(printed, here, port);
  const child = spawn(command, args, { stdio: 'ignore', env: { ...process.env, HOME: here, XDG_DATA_HOME: here, XDG_CONFIG_HOME: here } });
  const ended = new Promise<void>((done) => child.once('close', () => done()));
  const answers = () => new Promise<boolean>((done) => {
    const socket = connect(port, '127.0.0.1', () => done(true)).on('error', () => done(false));
    socket.on('connect', () => socket.end());
  });
  const patience = Date.now() + 20_000;
  while (!(await answers())) {
    if (child.exitCode !== null || Date.now() > patience) throw new Error(`${server} does not start with:\n${printed}`);
    await new Promise((done) => setTimeout(done, 20));
  }
  return {
    origin: `http://127.0.0.1:${port}/`,
    async close() {
      child.kill();
      await ended;
      rmSync(here, { recursive: true });
    },
  };
}

function replaced(text: string, part: string, other: string): string {
  if (!text.includes(part)) throw new Error(`no ${part} in:\n${text}`);
  return text.replace(part, other);
}

function nginx(printed: string, here: string, port: number) {
  writeFileSync(join(here, 'site.conf'), replaced(printed, '    listen 80;\n    listen [::]:80;\n', `    listen 127.0.0.1:${port};\n`));
  const brotli = '/usr/lib/nginx/modules/ngx_http_brotli_static_module.so';
  const folders = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${here}/${name};`);
  writeFileSync(join(here, 'nginx.conf'), `${existsSync(brotli) ? `load_module ${brotli};` : ''}
daemon off;
master_process off;
pid ${here}/pid;
events { }
http { access_log off; ${folders.join(' ')} include ${here}/site.conf; }
`);
  return { command: 'nginx', args: ['-p', `${here}/`, '-e', 'stderr', '-c', join(here, 'nginx.conf')] };
}

function caddy(printed: string, here: string, port: number) {
  const site = replaced(printed, '\nnews.example {\n', `\nhttp://:${port} {\n\tbind 127.0.0.1\n`);
  writeFileSync(join(here, 'Caddyfile'), `{\n\tadmin off\n\tauto_https off\n}\n${site}`);
  return { command: 'caddy', args: ['run', '--adapter', 'caddyfile', '--config', join(here, 'Caddyfile')] };
}
