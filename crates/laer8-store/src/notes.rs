//! Notes, interactions and pulses.

use crate::{
    StoreError, Tx,
    entities::notes,
    rows::{IDS_IN_A_QUERY, code, line, origin, unsigned},
};
use laer8_domain::{
    ids::{AccountId, NoteId, PersonId},
    notes::{Note, NoteKind},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

const TABLE: &str = "notes";

/// A note on an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredNote {
    /// Whose.
    pub account: AccountId,
    /// The note.
    pub note: Note,
}

impl Tx {
    /// Adds notes, or corrections with the next revision.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn insert_notes(&self, stored: Vec<StoredNote>) -> Result<(), StoreError> {
        self.heard(|feeds| stored.iter().for_each(|stored| feeds.note(&stored.note)));
        let rows = stored.into_iter().map(|StoredNote { account, note }| notes::ActiveModel {
            id: Set(note.id.0),
            revision: Set(line(note.revision)),
            account_id: Set(account.0),
            person_id: Set(note.person.map(|person| person.0)),
            kind: Set(note.kind.key().to_owned()),
            occurred_on: Set(note.occurred_on),
            two_way: Set(note.two_way),
            author: Set(note.author),
            text: Set(note.text),
            pulse: Set(note.pulse.map(i16::from)),
            known_on: Set(note.known_on),
            source_id: Set(note.origin.source.0),
            import_id: Set(note.origin.import.map(|import| import.0)),
            line: Set(line(note.origin.row)),
        });
        self.insert_all(rows).await
    }

    /// Every revision of these notes.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Corrupt`].
    pub async fn notes(&self, ids: &[NoteId]) -> Result<Vec<StoredNote>, StoreError> {
        let mut stored = Vec::new();
        for chunk in ids.chunks(IDS_IN_A_QUERY) {
            let rows = notes::Entity::find()
                .filter(notes::Column::Id.is_in(chunk.iter().map(|id| id.0)))
                .all(&self.db)
                .await?;
            for row in rows {
                stored.push(from_row(row)?);
            }
        }
        Ok(stored)
    }
}

pub(crate) fn from_row(row: notes::Model) -> Result<StoredNote, StoreError> {
    let pulse = row.pulse.map(u8::try_from).transpose();
    Ok(StoredNote {
        account: AccountId(row.account_id),
        note: Note {
            id: NoteId(row.id),
            kind: code(NoteKind::from_key(&row.kind), TABLE, &row.kind)?,
            occurred_on: row.occurred_on,
            two_way: row.two_way,
            person: row.person_id.map(PersonId),
            author: row.author,
            text: row.text,
            pulse: pulse.map_err(|_| StoreError::corrupt(TABLE, "a pulse out of range"))?,
            known_on: row.known_on,
            revision: unsigned(row.revision, TABLE)?,
            origin: origin(row.source_id, row.import_id, row.line),
        },
    })
}
