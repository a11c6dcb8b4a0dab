//! The line of breaking news.

use crate::json::Rcvar;

use super::Inquiry;
use super::asking::Variables;
use super::reading::{Reading, text_or_number};
use crate::backend::mapping::{Query, Resource};
use crate::backend::{LoadError, Unmapped, Warning};
use crate::model::{Breaking, Timestamp};
use crate::platform;

/// A line that would stand longer than this, in seconds, is a mistake.
const LONGEST_SECONDS: i64 = 7 * 24 * 3600;

impl Inquiry<'_> {
    /// The line of breaking news for a page, which stands whatever has happened to this line. When an edition is written, a
    /// line that can't be loaded counts as none.
    pub fn breaking_or_none(&self) -> Result<Breaking, LoadError> {
        let line = self.breaking();
        match line {
            Err(error) if !matches!(error, LoadError::NotOffered { .. }) => {
                self.left_out(Resource::Breaking, &error);
                if cfg!(target_arch = "wasm32") {
                    return Err(error);
                }
                Ok(Breaking::default())
            }
            line => line,
        }
    }

    /// The line of breaking news; without text if there is none at the moment.
    pub fn breaking(&self) -> Result<Breaking, LoadError> {
        let resource = Resource::Breaking;
        if !self.offers(resource) {
            return Err(LoadError::NotOffered { resource });
        }
        match self.reading_of(resource, &Variables::new(), None)? {
            Some(reading) => Ok(reading.breaking()?),
            None => Ok(Breaking::default()),
        }
    }

    /// Tells that a resource can't be read, and that the page does without it.
    pub(super) fn left_out(&self, resource: Resource, error: &LoadError) {
        self.surroundings().warn(Warning::Part {
            resource: resource.as_str().to_owned(),
            part: "all of it".to_owned(),
            problem: error.to_string(),
        });
    }
}

impl Reading<'_> {
    fn breaking(&self) -> Result<Breaking, Unmapped> {
        let request = self.request;
        let resource = self.resource.as_str();
        let body = self.envelope.get_field("body");
        let item = match &request.item {
            Some(query) => query.search(&self.envelope, resource, "item")?,
            None => body,
        };
        let find = |query: &Option<Query>, member: &str| match query {
            Some(query) => query.search(&item, resource, member),
            None => Ok(item.get_field(member)),
        };
        let fields = self.fields();
        let text = find(&request.text, "text")?;
        let text = match &request.text {
            Some(_) => fields.text("headline", &text).ok().flatten(),
            None => text.as_string().map(|text| text.trim().to_owned()),
        };
        let Some(text) = text.filter(|text| !text.is_empty()) else {
            if !item.is_null() && item.as_object().is_none_or(|item| !item.is_empty()) {
                self.refuse("text", "it has no text");
            }
            return Ok(Breaking::default());
        };
        let until = find(&request.until, "until")?;
        let Some(until) = self.end(&until) else {
            return Ok(Breaking::default());
        };
        let address = find(&request.link, "url")?;
        let url = address.as_string().and_then(|address| {
            let url = platform::link_url(&self.inquiry.site_url, address);
            if url.is_none() {
                self.refuse("url", &format!("`{address}` is no web address"));
            }
            url
        });
        Ok(Breaking {
            text,
            article: text_or_number(&*find(&request.article_id, "id")?).ok(),
            url,
            until: Some(until),
        })
    }

    /// When the line ends, if that is to come, and soon enough.
    fn end(&self, found: &Rcvar) -> Option<Timestamp> {
        let date = match self.fields().date(found) {
            Ok(Some(date)) => date,
            Ok(None) => {
                self.refuse("until", "it has no end; write one, such as `2026-11-30T18:00:00+09:00`");
                return None;
            }
            Err(problem) => {
                self.refuse("until", &problem);
                return None;
            }
        };
        let hours = self.request.hours;
        let until = Timestamp {
            unix: date.unix + i64::from(hours.unwrap_or(0)) * 3600,
        };
        let iso = until.civil(0).iso();
        let left = until.unix - platform::now() as i64;
        if left <= 0 {
            // An article that was breaking news is no mistake.
            if hours.is_none() {
                self.refuse("until", &format!("its end, {iso}, is over"));
            }
            return None;
        }
        if left > LONGEST_SECONDS {
            self.refuse("until", &format!("its end, {iso}, is more than 7 days ahead"));
            return None;
        }
        Some(until)
    }

    /// Tells why the line is not shown, or its link.
    fn refuse(&self, part: &str, problem: &str) {
        self.warn(format!("breaking news, left out `{part}`: {problem}"));
    }
}
