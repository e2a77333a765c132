//! Configuration and bookkeeping.

use crate::examples::{day, open};
use chrono::{DateTime, Utc};
use laer8_domain::{
    catalog::{Entitlement, Feature, Plan, Product},
    ids::{AccountId, FeatureId, ImportId, PlanId, ProductId, SourceId},
    money::{Amount, Currency, Money},
    provenance::Origin,
    users::Role,
};
use laer8_store::{
    AuditEntry, Document, Finding, IdRange, ImportFile, NewUser, QuarantineFilter, Quarantined, StoreError,
    StoredEvaluation, StoredRate,
};

laer8_testkit::on_both!(
    the_catalogue_keeps_the_latest_word,
    rates_are_those_known_on_the_day,
    an_unfinished_run_is_found_again,
    a_row_is_quarantined_once,
    evaluations_of_a_day_are_replaced_as_a_whole,
    documents_have_versions,
    an_address_belongs_to_one_user,
    settings_and_audit_are_kept,
    the_audit_log_is_read_from_the_newest_on,
    nothing_is_kept_without_a_commit,
    what_changed_is_known_while_single_accounts_change,
);

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

async fn the_catalogue_keeps_the_latest_word(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    tx.put_product(&Product { id: ProductId(1), name: "Suite".into() }).await.expect("a product");
    for (id, core) in [(1, true), (2, false)] {
        let feature = Feature {
            id: FeatureId(id),
            product: Some(ProductId(1)),
            key: format!("f{id}"),
            name: format!("Feature {id}"),
            core,
            depth_target: Some(2.5),
        };
        tx.put_feature(&feature).await.expect("a feature");
    }
    let plan = |entitles| Plan {
        id: PlanId(1),
        product: Some(ProductId(1)),
        key: "pro".into(),
        name: "Pro".into(),
        entitles,
        upgrade: None,
        included_uses: Some(1000),
    };
    tx.put_plan(&plan(Entitlement::All)).await.expect("a plan");
    tx.put_plan(&plan(Entitlement::Only(vec![FeatureId(2)]))).await.expect("the plan again");
    let catalog = tx.catalog().await.expect("a catalogue");
    assert_eq!(catalog.plan(PlanId(1)), Some(&plan(Entitlement::Only(vec![FeatureId(2)]))));
    assert_eq!(catalog.feature(FeatureId(1)).map(|feature| feature.core), Some(true));
}

async fn rates_are_those_known_on_the_day(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    let rate = StoredRate {
        from: Currency::USD,
        to: Currency::EUR,
        day: day("2026-01-01"),
        billionths: 900_000_000,
        revision: 0,
        known_on: day("2026-01-01"),
    };
    let correction = StoredRate { billionths: 800_000_000, revision: 1, known_on: day("2026-02-01"), ..rate };
    let origin = Origin { source: SourceId(1), import: None, row: 1 };
    tx.insert_rates(&[(rate, origin), (correction, origin)]).await.expect("rates");
    let ten = Money { amount: Amount::from_major(10), currency: Currency::USD };
    for (known, euros) in [("2026-01-31", "9.00"), ("2026-02-01", "8.00")] {
        let rates = tx.rates(Currency::EUR, day(known)).await.expect("rates");
        let converted = rates.convert(ten, day("2026-01-15")).expect("a rate");
        assert_eq!(converted.to_string(), euros);
    }
}

async fn an_unfinished_run_is_found_again(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    let source = tx.source("crm").await.expect("a source");
    let run = tx.start_run(source, "abc", "folder", at("2026-01-01T10:00:00Z")).await.expect("a run");
    let file = ImportFile {
        id: tx.next_import().await.expect("an id"),
        run: run.id,
        position: 0,
        name: "accounts.csv".into(),
        record: "account".into(),
        digest: "d".into(),
        rows: 5,
        new: 1,
        changed: 1,
        unchanged: 2,
        refused: 1,
        finished_at: at("2026-01-01T10:00:01Z"),
    };
    tx.insert_import(&file).await.expect("a file");
    assert_eq!(tx.unfinished_run(source, "abc").await.expect("a look"), Some(run.clone()));
    assert_eq!(tx.unfinished_run(source, "other").await.expect("a look"), None);
    assert_eq!(tx.imports(run.id).await.expect("files"), std::slice::from_ref(&file));
    assert_eq!(tx.imports_by_id(&[file.id]).await.expect("files"), [file]);
    let finding = |count| Finding { kind: "zero_length".into(), count, examples: vec!["S-1".into()] };
    tx.put_finding(run.id, &finding(1)).await.expect("a finding");
    tx.put_finding(run.id, &finding(2)).await.expect("the finding again");
    assert_eq!(tx.findings(run.id).await.expect("findings"), [finding(2)]);
    tx.finish_run(run.id, at("2026-01-01T10:00:02Z")).await.expect("finished");
    assert_eq!(tx.unfinished_run(source, "abc").await.expect("a look"), None);
    let ended = tx.run(run.id).await.expect("a look").expect("the run");
    assert_eq!(ended.finished_at, Some(at("2026-01-01T10:00:02Z")));
    let next = tx.start_run(source, "def", "more", at("2026-01-02T10:00:00Z")).await.expect("another");
    let ids = async |before| {
        let runs = tx.runs(before, 5).await.expect("runs");
        runs.into_iter().map(|run| run.id).collect::<Vec<_>>()
    };
    assert_eq!(ids(None).await, [next.id, run.id]);
    assert_eq!(ids(Some(next.id)).await, [run.id]);
    assert_eq!(tx.count_runs(None).await.expect("a count"), 2);
    assert_eq!(tx.count_runs(Some(next.id)).await.expect("a count"), 1);
}

async fn a_row_is_quarantined_once(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    let row = Quarantined {
        id: 0,
        source: SourceId(1),
        import: ImportId(1),
        file: "accounts.csv".into(),
        record: "account".into(),
        row: 7,
        digest: "d7".into(),
        reason: "bad_day".into(),
        message: "32-01-2026 is not a day".into(),
        delimiter: ';',
        header: vec!["id".into(), "day".into()],
        cells: vec!["A\n1".into(), "32-01-2026".into()],
    };
    tx.quarantine(vec![row.clone(), Quarantined { row: 9, digest: "d9".into(), ..row.clone() }])
        .await
        .expect("in");
    tx.quarantine(vec![Quarantined { import: ImportId(2), ..row.clone() }]).await.expect("in again");
    let inside = tx.quarantined(Some(SourceId(1))).await.expect("a look");
    assert_eq!(inside.iter().map(|row| row.row).collect::<Vec<_>>(), [7, 9]);
    assert_eq!(Quarantined { id: 0, ..inside[0].clone() }, row);
    let alike = tx.quarantine_groups().await.expect("groups");
    let group = |rows, example: usize| laer8_store::QuarantineGroup {
        source: SourceId(1),
        file: "accounts.csv".into(),
        record: "account".into(),
        reason: "bad_day".into(),
        rows,
        example: inside[example].id,
    };
    assert_eq!(alike, [group(2, 0)]);
    let all = QuarantineFilter::default();
    let second = tx.quarantine_page(&all, Some(&inside[0]), 5).await.expect("a page");
    assert_eq!(second, [inside[1].clone()]);
    assert_eq!(tx.count_quarantined_until(&all, &inside[1]).await.expect("a count"), 2);
    let other = QuarantineFilter { reason: Some("missing".into()), source: Some(SourceId(1)), ..all.clone() };
    assert_eq!(tx.quarantine_page(&other, None, 5).await.expect("a page"), []);
    assert_eq!(tx.quarantined_by_id(&[inside[1].id]).await.expect("a row"), [inside[1].clone()]);
    tx.release(&[inside[0].id], ImportId(3)).await.expect("out");
    assert_eq!(tx.quarantine_groups().await.expect("groups"), [group(1, 1)]);
    assert_eq!(tx.quarantine_page(&all, None, 5).await.expect("a page"), [inside[1].clone()]);
    let after_one_that_went = tx.quarantine_page(&all, Some(&inside[0]), 5).await.expect("a page");
    assert_eq!(after_one_that_went, [inside[1].clone()], "it still has its place");
    assert_eq!(tx.count_quarantined_until(&all, &inside[0]).await.expect("a count"), 0);
    let elsewhere = [("b.csv", 1, 1), ("b.csv", 2, 1), ("a.csv", 3, 1), ("a.csv", 1, 2)];
    let elsewhere = elsewhere.map(|(file, row, source)| Quarantined {
        row,
        source: SourceId(source),
        file: file.into(),
        digest: format!("{file}{row}{source}"),
        ..inside[1].clone()
    });
    tx.quarantine(elsewhere.to_vec()).await.expect("in");
    let whole = tx.quarantine_page(&all, None, 9).await.expect("all");
    let (mut walked, mut last) = (Vec::new(), None);
    while let Some(row) = tx.quarantine_page(&all, last.as_ref(), 1).await.expect("a page").pop() {
        last = Some(row.clone());
        walked.push(row);
    }
    assert_eq!((walked.len(), &walked), (5, &whole), "row by row as all at once");
    assert_eq!(tx.quarantined(None).await.expect("a look").len(), 5);
}

async fn evaluations_of_a_day_are_replaced_as_a_whole(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    let result = |account, on: &str| StoredEvaluation {
        account: AccountId(account),
        day: day(on),
        standing: "customer".into(),
        stage: Some("adopt".into()),
        segment: "small".into(),
        scorecard: "adoption".into(),
        score: Some(62.25),
        band: "watch".into(),
        coverage: 0.92,
        mrr: Amount::from_major(8420),
        potential: None,
        works: Some(93.0),
        quadrant: None,
        signals: serde_json::json!([{"kind": "silence"}]),
    };
    let (first, second) = (day("2026-01-01"), day("2026-01-02"));
    tx.put_evaluations(first, vec![result(1, "2026-01-01"), result(2, "2026-01-01")]).await.expect("kept");
    tx.put_evaluations(second, vec![result(1, "2026-01-02")]).await.expect("kept");
    tx.put_evaluations(first, vec![result(2, "2026-01-01")]).await.expect("replaced");
    assert_eq!(tx.evaluations(first).await.expect("a look"), [result(2, "2026-01-01")]);
    tx.forget_evaluations(Some(second)).await.expect("forgotten");
    assert_eq!(tx.evaluations(second).await.expect("a look"), []);
    assert_eq!(tx.evaluations(first).await.expect("a look").len(), 1);
    tx.forget_evaluations(None).await.expect("all forgotten");
    assert_eq!(tx.evaluations(first).await.expect("a look"), []);
}

async fn documents_have_versions(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    let document = |version, body: &str| Document {
        kind: "scorecard".into(),
        key: "growth".into(),
        version,
        body: body.into(),
        author: "irene@example.com".into(),
        created_at: at("2026-01-01T00:00:00Z"),
    };
    tx.insert_document(document(1, "a = 1")).await.expect("a document");
    tx.insert_document(document(2, "a = 2")).await.expect("a version");
    assert_eq!(tx.documents().await.expect("a look"), [document(2, "a = 2")]);
    let versions = tx.document_versions("scorecard", "growth").await.expect("a look");
    assert_eq!(versions.iter().map(|version| version.version).collect::<Vec<_>>(), [2, 1]);
    let again = tx.insert_document(document(2, "a = 3")).await;
    assert!(matches!(again, Err(StoreError::Exists { .. })), "{again:?}");
}

async fn an_address_belongs_to_one_user(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    let user = NewUser { email: "a@example.com".into(), name: "Ana".into(), role: Role::Member };
    let id = tx.insert_user(user.clone()).await.expect("a user");
    assert!(tx.update_user(id, Role::Admin, false).await.expect("changed"));
    let users = tx.users().await.expect("users");
    assert_eq!((users[0].role, users[0].active), (Role::Admin, false));
    let again = tx.insert_user(user).await;
    assert!(matches!(again, Err(StoreError::Exists { .. })), "{again:?}");
}

async fn settings_and_audit_are_kept(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    assert_eq!(tx.setting("currency").await.expect("a look"), None);
    tx.put_setting("currency", "USD").await.expect("set");
    tx.put_setting("currency", "EUR").await.expect("set again");
    assert_eq!(tx.setting("currency").await.expect("a look").as_deref(), Some("EUR"));
    let entry = AuditEntry {
        at: at("2026-01-01T10:00:00Z"),
        actor: "ana@example.com".into(),
        action: "setting.change".into(),
        subject: "setting:currency".into(),
        detail: serde_json::json!({"from": "USD", "to": "EUR"}),
    };
    tx.audit(entry.clone()).await.expect("written");
    assert_eq!(tx.audit_log(10).await.expect("a look"), [entry]);
}

async fn the_audit_log_is_read_from_the_newest_on(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    for action in ["first", "second", "third"] {
        tx.audit(AuditEntry {
            at: at("2026-01-01T10:00:00Z"),
            actor: "ana@example.com".into(),
            action: action.into(),
            subject: "setting:currency".into(),
            detail: serde_json::Value::Null,
        })
        .await
        .expect("written");
    }
    let newest = tx.audit_before(None, 2).await.expect("a look");
    let actions: Vec<&str> = newest.iter().map(|(_, entry)| entry.action.as_str()).collect();
    assert_eq!(actions, ["third", "second"]);
    let older = tx.audit_before(newest.last().map(|(id, _)| *id), 2).await.expect("a look");
    assert_eq!(older.iter().map(|(_, entry)| entry.action.as_str()).collect::<Vec<_>>(), ["first"]);
}

async fn nothing_is_kept_without_a_commit(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    tx.insert_accounts(&[AccountId(1)]).await.expect("an account");
    drop(tx);
    let tx = store.read().await.expect("a transaction");
    assert_eq!(tx.account_ids(IdRange::all()).await.expect("a look"), []);
}

async fn what_changed_is_known_while_single_accounts_change(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    tx.forget_evaluations(None).await.expect("forgotten");
    let then = tx.generation().await.expect("a number");
    assert_eq!(tx.changed_since(then).await.expect("a look"), Some(vec![]));
    for account in [7, 3, 7] {
        tx.forget_evaluations_of(&[AccountId(account)], day("2026-01-01")).await.expect("forgotten");
    }
    let changed = tx.changed_since(then).await.expect("a look");
    assert_eq!(changed, Some(vec![AccountId(3), AccountId(7)]));
    assert_eq!(tx.changed_since(then + 2).await.expect("a look"), Some(vec![AccountId(7)]));
    tx.forget_evaluations(Some(day("2026-01-01"))).await.expect("forgotten");
    assert_eq!(tx.changed_since(then).await.expect("a look"), None, "it may differ anywhere");
    let now = tx.generation().await.expect("a number");
    assert_eq!(tx.changed_since(now + 1).await.expect("a look"), None, "of another database");
}
