//! HTML as nobody writes it, the same in every run: tags, halves of tags and text thrown together. Both parsers have to
//! make the same of it.

/// How many inputs there are.
pub const INPUTS: usize = 3000;

/// Names of elements that the parsers and the walk treat in their own ways, and of some that they do not know.
pub const NAMES: &[&str] = &[
    "p",
    "div",
    "span",
    "b",
    "i",
    "em",
    "strong",
    "a",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "table",
    "tr",
    "td",
    "th",
    "tbody",
    "thead",
    "caption",
    "figure",
    "figcaption",
    "img",
    "br",
    "hr",
    "blockquote",
    "pre",
    "code",
    "h1",
    "h2",
    "h6",
    "sup",
    "sub",
    "ruby",
    "rt",
    "rp",
    "font",
    "center",
    "nobr",
    "section",
    "details",
    "summary",
    "button",
    "form",
    "input",
    "label",
    "iframe",
    "video",
    "audio",
    "source",
    "noscript",
    "script",
    "style",
    "template",
    "svg",
    "title",
    "math",
    "mi",
    "textarea",
    "option",
    "body",
    "html",
    "head",
    "x-y",
    "o:p",
    "q",
    "cite",
    "time",
    "small",
    "mark",
    "del",
    "address",
    "menu",
    "object",
    "embed",
    "param",
    "wbr",
    "bdo",
    "tt",
    "strike",
    "plain",
    "foreignObject",
];

const ATTRIBUTES: &[&str] = &[
    " href=\"/a\"",
    " href='https://example.org/?a=1&amp;b=2'",
    " href=javascript:alert(1)",
    " href=#n1",
    " id=n1",
    " name=n1",
    " src=a.jpg",
    " src=\"data:image/gif;base64,AA\" data-src=b.jpg",
    " src=https://www.youtube.com/embed/abc_DEF-123",
    " srcset=\"a.jpg 300w, b.jpg 600w\" width=600 height=400",
    " alt=\"가 <b>\"",
    " onclick=alert(1)",
    " style=\"color:red\"",
    " class=wp-caption",
    " class=\"wp-caption-text\"",
    " class=gallery-item",
    " colspan=2",
    " rowspan=3 scope=row",
    " dir=rtl",
    " lang=ko",
    " datetime=2026-11-23",
    " title",
    " start=3",
    " =",
    " \"",
    "/",
];

const TEXTS: &[&str] = &[
    "한글",
    "word ",
    " and ",
    "\n",
    "&amp;",
    "&lt;b&gt;",
    "&nbsp;",
    "&#8220;",
    "&bogus;",
    "&",
    "<",
    ">",
    "\"",
    "'",
    "https://www.youtube.com/watch?v=abc_DEF-123",
    "[caption id=\"x\"]",
    "[/caption]",
    "\u{3000}",
    "1 < 2",
    "<!-- note -->",
    "<!--",
    "-->",
    "<!doctype html>",
    "<?xml?>",
    "<![CDATA[x]]>",
    "</",
    "<p",
    "<a href=\"",
    "💡",
    "مرحبا",
    "e\u{301}",
];

/// The inputs.
pub fn inputs() -> Vec<String> {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    (0..INPUTS).map(|_| input(&mut random)).collect()
}

fn input(random: &mut Random) -> String {
    let mut html = String::new();
    for _ in 0..random.below(30) + 3 {
        match random.below(10) {
            0..4 => {
                html.push('<');
                html.push_str(random.of(NAMES));
                for _ in 0..random.below(3) {
                    html.push_str(random.of(ATTRIBUTES));
                }
                html.push('>');
            }
            4..6 => {
                html.push_str("</");
                html.push_str(random.of(NAMES));
                html.push('>');
            }
            _ => html.push_str(random.of(TEXTS)),
        }
    }
    html
}

/// Marsaglia's xorshift: the tests need the same numbers everywhere, not good ones.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or(0) % end
    }

    fn of(&mut self, choices: &[&'static str]) -> &'static str {
        choices[self.below(choices.len())]
    }
}

/// FNV-1a of a tree as it is written down, in hexadecimal.
pub fn fingerprint(tree: &str) -> String {
    let hash = tree.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}
