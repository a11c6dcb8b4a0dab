//! The style sheets of an issue.

/// How the newspaper's articles look on paper, in the order of the cascade. The same files are the print page's.
const OF_ARTICLES: [&str; 7] = [
    include_str!("../../../style/tokens.css"),
    include_str!("../../../style/base.css"),
    include_str!("../../../style/article.css"),
    include_str!("../../../style/article-body.css"),
    include_str!("../../../style/article-body-rich.css"),
    include_str!("../../../style/utilities.css"),
    include_str!("../../../style/paper.css"),
];

/// What an issue has besides articles.
const OF_ISSUE: &str = include_str!("../../../style/issue.css");

/// The style sheet of an EPUB. A reader's program has its own idea of most things.
pub const OF_BOOK: &str = include_str!("../../../style/epub.css");

/// The style sheet of the document for paper.
pub fn of_paper() -> String {
    let mut css = OF_ARTICLES.join("\n");
    css.push_str(OF_ISSUE);
    css
}

/// A text as a string of CSS. Nothing in it can end the string or the style sheet.
pub fn string(text: &str) -> String {
    let mut css = String::from("\"");
    for sign in text.chars() {
        if sign.is_alphanumeric() || sign == ' ' {
            css.push(sign);
        } else {
            css.push_str(&format!("\\{:x} ", u32::from(sign)));
        }
    }
    css.push('"');
    css
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_ends_where_it_should_and_nowhere_else() {
        assert_eq!(string("해솔 7"), "\"해솔 7\"");
        assert_eq!(string("\"a\\\n"), r#""\22 a\5c \a ""#);
        assert!(!string("</style>").contains('<'));
    }
}
