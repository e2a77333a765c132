//! Every operation, asked by every role, with a session and with a key, and by
//! nobody.

use crate::{
    scene::{Caller, Fresh, Scene},
    site::TestApi,
};
use axum::http::{Method, StatusCode};
use laer8_domain::users::Role::{self, Admin, Manager, Member, Viewer};
use serde_json::Value;
use std::collections::BTreeSet;

/// What an operation is asked, so that only the role of whoever asks can stand
/// in its way.
struct Operation {
    /// As the document names it.
    name: &'static str,
    /// Who may.
    needs: Role,
    /// What it answers those who may.
    answers: u16,
    /// Its address; `{}` stands for what was made for this one question.
    path: &'static str,
    /// What is made for it.
    fresh: Fresh,
    /// What is sent, if anything.
    body: &'static str,
}

const fn read(name: &'static str, needs: Role, path: &'static str) -> Operation {
    Operation { name, needs, answers: 200, path, fresh: Fresh::Nothing, body: "" }
}

const fn write(
    name: &'static str,
    needs: Role,
    answers: u16,
    path: &'static str,
    fresh: Fresh,
    body: &'static str,
) -> Operation {
    Operation { name, needs, answers, path, fresh, body }
}

const NOTE: &str = r#"{"kind": "call", "day": "2026-06-29", "text": "They renew. {}"}"#;

const SENT: &str = r#"[{"type": "account", "id": "sent-{}", "fields": {"name": "Sent"}}]"#;

/// Every operation of the API.
const OPERATIONS: &[Operation] = &[
    read("get_today", Viewer, "today"),
    read("list_accounts", Viewer, "accounts"),
    read("list_facets", Viewer, "accounts/facets"),
    read("get_account", Viewer, "accounts/1"),
    read("get_account_score", Viewer, "accounts/1/score"),
    read("list_account_events", Viewer, "accounts/1/timeline"),
    read("list_account_external_ids", Viewer, "accounts/1/external-ids"),
    read("find_external_ids", Viewer, "external-ids?external_id=1"),
    write("add_note", Member, 201, "accounts/1/notes", Fresh::Number, NOTE),
    write("change_note", Member, 200, "accounts/1/notes/{}", Fresh::Note, NOTE),
    write("withdraw_note", Member, 204, "accounts/1/notes/{}", Fresh::Note, ""),
    write("restore_note", Member, 200, "accounts/1/notes/{}/restore", Fresh::Withdrawn, ""),
    write("set_pulse", Member, 201, "accounts/1/pulse", Fresh::Number, r#"{"pulse": 40, "text": "{}"}"#),
    write("assign_owner", Member, 204, "accounts/1/owner", Fresh::Number, r#"{"owner": "ana-{}"}"#),
    read("list_views", Viewer, "views"),
    write("save_view", Viewer, 201, "views", Fresh::Number, r#"{"name": "View {}", "query": ""}"#),
    write("get_view", Viewer, 200, "views/{}", Fresh::View, ""),
    write("change_view", Viewer, 200, "views/{}", Fresh::View, r#"{"query": "sort=name"}"#),
    write("delete_view", Viewer, 200, "views/{}", Fresh::View, ""),
    read("get_journey", Viewer, "journey"),
    read("list_journey_moves", Viewer, "journey/moves"),
    read("get_health", Viewer, "health"),
    read("get_health_overview", Viewer, "health/overview"),
    read("list_scorecards", Viewer, "scorecards"),
    read("get_scorecard", Viewer, "scorecards/adoption"),
    read("get_revenue", Viewer, "revenue"),
    read("list_revenue_entries", Viewer, "revenue/entries"),
    read("list_revenue_accounts", Viewer, "revenue/accounts"),
    read("list_documents", Viewer, "config"),
    read("get_document", Viewer, "config/journey/journey"),
    write("put_document", Manager, 200, "config/journey/journey", Fresh::Document, "{}"),
    read("list_document_versions", Viewer, "config/journey/journey/versions"),
    write(
        "roll_back_document",
        Manager,
        200,
        "config/signals/signals/roll-back",
        Fresh::Nothing,
        r#"{"version": 0}"#,
    ),
    write("try_scorecards", Viewer, 200, "what-if", Fresh::Nothing, r#"{"scorecards": []}"#),
    read("list_joins", Viewer, "joins"),
    write("get_join", Viewer, 200, "joins/{}", Fresh::Join, ""),
    write(
        "add_join",
        Manager,
        201,
        "joins",
        Fresh::Apart,
        r#"{"subject": "account", "first": 1, "second": 2}"#,
    ),
    write("undo_join", Manager, 200, "joins/{}", Fresh::Join, ""),
    read("list_join_candidates", Viewer, "joins/candidates"),
    write(
        "keep_apart",
        Manager,
        201,
        "joins/apart",
        Fresh::Apart,
        r#"{"subject": "account", "ids": [1, 2]}"#,
    ),
    write("preview_joins", Manager, 200, "joins/preview", Fresh::Nothing, r#"{"body": "schema = 1"}"#),
    write("look_for_joins", Manager, 200, "joins/look", Fresh::Nothing, ""),
    read("list_imports", Viewer, "imports"),
    read("get_import", Viewer, "imports/1"),
    read("list_quarantine", Viewer, "quarantine"),
    read("get_quarantine_file", Manager, "quarantine/file?source=crm&file=accounts.csv&record=account"),
    write("import_files", Manager, 200, "imports", Fresh::File, ""),
    write("mend_quarantine", Manager, 200, "quarantine/mend", Fresh::Mended, ""),
    write("send_records", Manager, 200, "bulk/account?source=crm", Fresh::Number, SENT),
    write("send_any_records", Manager, 200, "bulk?source=crm", Fresh::Number, SENT),
    read("list_sources", Viewer, "sources"),
    write("add_source", Manager, 201, "sources", Fresh::Number, r#"{"name": "Source {}"}"#),
    write("get_source", Viewer, 200, "sources/{}", Fresh::Source, ""),
    write("change_source", Manager, 200, "sources/{}", Fresh::Source, r#"{"active": false}"#),
    write("renew_write_key", Manager, 200, "sources/{}/write-key", Fresh::Source, ""),
    write("list_source_events", Viewer, 200, "sources/{}/events", Fresh::Source, ""),
    write("list_awaited", Viewer, 200, "sources/{}/waiting", Fresh::Source, ""),
    write("list_refused_events", Viewer, 200, "sources/{}/quarantine", Fresh::Source, ""),
    write("replay_refused_events", Manager, 200, "sources/{}/quarantine/replay", Fresh::Source, "{ }"),
    read("get_me", Viewer, "me"),
    read("list_users", Admin, "users"),
    write(
        "add_user",
        Admin,
        201,
        "users",
        Fresh::Number,
        r#"{"email": "new-{}@example.com", "name": "New", "role": "viewer"}"#,
    ),
    write("get_user", Admin, 200, "users/{}", Fresh::User, ""),
    write("change_user", Admin, 200, "users/{}", Fresh::User, r#"{"role": "member"}"#),
    write("invite_user", Admin, 201, "users/{}/invitation", Fresh::User, ""),
    read("list_keys", Admin, "keys"),
    write("add_key", Admin, 201, "keys", Fresh::Number, r#"{"name": "Key {}", "role": "viewer"}"#),
    write("remove_key", Admin, 204, "keys/{}", Fresh::Key, ""),
    read("list_audit_log", Admin, "audit-log"),
    read("get_workspace", Viewer, "workspace"),
    write("change_workspace", Admin, 200, "workspace", Fresh::Number, r#"{"name": "Ours {}"}"#),
    write("keep_events", Admin, 204, "workspace/event-retention", Fresh::Number, r#"{"days": 400}"#),
    read("get_catalog", Viewer, "catalog"),
];

/// What changes nothing though it is not a GET.
const TRIES: [&str; 3] = ["try_scorecards", "preview_joins", "look_for_joins"];

/// The operations of the document: name, method, and what it says of them.
fn described(document: &Value) -> Vec<(String, Method, String)> {
    let items = document["paths"].as_object().expect("paths").values();
    let operations = items.flat_map(|item| item.as_object().expect("operations"));
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let one = |(method, operation): (&String, &Value)| {
        let method = method.to_uppercase().parse().expect("a method");
        (text(&operation["operationId"]), method, text(&operation["description"]))
    };
    operations.map(one).collect()
}

#[test]
fn every_operation_is_in_the_matrix_and_says_who_may() {
    let described = described(&laer8_api::document());
    let listed: BTreeSet<&str> = OPERATIONS.iter().map(|operation| operation.name).collect();
    assert_eq!(listed.len(), OPERATIONS.len(), "each is listed once");
    let names: BTreeSet<&str> = described.iter().map(|(name, ..)| name.as_str()).collect();
    assert_eq!(listed, names, "a new operation says here who may do it");
    for operation in OPERATIONS.iter().filter(|operation| operation.name != "get_me") {
        let (_, _, about) = described.iter().find(|(name, ..)| name == operation.name).expect("described");
        let named = about.split("Needs the role `").nth(1).and_then(|rest| rest.split('`').next());
        assert_eq!(named, Some(operation.needs.key()), "{}", operation.name);
    }
}

#[tokio::test]
async fn every_operation_answers_those_who_may_and_nobody_else() {
    let api = TestApi::demo_of(5).await;
    api.imported().await;
    let mut scene = Scene::of(&api).await;
    let described = described(api.document());
    for operation in OPERATIONS {
        let (_, method, _) = described.iter().find(|(name, ..)| name == operation.name).expect("described");
        let (allowed, refused): (Vec<Caller>, Vec<Caller>) =
            scene.callers().into_iter().partition(|caller| caller.may(operation.needs));
        assert!(!allowed.is_empty(), "{}: somebody may", operation.name);

        let (made, mut asked) = (scene.make(operation.fresh, None).await, Vec::new());
        let before = scene.everything().await;
        for caller in refused {
            let answer = scene.ask(&caller, method, operation.path, operation.body, &made).await;
            let expected = if caller.is_nobody() { StatusCode::UNAUTHORIZED } else { StatusCode::FORBIDDEN };
            assert_eq!(answer.status, expected, "{} as {caller}: {}", operation.name, answer.text);
            asked.push(caller.to_string());
        }
        assert!(scene.everything().await == before, "{}: one of {asked:?} changed something", operation.name);

        let changes = *method != Method::GET && !TRIES.contains(&operation.name);
        for caller in allowed {
            let made = scene.make(operation.fresh, Some(&caller)).await;
            let before = if changes { scene.everything().await } else { Vec::new() };
            let answer = scene.ask(&caller, method, operation.path, operation.body, &made).await;
            let status = answer.status.as_u16();
            assert_eq!(status, operation.answers, "{} as {caller}: {}", operation.name, answer.text);
            if changes {
                assert!(scene.everything().await != before, "{} as {caller} did nothing", operation.name);
            }
        }
    }
}
