//! A server that is killed while products send loses no event that it said it
//! had, and counts none twice, however often it is sent again.

use crate::program::{Server, laer8};
use sea_orm::{ConnectionTrait as _, Database, DbBackend, Statement};
use serde_json::{Value, json};
use std::{
    path::Path,
    process::Stdio,
    sync::{Condvar, Mutex},
    thread,
    time::Duration,
};
use tempfile::TempDir;
use ureq::Agent;

/// How often the server is killed.
const KILLS: usize = 20;

/// Products that send at the same time.
const SENDERS: usize = 4;

/// Events that are acknowledged between two kills, at least.
const BETWEEN: usize = 150;

/// Where the server is, and how it goes.
#[derive(Default)]
struct State {
    url: Option<String>,
    acknowledged: usize,
    over: bool,
}

/// What the senders and whoever kills the server know of each other.
#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    news: Condvar,
}

impl Shared {
    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state.lock().expect("the state"));
        self.news.notify_all();
    }

    /// Where a server is, other than that which was there before; none when it
    /// is over.
    fn url(&self, gone: Option<&str>) -> Option<String> {
        let waits = |state: &mut State| !state.over && (state.url.is_none() || state.url.as_deref() == gone);
        let state = self.news.wait_while(self.state.lock().expect("the state"), waits).expect("the state");
        state.url.clone().filter(|_| !state.over)
    }

    fn wait_for(&self, acknowledged: usize) {
        let waits = |state: &mut State| state.acknowledged < acknowledged;
        drop(self.news.wait_while(self.state.lock().expect("the state"), waits).expect("the state"));
    }
}

/// Sends events one after the other, each again until it is acknowledged; in
/// batches of a size of its own. Answers how many were.
fn send(shared: &Shared, sender: usize, key: &str) -> usize {
    let config = Agent::config_builder().timeout_global(Some(Duration::from_secs(20)));
    let agent: Agent = config.http_status_as_error(false).build().into();
    let (mut sent, size) = (0, 1 + sender * 5);
    let mut url = shared.url(None);
    while let Some(here) = url.clone() {
        let event = |n: usize| {
            json!({ "type": "track", "messageId": format!("s{sender}e{n}"), "userId": format!("user {sender}"),
                    "event": "Export" })
        };
        let events: Vec<Value> = (sent..sent + size).map(event).collect();
        let body = json!({ "batch": events, "writeKey": key }).to_string();
        let answer = agent
            .post(format!("{here}/v1/batch"))
            .header("Content-Type", "application/json")
            .send(body)
            .and_then(|mut answer| Ok((answer.status().as_u16(), answer.body_mut().read_to_string()?)));
        match answer {
            Ok((200, _)) => {
                sent += size;
                shared.change(|state| state.acknowledged += size);
            }
            Ok((429 | 503, _)) => {}
            Ok((status, text)) => panic!("refused: {status} {text}"),
            Err(_) => url = shared.url(Some(&here)),
        }
        if shared.state.lock().expect("the state").over {
            break;
        }
    }
    sent
}

fn source(data: &Path) -> Value {
    let mut command = laer8(data);
    let output = command.args(["source", "list", "--format", "json"]).stdout(Stdio::piped()).output();
    serde_json::from_slice(&output.expect("the program runs").stdout).expect("JSON")
}

#[test]
fn every_event_is_counted_once_however_often_the_server_is_killed() {
    let folder = TempDir::new().expect("a folder");
    let data = folder.path();
    let mut add = laer8(data);
    let added = add.args(["source", "add", "product", "--format", "json"]).stdout(Stdio::piped()).output();
    let added: Value = serde_json::from_slice(&added.expect("the program runs").stdout).expect("JSON");
    let key = added["write_key"].as_str().expect("a key");

    let shared = Shared::default();
    let sent: usize = thread::scope(|scope| {
        let senders: Vec<_> = (0..SENDERS)
            .map(|sender| {
                let shared = &shared;
                scope.spawn(move || send(shared, sender, key))
            })
            .collect();
        for kill in 0..KILLS {
            let mut server = Server::start(data);
            if kill == 0 {
                introduce(&server.url, key);
            }
            let before = shared.state.lock().expect("the state").acknowledged;
            shared.change(|state| state.url = Some(server.url.clone()));
            // Each time at another moment.
            shared.wait_for(before + BETWEEN + kill * 17);
            server.kill();
            shared.change(|state| state.url = None);
        }
        // A last one, for what was sent and not answered, and to work in the rest.
        let server = Server::start(data);
        shared.change(|state| state.url = Some(server.url.clone()));
        let before = shared.state.lock().expect("the state").acknowledged;
        shared.wait_for(before + BETWEEN);
        shared.change(|state| state.over = true);
        let sent = senders.into_iter().map(|sender| sender.join().expect("a sender")).sum();
        while source(data)["backlog"] != 0 {}
        drop(server);
        sent
    });
    let view = source(data);
    let totals = &view["sources"][0];
    assert_eq!(counted(data), sent, "{totals}");
    assert_eq!(totals["waiting"], 0, "{totals}");
    assert!(sent >= KILLS * BETWEEN, "{sent} events were sent");
}

/// Says at which account the users are.
fn introduce(url: &str, key: &str) {
    for sender in 0..SENDERS {
        let group = json!({ "userId": format!("user {sender}"), "groupId": format!("account {}", sender % 2),
                            "writeKey": key, "traits": { "name": format!("Account {}", sender % 2) } });
        let answer = ureq::post(format!("{url}/v1/group"))
            .header("Content-Type", "application/json")
            .send(group.to_string());
        assert_eq!(answer.expect("an answer").status(), 200);
    }
}

/// How often something was used, as the database has it.
fn counted(data: &Path) -> usize {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let sql = "SELECT CAST(COALESCE(SUM(count), 0) AS BIGINT) FROM usage_facts";
    let counted: i64 = runtime.block_on(async {
        let url = format!("sqlite://{}", data.join("laer8.db").display());
        let db = Database::connect(url).await.expect("the database");
        let row = db.query_one_raw(Statement::from_string(DbBackend::Sqlite, sql)).await.expect("a row");
        row.expect("a row").try_get_by_index(0).expect("a number")
    });
    usize::try_from(counted).expect("a count")
}
