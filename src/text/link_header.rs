//! The `Link` header of an answer (RFC 8288), such as `<https://a.example/list?page=2>; rel="next"`.

/// The links of a `Link` header as pairs of relation and target, in their order. Targets stay as they are written,
/// often relative. A link with several relations gives one pair for each.
pub fn parse(header: &str) -> Vec<(String, String)> {
    let mut links = Vec::new();
    let mut rest = header;
    while let Some((_, tail)) = rest.split_once('<') {
        let Some((target, tail)) = tail.split_once('>') else {
            break;
        };
        rest = tail;
        let mut is_related = false;
        while let Some((name, value, tail)) = parameter(rest) {
            rest = tail;
            // RFC 8288: only the first `rel` counts.
            if name.eq_ignore_ascii_case("rel") && !is_related {
                is_related = true;
                let relations = value.split_ascii_whitespace();
                links.extend(relations.map(|relation| (relation.to_owned(), target.to_owned())));
            }
        }
    }
    links
}

/// The name and value of the parameter at the beginning of a text, and the text after it; `None` at the end of the text
/// or before the next link.
fn parameter(text: &str) -> Option<(&str, &str, &str)> {
    let text = text.trim_start().strip_prefix(';')?.trim_start();
    let end = text.find(['=', ';', ',']).unwrap_or(text.len());
    let name = text[..end].trim_end();
    let Some(value) = text[end..].strip_prefix('=') else {
        return Some((name, "", &text[end..]));
    };
    let value = value.trim_start();
    if let Some(quoted) = value.strip_prefix('"') {
        let end = closing_quote(quoted);
        return Some((name, &quoted[..end], quoted.get(end + 1..).unwrap_or_default()));
    }
    let (value, tail) = value.split_at(value.find([';', ',']).unwrap_or(value.len()));
    Some((name, value.trim_end(), tail))
}

/// The index at which a quoted text ends: the first quote without a backslash before it, or the end of the text.
fn closing_quote(quoted: &str) -> usize {
    let mut is_escaped = false;
    let end = quoted.bytes().position(|byte| {
        let is_end = byte == b'"' && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        is_end
    });
    end.unwrap_or(quoted.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_links(header: &str, expected: &[(&str, &str)]) {
        let links = parse(header);
        let links: Vec<(&str, &str)> = links
            .iter()
            .map(|(relation, target)| (&**relation, &**target))
            .collect();
        assert_eq!(links, expected, "{header}");
    }

    #[test]
    fn each_relation_has_a_target() {
        assert_links(
            "<list?page=2>; rel=\"next\", </api/list?page=9>; rel=\"last\"",
            &[("next", "list?page=2"), ("last", "/api/list?page=9")],
        );
        assert_links("<a>;rel=next,<b>;rel=prev", &[("next", "a"), ("prev", "b")]);
        assert_links("<a>; rel=\"first prev\"", &[("first", "a"), ("prev", "a")]);
    }

    #[test]
    fn other_parameters_are_passed_over() {
        assert_links(
            "<a>; title=\"1, 2; <b>; rel=\\\"last\\\"\"; REL = next ; type=text/html, <c>; rel=\"up\"",
            &[("next", "a"), ("up", "c")],
        );
        assert_links("<a>; crossorigin; rel=preload; as=style", &[("preload", "a")]);
    }

    #[test]
    fn of_several_relation_parameters_the_first_counts() {
        assert_links("<a>; rel=next; rel=last", &[("next", "a")]);
    }

    #[test]
    fn a_target_may_have_every_sign_of_an_address() {
        assert_links(
            "<https://a.example/?b=1,2;c=\"d\">; rel=next",
            &[("next", "https://a.example/?b=1,2;c=\"d\"")],
        );
    }

    #[test]
    fn what_is_no_link_is_left_out() {
        for header in [
            "",
            "a",
            "<a",
            "<a>",
            "<a>; rel",
            "<a>; rel=\"\"",
            "<a> rel=next",
            ";rel=next",
        ] {
            assert_links(header, &[]);
        }
        assert_links("<a>; rel=\"next", &[("next", "a")]);
        assert_links("nonsense, <b>; rel=prev", &[("prev", "b")]);
    }
}
