//! The attributes that an element keeps.

use super::elements::all_text;
use crate::html::source::Source;

/// An element's attributes, in the order in which they are written.
pub type Attributes = Vec<(&'static str, String)>;

/// The attribute with this name, if it exists and its value passes the test.
fn attribute<S: Source>(node: &S, name: &'static str, is_safe: fn(&str) -> bool) -> Option<(&'static str, String)> {
    let value = node.attribute(name)?;
    let value = value.trim();
    is_safe(value).then(|| (name, value.to_owned()))
}

/// The attributes that any element may keep.
pub fn global_attributes<S: Source>(node: &S) -> Attributes {
    let is_tag = |value: &str| {
        (1..=35).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let dir = attribute(node, "dir", |value| {
        ["ltr", "rtl", "auto"]
            .iter()
            .any(|known| value.eq_ignore_ascii_case(known))
    });
    let dir = dir.map(|(name, value)| (name, value.to_ascii_lowercase()));
    let lang = attribute(node, "lang", is_tag).filter(|(_, tag)| !is_contradicted(tag, node));
    dir.into_iter().chain(lang).collect()
}

/// Whether the letters contradict the language: word processors mark Korean as English.
fn is_contradicted<S: Source>(tag: &str, node: &S) -> bool {
    if tag.get(..2).is_some_and(|language| language.eq_ignore_ascii_case("ko")) {
        return false;
    }
    let text = all_text("", node);
    let letters = text
        .chars()
        .filter(|sign| !sign.is_ascii() || sign.is_ascii_alphabetic());
    let is_hangul = |sign: &char| ('\u{ac00}'..='\u{d7a3}').contains(sign) || ('\u{1100}'..='\u{11ff}').contains(sign);
    let (hangul, other): (Vec<char>, Vec<char>) = letters.partition(is_hangul);
    hangul.len() > other.len()
}

/// An element's attributes, with `dir` and `lang` of the removed element around it if it has none of its own.
pub fn inherit(outer: &[(&'static str, String)], own: &[(&'static str, String)]) -> Attributes {
    let is_inherited = |name: &str| ["dir", "lang"].contains(&name);
    let inherited = ["dir", "lang"]
        .iter()
        .filter_map(|wanted| own.iter().chain(outer).find(|(name, _)| name == wanted));
    inherited
        .chain(own.iter().filter(|(name, _)| !is_inherited(name)))
        .cloned()
        .collect()
}

/// Adds the attributes that only phrases may have.
pub fn phrase_attributes<S: Source>(name: &str, node: &S, attributes: &mut Attributes) {
    match name {
        "time" => attributes.extend(attribute(node, "datetime", is_time)),
        "abbr" | "dfn" => attributes.extend(attribute(node, "title", |value| !value.is_empty())),
        _ => {}
    }
}

/// Whether it has only characters that HTML's dates, times and durations have.
fn is_time(value: &str) -> bool {
    let is_sign = |byte| b"-:+., ".contains(&byte);
    (1..=40).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || is_sign(byte))
}

/// Adds the attributes that only a numbered list may have.
pub fn ordered_attributes<S: Source>(node: &S, attributes: &mut Attributes) {
    attributes.extend(attribute(node, "start", is_integer));
    attributes.extend(node.attribute("reversed").map(|_| ("reversed", String::new())));
    attributes.extend(attribute(node, "type", |value| {
        ["1", "a", "A", "i", "I"].contains(&value)
    }));
}

/// Adds the attributes that only a list item may have.
pub fn item_attributes<S: Source>(node: &S, attributes: &mut Attributes) {
    attributes.extend(attribute(node, "value", is_integer));
}

/// Adds the attributes that only a cell may have.
pub fn cell_attributes<S: Source>(name: &str, node: &S, attributes: &mut Attributes) {
    let is_span = |value: &str| value.parse::<u32>().is_ok_and(|cells| (2..=1000).contains(&cells));
    let is_scope = |value: &str| ["row", "col", "rowgroup", "colgroup"].contains(&value);
    attributes.extend(attribute(node, "colspan", is_span));
    attributes.extend(attribute(node, "rowspan", is_span));
    if name == "th" {
        attributes.extend(attribute(node, "scope", is_scope));
    }
}

fn is_integer(value: &str) -> bool {
    value.parse::<i64>().is_ok_and(|number| i32::try_from(number).is_ok())
}

/// Adds an `id` after the direction and the language.
pub fn add_id(attributes: &mut Attributes, id: String) {
    let place = attributes
        .iter()
        .take_while(|(name, _)| ["dir", "lang"].contains(name))
        .count();
    attributes.insert(place, ("id", id));
}
