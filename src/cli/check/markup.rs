//! Counts the parts of a body that are never shown, so that a publisher sees what the allow-list drops.

use std::iter::Sum;

use html5ever::tokenizer::Tag;
use serde::Serialize;

use crate::cli::tags::{self, Piece, attribute};

/// A shorter address of a picture, in bytes, has room for one colour or a blur.
const SMALLEST_PICTURE: usize = 2_000;

/// The parts of a body that the allow-list drops because they are dangerous or do nothing without a program, counted.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Unsafe {
    pub scripts: usize,
    /// Attributes such as `onclick`.
    pub event_handlers: usize,
    /// Addresses that would run a script: `javascript:`, `vbscript:`, `data:text/html`.
    pub javascript_addresses: usize,
    /// Frames without a web address. Other frames become an embed that loads on a click.
    pub iframes: usize,
    /// Forms: their words are kept, but nobody can fill them in.
    #[serde(skip_serializing_if = "is_none")]
    pub forms: usize,
    /// Drawings that are no file: `svg`, `canvas`.
    #[serde(skip_serializing_if = "is_none")]
    pub drawings: usize,
    /// Pictures that are no file, but stand in the text themselves (base64).
    #[serde(skip_serializing_if = "is_none")]
    pub pictures: usize,
}

/// Counts what the allow-list drops from a body.
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
    /// Whether nothing else was dropped than scripts and the like, which readers may not miss.
    pub fn are_programs(&self) -> bool {
        self.iframes + self.forms + self.drawings + self.pictures == 0
    }

    fn add(&mut self, tag: &Tag) {
        match &*tag.name {
            "script" => self.scripts += 1,
            "form" => self.forms += 1,
            "svg" | "canvas" => self.drawings += 1,
            "img" if attribute(tag, "src").is_some_and(is_picture) => self.pictures += 1,
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
}

impl Sum for Unsafe {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Unsafe::default(), |sum, one| Unsafe {
            scripts: sum.scripts + one.scripts,
            event_handlers: sum.event_handlers + one.event_handlers,
            javascript_addresses: sum.javascript_addresses + one.javascript_addresses,
            iframes: sum.iframes + one.iframes,
            forms: sum.forms + one.forms,
            drawings: sum.drawings + one.drawings,
            pictures: sum.pictures + one.pictures,
        })
    }
}

fn is_none(count: &usize) -> bool {
    *count == 0
}

fn is_web_address(address: &str) -> bool {
    let address = address.trim_start();
    // A relative address is resolved against the backend's.
    !address.is_empty() && (scheme(address).is_none_or(|scheme| scheme == "http" || scheme == "https"))
}

/// Whether it is a picture of its own, and not what holds the place of one until a script loads it.
fn is_picture(address: &str) -> bool {
    scheme(address).as_deref() == Some("data") && address.len() >= SMALLEST_PICTURE
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
