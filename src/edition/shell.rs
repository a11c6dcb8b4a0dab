//! The document around every page: the empty page `200.html` of the built newspaper, divided at the places that differ.

use std::path::Path;

use super::EditionError;
use crate::model::escape_html;

/// The empty page `200.html`, from which every page of the edition is made.
pub struct Shell {
    /// The text before the language.
    start: String,
    /// From the language to the place for a page's metadata in `head`.
    head: String,
    /// The links that fetch the program early, for the empty page.
    preloads: String,
    /// From there to the newspaper's own style sheet.
    style: String,
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
    /// The text of the inline style sheet.
    pub styles: String,
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
    /// The fingerprint of the `site.json` that the page was made with.
    pub site: &'a str,
    /// For an empty page: which addresses pages request first, as JSON.
    pub requests: Option<&'a str>,
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
            site: "",
            requests: None,
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
        let (before_styles, after_styles) = split(&rest, "<style>")?;
        let (styles, after_styles) = split(&after_styles, "</style>")?;
        let (before_theme, theme) = split(&after_styles, "<!--THEME-->")?;
        let (theme, body) = split(&theme, "<!--/THEME-->")?;
        let style = [&before_styles, "<style>", &styles, "</style>", &before_theme].concat();
        let (body, rest) = split(&body, APP)?;
        let (base, rest) = split(&rest, "\"")?;
        let (_, rest) = split(&rest, "</div>")?;
        let (after, rest) = split(&rest, "<!--BODY-->")?;
        let (notices, end) = split(&rest, "<!--/BODY-->")?;
        Ok(Shell {
            start,
            head,
            preloads,
            style,
            theme,
            body,
            after,
            end,
            notices,
            base,
            styles,
        })
    }

    /// The complete text of a page.
    pub fn page(&self, content: &ShellContent) -> String {
        let mut text = String::with_capacity(self.styles.len() + content.html.len() + 8_000);
        let (before, article, after) = split_article(content.html);
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
        text.push_str(&self.style);
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
        if let Some(path) = content.path {
            text.push_str(" data-prerendered=\"");
            text.push_str(&escape_html(path));
            text.push_str("\" data-site=\"");
            text.push_str(content.site);
            text.push_str("\" data-elements=\"");
            text.push_str(&(count_elements(before) + count_elements(after)).to_string());
            text.push('"');
        }
        if let Some(requests) = content.requests {
            text.push_str(" data-requests=\"");
            text.push_str(&escape_html(requests));
            text.push('"');
        }
        text.push('>');
        text.push_str(before);
        // These are Leptos's marks between nodes. It does not look for them in the article.
        text.push_str(&article.replace("<!>", ""));
        text.push_str(after);
        text.push_str("</div>");
        text.push_str(&self.after);
        text.push_str(mark("<!--BODY-->"));
        text.push_str(content.after.unwrap_or(&self.notices));
        text.push_str(mark("<!--/BODY-->"));
        text.push_str(&self.end);
        text
    }
}

/// How many elements a browser makes of rendered markup: one for each start tag.
fn count_elements(html: &str) -> usize {
    let mut count = 0;
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let (tag, after) = split_tag(&rest[start..]);
        count += usize::from(tag[1..].starts_with(|first: char| first.is_ascii_alphabetic()));
        rest = after;
    }
    count
}

/// The content of the page's article, with what is before and after it: the program keeps the article as it is. Without an
/// article, all is before it.
fn split_article(html: &str) -> (&str, &str, &str) {
    let nothing = (html, "", "");
    let Some(class) = html.find(" class=\"article-sheet\"") else {
        return nothing;
    };
    let Some(start) = html[class..].find('>').map(|end| class + end + 1) else {
        return nothing;
    };
    // A text may contain further articles.
    let mut depth = 1;
    let mut at = start;
    while let Some(next) = html[at..].find('<') {
        let (tag, _) = split_tag(&html[at + next..]);
        match tag {
            "</article>" => depth -= 1,
            _ if tag == "<article>" || tag.starts_with("<article ") => depth += 1,
            _ => {}
        }
        if depth == 0 {
            return (&html[..start], &html[start..at + next], &html[at + next..]);
        }
        at += next + tag.len();
    }
    nothing
}

/// The tag at the beginning, and what follows it. A value in quotation marks may contain `<` and `>`.
fn split_tag(html: &str) -> (&str, &str) {
    let mut is_quoted = false;
    let end = html.find(|character| {
        is_quoted ^= character == '"';
        !is_quoted && character == '>'
    });
    html.split_at(end.map_or(html.len(), |end| end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_start_tag_is_an_element() {
        for (html, count) in [
            ("", 0),
            ("text &lt;b> 1 < 2", 0),
            ("<p>a<!----><br>b</p>", 2),
            (r#"<img alt="<b>" src="a"><a title="a>b<i>">c</a>"#, 2),
            ("<ul><li><p>a</p></li><!></ul>", 3),
        ] {
            assert_eq!(count_elements(html), count, "{html}");
        }
    }

    #[test]
    fn the_page_s_article_is_split_off_with_the_articles_within_it() {
        for (html, parts) in [
            ("<main><p>a</p></main>", ("<main><p>a</p></main>", "", "")),
            (
                r#"<main><article lang="ko" class="article-sheet"><p title="</article>">a</p><article>b<article lang="en">c</article></article></article><p>d</p></main>"#,
                (
                    r#"<main><article lang="ko" class="article-sheet">"#,
                    r#"<p title="</article>">a</p><article>b<article lang="en">c</article></article>"#,
                    "</article><p>d</p></main>",
                ),
            ),
            (
                r#"<article class="article-sheet"></article><article>b</article>"#,
                (r#"<article class="article-sheet">"#, "", "</article><article>b</article>"),
            ),
        ] {
            assert_eq!(split_article(html), parts, "{html}");
        }
    }
}
