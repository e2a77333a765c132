//! Measures: what can be said of an account on a day with one number.
//!
//! Every measure is one function of a [`Subject`], written once and run in two
//! ways: [`Subject::value`] throws its trace away and is cheap enough for
//! bulk, [`Subject::evidence`] keeps it. The two can't disagree.
//!
//! Windows end with the day itself: "the last 28 days" are the day and the 27
//! before it. A measure that has no value says why, see [`Missing`].

pub mod evidence;

mod contract;
mod relationship;
mod surveys;
mod tickets;
mod usage;

use crate::{subject::Subject, tracked::Family};
use evidence::{Evidence, NoTrace, Trace};
use serde::Serialize;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, Type},
};

pub use contract::{DAYS_TO_RENEWAL, TENURE};
pub use relationship::{LAST_CONTACT, PULSE, PULSE_DECAY_DAYS, PULSE_LIFE_DAYS};
pub use surveys::{CSAT, NPS};
pub use tickets::{ESCALATIONS, OPEN_TICKETS, RESOLUTION_TIME, SUPPORT_LOAD};
pub use usage::{
    ACTIVE_DAYS, BASELINE_DAYS, BREADTH, DEPTH, ERROR_RATE, MIN_BASELINE_USES, MIN_ERROR_RATE_USES,
    PEOPLE_ACTIVE, SEATS_USED, SILENCE, USAGE_TREND, YOUNG_DAYS,
};

/// What a value counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A fraction; 0.25 is shown as 25 %.
    Share,
    /// A fraction of change; −0.34 is shown as −34 %.
    Change,
    /// Days.
    Days,
    /// Hours.
    Hours,
    /// People.
    People,
    /// Tickets.
    Tickets,
    /// Tickets weighted by severity: low 1, medium 2, high 4, urgent 8.
    Severity,
    /// Tickets for each ten seats.
    TicketsPerTenSeats,
    /// A rating from 1 to 5.
    Rating,
    /// Net promoter score, −100 to 100.
    NpsPoints,
    /// A judgement from 0 to 100.
    Judgement,
}

/// Which way is better, for arrows and colours. What is how much better is the
/// curve's to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
}

/// The fixed properties of a measure, stated beside its function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Properties {
    /// The name in scorecards and the API.
    pub key: &'static str,
    /// What its value counts.
    pub unit: Unit,
    /// Which way is better.
    pub direction: Direction,
    /// The kind of facts that it is made of first of all.
    pub family: Family,
}

/// A measure. The definitions stand at the constants of the same name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// See [`USAGE_TREND`].
    UsageTrend,
    /// See [`ACTIVE_DAYS`].
    ActiveDays,
    /// See [`PEOPLE_ACTIVE`].
    PeopleActive,
    /// See [`SEATS_USED`].
    SeatsUsed,
    /// See [`BREADTH`].
    Breadth,
    /// See [`DEPTH`].
    Depth,
    /// See [`SILENCE`].
    Silence,
    /// See [`ERROR_RATE`].
    ErrorRate,
    /// See [`OPEN_TICKETS`].
    OpenTickets,
    /// See [`RESOLUTION_TIME`].
    ResolutionTime,
    /// See [`ESCALATIONS`].
    Escalations,
    /// See [`SUPPORT_LOAD`].
    SupportLoad,
    /// See [`CSAT`].
    Csat,
    /// See [`NPS`].
    Nps,
    /// See [`PULSE`].
    Pulse,
    /// See [`LAST_CONTACT`].
    LastContact,
    /// See [`TENURE`].
    Tenure,
    /// See [`DAYS_TO_RENEWAL`].
    DaysToRenewal,
}

impl Measure {
    /// All measures.
    pub const ALL: [Self; 18] = [
        Self::UsageTrend,
        Self::ActiveDays,
        Self::PeopleActive,
        Self::SeatsUsed,
        Self::Breadth,
        Self::Depth,
        Self::Silence,
        Self::ErrorRate,
        Self::OpenTickets,
        Self::ResolutionTime,
        Self::Escalations,
        Self::SupportLoad,
        Self::Csat,
        Self::Nps,
        Self::Pulse,
        Self::LastContact,
        Self::Tenure,
        Self::DaysToRenewal,
    ];

    /// Its fixed properties.
    #[must_use]
    pub fn properties(self) -> Properties {
        match self {
            Self::UsageTrend => USAGE_TREND,
            Self::ActiveDays => ACTIVE_DAYS,
            Self::PeopleActive => PEOPLE_ACTIVE,
            Self::SeatsUsed => SEATS_USED,
            Self::Breadth => BREADTH,
            Self::Depth => DEPTH,
            Self::Silence => SILENCE,
            Self::ErrorRate => ERROR_RATE,
            Self::OpenTickets => OPEN_TICKETS,
            Self::ResolutionTime => RESOLUTION_TIME,
            Self::Escalations => ESCALATIONS,
            Self::SupportLoad => SUPPORT_LOAD,
            Self::Csat => CSAT,
            Self::Nps => NPS,
            Self::Pulse => PULSE,
            Self::LastContact => LAST_CONTACT,
            Self::Tenure => TENURE,
            Self::DaysToRenewal => DAYS_TO_RENEWAL,
        }
    }

    /// The name in scorecards and the API.
    #[must_use]
    pub fn key(self) -> &'static str {
        self.properties().key
    }

    /// The measure of that name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|measure| measure.key() == key)
    }

    /// What its value counts.
    #[must_use]
    pub fn unit(self) -> Unit {
        self.properties().unit
    }

    /// Which way is better.
    #[must_use]
    pub fn direction(self) -> Direction {
        self.properties().direction
    }
}

impl Serialize for Measure {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.key())
    }
}

impl PartialSchema for Measure {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some("A measure, as scorecards name it."))
            .enum_values(Some(Self::ALL.map(Self::key)))
            .into()
    }
}

impl ToSchema for Measure {}

/// Why a measure has no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// No account of the workspace had facts of that kind by then.
    NotTracked,
    /// The workspace has such facts, this account never had.
    NeverRecorded,
    /// The account's facts don't reach back far enough.
    TooYoung,
    /// Too little happened in the window to judge by.
    TooFew,
    /// The latest fact is too old to mean anything.
    Expired,
    /// Nobody said how many seats there are.
    SeatsUnknown,
    /// Nobody counted people.
    PeopleNotCounted,
    /// Nobody said what the plans entitle to.
    EntitlementUnknown,
    /// No core feature of the plans has a target.
    NoTarget,
    /// The account pays for nothing.
    NotACustomer,
    /// Everything can be cancelled at any moment.
    NoTerm,
}

impl Subject<'_> {
    /// The value of a measure, or why there is none.
    ///
    /// # Errors
    /// The reason why there is no value.
    pub fn value(&self, measure: Measure) -> Result<f64, Missing> {
        self.measured(measure, &mut NoTrace)
    }

    /// The value of a measure, or why there is none, with the facts that it
    /// came from.
    pub fn evidence(&self, measure: Measure) -> (Result<f64, Missing>, Evidence) {
        let mut evidence = Evidence::default();
        let value = self.measured(measure, &mut evidence);
        (value, evidence)
    }

    fn measured(&self, measure: Measure, trace: &mut impl Trace) -> Result<f64, Missing> {
        match measure {
            Measure::UsageTrend => usage::usage_trend(self, trace),
            Measure::ActiveDays => usage::active_days(self, trace),
            Measure::PeopleActive => usage::people_active(self, trace),
            Measure::SeatsUsed => usage::seats_used(self, trace),
            Measure::Breadth => usage::breadth(self, trace),
            Measure::Depth => usage::depth(self, trace),
            Measure::Silence => usage::silence(self, trace),
            Measure::ErrorRate => usage::error_rate(self, trace),
            Measure::OpenTickets => tickets::open_tickets(self, trace),
            Measure::ResolutionTime => tickets::resolution_time(self, trace),
            Measure::Escalations => tickets::escalations(self, trace),
            Measure::SupportLoad => tickets::support_load(self, trace),
            Measure::Csat => surveys::csat(self, trace),
            Measure::Nps => surveys::nps(self, trace),
            Measure::Pulse => relationship::pulse(self, trace),
            Measure::LastContact => relationship::last_contact(self, trace),
            Measure::Tenure => contract::tenure(self, trace),
            Measure::DaysToRenewal => contract::days_to_renewal(self, trace),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_measure_is_found_by_its_key_and_kept_in_its_place() {
        for (place, measure) in Measure::ALL.into_iter().enumerate() {
            assert_eq!(Measure::from_key(measure.key()), Some(measure));
            assert_eq!(measure as usize, place);
        }
        assert_eq!(Measure::from_key("usage_tend"), None);
    }
}
