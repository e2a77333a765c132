//! A ticket went above its desk and is still open.

use super::{EscalationRule, Evidence, NextStep, Severity, Signal, SignalKind, Situation};
use laer8_domain::{
    days::{Day, days_between},
    ids::TicketId,
    tickets::Priority,
};

/// At least one escalated ticket is open. Critical when one is urgent, or the
/// first was escalated `critical_days` ago or earlier.
pub(super) fn detect(rule: &EscalationRule, situation: &Situation<'_>) -> Option<Signal> {
    if !rule.enabled {
        return None;
    }
    let mut escalated: Vec<(Day, TicketId, Priority)> = situation
        .seen
        .tickets()
        .filter(|ticket| ticket.is_open())
        .filter_map(|ticket| Some((ticket.escalated_on?, ticket.id, ticket.priority)))
        .collect();
    escalated.sort_unstable();
    let since = escalated.first()?.0;
    let days = days_between(since, situation.day());
    let urgent = escalated.iter().any(|(_, _, priority)| *priority == Priority::Urgent);
    Some(Signal {
        kind: SignalKind::Escalation,
        severity: Severity::critical_if(urgent || days >= i64::from(rule.critical_days)),
        since: Some(since),
        evidence: Evidence::Escalation {
            tickets: escalated.iter().map(|(_, ticket, _)| *ticket).collect(),
            days,
        },
        stake: situation.arr,
        opportunity: false,
        next_step: NextStep::ResolveEscalation,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examples::{Example, day};

    #[test]
    fn it_lasts_from_the_escalation_to_the_solution() {
        let mut example = Example::customer();
        example.ticket(7, Priority::High, "2026-03-01", Some("2026-03-20"));
        example.escalate(7, "2026-03-05");
        let signal = |on| example.signal(SignalKind::Escalation, on);
        assert_eq!(signal("2026-03-04"), None);
        let raised = signal("2026-03-06").expect("raised");
        assert_eq!((raised.since, raised.severity), (Some(day("2026-03-05")), Severity::Warning));
        assert_eq!(raised.evidence, Evidence::Escalation { tickets: vec![TicketId(7)], days: 1 });
        assert_eq!(signal("2026-03-19").map(|signal| signal.severity), Some(Severity::Critical));
        assert_eq!(signal("2026-03-20"), None);
    }
}
