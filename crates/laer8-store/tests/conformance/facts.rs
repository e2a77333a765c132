//! Facts go in and come out as they were.

use crate::examples::{day, field, open, origin, terms, usage, version};
use laer8_domain::{
    churn_events::ChurnEvent,
    days::Window,
    ids::{
        AccountId, ChurnEventId, FeatureId, NoteId, PersonId, SourceId, SubscriptionId, SurveyResponseId,
        TicketId,
    },
    money::{Currency, Money},
    notes::{Note, NoteKind},
    subscriptions::SubscriptionState,
    surveys::{SurveyKind, SurveyResponse},
    tickets::{Priority, TicketEvent, TicketEventKind},
};
use laer8_store::{
    Family, IdRange, NewField, Scope, Span, StoredChurnEvent, StoredNote, StoredSurvey, StoredTicketEvent,
    StoredVersion,
};

const ACCOUNT: AccountId = AccountId(1);

laer8_testkit::on_both!(
    fields_of_every_type_come_back,
    a_subscription_comes_back_as_it_was,
    usage_with_a_known_key_is_left_out,
    corrections_of_usage_add_up,
    the_rows_behind_a_figure_can_be_listed,
    a_ticket_keeps_its_life,
    conversations_come_back,
    a_range_leaves_the_other_accounts_out,
    spans_only_widen,
    many_rows_go_in_at_once,
);

async fn fields_of_every_type_come_back(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    tx.insert_accounts(&[ACCOUNT]).await.expect("an account");
    tx.insert_people(&[(PersonId(9), ACCOUNT)]).await.expect("a person");
    let facts = [
        field("name", Some("Åkerlund & Söhne".into()), "2026-01-01"),
        field("seats", Some(12.5.into()), "2026-01-01"),
        field("pilot", Some(true.into()), "2026-01-02"),
        field("signed_up", Some(day("2025-12-24").into()), "2026-01-03"),
        field("pilot", None, "2026-02-01"),
    ];
    let account = |fact| NewField { account: ACCOUNT, person: None, fact };
    tx.insert_fields(facts.iter().cloned().map(account).collect()).await.expect("fields");
    let role = field("role", Some("champion".into()), "2026-01-01");
    let of_person = NewField { account: ACCOUNT, person: Some(PersonId(9)), fact: role.clone() };
    tx.insert_fields(vec![of_person]).await.expect("a field");
    tx.commit().await.expect("committed");

    let tx = store.read().await.expect("a transaction");
    let history = tx.histories(IdRange::one(ACCOUNT), Scope::All).await.expect("a history").remove(0);
    assert_eq!(history.fields, facts);
    assert_eq!(history.people[0].fields, [role]);
    assert_eq!(tx.account_fields(&[ACCOUNT]).await.expect("fields").len(), facts.len());
    assert_eq!(tx.person_fields(&[PersonId(9)]).await.expect("fields").len(), 1);
}

async fn a_subscription_comes_back_as_it_was(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    tx.insert_accounts(&[ACCOUNT]).await.expect("an account");
    tx.insert_subscriptions(&[(SubscriptionId(2), ACCOUNT)]).await.expect("a subscription");
    let stored = |version| StoredVersion { account: ACCOUNT, subscription: SubscriptionId(2), version };
    let versions = [
        stored(version("2026-01-01", SubscriptionState::Active(terms("2026-01-01")))),
        stored(version("2026-09-01", SubscriptionState::Ended)),
    ];
    tx.insert_versions(&versions).await.expect("versions");
    assert_eq!(tx.versions(&[SubscriptionId(2)]).await.expect("versions"), versions);
    assert_eq!(tx.subscription_accounts().await.expect("accounts"), [(SubscriptionId(2), ACCOUNT)]);
    let history = tx.histories(IdRange::all(), Scope::Revenue).await.expect("a history").remove(0);
    assert_eq!(history.seen(day("2026-08-31")).mrr_in(Currency::EUR).to_string(), "166.6667");
    assert!(!history.seen(day("2026-09-01")).is_customer());
}

async fn usage_with_a_known_key_is_left_out(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    let rows = [usage("u1", 1, "2026-01-01", 5), usage("u2", 1, "2026-01-02", 6)];
    assert_eq!(tx.insert_usage(SourceId(1), &rows.iter().collect::<Vec<_>>()).await.expect("usage"), 2);
    let rows = [usage("u2", 1, "2026-01-02", 7), usage("u3", 1, "2026-01-03", 8)];
    assert_eq!(tx.insert_usage(SourceId(1), &rows.iter().collect::<Vec<_>>()).await.expect("usage"), 1);
    let keys = ["u2".to_owned(), "u9".to_owned()];
    let stored = tx.usage_by_keys(SourceId(1), &keys).await.expect("usage");
    assert_eq!((stored.len(), stored["u2"].usage.count), (1, 6));
}

async fn corrections_of_usage_add_up(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    tx.insert_accounts(&[ACCOUNT]).await.expect("an account");
    let mut correction = usage("u1", 1, "2026-01-01", -2);
    correction.revision = 1;
    correction.usage.known_on = day("2026-03-01");
    let rows = [usage("u1", 1, "2026-01-01", 5), correction];
    tx.insert_usage(SourceId(1), &rows.iter().collect::<Vec<_>>()).await.expect("usage");
    let stored = tx.usage_by_keys(SourceId(1), &["u1".to_owned()]).await.expect("usage");
    assert_eq!((stored["u1"].usage.count, stored["u1"].revision), (3, 1));
    let history = tx.histories(IdRange::all(), Scope::All).await.expect("a history").remove(0);
    let january = Window::new(day("2026-01-01"), day("2026-02-01"));
    assert_eq!(history.seen(day("2026-02-28")).usage().totals(january).count, 5);
    assert_eq!(history.seen(day("2026-03-01")).usage().totals(january).count, 3);
}

async fn the_rows_behind_a_figure_can_be_listed(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    let rows =
        [usage("u1", 1, "2026-01-01", 5), usage("u2", 1, "2026-01-09", 6), usage("u3", 2, "2026-01-01", 7)];
    tx.insert_usage(SourceId(1), &rows.iter().collect::<Vec<_>>()).await.expect("usage");
    let window = Window::new(day("2026-01-01"), day("2026-01-05"));
    let behind = tx
        .usage_behind(ACCOUNT, Some(&[FeatureId(5)][..]), window, day("2026-01-31"), 10)
        .await
        .expect("rows");
    let names: Vec<&str> = behind.iter().map(|(_, fact)| fact.external_id.as_str()).collect();
    assert_eq!(names, ["u1"]);
    assert_eq!(behind[0].1.row, 3);
}

async fn a_ticket_keeps_its_life(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    tx.insert_accounts(&[ACCOUNT]).await.expect("an account");
    tx.insert_tickets(&[(TicketId(4), ACCOUNT)]).await.expect("a ticket");
    let kinds = [
        TicketEventKind::Opened("Export «fails»".into()),
        TicketEventKind::Prioritised(Priority::Urgent),
        TicketEventKind::Responded,
        TicketEventKind::Escalated,
        TicketEventKind::Solved,
        TicketEventKind::Reopened,
        TicketEventKind::Rated(4),
        TicketEventKind::SlaBreached,
        TicketEventKind::Withdrawn(3),
    ];
    let at = "2026-01-05T10:11:12Z".parse().expect("an instant");
    let events: Vec<StoredTicketEvent> = (0..)
        .zip(kinds)
        .map(|(revision, kind)| StoredTicketEvent {
            account: ACCOUNT,
            ticket: TicketId(4),
            event: TicketEvent {
                kind,
                occurred_at: at,
                occurred_on: day("2026-01-05"),
                known_on: day("2026-01-05"),
                revision,
                origin: origin(8),
            },
        })
        .collect();
    tx.insert_ticket_events(events.clone()).await.expect("events");
    let mut stored = tx.ticket_events(&[TicketId(4)]).await.expect("events");
    stored.sort_by_key(|stored| stored.event.revision);
    assert_eq!(stored, events);
    let history = tx.histories(IdRange::all(), Scope::All).await.expect("a history").remove(0);
    let ticket = history.tickets[0].on(day("2026-01-05")).expect("a ticket");
    assert_eq!(
        (ticket.is_open(), ticket.escalated_on, ticket.rating.map(|(rating, _)| rating)),
        (true, None, Some(4))
    );
}

async fn conversations_come_back(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    tx.insert_accounts(&[ACCOUNT]).await.expect("an account");
    let response = SurveyResponse {
        id: SurveyResponseId(1),
        kind: SurveyKind::Nps,
        person: Some(PersonId(9)),
        score: 10,
        comment: "¡Genial!".into(),
        answered_on: day("2026-02-01"),
        known_on: day("2026-02-02"),
        revision: 0,
        origin: origin(1),
    };
    let corrected = SurveyResponse { score: 9, revision: 1, known_on: day("2026-02-09"), ..response.clone() };
    let event = ChurnEvent {
        id: ChurnEventId(1),
        occurred_on: day("2026-02-03"),
        reason: "pricing".into(),
        comment: String::new(),
        refund: Some(Money { amount: "4.03".parse().expect("an amount"), currency: Currency::USD }),
        known_on: day("2026-02-03"),
        revision: 0,
        origin: origin(2),
    };
    let note = Note {
        id: NoteId(1),
        kind: NoteKind::Pulse,
        occurred_on: day("2026-02-04"),
        two_way: false,
        person: None,
        author: "irene@example.com".into(),
        text: "Quiet.".into(),
        pulse: Some(40),
        known_on: day("2026-02-04"),
        revision: 0,
        origin: origin(3),
    };
    let survey = |response| StoredSurvey { account: ACCOUNT, response };
    tx.insert_surveys(vec![survey(response.clone()), survey(corrected.clone())]).await.expect("surveys");
    tx.insert_churn_events(vec![StoredChurnEvent { account: ACCOUNT, event: event.clone() }])
        .await
        .expect("events");
    tx.insert_notes(vec![StoredNote { account: ACCOUNT, note: note.clone() }]).await.expect("notes");
    let history = tx.histories(IdRange::all(), Scope::All).await.expect("a history").remove(0);
    assert_eq!(history.churn_events, [event]);
    assert_eq!(history.notes, [note]);
    let february = Window::new(day("2026-02-01"), day("2026-03-01"));
    let score_on = |text| {
        history.seen(day(text)).surveys(SurveyKind::Nps, february).map(|r| r.score).collect::<Vec<_>>()
    };
    assert_eq!(score_on("2026-02-08"), [10]);
    assert_eq!(score_on("2026-02-09"), [9]);
    assert_eq!(tx.surveys(&[SurveyResponseId(1)]).await.expect("surveys").len(), 2);
    assert_eq!(tx.churn_events(&[ChurnEventId(1)]).await.expect("events").len(), 1);
    assert_eq!(tx.notes(&[NoteId(1)]).await.expect("notes").len(), 1);
}

async fn a_range_leaves_the_other_accounts_out(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    tx.insert_accounts(&[AccountId(1), AccountId(2), AccountId(3)]).await.expect("accounts");
    let rows =
        [usage("u1", 1, "2026-01-01", 5), usage("u2", 2, "2026-01-01", 6), usage("u3", 3, "2026-01-01", 7)];
    tx.insert_usage(SourceId(1), &rows.iter().collect::<Vec<_>>()).await.expect("usage");
    let range = IdRange { first: AccountId(2), last: AccountId(3) };
    let histories = tx.histories(range, Scope::All).await.expect("histories");
    let counts: Vec<(i64, i64)> = histories
        .iter()
        .map(|history| (history.id.0, history.usage.rows().map(|row| row.count).sum()))
        .collect();
    assert_eq!(counts, [(2, 6), (3, 7)]);
}

async fn spans_only_widen(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    let span = |first, last| Span { family: Family::Usage, first_known: day(first), last_day: day(last) };
    tx.widen_span(span("2026-02-01", "2026-03-01")).await.expect("a span");
    tx.widen_span(span("2026-02-10", "2026-02-11")).await.expect("a span");
    tx.widen_span(span("2026-01-01", "2026-01-02")).await.expect("a span");
    assert_eq!(tx.spans().await.expect("spans"), [span("2026-01-01", "2026-03-01")]);
}

async fn many_rows_go_in_at_once(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    let rows: Vec<_> = (0..20_001).map(|number| usage(&format!("u{number}"), 1, "2026-01-01", 1)).collect();
    assert_eq!(tx.insert_usage(SourceId(1), &rows.iter().collect::<Vec<_>>()).await.expect("usage"), 20_001);
}
