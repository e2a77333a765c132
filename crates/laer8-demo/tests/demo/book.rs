//! The demo company read back from its records, with plain arithmetic of its
//! own: what the tests measure must not come from what they test.

use laer8_demo::{Batch, DemoOptions, generate};
use laer8_domain::{
    days::{Day, shift},
    money::Currency,
    records::{Incoming, KnownWhen, Record, StepRecord, TermsRecord, UsageRecord},
    tickets::TicketEventKind,
    values::Value,
};
use std::collections::BTreeMap;

/// One account, as far as the tests look at it.
#[derive(Debug, Default)]
pub(crate) struct Account {
    /// `A`, `B` or `C`: enterprise, mid, small.
    pub(crate) tier: String,
    /// The steps of each subscription.
    pub(crate) subscriptions: Vec<Vec<StepRecord>>,
    /// Uses by day, late rows and corrections included.
    pub(crate) uses: BTreeMap<Day, i64>,
    /// The largest number of people by day.
    pub(crate) people: BTreeMap<Day, u32>,
    /// Days with uses by feature.
    pub(crate) features: BTreeMap<String, Vec<Day>>,
    /// Reasons given for leaving.
    pub(crate) reasons: Vec<String>,
    /// When tickets were opened, and last solved.
    pub(crate) tickets: Vec<(Day, Option<Day>)>,
    /// Champions' last days.
    pub(crate) departures: Vec<Day>,
}

/// The whole company.
#[derive(Debug, Default)]
pub(crate) struct Book {
    pub(crate) accounts: Vec<Account>,
    pub(crate) counts: BTreeMap<&'static str, usize>,
    pub(crate) late: usize,
    pub(crate) corrections: usize,
}

/// What one dollar is worth here: the same always, so that exchange rates
/// move nothing.
const DOLLAR: f64 = 0.92;

impl Account {
    /// What runs on a day.
    pub(crate) fn terms_on(&self, day: Day) -> impl Iterator<Item = &TermsRecord> {
        self.subscriptions
            .iter()
            .filter_map(move |steps| steps.iter().rev().find(|step| step.from <= day)?.terms.as_ref())
    }

    /// Recurring revenue a month.
    pub(crate) fn mrr(&self, day: Day) -> f64 {
        let paid = self.terms_on(day).filter(|terms| !terms.trial);
        paid.map(|terms| {
            let rate = if terms.price.currency == Currency::USD { DOLLAR } else { 1.0 };
            terms.price.monthly(terms.quantity).to_f64() * rate
        })
        .sum()
    }

    /// Seats, the add-on's company licence aside.
    pub(crate) fn seats(&self, day: Day) -> u32 {
        self.terms_on(day).filter(|terms| terms.plan != "insight").map(|terms| terms.quantity).sum()
    }

    /// Whether it pays.
    pub(crate) fn pays(&self, day: Day) -> bool {
        self.mrr(day) > 0.0
    }

    /// Uses a day in the `days` days before `end`.
    pub(crate) fn uses_per_day(&self, end: Day, days: i64) -> f64 {
        let uses: i64 = self.uses.range(shift(end, -days)..end).map(|(_, count)| count).sum();
        uses as f64 / days as f64
    }

    /// Uses in the 28 days before `end` against those in the 91 days before.
    pub(crate) fn trend(&self, end: Day) -> Option<f64> {
        let baseline = self.uses_per_day(end, 91);
        (baseline > 0.0).then(|| self.uses_per_day(end, 28) / baseline)
    }

    /// The most people on one day of the 28 before `end`.
    pub(crate) fn people(&self, end: Day) -> u32 {
        self.people.range(shift(end, -28)..end).map(|(_, people)| *people).max().unwrap_or(0)
    }

    /// The days on which it stopped paying for everything.
    pub(crate) fn ends(&self) -> Vec<Day> {
        let days = self.subscriptions.iter().flatten().filter(|step| step.terms.is_none());
        let mut days: Vec<Day> = days.map(|step| step.from).collect();
        days.retain(|day| !self.pays(*day) && self.pays(shift(*day, -1)));
        days.sort_unstable();
        days.dedup();
        days
    }
}

/// Revenue kept, over a set of accounts and two days.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Retention {
    pub(crate) customers: usize,
    pub(crate) opening: f64,
    pub(crate) grr: f64,
    pub(crate) nrr: f64,
    pub(crate) logo_churn: f64,
}

impl Book {
    /// The company with these options.
    pub(crate) fn of(options: DemoOptions) -> Self {
        let mut book = Self::default();
        for batch in generate(options) {
            book.read(batch);
        }
        book
    }

    fn read(&mut self, batch: Batch) {
        let mut account = Account::default();
        for Incoming { known, record, .. } in batch.records {
            *self.counts.entry(record.kind()).or_default() += 1;
            match record {
                Record::Account(told) => {
                    let tier = told.fields.iter().find(|field| field.field == "tier");
                    account.tier =
                        tier.and_then(|field| field.value.as_ref()?.as_text()).unwrap_or_default().to_owned();
                }
                Record::Subscription(told) => account.subscriptions.push(told.steps),
                Record::Usage(told) => {
                    self.late += usize::from(matches!(known, KnownWhen::On(_)) && told.count > 0);
                    self.corrections += usize::from(told.count < 0);
                    account.used(told);
                }
                Record::ChurnEvent(told) => account.reasons.push(told.reason),
                Record::Ticket(told) => {
                    let solved = told.events.iter().rev().find(|event| event.kind == TicketEventKind::Solved);
                    let solved = solved.map(|event| event.at.date_naive());
                    account.tickets.push((told.events[0].at.date_naive(), solved));
                }
                Record::Person(told) => {
                    let is = |name: &str, value: &Value| {
                        told.fields.iter().find(|f| f.field == name && f.value.as_ref() == Some(value))
                    };
                    let left = is("left", &true.into()).filter(|_| is("role", &"champion".into()).is_some());
                    account.departures.extend(left.map(|field| field.since));
                }
                _ => {}
            }
        }
        if batch.account.is_some() {
            self.accounts.push(account);
        }
    }

    /// NRR, GRR and logo churn from `a` to `b` over accounts of some tiers.
    pub(crate) fn retention(&self, tiers: &str, a: Day, b: Day) -> Retention {
        let paying = self.accounts.iter().filter(|account| tiers.contains(&account.tier) && account.pays(a));
        let revenue: Vec<(f64, f64)> = paying.map(|account| (account.mrr(a), account.mrr(b))).collect();
        let opening: f64 = revenue.iter().map(|(opening, _)| opening).sum();
        let kept: f64 = revenue.iter().map(|(opening, closing)| opening.min(*closing)).sum();
        let closing: f64 = revenue.iter().map(|(_, closing)| closing).sum();
        let left = revenue.iter().filter(|(_, closing)| *closing <= 0.0).count();
        Retention {
            customers: revenue.len(),
            opening,
            grr: kept / opening,
            nrr: closing / opening,
            logo_churn: left as f64 / revenue.len() as f64,
        }
    }
}

impl Account {
    fn used(&mut self, told: UsageRecord) {
        *self.uses.entry(told.day).or_default() += told.count;
        let people = self.people.entry(told.day).or_default();
        *people = told.people.unwrap_or(0).max(*people);
        self.features.entry(told.feature).or_default().push(told.day);
    }
}

/// The middle of some figures.
pub(crate) fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}
