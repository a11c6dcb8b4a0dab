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
            text.push_str(&count_elements(content.html).to_string());
            text.push('"');
        }
        if let Some(requests) = content.requests {
            text.push_str(" data-requests=\"");
            text.push_str(&escape_html(requests));
            text.push('"');
        }
        text.push('>');
        text.push_str(content.html);
        text.push_str("</div>");
        text.push_str(&self.after);
        text.push_str(mark("<!--BODY-->"));
        text.push_str(content.after.unwrap_or(&self.notices));
        text.push_str(mark("<!--/BODY-->"));
        text.push_str(&self.end);
        text
    }
}

/// How many elements a browser makes of rendered markup: one for each start tag. The program wakes the page up only if
/// it finds as many, because something else may have changed the page before.
fn count_elements(html: &str) -> usize {
    let mut count = 0;
    let mut bytes = html.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'<' && bytes.clone().next().is_some_and(|next| next.is_ascii_alphabetic()) {
            count += 1;
            // A value in quotation marks may contain `<` and `>`.
            let mut is_quoted = false;
            bytes
                .by_ref()
                .take_while(|byte| {
                    is_quoted ^= *byte == b'"';
                    is_quoted || *byte != b'>'
                })
                .for_each(drop);
        }
    }
    count
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
}
