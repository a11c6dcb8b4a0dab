//! What is odd about a backend's answers, apart from their content, and what to do about it.

use std::collections::HashSet;

use crate::json::Variable;

use super::finding::Finding;
use super::inspection::Inspection;
use super::report::ResourceReport;
use crate::backend::surroundings::{Event, Exchange};
use crate::backend::transport::charset;
use crate::backend::{Field, OWN_ORIGIN, Repository, Resource};
use crate::model::ArticleList;

/// JavaScript has exact whole numbers below this one (2^53). Systems written in it round greater ones.
const GREATEST_EXACT: f64 = 9_007_199_254_740_992.0;

/// Adds what is odd about one answer.
pub fn add_oddities(exchange: &Exchange, report: &mut ResourceReport) {
    let Ok(answer) = &exchange.answer else {
        return;
    };
    if exchange.is_garbled {
        report.add(Finding::Garbled);
    }
    if let Some(charset) = answer.header("content-type").and_then(foreign_charset) {
        report.add(Finding::ForeignCharset { charset });
    }
    if let Some(withheld) = &exchange.withheld {
        report.add(Finding::NoPermission {
            omitted: withheld.clone(),
        });
    }
}

/// The charset of a content type; `None` if it is UTF-8, or if there is none.
fn foreign_charset(content_type: &str) -> Option<String> {
    charset(content_type).filter(|charset| !matches!(&**charset, "utf-8" | "utf8" | "us-ascii" | ""))
}

impl Inspection<'_> {
    /// Adds what is odd about the first page of the newest articles, and whether the second page has other articles.
    pub(super) async fn add_oddities_of_pages(
        &self,
        list: &ArticleList,
        events: &[Event],
        report: &mut ResourceReport,
    ) {
        let repository = &*self.newspaper.repository;
        let items = list.items.len();
        let size = repository.page_size() as usize;
        if items > 0 && items < size && !report.has_problems() && list.total.is_some_and(|total| total > items as u64) {
            report.add(Finding::ShortPage {
                requested: size,
                arrived: items,
            });
        }
        self.add_hidden_totals(repository, list, events, report);
        if let Some(id) = events.iter().find_map(inexact_id) {
            report.add(Finding::InexactId { id });
        }
        let is_short = items > 0 && items < size && list.total.is_none() && list.pages.is_none();
        if list.next != Some(2) && !is_short {
            return;
        }
        let ids = |list: &ArticleList| -> HashSet<String> { list.items.iter().map(|item| item.id.clone()).collect() };
        let second = self.list(Resource::Latest, None, repository.latest(2)).await;
        match &second.value {
            Some(second) if !second.items.is_empty() && ids(second).is_subset(&ids(list)) => {
                report.add(Finding::RepeatedPage);
            }
            Some(second) if is_short && !second.items.is_empty() => report.add(Finding::UnknownLimit {
                requested: size,
                arrived: items,
            }),
            Some(_) => {}
            // A page behind the last one may be an error.
            None if is_short => {}
            None => second
                .report
                .findings
                .into_iter()
                .for_each(|finding| report.add(finding)),
        }
    }

    /// Numbers of articles and pages that the mapping finds in a header, which a proxy may remove and CORS may hide.
    fn add_hidden_totals(
        &self,
        repository: &Repository,
        list: &ArticleList,
        events: &[Event],
        report: &mut ResourceReport,
    ) {
        let mut expressions = repository.expressions_of_totals();
        expressions.retain(|expression| expression.starts_with("headers."));
        if list.total.is_none() && list.pages.is_none() && !expressions.is_empty() {
            report.add(Finding::NoTotals {
                expressions: expressions.clone(),
            });
        }
        let Some(origin) = &self.surroundings.origin else {
            return;
        };
        for event in events {
            let Event::Exchange(exchange) = event else { continue };
            let Ok(answer) = &exchange.answer else { continue };
            if exchange.url.starts_with(OWN_ORIGIN) || exchange.url.starts_with(&format!("{origin}/")) {
                continue;
            }
            let exposed = answer
                .header("access-control-expose-headers")
                .unwrap_or_default()
                .to_ascii_lowercase();
            let is_exposed = |name: &str| {
                exposed
                    .split(',')
                    .any(|exposed| matches!(exposed.trim(), "*") || exposed.trim() == name)
            };
            let is_used = |name: &str| {
                expressions
                    .iter()
                    .any(|expression| expression.contains(&format!("\"{name}\"")))
            };
            for (name, _) in &answer.headers {
                if is_used(name) && !is_exposed(name) {
                    report.add(Finding::HiddenHeader { name: name.clone() });
                }
            }
        }
    }
}

/// The id of an article, if it is a number that is not exact in JavaScript.
fn inexact_id(event: &Event) -> Option<String> {
    let Event::Article(found) = event else { return None };
    let id = found.iter().find(|found| found.field == Field::Id)?;
    match id.value.as_ref().map(|value| &**value) {
        Ok(Variable::Number(number)) if number.as_f64()?.abs() >= GREATEST_EXACT => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_another_charset_than_utf_8_is_foreign() {
        assert_eq!(
            foreign_charset("application/json; Charset=\"EUC-KR\"; x=y").as_deref(),
            Some("euc-kr")
        );
        for usual in [
            "application/json",
            "application/json; charset=UTF-8",
            "text/html;charset=utf8",
        ] {
            assert_eq!(foreign_charset(usual), None, "{usual}");
        }
    }
}
