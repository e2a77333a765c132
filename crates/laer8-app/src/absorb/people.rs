//! People at accounts.

use super::{Absorber, Placed, Refused, Verdict};
use crate::AppError;
use laer8_domain::{accounts::FieldFact, identity::Subject, ids::PersonId, records::PersonRecord};
use laer8_store::{Kind, NewField};
use rustc_hash::{FxHashMap, FxHashSet};

impl Absorber<'_> {
    pub(super) async fn people(
        &mut self,
        records: Vec<Placed<PersonRecord>>,
        verdicts: &mut [Verdict],
    ) -> Result<(), AppError> {
        if records.is_empty() {
            return Ok(());
        }
        self.watched().await?;
        let references: Vec<_> = records.iter().map(|placed| &placed.record.account).collect();
        self.names.load_account_refs(self.tx, &references).await?;
        self.names.load(self.tx, Kind::Person).await?;
        let mut accepted = Vec::with_capacity(records.len());
        for placed in records {
            match self.names.account(&placed.record.account) {
                Ok(account) => accepted.push((account, placed)),
                Err(refused) => verdicts[placed.position] = Verdict::Refused(refused),
            }
        }

        let names: Vec<&str> = accepted.iter().map(|(_, placed)| placed.record.id.as_str()).collect();
        let assigned = self.names.assign(self.tx, Kind::Person, &names).await?;
        let mut fields: FxHashMap<i64, Vec<FieldFact>> =
            assigned.iter().map(|(_, id)| (*id, Vec::new())).collect();
        let mut told: FxHashSet<i64> = assigned.iter().map(|(_, id)| *id).collect();
        let mut fresh = Vec::with_capacity(assigned.len());
        for (account, placed) in &accepted {
            let Some(id) = self.names.find(Kind::Person, &placed.record.id) else { continue };
            if self.names.account_of_person(PersonId(id)).is_none() {
                self.names.put_person(PersonId(id), *account);
                fresh.push((PersonId(id), *account));
            }
        }
        self.tx.insert_people(&fresh).await?;
        let known: Vec<PersonId> = accepted
            .iter()
            .filter_map(|(_, placed)| self.names.find(Kind::Person, &placed.record.id))
            .filter(|id| !fields.contains_key(id))
            .map(PersonId)
            .collect();
        for stored in self.tx.person_fields(&known).await? {
            if let Some(person) = stored.person {
                fields.entry(person.0).or_default().push(stored.fact);
            }
        }

        let mut new = Vec::new();
        for (account, placed) in accepted {
            let Some(id) = self.names.find(Kind::Person, &placed.record.id) else { continue };
            if self.names.account_of_person(PersonId(id)) != Some(account) {
                verdicts[placed.position] = Verdict::Refused(Refused::OtherAccount(placed.record.id));
                continue;
            }
            let facts = fields.entry(id).or_default();
            let was_new = facts.is_empty();
            let before = new.len();
            for field in placed.record.fields {
                if let Some(fact) = self.field("person", account, facts, field, placed.known, placed.row) {
                    facts.push(fact.clone());
                    new.push(NewField { account, person: Some(PersonId(id)), fact });
                }
            }
            if self.concerns(Subject::Person, was_new, &new[before..]) {
                self.touched.people.insert(PersonId(id));
            }
            verdicts[placed.position] = match (was_new, new.len() > before) {
                (true, true) => Verdict::New,
                (false, true) => Verdict::Changed,
                (_, false) if told.remove(&id) => Verdict::New,
                (_, false) => Verdict::Unchanged,
            };
        }
        Ok(self.tx.insert_fields(new).await?)
    }
}
