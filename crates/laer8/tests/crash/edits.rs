//! A server that is killed while people write keeps every edit that it said it
//! had kept, once, and no half of any other.

use crate::{
    clients::{Client, Edit, Log, Way, What, agent},
    program::{Server, laer8},
};
use laer8_app::{Actor, App, NewUser, SystemClock};
use laer8_domain::{provenance::OWN_SOURCE, users::Role};
use laer8_store::Store;
use sea_orm::{ConnectionTrait as _, Database, DatabaseConnection, DbBackend, Statement, TryGetable};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::Arc,
    thread,
};
use tempfile::TempDir;

/// After how many acknowledged edits each of the servers is killed.
const KILLED_AFTER: [usize; 7] = [1, 2, 5, 11, 23, 40, 80];

/// The accounts of the test company that are written on: two by two clients.
const ACCOUNTS: [i64; 5] = [1, 2, 3, 1, 2];

/// The accounts that forms are written on.
const FORMS: [i64; 1] = [3];

/// Somebody who reads the database and knows nothing of the program.
struct Outsider {
    db: DatabaseConnection,
}

impl Outsider {
    async fn open(file: &Path) -> Self {
        Self { db: Database::connect(format!("sqlite://{}", file.display())).await.expect("the database") }
    }

    /// The first two columns of what a query finds.
    async fn pairs<A: TryGetable, B: TryGetable>(&self, sql: &str) -> Vec<(A, B)> {
        let found = self.db.query_all_raw(Statement::from_string(DbBackend::Sqlite, sql)).await;
        let pair = |row: sea_orm::QueryResult| {
            (row.try_get_by_index(0).expect("a value"), row.try_get_by_index(1).expect("a value"))
        };
        found.unwrap_or_else(|error| panic!("{sql}: {error}")).into_iter().map(pair).collect()
    }
}

/// Who may write, as a server finds them when it starts.
struct Company {
    _folder: TempDir,
    data: PathBuf,
    key: String,
    cookie: String,
}

impl Company {
    async fn new() -> Self {
        let folder = TempDir::new().expect("a folder");
        let data = folder.path().join("data");
        let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
        let mut import = laer8(&data);
        import.arg("import").arg("--mapping").arg(tests.join("shop.toml")).arg(tests.join("files"));
        assert_eq!(import.status().expect("the program starts").code(), Some(3), "two rows are refused");

        let url = format!("sqlite://{}", data.join("laer8.db").display());
        let store = Store::open(&url).await.expect("a store");
        let app = App::new(store.clone(), Arc::new(SystemClock));
        let operator = Actor::operator();
        let (_, key) = app.add_key(&operator, "writer", Role::Manager).await.expect("a key");
        let ana = NewUser { email: "ana@example.com".to_owned(), name: "Ana".to_owned(), role: Role::Member };
        app.add_user(&operator, ana).await.expect("a user");
        let link = app.invite(&operator, "ana@example.com").await.expect("a link");
        let session = app.accept(&link, "a horse in the rain", "Test").await.expect("a session");
        drop(app);
        store.close().await.expect("closed");
        Self { _folder: folder, data, key, cookie: format!("laer8_session={session}") }
    }

    /// Starts a server, lets everybody write, and kills it when so many edits
    /// are acknowledged. Returns what was sent.
    fn write_and_kill(&self, round: usize, acknowledged: usize) -> Vec<Edit> {
        let mut server = Server::start(&self.data);
        let url = server.url.clone();
        let log = Log::default();
        let api = ACCOUNTS.map(|account| (account, Way::Api(self.key.clone())));
        let forms = FORMS.map(|account| (account, Way::Form(self.cookie.clone())));
        let ways: Vec<(i64, Way)> = api.into_iter().chain(forms).collect();
        thread::scope(|scope| {
            for (number, (account, way)) in ways.iter().enumerate() {
                let (name, way) = (format!("r{round}c{number}"), way.clone());
                let client = Client { url: &url, account: *account, way, name, log: &log, agent: agent() };
                scope.spawn(move || client.write());
            }
            let done = log.wait_for(acknowledged, ways.len());
            server.kill();
            assert!(done >= acknowledged, "all clients went after {done} edits");
        });
        log.edits()
    }
}

/// What our own source wrote, in SQL.
fn own() -> String {
    format!("source_id = (SELECT id FROM sources WHERE name = '{OWN_SOURCE}')")
}

/// Every edit that was acknowledged is there once, any other once or not at
/// all, and nothing that nobody wrote.
async fn nothing_is_lost_or_doubled(outsider: &Outsider, edits: &[Edit]) {
    let own = own();
    let texts = format!(
        "SELECT CASE kind WHEN 'withdrawn' THEN 'withdrawn ' || id ELSE text END, COUNT(*) \
         FROM notes WHERE {own} GROUP BY 1 UNION ALL \
         SELECT text_value, COUNT(*) FROM field_facts WHERE {own} AND field = 'owner' GROUP BY 1"
    );
    let found: BTreeMap<String, i64> = outsider.pairs(&texts).await.into_iter().collect();
    let mut sent = BTreeSet::new();
    for edit in edits {
        let text = match &edit.what {
            What::Note(text) | What::Change(text) | What::Pulse(text) | What::Owner(text) => text.clone(),
            What::Withdrawal(note) => format!("withdrawn {note}"),
        };
        let times = found.get(&text).copied().unwrap_or_default();
        let is_right = if edit.acknowledged { times == 1 } else { times <= 1 };
        assert!(is_right, "{edit:?} is there {times} times");
        sent.insert(text);
    }
    let strange: Vec<&String> = found.keys().filter(|text| !sent.contains(*text)).collect();
    assert!(strange.is_empty(), "nobody wrote {strange:?}");
}

/// What is written in several places of the database is written in all of them.
async fn nothing_is_half_there(outsider: &Outsider, imported: i64) {
    let own = own();
    // A note with its account and its revisions, and how many they are.
    let notes = format!(
        "SELECT 'account:' || MIN(account_id) || ' ' || id || ' 0-' || MAX(revision), COUNT(*) \
         FROM notes WHERE {own} GROUP BY id ORDER BY id"
    );
    let logged = "SELECT MIN(subject) || ' ' || json_extract(detail, '$.note') || ' 0-' || (COUNT(*) - 1), COUNT(*) \
         FROM audit_log WHERE action IN ('note.add', 'pulse.set', 'note.change', 'note.withdraw') \
         GROUP BY json_extract(detail, '$.note') ORDER BY json_extract(detail, '$.note')";
    let notes: Vec<(String, i64)> = outsider.pairs(&notes).await;
    let logged: Vec<(String, i64)> = outsider.pairs(logged).await;
    assert_eq!(notes, logged, "notes and the audit log agree");

    let ids = format!("SELECT DISTINCT id, 0 FROM notes WHERE {own} ORDER BY 1");
    let named = format!("SELECT internal_id, 0 FROM external_ids WHERE {own} AND kind = 'note' ORDER BY 1");
    let (ids, named): (Vec<(i64, i64)>, Vec<_>) = (outsider.pairs(&ids).await, outsider.pairs(&named).await);
    assert_eq!(ids, named, "a note has a name, and nothing else has one");

    let owners = format!(
        "SELECT text_value, 'account:' || account_id FROM field_facts WHERE {own} AND field = 'owner' ORDER BY id"
    );
    let logged = "SELECT json_extract(detail, '$.after'), subject FROM audit_log WHERE action = 'owner.change' ORDER BY id";
    let owners: Vec<(String, String)> = outsider.pairs(&owners).await;
    let logged: Vec<(String, String)> = outsider.pairs(logged).await;
    assert_eq!(owners, logged, "owners and the audit log agree");

    let generations = format!(
        "SELECT COUNT(*), MAX(generation) - MIN(generation) + 1 FROM changes WHERE generation > {imported}"
    );
    let generations: Vec<(i64, i64)> = outsider.pairs(&generations).await;
    let revisions: i64 = notes.iter().map(|(_, revisions)| revisions).sum();
    let edits = revisions + i64::try_from(owners.len()).expect("a few");
    assert_eq!(generations, [(edits, edits)], "whoever keeps a book is told of each edit");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_edit_that_was_acknowledged_is_there_once_whenever_the_server_is_killed() {
    let company = Company::new().await;
    let file = company.data.join("laer8.db");
    let outsider = Outsider::open(&file).await;
    let imported: Vec<(i64, i64)> = outsider.pairs("SELECT MAX(generation), 0 FROM changes").await;
    let imported = imported[0].0;
    outsider.db.close().await.expect("closed");
    let mut edits = Vec::new();
    for (round, acknowledged) in KILLED_AFTER.into_iter().enumerate() {
        edits.extend(company.write_and_kill(round, acknowledged));
        let outsider = Outsider::open(&file).await;
        let faults: Vec<(String, i64)> =
            outsider.pairs("SELECT integrity_check, 0 FROM pragma_integrity_check").await;
        assert_eq!(faults, [("ok".to_owned(), 0)]);
        nothing_is_lost_or_doubled(&outsider, &edits).await;
        nothing_is_half_there(&outsider, imported).await;
        outsider.db.close().await.expect("closed");
    }
    let unsure = edits.iter().filter(|edit| !edit.acknowledged).count();
    assert!(unsure >= KILLED_AFTER.len(), "only {unsure} edits were on their way when the server was killed");
    the_api_shows(&company, &edits);
}

/// Who starts it again sees every pulse that was acknowledged, once.
fn the_api_shows(company: &Company, edits: &[Edit]) {
    let server = Server::start(&company.data);
    let told = |account: i64| -> Vec<Value> {
        let (mut events, mut cursor) = (Vec::new(), String::new());
        loop {
            let timeline = format!("{}/api/v1/accounts/{account}/timeline", server.url);
            let request = agent().get(format!("{timeline}?limit=500&as_of=today{cursor}"));
            let answer = request.header("Authorization", format!("Bearer {}", company.key)).call();
            let text = answer.and_then(|mut answer| answer.body_mut().read_to_string()).expect("an answer");
            let page: Value = serde_json::from_str(&text).expect("JSON");
            events.extend(page["events"].as_array().expect("events").iter().cloned());
            match page["next"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => return events,
            }
        }
    };
    let mut checked = 0;
    for account in BTreeSet::from(ACCOUNTS) {
        let events = told(account);
        for edit in edits.iter().filter(|edit| edit.account == account && edit.acknowledged) {
            let What::Pulse(text) = &edit.what else { continue };
            let times = events.iter().filter(|event| event["text"] == **text).count();
            assert_eq!(times, 1, "{text} on the timeline of account {account}");
            checked += 1;
        }
    }
    assert!(checked > 5, "only {checked} pulses were looked for");
}
