//! Addresses from templates.

use crate::text::percent;

/// Expands an RFC 6570 URI template: `{name}` percent-encoded, `{+name}` with reserved characters kept, and `{?a,b}` and
/// `{&a,b}`, which write those of their parameters that have a value.
///
/// The error is the name of the first variable that has no value, or the part that is no template.
pub fn expand(template: &str, value_of: impl Fn(&str) -> Option<String>) -> Result<String, String> {
    let mut url = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((literal, tail)) = rest.split_once('{') {
        let (expression, tail) = tail.split_once('}').ok_or_else(|| format!("{{{tail}"))?;
        url.push_str(literal);
        rest = tail;
        if let Some(names) = expression.strip_prefix(['?', '&']) {
            let mut separator = &expression[..1];
            for name in names.split(',') {
                if let Some(value) = value_of(name) {
                    url.push_str(separator);
                    url.push_str(name);
                    url.push('=');
                    percent::append(&value, b"", &mut url);
                    separator = "&";
                }
            }
            continue;
        }
        let (name, kept) = match expression.strip_prefix('+') {
            Some(name) => (name, percent::RESERVED),
            None => (expression, &[] as &[u8]),
        };
        let value = value_of(name).ok_or_else(|| name.to_owned())?;
        percent::append(&value, kept, &mut url);
    }
    url.push_str(rest);
    Ok(url)
}
