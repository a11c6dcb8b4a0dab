//! The search form.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlFormElement, HtmlInputElement, SubmitEvent};

use crate::browser::navigation;
use crate::model::Address;
use crate::newspaper::Newspaper;
use crate::text::percent;

/// The search form.
#[component]
pub fn SearchForm(
    /// The words of the present search; empty if there is none.
    #[prop(optional, into)]
    query: String,
) -> impl IntoView {
    let newspaper = Newspaper::from_context();
    let words = newspaper.words;
    let action = newspaper.href(Address::Search);
    let (go, target) = (navigation::use_go(), action.clone());
    let submit = move |event: SubmitEvent| {
        // A `NodeRef` would make the program two kilobytes larger.
        let form = event.target().and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
        let field = form.and_then(|form| form.query_selector("input").ok().flatten());
        if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) {
            event.prevent_default();
            go(&format!("{target}?q={}", percent::encode(field.value().trim())));
        }
    };
    view! {
        <form class="search-form" role="search" action=action on:submit=submit>
            <label>
                <span class="visually-hidden">{words.search_words}</span>
                <input
                    type="search"
                    name="q"
                    value=query
                    placeholder=words.search_words
                    required
                />
            </label>
            <button type="submit">{words.search}</button>
        </form>
    }
}
