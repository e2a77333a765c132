//! What an account goes through, week by week: the causes.
//!
//! Three things move between 0 and 1. **Adoption** climbs after the start
//! towards what the fit allows. **Quality** is how well the product works for
//! it; a bad release or a broken integration pulls it down for weeks.
//! **Relationship** rests on a champion. Demand is how many people would work
//! with the product if everything were right.

use crate::{
    DemoOptions,
    dice::{Area, Dice},
    profile::{Profile, Size, Standing},
};
use laer8_domain::days::{Day, Window, days_between, shift};

/// Trajectories go on after the last day, so that what is decided before it
/// for a day after it can be seen coming.
const DAYS_AHEAD: i64 = 140;

/// Adoption while it is set up, and where a start that does not succeed gets
/// stuck.
const SETTING_UP: f64 = 0.07;
const STALLED: f64 = 0.18;

/// How an account is in one week.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Week {
    /// How far it has adopted what it bought, 0 to 1.
    pub(crate) adoption: f64,
    /// How well the product works for it, 0 to 1.
    pub(crate) quality: f64,
    /// How well we get on, 0 to 1.
    pub(crate) relationship: f64,
    /// People who would work with it.
    pub(crate) demand: f64,
}

impl Week {
    /// What it gets for its money, 0 to 1: what a renewal is decided on.
    pub(crate) fn value(&self) -> f64 {
        0.55 * self.adoption + 0.30 * self.quality + 0.15 * self.relationship
    }
}

/// A champion's departure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Departure {
    pub(crate) left: Day,
    pub(crate) replaced: Day,
}

/// What an account goes through.
#[derive(Debug, Clone)]
pub(crate) struct Trajectory {
    first: Day,
    weeks: Vec<Week>,
    /// When the champion left, at most once.
    pub(crate) departure: Option<Departure>,
    /// Weeks in which the product does not work as promised.
    pub(crate) troubles: Vec<(Window, f64)>,
    /// The number of people changed by a factor on a day.
    pub(crate) reorganisations: Vec<(Day, f64)>,
    /// Before this day it is set up, and only a few look at it.
    live_from: Day,
    /// Whether the start did not succeed, and until when.
    pub(crate) stalled_until: Option<Day>,
}

impl Trajectory {
    pub(crate) fn of(options: DemoOptions, profile: &Profile) -> Self {
        let mut dice = Dice::of(options.seed, profile.number, Area::Trajectory);
        let first = shift(profile.start, -profile.trial_days.unwrap_or(0));
        let last = shift(options.last_day, DAYS_AHEAD);
        let mut trajectory = Self {
            first,
            weeks: Vec::new(),
            departure: departure(options, profile, &mut dice),
            troubles: troubles(first, last, &mut dice),
            reorganisations: reorganisations(options, profile, last, &mut dice),
            live_from: live_from(profile, &mut dice),
            stalled_until: stalled_until(profile, &mut dice),
        };
        trajectory.live(profile, last, &mut dice);
        trajectory
    }

    /// How the account is on a day; before the start as at the start.
    pub(crate) fn on(&self, day: Day) -> Week {
        let days = days_between(self.first, day).max(0);
        let index = (days / 7) as usize;
        let last = self.weeks.len().saturating_sub(1);
        let (from, to) = (self.weeks[index.min(last)], self.weeks[(index + 1).min(last)]);
        let part = (days % 7) as f64 / 7.0;
        let mix = |from: f64, to: f64| from + (to - from) * part;
        Week {
            adoption: mix(from.adoption, to.adoption),
            quality: mix(from.quality, to.quality),
            relationship: mix(from.relationship, to.relationship),
            demand: mix(from.demand, to.demand),
        }
    }

    /// Whether it had a champion on a day.
    pub(crate) fn has_champion(&self, day: Day) -> bool {
        !self.departure.is_some_and(|departure| departure.left <= day && day < departure.replaced)
    }

    /// Whether something did not work on a day.
    pub(crate) fn in_trouble(&self, day: Day) -> bool {
        self.troubles.iter().any(|(window, _)| window.contains(day))
    }

    fn live(&mut self, profile: &Profile, last: Day, dice: &mut Dice) {
        let ceiling = (0.36 + 0.68 * profile.fit).min(0.98);
        let pace = match profile.size {
            Size::Small => dice.between(0.10, 0.24),
            Size::Mid => dice.between(0.07, 0.17),
            Size::Enterprise => dice.between(0.05, 0.13),
        };
        let usual_quality = dice.between(0.82, 0.97);
        let mut week =
            Week { adoption: SETTING_UP, quality: usual_quality, relationship: 0.7, demand: profile.people };
        let mut day = self.first;
        while day <= last {
            self.weeks.push(week);
            let depth = self
                .troubles
                .iter()
                .find(|(window, _)| window.contains(day))
                .map_or(0.0, |(_, depth)| *depth);
            let champion = self.has_champion(day);
            let stalled = self.stalled_until.is_some_and(|until| day < until);
            let reach = if day < self.live_from {
                SETTING_UP
            } else if stalled {
                STALLED
            } else {
                ceiling
            };
            let target = reach * if champion { 1.0 } else { 0.72 } * (1.0 - 0.45 * depth);
            // Habits form at the pace of the rollout and fade at a pace of
            // their own.
            let pace = if target > week.adoption { pace } else { 0.14 };
            let quality_target = usual_quality - depth;
            let relationship_target = 0.8 - if champion { 0.0 } else { 0.4 } - 0.3 * depth;
            week = Week {
                adoption: (week.adoption + pace * (target - week.adoption) + 0.012 * dice.bell())
                    .clamp(0.03, 1.0),
                quality: (week.quality + 0.45 * (quality_target - week.quality) + 0.01 * dice.bell())
                    .clamp(0.05, 1.0),
                relationship: (week.relationship
                    + 0.12 * (relationship_target - week.relationship)
                    + 0.02 * dice.bell())
                .clamp(0.05, 1.0),
                demand: self.demand_after(day, week.demand, profile, dice),
            };
            day = shift(day, 7);
        }
    }

    fn demand_after(&self, day: Day, demand: f64, profile: &Profile, dice: &mut Dice) -> f64 {
        let next = shift(day, 7);
        let change: f64 = self
            .reorganisations
            .iter()
            .filter(|(on, _)| day <= *on && *on < next)
            .map(|(_, factor)| *factor)
            .product();
        let weekly = 1.0 + profile.growth / 52.0 + 0.004 * dice.bell();
        (demand * weekly * change).max(2.0)
    }
}

/// The days until something happens that happens so often a year.
fn wait(yearly: f64, dice: &mut Dice) -> i64 {
    (-(1.0 - dice.fraction()).ln() / yearly * 365.0).min(40_000.0) as i64
}

fn departure(options: DemoOptions, profile: &Profile, dice: &mut Dice) -> Option<Departure> {
    let told = profile.start.max(options.first_day());
    let left = shift(told, 60 + wait(0.14, dice));
    let vacant = if dice.chance(0.62) { dice.whole(20, 90) } else { dice.whole(210, 400) };
    let happens = profile.standing == Standing::Customer && left <= options.last_day;
    happens.then(|| Departure { left, replaced: shift(left, vacant) })
}

fn troubles(first: Day, last: Day, dice: &mut Dice) -> Vec<(Window, f64)> {
    let mut troubles = Vec::new();
    let mut day = shift(first, 20 + wait(0.36, dice));
    while day < last {
        let end = shift(day, dice.whole(25, 95));
        troubles.push((Window::new(day, end), dice.between(0.25, 0.62)));
        day = shift(end, 30 + wait(0.36, dice));
    }
    troubles
}

/// Departments open and close. Only what happens in the recorded history
/// matters, so it starts there.
fn reorganisations(options: DemoOptions, profile: &Profile, last: Day, dice: &mut Dice) -> Vec<(Day, f64)> {
    let (opens, closes) = match profile.size {
        Size::Small => (0.05, 0.08),
        Size::Mid => (0.08, 0.12),
        Size::Enterprise => (0.11, 0.19),
    };
    let mut changes = Vec::new();
    let mut day = shift(profile.start.max(shift(options.first_day(), -200)), 120);
    loop {
        day = shift(day, wait(opens + closes, dice));
        if day >= last {
            return changes;
        }
        let opened = dice.chance(opens / (opens + closes));
        changes.push((day, if opened { dice.between(1.12, 1.35) } else { dice.between(0.55, 0.82) }));
        day = shift(day, 150);
    }
}

/// Setting up takes longer where there is more to set up.
fn live_from(profile: &Profile, dice: &mut Dice) -> Day {
    let weeks = match profile.size {
        _ if profile.trial_days.is_some() || profile.standing == Standing::Trial => dice.whole(0, 2),
        Size::Small => dice.whole(1, 5),
        Size::Mid => dice.whole(3, 9),
        Size::Enterprise => dice.whole(6, 14),
    };
    shift(profile.start, weeks * 7)
}

fn stalled_until(profile: &Profile, dice: &mut Dice) -> Option<Day> {
    let share = match profile.size {
        Size::Small => 0.15,
        Size::Mid => 0.11,
        Size::Enterprise => 0.07,
    };
    let weeks = if dice.chance(0.55) { dice.whole(14, 36) } else { dice.whole(52, 110) };
    dice.chance(share).then(|| shift(profile.start, weeks * 7))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lives() -> Vec<(Profile, Trajectory)> {
        let options = DemoOptions::new("2026-06-30".parse().expect("a day"));
        (1..=400)
            .map(|number| {
                let profile = Profile::of(options, number);
                let trajectory = Trajectory::of(options, &profile);
                (profile, trajectory)
            })
            .collect()
    }

    #[test]
    fn adoption_climbs_after_the_start() {
        let grown =
            lives().into_iter().filter(|(_, life)| life.stalled_until.is_none()).all(|(profile, life)| {
                life.on(profile.start).adoption < 0.6
                    && life.on(shift(profile.start, 300)).adoption > life.on(life.first).adoption
            });
        assert!(grown);
    }

    #[test]
    fn a_champions_departure_costs_adoption() {
        let (mut before, mut after) = (0.0, 0.0);
        for (_, life) in lives() {
            let Some(departure) = life.departure else { continue };
            before += life.on(departure.left).adoption;
            after += life.on(departure.replaced.min(shift(departure.left, 120))).adoption;
        }
        assert!(after < 0.95 * before, "{before} {after}");
    }
}
