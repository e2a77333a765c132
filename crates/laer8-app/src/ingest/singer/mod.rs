//! The output of a Singer tap: records in, states out.
//!
//! Records are stored in the order in which they come, some hundred at a time,
//! each time in one transaction. A state leaves only after the commit of
//! everything before it, and is kept in the workspace by the same commit. So a
//! tap that begins from the last state repeats at most what was not said to be
//! stored, and what is repeated changes nothing.

mod lines;
mod marks;
mod mend;
mod report;
mod session;
mod storing;
mod streams;
mod waiting;

pub(crate) use marks::{FINGERPRINT, Marks};
pub(crate) use mend::{MendedLines, mend_lines};
pub use report::{MissingColumn, SingerReport};
pub(crate) use streams::MESSAGE;
pub(crate) use waiting::MESSAGE_COLUMN;

use crate::{
    Actor, App, AppError, Progress,
    absorb::Absorber,
    import::{absorb_constants, close, parse_mapping, settle},
};
use laer8_domain::users::Role;
use laer8_intake::mapping::{Mapping, RecordKind};
use laer8_intake::singer::Reader;
use lines::Lines;
use session::Session;
use std::io::Read;
use storing::Storing;
use waiting::{Again, Waiting};

/// What is to be read.
pub struct SingerRequest<'a> {
    /// The mapping, as TOML.
    pub mapping: &'a str,
    /// What the mapping is called in messages.
    pub mapping_name: &'a str,
    /// Whether to report only and change nothing.
    pub dry_run: bool,
}

impl App {
    /// Reads what a tap writes until it ends. Each state is given to `released`
    /// once all that came before it is stored; in a dry run none is. Needs
    /// [`Role::Manager`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Document`] for the mapping,
    /// [`AppError::File`] when the input can't be read, [`AppError::Invalid`]
    /// when the tap writes its records elsewhere, [`AppError::Store`]. What was
    /// stored before the error stays; the next run goes on from the last state.
    pub async fn ingest_singer(
        &self,
        actor: &Actor,
        request: &SingerRequest<'_>,
        input: Box<dyn Read + Send>,
        released: &mut (dyn FnMut(&str) + Send),
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<SingerReport, AppError> {
        actor.must_be(Role::Manager)?;
        let mapping = parse_streams(request)?;
        if request.dry_run {
            return self.try_singer(&mapping, input, progress).await;
        }
        let mut session = Session::start(self, actor, &mapping, request.mapping).await?;
        let mut lines = Lines::start(session.reader()?, input);
        while let Some(portion) = lines.next().await {
            for state in session.store(&portion).await? {
                released(&state);
            }
            progress(session.progress(&portion));
        }
        session.end(actor, lines.end()?).await
    }

    /// The last state of a source's tap whose records are stored, as the tap
    /// wrote it; none where it never wrote one. The source is that of the
    /// mapping. Needs [`Role::Viewer`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Document`], [`AppError::Store`].
    pub async fn singer_state(
        &self,
        actor: &Actor,
        request: &SingerRequest<'_>,
    ) -> Result<Option<String>, AppError> {
        actor.must_be(Role::Viewer)?;
        let mapping = parse_streams(request)?;
        let tx = self.store.read().await?;
        let Some(source) = tx.find_source(mapping.source()).await? else { return Ok(None) };
        Ok(tx.singer_state(source).await?.map(|kept| kept.state))
    }

    /// Everything in one transaction that is not committed.
    async fn try_singer(
        &self,
        mapping: &Mapping,
        input: Box<dyn Read + Send>,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<SingerReport, AppError> {
        let tx = self.store.write().await?;
        let source = tx.source(mapping.source()).await?;
        let workspace = settle(&tx, mapping).await?;
        let today = self.today(&workspace);
        let storing = Storing {
            mapping,
            reader: reader_of(mapping, today)?,
            source,
            run: None,
            marks: Marks::before(&tx, source, None, workspace.zone).await?,
            zone: workspace.zone,
        };
        let setting = self.setting(&tx, source, None, &workspace).await?;
        let mut absorber = Absorber::new(&tx, crate::absorb::Setting { repeats: true, ..setting });
        absorb_constants(&mut absorber, mapping).await?;
        let mut again = Again::new(mapping, reader_of(mapping, today)?);
        let waiting = Waiting::load(&tx, source, &mut again).await?;
        let mut trial = session::SoFar::with(waiting);
        let mut lines = Lines::start(reader_of(mapping, today)?, input);
        while let Some(portion) = lines.next().await {
            let outcome =
                storing.portion(&tx, &mut absorber, &trial.streams, &trial.waiting, &portion).await?;
            trial.believe(outcome);
            trial.state = portion.states().pop().or(trial.state);
            progress(trial.progress(&portion));
        }
        let end = lines.end()?;
        let mut after = 0;
        while trial.has_names {
            match storing.again(&tx, &mut absorber, &trial.streams, after, today).await? {
                Some((outcome, last)) => {
                    trial.believe(outcome);
                    after = last;
                }
                None => break,
            }
        }
        close(&tx, &mut absorber, &workspace).await?;
        trial.findings.extend(crate::import::findings::of(&tx, today).await?);
        let findings = trial.findings.clone().on_top_of(Vec::new());
        let as_of = crate::import::shown(&tx, today).await?;
        let whole = !end.cut_short && trial.unsure(&end, &storing.marks).is_empty();
        Ok(trial.report(mapping, None, whole, end, findings, as_of))
    }
}

/// Reads a mapping of streams.
fn parse_streams(request: &SingerRequest<'_>) -> Result<Mapping, AppError> {
    let mapping = parse_mapping(request.mapping, request.mapping_name)?;
    let wrong = |reason: String| AppError::Document { document: request.mapping_name.to_owned(), reason };
    if mapping.streams().is_empty() {
        return Err(wrong(
            "it has no `[[stream]]` section, so nothing that a tap writes would be read".to_owned(),
        ));
    }
    let nameless = mapping.streams().iter().find(|section| {
        section.record() == RecordKind::Usage && !section.fields().iter().any(|field| field.target() == "id")
    });
    if let Some(section) = nameless {
        return Err(wrong(format!(
            "{}: a tap writes a row again when it changes, so usage needs an `id`; several columns together do, as `id = {{ columns = [\"account\", \"day\"] }}`",
            section.section()
        )));
    }
    Ok(mapping)
}

/// A reader of the streams of a mapping.
fn reader_of(mapping: &Mapping, today: laer8_domain::days::Day) -> Result<Reader, AppError> {
    Reader::new(mapping, today).map_err(|error| AppError::Invalid(error.to_string()))
}
