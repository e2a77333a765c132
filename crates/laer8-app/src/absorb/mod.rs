//! Turns records into facts: the one door through which everything enters.
//!
//! A record names things by the external ids of its source. Absorbing it finds
//! those things, compares what it says with what is known, and stores only
//! what is new. So the same record twice changes nothing, and a record that
//! says something else becomes a correction, known from today.
//!
//! # Since when is it known?
//! History that a source brings for the first time was known when it happened.
//! Once a source has brought a kind of record before, what happened before
//! that import and was not in it is a late arrival, known from today: so what
//! was believed on a past day does not change when later facts arrive.

mod accounts;
mod catalog;
mod churn_events;
mod exchange;
mod known;
mod names;
mod notes;
mod people;
mod revised;
mod subscriptions;
mod surveys;
mod tallies;
mod tickets;
mod usage;
mod verdict;

pub(crate) use known::Watermarks;
pub(crate) use names::Names;
pub(crate) use tallies::{Noted, Tally, TallyKey};
pub use verdict::{Refused, Verdict};

use crate::{
    AppError,
    identity::{Occasion, Touched, Watched, look},
    import::Findings,
};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use laer8_domain::{
    days::{Day, day_of},
    identity::{Subject, precedence::Precedence},
    ids::{AccountId, ImportId, SourceId},
    money::Currency,
    provenance::Origin,
    records::{AccountRef, Incoming, KnownWhen, Record},
};
use laer8_store::{Family, NewField, Span, Tx};
use rustc_hash::{FxHashMap, FxHashSet};
use std::hash::Hash;
use verdict::Occurrence;

/// Where the records come from, and when they are absorbed.
#[derive(Debug, Clone)]
pub(crate) struct Setting {
    pub(crate) source: SourceId,
    /// Whether it is what people enter in Laer8 itself.
    pub(crate) own: bool,
    /// Whether the records are an export's, where a thing that was corrected
    /// stands several times, each revision after the one that it corrects.
    pub(crate) revisions: bool,
    /// Whether a thing may stand several times because its source writes it
    /// again when it changes: then the later counts, and none is a duplicate.
    pub(crate) repeats: bool,
    pub(crate) import: Option<ImportId>,
    /// The day of the import.
    pub(crate) today: Day,
    /// Its moment.
    pub(crate) now: DateTime<Utc>,
    /// Where days begin.
    pub(crate) zone: Tz,
    /// When the source brought each kind of record before.
    pub(crate) watermarks: Watermarks,
    /// Whether only few of the source's names are needed, so that they are
    /// looked up one by one instead of read all at once.
    pub(crate) few: bool,
}

impl Setting {
    /// Where what a source says as it happens comes in. The records say
    /// themselves since when they are known.
    pub(crate) fn live(source: SourceId, now: DateTime<Utc>, zone: Tz) -> Self {
        let watermarks = Watermarks::default();
        Self {
            source,
            own: false,
            revisions: false,
            repeats: true,
            import: None,
            today: day_of(now, zone),
            now,
            zone,
            watermarks,
            few: true,
        }
    }
}

/// Absorbs records of one source in one transaction.
pub(crate) struct Absorber<'t> {
    tx: &'t Tx,
    setting: Setting,
    names: Names,
    seen: verdict::Seen,
    findings: Findings,
    spans: FxHashMap<Family, Span>,
    /// The first day whose evaluations are no longer right.
    changed_since: Option<Day>,
    /// The accounts whose facts changed.
    affected: FxHashSet<AccountId>,
    /// Whether something changed that is not of single accounts, such as a rate.
    everything_affected: bool,
    /// What the rules that join sources look at; read when it is first needed.
    watched: Option<Watched>,
    touched: Touched,
    /// Whose word on a field somebody sees who changes one in Laer8.
    precedence: Precedence,
    /// Whether the catalogue changed: it has no history, so no evaluation is
    /// right any more.
    configuration_changed: bool,
    /// For records that a program sends as things happen: since when its source
    /// does, by kind.
    sent_since: Option<FxHashMap<String, Day>>,
    /// The currency of the first price that was absorbed.
    pub(crate) first_currency: Option<Currency>,
}

impl<'t> Absorber<'t> {
    pub(crate) fn new(tx: &'t Tx, setting: Setting) -> Self {
        let names = Names::new(setting.source, setting.own, setting.few);
        Self::with_names(tx, setting, names)
    }

    /// One that goes on with the names that another had read. They must be of
    /// the same source, nobody may have written since, and what the other did
    /// must have been committed.
    pub(crate) fn with_names(tx: &'t Tx, setting: Setting, names: Names) -> Self {
        Self {
            tx,
            names,
            setting,
            seen: verdict::Seen::default(),
            findings: Findings::default(),
            spans: FxHashMap::default(),
            changed_since: None,
            affected: FxHashSet::default(),
            everything_affected: false,
            watched: None,
            touched: Touched::default(),
            precedence: Precedence::default(),
            configuration_changed: false,
            sent_since: None,
            first_currency: None,
        }
    }

    /// The records are what a program sends as things happen, by kind since
    /// these days. What is older is the history that it begins with; what is
    /// not is known when it comes. A usage without an id says all of its day.
    pub(crate) fn sent_since(mut self, since: FxHashMap<String, Day>) -> Self {
        self.sent_since = Some(since);
        self
    }

    /// Whether what happened on `day` is sent as things happen, and is not the
    /// history before.
    fn arrives(&self, kind: &str, day: Day) -> bool {
        self.sent_since.as_ref().and_then(|since| since.get(kind)).is_some_and(|since| day >= *since)
    }

    /// The account that a record which was absorbed is about.
    pub(crate) fn account_of(&self, reference: &AccountRef) -> Option<AccountId> {
        self.names.account(reference).ok()
    }

    /// From now on, records come from another file: what was a duplicate
    /// within the last is none across both.
    pub(crate) fn next_file(&mut self, import: ImportId) {
        self.setting.import = Some(import);
        self.seen = verdict::Seen::default();
    }

    /// From now on, records come from another stream of a tap.
    pub(crate) fn next_stream(&mut self, import: ImportId, watermarks: Watermarks) {
        self.next_file(import);
        self.setting.watermarks = watermarks;
    }

    /// The names that it has read, for the next.
    pub(crate) fn into_names(self) -> Names {
        self.names
    }

    /// What contradicted itself in the records so far.
    pub(crate) fn take_findings(&mut self) -> Findings {
        std::mem::take(&mut self.findings)
    }

    /// Absorbs records; returns what became of each, in their order. Records
    /// may name those that come before them, and, where the kinds differ,
    /// those that come after: kinds are absorbed in the order in which they
    /// depend on each other.
    pub(crate) async fn absorb(&mut self, records: Vec<Incoming>) -> Result<Vec<Verdict>, AppError> {
        let mut verdicts = vec![Verdict::Unchanged; records.len()];
        let mut kinds = Kinds::default();
        for (position, incoming) in records.into_iter().enumerate() {
            kinds.add(position, incoming);
        }
        self.products(kinds.products, &mut verdicts).await?;
        self.features(kinds.features, &mut verdicts).await?;
        self.plans(kinds.plans, &mut verdicts).await?;
        self.exchange_rates(kinds.rates, &mut verdicts).await?;
        self.accounts(kinds.accounts, &mut verdicts).await?;
        self.people(kinds.people, &mut verdicts).await?;
        self.subscriptions(kinds.subscriptions, &mut verdicts).await?;
        self.usage(kinds.usage, &mut verdicts).await?;
        self.tickets(kinds.tickets, &mut verdicts).await?;
        self.surveys(kinds.surveys, &mut verdicts).await?;
        self.churn_events(kinds.churn_events, &mut verdicts).await?;
        self.notes(kinds.notes, &mut verdicts).await?;
        Ok(verdicts)
    }

    /// Joins what the rules say of what came in, and writes down the days that
    /// were covered and what no longer holds. To be called once at the end.
    pub(crate) async fn finish(&mut self) -> Result<(), AppError> {
        let changed = self.settle().await?;
        changed.forget(self.tx).await
    }

    /// The same, but answers what no longer holds.
    pub(crate) async fn settle(&mut self) -> Result<Changed, AppError> {
        for (_, span) in self.spans.drain() {
            self.tx.widen_span(span).await?;
        }
        let touched = std::mem::take(&mut self.touched);
        if !touched.is_empty() {
            let occasion = Occasion { by: "", at: self.setting.now, today: self.setting.today };
            look(self.tx, &touched, occasion).await?;
        }
        let everything = std::mem::take(&mut self.everything_affected);
        Ok(Changed {
            everywhere: std::mem::take(&mut self.configuration_changed),
            since: self.changed_since.take(),
            accounts: std::mem::take(&mut self.affected).into_iter().collect(),
            everything,
        })
    }

    /// Meets a row with an id and its contents, unless the source may well say
    /// the same or something else of a thing again.
    fn meet(&mut self, kind: &'static str, id: &impl Hash, contents: &impl Hash, line: u32) -> Occurrence {
        if self.setting.repeats {
            return Occurrence::First;
        }
        self.seen.meet(kind, id, contents, line)
    }

    /// The fields that the rules look at. An export says itself what was joined.
    async fn watched(&mut self) -> Result<(), AppError> {
        if self.watched.is_none() {
            let watched =
                if self.setting.revisions { Watched::default() } else { Watched::load(self.tx).await? };
            self.watched = Some(watched);
        }
        Ok(())
    }

    /// Whether what came in of an account, or a person, is for the rules.
    fn concerns(&self, subject: Subject, is_new: bool, new: &[NewField]) -> bool {
        let fields: Vec<&str> = new.iter().map(|new| new.fact.field.as_str()).collect();
        self.watched.as_ref().is_some_and(|watched| watched.concerns(subject, is_new, &fields))
    }

    fn origin(&self, row: u32) -> Origin {
        Origin { source: self.setting.source, import: self.setting.import, row }
    }

    /// Notes that a fact of `family` came in, of an account.
    ///
    /// What people enter does not make old facts young: an account without
    /// news would seem silent as soon as somebody writes a note.
    fn came_in(&mut self, family: Family, account: AccountId, day: Day, known_on: Day) {
        self.affected.insert(account);
        self.since(known_on);
        if self.setting.own {
            return;
        }
        let new = Span { family, first_known: known_on, last_day: day.min(self.setting.today) };
        self.spans
            .entry(family)
            .and_modify(|span| {
                span.first_known = span.first_known.min(new.first_known);
                span.last_day = span.last_day.max(new.last_day);
            })
            .or_insert(new);
    }

    /// Notes that what is worked out from `day` on is no longer right, of any
    /// account.
    fn changed(&mut self, day: Day) {
        self.everything_affected = true;
        self.since(day);
    }

    fn since(&mut self, day: Day) {
        self.changed_since = Some(self.changed_since.map_or(day, |since| since.min(day)));
    }
}

/// What no longer holds after records were absorbed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Changed {
    /// Nothing that was worked out holds.
    everywhere: bool,
    /// The first day from which it does not.
    since: Option<Day>,
    /// Of which accounts.
    pub(crate) accounts: Vec<AccountId>,
    /// Of all of them.
    everything: bool,
}

impl Changed {
    /// Nothing that was worked out holds.
    pub(crate) fn everything() -> Self {
        Self { everywhere: true, ..Self::default() }
    }

    /// What does not hold after either.
    pub(crate) fn and(mut self, other: Self) -> Self {
        self.accounts.extend(other.accounts);
        let since = match (self.since, other.since) {
            (Some(one), Some(two)) => Some(one.min(two)),
            (one, two) => one.or(two),
        };
        Self {
            everywhere: self.everywhere || other.everywhere,
            everything: self.everything || other.everything,
            since,
            ..self
        }
    }

    /// Throws away what no longer holds: another generation begins.
    pub(crate) async fn forget(mut self, tx: &Tx) -> Result<(), AppError> {
        if self.everywhere {
            return Ok(tx.forget_evaluations(None).await?);
        }
        let Some(day) = self.since else { return Ok(()) };
        if self.everything || self.accounts.is_empty() {
            return Ok(tx.forget_evaluations(Some(day)).await?);
        }
        self.accounts.sort_unstable();
        self.accounts.dedup();
        Ok(tx.forget_evaluations_of(&self.accounts, day).await?)
    }
}

/// A record of one kind, its place among all, and the rest of what came with
/// it.
struct Placed<R> {
    position: usize,
    row: u32,
    known: KnownWhen,
    record: R,
}

impl<R> Placed<R> {
    /// The day from which the source says it knows this, where it says so: it
    /// tells versions of one thing apart from rows that contradict each other.
    fn version(&self) -> Option<Day> {
        match self.known {
            KnownWhen::On(day) => Some(day),
            KnownWhen::Happened | KnownWhen::Imported => None,
        }
    }
}

/// Records sorted into their kinds.
#[derive(Default)]
struct Kinds {
    products: Vec<Placed<laer8_domain::records::ProductRecord>>,
    features: Vec<Placed<laer8_domain::records::FeatureRecord>>,
    plans: Vec<Placed<laer8_domain::records::PlanRecord>>,
    rates: Vec<Placed<laer8_domain::records::ExchangeRateRecord>>,
    accounts: Vec<Placed<laer8_domain::records::AccountRecord>>,
    people: Vec<Placed<laer8_domain::records::PersonRecord>>,
    subscriptions: Vec<Placed<laer8_domain::records::SubscriptionRecord>>,
    usage: Vec<Placed<laer8_domain::records::UsageRecord>>,
    tickets: Vec<Placed<laer8_domain::records::TicketRecord>>,
    surveys: Vec<Placed<laer8_domain::records::SurveyRecord>>,
    churn_events: Vec<Placed<laer8_domain::records::ChurnEventRecord>>,
    notes: Vec<Placed<laer8_domain::records::NoteRecord>>,
}

impl Kinds {
    fn add(&mut self, position: usize, incoming: Incoming) {
        let Incoming { row, known, record } = incoming;
        macro_rules! put {
            ($kind:ident, $record:expr) => {
                self.$kind.push(Placed { position, row, known, record: $record })
            };
        }
        match record {
            Record::Product(record) => put!(products, record),
            Record::Feature(record) => put!(features, record),
            Record::Plan(record) => put!(plans, record),
            Record::ExchangeRate(record) => put!(rates, record),
            Record::Account(record) => put!(accounts, record),
            Record::Person(record) => put!(people, record),
            Record::Subscription(record) => put!(subscriptions, record),
            Record::Usage(record) => put!(usage, record),
            Record::Ticket(record) => put!(tickets, record),
            Record::Survey(record) => put!(surveys, record),
            Record::ChurnEvent(record) => put!(churn_events, record),
            Record::Note(record) => put!(notes, record),
        }
    }
}
