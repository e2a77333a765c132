//! The example mapping on the files it was written for.

use chrono::NaiveDate;
use laer8_domain::{money::Amount, records::Record};
use laer8_intake::{
    mapping::Mapping,
    reader::{FileReader, Outcome},
    remark::Remark,
    suggest::{Sample, suggest},
};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

fn mapping() -> Mapping {
    Mapping::parse(include_str!("../../../examples/ravenstack.toml")).expect("the example is valid")
}

fn folder() -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/ravenstack");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: the RavenStack files are not at {}", folder.display());
    None
}

#[test]
fn the_example_is_a_valid_mapping() {
    let mapping = mapping();
    assert_eq!(mapping.source(), "ravenstack");
    assert_eq!(mapping.constants().len(), 3);
    assert_eq!(mapping.files().len(), 5);
}

/// Everything that one file says by one mapping, refusals included.
fn read(mapping: &Mapping, folder: &Path, name: &str) -> Vec<Outcome> {
    let imported_on = NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day");
    let bytes = fs::read(folder.join(name)).expect("a file");
    let section = mapping.files_for(name).next().expect("a section");
    let reader = FileReader::new(section, imported_on, bytes.as_slice()).expect("a header");
    reader.map(|outcome| outcome.expect("bytes")).collect()
}

const FILES: [(&str, &str, usize); 5] = [
    ("ravenstack_accounts.csv", "account", 500),
    ("ravenstack_subscriptions.csv", "subscription", 5_000),
    ("ravenstack_feature_usage.csv", "usage", 25_000),
    ("ravenstack_support_tickets.csv", "ticket", 2_000),
    ("ravenstack_churn_events.csv", "churn_event", 600),
];

#[test]
fn every_row_of_ravenstack_is_read() {
    let Some(folder) = folder() else { return };
    let mut remarks: BTreeMap<Remark, usize> = BTreeMap::new();
    let mut prices = Amount::ZERO;
    for (name, kind, rows) in FILES {
        let outcomes = read(&mapping(), &folder, name);
        assert_eq!(outcomes.len(), rows, "{name}");
        for (position, outcome) in outcomes.into_iter().enumerate() {
            let Outcome::Record(incoming, found) = outcome else { panic!("{name}: {outcome:?}") };
            assert_eq!((incoming.record.kind(), incoming.row as usize), (kind, position + 2));
            found.into_iter().for_each(|remark| *remarks.entry(remark).or_default() += 1);
            if let Record::Subscription(subscription) = incoming.record {
                prices += subscription
                    .steps
                    .iter()
                    .filter_map(|step| Some(step.terms.as_ref()?.price.amount))
                    .sum();
            }
        }
    }
    // Counted independently of this crate: 13 subscriptions end on the day
    // they start, 36 tickets are closed before their first response, and the
    // monthly prices of all other subscriptions add up to this.
    assert_eq!(remarks, BTreeMap::from([(Remark::NeverRan, 13), (Remark::SolvedBeforeAnswered, 36)]));
    assert_eq!(prices, Amount::from_major(11_292_423));
}

#[test]
fn what_is_suggested_for_ravenstack_says_what_the_example_says() {
    let Some(folder) = folder() else { return };
    let sample = |(name, _, _): (&str, &str, usize)| Sample {
        name: name.to_owned(),
        bytes: fs::File::open(folder.join(name)).expect("a file"),
    };
    let suggestion = suggest("ravenstack", FILES.map(sample).into());
    assert_eq!(suggestion.questions, 0, "{}", suggestion.text);
    let suggested = Mapping::parse(&suggestion.text).expect("a valid mapping");
    for (name, ..) in FILES {
        let (own, example) = (read(&suggested, &folder, name), read(&mapping(), &folder, name));
        assert!(own == example, "{name} is read differently:\n{}", suggestion.text);
    }
    let plans = |mapping: &Mapping| -> Vec<String> {
        let ids = mapping.constants().iter().filter_map(|incoming| match &incoming.record {
            Record::Plan(plan) => Some(plan.id.clone()),
            _ => None,
        });
        let mut ids: Vec<String> = ids.collect();
        ids.sort();
        ids
    };
    assert_eq!(plans(&suggested), plans(&mapping()));
}
