//! Import runs as they are listed, and refused rows on their way back in.

use crate::{
    company::{MAPPING, USAGE, files},
    support::{app_at, import, operator, unwatched},
};
use laer8_app::{Actor, App, AppError, ImportRequest, QuarantineAsked, Upload, Uploads};
use laer8_domain::{ids::ImportRunId, users::Role};

const NOW: &str = "2024-06-10T12:00:00Z";

laer8_testkit::on_both!(
    a_run_is_listed_with_what_became_of_its_files,
    the_quarantine_is_grouped_filtered_and_paged,
    a_row_that_is_mended_between_two_pages_hides_no_other,
    an_uploaded_file_is_read_by_the_mapping_of_its_import,
    what_is_no_file_of_the_quarantine_is_refused,
);

fn broken() -> String {
    format!("{USAGE}U4,S1,Reports,2024-05-33,1\nU5,S1,Export,2024-05-34,many\nU6,S9,Export,2024-05-04,2\n")
}

async fn imported(url: &str) -> App {
    let app = app_at(url, NOW).await;
    import(&app, MAPPING, &files(&[("usage.csv", &broken())])).await;
    app
}

fn all() -> QuarantineAsked {
    QuarantineAsked { limit: 100, ..QuarantineAsked::default() }
}

async fn a_run_is_listed_with_what_became_of_its_files(url: String) {
    let app = imported(&url).await;
    import(&app, MAPPING, &files(&[])).await;
    let view = app.imports(&operator(), None, 10).await.expect("runs");
    assert_eq!((view.all, view.runs.len(), view.waiting), (2, 2, 3));
    let [second, first] = view.runs.as_slice() else { panic!("two runs") };
    let usage = |run: &laer8_app::ImportRunView| {
        let file = run.files.iter().find(|file| file.name == "usage.csv").expect("the file");
        (file.record.clone(), file.rows, file.new, file.unchanged, file.refused, file.waiting.len())
    };
    assert_eq!(usage(first), ("usage".to_owned(), 6, 3, 0, 3, 2));
    assert_eq!(usage(second), ("usage".to_owned(), 3, 0, 3, 0, 0));
    assert_eq!((first.source.as_str(), first.label.as_str(), first.seconds), ("crm", "memory", Some(0.0)));
    assert_eq!((first.started.day.to_string(), first.started.hour), ("2024-06-10".to_owned(), 12));
    assert!(first.findings.is_sorted_by(|a, b| a.count >= b.count) && !first.findings.is_empty());
    assert_eq!(app.import_run(&operator(), first.id).await.expect("one"), *first);
    let page = app.imports(&operator(), None, 1).await.expect("the newest");
    assert_eq!((page.runs.len(), page.offset, page.next), (1, 0, Some(second.id)));
    // A run that begins meanwhile pushes nothing to the next page.
    import(&app, MAPPING, &files(&[("usage.csv", USAGE)])).await;
    let rest = app.imports(&operator(), page.next, 10).await.expect("the rest");
    assert_eq!(rest.runs, std::slice::from_ref(first));
    assert_eq!((rest.all, rest.offset, rest.next), (3, 2, None));
    let missing = app.import_run(&operator(), ImportRunId(999)).await;
    assert!(matches!(missing, Err(AppError::NotFound { .. })), "{missing:?}");
}

async fn the_quarantine_is_grouped_filtered_and_paged(url: String) {
    let app = imported(&url).await;
    let view = app.quarantine_view(&operator(), &all()).await.expect("a look");
    let groups: Vec<(&str, u64, u32)> =
        view.groups.iter().map(|group| (group.reason.as_str(), group.rows, group.line)).collect();
    assert_eq!(groups, [("not_a_date", 2, 5), ("unknown_subscription", 1, 7)]);
    assert_eq!((view.matching, view.mapped.as_slice()), (3, ["crm".to_owned()].as_slice()));
    let faults: Vec<&str> =
        view.rows.iter().map(|row| row.row.cells[row.marked.expect("a cell")].as_str()).collect();
    assert_eq!(faults, ["2024-05-33", "2024-05-34", "S9"], "the cell at fault is known");

    let asked = QuarantineAsked { reason: Some("not_a_date".to_owned()), limit: 1, ..all() };
    let first = app.quarantine_view(&operator(), &asked).await.expect("a look");
    assert_eq!((first.matching, first.offset, first.rows[0].row.line), (2, 0, 5));
    let asked = QuarantineAsked { after: first.next, ..asked };
    let second = app.quarantine_view(&operator(), &asked).await.expect("a look");
    assert_eq!((second.matching, second.offset, second.rows[0].row.line), (2, 1, 6));
    assert_eq!(second.next, None);
    for nothing in [
        QuarantineAsked { source: Some("erp".to_owned()), ..all() },
        QuarantineAsked { file: Some("notes.csv".to_owned()), ..all() },
    ] {
        let view = app.quarantine_view(&operator(), &nothing).await.expect("a look");
        assert_eq!((view.matching, view.rows.len(), view.groups.len()), (0, 0, 2));
    }
}

async fn a_row_that_is_mended_between_two_pages_hides_no_other(url: String) {
    let app = imported(&url).await;
    let asked = QuarantineAsked { limit: 1, ..QuarantineAsked::default() };
    let first = app.quarantine_view(&operator(), &asked).await.expect("a look");
    assert_eq!(first.rows[0].row.line, 5);
    let file = app.export_quarantine(&operator()).await.expect("files").pop().expect("a file");
    let text = String::from_utf8(file.contents).expect("text").replace("2024-05-33", "2024-05-30");
    let upload = Uploads(vec![Upload { name: file.name, contents: text.into_bytes().into() }]);
    let report = app.mend_uploaded(&operator(), "crm", None, &upload).await.expect("read");
    assert_eq!((report.released, report.remaining), (1, 2));
    let mut lines = Vec::new();
    let mut after = first.next;
    while after.is_some() {
        let page = app.quarantine_view(&operator(), &QuarantineAsked { after, ..asked.clone() }).await;
        let page = page.expect("a look");
        lines.extend(page.rows.iter().map(|row| row.row.line));
        after = page.next;
    }
    assert_eq!(lines, [6, 7], "the row that was shown is gone, those after it are not");
    let never = QuarantineAsked { after: Some(9_999), ..asked };
    let refused = app.quarantine_view(&operator(), &never).await;
    assert!(matches!(refused, Err(AppError::NotFound { kind: "row", .. })), "{refused:?}");
}

async fn an_uploaded_file_is_read_by_the_mapping_of_its_import(url: String) {
    let app = imported(&url).await;
    let exported = app.export_quarantine(&operator()).await.expect("files");
    let [file] = exported.as_slice() else { panic!("one file: {exported:?}") };
    assert_eq!(
        (file.source.as_str(), file.file.as_str(), file.record.as_str()),
        ("crm", "usage.csv", "usage")
    );
    let text = String::from_utf8(file.contents.clone()).expect("text");
    let mended = text.replace("2024-05-33", "2024-05-30").replace("S9", "S3");
    let upload = Upload { name: file.name.clone(), contents: mended.into_bytes().into() };
    let uploads = Uploads(vec![upload]);
    let viewer = Actor { name: "Leo".to_owned(), role: Role::Member };
    let refused = app.mend_uploaded(&viewer, "crm", None, &uploads).await;
    assert!(matches!(refused, Err(AppError::Forbidden { .. })), "{refused:?}");
    let report = app.mend_uploaded(&operator(), "crm", None, &uploads).await.expect("read");
    assert_eq!((report.released, report.remaining), (2, 1));
    let left = app.quarantine_view(&operator(), &all()).await.expect("a look");
    assert_eq!(left.rows.iter().map(|row| row.row.line).collect::<Vec<_>>(), [6]);
    // A run that only reports keeps nothing, the mapping neither.
    let mapping = MAPPING.replace("source = \"crm\"", "source = \"trial\"");
    let trial = files(&[]);
    let request = ImportRequest { mapping: &mapping, mapping_name: "m", files: &trial, dry_run: true };
    app.import(&operator(), &request, &unwatched).await.expect("a report");
    let without = app.mend_uploaded(&operator(), "trial", None, &uploads).await.expect_err("no mapping");
    assert!(without.to_string().contains("no mapping of \"trial\" is kept"), "{without}");
}

async fn what_is_no_file_of_the_quarantine_is_refused(url: String) {
    let app = imported(&url).await;
    let named = |name: &str| {
        let contents = b"id\n1\n".as_slice().into();
        Uploads(vec![Upload { name: name.to_owned(), contents }])
    };
    for (name, said) in [
        ("usage.csv", "holds no *.quarantine.csv file"),
        ("notes.note.quarantine.csv", "no row in quarantine belongs to notes.note.quarantine.csv"),
    ] {
        let error = app.mend_uploaded(&operator(), "crm", None, &named(name)).await.expect_err("refused");
        assert!(error.to_string().contains(said), "{error}");
    }
    assert_eq!(app.quarantine_view(&operator(), &all()).await.expect("a look").matching, 3);
}
