//! The document for paper: one HTML file with its pictures and its style sheet in it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::pictures::PictureFile;
use super::sheet::{Target, anchor, imprint_lines, markup, paragraph};
use super::{Issue, style};
use crate::edition::metadata::escape_xml;
use crate::model::Timestamp;

/// Nothing is loaded and nothing runs, wherever the file is opened.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
/// A running head is cut at this width, in columns. A Hangul or Han character takes two.
const RUNNING_HEAD_COLUMNS: usize = 60;

/// The document. `pages` are the page numbers of the articles, for engines that can't find them out themselves; empty if
/// they are not known.
pub fn write(issue: &Issue, pages: &[u32]) -> String {
    let newspaper = &issue.newspaper;
    let language = newspaper.site.locale.as_str();
    let mut html = String::new();
    html.push_str(&format!(
        "<!doctype html>\n<html lang=\"{language}\" data-paper=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n",
        issue.paper.as_str()
    ));
    html.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html.push_str(&format!(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n<title>{}</title>\n",
        escape_xml(&issue.document_title())
    ));
    let date = issue.modified.civil(0).iso();
    let metas = issue.authors().into_iter().map(|author| ("author", author));
    let metas = metas.chain([
        ("description", &*newspaper.site.description),
        ("generator", concat!("gisa ", env!("CARGO_PKG_VERSION"))),
        ("dcterms.created", &*date),
        ("dcterms.modified", &*date),
    ]);
    for (name, content) in metas.filter(|(_, content)| !content.is_empty()) {
        html.push_str(&format!("<meta name=\"{name}\" content=\"{}\">\n", escape_xml(content)));
    }
    html.push_str("<style>\n");
    html.push_str(&style::of_paper());
    html.push_str(&page_rules(issue));
    html.push_str("</style>\n</head>\n<body class=\"issue\">\n");
    if !issue.is_single() {
        html.push_str(&front(issue, pages));
    }
    html.push_str("<main>\n");
    let data = |_: usize, file: &PictureFile| Some(data_address(file));
    for number in 0..issue.articles.len() {
        let anchor = anchor(number);
        html.push_str(&format!("<section class=\"issue-article\" id=\"{anchor}\">"));
        html.push_str(&markup(issue, number, Target::Paper, &data));
        html.push_str("</section>\n");
    }
    html.push_str("</main>\n");
    html.push_str("</body>\n</html>\n");
    html
}

/// A picture's file as an address.
fn data_address(file: &PictureFile) -> String {
    format!(
        "data:{};base64,{}",
        file.kind.media_type(),
        STANDARD.encode(&file.bytes)
    )
}

/// The first page: the masthead, the contents, and who makes the newspaper.
fn front(issue: &Issue, pages: &[u32]) -> String {
    let site = &issue.newspaper.site;
    let mut html = String::from("<header class=\"issue-front\">\n<div class=\"issue-masthead\">\n");
    html.push_str(&paragraph("issue-name", &site.name));
    html.push_str(&paragraph("issue-description", &site.description));
    html.push_str(&paragraph("issue-title", &issue.title));
    html.push_str("</div>\n<nav class=\"contents\" role=\"doc-toc\" aria-labelledby=\"contents\">\n");
    html.push_str(&format!(
        "<h1 class=\"contents-title\" id=\"contents\">{}</h1>\n",
        issue.newspaper.words.contents
    ));
    let parts = issue.parts();
    for (name, numbers) in &parts {
        if let Some(name) = name.filter(|_| parts.len() > 1) {
            html.push_str(&paragraph("contents-part", name));
        }
        html.push_str("<ol class=\"contents-list\">\n");
        for number in numbers {
            html.push_str(&entry(issue, *number, pages.get(*number)));
        }
        html.push_str("</ol>\n");
    }
    html.push_str("</nav>\n");
    html.push_str(&imprint(issue));
    html.push_str("</header>\n");
    html
}

/// An article in the contents. Engines that know `target-counter` write the page number themselves.
fn entry(issue: &Issue, number: usize, page: Option<&u32>) -> String {
    let entry = &issue.articles[number];
    let byline = entry.byline();
    let byline = match &*byline {
        "" => String::new(),
        byline => format!(" <span class=\"contents-byline\">{}</span>", escape_xml(byline)),
    };
    let page = page.map_or_else(String::new, |page| {
        format!("<span class=\"contents-page\">{page}</span>")
    });
    format!(
        "<li><a href=\"#{}\"><span class=\"contents-text\"><span class=\"contents-headline\">{}</span>{byline}</span>{page}</a></li>\n",
        anchor(number),
        escape_xml(&issue.newspaper.headline(&entry.article)),
    )
}

/// Who makes the newspaper, as `site.json` says it: publisher, editor, registration. An issue of one article has it in the
/// foot of that article.
fn imprint(issue: &Issue) -> String {
    let footer = &issue.newspaper.site.footer;
    match &*imprint_lines(footer.lines.iter().chain(Some(&footer.copyright))) {
        "" => String::new(),
        lines => format!("<footer class=\"imprint\">\n{lines}</footer>\n"),
    }
}

/// The pages' size and running heads. Each article has pages of its own name, because that is the only kind of running head
/// that all engines know.
fn page_rules(issue: &Issue) -> String {
    let newspaper = &issue.newspaper;
    let name = style::string(&cut(&newspaper.site.name));
    let date = (newspaper.words.short_date)(newspaper.civil(date_of(issue)));
    let mut css = format!(
        "@page {{ size: {}; @top-left {{ content: {name} }} @top-right {{ content: {} }} @bottom-left {{ content: {} }} }}\n",
        issue.paper.as_str(),
        style::string(&cut(&issue.title)),
        style::string(&date),
    );
    css.push_str("@page :first { @top-left { content: none } @top-right { content: none } }\n");
    if issue.is_single() {
        return css;
    }
    for (number, entry) in issue.articles.iter().enumerate() {
        let anchor = anchor(number);
        let head = style::string(&cut(&newspaper.headline(&entry.article)));
        css.push_str(&format!(
            "#{anchor} {{ page: {anchor} }} @page {anchor} {{ @top-right {{ content: {head} }} }}\n"
        ));
    }
    css
}

/// The date of the issue: that of its newest article.
fn date_of(issue: &Issue) -> Timestamp {
    let dates = issue.articles.iter().filter_map(|entry| entry.article.date_published);
    dates.max().unwrap_or(issue.modified)
}

/// The beginning of a text, as long as a running head.
fn cut(text: &str) -> String {
    if text.width() <= RUNNING_HEAD_COLUMNS {
        return text.to_owned();
    }
    let mut columns = 1;
    let fits = |sign: &char| {
        columns += sign.width().unwrap_or(0);
        columns <= RUNNING_HEAD_COLUMNS
    };
    let beginning: String = text.chars().take_while(fits).collect();
    beginning.trim_end().to_owned() + "…"
}
