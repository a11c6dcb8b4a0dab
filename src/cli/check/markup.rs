use scraper::Html;
use serde::Serialize;

/// What of a body's markup does not arrive, counted.
#[derive(Clone, Copy, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Unsafe {
    pub scripts: usize,
    /// Attributes such as `onclick`.
    pub event_handlers: usize,
    /// Addresses that would run a program: `javascript:`, `vbscript:`, `data:text/html`.
    pub javascript_addresses: usize,
    /// Frames without a web address. The others become a box that loads on a click.
    pub iframes: usize,
}

/// Counts what the allow-list drops of a body because it is dangerous.
pub fn count(html: &str) -> Unsafe {
    let document = Html::parse_fragment(html);
    let mut counted = Unsafe::default();
    for element in document.tree.values().filter_map(|node| node.as_element()) {
        match element.name() {
            "script" => counted.scripts += 1,
            "iframe" if !element.attr("src").is_some_and(is_web_address) => counted.iframes += 1,
            _ => {}
        }
        for (name, value) in element.attrs() {
            if name.starts_with("on") {
                counted.event_handlers += 1;
            } else if matches!(name, "href" | "src" | "action" | "formaction" | "data") && is_program(value) {
                counted.javascript_addresses += 1;
            }
        }
    }
    counted
}

impl Unsafe {
    /// Such as `1 script, 2 event handlers`; empty where there was nothing.
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
    // A relative one is resolved against the backend's.
    !address.is_empty() && (scheme(address).is_none_or(|scheme| scheme == "http" || scheme == "https"))
}

fn is_program(address: &str) -> bool {
    match scheme(address).as_deref() {
        Some("javascript" | "vbscript") => true,
        Some("data") => address.to_ascii_lowercase().contains("text/html"),
        _ => false,
    }
}

/// An address's scheme as a browser reads it: without the white space and control characters in it.
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
