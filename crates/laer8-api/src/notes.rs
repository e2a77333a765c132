//! What people write about an account: notes, the pulse, the owner.

use crate::{
    Api, accounts::Which, asked::Asked, body::Body, params::Nothing, place::Place, problem::Problem,
    version::seen_revision,
};
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use laer8_app::NewNote;
use laer8_domain::{
    days::Day,
    ids::{AccountId, NoteId, PersonId},
    notes::NoteKind,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What kinds of notes can be written.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum WrittenKind {
    /// For colleagues; nobody outside was involved.
    Note,
    /// A call.
    Call,
    /// A meeting.
    Meeting,
    /// An e-mail.
    Email,
}

impl From<WrittenKind> for NoteKind {
    fn from(kind: WrittenKind) -> Self {
        match kind {
            WrittenKind::Note => Self::Note,
            WrittenKind::Call => Self::Call,
            WrittenKind::Meeting => Self::Meeting,
            WrittenKind::Email => Self::Email,
        }
    }
}

/// A note.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoteToWrite {
    /// What kind.
    kind: WrittenKind,
    /// When it happened; not in the future.
    #[schema(value_type = NaiveDate)]
    day: Day,
    /// Whether the customer took part.
    #[serde(default)]
    two_way: bool,
    /// With whom at the account.
    #[serde(default)]
    person: Option<PersonId>,
    /// What was said, in 1 to 20,000 characters.
    #[schema(examples("Spoke with their CFO: the budget is approved."))]
    text: String,
}

impl From<NoteToWrite> for NewNote {
    fn from(note: NoteToWrite) -> Self {
        let NoteToWrite { kind, day, two_way, person, text } = note;
        Self { kind: kind.into(), day, two_way, person, text }
    }
}

/// A note that was written.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WrittenNote {
    /// The account.
    account: AccountId,
    /// The note.
    note: NoteId,
    /// How often it was changed.
    revision: u32,
}

/// Write a note on an account
///
/// It is on the timeline, and counts for the health score, from today on. Needs
/// the role `member`.
#[utoipa::path(
    post,
    path = "/accounts/{account}/notes",
    tag = "Accounts",
    params(("account" = i64, Path, description = "The id of the account.", minimum = 1)),
    request_body = NoteToWrite,
    responses((status = 201, body = WrittenNote, description = "The note is written.", headers(("ETag" = String, description = "Its revision, in quotes: send it back as `If-Match`."))))
)]
pub(crate) async fn add_note(
    State(api): State<Api>,
    Which(account): Which,
    asked: Asked<Nothing>,
    Body(note): Body<NoteToWrite>,
) -> Result<Response, Problem> {
    let note = api.app.add_note(&asked.actor, account, note.into()).await?;
    Ok(written(StatusCode::CREATED, account, note, 0))
}

fn written(status: StatusCode, account: AccountId, note: NoteId, revision: u32) -> Response {
    let tag = [(header::ETAG, format!("\"{revision}\""))];
    (status, tag, Json(WrittenNote { account, note, revision })).into_response()
}

/// Change a note that was written in Laer8
///
/// Its author may, and whoever has the role `manager`. `If-Match` must name the
/// revision that was changed; the timeline has it. What was known before stays
/// in the history. Needs the role `member`.
#[utoipa::path(
    put,
    path = "/accounts/{account}/notes/{note}",
    tag = "Accounts",
    params(
        ("account" = i64, Path, description = "The id of the account.", minimum = 1),
        ("note" = i64, Path, description = "The id of the note.", minimum = 1),
        ("If-Match" = Option<String>, Header, description = "The revision that was changed, in quotes.", example = "\"0\""),
    ),
    request_body = NoteToWrite,
    responses((status = 200, body = WrittenNote, description = "The note is changed.", headers(("ETag" = String, description = "Its new revision."))))
)]
pub(crate) async fn change_note(
    State(api): State<Api>,
    Place((account, note)): Place<(i64, i64)>,
    asked: Asked<Nothing>,
    headers: HeaderMap,
    Body(new): Body<NoteToWrite>,
) -> Result<Response, Problem> {
    let (account, note) = (AccountId(account), NoteId(note));
    let revision = seen_revision(&headers)?;
    api.app.revise_note(&asked.actor, account, note, revision, new.into()).await?;
    Ok(written(StatusCode::OK, account, note, revision.saturating_add(1)))
}

/// Take back a note or a pulse that was written in Laer8
///
/// From today on it is as if it had never been written. Who may, and `If-Match`,
/// as when it is changed. Needs the role `member`.
#[utoipa::path(
    delete,
    path = "/accounts/{account}/notes/{note}",
    tag = "Accounts",
    params(
        ("account" = i64, Path, description = "The id of the account.", minimum = 1),
        ("note" = i64, Path, description = "The id of the note.", minimum = 1),
        ("If-Match" = Option<String>, Header, description = "The revision that was read, in quotes.", example = "\"0\""),
    ),
    responses((status = 204, description = "The note is taken back."))
)]
pub(crate) async fn withdraw_note(
    State(api): State<Api>,
    Place((account, note)): Place<(i64, i64)>,
    asked: Asked<Nothing>,
    headers: HeaderMap,
) -> Result<StatusCode, Problem> {
    let revision = seen_revision(&headers)?;
    api.app.withdraw_note(&asked.actor, AccountId(account), NoteId(note), revision).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Bring back a note or a pulse that was taken back
///
/// As it was before, from today on; that it was taken back stays in the
/// history. What was not taken back is left as it is. Who may, as when it is
/// changed. Needs the role `member`.
#[utoipa::path(
    post,
    path = "/accounts/{account}/notes/{note}/restore",
    tag = "Accounts",
    params(
        ("account" = i64, Path, description = "The id of the account.", minimum = 1),
        ("note" = i64, Path, description = "The id of the note.", minimum = 1),
    ),
    responses((status = 200, body = WrittenNote, description = "The note is there.", headers(("ETag" = String, description = "Its revision, in quotes."))))
)]
pub(crate) async fn restore_note(
    State(api): State<Api>,
    Place((account, note)): Place<(i64, i64)>,
    asked: Asked<Nothing>,
) -> Result<Response, Problem> {
    let (account, note) = (AccountId(account), NoteId(note));
    let revision = api.app.restore_note(&asked.actor, account, note).await?;
    Ok(written(StatusCode::OK, account, note, revision))
}

/// How somebody judges an account.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PulseToSet {
    /// 0 (lost) to 100 (could not be better).
    #[schema(minimum = 0, maximum = 100)]
    pulse: u8,
    /// Why.
    #[serde(default)]
    text: String,
}

/// Set the pulse of an account
///
/// It counts for the health score from today on. Needs the role `member`.
#[utoipa::path(
    post,
    path = "/accounts/{account}/pulse",
    tag = "Accounts",
    params(("account" = i64, Path, description = "The id of the account.", minimum = 1)),
    request_body = PulseToSet,
    responses((status = 201, body = WrittenNote, description = "The pulse is set.", headers(("ETag" = String, description = "Its revision, in quotes."))))
)]
pub(crate) async fn set_pulse(
    State(api): State<Api>,
    Which(account): Which,
    asked: Asked<Nothing>,
    Body(set): Body<PulseToSet>,
) -> Result<Response, Problem> {
    let note = api.app.set_pulse(&asked.actor, account, set.pulse, &set.text).await?;
    Ok(written(StatusCode::CREATED, account, note, 0))
}

/// Who looks after an account.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OwnerToAssign {
    /// An e-mail address or a name; empty for nobody.
    #[schema(examples("ana@example.com"))]
    owner: String,
}

/// Say who looks after an account
///
/// From today on, until a source says otherwise. Needs the role `member`.
#[utoipa::path(
    put,
    path = "/accounts/{account}/owner",
    tag = "Accounts",
    params(("account" = i64, Path, description = "The id of the account.", minimum = 1)),
    request_body = OwnerToAssign,
    responses((status = 204, description = "They look after it."))
)]
pub(crate) async fn assign_owner(
    State(api): State<Api>,
    Which(account): Which,
    asked: Asked<Nothing>,
    Body(assign): Body<OwnerToAssign>,
) -> Result<StatusCode, Problem> {
    api.app.assign_owner(&asked.actor, account, &assign.owner).await?;
    Ok(StatusCode::NO_CONTENT)
}
