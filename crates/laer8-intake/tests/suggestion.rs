//! A first mapping from the files themselves.

use laer8_intake::{
    mapping::{Mapping, MappingError},
    reader::{FileReader, Outcome},
    suggest::{Sample, Suggestion, suggest},
};
use proptest::prelude::*;

const ACCOUNTS: &str = "\
account_id,account_name,industry,country,signup_date,referral_source,plan_tier,seats,is_trial,churn_flag
A-1,Alder,EdTech,US,16-10-2023,partner,Basic,9,FALSE,FALSE
A-2,Birch,FinTech,UK,07-08-2023,organic,Pro,18,FALSE,TRUE
A-3,Cedar,DevTools,ES,03-02-2023,ads,Pro,4,TRUE,FALSE
";

const SUBSCRIPTIONS: &str = "\
subscription_id,account_id,start_date,end_date,plan_tier,seats,mrr_amount,arr_amount,is_trial,billing_frequency,auto_renew_flag
S-1,A-1,23-10-2023,,Basic,9,171,2052,FALSE,monthly,TRUE
S-2,A-2,11-08-2023,12-04-2024,Pro,18,882,10584,FALSE,annual,TRUE
S-3,A-3,05-02-2023,,Pro,4,196,2352,TRUE,monthly,FALSE
";

const USAGE: &str = "\
usage_id,subscription_id,usage_date,feature_name,usage_count,usage_duration_secs,error_count,is_beta_feature
U-1,S-1,27-11-2023,feature_20,9,5004,0,FALSE
U-2,S-2,07-09-2023,feature_5,9,369,1,FALSE
U-2,S-3,07-12-2023,feature_3,2,100,0,TRUE
";

const TICKETS: &str = "\
ticket_id,account_id,submitted_at,closed_at,priority,first_response_time_minutes,satisfaction_score,escalation_flag
T-1,A-1,27-11-2023,28-11-2023 03:00,high,74,,FALSE
T-2,A-2,08-09-2023,,urgent,144,4,TRUE
";

const CHURN: &str = "\
churn_event_id,account_id,churn_date,reason_code,refund_amount_usd,feedback_text
C-1,A-2,12-04-2024,pricing,4.03,switched to competitor
";

fn suggestion(files: &[(&str, &str)]) -> Suggestion {
    let sample =
        |(name, text): &(&str, &'static str)| Sample { name: (*name).to_owned(), bytes: text.as_bytes() };
    let files: Vec<(&str, &'static str)> =
        files.iter().map(|(name, text)| (*name, &*String::leak((*text).to_owned()))).collect();
    suggest("demo", files.iter().map(sample).collect())
}

const COMPANY: [(&str, &str); 5] = [
    ("accounts.csv", ACCOUNTS),
    ("subscriptions.csv", SUBSCRIPTIONS),
    ("feature_usage.csv", USAGE),
    ("support_tickets.csv", TICKETS),
    ("churn_events.csv", CHURN),
];

#[test]
fn a_company_of_five_files_is_understood() {
    let suggestion = suggestion(&COMPANY);
    insta::assert_snapshot!(suggestion.text);
    assert_eq!(suggestion.questions, 0);
}

#[test]
fn what_is_suggested_reads_the_files_it_was_written_from() {
    let mapping = Mapping::parse(&suggestion(&COMPANY).text).expect("a valid mapping");
    let today = "2026-01-01".parse().expect("a day");
    for (name, text) in COMPANY {
        let section = mapping.files_for(name).next().expect("a section");
        let reader = FileReader::new(section, today, text.as_bytes()).expect("a header");
        let mut rows = 0;
        for outcome in reader {
            let outcome = outcome.expect("bytes");
            assert!(matches!(outcome, Outcome::Record(..)), "{name}: {outcome:?}");
            rows += 1;
        }
        assert_eq!(rows, text.lines().count() - 1, "{name}");
    }
}

#[test]
fn a_column_that_can_not_tell_day_from_month_is_asked_about() {
    let usage = "usage_id,account_id,usage_date,feature_name,usage_count\nU-1,A-1,03-04-2024,search,1\n";
    let suggestion = suggestion(&[("usage.csv", usage)]);
    insta::assert_snapshot!(suggestion.text);
    assert_eq!(suggestion.questions, 1);
    let errors = Mapping::parse(&suggestion.text).expect_err("a question is open");
    assert!(
        matches!(errors.0.as_slice(), [MappingError::Undecided { key, .. }] if key == "dates"),
        "{errors}"
    );
    let answered =
        suggestion.text.replace("dates = \"choose one of the lines above\"", "dates = [\"%m-%d-%Y\"]");
    assert!(Mapping::parse(&answered).is_ok());
}

#[test]
fn another_column_settles_the_order_of_day_and_month() {
    let usage = "usage_id,account_id,usage_date,feature_name,usage_count\nU-1,A-1,03-04-2024,search,1\n";
    let churn = "churn_event_id,account_id,churn_date,reason_code\nC-1,A-1,25-06-2024,pricing\n";
    let suggestion = suggestion(&[("usage.csv", usage), ("churn_events.csv", churn)]);
    assert!(suggestion.text.contains("dates = [\"%d-%m-%Y\"]"), "{}", suggestion.text);
    assert!(suggestion.text.contains("In doubt: usage.csv, usage_date (03-04-2024 fits both orders)"));
    assert_eq!(suggestion.questions, 0);
}

#[test]
fn european_spreadsheets_are_recognised() {
    let contracts = "ID;Cliente ID;Fecha inicio;Plan;Asientos;Precio;Moneda;Billing period\n\
        1;77;31/01/2024;Oro;3;1.234,50;EUR;monthly\n2;78;01/02/2024;Plata;1;99,90;EUR;annual\n";
    let suggestion = suggestion(&[("contratos.csv", contracts)]);
    insta::assert_snapshot!(suggestion.text);
}

#[test]
fn a_thousand_or_a_little_more_than_one_is_asked_about() {
    let contracts = "contract_id,account_id,start_date,plan,mrr_eur\n1,A,2024-01-31,Gold,\"1,234\"\n";
    let suggestion = suggestion(&[("contracts.csv", contracts)]);
    assert!(suggestion.text.contains("In doubt: is the mark in 1,234 before decimals or between thousands?"));
    assert_eq!(suggestion.questions, 1, "{}", suggestion.text);
}

#[test]
fn strange_words_and_strange_files_are_asked_about() {
    let tickets = "ticket_id,account_id,created_at,priority,subject\n1,A,2024-01-31,P1,Help\n";
    let suggestion = suggestion(&[("tickets.csv", tickets), ("misc.csv", "x,y\n1,2\n"), ("none.csv", "")]);
    insta::assert_snapshot!(suggestion.text);
}

fn csv_text() -> impl Strategy<Value = String> {
    let name = prop_oneof![
        prop::sample::select(vec![
            "id",
            "account_id",
            "subscription_id",
            "name",
            "created_at",
            "start_date",
            "effective_from",
            "plan",
            "amount",
            "mrr",
            "seats",
            "priority",
            "closed_at",
            "kind",
            "score",
            "date",
            "rate",
            "first_name",
            "since",
            "to",
            "refund_usd",
            "left",
            "trial",
            "billing_period",
            "role",
            "term",
            "Name",
            "used by",
        ]),
        prop::sample::select(vec!["a\nb", "\"", "ñ", "[x]", "#", "choose", "%", "="]),
    ];
    let cell = prop_oneof![
        Just(String::new()),
        prop::sample::select(vec![
            "03-04-2024",
            "13-04-2024",
            "04/13/2024",
            "2024-04-03T10:00:00Z",
            "1,234",
            "1.5",
            "yes",
            "0",
            "monthly",
            "P1",
            "€5",
            "UK",
            "'",
            "\"",
            "a\nb",
            "#",
            "choose"
        ])
        .prop_map(str::to_owned),
        "\\PC{0,6}",
    ];
    let names =
        prop::collection::btree_set(name, 1..8).prop_map(|names| names.into_iter().collect::<Vec<_>>());
    (names, prop::collection::vec(prop::collection::vec(cell, 8), 0..5)).prop_map(|(names, rows)| {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(&names).expect("written");
        for row in rows {
            writer.write_record(&row[..names.len()]).expect("written");
        }
        String::from_utf8(writer.into_inner().expect("flushed")).expect("UTF-8")
    })
}

#[test]
fn a_column_that_toml_could_not_name_spoils_nothing() {
    let text = "id,name,since,of\u{1}fice\nA1,Nordkap,2026-01-31,Oslo\nA2,Sakura,2026-02-28,Kyoto\n";
    let suggestion = suggest("any", vec![Sample { name: "accounts.csv".to_owned(), bytes: text.as_bytes() }]);
    Mapping::parse(&suggestion.text).unwrap_or_else(|error| panic!("{error}\n{}", suggestion.text));
}

proptest! {
    /// Whatever the files hold: what is suggested is a valid mapping but for
    /// the questions that it asks.
    #[test]
    fn a_suggestion_is_valid_but_for_its_questions(
        files in prop::collection::vec(
            (prop::sample::select(vec!["accounts.csv", "contacts.csv", "subscriptions.csv", "usage.csv", "tickets.csv",
                "nps.csv", "churn.csv", "notes.csv", "exchange_rates.csv", "plans.csv", "features.csv", "x.csv"]), csv_text()),
            1..4,
        ),
    ) {
        let samples = files.iter().map(|(name, text)| Sample { name: (*name).to_owned(), bytes: text.as_bytes() });
        let suggestion = suggest("any", samples.collect());
        match Mapping::parse(&suggestion.text) {
            Ok(_) => prop_assert_eq!(suggestion.questions, 0),
            Err(errors) => {
                // Files of which nothing is understood leave nothing to import.
                let expected = |error: &MappingError| {
                    matches!(error, MappingError::Undecided { .. })
                        || matches!(error, MappingError::MissingKey { key, .. } if key == "file")
                };
                prop_assert!(errors.0.iter().all(expected), "{}\n{}", errors, suggestion.text);
            }
        }
    }
}
