//! The sources that send events: which there are, how they do, what came of the
//! last events, what lies in quarantine.

use super::{IntakeError, gate::fresh_key, worker::READER};
use crate::{Actor, App, AppError};
use chrono::{DateTime, TimeDelta, Utc};
use laer8_domain::{
    identity::Subject,
    ids::{AccountId, SourceId},
    provenance::OWN_SOURCE,
    users::Role,
};
use laer8_intake::tracking::{Endpoint, MOST_BATCH_BYTES};
use laer8_store::{IntakeCounts, LiveSource, RecentEvent, RefusedEventRow, StoreError, Tx};
use serde::Serialize;
use utoipa::ToSchema;

/// How long a write key is.
pub const WRITE_KEY_BYTES: usize = 32;

/// The most characters of a source's name.
const NAME_MOST: usize = 64;

/// Within how many minutes something should be heard, unless somebody says.
const FRESH: u32 = 60;

/// For how many minutes it is shown what came.
const SHOWN_MINUTES: i64 = 60;

/// Events of the quarantine that are read again at once.
const REPLAYED: u64 = 10_000;

/// What became of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EventFate {
    /// It was taken, and counts.
    Accepted,
    /// It was taken, and waits until its account is known.
    Waits,
    /// It was taken before.
    Duplicate,
    /// It could not be understood.
    Refused,
    /// It was taken, but says of a person that they are at another account than
    /// before, which is left as it was.
    OtherAccount,
    /// It was understood, but could not be stored.
    NotStored,
}

impl EventFate {
    const ALL: [Self; 6] =
        [Self::Accepted, Self::Waits, Self::Duplicate, Self::Refused, Self::OtherAccount, Self::NotStored];

    /// The code.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Waits => "waits",
            Self::Duplicate => "duplicate",
            Self::Refused => "refused",
            Self::OtherAccount => "other_account",
            Self::NotStored => "not_stored",
        }
    }
}

/// The sources that send events.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct LiveSourcesView {
    /// When this was so.
    pub now: DateTime<Utc>,
    /// The sources, by name.
    pub sources: Vec<LiveSourceView>,
    /// How many events are accepted and not worked in yet, of all sources.
    pub backlog: u64,
}

/// A source that sends events, and how it does.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct LiveSourceView {
    /// Which.
    pub id: SourceId,
    /// What it is called.
    pub name: String,
    /// By what it is known. Only for those who may change it.
    pub write_key: Option<String>,
    /// Whether events are taken.
    pub active: bool,
    /// Within how many minutes something should be heard of it.
    pub fresh_minutes: u32,
    /// Whether something was heard within that time.
    pub fresh: bool,
    /// Since when it is there.
    pub created_at: DateTime<Utc>,
    /// When its newest event happened.
    pub last_event_at: Option<DateTime<Utc>>,
    /// When its last event was received.
    pub last_received_at: Option<DateTime<Utc>>,
    /// How many events were taken, those that wait included.
    pub accepted: u64,
    /// How many had been taken before.
    pub duplicates: u64,
    /// How many could not be understood.
    pub refused: u64,
    /// How many wait until their account is known.
    pub waiting: u64,
    /// How many lie in quarantine.
    pub quarantined: u64,
    /// What came in the last hour, minute by minute, the oldest first.
    pub minutes: Vec<MinuteOfIntake>,
}

/// What came in a minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct MinuteOfIntake {
    /// When it began.
    pub at: DateTime<Utc>,
    /// How many events were taken.
    pub accepted: u64,
    /// How many had been taken before.
    pub duplicates: u64,
    /// How many could not be understood.
    pub refused: u64,
}

/// An event that came lately.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RecentEventView {
    /// Which; a later one has a higher number.
    pub id: i64,
    /// When it was received.
    pub received_at: DateTime<Utc>,
    /// When it happened, where it was understood.
    pub occurred_at: Option<DateTime<Utc>>,
    /// The call; empty where it was not understood.
    pub kind: String,
    /// What it is about: an event, a page, an account.
    pub name: String,
    /// Who did it.
    pub who: String,
    /// Its id.
    pub message_id: String,
    /// What became of it.
    pub outcome: EventFate,
    /// Why it was refused, as a code; else empty.
    pub reason: String,
    /// The account that it touched.
    pub account: Option<AccountId>,
    /// What that is called.
    pub account_name: Option<String>,
    /// What was sent, as it is understood; long ones are cut.
    pub event: String,
}

/// An event in quarantine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RefusedEventView {
    /// Which; a later one has a higher number.
    pub id: i64,
    /// When it was received.
    pub received_at: DateTime<Utc>,
    /// Why it was refused, as a code.
    pub reason: String,
    /// Why, in words; in English.
    pub message: String,
    /// What was sent.
    pub event: String,
}

/// What came of reading events of the quarantine again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Replayed {
    /// How many were sent again. Those that are still not understood come back.
    pub events: u64,
}

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
            sources.push(view(&tx, actor, source, now).await?);
        }
        let position = tx.inbox_position(READER).await?;
        let (_, backlog) = self.store.inbox_after(position).await?;
        Ok(LiveSourcesView { now, sources, backlog })
    }

    /// One of them. Needs [`Role::Viewer`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`], [`AppError::Store`].
    pub async fn live_source(&self, actor: &Actor, id: SourceId) -> Result<LiveSourceView, AppError> {
        actor.must_be(Role::Viewer)?;
        let tx = self.store.read().await?;
        let source = found(&tx, id).await?;
        view(&tx, actor, source, self.clock.now()).await
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
        let view = view(&tx, actor, source, now).await?;
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
        let view = view(&tx, actor, source, self.clock.now()).await?;
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
        let view = view(&tx, actor, source, self.clock.now()).await?;
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

    /// Reads events of a source's quarantine again, as if they came now: the one
    /// named, mended where `mended` says how it should have been, or all. Needs
    /// [`Role::Manager`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`], [`AppError::Invalid`] when
    /// what was mended can't be read, [`AppError::Store`].
    pub async fn replay_refused(
        &self,
        actor: &Actor,
        id: SourceId,
        one: Option<i64>,
        mended: Option<&str>,
    ) -> Result<Replayed, AppError> {
        actor.must_be(Role::Manager)?;
        let (source, rows) = {
            let tx = self.store.read().await?;
            let source = found(&tx, id).await?;
            let mut rows = tx.refused_events(id, None, REPLAYED).await?;
            rows.retain(|row| one.is_none_or(|one| row.id == one));
            (source, rows)
        };
        if let (Some(one), true) = (one, rows.is_empty()) {
            return Err(AppError::NotFound {
                kind: "event in quarantine",
                name: one.to_string(),
                hint: String::new(),
            });
        }
        // Sent first and let out then: who is killed between sends it twice, which
        // its id makes once.
        let events: Vec<String> = rows.iter().rev().map(|row| as_of_batch(row, mended)).collect();
        for body in batches(&events) {
            let sent = self.take_in(Endpoint::Batch, Some(&source.write_key), body.into_bytes()).await;
            sent.map_err(|error| match error {
                IntakeError::Full => AppError::Store(StoreError::Full),
                other => AppError::Invalid(other.to_string()),
            })?;
        }
        let tx = self.store.write().await?;
        let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
        tx.forget_refused_events(&ids).await?;
        let detail = serde_json::json!({ "events": ids.len() });
        self.log(&tx, actor, "source.replay", format!("source:{}", source.name), detail).await?;
        tx.commit().await?;
        Ok(Replayed { events: ids.len() as u64 })
    }
}

/// A refused event as one of a batch. An event of a call of its own says by its
/// address what it is.
fn as_of_batch(row: &RefusedEventRow, mended: Option<&str>) -> String {
    let event = mended.unwrap_or(&row.event);
    if row.endpoint.is_empty() {
        return event.to_owned();
    }
    match serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(event) {
        Ok(mut fields) => {
            fields.entry("type").or_insert_with(|| row.endpoint.clone().into());
            serde_json::Value::Object(fields).to_string()
        }
        Err(_) => event.to_owned(),
    }
}

/// Events in as few bodies as may be sent.
fn batches(events: &[String]) -> Vec<String> {
    let mut bodies = Vec::new();
    let mut body = String::new();
    for event in events {
        if !body.is_empty() && body.len() + event.len() + 16 > MOST_BATCH_BYTES {
            bodies.push(format!("{{\"batch\":[{body}]}}"));
            body.clear();
        }
        if !body.is_empty() {
            body.push(',');
        }
        body.push_str(event);
    }
    if !body.is_empty() {
        bodies.push(format!("{{\"batch\":[{body}]}}"));
    }
    bodies
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

async fn found(tx: &Tx, id: SourceId) -> Result<LiveSource, AppError> {
    let source = tx.live_sources().await?.into_iter().find(|source| source.id == id);
    source.ok_or_else(|| AppError::NotFound { kind: "source", name: format!("#{id}"), hint: String::new() })
}

async fn view(
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
        minutes: minutes.into_iter().map(minute).collect(),
    })
}

/// What accounts are called.
async fn names(
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

fn recent(event: RecentEvent, account_name: Option<String>) -> RecentEventView {
    let fate = EventFate::ALL.into_iter().find(|fate| fate.key() == event.outcome);
    RecentEventView {
        id: event.id,
        received_at: event.received_at,
        occurred_at: event.occurred_at,
        kind: event.kind,
        name: event.name,
        who: event.who,
        message_id: event.message_id,
        outcome: fate.unwrap_or(EventFate::NotStored),
        reason: event.detail,
        account: event.account,
        account_name,
        event: event.event,
    }
}
