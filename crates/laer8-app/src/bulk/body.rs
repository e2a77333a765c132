//! A body as rows, none of which is looked into yet.

use crate::AppError;
use laer8_intake::mapping::RecordKind;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::borrow::Cow;

/// How a body is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BulkFormat {
    /// A JSON list of rows.
    Json,
    /// A row on each line.
    Ndjson,
}

/// A row as it came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Row<'b> {
    /// Its place among the rows.
    pub(super) index: u64,
    /// Its line, where rows are lines.
    pub(super) line: Option<u64>,
    /// What stands there; none where it is no text.
    pub(super) text: Option<&'b str>,
}

/// Rows that name the same kind, or none that there is.
#[derive(Debug)]
pub(super) struct Group<'b> {
    pub(super) kind: Option<RecordKind>,
    pub(super) rows: Vec<Row<'b>>,
}

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// The rows of a body. A broken line refuses itself; a list that is broken
/// somewhere can't be read at all.
pub(super) fn rows(body: &[u8], format: BulkFormat) -> Result<Vec<Row<'_>>, AppError> {
    let body = body.strip_prefix(BYTE_ORDER_MARK).unwrap_or(body);
    match format {
        BulkFormat::Json => {
            let read: Result<Vec<&RawValue>, _> = serde_json::from_slice(body);
            let rows = read.map_err(|error| {
                AppError::Invalid(format!("the body is no list of rows, [{{ … }}, …]: {error}"))
            })?;
            let rows = (0..).zip(rows);
            Ok(rows.map(|(index, raw)| Row { index, line: None, text: Some(raw.get()) }).collect())
        }
        BulkFormat::Ndjson => {
            let lines = (1..).zip(body.split(|byte| *byte == b'\n'));
            let lines = lines.filter(|(_, line)| !line.trim_ascii().is_empty());
            let row = |(index, (line, bytes))| Row {
                index,
                line: Some(line),
                text: std::str::from_utf8(bytes).ok().map(str::trim),
            };
            Ok((0..).zip(lines).map(row).collect())
        }
    }
}

/// Rows by their kind, in the order in which kinds depend on each other; those
/// of no kind come last. Rows of one kind stay in their order.
pub(super) fn by_kind<'b>(rows: Vec<Row<'b>>, kind: Option<RecordKind>) -> Vec<Group<'b>> {
    if kind.is_some() {
        return vec![Group { kind, rows }];
    }
    let kinds = RecordKind::ALL.map(Some).into_iter().chain([None]);
    let mut groups: Vec<Group<'b>> = kinds.map(|kind| Group { kind, rows: Vec::new() }).collect();
    for row in rows {
        let kind = row.text.and_then(kind_of);
        if let Some(group) = groups.iter_mut().find(|group| group.kind == kind) {
            group.rows.push(row);
        }
    }
    groups.retain(|group| !group.rows.is_empty());
    groups
}

/// The kind that a row names itself.
fn kind_of(text: &str) -> Option<RecordKind> {
    #[derive(Deserialize)]
    struct Typed<'t> {
        #[serde(borrow, rename = "type")]
        kind: Cow<'t, str>,
    }
    let typed: Typed<'_> = serde_json::from_str(text).ok()?;
    RecordKind::from_key(&typed.kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts<'r>(rows: &'r [Row<'_>]) -> Vec<(u64, Option<u64>, Option<&'r str>)> {
        rows.iter().map(|row| (row.index, row.line, row.text)).collect()
    }

    #[test]
    fn a_list_and_lines_are_the_same_rows() {
        let list = rows(b"\xef\xbb\xbf[{\"id\": 1},\n {\"id\": 2}]", BulkFormat::Json).expect("rows");
        assert_eq!(texts(&list), [(0, None, Some("{\"id\": 1}")), (1, None, Some("{\"id\": 2}"))]);
        let lines = rows(b"{\"id\": 1}\r\n\n  {\"id\": 2}", BulkFormat::Ndjson).expect("rows");
        assert_eq!(texts(&lines), [(0, Some(1), Some("{\"id\": 1}")), (1, Some(3), Some("{\"id\": 2}"))]);
    }

    #[test]
    fn a_broken_list_says_where_and_a_broken_line_refuses_itself() {
        let broken = rows(b"[{\"id\": 1},\n {\"id\": }]", BulkFormat::Json).expect_err("broken");
        assert!(broken.to_string().contains("line 2 column 9"), "{broken}");
        let lines = rows(b"{\"id\": 1}\n\xff\n{\"id\": 2}", BulkFormat::Ndjson).expect("rows");
        assert_eq!(texts(&lines)[1], (1, Some(2), None));
    }

    #[test]
    fn rows_that_name_their_kind_are_sorted_by_what_depends_on_what() {
        let body = b"{\"type\": \"usage\"}\n{\"type\": \"account\"}\n{}\n{\"type\": \"deal\"}\n{\"type\": \"usage\"}";
        let groups = by_kind(rows(body, BulkFormat::Ndjson).expect("rows"), None);
        let places = |group: &Group<'_>| group.rows.iter().map(|row| row.index).collect::<Vec<_>>();
        let groups: Vec<_> = groups.iter().map(|group| (group.kind, places(group))).collect();
        let expected =
            [(Some(RecordKind::Account), vec![1]), (Some(RecordKind::Usage), vec![0, 4]), (None, vec![2, 3])];
        assert_eq!(groups, expected);
    }
}
