//! Clients that write without a pause until nobody answers.

use std::sync::{Condvar, Mutex};
use ureq::{Agent, Body, RequestBuilder, http::Response};

/// What somebody wrote. The texts are all different, so that each edit is found
/// by its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum What {
    /// A new note, by the API or by the form of the page.
    Note(String),
    /// A note that says something else from now on.
    Change(String),
    /// A note that is taken back, by its id.
    Withdrawal(i64),
    /// A pulse.
    Pulse(String),
    /// An owner.
    Owner(String),
}

/// An edit that was sent.
#[derive(Debug, Clone)]
pub(crate) struct Edit {
    pub(crate) account: i64,
    pub(crate) what: What,
    /// Whether the server said that it is done. Otherwise it may be or not.
    pub(crate) acknowledged: bool,
}

/// What the clients of one server did.
#[derive(Debug, Default)]
struct Done {
    edits: Vec<Edit>,
    acknowledged: usize,
    gone: usize,
}

/// Where the clients write down what they did.
#[derive(Debug, Default)]
pub(crate) struct Log {
    done: Mutex<Done>,
    news: Condvar,
}

impl Log {
    fn write(&self, edit: Edit) {
        let mut done = self.done.lock().expect("the log");
        done.acknowledged += usize::from(edit.acknowledged);
        done.edits.push(edit);
        self.news.notify_all();
    }

    fn leave(&self) {
        self.done.lock().expect("the log").gone += 1;
        self.news.notify_all();
    }

    /// Waits until so many edits are acknowledged, or `clients` have gone.
    /// Returns how many are.
    pub(crate) fn wait_for(&self, acknowledged: usize, clients: usize) -> usize {
        let done = self.done.lock().expect("the log");
        let waits = |done: &mut Done| done.acknowledged < acknowledged && done.gone < clients;
        self.news.wait_while(done, waits).expect("the log").acknowledged
    }

    pub(crate) fn edits(self) -> Vec<Edit> {
        self.done.into_inner().expect("the log").edits
    }
}

/// By which way a client writes.
#[derive(Debug, Clone)]
pub(crate) enum Way {
    /// The API, with this key.
    Api(String),
    /// The forms of the pages, with this cookie.
    Form(String),
}

/// Somebody who writes on one account.
pub(crate) struct Client<'a> {
    pub(crate) url: &'a str,
    pub(crate) account: i64,
    pub(crate) way: Way,
    /// What its texts begin with: nobody else's do.
    pub(crate) name: String,
    pub(crate) log: &'a Log,
    pub(crate) agent: Agent,
}

/// One that takes answers as they come.
pub(crate) fn agent() -> Agent {
    Agent::config_builder().http_status_as_error(false).max_redirects(0).build().into()
}

impl Client<'_> {
    /// Writes until nobody answers.
    pub(crate) fn write(&self) {
        let goes_on = |number| match &self.way {
            Way::Api(key) => self.round(key, number),
            Way::Form(cookie) => self.form(cookie, number),
        };
        let _ = (1..).try_for_each(goes_on); // it ends when nobody answers
        self.log.leave();
    }

    /// One of each kind of edit; none when nobody answers any more.
    fn round(&self, key: &str, number: u32) -> Option<()> {
        let text = |kind: &str| format!("{kind} {} {number}", self.name);
        let notes = format!("{}/api/v1/accounts/{}/notes", self.url, self.account);
        let body = |text: &str| format!(r#"{{"kind": "call", "day": "2024-06-01", "text": "{text}"}}"#);

        let first = text("note");
        let written = self
            .send(&What::Note(first.clone()), 201, |agent| api(agent.post(&notes), key).send(body(&first)))?;
        let note = id_of(&written);
        let changed = text("change");
        self.send(&What::Change(changed.clone()), 200, |agent| {
            api(agent.put(format!("{notes}/{note}")), key).header("If-Match", "\"0\"").send(body(&changed))
        })?;
        let pulse = text("pulse");
        self.send(&What::Pulse(pulse.clone()), 201, |agent| {
            let pulses = format!("{}/api/v1/accounts/{}/pulse", self.url, self.account);
            api(agent.post(pulses), key).send(format!(r#"{{"pulse": 61, "text": "{pulse}"}}"#))
        })?;
        let owner = text("owner");
        self.send(&What::Owner(owner.clone()), 204, |agent| {
            let owners = format!("{}/api/v1/accounts/{}/owner", self.url, self.account);
            api(agent.put(owners), key).send(format!(r#"{{"owner": "{owner}"}}"#))
        })?;
        if number.is_multiple_of(2) {
            self.send(&What::Withdrawal(note), 204, |agent| {
                let request = agent.delete(format!("{notes}/{note}")).header("If-Match", "\"1\"");
                request.header("Authorization", format!("Bearer {key}")).call()
            })?;
        }
        Some(())
    }

    /// A note as the page of the account sends it.
    fn form(&self, cookie: &str, number: u32) -> Option<()> {
        let text = format!("form {} {number}", self.name);
        self.send(&What::Note(text.clone()), 303, |agent| {
            let form = [("kind", "note"), ("day", "2024-06-02"), ("text", text.as_str())];
            let request = agent.post(format!("{}/accounts/{}/notes", self.url, self.account));
            request.header("Cookie", cookie).header("Sec-Fetch-Site", "same-origin").send_form(form)
        })?;
        Some(())
    }

    /// Sends an edit and writes down what came of it; none when nobody answers.
    fn send(
        &self,
        what: &What,
        expected: u16,
        send: impl FnOnce(&Agent) -> Result<Response<Body>, ureq::Error>,
    ) -> Option<String> {
        let answer = send(&self.agent);
        // What is half an answer is none.
        let answer = answer.and_then(|mut answer| Ok((answer.status(), answer.body_mut().read_to_string()?)));
        let acknowledged = answer.as_ref().is_ok_and(|(status, _)| status.as_u16() == expected);
        let account = self.account;
        self.log.write(Edit { account, what: what.clone(), acknowledged });
        let (status, text) = answer.ok()?;
        if !acknowledged {
            self.log.leave();
            panic!("{what:?} was refused: {status} {text}");
        }
        Some(text)
    }
}

fn api<B>(request: RequestBuilder<B>, key: &str) -> RequestBuilder<B> {
    request.header("Authorization", format!("Bearer {key}")).header("Content-Type", "application/json")
}

fn id_of(written: &str) -> i64 {
    let written: serde_json::Value = serde_json::from_str(written).expect("JSON");
    written["note"].as_i64().expect("an id")
}
