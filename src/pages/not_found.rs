use leptos::prelude::*;

use super::heading;
use crate::backend::Resource;
use crate::components::{arrival, search_form};
use crate::markup::{div, el, fragment, link};
use crate::model::Address;
use crate::newspaper::Newspaper;

/// In place of a page that does not exist.
pub fn not_found_page() -> AnyView {
    let newspaper = Newspaper::from_context();
    let words = newspaper.words;
    let search = newspaper.repository.offers(Resource::Search).then(|| search_form(""));
    let page = div("not-found")
        .child(heading(words.not_found))
        .child(el("p").child(words.not_found_hint))
        .child(search)
        .child(el("p").child(link(newspaper.href(Address::Front)).child(words.to_front_page)));
    fragment([arrival(words.not_found), page.view()])
}
