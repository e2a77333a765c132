//! The rows behind each measure of a score.

use super::{
    page::{INDENT, Page, fit},
    tone::Tone,
};
use laer8_app::{ContributionView, ScoreView};
use laer8_words::{Arg, Term, Words};
use unicode_width::UnicodeWidthStr as _;

/// The source rows of every measure that has some.
pub(crate) fn draw(page: &mut Page, words: Words, view: &ScoreView) {
    let with_rows: Vec<&ContributionView> =
        view.contributions.iter().filter(|it| it.value.is_some() && !it.rows.is_empty()).collect();
    if with_rows.is_empty() {
        return;
    }
    page.heading(&words.say("score-source-rows"));
    // Several measures are mostly made of the same rows: those stand once.
    let mut shown: Vec<Vec<&ContributionView>> = Vec::new();
    for contribution in with_rows {
        let same = shown.iter_mut().find(|those| {
            those.iter().any(|it| it.rows == contribution.rows && it.row_count == contribution.row_count)
        });
        match same {
            Some(those) => those.push(contribution),
            None => shown.push(vec![contribution]),
        }
    }
    for those in shown {
        measures(page, words, &those);
    }
}

/// The rows that all of these measures are made of.
fn measures(page: &mut Page, words: Words, those: &[&ContributionView]) {
    let Some(contribution) = those.first() else { return };
    let names: Vec<String> =
        those.iter().map(|contribution| words.name(Term::Measure, contribution.measure)).collect();
    let count = words.say_with("rows-count", &[("count", Arg::from(contribution.row_count))]);
    let age = contribution.age_days.map(|days| words.say_with("score-age", &[("days", Arg::Count(days))]));
    let about = age.map_or_else(|| count.clone(), |age| format!("{count}, {age}"));
    page.hanging(INDENT, "", &format!("{} ({about})", names.join(", ")), Tone::Plain);
    let places: Vec<String> = contribution.rows.iter().map(|row| laer8_phrases::place(words, row)).collect();
    let widest = places.iter().map(|place| place.width()).max().unwrap_or(0);
    for (row, place) in contribution.rows.iter().zip(&places) {
        let indent = " ".repeat(2 * INDENT);
        let pad = " ".repeat(widest - place.width() + 2);
        let room = page.width().saturating_sub(2 * INDENT + widest + 2);
        let says = fit(&format!("{}  {}", words.day(row.day), laer8_phrases::says(words, &row.says)), room);
        page.raw(&format!("{indent}{}{pad}{says}", Tone::Quiet.paint(place)));
    }
    let hidden = contribution.row_count.saturating_sub(contribution.rows.len() as u64);
    if hidden > 0 {
        let more = words.say_with("score-source-more", &[("count", Arg::from(hidden))]);
        page.hanging(2 * INDENT, "", &more, Tone::Quiet);
    }
}
