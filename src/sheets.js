// Shows the article of a print page on sheets of paper, as they will come out of the printer, and opens the print dialog.
// `src/boot.js` loads this module on print pages alone, before the program is there.
//
// The engine breaks, the script cuts: a sheet has the columns of `style/paper.css` at a fixed height, and everything that is
// left of the article is put into them. The engine breaks lines, columns and pages by its own rules. What it had to put
// outside the sheet is cut off, and begins the next one. See docs/decisions/0026-sheets.md.

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
    unable: '이 앱에서는 인쇄할 수 없습니다. 주소를 복사해 브라우저에서 열면 인쇄하거나 PDF로 저장할 수 있습니다.',
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
    unable: 'This app can’t print. Copy the address and open it in a browser, to print the article or save it as a PDF.',
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
/** WebKit lays columns of a fixed height out anew when it prints, and wrongly; so there the article is printed as it is. */
const hasSheets = () => navigator.vendor !== 'Apple Computer, Inc.';


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
      Promise.all([all, document.fonts.ready, paperStyle(), drawCode(this.#article)]),
      new Promise((resolve) => setTimeout(resolve, PICTURES_MILLISECONDS)),
    ]);
    if (!this.#element.isConnected) return;
    const isComplete = images.every((image) => image.complete);
    this.#lay();
    // A picture without a size changes the sheets when it comes.
    if (!isComplete) all.then(() => this.#element.isConnected && this.#lay());
  }

  /** Lays the article out on sheets. If that fails, the article's own element is shown and printed. */
  #lay() {
    const { paper, text, columns, pictures, notes, black } = this.#chosen;
    const [width, height] = SIZES[paper];
    // `style/paper.css` has rules for these.
    const looks = { text, columns, pictures, notes: notes ? 'all' : 'none', ink: black ? 'black' : 'usual' };
    const page = this.#element.parentElement;
    for (const [name, value] of Object.entries(looks)) page.setAttribute(`data-${name}`, value);
    if (!this.#sheets.isConnected) this.#element.replaceChildren(this.#bar, this.#sheets);
    if (!hasSheets()) {
      this.#style.replaceSync(`@page { size: ${width}mm ${height}mm }`);
      return;
    }
    // Lengths in `rem` are the same on paper as on the screen.
    const rem = getComputedStyle(document.documentElement).fontSize;
    this.#style.replaceSync(
      `@page { size: ${width}mm ${height}mm; margin: 0; @bottom-left { content: none } @bottom-center { content: none } @bottom-right { content: none } }` +
        `.sheets { --sheet-width: ${width}mm; --sheet-height: ${height}mm }` +
        `@media print { :root { font-size: ${rem} } }`,
    );
    this.#scale.replaceSync('.sheets { --scale: 1 }');
    const hadFocus = this.#article.contains(document.activeElement);
    try {
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
      this.#sheets.replaceChildren();
      page.removeAttribute('data-laid');
      this.#style.replaceSync('');
      this.#count.textContent = '';
    }
    this.#standIn();
    this.#fit();
    // The heading had the focus when the page was shown.
    if (hadFocus) this.#sheets.querySelector('h1')?.focus({ preventScroll: true });
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
    return make('div', { className: 'sheet-notice' }, make('p', { textContent: words.unable }), field, ' ', copy);
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

/** Waits for the style sheet that says how an article looks on paper. */
function paperStyle() {
  const link = document.getElementById('paper');
  if (!link) return;
  link.media = 'all';
  return link.sheet || new Promise((resolve) => (link.onload = link.onerror = resolve));
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

/** Characters that are put onto a sheet at first: more than any sheet holds. */
const BATCH = 5_000;
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
  const flow = sheet.firstElementChild;
  const box = flow.getBoundingClientRect();
  const bottoms = [...flow.querySelectorAll('*')].flatMap((element) => [...element.getClientRects()].map(({ bottom }) => bottom));
  return (Math.max(box.top, ...bottoms) - box.top) / box.height;
}

/** The setting of an article, tightened by a step, as declarations. */
function tightened(article, [leading, pictures, text]) {
  const style = getComputedStyle(article);
  const factors = { '--paper-leading': leading, '--picture-height': pictures, '--upright-height': pictures, '--row-height': pictures };
  const isReadable = parseFloat(style.getPropertyValue('--paper-text')) * text >= LEAST_POINTS;
  if (isReadable) factors['--paper-text'] = text;
  const tighter = Object.entries(factors).filter(([, factor]) => factor !== 1);
  const values = tighter.map(([name, factor]) => `${name}: calc(${style.getPropertyValue(name)} * ${factor}); `);
  // Rules that see the whole article would say something else about a part of it.
  return `${values.join('')}column-count: ${style.columnCount}`;
}

/**
 * Lays a copy of the article out on sheets in the place, with the setting tightened by a step. `setting` is the style sheet that
 * gets the rules for that: the page's policy has no style attributes. Returns the sheets.
 */
function layOut(article, place, setting, step) {
  place.replaceChildren();
  const sheets = [];
  let rest = copyOf(article);
  setting.replaceSync('');
  place.append(rest);
  setting.insertRule(`.sheet > .article-sheet { ${tightened(rest, step)} }`);
  rest.remove();
  let links = 0;
  while (rest) {
    const sheet = make('section', { className: 'sheet' }, rest);
    place.append(sheet);
    sheets.push(sheet);
    if (sheets.length > MAX_SHEETS) throw new Error(`the article does not end after ${MAX_SHEETS} sheets`);
    const flow = rest;
    // The numbers of links go on.
    if (links) setting.insertRule(`.sheet:nth-child(${sheets.length}) .article-body { counter-reset: link ${links} }`);
    rest = new Cutter(flow).cut();
    links += flow.querySelectorAll('.article-body a:not([href^="#"], [data-cut])').length;
  }
  return sheets;
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

/** Cuts off what a sheet has no room for. */
class Cutter {
  #flow;
  #box;
  #range = document.createRange();

  /** `flow`: the article's element on the sheet, with everything that is left of the article. */
  constructor(flow) {
    this.#flow = flow;
  }

  /** Returns what was cut off, in an element like the flow; `undefined` if all of it is on the sheet. */
  cut() {
    const flow = this.#flow;
    this.#box = flow.getBoundingClientRect();
    let place;
    for (let batch = BATCH; ; batch *= 2) {
      const isAll = holdBack(flow, batch);
      place = this.#firstOff(flow);
      if (place || isAll) break;
    }
    if (!place) {
      flow.setAttribute('data-last', '');
      return;
    }
    const better = this.#better(place);
    if (!this.#isStart(better)) place = better;
    else if (this.#isStart(place)) place = this.#force(place);
    return place && this.#cutAt(place);
  }

  /** Whether a rectangle is wholly outside the sheet: in a column that the sheet has not, or below it. */
  #isBeyond({ left, right, top }) {
    const box = this.#box;
    return left >= box.right - 1 || right <= box.left + 1 || top >= box.bottom - 1;
  }

  #isOff(rect) {
    return this.#isBeyond(rect) || rect.bottom > this.#box.bottom + 1;
  }

  #rects(node) {
    if (node.nodeType === Node.ELEMENT_NODE) return [...node.getClientRects()];
    if (node.nodeType !== Node.TEXT_NODE || !node.data.trim()) return [];
    this.#range.selectNodeContents(node);
    return [...this.#range.getClientRects()];
  }

  /** The first place that is not on the sheet, as a node and an offset in it. */
  #firstOff(parent) {
    for (const [index, node] of parent.childNodes.entries()) {
      const rects = this.#rects(node);
      if (!rects.some((rect) => this.#isOff(rect))) continue;
      const before = [parent, index];
      if (node.nodeType === Node.TEXT_NODE) return this.#isOff(rects[0]) ? before : [node, this.#firstCharacterOff(node)];
      if (isWhole(node) || rects.every((rect) => this.#isBeyond(rect))) return before;
      const inside = this.#firstOff(node);
      if (inside) return inside;
    }
  }

  #firstCharacterOff(text) {
    let [low, high] = [0, text.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      this.#range.setStart(text, middle);
      this.#range.setEnd(text, text.length);
      const [first] = this.#range.getClientRects();
      if (first && !this.#isOff(first)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /**
   * The place, or one before it: two lines at least stand before a break and after it, and what goes with the next comes with
   * it. Most engines have seen to that.
   */
  #better(place) {
    let [node, offset] = place;
    const block = node.nodeType === Node.TEXT_NODE && blockOf(node);
    if (block) {
      const before = this.#lines(block, 0, node, offset);
      const after = this.#lines(node, offset, block, block.childNodes.length);
      if (before.length < 2 || (after.length < 2 && before.length < 3)) place = [block.parentNode, indexOf(block)];
      else if (after.length < 2) {
        // The first character of the line before.
        const { top, left } = before.at(-1);
        this.#range.selectNodeContents(node);
        const isOfLine = (rect) => Math.abs(rect.bottom - before.at(-1).bottom) < rect.height / 2 && rect.left >= left - 1;
        let low = 0;
        let high = offset;
        while (low < high) {
          const middle = (low + high) >> 1;
          this.#range.setStart(node, middle);
          this.#range.setEnd(node, offset);
          const [first] = this.#range.getClientRects();
          if (first && !isOfLine(first) && first.top < top + 1) low = middle + 1;
          else high = middle;
        }
        if (low > 0) place = [node, low];
      }
    }
    // Headings and the like are not the last on a sheet.
    for ([node, offset] = place; node.nodeType === Node.ELEMENT_NODE; [node, offset] = place) {
      let parent = node;
      let last = parent.childNodes[offset - 1];
      while (last && !hasContent(last)) last = last.previousSibling;
      while (!last && parent !== this.#flow) {
        last = parent.previousSibling;
        parent = parent.parentNode;
        while (last && !hasContent(last)) last = last.previousSibling;
      }
      if (last?.nodeType !== Node.ELEMENT_NODE || !getComputedStyle(last).breakAfter.startsWith('avoid')) break;
      place = [last.parentNode, indexOf(last)];
    }
    return place;
  }

  /** The lines of text between two places: a rectangle of each. */
  #lines(start, from, end, to) {
    this.#range.setStart(start, from);
    this.#range.setEnd(end, to);
    const lines = [];
    for (const rect of this.#range.getClientRects()) {
      const last = lines.at(-1);
      const isSame = last && Math.abs(last.bottom - rect.bottom) < last.height / 2;
      if (rect.width && !isSame) lines.push(rect);
    }
    return lines;
  }

  /** Whether nothing that a reader sees is before the place. */
  #isStart([node, offset]) {
    if (node.nodeType === Node.TEXT_NODE && node.data.slice(0, offset).trim()) return false;
    let before = node.nodeType === Node.TEXT_NODE ? node.previousSibling : node.childNodes[offset - 1] ?? null;
    for (let parent = node.nodeType === Node.TEXT_NODE ? node.parentNode : node; ; before = parent.previousSibling, parent = parent.parentNode) {
      for (; before; before = before.previousSibling) if (hasContent(before)) return false;
      if (parent === this.#flow) return true;
    }
  }

  /** A place after the first thing on the sheet, which has no room on any sheet. */
  #force([parent, index]) {
    const node = parent.nodeType === Node.TEXT_NODE ? parent : parent.childNodes[index];
    if (node.nodeType === Node.ELEMENT_NODE && !node.matches(REPLACED)) {
      const inside = this.#firstOff(node);
      if (inside) return this.#isStart(inside) ? this.#force(inside) : inside;
    }
    const after = [node.parentNode, [...node.parentNode.childNodes].indexOf(node) + 1];
    // Nothing may be left behind it.
    this.#range.setStart(...after);
    this.#range.setEnd(this.#flow, this.#flow.childNodes.length);
    return hasContent(this.#range.cloneContents()) ? after : undefined;
  }

  /** Cuts at the place. The elements that are open there are in both halves. */
  #cutAt([node, offset]) {
    const flow = this.#flow;
    const open = [];
    for (let at = node.nodeType === Node.TEXT_NODE ? node.parentElement : node; at !== flow; at = at.parentElement) open.unshift(at);
    // The first paragraph of a sheet keeps the indent that it had after another one.
    const first = node.nodeType === Node.ELEMENT_NODE && node.childNodes[offset];
    if (first?.nodeType === Node.ELEMENT_NODE) first.toggleAttribute('data-indented', parseFloat(getComputedStyle(first).textIndent) > 0);
    this.#range.setStart(node, offset);
    this.#range.setEnd(flow, flow.childNodes.length);
    const rest = flow.cloneNode(false);
    rest.append(this.#range.extractContents());
    let after = rest;
    const halves = open.map((before) => [before, (after = after.firstElementChild)]);
    for (const [before, after] of halves.reverse()) {
      if (!hasContent(before)) before.remove();
      else if (!hasContent(after)) after.remove();
      else mend(before, after);
    }
    rest.setAttribute('data-continues', '');
    return rest;
  }
}

const indexOf = (node) => [...node.parentNode.childNodes].indexOf(node);

/** The block that a text is a part of; `undefined` if it has other blocks in it. */
function blockOf(text) {
  let block = text.parentElement;
  while (getComputedStyle(block).display.startsWith('inline')) block = block.parentElement;
  return block.matches('p, li, dd, figcaption, blockquote') && !block.querySelector('p, ul, ol, table, figure') ? block : undefined;
}

const REPLACED = 'img, svg, video, audio, iframe, hr, canvas, object';

/** Whether an element is never cut. */
function isWhole(element) {
  const { display, breakInside } = getComputedStyle(element);
  return element.matches(`${REPLACED}, ruby`) || breakInside.startsWith('avoid') || display.startsWith('inline-') || display === 'flex' || display === 'grid';
}

/** Whether there is something that a reader sees, besides what is repeated on each sheet. */
function hasContent(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data.trim() !== '';
  if (node.nodeType === Node.ELEMENT_NODE && (node.matches(REPLACED) || node.hasAttribute('data-repeated'))) return node.matches(REPLACED);
  return [...node.childNodes].some(hasContent);
}

/** Leaves out what comes after so many characters, so that the engine need not lay it out. Returns whether that is nothing. */
function holdBack(flow, characters) {
  const body = flow.querySelector(':scope > .article-body');
  let isOver = false;
  const see = (element) => {
    element.toggleAttribute('data-late', isOver);
    characters -= element.textContent.length + PICTURE * element.querySelectorAll('img').length;
    isOver ||= characters < 0;
  };
  for (const part of flow.children) {
    if (part === body) for (const element of body.children) see(element);
    else see(part);
  }
  return !flow.querySelector('[data-late]');
}

/** Mends the two halves of an element. */
function mend(before, after) {
  before.setAttribute('data-cut', '');
  after.setAttribute('data-continues', '');
  after.removeAttribute('id');
  if (before.matches('ol')) {
    const items = [...before.children].filter((child) => child.matches('li'));
    const first = after.querySelector(':scope > li');
    after.start = before.start + items.length - (first?.hasAttribute('data-continues') ? 1 : 0);
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
