// Starts the newspaper's program. A written page loads it when everything else is there, and the program wakes it up. If that
// fails, the page works without the program.
{
  // The build puts names and hashes in.
  const beside = (name) => new URL(name, document.currentScript.src).href;
  const [program, programIntegrity] = [beside('%PROGRAM%'), '%PROGRAM_INTEGRITY%'];
  // `most`: the bytes of two thirds of it.
  const wasm = { url: beside('%WASM%'), integrity: '%WASM_INTEGRITY%', most: Number('%WASM_MOST%') };
  // The mapping of a known kind of backend, `NAME`.
  const preset = beside('%PRESET%');
  // The parts of the program that come later, by name (script/split.mjs): their files, the part `after` which each can be used,
  // and the one that is needed `next`. A build for development has all of the program in one file.
  const parts = '%PARTS%';
  for (const part of Object.values(parts)) part.url = beside(part.url);
  const [sheets, sheetsIntegrity] = [beside('%SHEETS%'), '%SHEETS_INTEGRITY%'];
  const app = document.getElementById('app');
  // Lets the browser do what waits, such as answering the reader. The program calls it, too.
  const inTurn = () => window.scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve));
  window.gisaInTurn = inTurn;
  const whenIdle = window.requestIdleCallback ?? setTimeout;
  const isWritten = app.dataset.prerendered !== undefined;
  // Without the fragment, which is a place in the same page.
  const address = () => location.pathname + location.search;
  const opened = address();
  let dead = false;

  // If an empty page stays empty, it says that the program is on its way. In a browser where this script can't run, nobody
  // hides the notice of a failure, and it appears after a while (style/plain.css).
  const wait = document.getElementById('boot-wait');
  const notice = document.getElementById('boot-failure');
  if (notice) notice.hidden = true;
  const endWait = () => wait?.remove();
  if (wait) {
    setTimeout(() => (wait.hidden = false), 3000);
    new MutationObserver(endWait).observe(app, { childList: true });
  }

  const base = new URL(app.dataset.base, location);
  const link = (attributes) =>
    document.head.append(Object.assign(document.createElement('link'), { crossOrigin: 'anonymous', ...attributes }));
  const preload = (address, fetchPriority = 'auto') =>
    link({ rel: 'preload', as: 'fetch', fetchPriority, href: new URL(address, base).href });

  // The page's data is requested beside the program. `requests` says which paths request which addresses.
  for (const [pattern, addresses] of JSON.parse((!isWritten && app.dataset.requests) || '[]')) {
    const match = location.pathname.slice(base.pathname.length).match(pattern);
    try {
      // In a segment of a path, `~2F` stands for `%2F`.
      const id = decodeURIComponent(match?.[1]?.replaceAll('~', '%') ?? '');
      // As the program encodes it, because an answer is only found under exactly the same address.
      const encoded = encodeURIComponent(id).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
      for (const [number, address] of (match ? addresses : []).entries()) {
        // The first is what the page is for.
        preload(address.replace('{}', () => encoded).replace('{+}', () => encodeURI(id)), number ? 'low' : 'auto');
      }
    } catch {
      // It is no text in UTF-8, so the program makes of it what it can.
    }
  }

  // Makes the reader's choices of how pages look, before the program is loaded.
  const root = document.documentElement;
  try {
    if (localStorage.getItem('gisa:sans')) root.setAttribute('data-sans', '');
    if (localStorage.getItem('gisa:desktop')) {
      root.setAttribute('data-desktop', '');
      document.querySelector('meta[name=viewport]').content = 'width=1200';
    }
  } catch {
    // Storage is forbidden, so there are no choices.
  }

  // A reader who reloads the page, or comes back to it, gets the place that it had. So all of the page is laid out at once.
  const [{ type } = {}] = performance.getEntriesByType('navigation');
  if (type !== 'navigate') root.setAttribute('data-whole', '');

  // A line of breaking news disappears at its end. Its place stays, so that nothing moves.
  const line = document.querySelector('[data-until]');
  if (line) setTimeout(() => line.setAttribute('data-over', ''), line.dataset.until * 1000 - Date.now());

  // A button that is pressed before the program is there is marked. The program presses it again.
  root.setAttribute('data-scripted', '');
  app.addEventListener('click', ({ target }) => {
    const button = target.closest('button[type=button]');
    if (button && !dead && !root.hasAttribute('data-awake')) button.setAttribute('data-pressed', '');
  });

  // Calls `next` when most of a response's bytes have come.
  const whenNearly = async (response, size, next) => {
    const reader = response.body.getReader();
    try {
      for (let bytes = 0; bytes < size; ) {
        const { done, value } = await reader.read();
        if (done) break;
        bytes += value.length;
      }
    } catch {
      // Who reads all of it says that the connection has ended.
      return;
    }
    reader.cancel().catch(() => {});
    next();
  };

  // A compiled module, if its hash is right. `next` is called when most of it has come. A fetch with `integrity` would only give
  // it when all of it has arrived; so it is compiled while it arrives, and its hash is checked beside that.
  const compiled = async ({ url, integrity, most }, next) => {
    if (!window.crypto?.subtle) {
      // A page without HTTPS has no `subtle`.
      const checked = fetch(url, { integrity });
      if (next) next();
      return WebAssembly.compile(await (await checked).arrayBuffer());
    }
    // WebKit uses what the page has preloaded only for such a request: it sends no `Origin` header.
    const response = await fetch(url, { mode: 'no-cors', credentials: 'include' });
    if (next) whenNearly(response.clone(), most, next);
    // It fails if the host sends another type than application/wasm.
    const streamed = WebAssembly.compileStreaming(response.clone()).catch(() => undefined);
    const bytes = await response.arrayBuffer();
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-384', bytes));
    if (`sha384-${btoa(String.fromCharCode(...digest))}` !== integrity) {
      throw new Error(`${url} has another integrity hash than this page expects`);
    }
    return (await streamed) ?? WebAssembly.compile(bytes);
  };

  // The rest of the program. The program waits for a part of it before it calls one of its functions. A part uses what those
  // before it export.
  let running;
  const first = new Promise((resolve) => (running = resolve));
  const load = (name) => parts[name] && (parts[name].exports ??= complete(parts[name]));
  const complete = async (part) => {
    try {
      const module = await compiled(part, part.next && (() => gisaPart(part.next).catch(() => {})));
      const [a, b] = await Promise.all([first, part.after && load(part.after)]);
      return (await WebAssembly.instantiate(module, { a, b })).exports;
    } catch (error) {
      // Without a network, the next try may succeed, and so may one after the reader has left the page and come back (an
      // AbortError in Firefox). Nothing else goes away by itself.
      part.exports = undefined;
      // The address of the part before it.
      if (typeof error === 'string') throw error;
      if (!(error instanceof TypeError) && error?.name !== 'AbortError') fail(error);
      throw part.url;
    }
  };
  // Several questions wait for a part.
  window.gisaPart = async (name) => {
    await load(name);
    await inTurn();
  };
  const presets = {};
  const loadPreset = async (name) => {
    const url = preset.replace('NAME', name);
    try {
      const response = await fetch(url);
      if (response.ok) return await response.text();
    } catch {
      // There is no network.
    }
    presets[name] = undefined;
    throw url;
  };
  // It gives the text of the preset, if one is named.
  window.gisaReader = async (name) => {
    const [text] = await Promise.all([name && (presets[name] ??= loadPreset(name)), load('reader')]);
    await inTurn();
    return text;
  };
  // If it fails, the program asks for it again. The empty page names the preset; a written page need not have it before
  // something is loaded.
  const completeSoon = () => {
    gisaReader(app.dataset.preset).catch(() => {});
    if (app.dataset.extras !== undefined) gisaPart('extras').catch(() => {});
  };

  const start = async () => {
    try {
      // Where the program comes from the browser's cache, the page is painted first.
      const idle = isWritten && new Promise((resolve) => whenIdle(resolve, { timeout: 2000 }));
      if (isWritten) {
        // The empty page has these links already.
        link({ rel: 'modulepreload', href: program, integrity: programIntegrity });
        preload('site.json');
      }
      // Both are fetched at the same time, and their hashes are checked before they run. An empty page needs the rest soon:
      // it is requested so early that the network never waits, and so late that it does not take the program's bytes. The
      // program makes the frame of the page meanwhile.
      const [{ default: init }, module_or_path] = await Promise.all([import(program), compiled(wasm, !isWritten && completeSoon)]);
      await idle;
      await inTurn();
      running(await init({ module_or_path }));
      // A written page needs the rest when its reader goes on.
      if (isWritten) whenIdle(completeSoon);
    } catch (error) {
      fail(error);
    }
  };

  const fail = (error) => {
    if (dead) return;
    dead = true;
    endWait();
    console.warn('gisa: the program ended:', error);
    root.removeAttribute('data-awake');
    root.removeAttribute('data-scripted');
    if (address() !== opened) location.reload();
    else if (!isWritten && notice) notice.hidden = false;
  };

  // Printing waits for an article's pictures and for the style of paper. The program calls it, too; it works before the program
  // is there, and without it.
  const pictures = () => {
    const all = [...document.querySelectorAll('.article-sheet img')];
    for (const picture of all) picture.loading = 'eager';
    return all;
  };
  window.gisaPrint = async () => {
    // A print page has a script of its own, which comes to the same.
    if (document.getElementById('desk')) return gisaSheets(true);
    const here = location.pathname;
    // It is rejected for a broken picture, which can't get any better.
    const ready = Promise.allSettled([loadPaper(), ...pictures().map((picture) => picture.decode())]);
    await Promise.race([ready, new Promise((resolve) => setTimeout(resolve, 8000))]);
    // The reader may have left the page.
    if (location.pathname === here) print();
  };
  // Ctrl+P and ⌘P. On a Korean keyboard layout the key is ㅔ. On some Latin layouts, P is not at the place that `code` names.
  addEventListener('keydown', (event) => {
    const { key, code, ctrlKey, metaKey, shiftKey, altKey } = event;
    const isP = /^[^\0-\x7f]/.test(key) ? code === 'KeyP' : /^p$/i.test(key);
    if (!isP || !(ctrlKey || metaKey) || shiftKey || altKey || !pictures().length) return;
    event.preventDefault();
    gisaPrint();
  }, true);
  // The command of the browser's menu waits for nothing. It begins to load all pictures. The margins of the paper say where
  // the article is from.
  addEventListener('beforeprint', () => {
    pictures();
    // Sheets of paper say it themselves.
    if (document.querySelector('.sheet')) return;
    const text = (selector) => document.querySelector(`.article-sheet ${selector}`)?.textContent ?? '';
    const tell = (name, value) => root.style.setProperty(`--paper-${name}`, JSON.stringify(value));
    const day = document.querySelector('.article-sheet time')?.dateTime.slice(0, 10);
    tell('from', [text('.paper-masthead'), day].filter(Boolean).join(' · '));
    tell('address', text('.paper-foot p').split('://')[1] ?? '');
  });

  // When the program has failed, its listeners get no more events, so links work without it.
  for (const kind of ['click', 'submit', 'keydown', 'popstate']) {
    addEventListener(kind, (event) => dead && event.stopImmediatePropagation(), true);
  }
  // Back and Forward change the address, but no program changes the page.
  addEventListener('popstate', () => dead && address() !== opened && location.reload(), true);
  // WebKit keeps a page for Back whose program was still on its way, but not what it was waiting for.
  addEventListener('pageshow', ({ persisted }) => persisted && dead && location.reload());
  // A stack overflow is a RangeError, in Firefox an InternalError.
  const ends = [window.WebAssembly?.RuntimeError, RangeError, window.InternalError].filter(Boolean);
  const judge = (error) => ends.some((kind) => error instanceof kind) && fail(error);
  addEventListener('error', ({ error }) => judge(error));
  addEventListener('unhandledrejection', ({ reason }) => judge(reason));

  // Counts a view: an article that was in front of a reader for two seconds. Its element has the address of the counter,
  // which gets one empty POST. Nothing waits for the answer, and if it fails, nobody is told.
  const halfHour = 1_800_000;
  const robots = /bot[/;-]|crawl|spider|slurp|headless|yeti\/|daumoa/i;
  let counter, left, since, timer;
  // When each counter was called last, in milliseconds since 1970.
  const viewed = {};
  const count = () => {
    // A page in a frame is a preview.
    if (navigator.webdriver || robots.test(navigator.userAgent) || self !== top) return;
    const now = Date.now();
    try {
      Object.assign(viewed, JSON.parse(sessionStorage.getItem('gisa:viewed')));
    } catch {
      // Storage is forbidden, so nothing says whether the article was viewed before the reload.
      if (type === 'reload') return;
    }
    if (now - viewed[counter] < halfHour) return;
    viewed[counter] = now;
    for (const known in viewed) if (now - viewed[known] >= halfHour) delete viewed[known];
    try {
      sessionStorage.setItem('gisa:viewed', JSON.stringify(viewed));
    } catch {
      // Storage is forbidden or full, so the article counts once for each document.
    }
    fetch(counter, { method: 'POST', mode: 'no-cors', keepalive: true, credentials: 'omit' }).catch(() => {});
  };
  // The time runs while the page is visible.
  const run = () => {
    clearTimeout(timer);
    const now = performance.now();
    if (since) left -= now - since;
    since = counter && document.visibilityState === 'visible' && !document.prerendering && now;
    if (since) timer = setTimeout(() => (count(), (counter = '')), left);
  };
  // The program calls it when it shows another page: `isNew` if that is an article to which the reader did not go back.
  window.gisaView = (isNew) => {
    const isBack = type === 'back_forward' && address() === opened;
    counter = isNew && !isBack && document.querySelector('article[data-view]')?.dataset.view;
    [left, since] = [2000, 0];
    run();
  };
  for (const kind of ['visibilitychange', 'prerenderingchange']) document.addEventListener(kind, run);
  // A page that the browser keeps for Back is not counted when it is shown again.
  addEventListener('pagehide', () => gisaView());
  // A copy, in an archive or on a disk, has another address than its page.
  if (encodeURI(app.dataset.prerendered) === location.pathname) gisaView(true);

  // How an article looks on paper. On a print page that holds for the screen, too (`onScreen`). The program calls it, too.
  const paper = document.getElementById('paper');
  const loadPaper = () => {
    if (!paper) return;
    paper.href ||= paper.dataset.href;
    return paper.sheet || new Promise((resolve) => (paper.onload = paper.onerror = resolve));
  };
  window.gisaPaper = (onScreen) => {
    if (paper) paper.media = onScreen ? 'all' : 'print';
    return onScreen && loadPaper();
  };

  // A print page shows its article on sheets of paper; then the print dialog opens, if `opens`. The program calls it, too.
  let sheetsLink;
  window.gisaSheets = async (opens) => {
    sheetsLink ??= link({ rel: 'modulepreload', href: sheets, integrity: sheetsIntegrity });
    try {
      await (await import(sheets)).show(opens);
    } catch (error) {
      // Without a network, the page is printed as it is.
      console.info('gisa: the print page has no sheets:', error);
      if (opens && document.querySelector('.article-sheet')) print();
    }
  };
  if (document.getElementById('desk')) gisaSheets(type === 'navigate');

  // Lays out what is outside the window, so that nothing moves when the reader comes to the end: one box at a time, so that no
  // task is long. Then the empty page loads what is for paper. The program calls it, too.
  const later = window.requestIdleCallback ?? ((work) => setTimeout(work, 200));
  window.gisaLayOut = () =>
    later(() => {
      const box = document.querySelector(':is(.others, .sidebar-box):not([data-whole])');
      if (!box || root.hasAttribute('data-whole')) {
        root.setAttribute('data-whole', '');
        return void loadPaper();
      }
      box.setAttribute('data-whole', '');
      // Who asks for its size makes the browser lay it out. The condition holds always, so that no minifier removes it.
      if (box.offsetHeight >= 0) gisaLayOut();
    });

  // What stands below an article gets its style on a narrow screen, too.
  document.getElementById('later')?.setAttribute('media', 'all');
  const whenLoaded = () => {
    start();
    // While the program is on its way.
    gisaLayOut();
  };
  if (!isWritten) start();
  else if (document.readyState === 'complete') whenLoaded();
  else addEventListener('load', whenLoaded);
}
