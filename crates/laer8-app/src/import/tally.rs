//! Counts what became of the rows of a file.

use super::report::{FileReport, ReasonReport};
use crate::Verdict;
use laer8_store::Finding;
use std::collections::BTreeMap;

/// How many examples of a finding are kept.
const EXAMPLES: usize = 5;

/// Findings while they are counted.
#[derive(Debug, Clone, Default)]
pub(crate) struct Findings(BTreeMap<String, (u64, Vec<String>)>);

impl Findings {
    /// One more of `kind`.
    pub(crate) fn add(&mut self, kind: &str, example: impl FnOnce() -> String) {
        let (count, examples) = match self.0.get_mut(kind) {
            Some(entry) => entry,
            None => self.0.entry(kind.to_owned()).or_default(),
        };
        *count += 1;
        if examples.len() < EXAMPLES {
            examples.push(example());
        }
    }

    /// All of `other` too.
    pub(crate) fn extend(&mut self, other: Self) {
        for (kind, (count, examples)) in other.0 {
            let entry = self.0.entry(kind).or_default();
            entry.0 += count;
            let room = EXAMPLES.saturating_sub(entry.1.len());
            entry.1.extend(examples.into_iter().take(room));
        }
    }

    /// All that were found, on top of those that are stored.
    pub(crate) fn on_top_of(self, stored: Vec<Finding>) -> Vec<Finding> {
        let mut all = self.0;
        for finding in stored {
            let (count, examples) = all.entry(finding.kind).or_default();
            *count += finding.count;
            let mut earlier = finding.examples;
            earlier.append(examples);
            earlier.truncate(EXAMPLES);
            *examples = earlier;
        }
        all.into_iter().map(|(kind, (count, examples))| Finding { kind, count, examples }).collect()
    }
}

/// What became of the rows of a file, while they are counted.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tally {
    pub(crate) rows: u64,
    pub(crate) new: u64,
    pub(crate) changed: u64,
    pub(crate) unchanged: u64,
    pub(crate) refused: u64,
    pub(crate) left_out: u64,
    reasons: BTreeMap<String, (u64, u32, String)>,
}

impl Tally {
    pub(crate) fn refuse(&mut self, reason: &str, line: u32, message: &str) {
        self.refused += 1;
        match self.reasons.get_mut(reason) {
            Some((count, ..)) => *count += 1,
            None => {
                self.reasons.insert(reason.to_owned(), (1, line, message.to_owned()));
            }
        }
    }

    /// A row that was taken in.
    pub(crate) fn count(&mut self, verdict: &Verdict) {
        match verdict {
            Verdict::New => self.new += 1,
            Verdict::Changed => self.changed += 1,
            Verdict::Unchanged => self.unchanged += 1,
            Verdict::Refused(_) => {}
        }
    }

    /// A row that was refused for this reason was taken in after all.
    pub(crate) fn release(&mut self, reason: &str, verdict: &Verdict) {
        self.refused = self.refused.saturating_sub(1);
        self.count(verdict);
        if let Some((count, ..)) = self.reasons.get_mut(reason) {
            *count = count.saturating_sub(1);
        }
        self.reasons.retain(|_, (count, ..)| *count > 0);
    }

    pub(crate) fn report(self, name: &str, record: &str) -> FileReport {
        let reason = |(reason, (count, line, message))| ReasonReport { reason, count, line, message };
        FileReport {
            name: name.to_owned(),
            record: record.to_owned(),
            rows: self.rows,
            new: self.new,
            changed: self.changed,
            unchanged: self.unchanged,
            refused: self.refused,
            left_out: self.left_out,
            reasons: self.reasons.into_iter().map(reason).collect(),
            done_before: false,
        }
    }
}
