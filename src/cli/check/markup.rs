//! Counts the dangerous parts of a body, so that a publisher sees what the allow-list drops.

use html5ever::tokenizer::Tag;
use serde::Serialize;

use crate::cli::tags::{self, Piece, attribute};

/// The dangerous parts of a body, counted.
#[derive(Clone, Copy, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Unsafe {
    pub scripts: usize,
    /// Attributes such as `onclick`.
    pub event_handlers: usize,
    /// Addresses that would run a script: `javascript:`, `vbscript:`, `data:text/html`.
    pub javascript_addresses: usize,
    /// Frames without a web address. Other frames become an embed that loads on a click.
    pub iframes: usize,
}

/// Counts what the allow-list drops from a body because it is dangerous.
pub fn count(html: &str) -> Unsafe {
    let mut counted = Unsafe::default();
    tags::read(html, |piece| {
        if let Piece::Start(tag) = piece {
            counted.add(tag);
        }
    });
    counted
}

impl Unsafe {
    fn add(&mut self, tag: &Tag) {
        match &*tag.name {
            "script" => self.scripts += 1,
            "iframe" if !attribute(tag, "src").is_some_and(is_web_address) => self.iframes += 1,
            _ => {}
        }
        for html_attribute in &tag.attrs {
            let name = &*html_attribute.name.local;
            if name.starts_with("on") {
                self.event_handlers += 1;
            } else if matches!(name, "href" | "src" | "action" | "formaction" | "data")
                && is_program(&html_attribute.value)
            {
                self.javascript_addresses += 1;
            }
        }
    }

    /// A list such as `1 script, 2 event handlers`; empty if nothing was dropped.
    pub fn describe(&self) -> String {
        let kinds = [
            (self.scripts, "script", "scripts"),
            (self.event_handlers, "event handler", "event handlers"),
            (
                self.javascript_addresses,
                "javascript: address",
                "javascript: addresses",
            ),
            (
                self.iframes,
                "iframe without a web address",
                "iframes without a web address",
            ),
        ];
        let met = kinds.iter().filter(|(number, ..)| *number > 0);
        met.map(|(number, one, several)| format!("{number} {}", if *number == 1 { one } else { several }))
            .collect::<Vec<_>>()
            .join(", ")
    }
}

fn is_web_address(address: &str) -> bool {
    let address = address.trim_start();
    // A relative address is resolved against the backend's.
    !address.is_empty() && (scheme(address).is_none_or(|scheme| scheme == "http" || scheme == "https"))
}

fn is_program(address: &str) -> bool {
    match scheme(address).as_deref() {
        Some("javascript" | "vbscript") => true,
        Some("data") => address.to_ascii_lowercase().contains("text/html"),
        _ => false,
    }
}

/// An address's scheme as a browser reads it: without white space and control characters.
fn scheme(address: &str) -> Option<String> {
    let is_dropped = |character: char| character <= ' ';
    let address: String = address.chars().filter(|character| !is_dropped(*character)).collect();
    let (scheme, _) = address.split_once(':')?;
    let is_scheme = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || "+-.".contains(letter));
    is_scheme.then(|| scheme.to_ascii_lowercase())
}
