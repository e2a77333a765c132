//! Which accounts and people of several sources are read as one: finding them
//! by the rules of the `identity` document, and what people decide.
//!
//! A join is a reading: see [`laer8_domain::identity`]. The rules look at what
//! an absorb touched, in its transaction, by keys that are kept up as fields
//! change; at everything when the document changes, or a second source comes.

mod by_hand;
mod ends;
mod keys;
mod list;
mod look;
mod preview;

pub use by_hand::NewJoin;
pub use ends::{JoinEnd, JoinSource};
pub use list::{CandidateView, JoinView, JoinsQuery, JoinsView, LooksView};
pub(crate) use look::{Touched, Watched, apply, find_all, look};
pub use preview::{IdentityPreview, PreviewedJoin};

use crate::{AppError, configuration};
use chrono::{DateTime, Utc};
use laer8_domain::{
    days::Day,
    identity::{Identity, Subject},
    ids::SourceId,
    provenance::OWN_SOURCE,
};
use laer8_store::{Kind, Tx};
use rustc_hash::FxHashMap;

/// The setting that says by which document the keys that are kept were made.
const KEYS_BY: &str = "identity.keys";

/// When something is looked at, and for whom.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Occasion<'a> {
    /// Who changes something; empty where the rules do it by themselves.
    pub(crate) by: &'a str,
    /// The moment.
    pub(crate) at: DateTime<Utc>,
    /// The day, where days begin.
    pub(crate) today: Day,
}

/// The sources that tell of accounts: all but Laer8 itself.
async fn sources(tx: &Tx) -> Result<Vec<(SourceId, String)>, AppError> {
    let mut sources = tx.sources().await?;
    sources.retain(|(_, name)| name != OWN_SOURCE);
    Ok(sources)
}

/// Which sources call an account by the same id as another does, by the rules in
/// force.
#[derive(Debug, Default)]
pub(crate) struct Namesakes(FxHashMap<SourceId, Vec<SourceId>>);

impl Namesakes {
    pub(crate) async fn load(tx: &Tx) -> Result<Self, AppError> {
        let (_, identity) = in_force(tx).await?;
        if !identity.shares_ids() {
            return Ok(Self::default());
        }
        let sources = sources(tx).await?;
        let id = |name: &str| sources.iter().find(|(_, it)| it == name).map(|(id, _)| *id);
        let others = |(source, name): &(SourceId, String)| {
            (*source, identity.call_alike(name).into_iter().filter_map(id).collect())
        };
        Ok(Self(sources.iter().map(others).collect()))
    }

    /// The sources that call accounts as `source` does.
    pub(crate) fn of(&self, source: SourceId) -> &[SourceId] {
        self.0.get(&source).map_or(&[], Vec::as_slice)
    }
}

/// The document in force, as text and read.
async fn in_force(tx: &Tx) -> Result<(String, Identity), AppError> {
    let versions = tx.document_versions("identity", "identity").await?;
    let shipped = || configuration::shipped("identity", "identity").unwrap_or_default().to_owned();
    let body = versions.into_iter().next().map_or_else(shipped, |newest| newest.body);
    let identity = Identity::from_toml(&body).map_err(|error| AppError::Document {
        document: "identity identity".to_owned(),
        reason: error.to_string(),
    })?;
    Ok((body, identity))
}

/// The kind of thing that has external ids.
pub(crate) fn kind(subject: Subject) -> Kind {
    match subject {
        Subject::Account => Kind::Account,
        Subject::Person => Kind::Person,
    }
}
