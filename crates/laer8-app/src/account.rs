//! Everything that a page about one account shows, beside its score.

use crate::{
    Actor, App, AppError, AsOf, ScoreQuery, ScoreView,
    accounts::called,
    health::{explained, known_history},
    revenue::{EntryRow, entry_rows},
};
use laer8_domain::{
    catalog::Catalog,
    days::{Day, Window, shift},
    history::{AccountHistory, Seen},
    ids::{AccountId, FeatureId, NoteId, PersonId, SourceId, SubscriptionId},
    money::{Amount, Money},
    people::{Role as Part, fields as person_fields},
    provenance::OWN_SOURCE,
    surveys::SurveyKind,
    users::Role,
    values::Value,
};
use laer8_revenue::{book::Book as Ledgers, ledger::LedgerOptions};
use serde::Serialize;
use utoipa::ToSchema;

/// For how many weeks use is shown.
pub const WEEKS: usize = 26;

/// How many days back the timeline goes.
const TIMELINE_DAYS: i64 = 366;

/// An account, with everything known of it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct AccountView {
    /// Its score, and what was worked out.
    #[serde(flatten)]
    pub score: ScoreView,
    /// Its fields and traits, by name.
    pub fields: Vec<FieldView>,
    /// The account above it.
    pub parent: Option<AccountName>,
    /// Since when it pays.
    #[schema(value_type = Option<NaiveDate>)]
    pub customer_since: Option<Day>,
    /// When somebody there last talked with us.
    #[schema(value_type = Option<NaiveDate>)]
    pub last_two_way: Option<Day>,
    /// Its subscriptions, those that run first.
    pub subscriptions: Vec<SubscriptionView>,
    /// Every change of its MRR, the latest first.
    pub ledger: Vec<EntryRow>,
    /// What exchange rates have changed since its last entry: entries are in the
    /// money of their days, the MRR in that of the day shown.
    pub exchange: Amount,
    /// Use by feature, the most used first, then what it never uses.
    pub usage: Vec<FeatureUse>,
    /// Its tickets, the latest first.
    pub tickets: Vec<TicketView>,
    /// The people there.
    pub people: Vec<PersonView>,
    /// What happened in the last year, the latest first.
    pub timeline: Vec<Event>,
}

/// An account by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AccountName {
    /// Which.
    pub id: AccountId,
    /// What it is called.
    pub name: String,
}

/// A field of an account.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FieldView {
    /// Which.
    pub field: String,
    /// Its value.
    #[schema(value_type = laer8_domain::values::TraitValue)]
    pub value: Value,
    /// Since when.
    #[schema(value_type = NaiveDate)]
    pub since: Day,
    /// The source that says so.
    pub source: String,
}

/// A subscription as it stands.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SubscriptionView {
    /// Which.
    pub id: SubscriptionId,
    /// Its plan.
    pub plan: String,
    /// Seats.
    pub quantity: u32,
    /// What it is worth a month, in its own currency.
    pub mrr: Money,
    /// Whether it is a trial.
    pub trial: bool,
    /// The first day on which it ran without a gap.
    #[schema(value_type = NaiveDate)]
    pub since: Day,
    /// Whether it renews by itself.
    pub auto_renew: bool,
}

/// The use of a feature.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FeatureUse {
    /// Which.
    pub feature: FeatureId,
    /// What it is called.
    pub name: String,
    /// Whether it is a core feature.
    pub core: bool,
    /// Whether a plan entitles to it; none where nobody said.
    pub entitled: Option<bool>,
    /// Uses in each of the last [`WEEKS`] weeks, the last one last.
    pub weeks: Vec<i64>,
    /// The last day of use, ever.
    #[schema(value_type = Option<NaiveDate>)]
    pub last_day: Option<Day>,
}

/// A ticket as it stands.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct TicketView {
    /// What it is about.
    pub subject: String,
    /// How bad it is.
    #[schema(value_type = laer8_domain::tickets::Priority)]
    pub priority: &'static str,
    /// The day it came in.
    #[schema(value_type = NaiveDate)]
    pub opened_on: Day,
    /// The day it was solved, while it is.
    #[schema(value_type = Option<NaiveDate>)]
    pub solved_on: Option<Day>,
    /// From opened to solved.
    pub hours: Option<f64>,
    /// Whether it was escalated.
    pub escalated: bool,
    /// How it was rated, 1 to 5.
    pub rating: Option<u8>,
}

/// Somebody there.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct PersonView {
    /// Who.
    pub id: PersonId,
    /// What they are called.
    pub name: String,
    /// What they do.
    pub title: String,
    /// Their address.
    pub email: String,
    /// The part they play.
    pub role: Option<Part>,
    /// When they left.
    #[schema(value_type = Option<NaiveDate>)]
    pub left_on: Option<Day>,
    /// When they last talked with us.
    #[schema(value_type = Option<NaiveDate>)]
    pub last_contact: Option<Day>,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = TimelineEvent)]
pub struct Event {
    /// When.
    #[schema(value_type = NaiveDate)]
    pub day: Day,
    /// With whom.
    pub person: Option<String>,
    /// What.
    #[serde(flatten)]
    pub what: Happened,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = TimelineEventKind)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Happened {
    /// Somebody wrote down a call, a meeting, a note.
    Note {
        /// Which.
        id: NoteId,
        /// How often it was corrected.
        revision: u32,
        /// What kind.
        #[schema(value_type = laer8_domain::notes::NoteKind)]
        note: &'static str,
        /// Whether the customer took part.
        two_way: bool,
        /// With whom.
        with: Option<PersonId>,
        /// Who wrote it.
        author: String,
        /// What was said.
        text: String,
        /// The owner's judgement.
        pulse: Option<u8>,
        /// Whether it was written in Laer8, and can be changed there.
        own: bool,
    },
    /// Somebody answered.
    Survey {
        /// What was asked.
        #[schema(value_type = SurveyKind)]
        survey: &'static str,
        /// The answer.
        score: u8,
        /// What was said with it.
        comment: String,
    },
    /// A ticket came in.
    TicketOpened {
        /// About what.
        subject: String,
    },
    /// A ticket was solved.
    TicketSolved {
        /// About what.
        subject: String,
        /// After so many hours.
        hours: Option<f64>,
        /// How it was rated.
        rating: Option<u8>,
    },
    /// A ticket was escalated.
    Escalated {
        /// About what.
        subject: String,
    },
    /// Somebody left.
    Left {
        /// The part they played.
        role: Option<Part>,
    },
    /// The MRR changed.
    Revenue {
        /// How.
        #[schema(value_type = laer8_revenue::ledger::Movement)]
        movement: &'static str,
        /// By how much, in the reporting currency.
        change: Amount,
    },
}

impl App {
    /// An account, with everything known of it. Needs [`Role::Viewer`].
    ///
    /// # Errors
    /// As [`App::score`].
    pub async fn account(
        &self,
        actor: &Actor,
        as_of: AsOf,
        query: &ScoreQuery,
    ) -> Result<AccountView, AppError> {
        actor.must_be(Role::Viewer)?;
        let tx = self.store.read().await?;
        let reckoned = self.reckoned(&tx, as_of).await?;
        let book = &reckoned.book;
        let history = known_history(&tx, &reckoned, &query.account).await?;
        let score = explained(&tx, &reckoned, &history, query).await?;
        let seen = history.seen(book.day());
        let lives = [(history.id, history.subscriptions.as_slice())];
        let ledgers = Ledgers::write(&lives, book.day(), &book.rates, LedgerOptions::default())?;
        let whole = Window::new(Day::MIN, shift(book.day(), 1));
        let mut ledger = entry_rows(book, &ledgers.all(), whole, None);
        ledger.reverse();
        let parent = match seen.text(laer8_domain::accounts::fields::PARENT) {
            Some(parent) => called(&tx, parent).await?.first().copied(),
            None => None,
        };
        let parent = parent.and_then(|id| reckoned.evaluation(id));
        let parent = parent.map(|it| AccountName { id: it.account, name: it.name.clone() });
        Ok(AccountView {
            fields: fields(&history, seen, &tx.sources().await?),
            parent,
            customer_since: seen.customer_since(),
            last_two_way: seen.last_two_way().map(|note| note.occurred_on),
            subscriptions: subscriptions(seen, &book.catalog),
            usage: usage(seen, &book.catalog),
            tickets: tickets(seen),
            people: people(seen),
            timeline: timeline(seen, &ledger, tx.find_source(OWN_SOURCE).await?),
            exchange: ledger.first().map_or(Amount::ZERO, |last| score.account.mrr - last.after),
            ledger,
            score,
        })
    }
}

fn fields(history: &AccountHistory, seen: Seen<'_>, sources: &[(SourceId, String)]) -> Vec<FieldView> {
    let mut names: Vec<&str> = history.fields.iter().map(|fact| fact.field.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let field = |name: &str| {
        let fact = seen.field(name)?;
        let source = sources.iter().find(|(id, _)| *id == fact.origin.source);
        Some(FieldView {
            field: name.to_owned(),
            value: fact.value.clone()?,
            since: fact.occurred_on,
            source: source.map(|(_, name)| name.clone()).unwrap_or_default(),
        })
    };
    names.into_iter().filter_map(field).collect()
}

fn subscriptions(seen: Seen<'_>, catalog: &Catalog) -> Vec<SubscriptionView> {
    let view = |active: laer8_domain::history::ActiveSubscription<'_>| SubscriptionView {
        id: active.history.id,
        plan: catalog.plan(active.terms.plan).map(|plan| plan.name.clone()).unwrap_or_default(),
        quantity: active.terms.quantity,
        mrr: active.terms.mrr(),
        trial: active.terms.trial,
        since: active.since,
        auto_renew: active.terms.auto_renew,
    };
    seen.active().map(view).collect()
}

fn usage(seen: Seen<'_>, catalog: &Catalog) -> Vec<FeatureUse> {
    let end = shift(seen.day(), 1);
    let weeks: Vec<Window> = (0..WEEKS)
        .rev()
        .map(|back| {
            let back = i64::try_from(back).unwrap_or(0) * 7;
            Window::new(shift(end, -back - 7), shift(end, -back))
        })
        .collect();
    let entitled = catalog.entitled(seen.plans());
    let usage = seen.usage();
    let mut features: Vec<FeatureUse> = catalog
        .features()
        .map(|feature| FeatureUse {
            feature: feature.id,
            name: feature.name.clone(),
            core: feature.core,
            entitled: entitled.as_ref().map(|entitled| entitled.contains(&feature.id)),
            weeks: weeks.iter().map(|week| usage.feature_totals(feature.id, *week).count).collect(),
            last_day: usage.feature_last_day(feature.id),
        })
        .filter(|feature| feature.last_day.is_some() || feature.entitled == Some(true))
        .collect();
    features
        .sort_by_key(|feature| (std::cmp::Reverse(feature.weeks.iter().sum::<i64>()), feature.name.clone()));
    features
}

fn tickets(seen: Seen<'_>) -> Vec<TicketView> {
    let mut tickets: Vec<TicketView> = seen
        .tickets()
        .map(|ticket| TicketView {
            subject: ticket.subject.to_owned(),
            priority: ticket.priority.key(),
            opened_on: ticket.opened_on,
            solved_on: ticket.solved_on,
            hours: ticket.solved_at.map(|solved| hours(solved - ticket.opened_at)),
            escalated: ticket.escalated_on.is_some(),
            rating: ticket.rating.map(|(rating, _)| rating),
        })
        .collect();
    tickets.sort_by_key(|ticket| (ticket.solved_on.is_some(), std::cmp::Reverse(ticket.opened_on)));
    tickets
}

fn hours(span: chrono::TimeDelta) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "seconds in the life of a ticket")]
    let seconds = span.num_seconds() as f64;
    seconds / 3600.0
}

fn people(seen: Seen<'_>) -> Vec<PersonView> {
    let day = seen.day();
    let mut people: Vec<PersonView> = seen
        .people()
        .map(|person| {
            let text = |field| person.text(field, day).unwrap_or_default().to_owned();
            let notes = seen.notes().filter(|note| note.two_way && note.person == Some(person.id));
            PersonView {
                id: person.id,
                name: text(person_fields::NAME),
                title: text(person_fields::TITLE),
                email: text(person_fields::EMAIL),
                role: person.role(day),
                left_on: person.departure(day).map(|fact| fact.occurred_on),
                last_contact: notes.map(|note| note.occurred_on).max(),
            }
        })
        .collect();
    people.sort_by_key(|person| {
        (person.left_on.is_some(), person.role.map_or(99, |role| role as u8), person.id)
    });
    people
}

/// What happened in the last year, the latest first.
fn timeline(seen: Seen<'_>, ledger: &[EntryRow], own: Option<SourceId>) -> Vec<Event> {
    let day = seen.day();
    let since = shift(day, -TIMELINE_DAYS);
    let name = |id: Option<PersonId>| {
        let person = seen.people().find(|person| Some(person.id) == id)?;
        person.text(person_fields::NAME, day).map(ToOwned::to_owned)
    };
    let mut events = Vec::new();
    for note in seen.notes() {
        let what = Happened::Note {
            id: note.id,
            revision: note.revision,
            note: note.kind.key(),
            two_way: note.two_way,
            with: note.person,
            author: note.author.clone(),
            text: note.text.clone(),
            pulse: note.pulse,
            own: Some(note.origin.source) == own,
        };
        events.push(Event { day: note.occurred_on, person: name(note.person), what });
    }
    let year = Window::new(since, shift(day, 1));
    for answer in SurveyKind::ALL.into_iter().flat_map(|kind| seen.surveys(kind, year)) {
        let what = Happened::Survey {
            survey: answer.kind.key(),
            score: answer.score,
            comment: answer.comment.clone(),
        };
        events.push(Event { day: answer.answered_on, person: name(answer.person), what });
    }
    for ticket in seen.tickets() {
        let subject = || ticket.subject.to_owned();
        let mut push = |day, what| events.push(Event { day, person: None, what });
        push(ticket.opened_on, Happened::TicketOpened { subject: subject() });
        if let Some(day) = ticket.escalated_on {
            push(day, Happened::Escalated { subject: subject() });
        }
        if let Some(day) = ticket.solved_on {
            let hours = ticket.solved_at.map(|solved| hours(solved - ticket.opened_at));
            let rating = ticket.rating.map(|(rating, _)| rating);
            push(day, Happened::TicketSolved { subject: subject(), hours, rating });
        }
    }
    for person in seen.people() {
        if let Some(departure) = person.departure(day) {
            let what = Happened::Left { role: person.role(day) };
            events.push(Event { day: departure.occurred_on, person: name(Some(person.id)), what });
        }
    }
    for entry in ledger.iter().rev() {
        let what = Happened::Revenue { movement: entry.movement.key(), change: entry.after - entry.before };
        events.push(Event { day: entry.day, person: None, what });
    }
    events.retain(|event| event.day > since && event.day <= day);
    // Of one day, what came later is first too.
    events.reverse();
    events.sort_by_key(|event| std::cmp::Reverse(event.day));
    events
}
