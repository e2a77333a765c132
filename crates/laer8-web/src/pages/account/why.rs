//! Why the account has its score: what adds, what takes, and what is behind.

use super::{Change, Drawing};
use crate::charts::{Line, Place, Span, contribution, lines, total};
use laer8_app::ContributionView;
use laer8_domain::days::Day;
use laer8_words::{Arg, Term};

/// From so many points on a measure is worth a headline.
const SPEAKS: f64 = 1.0;
/// From such a figure on its decimals say nothing.
const LARGE: f64 = 100.0;

pub(super) struct Measure {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) value: String,
    pub(super) bar: String,
    pub(super) adds: Change,
    pub(super) toggle: String,
    pub(super) open: Option<Opened>,
}

/// What is behind a measure.
pub(super) struct Opened {
    pub(super) about: String,
    pub(super) figures: Vec<(String, String)>,
    pub(super) rows: Vec<(String, String, String)>,
    pub(super) more: String,
}

impl Drawing<'_> {
    /// The score, and what made it so most of all.
    pub(super) fn why(&self) -> String {
        let (words, score) = (self.words, &self.view.score);
        match score.score {
            Some(number) => {
                let why = words.say_with("web-why", &[("score", Arg::Text(&words.score(number)))]);
                self.finding().map_or(why.clone(), |finding| format!("{why}: {finding}"))
            }
            None if score.journey.standing.stage().is_none() => words.say("score-none-no-customer"),
            None => words.say_with(
                "score-none-reason",
                &[
                    ("coverage", Arg::Text(&words.percent(score.coverage, 0))),
                    ("needed", Arg::Text(&words.percent(score.min_coverage, 0))),
                ],
            ),
        }
    }

    /// What holds the score down most; where nothing does, what lifts it most.
    fn finding(&self) -> Option<String> {
        let (words, score) = (self.words, &self.view.score);
        if score.taken_by_caps > 0.0 {
            let strictest = score.caps.iter().min_by(|a, b| a.at_most.total_cmp(&b.at_most))?;
            let label = strictest.label.in_language(words.language().key());
            return Some(words.say_with("glance-capped", &[("label", Arg::Text(&within(label)))]));
        }
        let counted = || score.contributions.iter().filter(|it| it.points.is_some());
        let least = counted().min_by(|a, b| a.contribution.total_cmp(&b.contribution))?;
        let most = counted().max_by(|a, b| a.contribution.total_cmp(&b.contribution))?;
        let (key, it) = match (least.contribution <= -SPEAKS, most.contribution >= SPEAKS) {
            (true, _) => ("glance-takes-most", least),
            (false, true) => ("glance-adds-most", most),
            (false, false) => return None,
        };
        Some(words.say_with(key, &[("measure", Arg::Text(&words.name(Term::Measure, it.measure)))]))
    }

    /// What adds and what takes, the largest gain first; and what could not be
    /// measured.
    pub(super) fn measures(&self) -> (Vec<Measure>, Vec<(String, String)>) {
        let words = self.words;
        let all = &self.view.score.contributions;
        let mut counted: Vec<&ContributionView> = all.iter().filter(|it| it.points.is_some()).collect();
        counted.sort_by(|a, b| b.contribution.total_cmp(&a.contribution));
        let span = self.span();
        let mut at = 50.0;
        let measures = counted.into_iter().map(|it| {
            let from = at;
            at += it.contribution;
            self.measure(it, contribution(span, from, at))
        });
        let measures = measures.collect();
        let missing = all.iter().filter_map(|it| {
            let missing = serde_json::to_value(it.missing?).ok()?;
            Some((words.name(Term::Measure, it.measure), words.name(Term::Missing, missing.as_str()?)))
        });
        (measures, missing.collect())
    }

    /// The part of the scale that the bars need: what adds comes first, so the
    /// highest place is after the last of it.
    fn span(&self) -> Span {
        let score = &self.view.score;
        let counted =
            || score.contributions.iter().filter(|it| it.points.is_some()).map(|it| it.contribution);
        let highest = 50.0 + counted().filter(|adds| *adds > 0.0).sum::<f64>();
        let end = 50.0 + counted().sum::<f64>();
        Span::around([highest, end].into_iter().chain(score.score))
    }

    /// A bar for the score itself.
    pub(super) fn score_bar(&self) -> String {
        self.view.score.score.map(|score| total(self.span(), score)).unwrap_or_default()
    }

    fn measure(&self, it: &ContributionView, bar: String) -> Measure {
        let words = self.words;
        let is_open = self.asked.query.get("open") == Some(it.measure);
        let query = self.asked.query.without("open");
        let query = if is_open { query } else { query.with("open", it.measure) };
        Measure {
            id: format!("m-{}", it.measure),
            name: words.name(Term::Measure, it.measure),
            value: words.quantity(laer8_phrases::unit(it.unit), it.value),
            bar,
            adds: Change::of_points(words, Some(it.contribution), 1),
            toggle: format!("{}#m-{}", query.address(&self.asked.path), it.measure),
            open: is_open.then(|| self.opened(it)),
        }
    }

    fn opened(&self, it: &ContributionView) -> Opened {
        let words = self.words;
        let figures = it.figures.iter().filter_map(|figure| {
            let kind = serde_json::to_value(figure.kind).ok()?;
            let is_whole = figure.amount.fract().abs() < 1e-9 || figure.amount.abs() >= LARGE;
            let decimals = if is_whole { 0 } else { 2 };
            Some((words.name(Term::Figure, kind.as_str()?), words.number(figure.amount, decimals)))
        });
        let unit = laer8_phrases::unit(it.unit);
        let mut figures: Vec<(String, String)> = figures.collect();
        for (key, value) in
            [("web-days-ago-30", it.value_30_days_ago), ("web-days-ago-90", it.value_90_days_ago)]
        {
            if value.is_some() {
                figures.push((words.say(key), words.quantity(unit, value)));
            }
        }
        let rows = it.rows.iter().map(|row| {
            (words.day(row.day), laer8_phrases::says(words, &row.says), laer8_phrases::place(words, row))
        });
        let hidden = it.row_count.saturating_sub(it.rows.len() as u64);
        Opened {
            about: words.say_with(
                "web-measure-about",
                &[
                    ("points", Arg::Text(&words.number(it.points, 0))),
                    ("weight", Arg::Text(&words.percent(it.effective_weight, 1))),
                    ("adds", Arg::Text(&words.points(it.contribution, 1))),
                ],
            ),
            figures,
            rows: rows.collect(),
            more: match hidden {
                0 => String::new(),
                hidden => words.say_with("score-source-more", &[("count", Arg::from(hidden))]),
            },
        }
    }

    pub(super) fn caps(&self) -> Vec<String> {
        let words = self.words;
        let said = |cap: &laer8_app::CapView| {
            let label = cap.label.in_language(words.language().key());
            let most = words.number(cap.at_most, 0);
            words.say_with("score-cap-line", &[("label", Arg::Text(label)), ("most", Arg::Text(&most))])
        };
        let takes = self.view.score.taken_by_caps > 0.0;
        self.view.score.caps.iter().filter(|_| takes).map(said).collect()
    }

    pub(super) fn history(&self) -> Option<String> {
        let words = self.words;
        let days = &self.view.score.history;
        if days.iter().filter(|day| day.score.is_some()).count() < 14 {
            return None;
        }
        let place = |day: Day| Place { tick: words.day_short(day), said: words.day(day) };
        let places: Vec<Place> = days.iter().map(|day| place(day.day)).collect();
        let line =
            Line { name: String::new(), class: "c1", values: days.iter().map(|day| day.score).collect() };
        let title = words.say("web-score-history");
        Some(lines(&title, &places, &[line], Some((0.0, 100.0)), &|value| words.number(value, 0)))
    }

    /// The same as a table: every day on which the score, as it is written,
    /// became another; the newest first.
    pub(super) fn history_rows(&self) -> Vec<(String, String)> {
        let words = self.words;
        let written = |score: Option<f64>| words.score(score);
        let mut rows: Vec<(String, String)> = Vec::new();
        for day in &self.view.score.history {
            let score = written(day.score);
            if rows.last().is_none_or(|(_, last)| *last != score) {
                rows.push((words.day(day.day), score));
            }
        }
        rows.reverse();
        rows
    }
}

/// A sentence as it stands inside of another: it begins small, unless with an
/// abbreviation.
fn within(sentence: &str) -> String {
    let mut letters = sentence.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => sentence.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::within;

    #[test]
    fn a_sentence_begins_small_inside_of_another() {
        assert_eq!(within("The champion left"), "the champion left");
        assert_eq!(within("NPS below 0"), "NPS below 0");
        assert_eq!(within("Él se fue"), "él se fue");
        assert_eq!(within(""), "");
    }
}
