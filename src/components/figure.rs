//! An image with its caption and credit.

use leptos::prelude::*;

use super::{Phrases, Picture, Role, TEXT_WIDTH};
use crate::model::ImageObject;

/// An image with its caption and credit.
#[component]
pub fn Figure<'a>(image: &'a ImageObject, role: Role) -> impl IntoView + use<> {
    let (caption, credit) = (&image.caption, &image.credit_text);
    let is_described = !caption.is_empty() || !credit.is_empty();
    view! {
        <figure class="figure">
            <Picture image sizes=TEXT_WIDTH role/>
            {is_described.then(|| view! {
                <figcaption>
                    <Phrases content=caption/>
                    " "
                    {(!credit.is_empty()).then(|| view! {
                        <span class="figure-credit"><Phrases content=credit/></span>
                    }.into_any())}
                </figcaption>
            }.into_any())}
        </figure>
    }
}
