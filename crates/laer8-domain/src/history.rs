//! Everything known of one account, and how it looked on a day.

use crate::{
    accounts::{FieldFact, fields},
    churn_events::ChurnEvent,
    days::{Day, Window},
    identity::precedence::Precedence,
    ids::{AccountId, PlanId},
    money::{Amount, Currency, Money},
    notes::{Note, NoteKind},
    people::PersonHistory,
    subscriptions::{PriceBasis, SubscriptionHistory, Term, Terms},
    surveys::{SurveyKind, SurveyResponse},
    tickets::{Ticket, TicketHistory},
    usage::{UsageHistory, UsageSeen},
    values::Value,
};

/// Every fact of one account that was ever known. Look at it through
/// [`AccountHistory::seen`].
#[derive(Debug, Clone)]
pub struct AccountHistory {
    /// Which account.
    pub id: AccountId,
    /// Its dated fields, in the order in which they came in: of two words of
    /// one day, the later counts.
    pub fields: Vec<FieldFact>,
    /// Whose word on a field counts.
    pub precedence: Precedence,
    /// Its people.
    pub people: Vec<PersonHistory>,
    /// Its subscriptions.
    pub subscriptions: Vec<SubscriptionHistory>,
    /// Its usage.
    pub usage: UsageHistory,
    /// Its tickets.
    pub tickets: Vec<TicketHistory>,
    /// Its survey responses, with their corrections.
    pub surveys: Vec<SurveyResponse>,
    /// Its churn events, with their corrections.
    pub churn_events: Vec<ChurnEvent>,
    /// Its notes, with their corrections.
    pub notes: Vec<Note>,
}

impl AccountHistory {
    /// An account of which nothing is known.
    #[must_use]
    pub fn empty(id: AccountId) -> Self {
        Self {
            id,
            fields: Vec::new(),
            precedence: Precedence::default(),
            people: Vec::new(),
            subscriptions: Vec::new(),
            usage: UsageHistory::default(),
            tickets: Vec::new(),
            surveys: Vec::new(),
            churn_events: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// The account as it looked at the end of `day`: nothing that happened or
    /// became known later.
    #[must_use]
    pub fn seen(&self, day: Day) -> Seen<'_> {
        Seen { history: self, day }
    }
}

/// An account as it looked at the end of a day.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    history: &'a AccountHistory,
    day: Day,
}

/// A subscription that runs on the day.
#[derive(Debug, Clone, Copy)]
pub struct ActiveSubscription<'a> {
    /// All that is known of it.
    pub history: &'a SubscriptionHistory,
    /// On what terms it runs.
    pub terms: &'a Terms,
    /// Since when it runs without a break.
    pub since: Day,
    /// The term in which the day lies; none when it can be cancelled at any
    /// moment.
    pub term: Option<Term>,
}

impl<'a> Seen<'a> {
    /// The day.
    #[must_use]
    pub fn day(&self) -> Day {
        self.day
    }

    /// The account.
    #[must_use]
    pub fn id(&self) -> AccountId {
        self.history.id
    }

    /// The account on another day, which must not be later.
    #[must_use]
    pub fn on(&self, day: Day) -> Self {
        Self { day: day.min(self.day), ..*self }
    }

    /// The fact that holds for a field or trait.
    #[must_use]
    pub fn field(&self, field: &str) -> Option<&'a FieldFact> {
        self.history.precedence.field_on(&self.history.fields, field, self.day)
    }

    /// The text of a field.
    #[must_use]
    pub fn text(&self, field: &str) -> Option<&'a str> {
        self.field(field)?.value.as_ref()?.as_text()
    }

    /// The number of a field.
    #[must_use]
    pub fn number(&self, field: &str) -> Option<f64> {
        self.field(field)?.value.as_ref()?.as_number()
    }

    /// Whether a field says yes.
    #[must_use]
    pub fn flag(&self, field: &str) -> bool {
        self.field(field).is_some_and(|fact| fact.value == Some(Value::Bool(true)))
    }

    /// What the account is called; empty where nobody said.
    #[must_use]
    pub fn name(&self) -> &'a str {
        self.text(fields::NAME).unwrap_or_default()
    }

    /// The people known by now, also those who have left.
    pub fn people(&self) -> impl Iterator<Item = &'a PersonHistory> + use<'a> {
        let day = self.day;
        self.history.people.iter().filter(move |person| person.is_known(day))
    }

    /// Every subscription; look at one with the day as both `day` and `known`.
    pub fn subscriptions(&self) -> impl Iterator<Item = &'a SubscriptionHistory> + use<'a> {
        self.history.subscriptions.iter()
    }

    /// The subscriptions that run on the day, trials too.
    pub fn active(&self) -> impl Iterator<Item = ActiveSubscription<'a>> + use<'a> {
        let day = self.day;
        self.history.subscriptions.iter().filter_map(move |history| {
            let terms = history.terms_on(day, day)?;
            let since = history.active_since(day, day)?;
            Some(ActiveSubscription { history, terms, since, term: terms.term_on(day) })
        })
    }

    /// The subscriptions that run on the day and are paid for.
    pub fn paid(&self) -> impl Iterator<Item = ActiveSubscription<'a>> + use<'a> {
        self.active().filter(|active| active.terms.mrr().amount.is_positive())
    }

    /// Monthly recurring revenue, one amount for each currency.
    #[must_use]
    pub fn mrr(&self) -> Vec<Money> {
        let mut totals: Vec<Money> = Vec::new();
        for Money { amount, currency } in self.running_terms().map(Terms::mrr) {
            match totals.iter_mut().find(|total| total.currency == currency) {
                Some(total) => total.amount += amount,
                None => totals.push(Money { amount, currency }),
            }
        }
        totals.retain(|total| total.amount.is_positive());
        totals
    }

    /// Monthly recurring revenue in one currency.
    #[must_use]
    pub fn mrr_in(&self, currency: Currency) -> Amount {
        self.running_terms()
            .map(Terms::mrr)
            .filter(|mrr| mrr.currency == currency)
            .map(|mrr| mrr.amount)
            .sum()
    }

    fn running_terms(&self) -> impl Iterator<Item = &'a Terms> + use<'a> {
        let day = self.day;
        self.history.subscriptions.iter().filter_map(move |history| history.terms_on(day, day))
    }

    /// Whether it pays for something.
    #[must_use]
    pub fn is_customer(&self) -> bool {
        self.running_terms().any(|terms| terms.mrr().amount.is_positive())
    }

    /// Whether it tries something and pays for nothing.
    #[must_use]
    pub fn is_trialing(&self) -> bool {
        !self.is_customer() && self.running_terms().any(|terms| terms.trial)
    }

    /// The plans of the running subscriptions; those paid for if there are
    /// any, else those tried. Sorted, without repeats.
    #[must_use]
    pub fn plans(&self) -> Vec<PlanId> {
        let paid = self.is_customer();
        let mut plans: Vec<PlanId> = self
            .running_terms()
            .filter(|terms| !paid || terms.mrr().amount.is_positive())
            .map(|terms| terms.plan)
            .collect();
        plans.sort_unstable();
        plans.dedup();
        plans
    }

    /// Seats paid for (or tried): the quantities of the running subscriptions
    /// added up; where there are none, what the account says of itself.
    ///
    /// One unit priced as a whole, beside subscriptions for more, is a licence
    /// for the whole company and no seat.
    #[must_use]
    pub fn seats(&self) -> Option<u32> {
        let paid = self.is_customer();
        let terms = || self.running_terms().filter(move |terms| !paid || terms.mrr().amount.is_positive());
        let most = terms().map(|terms| terms.quantity).max();
        if let Some(most) = most {
            let is_licence = |terms: &&Terms| terms.quantity == 1 && terms.price.basis == PriceBasis::Total;
            let seats = terms().filter(|terms| most <= 1 || !is_licence(terms)).map(|terms| terms.quantity);
            return Some(seats.fold(0, u32::saturating_add));
        }
        let stated = self.number(fields::SEATS).filter(|seats| *seats >= 0.0)?;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "`as` saturates, and it is not negative"
        )]
        Some(stated as u32)
    }

    /// The first day on which it paid for anything, as far as known.
    #[must_use]
    pub fn customer_since(&self) -> Option<Day> {
        let first_paid = |history: &SubscriptionHistory| {
            history
                .steps(self.day)
                .take_while(|step| step.effective_from <= self.day)
                .find(|step| step.state.terms().is_some_and(|terms| terms.mrr().amount.is_positive()))
                .map(|step| step.effective_from)
        };
        self.history.subscriptions.iter().filter_map(first_paid).min()
    }

    /// Its usage.
    #[must_use]
    pub fn usage(&self) -> UsageSeen<'a> {
        UsageSeen { usage: &self.history.usage, day: self.day }
    }

    /// Its tickets as they stand.
    pub fn tickets(&self) -> impl Iterator<Item = Ticket<'a>> + use<'a> {
        let day = self.day;
        self.history.tickets.iter().filter_map(move |ticket| ticket.on(day))
    }

    /// The survey responses of a kind in `window`.
    pub fn surveys(
        &self,
        kind: SurveyKind,
        window: Window,
    ) -> impl Iterator<Item = &'a SurveyResponse> + use<'a> {
        self.latest(&self.history.surveys)
            .filter(move |response| response.kind == kind && window.contains(response.answered_on))
    }

    /// The churn events so far.
    pub fn churn_events(&self) -> impl Iterator<Item = &'a ChurnEvent> + use<'a> {
        self.latest(&self.history.churn_events)
    }

    /// The notes and interactions so far.
    pub fn notes(&self) -> impl Iterator<Item = &'a Note> + use<'a> {
        self.latest(&self.history.notes).filter(|note| note.kind != NoteKind::Withdrawn)
    }

    /// The latest pulse.
    #[must_use]
    pub fn pulse(&self) -> Option<&'a Note> {
        self.notes()
            .filter(|note| note.kind == NoteKind::Pulse && note.pulse.is_some())
            .max_by_key(|note| (note.occurred_on, note.id))
    }

    /// The latest interaction in which the customer took part.
    #[must_use]
    pub fn last_two_way(&self) -> Option<&'a Note> {
        self.notes().filter(|note| note.two_way).max_by_key(|note| (note.occurred_on, note.id))
    }

    /// The facts of the day, each in its latest revision known by then.
    fn latest<T: Revised>(&self, facts: &'a [T]) -> impl Iterator<Item = &'a T> + use<'a, T> {
        let day = self.day;
        // Corrections are rare, and only they need a look at the others.
        let any_corrected = facts.iter().any(|fact| fact.revision() > 0);
        let is_corrected = move |fact: &T| {
            facts.iter().any(|other| {
                other.key() == fact.key() && other.revision() > fact.revision() && other.known_on() <= day
            })
        };
        facts
            .iter()
            .filter(move |fact| fact.known_on() <= day && fact.occurred_on() <= day)
            .filter(move |fact| !any_corrected || !is_corrected(fact))
    }
}

/// A fact that can be corrected as a whole.
trait Revised {
    fn key(&self) -> i64;
    fn revision(&self) -> u32;
    fn occurred_on(&self) -> Day;
    fn known_on(&self) -> Day;
}

macro_rules! revised {
    ($type:ty, $day:ident) => {
        impl Revised for $type {
            fn key(&self) -> i64 {
                self.id.0
            }
            fn revision(&self) -> u32 {
                self.revision
            }
            fn occurred_on(&self) -> Day {
                self.$day
            }
            fn known_on(&self) -> Day {
                self.known_on
            }
        }
    };
}

revised!(SurveyResponse, answered_on);
revised!(ChurnEvent, occurred_on);
revised!(Note, occurred_on);
