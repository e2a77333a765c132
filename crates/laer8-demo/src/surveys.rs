//! What customers answer when asked.

use crate::{
    dice::{Area, Dice},
    people::Person,
    profile::Size,
    story::{Story, at_work},
    told,
};
use laer8_domain::{
    days::{Day, shift},
    records::{Incoming, Record, SurveyRecord},
    surveys::SurveyKind,
};

/// Days between two rounds of the same question to the same account.
const ROUND: i64 = 182;

pub(crate) fn tell(story: &Story, records: &mut Vec<Incoming>) {
    let mut dice = story.dice(Area::Surveys);
    let asked = Asked { story, records, count: 0 };
    asked.rounds(&mut dice);
}

struct Asked<'a> {
    story: &'a Story,
    records: &'a mut Vec<Incoming>,
    count: usize,
}

impl Asked<'_> {
    fn rounds(mut self, dice: &mut Dice) {
        let start = self.story.profile.start;
        self.after_the_rollout(shift(start, dice.whole(55, 75)), dice);
        let (most, answers) = match self.story.profile.size {
            Size::Small => (1, 0.45),
            Size::Mid => (3, 0.45),
            Size::Enterprise => (6, 0.5),
        };
        let mut day = shift(start, dice.whole(90, 90 + ROUND));
        while day <= self.story.options.last_day {
            for _ in 0..most {
                let answered = shift(day, dice.whole(0, 12));
                if dice.chance(answers) {
                    self.nps(answered, dice);
                }
            }
            let reviewed = shift(day, 40);
            if dice.chance(0.5 * answers) {
                self.csat(reviewed, dice);
            }
            day = shift(day, ROUND);
        }
    }

    fn after_the_rollout(&mut self, day: Day, dice: &mut Dice) {
        if dice.chance(0.5) {
            self.csat(day, dice);
        }
        if dice.chance(0.4) {
            let ease = self.story.trajectory.on(day).adoption;
            self.answer(SurveyKind::Ces, day, 2.4 + 4.4 * ease + 1.1 * dice.bell(), dice);
        }
    }

    /// Users, on the long run: what they get out of it.
    fn nps(&mut self, day: Day, dice: &mut Dice) {
        let value = self.story.trajectory.on(day).value() * (0.85 + 0.15 * self.story.contract.dip(day));
        self.answer(SurveyKind::Nps, day, -2.6 + 12.8 * value + 1.6 * dice.bell(), dice);
    }

    /// Customers, after an event: how well it works.
    fn csat(&mut self, day: Day, dice: &mut Dice) {
        let week = self.story.trajectory.on(day);
        let score = 1.0 + 3.0 * week.quality + 0.8 * week.relationship + 0.7 * dice.bell();
        self.answer(SurveyKind::Csat, day, score, dice);
    }

    fn answer(&mut self, kind: SurveyKind, day: Day, score: f64, dice: &mut Dice) {
        let (low, high) = (*kind.scale().start(), *kind.scale().end());
        let score = score.round().clamp(f64::from(low), f64::from(high)) as u8;
        let day = at_work(day);
        let there: Vec<&Person> = self.story.cast.iter().filter(|person| person.is_there(day)).collect();
        let comment = comment(self.story, kind, score, dice);
        if !self.story.is_told(day) || !self.story.contract.runs_on(day) || there.is_empty() {
            return;
        }
        let person = dice.pick(&there).index;
        self.count += 1;
        self.records.push(told(Record::Survey(SurveyRecord {
            id: self.story.thing("srv", self.count),
            account: self.story.account(),
            person: Some(self.story.thing("per", person)),
            kind,
            score,
            comment,
            day,
        })));
    }
}

/// Half of those who answer say why.
fn comment(story: &Story, kind: SurveyKind, score: u8, dice: &mut Dice) -> String {
    let share = f64::from(score) / f64::from(*kind.scale().end());
    let words = story.words();
    let comments = match share {
        share if share >= 0.85 => words.praise,
        share if share >= 0.60 => words.mixed,
        _ => words.complaints,
    };
    let comment = dice.pick(comments);
    if dice.chance(0.5) { comment.to_owned() } else { String::new() }
}
