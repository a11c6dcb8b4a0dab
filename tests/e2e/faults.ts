/** What backends do wrong, and an invented backend on an origin of its own. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { send, shell, type Handler, type ServeOptions } from './support.ts';

const JSON_TYPE = 'application/json; charset=utf-8';

/** Something that a backend does wrong with an answer that it owes. */
export interface Fault {
  /** Completes the sentence "a backend that …". */
  name: string;
  answer: (owed: object) => Handler;
  /** What the page says about it besides the address. */
  says: RegExp;
  /** Shows only when the time is up. */
  slow?: boolean;
}

/** All that can be wrong with an answer as such, whatever it should have held. */
export const FAULTS: Fault[] = [
  { name: 'reports an error of its own (500)', says: /status 500/, answer: () => status(500) },
  { name: 'is overloaded (503) and says so in HTML', says: /status 503/, answer: () => html(503) },
  { name: 'forbids the request (403)', says: /status 403/, answer: () => status(403) },
  { name: 'does not answer in time', says: /no answer within 2 s/, slow: true, answer: () => silent },
  { name: 'stops in the middle of the body and waits', says: /no answer within 2 s/, slow: true, answer: stalled },
  { name: 'sends HTML instead of JSON', says: /HTML instead of JSON/, answer: () => html(200) },
  { name: 'sends half of the JSON', says: /not JSON: EOF/, answer: halved },
  { name: 'sends an empty body', says: /the body is empty/, answer: () => text('') },
  { name: 'sends text that is no JSON', says: /not JSON: .*begins with `PHP Warning/, answer: () => text('PHP Warning: undefined\n') },
  { name: 'cuts the connection without an answer', says: /no answer/, answer: () => (_, response) => void response.destroy() },
  { name: 'cuts the connection in the middle of the body', says: /no answer/, answer: cutOff },
  { name: 'announces more bytes than it sends', says: /no answer/, answer: tooShort },
  { name: 'announces fewer bytes than it sends', says: /not JSON: EOF/, answer: tooLong },
  { name: 'announces a compression that it did not use', says: /no answer/, answer: notCompressed },
  { name: 'redirects in circles', says: /no answer/, answer: () => (request, response) => void response.writeHead(302, { location: request.url ?? '/' }).end() },
];

/** JSON of a shape that the mapping does not expect, by what it is. */
export const WRONG_SHAPES: [name: string, body: unknown][] = [
  ['null', null],
  ['a number', 42],
  ['a text', 'ok'],
  ['an empty object', {}],
  ['another object', { posts: [{ id: 1, title: 'x' }] }],
  ['an error in an object', { error: { code: 'internal', message: 'try later' } }],
  ['an object where the list should be', { items: { first: { id: '1', headline: 'x' } } }],
  ['a list of nothing usable', { items: [1, 'two', null, [], {}] }],
];

function status(code: number): Handler {
  return (_, response) => send(response, code, JSON_TYPE, JSON.stringify({ code: 'invented', message: 'invented' }));
}

function html(code: number): Handler {
  return (_, response) => send(response, code, 'text/html', '<!doctype html><title>Error</title><h1>Error establishing a database connection</h1>');
}

function text(body: string): Handler {
  return (_, response) => send(response, 200, JSON_TYPE, body);
}

const silent: Handler = () => {};

function stalled(owed: object): Handler {
  return (_, response) => {
    response.writeHead(200, { 'content-type': JSON_TYPE });
    response.write(half(owed));
  };
}

function halved(owed: object): Handler {
  return text(half(owed));
}

function cutOff(owed: object): Handler {
  return (_, response) => {
    response.writeHead(200, { 'content-type': JSON_TYPE, 'transfer-encoding': 'chunked' });
    response.write(half(owed), () => setImmediate(() => response.destroy()));
  };
}

function tooShort(owed: object): Handler {
  return (_, response) => raw(response, `content-length: ${Buffer.byteLength(JSON.stringify(owed)) + 100}`, JSON.stringify(owed));
}

function tooLong(owed: object): Handler {
  return (_, response) => raw(response, `content-length: ${Buffer.byteLength(half(owed))}`, JSON.stringify(owed));
}

function notCompressed(owed: object): Handler {
  return (_, response) => raw(response, `content-encoding: gzip\r\ncontent-length: ${Buffer.byteLength(JSON.stringify(owed))}`, JSON.stringify(owed));
}

/** An answer that Node would not send: byte for byte. */
function raw(response: ServerResponse, header: string, body: string): void {
  response.socket?.end(`HTTP/1.1 200 OK\r\ncontent-type: ${JSON_TYPE}\r\nconnection: close\r\n${header}\r\n\r\n${body}`);
}

function half(owed: object): string {
  const whole = JSON.stringify(owed);
  return whole.slice(0, whole.length / 2);
}

/** A backend on its own origin, which lets any site read it unless told otherwise. */
export class Backend {
  readonly #server = createServer((request, response) => this.#answer(request, response));
  /** The addresses asked for. */
  readonly asked: URL[] = [];
  cors = true;

  private constructor(private readonly answer: (address: URL, request: IncomingMessage, response: ServerResponse) => void) {}

  static async start(answer: (address: URL, request: IncomingMessage, response: ServerResponse) => void, port = 0): Promise<Backend> {
    const backend = new Backend(answer);
    await new Promise<void>((done, failed) => {
      backend.#server.once('error', failed);
      backend.#server.listen(port, '127.0.0.1', done);
    });
    return backend;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  close(): Promise<void> {
    return new Promise((done) => {
      this.#server.close(() => done());
      this.#server.closeAllConnections();
    });
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const address = new URL(request.url ?? '/', this.url);
    this.asked.push(address);
    if (this.cors) response.setHeader('access-control-allow-origin', '*');
    this.answer(address, request, response);
  }
}

/**
 * Answers everything below these paths with the app, as a host does that knows its files: to a host that guesses from
 * the dots in a name, `/articles/v1.2/` looks like a file.
 */
export function appBelow(...paths: string[]): ServeOptions['routes'] {
  return (request, response) => {
    if (!paths.some((path) => (request.url ?? '').startsWith(path))) return false;
    send(response, 200, 'text/html; charset=utf-8', shell());
    return true;
  };
}

/** The address of a port at which nobody listens. */
export async function closedPort(): Promise<number> {
  const backend = await Backend.start(() => {});
  const { port } = backend;
  await backend.close();
  return port;
}

export function json(response: ServerResponse, body: unknown, code = 200): void {
  send(response, code, JSON_TYPE, JSON.stringify(body));
}
