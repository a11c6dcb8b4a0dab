//! Rendered markup as it is written into a document, and what the document says of it.

use memchr::{memchr, memchr2};

/// The classes of the elements that the program keeps as they are.
const KEPT: [&str; 2] = [SHEET, "written"];
/// The class of an article.
const SHEET: &str = "article-sheet";
/// The beginnings of some classes. An article's page needs their style when it is shown, and it is not in the first style
/// sheet (`style/article-body-rich.css`, `style/breaking.css`). [`is_rich`] says the same of elements.
const RICH_CLASSES: [&str; 3] = ["breaking", "embed", "article-media"];
/// The letters of an article that fills a window as high as that of a tablet.
const LETTERS_OF_A_WINDOW: usize = 900;
/// The letters that need as much room as a picture.
const LETTERS_OF_A_PICTURE: usize = 300;

/// Whether an article's page needs the style of this element when it is shown: see [`RICH_CLASSES`].
fn is_rich(element: &str) -> bool {
    matches!(
        element,
        "audio"
            | "code"
            | "dl"
            | "hr"
            | "iframe"
            | "kbd"
            | "mark"
            | "pre"
            | "q"
            | "ruby"
            | "samp"
            | "sub"
            | "sup"
            | "table"
            | "video"
    )
}

/// The content of `#app` in a document.
pub struct Markup {
    /// Without Leptos's marks between two nodes, `<!>`, in the elements that the program keeps as they are.
    pub html: String,
    /// How many elements the program will look for. It looks for none in those that it keeps as they are.
    pub elements: usize,
    /// Whether it is an article's page that looks right without the second style sheet as long as the reader does not
    /// scroll: what is styled there stands below the window. So nothing moves when the sheet comes.
    pub is_plain: bool,
}

/// The content of an empty page.
pub static NOTHING: Markup = Markup {
    html: String::new(),
    elements: 0,
    is_plain: false,
};

impl Markup {
    /// `rendered` is what Leptos has rendered. Only an article's page can be plain.
    pub fn new(rendered: &str, is_article_page: bool) -> Self {
        let mut written = String::with_capacity(rendered.len());
        let mut elements = 0;
        // What comes before this place has been written.
        let mut done = 0;
        // The name of the kept element, and how many elements of this name are open.
        let mut kept: Option<(&str, usize)> = None;
        let mut article = is_article_page.then(PlainArticle::default);
        let mut text_start = 0;
        for tag in tags(rendered) {
            if let Some(known) = &mut article {
                known.text(&rendered[text_start..tag.start]);
                if !known.tag(&tag) {
                    article = None;
                }
            }
            text_start = tag.end();
            kept = match kept {
                Some((outer, 1)) if tag.is_end && tag.name == outer => None,
                Some((outer, depth)) if tag.name == outer => {
                    Some((outer, if tag.is_end { depth - 1 } else { depth + 1 }))
                }
                Some(inside) => {
                    if tag.text == "<!>" {
                        written.push_str(&rendered[done..tag.start]);
                        done = tag.end();
                    }
                    Some(inside)
                }
                None if tag.is_end || tag.is_mark() => None,
                None => {
                    elements += 1;
                    tag.class
                        .is_some_and(|class| KEPT.contains(&class))
                        .then_some((tag.name, 1))
                }
            };
        }
        written.push_str(&rendered[done..]);
        Markup {
            html: written,
            elements,
            is_plain: article.is_some_and(|article| article.letters >= LETTERS_OF_A_WINDOW),
        }
    }
}

/// An article's page that may be plain.
#[derive(Default)]
struct PlainArticle {
    /// How many letters it has, pictures included.
    letters: usize,
    open_figures: usize,
    /// Whether the place that is being read is in the article itself.
    is_in_article: bool,
}

impl PlainArticle {
    fn text(&mut self, text: &str) {
        if self.is_in_article && self.letters < LETTERS_OF_A_WINDOW {
            self.letters += text.chars().count();
        }
    }

    /// Returns whether the page may still be plain.
    fn tag(&mut self, tag: &Tag) -> bool {
        match tag.name {
            "article" => self.is_in_article = tag.class == Some(SHEET),
            "figure" if tag.is_end => self.open_figures = self.open_figures.saturating_sub(1),
            "figure" => self.open_figures += 1,
            // A picture without a size of its own gets one there.
            "img" if self.is_in_article && !tag.text.contains(" height=") => return false,
            "img" if self.is_in_article => self.letters += LETTERS_OF_A_PICTURE,
            _ => {}
        }
        let is_rich_class = || {
            let mut classes = tag.class.unwrap_or_default().split_ascii_whitespace();
            classes.any(|class| RICH_CLASSES.iter().any(|rich| class.starts_with(rich)))
        };
        self.open_figures < 2 && !is_rich(tag.name) && !is_rich_class()
    }
}

/// A tag, or a mark between two nodes, in HTML.
struct Tag<'a> {
    /// The index at which it begins.
    start: usize,
    text: &'a str,
    name: &'a str,
    is_end: bool,
    /// The value of its attribute `class`.
    class: Option<&'a str>,
}

impl Tag<'_> {
    /// The index after it.
    fn end(&self) -> usize {
        self.start + self.text.len()
    }

    fn is_mark(&self) -> bool {
        self.name.starts_with('!')
    }
}

/// The tags and marks of rendered HTML, in order.
fn tags(html: &str) -> impl Iterator<Item = Tag<'_>> {
    let bytes = html.as_bytes();
    let mut place = 0;
    std::iter::from_fn(move || {
        loop {
            let start = place + memchr(b'<', &bytes[place..])?;
            let is_end = bytes.get(start + 1) == Some(&b'/');
            let name_start = start + 1 + usize::from(is_end);
            place = name_start;
            // Otherwise it is a sign in a text.
            if bytes
                .get(name_start)
                .is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'!')
            {
                let name_end = bytes[name_start..].iter().position(|byte| matches!(byte, b' ' | b'>'));
                let name_end = name_end.map_or(bytes.len(), |length| name_start + length);
                let class;
                (place, class) = rest_of_tag(html, name_end);
                return Some(Tag {
                    start,
                    text: &html[start..place],
                    name: &html[name_start..name_end],
                    is_end,
                    class,
                });
            }
        }
    })
}

/// The index after a tag, and the value of its attribute `class`. `place` is behind its name. A value in quotation marks may
/// contain `<` and `>`.
fn rest_of_tag(html: &str, mut place: usize) -> (usize, Option<&str>) {
    let bytes = html.as_bytes();
    let mut class = None;
    while let Some(sign) = memchr2(b'"', b'>', &bytes[place..]) {
        let is_class = bytes[place..place + sign].ends_with(b" class=");
        place += sign + 1;
        if bytes[place - 1] == b'>' {
            return (place, class);
        }
        let Some(length) = memchr(b'"', &bytes[place..]) else {
            break;
        };
        if is_class {
            class = Some(&html[place..place + length]);
        }
        place += length + 1;
    }
    (bytes.len(), class)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_start_tag_is_an_element() {
        for (html, count) in [
            ("", 0),
            ("text &lt;b> 1 < 2", 0),
            ("1 < 2 <b>3</b>", 1),
            ("<p>a<!----><br>b</p>", 2),
            (r#"<img alt="<b>" src="a"><a title="a>b<i>">c</a>"#, 2),
            ("<ul><li><p>a</p></li><!></ul>", 3),
        ] {
            let markup = Markup::new(html, false);
            assert_eq!((&*markup.html, markup.elements), (html, count));
        }
    }

    /// The page of an article with this body.
    fn article(body: &str) -> String {
        format!(
            "<header><p>신문</p></header><article lang=\"ko\" class=\"article-sheet\">{body}</article><ol><li>다음</li></ol>"
        )
    }

    #[test]
    fn a_long_article_without_rare_elements_is_plain() {
        let text = "가".repeat(LETTERS_OF_A_WINDOW);
        let half = "가".repeat(LETTERS_OF_A_WINDOW - LETTERS_OF_A_PICTURE);
        for (body, is_it) in [
            (format!("<p>{text}</p>"), true),
            (
                format!("<p>{half}</p><figure><img src=\"a\" width=\"3\" height=\"2\"></figure>"),
                true,
            ),
            (format!("<p>{half}</p>"), false),
            (format!("<p>{text}</p><table><tr><td>1</td></tr></table>"), false),
            (format!("<p>{text}<sup>1</sup></p>"), false),
            (format!("<div class=\"embed\"><p>{text}</p></div>"), false),
            (
                format!("<figure><figure><img src=\"a\" width=\"3\" height=\"2\"></figure></figure><p>{text}</p>"),
                false,
            ),
            (
                format!(
                    "<figure><img src=\"a\" width=\"3\" height=\"2\"></figure><figure><img src=\"b\" width=\"3\" height=\"2\"></figure><p>{text}</p>"
                ),
                true,
            ),
        ] {
            assert_eq!(Markup::new(&article(&body), true).is_plain, is_it, "{body}");
        }
        let with_line = format!("<p class=\"breaking\">속보</p>{}", article(&text));
        assert!(!Markup::new(&with_line, true).is_plain);
        // Other articles are named below it.
        let others = format!(
            "{}<ul><li><article class=\"story\">{text}</article></li></ul>",
            article("<p>짧다</p>")
        );
        assert!(!Markup::new(&others, true).is_plain);
    }

    /// What the second style sheet says of an article's body, the page of an article with such a body has in its head.
    #[test]
    fn each_element_of_the_rich_style_sheet_is_known() {
        let css = include_str!("../../style/article-body-rich.css");
        let known = ["article", "figure", "figcaption", "ul", "ol", "li", "a"];
        // Parts of elements that are known.
        let parts = ["caption", "thead", "th", "td", "dt", "dd", "rt"];
        let is_name = |word: &&str| word.starts_with(|sign: char| sign.is_ascii_lowercase());
        for line in css
            .lines()
            .filter(|line| line.ends_with(['{', ',']) && line.contains(".article-body "))
        {
            let selector = line.split_once(".article-body ").map_or("", |(_, rest)| rest);
            let words = selector.split(|sign: char| !(sign.is_ascii_alphanumeric() || ".:-[\"#".contains(sign)));
            for word in words.filter(is_name) {
                let name = word.split([':', '[', '.']).next().unwrap_or_default();
                assert!(
                    is_rich(name) || known.contains(&name) || parts.contains(&name),
                    "{line}: {name}"
                );
            }
        }
    }

    /// The same for the first class of each selector.
    #[test]
    fn each_class_of_the_rich_style_sheets_is_known() {
        let css = [
            include_str!("../../style/article-body-rich.css"),
            include_str!("../../style/breaking.css"),
        ];
        // The body itself, the parent of a table, and a picture, whose size is looked at.
        let known = ["article-body", "table-scroll", "picture"];
        let classes: Vec<&str> = css
            .iter()
            .flat_map(|css| css.lines())
            .filter_map(|line| line.trim().strip_prefix('.'))
            .map(|line| {
                line.split(|sign: char| !(sign.is_ascii_alphanumeric() || sign == '-'))
                    .next()
                    .unwrap_or_default()
            })
            .collect();
        for rich in RICH_CLASSES {
            assert!(
                classes.iter().any(|class| class.starts_with(rich)),
                "no style sheet has {rich}"
            );
        }
        for class in classes {
            let is_rich = RICH_CLASSES.iter().any(|rich| class.starts_with(rich));
            assert!(is_rich || known.contains(&class), "{class}");
        }
    }

    #[test]
    fn what_the_program_keeps_has_no_marks_and_its_elements_are_not_counted() {
        for (html, written, count) in [
            (
                r#"<main><article lang="ko" class="article-sheet"><p title="</article>">a<!></p><article>b<article lang="en">c</article></article><!></article><!><p>d</p></main>"#,
                r#"<main><article lang="ko" class="article-sheet"><p title="</article>">a</p><article>b<article lang="en">c</article></article></article><!><p>d</p></main>"#,
                3,
            ),
            (
                r#"<div class="written"><div class="box"><b>a</b><!></div><!></div><i>b<!></i>"#,
                r#"<div class="written"><div class="box"><b>a</b></div></div><i>b<!></i>"#,
                2,
            ),
            (
                r#"<div class="written"></div><div>b</div>"#,
                r#"<div class="written"></div><div>b</div>"#,
                2,
            ),
            (
                r#"<div hidden class="written"><b>a</b><!></div>"#,
                r#"<div hidden class="written"><b>a</b></div>"#,
                1,
            ),
        ] {
            let markup = Markup::new(html, false);
            assert_eq!((&*markup.html, markup.elements), (written, count), "{html}");
        }
    }
}
