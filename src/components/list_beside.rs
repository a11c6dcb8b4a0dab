//! A list beside the page's own content.

use leptos::prelude::*;

use super::{Loaded, Loading, Shape, load};
use crate::backend::{LoadError, Wanted};
use crate::model::{ArticleList, Front};

/// The top of the front page while that is the page, in Leptos's context. What stands beside it does not repeat its
/// stories.
#[derive(Clone, Copy, Default)]
pub struct FrontTop(RwSignal<Option<Loading<Front>>>);

impl FrontTop {
    /// Says that the front page is the page.
    pub fn arrive(self, front: Loading<Front>) {
        self.0.set(Some(front));
    }

    /// Says that another page is the page.
    pub fn leave(self) {
        if self.0.read_untracked().is_some() {
            self.0.set(None);
        }
    }
}

/// A list beside the page's own content. Beside the front page, it has no story that stands there.
#[component]
pub fn ListBeside(
    /// The greatest number of articles.
    limit: u32,
    /// What is asked for.
    wanted: fn(u32) -> Wanted<ArticleList>,
    skeleton: Shape,
    show: fn(&ArticleList) -> AnyView,
    failed: fn(LoadError, Callback<()>) -> AnyView,
) -> impl IntoView {
    // A sidebar that is written for all pages stands beside none.
    let front = use_context::<FrontTop>().unwrap_or_default().0;
    let list = move |wanted| {
        let list = load(wanted);
        view! { <Loaded from=list skeleton failed let:list>{show(&list)}</Loaded> }.into_any()
    };
    move || match front.get() {
        None => list(wanted(limit)),
        Some(front) => view! {
            <Loaded from=front skeleton failed=move |_, _| list(wanted(limit)) let:front>
                {rest_of_front(wanted(limit).on_front(&front.ids()), skeleton, show, failed)}
            </Loaded>
        }
        .into_any(),
    }
}

/// A list of the front page. If all its stories stand before it there, it and what is around it are not shown
/// (`style/front.css`).
pub fn rest_of_front(
    wanted: Wanted<ArticleList>,
    skeleton: Shape,
    show: fn(&ArticleList) -> AnyView,
    failed: fn(LoadError, Callback<()>) -> AnyView,
) -> AnyView {
    let list = load(wanted);
    view! {
        <Loaded from=list skeleton failed let:list>
            {if list.items.is_empty() && list.total > Some(0) {
                view! { <p class="none-left"></p> }.into_any()
            } else {
                show(&list)
            }}
        </Loaded>
    }
    .into_any()
}
