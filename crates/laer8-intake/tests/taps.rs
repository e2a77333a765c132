//! The shipped mappings of Singer taps, on records as those taps write them.

use laer8_domain::records::Incoming;
use laer8_intake::{
    mapping::Mapping,
    singer::{Reader, Step},
};

/// What comes of a run: its records, and how many messages were left out.
fn run(mapping: &str, lines: &str) -> (Vec<Incoming>, u64) {
    let mapping = Mapping::parse(mapping).unwrap_or_else(|error| panic!("{error}"));
    let mut reader = Reader::new(&mapping, "2026-11-22".parse().expect("a day")).expect("columns");
    let mut steps: Vec<Step> = lines.lines().flat_map(|line| reader.line(line.as_bytes())).collect();
    steps.extend(reader.finish());
    assert!(reader.counts().missing.is_empty(), "the schema lacks {:?}", reader.counts().missing);
    assert!(reader.counts().unmapped.is_empty(), "{:?}", reader.counts().unmapped);
    assert!(matches!(steps.last(), Some(Step::State(_))), "a run ends with its state");
    let mut records = Vec::new();
    for step in steps {
        let Step::Batch(batch) = step else { continue };
        let refused: Vec<String> =
            batch.refused.iter().map(|refusal| format!("{}: {}", refusal.line, refusal.message())).collect();
        assert!(refused.is_empty(), "{refused:?}");
        records.extend(batch.taken.into_iter().map(|taken| taken.incoming));
    }
    (records, reader.counts().left_out)
}

macro_rules! tap {
    ($test:ident, $name:literal, $left_out:literal) => {
        #[test]
        fn $test() {
            let (records, left_out) = run(
                include_str!(concat!("../../../packs/singer/", $name, ".toml")),
                include_str!(concat!("taps/", $name, ".jsonl")),
            );
            assert_eq!(left_out, $left_out);
            insta::assert_json_snapshot!(records);
        }
    };
}

tap!(salesforce_gives_accounts_people_closed_deals_and_cases, "salesforce", 3);
tap!(hubspot_gives_companies_contacts_closed_deals_and_tickets, "hubspot", 2);
tap!(zendesk_gives_organisations_users_tickets_and_ratings, "zendesk", 4);
tap!(stripe_gives_what_is_sold_and_whether_it_is_paid, "stripe", 2);
