//! What a draft of a scorecard would do, as a page shows it.

use super::money;
use crate::{
    charts::{Bar, share},
    pages::{Change, Health, band_class, count},
    request::Asked,
};
use laer8_app::WhatIfView;
use laer8_domain::money::Amount;
use laer8_health::{
    score::Band,
    whatif::{Both, Compared, Tally},
};
use laer8_words::{Arg, Words};

/// Accounts listed that change band.
const LISTED: usize = 50;

pub(crate) struct Cell {
    pub(crate) text: String,
    pub(crate) arr: String,
    /// Whether it is of accounts that stay in their band.
    pub(crate) stays: bool,
    pub(crate) class: &'static str,
}

pub(crate) struct MatrixRow {
    pub(crate) from: Health,
    pub(crate) cells: Vec<Cell>,
}

pub(crate) struct Changing {
    pub(crate) name: String,
    pub(crate) address: String,
    pub(crate) before: Health,
    pub(crate) after: Health,
    pub(crate) change: Change,
    pub(crate) arr: String,
}

/// What a draft would do.
pub(crate) struct Effect {
    pub(crate) said: String,
    pub(crate) moved: String,
    pub(crate) mean_before: String,
    pub(crate) mean_after: String,
    pub(crate) mean: Change,
    pub(crate) to: Vec<Health>,
    pub(crate) matrix: Vec<MatrixRow>,
    pub(crate) bar_before: String,
    pub(crate) bar_after: String,
    pub(crate) steps: Vec<(String, String, String, String, String)>,
    pub(crate) changing: Vec<Changing>,
    pub(crate) more: String,
}

impl Effect {
    pub(crate) fn new(asked: &Asked, view: &WhatIfView) -> Self {
        let words = asked.words;
        let result = &view.result;
        let mean = result.mean();
        let by = mean.after.zip(mean.before).map(|(after, before)| after - before);
        let changing: Vec<&Compared> = result.accounts.iter().filter(|it| it.changes_band()).collect();
        let hidden = changing.len().saturating_sub(LISTED);
        let said = match result.changed.accounts {
            0 => words.say("setup-no-change"),
            accounts => words.say_with(
                "what-if-changed",
                &[
                    ("accounts", Arg::from(accounts)),
                    ("arr", Arg::Text(&money(words, view.currency, result.changed.arr))),
                ],
            ),
        };
        Self {
            said,
            moved: words.say_with("setup-moved", &[("count", Arg::from(result.moved()))]),
            mean_before: words.number(mean.before, 1),
            mean_after: words.number(mean.after, 1),
            mean: Change::of_points(words, by, 1),
            to: Band::ALL.map(|band| Health::new(words, band.key(), None)).into(),
            matrix: Band::ALL.map(|from| row(words, view, from)).into(),
            bar_before: bar(view, |shift| shift.before),
            bar_after: bar(view, |shift| shift.after),
            steps: steps(words, &result.steps()),
            changing: changing.into_iter().take(LISTED).map(|it| changing_row(asked, view, it)).collect(),
            more: match hidden {
                0 => String::new(),
                hidden => words.say_with("more-accounts", &[("count", Arg::from(hidden))]),
            },
        }
    }
}

fn row(words: Words, view: &WhatIfView, from: Band) -> MatrixRow {
    let cell = |to: Band| {
        let those = view.result.accounts.iter().filter(|it| it.before.band == from && it.after.band == to);
        let (mut accounts, mut arr) = (0, Amount::ZERO);
        for it in those {
            accounts += 1;
            arr += it.arr;
        }
        let class = match (from == to || accounts == 0, to < from) {
            (true, _) => "",
            (false, true) => "t-healthy",
            (false, false) => "t-risk",
        };
        let text = if accounts == 0 { "·".to_owned() } else { words.count(count(accounts)) };
        let arr = if accounts == 0 { String::new() } else { money(words, view.currency, arr) };
        Cell { text, arr, stays: from == to, class }
    };
    MatrixRow { from: Health::new(words, from.key(), None), cells: Band::ALL.map(cell).into() }
}

/// The book by revenue.
fn bar(view: &WhatIfView, pick: impl Fn(&laer8_health::whatif::BandShift) -> Tally) -> String {
    let whole: f64 = view.result.bands.iter().map(|shift| pick(shift).arr.to_f64()).sum();
    let part = |shift: &laer8_health::whatif::BandShift| {
        let arr = pick(shift).arr.to_f64();
        Bar { share: if whole > 0.0 { arr / whole } else { 0.0 }, class: band_class(shift.band.key()) }
    };
    share(&view.result.bands.iter().map(part).collect::<Vec<_>>())
}

/// How many score in each step of ten, before and after.
fn steps(words: Words, steps: &[Both<usize>]) -> Vec<(String, String, String, String, String)> {
    let most = steps.iter().map(|step| step.before.max(step.after)).max().unwrap_or(1).max(1);
    #[expect(clippy::cast_precision_loss, reason = "accounts")]
    let bar = |accounts: usize, class| share(&[Bar { share: accounts as f64 / most as f64, class }]);
    let step = |(position, step): (usize, &Both<usize>)| {
        (
            format!("{}–{}", position * 10, position * 10 + 10),
            bar(step.before, "was"),
            words.count(count(step.before)),
            bar(step.after, "then"),
            words.count(count(step.after)),
        )
    };
    steps.iter().enumerate().map(step).collect()
}

fn changing_row(asked: &Asked, view: &WhatIfView, it: &Compared) -> Changing {
    let words = asked.words;
    // With a decimal: 79.6 is not healthy from 80 on, and must not read 80.
    let health = |outcome: &laer8_health::score::Outcome| Health {
        score: words.number(outcome.score, 1),
        ..Health::new(words, outcome.band.key(), None)
    };
    Changing {
        name: it.name.clone(),
        address: asked.link(&format!("/accounts/{}", it.account)),
        before: health(&it.before),
        after: health(&it.after),
        change: Change::of_points(words, it.change(), 1),
        arr: money(words, view.currency, it.arr),
    }
}
