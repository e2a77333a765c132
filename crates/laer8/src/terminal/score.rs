//! Why an account has its score: from a neutral 50, what each measure adds.

use super::{
    bars, evidence, marks, moment,
    page::{INDENT, Page},
    table::{Cell, Column, Table},
    tone::Tone,
};
use laer8_app::{ContributionView, GroupView, ScoreView};
use laer8_domain::{conditions::Condition, money::Money};
use laer8_journey::stages::{SubscriptionStage, UnmetCriterion};
use laer8_words::{Arg, Term, Words};

/// Where a score begins.
const NEUTRAL: f64 = 50.0;
/// Columns on each side of the middle line, at most and at least.
const HALF: (usize, usize) = (6, 14);

struct Drawing<'a> {
    words: Words,
    view: &'a ScoreView,
}

/// The score, explained.
pub(crate) fn draw(page: &mut Page, words: Words, view: &ScoreView) {
    let drawing = Drawing { words, view };
    drawing.headline(page);
    moment::staleness(page, words, view.as_of);
    drawing.standing(page);
    drawing.scorecard(page);
    page.blank();
    drawing.contributions(page);
    drawing.trend(page);
    drawing.signals(page);
    drawing.progress(page);
    drawing.missing(page);
    evidence::draw(page, words, view);
}

impl Drawing<'_> {
    fn headline(&self, page: &mut Page) {
        let words = self.words;
        let account = Arg::Text(&self.view.account.name);
        let title = match self.view.score {
            None => words.say_with("score-heading-none", &[("account", account)]),
            Some(score) => words.say_with(
                "score-heading",
                &[
                    ("account", account),
                    ("score", Arg::Text(&words.number(score, 1))),
                    ("band", Arg::Text(&marks::band(words, self.view.band.key()))),
                ],
            ),
        };
        page.title(&title, &moment::as_of(words, self.view.as_of));
    }

    /// Stage, segment, owner; money, seats, renewal.
    fn standing(&self, page: &mut Page) {
        let words = self.words;
        let account = &self.view.account;
        let mut stage = words.name(Term::Standing, account.standing);
        if let Some(since) = account.since {
            stage = words.say_with(
                "stage-since",
                &[("stage", Arg::Text(&stage)), ("day", Arg::Text(&words.day(since)))],
            );
        }
        let mut pieces = vec![(stage, Tone::Plain)];
        if let Some(days) = account.overdue_days {
            pieces
                .push((words.say_with("journey-overdue-days", &[("days", Arg::Count(days))]), Tone::Warning));
        }
        pieces.push((words.name(Term::Segment, &account.segment), Tone::Plain));
        let owner =
            if account.owner.is_empty() { words.say("account-no-owner") } else { account.owner.clone() };
        pieces.push((owner, Tone::Plain));
        page.flow(&separated(pieces), 1);
        let arr = words.money_cents(Money { amount: account.arr, currency: self.view.currency });
        let mut pieces = vec![(format!("{arr} {}", words.name(Term::Metric, "arr")), Tone::Plain)];
        if let Some(seats) = account.seats {
            pieces.push((words.say_with("seats-count", &[("count", Arg::from(seats))]), Tone::Plain));
        }
        if account.mrr.is_positive() {
            let next = match account.renewal_on {
                Some(day) => words.say_with("journey-renews-on", &[("day", Arg::Text(&words.day(day)))]),
                None => words.say("journey-continuous"),
            };
            pieces.push((next, Tone::Plain));
        }
        page.flow(&separated(pieces), 1);
    }

    fn scorecard(&self, page: &mut Page) {
        let words = self.words;
        let card = &self.view.scorecard;
        let name = card.name.in_language(words.language().key());
        let line = if card.is_default {
            words.say_with("score-card-by-default", &[("scorecard", Arg::Text(name))])
        } else {
            let reasons: Vec<String> = card
                .conditions
                .iter()
                .filter_map(|condition| serde_json::from_value(condition.clone()).ok())
                .map(|condition: Condition| laer8_phrases::condition(words, &condition))
                .collect();
            let reason = reasons.join(", ");
            words.say_with(
                "score-card-by-condition",
                &[("scorecard", Arg::Text(name)), ("reason", Arg::Text(&reason))],
            )
        };
        page.paragraph(&line, Tone::Quiet);
        if self.view.journey.standing.stage().is_none() {
            page.paragraph(&words.say("score-none-no-customer"), Tone::Quiet);
        } else if self.view.score.is_none() {
            let coverage = words.percent(self.view.coverage, 0);
            let needed = words.percent(self.view.min_coverage, 0);
            let args = [("coverage", Arg::Text(coverage.as_str())), ("needed", Arg::Text(needed.as_str()))];
            page.paragraph(&words.say_with("score-none-reason", &args), Tone::Warning);
        }
    }

    /// The waterfall: group by group, measure by measure, around a neutral 50.
    fn contributions(&self, page: &mut Page) {
        let words = self.words;
        let counted = || self.view.contributions.iter().filter(|contribution| contribution.points.is_some());
        let most = counted().map(|contribution| contribution.contribution.abs()).fold(0.0, f64::max);
        let half = (page.width().saturating_sub(64) / 2).clamp(HALF.0, HALF.1);
        let mut table = Table::new(vec![
            Column::flexible(words.say("column-measure"), 20),
            Column::flexible(words.say("column-value"), 8),
            Column::right(words.say("column-points")),
            Column::right(words.say("column-weight")),
            Column::left(""),
            Column::right(words.say("column-adds")),
        ]);
        if self.view.score.is_some() {
            table.row(self.total("score-neutral", NEUTRAL, half));
        }
        for group in &self.view.groups {
            let inside: Vec<&ContributionView> =
                counted().filter(|contribution| contribution.group == group.key).collect();
            if inside.is_empty() {
                continue;
            }
            table.row(self.group(group));
            for contribution in inside {
                table.row(self.contribution(contribution, most, half));
            }
        }
        if self.view.taken_by_caps > 0.0 {
            let mut row = self.total("score-caps", 0.0, half);
            row[5] = Cell::new(words.points(-self.view.taken_by_caps, 1), Tone::Bad);
            table.row(row);
        }
        if let Some(score) = self.view.score {
            table.row(self.total("score-total", score, half));
        }
        page.table(&table);
        self.caps(page);
        if self.view.score.is_some() {
            page.paragraph(&words.say("score-adds-up"), Tone::Quiet);
        }
        let coverage = words.percent(self.view.coverage, 0);
        page.paragraph(&words.say_with("score-coverage", &[("coverage", Arg::Text(&coverage))]), Tone::Quiet);
    }

    fn total(&self, key: &str, number: f64, half: usize) -> Vec<Cell> {
        let middle = Cell::quiet(format!("{:half$}│", ""));
        let number = Cell::strong(self.words.number(number, 1));
        vec![
            Cell::strong(self.words.say(key)),
            Cell::default(),
            Cell::default(),
            Cell::default(),
            middle,
            number,
        ]
    }

    fn group(&self, group: &GroupView) -> Vec<Cell> {
        let words = self.words;
        let name = group.name.in_language(words.language().key());
        let points = group.score.map_or_else(String::new, |score| words.number(score, 0));
        vec![
            Cell::quiet(name),
            Cell::default(),
            Cell::quiet(points),
            Cell::default(),
            Cell::default(),
            Cell::default(),
        ]
    }

    fn contribution(&self, contribution: &ContributionView, most: f64, half: usize) -> Vec<Cell> {
        let words = self.words;
        let added = contribution.contribution;
        let tone = match added {
            added if added > 0.05 => Tone::Good,
            added if added < -0.05 => Tone::Bad,
            _ => Tone::Quiet,
        };
        let value = match contribution.value {
            Some(value) => Cell::plain(quantity(words, laer8_phrases::unit(contribution.unit), value)),
            None => Cell::quiet(words.say("value-unknown")),
        };
        let name = Cell::plain(format!("  {}", words.name(Term::Measure, contribution.measure)));
        if self.view.score.is_none() {
            // Without a score there is nothing that a measure could add to.
            let points = Cell::plain(words.number(contribution.points, 0));
            return vec![name, value, points, Cell::default(), Cell::default(), Cell::default()];
        }
        vec![
            name,
            value,
            Cell::plain(words.number(contribution.points, 0)),
            Cell::plain(words.percent(contribution.effective_weight, 0)),
            Cell::new(bars::diverging(added, most, half), tone),
            Cell::new(words.points(added, 1), tone),
        ]
    }

    fn caps(&self, page: &mut Page) {
        for cap in &self.view.caps {
            let label = cap.label.in_language(self.words.language().key());
            let most = self.words.number(cap.at_most, 0);
            let args = [("label", Arg::Text(label)), ("most", Arg::Text(&most))];
            page.hanging(INDENT, "! ", &self.words.say_with("score-cap-line", &args), Tone::Warning);
        }
    }

    /// Then and now, and the way between.
    fn trend(&self, page: &mut Page) {
        let words = self.words;
        let account = &self.view.account;
        let changes = [(30_i64, account.change_30), (90, account.change_90)];
        let known: Vec<(String, Tone)> = changes
            .into_iter()
            .filter_map(|(days, change)| {
                let points = words.points(change?, 1);
                let tone = if change? <= -0.5 { Tone::Bad } else { Tone::Plain };
                let args = [("change", Arg::Text(&points)), ("days", Arg::Count(days))];
                Some((words.say_with("score-change", &args), tone))
            })
            .collect();
        if known.is_empty() && self.view.history.iter().filter(|day| day.score.is_some()).count() < 2 {
            return;
        }
        page.heading(&words.say("score-trend-title"));
        if !known.is_empty() {
            page.flow(&known, 3);
        }
        let unscored = self.view.history.iter().take_while(|day| day.score.is_none()).count();
        let history = &self.view.history[unscored..];
        if let (Some(first), Some(last)) = (history.first(), history.last())
            && history.len() > 1
        {
            let scores: Vec<Option<f64>> = history.iter().map(|day| day.score).collect();
            let room = page.width().saturating_sub(2 * INDENT + 28).max(10);
            let line = bars::sparkline(&thinned(&scores, room), 0.0, 100.0);
            let (from, to) = (words.day(first.day), words.day(last.day));
            page.raw(&format!(
                "{}{} {line} {}",
                " ".repeat(INDENT),
                Tone::Quiet.paint(&from),
                Tone::Quiet.paint(&to)
            ));
        }
    }

    /// What calls for somebody, and what to do about it.
    fn signals(&self, page: &mut Page) {
        let words = self.words;
        if self.view.signals.is_empty() {
            return;
        }
        page.heading(&words.say("score-signals-title"));
        for signal in &self.view.signals {
            let money = |amount| Money { amount, currency: self.view.currency };
            let reason = laer8_phrases::reason(words, signal, self.view.as_of.day);
            let stake = laer8_phrases::stake(words, signal, money);
            page.hanging(INDENT, "", &format!("{reason} · {stake}"), Tone::Plain);
            page.hanging(2 * INDENT, "→ ", &laer8_phrases::step(words, signal), Tone::Quiet);
        }
    }

    /// How far it has got, and what is missing until the next stage.
    fn progress(&self, page: &mut Page) {
        let words = self.words;
        let percents = [
            ("potential_realised", self.view.potential.as_ref().map(|potential| potential.percent)),
            ("works_as_promised", self.view.works.as_ref().map(|works| works.percent)),
        ];
        let known = percents.iter().filter_map(|(key, percent)| {
            let percent = words.percent((*percent)? / 100.0, 0);
            Some((format!("{} {percent}", words.name(Term::Measure, key)), Tone::Plain))
        });
        let known: Vec<(String, Tone)> = known.collect();
        let missing = |of: fn(&SubscriptionStage) -> &[UnmetCriterion]| {
            let unmet = self.view.journey.subscriptions.iter().flat_map(of);
            let mut lines: Vec<String> = unmet.map(|unmet| laer8_phrases::criterion(words, unmet)).collect();
            lines.sort();
            lines.dedup();
            lines
        };
        let outstanding = missing(|subscription| &subscription.outstanding);
        let debt = missing(|subscription| &subscription.adoption_debt);
        if known.is_empty() && outstanding.is_empty() && debt.is_empty() {
            return;
        }
        page.heading(&words.say("score-progress-title"));
        page.flow(&separated(known), 1);
        for (title, lines) in [("score-outstanding", outstanding), ("score-debt", debt)] {
            if lines.is_empty() {
                continue;
            }
            page.paragraph(&words.say(title), Tone::Quiet);
            for line in lines {
                page.hanging(2 * INDENT, "", &line, Tone::Plain);
            }
        }
    }

    /// What did not count, and why.
    fn missing(&self, page: &mut Page) {
        let words = self.words;
        let mut table = Table::new(vec![Column::flexible("", 18), Column::flexible("", 20)]);
        for contribution in &self.view.contributions {
            let Some(missing) = &contribution.missing else { continue };
            let key = serde_json::to_value(missing).ok();
            let key = key.as_ref().and_then(|key| key.as_str()).unwrap_or_default();
            let name = words.name(Term::Measure, contribution.measure);
            table.row(vec![Cell::plain(name), Cell::quiet(words.name(Term::Missing, key))]);
        }
        if !table.is_empty() {
            page.heading(&words.say("score-missing-title"));
            page.table(&table);
        }
    }
}

/// A value with its unit, short enough for a column.
fn quantity(words: Words, unit: &str, value: f64) -> String {
    if unit == "tickets_per_ten_seats" {
        let tickets = words.number(value, 1);
        return words.say_with("per-ten-seats-short", &[("tickets", Arg::Text(&tickets))]);
    }
    words.quantity(unit, value)
}

fn separated(pieces: Vec<(String, Tone)>) -> Vec<(String, Tone)> {
    let last = pieces.len().saturating_sub(1);
    let marked = |(position, (text, tone)): (usize, (String, Tone))| {
        if position == last { (text, tone) } else { (format!("{text} ·"), tone) }
    };
    pieces.into_iter().enumerate().map(marked).collect()
}

/// At most `room` of the values, evenly spread, the last one always there.
fn thinned(values: &[Option<f64>], room: usize) -> Vec<Option<f64>> {
    if values.len() <= room {
        return values.to_vec();
    }
    let place = |position: usize| (position + 1) * values.len() / room - 1;
    (0..room).map(|position| values[place(position)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_history_keeps_its_last_day() {
        let days: Vec<Option<f64>> = (0..90).map(|day| Some(f64::from(day))).collect();
        let shown = thinned(&days, 40);
        assert_eq!((shown.len(), shown.last().copied().flatten()), (40, Some(89.0)));
    }
}
