use leptos::prelude::document;

use super::{Choice, choice};
use crate::markup::{Element, el, link};
use crate::model::{Address, Article};
use crate::newspaper::Newspaper;

/// Mail, print and edit, and the typeface of the text.
pub fn article_tools(newspaper: &Newspaper, article: &Article) -> Element {
    let words = newspaper.words;
    let tools = &newspaper.site.tools;
    let mail = tools.mail.as_deref().unwrap_or("mailto:?subject={headline}&body={url}");
    let mail = newspaper
        .tool(mail, article)
        .map(|href| tool("tool-mail", href, words.send_by_mail, "external"));
    let print = link(newspaper.href(Address::Print(&article.id)))
        .class("tool-print")
        .child(words.print);
    let edit = tools
        .edit
        .as_ref()
        .and_then(|template| newspaper.tool(template, article));
    let edit = edit.map(|href| tool("tool-edit", href, words.edit, "external nofollow"));
    let typeface = choice(Choice {
        key: "gisa:sans",
        class: "tool-typeface",
        words: [words.read_in_sans, words.read_in_serif],
        apply: set_typeface,
    });
    el("ul")
        .class("article-tools")
        .attr("aria-label", words.article_tools)
        .child(mail)
        .child(el("li").child(print))
        .child(edit)
        .child(el("li").child(typeface))
}

fn set_typeface(sans: bool) {
    if let Some(root) = document().document_element() {
        // Only an ill-formed attribute name could fail.
        let _ = root.toggle_attribute_with_force("data-sans", sans);
    }
}

fn tool(class: &'static str, href: String, name: &str, rel: &'static str) -> Element {
    el("li").child(link(href).class(class).attr("rel", rel).child(name))
}
