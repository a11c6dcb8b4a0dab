//! The values that all parts of a run share. They do not change during the run.

use std::sync::Arc;

use super::Settings;
use super::document::Documents;
use super::inputs::Inputs;
use super::pages::PageWriter;
use super::reader::BackendReader;
use super::requests;
use crate::backend::Repository;
use crate::edition::EditionError;
use crate::edition::fingerprint::Fingerprint;
use crate::edition::opening::BackendPlace;
use crate::edition::output::Output;
use crate::edition::snapshot::{self, Snapshot};
use crate::newspaper::Newspaper;

/// The values that all parts of a run share.
pub struct Context {
    /// What is to be written, and how.
    pub settings: Settings,
    /// The newspaper whose edition it is.
    pub newspaper: Newspaper,
    /// The text of `site.json` as the browser gets it.
    pub site_text: String,
    /// The names and contents of the files for hosts.
    pub host_files: Vec<(&'static str, String)>,
    /// A fingerprint of everything that is the same in every page.
    pub key: Fingerprint,
    /// Only articles that were published or modified since this time, in seconds since 1970, and the lists; `None` for
    /// all.
    pub since: Option<i64>,
    /// Where the backend is.
    pub backend_place: BackendPlace,
    /// Reads the backend.
    pub reader: Arc<BackendReader>,
    /// The edition's folder.
    pub output: Arc<Output>,
    /// Makes pages.
    pub pages: PageWriter,
}

impl Context {
    /// Reads what an edition is made from, and loads the parts that every page has.
    pub async fn open(settings: Settings) -> Result<Self, EditionError> {
        let inputs = Inputs::read(&settings)?;
        let newspaper = inputs.newspaper;
        let reader = Arc::new(BackendReader::new(Arc::clone(&newspaper.repository)));
        let output = Arc::new(Output::new(&settings.dist, settings.precompress));
        let requests = requests::table(&newspaper).await;
        let documents = Documents::new(
            newspaper.clone(),
            inputs.publication,
            inputs.shell,
            inputs.theme,
            &inputs.policy,
            &inputs.site_text,
            requests,
        );
        let pages = PageWriter::new(newspaper.clone(), documents, Arc::clone(&reader), Arc::clone(&output)).await?;
        Ok(Context {
            newspaper,
            site_text: inputs.site_text,
            host_files: inputs.host_files,
            key: inputs.key,
            since: inputs.since,
            backend_place: inputs.backend_place,
            reader,
            output,
            pages,
            settings,
        })
    }

    /// The backend's repository.
    pub fn repository(&self) -> &Repository {
        self.reader.repository()
    }

    /// Whether this run writes the lists. If several machines write one edition, only the first one does.
    pub fn writes_lists(&self) -> bool {
        self.settings.shard.is_none_or(|(index, _)| index == 0)
    }

    /// Whether this machine makes the pages of the article.
    pub fn has_in_share(&self, id: &str) -> bool {
        self.settings
            .shard
            .is_none_or(|(index, count)| Fingerprint::of_texts([id]).0 % count == index)
    }

    /// How many articles are made at the same time.
    pub fn jobs(&self) -> usize {
        self.settings.jobs.unwrap_or_else(|| self.backend_place.jobs()).max(1)
    }

    /// The place for the edition's data; `None` if it is not written.
    pub fn snapshot(&self) -> Option<Snapshot<'_>> {
        self.settings.snapshot.then_some(Snapshot(&self.output))
    }

    /// The snapshot, if the article's data has to be written into it: either this run writes the snapshot, or it has
    /// the article from another run, whose text would become outdated.
    pub fn snapshot_of(&self, id: &str) -> Option<Snapshot<'_>> {
        let snapshot = Snapshot(&self.output);
        let is_read = self.backend_place == BackendPlace::Snapshot;
        let belongs = snapshot::can_name_a_file(id) && (self.settings.snapshot || !is_read && snapshot.has_article(id));
        belongs.then_some(snapshot)
    }
}
