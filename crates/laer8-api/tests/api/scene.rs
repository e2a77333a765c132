//! Everybody who may ask, and what they ask about.

use crate::site::{Answer, MAPPING, TestApi, operator, send};
use axum::{
    Router,
    body::Body,
    http::{Method, Request, header},
};
use laer8_app::{Actor, JoinsQuery, LiveSourceDraft, NewJoin, NewNote, NewUser, ViewDraft};
use laer8_domain::{identity::Subject, ids::AccountId, notes::NoteKind, users::Role};
use serde_json::{Value, json};
use std::fmt::{self, Display, Formatter};

/// Somebody who asks, or nobody.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    /// Who they are to the app; nobody where nothing says it.
    actor: Option<Actor>,
    /// The header that says it.
    says: Option<(header::HeaderName, String)>,
}

impl Caller {
    pub(crate) fn may(&self, needed: Role) -> bool {
        self.actor.as_ref().is_some_and(|actor| actor.role.includes(needed))
    }

    pub(crate) fn is_nobody(&self) -> bool {
        self.actor.is_none()
    }
}

impl Display for Caller {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let way = self.says.as_ref().map_or("nothing", |(name, _)| name.as_str());
        let role = self.actor.as_ref().map_or("nobody", |actor| actor.role.key());
        write!(f, "{role} by {way}")
    }
}

/// What a question needs that no other question has used up.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Fresh {
    /// Nothing.
    Nothing,
    /// A number that was never said before.
    Number,
    /// A note of whoever asks, where they may write one.
    Note,
    /// Such a note, withdrawn.
    Withdrawn,
    /// A view of whoever asks.
    View,
    /// The version of the journey that is in force.
    Document,
    /// A key.
    Key,
    /// A user.
    User,
    /// A source that sends events.
    Source,
    /// A file to import.
    File,
    /// A row in quarantine, mended.
    Mended,
    /// A join of the first two accounts.
    Join,
    /// That the first two accounts are not joined.
    Apart,
}

/// What was made for a question.
#[derive(Debug, Clone)]
pub(crate) struct Made {
    /// What stands for `{}` in the address and the body.
    place: String,
    /// What a change says that it has seen.
    seen: Option<String>,
    /// The body, where it can't be written down beforehand.
    body: Option<String>,
    /// What it is, where it is no JSON.
    kind: Option<String>,
}

impl Made {
    fn form(self, parts: &[(&str, &str, &str)]) -> Self {
        let (kind, body) = form(parts);
        Self { kind: Some(kind), body: Some(body), ..self }
    }
}

/// A form of texts and files, each with the name of the file or none: what it
/// is, and its body.
pub(crate) fn form(parts: &[(&str, &str, &str)]) -> (String, String) {
    let part = |(name, file, text): &(&str, &str, &str)| {
        let file = if file.is_empty() { String::new() } else { format!("; filename=\"{file}\"") };
        format!("--X\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{text}\r\n")
    };
    let body = parts.iter().map(part).collect::<String>() + "--X--\r\n";
    ("multipart/form-data; boundary=X".to_owned(), body)
}

/// An API, and everybody who may ask it.
pub(crate) struct Scene<'a> {
    api: &'a TestApi,
    routes: Router,
    callers: Vec<Caller>,
    number: u32,
}

impl<'a> Scene<'a> {
    /// Nobody, and for each role somebody who is signed in and a key.
    pub(crate) async fn of(api: &'a TestApi) -> Self {
        let mut callers = vec![Caller { actor: None, says: None }];
        for role in Role::ALL {
            let session = api.signed_in(role).await;
            let signed = api.app.signed_in(&session).await.expect("an answer").expect("somebody");
            let says = (header::COOKIE, format!("laer8_session={session}"));
            callers.push(Caller { actor: Some(signed.actor), says: Some(says) });
            let (_, key) = api.app.add_key(&operator(), role.key(), role).await.expect("a key");
            let actor = api.app.keyed(&key).await.expect("an answer");
            let says = (header::AUTHORIZATION, format!("Bearer {key}"));
            callers.push(Caller { actor, says: Some(says) });
        }
        Self { api, routes: api.asked_by(None), callers, number: 0 }
    }

    pub(crate) fn callers(&self) -> Vec<Caller> {
        self.callers.clone()
    }

    /// What `caller` needs to ask; what is nobody's in particular is the
    /// operator's.
    pub(crate) async fn make(&mut self, fresh: Fresh, caller: Option<&Caller>) -> Made {
        self.number += 1;
        let app = &self.api.app;
        let actor = caller.and_then(|caller| caller.actor.clone()).unwrap_or_else(operator);
        let name = format!("fresh-{}", self.number);
        let mut made = Made { place: self.number.to_string(), seen: None, body: None, kind: None };
        match fresh {
            Fresh::Nothing | Fresh::Number => {}
            Fresh::Note | Fresh::Withdrawn => {
                let day = "2026-06-28".parse().expect("a day");
                let note = NewNote { kind: NoteKind::Call, day, two_way: true, person: None, text: name };
                let note = app.add_note(&actor, AccountId(1), note).await.expect("a note");
                if matches!(fresh, Fresh::Withdrawn) {
                    app.withdraw_note(&actor, AccountId(1), note, 0).await.expect("withdrawn");
                }
                made.place = note.to_string();
                made.seen = Some("\"0\"".to_owned());
            }
            Fresh::View => {
                let draft = ViewDraft { name, shared: false, opens: false, query: String::new() };
                made.place = app.save_view(&actor, draft).await.expect("a view").id.to_string();
            }
            Fresh::Document => {
                let document = self.api.read("/api/v1/config/journey/journey").await;
                let body = document["body"].as_str().expect("a document");
                made.seen = Some(format!("\"{}\"", document["version"]));
                made.body = Some(json!({ "body": format!("# {name}\n{body}") }).to_string());
            }
            Fresh::Key => {
                let (id, _) = app.add_key(&operator(), &name, Role::Viewer).await.expect("a key");
                made.place = id.to_string();
            }
            Fresh::User => {
                let email = format!("{name}@example.com");
                let user = NewUser { email, name, role: Role::Viewer };
                made.place = app.add_user(&operator(), user).await.expect("a user").to_string();
            }
            Fresh::Source => {
                let draft = LiveSourceDraft { name: Some(name), ..LiveSourceDraft::default() };
                let source = app.add_live_source(&operator(), &draft).await.expect("a source");
                made.place = source.id.to_string();
            }
            Fresh::Join | Fresh::Apart => {
                self.part().await;
                if matches!(fresh, Fresh::Join) {
                    let new = NewJoin { subject: Subject::Account, first: 1, second: 2 };
                    made.place = app.add_join(&operator(), new).await.expect("a join").id.to_string();
                }
            }
            Fresh::File => {
                let text = format!("id,name,signed_up\n{name},New,2026-01-05\n");
                made = made.form(&[("mapping", "", MAPPING), ("file", "accounts.csv", &text)]);
            }
            Fresh::Mended => {
                let text = format!("id,name,signed_up\n{name},Late,yesterday\n");
                self.api.import("accounts.csv", &text).await;
                let files = app.export_quarantine(&operator()).await.expect("files");
                let file = files.into_iter().next().expect("a file");
                let text = String::from_utf8(file.contents).expect("text").replace("yesterday", "2026-01-06");
                made = made.form(&[("source", "", &file.source), ("file", &file.name, &text)]);
            }
        }
        made
    }

    /// Undoes every join.
    async fn part(&self) {
        let query = JoinsQuery { subject: None, in_force: Some(true), before: None, limit: 50 };
        for join in self.api.app.joins(&operator(), query).await.expect("joins").joins {
            self.api.app.undo_join(&operator(), join.id).await.expect("undone");
        }
    }

    /// The answer to a question, as the document describes it.
    pub(crate) async fn ask(
        &self,
        caller: &Caller,
        method: &Method,
        path: &str,
        body: &str,
        made: &Made,
    ) -> Answer {
        let path = format!("/api/v1/{}", path.replace("{}", &made.place));
        let body = made.body.clone().unwrap_or_else(|| body.replace("{}", &made.place));
        let mut request = Request::builder().method(method.clone()).uri(&path);
        let kind = made.kind.as_deref().unwrap_or("application/json");
        request = request.header(header::CONTENT_TYPE, kind);
        if let Some(seen) = &made.seen {
            request = request.header(header::IF_MATCH, seen);
        }
        if let Some((name, value)) = &caller.says {
            request = request.header(name, value);
        }
        let answer = send(&self.routes, request, Body::from(body)).await;
        self.api.is_as_described(method, &path, &answer);
        answer
    }

    /// All that the operations change, to see that one changed nothing.
    pub(crate) async fn everything(&self) -> Vec<Value> {
        const LISTS: [&str; 9] = [
            "joins?limit=500",
            "audit-log?limit=500",
            "users",
            "config",
            "workspace",
            "imports",
            "quarantine",
            "accounts?as_of=today&col=owner",
            "accounts/1/timeline?as_of=today",
        ];
        let mut all = Vec::new();
        for list in LISTS {
            all.push(self.api.get(&format!("/api/v1/{list}")).await.json());
        }
        let keys = self.api.app.keys(&operator()).await.expect("keys");
        // Whoever asks with a key has used it, whatever comes of it.
        all.push(json!(keys.iter().map(|key| (key.id, &key.name, key.role)).collect::<Vec<_>>()));
        all
    }
}
