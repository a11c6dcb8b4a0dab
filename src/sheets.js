// Shows the article of a print page on sheets of paper, as they will come out of the printer, and opens the print dialog.
// `src/boot.js` loads this module on print pages alone, before the program is there.
//
// A column is an ordinary block. The script puts what is left of the article into it, looks where the engine has put each line,
// and cuts off what has no room. That begins the next column. See docs/decisions/0026-sheets.md.

/** What the page says, in the two languages of the interface. `{n}` and `{of}` stand for numbers. */
export const WORDS = {
  ko: {
    preview: '인쇄 미리보기',
    count: '{n}장',
    sheet: '{of}쪽 중 {n}쪽',
    print: '인쇄',
    options: '인쇄 설정',
    text: '글자 크기',
    text_small: '작게',
    text_usual: '보통',
    text_large: '크게',
    columns: '단',
    columns_2: '2단',
    columns_1: '1단',
    pictures: '사진',
    pictures_full: '크게',
    pictures_small: '작게',
    pictures_none: '없이',
    paper: '용지',
    paper_A4: 'A4',
    paper_Letter: '레터',
    notes: '링크 주소 싣기',
    black: '검은색만',
    actual: '실제 크기로 보기',
    unable: '이 앱에서는 인쇄할 수 없습니다. 브라우저에서 열면 인쇄하거나 PDF로 저장할 수 있습니다.',
    open: '브라우저에서 열기',
    share: '공유·저장',
    address: '기사 주소',
    copy: '주소 복사',
    copied: '복사했습니다',
    of: '{n} / {of}',
    reset: '처음 설정으로',
  },
  en: {
    preview: 'Print preview',
    count: '{n} sheets',
    count_1: '1 sheet',
    sheet: 'Page {n} of {of}',
    print: 'Print',
    options: 'Print options',
    text: 'Text size',
    text_small: 'Small',
    text_usual: 'Medium',
    text_large: 'Large',
    columns: 'Columns',
    columns_2: 'Two',
    columns_1: 'One',
    pictures: 'Pictures',
    pictures_full: 'Large',
    pictures_small: 'Small',
    pictures_none: 'None',
    paper: 'Paper',
    paper_A4: 'A4',
    paper_Letter: 'Letter',
    notes: 'Addresses of links',
    black: 'Black only',
    actual: 'Actual size',
    unable: 'This app can’t print. Open the page in a browser, to print the article or save it as a PDF.',
    open: 'Open in a browser',
    share: 'Share or save',
    address: 'Address of the article',
    copy: 'Copy the address',
    copied: 'Copied',
    of: '{n} / {of}',
    reset: 'Reset',
  },
};

/** What a reader can set: the values of each option, the usual one first. The reader's region decides about the paper. */
const OPTIONS = {
  text: ['usual', 'small', 'large'],
  columns: ['2', '1'],
  pictures: ['full', 'small', 'none'],
  paper: ['A4', 'Letter'],
};
/** What a reader can switch on or off: whether it is on at first. `actual` changes only the screen. */
const SWITCHES = { notes: true, black: false, actual: false };
/** Browsers inside of apps can't print: Android's has no `print`, and that of iOS does nothing. */
const canPrint = () => 'print' in window && !/KAKAOTALK|NAVER\(inapp|; wv\)/.test(navigator.userAgent);
/**
 * The address by which an app opens a page in the reader's own browser: KakaoTalk has one for that, and Naver's app knows
 * that of Android. `undefined` if none is known, because another app may show an error.
 */
function inBrowser(address) {
  if (/KAKAOTALK/.test(navigator.userAgent)) return `kakaotalk://web/openExternal?url=${encodeURIComponent(address)}`;
  const { protocol, host, pathname } = new URL(address);
  if (/Android.*NAVER\(inapp/.test(navigator.userAgent)) return `intent://${host}${pathname}#Intent;scheme=${protocol.slice(0, -1)};end`;
}
const STORAGE_KEY = 'gisa:paper';
/** Regions whose printers have Letter. */
const LETTER = /-(US|CA|MX|PH|CL|CO|VE|GT|CR|PA|SV|NI|PR)\b/i;
/** Width and height, in millimetres. */
const SIZES = { A4: [210, 297], Letter: [215.9, 279.4] };
/** After this many milliseconds, the sheets are made even if a picture has not come. */
const PICTURES_MILLISECONDS = 8_000;
/** The style of the sheets; `script/finish-html.mjs` puts it in. */
const STYLE = '%STYLE%';
/** The file beside this one that makes QR codes; a build for development may have none. */
const QR = { name: '%QR%', integrity: '%QR_INTEGRITY%' };

/**
 * Makes the sheets of the print page that the document shows, if they are not there yet. `opens`: the print dialog opens
 * when they are there.
 */
export async function show(opens) {
  if (!document.documentElement.hasAttribute('data-awake')) isEarly = true;
  else if (isEarly) {
    // The program has made the page that the reader has seen already.
    isEarly = false;
    opens = false;
  }
  const here = location.pathname;
  const desk = Desk.of(document.getElementById('desk'));
  await desk?.ready;
  // There is no desk if the article can't be had. The reader may have gone on meanwhile.
  if (desk && opens && canPrint() && location.pathname === here) print();
}

/** Whether `src/boot.js` has shown the document's page, before the program did. */
let isEarly = false;

/** The place of a print page where the sheets lie, with the options above them. */
class Desk {
  static #last;
  #element;
  /** The article's own element, which is hidden while the sheets are there. */
  #article;
  #words;
  #chosen;
  #bar;
  #count;
  #sheets = make('div', { className: 'sheets' });
  /** The size of the paper. */
  #style = new CSSStyleSheet();
  /** How the article is set: see `layOut`. */
  #setting = new CSSStyleSheet();
  /** How large the sheets are on the screen. */
  #scale = new CSSStyleSheet();
  /** When the sheets are there, or can't be made. */
  ready;
  /** Whether somebody else, such as a translator, has changed the text on the sheets, which are cut for the old one. */
  #isChanged = false;
  #watch = new MutationObserver((changes) => {
    // A blocker takes something away. What is left has its place.
    if (!changes.some(({ type, addedNodes }) => type === 'characterData' || addedNodes.length)) return;
    this.#isChanged = true;
    this.#lay();
  });

  /** The desk of a page that has one. */
  static of(element) {
    if (!element) return;
    if (Desk.#last?.#element !== element) {
      const article = element.parentElement.querySelector(':scope > .article-sheet');
      Desk.#last = article ? new Desk(element, article) : undefined;
    }
    return Desk.#last;
  }

  constructor(element, article) {
    this.#element = element;
    this.#article = article;
    const language = article.lang.startsWith('ko') ? 'ko' : 'en';
    this.#words = WORDS[language];
    this.#chosen = remembered();
    this.#bar = this.#options();
    element.setAttribute('role', 'group');
    element.setAttribute('aria-label', this.#words.preview);
    // The program has no buttons here, so it must not press them again.
    this.#bar.addEventListener('click', (event) => event.stopPropagation());
    const look = new CSSStyleSheet();
    look.replaceSync(STYLE);
    const own = [look, this.#style, this.#setting, this.#scale];
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, ...own];
    new ResizeObserver(() => this.#fit()).observe(element);
    // The page is left, its article is loaded again, or the program has woken up.
    const observer = new MutationObserver(() => {
      if (element.isConnected) return this.#standIn();
      observer.disconnect();
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((style) => !own.includes(style));
      Desk.of(document.getElementById('desk'));
    });
    observer.observe(document.getElementById('app'), { childList: true, subtree: true });
    observer.observe(document.documentElement, { attributeFilter: ['data-awake'] });
    this.ready = this.#begin();
  }

  /**
   * The sheets stand in for the article. Its own element is only hidden until the program has woken up, which finds the page
   * as it was written. Then it leaves the document, so that nothing is there twice.
   */
  #standIn() {
    const isAwake = document.documentElement.hasAttribute('data-awake');
    const isThere = this.#article.isConnected;
    const belongs = !this.#sheets.firstChild || !isAwake;
    if (belongs && !isThere) this.#element.before(this.#article);
    else if (!belongs && isThere) this.#article.remove();
  }

  async #begin() {
    const images = [...this.#article.querySelectorAll('img')];
    for (const image of images) image.loading = 'eager';
    // It is rejected for a broken image, which can't get any better.
    const all = Promise.allSettled(images.map((image) => image.decode()));
    await Promise.race([
      Promise.all([all, document.fonts.ready, gisaPaper(true), drawCode(this.#article)]),
      new Promise((resolve) => setTimeout(resolve, PICTURES_MILLISECONDS)),
    ]);
    if (!this.#element.isConnected) return;
    const isComplete = images.every((image) => image.complete);
    this.#lay();
    // A picture without a size changes the sheets when it comes.
    if (!isComplete) all.then(() => this.#element.isConnected && this.#lay());
  }

  /** Lays the article out on sheets. If that fails, or the text is another now, the article's own element is shown and printed. */
  #lay() {
    this.#watch.disconnect();
    const [width, height] = SIZES[this.#chosen.paper];
    const page = this.#element.parentElement;
    // `style/paper.css` has rules for these.
    for (const name of ['text', 'columns', 'pictures', 'notes', 'black']) page.setAttribute(`data-${name}`, this.#chosen[name]);
    if (!this.#sheets.isConnected) this.#element.replaceChildren(this.#bar, this.#sheets);
    // Lengths in `rem` are the same on paper as on the screen.
    const rem = getComputedStyle(document.documentElement).fontSize;
    this.#style.replaceSync(
      `@page { size: ${width}mm ${height}mm; margin: 0; @bottom-left { content: none } @bottom-center { content: none } @bottom-right { content: none } }` +
        `.sheets { --sheet-width: ${width}mm; --sheet-height: ${height}mm }` +
        `@media print { :root { font-size: ${rem} } }`,
    );
    this.#scale.replaceSync('.sheets { --scale: 1 }');
    const hadFocus = this.#article.contains(document.activeElement);
    if (this.#isChanged) this.#putAway();
    else try {
      page.setAttribute('data-laid', '');
      const sheets = fittingSheets(this.#article, this.#sheets, this.#setting);
      const count = sheets.length;
      for (const [index, sheet] of sheets.entries()) {
        const numbers = { n: index + 1, of: count };
        sheet.setAttribute('aria-label', filled(this.#words.sheet, numbers));
        const foot = make('p', { className: 'sheet-foot' }, ...this.#foot(filled(this.#words.of, numbers)));
        foot.setAttribute('aria-hidden', 'true');
        sheet.append(foot);
      }
      this.#count.textContent = filled((count === 1 && this.#words.count_1) || this.#words.count, { n: count });
    } catch (error) {
      console.warn('gisa: the article could not be laid out on sheets:', error);
      this.#putAway();
    }
    this.#watch.observe(this.#sheets, { childList: true, characterData: true, subtree: true });
    this.#standIn();
    this.#fit();
    // The heading had the focus when the page was shown.
    if (hadFocus) this.#sheets.querySelector('h1')?.focus({ preventScroll: true });
  }

  /** Takes the sheets away, so that the article's own element is shown and printed. */
  #putAway() {
    this.#sheets.replaceChildren();
    this.#element.parentElement.removeAttribute('data-laid');
    this.#style.replaceSync('');
    this.#count.textContent = '';
  }

  /** What stands at the foot of each sheet: newspaper and date, the page's number, the article's short address. */
  #foot(number) {
    const name = this.#article.querySelector('.paper-masthead')?.textContent ?? '';
    const date = this.#article.querySelector('.article-dates time')?.textContent.split(' ')[0] ?? '';
    const address = this.#article.querySelector('.paper-foot')?.textContent.match(/https?:\/\/(\S+?)\/?(?=$|[^\x21-\x7e])/)?.[1] ?? '';
    return [[name, date].filter(Boolean).join(' '), number, address].map((textContent) => make('span', { textContent }));
  }

  /** Sheets are as wide as there is room, and never wider than paper. */
  #fit() {
    const sheet = this.#sheets.firstElementChild;
    if (!sheet) return;
    const room = this.#element.clientWidth / sheet.offsetWidth;
    this.#scale.replaceSync(`.sheets { --scale: ${this.#chosen.actual ? 1 : Math.min(1, room)} }`);
    // A control that changes nothing is not there.
    this.#element.toggleAttribute('data-narrow', room < 1);
  }

  /** For browsers that can't print: what else a reader can do. */
  #notice() {
    const words = this.#words;
    const value = `${location.origin}${location.pathname}`;
    const field = make('input', { readOnly: true, value, ariaLabel: words.address });
    field.addEventListener('focus', () => field.select());
    const copy = make('button', { type: 'button', textContent: words.copy });
    copy.addEventListener('click', async () => {
      field.select();
      try {
        await navigator.clipboard.writeText(value);
        copy.textContent = words.copied;
      } catch {
        // It is forbidden or not there. The address is selected, so it can be copied by hand.
      }
    });
    const ways = [field, copy];
    const href = inBrowser(value);
    if (href) ways.push(make('a', { href, textContent: words.open }));
    if (navigator.share) {
      const share = make('button', { type: 'button', textContent: words.share });
      // It is rejected when the reader closes the list of ways to share.
      share.addEventListener('click', () => navigator.share({ title: document.title, url: value }).catch(() => {}));
      ways.push(share);
    }
    return make('div', { className: 'sheet-notice' }, make('p', { textContent: words.unable }), ...ways);
  }

  /** The options, of native controls. */
  #options() {
    const words = this.#words;
    const chosen = this.#chosen;
    const fields = Object.entries(OPTIONS).map(([name, values]) =>
      make('label', {}, words[name], make('select', { name }, ...values.map((value) =>
        make('option', { value, selected: chosen[name] === value, textContent: words[`${name}_${value}`] })))));
    const switches = Object.keys(SWITCHES).map((name) =>
      make('label', {}, make('input', { type: 'checkbox', name, checked: chosen[name] }), words[name]));
    this.#count = make('output', { className: 'sheet-count' });
    const button = make('button', { type: 'button', textContent: words.print });
    button.addEventListener('click', () => print());
    const last = canPrint() ? button : this.#notice();
    const bar = make('form', { className: 'sheet-options', ariaLabel: words.options },
      ...fields, ...switches, make('button', { type: 'reset', textContent: words.reset }), this.#count, last);
    const change = () => {
      remember(chosen);
      this.#lay();
    };
    bar.addEventListener('change', ({ target }) => {
      chosen[target.name] = target.type === 'checkbox' ? target.checked : target.value;
      change();
    });
    bar.addEventListener('reset', (event) => {
      event.preventDefault();
      Object.assign(chosen, usual());
      for (const control of bar.elements) {
        if (control.type === 'checkbox') control.checked = chosen[control.name];
        else if (control.name) control.value = chosen[control.name];
      }
      change();
    });
    bar.addEventListener('submit', (event) => event.preventDefault());
    return bar;
  }
}

/** An element with properties and children. */
function make(name, properties, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

/** A text with numbers in it. */
const filled = (text, numbers) => text.replace(/\{(\w+)\}/g, (_, name) => numbers[name]);

/** What is set before a reader chooses. */
function usual() {
  const isLetter = LETTER.test(navigator.language);
  const values = Object.entries(OPTIONS).map(([name, [first]]) => [name, first]);
  return { ...Object.fromEntries(values), ...SWITCHES, ...(isLetter && { paper: 'Letter' }) };
}

/** What the reader has chosen, now or on an earlier visit. */
function remembered() {
  const chosen = usual();
  try {
    const stored = JSON.parse(localStorage.getItem(STORAGE_KEY)) ?? {};
    for (const [name, values] of Object.entries(OPTIONS)) if (values.includes(stored[name])) chosen[name] = stored[name];
    for (const name of Object.keys(SWITCHES)) if (typeof stored[name] === 'boolean') chosen[name] = stored[name];
  } catch {
    // Storage is forbidden, or has something else under this key.
  }
  return chosen;
}

/** Remembers what differs from the usual. */
function remember(chosen) {
  const first = usual();
  const own = Object.entries(chosen).filter(([name, value]) => value !== first[name]);
  try {
    if (own.length) localStorage.setItem(STORAGE_KEY, JSON.stringify(Object.fromEntries(own)));
    else localStorage.removeItem(STORAGE_KEY);
  } catch {
    // Storage is forbidden or full, so the choice holds for this page.
  }
}

/**
 * Draws the QR code of the article's address where the program has made the page: in a written page it is drawn already
 * (`src/text/qr_code.rs`). Without a network, there is none.
 */
async function drawCode(article) {
  const place = article.querySelector('.paper-code:empty');
  if (!place || !QR.name) return;
  try {
    const href = new URL(QR.name, import.meta.url).href;
    document.head.append(make('link', { rel: 'modulepreload', crossOrigin: 'anonymous', href, integrity: QR.integrity }));
    const { generate, correction } = await import(href);
    const code = generate(place.dataset.address, { minCorrectionLevel: correction.M });
    let path = '';
    for (let y = 0; y < code.size; y += 1) for (let x = 0; x < code.size; x += 1) if (code.get(x, y)) path += `M${x} ${y}h1v1h-1z`;
    const draw = (name, attribute, value) => {
      const element = document.createElementNS('http://www.w3.org/2000/svg', name);
      element.setAttribute(attribute, value);
      return element;
    };
    const picture = draw('svg', 'viewBox', `-4 -4 ${code.size + 8} ${code.size + 8}`);
    picture.append(draw('path', 'd', path));
    place.append(picture);
  } catch (error) {
    console.info('gisa: the print page has no QR code:', error);
  }
}

// ---- Layout

/** Characters that are put into a column at a time: about what a column of the usual size holds. */
const BATCH = 1_500;
/** As many characters as a picture counts for. */
const PICTURE = 300;
/** A layout that needs more sheets has gone wrong. */
const MAX_SHEETS = 3_000;

/** A last sheet that is filled less than this is to be saved. */
const LITTLE = 1 / 6;
/** How the setting tightens, step by step: factors of leading, heights of pictures, and text size. */
const STEPS = [[1, 1, 1], [0.97, 0.9, 1], [0.95, 0.8, 1], [0.93, 0.7, 0.98], [0.92, 0.7, 0.96], [0.91, 0.65, 0.94]];
/** Text is never set smaller than this, in points. */
const LEAST_POINTS = 8.4;
/** Two columns are as even as can be, but for so many pixels. */
const EVEN = 4;
/** Columns are filled for so many pixels more than they have room, because margins go away where they begin. */
const MARGINS = 60;
/** A row of a table is cut if it is higher than this, as a part of a sheet. */
const HIGH_ROW = 1 / 3;

/** Lays the article out. If its last sheet is nearly empty, it tightens the setting until that sheet is saved, or not at all. */
function fittingSheets(article, place, setting) {
  const sheets = layOut(article, place, setting, STEPS[0]);
  if (sheets.length === 1 || shareOf(sheets.at(-1)) >= LITTLE) return sheets;
  for (const step of STEPS.slice(1)) {
    const fewer = layOut(article, place, setting, step);
    if (fewer.length < sheets.length) return fewer;
  }
  return layOut(article, place, setting, STEPS[0]);
}

/** How much of the height of a sheet is filled, from 0 to 1. */
function shareOf(sheet) {
  const box = sheet.firstElementChild.getBoundingClientRect();
  const bottoms = [...sheet.firstElementChild.children].map((part) => part.getBoundingClientRect().bottom);
  return (Math.max(box.top, ...bottoms) - box.top) / box.height;
}

/** The setting of an article, tightened by a step, as declarations. */
function tightened(style, [leading, pictures, text]) {
  const factors = { '--paper-leading': leading, '--picture-height': pictures, '--upright-height': pictures, '--row-height': pictures };
  const isReadable = parseFloat(style.getPropertyValue('--paper-text')) * text >= LEAST_POINTS;
  if (isReadable) factors['--paper-text'] = text;
  const tighter = Object.entries(factors).filter(([, factor]) => factor !== 1);
  const values = tighter.map(([name, factor]) => `${name}: calc(${style.getPropertyValue(name)} * ${factor}); `);
  // Rules that see the whole article would say something else about a part of it.
  return `${values.join('')}--paper-columns: ${style.getPropertyValue('--paper-columns')}`;
}

/**
 * Lays a copy of the article out on sheets in the place, with the setting tightened by a step. `setting` is the style sheet that
 * gets the rules for that: the page's policy has no style attributes. Returns the sheets.
 */
function layOut(article, place, setting, step) {
  place.replaceChildren();
  const sheets = [];
  const copy = copyOf(article);
  // The article's own element, without what is in it.
  const shell = copy.cloneNode(false);
  const begin = (inside = shell.cloneNode(false)) => {
    const sheet = make('section', { className: 'sheet' }, inside);
    place.append(sheet);
    if (sheets.push(sheet) > MAX_SHEETS) throw new Error(`the article does not end after ${MAX_SHEETS} sheets`);
    return inside;
  };
  const whole = make('div', { className: 'sheet-part' });
  whole.append(...copy.childNodes);
  copy.append(whole);
  let area = begin(copy);
  // Nothing but headings stands on the sheet.
  let isFree = true;
  setting.replaceSync('');
  const style = getComputedStyle(copy);
  setting.insertRule(`.sheet > .article-sheet { ${tightened(style, step)} }`);
  const columns = Number(style.getPropertyValue('--paper-columns')) || 1;
  const parts = columns > 1 ? partsOf(whole) : [whole];
  area.replaceChildren();
  for (const part of parts) {
    let rest = part.cloneNode(false);
    while (rest) {
      area.append(rest);
      const count = area.children.length;
      rest = fill(area, rest, part, part.hasAttribute('data-wide') ? 1 : columns, isFree);
      isFree = false;
      if (!rest) break;
      // Headings don't stay alone.
      const last = area.children.length < count && area.lastElementChild;
      const headings = last && new Column(last).takeHeadings();
      area = begin();
      isFree = true;
      if (headings) {
        area.append(headings);
        fill(area, headings, headings.cloneNode(false), columns, true);
      }
    }
  }
  return sheets;
}

/**
 * Takes an article apart, at what spans both columns. Returns its parts in their order: elements like the whole, of which
 * those that span have `data-wide`.
 */
function partsOf(whole) {
  const parts = [];
  const isBlock = (element) => ['block', 'list-item'].includes(getComputedStyle(element).display);
  const spans = (element) => {
    if (getComputedStyle(element).columnSpan !== 'all') return false;
    for (let parent = element.parentElement; parent !== whole; parent = parent.parentElement) if (!isBlock(parent)) return false;
    return true;
  };
  const add = (part) => hasContent(part) && parts.unshift(part);
  const wides = [...whole.querySelectorAll('.paper-masthead, .article-header, figure, .table-scroll')].filter(spans);
  whole.remove();
  for (const wide of wides.reverse()) {
    const after = cutAt(whole, [wide.parentNode, indexOf(wide) + 1]);
    after.setAttribute('data-band', '');
    add(after);
    const own = cutAt(whole, [wide.parentNode, indexOf(wide)]);
    own.setAttribute('data-band', '');
    own.setAttribute('data-wide', '');
    add(own);
  }
  add(whole);
  return parts;
}

/**
 * Fills the columns below what stands on a sheet already. `area`: the article's element on the sheet. `first`: the first of the
 * columns there, with what was cut off the last sheet. `store` has what comes after that. `isFree`: nothing else stands on the
 * sheet. Returns a column with what has no room, beside what is still in the store; `undefined` if nothing is left.
 */
function fill(area, first, store, columns, isFree) {
  const { top } = first.getBoundingClientRect();
  const bottom = area.getBoundingClientRect().bottom;
  const room = bottom - top;
  if (isFree) first.removeAttribute('data-band');
  do feed(first, store);
  while (store.firstChild && first.getBoundingClientRect().height <= room * columns + MARGINS);
  let column = new Column(first);
  let limit = bottom;
  if (columns === 2 && !store.firstChild) limit = column.evenBottom(top, bottom) ?? bottom;
  for (let number = 1; ; number += 1) {
    const rest = column.cut(limit, isFree);
    if (rest === column.element) {
      // Nothing has room.
      rest.remove();
      return rest;
    }
    if (number === columns || !rest) return rest ?? (store.firstChild ? column.element.cloneNode(false) : undefined);
    area.append(rest);
    column = new Column(rest);
    limit = bottom;
  }
}

/** Moves blocks from a store to the end of a column. The engine need not lay out all of a long article at once. */
function feed(column, store) {
  for (let characters = 0; characters < BATCH && store.firstChild; ) {
    const part = store.firstChild;
    let [from, to] = [store, column];
    if (part.nodeType === Node.ELEMENT_NODE && part.matches('.article-body')) {
      from = part;
      to = column.lastElementChild;
      if (!to?.matches('.article-body')) column.append((to = part.cloneNode(false)));
    }
    const next = from.firstChild;
    if (next) {
      to.append(next);
      characters += next.textContent.length;
      if (next.nodeType === Node.ELEMENT_NODE) characters += PICTURE * next.querySelectorAll('img').length;
    }
    if (!from.firstChild && from !== store) from.remove();
  }
}

/** A copy whose ids are its own, with pictures that need not load again. */
function copyOf(article) {
  const copy = article.cloneNode(true);
  const own = (id) => `sheet-${id}`;
  copy.removeAttribute('data-view');
  for (const element of copy.querySelectorAll('[id]')) element.id = own(element.id);
  for (const link of copy.querySelectorAll('a[href^="#"]')) link.setAttribute('href', `#${own(link.getAttribute('href').slice(1))}`);
  const before = article.querySelectorAll('img');
  for (const [index, image] of copy.querySelectorAll('img').entries()) {
    const { complete, naturalWidth, naturalHeight, currentSrc } = before[index];
    if (!complete) continue;
    if (!naturalWidth) {
      image.setAttribute('data-broken', '');
      continue;
    }
    image.removeAttribute('srcset');
    image.removeAttribute('sizes');
    image.src = currentSrc;
    image.width ||= naturalWidth;
    image.height ||= naturalHeight;
  }
  return copy;
}

/** A column on a sheet, which cuts off what it has no room for. */
class Column {
  element;
  /** Where the room ends, as client rectangles have it. */
  #limit;
  #range = document.createRange();

  constructor(element) {
    this.element = element;
  }

  /**
   * Returns what was cut off below the limit, in an element like the column; the column itself if nothing has room;
   * `undefined` if all of it has. `isFree`: no other column will ever have more room.
   */
  cut(limit, isFree) {
    this.#limit = limit;
    let place = this.#firstOff(this.element);
    // What engines do to make a whole paragraph look better, they would do in another way to its halves.
    const run = place && runOf(...place);
    if (run) {
      run[0].setAttribute('data-plain', '');
      place = this.#firstOff(this.element);
    }
    if (!place) return;
    const better = this.#better(place);
    if (!this.#isStart(better)) place = better;
    else if (!isFree) return this.element;
    else if (this.#isStart(place)) place = this.#force(place);
    return place && this.#cutAt(place);
  }

  /** Cuts at a place. In a row of a table, each of the cells that come after it is cut where it has no more room. */
  #cutAt(place) {
    let cell;
    for (let at = place[0].parentElement; at !== this.element.parentElement; at = at.parentElement) if (at.matches('td, th')) cell = at;
    if (!cell) return cutAt(this.element, place);
    const row = cell.parentElement;
    const others = [...row.cells].slice(cell.cellIndex + 1).map((other) => [other, this.#firstOff(other)]);
    for (const [other] of others) other.remove();
    const rest = cutAt(this.element, place);
    const after = others.map(([other, place]) => (place ? cutAt(other, place) : emptied(other)));
    row.append(...others.map(([other]) => other));
    rest.querySelector('tr[data-continues]').append(...after);
    return rest;
  }

  /**
   * Where the room of two columns has to end, so that they are as even as can be; `undefined` if they have no room for all
   * that is in this one.
   */
  evenBottom(top, bottom) {
    const end = this.element.getBoundingClientRect().bottom;
    const isEnough = (height) => {
      this.#limit = top + height;
      const first = this.#firstOff(this.element);
      const place = first && this.#better(first);
      return !place || (!this.#isStart(place) && end - this.#topOf(place) <= height);
    };
    let [low, high] = [(end - top) / 2, bottom - top];
    if (low > high || !isEnough(high)) return;
    while (high - low > EVEN) {
      const middle = (low + high) / 2;
      if (isEnough(middle)) high = middle;
      else low = middle;
    }
    return top + high;
  }

  /** Cuts off headings that nothing comes after, and returns them in an element like the column. */
  takeHeadings() {
    const { element } = this;
    const end = [element, element.childNodes.length];
    const place = this.#withHeadings(end);
    if (place === end) return;
    if (!this.#isStart(place)) return cutAt(element, place);
    // The header of the article stays where it is, and so do headings that have a sheet for themselves.
    if (element.matches('[data-wide]') || !element.previousElementSibling) return;
    element.remove();
    return element;
  }

  #isBeyond({ top }) {
    return top >= this.#limit - 1;
  }

  #isOff({ bottom }) {
    return bottom > this.#limit + 1;
  }

  #rects(node) {
    if (node.nodeType === Node.ELEMENT_NODE) return [...node.getClientRects()];
    if (node.nodeType !== Node.TEXT_NODE || !node.data.trim()) return [];
    this.#range.selectNodeContents(node);
    return [...this.#range.getClientRects()];
  }

  /** The first place that has no room, as a node and an offset in it. */
  #firstOff(parent) {
    for (const [index, node] of parent.childNodes.entries()) {
      const rects = this.#rects(node);
      if (!rects.some((rect) => this.#isOff(rect))) continue;
      const before = [parent, index];
      if (node.nodeType === Node.TEXT_NODE) return this.#isOff(rects[0]) ? before : [node, this.#firstCharacterOff(node)];
      if (this.#isWhole(node) || rects.every((rect) => this.#isBeyond(rect))) return before;
      const inside = this.#firstOff(node);
      if (inside) return inside[0] === node && inside[1] === 0 ? before : inside;
    }
  }

  #firstCharacterOff(text) {
    let [low, high] = [0, text.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      this.#range.setStart(text, middle);
      this.#range.setEnd(text, text.length);
      // WebKit has an empty rectangle where the line before ends.
      const first = [...this.#range.getClientRects()].find(({ width }) => width > 0);
      if (first && !this.#isOff(first)) low = middle + 1;
      else high = middle;
    }
    // A line break belongs to the line that it ends.
    return text.data[low] === '\n' ? low + 1 : low;
  }

  /** Whether an element is never cut. A row of a table is, if it is high. */
  #isWhole(element) {
    const { display, breakInside } = getComputedStyle(element);
    if (display === 'table-row') return element.getBoundingClientRect().height < this.element.parentElement.clientHeight * HIGH_ROW;
    return element.matches(`${REPLACED}, ruby`) || breakInside.startsWith('avoid') || display.startsWith('inline-') || display === 'flex';
  }

  /**
   * The place, or one before it: two lines at least stand before a break and after it, what goes with the next comes with
   * it, and so does a part of what the next goes with.
   */
  #better(place) {
    const run = runOf(...place);
    if (run) {
      const [block, from, to] = run;
      const before = this.#lines(block, from, ...place);
      const after = this.#lines(...place, block, to);
      if (before.length < 2 || (after.length < 2 && before.length < 3)) place = from > 0 ? [block, from] : placeOf(block);
      else if (after.length < 2) place = this.#startOf(block, before.at(-1)) ?? place;
    }
    place = this.#withHeadings(place);
    const next = place[0].nodeType === Node.ELEMENT_NODE && place[0].childNodes[place[1]];
    if (next?.nodeType !== Node.ELEMENT_NODE || !getComputedStyle(next).breakBefore.startsWith('avoid')) return this.#rowOf(place);
    let last = this.#before(place);
    if (last?.nodeType !== Node.ELEMENT_NODE) return place;
    for (let inside = last; inside?.nodeType === Node.ELEMENT_NODE && !isInline(inside); inside = !this.#isWhole(last) && lastContent(last)) last = inside;
    const lines = this.#isWhole(last) ? [] : this.#lines(last, 0, last, last.childNodes.length);
    if (lines.length > 3) return this.#startOf(last, lines.at(-2)) ?? place;
    return this.#rowOf(this.#withHeadings(placeOf(last)));
  }

  /** Headings and the like are not the last before a break. */
  #withHeadings(place) {
    while (place[0].nodeType === Node.ELEMENT_NODE) {
      let last = this.#before(place);
      while (last?.nodeType === Node.ELEMENT_NODE && !getComputedStyle(last).breakAfter.startsWith('avoid')) last = lastContent(last);
      if (last?.nodeType !== Node.ELEMENT_NODE) break;
      place = placeOf(last);
    }
    return place;
  }

  /** Where several stand in a row of a grid, the place before them. */
  #rowOf(place) {
    const [parent, offset] = place;
    const next = parent.childNodes[offset];
    if (next?.nodeType !== Node.ELEMENT_NODE || getComputedStyle(parent).display !== 'grid') return place;
    const { top } = next.getBoundingClientRect();
    return placeOf([...parent.children].find((child) => child.getBoundingClientRect().bottom > top));
  }

  /** The last that a reader sees before a place between nodes, as far out as can be. */
  #before([parent, offset]) {
    let last = parent.childNodes[offset - 1];
    for (;;) {
      while (last && !hasContent(last)) last = last.previousSibling;
      if (last || parent === this.element) return last;
      last = parent.previousSibling;
      parent = parent.parentNode;
    }
  }

  /** The lines of text between two places: a rectangle of each. */
  #lines(start, from, end, to) {
    this.#range.setStart(start, from);
    this.#range.setEnd(end, to);
    const lines = [];
    for (const rect of this.#range.getClientRects()) {
      const isSame = (line) => Math.abs(line.bottom - rect.bottom) < line.height / 2;
      if (rect.width && !lines.some(isSame)) lines.push(rect);
    }
    return lines;
  }

  /** Where a line of a block begins. */
  #startOf(block, { bottom, height }) {
    const limit = this.#limit;
    this.#limit = bottom - height / 2;
    const place = this.#firstOff(block);
    this.#limit = limit;
    return place;
  }

  /** Where what comes after a place begins, from the top. */
  #topOf(place) {
    this.#range.setStart(...place);
    this.#range.setEnd(this.element, this.element.childNodes.length);
    return [...this.#range.getClientRects()].find(({ height }) => height > 0)?.top ?? 0;
  }

  /** Whether nothing that a reader sees is before the place. */
  #isStart([node, offset]) {
    if (node.nodeType === Node.ELEMENT_NODE) return !this.#before([node, offset]);
    return !node.data.slice(0, offset).trim() && !this.#before(placeOf(node));
  }

  /** A place after the first thing of the column, which has no room in any. */
  #force([parent, index]) {
    const node = parent.nodeType === Node.TEXT_NODE ? parent : parent.childNodes[index];
    if (node.nodeType === Node.ELEMENT_NODE && !node.matches(REPLACED)) {
      const inside = this.#firstOff(node);
      if (inside) return this.#isStart(inside) ? this.#force(inside) : inside;
    }
    const after = [node.parentNode, indexOf(node) + 1];
    // Nothing may be left behind it.
    this.#range.setStart(...after);
    this.#range.setEnd(this.element, this.element.childNodes.length);
    return hasContent(this.#range.cloneContents()) ? after : undefined;
  }
}

/**
 * Cuts an element at a place in it. The elements that are open there are in both halves. Returns what comes after the place, in
 * an element like the first.
 */
function cutAt(whole, [node, offset]) {
  const open = [];
  for (let at = node.nodeType === Node.TEXT_NODE ? node.parentElement : node; at !== whole; at = at.parentElement) open.unshift(at);
  // The first paragraph of a column keeps the indent that it had after another one.
  let first = node.nodeType === Node.ELEMENT_NODE && node.childNodes[offset];
  while (first && !hasContent(first)) first = first.nextSibling;
  if (first?.nodeType === Node.ELEMENT_NODE) first.toggleAttribute('data-indented', parseFloat(getComputedStyle(first).textIndent) > 0);
  // Firefox takes rows of a table out one by one, which is slow where they are laid out.
  const { parentNode, nextSibling } = whole;
  whole.remove();
  const range = document.createRange();
  range.setStart(node, offset);
  range.setEnd(whole, whole.childNodes.length);
  const rest = whole.cloneNode(false);
  rest.append(range.extractContents());
  parentNode?.insertBefore(whole, nextSibling);
  let after = rest;
  const halves = open.map((before) => [before, (after = after.firstElementChild)]);
  for (const [before, after] of halves.reverse()) {
    if (!hasContent(before)) before.remove();
    else if (!hasContent(after)) after.remove();
    else mend(before, after);
  }
  rest.removeAttribute('data-band');
  rest.setAttribute('data-continues', '');
  return rest;
}

const indexOf = (node) => [...node.parentNode.childNodes].indexOf(node);

/** The place before a node. */
const placeOf = (node) => [node.parentNode, indexOf(node)];

/** The last child that a reader sees. */
const lastContent = (element) => [...element.childNodes].reverse().find(hasContent);

const isInline = (node) => node.nodeType !== Node.ELEMENT_NODE || /^(inline|ruby|none|contents)/.test(getComputedStyle(node).display);

/**
 * The lines of text that go on at a place: the block that they are in, and from where to where its children are lines;
 * `undefined` if there is no text right before the place.
 */
function runOf(node, offset) {
  let at = node.nodeType === Node.TEXT_NODE ? node : node.childNodes[offset - 1];
  if (!at || !isInline(at)) return;
  while (isInline(at.parentNode)) at = at.parentNode;
  const block = at.parentNode;
  const children = [...block.childNodes];
  let from = children.indexOf(at);
  let to = from;
  while (from > 0 && isInline(children[from - 1])) from -= 1;
  while (to < children.length && isInline(children[to])) to += 1;
  // What is hidden is no text.
  const range = document.createRange();
  range.setStart(block, from);
  range.setEnd(block, to);
  return range.getClientRects().length ? [block, from, to] : undefined;
}

const REPLACED = 'img, svg, video, audio, iframe, hr, canvas, object';

/** Whether there is something that a reader sees, besides what is repeated on each sheet. */
function hasContent(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data.trim() !== '';
  if (node.nodeType === Node.ELEMENT_NODE && (node.matches(REPLACED) || node.hasAttribute('data-repeated'))) return node.matches(REPLACED);
  return [...node.childNodes].some(hasContent);
}

/** A cell like this one, without anything in it. */
const emptied = ({ localName, colSpan }) => make(localName, { colSpan });

/** Mends the two halves of an element. */
function mend(before, after) {
  before.setAttribute('data-cut', '');
  after.setAttribute('data-continues', '');
  after.removeAttribute('data-plain');
  after.removeAttribute('id');
  if (before.matches('ol')) {
    const items = [...before.children].filter((child) => child.matches('li'));
    const first = after.querySelector(':scope > li');
    after.start = before.start + items.length - (first?.hasAttribute('data-continues') ? 1 : 0);
  } else if (before.matches('tr')) {
    // Each cell stays below its head.
    const missing = [...before.cells].slice(0, after.cells[0].hasAttribute('data-continues') ? -1 : undefined);
    after.prepend(...missing.map(emptied));
  } else if (before.matches('table')) {
    const head = before.querySelector(':scope > thead');
    if (head) {
      const repeated = head.cloneNode(true);
      repeated.setAttribute('data-repeated', '');
      after.querySelector(':scope > caption')?.remove();
      after.prepend(repeated);
    }
  }
}
