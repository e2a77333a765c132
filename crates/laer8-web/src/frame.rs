//! What stands around every page.

use crate::{
    assets,
    pages::initials,
    request::{AS_OF, Asked, Visitor},
};
use laer8_app::{Moment, STALE_DAYS};
use laer8_domain::ids::AccountId;
use laer8_words::{Arg, Words};

/// A way to another area.
pub(crate) struct Area {
    pub(crate) name: String,
    pub(crate) address: String,
    pub(crate) here: bool,
    /// Whether data come in or things are set up there, rather than worked in it.
    pub(crate) behind: bool,
}

/// What stands around a page for those who are not signed in.
pub(crate) struct Door {
    pub(crate) words: Words,
    pub(crate) language: &'static str,
    pub(crate) other_language: &'static str,
    pub(crate) theme: &'static str,
    pub(crate) title: String,
    pub(crate) here: String,
    pub(crate) version: &'static str,
}

impl Door {
    pub(crate) fn new(visitor: &Visitor, title: String) -> Self {
        let language = visitor.words.language().key();
        Self {
            words: visitor.words,
            language,
            other_language: if language == "en" { "es" } else { "en" },
            theme: visitor.theme.key(),
            title,
            here: visitor.here(),
            version: &assets::VERSION,
        }
    }

    /// A message.
    pub(crate) fn say(&self, key: &str) -> String {
        self.words.say(key)
    }
}

/// What stands around a page.
pub(crate) struct Frame {
    pub(crate) words: Words,
    pub(crate) language: &'static str,
    pub(crate) other_language: &'static str,
    pub(crate) theme: &'static str,
    pub(crate) other_theme: &'static str,
    pub(crate) title: String,
    pub(crate) areas: Vec<Area>,
    /// Where this page is.
    pub(crate) here: String,
    pub(crate) path: String,
    /// What the address asks for beside the day, so that choosing a day keeps it.
    pub(crate) asks: Vec<(String, String)>,
    /// The day shown, as a date field has it.
    pub(crate) day: String,
    pub(crate) day_said: String,
    /// That the newest facts are old.
    pub(crate) stale: Option<String>,
    /// That a past day is shown, and the way back.
    pub(crate) past: Option<String>,
    pub(crate) now: String,
    pub(crate) search: String,
    pub(crate) accounts: String,
    /// Where accounts are found while somebody types.
    pub(crate) searching: String,
    /// Who is signed in, as initials and as a name; nobody where the site signs
    /// in by itself.
    pub(crate) who: Option<(String, String)>,
    pub(crate) version: &'static str,
    /// Whether the browser has the rail and asks for what lies beside it.
    pub(crate) part: bool,
    /// Of which account the page changes when something happens, or `any`, or
    /// `sources` for whatever comes in; empty where it does not change by itself.
    pub(crate) follows: String,
}

/// That a page changes whatever account something happens to.
const ANY: &str = "any";

const AREAS: [(&str, &str); 8] = [
    ("web-today", "/today"),
    ("web-accounts", "/accounts"),
    ("web-journey", "/journey"),
    ("web-health", "/health"),
    ("web-revenue", "/revenue"),
    ("sources-title", "/sources"),
    ("setup-imports", "/imports"),
    ("settings-title", "/settings"),
];

/// The areas that a phone keeps behind a button, as its bar holds five.
const BEHIND: [&str; 3] = ["/sources", "/imports", "/settings"];

/// What the area of that path is called, if there is one.
pub(crate) fn area_name(area: &str) -> Option<&'static str> {
    AREAS.iter().find(|(_, path)| *path == area).map(|(name, _)| *name)
}

impl Frame {
    /// Around a page of a day.
    pub(crate) fn new(asked: &Asked, area: &str, title: String, moment: Moment) -> Self {
        let words = asked.words;
        let mut frame = Self::bare(asked, area, title);
        frame.day = moment.day.to_string();
        if asked.query.get(AS_OF).is_none() {
            frame.follows = ANY.to_owned();
        }
        frame.day_said =
            if moment.day == moment.today { words.say("web-today-word") } else { words.day(moment.day) };
        if moment.stale {
            let days = (moment.today - moment.newest).num_days();
            let args = [("newest", Arg::Text(&words.day(moment.newest))), ("days", Arg::Count(days))];
            frame.stale = Some(words.say_with("web-stale", &args));
        } else if moment.day < moment.today && asked.query.get(AS_OF).is_some() {
            let mut past = words.say_with("web-past", &[("day", Arg::Text(&words.day(moment.day)))]);
            if (moment.day - moment.newest).num_days() > STALE_DAYS {
                let newest = words.day(moment.newest);
                past =
                    format!("{past} {}", words.say_with("web-past-stale", &[("newest", Arg::Text(&newest))]));
            }
            frame.past = Some(past);
        }
        frame
    }

    /// The page changes when something happens to an account.
    pub(crate) fn of_account(mut self, account: AccountId) -> Self {
        if !self.follows.is_empty() {
            self.follows = account.to_string();
        }
        self
    }

    /// The page changes whenever something comes in, whatever becomes of it.
    pub(crate) fn following(mut self) -> Self {
        "sources".clone_into(&mut self.follows);
        self
    }

    /// Around a page that is of no day.
    pub(crate) fn bare(asked: &Asked, area: &str, title: String) -> Self {
        let words = asked.words;
        let areas = AREAS.map(|(name, path)| Area {
            name: words.say(name),
            address: asked.link(path),
            here: path == area,
            behind: BEHIND.contains(&path),
        });
        let language = words.language().key();
        let dark = asked.theme.key() == "dark";
        Self {
            words,
            language,
            other_language: if language == "en" { "es" } else { "en" },
            theme: asked.theme.key(),
            other_theme: if dark { "light" } else { "dark" },
            title,
            areas: areas.into(),
            here: asked.here(),
            path: asked.path.clone(),
            asks: asked.query.without(AS_OF).pairs().to_vec(),
            day: String::new(),
            day_said: String::new(),
            stale: None,
            past: None,
            now: asked.query.without(AS_OF).address(&asked.path),
            search: asked.query.get("q").unwrap_or_default().to_owned(),
            accounts: "/accounts".to_owned(),
            who: asked.user.as_ref().map(|user| (initials(&user.name), user.name.clone())),
            version: &assets::VERSION,
            part: asked.target == "div#page",
            follows: String::new(),
            searching: asked.link("/search"),
        }
    }

    /// A message.
    pub(crate) fn say(&self, key: &str) -> String {
        self.words.say(key)
    }
}
