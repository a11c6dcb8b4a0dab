//! Links to pages that show the same for something else, such as another period. One of them is shown already.

use leptos::prelude::*;

use crate::model::Address;
use crate::newspaper::Newspaper;

/// Links that stand beside one another. They are links, not buttons, so that they work without the program.
#[component]
pub fn Tabs(
    /// The name and the address of each, and whether it is the one that is shown.
    links: Vec<(&'static str, Address<'static>, bool)>,
    /// The value of `aria-current` of the one that is shown: `page` if the link leads to this page, else `true`.
    current: &'static str,
) -> impl IntoView {
    let newspaper = Newspaper::from_context();
    let links = links.into_iter().map(|(name, address, is_current)| {
        let aria_current = is_current.then_some(current);
        view! { <a href=newspaper.href(address) aria-current=aria_current>{name}</a> }.into_any()
    });
    view! { <div class="tabs">{links.collect_view()}</div> }
}
