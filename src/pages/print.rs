use leptos::prelude::*;

use super::article::article_failure;
use crate::backend::Wanted;
use crate::components::picture::Role;
use crate::components::skeletons::article_skeleton;
use crate::components::{arrival_then, article_sheet, load};
use crate::markup::{div, el, fragment, link};
use crate::model::{Address, Article};
use crate::navigation::Arrival;
use crate::newspaper::Newspaper;
use crate::paper;

/// An article as it will be on paper, with the browser's print dialog.
pub fn print_page(id: String) -> AnyView {
    load(
        Wanted::article(&id),
        article_skeleton,
        article_failure,
        |article: &Article| print_view(&Newspaper::from_context(), article),
    )
}

fn print_view(newspaper: &Newspaper, article: &Article) -> AnyView {
    let words = newspaper.words;
    let title = format!("{} ({})", newspaper.headline(article), words.print);
    let back = link(newspaper.href(Address::Article(&article.id))).child(words.back_to_article);
    let print = el("button")
        .attr("type", "button")
        .on("click", |_| paper::print())
        .child(words.print);
    let toolbar = el("p").class("print-toolbar").child(back).child(print);
    let sheet = article_sheet(newspaper, article, Role::Paper, None);
    fragment([
        arrival_then(title, open_dialog),
        div("print-preview").child(toolbar).child(sheet).view(),
    ])
}

/// Who comes back to the page has printed already.
fn open_dialog(arrival: Arrival) {
    if !matches!(arrival, Arrival::Return(_)) {
        paper::print();
    }
}
