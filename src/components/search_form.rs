use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlFormElement, HtmlInputElement};

use crate::backend::encode_query;
use crate::markup::el;
use crate::model::Address;
use crate::navigation::Location;
use crate::newspaper::Newspaper;

/// Asks for words to search for; `query` is what was searched for already.
pub fn search_form(query: &str) -> AnyView {
    let newspaper = Newspaper::from_context();
    let words = newspaper.words;
    let action = newspaper.href(Address::Search);
    let location = Location::from_context();
    let target = action.clone();
    let submit = move |event: web_sys::Event| {
        let form = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
        let field = form.and_then(|form| form.query_selector("input").ok().flatten());
        if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) {
            event.prevent_default();
            location.go(&format!("{target}?q={}", encode_query(field.value().trim())));
        }
    };
    let field = el("input")
        .attr("type", "search")
        .attr("name", "q")
        .attr("value", query)
        .attr("placeholder", words.search_words)
        .attr("required", "");
    let label = el("label")
        .child(el("span").class("visually-hidden").child(words.search_words))
        .child(field);
    el("form")
        .class("search-form")
        .attr("role", "search")
        .attr("action", action)
        .on("submit", submit)
        .child(label)
        .child(el("button").attr("type", "submit").child(words.search))
        .view()
}
