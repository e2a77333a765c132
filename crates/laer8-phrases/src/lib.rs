//! Whole sentences about what was worked out: why a signal is given, what a
//! condition asks, what a source row says.
//!
//! `laer8-words` knows words and how a language writes numbers; this crate
//! knows what the views of the app hold. The terminal and the pages say the
//! same because both say it from here.

mod conditions;
mod criteria;
mod errors;
mod ledger;
mod rows;
mod scorecards;
mod signals;
mod typed;

pub use conditions::{condition, facet_value};
pub use criteria::criterion;
pub use errors::error;
pub use ledger::parts;
pub use rows::{place, says};
pub use scorecards::{applies, curve, difference, fault, trigger, trouble};
pub use signals::{reason, reason_and_others, stake, step};
pub use typed::{ConditionFault, condition_fault, meanings, parse, typed};

use laer8_health::measures::Unit;

/// The key by which `laer8_words::Words::quantity` knows a unit.
#[must_use]
pub fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Share => "share",
        Unit::Change => "change",
        Unit::Days => "days",
        Unit::Hours => "hours",
        Unit::People => "people",
        Unit::Tickets => "tickets",
        Unit::Severity => "severity",
        Unit::TicketsPerTenSeats => "tickets_per_ten_seats",
        Unit::Rating => "rating",
        Unit::NpsPoints => "nps_points",
        Unit::Judgement => "judgement",
    }
}
