//! What all parts of a run share. Nothing of it changes while an edition is being written.

use std::sync::Arc;

use super::Settings;
use super::document::Documents;
use super::inputs::{BackendPlace, Inputs};
use super::pages::PageWriter;
use super::reader::BackendReader;
use crate::backend::Repository;
use crate::edition::EditionError;
use crate::edition::fingerprint::Fingerprint;
use crate::edition::output::Output;
use crate::edition::snapshot::{self, Snapshot};
use crate::newspaper::Newspaper;

/// How many articles are asked of a server at once.
const JOBS_OF_A_SERVER: usize = 6;
/// How many articles are worked on at once for each processor, where the backend is a folder.
const JOBS_A_PROCESSOR: usize = 2;

/// What all parts of a run share.
pub struct Context {
    /// What is to be written, and how.
    pub settings: Settings,
    /// Whose edition it is.
    pub newspaper: Newspaper,
    /// The text of `site.json`, as the browser has it.
    pub site_text: String,
    /// What hosts read: names and contents.
    pub host_files: Vec<(&'static str, String)>,
    /// Changes with everything that is in every page.
    pub key: Fingerprint,
    /// Only articles that were published or modified since then, in seconds since 1970, and the lists.
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
    /// Reads what an edition is made of, and fetches what stands beside every page.
    pub async fn open(settings: Settings) -> Result<Self, EditionError> {
        let inputs = Inputs::read(&settings)?;
        let newspaper = inputs.newspaper;
        let reader = Arc::new(BackendReader::new(Arc::clone(&newspaper.repository)));
        let output = Arc::new(Output::new(&settings.dist, settings.precompress));
        let documents = Documents::new(
            newspaper.clone(),
            inputs.publication,
            inputs.shell,
            inputs.theme,
            &inputs.policy,
            &inputs.site_text,
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

    /// Whether the lists are written: of several machines that write one edition, the first does it.
    pub fn writes_lists(&self) -> bool {
        self.settings.shard.is_none_or(|(index, _)| index == 0)
    }

    /// Whether the pages of an article are to be made by this machine.
    pub fn has_in_share(&self, id: &str) -> bool {
        self.settings
            .shard
            .is_none_or(|(index, count)| Fingerprint::of_texts([id]).0 % count == index)
    }

    /// How many articles are worked on at once: a folder answers as fast as pages are made, a server is not to be flooded.
    pub fn jobs(&self) -> usize {
        let usual = || match self.backend_place {
            BackendPlace::Server => JOBS_OF_A_SERVER,
            BackendPlace::Folder | BackendPlace::Snapshot => {
                JOBS_A_PROCESSOR * std::thread::available_parallelism().map_or(1, usize::from)
            }
        };
        self.settings.jobs.unwrap_or_else(usual).max(1)
    }

    /// Where the edition's data is written, if it is.
    pub fn snapshot(&self) -> Option<Snapshot<'_>> {
        self.settings.snapshot.then_some(Snapshot(&self.output))
    }

    /// The snapshot, if an article's data belongs into it: it is written by this run, or has the article from another run
    /// and would keep an old text otherwise.
    pub fn snapshot_of(&self, id: &str) -> Option<Snapshot<'_>> {
        let snapshot = Snapshot(&self.output);
        let is_read = self.backend_place == BackendPlace::Snapshot;
        let belongs = snapshot::can_name_a_file(id) && (self.settings.snapshot || !is_read && snapshot.has_article(id));
        belongs.then_some(snapshot)
    }
}
