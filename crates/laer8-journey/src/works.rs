//! Works as promised, 0 to 100: open tickets by severity, broken promises,
//! error rate.
//!
//! Each part goes straight from 100 at nothing to 0 at its worst value; the
//! whole is their weighted mean. A part that can't be known is left out.

use crate::{config::WorksRule, tracking::Tracked};
use laer8_domain::{
    days::{Window, shift},
    history::Seen,
    ids::TicketId,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a part looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WorksPartKind {
    /// Sum of the severities of open tickets.
    Tickets,
    /// Tickets with a broken promise (SLA) that are open or were solved lately.
    Breaches,
    /// Errors in a thousand uses.
    Errors,
}

/// One part with what it came from.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct WorksPart {
    /// What it looks at.
    pub part: WorksPartKind,
    /// What was found.
    pub value: f64,
    /// The value at which it is worth nothing, for an account of this size.
    pub worst: f64,
    /// 0 to 100.
    pub points: f64,
    /// What it weighs.
    pub weight: f64,
    /// The tickets behind it.
    pub tickets: Vec<TicketId>,
}

/// Whether it works as promised, and why.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Works {
    /// 0 to 100.
    pub percent: f64,
    /// The parts that could be known.
    pub parts: Vec<WorksPart>,
}

/// Whether it works as promised for the account on the day of `seen`. None
/// where neither tickets nor errors are tracked (or there was no use to have
/// errors in).
#[must_use]
pub fn works_as_promised(rule: &WorksRule, seen: Seen<'_>, tracked: Tracked) -> Option<Works> {
    let mut parts = Vec::new();
    if tracked.tickets {
        parts.push(open_tickets(rule, seen));
        parts.push(breaches(rule, seen));
    }
    if tracked.usage && tracked.errors {
        parts.extend(errors(rule, seen));
    }
    let weight: f64 = parts.iter().map(|part| part.weight).sum();
    if weight <= 0.0 {
        return None;
    }
    let percent = parts.iter().map(|part| part.weight * part.points).sum::<f64>() / weight;
    Some(Works { percent, parts })
}

/// How many times the allowance of a small account an account of this size has.
fn allowance(rule: &WorksRule, seen: Seen<'_>) -> f64 {
    let seats = f64::from(seen.seats().unwrap_or(0));
    (seats / f64::from(rule.seats_per_allowance)).max(1.0)
}

fn part(kind: WorksPartKind, value: f64, worst: f64, weight: f64, tickets: Vec<TicketId>) -> WorksPart {
    let points = 100.0 * (1.0 - value / worst).clamp(0.0, 1.0);
    WorksPart { part: kind, value, worst, points, weight, tickets }
}

fn open_tickets(rule: &WorksRule, seen: Seen<'_>) -> WorksPart {
    let mut severity = 0.0;
    let mut tickets = Vec::new();
    for ticket in seen.tickets().filter(|ticket| ticket.is_open()) {
        severity += ticket.priority.severity();
        tickets.push(ticket.id);
    }
    let worst = rule.worst.tickets * allowance(rule, seen);
    part(WorksPartKind::Tickets, severity, worst, rule.weights.tickets, tickets)
}

fn breaches(rule: &WorksRule, seen: Seen<'_>) -> WorksPart {
    let recent = Window::last_days(seen.day(), rule.breach_days);
    let tickets: Vec<TicketId> = seen
        .tickets()
        .filter(|ticket| ticket.breached_on.is_some())
        .filter(|ticket| ticket.solved_on.is_none_or(|solved| recent.contains(solved)))
        .map(|ticket| ticket.id)
        .collect();
    let count = f64::from(u32::try_from(tickets.len()).unwrap_or(u32::MAX));
    let worst = rule.worst.breaches * allowance(rule, seen);
    part(WorksPartKind::Breaches, count, worst, rule.weights.breaches, tickets)
}

fn errors(rule: &WorksRule, seen: Seen<'_>) -> Option<WorksPart> {
    let end = shift(seen.day(), 1);
    let window = Window::new(shift(end, -i64::from(rule.error_days)), end);
    let totals = seen.usage().totals(window);
    if totals.count <= 0 {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "a rate for people")]
    let per_thousand = 1_000.0 * totals.errors.max(0) as f64 / totals.count as f64;
    let worst = rule.worst.errors_per_thousand;
    Some(part(WorksPartKind::Errors, per_thousand, worst, rule.weights.errors, Vec::new()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examples::{Example, day, everything_tracked, shipped_config};
    use laer8_domain::tickets::Priority;

    fn percent(example: &Example, on: &str, tracked: Tracked) -> Option<f64> {
        let history = example.history();
        Some(works_as_promised(&shipped_config().works, history.seen(day(on)), tracked)?.percent)
    }

    #[test]
    fn without_troubles_it_works() {
        let mut example = Example::new();
        example.use_on("2026-03-01", &[1], None);
        assert_eq!(percent(&example, "2026-03-10", everything_tracked()), Some(100.0));
    }

    #[test]
    fn open_tickets_weigh_by_severity_until_they_are_solved() {
        let mut example = Example::new();
        example.use_on("2026-03-01", &[1], None);
        example.ticket(1, Priority::Urgent, "2026-03-02", Some("2026-03-09"));
        // Half of the worst (8 of 16) with half of the weight.
        assert_eq!(percent(&example, "2026-03-05", everything_tracked()), Some(75.0));
        assert_eq!(percent(&example, "2026-03-09", everything_tracked()), Some(100.0));
    }

    #[test]
    fn a_broken_promise_counts_for_a_while_after_the_ticket_is_solved() {
        let mut example = Example::new();
        example.ticket(1, Priority::Low, "2026-03-02", Some("2026-03-09"));
        example.breach(1, "2026-03-03");
        let broken = percent(&example, "2026-04-01", everything_tracked()).expect("known");
        assert!((broken - (2.0 * 100.0 + 75.0) / 3.0).abs() < 1e-9);
        assert_eq!(percent(&example, "2026-07-01", everything_tracked()), Some(100.0));
    }

    #[test]
    fn errors_are_counted_in_a_thousand_uses() {
        let mut example = Example::new();
        example.errors_on("2026-03-01", 1, 1_000, 25);
        let only_errors = Tracked { tickets: false, ..everything_tracked() };
        assert_eq!(percent(&example, "2026-03-05", only_errors), Some(50.0));
    }

    #[test]
    fn where_nothing_is_tracked_nothing_is_said() {
        assert_eq!(percent(&Example::new(), "2026-03-05", Tracked::default()), None);
    }

    #[test]
    fn a_larger_account_bears_more_tickets() {
        let mut example = Example::new();
        example.subscribe(1, "2026-01-01", Some(12), 200, "10");
        example.ticket(1, Priority::Urgent, "2026-03-02", None);
        example.ticket(2, Priority::Urgent, "2026-03-02", None);
        // 16 of 32 with two thirds of the weight.
        let percent = percent(&example, "2026-03-05", everything_tracked()).expect("known");
        assert!((percent - (2.0 * 50.0 + 100.0) / 3.0).abs() < 1e-9);
    }
}
