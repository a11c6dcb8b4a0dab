//! The print page of an article.

use leptos::prelude::*;

use super::Page;
use super::page_failure::page_failure;
use crate::backend::Wanted;
use crate::browser::navigation::Arrival;
use crate::browser::paper;
use crate::components::{ArticleSheet, Loaded, Role, Shape, load};
use crate::model::{Address, Article};
use crate::newspaper::Newspaper;

/// An article as it is printed on paper. It opens the browser's print dialog.
pub fn print_page(id: &str) -> Page {
    let newspaper = Newspaper::from_context();
    let words = newspaper.words;
    let article = load(Wanted::article(id));
    let title = move |article: &Article| format!("{} ({})", newspaper.headline(article), words.print);
    let body = view! {
        <Loaded from=article skeleton=Shape::Article failed=page_failure(words.article) let:article>
            <PrintPreview article=&article/>
        </Loaded>
    };
    Page {
        on_arrival: Some(show_sheets),
        ..Page::new(article.title(title, words.article), body)
    }
}

#[component]
fn PrintPreview<'a>(article: &'a Article) -> impl IntoView + use<> {
    let newspaper = Newspaper::from_context();
    let words = newspaper.words;
    view! {
        <div class="print-preview">
            <p class="print-toolbar">
                <a href=newspaper.href(Address::Article(&article.id))>{words.back_to_article}</a>
            </p>
            <ArticleSheet article role=Role::Paper/>
            // `src/sheets.js` fills it. The program does not look into it. It comes after the article, because the first
            // element of an article is the article's own.
            <div id="desk" class="written"></div>
        </div>
    }
}

/// Shows the article on sheets. Then the print dialog opens, but not if the reader comes back to the page.
fn show_sheets(arrival: Arrival) {
    paper::show_sheets(matches!(arrival, Arrival::Load | Arrival::Link));
}
