use leptos::prelude::*;

use crate::backend::encode_query;
use crate::model::Address;
use crate::newspaper::Newspaper;

/// Asks for words to search for. A plain form: the router answers it, and without the app the server does.
#[component]
pub fn SearchForm(#[prop(optional, into)] query: String) -> impl IntoView {
    let newspaper = Newspaper::from_context();
    let words = newspaper.words;
    let action = newspaper.href(Address::Search);
    let navigate = leptos_router::hooks::use_navigate();
    let target = action.clone();
    let field = NodeRef::<leptos::html::Input>::new();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if let Some(field) = field.get() {
            let query = encode_query(field.value().trim());
            navigate(&format!("{target}?q={query}"), leptos_router::NavigateOptions { resolve: false, ..Default::default() });
        }
    };
    view! {
        <form class="search-form" role="search" action=action on:submit=submit>
            <label>
                <span class="visually-hidden">{words.search_words}</span>
                <input type="search" name="q" value=query placeholder=words.search_words required=true node_ref=field/>
            </label>
            <button type="submit">{words.search}</button>
        </form>
    }
    .into_any()
}
