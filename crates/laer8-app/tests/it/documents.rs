//! Changing a scorecard: what it would do, and putting it in force without
//! writing over somebody else's work.

use crate::support::{app_at, operator, unwatched};
use laer8_app::{
    AccountsQuery, Actor, App, AppError, AsOf, DemoRequest, DocumentTrouble, Draft, Edited, Saved, Tried,
};
use laer8_domain::users::Role;
use laer8_health::scorecard::{differences::Difference, document::ScorecardDocument};

const NOW: &str = "2026-06-30T12:00:00Z";

laer8_testkit::on_both!(
    a_preview_says_what_saving_does,
    who_was_slower_is_told_and_loses_nothing,
    a_draft_with_faults_is_not_put_in_force,
    a_version_comes_back_as_a_new_one,
    every_customer_has_one_scorecard,
    a_viewer_may_try_and_not_save,
    other_documents_are_checked_too,
);

async fn company(url: &str) -> App {
    let app = app_at(url, NOW).await;
    let request = DemoRequest { accounts: 30, ..DemoRequest::default() };
    app.demo(&operator(), request, &unwatched).await.expect("a company");
    app
}

async fn body_of(app: &App, key: &str) -> (u32, String) {
    let view = app.document(&operator(), "scorecard", key).await.expect("a document");
    (view.newest().version, view.newest().body.clone())
}

/// The scorecard in force with its bands elsewhere.
async fn stricter(app: &App, key: &str, healthy: f64) -> Draft {
    let (base, body) = body_of(app, key).await;
    let mut document = ScorecardDocument::from_toml(&body).expect("a scorecard");
    document.bands.healthy = healthy;
    draft(key, base, Edited::Scorecard(Box::new(document)))
}

fn draft(key: &str, base: u32, edited: Edited) -> Draft {
    Draft { kind: "scorecard".to_owned(), key: key.to_owned(), base, edited }
}

async fn tried(app: &App, draft: &Draft) -> Tried {
    app.try_document(&operator(), AsOf::Newest, draft).await.expect("tried")
}

async fn kept(app: &App, draft: &Draft) -> u32 {
    match app.save_document(&operator(), draft).await.expect("saved") {
        Saved::Kept(document) => document.version,
        Saved::Not(tried) => panic!("{tried:?}"),
    }
}

async fn bands(app: &App) -> Vec<(String, &'static str)> {
    let view = app.accounts(&operator(), AsOf::Newest, &AccountsQuery::default()).await.expect("accounts");
    let customers = view.accounts.into_iter().filter(|row| row.mrr.is_positive());
    let mut bands: Vec<_> = customers.map(|row| (row.id.to_string(), row.band)).collect();
    bands.sort();
    bands
}

async fn a_preview_says_what_saving_does(url: String) {
    let app = company(&url).await;
    let before = bands(&app).await;
    let draft = stricter(&app, "growth", 85.0).await;
    let tried = tried(&app, &draft).await;
    assert!(matches!(tried.changes.as_slice(), [Difference::Bands(_)]), "{:?}", tried.changes);
    let effect = tried.effect.expect("there are customers");
    assert!(effect.result.changed.accounts > 0, "85 is stricter than 75");
    assert_eq!(bands(&app).await, before, "nothing was saved");
    assert_eq!(kept(&app, &draft).await, 1);
    let after = bands(&app).await;
    let changed = before.iter().zip(&after).filter(|(before, after)| before != after).count();
    assert_eq!(changed, effect.result.changed.accounts);
    for compared in &effect.result.accounts {
        let is = after.iter().find(|(id, _)| *id == compared.account.to_string()).expect("the account");
        assert_eq!(is.1, compared.after.band.key());
    }
}

async fn who_was_slower_is_told_and_loses_nothing(url: String) {
    let app = company(&url).await;
    let (mine, theirs) = (stricter(&app, "growth", 85.0).await, stricter(&app, "growth", 90.0).await);
    let ana = Actor { name: "Ana".to_owned(), role: Role::Manager };
    let saved = app.save_document(&ana, &theirs).await.expect("saved");
    assert!(matches!(saved, Saved::Kept(_)), "{saved:?}");
    let saved = app.save_document(&operator(), &mine).await.expect("an answer");
    let Saved::Not(tried) = saved else { panic!("it wrote over Ana's") };
    let meanwhile = tried.meanwhile.expect("Ana was quicker");
    assert_eq!((meanwhile.theirs.author.as_str(), meanwhile.theirs.version), ("Ana", 1));
    assert!(meanwhile.theirs.body.contains("healthy = 90"), "{}", meanwhile.theirs.body);
    assert!(tried.body.contains("healthy = 85"), "mine is there: {}", tried.body);
    assert_eq!((meanwhile.changes.len(), tried.changes.len()), (1, 1));
    let over = Draft { base: 1, ..mine };
    assert_eq!(kept(&app, &over).await, 2);
}

async fn a_draft_with_faults_is_not_put_in_force(url: String) {
    let app = company(&url).await;
    let (base, body) = body_of(&app, "growth").await;
    let twice = "priority = 30\ndefault = true";
    for (from, to, line) in [
        ("priority = 30", "priority = thirty", Some(6)),
        ("key = \"growth\"", "key = \"grown\"", Some(5)),
        ("priority = 30", twice, None),
    ] {
        let text = body.replacen(from, to, 1);
        assert_ne!(text, body);
        let draft = draft("growth", base, Edited::Text(text));
        let Saved::Not(tried) = app.save_document(&operator(), &draft).await.expect("an answer") else {
            panic!("{to} was taken");
        };
        assert_eq!(tried.faults.len(), 1, "{to}: {:?}", tried.faults);
        assert_eq!(tried.faults[0].line.is_some(), line.is_some(), "{to}: {:?}", tried.faults);
        let is_key = matches!(tried.faults[0].what, DocumentTrouble::OtherKey(_));
        assert_eq!(is_key, to.starts_with("key"), "{:?}", tried.faults);
    }
    assert_eq!(body_of(&app, "growth").await, (base, body));
}

async fn a_version_comes_back_as_a_new_one(url: String) {
    let app = company(&url).await;
    let before = bands(&app).await;
    let (_, shipped) = body_of(&app, "growth").await;
    kept(&app, &stricter(&app, "growth", 85.0).await).await;
    assert_ne!(bands(&app).await, before);
    app.roll_back(&operator(), "scorecard", "growth", 0).await.expect("back");
    assert_eq!(body_of(&app, "growth").await, (2, shipped));
    assert_eq!(bands(&app).await, before);
    let view = app.document(&operator(), "scorecard", "growth").await.expect("a document");
    let versions: Vec<(u32, &str)> =
        view.versions.iter().map(|it| (it.version, it.author.as_str())).collect();
    assert_eq!(versions, [(2, "operator"), (1, "operator"), (0, "")]);
    let saved = view.versions[1].saved.expect("when");
    assert_eq!(saved.day.to_string(), "2026-06-30");
}

async fn every_customer_has_one_scorecard(url: String) {
    let app = company(&url).await;
    let view = app.scorecards(&operator(), AsOf::Newest).await.expect("scorecards");
    let used: usize = view.cards.iter().map(|card| card.used.accounts).sum();
    assert_eq!(used, bands(&app).await.len());
    let card = view.cards.iter().max_by_key(|card| card.used.accounts).expect("a scorecard");
    let one = app.scorecard(&operator(), AsOf::Newest, &card.key).await.expect("it");
    assert_eq!(one.used, *card);
    assert_eq!(one.spreads.len(), card.measures);
    for spread in &one.spreads {
        assert_eq!(spread.values.len() + spread.without, card.used.accounts, "{:?}", spread.measure);
        assert!(spread.values.is_sorted());
    }
    let missing = app.scorecard(&operator(), AsOf::Newest, "happiness").await;
    assert!(matches!(missing, Err(AppError::NotFound { .. })), "{missing:?}");
}

async fn a_viewer_may_try_and_not_save(url: String) {
    let app = company(&url).await;
    let viewer = Actor { name: "Leo".to_owned(), role: Role::Viewer };
    let draft = stricter(&app, "growth", 85.0).await;
    assert!(app.try_document(&viewer, AsOf::Newest, &draft).await.is_ok());
    let refused = app.save_document(&viewer, &draft).await;
    assert!(matches!(refused, Err(AppError::Forbidden { .. })), "{refused:?}");
}

async fn other_documents_are_checked_too(url: String) {
    // Without facts: there is nobody to try it on, and it can be saved.
    let app = app_at(&url, NOW).await;
    let view = app.document(&operator(), "signals", "signals").await.expect("shipped");
    let text = |body: String| Draft {
        kind: "signals".to_owned(),
        key: "signals".to_owned(),
        base: 0,
        edited: Edited::Text(body),
    };
    let broken = text(format!("{}\nhappiness = 3\n", view.newest().body));
    let tried = tried(&app, &broken).await;
    assert!(tried.faults[0].line.is_some(), "{:?}", tried.faults);
    let fine = text(format!("# Ours.\r\n{}", view.newest().body));
    assert_eq!(kept(&app, &fine).await, 1);
    let saved = app.document(&operator(), "signals", "signals").await.expect("saved");
    assert!(saved.newest().body.starts_with("# Ours.\n"), "{}", saved.newest().body);
    let cards = app.scorecards(&operator(), AsOf::Newest).await.expect("the shipped ones");
    assert_eq!((cards.as_of, cards.cards.len()), (None, 5));
}
