//! What gisa does itself because the backend can't: search a whole list, and divide it into pages.

use crate::model::{Article, ArticleList};
use crate::platform;

/// The articles that contain every one of the words in headline, description, keywords, sections or authors.
pub fn matching(items: Vec<Article>, words: &str) -> Vec<Article> {
    let words: Vec<String> = words.split_whitespace().map(platform::lowercase).collect();
    let matches = |article: &Article| {
        let names = article.author.iter().map(|author| &author.name);
        let sections = article.article_section.iter().map(|section| &section.name);
        let texts = [&article.headline, &article.description];
        let texts = texts
            .into_iter()
            .chain(&article.alternative_headline)
            .chain(&article.keywords);
        let text = texts
            .chain(names)
            .chain(sections)
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join("\n");
        let text = platform::lowercase(&text);
        !words.is_empty() && words.iter().all(|word| text.contains(word))
    };
    items.into_iter().filter(matches).collect()
}

/// The articles that are in the section with this slug.
pub fn in_section(items: Vec<Article>, slug: &str) -> Vec<Article> {
    let is_of = |article: &Article| article.article_section.iter().any(|section| section.slug == slug);
    items.into_iter().filter(is_of).collect()
}

/// The items of a page, from 1, with `size` items a page.
pub fn page_of<T>(items: Vec<T>, page: u32, size: u32) -> Vec<T> {
    let before = (page.saturating_sub(1) as usize).saturating_mul(size as usize);
    items.into_iter().skip(before).take(size as usize).collect()
}

/// A page, from 1, of a complete list.
pub fn cut_out(articles: Vec<Article>, page: u32, size: u32) -> ArticleList {
    let total = articles.len();
    let pages = total.div_ceil(size.max(1) as usize) as u32;
    ArticleList {
        items: page_of(articles, page, size),
        page: Some(page),
        pages: Some(pages),
        total: Some(total as u64),
        next: (page < pages).then(|| page + 1),
        ..ArticleList::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_the_items_of_its_place() {
        assert_eq!(page_of(vec![1, 2, 3, 4, 5], 2, 2), [3, 4]);
        assert_eq!(page_of(vec![1, 2, 3, 4, 5], 3, 2), [5]);
        assert!(page_of(vec![1, 2, 3], u32::MAX, u32::MAX).is_empty());
        assert_eq!(
            page_of(vec![1, 2, 3], 0, 2),
            [1, 2],
            "there is no page before the first"
        );
    }

    #[test]
    fn a_whole_list_knows_its_pages() {
        let article = |id: u32| Article {
            id: id.to_string(),
            ..Article::default()
        };
        let list = cut_out((1..=5).map(article).collect(), 2, 2);
        assert_eq!(
            (list.items.len(), list.pages, list.total, list.next),
            (2, Some(3), Some(5), Some(3))
        );
        let last = cut_out((1..=5).map(article).collect(), 3, 2);
        assert_eq!((last.items.len(), last.next), (1, None));
    }
}
