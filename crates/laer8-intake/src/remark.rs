//! What looks wrong in a row that was read all the same.

/// A doubt that one row alone raises. The row counts; the doubt is a
/// data-quality finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, thiserror::Error)]
pub enum Remark {
    /// A subscription that ends on or before the day it starts.
    #[error("the subscription ends on or before the day it starts, so it never ran")]
    NeverRan,
    /// A ticket that was solved before it was opened.
    #[error("the ticket was solved before it was opened")]
    SolvedBeforeOpened,
    /// A ticket that was answered before it was opened.
    #[error("the ticket was answered before it was opened")]
    AnsweredBeforeOpened,
    /// A ticket that was solved before anybody answered.
    #[error("the ticket was solved before it was first answered")]
    SolvedBeforeAnswered,
    /// Usage below zero.
    #[error("a count below zero: kept as a correction")]
    NegativeCount,
    /// A price below zero.
    #[error("a price below zero: it lowers the recurring revenue")]
    NegativePrice,
    /// Something that happened after the day of the import.
    #[error("it happened after the day of the import")]
    InFuture,
}

impl Remark {
    /// All remarks.
    pub const ALL: [Self; 7] = [
        Self::NeverRan,
        Self::SolvedBeforeOpened,
        Self::AnsweredBeforeOpened,
        Self::SolvedBeforeAnswered,
        Self::NegativeCount,
        Self::NegativePrice,
        Self::InFuture,
    ];

    /// The name in reports, in JSON and in translations.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::NeverRan => "never_ran",
            Self::SolvedBeforeOpened => "solved_before_opened",
            Self::AnsweredBeforeOpened => "answered_before_opened",
            Self::SolvedBeforeAnswered => "solved_before_answered",
            Self::NegativeCount => "negative_count",
            Self::NegativePrice => "negative_price",
            Self::InFuture => "in_future",
        }
    }
}
