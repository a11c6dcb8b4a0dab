//! What a reader can do with an article besides reading it.

use leptos::prelude::*;

use super::ChoiceWords;
use crate::model::{Address, Article};
use crate::newspaper::Newspaper;

/// The address that opens the reader's own mail program.
const MAIL: &str = "mailto:?subject={headline}&body={url}";

/// Mail, print and edit, and the typeface of the text. [`ArticleSheet`](super::ArticleSheet) handles its clicks.
#[component]
pub fn ArticleTools<'a>(article: &'a Article) -> impl IntoView + use<> {
    let newspaper = Newspaper::from_context();
    let words = newspaper.words;
    let tools = &newspaper.site.tools;
    let mail = newspaper.tool(tools.mail.as_deref().unwrap_or(MAIL), article);
    let edit = tools
        .edit
        .as_ref()
        .and_then(|template| newspaper.tool(template, article));
    view! {
        <ul class="article-tools" aria-label=words.article_tools>
            {mail.map(|href| view! {
                <li><a class="tool-mail" href=href rel="external">{words.send_by_mail}</a></li>
            }.into_any())}
            <li><a class="tool-print" href=newspaper.href(Address::Print(&article.id))>{words.print}</a></li>
            {edit.map(|href| view! {
                <li><a class="tool-edit" href=href rel="external nofollow">{words.edit}</a></li>
            }.into_any())}
            <li>
                <button class="tool-typeface" type="button">
                    <ChoiceWords words=[words.read_in_sans, words.read_in_serif]/>
                </button>
            </li>
        </ul>
    }
}
