//! Long answers, a page at a time.

use crate::problem::Problem;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use laer8_app::AppError;
use serde::{Deserialize, Serialize};

/// Where a page ends, as the caller hands it back. What is in it is nobody's
/// business but ours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Cursor {
    /// The question it belongs to.
    #[serde(rename = "q")]
    question: u64,
    /// The last row that was shown.
    #[serde(rename = "k")]
    after: String,
    /// How many rows were shown, for when that one is gone.
    #[serde(rename = "n")]
    shown: usize,
}

impl Cursor {
    fn write(&self) -> String {
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(self).unwrap_or_default())
    }

    fn read(text: &str, question: u64) -> Result<Self, Problem> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok();
        let cursor: Option<Self> = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let Some(cursor) = cursor else {
            return Err(refused("is none of ours; take it from \"next\" of the page before"));
        };
        if cursor.question != question {
            return Err(refused("belongs to another question; repeat the parameters of the page before"));
        }
        Ok(cursor)
    }
}

fn refused(why: &str) -> Problem {
    Problem::bad("cursor", format!("cursor: it {why}"))
}

/// After which row the page of `cursor` begins, for a use case that pages by
/// itself; the first page without one.
pub(crate) fn after<K: std::str::FromStr>(cursor: Option<&str>, question: u64) -> Result<Option<K>, Problem> {
    let Some(text) = cursor else { return Ok(None) };
    let key = Cursor::read(text, question)?.after.parse();
    key.map(Some).map_err(|_| refused("is none of ours; take it from \"next\" of the page before"))
}

/// What went wrong with a list that may go on after an account or a row: the
/// only one that it names.
pub(crate) fn refused_place(error: AppError) -> Problem {
    match error {
        AppError::NotFound { kind: "account" | "row", .. } => {
            Problem::bad("cursor", "cursor: its place is gone; begin again with the first page")
        }
        error => error.into(),
    }
}

/// The cursor of the page that begins after a row.
pub(crate) fn cursor(question: u64, after: &impl ToString, shown: usize) -> String {
    Cursor { question, after: after.to_string(), shown }.write()
}

/// One page of `items`, which are in the order of the question, and the cursor
/// of the next page where there is one.
///
/// A page goes on after the last row of the page before wherever that row is by
/// now, so that rows that come or go in between push nothing out of sight.
pub(crate) fn page<T>(
    items: Vec<T>,
    (cursor, limit): (Option<&str>, usize),
    question: u64,
    key: impl Fn(&T) -> String,
) -> Result<(Vec<T>, Option<String>), Problem> {
    let start = match cursor {
        None => 0,
        Some(text) => {
            let cursor = Cursor::read(text, question)?;
            let found = items.iter().position(|item| key(item) == cursor.after);
            found.map_or(cursor.shown, |position| position + 1)
        }
    };
    let whole = items.len();
    let shown: Vec<T> = items.into_iter().skip(start).take(limit).collect();
    let end = start.saturating_add(shown.len());
    let next = shown.last().filter(|_| end < whole);
    let next = next.map(|last| Cursor { question, after: key(last), shown: end }.write());
    Ok((shown, next))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turn(items: &[u32], cursor: Option<&str>) -> (Vec<u32>, Option<String>) {
        page(items.to_vec(), (cursor, 2), 7, ToString::to_string).expect("a page")
    }

    #[test]
    fn pages_go_on_where_the_one_before_ended_whatever_came_in_between() {
        let (first, next) = turn(&[1, 2, 3, 4, 5], None);
        assert_eq!(first, [1, 2]);
        let (second, _) = turn(&[1, 9, 2, 3, 4, 5], next.as_deref());
        assert_eq!(second, [3, 4], "9 came, 3 is not lost");
        let (second, last) = turn(&[1, 3, 4], next.as_deref());
        assert_eq!((second, last), (vec![4], None), "2 went: by how many were shown");
    }

    #[test]
    fn the_last_page_has_no_next_even_when_it_is_full() {
        assert_eq!(turn(&[1, 2], None), (vec![1, 2], None));
        assert_eq!(turn(&[], None), (vec![], None));
    }

    #[test]
    fn a_cursor_of_another_question_or_of_nobody_is_refused() {
        let (_, next) = turn(&[1, 2, 3], None);
        let other = page(vec![1, 2, 3], (next.as_deref(), 2), 8, ToString::to_string);
        assert!(other.is_err());
        for strange in ["", "x", "e30", "%%%", "bnVsbA"] {
            assert!(page(vec![1], (Some(strange), 2), 7, ToString::to_string).is_err(), "{strange}");
        }
    }
}
