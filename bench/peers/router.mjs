// The router of both peers: one request an article, kept for later; an article is requested ahead when the pointer rests
// on its link. It leaves out what a newspaper's router has to do besides: the reader's place on each page, the focus, the
// announcement for screen readers, repeated requests, notices of errors, and data that becomes old.

/** As in gisa: how long the pointer has to rest on a link, and how many answers are kept. */
const REST_MILLISECONDS = 80;
const MAX_PAGES = 100;

/** Promises of pages by the article's id, the oldest first. */
const pages = new Map();

export function load(id) {
  let page = pages.get(id);
  if (!page) {
    page = fetch(`/pages/${id}.json`).then((response) => (response.ok ? response.json() : Promise.reject(response)));
    keep(id, page);
    page.catch(() => pages.delete(id));
  }
  return page;
}

function keep(id, page) {
  pages.set(id, page);
  if (pages.size > MAX_PAGES) pages.delete(pages.keys().next().value);
}

/** The id of the article at an address; undefined for every other address. */
export const idOf = (path) => path.match(/^\/articles\/(\d+)\/$/)?.[1];

/** Begins to follow links, and calls `show` with each page. `first` is the page that is shown. */
export function follow(first, show) {
  keep(first.article.id, Promise.resolve(first));
  let wanted;
  const go = async (id, enter) => {
    wanted = id;
    const page = await load(id);
    if (wanted !== id) return;
    enter?.();
    show(page);
  };
  const linked = ({ target }) => {
    const link = target.closest?.('a[href]');
    return { link, id: link && link.origin === location.origin ? idOf(link.pathname) : undefined };
  };

  document.addEventListener('click', (event) => {
    const { link, id } = linked(event);
    if (!id || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(id, () => history.pushState(null, '', link.href)).catch(() => location.assign(link.href));
  });
  addEventListener('popstate', () => {
    const id = idOf(location.pathname);
    if (id) go(id).catch(() => location.reload());
    else location.reload();
  });
  let resting;
  document.addEventListener('pointerover', (event) => {
    clearTimeout(resting);
    const { id } = linked(event);
    if (id) resting = setTimeout(() => load(id).catch(() => {}), REST_MILLISECONDS);
  });
}
