//! What Segment's SDKs send, and what senders send by mistake.

use chrono::{DateTime, Utc};
use laer8_intake::tracking::{
    Body, BodyError, Endpoint, Event, EventKind, EventRefusal, EventType, MOST_BATCH_BYTES, MOST_EVENT_BYTES,
    MOST_EVENTS, Measures, meaning, read,
};
use proptest::prelude::*;
use serde_json::{Value, json};

const SHIPPED: &str = include_str!("../../../packs/b2b-saas/measures.toml");

fn received_at() -> DateTime<Utc> {
    "2026-11-22T12:00:00Z".parse().expect("an instant")
}

fn read_at(bytes: &[u8], endpoint: Endpoint) -> Result<Body<'_>, BodyError> {
    let mut made = 0;
    read(bytes, endpoint, received_at(), || {
        made += 1;
        format!("made-{made}")
    })
}

fn refusals(body: &Body<'_>) -> Vec<(usize, &'static str)> {
    body.events
        .iter()
        .filter_map(|event| event.as_ref().err())
        .map(|refused| (refused.position, refused.reason.key()))
        .collect()
}

fn shipped() -> Measures {
    Measures::from_toml(SHIPPED).unwrap_or_else(|error| panic!("{error}"))
}

/// What one event means, as JSON for snapshots.
fn meant(body: &Value, endpoint: Endpoint) -> Value {
    let text = body.to_string();
    let read = read_at(text.as_bytes(), endpoint).expect("a body");
    let event = read.events[0].as_ref().expect("an event");
    let meaning = meaning(event, &shipped(), chrono_tz::Europe::Madrid);
    json!({ "records": meaning.records, "touch": format!("{:?}", meaning.touch), "alias": format!("{:?}", meaning.alias) })
}

#[test]
fn a_batch_of_the_server_sdk_becomes_events() {
    let body = json!({
        "batch": [
            { "type": "track", "event": "Report Exported", "userId": "u1", "messageId": "m1",
              "properties": { "pages": 3 }, "timestamp": "2026-11-22T11:59:50.000Z",
              "context": { "library": { "name": "@segment/analytics-node", "version": "2.2.0" } }, "integrations": {} },
            { "type": "page", "anonymousId": "d1", "name": "Pricing", "_metadata": { "nodeVersion": "22" } },
        ],
        "context": { "groupId": "A1" },
        "writeKey": "k1",
        "sentAt": "2026-11-22T11:59:55.000Z",
    });
    let text = body.to_string();
    let body = read_at(text.as_bytes(), Endpoint::Batch).expect("a batch");
    assert_eq!(body.write_key.as_deref(), Some("k1"));
    let events: Vec<&Event<'_>> = body.events.iter().map(|event| event.as_ref().expect("an event")).collect();
    assert_eq!((&*events[0].message_id, &*events[1].message_id), ("m1", "made-1"));
    assert_eq!(events[0].occurred_at, "2026-11-22T11:59:55Z".parse::<DateTime<Utc>>().expect("an instant"));
    assert_eq!(events[1].occurred_at, received_at(), "nobody said when");
    assert_eq!(events[0].context.text("groupId").as_deref(), Some("A1"), "the batch speaks for its events");
    assert_eq!(events[0].context.path("library.version").map(|raw| raw.get()), Some("\"2.2.0\""));
    assert_eq!(events[1].user_id, None);
}

#[test]
fn a_bad_event_does_not_refuse_its_neighbours() {
    let deep = format!("{}1{}", "[".repeat(200), "]".repeat(200));
    let body = format!(
        r#"{{"batch": [
            {{"type": "track", "event": "A", "userId": 1}},
            {{"type": "track", "event": "A"}},
            {{"event": "A", "userId": "u"}},
            {{"type": "tack", "event": "A", "userId": "u"}},
            {{"type": "track", "userId": "u", "event": " "}},
            {{"type": "group", "userId": "u"}},
            {{"type": "alias", "userId": "u"}},
            {{"type": "alias", "previousId": "d", "anonymousId": "d"}},
            "track", 7, null, [],
            {{"type": "track", "event": "A", "userId": "u", "properties": "x"}},
            {{"type": "track", "event": "{name}", "userId": "u"}},
            {{"type": "track", "event": "A", "userId": "u", "properties": {{"deep": {deep}}}}},
            {{"type": "track", "event": "A", "userId": "u", "properties": {{"long": "{long}"}}}},
            {{"type": "track", "event": "A", "userId": "u", "properties": [], "context": "x", "timestamp": []}},
            {{"type": "track", "event": "A", "userId": "u", "properties": {{"huge": 1e999}}, "messageId": 5}}
        ]}}"#,
        name = "n".repeat(513),
        long = "l".repeat(MOST_EVENT_BYTES),
    );
    let body = read_at(body.as_bytes(), Endpoint::Batch).expect("a batch");
    assert_eq!(
        refusals(&body),
        [
            (1, "no_id"),
            (2, "no_type"),
            (3, "unknown_type"),
            (4, "no_event_name"),
            (5, "no_group_id"),
            (6, "no_previous_id"),
            (7, "no_id"),
            (8, "not_an_object"),
            (9, "not_an_object"),
            (10, "not_an_object"),
            (11, "not_an_object"),
            (12, "wrong_type"),
            (13, "too_long"),
            (14, "too_deep"),
            (15, "too_large"),
        ]
    );
    assert_eq!(body.events.iter().filter(|event| event.is_ok()).count(), 3);
    let refused = body.events[3].as_ref().expect_err("refused");
    assert_eq!(refused.raw, r#"{"type": "tack", "event": "A", "userId": "u"}"#, "kept as it was sent");
}

#[test]
fn bodies_that_can_not_be_read_say_why() {
    let fault = |bytes: &[u8], endpoint| read_at(bytes, endpoint).map(drop).expect_err("a fault").to_string();
    let batch = Endpoint::Batch;
    let said = [
        fault(b"", batch),
        fault(b"{\n  \"batch\": [}", batch),
        fault(b"[]", batch),
        fault(b"{}", batch),
        fault(b"{\"batch\": {}}", batch),
        fault(b"{\"batch\": []} x", batch),
        fault(b"\xff{}", batch),
        fault(b"7", Endpoint::One(EventType::Track)),
        fault(b"{\"userId\": \"u\"", Endpoint::One(EventType::Track)),
        fault(&vec![b' '; MOST_BATCH_BYTES + 1], batch),
        fault(&vec![b' '; MOST_EVENT_BYTES + 1], Endpoint::One(EventType::Track)),
        fault(format!("{{\"batch\": [{}1]}}", "1,".repeat(MOST_EVENTS)).as_bytes(), batch),
    ];
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn addresses_are_whole_words_or_first_letters() {
    for (path, expected) in [
        ("track", Some(Endpoint::One(EventType::Track))),
        ("t", Some(Endpoint::One(EventType::Track))),
        ("identify", Some(Endpoint::One(EventType::Identify))),
        ("s", Some(Endpoint::One(EventType::Screen))),
        ("batch", Some(Endpoint::Batch)),
        ("import", Some(Endpoint::Batch)),
        ("", None),
        ("Track", None),
    ] {
        assert_eq!(Endpoint::from_path(path), expected, "{path}");
    }
}

#[test]
fn a_nesting_without_end_neither_panics_nor_overflows() {
    for opening in ["[", "{\"a\":", "{\"batch\":[", "[{\"batch\":"] {
        let bytes = opening.repeat(MOST_BATCH_BYTES / opening.len());
        assert!(read_at(bytes.as_bytes(), Endpoint::Batch).is_err());
        let bytes = opening.repeat(MOST_EVENT_BYTES / opening.len());
        assert!(read_at(bytes.as_bytes(), Endpoint::One(EventType::Track)).is_err());
    }
    let levels = 100_000;
    let context = format!("{{\"a\":{}{}}}", "[".repeat(levels), "]".repeat(levels));
    let body = format!(r#"{{"context":{context},"batch":[{{"type":"track","event":"A","userId":"u"}}]}}"#);
    let body = read_at(body.as_bytes(), Endpoint::Batch).expect("a batch");
    let event = body.events[0].as_ref().expect("an event");
    assert_eq!(event.context.to_map().len(), 1);
    assert_eq!(event.context.path("a.b.c").map(|raw| raw.get()), None);
}

#[test]
fn groups_and_people_become_records() {
    let timestamp = "2026-11-21T23:30:00Z"; // the 22nd in Madrid
    let identify = json!({
        "userId": 17, "anonymousId": "d1", "timestamp": timestamp,
        "traits": { "email": "ana@acme.test", "firstName": "Ana", "title": "CFO", "phone": "+34 600", "createdAt": "2025-03-01",
                    "company": { "id": "A1", "name": "Acme", "employee_count": 329, "plan": "enterprise" } },
    });
    let group = json!({
        "userId": "17", "groupId": "A1", "timestamp": timestamp,
        "traits": { "name": "Acme", "website": "https://www.acme.test/", "seats": 40, "createdAt": "2025-03-01T10:00:00Z" },
    });
    let unplaced = json!({ "userId": "18", "traits": { "email": "b@acme.test" } });
    insta::assert_json_snapshot!([
        meant(&identify, Endpoint::One(EventType::Identify)),
        meant(&group, Endpoint::One(EventType::Group)),
        meant(&unplaced, Endpoint::One(EventType::Identify)),
        meant(&json!({ "anonymousId": "d2" }), Endpoint::One(EventType::Identify)),
        meant(&json!({ "userId": "17", "previousId": "d1" }), Endpoint::One(EventType::Alias)),
    ]);
}

#[test]
fn what_people_do_is_usage() {
    insta::assert_json_snapshot!([
        meant(
            &json!({ "userId": "u1", "event": "Report Exported", "context": { "groupId": "A1" }, "messageId": "m1" }),
            Endpoint::One(EventType::Track)
        ),
        meant(
            &json!({ "anonymousId": "d1", "name": "Pricing", "properties": { "groupId": 7 } }),
            Endpoint::One(EventType::Page)
        ),
    ]);
}

#[test]
fn an_owned_event_says_the_same() {
    let body = json!({ "type": "track", "event": "A", "userId": "u", "properties": { "a": 1 } }).to_string();
    let event: Event<'static> = {
        let bytes = body.as_bytes();
        let mut read = read_at(bytes, Endpoint::One(EventType::Track)).expect("a body");
        let event = read.events.remove(0).expect("an event");
        let owned = event.clone().into_owned();
        assert_eq!(owned, event);
        owned
    };
    assert!(matches!(event.kind, EventKind::Track { .. }));
}

fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "[a-z\\\\\"é😀\u{0}]{0,6}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::btree_map("[a-c.]{1,2}", inner, 0..3)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// Something like an event: its entries may be there, and may be anything.
fn any_event() -> impl Strategy<Value = Value> {
    let key = prop::sample::select(vec![
        "event",
        "name",
        "userId",
        "anonymousId",
        "groupId",
        "previousId",
        "messageId",
        "properties",
        "traits",
        "context",
        "integrations",
        "timestamp",
        "sentAt",
        "writeKey",
        "other",
    ]);
    let kind = prop::sample::select(vec!["track", "identify", "group", "page", "screen", "alias"]);
    let object = prop::collection::btree_map(key, json_value(), 0..8);
    (kind, object, any::<bool>()).prop_map(|(kind, entries, whole)| {
        let mut event: serde_json::Map<String, Value> =
            entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
        event.insert("type".to_owned(), kind.into());
        if whole {
            event
                .extend(["userId", "event", "groupId", "previousId"].map(|key| (key.to_owned(), "x".into())));
            event.remove("properties");
            event.remove("traits");
        }
        Value::Object(event)
    })
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), one in any::<bool>()) {
        let endpoint = if one { Endpoint::One(EventType::Track) } else { Endpoint::Batch };
        let _ = read_at(&bytes, endpoint);
    }

    #[test]
    fn no_text_like_json_makes_it_panic(text in r#"[\[\]{}":,\\a-c0-9eu.\- ]{0,60}"#) {
        let batch = format!("{{\"batch\":[{text}]}}");
        let _ = read_at(batch.as_bytes(), Endpoint::Batch);
        let event = format!("{{\"userId\":\"u\",\"event\":\"e\",\"properties\":{text}}}");
        if let Ok(body) = read_at(event.as_bytes(), Endpoint::One(EventType::Track))
            && let Some(Ok(event)) = body.events.first()
        {
            let _ = meaning(event, &shipped(), chrono_tz::UTC);
        }
    }

    /// Whatever is taken keeps to the limits, never lies in the future, names
    /// somebody, has a meaning, and says the same when it is written and read
    /// again.
    #[test]
    fn what_is_taken_can_be_used(events in prop::collection::vec(any_event(), 0..5)) {
        let text = json!({ "batch": events }).to_string();
        let body = read_at(text.as_bytes(), Endpoint::Batch).expect("a batch");
        prop_assert_eq!(body.events.len(), events.len());
        let measures = shipped();
        for (position, event) in body.events.iter().enumerate() {
            let Ok(event) = event else { continue };
            prop_assert!(events[position].to_string().len() <= MOST_EVENT_BYTES);
            prop_assert!(event.occurred_at <= received_at());
            prop_assert!(event.user_id.is_some() || event.anonymous_id.is_some());
            let meant = meaning(event, &measures, chrono_tz::UTC);
            prop_assert!(!meant.touch.who.id().is_empty());
            let written = serde_json::to_string(&json!({ "batch": [event] })).expect("JSON");
            let again = read_at(written.as_bytes(), Endpoint::Batch).expect("a batch");
            let again = again.events[0].as_ref().expect("an event");
            prop_assert_eq!(&again.kind, &event.kind);
            prop_assert_eq!(&again.user_id, &event.user_id);
            prop_assert_eq!(&again.message_id, &event.message_id);
            prop_assert_eq!(again.occurred_at, event.occurred_at);
            prop_assert_eq!(again.context.to_map(), event.context.to_map());
        }
    }

    #[test]
    fn an_event_is_taken_up_to_the_limit_and_not_beyond(over in -3_i64..4) {
        let frame = r#"{"userId":"u","event":"e","properties":{"p":""}}"#;
        let room = i64::try_from(MOST_EVENT_BYTES - frame.len()).expect("small") + over;
        let filling = "p".repeat(usize::try_from(room).expect("positive"));
        let event = frame.replace("\"\"", &format!("\"{filling}\""));
        let batch = format!(r#"{{"batch":[{}]}}"#, event.replacen('{', r#"{"type":"track","#, 1));
        let one = read_at(event.as_bytes(), Endpoint::One(EventType::Track));
        prop_assert_eq!(one.is_ok(), over <= 0);
        let batch = read_at(batch.as_bytes(), Endpoint::Batch).expect("a batch");
        let extra = i64::try_from(r#""type":"track","#.len()).expect("small");
        let refused = batch.events[0].as_ref().err().map(|refused| refused.reason);
        prop_assert_eq!(refused.is_some(), over + extra > 0);
        let too_large = |reason| matches!(reason, EventRefusal::TooLarge { .. });
        prop_assert!(refused.is_none_or(too_large));
    }
}
