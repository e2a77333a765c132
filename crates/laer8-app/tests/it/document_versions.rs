//! Documents of the configuration: whose change counts, and how they came to be.

use crate::support::{app_at, operator};
use laer8_app::{App, AppError};

const NOW: &str = "2026-06-30T12:00:00Z";
const JOURNEY: (&str, &str) = ("journey", "journey");

laer8_testkit::on_both!(
    of_two_who_change_a_document_the_second_is_told,
    a_document_that_is_there_is_not_made_again,
    every_version_is_kept_with_its_author
);

async fn body(app: &App) -> String {
    let documents = app.documents(&operator()).await.expect("documents");
    documents.into_iter().find(|document| document.kind == JOURNEY.0).expect("the journey").body
}

async fn of_two_who_change_a_document_the_second_is_told(url: String) {
    let app = app_at(&url, NOW).await;
    let body = body(&app).await;
    let first = app.replace_document(&operator(), JOURNEY, Some(0), &format!("# Ana\n{body}")).await;
    assert_eq!(first.expect("hers").version, 1);
    let second = app.replace_document(&operator(), JOURNEY, Some(0), &format!("# Bo\n{body}")).await;
    let error = second.expect_err("he has not seen hers");
    assert!(matches!(error, AppError::Outdated { .. }), "{error:?}");
    assert!(error.to_string().contains("it is at version 1"), "{error}");
    assert!(self::body(&app).await.starts_with("# Ana"), "nothing of hers is lost");
}

async fn a_document_that_is_there_is_not_made_again(url: String) {
    let app = app_at(&url, NOW).await;
    let body = body(&app).await;
    let made = app.replace_document(&operator(), JOURNEY, None, &body).await;
    assert!(matches!(made, Err(AppError::Outdated { .. })), "{made:?}");
    let elsewhere = app.replace_document(&operator(), ("journey", "other"), None, &body).await;
    assert!(matches!(elsewhere, Err(AppError::Invalid(_))), "{elsewhere:?}");
}

async fn every_version_is_kept_with_its_author(url: String) {
    let app = app_at(&url, NOW).await;
    let body = body(&app).await;
    app.put_document(&operator(), JOURNEY.0, &format!("# stricter\n{body}")).await.expect("put");
    let versions = app.document_versions(&operator(), JOURNEY.0, JOURNEY.1).await.expect("versions");
    let known: Vec<(u32, &str)> = versions.iter().map(|it| (it.version, it.author.as_str())).collect();
    assert_eq!(known, [(1, "operator"), (0, "")]);
    assert_eq!(versions[1].body, body, "the shipped one");
    let none = app.document_versions(&operator(), "journey", "other").await;
    assert!(matches!(none, Err(AppError::NotFound { .. })), "{none:?}");
}
