//! The name of an author.

use leptos::prelude::*;

use crate::model::Person;
use crate::newspaper::Newspaper;

/// An author, with a link to the author's page, if there is one.
#[component]
pub fn Byline<'a>(author: &'a Person) -> impl IntoView + use<> {
    let newspaper = Newspaper::from_context();
    let text = (newspaper.words.byline)(&author.name, author.job_title.as_deref());
    match &author.url {
        Some(url) => view! { <a href=newspaper.local(url) rel="author external">{text}</a> }.into_any(),
        None => text.into_any(),
    }
}
