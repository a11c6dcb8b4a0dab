//! The articles that are being made, several at the same time.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures::FutureExt;
use tokio::task::{JoinError, JoinSet};

use super::Progress;
use super::article::{self, ArticleOutcome, Listed};
use super::listed::ListedArticles;
use super::patience::Patience;
use super::run::Run;
use crate::edition::EditionError;
use crate::edition::manifest::PageState;
use crate::model::Address;

/// An article's id, whether it had a page, and the result.
type Done = Result<(String, bool, ArticleOutcome), EditionError>;

/// The articles that are being made.
pub struct Queue<'a, W> {
    at_work: JoinSet<Done>,
    patience: Patience,
    progress: Progress,
    /// How many articles the backend lists but does not have.
    gone: u64,
    /// How many of these have pages of the last edition.
    lost: u64,
    watch: &'a W,
}

impl<'a, W: Fn(Progress)> Queue<'a, W> {
    /// `watch` is called for each article that is done.
    pub fn new(watch: &'a W) -> Self {
        Queue {
            at_work: JoinSet::new(),
            patience: Patience::default(),
            progress: Progress::default(),
            gone: 0,
            lost: 0,
            watch,
        }
    }

    /// Notes how many articles there are, if the backend says so.
    pub fn expect(&mut self, total: Option<u64>) {
        self.progress.total = total.or(self.progress.total);
    }

    /// Tells how many articles the list has so far.
    pub fn listed(&self, count: usize) {
        (self.watch)(Progress {
            listed: Some(count as u64),
            ..self.progress
        });
    }

    /// How many of the finished articles the backend has.
    pub fn articles(&self) -> u64 {
        self.progress.articles - self.gone
    }

    /// How many articles with pages of the last edition the backend lists but does not have.
    pub fn lost(&self) -> u64 {
        self.lost
    }

    /// Begins with an article. If too many are being made, it first waits for one of them.
    pub async fn start(
        &mut self,
        run: &mut Run,
        articles: &Arc<ListedArticles>,
        listed: Listed,
    ) -> Result<(), EditionError> {
        let context = Arc::clone(&run.context);
        if !context.has_in_share(&listed.id) {
            return Ok(());
        }
        while self.at_work.len() >= context.jobs() {
            if let Some(done) = self.at_work.join_next().await {
                self.done(run, done)?;
            }
        }
        let path = Address::Article(&listed.id).path();
        let print = Address::Print(&listed.id).path();
        let had_page = context.output.has_page(&path);
        let is_there = !context.settings.full && had_page && context.output.has_page(&print);
        let known = run.manifest.made_of(&path).filter(|_| is_there);
        let articles = Arc::clone(articles);
        self.at_work.spawn(async move {
            let work = AssertUnwindSafe(article::update(&context, &articles, &listed, known)).catch_unwind();
            // If the program panics on one article, the others are still made.
            let outcome = match work.await {
                Ok(outcome) => outcome?,
                Err(_) => ArticleOutcome::Failed {
                    problem: "its page can't be rendered".to_owned(),
                    is_temporary: false,
                },
            };
            Ok((listed.id, had_page, outcome))
        });
        Ok(())
    }

    /// Waits for all articles that are being made.
    pub async fn finish(&mut self, run: &mut Run) -> Result<(), EditionError> {
        while let Some(done) = self.at_work.join_next().await {
            self.done(run, done)?;
        }
        Ok(())
    }

    fn done(&mut self, run: &mut Run, done: Result<Done, JoinError>) -> Result<(), EditionError> {
        let (id, had_page, outcome) = done.map_err(|error| EditionError::Unusable {
            problem: format!("a page could not be rendered: {error}"),
        })??;
        let path = Address::Article(&id).path();
        self.progress.articles += 1;
        (self.watch)(self.progress);
        if !matches!(outcome, ArticleOutcome::Failed { .. }) {
            self.patience.renew();
        }
        match outcome {
            ArticleOutcome::Unchanged(made_of) => {
                run.summary.articles += 1;
                run.manifest.add(&path, PageState::MadeOf(made_of))
            }
            ArticleOutcome::Rendered(made_of, problems) => {
                run.summary.articles += 1;
                run.summary.rendered += 1;
                let state = run.state_of(made_of, &problems);
                run.summary.add_problems(&format!("article `{id}`"), problems);
                run.manifest.add(&path, state)
            }
            ArticleOutcome::Gone => {
                self.gone += 1;
                self.lost += u64::from(had_page);
                run.summary.add_problem(format!(
                    "article `{id}`: the backend lists it, and answers \"not found\" or nothing when it is asked for it; it \
                     gets no page, though lists lead to it"
                ));
                Ok(())
            }
            ArticleOutcome::Failed { problem, is_temporary } => {
                run.summary.add_problem(format!("article `{id}`: {problem}"));
                // The page of the last edition stays.
                run.manifest.add(&path, PageState::Outdated)?;
                self.patience.fail(is_temporary, problem)
            }
        }
    }
}
