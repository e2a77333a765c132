//! Which usage events count for, by `measures.toml`.

use laer8_intake::tracking::{Endpoint, EventType, Measures, Window, read};
use serde_json::{Value, json};

const SHIPPED: &str = include_str!("../../../packs/b2b-saas/measures.toml");

fn counted(measures: &Measures, event: &Value) -> Vec<String> {
    let text = json!({ "batch": [event] }).to_string();
    let received_at = "2026-11-22T12:00:00Z".parse().expect("an instant");
    let body = read(text.as_bytes(), Endpoint::Batch, received_at, || "m".to_owned()).expect("a batch");
    let event = body.events[0].as_ref().expect("an event");
    let found = measures.contributions(event);
    found.iter().map(|found| format!("{}: {} {:?}", found.measure, found.feature, found.amount)).collect()
}

fn track(event: &str, properties: &Value) -> Value {
    json!({ "type": "track", "userId": "u", "event": event, "properties": properties })
}

fn one(rest: &str) -> String {
    format!("schema = 1\n[[measures]]\nkey = \"m\"\nname = {{ en = \"M\", es = \"M\" }}\n{rest}")
}

#[test]
fn the_shipped_measures_count_whatever_is_tracked() {
    let measures = Measures::from_toml(SHIPPED).unwrap_or_else(|error| panic!("{error}"));
    let report = track("Report Exported", &json!({}));
    assert_eq!(
        counted(&measures, &report),
        ["events: Report Exported Uses(1)", "events: Report Exported Person(Day)"]
    );
    let page = json!({ "type": EventType::Page.key(), "anonymousId": "d", "name": "Pricing" });
    assert_eq!(
        counted(&measures, &page),
        ["page_views: page_views Uses(1)", "page_views: page_views Person(Day)"]
    );
    let names: Vec<_> =
        measures.features("es-CL").into_iter().map(|feature| (feature.id, feature.name)).collect();
    assert_eq!(names, [("page_views".to_owned(), "Páginas vistas".to_owned())]);
    insta::assert_snapshot!(measures.to_toml().expect("TOML"));
}

#[test]
fn a_document_that_is_written_is_read_back() {
    let measures = Measures::from_toml(SHIPPED).expect("valid");
    let text = measures.to_toml().expect("TOML");
    assert_eq!(Measures::from_toml(&text), Ok(measures));
}

#[test]
fn filters_sums_and_windows_say_what_counts() {
    let measures = Measures::from_toml(&one(
        r#"
on = "track"
events = ["Export", "Print"]
when = { all = [{ facet = "pages", at_least = 2 }, { facet = "context.locale", is = "es" }], any = [{ facet = "tags", is = "final" }, { facet = "signed", known = true }] }
what = [{ sum = "pages" }, "people"]
window = "week"
feature = "{module.id} exports"
"#,
    ))
    .unwrap_or_else(|error| panic!("{error}"));
    let event = |name: &str, properties: Value| {
        let mut event = track(name, &properties);
        event["context"] = json!({ "locale": "es" });
        event
    };
    let fits = json!({ "pages": 2.6, "tags": ["draft", "Final"], "module": { "id": 7 } });
    assert_eq!(
        counted(&measures, &event("Export", fits.clone())),
        ["m: 7 exports Uses(3)", "m: 7 exports Person(Week)"]
    );
    let none: [&str; 0] = [];
    assert_eq!(counted(&measures, &event("Share", fits.clone())), none, "another event");
    assert_eq!(counted(&measures, &track("Export", &fits)), none, "another language");
    for (key, value) in [("pages", json!(1)), ("tags", json!("draft")), ("module", json!({}))] {
        let mut other = fits.clone();
        other[key] = value;
        assert_eq!(counted(&measures, &event("Export", other)), none, "{key}");
    }
}

#[test]
fn seconds_and_errors_have_a_place_of_their_own() {
    let measures = Measures::from_toml(&one(
        "on = \"track\"\nwhat = { sum = \"length\" }\ninto = \"seconds\"\nfeature = \"calls\"",
    ))
    .expect("valid");
    assert_eq!(counted(&measures, &track("Call", &json!({ "length": "61.5" }))), ["m: calls Seconds(62)"]);
    for length in [json!("long"), json!(null), json!(1e18)] {
        assert!(counted(&measures, &track("Call", &json!({ "length": length }))).is_empty());
    }
}

#[test]
fn windows_begin_on_monday_and_on_the_first() {
    let day = "2026-11-22".parse().expect("a day");
    let starts = [Window::Day, Window::Week, Window::Month].map(|window| window.start(day).to_string());
    assert_eq!(starts, ["2026-11-22", "2026-11-16", "2026-11-01"]);
}

#[test]
fn errors_say_where_and_what() {
    let good = one("on = \"track\"\nwhat = \"count\"\nfeature = \"f\"");
    assert!(Measures::from_toml(&good).is_ok());
    let faults = [
        good.replace("schema = 1", "schema = 2"),
        good.replace("key = \"m\"", "key = \"Ñ\""),
        format!("{good}\n{}", good.replace("schema = 1", "")),
        good.replace("es = \"M\"", "es = \" \""),
        good.replace("\"track\"", "[]"),
        good.replace("\"count\"", "[]"),
        good.replace("\"count\"", "{ sum = \"\" }"),
        good.replace("feature = \"f\"", "feature = \"{event\""),
        good.replace("feature = \"f\"", "feature = \"\""),
        format!("{good}\nwhen = {{ all = [{{ facet = \"plan\" }}] }}"),
        format!("{good}\nwhen = {{ all = [{{ facet = \"\", is = 1 }}] }}"),
        format!("{good}\nwhen = {{ any = [{{ facet = \"n\", below = nan }}] }}"),
        format!("{good}\nwindows = \"day\""),
    ];
    let said = faults.map(|text| Measures::from_toml(&text).map(drop).expect_err(&text).to_string());
    insta::assert_snapshot!(said.join("\n"));
}
