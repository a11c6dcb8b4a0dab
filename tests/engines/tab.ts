/** A tab of a browser, as the tests use it: the reader's doings, and what is on the page. */
import { setTimeout as pause } from 'node:timers/promises';
import type { EngineName } from './engines.ts';
import type { Channel } from './webdriver.ts';

/** The key by which WebDriver marks a reference to an element. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** Keys that are no letters, as WebDriver names them. */
export const KEYS = { tab: '\uE004', enter: '\uE007', shift: '\uE008', control: '\uE009', end: '\uE010', escape: '\uE00C' } as const;

/** How long `until` and `waitFor` wait. */
const WAIT_MILLISECONDS = 30_000;

export class Tab {
  readonly engine: EngineName;
  readonly channel: Channel;

  constructor(engine: EngineName, channel: Channel) {
    this.engine = engine;
    this.channel = channel;
  }

  /** Goes to an address, and waits for its document, without its pictures. */
  async goto(url: string): Promise<void> {
    await this.anotherDocument(() => this.channel.send('POST', '/url', { url }));
  }

  /** Loads the page again, as the reader's own command does, and waits for its document. */
  async reload(): Promise<void> {
    // Marionette's own command does not restore the place.
    await this.anotherDocument(() => (this.engine === 'firefox' ? this.privileged('BrowserCommands.reload();') : this.channel.send('POST', '/refresh')));
  }

  private async anotherDocument(load: () => Promise<void>): Promise<void> {
    await this.evaluate(() => void ((window as any).isOld = true));
    await load();
    await this.until(() => !(window as any).isOld && document.readyState !== 'loading');
  }

  /** Goes back, without waiting for the page: `onPage` does. */
  async back(): Promise<void> {
    await this.channel.send('POST', '/back');
  }

  /** Goes forward, without waiting for the page. */
  async forward(): Promise<void> {
    await this.channel.send('POST', '/forward');
  }

  url(): Promise<string> {
    return this.channel.send('GET', '/url');
  }

  /** Calls a function in the page. Its arguments and its result are JSON; it may return a promise. */
  async evaluate<A extends unknown[], R>(work: (...parameters: A) => R | Promise<R>, ...parameters: A): Promise<R> {
    const script = `const done = arguments[arguments.length - 1];
      Promise.resolve().then(() => (${work})(...arguments[0])).then((value) => done({ value }), (error) => done({ error: String(error) }));`;
    const answer = await this.channel.send('POST', '/execute/async', { script, args: [parameters] });
    if (answer.error) throw new Error(answer.error);
    return answer.value;
  }

  /** Waits until the function in the page returns something truthy, and returns that. */
  async until<A extends unknown[], R>(work: (...parameters: A) => R | Promise<R>, ...parameters: A): Promise<R> {
    let last: unknown;
    for (const began = Date.now(); Date.now() - began < WAIT_MILLISECONDS; ) {
      try {
        const result = await this.evaluate(work, ...parameters);
        if (result) return result;
        last = result;
      } catch (error) {
        // The document may be on its way out.
        last = error;
      }
      await pause(25);
    }
    throw new Error(`waited ${WAIT_MILLISECONDS} ms in vain at ${await this.url()} for ${work} with ${JSON.stringify(parameters)}; last: ${last}`);
  }

  /** Waits for a visible element. */
  async waitFor(selector: string): Promise<void> {
    await this.until((selector) => [...document.querySelectorAll(selector)].some((element) => element.getClientRects().length > 0), selector);
  }

  /** How many elements there are. */
  count(selector: string): Promise<number> {
    return this.evaluate((selector) => document.querySelectorAll(selector).length, selector);
  }

  /** The text that a reader sees of each of these elements. */
  texts(selector: string): Promise<string[]> {
    return this.evaluate((selector) => [...document.querySelectorAll<HTMLElement>(selector)].map((element) => element.innerText.trim()), selector);
  }

  /** The text of the first of these elements. */
  async text(selector: string): Promise<string> {
    const [text] = await this.texts(selector);
    if (text === undefined) throw new Error(`nothing at ${await this.url()} matches ${selector}`);
    return text;
  }

  /** Clicks on the middle of the first element, as a reader does. */
  async click(selector: string): Promise<void> {
    const found = await this.channel.send('POST', '/element', { using: 'css selector', value: selector });
    await this.channel.send('POST', `/element/${found[ELEMENT]}/click`);
  }

  /** Presses keys one after another. Those in `held` are down meanwhile. */
  async press(keys: string[], held: string[] = []): Promise<void> {
    const key = (type: 'keyDown' | 'keyUp') => (value: string) => ({ type, value });
    const each = keys.flatMap((value) => [key('keyDown')(value), key('keyUp')(value)]);
    const actions = [...held.map(key('keyDown')), ...each, ...held.map(key('keyUp'))];
    await this.channel.send('POST', '/actions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
  }

  /** Gives the page this width and height, in CSS pixels. */
  async resize(width: number, height: number): Promise<void> {
    let [windowWidth, windowHeight] = [width, height];
    // How large the frame of the window is, the first step shows. The second corrects it.
    for (let step = 0; step < 3; step += 1) {
      await this.channel.send('POST', '/window/rect', { width: windowWidth, height: windowHeight });
      // Firefox's own window is never as narrow as a phone.
      if (this.engine === 'firefox') await this.privileged(`gBrowser.selectedBrowser.style.maxWidth = '${width}px';`);
      const [innerWidth, innerHeight] = await this.evaluate(
        (width, height) =>
          new Promise<[number, number]>((done) => {
            const began = performance.now();
            const look = (): void => {
              const isThere = window.innerWidth === width && window.innerHeight === height;
              if (isThere || performance.now() - began > 500) done([window.innerWidth, window.innerHeight]);
              else setTimeout(look, 10);
            };
            look();
          }),
        width,
        height,
      );
      if (innerWidth === width && innerHeight === height) return;
      windowWidth += width - innerWidth;
      windowHeight += height - innerHeight;
    }
    throw new Error(`the window can't be ${width} by ${height}`);
  }

  /** Runs a script in the window of Firefox itself, and returns its result. */
  async privileged(script: string): Promise<any> {
    await this.channel.send('POST', 'Marionette:SetContext', { value: 'chrome' });
    try {
      return await this.channel.send('POST', '/execute/sync', { script, args: [] });
    } finally {
      await this.channel.send('POST', 'Marionette:SetContext', { value: 'content' });
    }
  }

  /** Sets a preference of Firefox. */
  async prefer(name: string, value: number): Promise<void> {
    await this.privileged(`Services.prefs.setIntPref(${JSON.stringify(name)}, ${value});`);
  }

  /** How often this document has opened the print dialog. */
  printed(): Promise<number> {
    return this.evaluate(() => (window as any).printed);
  }

  /** Forgets what the browser itself has complained about so far. */
  async forgetErrors(): Promise<void> {
    if (this.engine === 'firefox') await this.privileged('Services.console.reset();');
  }

  /** What the browser itself complains about: the errors in Firefox's console. WebKit's driver has no way to ask for them. */
  async errors(): Promise<string[]> {
    if (this.engine !== 'firefox') return [];
    return this.privileged(`return Services.console.getMessageArray()
      .filter((message) => message instanceof Ci.nsIScriptError && !(message.flags & Ci.nsIScriptError.warningFlag))
      .filter((message) => message.sourceName.startsWith('http'))
      // The hash of nothing: the page was left before the file had come.
      .filter((message) => !message.errorMessage.includes('OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb'))
      .map((message) => message.errorMessage + ' (' + message.sourceName + ')');`);
  }

  /** A picture of the window, as PNG. */
  async screenshot(): Promise<Buffer> {
    return Buffer.from(await this.channel.send('GET', '/screenshot'), 'base64');
  }
}
