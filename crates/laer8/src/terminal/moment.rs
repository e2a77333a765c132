//! Which day a page is of, and what it is not.

use super::{page::Page, tone::Tone};
use laer8_app::{Moment, STALE_DAYS};
use laer8_domain::days::days_between;
use laer8_words::{Arg, Words};

/// "As of 31 Dec 2024", for the right of a title.
pub(crate) fn as_of(words: Words, moment: Moment) -> String {
    let day = words.day(moment.day);
    if moment.day == moment.today {
        return words.say_with("as-of-today", &[("day", Arg::Text(&day))]);
    }
    words.say_with("as-of", &[("day", Arg::Text(&day))])
}

/// Says so when the facts are old: when their last day is shown rather than
/// today, and when a day long after them is.
pub(crate) fn staleness(page: &mut Page, words: Words, moment: Moment) {
    let newest = words.day(moment.newest);
    if moment.stale {
        page.remark(&words.say_with("stale-notice", &[("newest", Arg::Text(&newest))]), Tone::Warning);
        return;
    }
    let days = days_between(moment.newest, moment.day);
    if days > STALE_DAYS {
        let args = [("newest", Arg::Text(&newest)), ("days", Arg::Count(days))];
        page.remark(&words.say_with("facts-are-old", &args), Tone::Warning);
    }
}
