//! The document around every page: the empty page `200.html` of the built newspaper, divided at the places that differ.

use std::path::Path;

use super::EditionError;
use super::hosting::style_hashes;
use super::markup::{Markup, NOTHING};
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
    pub markup: &'a Markup,
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
            site: "",
            zone: "",
            offer: "",
            requests: None,
            preset: None,
            needs_extras: false,
            markup: &NOTHING,
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
        // Only the empty page loads the sheet for paper late.
        let later = later.replace(" data-href=", " href=");
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
        let Markup { html, elements, .. } = content.markup;
        let mut text = String::with_capacity(self.styles.len() + html.len() + 8_000);
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
            _ if content.markup.is_plain => &self.article_styles,
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
        text.push_str(html);
        text.push_str("</div>");
        text.push_str(&self.after);
        text.push_str(mark("<!--BODY-->"));
        text.push_str(content.after.unwrap_or(&self.notices));
        text.push_str(mark("<!--/BODY-->"));
        text.push_str(&self.end);
        text
    }
}
