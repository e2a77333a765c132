//! How rows of different files find each other: columns whose values are the
//! ids of another file.

use super::{
    guess::{Feed, Guess},
    names::simple,
    text::grouped,
};
use crate::mapping::RecordKind;
use std::collections::HashSet;

/// The share of its values that must be ids of the other file.
const MOST: f64 = 0.9;

const REFERENCES: [(&str, RecordKind); 3] = [
    ("account", RecordKind::Account),
    ("subscription", RecordKind::Subscription),
    ("person", RecordKind::Person),
];

/// Ids of one file: whose, in which file and column, and their hashes.
struct Ids {
    kind: RecordKind,
    place: String,
    values: HashSet<u64>,
}

/// Finds the references of each file. Names that were guessed are checked
/// against the values; what the name does not show, the values may.
pub(super) fn find(files: &mut [Guess<'_>]) {
    let ids: Vec<Ids> = files.iter().filter_map(ids_of).collect();
    for file in files {
        for (field, kind) in REFERENCES {
            if refers(file, field)
                && let Some(feed) = best(file, field, kind, &ids)
            {
                file.feeds.retain(|other| other.field != field);
                file.feeds.push(feed);
            }
        }
        keep_the_nearest(file);
    }
}

fn ids_of(file: &Guess<'_>) -> Option<Ids> {
    let column = file.column("id")?;
    let place = format!("{}, column {}", file.profile.name, column.name);
    Some(Ids { kind: file.kind?, place, values: column.values.clone() })
}

fn refers(file: &Guess<'_>, field: &str) -> bool {
    let Some(kind) = file.kind else { return false };
    let own = REFERENCES.iter().any(|(own, own_kind)| *own == field && *own_kind == kind);
    !own && crate::mapping::targets::targets(kind).iter().any(|target| target.name == field)
}

fn best(file: &Guess<'_>, field: &'static str, kind: RecordKind, ids: &[Ids]) -> Option<Feed> {
    let mut best: Option<(f64, Feed)> = None;
    for (position, column) in file.profile.columns.iter().enumerate() {
        let named = file.feed(field).is_some_and(|feed| feed.column == position);
        let looks_like_id = simple(&column.name).ends_with("id") || !column.numbers.is_number();
        if column.values.is_empty() || !(named || (looks_like_id && !file.is_fed_by(position))) {
            continue;
        }
        for ids in ids.iter().filter(|ids| ids.kind == kind) {
            let found = column.values.intersection(&ids.values).count();
            let share = found as f64 / column.values.len() as f64;
            if share >= MOST && best.as_ref().is_none_or(|(most, _)| share > *most) {
                let comment = Some(describe(found, column.values.len(), &ids.place));
                best = Some((share, Feed { field, column: position, comment }));
            }
        }
    }
    best.map(|(_, feed)| feed)
}

fn describe(found: usize, all: usize, place: &str) -> String {
    if found == all {
        return format!("every value is in {place}");
    }
    format!("In doubt: {} of {} values are in {place}", grouped(found as u64), grouped(all as u64))
}

/// A row that names its account needs no subscription to find it.
fn keep_the_nearest(file: &mut Guess<'_>) {
    if file.feed("account").is_some() {
        file.feeds.retain(|feed| feed.field != "subscription");
    }
}
