//! Expands templates of addresses.

use crate::text::percent;

/// Expands an RFC 6570 URI template: `{name}` is percent-encoded; `{+name}` keeps reserved characters; `{?a,b}` and
/// `{&a,b}` write those of their parameters that have a value.
///
/// The error is the name of the first variable without a value, or the part of the template that is not valid.
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

/// An address with only one `?`. If the backend's own address has a query, such as WordPress' `?rest_route=`, the
/// template's query is added to it.
pub fn with_one_query(mut url: String) -> String {
    // A `?` within a value is percent-encoded, so any further one begins another query.
    if let Some(first) = url.find('?')
        && let Some(second) = url[first + 1..].find('?')
    {
        let second = first + 1 + second;
        url.replace_range(second..=second, "&");
    }
    url
}

/// Whether a template has this variable.
pub fn has_variable(template: &str, name: &str) -> bool {
    let mut expressions = template.split('{').skip(1).filter_map(|part| part.split('}').next());
    expressions.any(|expression| expression.split(['?', '&', '+', ',']).any(|known| known == name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_one_query() {
        let url = |url: &str| with_one_query(url.to_owned());
        assert_eq!(
            url("https://news.example/?rest_route=/wp/v2/posts?page=1"),
            "https://news.example/?rest_route=/wp/v2/posts&page=1"
        );
        assert_eq!(
            url("https://news.example/posts?page=1"),
            "https://news.example/posts?page=1"
        );
    }

    fn expanded(template: &str, value: &str) -> Result<String, String> {
        expand(template, |name| (name == "id").then(|| value.to_owned()))
    }

    #[test]
    fn a_templates_variable_is_percent_encoded() {
        assert_eq!(
            expanded("https://cms.example/{id}/edit", "a/b?c=d&e"),
            Ok("https://cms.example/a%2Fb%3Fc%3Dd%26e/edit".into())
        );
        assert_eq!(
            expanded("/{id}", "한글 é~-._"),
            Ok("/%ED%95%9C%EA%B8%80%20%C3%A9~-._".into())
        );
    }

    #[test]
    fn a_templates_reserved_expansion_keeps_an_address_whole() {
        assert_eq!(
            expanded("{+id}/posts", "https://cms.example:8443/a?b=c#d"),
            Ok("https://cms.example:8443/a?b=c#d/posts".into())
        );
        assert_eq!(expanded("{+id}", "a b\"<>"), Ok("a%20b%22%3C%3E".into()));
    }

    #[test]
    fn a_template_without_variables_stays_as_it_is() {
        assert_eq!(expanded("/latest.json?a=b}", "x"), Ok("/latest.json?a=b}".into()));
        assert_eq!(expanded("", "x"), Ok(String::new()));
    }

    #[test]
    fn a_templates_error_names_the_variable_or_what_is_no_template() {
        assert_eq!(expanded("/{id}/{section}", "7"), Err("section".into()));
        assert_eq!(expanded("/{id}/{", "7"), Err("{".into()));
        assert_eq!(expanded("/{}", "7"), Err(String::new()));
        assert!(expanded("/{id", "7").is_err());
    }

    #[test]
    fn a_value_is_never_expanded_again() {
        assert_eq!(expanded("/{+id}", "{id}"), Ok("/%7Bid%7D".into()));
    }

    fn value(name: &str) -> Option<String> {
        let known = [("a", "1"), ("b", "x y/ü"), ("empty", "")];
        let found = known.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| (*value).to_owned())
    }

    #[test]
    fn parameters_are_written_where_they_have_a_value() {
        for (template, expected) in [
            ("/n{?a,b}", "/n?a=1&b=x%20y%2F%C3%BC"),
            ("/n{?a,unknown}", "/n?a=1"),
            ("/n{?unknown,a}", "/n?a=1"),
            ("/n{?unknown}", "/n"),
            ("/n?x=1{&a,b}", "/n?x=1&a=1&b=x%20y%2F%C3%BC"),
            ("/n?x=1{&unknown}", "/n?x=1"),
            ("/n{?empty}", "/n?empty="),
            ("/{b}/{+b}", "/x%20y%2F%C3%BC/x%20y/%C3%BC"),
        ] {
            assert_eq!(expand(template, value).as_deref(), Ok(expected), "{template}");
        }
    }

    #[test]
    fn what_has_no_value_or_no_end_is_named() {
        assert_eq!(expand("/{unknown}", value), Err("unknown".to_owned()));
        assert_eq!(expand("/{+unknown}", value), Err("unknown".to_owned()));
        assert_eq!(expand("/{a", value), Err("{a".to_owned()));
        assert_eq!(expand("/{#a}", value), Err("#a".to_owned()));
    }
}
