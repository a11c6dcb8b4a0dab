use leptos::prelude::*;

use crate::model::{Address, Article};
use crate::newspaper::Newspaper;

/// Mail, print and edit.
#[component]
pub fn ArticleTools(article: Article) -> impl IntoView {
    let newspaper = Newspaper::from_context();
    let words = newspaper.words;
    let tools = &newspaper.site.tools;
    let mail = match &tools.mail {
        Some(form) => newspaper.tool(form, &article),
        None => newspaper.tool("mailto:?subject={headline}&body={url}", &article),
    };
    let mail = mail.map(|href| view! { <li><a class="tool-mail" href=href rel="external">{words.send_by_mail}</a></li> });
    let print = newspaper.href(Address::Print(&article.id));
    let edit = tools.edit.as_ref().and_then(|template| newspaper.tool(template, &article)).map(|href| {
        view! { <li><a class="tool-edit" href=href rel="external nofollow">{words.edit}</a></li> }
    });
    view! {
        <ul class="article-tools" aria-label=words.article_tools>
            {mail}
            <li><a class="tool-print" href=print>{words.print}</a></li>
            {edit}
        </ul>
    }
    .into_any()
}
