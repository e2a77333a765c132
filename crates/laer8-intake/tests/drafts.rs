//! A mapping while somebody chooses what becomes of each column.
#![allow(missing_docs, reason = "tests are named as sentences")]

use laer8_intake::{
    draft::{Draft, SectionChoice, Use},
    mapping::{Mapping, RecordKind},
    suggest::{Look, Sample, look},
};

const ACCOUNTS: &str = "account_id,account_name,created,tier,vip\nA1,Helvetia,03/04/2024,gold,yes\n";
const SUBSCRIPTIONS: &str =
    "subscription_id,account_id,start_date,plan,price,seats\nS1,A1,05/06/2024,Gold,20,3\n";

fn seen() -> Look {
    let sample = |name: &str, text: &'static str| Sample { name: name.to_owned(), bytes: text.as_bytes() };
    look("crm", vec![sample("accounts.csv", ACCOUNTS), sample("subscriptions.csv", SUBSCRIPTIONS)], &[])
}

fn column(column: &str, becomes: Option<Use>) -> (String, Option<Use>) {
    (column.to_owned(), becomes)
}

#[test]
fn what_a_suggestion_leaves_open_is_asked_with_its_choices() {
    let draft = Draft::read(&seen().suggestion.text).expect("TOML");
    let asked: Vec<String> = draft
        .questions()
        .iter()
        .map(|question| {
            let choices: Vec<String> = question.choices.iter().map(|choice| choice.says.join(" ")).collect();
            format!("{:?} {}: {}", question.section, question.field, choices.join(" | "))
        })
        .collect();
    insta::assert_snapshot!(asked.join("\n"));
}

#[test]
fn answers_make_it_a_mapping_and_leave_the_rest_as_it_is() {
    let mut draft = Draft::read(&seen().suggestion.text).expect("TOML");
    for question in draft.questions() {
        match question.choices.first() {
            Some(choice) => draft.answer(&question, &choice.value),
            None => draft.set_top(&question.field, "EUR"),
        }
    }
    assert_eq!(draft.questions(), []);
    let mapping = Mapping::parse(&draft.text()).expect("a mapping");
    assert_eq!(mapping.currency().map(|it| it.to_string()), Some("EUR".to_owned()));
    assert_eq!(draft.dates(), ["%d/%m/%Y"]);
    insta::assert_snapshot!(draft.text());
}

#[test]
fn only_what_was_chosen_otherwise_changes() {
    let seen = seen();
    let mut draft = Draft::read(&seen.suggestion.text).expect("TOML");
    let before = draft.text();
    let section = draft.sections().remove(0);
    let unchanged = SectionChoice {
        uses: section.uses.iter().map(|(name, becomes)| column(name, Some(becomes.clone()))).collect(),
        ..SectionChoice::default()
    };
    draft.choose(&section, &unchanged, Some(&seen.tables[0]));
    assert_eq!(draft.text(), before);
    let chosen = SectionChoice {
        name: "accounts-*.csv".to_owned(),
        uses: vec![
            column("tier", Some(Use::Field("industry".to_owned()))),
            column("account_name", Some(Use::Trait)),
            column("vip", None),
        ],
        fixed: Vec::new(),
    };
    draft.choose(&section, &chosen, Some(&seen.tables[0]));
    let section = draft.sections().remove(0);
    assert_eq!(section.name, "accounts-*.csv");
    let becomes =
        |name: &str| section.uses.iter().find(|(column, _)| column == name).map(|(_, it)| it.clone());
    assert_eq!(becomes("tier"), Some(Use::Field("industry".to_owned())));
    assert_eq!(becomes("account_name"), Some(Use::Trait));
    assert_eq!(becomes("vip"), None);
    assert_eq!(becomes("account_id"), Some(Use::Field("id".to_owned())));
}

#[test]
fn a_table_can_be_said_to_be_something_else_or_nothing() {
    let seen = seen();
    let mut draft = Draft::read(&seen.suggestion.text).expect("TOML");
    let said = [("accounts.csv".to_owned(), None, RecordKind::Person)];
    let sample = Sample { name: "accounts.csv".to_owned(), bytes: ACCOUNTS.as_bytes() };
    let other = Draft::read(&look("crm", vec![sample], &said).suggestion.text).expect("TOML");
    draft.take_over(Some(0), &other, "accounts.csv", None);
    let kinds = |draft: &Draft| draft.sections().iter().map(|it| it.record).collect::<Vec<_>>();
    assert_eq!(kinds(&draft), [RecordKind::Person, RecordKind::Subscription]);
    assert!(Draft::read(&draft.text()).expect("TOML").sections()[1].uses.len() > 3, "{}", draft.text());
    draft.leave_out(&[0]);
    assert_eq!(kinds(&draft), [RecordKind::Subscription]);
    draft.take_over(None, &other, "accounts.csv", None);
    let again = Draft::read(&draft.text()).expect("TOML");
    assert_eq!(kinds(&again), [RecordKind::Subscription, RecordKind::Person]);
}
