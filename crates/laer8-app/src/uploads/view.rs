//! What people see of an upload.

use super::{
    UploadError,
    kept::{Kept, Step},
    shelf::Work,
};
use crate::{Actor, App, FileReport, FindingReport, LocalTime, Progress, workspace};
use laer8_domain::{ids::ImportRunId, users::Role};
use laer8_intake::{
    draft::{Draft, DraftSection, Question},
    mapping::{Mapping, MappingError},
    suggest::TableLook,
};

/// How far somebody is with an upload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UploadState {
    /// The mapping is drafted.
    Mapping,
    /// It is found out what would come of it, with how far that is.
    Trying(Option<Progress>),
    /// That is known.
    Tried,
    /// It is imported, with how far that is.
    Importing(Option<Progress>),
    /// The import ended before it was done.
    Interrupted,
    /// It was imported.
    Done(Option<ImportRunId>),
}

/// A file that was uploaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UploadedFile {
    /// Its name.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
}

/// An upload with its mapping.
#[derive(Debug, Clone, PartialEq)]
pub struct UploadView {
    /// Which.
    pub id: String,
    /// How far it is.
    pub state: UploadState,
    /// Its files.
    pub files: Vec<UploadedFile>,
    /// The tables in them.
    pub tables: Vec<TableLook>,
    /// Files and sheets that are no tables, with the reason.
    pub unreadable: Vec<(String, String)>,
    /// The source whose mapping it began from; none where it was suggested.
    pub begun_from: Option<String>,
    /// What its source is called.
    pub source: String,
    /// The currency of amounts that name none; empty where none is named.
    pub currency: String,
    /// The zone of times that name none.
    pub time_zone: String,
    /// How dates are written; empty for ISO 8601.
    pub dates: Vec<String>,
    /// How each table is read.
    pub sections: Vec<DraftSection>,
    /// What is still to be chosen.
    pub questions: Vec<Question>,
    /// What keeps the mapping from being one.
    pub faults: Vec<MappingError>,
    /// The mapping as TOML.
    pub mapping: String,
    /// What would become of the files, once that is known.
    pub trial: Vec<FileReport>,
    /// What would contradict itself.
    pub findings: Vec<FindingReport>,
    /// Files that no part of the mapping reads.
    pub left_out: Vec<String>,
    /// Why the last try or the import ended early.
    pub failure: Option<String>,
}

/// An upload in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct UploadRow {
    /// Which.
    pub id: String,
    /// Who brought it.
    pub by: String,
    /// When.
    pub at: LocalTime,
    /// How far it is.
    pub state: UploadState,
    /// The names of its files.
    pub files: Vec<String>,
}

impl UploadView {
    /// Whether the mapping can be tried.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.faults.is_empty()
    }
}

impl App {
    /// An upload. Needs [`Role::Manager`].
    ///
    /// # Errors
    /// [`crate::AppError::Forbidden`], [`crate::AppError::NotFound`],
    /// [`crate::AppError::File`].
    pub fn upload(&self, actor: &Actor, id: &str) -> Result<UploadView, UploadError> {
        actor.must_be(Role::Manager)?;
        let (folder, kept, work) = self.uploads.seen(id)?;
        let mapping = folder.mapping()?;
        let document = |errors: laer8_intake::mapping::MappingErrors| crate::AppError::Document {
            document: "mapping.toml".to_owned(),
            reason: errors.to_string(),
        };
        let draft = Draft::read(&mapping).map_err(document)?;
        let top = |key: &str| draft.top(key).unwrap_or_default().to_owned();
        let faults = Mapping::parse(&mapping).err().map(|errors| errors.0).unwrap_or_default();
        let state = state_of(&kept, work);
        let file = |(name, size): (String, u64)| UploadedFile { name, size };
        let trial = kept.trial.filter(|_| kept.step != Step::Mapping);
        let (trial, findings, left_out) =
            trial.map(|it| (it.files, it.findings, it.files_without_section)).unwrap_or_default();
        Ok(UploadView {
            id: id.to_owned(),
            state,
            files: kept.files.into_iter().map(file).collect(),
            tables: kept.tables,
            unreadable: kept.unreadable,
            begun_from: kept.begun_from,
            source: top("source"),
            currency: top("currency"),
            time_zone: top("time_zone"),
            dates: draft.dates(),
            sections: draft.sections(),
            questions: draft.questions(),
            faults,
            mapping,
            trial,
            findings,
            left_out,
            failure: kept.failure,
        })
    }

    /// Uploads that are not imported yet, the newest first. Needs
    /// [`Role::Manager`].
    ///
    /// # Errors
    /// [`crate::AppError::Forbidden`], [`crate::AppError::Store`].
    pub async fn uploads(&self, actor: &Actor) -> Result<Vec<UploadRow>, UploadError> {
        actor.must_be(Role::Manager)?;
        let zone = workspace::load(&self.store.read().await?).await?.zone;
        let all = self.uploads.all().into_iter();
        let seen = all.filter_map(|(id, ..)| {
            let (_, kept, work) = self.uploads.seen(&id).ok()?; // or it is gone meanwhile
            Some((id, kept, work))
        });
        let open = seen.filter(|(_, kept, _)| kept.step != Step::Done);
        let row = |(id, kept, work): (String, Kept, Work)| UploadRow {
            state: state_of(&kept, work),
            id,
            by: kept.by,
            at: LocalTime::of(kept.at, zone),
            files: kept.files.into_iter().map(|(name, _)| name).collect(),
        };
        Ok(open.map(row).collect())
    }
}

fn state_of(kept: &Kept, work: Work) -> UploadState {
    match (kept.step, work) {
        (Step::Trying, Some(progress)) => UploadState::Trying(progress),
        (Step::Importing, Some(progress)) => UploadState::Importing(progress),
        (Step::Importing, None) => UploadState::Interrupted,
        (Step::Tried, _) => UploadState::Tried,
        (Step::Done, _) => UploadState::Done(kept.run),
        // A try that a server took with it when it ended is made again.
        (Step::Mapping, _) | (Step::Trying, None) => UploadState::Mapping,
    }
}
