//! Who spoke for us, or paid, has left, and nobody took the part.

use super::{ChampionLostRule, Evidence, NextStep, Severity, Signal, SignalKind, Situation};
use laer8_domain::{
    days::{Day, days_between},
    ids::PersonId,
    people::Role,
};

/// A champion or sponsor has left in the last `within_days` days, and nobody who
/// is still there has the role. Critical when a renewal is near.
pub(super) fn detect(rule: &ChampionLostRule, situation: &Situation<'_>) -> Option<Signal> {
    if !rule.enabled {
        return None;
    }
    let lost = [Role::Champion, Role::Sponsor].into_iter().filter_map(|role| lost(situation, role));
    let recent =
        lost.filter(|(left_on, ..)| days_between(*left_on, situation.day()) <= i64::from(rule.within_days));
    let (left_on, person, role) = recent.max_by_key(|(left_on, person, _)| (*left_on, *person))?;
    Some(Signal {
        kind: SignalKind::ChampionLost,
        severity: Severity::critical_if(situation.renews_within(rule.critical_renewal_days)),
        since: Some(left_on),
        evidence: Evidence::ChampionLost { person, role, left_on },
        stake: situation.arr,
        opportunity: false,
        next_step: NextStep::FindChampion,
    })
}

/// Who with the role left last, when nobody with it is left.
fn lost(situation: &Situation<'_>, role: Role) -> Option<(Day, PersonId, Role)> {
    let day = situation.day();
    let mut last: Option<(Day, PersonId)> = None;
    for person in situation.seen.people().filter(|person| person.role(day) == Some(role)) {
        let left_on = person.departure(day)?.occurred_on;
        last = last.max(Some((left_on, person.id)));
    }
    last.map(|(left_on, person)| (left_on, person, role))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examples::{Example, day};

    #[test]
    fn a_champion_who_left_is_missed_until_somebody_takes_the_part() {
        let mut example = Example::customer();
        example.person(1, "champion", "2026-01-10");
        example.person(2, "user", "2026-01-10");
        example.leaves(1, "2026-03-01");
        let signal = |example: &Example, on| example.signal(SignalKind::ChampionLost, on);
        assert_eq!(signal(&example, "2026-02-28"), None);
        let raised = signal(&example, "2026-03-01").expect("raised");
        assert_eq!((raised.since, raised.severity), (Some(day("2026-03-01")), Severity::Warning));
        assert_eq!(
            raised.evidence,
            Evidence::ChampionLost { person: PersonId(1), role: Role::Champion, left_on: day("2026-03-01") }
        );
        example.person(2, "champion", "2026-04-01");
        assert_eq!(signal(&example, "2026-04-01"), None);
    }

    #[test]
    fn one_of_two_champions_is_enough() {
        let mut example = Example::customer();
        example.person(1, "champion", "2026-01-10");
        example.person(2, "champion", "2026-01-10");
        example.leaves(1, "2026-03-01");
        assert_eq!(example.signal(SignalKind::ChampionLost, "2026-03-05"), None);
    }

    #[test]
    fn before_a_renewal_it_is_critical() {
        let mut example = Example::customer(); // renews on 1 January 2027
        example.person(1, "sponsor", "2026-01-10");
        example.leaves(1, "2026-09-01");
        let severity = example.signal(SignalKind::ChampionLost, "2026-09-10").map(|signal| signal.severity);
        assert_eq!(severity, Some(Severity::Critical));
    }
}
