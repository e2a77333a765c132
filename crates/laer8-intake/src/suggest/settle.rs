//! The date and number formats of all files together.

use super::{
    evidence::{DATES, NUMBERS, SIGNS},
    guess::Guess,
    names::{currency_in, simple},
    profile::Column,
};
use crate::{
    formats::DateFormats,
    mapping::{
        RecordKind,
        targets::{TargetKind, targets},
    },
};

/// What the files agree on.
#[derive(Debug, Default)]
pub(super) struct Settled {
    /// Formats for all columns; empty when they contradict each other, and
    /// each column must say its own.
    pub(super) dates: Vec<String>,
    /// Columns that can be read in two ways and that no other settles: the
    /// column's place, a value, and the formats to choose from.
    pub(super) undecided: Vec<(String, String, Vec<Vec<String>>)>,
    /// Columns that could be read in two ways, and that others settle.
    pub(super) by_others: Vec<String>,
    /// Whether each column must say its own formats.
    pub(super) apart: bool,
    pub(super) currency: Option<&'static str>,
    pub(super) currency_place: String,
}

/// The number format of one file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Numbers {
    /// A point and no groups, or no numbers with marks at all.
    Usual,
    /// This.
    Other(char, Option<char>),
    /// `1,234` may be a thousand or a little more than one.
    Undecided(String),
}

/// Which kind of value a field or trait needs from a column.
pub(super) fn kind_of(kind: RecordKind, field: &str) -> Option<TargetKind> {
    targets(kind).iter().find(|target| target.name == field).map(|target| target.kind)
}

/// The columns of all files that will be read as dates.
fn date_columns<'a>(files: &'a [Guess<'a>]) -> impl Iterator<Item = (String, &'a Column)> {
    files.iter().filter(|file| file.kind.is_some()).flat_map(|file| {
        let is_read = |position: usize| {
            let takes_traits = matches!(file.kind, Some(RecordKind::Account | RecordKind::Person));
            takes_traits || file.is_fed_by(position)
        };
        let columns = file.profile.columns.iter().enumerate();
        columns
            .filter(move |(position, column)| column.is_date() && is_read(*position))
            .map(|(_, column)| (format!("{}, {}", file.profile.name, column.name), column))
    })
}

pub(super) fn settle(files: &[Guess<'_>]) -> Settled {
    let mut settled = Settled::default();
    let sure: Vec<usize> =
        date_columns(files).filter_map(|(_, column)| only_one(&column.dates.left())).collect();
    for (place, column) in date_columns(files) {
        let left = column.dates.left();
        let decided = only_one(&left).or_else(|| {
            let by_others: Vec<usize> = left.iter().copied().filter(|date| sure.contains(date)).collect();
            let one = only_one(&by_others)?;
            settled.by_others.push(format!("{place} ({} fits both orders)", column.dates.example));
            Some(one)
        });
        match decided {
            Some(date) => add_missing(&mut settled.dates, column.dates.formats(date)),
            None => {
                let choices = left.iter().map(|date| column.dates.formats(*date)).collect();
                settled.undecided.push((place, column.dates.example.clone(), choices));
            }
        }
    }
    settled.apart = DateFormats::new(&settled.dates).is_err();
    find_currency(files, &mut settled);
    settled
}

fn only_one(dates: &[usize]) -> Option<usize> {
    match dates {
        [one] => Some(*one),
        _ => None,
    }
}

fn add_missing(formats: &mut Vec<String>, more: Vec<String>) {
    for format in more {
        if !formats.contains(&format) {
            formats.push(format);
        }
    }
}

/// The formats of one column, where each must say its own: all that fit it.
pub(super) fn own_formats(column: &Column) -> Vec<Vec<String>> {
    column
        .dates
        .left()
        .into_iter()
        .filter(|date| *date < DATES.len())
        .map(|date| column.dates.formats(date))
        .collect()
}

fn find_currency(files: &[Guess<'_>], settled: &mut Settled) {
    for file in files.iter().filter(|file| file.kind.is_some()) {
        for column in &file.profile.columns {
            let by_sign = column.numbers.signs.first().map(|sign| SIGNS[*sign].1);
            let by_sign = by_sign.filter(|_| column.numbers.is_number());
            if let Some(code) = currency_in(&simple(&column.name)).or(by_sign) {
                settled.currency = Some(code);
                settled.currency_place = format!("{}, {}", file.profile.name, column.name);
                return;
            }
        }
    }
}

/// The number format of the columns of `file` that are read as numbers.
pub(super) fn numbers(file: &Guess<'_>) -> Numbers {
    let mut fits = [true; NUMBERS.len()];
    let mut example = String::new();
    for column in file.profile.columns.iter().filter(|column| column.numbers.is_number() && !column.is_date())
    {
        for (all, own) in fits.iter_mut().zip(column.numbers.fits) {
            *all &= own;
        }
        if example.is_empty() {
            example.clone_from(&column.numbers.example);
        }
    }
    if example.is_empty() {
        return Numbers::Usual;
    }
    let left: Vec<(char, Option<char>)> =
        NUMBERS.into_iter().zip(fits).filter(|(_, fits)| *fits).map(|(format, _)| format).collect();
    let Some((decimal, grouping)) = left.first().copied() else { return Numbers::Usual };
    let as_group =
        left.iter().any(|(_, other)| other.is_some_and(|mark| mark == decimal && example.contains(mark)));
    if grouping.is_none() && as_group {
        return Numbers::Undecided(example);
    }
    if (decimal, grouping) == NUMBERS[0] { Numbers::Usual } else { Numbers::Other(decimal, grouping) }
}
