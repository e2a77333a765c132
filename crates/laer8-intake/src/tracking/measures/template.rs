//! The id of a feature with places that the event fills.

use super::{super::LONGEST_NAME, Said};
use std::borrow::Cow;

/// A feature's id, cut at its places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Template(Vec<Piece>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    /// What the event says at this path.
    Place(String),
}

impl Template {
    /// None where a brace is not closed, not opened, or holds nothing.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(brace) = rest.find(['{', '}']) {
            let (before, after) = rest.split_at(brace);
            let (path, after) = after.strip_prefix('{')?.split_once('}')?;
            if path.trim().is_empty() || path.contains('{') {
                return None;
            }
            if !before.is_empty() {
                pieces.push(Piece::Text(before.to_owned()));
            }
            pieces.push(Piece::Place(path.trim().to_owned()));
            rest = after;
        }
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest.to_owned()));
        }
        Some(Self(pieces))
    }

    /// The id, where no event changes it.
    pub(super) fn fixed(&self) -> Option<&str> {
        match self.0.as_slice() {
            [Piece::Text(text)] => Some(text),
            _ => None,
        }
    }

    /// The id by what the event says; none where it does not say enough, or
    /// more than an id can hold.
    pub(super) fn fill<'s>(&'s self, said: &Said<'s>) -> Option<Cow<'s, str>> {
        let filled = match self.0.as_slice() {
            [Piece::Text(text)] => Cow::Borrowed(text.as_str()),
            [Piece::Place(path)] => said.text(path)?,
            pieces => {
                let mut filled = String::new();
                for piece in pieces {
                    match piece {
                        Piece::Text(text) => filled.push_str(text),
                        Piece::Place(path) => filled.push_str(&said.text(path)?),
                    }
                }
                Cow::Owned(filled)
            }
        };
        (filled.len() <= LONGEST_NAME).then_some(filled)
    }
}
