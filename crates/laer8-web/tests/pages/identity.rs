//! Joined accounts, as a browser without a script gets them.

use crate::site::{Answer, TestSite, posting};
use axum::{
    body::Body,
    http::{StatusCode, header},
};
use laer8_app::Actor;
use laer8_domain::records::{AccountRecord, FieldRecord, Incoming, KnownWhen, Record};

const PATH: &str = "/sources/identity";

async fn told(site: &TestSite, source: &str, accounts: &[(&str, &str, &str)]) {
    let field = |field: &str, value: &str| FieldRecord {
        field: field.to_owned(),
        value: Some(value.into()),
        since: "2026-01-01".parse().expect("a day"),
        known: None,
    };
    let record = |(id, name, domain): &(&str, &str, &str)| Incoming {
        row: 0,
        known: KnownWhen::Happened,
        record: Record::Account(AccountRecord {
            id: (*id).to_owned(),
            fields: vec![field("name", name), field("domain", domain), field(&format!("{source}_code"), id)],
        }),
    };
    let records: Vec<Incoming> = accounts.iter().map(record).collect();
    site.app.absorb_records(&Actor::operator(), source, records).await.expect("taken");
}

/// One company that two sources tell of, and one that the crm tells of twice.
async fn joined() -> TestSite {
    let site = TestSite::empty().await;
    told(
        &site,
        "crm",
        &[
            ("A1", "Helvetia", "helvetia.test"),
            ("A2", "Nordkap", "nordkap.test"),
            ("A3", "Nordkap 2", "nordkap.test"),
        ],
    )
    .await;
    told(&site, "billing", &[("1", "Helvetia AG", "helvetia.test"), ("2", "Nordkap AS", "nordkap.test")])
        .await;
    site
}

async fn post(site: &TestSite, path: &str, form: &str) -> Answer {
    let body = Body::from(form.to_owned());
    site.send(posting(path, form).body(body).expect("a request")).await
}

fn leads_to(answer: &Answer) -> String {
    assert!(answer.status.is_redirection(), "{}: {}", answer.status, answer.text);
    answer.headers[header::LOCATION].to_str().expect("an address").to_owned()
}

#[tokio::test]
async fn what_is_joined_is_listed_with_its_reason_and_can_be_undone() {
    let site = joined().await;
    let page = site.get(PATH).await;
    assert!(page.text.contains("Same domain: helvetia.test"), "{}", page.text);
    assert!(
        page.text.contains("billing 1 · helvetia.test") && page.text.contains("by the rule"),
        "{}",
        page.text
    );
    assert!(page.text.contains("the same e-mail domain") && page.text.contains("The newest value wins."));
    let moved = leads_to(&site.get("/accounts/4?lang=x").await);
    assert_eq!(moved, "/accounts/1?lang=x", "an address of a joined account leads to the account");
    let account = site.get("/accounts/1").await;
    assert!(account.text.contains("from billing") && account.text.contains("from crm"), "{}", account.text);

    let address = leads_to(&post(&site, "/sources/identity/1/undo", "").await);
    let page = site.get(&address).await;
    assert!(page.text.contains("are read as two again"), "{}", page.text);
    assert_eq!(site.get("/accounts/4").await.status, StatusCode::OK);
    leads_to(&post(&site, PATH, "subject=account&id=1&id=4&do=join").await);
    let page = site.get(PATH).await;
    assert!(page.text.contains("A person decided"), "{}", page.text);
    let undone = site.get("/sources/identity?show=undone").await;
    assert!(undone.text.contains("Same domain: helvetia.test"), "{}", undone.text);
}

#[tokio::test]
async fn accounts_are_joined_by_their_names() {
    let site = joined().await;
    let several = post(&site, PATH, "subject=account&name=nord&name=Helvetia&do=join").await;
    assert_eq!(several.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(several.text.contains("Nordkap (#2), Nordkap 2 (#3), Nordkap AS (#5)"), "{}", several.text);
    // A whole name is meant before names in which it is.
    leads_to(&post(&site, PATH, "subject=account&name=Nordkap&name=nordkap+as&do=join").await);
    let page = site.get(PATH).await.text;
    assert!(page.contains("Accounts (2)"), "{page}");
}

#[tokio::test]
async fn what_a_rule_would_have_to_guess_is_decided_by_a_person() {
    let site = joined().await;
    let page = site.get(PATH).await;
    assert!(page.text.contains("One source has several of them."), "{}", page.text);
    let one = post(&site, PATH, "subject=account&id=2&do=join").await;
    assert_eq!(one.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(one.text.contains("Tick at least two."), "{}", one.text);
    leads_to(&post(&site, PATH, "subject=account&id=2&id=3&do=apart").await);
    leads_to(&post(&site, PATH, "subject=account&name=%232&name=2&do=join").await);
    let page = site.get(PATH).await;
    assert!(!page.text.contains("id=\"open\""), "all is decided: {}", page.text);
    let nobody = post(&site, PATH, "subject=account&name=%232&name=none&do=join").await;
    assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", nobody.text);
}

#[tokio::test]
async fn a_document_is_tried_before_it_counts() {
    let site = joined().await;
    let document = "/settings/documents/identity/identity";
    let page = site.get(document).await;
    assert!(page.text.contains("See what it would join"), "{}", page.text);
    let body = "schema%20%3D%201%0A%5Baccounts%5D%0Arules%20%3D%20%5B%5D";
    let tried = post(&site, document, &format!("base=0&body={body}&do=joins")).await;
    assert!(tried.text.contains("It would join 0 and part 1, and leave 0 to decide."), "{}", tried.text);
    leads_to(&post(&site, document, &format!("base=0&body={body}&do=save")).await);
    let page = site.get(PATH).await;
    assert!(page.text.contains("nothing; only what a person joins"), "{}", page.text);
    assert_eq!(site.get("/accounts/4").await.status, StatusCode::OK, "they are two");
    let log = site.get("/settings/audit").await;
    assert!(log.text.contains("The rules") && log.text.contains("parted"), "{}", log.text);
}

#[tokio::test]
async fn both_languages_say_all_of_it() {
    let site = joined().await;
    for language in ["en", "es"] {
        for path in [PATH, "/sources/identity?show=people", "/sources/identity?show=undone"] {
            let page = site.get_in(path, language).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            let keys = page.text.split('>').filter(|text| text.trim_start().starts_with("identity-"));
            assert_eq!(keys.collect::<Vec<_>>(), [""; 0], "{path} in {language}");
        }
    }
}
