//! The records are well formed: the same every time, in order, complete.

use crate::{DEMO, NO_USAGE, book::Account, options};
use laer8_demo::{DemoOptions, TEAM, UsageDetail, account, catalog, generate};
use laer8_domain::{
    days::Day,
    money::Currency,
    records::{AccountRef, Incoming, KnownWhen, Record},
    tickets::TicketEventKind,
    values::Value,
};
use rustc_hash::FxHashSet;

#[test]
fn the_same_seed_is_the_same_company_and_another_is_not() {
    let few = DemoOptions { accounts: 12, ..options() };
    let all = |options| generate(options).collect::<Vec<_>>();
    assert_eq!(all(few), all(few));
    assert_ne!(all(few), all(DemoOptions { seed: few.seed + 1, ..few }));
}

#[test]
fn account_17_is_the_same_in_a_book_of_any_size() {
    let in_a_book_of = |accounts| {
        let options = DemoOptions { accounts, ..options() };
        generate(options).find(|batch| batch.account == Some(17))
    };
    assert_eq!(in_a_book_of(20), in_a_book_of(100_000));
    assert_eq!(in_a_book_of(20), Some(account(options(), 17)));
}

#[test]
fn usage_detail_changes_usage_and_nothing_else() {
    let without_usage = |usage| {
        let mut records = account(DemoOptions { usage, ..options() }, 17).records;
        records.retain(|incoming| !matches!(incoming.record, Record::Usage(_)));
        records
    };
    assert_eq!(without_usage(UsageDetail::DAILY), without_usage(UsageDetail::SPARSE));
}

#[test]
fn there_is_as_much_of_everything_as_a_company_has() {
    let count = |kind| DEMO.counts.get(kind).copied().unwrap_or(0);
    assert_eq!((count("account"), count("plan"), count("feature"), count("product")), (300, 4, 16, 3));
    assert!((300_000..=700_000).contains(&count("usage")), "{}", count("usage"));
    for (kind, least, most) in [
        ("subscription", 290, 400),
        ("person", 1_000, 2_500),
        ("ticket", 4_000, 12_000),
        ("survey", 800, 2_500),
        ("note", 4_000, 10_000),
        ("churn_event", 35, 80),
        ("exchange_rate", 73, 75),
    ] {
        assert!((least..=most).contains(&count(kind)), "{kind}: {}", count(kind));
    }
    assert!(DEMO.late > 100, "{}", DEMO.late);
    assert!(DEMO.corrections > 5, "{}", DEMO.corrections);
}

#[test]
fn large_books_have_fewer_rows_for_each_account() {
    let rows = |accounts| {
        let options = DemoOptions { accounts: 300, ..DemoOptions::book(accounts, options().last_day) };
        let rows = generate(options).flat_map(|batch| batch.records);
        rows.filter(|incoming| matches!(incoming.record, Record::Usage(_))).count() / 300
    };
    assert!(rows(300) > 1_000);
    assert!((100..400).contains(&rows(10_000)), "{}", rows(10_000));
    assert!((20..60).contains(&rows(100_000)), "{}", rows(100_000));
}

/// Everything that records can refer to, as it is told.
#[derive(Default)]
struct Told(FxHashSet<(&'static str, String)>);

impl Told {
    fn add(&mut self, kind: &'static str, id: &str) {
        assert!(self.0.insert((kind, id.to_owned())), "{kind} {id} is told twice");
    }

    fn needs(&self, kind: &'static str, id: &str) {
        assert!(self.0.contains(&(kind, id.to_owned())), "{kind} {id} is named before it is told");
    }

    fn needs_account(&self, account: &AccountRef) {
        match account {
            AccountRef::Account(id) => self.needs("account", id),
            AccountRef::Subscription(id) => self.needs("subscription", id),
            AccountRef::Person(id) => self.needs("person", id),
        }
    }

    fn read(&mut self, record: &Record) {
        match record {
            Record::Product(told) => self.add("product", &told.id),
            Record::Feature(told) => {
                told.product.iter().for_each(|id| self.needs("product", id));
                self.add("feature", &told.id);
            }
            Record::Plan(told) => {
                told.product.iter().for_each(|id| self.needs("product", id));
                told.upgrade.iter().for_each(|id| self.needs("plan", id));
                self.add("plan", &told.id);
            }
            Record::Account(told) => {
                for parent in told.fields.iter().filter(|field| field.field == "parent") {
                    let parent = parent.value.as_ref().and_then(Value::as_text).expect("a parent's id");
                    self.needs("account", parent);
                }
                self.add("account", &told.id);
            }
            Record::Person(told) => {
                self.needs_account(&told.account);
                for boss in told.fields.iter().filter(|field| field.field == "reports_to") {
                    let boss = boss.value.as_ref().and_then(Value::as_text).expect("a boss's id");
                    self.needs("person", boss);
                }
                self.add("person", &told.id);
            }
            Record::Subscription(told) => {
                self.needs_account(&told.account);
                told.steps
                    .iter()
                    .filter_map(|step| step.terms.as_ref())
                    .for_each(|terms| self.needs("plan", &terms.plan));
                self.add("subscription", &told.id);
            }
            Record::Usage(told) => {
                self.needs_account(&told.account);
                self.needs("feature", &told.feature);
            }
            Record::Ticket(told) => {
                self.needs_account(&told.account);
                self.add("ticket", &told.id);
            }
            Record::Survey(told) => {
                self.needs_account(&told.account);
                told.person.iter().for_each(|id| self.needs("person", id));
                self.add("survey", &told.id);
            }
            Record::Note(told) => {
                self.needs_account(&told.account);
                told.person.iter().for_each(|id| self.needs("person", id));
                assert!(TEAM.iter().any(|member| member.email == told.author), "{}", told.author);
                self.add("note", &told.id);
            }
            Record::ChurnEvent(told) => {
                self.needs_account(&told.account);
                self.add("churn_event", &told.id);
            }
            Record::ExchangeRate(_) => {}
        }
    }
}

#[test]
fn every_reference_names_what_came_before() {
    let mut told = Told::default();
    for batch in generate(DemoOptions { usage: UsageDetail::SPARSE, ..options() }) {
        batch.records.iter().for_each(|incoming| told.read(&incoming.record));
    }
}

/// The days on which a record says that something happened.
fn days(Incoming { record, known, .. }: &Incoming) -> Vec<Day> {
    let mut days = match record {
        Record::Account(told) => told.fields.iter().map(|field| field.since).collect(),
        Record::Person(told) => told.fields.iter().map(|field| field.since).collect(),
        Record::Subscription(told) => told.steps.iter().map(|step| step.from).collect(),
        Record::Usage(told) => vec![told.day],
        Record::Ticket(told) => told.events.iter().map(|event| event.at.date_naive()).collect(),
        Record::Survey(told) => vec![told.day],
        Record::ChurnEvent(told) => vec![told.day],
        Record::Note(told) => vec![told.day],
        Record::ExchangeRate(told) => vec![told.day],
        Record::Product(_) | Record::Plan(_) | Record::Feature(_) => vec![],
    };
    days.extend(match known {
        KnownWhen::On(day) => Some(*day),
        _ => None,
    });
    days
}

#[test]
fn nothing_happens_or_becomes_known_after_the_last_day() {
    for batch in generate(options()) {
        for incoming in &batch.records {
            assert!(days(incoming).iter().all(|day| *day <= options().last_day), "{incoming:?}");
        }
    }
}

#[test]
fn usage_lies_in_the_history_and_inside_a_subscription() {
    for account in &DEMO.accounts {
        for (day, count) in &account.uses {
            assert!(
                *day >= options().first_day() && account.terms_on(*day).next().is_some() && *count > 0,
                "{day}"
            );
        }
    }
}

#[test]
fn lives_are_told_in_order() {
    for batch in generate(DemoOptions { usage: NO_USAGE, ..options() }) {
        for Incoming { record, .. } in &batch.records {
            match record {
                Record::Ticket(told) => {
                    assert!(matches!(told.events[0].kind, TicketEventKind::Opened(_)));
                    assert!(told.events.is_sorted_by_key(|event| event.at));
                }
                Record::Subscription(told) => {
                    assert!(told.whole && told.steps[0].terms.is_some());
                    assert!(told.steps.windows(2).all(|pair| pair[0].from < pair[1].from), "{told:?}");
                }
                _ => {}
            }
        }
    }
}

#[test]
fn texts_are_in_the_accounts_language_and_complete() {
    let mut spanish = [0, 0];
    for batch in generate(DemoOptions { usage: NO_USAGE, ..options() }) {
        let mut is_spanish = false;
        for Incoming { record, .. } in &batch.records {
            let text = match record {
                Record::Account(told) => {
                    let country = told.fields.iter().find(|field| field.field == "country");
                    let country =
                        country.and_then(|field| field.value.as_ref()?.as_text()).unwrap_or_default();
                    is_spanish = ["ES", "MX", "CO", "CL"].contains(&country);
                    spanish[usize::from(is_spanish)] += 1;
                    continue;
                }
                Record::Note(told) if told.pulse.is_none() => &told.text,
                Record::Survey(told) => &told.comment,
                Record::ChurnEvent(told) => &told.comment,
                _ => continue,
            };
            assert!(!text.contains(['{', '}', '—']), "{text}");
            let english =
                [" the ", "The ", " they ", " is ", "We ", " of "].iter().any(|word| text.contains(word));
            assert!(!(english && is_spanish), "{text}");
            let castilian = [" que ", " la ", " los ", "ción", " el "].iter().any(|word| text.contains(word));
            assert!(!castilian || is_spanish, "{text}");
        }
    }
    assert!(spanish.iter().all(|accounts| *accounts > 100), "{spanish:?}");
}

#[test]
fn about_a_quarter_of_revenue_is_in_dollars_and_every_day_has_a_rate() {
    let rates = catalog(options()).into_iter().filter_map(|incoming| match incoming.record {
        Record::ExchangeRate(rate) => Some((rate.day, rate.billionths)),
        _ => None,
    });
    let rates: Vec<(Day, i64)> = rates.collect();
    assert!(rates.iter().all(|(_, rate)| (850_000_000..990_000_000).contains(rate)));
    let steps = || DEMO.accounts.iter().flat_map(|account| account.subscriptions.iter().flatten());
    let first = steps().map(|step| step.from).min().expect("a first contract");
    assert!(rates[0].0 <= first, "the first rate is of {}, the first contract of {first}", rates[0].0);
    let last = options().last_day;
    let in_dollars =
        |account: &&Account| account.terms_on(last).any(|terms| terms.price.currency == Currency::USD);
    let all: f64 = DEMO.accounts.iter().map(|account| account.mrr(last)).sum();
    let dollars: f64 = DEMO.accounts.iter().filter(in_dollars).map(|account| account.mrr(last)).sum();
    assert!((0.15..0.35).contains(&(dollars / all)), "{}", dollars / all);
}
