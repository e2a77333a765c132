//! What a tap may write: lines of any kind, read with the shipped mappings of
//! taps. The first byte chooses the mapping.
//!
//! Nothing panics; and every record is either taken, left out or refused, and a
//! state comes after all that came before it.

#![no_main]

use chrono::NaiveDate;
use laer8_intake::{
    mapping::Mapping,
    singer::{Reader, Step},
};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static MAPPINGS: LazyLock<Vec<Mapping>> = LazyLock::new(|| {
    [
        include_str!("../../packs/singer/hubspot.toml"),
        include_str!("../../packs/singer/salesforce.toml"),
        include_str!("../../packs/singer/stripe.toml"),
        include_str!("../../packs/singer/zendesk.toml"),
    ]
    .map(|text| Mapping::parse(text).expect("a shipped mapping"))
    .into()
});

fuzz_target!(|input: &[u8]| {
    let Some((choice, bytes)) = input.split_first() else { return };
    let mapping = &MAPPINGS[usize::from(*choice) % MAPPINGS.len()];
    let today = NaiveDate::from_ymd_opt(2026, 11, 28).expect("a day");
    let mut reader = Reader::new(mapping, today).expect("columns");
    let mut lines = 0_u64;
    let mut kept = 0_u64;
    for line in bytes.split(|byte| *byte == b'\n') {
        lines += 1;
        let steps = reader.line(line);
        for (place, step) in steps.iter().enumerate() {
            match step {
                Step::Batch(batch) => {
                    kept += (batch.taken.len() + batch.refused.len()) as u64;
                    for refusal in &batch.refused {
                        assert!(!refusal.message().is_empty());
                        assert!(u64::from(refusal.line) <= lines);
                    }
                }
                Step::State(_) => assert_eq!(place + 1, steps.len(), "what came before comes first"),
            }
        }
        let section = bytes.len() % mapping.streams().len();
        let cells = reader.cells(section, line);
        assert!(cells.is_empty() || cells.len() == reader.columns(section).len());
    }
    if let Some(Step::Batch(batch)) = reader.finish() {
        kept += (batch.taken.len() + batch.refused.len()) as u64;
    }
    assert!(reader.finish().is_none());
    let counts = reader.counts();
    assert_eq!(counts.lines, lines);
    assert_eq!(kept, counts.taken + counts.refused);
});
