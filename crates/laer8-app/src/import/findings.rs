//! Contradictions that only several facts together show.

use super::tally::Findings;
use crate::AppError;
use laer8_domain::{accounts::fields, days::Day, history::AccountHistory, values::Value};
use laer8_store::{IdRange, Scope, Tx};

/// Traits by which a source says that an account has left.
const CHURN_FLAGS: [&str; 3] = ["churn_flag", "churned", "is_churned"];

/// The contradictions in everything that is known by `today`.
pub(crate) async fn of(tx: &Tx, today: Day) -> Result<Findings, AppError> {
    let mut findings = Findings::default();
    for history in tx.histories(IdRange::all(), Scope::Revenue).await? {
        judge(&history, today, &mut findings);
    }
    Ok(findings)
}

fn judge(history: &AccountHistory, today: Day, findings: &mut Findings) {
    let seen = history.seen(today);
    let name = || {
        let name = seen.name();
        if name.is_empty() { format!("account {}", history.id) } else { name.to_owned() }
    };
    let flag = CHURN_FLAGS.into_iter().find(|flag| seen.flag(flag));
    let last_event = seen.churn_events().max_by_key(|event| event.occurred_on);
    let pays = seen.is_customer();
    if pays && let Some(flag) = flag {
        findings.add("churned_but_paying", || {
            format!("{}: {flag} is set, and it pays for a subscription", name())
        });
    }
    if flag.is_some() && last_event.is_none() {
        findings.add("churned_without_event", || {
            format!("{}: flagged as churned, without a churn event", name())
        });
    }
    if pays && let Some(event) = last_event {
        let paid_on_that_day = history.seen(event.occurred_on).is_customer();
        if paid_on_that_day {
            findings.add("churn_event_but_paying", || {
                format!("{}: churn event of {}, and it paid before and after", name(), event.occurred_on)
            });
        }
    }
    let has_denial = CHURN_FLAGS
        .into_iter()
        .any(|flag| seen.field(flag).is_some_and(|fact| fact.value == Some(Value::Bool(false))));
    if has_denial && let Some(event) = last_event {
        findings.add("event_without_flag", || {
            format!("{}: churn event of {}, but not flagged as churned", name(), event.occurred_on)
        });
    }
    let signed_up = seen.field(fields::SIGNED_UP).and_then(|fact| fact.value.as_ref());
    if let (Some(Value::Day(signed_up)), Some(since)) = (signed_up, seen.customer_since())
        && since < *signed_up
    {
        findings.add("customer_before_signup", || {
            format!("{}: signed up {signed_up}, paid since {since}", name())
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use laer8_domain::{
        accounts::FieldFact,
        churn_events::ChurnEvent,
        ids::{AccountId, ChurnEventId, SourceId},
        provenance::Origin,
    };

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    #[test]
    fn a_flag_that_no_event_explains_is_a_finding() {
        let origin = Origin { source: SourceId(1), import: None, row: 2 };
        let mut history = AccountHistory::empty(AccountId(7));
        let (occurred_on, known_on) = (day("2026-01-01"), day("2026-01-01"));
        let mut flag =
            FieldFact { field: "churn_flag".into(), value: Some(true.into()), occurred_on, known_on, origin };
        history.fields = vec![flag.clone()];
        let found = |history: &AccountHistory| {
            let mut findings = Findings::default();
            judge(history, day("2026-06-01"), &mut findings);
            let found = findings.on_top_of(Vec::new());
            found.into_iter().map(|finding| finding.kind).collect::<Vec<_>>()
        };
        assert_eq!(found(&history), ["churned_without_event"]);
        history.churn_events.push(ChurnEvent {
            id: ChurnEventId(1),
            occurred_on,
            reason: String::new(),
            comment: String::new(),
            refund: None,
            known_on,
            revision: 0,
            origin,
        });
        assert!(found(&history).is_empty());
        flag.value = Some(false.into());
        history.fields = vec![flag];
        assert_eq!(found(&history), ["event_without_flag"]);
    }
}
