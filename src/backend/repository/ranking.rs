//! The articles with the most views, recommendations or comments in a period.

use super::Inquiry;
use super::asking::Variables;
use super::reading::{LeftOut, Reading, text_or_number};
use crate::backend::mapping::{Query, Request, Resource};
use crate::backend::{LoadError, Unmapped, Warning, template};
use crate::json::Rcvar;
use crate::model::{Article, RankedArticle, Ranking, RankingScope};

/// Of a longer answer, the rows after these are not read.
const MOST_ROWS: usize = 5_000;

/// A row of the answer, which becomes an entry of the ranking.
struct Row {
    item: Rcvar,
    /// The article's id; empty until it is known.
    id: String,
    /// The position that the backend gives it; without one, its place in the answer.
    position: u32,
    previous_position: Option<u32>,
    count: Option<u64>,
    /// Empty until it is read.
    article: Article,
}

/// What is wrong with rows: for each field the first mistake, and how many others there are.
#[derive(Default)]
struct Faults {
    fields: Vec<(Unmapped, usize)>,
    /// How many rows were left out besides those whose field names no article.
    rows_left_out: usize,
}

impl Inquiry<'_> {
    /// A ranking, best first.
    pub fn ranking_of(&self, scope: &RankingScope) -> Result<Ranking, LoadError> {
        let resource = Resource::Ranking;
        let (request, variables) = self.request_of(scope)?.ok_or(LoadError::NotOffered { resource })?;
        let Some(reading) = self.reading_of_request(resource, request, variables, None)? else {
            return Ok(Ranking::default());
        };
        let mut faults = Faults::default();
        let rows = match reading.rows(&mut faults) {
            Ok(rows) => reading.with_articles(rows, &mut faults),
            Err(problem) => Err(problem.into()),
        };
        faults.tell(&reading);
        let mut rows = rows?;
        if let Some(slug) = &scope.section
            && !request.asks_for_sections()
        {
            rows.retain(|row| row.article.article_section.iter().any(|section| section.slug == *slug));
            for row in &mut rows {
                // It was one among all sections.
                row.previous_position = None;
            }
        }
        let metric = scope.metric.unwrap_or_else(|| self.offer.usual_metric());
        Ok(Ranking {
            period: Some(scope.period),
            metric: Some(metric.as_str().to_owned()),
            items: numbered(rows, request),
        })
    }

    /// The request of a ranking, and the variables of its address; `None` if there is no such ranking.
    fn request_of(&self, scope: &RankingScope) -> Result<Option<(&Request, Variables)>, LoadError> {
        let mapping = self.mapping()?;
        let metric = scope.metric.unwrap_or_else(|| self.offer.usual_metric());
        for request in mapping.requests(Resource::Ranking) {
            let Some((metric, period)) = request.words(metric, scope.period) else {
                continue;
            };
            let mut variables = self.with_base(Vec::from([
                ("period", period.to_owned()),
                ("metric", metric.to_owned()),
                ("page", "1".to_owned()),
                ("limit", mapping.page_size.to_string()),
            ]));
            if let Some(section) = &scope.section {
                variables.push(("section", section.clone()));
            }
            if self.fits(Resource::Ranking, request, &variables)? {
                return Ok(Some((request, variables)));
            }
        }
        Ok(None)
    }
}

impl Request {
    /// Whether the rows of a ranking only name their articles.
    fn names_articles(&self) -> bool {
        self.article_id.is_some() || self.article_url.is_some()
    }

    /// Whether several rows may be about one article, such as one for each of its addresses or for each day: their counts
    /// are added up. That is so where rows name articles and have no positions.
    fn adds_up(&self) -> bool {
        self.names_articles() && self.position.is_none()
    }

    /// Whether the address of a ranking says which section is wanted. Otherwise, its articles are picked out of the answer.
    fn asks_for_sections(&self) -> bool {
        let mut urls = self.lookup.iter().map(|lookup| &lookup.url).chain([&self.url]);
        urls.any(|url| template::has_variable(url, "section"))
    }
}

impl Reading<'_> {
    /// The rows of the answer, best first. A row that is about no article is skipped, and a figure that can't be read is
    /// left out. It is an error if that is so for all counts.
    fn rows(&self, faults: &mut Faults) -> Result<Vec<Row>, Unmapped> {
        let request = self.request;
        let items = self.items()?;
        let all = items.len();
        let mut rows: Vec<Row> = Vec::new();
        for (place, item) in (1..).zip(items.into_iter().take(MOST_ROWS)) {
            let id = match self.id_in(&item) {
                Ok(Some(id)) => id,
                Ok(None) => continue,
                Err(problem) => {
                    faults.add(problem);
                    continue;
                }
            };
            let mut figure = |query: &Option<Query>, field: &str| {
                let figure = self.count(query, &item, field);
                figure.map_err(|problem| faults.add(problem)).ok().flatten()
            };
            let count = figure(&request.count, "count");
            let position = figure(&request.position, "position");
            let previous_position = figure(&request.previous_position, "previousPosition");
            let small = |figure: u64| u32::try_from(figure).ok();
            rows.push(Row {
                id,
                position: position.and_then(small).unwrap_or(place),
                previous_position: previous_position.and_then(small),
                count,
                article: Article::default(),
                item,
            });
        }
        if rows.is_empty() && all > 0 && faults.fields.is_empty() {
            faults.add(self.no_article(format!("none of the {all} rows is about an article of this newspaper")));
            faults.rows_left_out += all - 1;
        }
        if all > MOST_ROWS {
            self.warn(format!("only the first {MOST_ROWS} of {all} rows are read"));
            faults.rows_left_out += all - MOST_ROWS;
        }
        if !rows.iter().any(|row| row.count.is_some())
            && let Some(index) = faults.fields.iter().position(|(fault, _)| fault.field == "count")
        {
            return Err(faults.fields.remove(index).0);
        }
        Ok(rows)
    }

    /// The id of the article that a row names; empty if the row has the article itself, `None` if it is about no article.
    fn id_in(&self, item: &Rcvar) -> Result<Option<String>, Unmapped> {
        let (request, resource) = (self.request, self.resource.as_str());
        if let Some(query) = &request.article_id {
            let id = query.search(item, resource, "articleId")?;
            if !id.is_null() || request.article_url.is_none() {
                let id = text_or_number(&id).map_err(|problem| query.unmapped(resource, "articleId", problem))?;
                return Ok(Some(id));
            }
        }
        let Some(query) = &request.article_url else {
            return Ok(Some(String::new()));
        };
        let address = query.search(item, resource, "articleUrl")?;
        // An export may have a row for what has no address, such as all others.
        let Some(address) = address.as_string() else {
            return Ok(None);
        };
        let id = self.inquiry.article_at(address);
        id.map_err(|problem| query.unmapped(resource, "articleUrl", problem))
    }

    /// What is wrong with the rows' names of articles.
    fn no_article(&self, problem: String) -> Unmapped {
        let request = self.request;
        let (query, field) = match &request.article_url {
            Some(query) => (Some(query), "articleUrl"),
            None => (request.article_id.as_ref(), "articleId"),
        };
        Unmapped {
            resource: self.resource.as_str().to_owned(),
            field: field.to_owned(),
            expression: query.map_or("", Query::as_str).to_owned(),
            problem,
        }
    }

    /// The rows with their articles, best first, each article once. Where rows only name their articles, each costs a
    /// request, so only the best are loaded.
    fn with_articles(&self, mut rows: Vec<Row>, faults: &mut Faults) -> Result<Vec<Row>, LoadError> {
        let request = self.request;
        let articles = if request.names_articles() {
            rows = merged(rows, request);
            rows.truncate(self.mapping.page_size as usize);
            let ids: Vec<String> = rows.iter().map(|row| row.id.clone()).collect();
            self.inquiry.articles_named(&ids)?
        } else {
            let fields = self.fields();
            let article = |row: &Row| Ok(fields.article(&self.article_in(&row.item)?)?);
            rows.iter().map(article).collect()
        };
        let mut left_out = LeftOut::default();
        let mut complete = Vec::with_capacity(rows.len());
        for (mut row, article) in rows.into_iter().zip(articles) {
            match article {
                Ok(article) => {
                    row.id.clone_from(&article.id);
                    row.article = article;
                    complete.push(row);
                }
                Err(LoadError::NotFound) => {
                    faults.add(self.no_article(format!("the backend has no article `{}`", row.id)));
                }
                Err(problem) => {
                    left_out.add(self, problem);
                    faults.rows_left_out += 1;
                }
            }
        }
        left_out.unless(!complete.is_empty())?;
        let before = complete.len();
        let rows = merged(complete, request);
        if rows.len() < before && !request.adds_up() {
            let twice = before - rows.len();
            self.warn(format!(
                "{twice} rows are about articles that stand in the ranking already"
            ));
            faults.rows_left_out += twice;
        }
        Ok(rows)
    }
}

/// The rows best first, each article once.
fn merged(rows: Vec<Row>, request: &Request) -> Vec<Row> {
    // The rows of one article come together, in their order: an export may have too many to search them for each row.
    let mut rows: Vec<(usize, Row)> = rows.into_iter().enumerate().collect();
    rows.sort_by(|(_, row), (_, other)| row.id.cmp(&other.id));
    // Each article with the place of its first row.
    let mut kept: Vec<(usize, Row)> = Vec::with_capacity(rows.len());
    for (place, row) in rows {
        let known = kept.last_mut().map(|(_, known)| known);
        match known.filter(|known| known.id == row.id) {
            Some(known) if request.adds_up() => {
                let counts = [known.count, row.count].into_iter().flatten();
                known.count = counts.reduce(u64::saturating_add);
            }
            Some(known) if row.position < known.position => *known = row,
            Some(_) => {}
            None => kept.push((place, row)),
        }
    }
    // An export need not be in the order of its sums.
    let is_by_count = request.article_url.is_some() && request.position.is_none();
    kept.sort_by_key(|(place, row)| {
        let order = match row.count {
            Some(count) if is_by_count => u64::MAX - count,
            None if is_by_count => u64::MAX,
            _ => row.position.into(),
        };
        (order, *place)
    });
    kept.into_iter().map(|(_, row)| row).collect()
}

/// The entries of a ranking. Positions that the backend gives may be shared; what is left out leaves no gap.
fn numbered(rows: Vec<Row>, request: &Request) -> Vec<RankedArticle> {
    let has_previous = rows
        .iter()
        .any(|row| row.previous_position.is_some_and(|position| position > 0));
    let mut items: Vec<RankedArticle> = Vec::with_capacity(rows.len());
    let mut before = None;
    for (place, row) in (1..).zip(rows) {
        let shared = items
            .last()
            .filter(|_| request.position.is_some() && before == Some(row.position));
        let position = shared.map_or(place, |entry| entry.position);
        before = Some(row.position);
        items.push(RankedArticle {
            position,
            previous_position: row.previous_position.or(has_previous.then_some(0)),
            count: row.count,
            article: row.article,
        });
    }
    items
}

impl Faults {
    fn add(&mut self, fault: Unmapped) {
        match self.fields.iter_mut().find(|(known, _)| known.field == fault.field) {
            Some((_, more)) => *more += 1,
            None => self.fields.push((fault, 0)),
        }
    }

    /// Tells about them. A long export may have thousands, so those of one field are one warning.
    fn tell(self, reading: &Reading) {
        let mut rows_left_out = self.rows_left_out;
        for (mut fault, more) in self.fields {
            // Without its article, a row is left out; without a figure, it stays.
            if cfg!(not(target_arch = "wasm32")) && fault.field.starts_with("article") {
                rows_left_out += more + 1;
            }
            if more > 0 {
                fault.problem += &format!(", and {more} more rows like that");
            }
            reading.inquiry.surroundings().warn(Warning::Field(fault));
        }
        reading.note_rows_left_out(rows_left_out);
    }
}
