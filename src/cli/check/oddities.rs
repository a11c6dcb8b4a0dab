//! What an editor would notice in several articles of her own newspaper: accounts as authors, descriptions that are cut,
//! pictures that are too small, dates in the future, …

mod texts;

use std::collections::HashMap;

pub use self::texts::shortcode;
use self::texts::{beginning, comparable, ending, markup, wrong_charset};
use super::finding::{Counted, Finding, Share};
use super::markup::Unsafe;
use crate::backend::{Field, OWN_ORIGIN, Warning, transport};
use crate::html::Cut;
use crate::model::{Article, ImageObject, Timestamp, plain_text};
use crate::platform;

/// Values have to be the same in so many articles to be odd.
const FEWEST_THE_SAME: usize = 3;
/// A description with more characters than this is a text of its own.
const LONGEST_DESCRIPTION: usize = 700;
/// A lead image that is narrower, in pixels, is blurred on a telephone too.
const NARROWEST_PICTURE: u32 = 480;
/// Clocks may differ by so much.
const CLOCKS_DIFFER_SECONDS: i64 = 300;
/// If the newest article is older, in days, something may keep the newer ones back.
const OLD_NEWS_DAYS: i64 = 30;
const DAY_SECONDS: i64 = 86_400;

/// An article that was opened.
#[derive(Clone, Debug, Default)]
pub struct Opened {
    pub article: Article,
    /// The same article as the list of the newest has it.
    pub listed: Option<Article>,
    /// The fields for which the mapping has an expression.
    pub mapped: Vec<Field>,
    /// What of its body is never shown.
    pub dropped: Unsafe,
    /// The first shortcode of its body whose content is never shown.
    pub shortcode: Option<String>,
    /// What was left out of it.
    pub warnings: Vec<Warning>,
}

/// What the newspaper says of itself.
pub struct Paper<'a> {
    pub name: &'a str,
    /// The slugs of its sections.
    pub sections: Vec<&'a str>,
    /// Its IANA time zone.
    pub time_zone: &'a str,
    /// Seconds since 1970.
    pub now: i64,
    /// Whether readers find it at an address of https.
    pub is_https: bool,
    /// Whether the newspaper and its backend are on the Internet, and not on the publisher's own machine.
    pub is_public: bool,
}

/// What is odd about these articles, which are in the order of the list. The worst comes first.
pub fn oddities(opened: &[Opened], paper: &Paper) -> Vec<Finding> {
    let sample = Sample { opened, paper };
    let mut found = Vec::new();
    if opened.is_empty() {
        return found;
    }
    sample.bodies(&mut found);
    sample.unreadable(&mut found);
    sample.wrong_texts(&mut found);
    sample.addresses(&mut found);
    sample.dates(&mut found);
    sample.authors(&mut found);
    sample.headlines(&mut found);
    sample.descriptions(&mut found);
    sample.pictures(&mut found);
    sample.sections(&mut found);
    sample.missing(&mut found);
    sample.counts(&mut found);
    // What matters more comes first; of the same level, in the order of above.
    found.sort_by_key(Finding::level);
    found
}

struct Sample<'a> {
    opened: &'a [Opened],
    paper: &'a Paper<'a>,
}

impl Sample<'_> {
    fn of(&self) -> usize {
        self.opened.len()
    }

    /// The articles for which this holds; `None` if there are none.
    fn share(&self, holds: impl Fn(&Opened) -> bool) -> Option<Share> {
        let articles = self.opened.iter().filter(|opened| holds(opened));
        let articles: Vec<String> = articles.map(|opened| opened.article.id.clone()).collect();
        (!articles.is_empty()).then(|| Share {
            articles,
            of: self.of(),
        })
    }

    /// The same, if it holds for at least half of several articles: a single one may be meant like that.
    fn usual(&self, holds: impl Fn(&Opened) -> bool) -> Option<Share> {
        self.share(holds)
            .filter(|share| share.count() >= 2 && share.count() * 2 >= share.of)
    }

    /// The articles for which `find` finds something, and what it finds first.
    fn first<T>(&self, find: impl Fn(&Article) -> Option<T>) -> Option<(Share, T)> {
        let share = self.share(|opened| find(&opened.article).is_some())?;
        let first = self.opened.iter().find_map(|opened| find(&opened.article))?;
        Some((share, first))
    }

    /// The value that all articles have, if there are enough of them.
    fn all_the_same(&self, value: impl Fn(&Article) -> Option<String>) -> Option<(Share, String)> {
        let first = value(&self.opened.first()?.article)?;
        let share = self.share(|opened| value(&opened.article).as_ref() == Some(&first))?;
        (share.is_all() && share.of >= FEWEST_THE_SAME).then_some((share, first))
    }

    fn add_all_the_same(
        &self,
        field: Field,
        value: impl Fn(&Article) -> Option<String>,
        found: &mut Vec<Finding>,
    ) -> bool {
        let same = self.all_the_same(value);
        let is_same = same.is_some();
        found.extend(same.map(|(share, value)| Finding::AllTheSame { field, share, value }));
        is_same
    }

    fn bodies(&self, found: &mut Vec<Finding>) {
        let text = |opened: &Opened| plain_text(&opened.article.article_body);
        let is_empty = |opened: &Opened| opened.article.article_body.is_empty() && !opened.article.is_withheld();
        if self.of() > 1 {
            found.extend(self.share(is_empty).map(|share| Finding::EmptyBodies { share }));
        }
        let ends_early = |opened: &Opened| ending(&text(opened)).is_some_and(|ending| ending.is_certain);
        let is_description = |opened: &Opened| {
            let description = &opened.article.description;
            let stem = ending(description).map_or(description.as_str(), |ending| ending.stem);
            let body = comparable(&text(opened));
            let has_text_only = image_count(&opened.article) == 0;
            has_text_only && !body.is_empty() && body == comparable(stem)
        };
        let summary = self.usual(|opened| ends_early(opened) || is_description(opened));
        let summary = summary.or_else(|| self.share(ends_early));
        found.extend(summary.map(|share| Finding::BodyIsSummary { share }));
        self.cut_bodies(found);
        let share = self.share(|opened| opened.dropped != Unsafe::default());
        found.extend(share.map(|share| Finding::PartsDropped {
            share,
            dropped: self.opened.iter().map(|opened| opened.dropped).sum(),
        }));
        let share = self.share(|opened| opened.shortcode.is_some());
        let first = self.opened.iter().find_map(|opened| opened.shortcode.clone());
        found.extend(
            share
                .zip(first)
                .map(|(share, first)| Finding::Shortcodes { share, first }),
        );
        let repeats = self.usual(|opened| {
            let headline = comparable(&opened.article.headline);
            headline.chars().count() >= 6 && comparable(&text(opened)).starts_with(&headline)
        });
        found.extend(repeats.map(|share| Finding::HeadlineInBody { share }));
        let same = |article: &Article| Some(plain_text(&article.article_body)).filter(|text| !text.is_empty());
        if let Some((share, text)) = self.all_the_same(same) {
            let value = beginning(&text);
            found.push(Finding::AllTheSame {
                field: Field::ArticleBody,
                share,
                value,
            });
        }
    }

    /// Bodies that are cut, and blocks that were left out.
    fn cut_bodies(&self, found: &mut Vec<Finding>) {
        let cut = |opened: &Opened| {
            opened.warnings.iter().find_map(|warning| match warning {
                Warning::Body { why, .. } => Some(*why),
                _ => None,
            })
        };
        for why in [Cut::TooLong, Cut::TooManyElements, Cut::TooManyAttributes] {
            let share = self.share(|opened| cut(opened) == Some(why));
            found.extend(share.map(|share| Finding::BodyCut { share, why }));
        }
        let block = |opened: &Opened| {
            opened.warnings.iter().find_map(|warning| match warning {
                Warning::Block(problem) => Some(problem.clone()),
                _ => None,
            })
        };
        if let Some(share) = self.share(|opened| block(opened).is_some())
            && let Some(first) = self.opened.iter().find_map(block)
        {
            found.push(Finding::BlocksLeftOut { share, first });
        }
    }

    /// Fields that can't be read in several articles. A single one is told with the article.
    fn unreadable(&self, found: &mut Vec<Finding>) {
        for field in crate::backend::surroundings::ARTICLE_FIELDS {
            let problem = |opened: &Opened| {
                opened.warnings.iter().find_map(|warning| match warning {
                    Warning::Field(unmapped) if unmapped.field == field.as_str() => Some(unmapped.problem.clone()),
                    _ => None,
                })
            };
            let share = self.share(|opened| problem(opened).is_some());
            if let Some(share) = share.filter(|share| share.count() > 1)
                && let Some(problem) = self.opened.iter().find_map(problem)
            {
                found.push(Finding::OftenUnreadable { field, share, problem });
            }
        }
    }

    /// Texts in a wrong charset, and texts with markup that readers see.
    fn wrong_texts(&self, found: &mut Vec<Finding>) {
        for field in [
            Field::Headline,
            Field::Description,
            Field::Author,
            Field::ArticleSection,
        ] {
            let garbled = self.first(|article| texts_of(article, field).iter().find_map(|text| wrong_charset(text)));
            found.extend(garbled.map(|(share, first)| Finding::WrongCharset { field, share, first }));
            let seen = self.first(|article| texts_of(article, field).into_iter().find_map(markup));
            found.extend(seen.map(|(share, first)| Finding::Markup { field, share, first }));
        }
        let body = self.first(|article| {
            let text = plain_text(&article.article_body);
            text.contains('\u{fffd}').then(|| beginning(&text))
        });
        found.extend(body.map(|(share, first)| Finding::WrongCharset {
            field: Field::ArticleBody,
            share,
            first,
        }));
    }

    fn addresses(&self, found: &mut Vec<Finding>) {
        if self.paper.is_public {
            for field in [Field::Image, Field::Url] {
                let private = self.first(|article| {
                    let address = match field {
                        Field::Image => article.image.as_ref().map(|image| &image.url),
                        _ => article.url.as_ref(),
                    };
                    address
                        .filter(|address| !address.starts_with(OWN_ORIGIN) && transport::is_private_by_name(address))
                        .cloned()
                });
                found.extend(private.map(|(share, first)| Finding::PrivateAddresses { field, share, first }));
            }
        }
        if self.paper.is_https {
            let share = self.share(|opened| {
                let image = opened.article.image.as_ref();
                image.is_some_and(|image| image.url.starts_with("http:") && !image.url.starts_with(OWN_ORIGIN))
            });
            found.extend(share.map(|share| Finding::InsecurePictures { share }));
        }
    }

    fn dates(&self, found: &mut Vec<Finding>) {
        let now = self.paper.now;
        let ahead = |opened: &Opened| opened.article.date_published.map_or(0, |date| date.unix - now);
        let share = self.share(|opened| ahead(opened) > CLOCKS_DIFFER_SECONDS);
        found.extend(share.map(|share| Finding::FutureDates {
            share,
            hours: (self.opened.iter().map(ahead).max().unwrap_or(0) + 3599) / 3600,
        }));
        let is_same = self.add_all_the_same(
            Field::DatePublished,
            |article| article.date_published.map(|date| self.local(date)),
            found,
        );
        if !is_same {
            let midnight = |article: &Article| article.date_published.filter(|date| self.is_midnight(*date));
            let share = self.share(|opened| midnight(&opened.article).is_some());
            let share = share.filter(|share| share.is_all() && share.of >= FEWEST_THE_SAME);
            found.extend(share.map(|share| Finding::DatesWithoutTime { share }));
        }
        // An article that was written ahead of its date is older than that date.
        let share = self.usual(|opened| {
            let (published, modified) = (opened.article.date_published, opened.article.date_modified);
            published
                .zip(modified)
                .is_some_and(|(published, modified)| modified < published)
        });
        found.extend(share.map(|share| Finding::ModifiedBeforePublished { share }));
        let listed = self.opened.iter().filter_map(|opened| opened.listed.as_ref());
        let dates: Vec<Timestamp> = listed.filter_map(|article| article.date_published).collect();
        let steps = dates.len().saturating_sub(1);
        let back = dates.windows(2).filter(|pair| pair[0] < pair[1]).count();
        // The first ones may be pinned.
        if steps >= 3 && back * 3 > steps {
            found.push(Finding::NotNewestFirst {
                is_reversed: back == steps,
            });
        }
        let days = dates.iter().max().map_or(0, |newest| (now - newest.unix) / DAY_SECONDS);
        if days >= OLD_NEWS_DAYS {
            found.push(Finding::OldNews { days });
        }
    }

    fn local(&self, date: Timestamp) -> String {
        date.civil(platform::zone_offset(self.paper.time_zone, date)).iso()
    }

    /// Whether it is midnight in the newspaper's time zone or in UTC.
    fn is_midnight(&self, date: Timestamp) -> bool {
        let offset = i64::from(platform::zone_offset(self.paper.time_zone, date));
        date.unix.rem_euclid(DAY_SECONDS) == 0 || (date.unix + offset).rem_euclid(DAY_SECONDS) == 0
    }

    fn authors(&self, found: &mut Vec<Finding>) {
        let account = |article: &Article| {
            let name = article.author.iter().find(|author| texts::is_account(&author.name));
            name.map(|author| author.name.clone())
        };
        if let Some(share) = self.share(|opened| account(&opened.article).is_some()) {
            let mut names: Vec<String> = Vec::new();
            for name in self.opened.iter().filter_map(|opened| account(&opened.article)) {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            found.push(Finding::AccountAsAuthor { share, names });
            return;
        }
        self.add_all_the_same(
            Field::Author,
            |article| {
                let names: Vec<&str> = article.author.iter().map(|author| author.name.as_str()).collect();
                Some(names.join(", ")).filter(|names| !names.is_empty())
            },
            found,
        );
    }

    fn headlines(&self, found: &mut Vec<Finding>) {
        let headline = |is_such: &dyn Fn(&str) -> bool| {
            self.first(|article| Some(article.headline.clone()).filter(|headline| is_such(headline)))
        };
        let placeholder = self.first(|article| texts::is_placeholder(article).then(|| article.headline.clone()));
        found.extend(placeholder.map(|(share, headline)| Finding::Placeholder { share, headline }));
        let mut ids: HashMap<&str, Vec<String>> = HashMap::new();
        for opened in self.opened {
            let headline = opened.article.headline.as_str();
            ids.entry(headline).or_default().push(opened.article.id.clone());
        }
        let most = self.opened.iter().map(|opened| opened.article.headline.as_str());
        let most = most.max_by_key(|headline| ids.get(headline).map_or(0, Vec::len));
        if let Some(headline) = most.filter(|headline| !headline.is_empty())
            && let Some(articles) = ids.remove(headline).filter(|articles| articles.len() > 1)
        {
            found.push(Finding::Duplicates {
                share: Share {
                    articles,
                    of: self.of(),
                },
                headline: headline.to_owned(),
            });
        }
        let capitals = headline(&texts::is_in_capitals).filter(|(share, _)| share.count() > 1 || share.is_all());
        found.extend(capitals.map(|(share, first)| Finding::Capitals { share, first }));
        let named = headline(&|headline| texts::ends_in_name(headline, self.paper.name));
        let named = named.filter(|(share, _)| share.count() > 1 && share.count() * 2 >= share.of);
        found.extend(named.map(|(share, first)| Finding::NameInHeadline { share, first }));
    }

    fn descriptions(&self, found: &mut Vec<Finding>) {
        let end = |opened: &Opened| ending(&opened.article.description).map(|ending| (ending.mark, ending.is_certain));
        let mut marks: Vec<(&str, bool)> = self.opened.iter().filter_map(end).collect();
        marks.sort_unstable();
        marks.dedup();
        let cut = marks.into_iter().filter_map(|mark| {
            let is_such = |opened: &Opened| end(opened) == Some(mark);
            // An author may end a sentence with an ellipsis.
            let share = if mark.1 {
                self.share(is_such)
            } else {
                self.usual(is_such)
            };
            share.map(|share| (share, mark.0))
        });
        let most = cut.max_by_key(|(share, _)| share.count());
        found.extend(most.map(|(share, mark)| Finding::CutDescriptions {
            share,
            ending: mark.to_owned(),
        }));
        let share = self.usual(|opened| {
            let description = comparable(&opened.article.description);
            !description.is_empty() && description == comparable(&opened.article.headline)
        });
        found.extend(share.map(|share| Finding::HeadlineAsDescription { share }));
        let share = self.usual(|opened| opened.article.description.chars().count() > LONGEST_DESCRIPTION);
        found.extend(share.map(|share| Finding::LongDescriptions { share }));
        let description =
            |article: &Article| Some(article.description.clone()).filter(|description| !description.is_empty());
        if let Some((share, text)) = self.all_the_same(description) {
            found.push(Finding::AllTheSame {
                field: Field::Description,
                share,
                value: beginning(&text),
            });
        }
    }

    fn pictures(&self, found: &mut Vec<Finding>) {
        let pixels = |opened: &Opened| opened.article.image.as_ref().and_then(widest);
        let is_small = |opened: &Opened| pixels(opened).is_some_and(|pixels| pixels < NARROWEST_PICTURE);
        let pictures = self
            .opened
            .iter()
            .filter(|opened| opened.article.image.is_some())
            .count();
        // The portrait in a single article may be small.
        if let Some(share) = self.share(is_small).filter(|share| share.count() * 2 >= pictures) {
            let small = self.opened.iter().filter(|opened| is_small(opened)).filter_map(pixels);
            let pixels = small.max().unwrap_or(0);
            found.push(Finding::SmallPictures { share, pixels });
        }
        self.add_all_the_same(
            Field::Image,
            |article| article.image.as_ref().map(|image| image.url.clone()),
            found,
        );
        let share = self.usual(|opened| {
            let image = opened.article.image.as_ref();
            image.is_some_and(|image| image.alternate_name.is_empty() && image.caption.is_empty())
        });
        found.extend(share.map(|share| Finding::NoAlternativeText { share }));
    }

    fn sections(&self, found: &mut Vec<Finding>) {
        let none = self.first(|article| {
            let names = article.article_section.iter().map(|section| &section.name);
            names.into_iter().find(|name| texts::is_uncategorised(name)).cloned()
        });
        if let Some((share, name)) = none {
            found.push(Finding::Uncategorised { share, name });
        } else {
            self.add_all_the_same(
                Field::ArticleSection,
                |article| article.primary_section().map(|section| section.name.clone()),
                found,
            );
        }
        let is_listed = |slug: &str| self.paper.sections.contains(&slug);
        let is_unlisted = |opened: &Opened| {
            let sections = &opened.article.article_section;
            !sections.is_empty() && !sections.iter().any(|section| is_listed(&section.slug))
        };
        if self.paper.sections.is_empty() {
            return;
        }
        if let Some(share) = self.share(is_unlisted) {
            let mut slugs: Vec<String> = Vec::new();
            for opened in self.opened.iter().filter(|opened| is_unlisted(opened)) {
                for section in &opened.article.article_section {
                    if !slugs.contains(&section.slug) {
                        slugs.push(section.slug.clone());
                    }
                }
            }
            found.push(Finding::UnlistedSections { share, slugs });
        }
    }

    fn missing(&self, found: &mut Vec<Finding>) {
        for field in [
            Field::DatePublished,
            Field::Author,
            Field::Image,
            Field::ArticleSection,
            Field::Description,
        ] {
            let share = self.share(|opened| !has(&opened.article, field));
            // Not every article has a picture.
            let share = share.filter(|share| field != Field::Image || share.count() * 2 > share.of);
            let is_mapped = self.opened.iter().any(|opened| opened.mapped.contains(&field));
            found.extend(share.map(|share| Finding::Missing {
                field,
                share,
                is_mapped,
            }));
        }
        for field in [Field::DatePublished, Field::Image] {
            let share = self.usual(|opened| {
                let listed = opened.listed.as_ref();
                has(&opened.article, field) && listed.is_some_and(|listed| !has(listed, field))
            });
            found.extend(share.map(|share| Finding::MissingInList { field, share }));
        }
    }

    fn counts(&self, found: &mut Vec<Finding>) {
        let value = |opened: &Opened, counted: Counted| {
            let counts = opened.article.interaction_statistic;
            match counted {
                Counted::Views => counts.views,
                Counted::Likes => counts.likes,
                Counted::Comments => counts.comments,
            }
        };
        let mut counts = [Counted::Views, Counted::Likes, Counted::Comments].to_vec();
        counts.retain(|counted| {
            let known: Vec<u64> = self
                .opened
                .iter()
                .filter_map(|opened| value(opened, *counted))
                .collect();
            known.len() >= FEWEST_THE_SAME && known.iter().all(|count| *count == 0)
        });
        let share = self.share(|opened| counts.iter().any(|counted| value(opened, *counted).is_some()));
        found.extend(share.map(|share| Finding::AlwaysZero { share, counts }));
    }
}

/// Whether an article has a field that articles usually have.
fn has(article: &Article, field: Field) -> bool {
    match field {
        Field::DatePublished => article.date_published.is_some(),
        Field::Author => !article.author.is_empty(),
        Field::Image => article.image.is_some(),
        Field::ArticleSection => !article.article_section.is_empty(),
        Field::Description => !article.description.is_empty(),
        _ => true,
    }
}

/// The plain texts of a field.
fn texts_of(article: &Article, field: Field) -> Vec<&str> {
    match field {
        Field::Headline => vec![&article.headline],
        Field::Description => vec![&article.description],
        Field::Author => article.author.iter().map(|author| author.name.as_str()).collect(),
        Field::ArticleSection => {
            let sections = article.article_section.iter();
            sections.map(|section| section.name.as_str()).collect()
        }
        _ => Vec::new(),
    }
}

/// How many pictures and embeds a body has.
fn image_count(article: &Article) -> usize {
    let mut count = 0;
    for content in &article.article_body {
        content.walk(&mut |content| {
            use crate::model::Content;
            count += usize::from(matches!(content, Content::Image(_) | Content::Embed(_)));
        });
    }
    count
}

/// The width of the widest file of an image in pixels, as the backend says it or as WordPress writes it into the name of
/// the file (`bridge-150x150.jpg`); `None` if nothing says it.
fn widest(image: &ImageObject) -> Option<u32> {
    let files = image.sizes.iter().map(|file| file.width).filter(|width| *width > 0);
    image.width.into_iter().chain(files).max().or_else(|| {
        let (stem, _) = image.url.rsplit_once('.')?;
        let (_, size) = stem.rsplit_once('-')?;
        let (width, height) = size.split_once('x')?;
        height.parse::<u32>().ok()?;
        width.parse().ok()
    })
}

#[cfg(test)]
mod tests;
