//! The messages, from the Fluent files.

use crate::{language::Language, words::Words};
use fluent_templates::{LanguageIdentifier, fluent_bundle::FluentValue, langid, static_loader};
use std::collections::HashMap;

static_loader! {
    static MESSAGES = {
        locales: "./locales",
        fallback_language: "en",
        customise: |bundle| {
            // Both languages run left to right: the marks that keep a name in
            // another direction together would only show up in terminals.
            bundle.set_use_isolating(false);
            let spanish = bundle.locales.first().is_some_and(|locale| locale.language == "es");
            bundle.set_formatter(Some(if spanish {
                |value, _| counted(Language::Es, value)
            } else {
                |value, _| counted(Language::En, value)
            }));
        },
    };
}

/// Fluent chooses the plural by a number; how it is written is our business.
fn counted(language: Language, value: &FluentValue<'_>) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    #[expect(clippy::cast_possible_truncation, reason = "only counts are handed to Fluent as numbers")]
    Some(Words::new(language).count(number.value as i64))
}

/// What is put into a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arg<'a> {
    /// A count: written as the language does, and the message's words agree
    /// with it.
    Count(i64),
    /// A name, or a number, amount or day that is formatted already.
    Text(&'a str),
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Arg<'_> {
    fn from(count: i64) -> Self {
        Self::Count(count)
    }
}

impl From<u32> for Arg<'_> {
    fn from(count: u32) -> Self {
        Self::Count(count.into())
    }
}

impl From<u64> for Arg<'_> {
    fn from(count: u64) -> Self {
        Self::Count(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

impl From<usize> for Arg<'_> {
    fn from(count: usize) -> Self {
        Self::Count(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

/// The message of an id (`message` or `message.attribute`); none when there is
/// no such message, or an argument of it is not given.
pub(crate) fn message(language: Language, id: &str, args: &[(&str, Arg<'_>)]) -> Option<String> {
    const EN: LanguageIdentifier = langid!("en");
    const ES: LanguageIdentifier = langid!("es");
    let identifier = match language {
        Language::En => EN,
        Language::Es => ES,
    };
    let values: HashMap<&str, FluentValue<'_>> = args
        .iter()
        .map(|(name, arg)| match arg {
            Arg::Count(count) => (*name, FluentValue::from(*count)),
            Arg::Text(text) => (*name, FluentValue::from(*text)),
        })
        .collect();
    MESSAGES.lookup_single_language(&identifier, id, Some(&values)).ok()
}
