use leptos::prelude::*;

use crate::model::ImageObject;

/// An image whose place is kept before it arrives.
#[component]
pub fn Picture(
    image: ImageObject,
    /// How wide it is shown, as in HTML's `sizes`.
    #[prop(default = "100vw")]
    sizes: &'static str,
    /// Loaded at once and first, rather than when it comes near the window.
    #[prop(optional)]
    eager: bool,
    /// Says nothing that the text beside it doesn't say: read out as nothing.
    #[prop(optional)]
    decorative: bool,
) -> impl IntoView {
    let files: Vec<String> = image.sizes.iter().map(|file| format!("{} {}w", file.url, file.width)).collect();
    let srcset = (!files.is_empty()).then(|| files.join(", "));
    view! {
        <img
            class="picture"
            src=image.url
            sizes=srcset.is_some().then_some(sizes)
            srcset=srcset
            width=image.width
            height=image.height
            alt=if decorative { String::new() } else { image.alternate_name }
            loading=if eager { "eager" } else { "lazy" }
            fetchpriority=eager.then_some("high")
            decoding="async"
        />
    }
}

/// An image with its caption and credit.
#[component]
pub fn Figure(image: ImageObject, #[prop(optional)] eager: bool) -> impl IntoView {
    let caption = (!image.caption.is_empty()).then(|| image.caption.clone());
    let credit = (!image.credit_text.is_empty()).then(|| image.credit_text.clone());
    let described = caption.is_some() || credit.is_some();
    view! {
        <figure class="figure">
            <Picture image eager sizes="(min-width: 60rem) 42rem, 100vw"/>
            {described.then(|| view! {
                <figcaption>
                    {caption} {credit.map(|credit| view! { <span class="figure-credit">{credit}</span> })}
                </figcaption>
            })}
        </figure>
    }
    .into_any()
}
