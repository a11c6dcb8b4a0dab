//! The usual names of an article's fields in the answers of backends, and the search for them in an answer.

use serde_json::Value;

/// A list of articles is searched at most this deep in an answer.
const MAX_LIST_DEPTH: usize = 4;
/// A field is searched at most this deep in an article.
const MAX_FIELD_DEPTH: usize = 3;

/// For each field, its usual names, the most likely first; in lower case, without hyphens and underscores.
pub const USUAL_NAMES: &[(&str, &[&str])] = &[
    (
        "id",
        &[
            "id",
            "uuid",
            "guid",
            "articleid",
            "newsid",
            "slug",
            "no",
            "idx",
            "seq",
            "kennung",
        ],
    ),
    (
        "headline",
        &["headline", "title", "webtitle", "subject", "heading", "name", "titel"],
    ),
    (
        "alternativeHeadline",
        &["alternativeheadline", "subtitle", "subheadline", "subhead", "kicker"],
    ),
    (
        "description",
        &[
            "description",
            "summary",
            "excerpt",
            "lead",
            "standfirst",
            "abstract",
            "teaser",
            "vorspann",
        ],
    ),
    (
        "articleBody",
        &[
            "articlebody",
            "bodyhtml",
            "contenthtml",
            "body",
            "content",
            "html",
            "text",
            "fulltext",
        ],
    ),
    (
        "datePublished",
        &[
            "datepublished",
            "publishedat",
            "published",
            "pubdate",
            "publishdate",
            "createdat",
            "created",
            "date",
            "regdate",
        ],
    ),
    (
        "dateModified",
        &[
            "datemodified",
            "modifiedat",
            "updatedat",
            "modified",
            "updated",
            "lastmodified",
        ],
    ),
    (
        "author",
        &[
            "author", "authors", "byline", "reporter", "writer", "creator", "autoren",
        ],
    ),
    (
        "articleSection",
        &[
            "articlesection",
            "section",
            "sections",
            "category",
            "categories",
            "ressort",
        ],
    ),
    ("keywords", &["keywords", "tags", "taglist"]),
    (
        "image",
        &[
            "image",
            "imageurl",
            "featuredimage",
            "cover",
            "coverimage",
            "thumbnail",
            "thumbnailurl",
            "photo",
            "picture",
        ],
    ),
    ("url", &["url", "link", "permalink", "weburl", "canonicalurl"]),
];

/// A value in an answer, and the JMESPath expression that finds it.
pub type Located<'a> = (String, &'a Value);

/// The first list of objects in a document with something like a headline: the list's path, which begins with `body`,
/// and its first object.
pub fn list_of_articles(document: &Value) -> Option<Located<'_>> {
    list(document, "body", 0)
}

fn list<'a>(value: &'a Value, path: &str, depth: usize) -> Option<Located<'a>> {
    match value {
        Value::Array(items) => {
            let first = items.iter().find(|item| item.is_object())?;
            field(first, "headline").map(|_| (path.to_owned(), first))
        }
        Value::Object(members) if depth < MAX_LIST_DEPTH => members
            .iter()
            .find_map(|(name, member)| list(member, &format!("{path}.{}", identifier(name)), depth + 1)),
        _ => None,
    }
}

/// The field of an article with one of its usual names.
pub fn field<'a>(article: &'a Value, name: &str) -> Option<Located<'a>> {
    let (_, names) = USUAL_NAMES.iter().find(|(field, _)| *field == name)?;
    member(article, names)
}

/// The member with one of these names that is not null. A member near the root comes before a deeper one, and the first
/// name before the next.
pub fn member<'a>(item: &'a Value, names: &[&str]) -> Option<Located<'a>> {
    let mut level: Vec<Located> = vec![(String::new(), item)];
    for _ in 0..MAX_FIELD_DEPTH {
        let mut below = Vec::new();
        for (path, value) in level {
            for (name, member) in value.as_object().into_iter().flatten() {
                let separator = if path.is_empty() { "" } else { "." };
                below.push((format!("{path}{separator}{}", identifier(name)), name, member));
            }
        }
        let plain = |name: &str| name.to_lowercase().replace(['-', '_'], "");
        let found = names.iter().find_map(|wanted| {
            below
                .iter()
                .find(|(_, name, member)| plain(name) == *wanted && !member.is_null())
        });
        if let Some((path, _, value)) = found {
            return Some((path.clone(), value));
        }
        level = below.into_iter().map(|(path, _, value)| (path, value)).collect();
    }
    None
}

/// A member's name as JMESPath writes it.
pub fn identifier(name: &str) -> String {
    let is_plain = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    if is_plain {
        name.to_owned()
    } else {
        Value::from(name).to_string()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_field_near_the_root_is_taken_before_one_far_from_it() {
        let article = json!({ "meta": { "title": "far" }, "web-title": "near" });
        assert_eq!(
            field(&article, "headline"),
            Some(("\"web-title\"".to_owned(), &json!("near")))
        );
    }

    #[test]
    fn a_list_of_articles_is_found_in_envelopes_and_not_deeper_than_is_usual() {
        let list = json!([7, { "title": "A" }]);
        let document = json!({ "ok": true, "readings": [{ "celsius": 4 }], "result": { "story-list": list } });
        let found = list_of_articles(&document).map(|(path, _)| path);
        assert_eq!(found.as_deref(), Some("body.result.\"story-list\""));
        let deep = json!({ "a": { "b": { "c": { "d": { "e": list } } } } });
        assert_eq!(list_of_articles(&deep), None);
    }
}
