//! One account's story: who it is, what it goes through, and what it signs.

use crate::{
    DemoOptions,
    contract::Contract,
    dice::{Area, Dice},
    names::Names,
    people::{Person, cast},
    profile::Profile,
    trajectory::Trajectory,
    words::{Words, words},
};
use chrono::Datelike;
use laer8_domain::{
    days::{Day, shift},
    records::AccountRef,
};

/// Everything that the records of an account are told from.
#[derive(Debug, Clone)]
pub(crate) struct Story {
    pub(crate) options: DemoOptions,
    pub(crate) profile: Profile,
    pub(crate) names: Names,
    pub(crate) trajectory: Trajectory,
    pub(crate) contract: Contract,
    pub(crate) cast: Vec<Person>,
}

impl Story {
    pub(crate) fn of(options: DemoOptions, number: u32) -> Self {
        let profile = Profile::of(options, number);
        let trajectory = Trajectory::of(options, &profile);
        let contract = Contract::of(options, &profile, &trajectory);
        let cast = cast(options.seed, &profile, &trajectory, &contract, options.last_day);
        let names = Names::of(options.seed, &profile);
        Self { options, profile, names, trajectory, contract, cast }
    }

    /// The account's external id.
    pub(crate) fn id(&self) -> String {
        account_id(self.profile.number)
    }

    /// How records of the account refer to it.
    pub(crate) fn account(&self) -> AccountRef {
        AccountRef::Account(self.id())
    }

    /// The external id of one of its things.
    pub(crate) fn thing(&self, kind: &str, index: usize) -> String {
        format!("{kind}-{:05}-{index}", self.profile.number)
    }

    /// The draws of an area.
    pub(crate) fn dice(&self, area: Area) -> Dice {
        Dice::of(self.options.seed, self.profile.number, area)
    }

    /// Texts in the account's language.
    pub(crate) fn words(&self) -> &'static Words {
        words(self.profile.country.language)
    }

    /// Whether a day lies in the recorded history.
    pub(crate) fn is_told(&self, day: Day) -> bool {
        self.options.first_day() <= day && day <= self.options.last_day
    }

    /// The recorded days on which it is a customer or tries to become one.
    pub(crate) fn days(&self) -> impl Iterator<Item = Day> + '_ {
        let first = self.profile.start.max(self.options.first_day());
        (0..)
            .map(move |offset| shift(first, offset))
            .take_while(|day| *day <= self.options.last_day)
            .filter(|day| self.contract.runs_on(*day))
    }

    /// How many people work with it on an ordinary working day.
    pub(crate) fn pool(&self, day: Day) -> f64 {
        let week = self.trajectory.on(day);
        let wanted = week.demand * week.adoption;
        wanted.min(f64::from(self.contract.seats_on(day))) * self.contract.dip(day)
    }
}

/// The external id of an account.
pub(crate) fn account_id(number: u32) -> String {
    format!("acc-{number:05}")
}

/// `day`, or the Monday after a weekend: people write and call on working
/// days.
pub(crate) fn at_work(day: Day) -> Day {
    let past_friday = i64::from(day.weekday().num_days_from_monday()) - 4;
    if past_friday > 0 { shift(day, 3 - past_friday) } else { day }
}
