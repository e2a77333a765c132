//! A believable company, the same every time, for demonstration and tests.
//!
//! **Almadra** is invented: it sells software for field work (Almadra Works,
//! Flow and Insight) to about three hundred accounts in eleven countries, with
//! texts in English and Spanish. Its data leaves this crate as
//! [`Incoming`] records that name things by external ids, so the demo company
//! enters through the same door as every import.
//!
//! Causes come first and numbers second. Each account lives through a
//! trajectory of adoption, quality and relationship; shocks
//! (a champion leaves, a bad release, a reorganisation) move it; decisions at
//! the ends of terms follow from it; and usage, tickets, surveys and notes are
//! what all of that looks like from outside.
//!
//! Everything about account 17 comes from the seed and the number 17, so it
//! is the same in a book of 20 accounts and in one of 100,000.

mod accounts;
mod catalog;
mod churn_events;
mod company;
mod contract;
mod decisions;
mod dice;
mod exchange;
mod names;
mod notes;
mod people;
mod profile;
mod story;
mod subscriptions;
mod surveys;
mod tickets;
mod trajectory;
mod usage;
mod words;

pub use company::{CURRENCY, TEAM, TeamMember, VENDOR};

use laer8_domain::{
    days::{Day, shift_months},
    records::{Incoming, KnownWhen, Record},
};
use story::Story;

/// How many months of history the demo company has.
pub const MONTHS_OF_HISTORY: i32 = 36;

/// The seed that the documentation and the figures in the tests speak of.
pub const DEFAULT_SEED: u64 = 36;

/// How many accounts the demo company has unless somebody asks for more.
pub const DEFAULT_ACCOUNTS: u32 = 300;

/// What company to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DemoOptions {
    /// Another seed is another company.
    pub seed: u64,
    /// How many accounts, numbered from 1: customers, former customers, trials
    /// and prospects.
    pub accounts: u32,
    /// The last day on which anything happens. Three years of history end
    /// here; contracts may be older.
    pub last_day: Day,
    /// How closely usage is recorded. It changes usage rows and nothing else.
    pub usage: UsageDetail,
}

impl DemoOptions {
    /// The demo company of the documentation: 300 accounts with daily usage.
    #[must_use]
    pub fn new(last_day: Day) -> Self {
        Self { seed: DEFAULT_SEED, accounts: DEFAULT_ACCOUNTS, last_day, usage: UsageDetail::DAILY }
    }

    /// A book of any size, with usage so detailed that there are a few million
    /// rows at most.
    #[must_use]
    pub fn book(accounts: u32, last_day: Day) -> Self {
        Self { accounts, usage: UsageDetail::for_accounts(accounts), ..Self::new(last_day) }
    }

    /// The first day of the history.
    #[must_use]
    pub fn first_day(&self) -> Day {
        shift_months(self.last_day, -MONTHS_OF_HISTORY)
    }
}

/// How closely usage is recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UsageDetail {
    /// The days that one row sums up: 1 is daily, 7 a weekly summary that
    /// stands on the last day of the seven.
    pub days_per_row: u32,
    /// How many days back usage goes, the last day included.
    pub days_back: u32,
    /// How many features at most, those that matter first.
    pub features: usize,
}

impl UsageDetail {
    /// Every feature, every day, all three years: about 1,900 rows an account.
    pub const DAILY: Self = Self { days_per_row: 1, days_back: 1_100, features: usize::MAX };
    /// Every feature by week for a year: about 180 rows an account.
    pub const WEEKLY: Self = Self { days_per_row: 7, days_back: 364, features: usize::MAX };
    /// Three features by week for seventeen weeks: about 30 rows an account.
    pub const SPARSE: Self = Self { days_per_row: 7, days_back: 119, features: 3 };

    /// The closest detail that keeps a book of this size to a few million rows.
    #[must_use]
    pub fn for_accounts(accounts: u32) -> Self {
        match accounts {
            0..=2_500 => Self::DAILY,
            2_501..=25_000 => Self::WEEKLY,
            _ => Self::SPARSE,
        }
    }
}

/// Records that belong together, each after the ones that it names.
#[derive(Debug, Clone, PartialEq)]
pub struct Batch {
    /// The account's number; none for the catalogue and the exchange rates,
    /// which come first.
    pub account: Option<u32>,
    /// In an order in which every reference names a record that came before,
    /// in this batch or an earlier one.
    pub records: Vec<Incoming>,
}

/// Everything about the demo company: what it sells and the exchange rates,
/// then one batch for each account. Nothing is kept between batches, so the
/// memory needed does not depend on the number of accounts.
pub fn generate(options: DemoOptions) -> impl Iterator<Item = Batch> {
    std::iter::once_with(move || Batch { account: None, records: catalog(options) })
        .chain((1..=options.accounts).map(move |number| account(options, number)))
}

/// What the company sells, and what a dollar was worth.
#[must_use]
pub fn catalog(options: DemoOptions) -> Vec<Incoming> {
    let mut records = Vec::new();
    catalog::tell(&mut records);
    exchange::tell(options, &mut records);
    records
}

/// Everything about one account, by its number from 1, whether or not
/// `options.accounts` reaches that far.
#[must_use]
pub fn account(options: DemoOptions, number: u32) -> Batch {
    let story = Story::of(options, number);
    let mut records = Vec::new();
    accounts::tell(&story, &mut records);
    people::tell(&story, &mut records);
    subscriptions::tell(&story, &mut records);
    usage::tell(&story, &mut records);
    tickets::tell(&story, &mut records);
    surveys::tell(&story, &mut records);
    notes::tell(&story, &mut records);
    churn_events::tell(&story, &mut records);
    Batch { account: Some(number), records }
}

/// A record that became known when it happened.
fn told(record: Record) -> Incoming {
    Incoming { row: 0, known: KnownWhen::Happened, record }
}
