// What runs in the measured pages. Each function is sent as text, so it uses nothing from outside of itself.

/** Collects the browser's figures for painting, layout shifts and long tasks. */
export function watchLoad() {
  const painted = [];
  const shifts = [];
  const tasks = [];
  const keep = (type, into) =>
    new PerformanceObserver((list) => into.push(...list.getEntries())).observe({ type, buffered: true });
  keep('largest-contentful-paint', painted);
  keep('layout-shift', shifts);
  keep('longtask', tasks);

  /** Describes the painted element, so that it can be compared with that of another page. */
  const named = ({ element, url }) => {
    if (url) return `picture ${new URL(url, location.href).pathname.split('/').pop()}`;
    return element ? `${element.localName} “${element.textContent.trim().slice(0, 20)}”` : 'removed';
  };

  /** The worst session of shifts: at most a second between two, at most five in all (web.dev/cls). */
  const shifting = () => {
    let [worst, sum, first, last] = [0, 0, 0, 0];
    for (const { startTime, value, hadRecentInput } of shifts) {
      if (hadRecentInput) continue;
      if (startTime - last > 1000 || startTime - first > 5000) [sum, first] = [0, startTime];
      sum += value;
      last = startTime;
      worst = Math.max(worst, sum);
    }
    return worst;
  };

  window.benchLoad = {
    /** The time at which the last long task ended. */
    busyUntil: () => Math.max(0, ...tasks.map((task) => task.startTime + task.duration)),
    report: async () => {
      const fcp = performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
      const largest = painted.at(-1);
      const blocking = tasks.map(({ startTime, duration }) => startTime + duration - Math.max(startTime + 50, fcp));
      return {
        fcp,
        content: Math.max(fcp, await window.benchArticle.opened),
        lcp: largest?.startTime,
        element: largest && named(largest),
        cls: shifting(),
        tbt: blocking.reduce((sum, time) => sum + Math.max(0, time), 0),
      };
    },
  };
}

/**
 * Sees when articles are shown, and turns pages. `opened` is the article of the page: `{ id, headline, opening }`, where
 * `opening` is the text of its first paragraph.
 */
export function watchArticle(opened) {
  const has = (selector, text) => [...document.querySelectorAll(selector)].some((node) => node.textContent.includes(text));
  const isThere = ({ headline, opening }) => has('main h1', headline) && has('main p', opening);

  /** Resolves as soon as a condition is met, which is tried at once and after each change of the document. */
  const until = (condition) =>
    new Promise((resolve) => {
      if (condition()) return resolve();
      const observer = new MutationObserver(() => {
        if (!condition()) return;
        observer.disconnect();
        resolve();
      });
      observer.observe(document, { childList: true, subtree: true, characterData: true });
    });

  /** The time when the browser has painted the frame that comes next. */
  const painted = () =>
    new Promise((resolve) => {
      requestAnimationFrame(() => {
        // This task runs right after the frame whose work has just begun, before other tasks that wait.
        scheduler.postTask(() => resolve(performance.now()), { priority: 'user-blocking' });
      });
    });

  const shown = async (article) => {
    await until(() => isThere(article));
    return painted();
  };

  window.benchArticle = {
    opened: shown(opened),
    isShown: isThere,
    /**
     * Clicks on the page's link to an article, the next or the previous one (`rel`). Resolves with the milliseconds until
     * its headline and its first paragraph were painted.
     */
    turn: async (rel, article) => {
      const find = () => document.querySelector(`main a[rel=${rel}][href$="/articles/${article.id}/"]`);
      await until(find);
      const clicked = performance.now();
      const done = shown(article);
      find().click();
      return (await done) - clicked;
    },
    /** Turns pages one after the other. */
    walk: async (turns) => {
      for (const [rel, article] of turns) await window.benchArticle.turn(rel, article);
    },
  };
}

/**
 * Clicks on the first link to another article than `id` again and again, until the program takes the click: it prevents
 * that the browser follows the link. Resolves `benchTaken` with the time of that click.
 */
export function clickUntilTaken(id) {
  const EVERY_MILLISECONDS = 10;
  const isWanted = ({ pathname }) => /\/articles\/\d+\/$/.test(pathname) && !pathname.includes(id);
  window.benchTaken = new Promise((resolve) => {
    let link;
    const timer = setInterval(() => {
      if (!link?.isConnected) link = [...document.links].find(isWanted);
      if (!link) return;
      const time = performance.now();
      const event = new MouseEvent('click', { bubbles: true, cancelable: true, composed: true, view: window });
      let isTaken = false;
      // It is the last listener of all. The browser must not follow the link, because then the page would be gone.
      const last = () => {
        isTaken = event.defaultPrevented;
        event.preventDefault();
      };
      addEventListener('click', last);
      link.dispatchEvent(event);
      removeEventListener('click', last);
      if (!isTaken) return;
      clearInterval(timer);
      resolve(time);
    }, EVERY_MILLISECONDS);
  });
}

/** Keeps the memory of each WebAssembly module that is started, so that its size can be read. */
export function watchWasm() {
  const memories = new Set();
  const instantiate = WebAssembly.instantiate;
  WebAssembly.instantiate = async (...given) => {
    const result = await instantiate.apply(WebAssembly, given);
    const { exports } = result.instance ?? result;
    // The program's two modules share one memory.
    Object.values(exports).forEach((value) => value instanceof WebAssembly.Memory && memories.add(value));
    return result;
  };
  window.benchWasmBytes = () => [...memories].reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
}
