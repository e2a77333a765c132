//! Ledger entries in words.

use laer8_app::{Change, EntryRow, Paid};
use laer8_words::{Arg, Words};

/// What changed: "Team: 12 → 20 seats, Reports: ends".
#[must_use]
pub fn parts(words: Words, entry: &EntryRow) -> String {
    let changes: Vec<String> = entry.changes.iter().filter_map(|change| said(words, change)).collect();
    changes.join(", ")
}

fn said(words: Words, change: &Change) -> Option<String> {
    match (&change.before, &change.after) {
        (None, None) => None,
        (None, Some(after)) => {
            let args = [("plan", Arg::Text(after.plan.as_str())), ("seats", Arg::from(after.seats))];
            Some(words.say_with("revenue-part-started", &args))
        }
        (Some(before), None) => {
            Some(words.say_with("revenue-part-ended", &[("plan", Arg::Text(&before.plan))]))
        }
        (Some(before), Some(after)) => Some(between(words, before, after)),
    }
}

fn between(words: Words, before: &Paid, after: &Paid) -> String {
    if before.plan != after.plan {
        let args = [("before", Arg::Text(before.plan.as_str())), ("after", Arg::Text(&after.plan))];
        return words.say_with("revenue-part-plan", &args);
    }
    let plan = Arg::Text(after.plan.as_str());
    if before.seats != after.seats {
        let count = |seats: u32| words.count(i64::from(seats));
        let (before, after) = (count(before.seats), count(after.seats));
        let args = [("plan", plan), ("before", Arg::Text(&before)), ("after", Arg::Text(&after))];
        return words.say_with("revenue-part-changed", &args);
    }
    let (before, after) = (words.money_cents(before.mrr), words.money_cents(after.mrr));
    words.say_with(
        "revenue-part-price",
        &[("plan", plan), ("before", Arg::Text(&before)), ("after", Arg::Text(&after))],
    )
}
