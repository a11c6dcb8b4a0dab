//! The top of the front page, and the line of breaking news.

use std::sync::Arc;

use serde::Serialize;

use super::{Article, Timestamp};

/// The top of the front page.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Front {
    /// The stories that the editors chose, in their order: the first leads. If they chose none, the newest article with a
    /// picture leads alone.
    pub stories: Vec<FrontStory>,
    /// The newest articles that are not among these stories.
    pub latest: Vec<Article>,
}

/// A story that the editors put on the front page.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct FrontStory {
    pub article: Article,
    /// Whether it stands large. The lead always does.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub large: bool,
}

/// The line of breaking news, which stands above everything.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Breaking {
    /// Empty if there is no such line at the moment.
    pub text: String,
    /// The id of the article that it leads to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
    /// The absolute address that it leads to, if that is no article of the newspaper.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// When it ends. It is there if there is a text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

/// How many articles of each section the front page shows.
pub const STORIES_OF_A_SECTION: u32 = 4;
/// How many of the latest articles the top of the front page has, besides the stories that the editors chose.
const LATEST: usize = 8;

impl Front {
    /// The top of the front page: the stories that the editors chose, and the newest articles, the newest first. Without
    /// stories, the newest article with a picture leads; without such an article, the newest one. No article is there
    /// twice.
    pub fn new(mut stories: Vec<FrontStory>, mut latest: Vec<Article>) -> Self {
        if stories.is_empty() && !latest.is_empty() {
            let lead = latest.iter().position(|article| article.image.is_some());
            stories.push(FrontStory {
                article: latest.remove(lead.unwrap_or(0)),
                large: false,
            });
        }
        latest.retain(|article| stories.iter().all(|story| story.article.id != article.id));
        latest.truncate(LATEST);
        Front { stories, latest }
    }

    /// The ids of all its articles.
    pub fn ids(&self) -> Arc<[String]> {
        self.articles().map(|article| article.id.clone()).collect()
    }

    /// All its articles, in the order in which they stand.
    pub fn articles(&self) -> impl Iterator<Item = &Article> {
        self.stories.iter().map(|story| &story.article).chain(&self.latest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ImageObject;

    fn article(id: &str, has_picture: bool) -> Article {
        Article {
            id: id.to_owned(),
            image: has_picture.then(ImageObject::default),
            ..Article::default()
        }
    }

    fn ids(front: &Front) -> String {
        let ids: Vec<&str> = front.articles().map(|article| article.id.as_str()).collect();
        ids.join(" ")
    }

    #[test]
    fn without_a_choice_the_newest_article_with_a_picture_leads() {
        let latest = Vec::from([article("3", false), article("2", true), article("1", true)]);
        assert_eq!(ids(&Front::new(Vec::new(), latest)), "2 3 1");
        let latest = Vec::from([article("3", false), article("2", false)]);
        assert_eq!(ids(&Front::new(Vec::new(), latest)), "3 2");
        assert_eq!(Front::new(Vec::new(), Vec::new()), Front::default());
    }

    #[test]
    fn the_stories_of_the_editors_stand_before_the_newest_and_not_among_them() {
        let story = |id: &str| FrontStory {
            article: article(id, false),
            large: false,
        };
        let latest = (0..20).rev().map(|id| article(&id.to_string(), true)).collect();
        let front = Front::new(Vec::from([story("18"), story("2")]), latest);
        assert_eq!(ids(&front), "18 2 19 17 16 15 14 13 12 11");
    }
}
