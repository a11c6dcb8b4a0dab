/** A backend that sends attacks in every field that it fills: nothing runs, nothing is fetched, the text is shown. */
import { readFileSync } from 'node:fs';
import { ADDRESSES, MARKUP, STRANGER, addressFields, markupFields } from './attacks.ts';
import { appBelow } from './faults.ts';
import {
  expect, nativeArticle, nativeBackend, nativeList, open, send, siteJson, svg, test, type NativeArticle, type Overlay, type Page, type Server,
} from './support.ts';

/** So many attacks share a page. */
const TOGETHER = 12;

const chunks = <T>(all: T[]): T[][] => Array.from({ length: Math.ceil(all.length / TOGETHER) }, (_, index) => all.slice(index * TOGETHER, (index + 1) * TOGETHER));

// ------------------------------------------------------------------------------------------------------------- guard --

/** Notices whatever a page does that it should not. */
class Guard {
  readonly #events: string[] = [];

  /** `named`: what is fetched from these origins an article names. */
  constructor(private readonly page: Page, private readonly site: Server, named: string[] = []) {
    const own = new URL(site.url).origin;
    page.on('dialog', (dialog) => {
      this.#events.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('popup', (popup) => this.#events.push(`window: ${popup.url()}`));
    page.on('request', (request) => {
      const { origin } = new URL(request.url());
      if (origin !== own && !named.includes(origin)) this.#events.push(`request: ${request.url()}`);
    });
    page.on('framenavigated', (frame) => {
      if (frame === page.mainFrame() ? new URL(frame.url()).origin !== own : true) this.#events.push(`navigation: ${frame.url()}`);
    });
  }

  /** Nothing happened, and nothing on the page waits to happen. */
  async check(where: string): Promise<void> {
    const found = await this.page.evaluate(dangers);
    const attacked = await this.page.evaluate(() => (window as any).__attacked);
    expect.soft({ found, attacked, events: this.#events }, where).toEqual({ found: [], attacked: undefined, events: [] });
    expect.soft(this.site.requests.filter(({ path }) => path.startsWith('outside:')).map(({ path }) => path), where).toEqual([]);
  }
}

/** Runs in the page: what in it could run or fetch something that the newspaper does not mean to. */
function dangers(): string[] {
  const found: string[] = [];
  const forbidden = 'script, style, link, meta, base, iframe, frame, frameset, object, embed, applet, portal, template, svg, math, video, audio, source, track, canvas, map, area, marquee, dialog, textarea, select, form:not([role=search])';
  const addresses = ['href', 'src', 'action', 'formaction', 'data', 'poster', 'background', 'cite', 'longdesc', 'xlink:href', 'ping', 'manifest', 'codebase'];
  const app = document.querySelector('#app')!;
  for (const element of app.querySelectorAll(forbidden)) {
    // The newspaper's own options of the print page, and its QR code.
    if (!element.closest('#desk > .sheet-options') && !element.matches('.paper-foot > .paper-code > svg')) found.push(`<${element.localName}>`);
  }
  for (const element of app.querySelectorAll('*')) {
    for (const { name, value } of element.attributes) {
      if (/^on|^srcdoc$|^style$|^contenteditable$|^autofocus$|^popover|^accesskey$|^usemap$/i.test(name)) found.push(`${element.localName}[${name}=${value}]`);
      // The newspaper's own stand-in for a picture that can't be had, and nothing like it.
      const isStandIn = element.hasAttribute('data-broken') && value === "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 3 2'/%3E";
      if (addresses.includes(name) && !isStandIn) {
        const { protocol } = new URL(value, document.baseURI);
        if (!['http:', 'https:', 'mailto:', 'tel:'].includes(protocol)) found.push(`${element.localName}[${name}=${value}]`);
      }
    }
  }
  if (document.querySelectorAll('#app').length > 1 || document.querySelectorAll('#content').length > 1) found.push('an id of the newspaper twice');
  for (const element of document.head.querySelectorAll('script')) {
    if (element.src && new URL(element.src).origin !== location.origin) found.push(`script of ${element.src}`);
  }
  return found;
}

test('the guard notices what it is there for', async ({ page, start, complaints }) => {
  complaints.allow(/./);
  const site = await start({ overlay: nativeBackend([nativeArticle(1)]) });
  const guard = new Guard(page, site);
  await open(page, site.url);
  await guard.check('an ordinary page');
  const noticed = await page.evaluate(`(() => {
    const app = document.querySelector('#app');
    app.insertAdjacentHTML('beforeend', '<a href="java&#9;script:1">x</a><p onclick="1">x</p><svg></svg>');
    return (${dangers.toString()})();
  })()`);
  expect(noticed).toEqual(['<svg>', 'a[href=java\tscript:1]', 'p[onclick=1]']);
});

// ---------------------------------------------------------------------------------------------------------- newspapers --

const pictures: Overlay = { '/data/images/*': (_, response) => send(response, 200, 'image/svg+xml', svg('x')) };

const markupArticle = (attack: string, number: number): NativeArticle => nativeArticle(number, markupFields(attack, number));
const addressArticle = (attack: string, number: number): NativeArticle => nativeArticle(number, addressFields(attack, number));

function newspaper(articles: NativeArticle[], settings: object = {}): Overlay {
  return { ...nativeBackend(articles), ...pictures, '/data/today.json': nativeList(articles), '/site.json': siteJson(settings) };
}

/** As the page shows plain text: white space as one space, and without NUL, which HTML can't hold. */
const shown = (text: string): string => text.replaceAll('\u0000', '').split(/[\s\u0085]+/).filter(Boolean).join(' ');

const LISTS = ['', 'sections/sahoe/', 'ranking/', 'photos/', 'today/', 'search/?q=x'] as const;

/** Loads a page of which nothing but the frame is known. */
async function visit(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await complete(page);
}

/** Goes on to another page in the same document, as a link of the newspaper does. */
async function goOn(page: Page, address: string): Promise<void> {
  await page.evaluate((address) => {
    (window as any).gisaHeadingBefore = document.querySelector('main h1');
    const link = Object.assign(document.createElement('a'), { href: address });
    document.querySelector('main')!.append(link);
    link.click();
    link.remove();
  }, address);
  await complete(page);
}

/**
 * Waits until the page is there, and its pictures are there or failed: what it fetches or runs by itself it has begun to
 * by then.
 */
async function complete(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const heading = document.querySelector('main h1');
    const isThere = heading !== null && heading !== (window as any).gisaHeadingBefore && document.querySelector('div.skeleton') === null;
    return isThere && [...document.images].every((image) => image.complete || image.loading === 'lazy');
  });
}

test.beforeEach(({ complaints }) => {
  // What is no date is left out with a warning, what is no picture fails to load.
  complaints.allow(/^gisa: /, /Failed to load resource/);
});

// ------------------------------------------------------------------------------------------------------------- fields --

chunks(MARKUP).forEach((attacks, index) => {
  const range = `${index * TOGETHER + 1} to ${index * TOGETHER + attacks.length}`;
  const articles = attacks.map(markupArticle);

  test(`markup ${range} in the fields of lists is shown literally and does nothing`, async ({ page, start }) => {
    test.setTimeout(90_000);
    const site = await start({ overlay: newspaper(articles) });
    const guard = new Guard(page, site);
    await visit(page, site.at('articles/a0/'));
    for (const list of LISTS) {
      await goOn(page, site.at(list));
      await guard.check(`/${list}`);
    }
    await goOn(page, site.at('sections/sahoe/'));
    const texts = (selector: string): Promise<string[]> => page.locator(`.content ${selector}`).evaluateAll((all) => all.map((element) => element.textContent ?? ''));
    expect(await texts('.story-headline')).toEqual(attacks.map(shown));
    expect(await texts('.story-beginning')).toEqual(attacks.map(shown));
    await goOn(page, site.at('ranking/'));
    expect(await texts('.ranked-entry-headline')).toEqual(attacks.map(shown));
  });

  test(`markup ${range} in the fields of an article is shown literally, in body and captions it is harmless`, async ({ page, start }) => {
    test.setTimeout(90_000);
    const site = await start({ overlay: newspaper(articles) });
    const guard = new Guard(page, site);
    await visit(page, site.url);
    for (const [number, attack] of attacks.entries()) {
      await goOn(page, site.at(`articles/a${number}/`));
      await guard.check(attack);
      const text = (selector: string): Promise<string> => page.locator(selector).first().evaluate((element) => element.textContent ?? '');
      const literal = shown(attack);
      expect.soft(await text('main h1'), attack).toBe(literal);
      expect.soft(await text('.article-subheads li'), attack).toBe(literal);
      expect.soft(await text('.article-authors li'), attack).toBe(`${literal} ${literal}`);
      expect.soft(await text('.article-body > p'), attack).toBe('앞 문단');
      expect.soft(await page.locator('.article-sheet > .figure img').getAttribute('alt'), attack).toBe(literal);
    }
  });
});

chunks(ADDRESSES).forEach((attacks, index) => {
  const range = `${index * TOGETHER + 1} to ${index * TOGETHER + attacks.length}`;

  test(`addresses ${range} become neither links nor sources of an article or of a list`, async ({ page, start }) => {
    test.setTimeout(90_000);
    const site = await start({ overlay: newspaper(attacks.map(addressArticle)) });
    const guard = new Guard(page, site);
    await visit(page, site.at('no/such/'));
    for (const list of LISTS) {
      await goOn(page, site.at(list));
      await guard.check(`/${list}`);
    }
    for (const [number, attack] of attacks.entries()) {
      await goOn(page, site.at(`articles/a${number}/`));
      await guard.check(attack);
      expect.soft(await page.locator('.article-body > p').first().textContent(), attack).toBe('앞 문단');
    }
  });
});

// ------------------------------------------------------------------------------------------------------------- corpus --

interface Sample {
  name: string;
  html: string;
  /** What the allow-list makes of it, an embed as `<embed-box>`. */
  tree: string;
}

const corpus = ['attacks', 'newsroom'].flatMap((name) => JSON.parse(readFileSync(new URL(`../corpus/${name}.json`, import.meta.url), 'utf8')) as Sample[]);
const PER_WALK = 50;

for (let first = 0; first < corpus.length; first += PER_WALK) {
  const samples = corpus.slice(first, first + PER_WALK);

  test(`samples ${first + 1} to ${first + samples.length} of the corpus are safe as a body, and their text is there`, async ({ page, start }) => {
    test.setTimeout(120_000);
    const articles = samples.map(({ html }, number) => nativeArticle(number, { url: 'https://news.example/a/1', articleBody: html, headline: `견본 ${first + number}` }));
    const site = await start({ overlay: newspaper(articles, { sidebar: [] }) });
    // The corpus's relative addresses and its pictures.
    const named = samples.flatMap(({ tree }) => [...tree.matchAll(/<img src="([^"]+)"/g)].map((match) => new URL(match[1]!).origin));
    const guard = new Guard(page, site, named);
    await visit(page, site.at('articles/a0/'));
    for (const [number, { name, html, tree }] of samples.entries()) {
      await expect(page.locator('main h1')).toHaveText(`견본 ${first + number}`);
      await guard.check(`${name}: ${html}`);
      const [text, expected] = await page.evaluate((wanted) => {
        const textOf = (root: ParentNode | null): string => {
          const copy = root?.cloneNode(true) as HTMLElement | undefined;
          copy?.querySelectorAll('.embed, .embed-link, embed-box').forEach((embed) => embed.remove());
          return (copy?.textContent ?? '').replace(/\s+/g, ' ').trim();
        };
        return [textOf(document.querySelector('.article-body')), textOf(new DOMParser().parseFromString(wanted, 'text/html').body)];
      }, tree);
      expect.soft(text, `${name}: ${html}`).toBe(expected);
      if (number + 1 < samples.length) await page.locator('.neighbours a[rel=prev]').click();
    }
  });
}

// --------------------------------------------------------------------------------------------- fields that hold markup --

chunks(MARKUP).forEach((attacks, index) => {
  test(`markup ${index * TOGETHER + 1} to ${index * TOGETHER + attacks.length} does nothing where the mapping says that texts are HTML`, async ({ page, start }) => {
    test.setTimeout(90_000);
    const articles = attacks.map((attack, number) => ({ ...markupArticle(attack, number), headline: `제목 ${number} ${attack}` }));
    const site = await start({ overlay: newspaper(articles, { backend: { mapping: { text: 'html' } } }) });
    const guard = new Guard(page, site);
    await visit(page, site.at('sections/sahoe/'));
    await guard.check('/sections/sahoe/');
    await expect(page.locator('.content .story-headline')).toHaveCount(attacks.length);
    for (const [number, attack] of attacks.entries()) {
      await goOn(page, site.at(`articles/a${number}/`));
      await guard.check(attack);
      await expect.soft(page.locator('main h1'), attack).toContainText(`제목 ${number}`);
    }
  });
});

// ------------------------------------------------------------------------------------------------------------- paper --

test('attacks do nothing on paper either', async ({ page, start }) => {
  test.setTimeout(90_000);
  const attacks = MARKUP.filter((attack) => attack.includes('onerror')).slice(0, TOGETHER);
  const site = await start({ overlay: newspaper(attacks.map(markupArticle)) });
  const guard = new Guard(page, site);
  await visit(page, site.url);
  for (const [number, attack] of attacks.entries()) {
    await goOn(page, site.at(`articles/a${number}/print/`));
    await guard.check(attack);
  }
});

// --------------------------------------------------------------------------------------------------------- neighbours --

test('attacks as headlines of neighbours and in a ranking are shown literally', async ({ page, start }) => {
  const attacks = MARKUP.slice(43, 55);
  const articles = attacks.map((attack, number) => nativeArticle(number, { headline: attack, description: attack }));
  const site = await start({ overlay: newspaper(articles) });
  const guard = new Guard(page, site);
  for (let number = 1; number + 1 < attacks.length; number += 3) {
    await visit(page, site.at(`articles/a${number}/`));
    await guard.check(attacks[number]!);
    await expect(page.locator('.neighbours a[rel=next] .neighbour-headline')).toHaveText(shown(attacks[number - 1]!));
    await expect(page.locator('.neighbours a[rel=prev] .neighbour-headline')).toHaveText(shown(attacks[number + 1]!));
    await expect(page.locator('.others .story-headline')).toHaveCount(4);
  }
  await expect(page.locator('.sidebar .ranked-entry-headline')).toHaveText(attacks.slice(0, 7).map(shown));
});

test('attacks as ids and slugs stay within their part of the address', async ({ page, start }) => {
  const ids = ['javascript:1', '//attacker.example/x', '..//..//attacker.example', '\\\\attacker.example', '"><img src=x onerror=alert(1)>', '?x#y', '../../site.json'];
  const articles = ids.map((id, number) => nativeArticle(number, { id, articleSection: [{ name: '사회', slug: 'sahoe' }] }));
  const site = await start({ overlay: newspaper(articles) });
  const guard = new Guard(page, site);
  await visit(page, site.at('sections/sahoe/'));
  await guard.check('ids');
  const hrefs = await page.locator('.content .story-headline a').evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href));
  expect(hrefs).toHaveLength(ids.length);
  for (const href of hrefs) {
    expect(new URL(href).origin).toBe(new URL(site.url).origin);
    expect(new URL(href).pathname).toMatch(/^\/articles\/[^/]+\/$/);
  }
  await visit(page, site.at('ranking/'));
  await guard.check('ids in a ranking');
});

test('a section whose slug is an attack is a link within the newspaper', async ({ page, start }) => {
  const slug = '//attacker.example/"><img src=x onerror=alert(1)>';
  const site = await start({ overlay: newspaper([nativeArticle(1, { articleSection: [{ name: '공격', slug }] })]) });
  const guard = new Guard(page, site);
  await visit(page, site.at('articles/a1/'));
  await guard.check('slug');
  for (const link of await page.locator('.article-section a, .to-the-list').all()) {
    expect(await link.evaluate((anchor: HTMLAnchorElement) => anchor.origin)).toBe(new URL(site.url).origin);
  }
});

test('a headline can’t add a recipient to the mail that a reader sends', async ({ page, start }) => {
  const site = await start({ overlay: newspaper([nativeArticle(1, { headline: 'x&bcc=all@attacker.example\r\nBcc: all@attacker.example?to=all@attacker.example&body=y' })]) });
  await visit(page, site.at('articles/a1/'));
  const address = new URL((await page.locator('.tool-mail').getAttribute('href'))!);
  expect(address.protocol).toBe('mailto:');
  expect(address.pathname).toBe('');
  expect([...address.searchParams.keys()]).toEqual(['subject', 'body']);
});

test('a size’s address that ends in a comma or holds a space can’t smuggle another file into srcset', async ({ page, start }) => {
  const sizes = ['images/a.svg,', 'images/b.svg 1w, //attacker.example/b.svg', 'images/c.svg,,//attacker.example/c.svg'].map((url, index) => ({ url, width: 300 * (index + 1), height: 200 * (index + 1) }));
  const site = await start({ overlay: newspaper([nativeArticle(1, { image: { url: 'images/whole.svg', width: 1200, height: 800, sizes } })]) });
  const guard = new Guard(page, site);
  for (const width of [320, 640, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    await visit(page, site.at('articles/a1/'));
    await guard.check(`${width} pixels`);
  }
  const outside = site.requests.map(({ path }) => path).filter((path) => /\d+w$/.test(path));
  expect(outside, 'a width was taken for an address').toEqual([]);
});

// ----------------------------------------------------------------------------------------------- the reader's address --

test('attacks in the words of a search are shown literally in title, heading, field and notice', async ({ page, start }) => {
  test.setTimeout(90_000);
  const site = await start({ overlay: newspaper([nativeArticle(1)]) });
  const guard = new Guard(page, site);
  await visit(page, site.at('search/'));
  for (const attack of [...MARKUP.slice(43, 56), ...ADDRESSES.slice(0, 3)].filter((attack) => !/[\t\n\u000c\u0000]/.test(attack))) {
    await goOn(page, site.at(`search/?q=${encodeURIComponent(attack)}`));
    await guard.check(attack);
    const words = attack.trim();
    await expect.soft(page.locator('main h1')).toContainText(shown(words));
    await expect.soft(page.locator('.content .empty')).toContainText(shown(words));
    await expect.soft(page.locator('.content').getByRole('searchbox')).toHaveValue(words);
  }
});

test('attacks in place of a page’s number, a period, a section or an article do nothing', async ({ page, start, complaints }) => {
  complaints.allow(/status of 404/);
  const site = await start({ overlay: newspaper([nativeArticle(1)]), routes: appBelow('/sections/', '/articles/', '/ranking/', '/photos/', '/%22') });
  const guard = new Guard(page, site);
  const attack = encodeURIComponent('"><img src=x onerror=window.__attacked=1>');
  for (const address of [`sections/sahoe/page/${attack}/`, `ranking/${attack}/`, `photos/page/${attack}/`, `sections/${attack}/`, `articles/${attack}/`, `${attack}/`, `?${attack}`, `#${attack}`]) {
    await visit(page, site.at(address));
    await guard.check(address);
  }
});

// ---------------------------------------------------------------------------------------------------------- site.json --

test('attacks in the texts of site.json are shown literally', async ({ page, start }) => {
  const attack = '"><img src=x onerror=window.__attacked=1><script>window.__attacked=1</script>';
  const site = await start({
    overlay: newspaper([nativeArticle(1)], {
      name: attack,
      description: attack,
      sections: [{ slug: 'sahoe', name: attack }, { slug: attack, name: '다른', front: false }],
      sidebar: [{ box: 'mostViewed', title: attack }, { box: 'banners', title: attack, banners: [{ image: 'data/images/x.svg', alt: attack, width: 600, height: 200 }] }],
      footer: { lines: [attack], links: [{ name: attack, url: 'https://example.org/' }], copyright: attack },
    }),
  });
  const guard = new Guard(page, site);
  for (const address of ['', 'articles/a1/', 'sections/sahoe/', 'articles/a1/print/']) {
    await visit(page, site.at(address));
    await guard.check(`/${address}`);
  }
  await visit(page, site.url);
  await expect(page).toHaveTitle(attack);
  for (const place of ['.masthead-name', '.masthead-description', '.section-nav li:first-child', '.site-footer-links li', '.site-footer-copyright', '.sidebar-box h2 >> nth=0']) {
    await expect.soft(page.locator(place).first(), place).toHaveText(attack);
  }
  await expect(page.locator('.banners img')).toHaveAttribute('alt', attack);
});

test('attacks as addresses of banners, footer links and article tools lead nowhere', async ({ page, start }) => {
  test.setTimeout(90_000);
  const overlay = newspaper([nativeArticle(1)]);
  const site = await start({ overlay });
  const guard = new Guard(page, site);
  for (const attacks of chunks(ADDRESSES)) {
    overlay['/site.json'] = siteJson({
      sidebar: [{ box: 'banners', banners: attacks.flatMap((attack) => [{ image: 'data/images/x.svg', alt: '광고', url: attack, width: 600, height: 200 }, { image: attack, alt: '광고', width: 600, height: 200 }]) }],
      tools: { mail: attacks[0], edit: attacks[1], recommend: attacks[2] },
      footer: { links: attacks.map((url) => ({ name: '링크', url })) },
    });
    for (const address of ['', 'articles/a1/']) {
      await visit(page, site.at(address));
      await guard.check(`${attacks[0]} … at /${address}`);
    }
  }
});

test('an attack as site.json, and as what is wrong in it, is shown literally', async ({ page, start }) => {
  const attack = '<img src=x onerror=window.__attacked=1>';
  const overlay: Overlay = {};
  const site = await start({ overlay });
  const guard = new Guard(page, site);
  const message = page.locator('.site-failure-message');
  overlay['/site.json'] = attack;
  await page.goto(site.url);
  await expect(message).toContainText('not JSON');
  await guard.check(attack);
  for (const [settings, says] of [[{ [attack]: 1 }, 'there is no field'], [siteJson({ timeZone: attack }), 'timeZone'], [siteJson({ backend: { preset: attack } }), 'preset']] as const) {
    overlay['/site.json'] = settings;
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(message).toContainText(says);
    await expect(message).toContainText(attack);
    await guard.check(JSON.stringify(settings).slice(0, 60));
  }
});

test('an attack in an answer that can’t be read is shown literally in the error', async ({ page, start }) => {
  const attack = '<img src=x onerror=window.__attacked=1>';
  const bodies = [attack, JSON.stringify({ [attack]: attack }), JSON.stringify(attack)];
  const answers = bodies.map((body, number) => [`/data/articles/a${number}.json`, body]);
  const site = await start({ overlay: { ...newspaper(bodies.map((_, number) => nativeArticle(number))), ...Object.fromEntries(answers) } });
  const guard = new Guard(page, site);
  await visit(page, site.at('search/'));
  for (const [number, body] of bodies.entries()) {
    await goOn(page, site.at(`articles/a${number}/`));
    await expect(page.locator('.content > .load-failure')).toContainText(attack);
    await guard.check(body);
  }
});

// ------------------------------------------------------------------------------------------------------------- embeds --

test('a frame of the newspaper’s own origin can’t reach the newspaper, even when a reader loads it', async ({ page, start, complaints }) => {
  complaints.allow(/The frame attempting navigation of the top-level window is sandboxed/, /does not have permission to navigate the target frame/);
  const overlay = newspaper([nativeArticle(1, { articleBody: '<p>앞 문단</p><iframe src="/own.html"></iframe>' })]);
  overlay['/own.html'] = '<!doctype html><title>own</title><script>try{parent.__attacked=1}catch{};top.location="/hijacked/"</script>';
  const site = await start({ overlay });
  await visit(page, site.at('articles/a1/'));
  expect(site.count('/own.html')).toBe(0);
  const refused = page.waitForEvent('console', (message) => message.text().includes('sandboxed'));
  await page.locator('.embed').getByRole('button').click();
  await refused;
  expect(await page.evaluate(() => (window as any).__attacked)).toBeUndefined();
  expect(site.count('/hijacked/')).toBe(0);
  await expect(page).toHaveURL(site.at('articles/a1/'));
});

test(`nothing of these tests names ${STRANGER} where a page may fetch`, () => {
  // The guard's allow-list is the page's own origin: a picture from the stranger would be a fault of the table.
  for (const attack of MARKUP) expect(attack).not.toMatch(new RegExp(`(<img[^>]* src|poster)=["']?(https?:)?//${STRANGER}`));
});
