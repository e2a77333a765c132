//! Columns whose words must be translated.

use super::{profile::Column, text::quoted};
use crate::mapping::targets::WordKind;
use laer8_domain::subscriptions::BillingPeriod;

/// How a column feeds a field with a closed set of words: its name alone, or
/// with a translation that asks for each word that is not understood.
pub(super) fn closed(column: &Column, kind: WordKind) -> String {
    let strange: Vec<&str> =
        column.words().unwrap_or_default().into_iter().filter(|word| !kind.accepts(word)).collect();
    if strange.is_empty() {
        return quoted(&column.name);
    }
    let question = quoted(&format!("choose one of {}", kind.allowed()));
    let pairs: Vec<String> = strange.iter().map(|word| format!("{} = {question}", quoted(word))).collect();
    format!("{{ column = {}, translate = {{ {} }} }}", quoted(&column.name), pairs.join(", "))
}

/// Terms from a column that says how often is billed; none when its words are
/// not billing periods.
pub(super) fn terms(column: &Column) -> Option<String> {
    let words = column.words().filter(|words| !words.is_empty())?;
    let months = |word: &str| {
        Some(match BillingPeriod::from_key(word)? {
            BillingPeriod::Day | BillingPeriod::Week => quoted("none"),
            BillingPeriod::Month => "1".to_owned(),
            BillingPeriod::Quarter => "3".to_owned(),
            BillingPeriod::Year => "12".to_owned(),
        })
    };
    let pairs: Option<Vec<String>> =
        words.iter().map(|word| Some(format!("{} = {}", key(word), months(word)?))).collect();
    Some(format!("{{ column = {}, translate = {{ {} }} }}", quoted(&column.name), pairs?.join(", ")))
}

/// A key of a TOML table, in quotes where it must be.
pub(super) fn key(text: &str) -> String {
    let bare = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-');
    if !text.is_empty() && text.chars().all(bare) { text.to_owned() } else { quoted(text) }
}
