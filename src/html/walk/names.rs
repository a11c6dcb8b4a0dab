//! Lists of names in one text, separated by spaces: they take less of the download than lists of texts.

/// Whether the list has this name.
pub fn has(list: &str, name: &str) -> bool {
    list.split(' ').any(|known| known == name)
}

/// Whether the name begins with one of the list.
pub fn has_beginning_of(list: &str, name: &str) -> bool {
    list.split(' ').any(|beginning| name.starts_with(beginning))
}

/// Whether the list has one of an element's classes.
pub fn has_any(list: &str, classes: &str) -> bool {
    classes.split_ascii_whitespace().any(|class| has(list, class))
}
