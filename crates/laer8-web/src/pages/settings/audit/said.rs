//! Changes of the audit log as sentences.

use crate::{
    pages::{
        identity::reason,
        scorecards::{kind_name, named, version},
    },
    request::Asked,
};
use laer8_app::{AuditNames, AuditRow};
use laer8_domain::{ids::AccountId, users::Role};
use laer8_words::Arg;
use serde_json::Value;

/// What somebody did, and where what they changed is.
pub(super) struct Told {
    pub(super) did: String,
    pub(super) address: Option<String>,
}

/// The account that a change was made to.
pub(super) fn account(row: &AuditRow) -> Option<AccountId> {
    row.subject.strip_prefix("account:")?.parse().ok().map(AccountId)
}

/// Tells changes in the words of whoever asks.
pub(super) struct Telling<'a> {
    pub(super) asked: &'a Asked,
    pub(super) names: &'a AuditNames,
}

impl Telling<'_> {
    /// Somebody by their name: a user, a program by its key, the operator.
    pub(super) fn who(&self, actor: &str) -> String {
        if actor == laer8_domain::provenance::OWN_SOURCE {
            return self.asked.words.say("audit-rules");
        }
        if actor == "operator" {
            return self.asked.words.say("audit-operator");
        }
        match actor.strip_prefix("key:") {
            Some(key) => self.tell("audit-key", &[("name", key)]),
            None => self.names.users.get(actor).map_or(actor, String::as_str).to_owned(),
        }
    }

    /// What was done: "set the pulse of Helvetia Freight to 20".
    pub(super) fn told(&self, row: &AuditRow) -> Told {
        let (kind, name) = row.subject.split_once(':').unwrap_or((&row.subject, ""));
        let of = |key: &str| text(&row.detail[key]);
        let (did, path) = match row.action.as_str() {
            "user.add" if row.actor == name => (self.tell("audit-user-first", &[]), "/settings/users".into()),
            "user.add" => {
                let role = self.role(&row.detail["role"]);
                let said = self.tell("audit-user-add", &[("user", &self.who(name)), ("role", &role)]);
                (said, "/settings/users".into())
            }
            "user.change" => (self.user_changed(name, &row.detail), "/settings/users".into()),
            "user.invite" => {
                (self.tell("audit-user-invite", &[("user", &self.who(name))]), "/settings/users".into())
            }
            "user.password" => (self.tell("audit-user-password", &[]), String::new()),
            "session.begin" => (self.tell("audit-session-begin", &[]), String::new()),
            "key.add" => {
                let role = self.role(&row.detail["role"]);
                (self.tell("audit-key-add", &[("key", name), ("role", &role)]), "/settings/keys".into())
            }
            "key.remove" => (self.tell("audit-key-remove", &[("key", name)]), "/settings/keys".into()),
            "workspace.change" => (self.workspace_changed(&row.detail), "/settings/workspace".into()),
            "note.add" | "note.change" | "note.withdraw" | "pulse.set" | "owner.change" => {
                (self.on_account(row), account(row).map(|id| format!("/accounts/{id}")).unwrap_or_default())
            }
            "config.change" => (self.configured(kind, name, &row.detail), document_path(kind, name)),
            "import.run" => (
                self.tell("audit-import-run", &[("source", name)]),
                format!("/imports/{}", of("run")).trim_end_matches('/').to_owned(),
            ),
            "ingest.run" => (
                self.tell("audit-ingest-run", &[("source", name)]),
                format!("/imports/{}", of("run")).trim_end_matches('/').to_owned(),
            ),
            "quarantine.mend" => (
                self.counted("audit-quarantine-mend", &[("source", name)], &row.detail["released"]),
                "/quarantine".into(),
            ),
            "records.absorb" => (
                self.counted("audit-records-absorb", &[("source", name)], &row.detail["records"]),
                String::new(),
            ),
            "export.restore" => {
                (self.counted("audit-export-restore", &[], &row.detail["records"]), String::new())
            }
            "demo.fill" => {
                (self.counted("audit-demo-fill", &[], &row.detail["accounts"]), "/accounts".into())
            }
            "view.save" => (self.tell("audit-view-save", &[("view", &of("name"))]), view_path(&row.detail)),
            "view.change" => {
                (self.tell("audit-view-change", &[("view", &of("name"))]), view_path(&row.detail))
            }
            "view.delete" => (self.tell("audit-view-delete", &[("view", &of("name"))]), String::new()),
            "account.join" | "account.part" | "account.keep_apart" | "person.join" | "person.part"
            | "person.keep_apart" => (self.identified(name, row), "/sources/identity".into()),
            "source.add" | "source.change" | "source.renew_key" => {
                (self.tell(&audit_key(&row.action), &[("source", name)]), "/sources".into())
            }
            "source.replay" => (
                self.counted("audit-source-replay", &[("source", name)], &row.detail["events"]),
                "/sources".into(),
            ),
            "source.keep" => (self.kept(&row.detail["after"]["days"]), "/sources".into()),
            // Written by a later version, or a program: shown as it is.
            action => {
                (self.tell("audit-other", &[("action", action), ("subject", &row.subject)]), String::new())
            }
        };
        Told { did, address: Some(path).filter(|path: &String| !path.is_empty()) }
    }

    /// For how long what was sent is kept.
    fn kept(&self, days: &Value) -> String {
        if days.is_null() {
            return self.tell("audit-source-keep-all", &[]);
        }
        self.counted("audit-source-keep", &[], days)
    }

    /// What was joined or parted.
    fn identified(&self, name: &str, row: &AuditRow) -> String {
        let named = |id: Option<AccountId>| id.and_then(|id| self.names.accounts.get(&id)).cloned();
        let with = text(&row.detail["with"]);
        let called = named(account(row)).unwrap_or_else(|| format!("#{name}"));
        let other = match row.action.starts_with("account.") {
            true => named(other(row)).unwrap_or_else(|| format!("#{with}")),
            false => with,
        };
        let (rule, value) = (text(&row.detail["rule"]), text(&row.detail["value"]));
        let reason = reason(self.asked.words, &rule, &value);
        let key = audit_key(&row.action);
        let args = [("account", called.as_str()), ("person", name), ("other", &other), ("reason", &reason)];
        self.tell(&key, &args)
    }

    /// All that was written down, as names and values.
    pub(super) fn details(&self, row: &AuditRow, when: String) -> Vec<(String, String)> {
        let words = self.asked.words;
        let mut details = vec![
            (words.say("audit-detail-who"), row.actor.clone()),
            (words.say("audit-detail-when"), when),
            (words.say("audit-detail-code"), format!("{} {}", row.action, row.subject)),
        ];
        flat(&mut details, "", &row.detail);
        details
    }

    fn tell(&self, key: &str, texts: &[(&str, &str)]) -> String {
        let args: Vec<_> = texts.iter().map(|(name, text)| (*name, Arg::Text(text))).collect();
        self.asked.words.say_with(key, &args)
    }

    fn counted(&self, key: &str, texts: &[(&str, &str)], count: &Value) -> String {
        let mut args: Vec<_> = texts.iter().map(|(name, text)| (*name, Arg::Text(text))).collect();
        args.push(("count", Arg::Count(count.as_i64().unwrap_or_default())));
        self.asked.words.say_with(key, &args)
    }

    /// The name of a role; as it is written where there is no such role now.
    fn role(&self, role: &Value) -> String {
        let role = text(role);
        Role::from_key(&role).map_or(role, |role| self.asked.words.user_role(role))
    }

    fn user_changed(&self, email: &str, detail: &Value) -> String {
        let user = self.who(email);
        let (before, after) = (&detail["before"], &detail["after"]);
        let mut said = Vec::new();
        if before["role"] != after["role"] {
            let (before, after) = (self.role(&before["role"]), self.role(&after["role"]));
            said.push(
                self.tell("audit-user-role", &[("user", &user), ("before", &before), ("after", &after)]),
            );
        }
        if before["active"] != after["active"] {
            let key = if after["active"] == true { "audit-user-let" } else { "audit-user-stop" };
            said.push(self.tell(key, &[("user", &user)]));
        }
        if said.is_empty() { self.tell("audit-user-same", &[("user", &user)]) } else { said.join("; ") }
    }

    fn workspace_changed(&self, detail: &Value) -> String {
        let (before, after) = (&detail["before"], &detail["after"]);
        let changed = |field: &str, key: &str| {
            let (before, after) = (text(&before[field]), text(&after[field]));
            let key = if before.is_empty() { "audit-workspace-named" } else { key };
            (before != after).then(|| self.tell(key, &[("before", &before), ("after", &after)]))
        };
        let said: Vec<_> =
            [changed("name", "audit-workspace-name"), changed("currency", "audit-workspace-currency")]
                .into_iter()
                .flatten()
                .collect();
        if said.is_empty() { self.tell("audit-workspace-same", &[]) } else { said.join("; ") }
    }

    fn on_account(&self, row: &AuditRow) -> String {
        let name = account(row).and_then(|id| self.names.accounts.get(&id));
        let name = name.map_or(row.subject.as_str(), String::as_str);
        let of = |key: &str| self.who(&text(&row.detail[key]));
        let account = ("account", name);
        match row.action.as_str() {
            "note.add" => self.tell("audit-note-add", &[account]),
            "note.change" => self.tell("audit-note-change", &[account]),
            "note.withdraw" => self.tell("audit-note-withdraw", &[account]),
            "pulse.set" => self.tell("audit-pulse-set", &[account, ("pulse", &of("pulse"))]),
            _ => match (of("before"), of("after")) {
                (before, after) if after.is_empty() => {
                    self.tell("audit-owner-none", &[account, ("before", &before)])
                }
                (before, after) if before.is_empty() => {
                    self.tell("audit-owner-set", &[account, ("after", &after)])
                }
                (before, after) => {
                    self.tell("audit-owner-moved", &[account, ("before", &before), ("after", &after)])
                }
            },
        }
    }

    fn configured(&self, kind: &str, key: &str, detail: &Value) -> String {
        let words = self.asked.words;
        let number = detail["version"].as_u64().and_then(|it| u32::try_from(it).ok()).unwrap_or_default();
        let card = |name: &str| self.tell("audit-scorecard", &[("name", name)]);
        let document = match (kind, self.names.scorecards.get(key)) {
            ("scorecard", Some(name)) => card(&named(words, name)),
            ("scorecard", None) => card(key),
            _ => kind_name(words, kind),
        };
        self.tell("audit-config-change", &[("document", &document), ("version", &version(words, number))])
    }
}

fn document_path(kind: &str, key: &str) -> String {
    match kind {
        "scorecard" => format!("/health/scorecards/{key}"),
        _ => format!("/settings/documents/{kind}/{key}"),
    }
}

/// A view is its address.
fn view_path(detail: &Value) -> String {
    match text(&detail["query"]) {
        query if query.is_empty() => "/accounts".to_owned(),
        query => format!("/accounts?{query}"),
    }
}

/// A value as it reads, without the quotes of JSON.
fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Every value with the way to it: `before.role`.
fn flat(out: &mut Vec<(String, String)>, way: &str, value: &Value) {
    match value {
        Value::Null => {}
        Value::Object(fields) => {
            for (name, value) in fields {
                let way = if way.is_empty() { name.clone() } else { format!("{way}.{name}") };
                flat(out, &way, value);
            }
        }
        Value::Array(values) => {
            let values: Vec<String> = values.iter().map(text).collect();
            out.push((way.to_owned(), values.join(", ")));
        }
        value => out.push((way.to_owned(), text(value))),
    }
}

/// What says that something was done.
fn audit_key(action: &str) -> String {
    format!("audit-{}", action.replace(['.', '_'], "-"))
}

/// The account with which that of a row was joined, or from which it was parted.
pub(super) fn other(row: &AuditRow) -> Option<AccountId> {
    if !row.action.starts_with("account.") {
        return None;
    }
    text(&row.detail["with"]).parse().ok().map(AccountId)
}
