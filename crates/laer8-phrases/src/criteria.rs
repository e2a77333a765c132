//! Criteria of the loop in words.

use laer8_journey::{config::CriterionKind, stages::UnmetCriterion};
use laer8_words::{Arg, Term, Words};

/// A criterion that does not hold, with how far it has got: "Days with use: 4
/// of 12 in 28 days".
#[must_use]
pub fn criterion(words: Words, unmet: &UnmetCriterion) -> String {
    let number = |value: f64| match unmet.criterion {
        CriterionKind::Breadth | CriterionKind::CoreBreadth | CriterionKind::SeatsUsed => {
            words.percent(value, 0)
        }
        CriterionKind::ActiveDays | CriterionKind::FeaturesUsed | CriterionKind::PeopleActive => {
            words.number(value, 0)
        }
    };
    let name = words.name(Term::Criterion, unmet.criterion.key());
    words.say_with(
        "criterion-unmet",
        &[
            ("criterion", Arg::Text(&name)),
            ("value", Arg::Text(&number(unmet.value))),
            ("target", Arg::Text(&number(unmet.target))),
            ("days", Arg::from(unmet.days)),
        ],
    )
}
