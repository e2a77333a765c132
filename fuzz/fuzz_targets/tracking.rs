//! What anybody may send to the tracking endpoints: the first byte chooses the
//! endpoint, the others are the body.
//!
//! Nothing panics, whatever it is; and an event that was understood is written
//! down and understood again as the same: that is how it waits for its account.

#![no_main]

use chrono::{DateTime, Utc};
use laer8_intake::tracking::{Endpoint, Event, Measures, meaning, read};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static MEASURES: LazyLock<Measures> = LazyLock::new(|| {
    Measures::from_toml(include_str!("../../packs/b2b-saas/measures.toml")).expect("the shipped measures")
});
static NOW: LazyLock<DateTime<Utc>> = LazyLock::new(|| "2026-11-28T12:00:00Z".parse().expect("an instant"));

fuzz_target!(|input: &[u8]| {
    let Some((choice, bytes)) = input.split_first() else { return };
    let endpoint = Endpoint::from_code(choice % 8).unwrap_or(Endpoint::Batch);
    let mut made = 0;
    let new_id = || {
        made += 1;
        made.to_string()
    };
    let Ok(body) = read(bytes, endpoint, *NOW, new_id) else { return };
    for event in body.events {
        match event {
            Ok(event) => understood(&event),
            Err(refused) => assert!(!refused.reason.to_string().is_empty()),
        }
    }
});

fn understood(event: &Event<'_>) {
    let of_event = meaning(event, &MEASURES, chrono_tz::Europe::Madrid);
    let written = serde_json::to_string(event).expect("an event can be written");
    let batch = format!("{{\"batch\":[{written}]}}");
    let again = read(batch.as_bytes(), Endpoint::Batch, *NOW, String::new);
    let again = match again {
        Ok(body) => body.events.into_iter().next().expect("the event"),
        // What was just short enough may be longer as it is written.
        Err(_) => return,
    };
    let again = match again {
        Ok(again) => again,
        Err(refused) if refused.reason.key() == "too_large" => return,
        Err(refused) => panic!("{refused:?}\n{written}"),
    };
    assert_eq!(meaning(&again, &MEASURES, chrono_tz::Europe::Madrid), of_event, "{written}");
}
