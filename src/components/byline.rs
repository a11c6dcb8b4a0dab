use crate::markup::{Element, el, link};
use crate::model::Person;
use crate::newspaper::Newspaper;

/// An author, with a link to the author's page where there is one.
pub fn byline(newspaper: &Newspaper, author: &Person) -> Element {
    let text = (newspaper.words.byline)(&author.name, author.job_title.as_deref());
    let item = el("li");
    match &author.url {
        Some(url) => item.child(link(newspaper.local(url)).attr("rel", "author external").child(text)),
        None => item.child(text),
    }
}
