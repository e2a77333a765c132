//! Taking files in, and looking at them.

use super::{
    UploadError, UploadFault,
    folder::{UploadFolder, failed},
    kept::{Kept, Step},
};
use crate::{Actor, App, AppError, Files as _, Folder, import::is_table};
use laer8_domain::users::Role;
use laer8_intake::{
    draft::{Draft, SectionChoice},
    mapping::Mapping,
    suggest::{Look, Said, Sample, TableLook, look},
};
use std::{fs::File, io::Write as _};

/// The most that is taken at once, in MB.
const MOST_MB: u64 = 256;
/// The most files.
const MOST_FILES: usize = 40;
/// So many digits in the name of a file are a date, or count it.
const DATED: usize = 4;

/// Files that are being taken in. Dropped before it is finished, it leaves
/// nothing behind.
#[derive(Debug)]
pub struct NewUpload {
    id: String,
    folder: UploadFolder,
    files: Vec<(String, u64)>,
    file: Option<File>,
    bytes: u64,
    finished: bool,
}

impl NewUpload {
    /// The most bytes that are taken at once.
    pub const MOST: u64 = MOST_MB * 1024 * 1024;

    /// Begins a file.
    ///
    /// # Errors
    /// [`UploadFault`] when it can't be a table; [`AppError::File`].
    pub fn file(&mut self, name: &str) -> Result<(), UploadError> {
        let name = plain_name(name);
        let lower = name.to_lowercase();
        if !is_table(&name) {
            return Err(UploadFault::NotATable { name }.into());
        }
        if self.files.iter().any(|(other, _)| other.to_lowercase() == lower) {
            return Err(UploadFault::Twice { name }.into());
        }
        if self.files.len() >= MOST_FILES {
            return Err(UploadFault::TooMany { most: MOST_FILES }.into());
        }
        let path = self.folder.files().join(&name);
        self.file = Some(File::create(&path).map_err(|error| failed(&path, &error))?);
        self.files.push((name, 0));
        Ok(())
    }

    /// Goes on with the file that was begun last.
    ///
    /// # Errors
    /// [`UploadFault::TooLarge`]; [`AppError::File`].
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), UploadError> {
        self.bytes += bytes.len() as u64;
        if self.bytes > Self::MOST {
            return Err(UploadFault::TooLarge { most: MOST_MB }.into());
        }
        let (Some(file), Some((_, size))) = (&mut self.file, self.files.last_mut()) else { return Ok(()) };
        *size += bytes.len() as u64;
        file.write_all(bytes).map_err(|error| failed(&self.folder.0, &error).into())
    }
}

impl Drop for NewUpload {
    fn drop(&mut self) {
        if !self.finished {
            self.folder.remove();
        }
    }
}

impl App {
    /// Begins to take files in. Needs [`Role::Manager`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`UploadFault::NoPlace`], [`AppError::File`].
    pub fn begin_upload(&self, actor: &Actor) -> Result<NewUpload, UploadError> {
        actor.must_be(Role::Manager)?;
        self.uploads.clean(self.clock.now());
        let (id, folder) = self.uploads.make()?;
        Ok(NewUpload { id, folder, files: Vec::new(), file: None, bytes: 0, finished: false })
    }

    /// Looks at the files and drafts a mapping: the one that a source was last
    /// read by, where it fits all of them, else a suggestion. Returns the id of
    /// the upload. Needs [`Role::Manager`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`UploadFault`] when nothing can be read.
    pub async fn finish_upload(&self, actor: &Actor, mut new: NewUpload) -> Result<String, UploadError> {
        actor.must_be(Role::Manager)?;
        new.file = None;
        if new.files.is_empty() {
            return Err(UploadFault::NoFile.into());
        }
        let names: Vec<String> = new.files.iter().map(|(name, _)| name.clone()).collect();
        let source = named_after(&names[0]);
        let seen = look_at(&new.folder, names, source, Vec::new()).await?;
        if seen.tables.is_empty() {
            let reasons: Vec<String> =
                seen.unreadable.iter().map(|(name, reason)| format!("{name}: {reason}")).collect();
            return Err(UploadFault::Unreadable { reason: reasons.join("; ") }.into());
        }
        let kept_mapping = self.mapping_for(&seen.tables).await?;
        let (begun_from, mapping) = match kept_mapping {
            Some((source, body)) => (Some(source), body),
            None => (None, with_patterns(&seen)),
        };
        new.folder.keep_mapping(&mapping)?;
        new.folder.keep(&Kept {
            by: actor.name.clone(),
            at: self.clock.now(),
            step: Step::Mapping,
            files: new.files.clone(),
            tables: seen.tables,
            unreadable: seen.unreadable,
            begun_from,
            trial: None,
            run: None,
            failure: None,
        })?;
        new.finished = true;
        Ok(new.id.clone())
    }

    /// The newest mapping that a source was read by and that reads all of these
    /// tables.
    async fn mapping_for(&self, tables: &[TableLook]) -> Result<Option<(String, String)>, AppError> {
        let tx = self.store.read().await?;
        let mut documents = tx.documents().await?;
        documents.retain(|document| document.kind == "mapping" && !document.body.is_empty());
        documents.sort_by_key(|document| std::cmp::Reverse(document.created_at));
        let fits = |body: &str| {
            let (Ok(mapping), Ok(draft)) = (Mapping::parse(body), Draft::read(body)) else { return false };
            let sections = draft.sections();
            tables.iter().all(|table| {
                let has = |column: &String| table.columns.iter().any(|it| it.name == *column);
                let reads = sections.iter().filter(|section| section.reads(table));
                let mut files = reads.filter_map(|section| mapping.files().get(section.position)).peekable();
                files.peek().is_some() && files.all(|file| file.all_columns().iter().all(has))
            })
        };
        let found = documents.into_iter().find(|document| fits(&document.body));
        Ok(found.map(|document| (document.key, document.body)))
    }
}

/// Looks at files where that holds nobody up.
pub(super) async fn look_at(
    folder: &UploadFolder,
    names: Vec<String>,
    source: String,
    said: Vec<Said>,
) -> Result<Look, AppError> {
    let files = Folder(folder.files());
    let looking = tokio::task::spawn_blocking(move || {
        let mut samples = Vec::with_capacity(names.len());
        for name in names {
            let (bytes, _) = files.open(&name)?;
            samples.push(Sample { name, bytes });
        }
        Ok(look(&source, samples, &said))
    });
    let ended = |error: tokio::task::JoinError| failed(&folder.0, &std::io::Error::other(error));
    looking.await.map_err(ended)?
}

/// The suggestion, with `*` for the date in the name of a file where it reads
/// no other by that: the next of its kind has another.
fn with_patterns(seen: &Look) -> String {
    let Ok(mut draft) = Draft::read(&seen.suggestion.text) else { return seen.suggestion.text.clone() };
    for section in draft.sections() {
        let Some(name) = pattern(&section.name) else { continue };
        let mut wide = section.clone();
        wide.name.clone_from(&name);
        let reads = seen.tables.iter().filter(|table| wide.reads(table)).count();
        if reads == 1 {
            draft.choose(&section, &SectionChoice { name, ..SectionChoice::default() }, None);
        }
    }
    draft.text()
}

/// `accounts-2026-05-01.csv` as `accounts-*.csv`; none where there is no date.
fn pattern(name: &str) -> Option<String> {
    let is_part = |letter: char| letter.is_ascii_digit() || matches!(letter, '-' | '_' | '.');
    let start = name.find(|letter: char| letter.is_ascii_digit())?;
    let rest = name.get(start..)?;
    let end = rest.find(|letter: char| !is_part(letter)).unwrap_or(rest.len());
    let run = rest.get(..end)?.trim_end_matches(['-', '_', '.']);
    let digits = run.bytes().filter(u8::is_ascii_digit).count();
    (digits >= DATED).then(|| format!("{}*{}", &name[..start], &rest[run.len()..]))
}

/// What a source is called whose first file is this.
fn named_after(file: &str) -> String {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let plain: String =
        stem.to_lowercase().chars().map(|letter| if letter.is_alphabetic() { letter } else { '_' }).collect();
    let plain = plain.split('_').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("_");
    // Letters alone are never the name of what people enter in Laer8 itself.
    if plain.is_empty() { "files".to_owned() } else { plain }
}

/// The name of a file without a folder, and without what a disk could mind.
fn plain_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default().trim().trim_start_matches('.');
    let plain = |letter: char| {
        let is_odd = letter.is_control() || matches!(letter, ':' | '*' | '?' | '"' | '<' | '>' | '|');
        if is_odd { '_' } else { letter }
    };
    name.chars().map(plain).take(120).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_in_a_name_is_any_date() {
        for (name, found) in [
            ("accounts-2026-05-01.csv", Some("accounts-*.csv")),
            ("2026_05 accounts.xlsx", Some("* accounts.xlsx")),
            ("usage_20260501.v2.csv", Some("usage_*.v2.csv")),
            ("q1.csv", None),
            ("accounts.csv", None),
        ] {
            assert_eq!(pattern(name).as_deref(), found, "{name}");
        }
    }

    #[test]
    fn a_name_leads_out_of_no_folder() {
        for (name, plain) in [
            ("../../etc/passwd.csv", "passwd.csv"),
            ("C:\\data\\a b.xlsx", "a b.xlsx"),
            ("..csv", "csv"),
            ("a:b?.csv", "a_b_.csv"),
        ] {
            assert_eq!(plain_name(name), plain);
        }
        assert_eq!(named_after("CRM export 2026-05.xlsx"), "crm_export");
        assert_eq!(named_after("2026-05.xlsx"), "files");
    }
}
