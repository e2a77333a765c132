//! Scorecards, segments, journey, signals, measures and identity: documents of the workspace,
//! version by version; the shipped pack where the workspace has none.

use crate::{
    Actor, App, AppError,
    identity::{Occasion, apply},
    packs::B2B_SAAS,
    workspace,
};
use laer8_domain::{identity::Identity, users::Role};
use laer8_health::{scorecard::Scorecard, segments::Segments, select::Scorecards};
use laer8_intake::tracking::Measures;
use laer8_journey::{JourneyConfig, SignalsConfig};
use laer8_store::{AuditEntry, Document, Tx};
use serde::Serialize;
use utoipa::ToSchema;

/// The kinds of documents.
pub const KINDS: [&str; 6] = ["identity", "journey", "measures", "scorecard", "segments", "signals"];

/// Everything that is configured, checked.
#[derive(Debug, Clone)]
pub(crate) struct Configuration {
    pub(crate) scorecards: Scorecards,
    pub(crate) segments: Segments,
    pub(crate) journey: JourneyConfig,
    pub(crate) signals: SignalsConfig,
}

/// A document of the configuration in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ConfigDocument {
    /// `identity`, `journey`, `measures`, `scorecard`, `segments` or `signals`.
    pub kind: String,
    /// Which of its kind.
    pub key: String,
    /// 0 for the shipped one, else the workspace's version, from 1.
    pub version: u32,
    /// Who wrote it; empty for the shipped one.
    pub author: String,
    /// The TOML.
    pub body: String,
}

impl App {
    /// The documents in force. Needs [`Role::Viewer`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Store`].
    pub async fn documents(&self, actor: &Actor) -> Result<Vec<ConfigDocument>, AppError> {
        actor.must_be(Role::Viewer)?;
        let tx = self.store.read().await?;
        in_force(&tx).await
    }

    /// Puts a new version of a document in force; everything that is worked
    /// out follows it from now on. Needs [`Role::Manager`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`]; [`AppError::Document`] when it can't be
    /// understood, or does not go with the others; [`AppError::Store`].
    pub async fn put_document(
        &self,
        actor: &Actor,
        kind: &str,
        body: &str,
    ) -> Result<ConfigDocument, AppError> {
        actor.must_be(Role::Manager)?;
        let key = key_of(kind, body)?;
        let tx = self.store.write().await?;
        self.put_in(tx, actor, (kind, &key), body).await
    }

    /// As [`App::put_document`], in place of the version that the author has
    /// seen: 0 is the shipped one, none that there is no such document yet.
    /// Nobody overwrites what somebody else changed meanwhile. Needs
    /// [`Role::Manager`].
    ///
    /// # Errors
    /// As [`App::put_document`]; [`AppError::Invalid`] when the document says
    /// that its key is another, [`AppError::Outdated`] when another version is
    /// in force.
    pub async fn replace_document(
        &self,
        actor: &Actor,
        (kind, key): (&str, &str),
        seen: Option<u32>,
        body: &str,
    ) -> Result<ConfigDocument, AppError> {
        actor.must_be(Role::Manager)?;
        let own = key_of(kind, body)?;
        if own != key {
            return Err(AppError::Invalid(format!(
                "the document says that its key is \"{own}\", not \"{key}\""
            )));
        }
        let tx = self.store.write().await?;
        let documents = in_force(&tx).await?;
        let found = documents.iter().find(|document| document.kind == kind && document.key == key);
        let found = found.map(|document| document.version);
        if found != seen {
            let found = found.map_or_else(
                || "there is no such document".to_owned(),
                |version| format!("it is at version {version}"),
            );
            return Err(AppError::Outdated { document: format!("{kind} {key}"), found });
        }
        self.put_in(tx, actor, (kind, key), body).await
    }

    async fn put_in(
        &self,
        tx: Tx,
        actor: &Actor,
        (kind, key): (&str, &str),
        body: &str,
    ) -> Result<ConfigDocument, AppError> {
        let mut documents = in_force(&tx).await?;
        let versions = tx.document_versions(kind, key).await?;
        let version = versions.first().map_or(1, |newest| newest.version + 1);
        let document = ConfigDocument {
            kind: kind.to_owned(),
            key: key.to_owned(),
            version,
            author: actor.name.clone(),
            body: body.to_owned(),
        };
        replace(&mut documents, document.clone());
        configuration(&documents)?;
        self.keep(&tx, actor, &document).await?;
        tx.commit().await?;
        Ok(document)
    }

    /// Puts an earlier version of a document in force again, as a new version;
    /// 0 is the shipped one. Needs [`Role::Manager`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`], [`AppError::Store`].
    pub async fn roll_back(
        &self,
        actor: &Actor,
        kind: &str,
        key: &str,
        version: u32,
    ) -> Result<ConfigDocument, AppError> {
        actor.must_be(Role::Manager)?;
        let body = {
            let tx = self.store.read().await?;
            let versions = tx.document_versions(kind, key).await?;
            let stored =
                versions.into_iter().find(|stored| stored.version == version).map(|stored| stored.body);
            let shipped = shipped(kind, key).filter(|_| version == 0).map(str::to_owned);
            stored.or(shipped)
        };
        let not_found = || AppError::NotFound {
            kind: "version",
            name: format!("{version} of {kind} {key}"),
            hint: String::new(),
        };
        self.put_document(actor, kind, &body.ok_or_else(not_found)?).await
    }

    /// Writes a version down; whoever calls this has checked it.
    pub(crate) async fn keep(
        &self,
        tx: &Tx,
        actor: &Actor,
        document: &ConfigDocument,
    ) -> Result<(), AppError> {
        let now = self.clock.now();
        tx.insert_document(Document {
            kind: document.kind.clone(),
            key: document.key.clone(),
            version: document.version,
            body: document.body.clone(),
            author: actor.name.clone(),
            created_at: now,
        })
        .await?;
        tx.audit(AuditEntry {
            at: now,
            actor: actor.name.clone(),
            action: "config.change".to_owned(),
            subject: format!("{}:{}", document.kind, document.key),
            detail: serde_json::json!({ "version": document.version }),
        })
        .await?;
        if document.kind == "identity" {
            let today = self.today(&workspace::load(tx).await?);
            apply(tx, Occasion { by: &actor.name, at: now, today }).await?;
        }
        Ok(tx.forget_evaluations(None).await?)
    }
}

/// The shipped text of a document, where it is one that is shipped.
pub(crate) fn shipped(kind: &str, key: &str) -> Option<&'static str> {
    let shipped = B2B_SAAS.iter().find(|shipped| shipped.kind == kind && shipped.key == key);
    shipped.map(|shipped| shipped.body)
}

/// The configuration in force.
pub(crate) async fn load(tx: &Tx) -> Result<Configuration, AppError> {
    configuration(&in_force(tx).await?)
}

/// Which usage events count for.
pub(crate) async fn measures(tx: &Tx) -> Result<Measures, AppError> {
    let (kind, key) = ("measures", "measures");
    let stored = tx.document_versions(kind, key).await?.into_iter().next().map(|newest| newest.body);
    let body = stored.as_deref().or_else(|| shipped(kind, key)).unwrap_or_default();
    Measures::from_toml(body).map_err(|error| wrong(kind, key, &error))
}

/// The shipped documents, each replaced by the workspace's where it has one,
/// and the workspace's own.
pub(crate) async fn in_force(tx: &Tx) -> Result<Vec<ConfigDocument>, AppError> {
    let mut documents: Vec<ConfigDocument> = B2B_SAAS
        .iter()
        .map(|shipped| ConfigDocument {
            kind: shipped.kind.to_owned(),
            key: shipped.key.to_owned(),
            version: 0,
            author: String::new(),
            body: shipped.body.to_owned(),
        })
        .collect();
    let stored = tx.documents().await?.into_iter();
    for stored in stored.filter(|stored| KINDS.contains(&stored.kind.as_str())) {
        let (kind, key, version, author, body) =
            (stored.kind, stored.key, stored.version, stored.author, stored.body);
        replace(&mut documents, ConfigDocument { kind, key, version, author, body });
    }
    Ok(documents)
}

/// Puts a document in the place of the one of its kind and key.
pub(crate) fn replace(documents: &mut Vec<ConfigDocument>, new: ConfigDocument) {
    match documents.iter_mut().find(|other| other.kind == new.kind && other.key == new.key) {
        Some(old) => *old = new,
        None => documents.push(new),
    }
}

/// Reads and checks documents together.
pub(crate) fn configuration(documents: &[ConfigDocument]) -> Result<Configuration, AppError> {
    let mut scorecards = Vec::new();
    let (mut segments, mut journey, mut signals) = (None, None, None);
    for document in documents {
        let wrong = |reason: &dyn std::fmt::Display| wrong(&document.kind, &document.key, reason);
        match document.kind.as_str() {
            "scorecard" => {
                scorecards.push(Scorecard::from_toml(&document.body).map_err(|error| wrong(&error))?);
            }
            "identity" => {
                // Its rules are applied as facts come in, not when somebody looks.
                Identity::from_toml(&document.body).map_err(|error| wrong(&error))?;
            }
            "segments" => {
                segments = Some(Segments::from_toml(&document.body).map_err(|error| wrong(&error))?);
            }
            "journey" => {
                journey = Some(JourneyConfig::from_toml(&document.body).map_err(|error| wrong(&error))?);
            }
            // Which usage events count for is asked where events are worked in.
            "measures" => {
                Measures::from_toml(&document.body).map_err(|error| wrong(&error))?;
            }
            "signals" => {
                signals = Some(SignalsConfig::from_toml(&document.body).map_err(|error| wrong(&error))?);
            }
            other => return Err(unknown_kind(other)),
        }
    }
    let missing = |kind: &str| wrong(kind, kind, &"it is missing");
    Ok(Configuration {
        scorecards: Scorecards::new(scorecards).map_err(|error| wrong("scorecard", "all", &error))?,
        segments: segments.ok_or_else(|| missing("segments"))?,
        journey: journey.ok_or_else(|| missing("journey"))?,
        signals: signals.ok_or_else(|| missing("signals"))?,
    })
}

/// The key under which a document of `kind` is kept; checks the document.
pub(crate) fn key_of(kind: &str, body: &str) -> Result<String, AppError> {
    if kind == "scorecard" {
        let card = Scorecard::from_toml(body).map_err(|error| wrong(kind, "new", &error))?;
        return Ok(card.key().to_owned());
    }
    if KINDS.contains(&kind) { Ok(kind.to_owned()) } else { Err(unknown_kind(kind)) }
}

fn wrong(kind: &str, key: &str, reason: &dyn std::fmt::Display) -> AppError {
    AppError::Document { document: format!("{kind} {key}"), reason: reason.to_string() }
}

fn unknown_kind(kind: &str) -> AppError {
    AppError::Invalid(format!("there is no kind of document \"{kind}\"; the kinds are {}", KINDS.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_documents_go_together() {
        let documents: Vec<ConfigDocument> = B2B_SAAS
            .iter()
            .map(|shipped| ConfigDocument {
                kind: shipped.kind.to_owned(),
                key: shipped.key.to_owned(),
                version: 0,
                author: String::new(),
                body: shipped.body.to_owned(),
            })
            .collect();
        let configuration = configuration(&documents).expect("the pack is right");
        for document in documents.iter().filter(|document| document.kind == "scorecard") {
            assert!(
                configuration.scorecards.card(&document.key).is_some(),
                "{} is kept by its key",
                document.key
            );
        }
    }

    #[test]
    fn a_kind_that_does_not_exist_is_refused() {
        assert!(matches!(key_of("scorecards", ""), Err(AppError::Invalid(_))));
    }
}
