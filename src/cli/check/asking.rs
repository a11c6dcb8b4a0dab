//! Requests one resource like the newspaper, and reports the requests and their results.

use super::answers::add_oddities;
use super::cors;
use super::finding::Finding;
use super::inspection::Inspection;
use super::report::{RequestReport, ResourceOutcome, ResourceReport, public};
use crate::backend::surroundings::{Event, Exchange};
use crate::backend::{LoadError, Resource, Warning};
use crate::model::ArticleList;

/// At most this many problems of the same kind are listed.
const MOST_PROBLEMS: usize = 5;

/// The result of requesting a resource.
pub struct Asked<T> {
    /// The requests, and whether something arrived.
    pub report: ResourceReport,
    /// What arrived.
    pub value: Option<T>,
    /// The events during the request.
    pub events: Vec<Event>,
}

impl Inspection<'_> {
    /// Requests a list, and counts its articles.
    pub(super) async fn list(
        &self,
        resource: Resource,
        of: Option<&str>,
        work: impl Future<Output = Result<ArticleList, LoadError>>,
    ) -> Asked<ArticleList> {
        let mut asked = self.ask(resource, of, work).await;
        if let Some(list) = &asked.value {
            asked.report.count(list.items.len(), list.total);
        }
        asked
    }

    /// Runs `work`, which requests a resource. `of` says which one, as in [`ResourceReport::of`].
    pub(super) async fn ask<T>(
        &self,
        resource: Resource,
        of: Option<&str>,
        work: impl Future<Output = Result<T, LoadError>>,
    ) -> Asked<T> {
        (self.watch)(resource, of);
        // Without kept answers, each resource is requested from the server, and its time is measured.
        self.newspaper.repository.refresh();
        let result = work.await;
        let events = self.record.take();
        let mut report = ResourceReport::new(resource, of, ResourceOutcome::Arrived);
        let is_refused = self.report_events(&events, &mut report);
        let value = match result {
            Ok(value) => Some(value),
            Err(LoadError::NotOffered { .. }) => {
                report.outcome = ResourceOutcome::NotOffered;
                None
            }
            Err(error) => {
                report.outcome = ResourceOutcome::Failed;
                report.add(error.into());
                None
            }
        };
        if is_refused {
            report.outcome = ResourceOutcome::Failed;
        }
        Asked { report, value, events }
    }

    /// Reports requests and warnings. Returns whether a browser would refuse one of the answers.
    fn report_events(&self, events: &[Event], report: &mut ResourceReport) -> bool {
        let mut is_refused = false;
        let mut warnings = Vec::new();
        for event in events {
            match event {
                Event::Exchange(exchange) => {
                    report.requests.push(request(exchange));
                    add_oddities(exchange, report);
                    let origin = self.surroundings.origin.as_deref();
                    if let Some(refusal) = origin.and_then(|origin| cors::refusal(origin, exchange)) {
                        is_refused = true;
                        report.add(refusal);
                    }
                }
                // Warnings about single articles are reported field by field, but this one is about the answer.
                Event::Warning(warning @ Warning::Answer { .. }) => report.add(Finding::LeftOut {
                    warning: warning.clone(),
                }),
                Event::Warning(warning) if !warnings.contains(&warning) => warnings.push(warning),
                Event::Warning(_) => {}
                Event::Article(_) => {}
            }
        }
        if report.resource != Resource::Article {
            let more = warnings.len().saturating_sub(MOST_PROBLEMS);
            for warning in warnings.into_iter().take(MOST_PROBLEMS) {
                report.add(Finding::LeftOut {
                    warning: warning.clone(),
                });
            }
            if more > 0 {
                report.add(Finding::AndMore { count: more });
            }
        }
        is_refused
    }
}

fn request(exchange: &Exchange) -> RequestReport {
    RequestReport {
        address: public(&exchange.url),
        status: exchange.answer.as_ref().ok().map(|answer| answer.status),
        milliseconds: exchange.duration.as_millis().try_into().unwrap_or(u64::MAX),
    }
}
