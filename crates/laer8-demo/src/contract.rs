//! What an account signs over the years: trials, terms, seats, plans, the
//! add-on, and the end.

mod orders;

use crate::{
    DemoOptions,
    catalog::Plan,
    decisions::{Decision, Leaving, Reason, decide},
    dice::{Area, Dice},
    profile::{Commitment, Profile, Size, Standing},
    trajectory::Trajectory,
};
use laer8_domain::{
    days::{Day, Window, days_between, shift, shift_months},
    records::StepRecord,
};
use orders::Orders;

/// Usage falls and rises again for a reason of its own.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Dip {
    from: Day,
    until: Day,
    /// What is left of usage at the lowest point.
    floor: f64,
    shape: Shape,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// Down until the end.
    Down,
    /// Down to the middle, and back.
    DownAndUp,
    /// From low up to where it was.
    Up,
}

impl Dip {
    fn on(&self, day: Day) -> f64 {
        if day < self.from || day >= self.until {
            return 1.0;
        }
        let part = days_between(self.from, day) as f64 / days_between(self.from, self.until).max(1) as f64;
        let depth = match self.shape {
            Shape::Down => (part * 1.15).min(1.0),
            Shape::DownAndUp => 1.0 - (2.0 * part - 1.0).abs(),
            Shape::Up => 1.0 - part,
        };
        1.0 - (1.0 - self.floor) * depth
    }
}

/// A state of the main subscription since a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Held {
    pub(crate) since: Day,
    pub(crate) plan: Plan,
    /// 0 while nothing runs.
    pub(crate) seats: u32,
}

/// The steps of one subscription.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Signed {
    pub(crate) steps: Vec<StepRecord>,
}

/// Something about the contract that people talk about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Moment {
    Expansion,
    Contraction,
    Renewal,
    Upgrade,
    AddOn,
    Wavering,
    WonBack,
    Return,
}

/// What an account signed.
#[derive(Debug, Clone)]
pub(crate) struct Contract {
    /// Every subscription; the add-on comes after what it adds to.
    pub(crate) subscriptions: Vec<Signed>,
    held: Vec<Held>,
    insight: Vec<Window>,
    dips: Vec<Dip>,
    /// Decisions to leave, also those whose day has not come.
    pub(crate) leavings: Vec<Leaving>,
    /// What people talk about, by day.
    pub(crate) moments: Vec<(Day, Moment)>,
}

impl Contract {
    pub(crate) fn of(options: DemoOptions, profile: &Profile, trajectory: &Trajectory) -> Self {
        let mut contract = Self {
            subscriptions: Vec::new(),
            held: Vec::new(),
            insight: Vec::new(),
            dips: Vec::new(),
            leavings: Vec::new(),
            moments: Vec::new(),
        };
        let mut dice = Dice::of(options.seed, profile.number, Area::Contract);
        match profile.standing {
            Standing::Prospect => {}
            Standing::Trial => {
                let orders = Orders::new(options, profile, trajectory, &mut dice);
                contract.keep(orders.trial(profile.start));
            }
            Standing::Customer => contract.live(options, profile, trajectory, &mut dice),
        }
        contract.forget_the_future(options.last_day);
        contract
    }

    /// The main subscription on a day, while it runs.
    pub(crate) fn held_on(&self, day: Day) -> Option<Held> {
        self.held.iter().rev().find(|held| held.since <= day).copied().filter(|held| held.seats > 0)
    }

    /// Seats on a day.
    pub(crate) fn seats_on(&self, day: Day) -> u32 {
        self.held_on(day).map_or(0, |held| held.seats)
    }

    /// Whether anything runs on a day.
    pub(crate) fn runs_on(&self, day: Day) -> bool {
        self.seats_on(day) > 0
    }

    /// Whether the add-on runs on a day.
    pub(crate) fn has_insight(&self, day: Day) -> bool {
        self.insight.iter().any(|window| window.contains(day))
    }

    /// The part of the usual usage that is left while it winds down or
    /// wavers.
    pub(crate) fn dip(&self, day: Day) -> f64 {
        self.dips.iter().map(|dip| dip.on(day)).product()
    }

    fn live(&mut self, options: DemoOptions, profile: &Profile, trajectory: &Trajectory, dice: &mut Dice) {
        let mut start = profile.start;
        // One return is enough for a life.
        for life in 0..2 {
            let mut orders = Orders::new(options, profile, trajectory, dice);
            orders.sign(start, profile.trial_days.filter(|_| life == 0));
            let leaving = orders.run(start, &mut self.dips);
            self.keep(orders);
            let Some(leaving) = leaving else { return };
            self.leavings.push(leaving);
            let regrets = matches!(leaving.reason, Reason::Price | Reason::Competitor | Reason::LowAdoption);
            start = shift(leaving.end, dice.whole(90, 280));
            if !regrets || !dice.chance(0.14) || start > options.last_day {
                return;
            }
            self.moments.push((start, Moment::Return));
            self.dips.push(Dip { from: start, until: shift(start, 50), floor: 0.25, shape: Shape::Up });
        }
    }

    fn keep(&mut self, orders: Orders<'_>) {
        self.subscriptions.push(Signed { steps: orders.steps });
        self.subscriptions.extend(orders.add_ons);
        self.held.extend(orders.held);
        self.insight.extend(orders.insight);
        self.moments.extend(orders.moments);
    }

    fn forget_the_future(&mut self, last_day: Day) {
        for signed in &mut self.subscriptions {
            signed.steps.retain(|step| step.from <= last_day);
        }
        self.subscriptions.retain(|signed| !signed.steps.is_empty());
        self.moments.retain(|(day, _)| *day <= last_day);
        self.moments.sort_by_key(|(day, _)| *day);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(offset: i64) -> Day {
        shift("2026-01-01".parse().expect("a day"), offset)
    }

    #[test]
    fn usage_winds_down_before_the_end_and_not_after() {
        let dip = Dip { from: day(0), until: day(60), floor: 0.2, shape: Shape::Down };
        assert!(dip.on(day(-1)) > 0.99 && dip.on(day(0)) > 0.99);
        assert!(dip.on(day(30)) < 0.6 && dip.on(day(59)) < 0.21);
    }

    #[test]
    fn a_customer_that_wavers_comes_back_to_where_it_was() {
        let dip = Dip { from: day(0), until: day(60), floor: 0.5, shape: Shape::DownAndUp };
        assert!(dip.on(day(30)) < 0.51);
        assert!(dip.on(day(59)) > 0.97 && dip.on(day(60)) > 0.99);
    }
}
