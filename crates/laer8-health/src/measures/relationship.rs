//! Measures of the relationship: the owner's judgement and contact.

use super::{
    Direction, Missing, Properties, Unit,
    evidence::{FigureKind, Rows, Trace},
};
use crate::{score::NEUTRAL, subject::Subject, tracked::Family};
use laer8_domain::days::days_between;

/// Days in which a pulse decays to neutral.
pub const PULSE_DECAY_DAYS: i64 = 90;
/// Days after which a pulse says nothing at all.
pub const PULSE_LIFE_DAYS: i64 = 180;

/// The latest pulse, 0 to 100. It decays on a straight line to a neutral 50
/// over [`PULSE_DECAY_DAYS`], stays there, and has no value once it is older
/// than [`PULSE_LIFE_DAYS`]: a judgement that nobody renews is no judgement.
pub const PULSE: Properties =
    Properties { key: "pulse", unit: Unit::Judgement, direction: Direction::Higher, family: Family::Notes };

/// Days since the last interaction in which the customer took part. None when
/// none was ever noted: there may have been none, or nobody notes them; a
/// scorecard that wants to punish it says `missing = "worst"`.
pub const LAST_CONTACT: Properties =
    Properties { key: "last_contact", unit: Unit::Days, direction: Direction::Lower, family: Family::Notes };

pub(super) fn pulse(subject: &Subject<'_>, trace: &mut impl Trace) -> Result<f64, Missing> {
    let note = subject.seen().pulse().ok_or_else(|| never(subject))?;
    let stated = f64::from(note.pulse.ok_or_else(|| never(subject))?.min(100));
    trace.rows(|| Rows::Notes(vec![note.id]));
    trace.figure(FigureKind::StatedPulse, stated);
    trace.observed(|| Some(note.occurred_on));
    let age = days_between(note.occurred_on, subject.day());
    if age > PULSE_LIFE_DAYS {
        return Err(Missing::Expired);
    }
    #[expect(clippy::cast_precision_loss, reason = "at most 90 days")]
    let decayed = age.min(PULSE_DECAY_DAYS) as f64 / PULSE_DECAY_DAYS as f64;
    Ok(stated + (NEUTRAL - stated) * decayed)
}

pub(super) fn last_contact(subject: &Subject<'_>, trace: &mut impl Trace) -> Result<f64, Missing> {
    let note = subject.seen().last_two_way().ok_or_else(|| never(subject))?;
    trace.rows(|| Rows::Notes(vec![note.id]));
    trace.observed(|| Some(note.occurred_on));
    #[expect(clippy::cast_precision_loss, reason = "a number of days")]
    Ok(days_between(note.occurred_on, subject.day()) as f64)
}

fn never(subject: &Subject<'_>) -> Missing {
    if subject.tracked().notes { Missing::NeverRecorded } else { Missing::NotTracked }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        examples::{self, catalog, day},
        measures::Measure,
        tracked::Tracked,
    };
    use laer8_domain::{history::AccountHistory, ids::NoteId, notes::Note};

    fn account(notes: Vec<Note>) -> AccountHistory {
        AccountHistory { notes, ..examples::account() }
    }

    fn value(account: &AccountHistory, on: &str, measure: Measure) -> Result<f64, Missing> {
        Subject::new(account.seen(day(on)), &catalog(), Tracked::ALL).value(measure)
    }

    #[test]
    fn a_pulse_decays_to_neutral_and_then_to_nothing() {
        let account = account(vec![examples::pulse(1, "2026-01-01", 95)]);
        let on = |on| value(&account, on, Measure::Pulse);
        assert_eq!(on("2025-12-31"), Err(Missing::NeverRecorded));
        assert_eq!(on("2026-01-01"), Ok(95.0));
        assert_eq!(on("2026-01-31"), Ok(80.0)); // a third of the way
        assert_eq!(on("2026-04-01"), Ok(50.0)); // 90 days
        assert_eq!(on("2026-06-30"), Ok(50.0)); // 180 days
        assert_eq!(on("2026-07-01"), Err(Missing::Expired));
    }

    #[test]
    fn a_message_without_an_answer_is_no_contact() {
        let notes = vec![examples::note(1, "2026-01-01", true), examples::note(2, "2026-01-20", false)];
        let account = account(notes);
        assert_eq!(value(&account, "2026-02-01", Measure::LastContact), Ok(31.0));
        let catalog = catalog();
        let subject = Subject::new(account.seen(day("2026-02-01")), &catalog, Tracked::ALL);
        let (_, evidence) = subject.evidence(Measure::LastContact);
        assert_eq!(evidence.rows, [Rows::Notes(vec![NoteId(1)])]);
    }
}
