//! The people there, and what happened.

use super::{Drawing, edit::NoteForm, initials};
use laer8_app::{Event, Happened};
use laer8_domain::{days::days_between, users::Role};
use laer8_words::{Arg, Term};

/// Events before the rest is folded away.
const EVENTS: usize = 14;

pub(super) struct Person {
    pub(super) initials: String,
    pub(super) name: String,
    pub(super) about: String,
    pub(super) tag: String,
    pub(super) gone: bool,
}

pub(super) struct Told {
    pub(super) day: String,
    pub(super) name: String,
    pub(super) text: String,
    /// Who wrote it, of what was written here.
    pub(super) by: String,
    /// The form by which it can be changed.
    pub(super) form: Option<NoteForm>,
}

impl Drawing<'_> {
    pub(super) fn people(&self) -> Vec<Person> {
        let (words, day) = (self.words, self.view.score.as_of.day);
        let person = |it: &laer8_app::PersonView| {
            let name = if it.name.is_empty() { it.email.clone() } else { it.name.clone() };
            let mut about: Vec<String> =
                Some(it.title.clone()).filter(|title| !title.is_empty()).into_iter().collect();
            about.extend(it.role.map(|role| words.role(role)));
            let tag = match (it.left_on, it.last_contact) {
                (Some(left), _) => words.say_with("web-left-on", &[("day", Arg::Text(&words.day(left)))]),
                (None, Some(last)) => {
                    words.say_with("glance-ago", &[("days", Arg::Count(days_between(last, day)))])
                }
                (None, None) => String::new(),
            };
            Person {
                initials: initials(&name),
                name,
                about: about.join(" · "),
                tag,
                gone: it.left_on.is_some(),
            }
        };
        self.view.people.iter().map(person).collect()
    }

    pub(super) fn events(&self) -> (Vec<Told>, Vec<Told>) {
        let mut events: Vec<Told> = self.view.timeline.iter().map(|event| self.told(event)).collect();
        let more = events.split_off(EVENTS.min(events.len()));
        (events, more)
    }

    fn told(&self, event: &Event) -> Told {
        let words = self.words;
        let with = |text: &str| match &event.person {
            Some(person) if text.is_empty() => person.clone(),
            Some(person) => format!("{person}: {text}"),
            None => text.to_owned(),
        };
        let (name, text) = match &event.what {
            Happened::Note { note, text, pulse, .. } => {
                let pulse = pulse.map(|pulse| format!(" {pulse}")).unwrap_or_default();
                (format!("{}{pulse}", words.say(&format!("note-{note}"))), with(text))
            }
            Happened::Survey { survey, score, comment } => {
                (format!("{} {score}", survey.to_uppercase()), with(comment))
            }
            Happened::TicketOpened { subject } => (words.say("web-ticket-opened"), subject.clone()),
            Happened::Escalated { subject } => (words.say("web-ticket-escalated"), subject.clone()),
            Happened::TicketSolved { subject, hours, rating } => {
                let time =
                    words.say_with("web-solved-in", &[("time", Arg::Text(&words.duration_hours(*hours)))]);
                let rating = rating
                    .map(|it| format!(", {}", words.quantity("rating", f64::from(it))))
                    .unwrap_or_default();
                (words.say("web-ticket-solved"), format!("{subject} ({time}{rating})"))
            }
            Happened::Left { role } => {
                let role =
                    role.map(|role| format!(", {}", words.role(role).to_lowercase())).unwrap_or_default();
                (words.say("web-left"), format!("{}{role}", event.person.clone().unwrap_or_default()))
            }
            Happened::Revenue { movement, change } => {
                let change = words.signed_money_whole(self.money(*change));
                (
                    words.name(Term::Movement, movement),
                    format!("{change} {}", words.name(Term::Metric, "mrr")),
                )
            }
        };
        let (by, form) = self.changeable(event);
        Told { day: words.day_short(event.day), name, text, by, form }
    }

    /// By whom a note was written here, and the form by which it can be changed
    /// by whoever asks.
    fn changeable(&self, event: &Event) -> (String, Option<NoteForm>) {
        let Happened::Note { id, revision, note, two_way, with, author, text, pulse, own: true } =
            &event.what
        else {
            return (String::new(), None);
        };
        let actor = &self.asked.actor;
        let may = self.writes && (*author == actor.name || actor.may(Role::Manager)) && pulse.is_none();
        let written = (*note, event.day, *with, *two_way, text.as_str());
        let form = may.then(|| NoteForm::of(self.asked, self.view, *id, *revision, written));
        let by = super::super::short_name(author);
        (self.words.say_with("edit-by", &[("author", Arg::Text(&by))]), form)
    }
}
