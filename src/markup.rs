//! Elements, built up by method calls, all of one type.
//!
//! Leptos gives every piece of markup a type of its own, and the compiler writes out its building, rebuilding and
//! hydration for each: two thirds of the wasm, for markup that hardly ever changes. Here every element, attribute and
//! listener has the same type, so the reader downloads that code once (docs/decisions/0004-markup.md).

use leptos::ev;
use leptos::html::custom;
use leptos::prelude::*;
use leptos::tachys::html::attribute::any_attribute::{AnyAttribute, IntoAnyAttribute};
use leptos::tachys::html::attribute::custom::custom_attribute;
use leptos::tachys::reactive_graph::{ReactiveFunction, SharedReactiveFunction};
use leptos::tachys::view::iterators::StaticVec;

/// An element under construction. It becomes a view with [`Element::view`], or as a child of another one.
#[must_use]
pub struct Element {
    tag: &'static str,
    attributes: Vec<AnyAttribute>,
    children: Vec<AnyView>,
}

/// An element with this tag.
pub fn el(tag: &'static str) -> Element {
    Element {
        tag,
        attributes: Vec::new(),
        children: Vec::new(),
    }
}

/// An element with this tag and class.
pub fn div(class: &'static str) -> Element {
    el("div").class(class)
}

/// A link to an address that is known to be safe.
pub fn link(href: impl Into<String>) -> Element {
    el("a").attr("href", href)
}

/// A view that follows the signals which `view` reads.
pub fn live(view: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    let shared: SharedReactiveFunction<AnyView> = ReactiveFunction::into_shared(view);
    shared.into_any()
}

/// Several views side by side.
pub fn fragment(children: impl IntoIterator<Item = AnyView>) -> AnyView {
    StaticVec::from(children.into_iter().collect::<Vec<_>>()).into_any()
}

/// Nothing.
pub fn nothing() -> AnyView {
    fragment([])
}

impl Element {
    pub fn class(self, class: &'static str) -> Self {
        self.attr("class", class)
    }

    pub fn attr(mut self, name: &'static str, value: impl Into<String>) -> Self {
        let value: String = value.into();
        self.attributes.push(custom_attribute(name, value).into_any_attr());
        self
    }

    /// An attribute that is there only where it has a value.
    pub fn attr_if(self, name: &'static str, value: Option<impl Into<String>>) -> Self {
        match value {
            Some(value) => self.attr(name, value),
            None => self,
        }
    }

    /// An attribute that follows the signals which `value` reads.
    pub fn attr_live(mut self, name: &'static str, value: impl Fn() -> Option<&'static str> + Send + 'static) -> Self {
        let shared: SharedReactiveFunction<Option<&'static str>> = ReactiveFunction::into_shared(value);
        self.attributes.push(custom_attribute(name, shared).into_any_attr());
        self
    }

    /// Listens to an event, in the browser.
    pub fn on(mut self, event: &'static str, react: impl FnMut(web_sys::Event) + 'static) -> Self {
        let react: Box<dyn FnMut(web_sys::Event)> = Box::new(react);
        self.attributes
            .push(ev::on(ev::Custom::<web_sys::Event>::new(event), react).into_any_attr());
        self
    }

    /// A child: an element, a text, a view, or an option of one.
    pub fn child(mut self, child: impl Child) -> Self {
        child.append_to(&mut self.children);
        self
    }

    pub fn children<C: Child>(mut self, children: impl IntoIterator<Item = C>) -> Self {
        for child in children {
            child.append_to(&mut self.children);
        }
        self
    }

    pub fn view(self) -> AnyView {
        if !matches!(self.tag, "img" | "input" | "br" | "hr" | "wbr") {
            return custom(self.tag)
                .child(StaticVec::from(self.children))
                .add_any_attr(self.attributes)
                .into_any();
        }
        // As text a void element has no end tag; a browser builds the same element either way.
        #[cfg(not(target_arch = "wasm32"))]
        {
            use leptos::html::{br, hr, img, input, wbr};
            match self.tag {
                "img" => img().add_any_attr(self.attributes).into_any(),
                "input" => input().add_any_attr(self.attributes).into_any(),
                "br" => br().add_any_attr(self.attributes).into_any(),
                "hr" => hr().add_any_attr(self.attributes).into_any(),
                _ => wbr().add_any_attr(self.attributes).into_any(),
            }
        }
        #[cfg(target_arch = "wasm32")]
        custom(self.tag).add_any_attr(self.attributes).into_any()
    }
}

/// What can stand in an element.
pub trait Child {
    fn append_to(self, children: &mut Vec<AnyView>);
}

impl Child for Element {
    fn append_to(self, children: &mut Vec<AnyView>) {
        children.push(self.view());
    }
}

impl Child for AnyView {
    fn append_to(self, children: &mut Vec<AnyView>) {
        children.push(self);
    }
}

impl Child for String {
    fn append_to(self, children: &mut Vec<AnyView>) {
        children.push(self.into_any());
    }
}

impl Child for &str {
    fn append_to(self, children: &mut Vec<AnyView>) {
        self.to_owned().append_to(children);
    }
}

impl<C: Child> Child for Option<C> {
    fn append_to(self, children: &mut Vec<AnyView>) {
        if let Some(child) = self {
            child.append_to(children);
        }
    }
}
