//! What people write about an account: notes, calls, meetings, the pulse, and
//! who looks after it.
//!
//! It enters by the same door as everything else, as records of our own
//! source, known from today; an edit is a correction, and what is withdrawn
//! stays in the history.

use crate::{
    Actor, App, AppError, Verdict,
    absorb::{Absorber, Refused},
    secrets,
    workspace::{self, Workspace},
};
use laer8_domain::{
    accounts::fields,
    days::Day,
    history::AccountHistory,
    ids::{AccountId, NoteId, PersonId},
    notes::{Note, NoteKind},
    provenance::OWN_SOURCE,
    records::{AccountRecord, AccountRef, FieldRecord, Incoming, KnownWhen, NoteRecord, Record},
    users::Role,
};
use laer8_store::{IdRange, Kind, Scope, Tx};

/// The most characters of a note.
pub const NOTE_MOST: usize = 20_000;

/// The longest name of an owner.
const OWNER_MOST: usize = 200;

/// A note as somebody writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewNote {
    /// What kind: not a pulse.
    pub kind: NoteKind,
    /// When it happened; not in the future.
    pub day: Day,
    /// Whether the customer took part.
    pub two_way: bool,
    /// With whom at the account.
    pub person: Option<PersonId>,
    /// What was said, in 1 to [`NOTE_MOST`] characters.
    pub text: String,
}

impl App {
    /// Writes a note on an account. Needs [`Role::Member`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`] for the account or the
    /// person, [`AppError::Edit`], [`AppError::Store`].
    pub async fn add_note(
        &self,
        actor: &Actor,
        account: AccountId,
        note: NewNote,
    ) -> Result<NoteId, AppError> {
        actor.must_be(Role::Member)?;
        let tx = self.store.write().await?;
        let workspace = workspace::load(&tx).await?;
        let history = history(&tx, account).await?;
        let id = secrets::fresh()?;
        let record = self.record(&tx, &workspace, &history, actor, &id, note).await?;
        self.enter(&tx, &workspace, Record::Note(record)).await?;
        let note = self.own_note(&tx, &id).await?;
        let subject = format!("account:{account}");
        self.log(&tx, actor, "note.add", subject, serde_json::json!({ "note": note })).await?;
        tx.commit().await?;
        Ok(note)
    }

    /// Writes down how the owner judges an account, 0 (lost) to 100 (could not
    /// be better), and why. Needs [`Role::Member`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`], [`AppError::Edit`],
    /// [`AppError::Store`].
    pub async fn set_pulse(
        &self,
        actor: &Actor,
        account: AccountId,
        pulse: u8,
        text: &str,
    ) -> Result<NoteId, AppError> {
        actor.must_be(Role::Member)?;
        if pulse > 100 {
            return Err(EditFault::Pulse.into());
        }
        let text = text.trim();
        if text.chars().count() > NOTE_MOST {
            return Err(EditFault::Long.into());
        }
        let tx = self.store.write().await?;
        let workspace = workspace::load(&tx).await?;
        let history = history(&tx, account).await?;
        let id = secrets::fresh()?;
        let record = NoteRecord {
            id: id.clone(),
            account: AccountRef::Account(name_of(&tx, Kind::Account, history.id.0).await?),
            kind: NoteKind::Pulse,
            day: self.today(&workspace),
            two_way: false,
            person: None,
            author: actor.name.clone(),
            text: text.to_owned(),
            pulse: Some(pulse),
        };
        self.enter(&tx, &workspace, Record::Note(record)).await?;
        let note = self.own_note(&tx, &id).await?;
        let detail = serde_json::json!({ "note": note, "pulse": pulse });
        self.log(&tx, actor, "pulse.set", format!("account:{account}"), detail).await?;
        tx.commit().await?;
        Ok(note)
    }

    /// Changes a note that was written here. Its author may, and whoever has
    /// [`Role::Manager`]. `revision` is the one that was changed.
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`]; [`AppError::Conflict`]
    /// when somebody changed it meanwhile; [`AppError::Edit`];
    /// [`AppError::Store`].
    pub async fn revise_note(
        &self,
        actor: &Actor,
        account: AccountId,
        note: NoteId,
        revision: u32,
        new: NewNote,
    ) -> Result<(), AppError> {
        actor.must_be(Role::Member)?;
        let tx = self.store.write().await?;
        let workspace = workspace::load(&tx).await?;
        let history = history(&tx, account).await?;
        let (before, id) = self.to_change(&tx, &history, actor, note, revision).await?;
        let record = self.record(&tx, &workspace, &history, actor, &id, new).await?;
        let told_of = told_of(&tx, note).await?;
        let record = NoteRecord { author: before.author, account: told_of, ..record };
        self.enter(&tx, &workspace, Record::Note(record)).await?;
        let detail = serde_json::json!({ "note": note });
        self.log(&tx, actor, "note.change", format!("account:{account}"), detail).await?;
        Ok(tx.commit().await?)
    }

    /// Takes back a note or a pulse that was written here: from today on it is
    /// as if it had never been written. Who may, and `revision`, as with
    /// [`App::revise_note`].
    ///
    /// # Errors
    /// As [`App::revise_note`].
    pub async fn withdraw_note(
        &self,
        actor: &Actor,
        account: AccountId,
        note: NoteId,
        revision: u32,
    ) -> Result<(), AppError> {
        actor.must_be(Role::Member)?;
        let tx = self.store.write().await?;
        let workspace = workspace::load(&tx).await?;
        let history = history(&tx, account).await?;
        let (before, id) = self.to_change(&tx, &history, actor, note, revision).await?;
        let record = NoteRecord {
            id,
            account: told_of(&tx, note).await?,
            kind: NoteKind::Withdrawn,
            day: before.occurred_on,
            two_way: false,
            person: None,
            author: before.author,
            text: String::new(),
            pulse: None,
        };
        self.enter(&tx, &workspace, Record::Note(record)).await?;
        let detail = serde_json::json!({ "note": note });
        self.log(&tx, actor, "note.withdraw", format!("account:{account}"), detail).await?;
        Ok(tx.commit().await?)
    }

    /// Brings back what was withdrawn, as it was before, as one more revision
    /// from today on: the withdrawal stays in the history. What is not withdrawn
    /// is left as it is. Who may, as with [`App::revise_note`]. The answer is the
    /// revision that holds now.
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`], [`AppError::Edit`],
    /// [`AppError::Store`].
    pub async fn restore_note(
        &self,
        actor: &Actor,
        account: AccountId,
        note: NoteId,
    ) -> Result<u32, AppError> {
        actor.must_be(Role::Member)?;
        let tx = self.store.write().await?;
        let workspace = workspace::load(&tx).await?;
        let history = history(&tx, account).await?;
        let (latest, id) = self.own_latest(&tx, &history, actor, note).await?;
        if latest.kind != NoteKind::Withdrawn {
            return Ok(latest.revision);
        }
        let written = revisions(&history, note).filter(|other| other.kind != NoteKind::Withdrawn);
        let before = written.max_by_key(|other| other.revision).ok_or_else(|| no_note(note))?;
        let person = match before.person {
            None => None,
            Some(person) => Some(name_of(&tx, Kind::Person, person.0).await?),
        };
        let record = NoteRecord {
            id,
            account: told_of(&tx, note).await?,
            kind: before.kind,
            day: before.occurred_on,
            two_way: before.two_way,
            person,
            author: before.author.clone(),
            text: before.text.clone(),
            pulse: before.pulse,
        };
        self.enter(&tx, &workspace, Record::Note(record)).await?;
        let detail = serde_json::json!({ "note": note });
        self.log(&tx, actor, "note.restore", format!("account:{account}"), detail).await?;
        tx.commit().await?;
        Ok(latest.revision.saturating_add(1))
    }

    /// Says who looks after an account from today on; nobody where `owner` is
    /// empty. Needs [`Role::Member`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`], [`AppError::Edit`] for a
    /// name that is too long, [`AppError::Store`].
    pub async fn assign_owner(&self, actor: &Actor, account: AccountId, owner: &str) -> Result<(), AppError> {
        actor.must_be(Role::Member)?;
        let owner = owner.trim();
        if owner.chars().count() > OWNER_MOST || owner.contains(char::is_control) {
            return Err(EditFault::Owner.into());
        }
        let tx = self.store.write().await?;
        let workspace = workspace::load(&tx).await?;
        let history = history(&tx, account).await?;
        let today = self.today(&workspace);
        let before = history.seen(today).text(fields::OWNER).unwrap_or_default().to_owned();
        if before == owner {
            return Ok(());
        }
        let record = AccountRecord {
            id: name_of(&tx, Kind::Account, history.id.0).await?,
            fields: vec![FieldRecord {
                field: fields::OWNER.to_owned(),
                value: (!owner.is_empty()).then(|| owner.into()),
                since: today,
                known: None,
            }],
        };
        self.enter(&tx, &workspace, Record::Account(record)).await?;
        let detail = serde_json::json!({ "before": before, "after": owner });
        self.log(&tx, actor, "owner.change", format!("account:{account}"), detail).await?;
        Ok(tx.commit().await?)
    }

    /// A note as a record of our own source.
    async fn record(
        &self,
        tx: &Tx,
        workspace: &Workspace,
        history: &AccountHistory,
        actor: &Actor,
        id: &str,
        note: NewNote,
    ) -> Result<NoteRecord, AppError> {
        let text = note.text.trim();
        if text.is_empty() {
            return Err(EditFault::Empty.into());
        }
        if text.chars().count() > NOTE_MOST {
            return Err(EditFault::Long.into());
        }
        if matches!(note.kind, NoteKind::Pulse | NoteKind::Withdrawn) {
            return Err(EditFault::Kind.into());
        }
        let today = self.today(workspace);
        if note.day > today {
            return Err(EditFault::Future(today).into());
        }
        let person = match note.person {
            None => None,
            Some(person) if history.people.iter().any(|other| other.id == person) => {
                Some(name_of(tx, Kind::Person, person.0).await?)
            }
            Some(person) => {
                let (kind, name) = ("person at this account", format!("#{person}"));
                return Err(AppError::NotFound { kind, name, hint: String::new() });
            }
        };
        Ok(NoteRecord {
            id: id.to_owned(),
            account: AccountRef::Account(name_of(tx, Kind::Account, history.id.0).await?),
            kind: note.kind,
            day: note.day,
            two_way: note.two_way,
            person,
            author: actor.name.clone(),
            text: text.to_owned(),
            pulse: None,
        })
    }

    /// Lets a record of our own source in.
    async fn enter(&self, tx: &Tx, workspace: &Workspace, record: Record) -> Result<(), AppError> {
        let source = tx.source(OWN_SOURCE).await?;
        let setting = self.setting(tx, source, None, workspace).await?;
        let mut absorber = Absorber::new(tx, setting);
        let incoming = Incoming { row: 0, known: KnownWhen::Imported, record };
        for verdict in absorber.absorb(vec![incoming]).await? {
            if let Verdict::Refused(why) = verdict {
                return Err(refused(&why));
            }
        }
        absorber.finish().await
    }

    /// A note that `actor` may change, in its latest revision, and what our own
    /// source calls it.
    async fn to_change(
        &self,
        tx: &Tx,
        history: &AccountHistory,
        actor: &Actor,
        note: NoteId,
        revision: u32,
    ) -> Result<(Note, String), AppError> {
        let (latest, own) = self.own_latest(tx, history, actor, note).await?;
        if latest.kind == NoteKind::Withdrawn {
            return Err(no_note(note));
        }
        if latest.revision != revision {
            return Err(AppError::Conflict);
        }
        Ok((latest, own))
    }

    /// The latest revision of a note that was written here and is `actor`'s to
    /// change, withdrawn or not, and what our own source calls it.
    async fn own_latest(
        &self,
        tx: &Tx,
        history: &AccountHistory,
        actor: &Actor,
        note: NoteId,
    ) -> Result<(Note, String), AppError> {
        let not_found = || no_note(note);
        let latest = revisions(history, note).max_by_key(|other| other.revision).ok_or_else(not_found)?;
        let source = tx.find_source(OWN_SOURCE).await?.ok_or_else(not_found)?;
        let names = tx.external_ids(Kind::Note, &[note.0]).await?;
        let own = names.into_iter().find(|(_, of, _)| *of == source).map(|(_, _, name)| name);
        let own = own.ok_or(AppError::Edit(EditFault::Imported))?;
        if latest.author != actor.name {
            actor.must_be(Role::Manager)?;
        }
        Ok((latest.clone(), own))
    }

    async fn own_note(&self, tx: &Tx, id: &str) -> Result<NoteId, AppError> {
        let source = tx.source(OWN_SOURCE).await?;
        let note = tx.id_of(source, Kind::Note, id).await?;
        let not_found = || AppError::NotFound { kind: "note", name: id.to_owned(), hint: String::new() };
        note.map(NoteId).ok_or_else(not_found)
    }
}

/// What is wrong with what somebody wrote about an account.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditFault {
    /// There is no text.
    #[error("write what was said, at least a word")]
    Empty,
    /// The text is too long.
    #[error("a note has at most {NOTE_MOST} characters; write a shorter one, and say where the rest is")]
    Long,
    /// The day has not come.
    #[error("a note is of today, {0}, or earlier")]
    Future(Day),
    /// Not a kind that can be written.
    #[error("a note is a note, call, meeting or email")]
    Kind,
    /// The pulse is out of its scale.
    #[error("a pulse is between 0 and 100")]
    Pulse,
    /// An owner's name that is none.
    #[error("an owner is an e-mail address or a name of at most {OWNER_MOST} characters")]
    Owner,
    /// The note came from another system.
    #[error("this came in from another system; change it there")]
    Imported,
}

/// Everything that was ever known of one note.
fn revisions(history: &AccountHistory, note: NoteId) -> impl Iterator<Item = &Note> {
    history.notes.iter().filter(move |other| other.id == note)
}

fn no_note(note: NoteId) -> AppError {
    AppError::NotFound { kind: "note", name: format!("#{note}"), hint: String::new() }
}

fn refused(why: &Refused) -> AppError {
    AppError::Invalid(why.to_string())
}

/// Everything known of an account, under whichever of its ids it was asked for.
async fn history(tx: &Tx, account: AccountId) -> Result<AccountHistory, AppError> {
    let account = tx.account_read_as(account).await?;
    let found = tx.histories(IdRange::one(account), Scope::AllButUsage).await?.pop();
    found.ok_or_else(|| AppError::NotFound {
        kind: "account",
        name: format!("#{account}"),
        hint: String::new(),
    })
}

/// The account that a note was written on, which may be read as part of another
/// since.
async fn told_of(tx: &Tx, note: NoteId) -> Result<AccountRef, AppError> {
    let stored = tx.notes(&[note]).await?.pop().ok_or_else(|| no_note(note))?;
    Ok(AccountRef::Account(name_of(tx, Kind::Account, stored.account.0).await?))
}

/// What our own source calls something: after the first other source that has
/// a name for it.
async fn name_of(tx: &Tx, kind: Kind, id: i64) -> Result<String, AppError> {
    let own = tx.find_source(OWN_SOURCE).await?;
    let mut names = tx.external_ids(kind, &[id]).await?;
    names.sort();
    if let Some((_, _, name)) = names.iter().find(|(_, source, _)| Some(*source) == own) {
        return Ok(name.clone());
    }
    let not_found = || AppError::NotFound { kind: "name", name: format!("#{id}"), hint: String::new() };
    let (_, source, name) = names.first().ok_or_else(not_found)?;
    let sources = tx.sources().await?;
    let (_, source) = sources.iter().find(|(other, _)| other == source).ok_or_else(not_found)?;
    Ok(format!("{source}/{name}"))
}
