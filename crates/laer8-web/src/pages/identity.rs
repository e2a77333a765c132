//! Joined accounts: what is read as one and why, what a person has to decide,
//! and the rules in words.

mod decide;
mod rules;

pub(crate) use decide::{decide, undo};

use super::shown;
use crate::{error::Trouble, frame::Frame, pages::scorecards::moment, request::Asked};
use askama::Template;
use axum::response::Response;
use laer8_app::{CandidateView, JoinEnd, JoinView, JoinsQuery};
use laer8_domain::{
    identity::{BY_HAND, Subject, matching::Doubt},
    ids::JoinId,
    users::Role,
};
use laer8_words::{Arg, Words};
use rules::Rules;

/// Where the page is.
pub(crate) const PATH: &str = "/sources/identity";
/// Joins on a page.
const JOINS: u64 = 50;
/// Candidates on the page: whoever has decided these sees the next.
const CANDIDATES: usize = 20;
/// Those of a candidate that are listed.
const OF_CANDIDATE: usize = 20;

/// An account or a person as its source tells of it.
struct End {
    id: i64,
    name: String,
    address: String,
    /// Where it is from: source and id there.
    sources: String,
    known_by: String,
}

struct Row {
    first: End,
    second: End,
    /// The rule, and the value that both have.
    reason: String,
    when: String,
    /// Where it can be undone.
    undo: Option<String>,
    /// What it joins, for who hears the button only.
    both: String,
}

struct Open {
    subject: &'static str,
    reason: String,
    doubt: String,
    of: Vec<End>,
    more: String,
}

struct Tab {
    name: String,
    address: String,
    here: bool,
}

/// That a join was just undone, and how to make it again.
struct Undone {
    said: String,
    subject: &'static str,
    ids: [i64; 2],
}

#[derive(Template)]
#[template(path = "identity.html")]
struct Page {
    frame: Frame,
    sub: String,
    imports: String,
    document: String,
    action: &'static str,
    may_decide: bool,
    fault: Option<String>,
    undone: Option<Undone>,
    rules: Rules,
    open: Vec<Open>,
    more_open: String,
    tabs: Vec<Tab>,
    column_when: String,
    joins: Vec<Row>,
    none: String,
    next: Option<String>,
    newest: Option<String>,
}

/// Which joins a page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Show {
    Accounts,
    People,
    Undone,
}

impl Show {
    const ALL: [Self; 3] = [Self::Accounts, Self::People, Self::Undone];

    fn key(self) -> &'static str {
        match self {
            Self::Accounts => "accounts",
            Self::People => "people",
            Self::Undone => "undone",
        }
    }

    fn query(self, before: Option<JoinId>) -> JoinsQuery {
        let (subject, in_force) = match self {
            Self::Accounts => (Some(Subject::Account), true),
            Self::People => (Some(Subject::Person), true),
            Self::Undone => (None, false),
        };
        JoinsQuery { subject, in_force: Some(in_force), before, limit: JOINS }
    }
}

pub(crate) async fn page(asked: Asked) -> Result<Response, Trouble> {
    let page = Page::of(&asked).await?;
    shown(&asked, &page)
}

impl Page {
    async fn of(asked: &Asked) -> Result<Self, Trouble> {
        let fail = |error| Trouble::of(asked, &error);
        let (app, words) = (&asked.site.app, asked.words);
        let wanted = asked.query.get("show");
        let show = Show::ALL.into_iter().find(|show| Some(show.key()) == wanted).unwrap_or(Show::Accounts);
        let before = asked.query.get("before").and_then(|id| id.parse().ok()).map(JoinId);
        let found = app.joins(&asked.actor, show.query(before)).await.map_err(fail)?;
        let mut tabs = Vec::new();
        for tab in Show::ALL {
            let count = JoinsQuery { limit: 0, ..tab.query(None) };
            let total = app.joins(&asked.actor, count).await.map_err(fail)?.total;
            let count = [("count", Arg::from(usize::try_from(total).unwrap_or(usize::MAX)))];
            let address = asked.link_with(PATH, &[("show", tab.key())]);
            let name = words.say_with(&format!("identity-show-{}", tab.key()), &count);
            tabs.push(Tab { name, address, here: tab == show });
        }
        let candidates = app.join_candidates(&asked.actor).await.map_err(fail)?;
        let document = app.document(&asked.actor, "identity", "identity").await.map_err(fail)?;
        let may_decide = asked.actor.may(Role::Manager);
        let left = candidates.len().saturating_sub(CANDIDATES);
        let shown_with =
            |before: JoinId| asked.link_with(PATH, &[("show", show.key()), ("before", &before.to_string())]);
        Ok(Self {
            frame: Frame::bare(asked, "/imports", words.say("identity-title")),
            sub: words.say("identity-about"),
            imports: asked.link("/imports"),
            document: asked.link("/settings/documents/identity/identity"),
            action: PATH,
            may_decide,
            fault: None,
            undone: undone(asked).await.filter(|_| may_decide),
            rules: Rules::of(words, &document.newest().body),
            open: candidates.iter().take(CANDIDATES).map(|it| Open::of(asked, it)).collect(),
            more_open: match left {
                0 => String::new(),
                left => words.say_with("identity-more-candidates", &[("count", Arg::from(left))]),
            },
            tabs,
            column_when: words.say(if show == Show::Undone { "identity-undone" } else { "identity-joined" }),
            joins: found.joins.iter().map(|join| Row::of(asked, join, may_decide)).collect(),
            none: words.say(&format!("identity-none-{}", show.key())),
            next: found.next.map(shown_with),
            newest: before.map(|_| asked.link_with(PATH, &[("show", show.key())])),
        })
    }
}

/// That the join which the address names was just undone.
async fn undone(asked: &Asked) -> Option<Undone> {
    let id = asked.query.get("undone")?.parse().ok().map(JoinId)?;
    let join = asked.site.app.join(&asked.actor, id).await.ok().filter(|join| join.apart)?;
    let names = [("first", Arg::Text(&join.first.name)), ("second", Arg::Text(&join.second.name))];
    let said = asked.words.say_with("identity-parted", &names);
    Some(Undone { said, subject: join.subject.key(), ids: [join.first.id, join.second.id] })
}

impl End {
    fn of(asked: &Asked, end: &JoinEnd) -> Self {
        let words = asked.words;
        let source = |it: &laer8_app::JoinSource| format!("{} {}", it.source, it.id);
        Self {
            id: end.id,
            name: if end.name.is_empty() { words.say("identity-nameless") } else { end.name.clone() },
            address: asked.link(&format!("/accounts/{}", end.account)),
            sources: end.sources.iter().map(source).collect::<Vec<_>>().join(", "),
            known_by: end.known_by.clone(),
        }
    }
}

impl Row {
    fn of(asked: &Asked, join: &JoinView, may_decide: bool) -> Self {
        let words = asked.words;
        let in_force = join.undone_at.is_none();
        let (at, by) = match join.undone {
            Some(at) => (at, &join.undone_by),
            None => (join.joined, &join.joined_by),
        };
        let who = if by.is_empty() { words.say("identity-by-rule") } else { by.clone() };
        let (first, second) = (End::of(asked, &join.first), End::of(asked, &join.second));
        Self {
            reason: reason(words, &join.rule, &join.value),
            when: format!("{} · {who}", moment(words, at)),
            undo: (in_force && may_decide).then(|| format!("{PATH}/{}/undo", join.id)),
            both: format!("{} + {}", first.name, second.name),
            first,
            second,
        }
    }
}

impl Open {
    fn of(asked: &Asked, candidate: &CandidateView) -> Self {
        let words = asked.words;
        let doubt = match candidate.doubt {
            Doubt::SameSource => "identity-doubt-same-source",
            Doubt::KeptApart => "identity-doubt-kept-apart",
        };
        let more = candidate.of.len().saturating_sub(OF_CANDIDATE);
        Self {
            subject: candidate.subject.key(),
            reason: reason(words, &candidate.rule, &candidate.value),
            doubt: words.say(doubt),
            of: candidate.of.iter().take(OF_CANDIDATE).map(|end| End::of(asked, end)).collect(),
            more: match more {
                0 => String::new(),
                more => words.say_with("identity-more-of", &[("count", Arg::from(more))]),
            },
        }
    }
}

/// Why two are one, in words.
pub(crate) fn reason(words: Words, rule: &str, value: &str) -> String {
    let value = Arg::Text(value);
    match rule {
        BY_HAND => words.say("identity-reason-hand"),
        "domain" => words.say_with("identity-reason-domain", &[("value", value)]),
        "email" => words.say_with("identity-reason-email", &[("value", value)]),
        "external_id" => words.say_with("identity-reason-external-id", &[("value", value)]),
        field => words.say_with("identity-reason-field", &[("field", Arg::Text(field)), ("value", value)]),
    }
}
