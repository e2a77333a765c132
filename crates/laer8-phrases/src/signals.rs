//! Signals as sentences.

use laer8_domain::{
    days::{Day, days_between},
    money::{Amount, Money},
};
use laer8_journey::signals::{Evidence, Signal};
use laer8_words::{Arg, Term, Words};

/// Why, in one line, as of a day.
#[must_use]
pub fn reason(words: Words, signal: &Signal, day: Day) -> String {
    match &signal.evidence {
        Evidence::Silence { silent_days, usual_gap, .. } => silence(words, *silent_days, *usual_gap),
        Evidence::ScoreDrop { now, days, drop, .. } => words.say_with(
            "signal-score-drop.reason",
            &[
                ("points", Arg::Text(&words.number(*drop, 0))),
                ("days", Arg::from(*days)),
                ("score", Arg::Text(&words.score(*now))),
            ],
        ),
        Evidence::RenewalDebt { renewal_on, ends_on, unmet, .. } => {
            renewal_debt(words, *renewal_on, *ends_on, unmet.len(), day)
        }
        Evidence::Escalation { tickets, days: 0 } => {
            words.say_with("signal-escalation.today", &[("tickets", Arg::from(tickets.len()))])
        }
        Evidence::Escalation { tickets, days } => words.say_with(
            "signal-escalation.reason",
            &[("tickets", Arg::from(tickets.len())), ("days", Arg::Count(*days))],
        ),
        Evidence::WorksUnused { potential, .. } => words.say_with(
            "signal-works-unused.reason",
            &[("percent", Arg::Text(&words.percent(potential / 100.0, 0)))],
        ),
        Evidence::SeatsFull { people, seats, .. } => words.say_with(
            "signal-seats-full.reason",
            &[("used", Arg::from(*people)), ("seats", Arg::from(*seats))],
        ),
        Evidence::Outgrown { month, uses, included, .. } => words.say_with(
            "signal-outgrown.reason",
            &[
                ("uses", Arg::Count(*uses)),
                ("included", Arg::Count(*included)),
                ("month", Arg::Text(&words.month(*month))),
            ],
        ),
        Evidence::ChampionLost { role, left_on, .. } => words.say_with(
            "reason-part-lost",
            &[
                ("role", Arg::Text(&words.role(*role).to_lowercase())),
                ("day", Arg::Text(&words.day(*left_on))),
            ],
        ),
        Evidence::PaymentRisk { days, .. } => {
            words.say_with("signal-payment-risk.reason", &[("days", Arg::Count(*days))])
        }
    }
}

fn silence(words: Words, days: i64, usual_gap: Option<f64>) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "days between two uses")]
    let usual = usual_gap.map(|gap| gap.round().max(1.0) as i64);
    match usual {
        Some(usual) => words
            .say_with("signal-silence.reason", &[("days", Arg::Count(days)), ("usual", Arg::Count(usual))]),
        None => words.say_with("signal-silence.never", &[("days", Arg::Count(days))]),
    }
}

fn renewal_debt(words: Words, renewal_on: Day, ends_on: Option<Day>, unmet: usize, day: Day) -> String {
    let unmet = Arg::from(unmet);
    match ends_on {
        Some(end) => words.say_with(
            "signal-renewal-debt.leaving",
            &[("days", Arg::Count(days_between(day, end))), ("unmet", unmet)],
        ),
        None => words.say_with(
            "signal-renewal-debt.reason",
            &[("days", Arg::Count(days_between(day, renewal_on))), ("unmet", unmet)],
        ),
    }
}

/// The reason, and how many other signals there are.
#[must_use]
pub fn reason_and_others(words: Words, leading: &Signal, others: &[Signal], day: Day) -> String {
    let reason = reason(words, leading, day);
    if others.is_empty() {
        return reason;
    }
    let others = words.say_with("today-others", &[("count", Arg::from(others.len()))]);
    format!("{reason}, {others}")
}

/// What to do.
#[must_use]
pub fn step(words: Words, signal: &Signal) -> String {
    words.name(Term::NextStep, signal.next_step.key())
}

/// The money of a signal: what is at stake, or with a plus what could be won.
#[must_use]
pub fn stake(words: Words, signal: &Signal, money: impl Fn(Amount) -> Money) -> String {
    let stake = money(signal.stake);
    if signal.opportunity { words.signed_money_short(stake) } else { words.money_short(stake) }
}
