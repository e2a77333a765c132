//! Measures of support tickets.
//!
//! No ticket is good news only where tickets are tracked: in a workspace
//! without any, these measures have no value.

use super::{
    Direction, Missing, Properties, Unit,
    evidence::{FigureKind, Rows, Trace},
};
use crate::{subject::Subject, tracked::Family};
use laer8_domain::tickets::Ticket;

const fn support(key: &'static str, unit: Unit) -> Properties {
    Properties { key, unit, direction: Direction::Lower, family: Family::Tickets }
}

/// The severities of the tickets open at the end of the day, added up: low 1,
/// medium 2, high 4, urgent 8.
pub const OPEN_TICKETS: Properties = support("open_tickets", Unit::Severity);

/// The median time from opening to solution, in hours of the clock, of the
/// tickets solved in the last 90 days and not reopened since. None when there
/// is none.
pub const RESOLUTION_TIME: Properties = support("resolution_time", Unit::Hours);

/// How many tickets were escalated (for the first time) in the last 90 days.
pub const ESCALATIONS: Properties = support("escalations", Unit::Tickets);

/// Tickets opened in the last 90 days for each ten seats. None without seats.
pub const SUPPORT_LOAD: Properties = support("support_load", Unit::TicketsPerTenSeats);

pub(super) fn open_tickets(subject: &Subject<'_>, trace: &mut impl Trace) -> Result<f64, Missing> {
    let tickets = tracked(subject)?;
    let open = || tickets.iter().filter(|ticket| ticket.is_open());
    trace_tickets(trace, open);
    trace.observed(|| open().map(|ticket| ticket.opened_on).max());
    Ok(open().map(|ticket| ticket.priority.severity()).sum::<f64>() + 0.0)
}

pub(super) fn resolution_time(subject: &Subject<'_>, trace: &mut impl Trace) -> Result<f64, Missing> {
    let tickets = tracked(subject)?;
    let window = subject.quarter();
    let solved = || tickets.iter().filter(|it| it.solved_on.is_some_and(|day| window.contains(day)));
    trace_tickets(trace, solved);
    trace.observed(|| solved().filter_map(|ticket| ticket.solved_on).max());
    let mut hours: Vec<f64> = solved().filter_map(hours_to_solution).collect();
    median(&mut hours).ok_or(Missing::TooFew)
}

pub(super) fn escalations(subject: &Subject<'_>, trace: &mut impl Trace) -> Result<f64, Missing> {
    let tickets = tracked(subject)?;
    let window = subject.quarter();
    let escalated = || tickets.iter().filter(|it| it.escalated_on.is_some_and(|day| window.contains(day)));
    trace_tickets(trace, escalated);
    trace.observed(|| escalated().filter_map(|ticket| ticket.escalated_on).max());
    Ok(size(escalated().count()))
}

pub(super) fn support_load(subject: &Subject<'_>, trace: &mut impl Trace) -> Result<f64, Missing> {
    let tickets = tracked(subject)?;
    let seats = subject.seats().ok_or(Missing::SeatsUnknown)?;
    let opened = || tickets.iter().filter(|ticket| subject.quarter().contains(ticket.opened_on));
    trace_tickets(trace, opened);
    trace.rows(|| subject.seat_rows());
    trace.figure(FigureKind::Seats, seats);
    trace.observed(|| opened().map(|ticket| ticket.opened_on).max());
    Ok(size(opened().count()) / seats * 10.0)
}

fn tracked<'s, 'a>(subject: &'s Subject<'a>) -> Result<&'s [Ticket<'a>], Missing> {
    if subject.tracked().tickets { Ok(subject.tickets()) } else { Err(Missing::NotTracked) }
}

fn trace_tickets<'t, I: Iterator<Item = &'t Ticket<'t>>>(trace: &mut impl Trace, tickets: impl Fn() -> I) {
    trace.rows(|| Rows::Tickets(tickets().map(|ticket| ticket.id).collect()));
    trace.figure(FigureKind::Tickets, size(tickets().count()));
}

fn hours_to_solution(ticket: &Ticket<'_>) -> Option<f64> {
    let taken = ticket.solved_at? - ticket.opened_at;
    #[expect(clippy::cast_precision_loss, reason = "seconds of a ticket's life are far below 2^53")]
    Some(taken.num_seconds().max(0) as f64 / 3600.0)
}

/// The middle one, or the mean of the two in the middle.
fn median(numbers: &mut [f64]) -> Option<f64> {
    numbers.sort_by(f64::total_cmp);
    let upper = *numbers.get(numbers.len() / 2)?;
    if numbers.len() % 2 == 1 {
        return Some(upper);
    }
    Some(f64::midpoint(numbers[numbers.len() / 2 - 1], upper))
}

#[expect(clippy::cast_precision_loss, reason = "a number of tickets")]
fn size(number: usize) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        examples::{self, catalog, day, ticket},
        measures::Measure,
        tracked::Tracked,
    };
    use laer8_domain::{history::AccountHistory, ids::TicketId};

    fn account() -> AccountHistory {
        let mut account = examples::account();
        account.subscriptions = vec![examples::subscription(1, 1, 40, "2026-01-01", None)];
        account.tickets = vec![
            ticket(1, &[("opened", "2026-06-01T08:00:00Z"), ("urgent", "2026-06-01T08:00:00Z")]),
            ticket(2, &[("opened", "2026-06-20T08:00:00Z"), ("low", "2026-06-21T08:00:00Z")]),
            ticket(3, &[("opened", "2026-06-10T08:00:00Z"), ("solved", "2026-06-10T18:00:00Z")]),
            ticket(4, &[("opened", "2026-06-11T08:00:00Z"), ("solved", "2026-06-12T08:00:00Z")]),
            ticket(
                5,
                &[
                    ("opened", "2026-01-02T08:00:00Z"),
                    ("escalated", "2026-05-01T08:00:00Z"),
                    ("solved", "2026-05-02T08:00:00Z"),
                ],
            ),
        ];
        account
    }

    fn value(account: &AccountHistory, on: &str, measure: Measure) -> Result<f64, Missing> {
        Subject::new(account.seen(day(on)), &catalog(), Tracked::ALL).value(measure)
    }

    #[track_caller]
    fn assert_value(on: &str, measure: Measure, expected: f64) {
        let value = value(&account(), on, measure);
        assert!(value.is_ok_and(|value| (value - expected).abs() < 1e-9), "{value:?}, not {expected}");
    }

    #[test]
    fn open_tickets_weigh_by_their_severity() {
        assert_value("2026-06-30", Measure::OpenTickets, 8.0 + 1.0);
        // On the 20th the second was still of the usual priority.
        assert_value("2026-06-20", Measure::OpenTickets, 8.0 + 2.0);
    }

    #[test]
    fn the_tickets_behind_a_value_are_named() {
        let (account, catalog) = (account(), catalog());
        let subject = Subject::new(account.seen(day("2026-06-30")), &catalog, Tracked::ALL);
        let (_, evidence) = subject.evidence(Measure::OpenTickets);
        assert_eq!(evidence.rows, [Rows::Tickets(vec![TicketId(1), TicketId(2)])]);
        assert_eq!(evidence.observed_on, Some(day("2026-06-20")));
    }

    #[test]
    fn resolution_time_is_the_middle_one() {
        // 10 hours, 24 hours and four months: the middle one is 24.
        assert_value("2026-06-30", Measure::ResolutionTime, 24.0);
        // On the 11th, 10 hours and four months.
        let four_months = 120.0 * 24.0;
        assert_value("2026-06-11", Measure::ResolutionTime, f64::midpoint(10.0, four_months));
        assert_eq!(value(&account(), "2026-04-30", Measure::ResolutionTime), Err(Missing::TooFew));
    }

    #[test]
    fn escalations_are_counted_for_90_days() {
        assert_value("2026-04-30", Measure::Escalations, 0.0);
        assert_value("2026-07-29", Measure::Escalations, 1.0);
        assert_value("2026-07-30", Measure::Escalations, 0.0);
    }

    #[test]
    fn support_load_is_tickets_for_each_ten_seats() {
        assert_value("2026-06-30", Measure::SupportLoad, 4.0 / 40.0 * 10.0);
    }

    #[test]
    fn no_tickets_are_good_news_only_where_tickets_are_tracked() {
        let (account, catalog) = (examples::account(), catalog());
        let seen = account.seen(day("2026-06-30"));
        let tracked = Subject::new(seen, &catalog, Tracked::ALL);
        assert_eq!(tracked.value(Measure::OpenTickets), Ok(0.0));
        assert_eq!(tracked.value(Measure::Escalations), Ok(0.0));
        let untracked = Subject::new(seen, &catalog, Tracked { tickets: false, ..Tracked::ALL });
        assert_eq!(untracked.value(Measure::OpenTickets), Err(Missing::NotTracked));
        assert_eq!(untracked.value(Measure::Escalations), Err(Missing::NotTracked));
    }
}
