//! The sources that send events: which there are, how they do, what came of the
//! last events, what lies in quarantine.

use super::{
    gate::fresh_key,
    keeping::kept_days,
    views::{LiveSourceView, LiveSourcesView, MinuteOfIntake, RecentEventView, RefusedEventView, recent},
    worker::READER,
};
use crate::{Actor, App, AppError};
use chrono::{DateTime, TimeDelta, Utc};
use laer8_domain::{
    identity::Subject,
    ids::{AccountId, SourceId},
    provenance::OWN_SOURCE,
    users::Role,
};
use laer8_store::{IntakeCounts, LiveSource, RecentEvent, RefusedEventRow, StoreError, Tx};

/// How long a write key is.
pub const WRITE_KEY_BYTES: usize = 32;

/// The most characters of a source's name.
const NAME_MOST: usize = 64;

/// Within how many minutes something should be heard, unless somebody says.
const FRESH: u32 = 60;

/// For how many minutes it is shown what came.
const SHOWN_MINUTES: i64 = 60;

/// What somebody says of a source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LiveSourceDraft {
    /// What it is called; a new source needs a name.
    pub name: Option<String>,
    /// Whether events are taken.
    pub active: Option<bool>,
    /// Within how many minutes something should be heard of it.
    pub fresh_minutes: Option<u32>,
}

impl App {
    /// The sources that send events, and how they do. Needs [`Role::Viewer`];
    /// keys are shown from [`Role::Manager`] on.
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Store`].
    pub async fn live_sources(&self, actor: &Actor) -> Result<LiveSourcesView, AppError> {
        actor.must_be(Role::Viewer)?;
        let now = self.clock.now();
        let tx = self.store.read().await?;
        let mut sources = Vec::new();
        for source in tx.live_sources().await? {
            sources.push(self.live_view(&tx, actor, source, now).await?);
        }
        let position = tx.inbox_position(READER).await?;
        let (_, backlog) = self.store.inbox_after(position).await?;
        let fills = self.fills(&tx).await?;
        let kept_days = kept_days(&tx).await?;
        Ok(LiveSourcesView { now, sources, backlog, fills, kept_days })
    }

    /// One of them. Needs [`Role::Viewer`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`], [`AppError::Store`].
    pub async fn live_source(&self, actor: &Actor, id: SourceId) -> Result<LiveSourceView, AppError> {
        actor.must_be(Role::Viewer)?;
        let tx = self.store.read().await?;
        let source = found(&tx, id).await?;
        self.live_view(&tx, actor, source, self.clock.now()).await
    }

    /// Lets a source send events; one that exists already, such as that of an
    /// import, sends events under the ids that it has. Needs [`Role::Manager`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Invalid`] for a name that is none,
    /// [`AppError::Store`] with [`StoreError::Exists`] when it sends events
    /// already.
    pub async fn add_live_source(
        &self,
        actor: &Actor,
        draft: &LiveSourceDraft,
    ) -> Result<LiveSourceView, AppError> {
        actor.must_be(Role::Manager)?;
        let name = checked(draft.name.as_deref().unwrap_or_default())?;
        let now = self.clock.now();
        let tx = self.store.write().await?;
        let id = tx.source(&name).await?;
        let source = LiveSource {
            id,
            name,
            write_key: fresh_key()?,
            active: draft.active.unwrap_or(true),
            fresh_minutes: draft.fresh_minutes.unwrap_or(FRESH).max(1),
            created_at: now,
        };
        if tx.live_sources().await?.iter().any(|other| other.id == id) {
            return Err(StoreError::Exists { what: format!("the source \"{}\"", source.name) }.into());
        }
        tx.insert_live_source(&source).await?;
        let detail = serde_json::json!({ "id": id });
        self.log(&tx, actor, "source.add", format!("source:{}", source.name), detail).await?;
        let view = self.live_view(&tx, actor, source, now).await?;
        tx.commit().await?;
        self.gate.forget_keys();
        Ok(view)
    }

    /// Changes a source. Needs [`Role::Manager`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`], [`AppError::Invalid`] for
    /// a name that is none, [`AppError::Store`] with [`StoreError::Exists`] when
    /// another source has the name.
    pub async fn change_live_source(
        &self,
        actor: &Actor,
        id: SourceId,
        draft: &LiveSourceDraft,
    ) -> Result<LiveSourceView, AppError> {
        actor.must_be(Role::Manager)?;
        let name = draft.name.as_deref().map(checked).transpose()?;
        let tx = self.store.write().await?;
        let before = found(&tx, id).await?;
        let source = LiveSource {
            name: name.unwrap_or_else(|| before.name.clone()),
            active: draft.active.unwrap_or(before.active),
            fresh_minutes: draft.fresh_minutes.unwrap_or(before.fresh_minutes).max(1),
            ..before.clone()
        };
        tx.update_live_source(&source).await?;
        let told = |source: &LiveSource| {
            serde_json::json!({
                "name": source.name, "active": source.active, "fresh_minutes": source.fresh_minutes
            })
        };
        let detail = serde_json::json!({ "before": told(&before), "after": told(&source) });
        self.log(&tx, actor, "source.change", format!("source:{}", source.name), detail).await?;
        let view = self.live_view(&tx, actor, source, self.clock.now()).await?;
        tx.commit().await?;
        self.gate.forget_keys();
        Ok(view)
    }

    /// Gives a source another key; who sends with the old one is refused from
    /// now on. Needs [`Role::Manager`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`], [`AppError::Store`].
    pub async fn renew_write_key(&self, actor: &Actor, id: SourceId) -> Result<LiveSourceView, AppError> {
        actor.must_be(Role::Manager)?;
        let tx = self.store.write().await?;
        let source = LiveSource { write_key: fresh_key()?, ..found(&tx, id).await? };
        tx.update_live_source(&source).await?;
        let subject = format!("source:{}", source.name);
        self.log(&tx, actor, "source.renew_key", subject, serde_json::json!({})).await?;
        let view = self.live_view(&tx, actor, source, self.clock.now()).await?;
        tx.commit().await?;
        self.gate.forget_keys();
        Ok(view)
    }

    /// The events of a source that came last, the latest first; those before
    /// `before`, where one is named. Needs [`Role::Viewer`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`], [`AppError::Store`].
    pub async fn recent_events(
        &self,
        actor: &Actor,
        id: SourceId,
        before: Option<i64>,
        limit: u64,
    ) -> Result<Vec<RecentEventView>, AppError> {
        actor.must_be(Role::Viewer)?;
        let tx = self.store.read().await?;
        found(&tx, id).await?;
        let mut events = tx.recent_events(id, before, limit).await?;
        // An account may be read as another by now.
        let told: Vec<i64> = events.iter().filter_map(|event| Some(event.account?.0)).collect();
        let read_as = tx.read_as(Subject::Account, &told).await?;
        for account in events.iter_mut().filter_map(|event| event.account.as_mut()) {
            account.0 = read_as.get(&account.0).copied().unwrap_or(account.0);
        }
        let accounts: Vec<AccountId> = events.iter().filter_map(|event| event.account).collect();
        let names = names(&tx, &accounts).await?;
        let shown = |event: RecentEvent| {
            let account_name = event.account.and_then(|account| names.get(&account).cloned());
            recent(event, account_name)
        };
        Ok(events.into_iter().map(shown).collect())
    }

    /// The events of a source that could not be understood, the latest first;
    /// those before `before`, where one is named. Needs [`Role::Viewer`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`], [`AppError::Store`].
    pub async fn refused_events(
        &self,
        actor: &Actor,
        id: SourceId,
        before: Option<i64>,
        limit: u64,
    ) -> Result<Vec<RefusedEventView>, AppError> {
        actor.must_be(Role::Viewer)?;
        let tx = self.store.read().await?;
        found(&tx, id).await?;
        let shown = |row: RefusedEventRow| RefusedEventView {
            id: row.id,
            received_at: row.received_at,
            reason: row.reason,
            message: row.message,
            event: row.event,
        };
        Ok(tx.refused_events(id, before, limit).await?.into_iter().map(shown).collect())
    }

    /// A source, and how it does.
    async fn live_view(
        &self,
        tx: &Tx,
        actor: &Actor,
        source: LiveSource,
        now: DateTime<Utc>,
    ) -> Result<LiveSourceView, AppError> {
        let totals = tx.intake_totals(source.id).await?;
        let since = now - TimeDelta::minutes(SHOWN_MINUTES);
        let minutes = tx.intake_minutes(source.id, since).await?;
        let minute = |(at, counts): (DateTime<Utc>, IntakeCounts)| MinuteOfIntake {
            at,
            accepted: counts.accepted,
            duplicates: counts.duplicates,
            refused: counts.refused,
        };
        let age = totals.last_received_at.map(|at| now - at);
        let fresh = age.is_some_and(|age| age <= TimeDelta::minutes(i64::from(source.fresh_minutes)));
        Ok(LiveSourceView {
            id: source.id,
            write_key: actor.must_be(Role::Manager).is_ok().then_some(source.write_key),
            name: source.name,
            active: source.active,
            fresh_minutes: source.fresh_minutes,
            fresh,
            created_at: source.created_at,
            last_event_at: totals.last_event_at,
            last_received_at: totals.last_received_at,
            accepted: totals.counts.accepted,
            duplicates: totals.counts.duplicates,
            refused: totals.counts.refused,
            waiting: tx.waiting(source.id).await?,
            quarantined: tx.refused_events_count(source.id).await?,
            lag_ms: self.intake.listeners.meter.lag_ms(source.id),
            minutes: minutes.into_iter().map(minute).collect(),
        })
    }
}

/// A name as it is kept.
fn checked(name: &str) -> Result<String, AppError> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > NAME_MOST || name.contains(char::is_control) {
        return Err(AppError::Invalid(format!("a source has a name of at most {NAME_MOST} characters")));
    }
    if name == OWN_SOURCE {
        return Err(AppError::Invalid(format!(
            "the source \"{OWN_SOURCE}\" is what people enter in Laer8; call yours something else"
        )));
    }
    Ok(name.to_owned())
}

pub(super) async fn found(tx: &Tx, id: SourceId) -> Result<LiveSource, AppError> {
    let source = tx.live_sources().await?.into_iter().find(|source| source.id == id);
    source.ok_or_else(|| AppError::NotFound { kind: "source", name: format!("#{id}"), hint: String::new() })
}

/// What accounts are called.
pub(super) async fn names(
    tx: &Tx,
    accounts: &[AccountId],
) -> Result<rustc_hash::FxHashMap<AccountId, String>, AppError> {
    let mut accounts = accounts.to_vec();
    accounts.sort_unstable();
    accounts.dedup();
    let histories = tx.histories_of(&accounts, laer8_store::Scope::Revenue).await?;
    let name = |history: laer8_domain::history::AccountHistory| {
        let name = history.seen(chrono::NaiveDate::MAX).name().to_owned();
        (history.id, name)
    };
    Ok(histories.into_iter().map(name).collect())
}
