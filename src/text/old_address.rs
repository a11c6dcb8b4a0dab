//! Where a rule of `redirects` leads an old address, for rankings whose rows are old addresses. What hosts are told of the
//! same rules is in `edition/hosting/redirects.rs`, which is stricter.

use super::percent;

/// The new address of an old one by a rule; `None` if the rule is not for it. `path` and `query` are those of the old
/// address, percent-encoded. A slash at the end and capitals make no difference.
///
/// ```
/// use gisa::text::new_address;
///
/// let rule = ("/news/articleView.html?idxno={id}", "/articles/{id}/");
/// let new = new_address(rule.0, rule.1, "/news/articleView.html", "page=2&idxno=10203");
/// assert_eq!(new.as_deref(), Some("/articles/10203/"));
/// assert_eq!(new_address(rule.0, rule.1, "/news/list.html", "idxno=10203"), None);
/// ```
pub fn new_address(from: &str, to: &str, path: &str, query: &str) -> Option<String> {
    let (from, parameters) = from.split_once('?').unwrap_or((from, ""));
    let mut new = to.to_owned();
    // Puts the value of `{name}` into the new address. Returns whether the pattern matches the text.
    let mut take = |pattern: &str, text: &str| {
        let Some((before, rest)) = pattern.split_once('{') else {
            return percent::decode(text).eq_ignore_ascii_case(&percent::decode(pattern));
        };
        let (name, after) = rest.split_once('}').unwrap_or((rest, ""));
        let value = text.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
        let Some(value) = value.filter(|value| !value.is_empty()) else {
            return false;
        };
        new = new.replace(&["{", name.trim_start_matches('*'), "}"].concat(), value);
        true
    };
    let mut rest = Some(path.trim_matches('/'));
    for segment in from.trim_matches('/').split('/') {
        let text = rest?;
        let (part, after) = match text.split_once('/') {
            Some((part, after)) if !segment.starts_with("{*") => (part, Some(after)),
            _ => (text, None),
        };
        if !take(segment, part) {
            return None;
        }
        rest = after;
    }
    if rest.is_some() {
        return None;
    }
    for parameter in parameters.split('&').filter(|parameter| !parameter.is_empty()) {
        let mut given = query.split('&');
        given.find(|given| take(parameter, given))?;
    }
    Some(new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_matches_segments_the_rest_of_a_path_and_parameters() {
        let rules = [
            ("/{year}/{month}/{slug}/", "/articles/{slug}/"),
            ("/archive/{*path}", "https://old.example/{path}"),
            ("/view-{id}.html", "/articles/{id}/"),
            ("/read?mode=view&no={id}", "/articles/{id}/"),
        ];
        let new = |address: &str| {
            let (path, query) = address.split_once('?').unwrap_or((address, ""));
            let mut found = rules.iter().filter_map(|(from, to)| new_address(from, to, path, query));
            found.next()
        };
        let article = |id: &str| Some(format!("/articles/{id}/"));
        assert_eq!(new("/2026/11/bridge"), article("bridge"));
        assert_eq!(new("/2026/11/%EB%8B%A4%EB%A6%AC/"), article("%EB%8B%A4%EB%A6%AC"));
        assert_eq!(new("/Archive/a/b/c"), Some("https://old.example/a/b/c".to_owned()));
        assert_eq!(new("/view-7.html"), article("7"));
        assert_eq!(new("/read?no=7&page=2&mode=view"), article("7"));
        for other in ["/", "/2026/11/", "/view-.html", "/view-7.htm", "/read?no=7", "/a/b/c/d"] {
            assert_eq!(new(other), None, "{other}");
        }
    }
}
