//! Scorecards, documents, imports and the quarantine as pages.

use crate::site::{Answer, TestSite, links};
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use laer8_app::{Actor, App, ImportRequest, Upload, Uploads};

const EDIT: &str = "/health/scorecards/growth/edit";

async fn post(site: &TestSite, path: &str, fields: &[(&str, &str)]) -> Answer {
    let body = fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
    let request = Request::post(path)
        .header(header::HOST, "localhost:8008")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(body.collect::<Vec<_>>().join("&")));
    site.send(request.expect("a request")).await
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// The fields of the form on a page, as a browser sends them.
fn fields(html: &str) -> Vec<(String, String)> {
    let form = html.split("class=\"editor\">").nth(1).expect("the form");
    let attribute = |tag: &str, name: &str| {
        let rest = tag.split(&format!(" {name}=\"")).nth(1)?;
        Some(rest.split('"').next()?.to_owned())
    };
    let inputs = form.split("<input").skip(1).filter_map(|rest| rest.split('>').next());
    let inputs = inputs.filter(|tag| !tag.contains("type=\"checkbox\""));
    let typed = inputs.filter_map(|tag| Some((attribute(tag, "name")?, attribute(tag, "value")?)));
    let selects = form.split("<select").skip(1).filter_map(|rest| {
        let chosen = rest
            .split("<option")
            .find(|option| option.split('>').next().is_some_and(|it| it.contains(" selected")))?;
        Some((attribute(rest, "name")?, attribute(chosen, "value")?))
    });
    typed.chain(selects).collect()
}

async fn posted(site: &TestSite, over: &[(&str, &str)]) -> Answer {
    let page = site.get(EDIT).await;
    let mut all = fields(&page.text);
    for (name, value) in over {
        all.retain(|(known, _)| known != name);
        all.push(((*name).to_owned(), (*value).to_owned()));
    }
    let all: Vec<(&str, &str)> = all.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    post(site, EDIT, &all).await
}

#[tokio::test]
async fn every_page_is_whole_in_both_languages() {
    let site = TestSite::demo().await;
    broken_import(&site.app).await;
    for language in ["en", "es"] {
        for path in [
            "/health/scorecards",
            "/health/scorecards/adoption",
            EDIT,
            "/settings/documents/scorecard/adoption",
            "/settings/documents/journey/journey",
            "/settings/documents/signals/signals?version=0",
            "/imports",
            "/sources/identity",
            "/imports/1",
            "/quarantine",
            "/quarantine?reason=not_a_date",
        ] {
            let page = site.get_in(path, language).await;
            assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.text);
            assert!(page.text.trim_end().ends_with("</html>"), "{path} is cut off");
            for prefix in ["setup-", "web-", "refusal-", "finding-", "record-", "measure-"] {
                let shown = page.text.split('>').filter(|text| text.trim_start().starts_with(prefix));
                assert_eq!(shown.collect::<Vec<_>>(), [""; 0], "{path} in {language}");
            }
            assert!(!page.text.contains("style=") && !page.text.contains("onclick"), "{path}");
        }
    }
}

#[tokio::test]
async fn a_form_that_nobody_touched_would_change_nothing() {
    let site = TestSite::demo().await;
    let page = posted(&site, &[("do", "preview")]).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("No account changes band."), "{}", page.text);
    assert!(page.text.contains("Nothing yet."), "{}", page.text);
}

#[tokio::test]
async fn a_change_is_previewed_saved_and_undone() {
    let site = TestSite::demo().await;
    let over = [("w.usage_trend", "90"), ("healthy", "99"), ("do", "preview")];
    let page = posted(&site, &over).await;
    assert!(page.text.contains("Weight of Usage against usual: 25 → 90"), "{}", page.text);
    assert!(page.text.contains("ARR change band."), "{}", page.text);
    assert!(links(&page.text).iter().any(|link| link.starts_with("/accounts/")), "accounts are links");
    assert!(page.text.contains("name=\"w.usage_trend\" value=\"90\""), "what was typed is still there");

    let saved = posted(&site, &[("w.usage_trend", "90"), ("do", "save")]).await;
    assert_eq!(saved.headers[header::LOCATION], "/health/scorecards/growth?saved=1");
    let page = site.get("/health/scorecards/growth?saved=1").await;
    assert!(page.text.contains("Version 1 is in force"), "{}", page.text);
    let text = site.get("/settings/documents/scorecard/growth").await.text;
    assert!(text.contains("# Growth is the point now"), "the comments stay");

    let back = post(&site, "/settings/documents/scorecard/growth/roll-back", &[("version", "0")]).await;
    assert_eq!(back.headers[header::LOCATION], "/health/scorecards/growth?saved=2");
    let page = site.get(EDIT).await;
    assert!(page.text.contains("name=\"w.usage_trend\" value=\"25\""));
}

#[tokio::test]
async fn mistakes_are_named_and_nothing_typed_is_lost() {
    let site = TestSite::demo().await;
    for (field, typed, said) in [
        ("w.nps", "<b>much", "NPS: “&#60;b&#62;much” is no number"),
        ("w.nps", "-1", "NPS: the weight is −1; write a number above 0"),
        ("c.nps.0.p", "120", "NPS: point 1 of the curve gives points outside 0 to 100"),
        ("c.nps.1.v", "-30", "NPS: point 2 of the curve has the same value as another"),
        ("watch", "90", "watch must lie between 0 and healthy"),
        ("cap.1.most", "", "a number is missing"),
    ] {
        let page = posted(&site, &[(field, typed), ("do", "save")]).await;
        assert_eq!(page.status, StatusCode::OK, "{field}");
        assert!(page.text.contains(said), "{field}: {}", page.text);
        let shown = typed.replace('<', "&#60;").replace('>', "&#62;");
        assert!(
            page.text.contains(&format!("name=\"{field}\" value=\"{shown}\"")),
            "{field} keeps what was typed"
        );
    }
    let page = site.get("/health/scorecards/growth").await;
    assert!(page.text.contains("built-in"), "nothing was saved");
}

#[tokio::test]
async fn who_was_slower_sees_both_and_chooses() {
    let site = TestSite::demo().await;
    let mine = [("w.usage_trend", "90"), ("base", "0"), ("do", "save")];
    let theirs = posted(&site, &[("healthy", "80"), ("do", "save")]).await;
    assert_eq!(theirs.status, StatusCode::SEE_OTHER);
    let page = posted(&site, &mine).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("Somebody was quicker"), "{}", page.text);
    assert!(page.text.contains("Healthy 80"), "theirs");
    assert!(page.text.contains("25 → 90"), "mine");
    let over =
        posted(&site, &[("w.usage_trend", "90"), ("healthy", "75"), ("base", "0"), ("do", "over")]).await;
    assert_eq!(over.headers[header::LOCATION], "/health/scorecards/growth?saved=2");
}

#[tokio::test]
async fn a_text_is_checked_line_by_line() {
    let site = TestSite::demo().await;
    let path = "/settings/documents/scorecard/growth";
    let text = "schema = 1\nkey = \"growth\"\npriority = high\n";
    let page = post(&site, path, &[("base", "0"), ("body", text), ("do", "save")]).await;
    assert!(page.text.contains("Line 3:"), "{}", page.text);
    assert!(page.text.contains("priority = high"), "the text is still there");
    let page = post(
        &site,
        "/settings/documents/segments/segments",
        &[("base", "0"), ("body", "schema = 1"), ("do", "preview")],
    )
    .await;
    assert!(page.text.contains("Fix this first"), "{}", page.text);
}

#[tokio::test]
async fn what_is_not_there_has_a_page_that_says_so() {
    let site = TestSite::demo().await;
    for path in [
        "/health/scorecards/happiness",
        "/health/scorecards/happiness/edit",
        "/settings/documents/happiness",
        "/settings/documents/mapping/demo",
        "/imports/x",
        "/imports/99",
        "/quarantine.csv?file=nothing.csv",
    ] {
        assert_eq!(site.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(site.get("/settings/documents/journey").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn an_empty_workspace_says_how_to_begin() {
    let site = TestSite::empty().await;
    let page = site.get("/imports").await;
    assert!(page.text.contains("laer8 import --suggest"), "{}", page.text);
    assert!(site.get("/quarantine").await.text.contains("Every row was understood"));
    assert_eq!(site.get("/health/scorecards/adoption").await.status, StatusCode::OK);
    assert!(site.get(EDIT).await.text.contains("There are no customers yet"));
}

const MAPPING: &str = "schema = 1\nsource = \"crm\"\ndates = [\"%Y-%m-%d\"]\n[[file]]\nname = \"accounts.csv\"\nrecord = \"account\"\n[file.fields]\nid = \"id\"\nname = \"name\"\nsince = \"since\"\n";

async fn broken_import(app: &App) {
    let contents = b"id,name,since\nA1,Nordkap,2026-01-01\nA2,<i>Sur</i>,2026-13-01\n".as_slice().into();
    let files = Uploads(vec![Upload { name: "accounts.csv".to_owned(), contents }]);
    let request = ImportRequest { mapping: MAPPING, mapping_name: "m", files: &files, dry_run: false };
    app.import(&Actor::operator(), &request, &|_| ()).await.expect("an import");
}

async fn upload(site: &TestSite, name: &str, contents: &str) -> Answer {
    let body = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"source\"\r\n\r\ncrm\r\n\
         --edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/csv\r\n\r\n{contents}\r\n--edge--\r\n"
    );
    let request = Request::post("/quarantine")
        .header(header::HOST, "localhost:8008")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge")
        .body(Body::from(body));
    site.send(request.expect("a request")).await
}

#[tokio::test]
async fn a_refused_row_is_downloaded_mended_and_read_again() {
    let site = TestSite::empty().await;
    broken_import(&site.app).await;
    let page = site.get("/quarantine").await;
    assert!(page.text.contains("<td class=\"marked\">") && page.text.contains("2026-13-01"), "{}", page.text);
    assert!(page.text.contains("&#60;i&#62;Sur"), "names stay text");
    let download = links(&page.text).into_iter().find(|link| link.starts_with("/quarantine.csv"));
    let csv = site.get(&download.expect("a link")).await;
    let name = "accounts.account.quarantine.csv";
    let disposition = csv.headers[header::CONTENT_DISPOSITION].to_str().expect("text");
    assert_eq!(disposition, format!("attachment; filename=\"{name}\""));

    let wrong = upload(&site, name, &csv.text).await;
    assert!(wrong.text.contains("0 fixed rows left quarantine"), "{}", wrong.text);
    let other = upload(&site, "other.csv", &csv.text).await;
    assert!(other.text.contains("It was not read:"), "{}", other.text);
    let nothing = upload(&site, name, "").await;
    assert!(nothing.text.contains("choose a file first"), "{}", nothing.text);

    let copy = "accounts.account.quarantine (1).csv";
    let mended = upload(&site, copy, &csv.text.replace("2026-13-01", "2026-12-01")).await;
    assert!(mended.text.contains("1 fixed row left quarantine"), "{}", mended.text);
    assert!(site.get("/quarantine").await.text.contains("Every row was understood"));
    assert!(site.get("/imports/1").await.text.contains("None of them is in quarantine any more"));
}
