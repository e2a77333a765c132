//! Daily usage: what the trajectory looks like in telemetry.

use crate::{
    catalog::{FEATURES, Feature, Plan},
    contract::Held,
    dice::{Area, Dice},
    story::Story,
    told,
};
use chrono::{Datelike, Weekday};
use laer8_domain::{
    days::{Day, days_between, shift},
    records::{Incoming, KnownWhen, Record, UsageRecord},
};

/// Of mobile rows, so many come in late, from devices without a connection.
const LATE: f64 = 0.004;

/// In one account of so many, one day was counted twice and corrected.
const MISCOUNTED_EVERY: u32 = 12;

/// Days from the start of recorded use to the miscounted day, and from that
/// to the correction.
const MISCOUNTED_AFTER: i64 = 40;
const CORRECTED_AFTER: i64 = 12;

/// What is summed up in one row.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    count: i64,
    seconds: i64,
    errors: i64,
    people: Option<u32>,
}

pub(crate) fn tell(story: &Story, records: &mut Vec<Incoming>) {
    let mut dice = story.dice(Area::Usage);
    let detail = story.options.usage;
    let features = &FEATURES[..detail.features.min(FEATURES.len())];
    let habits: Vec<f64> = FEATURES.iter().map(|_| dice.between(-0.06, 0.80)).collect();
    let first = shift(story.options.last_day, 1 - i64::from(detail.days_back));
    let mut days = story.days().filter(|day| *day >= first).peekable();
    let miscounted = days.peek().map(|day| next_monday(shift(*day, MISCOUNTED_AFTER)));
    let mut tallies = vec![Tally::default(); features.len()];
    while let Some(day) = days.next() {
        let work = Work::on(story, day, &mut dice);
        for (index, feature) in features.iter().enumerate() {
            if let Some(tally) = work.with(feature, habits[index], &mut dice) {
                tallies[index].add(tally);
            }
        }
        let full = days_between(day, story.options.last_day) % i64::from(detail.days_per_row.max(1)) == 0;
        if full || days.peek() != Some(&shift(day, 1)) {
            for (feature, tally) in features.iter().zip(&mut tallies) {
                tell_row(story, feature, day, std::mem::take(tally), miscounted, &mut dice, records);
            }
        }
    }
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.count += other.count;
        self.seconds += other.seconds;
        self.errors += other.errors;
        self.people = self.people.max(other.people);
    }
}

/// A row as it came in: on its day, late, or wrong and then corrected.
fn tell_row(
    story: &Story,
    feature: &Feature,
    day: Day,
    mut tally: Tally,
    miscounted: Option<Day>,
    dice: &mut Dice,
    records: &mut Vec<Incoming>,
) {
    if tally.count == 0 {
        return;
    }
    let daily = story.options.usage.days_per_row <= 1;
    if daily && feature.id == "mobile" && dice.chance(LATE) {
        let known = shift(day, dice.whole(5, 10));
        if known <= story.options.last_day {
            records.push(Incoming { known: KnownWhen::On(known), ..row(story, feature, day, tally) });
        }
        return;
    }
    let corrected = shift(day, CORRECTED_AFTER);
    let wrong = daily && feature.id == "jobs" && story.profile.number % MISCOUNTED_EVERY == 5;
    if !wrong || miscounted != Some(day) || corrected > story.options.last_day {
        records.push(row(story, feature, day, tally));
        return;
    }
    let correction =
        Tally { count: -tally.count, seconds: -tally.seconds, errors: -tally.errors, people: None };
    tally = Tally { count: 2 * tally.count, seconds: 2 * tally.seconds, errors: 2 * tally.errors, ..tally };
    records.push(row(story, feature, day, tally));
    records.push(Incoming { known: KnownWhen::On(corrected), ..row(story, feature, day, correction) });
}

fn row(story: &Story, feature: &Feature, day: Day, tally: Tally) -> Incoming {
    told(Record::Usage(UsageRecord {
        id: None,
        account: story.account(),
        feature: feature.id.into(),
        day,
        count: tally.count,
        seconds: tally.seconds,
        errors: tally.errors,
        people: tally.people,
    }))
}

/// A day's work at an account.
struct Work {
    /// The people who work with it on this day.
    people: f64,
    /// The most that can: the seats.
    seats: u32,
    adoption: f64,
    /// How much each of them does, around 1.
    vigour: f64,
    /// Errors in one use.
    error_rate: f64,
    plan: Option<Plan>,
    insight: bool,
}

impl Work {
    fn on(story: &Story, day: Day, dice: &mut Dice) -> Self {
        let held: Option<Held> = story.contract.held_on(day);
        let week = story.trajectory.on(day);
        let dip = story.contract.dip(day);
        let attendance = dice.between(0.90, 1.0) * workday(story, day);
        Self {
            people: story.pool(day) * attendance,
            seats: held.map_or(0, |held| held.seats),
            adoption: week.adoption * (0.6 + 0.4 * dip),
            vigour: story.profile.intensity * (0.6 + 0.45 * week.adoption),
            error_rate: 0.004 + 0.11 * (0.86 - week.quality).max(0.0),
            plan: held.map(|held| held.plan),
            insight: story.contract.has_insight(day),
        }
    }

    fn with(&self, feature: &Feature, habit: f64, dice: &mut Dice) -> Option<Tally> {
        let entitled = self.plan.is_some_and(|plan| plan.entitles(feature))
            || (self.insight && Plan::Insight.entitles(feature));
        let reach = ((self.adoption - feature.threshold - habit) / 0.12).clamp(0.0, 1.0);
        // What everybody needs is there from the first day.
        let reach = if feature.threshold < 0.05 { 1.0 } else { reach };
        if !entitled || reach <= 0.0 || !dice.chance(feature.often) {
            return None;
        }
        let people = dice.rounded(self.people * feature.share * reach).min(i64::from(self.seats));
        let machine = feature.seconds <= 0.0;
        let doers = if machine { 1.0 + self.people / 12.0 } else { people as f64 };
        if people == 0 && !machine {
            return None;
        }
        let around = dice.around();
        let count = dice.rounded(doers * feature.uses * self.vigour * around).max(1);
        Some(Tally {
            count,
            seconds: (count as f64 * feature.seconds).round() as i64,
            errors: errors(count as f64 * self.error_rate, dice),
            people: u32::try_from(people).ok().filter(|_| !machine),
        })
    }
}

fn errors(expected: f64, dice: &mut Dice) -> i64 {
    if expected < 8.0 {
        return dice.how_many(expected);
    }
    let around = dice.around();
    dice.rounded(expected * around)
}

/// How much of the usual work is done on a day: weekends by line of business,
/// holidays by country.
fn workday(story: &Story, day: Day) -> f64 {
    let open = matches!(story.names.industry, "Hospitality" | "Retail" | "Healthcare");
    let weekday = match day.weekday() {
        Weekday::Sat if open => 0.50,
        Weekday::Sun if open => 0.30,
        Weekday::Sat => 0.05,
        Weekday::Sun => 0.02,
        Weekday::Fri => 0.92,
        _ => 1.0,
    };
    weekday * season(story.profile.country.code, day)
}

fn season(country: &str, day: Day) -> f64 {
    match (day.month(), day.day(), country) {
        (1, 1, _) | (12, 25, _) => 0.15,
        (12, 24..=31, _) => 0.50,
        (1, 6, "ES") | (5, 1, "ES" | "DE" | "FR" | "PT" | "MX" | "CO" | "CL") | (7, 4, "US") => 0.25,
        (8, 5..=25, "ES" | "FR" | "PT") => 0.78,
        (8, _, "GB" | "IE" | "DE" | "NL") => 0.92,
        _ => 1.0,
    }
}

fn next_monday(day: Day) -> Day {
    shift(day, (7 - i64::from(day.weekday().num_days_from_monday())) % 7)
}
