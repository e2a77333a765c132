//! Which accounts and people are read as one, by what their sources call them.

use super::restore::{unreadable, wrong};
use crate::{AppError, identity::kind};
use chrono::{DateTime, Utc};
use laer8_domain::{
    identity::{Key, Subject},
    ids::JoinId,
    provenance::OWN_SOURCE,
};
use laer8_store::{JoinsAsked, StoredJoin, Tx};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};
use std::{
    fs::File,
    io::{BufRead, BufReader, BufWriter, ErrorKind, Write},
    path::Path,
};

const FILE: &str = "joins.ndjson";

/// Joins worked on at once.
const LOT: u64 = 2_000;

/// A line of the file.
#[derive(Debug, Serialize, Deserialize)]
struct Line {
    subject: Subject,
    first: Named,
    second: Named,
    rule: String,
    value: String,
    joined_at: DateTime<Utc>,
    joined_by: String,
    undone_at: Option<DateTime<Utc>>,
    undone_by: String,
    apart: bool,
}

/// What a source calls one of them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Named {
    source: String,
    id: String,
}

/// Writes the joins, where there are any; says the file and how many.
pub(super) async fn write(tx: &Tx, folder: &Path) -> Result<Option<(String, u64)>, AppError> {
    let mut joins = Vec::new();
    let mut asked = JoinsAsked::default();
    loop {
        let page = tx.joins(asked, LOT).await?;
        let Some(last) = page.last() else { break };
        asked.before = Some(last.id);
        joins.extend(page);
    }
    if joins.is_empty() {
        return Ok(None);
    }
    joins.reverse();
    let path = folder.join(FILE);
    let failed = |error: std::io::Error| unreadable(&path, &error);
    let mut file = BufWriter::new(File::create(&path).map_err(failed)?);
    let mut count = 0;
    for lot in joins.chunks(usize::try_from(LOT).unwrap_or(usize::MAX)) {
        let names = names(tx, lot).await?;
        for join in lot {
            let name = |id: i64| names.get(&(join.subject, id)).cloned();
            let (Some(first), Some(second)) = (name(join.first), name(join.second)) else { continue };
            let join = join.clone();
            // Ids are handed out anew where it is read back; names are not.
            let (first, second) = if first <= second { (first, second) } else { (second, first) };
            let line = Line {
                subject: join.subject,
                first,
                second,
                rule: join.key.rule,
                value: join.key.value,
                joined_at: join.joined_at,
                joined_by: join.joined_by,
                undone_at: join.undone_at,
                undone_by: join.undone_by,
                apart: join.apart,
            };
            serde_json::to_writer(&mut file, &line).map_err(std::io::Error::from).map_err(failed)?;
            file.write_all(b"\n").map_err(failed)?;
            count += 1;
        }
    }
    file.flush().map_err(failed)?;
    Ok(Some((FILE.to_owned(), count)))
}

/// What a source calls the ends of joins.
async fn names(tx: &Tx, joins: &[StoredJoin]) -> Result<FxHashMap<(Subject, i64), Named>, AppError> {
    let sources = tx.sources().await?;
    let mut names = FxHashMap::default();
    for subject in Subject::ALL {
        let of = joins.iter().filter(|join| join.subject == subject);
        let ids: Vec<i64> = of.flat_map(|join| [join.first, join.second]).collect();
        for (id, source, name) in tx.external_ids(kind(subject), &ids).await? {
            let source = sources.iter().find(|(known, _)| *known == source).map(|(_, name)| name.clone());
            let Some(source) = source.filter(|source| source != OWN_SOURCE) else { continue };
            names.insert((subject, id), Named { source, id: name });
        }
    }
    Ok(names)
}

/// Reads the joins of an export, those that are not there yet.
pub(super) async fn restore(tx: &Tx, folder: &Path) -> Result<(), AppError> {
    let path = folder.join(FILE);
    let file = match File::open(&path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        opened => opened.map_err(|error| unreadable(&path, &error))?,
    };
    let mut joins = Vec::new();
    for (text, line) in BufReader::new(file).lines().zip(1..) {
        let text = text.map_err(|error| unreadable(&path, &error))?;
        let read: Line = serde_json::from_str(&text)
            .map_err(|error| wrong(&path, line, &format!("not a join: {error}")))?;
        let first = id(tx, read.subject, &read.first).await?;
        let second = id(tx, read.subject, &read.second).await?;
        let (Some(first), Some(second)) = (first, second) else {
            return Err(wrong(&path, line, "it joins what no file of the export tells of"));
        };
        joins.push(StoredJoin {
            id: JoinId(0),
            subject: read.subject,
            first: first.min(second),
            second: first.max(second),
            key: Key { rule: read.rule, value: read.value },
            joined_at: read.joined_at,
            joined_by: read.joined_by,
            undone_at: read.undone_at,
            undone_by: read.undone_by,
            apart: read.apart,
        });
    }
    let mut there = Vec::new();
    for subject in Subject::ALL {
        there.extend(tx.joins_of(subject, &ends(&joins, subject)).await?);
    }
    let there: FxHashSet<StoredJoin> =
        there.into_iter().map(|join| StoredJoin { id: JoinId(0), ..join }).collect();
    let new: Vec<StoredJoin> = joins.iter().filter(|join| !there.contains(*join)).cloned().collect();
    if new.is_empty() {
        return Ok(());
    }
    tx.insert_joins(new).await?;
    for subject in Subject::ALL {
        tx.reread(subject, &ends(&joins, subject)).await?;
    }
    Ok(tx.forget_evaluations(None).await?)
}

fn ends(joins: &[StoredJoin], subject: Subject) -> Vec<i64> {
    joins.iter().filter(|join| join.subject == subject).flat_map(|join| [join.first, join.second]).collect()
}

async fn id(tx: &Tx, subject: Subject, named: &Named) -> Result<Option<i64>, AppError> {
    let Some(source) = tx.find_source(&named.source).await? else { return Ok(None) };
    Ok(tx.id_of(source, kind(subject), &named.id).await?)
}
