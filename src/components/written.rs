//! The parts that the pages of an edition have alike. They are rendered once and put into each page as they are.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::tachys::html::InertElement;
use leptos_router::components::Router;
use leptos_router::location::RequestUrl;
use memchr::memmem;

use super::{Masthead, SectionNav, Sidebar, SiteFooter};
use crate::model::escape_html;
use crate::newspaper::Newspaper;

/// Parts of a page as HTML, in Leptos's context; `None` for one that the page renders itself.
#[derive(Clone, Default)]
pub struct WrittenParts {
    pub masthead: Option<Arc<str>>,
    /// The navigation without a link to the present page.
    pub section_nav: Option<Arc<str>>,
    pub sidebar: Option<Arc<str>>,
    pub footer: Option<Arc<str>>,
}

impl WrittenParts {
    /// Renders the parts as they are on the page at an address. The newspaper's page data has to contain everything that the
    /// sidebar shows.
    pub fn render(newspaper: &Newspaper, address: &str) -> Self {
        let part = |view: fn() -> AnyView| {
            let owner = Owner::new();
            let html = owner.with(|| {
                provide_context(newspaper.clone());
                provide_context(RequestUrl::new(address));
                let base = newspaper.base.to_string();
                view! { <Router base>{view()}</Router> }.to_html()
            });
            owner.cleanup();
            Some(html.into())
        };
        WrittenParts {
            masthead: part(|| view! { <Masthead/> }.into_any()),
            section_nav: part(|| view! { <SectionNav/> }.into_any()),
            sidebar: part(|| view! { <Sidebar/> }.into_any()),
            footer: part(|| view! { <SiteFooter/> }.into_any()),
        }
    }
}

/// A part of the page that is being written, if it was rendered before.
pub fn written(part: impl FnOnce(WrittenParts) -> Option<Arc<str>>) -> Option<AnyView> {
    let html = part(use_context::<WrittenParts>()?)?;
    Some(InertElement::new(html.to_string()).into_any())
}

/// The sidebar for the page that is being written: links from rankings to the page itself are marked.
pub fn written_sidebar() -> Option<AnyView> {
    written(|parts| {
        let sidebar = parts.sidebar?;
        let address = use_context::<RequestUrl>()?;
        let address = escape_html(address.as_ref());
        let link = format!("href=\"{address}\" class=\"ranked-entry-headline\"");
        let is_there = memmem::find(sidebar.as_bytes(), link.as_bytes()).is_some();
        Some(if is_there {
            sidebar.replace(&link, &format!("{link} aria-current=\"page\"")).into()
        } else {
            sidebar
        })
    })
}
