//! Makes facts of the events of one source: first what they say of accounts
//! and people, then who was there and what they used.
//!
//! Of somebody whose account nobody knows, events wait; when it becomes known,
//! they count for the day on which they happened.

use super::{directory::Directory, fills::Fills, measures::InForce, views::EventFate, what_came::WhatCame};
use crate::{
    AppError,
    absorb::{Absorber, Changed, Noted, Refused, Setting, Tally, TallyKey, Verdict},
};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use laer8_domain::{
    days::{Day, day_of},
    ids::{AccountId, SourceId},
    records::{AccountRecord, AccountRef, Incoming, KnownWhen, Record},
};
use laer8_intake::tracking::{self, Amount, Endpoint, Event, EventType, Meaning, Touch, meaning};
use laer8_store::{Kind, Tx, WaitingEvent, Whose};
use rustc_hash::{FxHashMap, FxHashSet};
use sha2::{Digest as _, Sha256};

/// Events that stop waiting in one go: more would hold up what comes in.
const RELEASED: u64 = 5_000;

/// An event that is to be worked in.
#[derive(Debug, Clone)]
pub(super) struct Arrival<'e> {
    pub(super) event: Event<'e>,
    /// Where in the inbox it lies.
    pub(super) position: u64,
    /// And where in its post.
    pub(super) place: usize,
}

/// Under which circumstances events are worked in.
pub(super) struct Circumstances<'c> {
    pub(super) source: SourceId,
    /// The day since which the source is there: what happened before is history
    /// that it brings.
    pub(super) since: Day,
    pub(super) zone: Tz,
    /// The sources that call accounts by the same ids.
    pub(super) namesakes: &'c [SourceId],
    pub(super) measures: &'c InForce,
    /// Which of them are being filled.
    pub(super) fills: &'c Fills,
    /// Where measures are filled: which.
    pub(super) only: Option<&'c FxHashSet<String>>,
}

/// What events count for, until it is stored: the more of them there are, the
/// more are of one account, feature and day, and become one row.
pub(super) type Tallies = FxHashMap<TallyKey, Tally>;

/// The events of a source, while they are worked in.
pub(super) struct Arrivals<'c, 't> {
    tx: &'t Tx,
    with: &'c Circumstances<'c>,
    absorber: Absorber<'t>,
    tallies: &'c mut Tallies,
    waiting: Vec<WaitingEvent>,
}

/// What an event says, and what became of it.
struct Heard<'e> {
    arrival: Arrival<'e>,
    meaning: Meaning,
    fate: EventFate,
    account: Option<AccountId>,
}

/// Names of which something became known.
#[derive(Default)]
struct News {
    accounts: FxHashSet<String>,
    people: FxHashSet<String>,
}

impl<'c, 't> Arrivals<'c, 't> {
    /// What they count for is added to `tallies`, and remains to be stored.
    pub(super) fn new(
        tx: &'t Tx,
        with: &'c Circumstances<'c>,
        setting: Setting,
        tallies: &'c mut Tallies,
    ) -> Self {
        Self { tx, with, absorber: Absorber::new(tx, setting), tallies, waiting: Vec::new() }
    }

    /// Works events in, none of which was before; answers what no longer holds.
    pub(super) async fn work_in(
        mut self,
        directory: &mut Directory,
        arrivals: Vec<Arrival<'_>>,
        came: &mut WhatCame,
    ) -> Result<Changed, AppError> {
        let mut heard: Vec<Heard<'_>> = arrivals.into_iter().map(|arrival| self.hear(arrival)).collect();
        let news = self.round(directory, &mut heard).await?;
        for one in heard {
            came.event(&one.arrival.event, one.fate, one.account);
        }
        self.release(directory, news).await?;
        self.end().await
    }

    /// Lets go of what waits for somebody who is known by now, though nobody
    /// said so in an event.
    pub(super) async fn catch_up(
        mut self,
        directory: &mut Directory,
        known: Vec<(Whose, String)>,
    ) -> Result<Changed, AppError> {
        let mut news = News::default();
        for (whose, name) in known {
            match whose {
                Whose::Account => news.accounts.insert(name),
                Whose::Person => news.people.insert(name),
            };
        }
        self.release(directory, news).await?;
        self.end().await
    }

    /// Counts events that were worked in before, by the measures that are filled.
    /// Whose account is not known is left: it waits, or nobody ever knew it.
    pub(super) async fn count_again(
        mut self,
        directory: &mut Directory,
        arrivals: Vec<Arrival<'_>>,
    ) -> Result<Changed, AppError> {
        let heard: Vec<Heard<'_>> = arrivals.into_iter().map(|arrival| self.hear(arrival)).collect();
        self.look_up(directory, &heard).await?;
        for one in &heard {
            let (account, person, ..) = self.whereabouts(directory, &one.meaning.touch);
            if let Some(account) = account {
                self.count(account, &person, one);
            }
        }
        self.end().await
    }

    /// Works in what waited for what is known now. What becomes known by that
    /// may be what others wait for, and so on.
    async fn release(&mut self, directory: &mut Directory, mut news: News) -> Result<(), AppError> {
        loop {
            let released = self.released(&news).await?;
            if released.is_empty() {
                return Ok(());
            }
            let events = released.iter().filter_map(|waiting| {
                let event = read_again(&waiting.event, waiting.received_at)?;
                Some(self.hear(Arrival { event, position: waiting.position, place: 0 }))
            });
            let mut heard: Vec<Heard<'_>> = events.collect();
            news = self.round(directory, &mut heard).await?;
        }
    }

    async fn end(mut self) -> Result<Changed, AppError> {
        self.tx.let_wait(self.waiting).await?;
        self.absorber.settle().await
    }

    fn hear<'e>(&self, arrival: Arrival<'e>) -> Heard<'e> {
        let mut meaning = meaning(&arrival.event, &self.with.measures.measures, self.with.zone);
        let known = self.known(meaning.touch.day, arrival.event.received_at);
        for incoming in &mut meaning.records {
            incoming.known = KnownWhen::On(known);
        }
        Heard { arrival, meaning, fate: EventFate::Accepted, account: None }
    }

    /// Since when something is known that happened on `day`: history that a new
    /// source brings, when it happened; everything else when it was received.
    fn known(&self, day: Day, received_at: DateTime<Utc>) -> Day {
        let received = day_of(received_at, self.with.zone);
        if day < self.with.since { day } else { received }
    }

    async fn round(&mut self, directory: &mut Directory, heard: &mut [Heard<'_>]) -> Result<News, AppError> {
        let mut news = News::default();
        self.introduce(directory, heard, &mut news).await?;
        self.absorb(heard, &mut news).await?;
        let source = self.with.source;
        let aliases = heard.iter().filter_map(|one| alias(&one.meaning)).collect();
        let persons = directory.learn_aliases(self.tx, source, aliases).await?;
        self.look_up(directory, heard).await?;
        // A device that is somebody's now may have events that wait.
        for person in persons {
            if directory.person(source, &person).is_some() {
                news.people.insert(person);
            }
        }
        for one in heard.iter_mut() {
            self.place(directory, one);
        }
        Ok(news)
    }

    /// Accounts that the events name, of which this source has told nothing: those
    /// that another source calls by the same id are there from now on, and the
    /// rules join the two.
    async fn introduce(
        &mut self,
        directory: &mut Directory,
        heard: &[Heard<'_>],
        news: &mut News,
    ) -> Result<(), AppError> {
        if self.with.namesakes.is_empty() {
            return Ok(());
        }
        let named = |one: &'_ Heard<'_>| one.meaning.touch.account.clone();
        let mut strangers: Vec<String> = heard.iter().filter_map(named).collect();
        strangers.sort_unstable();
        strangers.dedup();
        let (tx, source) = (self.tx, self.with.source);
        directory.find_accounts(tx, source, strangers.iter().map(String::as_str)).await?;
        strangers.retain(|name| directory.account(source, name).is_none());
        let known = known_elsewhere(tx, self.with.namesakes, &strangers).await?;
        let known: Vec<String> = strangers.into_iter().filter(|name| known.contains(name)).collect();
        let account = |name: &String| Incoming {
            row: 0,
            known: KnownWhen::Happened,
            record: Record::Account(AccountRecord { id: name.clone(), fields: Vec::new() }),
        };
        self.absorber.absorb(known.iter().map(account).collect()).await?;
        news.accounts.extend(known);
        Ok(())
    }

    /// What the events say of accounts and people.
    async fn absorb(&mut self, heard: &mut [Heard<'_>], news: &mut News) -> Result<(), AppError> {
        let (mut accounts, mut placed, mut unplaced) = (Vec::new(), Vec::new(), Vec::new());
        for (of, one) in heard.iter_mut().enumerate() {
            for incoming in std::mem::take(&mut one.meaning.records) {
                match &incoming.record {
                    Record::Account(_) => accounts.push((of, incoming)),
                    Record::Person(person) if matches!(person.account, AccountRef::Account(_)) => {
                        placed.push((of, incoming));
                    }
                    _ => unplaced.push((of, incoming)),
                }
            }
        }
        // Somebody who says who they are may say where they are only later.
        for records in [accounts, placed, unplaced] {
            let (of, names): (Vec<usize>, Vec<Named>) =
                records.iter().map(|(of, incoming)| (*of, Named::of(incoming))).unzip();
            let records = records.into_iter().map(|(_, incoming)| incoming).collect();
            for ((of, named), verdict) in of.into_iter().zip(names).zip(self.absorber.absorb(records).await?)
            {
                self.judge(&mut heard[of], named, verdict, news)?;
            }
        }
        Ok(())
    }

    /// # Errors
    /// [`AppError::Invalid`] for what can't be stored whatever else is known: its
    /// event is looked for then, and kept in quarantine.
    fn judge(
        &mut self,
        one: &mut Heard<'_>,
        named: Named,
        verdict: Verdict,
        news: &mut News,
    ) -> Result<(), AppError> {
        match verdict {
            Verdict::New | Verdict::Changed | Verdict::Unchanged => match named {
                Named::Account(name) => {
                    news.accounts.insert(name);
                }
                Named::Person(name) => {
                    news.people.insert(name);
                }
                Named::Other => {}
            },
            Verdict::Refused(Refused::UnknownPerson(name)) => self.wait(one, Whose::Person, name),
            Verdict::Refused(Refused::UnknownAccount(name)) => self.wait(one, Whose::Account, name),
            Verdict::Refused(Refused::OtherAccount(_)) => one.fate = EventFate::OtherAccount,
            Verdict::Refused(other) => return Err(AppError::Invalid(other.to_string())),
        }
        Ok(())
    }

    fn wait(&mut self, one: &mut Heard<'_>, whose: Whose, name: String) {
        if one.fate == EventFate::Waits {
            return;
        }
        one.fate = EventFate::Waits;
        self.waiting.push(WaitingEvent {
            id: 0,
            source: self.with.source,
            whose,
            name,
            event: serde_json::to_string(&one.arrival.event).unwrap_or_default(),
            received_at: one.arrival.event.received_at,
            position: one.arrival.position,
        });
    }

    /// Looks for everything that the events name.
    async fn look_up(&self, directory: &mut Directory, heard: &[Heard<'_>]) -> Result<(), AppError> {
        let (tx, source) = (self.tx, self.with.source);
        let touches = || heard.iter().map(|one| &one.meaning.touch);
        let devices = touches().filter(|touch| touch.who.user_id.is_none());
        let devices = devices.filter_map(|touch| touch.who.anonymous_id.as_deref());
        directory.find_aliases(tx, source, devices).await?;
        let accounts = touches().filter_map(|touch| touch.account.as_deref());
        directory.find_accounts(tx, source, accounts).await?;
        let of_devices = touches().filter_map(|touch| {
            let device = touch.who.anonymous_id.as_deref()?;
            directory.alias(source, device).map(str::to_owned)
        });
        let of_devices: Vec<String> = of_devices.collect();
        let people = touches().map(|touch| touch.who.id()).chain(of_devices.iter().map(String::as_str));
        directory.find_people(tx, source, people).await
    }

    /// Finds the account of an event and counts what it counts for; or lets it
    /// wait.
    fn place(&mut self, directory: &Directory, one: &mut Heard<'_>) {
        let (account, person, whose, name) = self.whereabouts(directory, &one.meaning.touch);
        one.account = account;
        match account {
            Some(account) => self.count(account, &person, one),
            None if counts_for_something(one.arrival.event.event_type()) => self.wait(one, whose, name),
            None => {}
        }
    }

    /// The account of an event, where it is known; who did it; and what it waits
    /// for otherwise.
    fn whereabouts(
        &self,
        directory: &Directory,
        touch: &Touch,
    ) -> (Option<AccountId>, String, Whose, String) {
        let source = self.with.source;
        let person = match (&touch.who.user_id, &touch.who.anonymous_id) {
            (None, Some(device)) => directory.alias(source, device).unwrap_or(device).to_owned(),
            _ => touch.who.id().to_owned(),
        };
        match &touch.account {
            Some(name) => (directory.account(source, name), person, Whose::Account, name.clone()),
            None => (directory.person(source, &person), person.clone(), Whose::Person, person),
        }
    }

    /// Whether an event counts by a measure now.
    fn counts_by(&self, measure: &str, position: u64) -> bool {
        match self.with.only {
            Some(only) => only.contains(measure),
            None => !self.with.fills.come_to(measure, position),
        }
    }

    fn count(&mut self, account: AccountId, person: &str, one: &Heard<'_>) {
        let (touch, received_at) = (&one.meaning.touch, one.arrival.event.received_at);
        for used in &touch.usage {
            let measure = self.with.measures.name(&used.measure).to_owned();
            if !self.counts_by(&measure, one.arrival.position) {
                continue;
            }
            let day = match used.amount {
                Amount::Person(window) => window.start(touch.day),
                _ => touch.day,
            };
            let known_on = self.known(day, received_at).max(self.known(touch.day, received_at));
            let who = who(&measure, person);
            let key = TallyKey { measure, account, feature: used.feature.clone(), day, known_on };
            let tally = self.tallies.entry(key).or_default();
            match used.amount {
                Amount::Uses(uses) => tally.uses = tally.uses.saturating_add(uses),
                Amount::Seconds(seconds) => tally.seconds = tally.seconds.saturating_add(seconds),
                Amount::Errors(errors) => tally.errors = tally.errors.saturating_add(errors),
                Amount::Person(_) => {
                    tally.people.insert(who);
                }
            }
        }
    }

    /// The events that need not wait any more.
    async fn released(&self, news: &News) -> Result<Vec<WaitingEvent>, AppError> {
        let source = self.with.source;
        let mut people: Vec<&str> = news.people.iter().map(String::as_str).collect();
        people.sort_unstable();
        let aliases = self.tx.aliases_of(source, &people).await?;
        people.extend(aliases.iter().map(String::as_str));
        let mut accounts: Vec<&str> = news.accounts.iter().map(String::as_str).collect();
        accounts.sort_unstable();
        let mut released = self.tx.stop_waiting(source, Whose::Account, &accounts, RELEASED).await?;
        released.extend(self.tx.stop_waiting(source, Whose::Person, &people, RELEASED).await?);
        Ok(released)
    }
}

/// Those of `names` by which one of `sources` calls an account.
pub(super) async fn known_elsewhere(
    tx: &Tx,
    sources: &[SourceId],
    names: &[String],
) -> Result<FxHashSet<String>, AppError> {
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut known = FxHashSet::default();
    for source in sources {
        known.extend(tx.ids_of(*source, Kind::Account, &names).await?.into_iter().map(|(name, _)| name));
    }
    Ok(known)
}

/// Stores what events count for; answers what no longer holds.
pub(super) async fn store(
    tx: &Tx,
    setting: Setting,
    tallies: Tallies,
    noted: &mut Noted,
) -> Result<Changed, AppError> {
    let mut absorber = Absorber::new(tx, setting);
    absorber.tallies(tallies, noted).await?;
    absorber.settle().await
}

/// What a record is of.
enum Named {
    Account(String),
    Person(String),
    Other,
}

impl Named {
    fn of(incoming: &Incoming) -> Self {
        match &incoming.record {
            Record::Account(account) => Self::Account(account.id.clone()),
            Record::Person(person) => Self::Person(person.id.clone()),
            _ => Self::Other,
        }
    }
}

/// Of whom it says that they were called otherwise before.
fn alias(meaning: &Meaning) -> Option<(String, String)> {
    if let Some(alias) = &meaning.alias {
        return Some((alias.previous.clone(), alias.user.clone()));
    }
    match (&meaning.touch.who.user_id, &meaning.touch.who.anonymous_id) {
        (Some(user), Some(device)) if user != device => Some((device.clone(), user.clone())),
        _ => None,
    }
}

/// Whether an event says that something was used, and not only who is who.
fn counts_for_something(kind: EventType) -> bool {
    matches!(kind, EventType::Track | EventType::Page | EventType::Screen)
}

/// A digest of somebody, as a measure counts them. It is stored, and must stay
/// the same.
fn who(measure: &str, person: &str) -> i64 {
    let digest = Sha256::new().chain_update(measure).chain_update([0]).chain_update(person).finalize();
    i64::from_le_bytes(*digest.first_chunk().expect("a digest has 32 bytes"))
}

/// An event as it was let wait.
pub(super) fn read_again(event: &str, received_at: DateTime<Utc>) -> Option<Event<'static>> {
    let batch = format!("{{\"batch\":[{event}]}}");
    let read = tracking::read(batch.as_bytes(), Endpoint::Batch, received_at, String::new).ok()?;
    let event = read.events.into_iter().next()?.ok()?;
    Some(event.into_owned())
}
