//! What can be written on an account: notes, the pulse, the owner.

use crate::{
    error::{Trouble, said},
    frame::Frame,
    pages::shown_as,
    request::Asked,
};
use askama::Template;
use axum::{
    Form,
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use laer8_app::{AccountView, AppError, AsOf, EditFault, NewNote, ScoreQuery};
use laer8_domain::{
    days::Day,
    ids::{AccountId, NoteId, PersonId},
    notes::NoteKind,
    users::Role,
};
use serde::Deserialize;

/// The form of a note.
pub(crate) struct NoteForm {
    pub(crate) action: String,
    pub(crate) kinds: Vec<(&'static str, String, bool)>,
    pub(crate) day: String,
    pub(crate) today: String,
    pub(crate) people: Vec<(String, String, bool)>,
    pub(crate) two_way: bool,
    pub(crate) text: String,
    /// Of a note that is there already.
    pub(crate) revision: Option<u32>,
}

/// The form of the pulse.
pub(crate) struct PulseForm {
    pub(crate) action: String,
    pub(crate) pulse: String,
    pub(crate) text: String,
}

/// What can be written on the page that is shown.
pub(crate) struct Writing {
    pub(crate) note: NoteForm,
    pub(crate) pulse: PulseForm,
    pub(crate) owner_action: String,
    pub(crate) owner: String,
    /// Where what was just withdrawn can be brought back.
    pub(crate) restore: Option<String>,
}

/// In the address: the note that was just withdrawn.
const WITHDRAWN: &str = "withdrawn";

/// A note as it is typed.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Typed {
    kind: String,
    day: String,
    #[serde(default)]
    person: String,
    two_way: Option<String>,
    text: String,
    revision: Option<u32>,
    /// Which button was pressed.
    #[serde(default)]
    act: String,
}

#[derive(Template)]
#[template(path = "edit-refused.html")]
struct Refused {
    frame: Frame,
    account: String,
    back: String,
    error: String,
    note: Option<NoteForm>,
    pulse: Option<PulseForm>,
    /// What it says now, where somebody else changed it.
    now: Option<String>,
}

impl Writing {
    /// What `asked` may write on the account that is shown: nothing on a past
    /// day.
    pub(super) fn on(asked: &Asked, view: &AccountView) -> Option<Self> {
        let is_past = matches!(asked.as_of, AsOf::Day(day) if day < view.score.as_of.today);
        if is_past || !asked.actor.may(Role::Member) {
            return None;
        }
        let account = view.score.account.id;
        let withdrawn = asked.query.get(WITHDRAWN).and_then(|note| note.parse::<i64>().ok());
        let is_told = |note: &i64| {
            view.timeline.iter().any(
                |event| matches!(event.what, laer8_app::Happened::Note { id, .. } if id == NoteId(*note)),
            )
        };
        let withdrawn = withdrawn.filter(|note| !is_told(note));
        Some(Self {
            note: NoteForm::new(asked, view),
            pulse: PulseForm {
                action: format!("/accounts/{account}/pulse"),
                pulse: String::new(),
                text: String::new(),
            },
            owner_action: format!("/accounts/{account}/owner"),
            owner: view.score.account.owner.clone(),
            restore: withdrawn.map(|note| format!("/accounts/{account}/notes/{note}/restore")),
        })
    }
}

impl NoteForm {
    fn new(asked: &Asked, view: &AccountView) -> Self {
        let today = view.score.as_of.today.to_string();
        Self {
            action: format!("/accounts/{}/notes", view.score.account.id),
            kinds: kinds(asked, NoteKind::Note.key()),
            day: today.clone(),
            today,
            people: people(view, ""),
            two_way: false,
            text: String::new(),
            revision: None,
        }
    }

    /// Of a note that is there.
    pub(super) fn of(
        asked: &Asked,
        view: &AccountView,
        note: NoteId,
        revision: u32,
        written: (&str, Day, Option<PersonId>, bool, &str),
    ) -> Self {
        let (kind, day, person, two_way, text) = written;
        let person = person.map(|person| person.to_string()).unwrap_or_default();
        Self {
            action: format!("/accounts/{}/notes/{note}", view.score.account.id),
            kinds: kinds(asked, kind),
            day: day.to_string(),
            people: people(view, &person),
            two_way,
            text: text.to_owned(),
            revision: Some(revision),
            ..Self::new(asked, view)
        }
    }

    /// As it was typed and could not be taken.
    fn typed(asked: &Asked, view: &AccountView, note: Option<NoteId>, typed: &Typed) -> Self {
        let new = Self::new(asked, view);
        Self {
            action: note.map_or(new.action.clone(), |note| format!("{}/{note}", new.action)),
            kinds: kinds(asked, &typed.kind),
            day: typed.day.clone(),
            people: people(view, &typed.person),
            two_way: typed.two_way.is_some(),
            text: typed.text.clone(),
            revision: typed.revision,
            ..new
        }
    }
}

fn kinds(asked: &Asked, chosen: &str) -> Vec<(&'static str, String, bool)> {
    let written = NoteKind::ALL.into_iter().filter(|kind| *kind != NoteKind::Pulse);
    written.map(|kind| (kind.key(), asked.words.note_kind(kind), kind.key() == chosen)).collect()
}

fn people(view: &AccountView, chosen: &str) -> Vec<(String, String, bool)> {
    let here =
        view.people.iter().filter(|person| person.left_on.is_none() || person.id.to_string() == chosen);
    here.map(|person| {
        let name = if person.name.is_empty() { &person.email } else { &person.name };
        let id = person.id.to_string();
        let is_chosen = id == chosen;
        (id, name.clone(), is_chosen)
    })
    .collect()
}

impl Typed {
    fn read(&self) -> Result<NewNote, AppError> {
        let kind = NoteKind::from_key(&self.kind).ok_or(EditFault::Kind)?;
        let no_day = || AppError::Invalid(format!("\"{}\" is no day; write it like 2026-01-31", self.day));
        let person = match self.person.as_str() {
            "" => None,
            id => {
                let (kind, name) = ("person", format!("#{id}"));
                let unknown = || AppError::NotFound { kind, name, hint: String::new() };
                Some(PersonId(id.parse().map_err(|_| unknown())?))
            }
        };
        Ok(NewNote {
            kind,
            day: self.day.trim().parse().map_err(|_| no_day())?,
            two_way: self.two_way.is_some(),
            person,
            text: self.text.clone(),
        })
    }
}

pub(crate) async fn note(
    Path(account): Path<i64>,
    asked: Asked,
    Form(typed): Form<Typed>,
) -> Result<Response, Trouble> {
    let account = AccountId(account);
    let done = match typed.read() {
        Ok(new) => asked.site.app.add_note(&asked.actor, account, new).await.map(|_| ()),
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => written(&asked, account, "timeline").await,
        Err(error) => note_refused(&asked, account, None, &typed, error).await,
    }
}

pub(crate) async fn revise(
    Path((account, note)): Path<(i64, i64)>,
    asked: Asked,
    Form(typed): Form<Typed>,
) -> Result<Response, Trouble> {
    let (account, note) = (AccountId(account), NoteId(note));
    let (app, revision) = (&asked.site.app, typed.revision.unwrap_or(0));
    let done = match (typed.act.as_str(), typed.read()) {
        ("withdraw", _) => app.withdraw_note(&asked.actor, account, note, revision).await,
        (_, Ok(new)) => app.revise_note(&asked.actor, account, note, revision, new).await,
        (_, Err(error)) => Err(error),
    };
    match done {
        Ok(()) if typed.act == "withdraw" => {
            let query = format!("{WITHDRAWN}={note}");
            written_and(&asked, account, &query, "timeline").await
        }
        Ok(()) => written(&asked, account, "timeline").await,
        Err(error) => note_refused(&asked, account, Some(note), &typed, error).await,
    }
}

/// Undoes a withdrawal.
pub(crate) async fn restore(
    Path((account, note)): Path<(i64, i64)>,
    asked: Asked,
) -> Result<Response, Trouble> {
    let (account, note) = (AccountId(account), NoteId(note));
    let done = asked.site.app.restore_note(&asked.actor, account, note).await;
    done.map_err(|error| Trouble::of(&asked, &error))?;
    written(&asked, account, "timeline").await
}

#[derive(Deserialize)]
pub(crate) struct TypedPulse {
    pulse: String,
    #[serde(default)]
    text: String,
}

pub(crate) async fn pulse(
    Path(account): Path<i64>,
    asked: Asked,
    Form(typed): Form<TypedPulse>,
) -> Result<Response, Trouble> {
    let account = AccountId(account);
    let done = match typed.pulse.trim().parse::<u8>() {
        Ok(pulse) => asked.site.app.set_pulse(&asked.actor, account, pulse, &typed.text).await.map(|_| ()),
        Err(_) => Err(EditFault::Pulse.into()),
    };
    let error = match done {
        Ok(()) => return written(&asked, account, "timeline").await,
        Err(error @ AppError::Edit(_)) => error,
        Err(error) => return Err(Trouble::of(&asked, &error)),
    };
    let view = view(&asked, account).await?;
    let action = format!("/accounts/{account}/pulse");
    let form = PulseForm { action, pulse: typed.pulse, text: typed.text };
    let page = Refused { pulse: Some(form), ..Refused::new(&asked, &view, &error) };
    shown_as(&asked, StatusCode::UNPROCESSABLE_ENTITY, &page)
}

#[derive(Deserialize)]
pub(crate) struct TypedOwner {
    owner: String,
}

pub(crate) async fn owner(
    Path(account): Path<i64>,
    asked: Asked,
    Form(typed): Form<TypedOwner>,
) -> Result<Response, Trouble> {
    let account = AccountId(account);
    let done = asked.site.app.assign_owner(&asked.actor, account, &typed.owner).await;
    done.map_err(|error| Trouble::of(&asked, &error))?;
    written(&asked, account, "main").await
}

/// Back to the account, on a day on which what was written is known.
async fn written(asked: &Asked, account: AccountId, place: &str) -> Result<Response, Trouble> {
    written_and(asked, account, "", place).await
}

/// The same, with something to say about it in the address.
async fn written_and(
    asked: &Asked,
    account: AccountId,
    query: &str,
    place: &str,
) -> Result<Response, Trouble> {
    let moment = view(asked, account).await?.score.as_of;
    let day = if moment.day == moment.today { "" } else { "as_of=today" };
    let asks: Vec<&str> = [day, query].into_iter().filter(|ask| !ask.is_empty()).collect();
    let mark = if asks.is_empty() { "" } else { "?" };
    Ok(Redirect::to(&format!("/accounts/{account}{mark}{}#{place}", asks.join("&"))).into_response())
}

async fn view(asked: &Asked, account: AccountId) -> Result<AccountView, Trouble> {
    let query = ScoreQuery { account: format!("#{account}"), rows: 0, history_days: 0 };
    let view = asked.site.app.account(&asked.actor, AsOf::Newest, &query).await;
    view.map_err(|error| Trouble::of(asked, &error))
}

impl Refused {
    fn new(asked: &Asked, view: &AccountView, error: &AppError) -> Self {
        Self {
            frame: Frame::bare(asked, "/accounts", asked.words.say("edit-failed")),
            account: view.score.account.name.clone(),
            back: format!("/accounts/{}", view.score.account.id),
            error: said(asked, error),
            note: None,
            pulse: None,
            now: None,
        }
    }
}

/// Nothing is lost: the form as it was typed, and what is wrong with it.
async fn note_refused(
    asked: &Asked,
    account: AccountId,
    note: Option<NoteId>,
    typed: &Typed,
    error: AppError,
) -> Result<Response, Trouble> {
    if !matches!(error, AppError::Edit(_) | AppError::Conflict | AppError::Invalid(_)) {
        return Err(Trouble::of(asked, &error));
    }
    let view = view(asked, account).await?;
    let mut form = NoteForm::typed(asked, &view, note, typed);
    let is_conflict = matches!(error, AppError::Conflict);
    let mut now = None;
    if is_conflict {
        let latest = view.timeline.iter().find_map(|event| match &event.what {
            laer8_app::Happened::Note { id, revision, text, .. } if Some(*id) == note => {
                Some((*revision, text.clone()))
            }
            _ => None,
        });
        if let Some((revision, text)) = latest {
            form.revision = Some(revision);
            now = Some(text);
        }
    }
    let page = Refused { note: Some(form), now, ..Refused::new(asked, &view, &error) };
    let status = if is_conflict { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    shown_as(asked, status, &page)
}
