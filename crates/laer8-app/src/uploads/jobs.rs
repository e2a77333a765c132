//! Trying and importing an upload, beside whoever began it.

use super::{
    UploadError, UploadFault,
    folder::{UploadFolder, UploadedFiles},
    kept::{Kept, Step, Trial},
    shelf::Working,
};
use crate::{Actor, App, AppError, ImportReport, ImportRequest};
use laer8_domain::users::Role;
use laer8_intake::mapping::Mapping;

/// What the mapping of an upload is called in messages.
const NAME: &str = "mapping.toml";

impl App {
    /// Begins to find out what would come of an import. It goes on by itself;
    /// [`App::upload`] says how far it is. Needs [`Role::Manager`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`],
    /// [`UploadFault::Unfinished`], [`UploadFault::Begun`].
    pub fn try_upload(&self, actor: &Actor, id: &str) -> Result<(), UploadError> {
        self.begin_work(actor, id, Step::Trying)
    }

    /// Begins to import an upload. It goes on by itself, also when the server
    /// ends and is started anew: then with the first file that is not done.
    /// Needs [`Role::Manager`].
    ///
    /// # Errors
    /// As [`App::try_upload`].
    pub fn import_upload(&self, actor: &Actor, id: &str) -> Result<(), UploadError> {
        self.begin_work(actor, id, Step::Importing)
    }

    /// Goes on with the imports that were under way when the server ended.
    pub fn take_up_uploads(&self) {
        for (id, folder, kept) in self.uploads.all() {
            if kept.step != Step::Importing || kept.failure.is_some() {
                continue;
            }
            // They were allowed to begin it.
            let actor = Actor { name: kept.by.clone(), role: Role::Manager };
            if let Some(working) = self.uploads.begin(&id) {
                tracing::info!(upload = id, "goes on with an import");
                self.spawn_work(actor, folder, kept, working);
            }
        }
    }

    fn begin_work(&self, actor: &Actor, id: &str, step: Step) -> Result<(), UploadError> {
        actor.must_be(Role::Manager)?;
        let Some(working) = self.uploads.begin(id) else {
            let (_, kept) = self.uploads.get(id)?;
            return pressed_again(&kept, step);
        };
        // Read only now that nobody else works on it: it may just have been done.
        let (folder, mut kept) = self.uploads.get(id)?;
        if kept.step == Step::Done {
            return pressed_again(&kept, step);
        }
        if Mapping::parse(&folder.mapping()?).is_err() {
            return Err(UploadFault::Unfinished.into());
        }
        kept.step = step;
        kept.failure = None;
        kept.by.clone_from(&actor.name);
        folder.keep(&kept)?;
        self.spawn_work(actor.clone(), folder, kept, working);
        Ok(())
    }

    fn spawn_work(&self, actor: Actor, folder: UploadFolder, kept: Kept, working: Working) {
        let app = self.clone();
        tokio::spawn(async move {
            let done = app.work(&actor, &folder, &kept, &working).await;
            if let Err(error) = folder.keep(&after(kept, done)) {
                tracing::error!(%error, "what became of an upload can't be kept");
            }
            drop(working);
        });
    }

    async fn work(
        &self,
        actor: &Actor,
        folder: &UploadFolder,
        kept: &Kept,
        working: &Working,
    ) -> Result<ImportReport, AppError> {
        let mapping = folder.mapping()?;
        let files = UploadedFiles::of(folder, kept);
        let dry_run = kept.step == Step::Trying;
        let request = ImportRequest { mapping: &mapping, mapping_name: NAME, files: &files, dry_run };
        self.import(actor, &request, &|progress| working.report(progress)).await
    }
}

/// Whoever presses twice has what they want: it is under way, or done.
fn pressed_again(kept: &Kept, step: Step) -> Result<(), UploadError> {
    match (kept.step, step) {
        (Step::Importing | Step::Done, Step::Importing) | (Step::Trying, Step::Trying) => Ok(()),
        _ => Err(UploadFault::Begun.into()),
    }
}

/// What is kept of an upload once the work on it is done.
fn after(mut kept: Kept, done: Result<ImportReport, AppError>) -> Kept {
    let was_trial = kept.step == Step::Trying;
    match done {
        Ok(report) if was_trial => {
            kept.step = Step::Tried;
            kept.trial = Some(Trial {
                files: report.files,
                findings: report.findings,
                files_without_section: report.files_without_section,
            });
        }
        Ok(report) => {
            kept.step = Step::Done;
            kept.run = report.run;
        }
        Err(error) => {
            tracing::warn!(%error, "an upload could not be read");
            if was_trial {
                kept.step = Step::Mapping;
            }
            kept.failure = Some(error.to_string());
        }
    }
    kept
}
