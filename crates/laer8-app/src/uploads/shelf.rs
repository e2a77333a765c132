//! Where uploads lie, and which of them are being worked on.

use super::{
    KEPT_DAYS, UploadFault,
    folder::UploadFolder,
    kept::{Kept, Step},
};
use crate::{App, AppError, Progress, secrets};
use chrono::{DateTime, Duration, Utc};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// The length of an id: of what `secrets` makes, enough to be of one upload only.
const ID: usize = 16;

/// The uploads of a server.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shelf {
    folder: Option<Arc<Path>>,
    working: Arc<Mutex<BTreeMap<String, Option<Progress>>>>,
}

/// How far the work on an upload is; none where nobody works on it. The inner is
/// none until something was read.
pub(super) type Work = Option<Option<Progress>>;

/// That an upload is being worked on, for as long as it is held.
pub(super) struct Working {
    shelf: Shelf,
    id: String,
}

impl App {
    /// The app keeps what people upload in this folder, which need not be there
    /// yet.
    #[must_use]
    pub fn keeping_uploads(mut self, folder: PathBuf) -> Self {
        self.uploads.folder = Some(folder.into());
        self
    }
}

impl Shelf {
    fn folder(&self) -> Result<&Path, UploadFault> {
        self.folder.as_deref().ok_or(UploadFault::NoPlace)
    }

    /// A new folder for files.
    pub(super) fn make(&self) -> Result<(String, UploadFolder), super::UploadError> {
        let folder = self.folder()?;
        let id: String = secrets::fresh()?.chars().filter(char::is_ascii_alphanumeric).take(ID).collect();
        let made = UploadFolder(folder.join(&id));
        fs::create_dir_all(made.files()).map_err(|error| super::folder::failed(&made.0, &error))?;
        Ok((id, made))
    }

    /// The upload of that id, and how far the work on it is, as one moment has
    /// them: work ends by keeping what became of it, and only then is it no
    /// longer under way.
    pub(super) fn seen(&self, id: &str) -> Result<(UploadFolder, Kept, Work), super::UploadError> {
        let before = self.working(id);
        let (folder, kept) = self.get(id)?;
        let work = before.or_else(|| self.working(id)); // or it began meanwhile
        Ok((folder, kept, work))
    }

    /// The upload of that id.
    pub(super) fn get(&self, id: &str) -> Result<(UploadFolder, Kept), super::UploadError> {
        let missing = || AppError::NotFound { kind: "upload", name: id.to_owned(), hint: String::new() };
        let is_id = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !is_id {
            return Err(missing().into());
        }
        let folder = UploadFolder(self.folder()?.join(id));
        let kept = folder.kept()?.ok_or_else(missing)?;
        Ok((folder, kept))
    }

    /// All uploads, the newest first.
    pub(super) fn all(&self) -> Vec<(String, UploadFolder, Kept)> {
        let Ok(folder) = self.folder() else { return Vec::new() };
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let mut all: Vec<_> = entries
            .filter_map(|entry| {
                let id = entry.file_name().into_string().ok()?;
                let folder = UploadFolder(entry.path());
                let kept = folder.kept().ok()??;
                Some((id, folder, kept))
            })
            .collect();
        all.sort_by_key(|(.., kept)| std::cmp::Reverse(kept.at));
        all
    }

    /// Removes what nobody comes back to.
    pub(super) fn clean(&self, now: DateTime<Utc>) {
        for (id, folder, kept) in self.all() {
            let is_old = now - kept.at > Duration::days(KEPT_DAYS);
            if is_old && kept.step != Step::Importing && self.working(&id).is_none() {
                folder.remove();
            }
        }
    }

    pub(super) fn working(&self, id: &str) -> Work {
        self.state().get(id).cloned()
    }

    /// Begins to work on an upload, unless somebody does already.
    pub(super) fn begin(&self, id: &str) -> Option<Working> {
        let mut state = self.state();
        if state.contains_key(id) {
            return None;
        }
        state.insert(id.to_owned(), None);
        Some(Working { shelf: self.clone(), id: id.to_owned() })
    }

    fn state(&self) -> MutexGuard<'_, BTreeMap<String, Option<Progress>>> {
        self.working.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Working {
    pub(super) fn report(&self, progress: Progress) {
        self.shelf.state().insert(self.id.clone(), Some(progress));
    }
}

impl Drop for Working {
    fn drop(&mut self) {
        self.shelf.state().remove(&self.id);
    }
}
