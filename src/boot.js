// Starts the newspaper's program. A page that was written beforehand is there already: it is made alive when the browser
// has nothing better to do, and stays a page like any other if that fails.
{
  const { program, programIntegrity, wasm, wasmIntegrity } = document.currentScript.dataset;
  const isWritten = document.getElementById('app').dataset.prerendered !== undefined;
  // A fragment leads to a place of the same page.
  const address = () => location.pathname + location.search;
  const opened = address();
  let dead = false;

  // The reader's choices of how pages look, before the program is there to keep them.
  try {
    if (localStorage.getItem('gisa:sans')) document.documentElement.setAttribute('data-sans', '');
    if (localStorage.getItem('gisa:desktop')) document.querySelector('meta[name=viewport]').content = 'width=1200';
  } catch {
    // Storage is forbidden: nothing was chosen.
  }

  const start = async () => {
    try {
      const preload = document.createElement('link');
      Object.assign(preload, { rel: 'modulepreload', href: program, integrity: programIntegrity, crossOrigin: 'anonymous' });
      document.head.append(preload);
      // Both are fetched at once, and checked before they run.
      const module_or_path = fetch(wasm, { integrity: wasmIntegrity });
      const [{ default: init }] = await Promise.all([import(program), module_or_path]);
      await init({ module_or_path });
    } catch (error) {
      fail(error);
    }
  };

  const fail = (error) => {
    if (dead) return;
    dead = true;
    console.warn('gisa: the program ended:', error);
    document.documentElement.removeAttribute('data-awake');
    const notice = document.getElementById('boot-failure');
    if (address() !== opened) location.reload();
    else if (!isWritten && notice) notice.hidden = false;
  };

  // What the program listened to is the browser's again: links lead where they say.
  for (const kind of ['click', 'submit', 'keydown', 'popstate']) {
    addEventListener(kind, (event) => dead && event.stopImmediatePropagation(), true);
  }
  // Back and Forward change the address, but nobody changes the page.
  addEventListener('popstate', () => dead && address() !== opened && location.reload(), true);
  // A stack that is exhausted is an error of its own, by another name in Firefox.
  const ends = [WebAssembly.RuntimeError, RangeError, window.InternalError].filter(Boolean);
  const judge = (error) => ends.some((kind) => error instanceof kind) && fail(error);
  addEventListener('error', ({ error }) => judge(error));
  addEventListener('unhandledrejection', ({ reason }) => judge(reason));

  const whenIdle = () => (window.requestIdleCallback ?? setTimeout)(start);
  if (!isWritten) start();
  else if (document.readyState === 'complete') whenIdle();
  else addEventListener('load', whenIdle);
}
