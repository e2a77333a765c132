//! What things are called: accounts by other systems, plans and features by
//! their ids, the workspace and its days.

use crate::{
    company::{MAPPING, files},
    support::{app_at, day, import, operator},
};
use laer8_app::AppError;
use laer8_domain::ids::AccountId;

const NOW: &str = "2024-06-30T12:00:00Z";

laer8_testkit::on_both!(
    an_account_is_found_by_exactly_what_its_source_calls_it,
    the_catalogue_names_what_is_sold,
    the_workspace_says_which_days_it_can_show
);

async fn an_account_is_found_by_exactly_what_its_source_calls_it(url: String) {
    let app = app_at(&url, NOW).await;
    import(&app, MAPPING, &files(&[])).await;
    let found = app.accounts_by_external_id(&operator(), "A2").await.expect("a look");
    let [found] = &found[..] else { panic!("one account: {found:?}") };
    assert_eq!((found.source.as_str(), found.id.as_str()), ("crm", "A2"));
    let back = app.external_ids(&operator(), found.account).await.expect("its names");
    assert_eq!(back, std::slice::from_ref(found));
    // Neither a part of the id nor the name of the account.
    for other in ["A", "Nordkap", ""] {
        assert_eq!(app.accounts_by_external_id(&operator(), other).await.expect("a look"), [], "{other}");
    }
    let nobody = app.external_ids(&operator(), AccountId(99)).await;
    assert!(matches!(nobody, Err(AppError::NotFound { .. })), "{nobody:?}");
}

async fn the_catalogue_names_what_is_sold(url: String) {
    let app = app_at(&url, NOW).await;
    import(&app, MAPPING, &files(&[])).await;
    let catalog = app.catalog(&operator()).await.expect("the catalogue");
    let mut plans: Vec<&str> = catalog.plans.iter().map(|plan| plan.key.as_str()).collect();
    plans.sort_unstable();
    assert_eq!(plans, ["Gold", "Silver"]);
    assert_eq!(catalog.features.len(), 2, "Reports and Export");
}

async fn the_workspace_says_which_days_it_can_show(url: String) {
    let app = app_at(&url, NOW).await;
    let empty = app.workspace(&operator()).await.expect("a workspace");
    assert_eq!((empty.today, empty.first_day, empty.newest_day), (day("2024-06-30"), None, None));
    import(&app, MAPPING, &files(&[])).await;
    let full = app.workspace(&operator()).await.expect("a workspace");
    assert_eq!((full.currency.code(), full.time_zone.as_str()), ("EUR", "UTC"));
    assert_eq!(full.first_day, Some(day("2024-01-01")));
    assert!(full.newest_day >= Some(day("2024-06-01")));
}
