//! The document around every page: the empty page `200.html` of the built newspaper, divided at the places that differ.

use std::path::Path;

use memchr::{memchr, memchr2};

use super::EditionError;
use super::hosting::style_hashes;
use crate::model::{Route, escape_html};

/// The empty page `200.html`, from which every page of the edition is made.
pub struct Shell {
    /// The text before the language.
    start: String,
    /// From the language to the place for a page's metadata in `head`.
    head: String,
    /// The links that fetch the program early, for the empty page.
    preloads: String,
    /// From there to the style sheets.
    before_styles: String,
    /// The style sheets of the empty page, with the marks that divide them.
    styles: String,
    /// The style sheets of an article's page that needs nothing of the second one when it is shown.
    article_styles: String,
    /// The style sheets of a print page.
    paper_styles: String,
    /// The style sheets of all other pages.
    list_styles: String,
    /// From there to the newspaper's own style sheet.
    after_styles: String,
    /// The link to that style sheet.
    theme: String,
    /// From there to the attributes of `#app`.
    body: String,
    /// From `#app` to the place for what follows it.
    after: String,
    /// From there to the end.
    end: String,
    /// The notices after `#app` in the empty page, for readers without JavaScript.
    notices: String,
    /// The folder that the app is served from, with slashes at both ends.
    pub base: String,
}

/// What differs between pages.
#[derive(Clone, Copy)]
pub struct ShellContent<'a> {
    /// The language of the `html` element, such as `ko`.
    pub language: &'a str,
    /// Markup for `head`.
    pub head: &'a str,
    /// The text of the newspaper's own style sheet; without it, the page links to it.
    pub theme: Option<&'a str>,
    /// The path of the page whose markup is in `#app`; `None` if the page is empty.
    pub path: Option<&'a str>,
    /// Which page that is.
    pub route: &'a Route,
    /// Whether it is an article's page that can be shown without the second style sheet: see [`is_plain`].
    pub is_plain: bool,
    /// The fingerprint of the `site.json` that the page was made with.
    pub site: &'a str,
    /// The offset of the newspaper's time zone, as [`crate::platform::ZoneOffset::text`].
    pub zone: &'a str,
    /// What the backend offers, in words.
    pub offer: &'a str,
    /// For an empty page: which addresses pages request first, as JSON.
    pub requests: Option<&'a str>,
    /// For an empty page: the name of the preset, which its script requests beside the program.
    pub preset: Option<&'a str>,
    /// Whether the backend has what only some have; the page's script then requests the part of the program that reads it.
    pub needs_extras: bool,
    /// The content of `#app`.
    pub html: &'a str,
    /// The markup after `#app`; `None` for the notices of the empty page.
    pub after: Option<&'a str>,
}

impl ShellContent<'static> {
    /// The content of the empty page.
    pub fn empty() -> Self {
        ShellContent {
            language: "",
            head: "",
            theme: None,
            path: None,
            route: &Route::Unknown,
            is_plain: false,
            site: "",
            zone: "",
            offer: "",
            requests: None,
            preset: None,
            needs_extras: false,
            html: "",
            after: None,
        }
    }
}

/// The markup that only pages of the newspaper have.
const APP: &str = "<div id=\"app\" data-base=\"";

impl Shell {
    /// Whether a page is from an edition, or is the empty page itself.
    pub fn made(page: &str) -> bool {
        page.contains(APP)
    }

    /// The notice of the empty page for a program that does not start, without the one for browsers without JavaScript.
    pub fn failure_notice(&self) -> &str {
        self.notices
            .split_once("</noscript>")
            .map_or(&self.notices, |(_, rest)| rest)
    }

    /// Divides the text of `200.html`. `path` is named in errors.
    pub fn parse(text: &str, path: &Path) -> Result<Self, EditionError> {
        let missing = |missing: &'static str| EditionError::NoShell {
            path: path.to_owned(),
            missing,
        };
        let split = |text: &str, mark: &'static str| -> Result<(String, String), EditionError> {
            let (before, after) = text.split_once(mark).ok_or_else(|| missing(mark))?;
            Ok((before.to_owned(), after.to_owned()))
        };
        let (start, rest) = split(text, "<html lang=\"")?;
        let (_, rest) = split(&rest, "\"")?;
        let (head, rest) = split(&rest, "<!--HEAD-->")?;
        let (_, rest) = split(&rest, "<!--/HEAD-->")?;
        let (space, rest) = split(&rest, "<!--PROGRAM-->")?;
        let (preloads, rest) = split(&rest, "<!--/PROGRAM-->")?;
        let rest = space + &rest;
        let (before_styles, rest) = split(&rest, "<!--STYLE-->")?;
        let (styles, rest) = split(&rest, "<!--/STYLE-->")?;
        let (first, parts) = split(&styles, "<!--LATER-->")?;
        let (later, parts) = split(&parts, "<!--/LATER-->")?;
        let (_, parts) = split(&parts, "<!--ARTICLE ")?;
        let (article, parts) = split(&parts, " -->")?;
        let (_, parts) = split(&parts, "<!--PAPER ")?;
        let (paper_styles, _) = split(&parts, " -->")?;
        let (after_styles, theme) = split(&rest, "<!--THEME-->")?;
        let (theme, body) = split(&theme, "<!--/THEME-->")?;
        let (body, rest) = split(&body, APP)?;
        let (base, rest) = split(&rest, "\"")?;
        let (_, rest) = split(&rest, "</div>")?;
        let (after, rest) = split(&rest, "<!--BODY-->")?;
        let (notices, end) = split(&rest, "<!--/BODY-->")?;
        Ok(Shell {
            start,
            head,
            preloads,
            before_styles,
            styles,
            list_styles: first.clone() + &later,
            article_styles: first + &article,
            paper_styles,
            after_styles,
            theme,
            body,
            after,
            end,
            notices,
            base,
        })
    }

    /// The hashes of the style sheets that an article's page without the second one lacks.
    pub fn later_styles(&self) -> Vec<String> {
        let first = style_hashes(&self.article_styles);
        let mut all = style_hashes(&self.list_styles);
        all.retain(|hash| !first.contains(hash));
        all
    }

    /// The complete text of a page.
    pub fn page(&self, content: &ShellContent) -> String {
        let mut text = String::with_capacity(self.styles.len() + content.html.len() + 8_000);
        let (html, elements) = written_markup(content.html);
        text.push_str(&self.start);
        text.push_str("<html lang=\"");
        text.push_str(content.language);
        text.push('"');
        text.push_str(&self.head);
        // Only the empty page is divided again.
        let is_empty = content.path.is_none();
        let mark = |mark: &'static str| if is_empty { mark } else { "" };
        text.push_str(mark("<!--HEAD-->"));
        text.push_str(content.head);
        text.push_str(mark("<!--/HEAD-->"));
        if is_empty {
            text.push_str("<!--PROGRAM-->");
            text.push_str(&self.preloads);
            text.push_str("<!--/PROGRAM-->");
        }
        text.push_str(&self.before_styles);
        text.push_str(mark("<!--STYLE-->"));
        text.push_str(match content.route {
            _ if is_empty => &self.styles,
            _ if content.is_plain => &self.article_styles,
            Route::Print(_) => &self.paper_styles,
            _ => &self.list_styles,
        });
        text.push_str(mark("<!--/STYLE-->"));
        text.push_str(&self.after_styles);
        text.push_str(mark("<!--THEME-->"));
        match content.theme {
            Some("") => {}
            Some(theme) => {
                text.push_str("<style>");
                text.push_str(theme);
                text.push_str("</style>");
            }
            None => text.push_str(&self.theme),
        }
        text.push_str(mark("<!--/THEME-->"));
        text.push_str(&self.body);
        text.push_str(APP);
        text.push_str(&self.base);
        text.push('"');
        if !content.zone.is_empty() {
            text.push_str(" data-zone=\"");
            text.push_str(&escape_html(content.zone));
            text.push('"');
        }
        if let Some(path) = content.path {
            text.push_str(" data-prerendered=\"");
            text.push_str(&escape_html(path));
            text.push_str("\" data-elements=\"");
            text.push_str(&elements.to_string());
            text.push('"');
        }
        if !content.site.is_empty() {
            text.push_str(" data-site=\"");
            text.push_str(content.site);
            text.push_str("\" data-offer=\"");
            text.push_str(content.offer);
            text.push('"');
        }
        if let Some(requests) = content.requests {
            text.push_str(" data-requests=\"");
            text.push_str(&escape_html(requests));
            text.push('"');
        }
        if let Some(preset) = content.preset {
            text.push_str(" data-preset=\"");
            text.push_str(&escape_html(preset));
            text.push('"');
        }
        if content.needs_extras {
            text.push_str(" data-extras");
        }
        text.push('>');
        text.push_str(&html);
        text.push_str("</div>");
        text.push_str(&self.after);
        text.push_str(mark("<!--BODY-->"));
        text.push_str(content.after.unwrap_or(&self.notices));
        text.push_str(mark("<!--/BODY-->"));
        text.push_str(&self.end);
        text
    }
}

/// The classes of the elements that the program keeps as they are.
const KEPT: [&str; 2] = [" class=\"article-sheet\"", " class=\"written\""];

/// Rendered markup as it is written into a document, and how many elements the program will look for in it. The program
/// looks for no elements in those that it keeps as they are, and for none of Leptos's marks between two nodes, `<!>`.
fn written_markup(html: &str) -> (String, usize) {
    let mut written = String::with_capacity(html.len());
    let mut elements = 0;
    // The name of the kept element, and how many elements of this name are open.
    let mut kept: Option<(&str, usize)> = None;
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        written.push_str(&rest[..start]);
        rest = &rest[start..];
        if !rest[1..].starts_with(|first: char| first.is_ascii_alphabetic() || "/!".contains(first)) {
            // A sign in a text.
            written.push('<');
            rest = &rest[1..];
            continue;
        }
        let (tag, after) = split_tag(rest);
        let (name, is_end) = tag_name(tag);
        kept = match kept {
            Some((outer, 1)) if is_end && name == outer => None,
            Some((outer, depth)) if name == outer => Some((outer, if is_end { depth - 1 } else { depth + 1 })),
            None if KEPT.iter().any(|class| tag.contains(class)) => {
                elements += 1;
                Some((name, 1))
            }
            None => {
                elements += usize::from(name.starts_with(|first: char| first.is_ascii_alphabetic()) && !is_end);
                None
            }
            inside => inside,
        };
        if kept.is_none() || tag != "<!>" {
            written.push_str(tag);
        }
        rest = after;
    }
    written.push_str(rest);
    (written, elements)
}

/// Elements and classes whose style an article's page needs when it is shown, and which are not in the first style sheet
/// (`style/article-body-rich.css`, `style/breaking.css`).
const RICH_ELEMENTS: [&str; 15] = [
    "audio", "code", "dl", "hr", "iframe", "kbd", "mark", "pre", "q", "ruby", "samp", "sub", "sup", "table", "video",
];
const RICH_CLASSES: [&str; 3] = ["breaking", "embed", "article-media"];
/// The letters of an article that fills a window as high as that of a tablet.
const LETTERS_OF_A_WINDOW: usize = 900;
/// The letters that need as much room as a picture.
const LETTERS_OF_A_PICTURE: usize = 300;

/// Whether an article's page looks right without the second style sheet as long as the reader does not scroll: what is
/// styled there stands below the window. So nothing moves when the sheet comes.
pub fn is_plain(html: &str) -> bool {
    let (mut letters, mut open_figures) = (0, 0);
    let mut is_in_article = false;
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let text = &rest[..start];
        if is_in_article {
            letters += text.chars().count();
        }
        let (tag, after) = split_tag(&rest[start..]);
        let (name, is_end) = tag_name(tag);
        match name {
            "article" => is_in_article = tag.contains(KEPT[0]),
            "figure" if is_end => open_figures -= 1,
            "figure" => open_figures += 1,
            // A picture without a size of its own gets one there.
            "img" if is_in_article && !tag.contains(" height=") => return false,
            "img" if is_in_article => letters += LETTERS_OF_A_PICTURE,
            _ => {}
        }
        let class = tag.split_once(" class=\"").map_or("", |(_, value)| value);
        if open_figures > 1 || RICH_ELEMENTS.contains(&name) || RICH_CLASSES.iter().any(|rich| class.starts_with(rich))
        {
            return false;
        }
        rest = after;
    }
    letters >= LETTERS_OF_A_WINDOW
}

/// The name in a tag, and whether it is an end tag.
fn tag_name(tag: &str) -> (&str, bool) {
    let name = tag.trim_start_matches(['<', '/']);
    (name.split([' ', '>']).next().unwrap_or_default(), tag.starts_with("</"))
}

/// The tag at the beginning, and what follows it. A value in quotation marks may contain `<` and `>`.
fn split_tag(html: &str) -> (&str, &str) {
    let bytes = html.as_bytes();
    let mut end = 0;
    while let Some(sign) = memchr2(b'"', b'>', &bytes[end..]) {
        end += sign + 1;
        if bytes[end - 1] == b'>' {
            return html.split_at(end);
        }
        match memchr(b'"', &bytes[end..]) {
            Some(quote) => end += quote + 1,
            None => break,
        }
    }
    (html, "")
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
            assert_eq!(written_markup(html), (html.to_owned(), count));
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
            assert_eq!(is_plain(&article(&body)), is_it, "{body}");
        }
        let with_line = format!("<p class=\"breaking\">속보</p>{}", article(&text));
        assert!(!is_plain(&with_line));
        // Other articles are named below it.
        let others = format!(
            "{}<ul><li><article class=\"story\">{text}</article></li></ul>",
            article("<p>짧다</p>")
        );
        assert!(!is_plain(&others));
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
            .filter(|line| line.ends_with('{') && line.contains(".article-body "))
        {
            let selector = line.split_once(".article-body ").map_or("", |(_, rest)| rest);
            let words = selector.split(|sign: char| !(sign.is_ascii_alphanumeric() || ".:-[\"#".contains(sign)));
            for word in words.filter(is_name) {
                let name = word.split([':', '[', '.']).next().unwrap_or_default();
                assert!(
                    RICH_ELEMENTS.contains(&name) || known.contains(&name) || parts.contains(&name),
                    "{line}: {name}"
                );
            }
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
        ] {
            assert_eq!(written_markup(html), (written.to_owned(), count), "{html}");
        }
    }
}
