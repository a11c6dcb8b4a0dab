//! What is done here because the backend does not: searching, and cutting a page out of a whole list.

use crate::model::{Article, ArticleList};

/// Those articles in whose headline, description, keywords, sections or authors every word occurs.
pub fn matching(items: Vec<Article>, words: &str) -> Vec<Article> {
    let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
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
            .map(|text| text.to_lowercase())
            .collect::<Vec<_>>()
            .join("\n");
        !words.is_empty() && words.iter().all(|word| text.contains(word))
    };
    items.into_iter().filter(matches).collect()
}

pub fn in_section(items: Vec<Article>, slug: &str) -> Vec<Article> {
    let is_of = |article: &Article| article.article_section.iter().any(|section| section.slug == slug);
    items.into_iter().filter(is_of).collect()
}

/// A page of a list that is all there.
pub fn cut_out(articles: Vec<Article>, page: u32, limit: u32) -> ArticleList {
    let total = articles.len();
    let start = (page.saturating_sub(1) as usize).saturating_mul(limit as usize);
    let items: Vec<Article> = articles.into_iter().skip(start).take(limit as usize).collect();
    let pages = total.div_ceil(limit.max(1) as usize) as u32;
    ArticleList {
        items,
        page: Some(page),
        pages: Some(pages),
        total: Some(total as u64),
        next: (page < pages).then(|| page + 1),
    }
}
