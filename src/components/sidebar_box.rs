use leptos::prelude::*;

/// A box of the sidebar: heading, content, and where there is more.
#[component]
pub fn SidebarBox(
    /// Distinguishes the box's heading from others on the page.
    id: String,
    #[prop(into)] title: String,
    /// Words and address of the page with more.
    #[prop(optional_no_strip)]
    more: Option<(&'static str, String)>,
    children: Children,
) -> impl IntoView {
    let more = more.map(|(words, href)| view! { <p class="sidebar-box-more"><a href=href>{words}</a></p> });
    view! {
        <section class="sidebar-box" aria-labelledby=id.clone()>
            <h2 id=id.clone()>{title}</h2>
            {children()}
            {more}
        </section>
    }
    .into_any()
}
