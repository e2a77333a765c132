//! What somebody chooses of a mapping.

use super::{UploadError, UploadFault, folder::UploadFolder, kept::Step, taking::look_at};
use crate::{Actor, App, AppError};
use laer8_domain::users::Role;
use laer8_intake::{
    draft::{Draft, DraftSection, SectionChoice},
    mapping::{MappingErrors, RecordKind},
    suggest::TableLook,
};

/// What somebody chose of a mapping.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MappingChoice {
    /// What the source is called.
    pub source: String,
    /// The currency of amounts that name none.
    pub currency: String,
    /// The zone of times that name none.
    pub time_zone: String,
    /// How dates are written; as they are where empty.
    pub dates: Vec<String>,
    /// Answers to questions: where it stands, and the choice as TOML.
    pub answers: Vec<(String, String)>,
    /// What becomes of the tables.
    pub tables: Vec<TableChoice>,
}

/// What becomes of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableChoice {
    /// Which of the upload's.
    pub table: usize,
    /// The section that reads it; none where none does.
    pub section: Option<usize>,
    /// What its rows are; none to leave it out.
    pub record: Option<RecordKind>,
    /// What becomes of its columns.
    pub chosen: SectionChoice,
}

impl App {
    /// Changes the mapping of an upload to what somebody chose. Needs
    /// [`Role::Manager`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`], [`UploadFault::Begun`],
    /// [`AppError::File`].
    pub async fn choose_mapping(
        &self,
        actor: &Actor,
        id: &str,
        choice: &MappingChoice,
    ) -> Result<(), UploadError> {
        actor.must_be(Role::Manager)?;
        let (folder, mut kept) = self.uploads.get(id)?;
        if !matches!(kept.step, Step::Mapping | Step::Tried) && self.uploads.working(id).is_some() {
            return Err(UploadFault::Begun.into());
        }
        let before = folder.mapping()?;
        let mut draft = Draft::read(&before).map_err(|errors| unreadable(&errors))?;
        let (sections, questions) = (draft.sections(), draft.questions());
        for (key, text) in
            [("source", &choice.source), ("currency", &choice.currency), ("time_zone", &choice.time_zone)]
        {
            // What asks for a currency goes on asking while nobody names one.
            if !text.is_empty() || draft.top(key).is_some() {
                draft.set_top(key, text);
            }
        }
        draft.set_dates(&choice.dates);
        for (path, value) in &choice.answers {
            if let Some(question) = questions.iter().find(|question| question.path == *path) {
                draft.answer(question, value);
            }
        }
        let mut left_out = Vec::new();
        for table in &choice.tables {
            let Some(look) = kept.tables.get(table.table) else { continue };
            let section = table.section.and_then(|at| sections.iter().find(|it| it.position == at));
            match (section, table.record) {
                (Some(section), Some(record)) if section.record == record => {
                    draft.choose(section, &table.chosen, Some(look));
                }
                (section, Some(record)) => {
                    become_other(&folder, &mut draft, section, look, record, &choice.source).await?;
                }
                (Some(section), None) => left_out.push(section.position),
                (None, None) => {}
            }
        }
        draft.leave_out(&left_out);
        let after = draft.text();
        if after != before || kept.step != Step::Tried {
            folder.keep_mapping(&after)?;
            kept.step = Step::Mapping;
            kept.failure = None;
            kept.at = self.clock.now();
            folder.keep(&kept)?;
        }
        Ok(())
    }

    /// Throws an upload away that is not being imported. Needs
    /// [`Role::Manager`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`], [`UploadFault::Begun`].
    pub fn discard_upload(&self, actor: &Actor, id: &str) -> Result<(), UploadError> {
        actor.must_be(Role::Manager)?;
        let (folder, _) = self.uploads.get(id)?;
        if self.uploads.working(id).is_some() {
            return Err(UploadFault::Begun.into());
        }
        folder.remove();
        Ok(())
    }
}

/// A table turns out to be something else: it is looked at again as that.
async fn become_other(
    folder: &UploadFolder,
    draft: &mut Draft,
    section: Option<&DraftSection>,
    table: &TableLook,
    record: RecordKind,
    source: &str,
) -> Result<(), UploadError> {
    let said = vec![(table.file.clone(), table.sheet.clone(), record)];
    let seen = look_at(folder, vec![table.file.clone()], source.to_owned(), said).await?;
    let other = Draft::read(&seen.suggestion.text).map_err(|errors| unreadable(&errors))?;
    let position = section.map(|section| section.position);
    draft.take_over(position, &other, &table.file, table.sheet.as_deref());
    Ok(())
}

fn unreadable(errors: &MappingErrors) -> AppError {
    AppError::Document { document: "mapping.toml".to_owned(), reason: errors.to_string() }
}
