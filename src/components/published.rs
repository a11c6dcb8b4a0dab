use crate::markup::{Element, el};
use crate::model::Timestamp;
use crate::newspaper::Newspaper;

/// A date for lists, in the newspaper's time zone.
pub fn published(newspaper: &Newspaper, time: Timestamp) -> Element {
    let civil = newspaper.civil(time);
    el("time")
        .class("published")
        .attr("datetime", civil.iso())
        .child((newspaper.words.short_date)(civil))
}
