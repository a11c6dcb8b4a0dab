/**
 * Starts and ends the browsers that are not Chromium: Debian's Firefox (`firefox-esr`), without a window, and WebKitGTK
 * (`webkit2gtk-driver`), which draws on a screen of its own (`Xvfb`). Each has a profile of its own, speaks Korean, lives
 * in New York's time zone, and reaches nothing but 127.0.0.1.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Tab } from './tab.ts';
import { byHttp, byMarionette, type Channel } from './webdriver.ts';

export type EngineName = 'firefox' | 'webkit';

export interface EngineOptions {
  /** Whether the reader prefers dark pages. */
  dark?: boolean;
  /** More preferences of Firefox. */
  preferences?: Record<string, string | number | boolean>;
}

/** A browser that runs. */
export interface Engine {
  name: EngineName;
  /** Opens a new tab, and closes the one before. Its history is empty. */
  tab(): Promise<Tab>;
  stop(): Promise<void>;
}

/** Starts a browser. It ends with `stop`, or with this process. */
export function startEngine(name: EngineName, options: EngineOptions = {}): Promise<Engine> {
  return name === 'firefox' ? startFirefox(options) : startWebKit(options);
}

/** For this long a script of a test may run in a page. */
const SCRIPT_MILLISECONDS = 5_000;

/** For this long a browser may take to start. */
const START_MILLISECONDS = 60_000;

const running = new Set<ChildProcess>();
process.on('exit', () => running.forEach((child) => kill(child, 'SIGKILL')));

/** Starts a program as the leader of its own group, so that what it starts itself is ended with it. */
function run(command: string, parameters: string[], environment: NodeJS.ProcessEnv, output: 'ignore' | 'pipe' = 'ignore'): ChildProcess {
  const child = spawn(command, parameters, { env: environment, detached: true, stdio: ['ignore', 'ignore', 'ignore', output] });
  running.add(child);
  child.on('error', () => running.delete(child));
  child.on('exit', () => running.delete(child));
  return child;
}

function kill(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (child.pid) process.kill(-child.pid, signal);
  } catch {
    // It has ended already.
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((done) => child.once('exit', done));
  kill(child, 'SIGTERM');
  const late = setTimeout(() => kill(child, 'SIGKILL'), 5_000);
  await ended;
  clearTimeout(late);
}

/** Tries until it gets something else than `undefined`. */
async function eventually<T>(what: string, child: ChildProcess, look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  let missing: Error | undefined;
  child.on('error', (error) => (missing = error));
  for (const began = Date.now(); Date.now() - began < START_MILLISECONDS; ) {
    const found = await look();
    if (found !== undefined) return found;
    if (missing) throw new Error(`${what} is not installed: ${missing.message}. Run script/setup test.`);
    if (child.exitCode !== null) throw new Error(`${what} ended with status ${child.exitCode} before it was ready`);
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`${what} was not ready after ${START_MILLISECONDS} ms`);
}

function engine(name: EngineName, channel: Channel, folder: string, processes: ChildProcess[]): Engine {
  return {
    name,
    async tab() {
      const before: string = await channel.send('GET', '/window');
      const { handle } = await channel.send('POST', '/window/new', { type: 'tab' });
      await channel.send('DELETE', '/window');
      await channel.send('POST', '/window', { handle });
      // A script in a page that is just being left may never answer.
      await channel.send('POST', '/timeouts', { script: SCRIPT_MILLISECONDS });
      if (before === handle) throw new Error('the browser opened no new tab');
      return new Tab(name, channel);
    },
    async stop() {
      await channel.close().catch(() => undefined);
      for (const child of processes) await end(child);
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

const CAPABILITIES = {
  // The tests wait for what they need. With another strategy, WebKit's driver waits for a load after each step in the history.
  pageLoadStrategy: 'none',
  proxy: {
    proxyType: 'manual',
    httpProxy: '127.0.0.1:9',
    sslProxy: '127.0.0.1:9',
    noProxy: ['127.0.0.1'],
  },
};

function environment(folder: string): NodeJS.ProcessEnv {
  return { ...process.env, HOME: folder, XDG_CONFIG_HOME: join(folder, '.config'), TMPDIR: folder, XDG_RUNTIME_DIR: folder, TZ: 'America/New_York', LANG: 'ko_KR.UTF-8', LANGUAGE: 'ko:en' };
}

async function startFirefox({ dark = false, preferences = {} }: EngineOptions): Promise<Engine> {
  const folder = mkdtempSync(join(tmpdir(), 'gisa-firefox-'));
  const all = {
    'marionette.port': 0,
    'intl.accept_languages': 'ko-KR, ko, en',
    'layout.css.prefers-color-scheme.content-override': dark ? 0 : 1,
    // Nothing of the browser's own: no first page, no updates, no list of bad sites, no suggestions.
    'browser.shell.checkDefaultBrowser': false,
    'browser.startup.page': 0,
    'browser.safebrowsing.malware.enabled': false,
    'browser.safebrowsing.phishing.enabled': false,
    'datareporting.policy.dataSubmissionEnabled': false,
    'extensions.update.enabled': false,
    'app.normandy.enabled': false,
    'network.captive-portal-service.enabled': false,
    'network.connectivity-service.enabled': false,
    'toolkit.telemetry.enabled': false,
    ...preferences,
  };
  const lines = Object.entries(all).map(([key, value]) => `user_pref(${JSON.stringify(key)}, ${JSON.stringify(value)});`);
  writeFileSync(join(folder, 'user.js'), lines.join('\n'));
  const firefox = run(
    process.env.FIREFOX ?? 'firefox-esr',
    ['--headless', '--marionette', '--remote-allow-system-access', '--no-remote', '--profile', folder],
    environment(folder),
  );
  const file = join(folder, 'MarionetteActivePort');
  const port = await eventually('firefox-esr', firefox, () => {
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    return text === '' ? undefined : Number(text);
  });
  const channel = await byMarionette(port, CAPABILITIES);
  return engine('firefox', channel, folder, [firefox]);
}

async function startWebKit({ dark = false }: EngineOptions): Promise<Engine> {
  const folder = mkdtempSync(join(tmpdir(), 'gisa-webkit-'));
  // The tool bar of MiniBrowser would keep the window from being as narrow as a phone.
  mkdirSync(join(folder, '.config/gtk-3.0'), { recursive: true });
  writeFileSync(join(folder, '.config/gtk-3.0/gtk.css'), '* { min-width: 0; padding: 0; font-size: 1px; -gtk-icon-transform: scale(0); }');
  const screen = run('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1200x24', '-nolisten', 'tcp'], process.env, 'pipe');
  let written = '';
  screen.stdio[3]?.on('data', (part: Buffer) => (written += part.toString()));
  const display = await eventually('Xvfb', screen, () => (written.endsWith('\n') ? `:${written.trim()}` : undefined));
  const port = await freePort();
  const driver = run('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], {
    ...environment(folder),
    DISPLAY: display,
    GDK_BACKEND: 'x11',
    // No accessibility bus and no graphics card.
    NO_AT_BRIDGE: '1',
    LIBGL_ALWAYS_SOFTWARE: '1',
    GTK_THEME: dark ? 'Adwaita:dark' : 'Adwaita',
  });
  const origin = `http://127.0.0.1:${port}`;
  await eventually('WebKitWebDriver', driver, () => fetch(`${origin}/status`).then(() => true, () => undefined));
  const channel = await byHttp(origin, { ...CAPABILITIES, 'webkitgtk:browserOptions': { args: ['--automation'] } });
  return engine('webkit', channel, folder, [driver, screen]);
}

/** A port that nobody listened to a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
