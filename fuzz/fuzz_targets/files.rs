//! What somebody may upload: any bytes as a CSV file. A mapping is suggested for
//! it, and where that is whole, the file is read by it.
//!
//! Nothing panics; what is suggested without a question is a mapping; and what is refused
//! says why.

#![no_main]

use chrono::NaiveDate;
use laer8_intake::{
    mapping::Mapping,
    reader::{FileReader, Outcome},
    suggest::{Sample, suggest},
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let sample = Sample { name: "file.csv".to_owned(), bytes };
    let suggested = suggest("fuzz", vec![sample]);
    let mapping = match Mapping::parse(&suggested.text) {
        Ok(mapping) => mapping,
        // It lacks what only a person knows, or is about nothing.
        Err(_) if suggested.questions > 0 || !suggested.text.contains("[[file]]") => return,
        Err(error) => panic!("{error}\n{}", suggested.text),
    };
    let today = NaiveDate::from_ymd_opt(2026, 11, 28).expect("a day");
    for section in mapping.files() {
        let Ok(reader) = FileReader::new(section, today, bytes) else { continue };
        for outcome in reader {
            let Ok(Outcome::Refused(refusal)) = outcome else { continue };
            assert!(!refusal.message().is_empty());
        }
    }
});
