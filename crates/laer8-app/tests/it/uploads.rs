//! Files that somebody brings in step by step: looked at, mapped, tried,
//! imported beside whoever began it.

use crate::support::{app_at, operator};
use laer8_app::{
    Actor, App, AppError, MappingChoice, RecordKind, SectionChoice, TableChoice, UploadError, UploadFault,
    UploadState, UploadView, Use,
};
use laer8_domain::users::Role;
use rust_xlsxwriter::Workbook;
use std::time::{Duration, Instant};
use tempfile::TempDir;

const NOW: &str = "2024-06-10T12:00:00Z";
const ACCOUNTS: &str =
    "Account ID,Name,Created,Country\nA1,Helvetia Freight,2024-01-10,CH\nA2,Nordkap,2024-02-01,NO\n";
const CONTRACTS: &str = "Subscription ID,Account ID,Start date,Plan,Price\nS1,A1,2024-01-15,Gold,200\nS2,A9,2024-02-01,Silver,30\n";

laer8_testkit::on_both!(
    an_upload_is_mapped_tried_and_imported,
    the_next_upload_of_the_same_files_begins_from_the_kept_mapping,
    a_workbook_is_uploaded_like_files,
    what_was_under_way_when_the_server_ended_goes_on,
    only_managers_upload,
    what_is_no_table_is_not_taken,
    two_imports_of_one_source_take_turns,
);

async fn app(url: &str, folder: &TempDir) -> App {
    app_at(url, NOW).await.keeping_uploads(folder.path().to_owned())
}

async fn upload(app: &App, files: &[(&str, &[u8])]) -> Result<String, UploadError> {
    let mut new = app.begin_upload(&operator())?;
    for (name, bytes) in files {
        new.file(name)?;
        for part in bytes.chunks(7) {
            new.write(part)?;
        }
    }
    app.finish_upload(&operator(), new).await
}

/// The upload once nobody works on it any more.
async fn settled(app: &App, id: &str) -> UploadView {
    let started = Instant::now();
    loop {
        let view = app.upload(&operator(), id).expect("an upload");
        if !matches!(view.state, UploadState::Trying(_) | UploadState::Importing(_)) {
            return view;
        }
        assert!(started.elapsed() < Duration::from_secs(60), "it never ended: {view:?}");
        tokio::task::yield_now().await;
    }
}

/// As the form has it: everything as it is, and questions answered.
fn as_is(view: &UploadView) -> MappingChoice {
    let table = |(table, look): (usize, &laer8_app::TableLook)| {
        let section = view.sections.iter().find(|section| section.reads(look));
        let uses = section.map(|it| it.uses.clone()).unwrap_or_default();
        TableChoice {
            table,
            section: section.map(|it| it.position),
            record: section.map(|it| it.record),
            chosen: SectionChoice {
                uses: uses.into_iter().map(|(column, becomes)| (column, Some(becomes))).collect(),
                ..SectionChoice::default()
            },
        }
    };
    MappingChoice {
        source: "crm".to_owned(),
        currency: "EUR".to_owned(),
        time_zone: view.time_zone.clone(),
        dates: Vec::new(),
        answers: Vec::new(),
        tables: view.tables.iter().enumerate().map(table).collect(),
    }
}

/// Answers every question by the choice that says this, else by its first.
fn answered(view: &UploadView, says: &str) -> Vec<(String, String)> {
    let answer = |question: &laer8_app::Question| {
        let by_word = question.choices.iter().find(|choice| choice.says == [says]);
        let choice = by_word.or(question.choices.first())?;
        Some((question.path.clone(), choice.value.clone()))
    };
    view.questions.iter().filter_map(answer).collect()
}

async fn mapped(app: &App, id: &str) -> UploadView {
    let view = app.upload(&operator(), id).expect("an upload");
    let choice = MappingChoice { answers: answered(&view, "month"), ..as_is(&view) };
    app.choose_mapping(&operator(), id, &choice).await.expect("a mapping");
    app.upload(&operator(), id).expect("an upload")
}

async fn an_upload_is_mapped_tried_and_imported(url: String) {
    let folder = TempDir::new().expect("a folder");
    let app = app(&url, &folder).await;
    let files = [("accounts.csv", ACCOUNTS.as_bytes()), ("contracts.csv", CONTRACTS.as_bytes())];
    let id = upload(&app, &files).await.expect("an upload");
    let view = app.upload(&operator(), &id).expect("the upload");
    assert_eq!(view.state, UploadState::Mapping);
    assert_eq!(view.tables[0].columns[1].samples, ["Helvetia Freight", "Nordkap"]);
    assert!(!view.is_ready(), "nobody has said the currency and how often is paid");
    let early = app.try_upload(&operator(), &id);
    assert!(matches!(early, Err(UploadError::Fault(UploadFault::Unfinished))), "{early:?}");

    let view = mapped(&app, &id).await;
    assert_eq!(view.faults, []);
    let mut choice = as_is(&view);
    choice.tables[0].chosen.uses.retain(|(column, _)| column != "Country");
    choice.tables[0].chosen.uses.push(("Country".to_owned(), Some(Use::Trait)));
    app.choose_mapping(&operator(), &id, &choice).await.expect("a change");

    app.try_upload(&operator(), &id).expect("a try");
    let view = settled(&app, &id).await;
    assert_eq!(view.state, UploadState::Tried, "{:?}", view.failure);
    let counts: Vec<_> = view.trial.iter().map(|file| (file.name.as_str(), file.new, file.refused)).collect();
    assert_eq!(counts, [("accounts.csv", 2, 0), ("contracts.csv", 1, 1)]);
    assert_eq!(view.trial[1].reasons[0].reason, "unknown_account");
    assert!(app.imports(&operator(), None, 9).await.expect("runs").runs.is_empty(), "it was only tried");

    app.import_upload(&operator(), &id).expect("an import");
    app.import_upload(&operator(), &id).expect("pressed twice");
    let view = settled(&app, &id).await;
    let UploadState::Done(Some(run)) = view.state else { panic!("{:?}: {:?}", view.state, view.failure) };
    app.import_upload(&operator(), &id).expect("pressed again when it is done");
    let run = app.import_run(&operator(), run).await.expect("the run");
    assert_eq!((run.source.as_str(), run.label.as_str()), ("crm", "accounts.csv, contracts.csv"));
    assert_eq!(app.imports(&operator(), None, 9).await.expect("runs").all, 1, "it ran once");
    let again = app.try_upload(&operator(), &id);
    assert!(matches!(again, Err(UploadError::Fault(UploadFault::Begun))), "{again:?}");
    assert!(app.uploads(&operator()).await.expect("a list").is_empty(), "what is done waits for nobody");
}

async fn the_next_upload_of_the_same_files_begins_from_the_kept_mapping(url: String) {
    let folder = TempDir::new().expect("a folder");
    let app = app(&url, &folder).await;
    let first = [("accounts-2024-05-31.csv", ACCOUNTS.as_bytes())];
    let id = upload(&app, &first).await.expect("an upload");
    let view = app.upload(&operator(), &id).expect("the upload");
    assert_eq!((view.begun_from.as_deref(), view.sections[0].name.as_str()), (None, "accounts-*.csv"));
    mapped(&app, &id).await;
    app.import_upload(&operator(), &id).expect("an import");
    settled(&app, &id).await;
    let second = [("accounts-2024-06-30.csv", ACCOUNTS.as_bytes())];
    let id = upload(&app, &second).await.expect("an upload");
    let view = app.upload(&operator(), &id).expect("the upload");
    assert_eq!((view.begun_from.as_deref(), view.source.as_str()), (Some("crm"), "crm"));
    assert!(view.is_ready());
    let other = [("accounts-2024-06-30.csv", &b"ID,Name\nA1,Helvetia\n"[..])];
    let id = upload(&app, &other).await.expect("an upload");
    let view = app.upload(&operator(), &id).expect("the upload");
    assert_eq!(view.begun_from, None, "its columns are others");
}

async fn a_workbook_is_uploaded_like_files(url: String) {
    let folder = TempDir::new().expect("a folder");
    let app = app(&url, &folder).await;
    let mut book = Workbook::new();
    for (name, text) in [("Accounts", ACCOUNTS), ("Contracts", CONTRACTS)] {
        let sheet = book.add_worksheet().set_name(name).expect("a name");
        for (row, line) in (0..).zip(text.lines()) {
            for (column, cell) in (0..).zip(line.split(',')) {
                sheet.write(row, column, cell).expect("a cell");
            }
        }
    }
    let book = book.save_to_buffer().expect("a workbook");
    let id = upload(&app, &[("crm.xlsx", &book)]).await.expect("an upload");
    let view = mapped(&app, &id).await;
    let read: Vec<_> = view.sections.iter().map(|it| (it.sheet.as_deref(), it.record)).collect();
    assert_eq!(
        read,
        [(Some("Accounts"), RecordKind::Account), (Some("Contracts"), RecordKind::Subscription)],
        "{}",
        view.mapping
    );
    app.import_upload(&operator(), &id).expect("an import");
    let view = settled(&app, &id).await;
    let UploadState::Done(Some(run)) = view.state else { panic!("{:?}: {:?}", view.state, view.failure) };
    let run = app.import_run(&operator(), run).await.expect("the run");
    let files: Vec<_> = run.files.iter().map(|file| (file.record.as_str(), file.new, file.refused)).collect();
    assert_eq!(files, [("account", 2, 0), ("subscription", 1, 1)]);
}

async fn what_was_under_way_when_the_server_ended_goes_on(url: String) {
    let folder = TempDir::new().expect("a folder");
    let first = app(&url, &folder).await;
    let id = upload(&first, &[("accounts.csv", ACCOUNTS.as_bytes())]).await.expect("an upload");
    mapped(&first, &id).await;
    // As a server leaves it that is killed right after it began.
    let path = folder.path().join(&id).join("upload.json");
    let state = std::fs::read_to_string(&path).expect("a state");
    std::fs::write(&path, state.replace(r#""step":"mapping""#, r#""step":"importing""#)).expect("a state");
    drop(first);
    let second = app(&url, &folder).await;
    let view = second.upload(&operator(), &id).expect("the upload");
    assert_eq!(view.state, UploadState::Interrupted);
    second.take_up_uploads();
    let view = settled(&second, &id).await;
    assert!(matches!(view.state, UploadState::Done(Some(_))), "{:?}: {:?}", view.state, view.failure);
}

async fn only_managers_upload(url: String) {
    let folder = TempDir::new().expect("a folder");
    let app = app(&url, &folder).await;
    let member = Actor { name: "m@example.com".to_owned(), role: Role::Member };
    let refused = app.begin_upload(&member).map(drop);
    assert!(matches!(refused, Err(UploadError::App(AppError::Forbidden { .. }))), "{refused:?}");
    assert!(app.upload(&member, "x").is_err());
    let missing = app.upload(&operator(), "../x");
    assert!(matches!(missing, Err(UploadError::App(AppError::NotFound { .. }))), "{missing:?}");
}

async fn what_is_no_table_is_not_taken(url: String) {
    let folder = TempDir::new().expect("a folder");
    let app = app(&url, &folder).await;
    let fault = async |files: &[(&str, &[u8])]| match upload(&app, files).await {
        Err(UploadError::Fault(fault)) => fault,
        other => panic!("{other:?}"),
    };
    assert_eq!(fault(&[]).await, UploadFault::NoFile);
    assert_eq!(fault(&[("a.pdf", b"x")]).await, UploadFault::NotATable { name: "a.pdf".to_owned() });
    let twice = fault(&[("a.csv", b"x\n1\n"), ("A.csv", b"x\n1\n")]).await;
    assert_eq!(twice, UploadFault::Twice { name: "A.csv".to_owned() });
    assert!(matches!(fault(&[("a.xlsx", b"PK\x03\x04broken")]).await, UploadFault::Unreadable { .. }));
    let left = std::fs::read_dir(folder.path()).expect("a folder").count();
    assert_eq!(left, 0, "what was not taken leaves nothing behind");
}

async fn two_imports_of_one_source_take_turns(url: String) {
    let folder = TempDir::new().expect("a folder");
    let app = app(&url, &folder).await;
    let mut ids = Vec::new();
    for _ in 0..3 {
        let id = upload(&app, &[("accounts.csv", ACCOUNTS.as_bytes())]).await.expect("an upload");
        mapped(&app, &id).await;
        ids.push(id);
    }
    for id in &ids {
        app.import_upload(&operator(), id).expect("an import");
    }
    let mut fresh = 0;
    for id in &ids {
        let view = settled(&app, id).await;
        let UploadState::Done(Some(run)) = view.state else { panic!("{:?}: {:?}", view.state, view.failure) };
        let run = app.import_run(&operator(), run).await.expect("the run");
        fresh += run.files[0].new;
        assert_eq!((run.files[0].new + run.files[0].unchanged, run.failure), (2, None));
    }
    assert_eq!(fresh, 2, "what the first took in is known to the others");
}
