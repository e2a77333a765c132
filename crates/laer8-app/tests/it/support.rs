//! An app on an empty database, with a clock that stands still.

use laer8_app::{
    Actor, App, AppError, AsOf, FileReport, Files, FixedClock, ImportReport, ImportRequest, Progress,
};
use laer8_domain::days::Day;
use laer8_store::Store;
use std::{collections::BTreeMap, io::Read, sync::Arc};

pub(crate) fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

pub(crate) fn clock(now: &str) -> Arc<FixedClock> {
    Arc::new(FixedClock(now.parse().expect("an instant")))
}

/// An app whose clock stands at `now`.
pub(crate) async fn app_at(url: &str, now: &str) -> App {
    App::new(Store::open(url).await.expect("the database opens"), clock(now))
}

pub(crate) fn operator() -> Actor {
    Actor::operator()
}

/// Nobody watches.
pub(crate) fn unwatched(_: Progress) {}

/// Files that are only in memory.
#[derive(Debug, Clone, Default)]
pub(crate) struct InMemory(pub(crate) BTreeMap<String, Vec<u8>>);

impl InMemory {
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        Self(files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect())
    }
}

impl Files for InMemory {
    fn label(&self) -> String {
        "memory".to_owned()
    }

    fn names(&self) -> Result<Vec<String>, AppError> {
        Ok(self.0.keys().cloned().collect())
    }

    fn open(&self, name: &str) -> Result<(Box<dyn Read + Send>, u64), AppError> {
        let bytes = self.0.get(name).cloned().unwrap_or_default();
        let size = bytes.len() as u64;
        Ok((Box::new(std::io::Cursor::new(bytes)), size))
    }
}

pub(crate) async fn import(app: &App, mapping: &str, files: &dyn Files) -> ImportReport {
    let request = ImportRequest { mapping, mapping_name: "mapping.toml", files, dry_run: false };
    app.import(&operator(), &request, &unwatched).await.expect("an import")
}

/// (rows, new, changed, unchanged, refused) of a file.
pub(crate) fn counts(report: &ImportReport, name: &str) -> (u64, u64, u64, u64, u64) {
    let file: &FileReport = report.files.iter().find(|file| file.name == name).expect("the file");
    (file.rows, file.new, file.changed, file.unchanged, file.refused)
}

pub(crate) fn as_of(text: &str) -> AsOf {
    AsOf::Day(day(text))
}
