//! What a value came from: the rows, and the figures on the way.

use laer8_domain::{
    days::{Day, Window},
    ids::{FeatureId, NoteId, SubscriptionId, SurveyResponseId, TicketId},
};
use serde::Serialize;
use utoipa::ToSchema;

/// Facts from which a value came, named so that their rows can be looked up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rows {
    /// Usage rows of the account known by the day.
    Usage {
        /// Of these features; none means of every feature.
        features: Option<Vec<FeatureId>>,
        /// In this window.
        window: Window,
        /// And in this one, with which the first is compared.
        baseline: Option<Window>,
    },
    /// These tickets.
    Tickets(Vec<TicketId>),
    /// These survey responses.
    Surveys(Vec<SurveyResponseId>),
    /// These notes.
    Notes(Vec<NoteId>),
    /// These subscriptions.
    Subscriptions(Vec<SubscriptionId>),
    /// This field of the account.
    Field(&'static str),
}

/// What a figure on the way to a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FigureKind {
    /// Uses in the window.
    Uses,
    /// Uses in the baseline, brought to the length of the window.
    UsualUses,
    /// Errors in the window.
    Errors,
    /// Most distinct people on one day.
    People,
    /// Seats.
    Seats,
    /// Features that count towards the value.
    FeaturesUsed,
    /// Features that could.
    FeaturesEntitled,
    /// Tickets.
    Tickets,
    /// Responses and ratings.
    Responses,
    /// NPS answers of 9 or 10.
    Promoters,
    /// NPS answers of 6 or less.
    Detractors,
    /// The judgement when it was given, 0 to 100.
    StatedPulse,
}

/// A figure on the way to a value.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct Figure {
    /// What it is.
    pub kind: FigureKind,
    /// How much.
    pub amount: f64,
}

/// The facts behind a value. Also kept for a measure without a value, as far
/// as it got.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Evidence {
    /// The rows.
    pub rows: Vec<Rows>,
    /// The figures on the way.
    pub figures: Vec<Figure>,
    /// The day of the newest fact among them: its distance to today is the
    /// value's age. None where the value does not age (seats, terms) or
    /// nothing happened.
    pub observed_on: Option<Day>,
}

impl Evidence {
    /// The figure of a kind.
    #[must_use]
    pub fn figure(&self, kind: FigureKind) -> Option<f64> {
        self.figures.iter().find(|figure| figure.kind == kind).map(|figure| figure.amount)
    }
}

/// Where a measure leaves its trace. What is costly to build is handed over as
/// a closure, which bulk scoring never calls.
pub(crate) trait Trace {
    fn rows(&mut self, rows: impl FnOnce() -> Rows);
    fn figure(&mut self, kind: FigureKind, amount: f64);
    fn observed(&mut self, day: impl FnOnce() -> Option<Day>);
}

/// Keeps nothing.
pub(crate) struct NoTrace;

impl Trace for NoTrace {
    fn rows(&mut self, _: impl FnOnce() -> Rows) {}
    fn figure(&mut self, _: FigureKind, _: f64) {}
    fn observed(&mut self, _: impl FnOnce() -> Option<Day>) {}
}

impl Trace for Evidence {
    fn rows(&mut self, rows: impl FnOnce() -> Rows) {
        self.rows.push(rows());
    }

    fn figure(&mut self, kind: FigureKind, amount: f64) {
        self.figures.push(Figure { kind, amount });
    }

    fn observed(&mut self, day: impl FnOnce() -> Option<Day>) {
        self.observed_on = self.observed_on.max(day());
    }
}
