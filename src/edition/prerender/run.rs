//! One run: the order of its steps, and what it leaves for the next run.

use std::sync::Arc;

use super::articles;
use super::context::Context;
use super::reader::Problems;
use super::{Progress, Summary, lists, only, removal};
use crate::backend::Resource;
use crate::edition::EditionError;
use crate::edition::fingerprint::Fingerprint;
use crate::edition::manifest::{Manifest, PageState};

/// The name of the manifest in the edition's folder.
const MANIFEST: &str = ".gisa-edition";

/// One run.
pub struct Run {
    /// The values that do not change during the run.
    pub context: Arc<Context>,
    /// The pages of the last edition, and of this one.
    pub manifest: Manifest,
    /// What was done and what was left out.
    pub summary: Summary,
}

impl Run {
    /// Opens the manifest, and removes the unfinished files of a killed run.
    pub fn new(context: Arc<Context>) -> Result<Self, EditionError> {
        let settings = &context.settings;
        let name = match settings.shard {
            Some((index, count)) => format!("{MANIFEST}-{}-of-{count}", index + 1),
            None => MANIFEST.to_owned(),
        };
        let manifest = Manifest::open(&settings.dist.join(name))?;
        if manifest.follows_a_killed_run {
            context.output.remove_leftovers()?;
        }
        Ok(Run {
            context,
            manifest,
            summary: Summary::default(),
        })
    }

    /// Writes everything that the settings ask for. `watch` is called with the progress.
    pub async fn all(&mut self, watch: &impl Fn(Progress)) -> Result<(), EditionError> {
        let context = Arc::clone(&self.context);
        for problem in context.pages.problems_beside() {
            self.summary.add_problem(format!("beside every page: {problem}"));
        }
        if context.settings.only.is_empty() {
            self.whole(watch).await?;
        }
        for path in &context.settings.only {
            only::write(self, path).await?;
        }
        if context.writes_lists() {
            context.output.update_copies()?;
        }
        Ok(())
    }

    async fn whole(&mut self, watch: &impl Fn(Progress)) -> Result<(), EditionError> {
        let context = Arc::clone(&self.context);
        let mut listing = articles::write(self, &context, watch).await?;
        removal::check_that_most_are_there(self, &listing)?;
        articles::accept(&context, &mut listing)?;
        // Lists link to articles, so they are written after them.
        if context.writes_lists() {
            lists::write(self, listing).await?;
        }
        if context.since.is_none() {
            removal::remove_gone(self).await?;
        }
        Ok(())
    }

    /// The state of a page that was made from this content. A page in which something is missing is made again the next
    /// time.
    pub fn state_of(&self, made_of: Fingerprint, problems: &Problems) -> PageState {
        if problems.is_empty() && self.context.pages.problems_beside().is_empty() {
            PageState::MadeOf(made_of)
        } else {
            PageState::Outdated
        }
    }

    /// Writes the manifest and completes the summary, after a run that ended with `result`. Pages that the run did not
    /// reach stay in the manifest as they were.
    pub fn finish(mut self, result: Result<(), EditionError>, summary: &mut Summary) -> Result<(), EditionError> {
        let settings = &self.context.settings;
        let is_partial = result.is_err() || self.context.since.is_some() || !settings.only.is_empty();
        let kept = if is_partial {
            self.manifest.keep(|_| true)
        } else {
            Ok(())
        };
        let kept = kept.and_then(|()| self.manifest.finish());
        let written = self.context.output.written();
        let repository = self.context.repository();
        *summary = Summary {
            written: written.files,
            unchanged: written.unchanged,
            bytes: written.bytes,
            rows_of_rankings_left_out: repository.rows_left_out(Resource::Ranking),
            front_stories_left_out: repository.rows_left_out(Resource::Front),
            ..self.summary
        };
        // The error that ended the run matters more than one while writing the manifest.
        result.and(kept)
    }
}
