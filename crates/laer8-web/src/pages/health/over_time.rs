//! How health went over a year, of all customers or of a segment's, and what is
//! shown while that is being worked out.

use super::{Drawing, SEGMENT};
use crate::{
    charts::{Line, Place, lines},
    request::Asked,
};
use laer8_app::HealthOverTime;
use laer8_words::{Arg, Term, Words};

/// A year, drawn.
pub(super) struct Year {
    pub(super) over_time: String,
    pub(super) mean_title: String,
    pub(super) mean_over_time: String,
    pub(super) months: Vec<[String; 6]>,
}

impl Year {
    pub(super) fn of(words: Words, history: &HealthOverTime) -> Self {
        let (over_time, mean_over_time) = over_time(words, history);
        Self {
            over_time,
            mean_title: mean_title(words, history),
            mean_over_time,
            months: monthly(words, history),
        }
    }
}

/// A year that is being worked out.
pub(super) struct Working {
    pub(super) done: usize,
    pub(super) of: usize,
    pub(super) said: String,
    /// The page itself, which says more the next time.
    pub(super) here: String,
}

impl Working {
    pub(super) fn of(asked: &Asked, done: usize, of: usize) -> Self {
        let args = [("done", Arg::from(done)), ("of", Arg::from(of))];
        Self {
            done,
            of,
            said: asked.words.say_with("working-year", &args),
            here: asked.query.address("/health"),
        }
    }
}

impl Drawing<'_> {
    /// Everybody, and each segment, to be chosen.
    pub(super) fn whose(&self, chosen: Option<&str>) -> Vec<(String, String, bool)> {
        let place = |query: &crate::query::Query| format!("{}#over-time", query.address("/health"));
        let query = &self.asked.query;
        let all = (self.words.say("working-everybody"), place(&query.without(SEGMENT)), chosen.is_none());
        let segment = |it: &laer8_app::SegmentHealth| {
            let name = self.words.name(Term::Segment, &it.segment);
            (name, place(&query.with(SEGMENT, &it.segment)), chosen == Some(it.segment.as_str()))
        };
        std::iter::once(all).chain(self.view.segments.iter().map(segment)).collect()
    }
}

/// What the mean score did in the time that is shown.
fn mean_title(words: Words, history: &HealthOverTime) -> String {
    let first = history.days.iter().find_map(|day| day.mean_score);
    let last = history.days.last().and_then(|day| day.mean_score);
    let (Some(first), Some(last)) = (first, last) else { return words.say("web-mean-score") };
    let (score, change) = (words.number(last, 0), words.points(last - first, 1));
    let args = [("score", Arg::Text(&score)), ("change", Arg::Text(&change))];
    words.say_with("web-mean-in-a-year", &args)
}

/// The accounts of each band, and the mean score, week by week.
fn over_time(words: Words, history: &HealthOverTime) -> (String, String) {
    let days: Vec<_> = history.days.iter().rev().step_by(7).collect::<Vec<_>>().into_iter().rev().collect();
    let place = |day: &laer8_domain::days::Day| Place { tick: words.day_short(*day), said: words.day(*day) };
    let places: Vec<Place> = days.iter().map(|day| place(&day.day)).collect();
    let band = |band: &str, class, pick: &dyn Fn(&laer8_app::HealthOfDay) -> u32| Line {
        name: words.name(Term::Band, band),
        class,
        values: days.iter().map(|day| Some(f64::from(pick(day)))).collect(),
    };
    let bands = [
        band("healthy", "c-healthy", &|day| day.healthy),
        band("watch", "c-watch", &|day| day.watch),
        band("at_risk", "c-risk", &|day| day.at_risk),
    ];
    let mean =
        Line { name: String::new(), class: "c1", values: days.iter().map(|day| day.mean_score).collect() };
    let count = |value: f64| words.number(value, 0);
    (
        lines(&words.say("web-health-over-time"), &places, &bands, None, &count),
        lines(&words.say("web-mean-score"), &places, &[mean], Some((0.0, 100.0)), &count),
    )
}

/// The same as a table, by the ends of the months.
fn monthly(words: Words, history: &HealthOverTime) -> Vec<[String; 6]> {
    let days = &history.days;
    let is_end = |position: usize| match days.get(position + 1) {
        Some(next) => next.day.format("%m").to_string() != days[position].day.format("%m").to_string(),
        None => true,
    };
    let row = |day: &laer8_app::HealthOfDay| {
        let count = |number: u32| words.count(i64::from(number));
        let cells = [count(day.healthy), count(day.watch), count(day.at_risk), count(day.not_enough_data)];
        let [healthy, watch, at_risk, unknown] = cells;
        [words.day(day.day), healthy, watch, at_risk, unknown, words.number(day.mean_score, 1)]
    };
    let ends = days.iter().enumerate().filter(|(position, _)| is_end(*position));
    ends.map(|(_, day)| row(day)).rev().collect()
}
