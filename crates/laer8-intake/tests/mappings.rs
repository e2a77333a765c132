//! What is wrong with a mapping is said before the first row is read.

use laer8_intake::mapping::{Mapping, RecordKind, targets::targets};
use proptest::prelude::*;

fn faults(text: &str) -> String {
    Mapping::parse(text).map(drop).expect_err("faults").to_string()
}

#[test]
fn every_fault_is_reported_with_its_place_and_what_to_write() {
    insta::assert_snapshot!(faults(
        r#"
        schema = 2
        currency = "euro"
        time_zone = "Madrid"
        decimal = ","
        grouping = ","
        colour = "red"

        [[plan]]
        name = "Gold"
        entitles = "some"

        [[exchange_rate]]
        from = "EUR"
        to = "USD"
        day = "2026-01-01"
        rate = "-1"

        [[file]]
        name = "usage.csv"
        record = "usge"

        [[file]]
        name = "accounts.csv"
        record = "account"
        dates = ["%d-%m-%Y", "%m-%d-%Y"]
        encoding = "latin9"
        [file.fields]
        id = "Id"
        nmae = "Name"
        seats = { column = "Seats", default = "many", colum = "x" }
        [file.traits]
        industry = "Industry"
        size = { column = "Size", kind = "integer" }

        [[file]]
        name = "subscriptions.csv"
        record = "subscription"
        delimiter = "::"
        known = "tomorrow"
        only = { is = ["Customer"] }
        [file.fields]
        id = { column = "Id", constant = "x" }
        plan = 7
        price_per = { constant = "fortnight" }
        term_months = { column = "billing", translate = { monthly = "one" } }
        end = { column = "end", inclusive = true }
        trial = { column = "trial", unit = "days" }
        "#
    ));
}

#[test]
fn a_mapping_that_is_not_toml_says_where() {
    insta::assert_snapshot!(faults("schema = 1\nsource = crm\n"));
    insta::assert_snapshot!(faults(""));
}

#[test]
fn amounts_need_a_currency_from_somewhere() {
    let with = |top: &str, field: &str| {
        Mapping::parse(&format!(
            "schema = 1\nsource = \"crm\"\n{top}\n[[file]]\nname = \"x.csv\"\nrecord = \"churn_event\"\n\
             [file.fields]\nid = \"a\"\naccount = \"b\"\nday = \"c\"\nrefund = \"d\"\n{field}\n"
        ))
    };
    let fault = with("", "").expect_err("a fault").to_string();
    assert!(fault.contains("`currency` is missing"), "{fault}");
    assert!(with("currency = \"EUR\"", "").is_ok());
    assert!(with("", "currency = \"e\"").is_ok());
}

#[test]
fn the_mapping_itself_declares_plans_features_and_rates() {
    let mapping = Mapping::parse(
        r#"
        schema = 1
        source = "crm"
        currency = "EUR"
        time_zone = "Europe/Madrid"
        [[product]]
        id = "suite"
        [[feature]]
        id = "export"
        product = "suite"
        core = true
        depth_target = 4
        [[plan]]
        id = "gold"
        name = "Gold"
        entitles = ["export"]
        included_uses = 1000
        [[exchange_rate]]
        from = "USD"
        day = 2026-01-01
        rate = "0.9234"
        [[file]]
        name = "*.csv"
        record = "product"
        [file.fields]
        id = "id"
        "#,
    )
    .expect("a valid mapping");
    insta::assert_json_snapshot!(mapping.constants());
}

#[test]
fn the_same_file_may_have_several_sections() {
    let section = |record: &str, fields: &str| {
        format!("[[file]]\nname = \"*tickets*.csv\"\nrecord = \"{record}\"\n[file.fields]\n{fields}\n")
    };
    let text = format!(
        "schema = 1\nsource = \"desk\"\n{}{}",
        section("ticket", "id = \"id\"\naccount = \"a\"\nopened = \"at\""),
        section(
            "survey",
            "id = \"id\"\naccount = \"a\"\nday = \"at\"\nscore = \"s\"\nkind = { constant = \"csat\" }"
        ),
    );
    let mapping = Mapping::parse(&text).expect("a valid mapping");
    let records: Vec<RecordKind> = mapping.files_for("Tickets_2026.csv").map(|file| file.record()).collect();
    assert_eq!(records, [RecordKind::Ticket, RecordKind::Survey]);
    assert_eq!(mapping.files_for("accounts.csv").count(), 0);
}

#[test]
fn every_field_of_every_record_is_documented() {
    for kind in RecordKind::ALL {
        for target in targets(kind) {
            assert!(!target.about.is_empty(), "{} {}", kind.key(), target.name);
        }
    }
}

proptest! {
    #[test]
    fn no_text_makes_the_parser_panic(
        key in "(schema|source|dates|decimal|grouping|file|plan|known|only|x)",
        value in "\\PC{0,20}",
    ) {
        let _ = Mapping::parse(&value);
        let _ = Mapping::parse(&format!("{key} = {value}"));
        let _ = Mapping::parse(&format!("schema = 1\nsource = \"s\"\ndates = ['{value}']\n[[file]]\n{key} = '{value}'"));
    }
}
