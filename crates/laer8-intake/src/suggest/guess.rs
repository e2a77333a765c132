//! What the rows of a file are, and which column feeds which field.

use super::{
    Said,
    names::{FILES, currency_in, fields, simple},
    profile::{Column, Profile},
};
use crate::mapping::RecordKind;

/// A field and the column that feeds it.
#[derive(Debug, Clone)]
pub(super) struct Feed {
    pub(super) field: &'static str,
    pub(super) column: usize,
    /// What is worth saying about it.
    pub(super) comment: Option<String>,
}

/// A file with what is thought of it.
#[derive(Debug)]
pub(super) struct Guess<'a> {
    pub(super) profile: &'a Profile,
    /// None when nothing fits.
    pub(super) kind: Option<RecordKind>,
    pub(super) feeds: Vec<Feed>,
}

impl Guess<'_> {
    pub(super) fn feed(&self, field: &str) -> Option<&Feed> {
        self.feeds.iter().find(|feed| feed.field == field)
    }

    pub(super) fn column(&self, field: &str) -> Option<&Column> {
        Some(&self.profile.columns[self.feed(field)?.column])
    }

    pub(super) fn is_fed_by(&self, column: usize) -> bool {
        self.feeds.iter().any(|feed| feed.column == column)
    }

    /// The first column of that (simple) name.
    pub(super) fn named(&self, name: &str) -> Option<&Column> {
        self.profile.columns.iter().find(|column| simple(&column.name) == name)
    }
}

/// The fewest points by which a file is taken to be of a kind: its name and
/// two columns, or four columns with its own id.
const ENOUGH: usize = 6;

/// What the name of a file weighs, against 2 for its own id and 1 for each
/// other column.
const FILE_NAME: usize = 4;

pub(super) fn kinds<'p>(profiles: &'p [Profile], said: &[Said]) -> Vec<Guess<'p>> {
    let told = |profile: &Profile| {
        let is_it = |(file, sheet, _): &&Said| *file == profile.name && *sheet == profile.sheet;
        said.iter().find(is_it).map(|(.., kind)| *kind)
    };
    let look = |profile: &'p Profile| match told(profile) {
        Some(kind) => Guess { profile, kind: Some(kind), feeds: feeds(profile, kind) },
        None => guess(profile),
    };
    profiles.iter().map(look).collect()
}

fn guess(profile: &Profile) -> Guess<'_> {
    let file_name = simple(profile.sheet.as_deref().unwrap_or(&profile.name));
    let by_name = FILES.iter().find(|(word, _)| file_name.contains(word)).map(|(_, kind)| *kind);
    let scored = RecordKind::ALL.into_iter().map(|kind| {
        let feeds = feeds(profile, kind);
        let own_id = feeds.iter().any(|feed| {
            feed.field == "id" && simple(&profile.columns[feed.column].name).contains(kind.key())
        });
        let name = if by_name == Some(kind) { FILE_NAME } else { 0 };
        (feeds.len() + usize::from(own_id) + name, kind, feeds)
    });
    match scored.max_by_key(|(points, kind, _)| (*points, std::cmp::Reverse(*kind))) {
        Some((points, kind, feeds)) if points >= ENOUGH => Guess { profile, kind: Some(kind), feeds },
        _ => Guess { profile, kind: None, feeds: Vec::new() },
    }
}

/// The column of each field by its name; a column feeds one field.
fn feeds(profile: &Profile, kind: RecordKind) -> Vec<Feed> {
    let names: Vec<String> =
        profile.columns.iter().map(|column| without_currency(&simple(&column.name))).collect();
    let mut feeds: Vec<Feed> = Vec::new();
    for (field, candidates) in fields(kind) {
        let column = candidates.iter().find_map(|candidate| {
            let free = |column: &usize| !feeds.iter().any(|feed| feed.column == *column);
            names.iter().position(|name| name == candidate).filter(free)
        });
        feeds.extend(column.map(|column| Feed { field, column, comment: None }));
    }
    // A row with a day of effect is one version of several.
    if feeds.iter().any(|feed| feed.field == "effective_from") {
        feeds.retain(|feed| feed.field != "start");
    }
    feeds
}

fn without_currency(name: &str) -> String {
    match (currency_in(name), name.rsplit_once('_')) {
        (Some(_), Some((rest, _))) => rest.to_owned(),
        _ => name.to_owned(),
    }
}
