//! Conditions as people type them: `plan=Pro`, `arr>=50000`.

use laer8_app::Filter;
use laer8_domain::conditions::Condition;
pub(crate) use laer8_phrases::parse;

/// How a condition is written, for the help.
const HELP: &str = "\
Conditions (--where, several must all hold):
  FACET=VALUE    FACET=A,B (one of them)    FACET!=VALUE
  FACET>=NUMBER  FACET<NUMBER    also with days, as 2026-11-22
  FACET=*        (known)          FACET!=* (unknown)
  Facets: name, owner, segment, stage, stage_since, overdue_days, band, score,
  coverage, change_30, change_90, signal, potential, works, quadrant, plan,
  mrr, arr, seats, renewal_on, renewal_days, tenure_days, customer, trial,
  industry, country, and every trait that was imported.";

/// A help text that says how conditions are written where it names them.
pub(crate) fn with_conditions(help: &str) -> String {
    help.replace("{CONDITIONS}", HELP)
}

/// A filter from conditions, and from an owner where one is named.
pub(crate) fn filter(conditions: &[Condition], owner: Option<&str>) -> Filter {
    let filter = Filter { conditions: conditions.to_vec() };
    owner.into_iter().fold(filter, Filter::owned_by)
}
