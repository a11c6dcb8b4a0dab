//! How the first page comes to life: its parts one after the other, each in a task of its own, so that a slow phone answers its
//! reader in between. A written page is woken up; of a page that is not written, the content comes first.

use std::cell::{Cell, RefCell};

use leptos::prelude::*;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::no_attrs;
use leptos::tachys::view::{Mountable, Position, PositionState, Render, RenderHtml};
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use web_sys::{Element, Node};

/// How views are made.
#[derive(Clone, Copy, PartialEq)]
pub enum Making {
    /// With new elements, all at once.
    Whole,
    /// With new elements. What stands beside the page's content is left for [`next_part`].
    ContentFirst,
    /// For elements that are in the document. Each part is left for [`next_part`].
    Waking,
}

thread_local! {
    static MAKING: Cell<Making> = const { Cell::new(Making::Whole) };
    static PARTS: RefCell<Vec<Box<dyn FnOnce()>>> = const { RefCell::new(Vec::new()) };
}

/// Whether the view that is made now is that of elements in the document.
pub fn is_waking() -> bool {
    MAKING.get() == Making::Waking
}

/// Does what makes views.
pub fn make(how: Making, work: impl FnOnce()) {
    MAKING.set(how);
    work();
    MAKING.set(Making::Whole);
}

/// The next part of the page that is to be woken up or made, in the order of the document; `None` if all are there.
pub fn next_part() -> Option<Box<dyn FnOnce()>> {
    PARTS.with_borrow_mut(|parts| (!parts.is_empty()).then(|| parts.remove(0)))
}

/// The children of an element. When the page is woken up, they are a part of their own: they must be all that the element has,
/// and stay in it as long as it lives.
pub fn in_turn(children: impl FnOnce() -> AnyView + Send + 'static) -> AnyView {
    if is_waking() { part(children) } else { children() }
}

/// The same for what stands beside the content. It is also a part of its own where the content comes first.
pub fn beside(children: impl FnOnce() -> AnyView + Send + 'static) -> AnyView {
    match MAKING.get() {
        Making::Whole => children(),
        Making::ContentFirst | Making::Waking => part(children),
    }
}

fn part(children: impl FnOnce() -> AnyView + Send + 'static) -> AnyView {
    let part = Part {
        children: Box::new(children),
        owner: Owner::current(),
    };
    part.into_any()
}

/// A view that is made when its turn has come, with the owner that it would have had at once.
struct Part {
    children: Box<dyn FnOnce() -> AnyView + Send>,
    owner: Option<Owner>,
}

impl Part {
    /// Wakes the children up in their element, or makes them there. `size` is the number of elements that it had; `None` if the
    /// children are not made yet. If it has another number by now, something else has changed it, and its children are made anew.
    fn take_turn(self, element: Element, size: Option<u32>) {
        // The reader may have gone to a page without this part.
        let Some(owner) = self.owner.filter(|_| element.is_connected()) else {
            return;
        };
        owner.with(|| {
            let state = if size_of(&element) == size {
                let cursor = Cursor::new(element);
                (self.children)().hydrate::<true>(&cursor, &PositionState::new(Position::FirstChild))
            } else {
                element.set_text_content(None);
                let mut state = (self.children)().build();
                state.mount(&element, None);
                state
            };
            let state = SendWrapper::new(state);
            on_cleanup(move || drop(state));
        });
    }
}

/// The number of elements in an element.
fn size_of(element: &Element) -> Option<u32> {
    element.query_selector_all("*").ok().map(|elements| elements.length())
}

no_attrs!(Part);

impl Render for Part {
    type State = PartState;

    fn build(self) -> PartState {
        PartState(Some(self))
    }

    fn rebuild(self, _: &mut PartState) {}
}

impl RenderHtml for Part {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(self, _: &mut String, _: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {}

    fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> PartState {
        // The cursor has not yet moved from the element to its first child. After this view, Leptos looks for the comment
        // that ends the element's children.
        let element = cursor.current();
        if let Some(last) = element.last_child().and_then(|end| end.previous_sibling()) {
            cursor.set(last);
            position.set(Position::NextChild);
        }
        let element: Element = element.unchecked_into();
        let size = size_of(&element);
        let element = SendWrapper::new(element);
        let part = move || self.take_turn(element.take(), size);
        PARTS.with_borrow_mut(|parts| parts.push(Box::new(move || make(Making::Waking, part))));
        PartState(None)
    }

    fn into_owned(self) -> Self {
        self
    }
}

/// The state of a part that belongs to its element from its beginning to its end; with the part, if it has no element yet.
struct PartState(Option<Part>);

impl Mountable for PartState {
    fn unmount(&mut self) {}

    fn mount(&mut self, parent: &Element, _: Option<&Node>) {
        if let Some(part) = self.0.take() {
            let parent = parent.clone();
            PARTS.with_borrow_mut(|parts| parts.push(Box::new(move || part.take_turn(parent, None))));
        }
    }

    fn insert_before_this(&self, _: &mut dyn Mountable) -> bool {
        false
    }

    fn elements(&self) -> Vec<Element> {
        Vec::new()
    }
}
