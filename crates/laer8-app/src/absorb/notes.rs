//! Notes, interactions and pulses.

use super::{
    Absorber, Placed, Refused, Verdict,
    revised::{Latest, Whole, latest},
};
use crate::AppError;
use laer8_domain::{
    days::Day,
    ids::NoteId,
    notes::Note,
    records::{AccountRef, NoteRecord},
};
use laer8_store::{Family, Kind, StoredNote};

impl Whole for NoteRecord {
    const KIND: Kind = Kind::Note;
    const NAME: &'static str = "note";

    fn id(&self) -> &str {
        &self.id
    }
    fn account(&self) -> &AccountRef {
        &self.account
    }
    fn person(&self) -> Option<&str> {
        self.person.as_deref()
    }
    fn day(&self) -> Day {
        self.day
    }
    fn check(&self) -> Result<(), Refused> {
        match self.pulse {
            Some(pulse) if pulse > 100 => {
                Err(Refused::OutOfScale { what: "a pulse", least: 0, most: 100, value: i64::from(pulse) })
            }
            _ => Ok(()),
        }
    }
}

impl Absorber<'_> {
    pub(super) async fn notes(
        &mut self,
        records: Vec<Placed<NoteRecord>>,
        verdicts: &mut [Verdict],
    ) -> Result<(), AppError> {
        if records.is_empty() {
            return Ok(());
        }
        let known = self.known_wholes(records, verdicts).await?;
        let ids: Vec<NoteId> = known.iter().map(|(id, ..)| NoteId(*id)).collect();
        let stored = self.tx.notes(&ids).await?.into_iter();
        let latest = latest(stored.map(|StoredNote { account, note }| {
            (note.id.0, Latest { account, revision: note.revision, stored: note })
        }));
        let accepted = self.revise(
            known,
            &latest,
            |stored, record, person| {
                stored.kind == record.kind
                    && stored.occurred_on == record.day
                    && stored.two_way == record.two_way
                    && stored.person == person
                    && stored.author == record.author
                    && stored.text == record.text
                    && stored.pulse == record.pulse
            },
            verdicts,
        );
        let mut new = Vec::with_capacity(accepted.len());
        for accepted in accepted {
            self.came_in(Family::Notes, accepted.account, accepted.record.day, accepted.known_on);
            let note = Note {
                id: NoteId(accepted.id),
                kind: accepted.record.kind,
                occurred_on: accepted.record.day,
                two_way: accepted.record.two_way,
                person: accepted.person,
                author: accepted.record.author,
                text: accepted.record.text,
                pulse: accepted.record.pulse,
                known_on: accepted.known_on,
                revision: accepted.revision,
                origin: self.origin(accepted.row),
            };
            new.push(StoredNote { account: accepted.account, note });
        }
        Ok(self.tx.insert_notes(new).await?)
    }
}
