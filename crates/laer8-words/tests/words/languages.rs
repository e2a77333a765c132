//! Both languages say the same things.

use crate::catalogue::{Message, messages};
use laer8_words::{Arg, Language, Words};
use std::collections::BTreeMap;

/// What is called the same in both languages, and rightly so.
const SAME_IN_BOTH: [&str; 39] = [
    "sources-lag",
    "table-late",
    "setup-unit-tickets",
    "web-ticket",
    "web-tickets",
    "no",
    "survey-nps",
    "survey-csat",
    "survey-ces",
    "field-plan",
    "field-mrr",
    "field-arr",
    "measure-csat",
    "measure-nps",
    "metric-mrr",
    "metric-arr",
    "metric-nrr",
    "metric-grr",
    "metric-quick-ratio",
    "short-quick-ratio",
    "tickets-count",
    "journey-column-arr",
    "revenue-column-arr",
    "revenue-total",
    "column-mrr",
    "column-arr",
    "error-heading",
    "choice-ces",
    "choice-csat",
    "choice-detractor",
    "choice-nps",
    "target-plan",
    "wizard-dates-day",
    "wizard-dates-half",
    "wizard-dates-hour",
    "wizard-dates-minute",
    "wizard-dates-month",
    "wizard-dates-month-name",
    "wizard-dates-second",
];

fn both() -> (BTreeMap<String, Message>, BTreeMap<String, Message>) {
    (messages(Language::En), messages(Language::Es))
}

#[test]
fn both_languages_have_the_same_messages_in_the_same_files() {
    let (english, spanish) = both();
    let missing = |from: &BTreeMap<String, Message>, of: &BTreeMap<String, Message>| -> Vec<String> {
        let same_file = |id: &str, file: &str| from.get(id).is_some_and(|other| other.file == file);
        let missing = of.iter().filter(|(id, message)| !same_file(id, &message.file));
        missing.map(|(id, message)| format!("{} in {}", id, message.file)).collect()
    };
    assert_eq!(missing(&spanish, &english), [""; 0], "missing in Spanish");
    assert_eq!(missing(&english, &spanish), [""; 0], "missing in English");
}

#[test]
fn both_languages_name_the_same_arguments() {
    let (english, spanish) = both();
    for (id, message) in &english {
        let other = spanish.get(id).map(|other| &other.arguments);
        assert_eq!(other, Some(&message.arguments), "{id}");
    }
}

#[test]
fn nothing_is_left_untranslated() {
    let (english, spanish) = both();
    let is_same = |id: &str, message: &Message| {
        let has_words = message.texts.iter().any(|text| text.chars().any(char::is_alphabetic));
        has_words && spanish.get(id).is_some_and(|other| other.texts == message.texts)
    };
    let same: Vec<&str> =
        english.iter().filter(|(id, message)| is_same(id, message)).map(|(id, _)| id.as_str()).collect();
    let unexpected: Vec<&str> = same.iter().copied().filter(|id| !SAME_IN_BOTH.contains(id)).collect();
    assert_eq!(unexpected, [""; 0], "the same in both languages");
    let translated: Vec<&str> = SAME_IN_BOTH.into_iter().filter(|id| !same.contains(id)).collect();
    assert_eq!(translated, [""; 0], "no longer the same: take them off the list");
}

#[test]
fn every_message_can_be_said_with_any_count_and_with_texts() {
    for language in Language::ALL {
        let words = Words::new(language);
        for (id, message) in messages(language) {
            let counts = [0, 1, 2, 5, 1_000_000].map(Arg::Count);
            for arg in counts.into_iter().chain([Arg::Text("Nordkap")]) {
                let args: Vec<(&str, Arg<'_>)> =
                    message.arguments.iter().map(|name| (name.as_str(), arg.clone())).collect();
                let said = words.say_with(&id, &args);
                assert_ne!(said, id, "{language:?} can't say it");
                assert!(!said.contains(['\u{2068}', '\u{2069}', '{', '}']), "{language:?}: {said}");
                assert!(!said.is_empty(), "{language:?}: {id} says nothing");
                assert!(!said.contains("  ") && said.trim() == said, "{language:?}: {said:?}");
            }
        }
    }
}
