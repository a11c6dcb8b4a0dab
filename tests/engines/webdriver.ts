/**
 * The commands of the W3C's WebDriver protocol that the tests use, and two ways to send them: by HTTP to a driver
 * (WebKitWebDriver), and by Marionette, the protocol that Firefox itself speaks, which has the same commands.
 * https://www.w3.org/TR/webdriver2/ and https://firefox-source-docs.mozilla.org/testing/marionette/
 */
import { connect, type Socket } from 'node:net';

/** An answer of the browser that says why a command failed. `name` is WebDriver's code, such as `no such element`. */
export class WebDriverError extends Error {
  constructor(code: string, message: string) {
    super(message);
    this.name = code;
  }
}

/** Sends one command. `method` and `path` are those of WebDriver; the path has no session. */
export interface Channel {
  send(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<any>;
  close(): Promise<void>;
}

/** Opens a session with a driver that listens for HTTP at `origin`. */
export async function byHttp(origin: string, capabilities: object): Promise<Channel> {
  const send = async (method: string, path: string, body?: object): Promise<any> => {
    const response = await fetch(origin + path, {
      method,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      ...(method === 'POST' ? { body: JSON.stringify(body ?? {}) } : {}),
    });
    const { value } = (await response.json()) as { value: any };
    if (!response.ok) throw new WebDriverError(value.error, `${value.error}: ${value.message} (${method} ${path})`);
    return value;
  };
  const { sessionId } = await send('POST', '/session', { capabilities: { alwaysMatch: capabilities } });
  return {
    send: (method, path, body) => send(method, `/session/${sessionId}${path}`, body),
    close: () => send('DELETE', `/session/${sessionId}`),
  };
}

/** Marionette's names of WebDriver's commands. */
const MARIONETTE: Record<string, string> = {
  'GET /url': 'GetCurrentURL',
  'POST /url': 'Navigate',
  'POST /back': 'Back',
  'POST /forward': 'Forward',
  'POST /refresh': 'Refresh',
  'GET /title': 'GetTitle',
  'GET /window': 'GetWindowHandle',
  'GET /window/handles': 'GetWindowHandles',
  'POST /window': 'SwitchToWindow',
  'POST /window/new': 'NewWindow',
  'DELETE /window': 'CloseWindow',
  'POST /window/rect': 'SetWindowRect',
  'POST /execute/async': 'ExecuteAsyncScript',
  'POST /execute/sync': 'ExecuteScript',
  'POST /element': 'FindElement',
  'POST /element/click': 'ElementClick',
  'POST /actions': 'PerformActions',
  'DELETE /actions': 'ReleaseActions',
  'POST /timeouts': 'SetTimeouts',
  'POST /print': 'Print',
  'GET /screenshot': 'TakeScreenshot',
};

/** Opens a session with a Firefox that listens for Marionette on this port. */
export async function byMarionette(port: number, capabilities: object): Promise<Channel> {
  const socket = await new Promise<Socket>((done, fail) => {
    const made = connect(port, '127.0.0.1', () => done(made));
    made.once('error', fail);
  });
  socket.setNoDelay(true);
  const waiting = new Map<number, { done: (value: any) => void; fail: (error: Error) => void }>();
  let received = Buffer.alloc(0);
  // A message is `length:json`. The first one is a greeting; an answer is `[1, number, error, result]`.
  socket.on('data', (part) => {
    received = Buffer.concat([received, part]);
    for (;;) {
      const colon = received.indexOf(':');
      const end = colon + 1 + Number(received.toString('latin1', 0, Math.max(colon, 0)));
      if (colon < 0 || received.length < end) return;
      const message = JSON.parse(received.toString('utf8', colon + 1, end));
      received = received.subarray(end);
      if (!Array.isArray(message)) continue;
      const [, number, error, result] = message;
      const asked = waiting.get(number);
      waiting.delete(number);
      if (error) asked?.fail(new WebDriverError(error.error, `${error.error}: ${error.message}`));
      else asked?.done(result);
    }
  });
  const end = (): void => {
    for (const { fail } of waiting.values()) fail(new Error('Firefox has ended'));
    waiting.clear();
  };
  socket.on('close', end);
  socket.on('error', end);
  let count = 0;
  const command = (name: string, parameters: object): Promise<any> =>
    new Promise((done, fail) => {
      if (socket.destroyed) return fail(new Error('Firefox has ended'));
      const number = ++count;
      waiting.set(number, { done, fail });
      const text = JSON.stringify([0, number, name, parameters]);
      socket.write(`${Buffer.byteLength(text)}:${text}`);
    });
  await command('WebDriver:NewSession', { capabilities: { alwaysMatch: capabilities } });
  return {
    async send(method, path, body) {
      const [, id] = path.match(/^\/element\/([^/]+)\//) ?? [];
      const name = MARIONETTE[`${method} ${path.replace(/^\/element\/[^/]+\//, '/element/')}`];
      // Commands of Firefox's own are named as they are.
      const result = await command(name ? `WebDriver:${name}` : path, { ...body, ...(id ? { id } : {}) });
      return result && typeof result === 'object' && 'value' in result && Object.keys(result).length === 1 ? result.value : result;
    },
    close: async () => {
      socket.destroy();
    },
  };
}
