//! Since when a fact is known.

use laer8_domain::{days::Day, records::KnownWhen};
use rustc_hash::FxHashMap;

/// The day of the last import, by kind of record, in which a source brought
/// any; none in the first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Watermarks(pub(crate) FxHashMap<String, Day>);

impl Watermarks {
    /// Since when a fact of a record of `kind` that happened on `day` is
    /// known, when it comes in today.
    pub(super) fn known_on(&self, kind: &str, known: KnownWhen, day: Day, today: Day) -> Day {
        match known {
            KnownWhen::On(day) => day,
            KnownWhen::Imported => today,
            KnownWhen::Happened => {
                let late = self.0.get(kind).is_some_and(|last_import| day < *last_import);
                if late { today } else { day.min(today) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    #[test]
    fn history_is_known_when_it_happened_but_late_arrivals_are_known_today() {
        let today = day("2026-06-01");
        let first = Watermarks::default();
        let later = Watermarks([("usage".to_owned(), day("2026-05-01"))].into_iter().collect());
        let known =
            |marks: &Watermarks, happened| marks.known_on("usage", KnownWhen::Happened, day(happened), today);
        assert_eq!(known(&first, "2024-03-01"), day("2024-03-01"));
        assert_eq!(known(&later, "2024-03-01"), today, "it was not in the import of May");
        assert_eq!(known(&later, "2026-05-20"), day("2026-05-20"));
        assert_eq!(known(&later, "2026-08-01"), today, "what lies ahead is known now");
    }
}
