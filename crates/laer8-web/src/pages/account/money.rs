//! What the account pays: its ledger and its subscriptions.

use super::Drawing;
use laer8_app::{EntryRow, SubscriptionView};
use laer8_domain::money::Amount;
use laer8_words::{Arg, Term};

/// Entries before the rest is folded away.
const ENTRIES: usize = 6;
/// Subscriptions before the rest is folded away.
const SUBSCRIPTIONS: usize = 6;

pub(super) struct Entry {
    pub(super) day: String,
    pub(super) movement: String,
    pub(super) about: String,
    pub(super) change: String,
    /// The change as it is kept: what is written is rounded.
    pub(super) exactly: Amount,
    pub(super) class: &'static str,
    pub(super) after: String,
}

pub(super) struct Subscription {
    pub(super) plan: String,
    pub(super) about: String,
    pub(super) mrr: String,
}

impl Drawing<'_> {
    /// Every change of the MRR, the latest first; and what is folded away.
    pub(super) fn entries(&self) -> (Vec<Entry>, Vec<Entry>) {
        let words = self.words;
        let entry = |entry: &EntryRow| {
            let change = entry.after - entry.before;
            Entry {
                day: words.day(entry.day),
                movement: words.name(Term::Movement, entry.movement.key()),
                about: laer8_phrases::parts(words, entry),
                change: words.signed_money_whole(self.money(change)),
                exactly: change,
                class: if change.is_positive() { "t-healthy" } else { "t-risk" },
                after: self.whole(entry.after),
            }
        };
        let mut all: Vec<Entry> = self.view.ledger.iter().map(entry).collect();
        all.splice(0..0, self.exchange());
        folded(all, ENTRIES)
    }

    /// What exchange rates have changed since the last entry.
    fn exchange(&self) -> Option<Entry> {
        let (words, change) = (self.words, self.view.exchange);
        (!change.is_zero()).then(|| Entry {
            day: words.day(self.view.score.as_of.day),
            movement: words.name(Term::Movement, "exchange"),
            about: String::new(),
            change: words.signed_money_whole(self.money(change)),
            exactly: change,
            class: if change.is_positive() { "t-healthy" } else { "t-risk" },
            after: self.whole(self.view.score.account.mrr),
        })
    }

    /// Those that are paid for, the latest first, then trials; and what is folded
    /// away.
    pub(super) fn subscriptions(&self) -> (Vec<Subscription>, Vec<Subscription>) {
        let words = self.words;
        let subscription = |it: &SubscriptionView| {
            let mut about = vec![words.say_with("seats-count", &[("count", Arg::from(it.quantity))])];
            about.push(words.say_with("web-since", &[("day", Arg::Text(&words.day(it.since)))]));
            about.push(match (it.trial, it.auto_renew) {
                (true, _) => words.say("field-trial").to_lowercase(),
                (false, true) => words.say("web-auto-renews"),
                (false, false) => words.say("web-renews-by-hand"),
            });
            Subscription { plan: it.plan.clone(), about: about.join(" · "), mrr: words.money_whole(it.mrr) }
        };
        let mut all: Vec<&SubscriptionView> = self.view.subscriptions.iter().collect();
        all.sort_by(|a, b| (a.trial, b.since).cmp(&(b.trial, a.since)));
        folded(all.into_iter().map(subscription).collect(), SUBSCRIPTIONS)
    }
}

/// The first `shown` of `all`, and the others; one alone is not worth a fold.
fn folded<T>(mut all: Vec<T>, shown: usize) -> (Vec<T>, Vec<T>) {
    let more = if all.len() > shown + 1 { all.split_off(shown) } else { Vec::new() };
    (all, more)
}
