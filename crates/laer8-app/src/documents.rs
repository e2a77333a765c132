//! Editing a document of the configuration: what it was, what a draft would
//! change, and putting it in force without writing over somebody else's work.

use crate::{
    Actor, App, AppError, AsOf, ConfigDocument, LocalTime, WhatIfView,
    configuration::{Configuration, KINDS, configuration, in_force, replace, shipped},
    workspace,
};
use chrono::{DateTime, Utc};
use laer8_domain::users::Role;
use laer8_health::names::Name;
use laer8_health::scorecard::{
    Scorecard,
    differences::{Difference, differences},
    document::ScorecardDocument,
    lines::{Trouble, placed},
    rewrite::rewrite,
};
use laer8_store::Tx;
use serde::Serialize;
use utoipa::ToSchema;

/// A version of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DocumentVersion {
    /// 0 for the shipped one, else counted from 1.
    pub version: u32,
    /// Who put it in force; empty for the shipped one.
    pub author: String,
    /// When; none for the shipped one.
    pub created_at: Option<DateTime<Utc>>,
    /// The same, as the clocks of the workspace show it.
    #[serde(skip)]
    pub saved: Option<LocalTime>,
    /// The TOML.
    pub body: String,
}

/// A document with its history.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct DocumentView {
    /// `identity`, `journey`, `scorecard`, `segments` or `signals`.
    pub kind: String,
    /// Which of its kind.
    pub key: String,
    /// All versions, the one in force first.
    pub versions: Vec<DocumentVersion>,
}

impl DocumentView {
    /// The version in force.
    #[must_use]
    pub fn newest(&self) -> &DocumentVersion {
        &self.versions[0] // made with at least one
    }

    /// What people call a scorecard; other documents have no name of their own.
    #[must_use]
    pub fn name(&self) -> Option<Name> {
        let card = (self.kind == "scorecard").then(|| Scorecard::from_toml(&self.newest().body))?;
        card.ok().map(|card| card.name().clone())
    }

    /// A version.
    #[must_use]
    pub fn version(&self, version: u32) -> Option<&DocumentVersion> {
        self.versions.iter().find(|it| it.version == version)
    }
}

/// A document as somebody wants it.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// The kind of document.
    pub kind: String,
    /// Which of its kind.
    pub key: String,
    /// The version that they began from.
    pub base: u32,
    /// What they made of it.
    pub edited: Edited,
}

/// What somebody made of a document.
#[derive(Debug, Clone, PartialEq)]
pub enum Edited {
    /// Its text.
    Text(String),
    /// A scorecard, to be written into the text that it began from.
    Scorecard(Box<ScorecardDocument>),
}

/// One thing that keeps a draft from being put in force.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentFault {
    /// The line, from 1, where it is on one.
    pub line: Option<usize>,
    /// What.
    pub what: DocumentTrouble,
}

/// What is wrong with a draft.
#[derive(Debug, Clone, PartialEq)]
pub enum DocumentTrouble {
    /// It is no scorecard that can be used.
    Scorecard(Trouble),
    /// It names another key than the document has.
    OtherKey(String),
    /// Anything else; in English.
    Text(String),
}

/// What somebody else put in force while a draft was written.
#[derive(Debug, Clone, PartialEq)]
pub struct Meanwhile {
    /// Their version.
    pub theirs: DocumentVersion,
    /// What they changed, for scorecards.
    pub changes: Vec<Difference>,
}

/// What a draft would do.
#[derive(Debug, Clone, PartialEq)]
pub struct Tried {
    /// Its text.
    pub body: String,
    /// What keeps it from being put in force; nothing of what follows is
    /// known while there is any.
    pub faults: Vec<DocumentFault>,
    /// What it changes against the version that it began from, for scorecards.
    pub changes: Vec<Difference>,
    /// What becomes of the accounts; none for other kinds, and while there are
    /// no facts.
    pub effect: Option<WhatIfView>,
    /// That somebody else was quicker.
    pub meanwhile: Option<Meanwhile>,
}

/// What came of putting a draft in force.
#[derive(Debug, Clone, PartialEq)]
pub enum Saved {
    /// It is.
    Kept(ConfigDocument),
    /// It is not: it has faults, or somebody else was quicker.
    Not(Box<Tried>),
}

impl App {
    /// A document with its history. Needs [`Role::Viewer`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`], [`AppError::Store`].
    pub async fn document(&self, actor: &Actor, kind: &str, key: &str) -> Result<DocumentView, AppError> {
        actor.must_be(Role::Viewer)?;
        let tx = self.store.read().await?;
        document_in(&tx, kind, key).await
    }

    /// What a draft would do; saves nothing. Needs [`Role::Viewer`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`] also for the version
    /// that it began from, [`AppError::TooEarly`], [`AppError::Store`].
    pub async fn try_document(&self, actor: &Actor, as_of: AsOf, draft: &Draft) -> Result<Tried, AppError> {
        actor.must_be(Role::Viewer)?;
        let tx = self.store.read().await?;
        let (mut tried, proposed) = attempt(&tx, actor, draft).await?;
        if draft.kind == "scorecard"
            && let Some(proposed) = proposed
        {
            tried.effect = match self.customers(&tx, as_of).await {
                Ok(customers) => {
                    let result = customers.what_if(&proposed.scorecards);
                    Some(WhatIfView::of(&customers, vec![draft.key.clone()], result))
                }
                Err(AppError::Empty) => None,
                Err(error) => return Err(error),
            };
        }
        Ok(tried)
    }

    /// Puts a draft in force, unless it has faults or is not made from the
    /// version in force. Needs [`Role::Manager`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`], [`AppError::Store`].
    pub async fn save_document(&self, actor: &Actor, draft: &Draft) -> Result<Saved, AppError> {
        actor.must_be(Role::Manager)?;
        let tx = self.store.write().await?;
        let (tried, _) = attempt(&tx, actor, draft).await?;
        if !tried.faults.is_empty() || tried.meanwhile.is_some() {
            return Ok(Saved::Not(Box::new(tried)));
        }
        let newest = tx.document_versions(&draft.kind, &draft.key).await?;
        let document = ConfigDocument {
            kind: draft.kind.clone(),
            key: draft.key.clone(),
            version: newest.first().map_or(1, |newest| newest.version + 1),
            author: actor.name.clone(),
            body: tried.body,
        };
        self.keep(&tx, actor, &document).await?;
        tx.commit().await?;
        Ok(Saved::Kept(document))
    }
}

/// What is to be known of a draft before its accounts are scored, and the
/// configuration with it where it has no faults.
async fn attempt(tx: &Tx, actor: &Actor, draft: &Draft) -> Result<(Tried, Option<Configuration>), AppError> {
    let view = document_in(tx, &draft.kind, &draft.key).await?;
    let base = view.version(draft.base).ok_or_else(|| not_found(&draft.kind, &draft.key))?;
    let body = match &draft.edited {
        // Browsers send every line break as two characters.
        Edited::Text(text) => text.replace("\r\n", "\n"),
        Edited::Scorecard(wanted) => rewrite(&base.body, wanted).unwrap_or_else(|_| base.body.clone()),
    };
    let mut tried = Tried { body, faults: vec![], changes: vec![], effect: None, meanwhile: None };
    if view.newest().version != draft.base {
        let theirs = view.newest().clone();
        let changes = changes(&draft.kind, &base.body, &theirs.body);
        tried.meanwhile = Some(Meanwhile { theirs, changes });
    }
    let mut documents = in_force(tx).await?;
    replace(
        &mut documents,
        ConfigDocument {
            kind: draft.kind.clone(),
            key: draft.key.clone(),
            version: 0,
            author: actor.name.clone(),
            body: tried.body.clone(),
        },
    );
    let together = configuration(&documents);
    tried.faults = faults(draft, &tried.body, together.as_ref().err());
    if !tried.faults.is_empty() {
        return Ok((tried, None));
    }
    tried.changes = changes(&draft.kind, &base.body, &tried.body);
    Ok((tried, together.ok()))
}

fn faults(draft: &Draft, body: &str, together: Option<&AppError>) -> Vec<DocumentFault> {
    if draft.kind == "scorecard" {
        // A model that a form made is looked at as it is: its faults are the
        // form's, not those of a text that nobody wrote.
        let read = match &draft.edited {
            Edited::Text(_) => Scorecard::from_toml(body),
            Edited::Scorecard(wanted) => Scorecard::from_document(wanted),
        };
        match read {
            Err(error) => {
                let fault = |it: laer8_health::scorecard::lines::Placed| DocumentFault {
                    line: it.line,
                    what: DocumentTrouble::Scorecard(it.fault),
                };
                return placed(body, &error).into_iter().map(fault).collect();
            }
            Ok(card) if card.key() != draft.key => {
                let line = body.lines().position(|line| line.trim_start().starts_with("key"));
                let what = DocumentTrouble::OtherKey(card.key().to_owned());
                return vec![DocumentFault { line: line.map(|line| line + 1), what }];
            }
            Ok(_) => {}
        }
    }
    let fault = |error: &AppError| {
        let text = match error {
            AppError::Document { reason, .. } => reason.clone(),
            other => other.to_string(),
        };
        DocumentFault { line: line_said(&text), what: DocumentTrouble::Text(text) }
    };
    together.map(fault).into_iter().collect()
}

/// The line that a reader's message names.
fn line_said(message: &str) -> Option<usize> {
    let (_, rest) = message.split_once("at line ")?;
    rest.split(|letter: char| !letter.is_ascii_digit()).next()?.parse().ok()
}

fn changes(kind: &str, before: &str, after: &str) -> Vec<Difference> {
    if kind != "scorecard" {
        return Vec::new();
    }
    match (Scorecard::from_toml(before), Scorecard::from_toml(after)) {
        (Ok(before), Ok(after)) => differences(&before, &after),
        _ => Vec::new(),
    }
}

impl App {
    /// All versions of a document, the newest first, the shipped one last.
    /// Needs [`Role::Viewer`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`], [`AppError::Store`].
    pub async fn document_versions(
        &self,
        actor: &Actor,
        kind: &str,
        key: &str,
    ) -> Result<Vec<DocumentVersion>, AppError> {
        actor.must_be(Role::Viewer)?;
        Ok(document_in(&self.store.read().await?, kind, key).await?.versions)
    }
}

/// A document with its history.
pub(crate) async fn document_in(tx: &Tx, kind: &str, key: &str) -> Result<DocumentView, AppError> {
    if !KINDS.contains(&kind) {
        return Err(not_found(kind, key));
    }
    let zone = workspace::load(tx).await?.zone;
    let stored = tx.document_versions(kind, key).await?.into_iter().map(|stored| DocumentVersion {
        version: stored.version,
        author: stored.author,
        created_at: Some(stored.created_at),
        saved: Some(LocalTime::of(stored.created_at, zone)),
        body: stored.body,
    });
    let original = shipped(kind, key).map(|body| DocumentVersion {
        version: 0,
        author: String::new(),
        created_at: None,
        saved: None,
        body: body.to_owned(),
    });
    let versions: Vec<DocumentVersion> = stored.chain(original).collect();
    if versions.is_empty() {
        return Err(not_found(kind, key));
    }
    Ok(DocumentView { kind: kind.to_owned(), key: key.to_owned(), versions })
}

fn not_found(kind: &str, key: &str) -> AppError {
    AppError::NotFound { kind: "document", name: format!("{kind} {key}"), hint: String::new() }
}
