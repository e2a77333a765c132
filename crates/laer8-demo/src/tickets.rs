//! What customers ask and report. In trouble, tickets come faster than they
//! are solved and pile up.

use crate::{
    dice::{Area, Dice},
    story::{Story, at_work},
    told,
    trajectory::Week,
};
use chrono::{DateTime, Duration, NaiveTime, Utc};
use laer8_domain::{
    days::{Day, Window, days_between, shift},
    records::{Incoming, Record, TicketEventRecord, TicketRecord},
    tickets::{Priority, TicketEventKind},
};

pub(crate) fn tell(story: &Story, records: &mut Vec<Incoming>) {
    let mut dice = story.dice(Area::Tickets);
    let mut count = 0;
    let start = story.profile.start.max(story.options.first_day());
    let mut week = start;
    while week <= story.options.last_day {
        for _ in 0..dice.how_many(expected(story, week)) {
            let day = at_work(shift(week, dice.whole(0, 6)));
            let ticket = Draft::of(story, day, &mut dice);
            if !story.is_told(day) || !story.contract.runs_on(day) {
                continue;
            }
            count += 1;
            records.push(told(Record::Ticket(TicketRecord {
                id: story.thing("tic", count),
                account: story.account(),
                events: ticket.events(story.options.last_day),
            })));
        }
        week = shift(week, 7);
    }
}

/// Tickets in a week: by people at work, more while it is new, many more while
/// something does not work.
fn expected(story: &Story, week: Day) -> f64 {
    if !story.contract.runs_on(week) {
        return 0.0;
    }
    let pool = story.pool(week);
    let new = if days_between(story.profile.start, week) < 90 { 2.0 } else { 1.0 };
    let trouble = trouble_on(story, week).map_or(0.0, |(_, depth)| depth);
    new * (0.04 + 0.004 * pool) + trouble * (1.4 + 0.026 * pool)
}

/// What does not work on a day, and how badly: 0 to 0.6.
fn trouble_on(story: &Story, day: Day) -> Option<(Window, f64)> {
    story.trajectory.troubles.iter().find(|(window, _)| window.contains(day)).copied()
}

/// A ticket before it is known how much of its life lies in the history.
struct Draft {
    subject: &'static str,
    priority: Priority,
    opened: DateTime<Utc>,
    happened: Vec<(TicketEventKind, DateTime<Utc>)>,
}

impl Draft {
    fn of(story: &Story, day: Day, dice: &mut Dice) -> Self {
        let cause = trouble_on(story, day);
        let trouble = cause.map_or(0.0, |(_, depth)| depth);
        let problem = dice.chance(if cause.is_some() { 0.85 } else { 0.35 });
        let subjects = if problem { story.words().problems } else { story.words().questions };
        let opened = day.and_time(NaiveTime::MIN).and_utc() + minutes(dice.between(7.5, 17.5) * 60.0);
        let mut draft = Self {
            subject: dice.pick(subjects),
            priority: priority(problem, trouble, dice),
            opened,
            happened: Vec::new(),
        };
        // Most of what has a common cause is solved with it, and waits.
        let waits = problem && dice.chance(0.65);
        let wait = cause.filter(|_| waits).map_or(0, |(window, _)| days_between(day, window.end));
        draft.work(story, trouble, 24.0 * wait as f64, dice);
        draft
    }

    /// What support does with it, at the speed that the load allows; it is not
    /// solved before `wait` hours.
    fn work(&mut self, story: &Story, trouble: f64, wait: f64, dice: &mut Dice) {
        let (response, solution, promise) = match self.priority {
            Priority::Urgent => (dice.between(0.3, 3.2), dice.between(6.0, 60.0), 4.0),
            Priority::High => (dice.between(0.5, 7.0), dice.between(12.0, 110.0), 8.0),
            Priority::Medium => (dice.between(1.0, 22.0), dice.between(16.0, 150.0), 24.0),
            Priority::Low => (dice.between(2.0, 50.0), dice.between(20.0, 220.0), 72.0),
        };
        let response = response * (1.0 + 1.6 * trouble * dice.fraction());
        let solution = (response + solution * (1.0 + 2.0 * trouble)).max(wait + 0.3 * solution);
        let week = story.trajectory.on(self.opened.date_naive());
        self.add(response, TicketEventKind::Responded);
        if response > promise {
            self.add(promise, TicketEventKind::SlaBreached);
        }
        let serious = self.priority >= Priority::High && solution > 48.0;
        if serious && dice.chance(0.12 + 0.5 * trouble) {
            self.add(dice.between(24.0, 47.0).max(response), TicketEventKind::Escalated);
        }
        self.add(solution, TicketEventKind::Solved);
        let mut solved = solution;
        if dice.chance(0.04 + 0.12 * trouble) {
            self.add(solution + 20.0, TicketEventKind::Reopened);
            solved = solution + 20.0 + dice.between(20.0, 90.0);
            self.add(solved, TicketEventKind::Solved);
        }
        let rating = rating(week, solved, dice);
        if dice.chance(0.4) {
            self.add(solved + dice.between(1.0, 30.0), TicketEventKind::Rated(rating));
        }
    }

    /// Something happened `hours` after it was opened.
    fn add(&mut self, hours: f64, kind: TicketEventKind) {
        self.happened.push((kind, self.opened + minutes(hours * 60.0)));
    }

    /// Its life as far as it lies in the history, in order.
    fn events(self, last_day: Day) -> Vec<TicketEventRecord> {
        let mut events = vec![
            TicketEventRecord { kind: TicketEventKind::Opened(self.subject.into()), at: self.opened },
            // A minute later, so that nothing precedes the opening.
            TicketEventRecord {
                kind: TicketEventKind::Prioritised(self.priority),
                at: self.opened + Duration::minutes(1),
            },
        ];
        events.extend(self.happened.into_iter().map(|(kind, at)| TicketEventRecord { kind, at }));
        events.retain(|event| event.at.date_naive() <= last_day);
        events.sort_by_key(|event| event.at);
        events
    }
}

fn minutes(minutes: f64) -> Duration {
    Duration::minutes(minutes.ceil() as i64)
}

fn priority(problem: bool, trouble: f64, dice: &mut Dice) -> Priority {
    let place = dice.fraction();
    match (problem, trouble > 0.0) {
        (false, _) if place < 0.6 => Priority::Low,
        (false, _) => Priority::Medium,
        (true, true) if place < 0.16 => Priority::Urgent,
        (true, true) if place < 0.56 => Priority::High,
        (true, false) if place < 0.04 => Priority::Urgent,
        (true, false) if place < 0.26 => Priority::High,
        (true, _) => Priority::Medium,
    }
}

/// 1 to 5: by how well it works and how long it took.
fn rating(week: Week, hours: f64, dice: &mut Dice) -> u8 {
    let score = 1.9 + 3.0 * week.quality - (hours / 240.0).min(2.0) + 0.8 * dice.bell();
    score.round().clamp(1.0, 5.0) as u8
}
