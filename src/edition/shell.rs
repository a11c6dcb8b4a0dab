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
        text.push_str("<!--HEAD-->");
        text.push_str(content.head);
        text.push_str("<!--/HEAD-->");
        text.push_str(&self.style);
        text.push_str("<!--THEME-->");
        match content.theme {
            Some("") => {}
            Some(theme) => {
                text.push_str("<style>");
                text.push_str(theme);
                text.push_str("</style>");
            }
            None => text.push_str(&self.theme),
        }
        text.push_str("<!--/THEME-->");
        text.push_str(&self.body);
        text.push_str(APP);
        text.push_str(&self.base);
        text.push('"');
        if let Some(path) = content.path {
            text.push_str(" data-prerendered=\"");
            text.push_str(&escape_html(path));
            text.push_str("\" data-site=\"");
            text.push_str(content.site);
            text.push('"');
        }
        text.push('>');
        text.push_str(content.html);
        text.push_str("</div>");
        text.push_str(&self.after);
        text.push_str("<!--BODY-->");
        text.push_str(content.after.unwrap_or(&self.notices));
        text.push_str("<!--/BODY-->");
        text.push_str(&self.end);
        text
    }
}
