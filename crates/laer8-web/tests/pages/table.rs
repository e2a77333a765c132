//! The table of accounts: filters, columns and saved views, each by its
//! address.

use crate::site::{Answer, TestSite, links};
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use laer8_app::{Actor, ViewDraft};
use laer8_domain::users::Role;

fn location(answer: &Answer) -> &str {
    answer.headers[header::LOCATION].to_str().expect("text")
}

async fn post(site: &TestSite, path: &str, form: &str) -> Answer {
    let request = Request::post(path)
        .header(header::HOST, "localhost")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(form.to_owned()));
    site.send(request.expect("a request")).await
}

fn names(csv: &str) -> Vec<&str> {
    csv.lines().skip(1).filter_map(|line| line.split(',').nth(1)).collect()
}

#[tokio::test]
async fn a_menu_leads_to_the_address_of_its_filter() {
    let site = TestSite::demo().await;
    for (form, address) in [
        ("field=stage&how=is&is=renew&is=adopt", "where=stage%3Drenew%2Cadopt"),
        ("field=stage&how=not&is=renew&sort=name", "sort=name&where=stage%21%3Drenew"),
        ("field=mrr&how=range&least=100&below=2000.5", "where=mrr%3E%3D100&where=mrr%3C2000.5"),
        ("field=renewal_on&how=range&least=2026-09-01", "where=renewal_on%3E%3D2026-09-01"),
        ("field=country&how=unknown", "where=country%21%3D%2A"),
        ("field=industry&how=is&is=Food%2C+Drink", "where=industry%3D%22Food%2C+Drink%22"),
        // The page begins anew, and what asks for nothing leaves nothing.
        ("field=stage&how=is&page=3&q=a", "q=a"),
    ] {
        let answer = site.get(&format!("/accounts?{form}")).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{form}: {}", answer.text);
        assert_eq!(location(&answer), format!("/accounts?{address}"), "{form}");
        assert_eq!(site.get(location(&answer)).await.status, StatusCode::OK, "{form}");
    }
}

#[tokio::test]
async fn a_range_that_can_not_be_understood_is_asked_again() {
    let site = TestSite::demo().await;
    for (form, said) in [
        ("field=mrr&how=range&least=lots&below=7", "“lots” is no number"),
        ("field=mrr&how=range&least=9&below=7", "ends before it begins"),
    ] {
        let page = site.get(&format!("/accounts?{form}&where=stage%3Drenew")).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{form}");
        assert!(page.text.contains(said), "{form}: {}", page.text);
        assert!(page.text.contains("name=\"below\" type=\"number\" step=\"any\" value=\"7\""), "typed once");
        assert!(page.text.contains("Stage = Renew"), "the other filter is still there");
    }
}

#[tokio::test]
async fn a_menu_shows_what_is_chosen_and_how_many_others_there_are() {
    let site = TestSite::demo().await;
    let page = site.get("/accounts?where=stage%3Drenew&pick=stage").await.text;
    let menu = page.split("data-field=\"stage\"").nth(1).and_then(|rest| rest.split("</details>").next());
    let menu = menu.expect("the menu");
    assert!(menu.starts_with(" open"), "{menu}");
    assert!(menu.contains("value=\"renew\" checked"), "{menu}");
    assert!(menu.contains("value=\"expand\""), "others can be added: {menu}");
    assert!(!menu.contains("name=\"where\""), "its own filter is replaced: {menu}");
    let range = site.get("/accounts?pick=employees").await.text;
    assert!(range.contains("data-field=\"employees\" open"), "a trait has a menu");
    assert_eq!(site.get("/accounts?pick=colour").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn columns_are_those_chosen_in_their_order() {
    let site = TestSite::demo().await;
    let csv = site.get("/accounts.csv?col=arr&col=region&col=stage&sort=-arr").await.text;
    assert_eq!(csv.lines().next(), Some("id,name,arr,region,stage,overdue_days,currency"));
    let page = site.get("/accounts?col=arr&col=region&col=stage&sort=-arr").await.text;
    let headings: Vec<&str> = page.split("<th scope=\"col\"").skip(1).collect();
    let of = |at: usize| headings[at].split("</a>").next().and_then(|it| it.rsplit('>').next());
    assert_eq!((headings.len(), of(1), of(2), of(3)), (4, Some("ARR"), Some("Region"), Some("Stage")));
    let moved = links(&page);
    let later = "/accounts?sort=-arr&col=region&col=arr&col=stage&panel=columns";
    assert!(moved.contains(&later.to_owned()), "{moved:?}");
    assert_eq!(site.get("/accounts?col=colour").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn csv_is_the_table_in_its_order_and_all_of_its_pages() {
    let site = TestSite::demo().await;
    let (all, sorted) =
        (site.get("/accounts.csv").await.text, site.get("/accounts.csv?sort=name&rows=25").await.text);
    let mut names_sorted = names(&all);
    names_sorted.sort_by_key(|name| name.to_lowercase());
    assert_eq!(names(&sorted), names_sorted);
    assert_eq!(names(&sorted).len(), 40, "more than a page");
    let page = site.get("/accounts?sort=name&rows=25&page=2").await.text;
    assert!(page.contains("26–40 of 40"), "{page}");
    assert!(page.contains(names_sorted[39]) && !page.contains(&format!(">{}<", names_sorted[0])));
}

#[tokio::test]
async fn a_view_is_kept_updated_and_deleted() {
    let site = TestSite::demo().await;
    let query = "where=stage%3Drenew&sort=renewal_on&col=arr";
    let form = format!(
        "name=Renewals+%26+more&query={}&opens=1",
        query.replace('%', "%25").replace('&', "%26").replace('=', "%3D")
    );
    let saved = post(&site, "/views", &form).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let address = format!("/accounts?{query}&view=1");
    assert_eq!(location(&saved), address);
    let page = site.get(&address).await.text;
    assert!(page.contains("<h1>Renewals &#38; more</h1>"), "{page}");
    assert!(!page.contains("Undo"), "nothing is changed yet");
    // It opens for whoever asks for nothing, and for nobody who asks for all.
    assert_eq!(location(&site.get("/accounts").await), address);
    assert_eq!(site.get("/accounts?view=all").await.status, StatusCode::OK);
    assert_eq!(
        location(&site.get("/accounts?as_of=2026-05-01").await),
        format!("{address}&as_of=2026-05-01")
    );
    // Another order is a change, which can be kept.
    let changed = site.get(&address.replace("renewal_on", "name")).await.text;
    assert!(changed.contains("Undo") && changed.contains(">Update<"), "{changed}");
    let updated = post(&site, "/views/1", "query=where%3Dstage%253Drenew%26sort%3Dname").await;
    assert_eq!(location(&updated), "/accounts?where=stage%3Drenew&sort=name&view=1");
    let views = site.app.saved_views(&Actor::operator()).await.expect("views");
    assert_eq!((views[0].query.as_str(), views[0].opens), ("where=stage%3Drenew&sort=name", true));
    let deleted = post(&site, "/views/1/delete", "query=sort%3Dname").await;
    assert_eq!(location(&deleted), "/accounts?sort=name&view=all", "the table stays as it was");
    assert_eq!(site.app.saved_views(&Actor::operator()).await.expect("views"), []);
}

#[tokio::test]
async fn a_view_that_can_not_be_kept_says_why_and_loses_nothing() {
    let site = TestSite::demo().await;
    assert_eq!(post(&site, "/views", "name=Mine&query=").await.status, StatusCode::SEE_OTHER);
    let again = post(&site, "/views", "name=Mine&query=where%3Dstage%253Drenew&shared=1").await;
    assert_eq!(again.status, StatusCode::BAD_REQUEST);
    assert!(again.text.contains("you have a view &#34;Mine&#34; already"), "{}", again.text);
    assert!(again.text.contains("value=\"Mine\"") && again.text.contains("Stage = Renew"), "{}", again.text);
    assert_eq!(post(&site, "/views", "name=Other&query=").await.status, StatusCode::SEE_OTHER);
    let renamed = post(&site, "/views/2", "name=Mine&query=where%3Dstage%253Drenew").await;
    assert_eq!(renamed.status, StatusCode::BAD_REQUEST);
    assert!(renamed.text.contains("you have a view &#34;Mine&#34; already"), "{}", renamed.text);
    for path in ["/views/99", "/views/99/delete"] {
        assert_eq!(post(&site, path, "query=").await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(post(&site, "/views/x", "query=").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_shared_view_says_whose_it_is_and_an_address_outlives_its_view() {
    let site = TestSite::demo().await;
    let ana = Actor { name: "ana@example.com".to_owned(), role: Role::Member };
    let draft = ViewDraft {
        name: "<b>Ours</b>".to_owned(),
        shared: true,
        query: "where=%3Cscript%3E".to_owned(),
        ..ViewDraft::default()
    };
    site.app.save_view(&ana, draft).await.expect("kept");
    let page = site.get("/accounts").await.text;
    assert!(page.contains("shared by ana") && !page.contains("<b>Ours"), "{page}");
    assert_eq!(site.get("/accounts?view=77&sort=name").await.status, StatusCode::OK);
}
