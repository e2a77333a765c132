//! People who matter and left.

use laer8_domain::{
    days::{Day, Window},
    history::Seen,
    ids::PersonId,
    people::{PersonHistory, Role},
};
use serde::Serialize;

/// For how many days a departure counts, where a scorecard does not say.
pub const DEPARTURE_DAYS: u32 = 180;

/// Whose departure puts the account in danger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Departure {
    /// The one who pays left.
    SponsorLeft,
    /// The one who speaks for us left.
    ChampionLeft,
}

impl Departure {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::SponsorLeft, Self::ChampionLeft];

    /// The name in scorecards and the API.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::SponsorLeft => "sponsor_left",
            Self::ChampionLeft => "champion_left",
        }
    }

    /// The departure of that name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|departure| departure.key() == key)
    }

    /// The role whose loss it is.
    #[must_use]
    pub fn role(self) -> Role {
        match self {
            Self::SponsorLeft => Role::Sponsor,
            Self::ChampionLeft => Role::Champion,
        }
    }
}

/// Who left the role of `departure` vacant within the last `within_days` days.
///
/// Nobody as long as somebody who is still there has the role: a successor
/// ends it.
#[must_use]
pub fn departed(seen: Seen<'_>, departure: Departure, within_days: u32) -> Vec<PersonId> {
    let window = Window::last_days(seen.day(), within_days);
    let gone = vacated(seen, departure).into_iter();
    gone.filter(|(left, _)| window.contains(*left)).map(|(_, person)| person).collect()
}

/// The latest day on which the role of `departure` was left vacant, if it is
/// vacant. [`departed`] finds somebody exactly when that day is within its
/// window.
#[must_use]
pub fn vacant_since(seen: Seen<'_>, departure: Departure) -> Option<Day> {
    vacated(seen, departure).into_iter().map(|(left, _)| left).max()
}

/// Who left the role vacant, and when.
fn vacated(seen: Seen<'_>, departure: Departure) -> Vec<(Day, PersonId)> {
    let mut gone = Vec::new();
    for person in seen.people().filter(|person| has_or_had(person, departure.role(), seen)) {
        match person.departure(seen.day()) {
            None => return Vec::new(),
            Some(fact) => gone.push((fact.occurred_on, person.id)),
        }
    }
    gone
}

/// The role today; of those who left and lost their role with it, the role on
/// the day of leaving's eve.
fn has_or_had(person: &PersonHistory, role: Role, seen: Seen<'_>) -> bool {
    let day = seen.day();
    let before_leaving = || {
        let left = person.departure(day)?.occurred_on;
        person.role(laer8_domain::days::shift(left, -1))
    };
    person.role(day).or_else(before_leaving) == Some(role)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examples::{self, day};

    #[test]
    fn a_sponsor_who_left_counts_until_there_is_another() {
        let mut account = examples::account();
        account.people = vec![examples::person(1, &[("2026-01-01", "role", "sponsor".into())])];
        account.people[0].fields.push(examples::field("2026-03-01", "left", true.into()));
        let departed_on = |account: &laer8_domain::history::AccountHistory, on: &str| {
            departed(account.seen(day(on)), Departure::SponsorLeft, 180)
        };

        assert_eq!(departed_on(&account, "2026-02-28"), []);
        assert_eq!(departed_on(&account, "2026-03-01"), [PersonId(1)]);
        assert_eq!(departed_on(&account, "2026-10-01"), [], "half a year later it is old news");
        let vacant = |on: &str| vacant_since(account.seen(day(on)), Departure::SponsorLeft);
        assert_eq!(vacant("2026-10-01"), Some(day("2026-03-01")), "but the role is still vacant");
        assert_eq!(vacant("2026-02-28"), None);

        account.people.push(examples::person(2, &[("2026-04-01", "role", "sponsor".into())]));
        assert_eq!(departed_on(&account, "2026-03-31"), [PersonId(1)]);
        assert_eq!(departed_on(&account, "2026-04-01"), []);
    }

    #[test]
    fn the_departure_of_a_user_is_nobodys_loss() {
        let mut account = examples::account();
        account.people = vec![examples::person(
            1,
            &[("2026-01-01", "role", "user".into()), ("2026-03-01", "left", true.into())],
        )];
        assert_eq!(departed(account.seen(day("2026-03-02")), Departure::ChampionLeft, 180), []);
    }
}
