//! Nearly every seat is taken.

use super::{Evidence, NextStep, SeatsFullRule, Severity, Signal, SignalKind, Situation, share_of};
use laer8_domain::days::Window;

/// On the busiest of the last `days` days at least `full_share` of the seats
/// were in use. The stake is what the seats would cost that bring use down to
/// `roomy_share`, at today's price of a seat.
pub(super) fn detect(rule: &SeatsFullRule, situation: &Situation<'_>) -> Option<Signal> {
    if !rule.enabled || !situation.tracked.people {
        return None;
    }
    let seats = situation.seen.seats().filter(|seats| *seats >= rule.min_seats.max(1))?;
    let people = situation.seen.usage().people(Window::last_days(situation.day(), rule.days))?;
    if f64::from(people) < rule.full_share * f64::from(seats) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` saturates")]
    let roomy = (f64::from(people) / rule.roomy_share).ceil() as u32;
    let more_seats = roomy.saturating_sub(seats).max(1);
    Some(Signal {
        kind: SignalKind::SeatsFull,
        severity: if people > seats { Severity::Warning } else { Severity::Info },
        since: None,
        evidence: Evidence::SeatsFull { people, seats, more_seats },
        stake: share_of(situation.arr, f64::from(more_seats) / f64::from(seats)),
        opportunity: true,
        next_step: NextStep::OfferSeats,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examples::Example;

    #[test]
    fn nine_of_ten_seats_are_nearly_all() {
        let mut example = Example::customer(); // ten seats, 1,200 a year
        example.use_on("2026-03-01", &[1], Some(8));
        assert_eq!(example.signal(SignalKind::SeatsFull, "2026-03-02"), None);
        example.use_on("2026-03-03", &[1], Some(9));
        let raised = example.signal(SignalKind::SeatsFull, "2026-03-03").expect("raised");
        assert_eq!(raised.evidence, Evidence::SeatsFull { people: 9, seats: 10, more_seats: 2 });
        assert!(raised.opportunity);
        assert_eq!(raised.stake.to_string(), "240.00", "two seats at 120 a year");
    }

    #[test]
    fn it_ends_when_there_are_more_seats() {
        let mut example = Example::customer();
        example.use_on("2026-03-03", &[1], Some(9));
        example.resubscribe(1, "2026-03-10", "2026-01-01", Some(12), 20, "10");
        assert!(example.signal(SignalKind::SeatsFull, "2026-03-09").is_some());
        assert_eq!(example.signal(SignalKind::SeatsFull, "2026-03-10"), None);
    }
}
