//! What people are told when their TOML is wrong.

use laer8_health::{scorecard::Scorecard, segments::Segments};

fn told(text: &str) -> String {
    Scorecard::from_toml(text).expect_err("a mistake").to_string()
}

#[test]
fn every_mistake_in_a_scorecard_is_named_at_once() {
    let text = r#"
schema = 1
key = "My card"
name = { en = "Mine", es = "" }
priority = 1
min_coverage = 40
bands = { healthy = 50, watch = 75 }
when = { all = [{ facet = "stage" }] }

[[groups]]
key = "usage"
name = { en = "Usage", es = "Uso" }
weight = 0
items = [
  { measure = "usage_tend", weight = 1, curve = [[0, 0], [1, 100]] },
  { measure = "silence", weight = -1, curve = [[3, 0], [2, 100]], missing = "zero" },
  { measure = "happiness", weight = 1, curve = [] },
]

[[groups]]
key = "usage"
name = { en = "Again", es = "Otra vez" }
weight = 1
items = [
  { measure = "nps", weight = 1, curve = [[0, 120]] },
  { measure = "csat", weight = 1, curve = [[0, 100]] },
  { measure = "csat", weight = 1, curve = [[0, 100]] },
]

[[groups]]
key = "voice"
name = { en = "Voice", es = "Voz" }
weight = 1

[[caps]]
label = { en = "Nothing", es = "Nada" }
at_most = 140

[[caps]]
label = { en = "Gone", es = "Se fue" }
at_most = 40
event = "sponsor_gone"
within_days = 0

[[caps]]
label = { en = "Quiet", es = "Silencio" }
at_most = 40
measure = "silence"

[[caps]]
label = { en = "Too much", es = "Demasiado" }
at_most = 40
event = "sponsor_left"
condition = { facet = "payment_overdue", is = true }
"#;
    insta::assert_snapshot!(told(text));
}

#[test]
fn a_key_that_does_not_belong_there_is_shown_with_its_line() {
    insta::assert_snapshot!(told(
        "schema = 1\nkey = 'a'\nname = { en = 'A', es = 'A' }\npriority = 1\nwieght = 3\n"
    ));
}

#[test]
fn a_document_of_another_version_is_not_guessed_at() {
    insta::assert_snapshot!(told("schema = 2\nkey = 'a'\nmagic = true\n"), @"the document has schema 2; this program reads schema 1");
    insta::assert_snapshot!(told("key = 'a'"), @"the document does not say its version; write schema = 1 as its first line");
}

#[test]
fn segments_say_what_to_change() {
    let told = |segments: &str| {
        Segments::from_toml(&format!("schema = 1\n{segments}")).expect_err("a mistake").to_string()
    };
    let name = "name = { en = 'A', es = 'A' }";
    let first_takes_all = format!("[[segments]]\nkey = 'a'\n{name}\n[[segments]]\nkey = 'b'\n{name}");
    insta::assert_snapshot!(told(&first_takes_all), @"segment `a` has no conditions, so no account gets past it; add `when`, or move it to the end");
    let some_have_none =
        format!("[[segments]]\nkey = 'a'\n{name}\nwhen = {{ all = [{{ facet = 'arr', at_least = 1 }}] }}");
    insta::assert_snapshot!(told(&some_have_none), @"the last segment, `a`, has conditions, so some accounts have none; add one without `when`");
    let tests_nothing = format!("[[segments]]\nkey = 'a'\n{name}\nwhen = {{ all = [{{ facet = 'arr' }}] }}");
    insta::assert_snapshot!(told(&tests_nothing), @"segment `a`: the condition on `arr` tests nothing; add is, not, at_least, below or known");
}
