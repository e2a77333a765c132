//! The list of accounts: chosen, counted, sorted and cut into pages.

use crate::support::{app_at, operator, unwatched};
use laer8_app::{
    AccountsQuery, AccountsView, App, AppError, AsOf, Column, DemoRequest, FacetKind, Facets, Filter, Sort,
    Start,
};
use laer8_domain::{conditions::Condition, ids::AccountId, money::Amount, values::Value};
use std::collections::BTreeSet;

laer8_testkit::on_both!(pages_by_either_way_are_the_list, traits_of_every_kind_are_asked_for);

const NOW: &str = "2026-06-30T12:00:00Z";

async fn company(url: &str) -> App {
    let app = app_at(url, NOW).await;
    let request = DemoRequest { accounts: 40, ..DemoRequest::default() };
    app.demo(&operator(), request, &unwatched).await.expect("a company");
    app
}

async fn list(app: &App, query: &AccountsQuery) -> AccountsView {
    app.accounts(&operator(), AsOf::Newest, query).await.expect("accounts")
}

fn ids(view: &AccountsView) -> Vec<AccountId> {
    view.accounts.iter().map(|row| row.id).collect()
}

fn filter(conditions: &[serde_json::Value]) -> Filter {
    let read = |it: &serde_json::Value| serde_json::from_value::<Condition>(it.clone()).expect("a condition");
    Filter { conditions: conditions.iter().map(read).collect() }
}

async fn pages_by_either_way_are_the_list(url: String) {
    let app = company(&url).await;
    for sort in ["-mrr", "name", "stage", "-score", "renewal_on", "signal", "-customer", "region"] {
        let query = AccountsQuery { sort: Sort::from_key(sort), ..AccountsQuery::default() };
        let all = list(&app, &query).await;
        assert_eq!((all.found, all.next), (all.accounts.len(), None), "{sort}");
        let (mut by_offset, mut by_cursor, mut start) = (Vec::new(), Vec::new(), Start::default());
        for page in 0..all.found.div_ceil(7) {
            let offset = Start::Offset(page * 7);
            let view = list(&app, &AccountsQuery { start: offset, limit: Some(7), ..query.clone() }).await;
            assert_eq!((view.offset, view.mrr, view.found), (page * 7, all.mrr, all.found), "{sort}");
            by_offset.extend(ids(&view));
            let view = list(&app, &AccountsQuery { start, limit: Some(7), ..query.clone() }).await;
            assert_eq!(view.offset, page * 7, "{sort}");
            by_cursor.extend(ids(&view));
            start = view.next.map_or(start, Start::After);
        }
        assert_eq!(by_offset, ids(&all), "{sort}");
        assert_eq!(by_cursor, ids(&all), "{sort}");
        // Beyond the end lies the last page.
        let far = AccountsQuery { start: Start::Offset(9_999), limit: Some(7), ..query };
        assert_eq!(list(&app, &far).await.offset, (all.found - 1) / 7 * 7);
    }
}

/// An account with one trait of each kind.
fn account(id: &str, since: &str, employees: f64, vip: bool, city: &str) -> laer8_domain::records::Incoming {
    let field = |name: &str, value: Value| serde_json::json!({ "field": name, "value": value, "since": "2026-01-01" });
    let since: laer8_domain::days::Day = since.parse().expect("a day");
    let fields = [
        field("name", id.into()),
        field("onboarded", since.into()),
        field("employees", employees.into()),
        field("vip", vip.into()),
        field("city", city.into()),
    ];
    let record = serde_json::json!({ "type": "account", "id": id, "fields": fields });
    serde_json::from_value(record).expect("a record")
}

async fn traits_of_every_kind_are_asked_for(url: String) {
    let app = app_at(&url, NOW).await;
    let bare = serde_json::json!({ "type": "account", "id": "Dolmen", "fields": [
        { "field": "name", "value": "Dolmen", "since": "2026-01-01" } ] });
    let accounts = [
        account("Alba", "2026-01-10", 120.0, true, "Lugo"),
        account("Brisa", "2026-02-01", 8.0, false, "lugo"),
        account("Cima", "2026-03-01", 35.5, true, "Food, Drink"),
        serde_json::from_value(bare).expect("a record"),
    ];
    app.absorb_records(&operator(), "crm", accounts).await.expect("taken");
    let names = async |conditions: &[serde_json::Value], sort: &str| -> String {
        let sort = Sort::from_key(sort);
        let query = AccountsQuery { sort, ..AccountsQuery::of(&filter(conditions)) };
        let view = list(&app, &query).await;
        view.accounts.into_iter().map(|row| row.name.chars().next().unwrap_or_default()).collect()
    };
    let json =
        |facet: &str, key: &str, value: serde_json::Value| serde_json::json!({ "facet": facet, key: value });
    for (conditions, expected) in [
        (vec![json("city", "is", "LUGO".into())], "AB"),
        (vec![json("city", "is", serde_json::json!(["Lugo", "Food, Drink"]))], "ABC"),
        (vec![json("vip", "is", true.into())], "AC"),
        (vec![json("vip", "not", true.into())], "BD"),
        (vec![json("vip", "known", false.into())], "D"),
        (vec![json("employees", "at_least", 35.5.into())], "AC"),
        (vec![json("employees", "below", 35.5.into())], "B"),
        (vec![json("onboarded", "at_least", "2026-02-01".into())], "BC"),
        (vec![json("onboarded", "below", "2026-02-01".into()), json("vip", "known", true.into())], "A"),
    ] {
        assert_eq!(names(&conditions, "name").await, expected, "{conditions:?}");
    }
    // What is unknown stands last whichever way.
    for (sort, expected) in
        [("employees", "BCAD"), ("-employees", "ACBD"), ("-onboarded", "CBAD"), ("vip", "ACBD")]
    {
        assert_eq!(names(&[], sort).await, expected, "{sort}");
    }
    let query = AccountsQuery { columns: vec![Column::from_key("city")], ..AccountsQuery::default() };
    let view = list(&app, &query).await;
    let city =
        |name: &str| view.accounts.iter().find(|row| row.name == name).map(|row| row.fields["city"].clone());
    assert_eq!((city("Cima"), city("Dolmen")), (Some(vec!["Food, Drink".into()]), Some(vec![])));
    let kinds = list(&app, &AccountsQuery { facets: Facets::All, ..AccountsQuery::default() }).await.columns;
    let kind = |name: &str| kinds.iter().find(|it| it.column.key() == name).map(|it| it.kind);
    assert_eq!(kind("employees"), Some(FacetKind::Number));
    assert_eq!(kind("onboarded"), Some(FacetKind::Day));
    assert_eq!((kind("vip"), kind("city")), (Some(FacetKind::Choice), Some(FacetKind::Choice)));
}

#[tokio::test]
async fn totals_are_of_all_that_is_found_and_not_of_the_page() {
    let database = laer8_testkit::TestDatabase::new(laer8_testkit::Engine::Sqlite);
    let app = company(&database.url).await;
    let paying = filter(&[serde_json::json!({ "facet": "customer", "is": true })]);
    let all = list(&app, &AccountsQuery::of(&paying)).await;
    let page = list(&app, &AccountsQuery { limit: Some(3), ..AccountsQuery::of(&paying) }).await;
    assert_eq!(
        (page.accounts.len(), page.found, page.customers),
        (3, all.accounts.len(), all.accounts.len())
    );
    let sum = |pick: &dyn Fn(&laer8_app::AccountRow) -> Amount| all.accounts.iter().map(pick).sum::<Amount>();
    assert_eq!((page.mrr, page.arr), (sum(&|row| row.mrr), sum(&|row| row.arr)));
    assert_eq!(page.seats, all.accounts.iter().filter_map(|row| row.seats).map(u64::from).sum::<u64>());
    let scores: Vec<f64> = all.accounts.iter().filter_map(|row| row.score).collect();
    let mean = scores.iter().sum::<f64>() / f64::from(u32::try_from(scores.len()).expect("few"));
    assert!((page.mean_score.expect("a mean") - mean).abs() < 1e-9);
}

#[tokio::test]
async fn a_facet_counts_what_everything_else_leaves() {
    let database = laer8_testkit::TestDatabase::new(laer8_testkit::Engine::Sqlite);
    let app = company(&database.url).await;
    let conditions = [
        serde_json::json!({ "facet": "stage", "is": "renew" }),
        serde_json::json!({ "facet": "mrr", "at_least": 100 }),
    ];
    let query = AccountsQuery { facets: Facets::All, ..AccountsQuery::of(&filter(&conditions)) };
    let view = list(&app, &query).await;
    let facet = |key: &str| view.facets.iter().find(|facet| facet.column.key() == key).expect("the facet");
    // Stages are counted as if none had been chosen, so that another can be added.
    let without = list(&app, &AccountsQuery::of(&filter(&conditions[1..]))).await;
    for stage in ["land", "adopt", "expand", "renew"] {
        let counted =
            facet("stage").values.iter().find(|it| it.value == stage.into()).map_or(0, |it| it.accounts);
        assert_eq!(counted, without.accounts.iter().filter(|row| row.standing == stage).count(), "{stage}");
    }
    // Everything else is counted among those that were found.
    let bands: usize = facet("band").values.iter().map(|it| it.accounts).sum();
    assert_eq!(bands, view.found);
    for signal in &facet("signal").values {
        let key = signal.value.as_text().expect("a code");
        assert_eq!(signal.accounts, view.accounts.iter().filter(|row| row.signals.contains(&key)).count());
    }
    let least = facet("arr").least.as_ref().and_then(Value::as_number);
    let arr: Vec<f64> = view.accounts.iter().map(|row| row.arr.to_f64()).collect();
    assert_eq!(least.map(f64::to_bits), arr.iter().copied().reduce(f64::min).map(f64::to_bits));
    let stages: BTreeSet<&str> = view.accounts.iter().map(|row| row.standing).collect();
    assert_eq!(stages, BTreeSet::from(["renew"]));
}

#[tokio::test]
async fn a_search_looks_into_names_without_regard_to_case() {
    let database = laer8_testkit::TestDatabase::new(laer8_testkit::Engine::Sqlite);
    let app = company(&database.url).await;
    let all = list(&app, &AccountsQuery::default()).await;
    let name = all.accounts[0].name.to_uppercase();
    let found = list(&app, &AccountsQuery { search: format!(" {name} "), ..AccountsQuery::default() }).await;
    assert_eq!(ids(&found), [all.accounts[0].id]);
    let none =
        list(&app, &AccountsQuery { search: "no such name".to_owned(), ..AccountsQuery::default() }).await;
    assert_eq!((none.found, none.customers, none.offset, none.next), (0, 0, 0, None));
}

#[tokio::test]
async fn what_no_account_has_is_an_error_wherever_it_is_asked_for() {
    let database = laer8_testkit::TestDatabase::new(laer8_testkit::Engine::Sqlite);
    let app = company(&database.url).await;
    let colour = || Column::from_key("colour");
    let queries = [
        AccountsQuery { sort: Sort::up(colour()), ..AccountsQuery::default() },
        AccountsQuery { columns: vec![colour()], ..AccountsQuery::default() },
        AccountsQuery { facets: Facets::Of(vec![colour()]), ..AccountsQuery::default() },
        AccountsQuery { start: Start::After(AccountId(999_999)), ..AccountsQuery::default() },
    ];
    for query in queries {
        let error = app.accounts(&operator(), AsOf::Newest, &query).await.expect_err("there is none");
        assert!(matches!(error, AppError::NotFound { .. }), "{error:?}");
    }
}

#[tokio::test]
async fn the_health_of_the_book_adds_up() {
    let database = laer8_testkit::TestDatabase::new(laer8_testkit::Engine::Sqlite);
    let app = company(&database.url).await;
    let view = app.health_overview(&operator(), AsOf::Newest, &Filter::default()).await.expect("health");
    let rows = list(&app, &AccountsQuery::default()).await.accounts;
    let customers: Vec<_> = rows.iter().filter(|row| row.mrr.is_positive()).collect();
    assert_eq!(view.customers, customers.len());
    assert_eq!(view.bands.iter().map(|band| band.accounts).sum::<usize>(), view.customers);
    assert_eq!(view.segments.iter().map(|it| it.customers).sum::<usize>(), view.customers);
    assert_eq!(view.segments.iter().map(|it| it.arr).sum::<Amount>(), view.arr);
    for segment in &view.segments {
        assert_eq!(segment.bands.iter().map(|band| band.accounts).sum::<usize>(), segment.customers);
    }
    let scored = customers.iter().filter(|row| row.score.is_some()).count();
    let steps = view.distribution.iter().flat_map(|step| &step.bands).map(|band| band.customers);
    assert_eq!(usize::try_from(steps.sum::<u32>()).expect("few"), scored);
    let moved = |by: &dyn Fn(f64) -> bool| {
        customers.iter().filter_map(|row| row.change_30).filter(|it| by(*it)).count()
    };
    assert_eq!((view.fell, view.rose), (moved(&|it| it <= -5.0), moved(&|it| it >= 5.0)));
    let falls: Vec<f64> = view.fell_most.iter().filter_map(|row| row.change_30).collect();
    assert!(!falls.is_empty() && falls.is_sorted() && falls.iter().all(|it| *it < 0.0), "{falls:?}");
    let rises: Vec<f64> = view.rose_most.iter().filter_map(|row| row.change_30).collect();
    assert!(rises.is_sorted_by(|a, b| a >= b) && rises.iter().all(|it| *it > 0.0), "{rises:?}");
    let small = filter(&[serde_json::json!({ "facet": "segment", "is": "small" })]);
    let small = app.health_overview(&operator(), AsOf::Newest, &small).await.expect("health");
    assert_eq!(small.segments.iter().map(|it| it.segment.as_str()).collect::<Vec<_>>(), ["small"]);
}
