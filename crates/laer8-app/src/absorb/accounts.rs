//! Accounts, and the rule by which fields of accounts and people change.

use super::{Absorber, Placed, Verdict};
use crate::AppError;
use laer8_domain::{
    accounts::FieldFact,
    days::Day,
    identity::Subject,
    ids::AccountId,
    records::{AccountRecord, FieldRecord, KnownWhen},
};
use laer8_store::{Family, Kind, NewField};
use rustc_hash::{FxHashMap, FxHashSet};

impl Absorber<'_> {
    pub(super) async fn accounts(
        &mut self,
        records: Vec<Placed<AccountRecord>>,
        verdicts: &mut [Verdict],
    ) -> Result<(), AppError> {
        if records.is_empty() {
            return Ok(());
        }
        self.watched().await?;
        let names: Vec<&str> = records.iter().map(|placed| placed.record.id.as_str()).collect();
        self.names.link(self.tx, Kind::Account, &names).await?;
        let assigned = self.names.assign(self.tx, Kind::Account, &names).await?;
        let fresh: Vec<AccountId> = assigned.iter().map(|(_, id)| AccountId(*id)).collect();
        self.tx.insert_accounts(&fresh).await?;
        let mut fields: FxHashMap<i64, Vec<FieldFact>> =
            fresh.iter().map(|account| (account.0, Vec::new())).collect();
        let mut told: FxHashSet<i64> = fresh.iter().map(|account| account.0).collect();
        let known: Vec<AccountId> = records
            .iter()
            .filter_map(|placed| self.names.find(Kind::Account, &placed.record.id))
            .filter(|id| !fields.contains_key(id))
            .map(AccountId)
            .collect();
        if self.setting.own && !self.setting.revisions {
            self.as_read(&known, &mut fields).await?;
        } else {
            for stored in self.tx.account_fields(&known).await? {
                fields.entry(stored.account.0).or_default().push(stored.fact);
            }
        }

        let mut new = Vec::new();
        for placed in records {
            let Some(id) = self.names.find(Kind::Account, &placed.record.id) else {
                continue; // every id was just assigned
            };
            let facts = fields.entry(id).or_default();
            let was_new = facts.is_empty();
            let before = new.len();
            for field in placed.record.fields {
                if let Some(fact) =
                    self.field("account", AccountId(id), facts, field, placed.known, placed.row)
                {
                    facts.push(fact.clone());
                    new.push(NewField { account: AccountId(id), person: None, fact });
                }
            }
            if self.concerns(Subject::Account, was_new, &new[before..]) {
                self.touched.accounts.insert(AccountId(id));
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

    /// The fields of accounts as somebody sees them who changes one: with those
    /// of all that are read as one with it.
    async fn as_read(
        &mut self,
        accounts: &[AccountId],
        fields: &mut FxHashMap<i64, Vec<FieldFact>>,
    ) -> Result<(), AppError> {
        self.precedence = self.tx.account_precedence().await?;
        for account in accounts {
            let read_as = self.tx.account_read_as(*account).await?;
            let members = self.tx.members_of(Subject::Account, &[read_as.0]).await?;
            let members: Vec<AccountId> = members.into_iter().map(|(member, _)| AccountId(member)).collect();
            let facts = self.tx.account_fields(&members).await?.into_iter().map(|stored| stored.fact);
            fields.entry(account.0).or_default().extend(facts);
        }
        Ok(())
    }

    /// The fact that a field says, unless it is known. `facts` are those of
    /// the same account or person.
    ///
    /// What a source says of a field is compared with what the same source
    /// said of it for that day; what a person says, with what they saw.
    pub(super) fn field(
        &mut self,
        kind: &'static str,
        account: AccountId,
        facts: &[FieldFact],
        field: FieldRecord,
        known: KnownWhen,
        row: u32,
    ) -> Option<FieldFact> {
        let (source, own) = (self.setting.source, self.setting.own);
        let said_before = if own && !self.setting.revisions {
            self.precedence.field_on(facts, &field.field, field.since)
        } else {
            facts
                .iter()
                .filter(|fact| own || fact.origin.source == source)
                .filter(|fact| fact.field == field.field)
                .filter(|fact| fact.occurred_on <= field.since)
                .max_by_key(|fact| (fact.occurred_on, fact.known_on))
        };
        match said_before {
            Some(before) if before.value == field.value => return None,
            None if field.value.is_none() => return None,
            _ => {}
        }
        let corrects = said_before.is_some_and(|before| before.occurred_on == field.since);
        let known = field.known.unwrap_or(known);
        let known_on =
            if corrects { self.corrected_on(known) } else { self.known_on(kind, known, field.since) };
        self.came_in(Family::Fields, account, field.since, known_on);
        Some(FieldFact {
            field: field.field,
            value: field.value,
            occurred_on: field.since,
            known_on,
            origin: self.origin(row),
        })
    }

    /// Since when a correction is known: from today, unless the source says.
    pub(super) fn corrected_on(&self, known: KnownWhen) -> Day {
        match known {
            KnownWhen::On(day) => day,
            KnownWhen::Happened | KnownWhen::Imported => self.setting.today,
        }
    }

    /// Since when something that happened on `day` is known.
    pub(super) fn known_on(&self, kind: &str, known: KnownWhen, day: Day) -> Day {
        let known = match known {
            KnownWhen::Happened if self.arrives(kind, day) => KnownWhen::Imported,
            other => other,
        };
        self.setting.watermarks.known_on(kind, known, day, self.setting.today)
    }
}
