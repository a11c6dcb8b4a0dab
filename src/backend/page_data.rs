//! The data of a written page, in gisa's own JSON. It stands in the page, so that the program builds the same page when
//! it wakes it up. The page's article and what is beside the page's own content stand in the document already, so the data
//! has little of them.

use std::sync::Arc;
#[cfg(not(target_arch = "wasm32"))]
use std::sync::Mutex;

use crate::json::{Rcvar, Variable};

use super::LoadError;
use super::wanted::{Answered, AnyWanted, Payload};
use crate::json::met;
use crate::model::{
    Article, ArticleList, Breaking, Front, FrontStory, ImageFile, ImageObject, InteractionStatistic, Neighbours,
    RankedArticle, Ranking, Section, Timestamp,
};
use crate::platform;

/// In a page's data, the addresses of the newspaper's own files begin with this, because it is not known yet where the
/// edition will be served from.
pub const OWN_ORIGIN: &str = "http://self.invalid/";

/// How long the data of a page counts as fresh, in seconds; the same time as for answers
/// (docs/decisions/0010-refresh.md).
pub const FRESH_SECONDS: f64 = 300.0;

/// Answers by key.
#[derive(Default)]
pub struct PageData {
    answers: Vec<(String, Answered)>,
    /// The fingerprints of answers that stand in the document, by key. Where an answer is missing in the document, too, the
    /// fingerprint is empty.
    written: Vec<(String, String)>,
    /// When the data was read from a page, in seconds since 1970; `None` if it was not.
    read_at: Option<f64>,
    /// What was requested and is not here.
    #[cfg(not(target_arch = "wasm32"))]
    missed: Mutex<Vec<AnyWanted>>,
}

impl PageData {
    /// Reads the data that [`PageData::write`] wrote into a page. `folder` is the newspaper's own address, absolute,
    /// with a slash at its end. `has_article` says whether the document has the article that the data may name; if something
    /// has removed it, the article has to be loaded.
    pub fn read(text: &str, folder: &str, has_article: bool) -> Result<Self, String> {
        let text = text.replace(OWN_ORIGIN, folder);
        let document = Variable::from_json(&text).map_err(|error| error.to_string())?;
        let Variable::Object(members) = document else {
            return Err(met(&document));
        };
        let mut data = PageData {
            read_at: Some(platform::now()),
            ..PageData::default()
        };
        for (key, value) in members {
            if let Variable::String(fingerprint) = &*value {
                data.written.push((key, fingerprint.clone()));
                continue;
            }
            let answer = match &*value {
                Variable::Null => Err(LoadError::NotFound),
                value => Ok(payload(&key, value).ok_or_else(|| format!("`{key}` has an article without an id"))?),
            };
            if has_article || !matches!(answer, Ok(Payload::Article(_))) {
                data.answers.push((key, answer));
            }
        }
        Ok(data)
    }

    /// Whether the data is so old that the backend may have something newer.
    pub fn is_old(&self) -> bool {
        self.read_at
            .is_some_and(|read_at| platform::now() - read_at > FRESH_SECONDS)
    }

    /// The fingerprint of the answer to this, if that stands in the document.
    pub fn written(&self, wanted: &AnyWanted) -> Option<&str> {
        let key = wanted.key();
        let (_, fingerprint) = self.written.iter().find(|(known, _)| *known == key)?;
        Some(fingerprint)
    }

    /// The answer to this, if it is here. The page's article can't be compared with a newer one, so it is not used when it
    /// is old.
    pub fn get(&self, wanted: &AnyWanted) -> Option<Answered> {
        let key = wanted.key();
        let (_, answer) = self.answers.iter().find(|(known, _)| *known == key)?;
        let is_over = matches!(answer, Ok(Payload::Article(article)) if article.is_in_document && self.is_old());
        (!is_over).then(|| answer.clone())
    }
}

// The data was written by `gisa prerender` from the model, so it is read as it stands: without a mapping, and without
// checks that were made when it was written. `None` everywhere means that an article has no id.

fn payload(key: &str, value: &Variable) -> Option<Payload> {
    Some(match key.split('/').next() {
        Some("article") => Payload::Article(Arc::new(Article {
            is_in_document: true,
            ..article(value)?
        })),
        Some("neighbours") => {
            let neighbour = |name| match member(value, name) {
                Some(neighbour @ Variable::Object(_)) => Some(Some(Arc::new(article(neighbour)?))),
                _ => Some(None),
            };
            Payload::Neighbours(Arc::new(Neighbours {
                previous: neighbour("previous")?,
                next: neighbour("next")?,
            }))
        }
        Some("ranking") => {
            let ranked = |item: &Rcvar| {
                Some(RankedArticle {
                    position: number(item, "position").unwrap_or(0),
                    previous_position: number(item, "previousPosition"),
                    count: number(item, "count"),
                    article: article(member(item, "article")?)?,
                })
            };
            let items: Option<Vec<RankedArticle>> = list(value, "items").iter().map(ranked).collect();
            Payload::Ranking(Arc::new(Ranking {
                items: items?,
                ..Ranking::default()
            }))
        }
        Some("front") => {
            let story = |story: &Rcvar| {
                Some(FrontStory {
                    article: article(member(story, "article")?)?,
                    large: member(story, "large").is_some(),
                })
            };
            let stories: Option<Vec<FrontStory>> = list(value, "stories").iter().map(story).collect();
            let latest: Option<Vec<Article>> = list(value, "latest").iter().map(|item| article(item)).collect();
            Payload::Front(Arc::new(Front {
                stories: stories?,
                latest: latest?,
            }))
        }
        Some("breaking") => {
            let some = |name| Some(text(value, name)).filter(|text| !text.is_empty());
            Payload::Breaking(Arc::new(Breaking {
                text: text(value, "text"),
                article: some("article"),
                url: some("url"),
                until: Timestamp::from_iso(&text(value, "until")),
            }))
        }
        _ => {
            let items: Option<Vec<Article>> = list(value, "items").iter().map(|item| article(item)).collect();
            Payload::List(Arc::new(ArticleList {
                items: items?,
                page: number(value, "page"),
                pages: number(value, "pages"),
                total: number(value, "total"),
                next: number(value, "next"),
                ..ArticleList::default()
            }))
        }
    })
}

/// An article as [`Payload::as_shown`] leaves it.
fn article(value: &Variable) -> Option<Article> {
    let section = |section: &Rcvar| Section {
        name: text(section, "name"),
        slug: text(section, "slug"),
    };
    let picked = |id: &Rcvar| Article {
        id: id.as_string().cloned().unwrap_or_default(),
        ..Article::default()
    };
    let moment = |name| Timestamp::from_iso(&text(value, name));
    Some(Article {
        id: Some(text(value, "id")).filter(|id| !id.is_empty())?,
        headline: text(value, "headline"),
        alternative_headline: list(value, "alternativeHeadline")
            .iter()
            .filter_map(|subhead| subhead.as_string().cloned())
            .collect(),
        description: text(value, "description"),
        date_published: moment("datePublished"),
        date_modified: moment("dateModified"),
        article_section: list(value, "articleSection").iter().map(section).collect(),
        related: list(value, "related").iter().map(picked).collect(),
        image: member(value, "image").map(image),
        interaction_statistic: InteractionStatistic {
            likes: member(value, "interactionStatistic").and_then(|counts| number(counts, "likes")),
            ..InteractionStatistic::default()
        },
        ..Article::default()
    })
}

fn image(value: &Variable) -> ImageObject {
    let file = |file: &Rcvar| ImageFile {
        url: text(file, "url"),
        width: number(file, "width").unwrap_or(0),
        height: number(file, "height").unwrap_or(0),
    };
    ImageObject {
        url: text(value, "url"),
        width: number(value, "width"),
        height: number(value, "height"),
        alternate_name: text(value, "alternateName"),
        sizes: list(value, "sizes").iter().map(file).collect(),
        ..ImageObject::default()
    }
}

fn member<'a>(value: &'a Variable, name: &str) -> Option<&'a Variable> {
    value.as_object()?.get(name).map(|member| &**member)
}

fn text(value: &Variable, name: &str) -> String {
    let text = member(value, name).and_then(Variable::as_string);
    text.cloned().unwrap_or_default()
}

fn list<'a>(value: &'a Variable, name: &str) -> &'a [Rcvar] {
    let list = member(value, name).and_then(Variable::as_array);
    list.map(Vec::as_slice).unwrap_or_default()
}

fn number<T: TryFrom<u64>>(value: &Variable, name: &str) -> Option<T> {
    // JSON has been written with whole numbers only.
    let number = member(value, name)?.as_number()?;
    T::try_from(number as u64).ok()
}

/// An article as [`Article::in_a_list`] leaves it, from its JSON. `None` if it can't be read.
#[cfg(not(target_arch = "wasm32"))]
pub fn listed_article(json: &[u8]) -> Option<Article> {
    article(&Variable::from_json(std::str::from_utf8(json).ok()?).ok()?)
}

#[cfg(not(target_arch = "wasm32"))]
impl PageData {
    /// Adds an answer.
    pub fn add(&mut self, wanted: &AnyWanted, answer: Answered) {
        if wanted.is_beside() {
            let fingerprint = answer.as_ref().map(Payload::fingerprint);
            self.written.push((wanted.key(), fingerprint.unwrap_or_default()));
        }
        self.answers.push((wanted.key(), answer));
    }

    /// The answer to this as a payload, if it is here and not an error.
    pub fn payload(&self, wanted: &AnyWanted) -> Option<Payload> {
        self.get(wanted).and_then(Result::ok)
    }

    /// Notes that this was requested and is not here.
    pub fn miss(&self, wanted: &AnyWanted) {
        let mut missed = self.missed();
        if !missed.contains(wanted) {
            missed.push(wanted.clone());
        }
    }

    fn missed(&self) -> std::sync::MutexGuard<'_, Vec<AnyWanted>> {
        // The list is consistent between any two statements, so it can be used after a panic.
        self.missed.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Whether everything that was requested so far is here.
    pub fn is_complete(&self) -> bool {
        self.missed().is_empty()
    }

    /// What was requested since the last call and is not here.
    pub fn take_missed(&self) -> Vec<AnyWanted> {
        std::mem::take(&mut self.missed())
    }

    /// The answers as JSON. An answer with a temporary error is left out, so that the browser requests it again.
    pub fn write(&self) -> Result<String, serde_json::Error> {
        let mut text = String::from("{");
        for (key, answer) in &self.answers {
            let written = self.written.iter().find(|(known, _)| known == key);
            let value = match (written, answer) {
                (Some((_, fingerprint)), _) => serde_json::to_string(fingerprint)?,
                (None, Ok(payload)) => payload.to_json()?,
                (None, Err(LoadError::NotFound)) => "null".to_owned(),
                (None, Err(_)) => continue,
            };
            if text.len() > 1 {
                text.push(',');
            }
            text.push_str(&serde_json::to_string(key)?);
            text.push(':');
            text.push_str(&value);
        }
        text.push('}');
        // So no text in it can end the script element around it, or begin a comment.
        Ok(text.replace('<', "\\u003c"))
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    const FOLDER: &str = "https://news.example/";

    fn article(id: &str) -> Article {
        Article {
            id: id.to_owned(),
            headline: "\u{201c}굴\u{201d} <b> & 335톤</script>".to_owned(),
            alternative_headline: Vec::from(["하나".to_owned(), "둘".to_owned()]),
            description: "A summary".to_owned(),
            date_published: Timestamp::from_iso("2026-11-20T08:42:08Z"),
            date_modified: Timestamp::from_iso("2026-11-21T00:00:00Z"),
            article_section: Vec::from([Section {
                name: "군정·의회".to_owned(),
                slug: "gunjeong".to_owned(),
            }]),
            image: Some(ImageObject {
                url: [OWN_ORIGIN, "a.jpg"].concat(),
                width: Some(1200),
                height: Some(800),
                alternate_name: "A boat".to_owned(),
                sizes: Vec::from([ImageFile {
                    url: "https://img.example/a-600.jpg".to_owned(),
                    width: 600,
                    height: 400,
                }]),
                ..ImageObject::default()
            }),
            interaction_statistic: InteractionStatistic {
                views: Some(7),
                likes: Some(46),
                comments: Some(1),
            },
            ..Article::default()
        }
    }

    /// What is read of an answer that was written.
    fn through_the_page(wanted: &AnyWanted, payload: &Payload) -> Payload {
        let mut data = PageData::default();
        data.add(wanted, Ok(payload.clone()));
        let text = data.write().expect("JSON");
        assert!(!text.contains('<'), "{text}");
        let data = PageData::read(&text, FOLDER, true).expect("what was written");
        data.payload(wanted).expect("the answer")
    }

    /// The answer as it is in the newspaper's folder.
    fn in_folder(payload: Payload) -> Payload {
        let mut text = payload;
        let move_image = |article: &mut Article| {
            if let Some(image) = &mut article.image {
                image.url = image.url.replace(OWN_ORIGIN, FOLDER);
            }
        };
        match &mut text {
            Payload::List(list) => Arc::make_mut(list).items.iter_mut().for_each(move_image),
            Payload::Ranking(ranking) => {
                let items = Arc::make_mut(ranking).items.iter_mut();
                items.for_each(|item| move_image(&mut item.article));
            }
            _ => {}
        }
        text
    }

    #[test]
    fn a_page_brings_all_that_its_lists_show() {
        let list = Payload::List(Arc::new(ArticleList {
            items: Vec::from([
                article("1"),
                Article {
                    id: "2".to_owned(),
                    ..Article::default()
                },
            ]),
            page: Some(2),
            pages: Some(9),
            total: Some(5_000_000_000),
            next: Some(3),
            ..ArticleList::default()
        }));
        let shown = list.as_shown();
        assert_eq!(through_the_page(&AnyWanted::Latest(2), &shown), in_folder(shown));
    }

    #[test]
    fn a_page_brings_its_ranking_and_its_neighbours() {
        let ranked = |position, count: Option<u64>| RankedArticle {
            position,
            previous_position: count.map(|_| 0),
            count,
            article: article("7"),
        };
        let ranking = Payload::Ranking(Arc::new(Ranking {
            items: Vec::from([ranked(1, Some(120)), ranked(2, None)]),
            ..Ranking::default()
        }));
        let shown = ranking.as_shown();
        let scope = crate::model::RankingScope {
            period: crate::model::Period::Week,
            metric: None,
            section: None,
        };
        let wanted = AnyWanted::Ranking(scope, None);
        assert_eq!(through_the_page(&wanted, &shown), in_folder(shown));

        let neighbours = Payload::Neighbours(Arc::new(Neighbours {
            previous: Some(Arc::new(article("6"))),
            next: None,
        }));
        let shown = neighbours.as_shown();
        let wanted = AnyWanted::Neighbours(Arc::new(article("7")));
        assert_eq!(through_the_page(&wanted, &shown), shown);
    }

    #[test]
    fn a_page_brings_of_its_article_what_stands_around_it() {
        let wanted = AnyWanted::Article("7".to_owned());
        let Payload::Article(read) = through_the_page(&wanted, &Payload::Article(Arc::new(article("7")))) else {
            panic!("not an article");
        };
        assert!(read.is_in_document);
        assert_eq!(read.interaction_statistic.likes, Some(46));
        assert_eq!(read.article_section, article("7").article_section);
        assert_eq!(read.date_published, article("7").date_published);
    }

    #[test]
    fn what_the_backend_does_not_have_is_not_asked_for_again() {
        let mut data = PageData::default();
        data.add(&AnyWanted::Today(None), Err(LoadError::NotFound));
        let data = PageData::read(&data.write().expect("JSON"), FOLDER, true).expect("what was written");
        assert_eq!(data.get(&AnyWanted::Today(None)), Some(Err(LoadError::NotFound)));
    }

    #[test]
    fn data_that_is_not_what_was_written_is_named() {
        for text in [
            "",
            "[]",
            "7",
            r#"{"latest//1": {"items": [{"headline": "A"}]}}"#,
            r#"{"article/7": {}}"#,
        ] {
            assert!(PageData::read(text, FOLDER, true).is_err(), "{text}");
        }
    }
}
